# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that an application needs, in one file and one task: made in order, kept as it is, and taken down backwards."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import REPOSITORY, Ansible, Played

from simulator import Simulator, seeds

PLAYBOOKS = REPOSITORY / "playbooks"
STACK = PLAYBOOKS / "stack.yml"
SHOP = PLAYBOOKS / "vars" / "stack.yml"
TASK = "Manage the stack"
# The kinds of the example, by the names that the simulator has for them.
TABLES = (
    *("keypairs", "server_groups", "security_groups", "networks", "subnets", "ports", "routers"),
    *("volumes", "servers", "floating_ips"),
)


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud that has what every project finds in it."""
    cloud.settings(build_seconds=0.3, transition_seconds=0, action_seconds=0)
    cloud.seed("images", name="rocky-9")
    cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)
    cloud.seed("flavors", name="medium", vcpus=2, ram=4096, disk=40)
    outside = {"router:external": True, "provider:network_type": "flat", "subnet_cidr": "198.51.100.0/24"}
    cloud.seed("networks", name="internet", **outside, project_id=seeds.DEMO_PROJECT)
    return cloud


def converges(ansible: Ansible, file: Path = SHOP, *, check: bool = False, state: str = "", **more: Any) -> Played:
    variables = {"stack_file": str(file), **({"stack_state": state} if state else {})}
    arguments = ["--diff", "-vv", *(["--check"] if check else [])]
    return ansible.play([], playbook=STACK, variables_file=yaml.safe_dump(variables), arguments=arguments, **more)


def outcome(played: Played) -> dict[str, Any]:
    (result,) = played[TASK].items
    return result


def counts(played: Played) -> dict[str, int]:
    return {name: number for name, number in outcome(played)["counts"].items() if number}


def steps(played: Played) -> list[tuple[str, str, list[str]]]:
    return [(entry["kind"], entry["name"], entry["actions"]) for entry in outcome(played)["results"]]


def ids(cloud: Simulator) -> dict[str, set[str]]:
    return {table: {str(record.get("id") or record["name"]) for record in cloud.state(table)} for table in TABLES}


def test_a_stack_of_three_tiers_is_made_in_one_run_and_goes_in_one(ready: Simulator, ansible: Ansible) -> None:
    before = ids(ready)
    foretold = converges(ansible, check=True)
    assert counts(foretold) == {"created": 30} and ids(ready) == before

    made = converges(ansible)
    assert counts(made) == {"created": 30}
    assert steps(foretold) == steps(made)

    again = converges(ansible)
    assert not outcome(again)["changed"] and counts(again) == {"unchanged": 30}
    lists = Counter(again[TASK].sent())
    print(lists, outcome(again)["requests"])
    assert max(lists.values()) == 1

    goes = converges(ansible, check=True, state="absent")
    gone = converges(ansible, state="absent")
    assert counts(goes) == counts(gone) == {"deleted": 30}
    assert ids(ready) == before
    nothing = converges(ansible, state="absent")
    assert not outcome(nothing)["changed"]
