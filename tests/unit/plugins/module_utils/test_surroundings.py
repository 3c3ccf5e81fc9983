# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What stands around servers: snapshots, groups, owners, leases and aggregates, planned without a cloud."""

from __future__ import annotations

import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution, planning
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.plan import PENDING, READY
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import server
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server_group import SERVER_GROUP
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images import image, server_snapshot
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.server_snapshot import SERVER_SNAPSHOT
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.host_aggregate import HOST_AGGREGATE

ME, PROJECT = "user-1", "project-1"


class Cloud:
    """A client that knows lists by the id of their operation."""

    def __init__(self, **lists):
        self.lists = {name.replace("_", "-"): entries for name, entries in lists.items()}
        self.lookups = {}
        self.shared_lists = {}
        self.user_id, self.user_name, self.project_id = ME, "me", PROJECT

        self.connection = types.SimpleNamespace(
            retries=0, timeout=1.0, place=("http://cloud", "project"), url="http://cloud", project="demo"
        )

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        return [dict(entry) for entry in self.lists[operation.id]]

    def call(self, operation, params=None, query=None, body=None):
        """Snapshots are read, deleted and taken; their list is that of the platform."""
        known = self.lists["server-snapshot-list"]
        if operation is server_snapshot.CREATE:
            wanted = body["createImage"]
            known.append({**snapshot(9, wanted["operator_id"], **wanted["metadata"]), "name": wanted["name"]})
            return None
        found = [entry for entry in known if entry["id"] == params["snapshot_id"]]
        if not found:
            raise CloudError("no such image", status=404)
        if operation is server_snapshot.DELETE:
            known.remove(found[0])
        return {"images": [dict(entry) for entry in found]}


def plan(resource, cloud, check_mode=True, **options):
    run = Context(cloud, {"state": "present", "hosts_exact": False, **options}, check_mode)
    resource.check(run)
    return planning.make_plan(resource, run, resource.find(run))


# --- snapshots ---------------------------------------------------------------------------------------------------

SERVERS = [{"id": "s-1", "name": "web"}, {"id": "s-2", "name": "db"}]


def snapshot(number, server_id, **metadata):
    told = {"image_type": "snapshot", "instance_uuid": server_id, "operator_id": PROJECT, **metadata}
    return {"id": f"i-{number}", "name": "weekly", "status": "ACTIVE", "metadata": told}


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({"image_type": "snapshot"}, True),
        ({"is_snapshot": "snapshot"}, True),
        ({"is_snapshot": "true", "image_type": ""}, True),
        ({"is_snapshot": "snapshot", "image_type": "image"}, False),
        ({"is_snapshot": "false"}, False),
        ({}, False),
    ],
)
def test_an_image_is_a_snapshot_while_the_platform_calls_it_one(told, answer):
    assert image.is_snapshot(told) is answer


def test_snapshots_of_one_name_are_told_apart_by_their_server():
    cloud = Cloud(server_snapshot_list=[snapshot(1, "s-1"), snapshot(2, "s-2")], server_list_detail=SERVERS)
    assert plan(SERVER_SNAPSHOT, cloud, name="weekly", server="db").before["id"] == "i-2"
    assert plan(SERVER_SNAPSHOT, cloud, name="weekly", server="s-1").before["id"] == "i-1"
    with pytest.raises(OptionError, match="there are 2 server snapshots named 'weekly': i-1, i-2"):
        plan(SERVER_SNAPSHOT, cloud, name="weekly")


def test_a_snapshot_outlives_its_server():
    gone = "7431deba-0169-4cde-8e7d-738b169268a8"
    cloud = Cloud(server_snapshot_list=[snapshot(1, "s-1"), snapshot(2, gone)], server_list_detail=SERVERS)
    assert plan(SERVER_SNAPSHOT, cloud, name="weekly", server=gone, state="absent").actions == ["delete"]
    cloud.lists["server-snapshot-list"].pop()
    assert plan(SERVER_SNAPSHOT, cloud, name="weekly", server=gone, state="absent").actions == []
    with pytest.raises(OptionError, match="server: there is no server"):
        plan(SERVER_SNAPSHOT, cloud, check_mode=False, name="weekly", server=gone)


