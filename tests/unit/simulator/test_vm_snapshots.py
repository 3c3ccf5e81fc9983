# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole-VM snapshots, snapshot strategies and server templates."""

from __future__ import annotations

import pytest

from simulator import seeds

NORM = "38e42432-06a5-47a3-b47d-f078ed03795d"


@pytest.fixture
def snap(api, server):
    """The operations on the snapshots of one server."""
    return lambda operation, *args, **more: api(operation, *args, server_uuid=server["id"], **more)


def take(snap, sim, name, **more):
    answer = snap("vm-snapshot-create", {"name": name, "snapMem": "false", **more})
    sim.advance(60)
    return answer


def tree(snap):
    """The tree as names: (name, is it current, what is below)."""

    def below(node):
        return [(entry["name"], entry["isCurr"], below(entry["snapshots"])) for entry in node["snapshot"]]

    return below(snap("vm-snapshot-list").json())


def test_snapshots_stand_on_top_of_each_other(snap, sim):
    for name in ("t1", "t2", "快照"):
        assert take(snap, sim, name).status_code == 200
    assert tree(snap) == [("t1", "false", [("t2", "false", [("快照", "true", [])])])]
    root = snap("vm-snapshot-list").json()["snapshot"][0]
    assert root["snapshotMode"] == "2" and root["noStopVirtSnapMem"] == "false"
    assert "&nbsp;" in root["snapshotTitle"]
    assert "snapshotMode" not in root["snapshots"]["snapshot"][0]


def test_the_answer_of_a_creation_has_the_id_of_the_server_and_is_wrong_about_the_memory(snap, server):
    told = snap("vm-snapshot-create", {"name": "t1", "snapMem": "true"}).json()
    assert (told["uuid"], told["snapMem"]) == (server["id"], "false")


def test_a_snapshot_takes_time(snap, sim):
    snap("vm-snapshot-create", {"name": "t1", "snapMem": "true"})
    assert tree(snap) == []
    assert snap("vm-snapshot-check-name", query={"snapshotName": "t1"}).json() is False
    assert snap("vm-snapshot-restore", {"virtualSnapName": "t1"}).status_code == 409
    sim.advance(60)
    assert snap("vm-snapshot-list").json()["snapshot"][0]["snapMem"] == "true"


def test_names_are_unique_on_a_server(snap, sim):
    take(snap, sim, "t1")
    take(snap, sim, "t2")
    assert take(snap, sim, "t1").status_code == 500
    assert snap("vm-snapshot-check-name", query={"snapshotName": "t1"}).text == "false"
    assert snap("vm-snapshot-check-name", query={"snapshotName": "t3"}).text == "true"
    assert snap("vm-snapshot-update", {"name": "t1", "snapName": "t2", "desc": ""}).status_code == 500
    assert snap("vm-snapshot-update", {"name": "t1", "snapName": "t3", "desc": "x"}).status_code == 200
    assert snap("vm-snapshot-update", {"name": "t1", "snapName": "t3", "desc": "x"}).status_code == 500


def test_external_snapshots_are_limited(snap, sim):
    sim.settings(snapshot_limit=1)
    assert snap("vm-snapshot-count-limit").json() == {"limitCount": "1"}
    assert take(snap, sim, "t1").status_code == 200
    assert take(snap, sim, "t2").status_code == 500
    assert take(snap, sim, "t3", snapshotMode="1").status_code == 200


def test_a_restored_snapshot_becomes_the_current_one_after_a_while(snap, sim):
    take(snap, sim, "t1")
    take(snap, sim, "t2")
    assert snap("vm-snapshot-restore", {"virtualSnapName": "t1"}).status_code == 200
    assert tree(snap)[0][1] == "false"
    sim.advance(60)
    assert tree(snap) == [("t1", "true", [("t2", "false", [])])]
    assert snap("vm-snapshot-restore", {"virtualSnapName": "none"}).status_code == 500


def test_what_hangs_below_a_deleted_snapshot_stays(snap, sim):
    for name in ("t1", "t2", "t3"):
        take(snap, sim, name)
    assert snap("vm-snapshot-delete", query={"snapshotNames": "t2,none"}).status_code == 400
    assert snap("vm-snapshot-delete", query={"snapshotNames": "t2"}).status_code == 200
    sim.advance(60)
    assert tree(snap) == [("t1", "false", [("t3", "true", [])])]
    snap("vm-snapshot-delete", query={"snapshotNames": "t1,t3"})
    sim.advance(60)
    assert tree(snap) == []


def test_the_parent_of_a_deleted_current_snapshot_is_current(snap, sim):
    take(snap, sim, "t1")
    take(snap, sim, "t2")
    snap("vm-snapshot-delete", query={"snapshotNames": "t2"})
    sim.advance(60)
    assert tree(snap) == [("t1", "true", [])]


def test_servers_that_have_no_snapshots(api, demo, sim, server):
    broken = sim.seed("servers", status="ERROR")[0]
    assert api("vm-snapshot-list", server_uuid="none").status_code == 404
    assert api("vm-snapshot-list", server_uuid=broken["id"]).status_code == 500
    assert demo("vm-snapshot-list", server_uuid=server["id"]).status_code == 404


