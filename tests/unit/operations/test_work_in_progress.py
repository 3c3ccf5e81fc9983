# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a run has begun without waiting is not begun again, where the platform reports that it is at work."""

from __future__ import annotations

from typing import Any

import pytest
from integration import test_matrix as matrix

from simulator import Simulator, seeds

from .player import Call, Player, Story

CASES = [
    module for module in matrix.STATE if (matrix.CASES / f"{module}.yml").exists() and "wait" in matrix.spec_of(module)
]
MACHINE = {"platform": "cas", "compute_node": seeds.CAS_NODE, "vm": "test-vm"}
SNAPSHOTS = [
    {"kind": "pool_snapshots", "id": "s1", "vm_id": "600", "name": "s1", "current": False},
    {"kind": "pool_snapshots", "id": "s2", "vm_id": "600", "name": "s2", "parent": "s1"},
]


@pytest.fixture(scope="module")
def cloud():
    with Simulator() as running:
        yield running


@pytest.fixture
def play(cloud, tmp_path):
    def played(module: str, wish: dict[str, Any], records: list[dict[str, Any]], **settings: float):
        calls = [
            Call("begun", module, {**wish, "wait": False}),
            Call("foreseen", module, {**wish, "wait": False}, check_mode=True),
            Call("again", module, {**wish, "wait": False}),
            Call("waited for", module, wish),
            Call("once more", module, wish),
        ]
        return Player(cloud, tmp_path).play(Story(module, calls, seeds=records, settings=settings))

    return played


def writes(done):
    return [entry["operation"] for entry in done.log if entry["method"] != "GET" and "tokens" not in entry["path"]]


def assert_begun_once(begun, *later):
    assert begun.result["changed"] is True, begun.result
    assert writes(begun)
    for one in later:
        assert (one.result.get("changed"), writes(one)) == (False, []), (one.call.name, one.result)


@pytest.mark.parametrize("module", CASES)
def test_what_is_new_is_made_once(play, tmp_path, module):
    case = matrix.load(module, tmp_path)
    assert_begun_once(*play(module, case.create, case.seeds, action_seconds=20, build_seconds=20))


@pytest.mark.parametrize(
    ("module", "wish"),
    [
        ("cloudos_vm_migration", {**MACHINE, "target_host": "cvknode192"}),
        ("cloudos_pool_vm_snapshot", {**MACHINE, "name": "s1", "state": "restored"}),
    ],
)
def test_what_is_done_to_a_machine_is_done_once(play, module, wish):
    assert_begun_once(*play(module, wish, SNAPSHOTS, action_seconds=20))