def test_what_takes_the_place_of_a_snapshot_is_the_one_of_the_same_server():
    cloud = Cloud(server_snapshot_list=[snapshot(1, "s-1"), snapshot(2, "s-2")], server_list_detail=SERVERS)
    run = Context(cloud, {"state": "present", "id": "i-2", "name": "weekly", "description": "new", "replace": True})
    result = execution.converge(SERVER_SNAPSHOT, run)
    assert result["actions"] == ["delete", "create"]
    assert (result["server_snapshot"]["id"], result["server_snapshot"]["server"]) == ("i-9", "s-2")


@pytest.mark.parametrize("foreign", [{"image_type": "image"}, {"operator_id": "project-2"}])
def test_images_and_snapshots_of_others_are_not_found(foreign):
    cloud = Cloud(server_snapshot_list=[snapshot(1, "s-1", **foreign)])
    assert plan(SERVER_SNAPSHOT, cloud, name="weekly", state="absent").steps == ()


def test_a_new_snapshot_says_whose_it_is_and_of_what():
    cloud = Cloud(server_snapshot_list=[], server_list_detail=SERVERS)
    (step,) = plan(SERVER_SNAPSHOT, cloud, name="weekly", server="web", description="text").steps
    whose = {"is_snapshot": "snapshot", "user_id": ME, "operator_id": PROJECT, "user_name": "me"}
    assert step.params == {"server_id": "s-1"}
    assert step.body == {
        "createImage": {"name": "weekly", "metadata": {**whose, "description": "text"}, "operator_id": "s-1"}
    }


def test_no_secret_is_in_what_is_told_of_a_snapshot():
    raw = snapshot(1, "s-1", vmware_password="123456", virt_type="CAS")
    assert "123456" not in str(SERVER_SNAPSHOT.read(raw))
    assert SERVER_SNAPSHOT.read(raw)["metadata"]["virt_type"] == "CAS"


# --- server groups -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("raw", [{"policies": ["affinity"]}, {"policies": "affinity"}, {"policy": "affinity"}])
def test_a_group_has_one_policy_however_it_is_told(raw):
    assert SERVER_GROUP.read(raw)["policy"] == "affinity"


@pytest.mark.parametrize("name", ["", "x" * 65, "a/b", "a\uff1ab", ".a", "a.", 'a"'])
def test_names_that_no_group_can_have(name):
    with pytest.raises(OptionError, match=r"^name: "):
        plan(SERVER_GROUP, Cloud(server_group_list=[]), name=name, policy="affinity")


# --- another user ------------------------------------------------------------------------------------------------

USERS = [{"id": ME, "name": "me"}, {"id": "user-2", "name": "you"}]
SERVER_OPTIONS = {"resize": "allow", "reboot": None, "confirm_resize": True, "wait": True}


def owned(user_id):
    return {"id": "s-1", "name": "web", "status": "ACTIVE", "user_id": user_id}


@pytest.mark.parametrize(("wanted", "actions"), [("you", ["transfer"]), ("user-2", ["transfer"]), ("me", []), (ME, [])])
def test_a_server_is_transferred_to_another_user_only(wanted, actions):
    cloud = Cloud(server_list_detail=[owned(ME)], user_list=USERS)
    made = plan(server.SERVER, cloud, name="web", user=wanted, **SERVER_OPTIONS)
    assert made.actions == actions
    for step in made.steps:
        assert step.body == {"transfer": {"user_id": "user-2"}}
        assert step.wait.evaluate(server.SERVER.read(owned(ME))) == PENDING
        assert step.wait.evaluate(server.SERVER.read(owned("user-2"))) == READY


# --- aggregates --------------------------------------------------------------------------------------------------

ZONES = [{"id": "z-1", "zone": "nova11", "labelName": "zone-one"}, {"id": "z-2", "zone": "nova12"}]
hosts = st.lists(st.sampled_from(["a", "b", "c", "d"]), unique=True)


