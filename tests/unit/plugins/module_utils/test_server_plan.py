# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way of a server from any state to any other is legal at each step, and no longer than it has to be."""

from __future__ import annotations

import itertools
import types

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import state_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.resources import _instances
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import _attachments, _server_gather, server

from .conftest import Answer

STATES = ("running", "stopped", "suspended", "shelved")
# From which states the compute service takes an action, and where it leads.
LEGAL = {
    "start": ({"stopped"}, "running"),
    "stop": ({"running"}, "stopped"),
    "suspend": ({"running"}, "suspended"),
    "resume": ({"suspended"}, "running"),
    "shelve": ({"running", "stopped", "suspended"}, "shelved"),
    "unshelve": ({"shelved"}, "running"),
}
STATUS = {"running": "ACTIVE", "stopped": "SHUTOFF", "suspended": "SUSPENDED", "shelved": "SHELVED_OFFLOADED"}


WORK = ("attach_volume", "detach_volume", "attach_port", "detach_port")


def steps(current, wanted, resize=None, mode="allow", reboot=None, **more):
    raw = {"id": "s", "name": "web", "status": STATUS[current], "flavor": {"id": "small"}, "user_id": "me"}
    options = {name: rules.get("default") for name, rules in state_spec(server.SERVER).items()}
    options |= {"power_state": wanted, "flavor": resize, "resize": mode, "state": "present", "reboot": reboot, **more}
    found = {**server.SERVER.read(raw), "volumes": ["v-1"], "ports": ["p-1"]}
    known = [{"id": name} for name in ("small", "large", "v-1", "v-2", "p-1", "p-2", "me", "you")]
    kinds = ("flavor", "volume", "port", "user")
    platform = types.SimpleNamespace(lookups=dict.fromkeys(kinds, known), list=lambda *a, **k: [], project_id="p")
    run = Context(platform, options)
    run.lookups.fresh.update(kinds)
    desired = server.SERVER.desired(run, found)
    changes = server.SERVER.changes(run, found, desired)
    return server.SERVER.update_steps(run, found, desired, changes)


def walk(state, actions, live):
    """The state after some actions, each of them legal."""
    for action in actions:
        if action == "transfer":
            continue
        if action == "resize":
            assert state == "running" or (state == "stopped" and not live)
        elif action in WORK:
            assert state in ("running", "stopped"), f"{action} while {state}"
        else:
            legal, following = LEGAL[action]
            assert state in legal, f"{action} while {state}"
            state = following
    return state


ALL = list(
    itertools.product(
        STATES, (*STATES, None), [(None, "allow"), ("large", "allow"), ("large", "live")], *[(False, True)] * 4
    )
)


@pytest.mark.parametrize(("start", "wanted", "size", "volumes", "ports", "purge", "user"), ALL)
def test_whatever_is_to_change_each_step_is_legal(monkeypatch, start, wanted, size, volumes, ports, purge, user):
    monkeypatch.setattr(_attachments, "looks_like_id", lambda text: True)
    more = {"purge_volumes": purge, "purge_ports": purge, "user": "you" if user else None}
    more |= {"volumes": ["v-2"] if volumes else None, "ports": ["p-2"] if ports else None}
    planned = [step.action for step in steps(start, wanted, *size, **more)]
    assert walk(start, planned, size[1] == "live") == (wanted or start)
    expected = [
        *["resize"] * bool(size[0]),
        *["attach_volume", *["detach_volume"] * purge] * volumes,
        *["attach_port", *["detach_port"] * purge] * ports,
        *["transfer"] * user,
    ]
    assert [action for action in planned if action not in LEGAL] == expected
    moves = len(planned) - len(expected)
    assert moves <= (3 if expected else 2)
    if not (volumes or ports or size[0]) and wanted in (None, start):
        assert moves == 0  # nobody is woken up for less


@pytest.mark.parametrize(("current", "wanted"), list(itertools.product(STATES, (*STATES, None))))
@pytest.mark.parametrize(("resize", "mode"), [(None, "allow"), ("large", "allow"), ("large", "live")])
def test_every_way_is_legal_and_ends_where_it_should(current, wanted, resize, mode):
    actions = [step.action for step in steps(current, wanted, resize, mode)]
    assert walk(current, actions, mode == "live") == (wanted or current)
    assert actions.count("resize") == bool(resize)
    assert len(actions) <= 4


def test_a_stopped_server_is_resized_before_it_starts():
    assert [step.action for step in steps("stopped", "running", "large")] == ["resize", "start"]


def test_a_running_server_is_stopped_before_it_is_resized():
    assert [step.action for step in steps("running", "stopped", "large")] == ["stop", "resize"]


def test_actions_keep_their_nulls():
    assert [step.body for step in steps("suspended", "stopped")] == [{"resume": None}, {"os-stop": None}]


@pytest.mark.parametrize(("mode", "key"), [("allow", "resize"), ("live", "liveresize")])
def test_the_key_of_a_resize_tells_its_mode(mode, key):
    (step,) = steps("running", None, "large", mode)
    assert step.body == {key: {"flavorRef": "large"}}


@pytest.mark.parametrize(
    ("current", "actions"),
    [
        ("running", ["reboot"]),
        ("stopped", ["start"]),
        ("suspended", ["resume", "reboot"]),
        ("shelved", ["unshelve"]),
    ],
)
def test_a_server_is_not_rebooted_after_it_has_just_booted(current, actions):
    assert [step.action for step in steps(current, "running", reboot="hard")] == actions


def test_the_type_of_a_reboot_is_sent_in_capitals():
    (step,) = steps("running", None, reboot="soft")
    assert step.body == {"reboot": {"type": "SOFT"}}


@pytest.mark.parametrize(("current", "wanted"), [("stopped", None), ("running", "stopped"), ("shelved", None)])
def test_a_server_that_is_not_to_run_cannot_be_rebooted(current, wanted):
    with pytest.raises(OptionError, match="reboot: the server is "):
        steps(current, wanted, reboot="soft")


@pytest.mark.parametrize(
    ("raw", "outcome"),
    [
        ({"status": "ACTIVE"}, "ready"),
        ({"status": "active"}, "ready"),
        ({"status": "ACTIVE", "OS-EXT-STS:task_state": "powering-off"}, "pending"),
        ({"status": "BUILD"}, "pending"),
        ({"status": "SOMETHING_NEW"}, "pending"),
        ({"status": "ERROR", "fault": {"message": "No valid host"}}, "No valid host"),
        ({"status": "BUILD", "OS-EXT-STS:vm_state": "error"}, "its vm_state is error"),
    ],
)
def test_waiting_knows_three_outcomes(raw, outcome):
    judged = _instances.rests_in(("ACTIVE",), server.SERVER.read(raw))
    assert getattr(judged, "why", judged) == outcome


def test_a_name_is_searched_by_an_anchored_expression():
    assert _instances.escaped("web-1.a(b)") == r"web-1\.a\(b\)"


def test_the_root_volume_is_known():
    assert _attachments.is_root({"device": "/dev/vda"})
    assert not _attachments.is_root({"device": "/dev/vdb"})
    assert not _attachments.is_root({"device": None})


@pytest.mark.parametrize("answer", [Answer(200), Answer(200, {"console": None}), Answer(200, [])])
def test_a_console_that_the_platform_does_not_tell_has_no_address(platform, answer):
    platform.answers(answer)
    run = Context(platform.client(), {"console_type": "novnc"})
    assert _server_gather.GATHER["console"](run, {"id": "s-1"}) == {"console": {"type": None, "url": None}}