# --- strategies --------------------------------------------------------------------------------------------------


def strategy(**changes):
    return {
        "name": "nightly",
        "state": "1",
        "flag": "0",
        "maxSnapshotNum": "1",
        "frequency": "2",
        "day": "1",
        "hour": "2",
        "minutes": "30",
        "labelZoneIds": seeds.ZONE_NOVA11,
        "tenantId": seeds.ADMIN_PROJECT,
        "tenantName": "admin",
        **changes,
    }


def test_a_strategy_is_kept(api, server):
    told = api("snapshot-strategy-create", strategy(snapStrategyVm=[{"uuid": server["id"]}])).json()
    assert "labelZones" not in told
    (listed,) = api("snapshot-strategy-list").json()
    assert listed == {**told, "labelZones": "nova11"}
    assert listed["snapStrategyVm"] == [{"uuid": server["id"], "snapStrategyId": told["id"]}]
    assert api("snapshot-strategy-get", res_uuid=told["uuid"]).json() == listed
    assert api("snapshot-strategy-delete", res_uuid=told["uuid"]).status_code == 200
    assert api("snapshot-strategy-list").json() == []


def test_an_update_resets_what_it_does_not_say(api, server):
    told = api("snapshot-strategy-create", strategy(desc="d", snapStrategyVm=[{"uuid": server["id"]}])).json()
    body = strategy(uuid=told["uuid"], id=told["id"])
    assert api("snapshot-strategy-update", body, res_uuid=told["uuid"]).status_code == 200
    changed = api("snapshot-strategy-get", res_uuid=told["uuid"]).json()
    assert (changed["desc"], changed["snapStrategyVm"]) == ("", [])


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"labelZoneIds": "none"}, 400),
        ({"labelZoneIds": seeds.ZONE_NOVA12}, 400),
        ({"labelZoneIds": f"{seeds.ZONE_NOVA11};{seeds.ZONE_NOVA12}"}, 400),
        ({"snapStrategyVm": [{"uuid": "none"}]}, 500),
        ({"frequency": "1", "day": "8"}, 400),
    ],
)
def test_strategies_that_are_refused(api, change, status):
    assert api("snapshot-strategy-create", strategy(**change)).status_code == status


@pytest.mark.parametrize(
    ("change", "status"),
    [({"id": "99"}, 400), ({"uuid": "none"}, 400), ({"snapStrategyVm": [{"uuid": "x", "snapStrategyId": "99"}]}, 500)],
)
def test_updates_of_strategies_that_are_refused(api, sim, change, status):
    there = sim.seed("snapshot_strategies")[0]
    body = strategy(**{"uuid": there["id"], "id": there["number"], **change})
    assert api("snapshot-strategy-update", body, res_uuid=there["id"]).status_code == status


def test_a_strategy_that_does_not_exist_is_a_failure_of_the_server(api):
    assert api("snapshot-strategy-get", res_uuid="none").status_code == 500
    assert api("snapshot-strategy-delete", res_uuid="none").status_code == 500


def test_members_see_the_strategies_and_templates_of_their_project(api, demo, sim):
    sim.seed("snapshot_strategies")
    sim.seed("server_templates")
    for operation in ("snapshot-strategy-list", "server-template-list"):
        assert len(api(operation).json()) == 1
        assert demo(operation).json() == []
    assert demo("snapshot-strategy-create", strategy()).status_code == 403


# --- templates ---------------------------------------------------------------------------------------------------


@pytest.fixture
def body(image, flavor):
    return {
        "name": "web",
        "metadata": {
            "normUuid": NORM,
            "storageType": "普通",
            "imageSrc": "normal",
            "storagePool": "",
            "projectId": seeds.ADMIN_PROJECT,
        },
        "user_uuid": seeds.ADMIN_USER,
        "availability_zone": "nova11",
        "azone_uuid": seeds.ZONE_NOVA11,
        "image_uuid": image["id"],
        "flavor_uuid": flavor["id"],
    }


def test_a_template_is_kept_and_answers_nothing(api, body):
    answer = api("server-template-create", body)
    assert (answer.status_code, answer.text) == (200, "")
    (told,) = api("server-template-list").json()
    assert told == {"uuid": told["uuid"], "description": "", **body}
    assert api("server-template-get", template_id=told["uuid"]).json() == told
    changed = {**body, "uuid": told["uuid"], "name": "web2", "description": "d"}
    assert api("server-template-update", changed).status_code == 200
    assert api("server-template-list").json() == [changed]
    assert api("server-template-delete", template_id=told["uuid"]).status_code == 200
    assert api("server-template-get", template_id=told["uuid"]).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"image_uuid": "none"},
        {"flavor_uuid": "none"},
        {"user_uuid": "none"},
        {"azone_uuid": "none"},
        {"availability_zone": "nova12"},
        {"metadata": {"normUuid": "987e587d", "storageType": "", "imageSrc": "", "projectId": seeds.ADMIN_PROJECT}},
    ],
)
def test_templates_that_are_refused(api, body, change):
    assert api("server-template-create", {**body, **change}).status_code == 400
