# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""DRX: what runs on is never compared, and sent as it was just told."""

from __future__ import annotations

import copy
import types

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import drx
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.drx import DRX

TOLD = {
    "id": "database-1",
    "uuid": "listener-1",
    "info_type": "LoadBalancer",
    "info_desc": "",
    "info_value": {
        "cpuUtilThreshold": "70",
        "cpuUtilReduceThreshold": "30",
        "visitCount_extend": "1",
        "visitCount_reduce": "4",
        "oldInstanceUuid": "server-0",
        "instanceUuid": "server-7",
        "serverName": "seed-7",
        "memberUuid": "member-7",
        "poolId": "pool-1",
        "monitorUuid": "listener-1",
        "connectCount_extend": None,
        "status": "active",
        "somethingElse": "x",
    },
}
OPTIONS = {field.name: None for field in DRX.fields if field.option is not None}
NEW = {"id": "listener-1", "pool": "pool-1", "server": "seed", "member": "member-1"}


class Cloud:
    """A client whose platform has at most one DRX."""

    def __init__(self, *told):
        self.told = [copy.deepcopy(entry) for entry in told]
        self.sent, self.lists_read = [], []
        self.lookups, self.shared_lists = {}, {}
        self.connection = types.SimpleNamespace(
            retries=0, timeout=1.0, place=("http://cloud", "project"), url="http://cloud", project="p"
        )
        self.project_id = "p"

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        self.lists_read.append(operation.id)
        return copy.deepcopy(self.told) if operation is drx.LIST else [{"id": "server-1", "name": "seed"}]

    def call(self, operation, params=None, query=None, body=None):
        self.sent.append((operation, body))
        return {"extraInfos": {"id": "database-1", **body["extraInfos"]}} if body else None


def converge(cloud, check_mode=False, **options):
    return execution.converge(DRX, Context(cloud, {"state": "present", **OPTIONS, **options}, check_mode))


def test_an_update_sends_what_runs_on_as_it_was_just_told():
    cloud = Cloud(TOLD)

    done = converge(cloud, id="listener-1", cpu_scale_out=85, enabled=False)

    value = {name: text for name, text in TOLD["info_value"].items() if text is not None}
    wanted = {**TOLD, "info_value": {**value, "cpuUtilThreshold": "85", "status": "inactive"}}
    assert cloud.sent == [(drx.UPDATE, {"extraInfos": wanted})]
    assert done["drx"]["scale_in_count"] == 4


def test_the_seed_node_is_neither_compared_nor_looked_up_later():
    cloud = Cloud(TOLD)

    again = converge(cloud, **NEW, cpu_scale_out=70)

    assert again["changed"] is False
    assert again["drx"]["seed_server_id"] == "server-7"
    assert cloud.lists_read == ["drx-list"]


def test_a_new_one_has_the_seed_node_and_no_id_of_a_database():
    cloud = Cloud()

    done = converge(cloud, **NEW, interval=30)

    ((operation, body),) = cloud.sent
    value = body["extraInfos"].pop("info_value")
    assert operation is drx.CREATE
    assert body == {"extraInfos": {"uuid": "listener-1", "info_type": "LoadBalancer"}}
    assert value == {
        "poolId": "pool-1",
        "instanceUuid": "server-1",
        "oldInstanceUuid": "server-1",
        "serverName": "seed",
        "memberUuid": "member-1",
        "monitorUuid": "listener-1",
        "interval": "30",
        "status": "active",
        "visitCount_extend": "0",
        "visitCount_reduce": "0",
        "operationType": "autoScaling",
    }
    assert done["drx"]["id"] == "listener-1"


def test_check_mode_foresees_a_seed_node_that_is_to_be_created():
    cloud = Cloud()

    foretold = converge(cloud, check_mode=True, **{**NEW, "server": "later"})

    assert foretold["actions"] == ["create"]
    assert foretold["drx"]["seed_server_id"] is None
    assert cloud.sent == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"cpu_scale_out": 101}, "cpu_scale_out: 101 has to be from 0 to 100"),
        ({"memory_scale_in": -1}, "memory_scale_in: -1"),
        ({"connections_scale_out": -1}, "connections_scale_out: -1 has to be at least 0"),
        ({"interval": 0}, "interval: 0"),
        ({"max_members": 0}, "max_members: 0"),
        ({"description": "x" * 256}, "description: "),
        ({"cpu_scale_in": 70}, "cpu_scale_in: 70 has to be less than cpu_scale_out, which is 70"),
        ({"cpu_scale_out": 20}, "cpu_scale_in: 30 has to be less than cpu_scale_out, which is 20"),
    ],
)
def test_numbers_that_make_no_sense_are_refused(options, message):
    cloud = Cloud(TOLD)

    with pytest.raises(OptionError, match=message):
        converge(cloud, id="listener-1", **options)

    assert cloud.sent == []
