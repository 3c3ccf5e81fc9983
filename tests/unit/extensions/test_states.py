# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences between two looks at machines, the marker between two runs, and how long to wait after failures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from ansible_collections.h3c.cloudos.plugins.plugin_utils.snapshots import (
    WATCHED,
    Marker,
    MarkerError,
    by_key,
    changes,
    of_machine,
    of_node,
    pause_after,
)

KEYS = [
    *("kind", "id", "name", "project", "status", "power_state", "provision_state", "maintenance", "failed", "fault"),
]


def server(name: str = "web", status: str = "ACTIVE", **more: Any) -> dict[str, Any]:
    raw = {"id": f"id-of-{name}", "name": name, "status": status, "tenant_id": "p-1", "addresses": {}, **more}
    return of_machine(SERVER.read(raw), "server", None)


def node(provision_state: str = "available", **more: Any) -> dict[str, Any]:
    raw = {"uuid": "n-1", "name": "rack-1", "provision_state": provision_state, "power_state": "power on", **more}
    return of_node(BAREMETAL_NODE.read(raw))


def events(seen: list[dict], found: list[dict], **keywords: str) -> list[dict[str, Any]]:
    return [change.event["cloudos"] for change in changes(by_key(seen), by_key(found), **keywords)]


def told(seen: dict, found: dict) -> tuple[str, list[str], dict[str, Any]]:
    (event,) = events([seen], [found])
    return event["change"], event["changed"], event["before"]


# --- events ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [server(), node()], ids=["server", "node"])
def test_all_kinds_have_the_same_keys(state: dict[str, Any]) -> None:
    assert list(state) == KEYS
    (event,) = events([], [state])
    assert event == {"change": "created", **state, "changed": [], "before": {}}
    assert json.loads(json.dumps(event)) == event


def test_nothing_is_told_of_what_is_as_it_was() -> None:
    assert events([server(), node()], [node(), server()]) == []


def test_what_differs_is_named_with_what_it_was() -> None:
    stopped = ("changed", ["status", "power_state"], {"status": "ACTIVE", "power_state": "running"})
    assert told(server(), server(status="SHUTOFF")) == stopped
    assert told(server(), server(name="web") | {"name": "db"}) == ("changed", ["name"], {"name": "web"})
    assert told(node(), node(maintenance=True)) == ("changed", ["maintenance"], {"maintenance": False})


def test_a_machine_fails_once() -> None:
    broken = server(status="ERROR", fault={"message": "No valid host was found"})
    assert told(server(), broken)[0] == "failed"
    assert events([server()], [broken])[0]["fault"] == "No valid host was found"
    assert events([broken], [broken]) == []
    assert told(broken, server())[0] == "changed"


@pytest.mark.parametrize("state", ["error", "deploy failed", "clean failed", "inspect failed", "adopt failed"])
def test_a_node_fails_in_each_failed_state(state: str) -> None:
    assert told(node(), node(state, last_error="no answer"))[0] == "failed"


def test_a_power_state_that_is_not_told_for_a_while_is_no_change() -> None:
    (away,) = changes(by_key([server()]), by_key([server(status="REBOOT")]))
    assert away.event["cloudos"]["changed"] == ["status"] and away.event["cloudos"]["power_state"] == "running"
    assert told(away.state, server(status="SHUTOFF"))[1] == ["status", "power_state"]


def test_what_is_gone_is_told_as_it_was_last() -> None:
    assert events([server()], []) == [{"change": "deleted", **server(), "changed": [], "before": {}}]


def test_what_is_there_at_the_beginning_is_found() -> None:
    assert [event["change"] for event in events([], [server(), node()], new="found")] == ["found", "found"]


def test_what_two_projects_list_counts_once() -> None:
    states = by_key([server() | {"project": "a"}, server() | {"project": "b"}])
    assert [state["project"] for state in states.values()] == ["a"]


STATES = some.lists(
    some.builds(
        lambda number, status: server(f"web-{number}", status),
        some.integers(0, 5),
        some.sampled_from(["ACTIVE", "SHUTOFF", "ERROR", "BUILD", "SUSPENDED"]),
    )
).map(by_key)


@given(STATES, STATES)
def test_who_follows_the_events_knows_what_there_is(seen: dict[str, dict], found: dict[str, dict]) -> None:
    known = dict(seen)
    for change in changes(seen, found):
        if change.state is None:
            del known[change.key]
        else:
            known[change.key] = change.state

    assert set(known) == set(found)
    for key, state in found.items():
        assert all(known[key][name] == state[name] for name in WATCHED if state[name] is not None)
    assert list(changes(known, found)) == []


# --- the marker --------------------------------------------------------------------------------------------------


def test_a_marker_keeps_what_was_seen_for_its_owner_alone(tmp_path: Path) -> None:
    path, seen = tmp_path / "cloudos.json", by_key([server(), node()])
    assert Marker(path, ["http://cloud"]).read() is None

    Marker(path, ["http://cloud"]).write(seen)
    assert path.stat().st_mode & 0o777 == 0o600
    assert Marker(path, ["http://cloud"]).read() == seen
    Marker(path, ["http://cloud"]).write({})
    assert Marker(path, ["http://cloud"]).read() == {}
    assert list(tmp_path.iterdir()) == [path]


def test_a_marker_of_something_else_is_refused(tmp_path: Path) -> None:
    Marker(tmp_path / "m", ["http://cloud", "web"]).write({})

    with pytest.raises(MarkerError, match="of another platform"):
        Marker(tmp_path / "m", ["http://cloud", "db"]).read()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"version": 1, "of": "x", "states": 1}'])
def test_a_file_that_is_no_marker_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m"
    path.write_text(text)

    with pytest.raises(MarkerError, match="cannot be read"):
        Marker(path, []).read()
    assert path.read_text() == text


def test_a_marker_whose_directory_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MarkerError, match="cannot be written"):
        Marker(tmp_path / "nowhere" / "m", []).write({})
    with pytest.raises(MarkerError, match=r"the directory of .*/nowhere/m does not exist"):
        Marker(tmp_path / "nowhere" / "m", []).read()  # before it is needed


# --- pauses ------------------------------------------------------------------------------------------------------


def test_pauses_grow_up_to_the_longest() -> None:
    def longest(failures: int) -> float:
        return pause_after(failures, 60, 900, lambda low, high: high)

    assert [longest(failures) for failures in (0, 1, 2, 3, 4, 5, 10_000)] == [60, 120, 240, 480, 900, 900, 900]


@given(some.integers(1, 10_000), some.floats(0.1, 3600), some.floats(0, 3600))
def test_a_pause_is_half_of_what_it_may_be_at_least(failures: int, interval: float, longest: float) -> None:
    assert interval / 2 <= pause_after(failures, interval, longest) <= max(longest, interval)
