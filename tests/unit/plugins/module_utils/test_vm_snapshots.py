# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A snapshot is made once, restored only when that is said, and what cannot be known is told."""

from __future__ import annotations

import time

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError, WaitError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.execution import converge
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.info import gather
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.vm_snapshot import VM_SNAPSHOT, flattened
from simulator import Simulator, seeds

SERVER_ID = "cb41616f-caca-49ee-bedd-f6665a254129"
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def running():
    with Simulator(action_seconds=0) as simulator:
        yield simulator


@pytest.fixture
def cloud(running):
    """A server with three snapshots, one on top of the other; the last one is current."""
    running.reset()
    running.seed("servers", id=SERVER_ID, name="web")
    parent = None
    for name in ("t1", "t2", "t3"):
        spec = {"server_id": SERVER_ID, "name": name, "parent": parent, "current": name == "t3"}
        parent = running.seed("vm_snapshots", **spec)[0]["id"]
    return running


def task(cloud, check_mode=False, **options):
    """The result of one task, and what it sent."""
    cloud.clear_log()
    defaults = dict.fromkeys(("description", "memory", "mode", "new_name", "restore_current"))
    given = {"state": "present", "server": "web", "wait": True, "wait_timeout": 60, "replace": False}
    connection = Connection(
        cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin", timeout=60.0, retries=1
    )
    client = Client(connection)
    try:
        result = converge(VM_SNAPSHOT, Context(client, {**defaults, **given, **options}, check_mode))
    finally:
        client.close()
    return result, sent(cloud)


def sent(cloud):
    return [entry["operation"] for entry in cloud.log() if entry["operation"] != "token-create"]


def names(cloud):
    return {snapshot["name"] for snapshot in cloud.state("vm_snapshots")}


def restored(cloud):
    return {snapshot["name"]: snapshot["restored"] for snapshot in cloud.state("vm_snapshots") if snapshot["restored"]}


# --- the tree ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        ({"snapshot": []}, []),
        ({}, []),
        (None, []),
        ({"snapshot": {"name": "a"}}, [("a", None)]),
        ({"snapshot": [{"name": "a", "snapshots": None}]}, [("a", None)]),
        (
            {"snapshot": [{"name": "a", "snapshots": {"snapshot": [{"name": "b", "snapshots": {}}]}}, {"name": "c"}]},
            [("a", None), ("b", "a"), ("c", None)],
        ),
    ],
)
def test_a_tree_becomes_a_list_with_parents(tree, expected):
    assert [(entry["name"], entry["parent"]) for entry in flattened(tree)] == expected


def test_deep_trees_are_read_to_the_bottom(cloud):
    result, _sent = task(cloud, name="t3")
    assert result["vm_snapshot"]["parent"] == "t2"
    assert result["vm_snapshot"]["is_current"] is True
    assert result["vm_snapshot"]["server_id"] == SERVER_ID
    assert not result["changed"]


# --- making ------------------------------------------------------------------------------------------------------


def test_a_new_snapshot_is_checked_for_before_it_is_made(cloud):
    result, operations = task(cloud, name="快照 4", description="four", memory=True)
    assert operations == [
        "server-list-detail",
        "vm-snapshot-list",
        "vm-snapshot-count-limit",
        "server-get",
        "vm-snapshot-check-name",
        "vm-snapshot-create",
        "vm-snapshot-list",
    ]
    made = result["vm_snapshot"]
    assert (made["name"], made["parent"], made["description"], made["memory"]) == ("快照 4", "t3", "four", True)
    assert cloud.log()[-2]["body"] == {"name": "快照 4", "desc": "four", "snapMem": "true"}
    again, operations = task(cloud, name="快照 4", description="four", memory=True)
    assert (again["changed"], operations) == (False, ["server-list-detail", "vm-snapshot-list"])


def test_the_id_of_the_server_saves_a_request(cloud):
    assert task(cloud, name="t1", server=SERVER_ID)[1] == ["vm-snapshot-list"]


