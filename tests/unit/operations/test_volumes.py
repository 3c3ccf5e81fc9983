# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What volumes and their snapshots are in: broken, growing, going, or attached."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Simulator

from .player import Call, Player, Story

VOLUME = "6c80f8ac-e3e2-480c-8e6e-f1db92fe4bfe"
SERVER = "9f0c2c1e-6c0d-4c43-8f5c-3d2b6a1e7a10"
ATTACHED = {"status": "in-use", "attachments": {SERVER: {"device": "/dev/vdb", "ready": True, "delete": False}}}


@pytest.fixture(scope="module")
def cloud():
    with Simulator(action_seconds=20) as running:
        yield running


@pytest.fixture
def play(cloud, tmp_path):
    def call(module: str, options: dict[str, Any]) -> Call:
        given = {name: value for name, value in options.items() if name != "check_mode"}
        return Call("", module, {"name": "data", **given}, "check_mode" in options)

    def played(*calls: dict[str, Any], kind: str = "volumes", fail_build: str = "", **record: Any):
        module = "cloudos_volume" if kind == "volumes" else "cloudos_volume_snapshot"
        named = [call(module, options) for options in calls]
        seeds = [
            {"kind": "servers", "id": SERVER, "name": "web-1"},
            {"kind": kind, "id": VOLUME, "name": "data", "size": 2, **record},
        ]
        story = Story("volumes", named, seeds=seeds, settings={"fail_build": fail_build})
        return [one.result for one in Player(cloud, tmp_path).play(story)]

    return played


@pytest.mark.parametrize("kind", ["volumes", "volume_snapshots"])
def test_one_that_is_broken_is_replaced_on_request_only(play, kind):
    refused, replaced = play({}, {"replace": True}, kind=kind, status="error")

    assert "is broken: its status is error" in refused["msg"]
    assert replaced["actions"] == ["delete", "create"]


@pytest.mark.parametrize("kind", ["volumes", "volume_snapshots"])
def test_one_that_ends_in_error_fails_the_task(play, kind):
    (failed,) = play({"replace": True}, kind=kind, status="error", fail_build="^data$")

    assert "failed: its status is error" in failed["msg"]


@pytest.mark.parametrize("kind", ["volumes", "volume_snapshots"])
def test_what_is_being_deleted_is_waited_for_and_not_deleted_twice(play, kind):
    absent = {"state": "absent"}
    begun, foreseen, again, waited = play(
        {**absent, "wait": False}, {**absent, "check_mode": True}, {**absent, "wait": False}, absent, kind=kind
    )

    assert begun["actions"] == ["delete"]
    assert [one["changed"] for one in (foreseen, again, waited)] == [False, False, False]


@pytest.mark.parametrize("kind", ["volumes", "volume_snapshots"])
def test_what_is_being_deleted_has_no_claim_to_its_name(play, kind):
    needed = {"size": 1} if kind == "volumes" else {"volume": "data-1"}
    _begun, created = play({"state": "absent", "wait": False}, needed, kind=kind)

    assert created["actions"] == ["create"]


def test_a_volume_that_grows_already_is_not_made_to_grow_again(play):
    begun, foreseen, again, waited, further = play(
        {"size": 5, "wait": False},
        {"size": 5, "wait": False, "check_mode": True},
        {"size": 5, "wait": False},
        {"size": 5},
        {"size": 6},
    )

    assert begun["actions"] == further["actions"] == ["extend"]
    assert [one["changed"] for one in (foreseen, again, waited)] == [False, False, False]
    assert waited["volume"]["size"] == 5


def test_a_volume_that_shrinks_is_an_error_that_says_so(play):
    foreseen, refused = play({"size": 1, "check_mode": True}, {"size": 1})

    assert refused["msg"] == foreseen["msg"]
    assert "has 2 GB, and a volume cannot shrink to 1 GB" in refused["msg"]


def test_an_attached_volume_is_not_deleted_and_the_error_names_the_server(play):
    foreseen, refused = play({"state": "absent", "check_mode": True}, {"state": "absent"}, **ATTACHED)

    assert refused["msg"] == foreseen["msg"]
    assert f"is attached to the server web-1 ({SERVER})" in refused["msg"]


def test_whether_an_attached_volume_grows_the_platform_decides(play):
    (refused,) = play({"size": 5}, **ATTACHED)

    assert "currently in-use" in refused["msg"]
    assert "detach it" in refused["msg"]


def test_a_volume_whose_deletion_failed_needs_an_administrator(play):
    (refused,) = play({"state": "absent"}, status="error_deleting")

    assert "error_deleting" in refused["msg"]
    assert "administrator" in refused["msg"]


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"size": 0}, "size: 0 GB"),
        ({"metadata": {"": "x"}}, "metadata: "),
        ({"metadata": {"key": "x" * 256}}, "metadata: "),
        ({"metadata": {"readonly": "True"}}, "readonly belongs to the platform"),
        ({"availability_zone": "nova11"}, "there is no storage zone 'nova11'"),
    ],
)
def test_bad_options_are_refused_before_anything_is_sent(play, options, words):
    (refused,) = play(options)

    assert words in refused["msg"]
