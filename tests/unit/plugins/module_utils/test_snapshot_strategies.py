# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Schedules are said in words, the platform gets its numbers, and a change sends the whole strategy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.execution import converge
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.observation import Observation
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.snapshot_strategy import (
    SNAPSHOT_STRATEGY,
    SnapshotStrategy,
)
from simulator import Simulator, seeds

NEW = {
    "name": "nightly",
    "schedule": {"every": "week", "day": 3, "at": "02:30"},
    "max_snapshots": 7,
    "availability_zones": ["nova11"],
    "servers": ["web"],
}


@pytest.fixture(scope="module")
def running():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def cloud(running):
    running.reset()
    running.seed("servers", name="web")
    running.seed("servers", name="db")
    return running


def task(cloud, check_mode=False, **options):
    cloud.clear_log()
    fields = {field.name: None for field in SnapshotStrategy.fields if field.option is not None}
    others = {"state": "present", "purge_servers": False, "purge_availability_zones": False}
    connection = Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin", timeout=60.0)
    client = Client(connection)
    try:
        return converge(SNAPSHOT_STRATEGY, Context(client, {**fields, **others, **options}, check_mode))
    finally:
        client.close()


def last_body(cloud):
    return [entry for entry in cloud.log() if entry["method"] in ("POST", "PUT")][-1]["body"]


# --- schedules ---------------------------------------------------------------------------------------------------


def rhythms():
    days = {"day": st.none(), "week": st.integers(1, 7), "month": st.integers(1, 31)}
    return st.sampled_from(sorted(days)).flatmap(lambda every: st.tuples(st.just(every), days[every]))


@given(rhythms(), st.integers(0, 23), st.integers(0, 59))
def test_what_is_sent_is_read_as_what_was_said(rhythm, hour, minute):
    said = {"every": rhythm[0], "day": rhythm[1], "at": f"{hour:02d}:{minute:02d}"}
    run = Context(None, {**dict.fromkeys(field.name for field in SnapshotStrategy.fields), "schedule": said})
    desired = SNAPSHOT_STRATEGY.desired(run, Observation())
    after = {**SNAPSHOT_STRATEGY.read({}), **desired, "availability_zones": ["z"], "servers": []}
    body = SNAPSHOT_STRATEGY.update_steps(run, {**after, "schedule": None}, desired, {"schedule"})[0].body
    assert all(isinstance(body[name], str) for name in ("frequency", "day", "hour", "minutes"))
    assert SNAPSHOT_STRATEGY.read(body)["schedule"] == said
    assert SNAPSHOT_STRATEGY.changes(run, {**after, "schedule": said}, desired) == set()


@pytest.mark.parametrize(
    ("raw", "schedule"),
    [
        ({"frequency": "0", "day": "1", "hour": "0", "minutes": "0"}, {"every": "month", "day": 1, "at": "00:00"}),
        ({"frequency": "1", "day": "7", "hour": "23", "minutes": "5"}, {"every": "week", "day": 7, "at": "23:05"}),
        ({"frequency": 2, "day": 1, "hour": 2, "minutes": 30}, {"every": "day", "day": None, "at": "02:30"}),
        ({"frequency": "9", "day": "1", "hour": "2", "minutes": "30"}, {"every": "9", "day": 1, "at": "02:30"}),
        ({}, None),
    ],
)
def test_the_numbers_of_the_platform_become_words(raw, schedule):
    assert SNAPSHOT_STRATEGY.read(raw)["schedule"] == schedule


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"at": "750"}, "in quotes"),
        ({"at": "24:00"}, "'24:00' is not a valid time of day"),
        ({"at": "2:5"}, "is not a valid time of day"),
        ({"day": 0}, "schedule.day: 0"),
        ({"every": "week", "day": 8}, "1 to 7"),
        ({"every": "month", "day": 32}, "1 to 31"),
        ({"every": "day", "day": 1}, "only a strategy for every week or month"),
    ],
)
def test_a_bad_schedule_is_refused_before_anything_is_sent(cloud, schedule, words):
    with pytest.raises(OptionError, match=words):
        task(cloud, **{**NEW, "schedule": schedule})
    assert cloud.log() == []


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ({"every": "day"}, "needs schedule.at"),
        ({"at": "02:30"}, "needs schedule.every"),
        ({"every": "week", "at": "02:30"}, "schedule.day is missing"),
    ],
)
def test_a_new_schedule_has_to_be_complete(cloud, schedule, words):
    with pytest.raises(OptionError, match=words):
        task(cloud, **{**NEW, "schedule": schedule})
    assert cloud.state("snapshot_strategies") == []


def test_another_rhythm_needs_another_day(cloud):
    task(cloud, **NEW)
    with pytest.raises(OptionError, match="is missing; for every month"):
        task(cloud, name="nightly", schedule={"every": "month"})
    with pytest.raises(OptionError, match="is 9; for every week"):
        task(cloud, name="nightly", schedule={"day": 9})
    assert task(cloud, name="nightly", schedule={"every": "day"})["snapshot_strategy"]["schedule"]["day"] is None


# --- what is sent ------------------------------------------------------------------------------------------------


def test_a_new_strategy_belongs_to_the_project(cloud):
    made = task(cloud, **NEW)["snapshot_strategy"]
    body = last_body(cloud)
    assert (body["tenantId"], body["tenantName"]) == (seeds.ADMIN_PROJECT, "admin")
    assert (body["state"], body["flag"], body["maxSnapshotNum"]) == ("1", "0", "7")
    assert (made["enabled"], made["memory"], made["max_snapshots"]) == (True, False, 7)
    assert task(cloud, **NEW)["changed"] is False