def test_a_mode_that_is_not_told_is_as_wanted(cloud):
    assert task(cloud, name="t3", mode="internal")[0]["changed"] is False
    with pytest.raises(OptionError, match="cannot change mode"):
        task(cloud, name="t1", mode="internal")


@pytest.mark.parametrize("check_mode", [False, True])
def test_the_limit_of_the_platform_is_told_with_its_number(cloud, check_mode):
    cloud.settings(snapshot_limit=3)
    with pytest.raises(OptionError, match="has 3 external snapshots, and the platform allows 3"):
        task(cloud, name="t4", check_mode=check_mode)
    assert "vm-snapshot-create" not in sent(cloud)


def test_the_limit_is_one_of_external_snapshots(cloud):
    cloud.settings(snapshot_limit=3)
    assert task(cloud, name="t4", mode="internal")[0]["actions"] == ["create"]


def test_a_snapshot_that_is_replaced_does_not_count_against_the_limit(cloud):
    cloud.settings(snapshot_limit=3)
    assert task(cloud, name="t1", memory=True, replace=True)[0]["actions"] == ["delete", "create"]


@pytest.mark.parametrize("body", [False, "false", {"data": False}, {"result": "false"}])
def test_a_name_that_the_platform_calls_taken_is_not_sent(cloud, body):
    """True means free. The form of the answer is not documented."""
    cloud.fault("status", match={"operation": "vm-snapshot-check-name"}, status=200, body=_json(body), count=None)
    result, operations = task(cloud, name="t4", wait=False)
    assert (result["changed"], "vm-snapshot-create" in operations) == (False, False)
    assert "'t4' is not listed yet" in result["warnings"][0]
    with pytest.raises(WaitError, match="t4"):
        task(cloud, name="t4", wait_timeout=0.1)
    assert "vm-snapshot-create" not in sent(cloud)


@pytest.mark.parametrize("body", [True, "true", {"data": True}, {"surprise": 1}])
def test_a_name_that_is_free_or_of_which_nothing_is_known_is_tried(cloud, body):
    cloud.fault("status", match={"operation": "vm-snapshot-check-name"}, status=200, body=_json(body))
    assert task(cloud, name="t4")[0]["actions"] == ["create"]


def _json(body):
    return body if isinstance(body, dict) else {True: "true", False: "false"}.get(body, f'"{body}"')


def test_a_lost_answer_makes_no_second_snapshot(cloud):
    cloud.fault("lost", match={"operation": "vm-snapshot-create"})
    result, operations = task(cloud, name="t4")
    assert operations.count("vm-snapshot-create") == 1
    assert result["vm_snapshot"]["name"] == "t4"


@pytest.mark.parametrize("status", [500, 200])
def test_a_failure_is_one_by_its_status_or_by_its_code(cloud, status):
    """The reference does not say which of the two it is. Neither is tried again."""
    body = {"code": "500", "msg": "get server compute node error", "data": None, "total": 0}
    cloud.fault("status", match={"operation": "vm-snapshot-create"}, status=status, body=body, count=None)
    with pytest.raises(CloudError, match="answered 500: get server compute node error") as caught:
        task(cloud, name="t4")
    assert (caught.value.status, caught.value.code) == (500, "500")
    assert sent(cloud).count("vm-snapshot-create") == 1


# --- changing ----------------------------------------------------------------------------------------------------


def test_a_rename_keeps_the_description(cloud):
    task(cloud, name="t2", description="second")
    result, _sent = task(cloud, name="t2", new_name="two")
    assert result["actions"] == ["rename"]
    update = next(entry for entry in cloud.log() if entry["operation"] == "vm-snapshot-update")
    assert update["body"] == {"name": "t2", "snapName": "two", "desc": "second"}
    assert result["vm_snapshot"]["name"] == "two"
    assert task(cloud, name="t2", new_name="two")[0]["changed"] is False


def test_a_rename_in_the_way_of_another_is_refused(cloud):
    with pytest.raises(OptionError, match="'t1' and 't2'"):
        task(cloud, name="t1", new_name="t2")


