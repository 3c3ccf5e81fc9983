# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loop over objects that are as they should be: what an item costs beside an action that does nothing.

Every play begins with that action, once. A play that has nothing else is what Ansible's start costs, and is taken off;
what is left is divided by the items. The collection's token comes from its cache, that of `uri` is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulator import seeds

from ..choice import Choice
from ..measure import Cost, Round, in_turn, median, ratio
from ..report import Table
from ..stage import Stage, Task, by_hand, stage

NAME = "loop"

NOOP = "no-op action"
OURS = "cloudos, in process"
OURS_MODULE = "cloudos, as a module"
PEER = "openstack.cloud"
BY_HAND = "ansible.builtin.uri, one GET"
START = "start"

_COMPUTE = f"/os/compute/v1/v2/{seeds.ADMIN_PROJECT}"
_SIZE = {"vcpus": 1, "ram": 1024, "disk": 20}
_AS_MODULE = {"CLOUDOS_IN_PROCESS": "false"}
_PIPELINING = {"ANSIBLE_PIPELINING": "true"}
_FIRST = {"name": "Begin", "bench_noop": {}}


@dataclass(frozen=True)
class Way:
    """One way to have an item as it should be."""

    task: Task
    environment: Mapping[str, str]
    items: int


def run(choice: Choice) -> Iterator[Table]:
    for noun, prepare in (("servers", _servers), ("flavors", _flavors)):
        with stage() as present:
            tasks = prepare(present, choice.items)
            rounds = measure(present, ways(tasks, choice), choice)
            yield table(noun, ways(tasks, choice), rounds)


def _servers(present: Stage, count: int) -> dict[str, Task]:
    flavor = present.cloud.seed("flavors", name="small", **_SIZE)[0]
    image = present.cloud.seed("images", name="ubuntu")[0]
    present.cloud.seed("servers", name="web-{n}", count=count, flavor_id=flavor["id"], image_id=image["id"])
    name = "web-{{ item }}"
    wanted = {"name": name, "image": "ubuntu", "flavor": "small"}
    # Without these two, openstack.cloud.server would take away the group and look for a floating address.
    settled = {"security_groups": ["default"], "auto_ip": False, "network": "net-1"}
    return {
        OURS: {"h3c.cloudos.cloudos_server": wanted},
        PEER: {"openstack.cloud.server": {**wanted, **settled}},
        BY_HAND: by_hand(present, "GET", f"{_COMPUTE}/servers/detail?name=%5E{name}%24"),
    }


def _flavors(present: Stage, count: int) -> dict[str, Task]:
    present.cloud.seed("flavors", name="size-{n}", count=count, **_SIZE)
    wanted = {"name": "size-{{ item }}", **_SIZE}
    return {
        OURS: {"h3c.cloudos.cloudos_flavor": wanted},
        PEER: {"openstack.cloud.compute_flavor": wanted},
        BY_HAND: by_hand(present, "GET", f"{_COMPUTE}/flavors/detail"),
    }


def ways(tasks: Mapping[str, Task], choice: Choice) -> dict[str, Way]:
    found = {
        NOOP: Way({"bench_noop": {}}, {}, choice.items),
        OURS: Way(tasks[OURS], {}, choice.items),
    }
    processes = ((OURS_MODULE, tasks[OURS], _AS_MODULE), (PEER, tasks[PEER], {}), (BY_HAND, tasks[BY_HAND], {}))
    for name, task, environment in processes:
        found[name] = Way(task, environment, choice.slow_items)
        found[f"{name}, pipelining"] = Way(task, {**environment, **_PIPELINING}, choice.slow_items)
    return found


def measure(present: Stage, found: Mapping[str, Way], choice: Choice) -> list[Round]:
    """The cost of an item in each way."""

    def play(way: Way) -> Cost:
        loop = {"name": "Loop", **way.task, "loop": list(range(1, way.items + 1))}
        return present.play([_FIRST, loop], **way.environment)

    def start() -> Cost:
        return present.play([_FIRST])

    plays: dict[str, Callable[[], Cost]] = {START: start, **{name: partial(play, way) for name, way in found.items()}}
    for way in found.values():  # logs in, and writes byte code
        play(Way(way.task, way.environment, 1))
    rounds = in_turn(plays, choice.runs)
    return [{name: _item(costs[name] - costs[START], way.items) for name, way in found.items()} for costs in rounds]


def _item(cost: Cost, items: int) -> Cost:
    return Cost(cost.seconds / items, cost.cpu / items, cost.peak_mb, cost.requests)


def table(noun: str, found: Mapping[str, Way], rounds: list[Round]) -> Table:
    columns = ["", "items", "ms an item", "CPU ms an item", "requests an item", "CPU / no-op", "openstack.cloud / CPU"]
    rows: list[list[Any]] = []
    for name, way in found.items():
        requests = median(rounds, name, lambda cost: cost.requests) / way.items
        rows.append(
            [
                name,
                way.items,
                median(rounds, name, lambda cost: cost.seconds * 1000),
                median(rounds, name, lambda cost: cost.cpu * 1000),
                requests,
                ratio(rounds, name, NOOP, lambda cost: cost.cpu),
                ratio(rounds, PEER, name, lambda cost: cost.cpu),
            ]
        )
    return Table(f"A loop over {noun} that are as they should be", columns, rows, f"Medians of {len(rounds)} rounds.")