def test_a_change_sends_everything(cloud):
    made = task(cloud, **NEW, description="first")["snapshot_strategy"]
    assert task(cloud, name="nightly", enabled=False)["actions"] == ["update"]
    (server,) = made["servers"]
    assert last_body(cloud) == {
        "uuid": made["id"],
        "id": made["number"],
        "name": "nightly",
        "desc": "first",
        "state": "0",
        "flag": "0",
        "maxSnapshotNum": "7",
        "frequency": "1",
        "day": "3",
        "hour": "2",
        "minutes": "30",
        "labelZoneIds": seeds.ZONE_NOVA11,
        "labelZones": "nova11",
        "tenantId": seeds.ADMIN_PROJECT,
        "tenantName": "admin",
        "snapStrategyVm": [{"uuid": server, "snapStrategyId": made["number"]}],
    }


def test_old_names_of_zones_are_not_sent_with_new_zones(cloud):
    task(cloud, **NEW)
    other = cloud.seed("zones", zone="nova13")[0]
    result = task(cloud, name="nightly", availability_zones=["nova13"])
    assert last_body(cloud)["labelZoneIds"] == f"{seeds.ZONE_NOVA11};{other['id']}"
    assert "labelZones" not in last_body(cloud)
    assert result["snapshot_strategy"]["availability_zones"] == [seeds.ZONE_NOVA11, other["id"]]


def test_servers_add_up_until_the_others_are_purged(cloud):
    task(cloud, **NEW)
    assert len(task(cloud, name="nightly", servers=["db"])["snapshot_strategy"]["servers"]) == 2
    assert len(task(cloud, name="nightly", servers=["db"], purge_servers=True)["snapshot_strategy"]["servers"]) == 1
    assert task(cloud, name="nightly", servers=[], purge_servers=True)["snapshot_strategy"]["servers"] == []


@pytest.mark.parametrize("status", [400, 200])
def test_zones_of_two_managers_are_an_error_that_says_so(cloud, status):
    cloud.seed("zones", zone="elsewhere", cvm="another")
    if status == 200:
        body = {"code": "400", "msg": "zones are not be a same cvm", "data": None, "total": 0}
        cloud.fault("status", match={"operation": "snapshot-strategy-create"}, status=200, body=body)
    with pytest.raises(CloudError, match="All of these zones have to belong to one CVM") as caught:
        task(cloud, **{**NEW, "availability_zones": ["nova11", "elsewhere"]})
    assert caught.value.status == 400


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "a strategy"}, "1 to 32 Chinese characters"),
        ({"name": "x" * 33}, "1 to 32"),
        ({"description": "x" * 121}, "120"),
        ({"max_snapshots": 0}, "the least is 1"),
        ({"availability_zones": [], "purge_availability_zones": True}, "at least one"),
    ],
)
def test_bad_options_are_refused_before_anything_is_sent(cloud, options, words):
    with pytest.raises(OptionError, match=words):
        task(cloud, **{**NEW, **options})
    assert cloud.log() == []


def test_no_zones_are_missing_zones(cloud):
    with pytest.raises(OptionError, match="specify availability_zones"):
        task(cloud, **{**NEW, "availability_zones": []})


def test_strategies_of_other_projects_are_not_touched(cloud):
    cloud.seed("snapshot_strategies", name="nightly", project_id=seeds.DEMO_PROJECT)
    assert task(cloud, name="nightly", state="absent")["changed"] is False
    assert task(cloud, **NEW)["actions"] == ["create"]
    assert len(cloud.state("snapshot_strategies")) == 2


def test_existence_is_decided_by_the_list(cloud):
    """Reading one that does not exist answers 500; so does deleting it."""
    task(cloud, **NEW)
    cloud.fault("lost", match={"operation": "snapshot-strategy-delete"})
    assert task(cloud, name="nightly", state="absent")["actions"] == ["delete"]
    assert "snapshot-strategy-get" not in [entry["operation"] for entry in cloud.log()]
    assert cloud.state("snapshot_strategies") == []


def test_one_that_cannot_be_read_now_is_not_one_that_does_not_exist(cloud):
    """Both are a 500; only the list tells them apart."""
    made = task(cloud, **NEW)["snapshot_strategy"]
    for operation in ("snapshot-strategy-get", "snapshot-strategy-delete"):
        cloud.fault("status", status=500, match={"operation": operation}, count=None)
    with pytest.raises(CloudError, match=r"snapshot-strategy-delete .* answered 500"):
        task(cloud, id=made["id"], state="absent")
    assert task(cloud, id=made["id"], max_snapshots=3)["actions"] == ["update"]


def test_one_that_does_not_exist_is_absent_by_its_id_too(cloud):
    assert task(cloud, id="no-such-id", state="absent")["changed"] is False


def test_a_strategy_without_a_time_can_be_changed_with_one_only(cloud):
    """What the platform does not tell cannot be sent back."""
    cloud.seed("snapshot_strategies", name="odd", hour=None)
    with pytest.raises(OptionError, match="schedule"):
        task(cloud, name="odd", max_snapshots=3)
    assert task(cloud, name="odd", schedule={"every": "day", "day": None, "at": "01:00"})["actions"] == ["update"]


def test_a_whole_play_can_be_checked_on_an_empty_cloud(cloud):
    result = task(cloud, check_mode=True, **{**NEW, "servers": ["to-come"], "availability_zones": ["to-come"]})
    assert result["actions"] == ["create"]
    assert len(result["warnings"]) == 2