def test_nothing_to_rename_is_no_reason_to_take_a_snapshot(cloud):
    with pytest.raises(OptionError, match=r"no snapshot 'none'\. It has: t1, t2, t3"):
        task(cloud, name="none", new_name="new")
    result, operations = task(cloud, check_mode=True, name="none", new_name="new")
    assert (result["actions"], operations) == (["rename"], ["server-list-detail", *["vm-snapshot-list"] * 2])
    assert "a real run needs it" in result["warnings"][0]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "a,b"}, "comma"),
        ({"name": "a,b", "state": "absent"}, "comma"),
        ({"name": "a", "new_name": "a,b"}, "new_name: 'a,b' has a comma"),
        ({"name": " a"}, "spaces"),
        ({"name": ""}, "name: ''"),
        ({"name": "a", "new_name": ""}, "new_name: ''"),
        ({"name": "a", "new_name": "b", "state": "absent"}, "new_name"),
    ],
)
def test_bad_names_are_refused_before_anything_is_sent(cloud, options, words):
    with pytest.raises(OptionError, match=words):
        task(cloud, **options)
    assert cloud.log() == []


def test_a_name_with_a_comma_can_be_given_up(cloud):
    cloud.seed("vm_snapshots", server_id=SERVER_ID, name="a,b", current=False)
    assert task(cloud, name="a,b", new_name="ab")[0]["actions"] == ["rename"]


# --- restoring ---------------------------------------------------------------------------------------------------


def test_another_snapshot_than_the_current_one_is_restored_once(cloud):
    result, _sent = task(cloud, name="t1", state="restored")
    assert (result["actions"], result["vm_snapshot"]["is_current"]) == (["restore"], True)
    again, _sent = task(cloud, name="t1", state="restored", restore_current=False)
    assert again["changed"] is False and "warnings" not in again
    assert restored(cloud) == {"t1": 1}


def test_that_the_current_snapshot_was_not_restored_is_told(cloud):
    result, _sent = task(cloud, name="t3", state="restored")
    assert result["changed"] is False
    assert "Whether the server has changed since, the platform does not report" in result["warnings"][0]
    assert restored(cloud) == {}


def test_the_current_snapshot_is_restored_when_that_is_said(cloud):
    for _time in range(2):
        assert task(cloud, name="t3", state="restored", restore_current=True)[0]["actions"] == ["restore"]
    assert restored(cloud) == {"t3": 2}


@pytest.mark.parametrize("options", [{}, {"description": "other"}, {"restore_current": True}, {"new_name": "new"}])
def test_nothing_but_its_state_restores(cloud, options):
    task(cloud, name="t1", **options)
    assert restored(cloud) == {}


def test_what_does_not_exist_cannot_be_restored(cloud):
    with pytest.raises(OptionError, match="no snapshot 'none'"):
        task(cloud, name="none", state="restored")
    result, _sent = task(cloud, check_mode=True, name="none", state="restored")
    assert (result["actions"], result["vm_snapshot"]["is_current"]) == (["restore"], True)


# --- deleting ----------------------------------------------------------------------------------------------------


def test_one_is_deleted_and_what_was_on_top_of_it_stays(cloud):
    assert task(cloud, name="t2", state="absent")[0]["actions"] == ["delete"]
    assert names(cloud) == {"t1", "t3"}
    assert task(cloud, name="t3")[0]["vm_snapshot"]["parent"] == "t1"


def test_a_name_is_encoded(cloud):
    cloud.seed("vm_snapshots", server_id=SERVER_ID, name="a&b=c #?/快照", current=False)
    assert task(cloud, name="a&b=c #?/快照", state="absent")[0]["actions"] == ["delete"]
    assert names(cloud) == {"t1", "t2", "t3"}


def test_a_deletion_whose_answer_was_lost_is_done(cloud):
    """It is sent again, and the platform then says 400."""
    cloud.fault("lost", match={"operation": "vm-snapshot-delete"})
    assert task(cloud, name="t2", state="absent")[0]["actions"] == ["delete"]
    assert names(cloud) == {"t1", "t3"}