def aggregates(*present):
    rack = {"id": 1, "name": "rack", "availability_zone": "nova11", "hosts": list(present), "deleted": False}
    return Cloud(aggregate_list=[{**rack, "id": 7, "deleted": "true"}, rack], azone_list=ZONES)


@given(present=hosts, wanted=hosts, purges=st.booleans())
def test_the_hosts_are_the_wanted_ones_in_as_few_steps_as_possible(present, wanted, purges):
    made = plan(HOST_AGGREGATE, aggregates(*present), name="rack", hosts=wanted, hosts_exact=purges)
    result = list(present)
    for step in made.steps:
        if step.action == "add_host":
            result.append(step.body["add_host"]["host"])
        else:
            result.remove(step.body["remove_host"]["host"])
    expected = set(wanted) if purges else {*present, *wanted}
    assert set(result) == set(made.after["hosts"]) == expected
    assert len(made.steps) == len(set(present) ^ expected)


def test_name_and_zone_are_always_sent_together():
    (step,) = plan(HOST_AGGREGATE, aggregates("a"), name="rack", availability_zone="nova12").steps
    assert step.body == {"aggregate": {"name": "rack", "availability_zone": "nova12"}}


@pytest.mark.parametrize("zone", ["nova11", "zone-one"])
def test_the_alias_of_a_zone_is_no_difference(zone):
    assert plan(HOST_AGGREGATE, aggregates(), name="rack", availability_zone=zone).steps == ()


def test_an_alias_may_be_that_of_a_zone_to_come():
    cloud = Cloud(aggregate_list=[], azone_list=[])
    assert plan(HOST_AGGREGATE, cloud, name="rack", availability_zone="Building 1, ground floor").actions == ["create"]


def test_a_zone_that_an_aggregate_does_not_have_is_not_sent():
    cloud = Cloud(aggregate_list=[{"id": 1, "name": "rack", "availability_zone": None, "hosts": []}])
    run = Context(cloud, {"id": "1", "name": "shelf", "hosts_exact": False})
    current = HOST_AGGREGATE.read(cloud.lists["aggregate-list"][0])
    (step,) = planning.make_plan(HOST_AGGREGATE, run, current).steps
    assert step.body == {"aggregate": {"name": "shelf"}}


@pytest.mark.parametrize(
    "options",
    [
        {"name": "rack", "availability_zone": "nova12"},
        {"name": "shelf", "hosts": ["a"]},
        {"name": "new", "availability_zone": "nova12", "hosts": ["a"]},
    ],
    ids=["another zone", "another host", "a new one"],
)
def test_a_host_of_two_zones_is_refused_before_anything_is_sent(options):
    rack = {"id": 1, "name": "rack", "availability_zone": "nova11", "hosts": ["a", "b"]}
    cloud = Cloud(
        aggregate_list=[
            rack,
            {**rack, "id": 2, "name": "twin"},
            {"id": 3, "name": "shelf", "availability_zone": "nova12", "hosts": ["c"]},
        ],
        azone_list=ZONES,
    )
    with pytest.raises(OptionError, match=r"availability_zone: a.* cannot be in the zone nova12; .* has it in nova11"):
        plan(HOST_AGGREGATE, cloud, **options)


def test_hosts_go_first_where_that_is_asked_for():
    with pytest.raises(OptionError, match=r"rack \(1\) is not empty.* a, b.") as refused:
        plan(HOST_AGGREGATE, aggregates("a", "b"), name="rack", state="absent")
    assert "hosts_exact: true" in refused.value.hint
    assert plan(HOST_AGGREGATE, aggregates(), name="rack", state="absent").actions == ["delete"]
    emptied = plan(HOST_AGGREGATE, aggregates("a", "b"), name="rack", state="absent", hosts_exact=True)
    assert emptied.actions == ["remove_host", "remove_host", "delete"]


@pytest.mark.parametrize("times", [{}, {"created_at": {}, "updated_at": {}}, {"created_at": None}])
def test_a_time_that_there_is_not_is_none(times):
    found = HOST_AGGREGATE.read({"id": 1, "name": "rack", **times})
    assert (found["id"], found["created_at"], found["hosts"]) == ("1", None, [])
