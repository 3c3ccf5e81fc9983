# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Maintenance and power of hosts: what is sent, and what is refused before it."""

from __future__ import annotations

import json

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.execution import converge
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization.virtualization_host import (
    VIRTUALIZATION_HOST,
)

from .conftest import Answer

CLUSTERS = Answer(200, {"clusters": [{"name": "a", "morId": "1", "children": [{"name": "h", "morId": "11"}]}]})
NOTHING = Answer(200)


def cas(status):
    return Answer(200, {"id": "11", "name": "h", "ip": "10.0.0.1", "status": status})


def vmware(maintenance=True, uptime=1000, power="POWERED_ON"):
    told = {"inMaintenanceMode": maintenance, "uptime": uptime, "powerState": power, "connectionState": "CONNECTED"}
    return Answer(200, {"morId": "11", "name": "10.0.0.1", **told})


def run(platform, *answers, kind="vmware", **options):
    platform.answers(CLUSTERS, *answers)
    given = dict.fromkeys(("cluster", "maintenance", "maintenance_status", "power", "ip"))
    where = {"platform": kind, "compute_node": "node", "host": "h", "wait": True, "wait_timeout": 60}
    result = converge(VIRTUALIZATION_HOST, Context(platform.client(), {**given, **where, **options}))
    return result, [(request.method, request.path.rpartition("/")[2]) for request in platform.seen]


def test_the_status_that_means_maintenance_is_the_one_that_is_given(platform):
    options = {"kind": "cas", "maintenance": True, "maintenance_status": "7"}
    result, sent = run(platform, cas("1"), NOTHING, cas("1"), cas("7"), **options)
    assert result["actions"] == ["enter_maintenance"] and result["host"]["maintenance"] is True
    assert sent[2] == ("PUT", "into") and len(sent) == 5
    assert json.loads(platform.seen[2].body) == {"id": "11", "name": "h", "ip": "10.0.0.1"}


def test_a_host_that_says_nothing_of_maintenance_is_left_alone(platform):
    with pytest.raises(OptionError, match="does not report whether h is in maintenance"):
        run(platform, cas(None), kind="cas", maintenance=True, maintenance_status="7")
    assert len(platform.seen) == 2


def test_a_reboot_is_over_when_the_host_is_up_for_less_time_than_before(platform):
    result, sent = run(platform, vmware(), NOTHING, vmware(uptime=1001), vmware(uptime=3), power="reboot")
    assert result["host"]["uptime"] == 3 and len(sent) == 5


def test_a_reboot_is_over_when_the_host_has_been_away(platform):
    """One that was woken a moment ago has hardly been up for less time."""
    answers = vmware(uptime=3), NOTHING, vmware(uptime=4), vmware(power="UNKNOWN"), vmware(uptime=60)
    result, sent = run(platform, *answers, power="reboot")
    assert result["host"]["uptime"] == 60 and len(sent) == 6


@pytest.mark.parametrize(
    ("power", "state", "actions"),
    [
        ("wake", "POWERED_ON", []),
        ("wake", "STAND_BY", ["wake"]),
        ("shutdown", "POWERED_OFF", []),
        ("shutdown", "STAND_BY", []),
        ("shutdown", "UNKNOWN", ["shutdown"]),
    ],
)
def test_a_host_that_is_as_wanted_is_left_alone(platform, power, state, actions):
    result, _sent = run(platform, vmware(power=state), NOTHING, power=power, wait=False)
    assert result["actions"] == actions and result["changed"] is bool(actions)


def test_cas_does_not_tell_the_power_so_nothing_is_waited_for(platform):
    result, sent = run(platform, cas("7"), NOTHING, kind="cas", power="shutdown", maintenance_status="7")
    assert result["actions"] == ["shutdown"] and sent[-1] == ("PUT", "shutoff")
    assert result["host"]["power_state"] is None


def test_a_host_that_is_off_does_not_leave_maintenance(platform):
    with pytest.raises(OptionError, match="is POWERED_OFF, and has to be on to leave maintenance"):
        run(platform, vmware(power="POWERED_OFF"), maintenance=False)
    assert all(request.method == "GET" for request in platform.seen)