def test_a_deletion_that_fails_is_a_failure(cloud):
    body = {"code": "500", "msg": "cas is down"}
    cloud.fault("status", match={"operation": "vm-snapshot-delete"}, status=200, body=body)
    with pytest.raises(CloudError, match="cas is down"):
        task(cloud, name="t2", state="absent")


# --- servers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("server", ["nobody", NOBODY])
def test_a_server_that_does_not_exist(cloud, server):
    assert task(cloud, name="t1", server=server, state="absent")[0]["changed"] is False
    with pytest.raises(OptionError, match="server: there is no server"):
        task(cloud, name="t1", server=server)


def test_a_server_that_is_about_to_be_made(cloud):
    result, operations = task(cloud, check_mode=True, name="t1", server="nobody")
    assert result["actions"] == ["create"]
    assert {"server-list-detail"} == set(operations)


def test_a_500_for_a_server_that_does_not_exist_means_that(cloud):
    body = {"code": "500", "msg": "get server compute node error"}
    cloud.fault("status", match={"operation": "vm-snapshot-list"}, status=500, body=body, count=None)
    assert task(cloud, name="t1", server=NOBODY, state="absent")[0]["changed"] is False
    with pytest.raises(CloudError, match="get server compute node error"):
        task(cloud, name="t1", state="absent")


def test_all_snapshots_are_listed_parents_first(cloud):
    client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    told = gather(VM_SNAPSHOT, Context(client, {"server": "web"}))["vm_snapshots"]
    client.close()
    assert [(entry["name"], entry["parent"], entry["mode"]) for entry in told] == [
        ("t1", None, "external"),
        ("t2", "t1", None),
        ("t3", "t2", None),
    ]


# --- work in progress --------------------------------------------------------------------------------------------


@pytest.fixture
def slow(cloud):
    """What is begun takes a minute."""
    before = cloud.settings()["action_seconds"]
    cloud.settings(action_seconds=60)
    yield cloud
    cloud.settings(action_seconds=before)


WRITES = {"vm-snapshot-create", "vm-snapshot-restore"}


def test_a_snapshot_that_an_earlier_run_has_begun_is_not_made_again(slow):
    assert task(slow, name="t4", wait=False)[0]["changed"] is True
    for check_mode in (True, False):
        result, operations = task(slow, check_mode, name="t4", wait=False)
        assert (result["changed"], WRITES.intersection(operations)) == (False, set())
        assert "at work" in result["warnings"][0]
    assert result["vm_snapshot"]["name"] == "t4"


@pytest.mark.parametrize("work", ["virtual_snapshot_restoring", "reverting"])
@pytest.mark.parametrize("restore_current", [None, True])
def test_a_server_that_says_so_is_not_restored_again(slow, work, restore_current):
    body = {"server": {"id": SERVER_ID, "name": "web", "OS-EXT-STS:task_state": work}}
    slow.fault("status", match={"operation": "server-get"}, status=200, body=body, count=None)
    result, operations = task(slow, name="t1", state="restored", restore_current=restore_current, wait=False)
    assert (result["changed"], WRITES.intersection(operations)) == (False, set())
    assert work in result["warnings"][0]


def test_who_waits_finds_what_an_earlier_run_has_begun(slow, monkeypatch):
    task(slow, name="t4", wait=False)
    monkeypatch.setattr(time, "sleep", lambda seconds: slow.advance(30))
    result, operations = task(slow, name="t4")
    assert (result["changed"], WRITES.intersection(operations)) == (False, set())
    assert result["vm_snapshot"]["is_current"] is True


def test_the_platform_restores_once_where_it_does_not_report_that_it_does(slow):
    assert task(slow, name="t1", state="restored", wait=False)[0]["changed"] is True
    with pytest.raises(CloudError, match="409"):
        task(slow, name="t1", state="restored", wait=False)
    assert restored(slow) == {"t1": 1}
