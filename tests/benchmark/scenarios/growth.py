# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the cost of a task grows with the number of objects: what each takes should stay the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulator import seeds

from ..choice import Choice
from ..measure import Cost, in_turn, median
from ..report import Table
from ..stage import Stage, Task, stage

NAME = "growth"

_START = "empty play"
_SIZE = {"vcpus": 1, "ram": 1024, "disk": 20}
_OPTIONS = {"image": "ubuntu", "flavor": "small", "networks": [{"id": seeds.NET_1}], "availability_zone": "nova11"}
# What takes minutes with more of them: the simulated platform compares each new node with all that there are.
_MOST_NODES = _MOST_OF_FLEET = _MOST_OF_PEER = 1000


@dataclass(frozen=True)
class Way:
    """A task, what is there before it, and how many objects it can be measured with."""

    task: Callable[[int], Task]
    prepare: Callable[[Stage, int], Any]
    most: int = 1_000_000


def run(choice: Choice) -> Iterator[Table]:
    rows = []
    with stage() as present:
        present.cloud.seed("images", name="ubuntu")
        present.cloud.seed("flavors", name="small", **_SIZE)
        present.play([{"h3c.cloudos.cloudos_flavor_info": {}}])  # logs in, and writes byte code
        for count in choice.growth:
            found = {name: way for name, way in WAYS.items() if count <= way.most}
            plays = {_START: partial(present.play, [{"bench_noop": {}}])}
            plays |= {name: partial(_play, present, way, count) for name, way in found.items()}
            rounds = in_turn(plays, choice.slow_runs)
            start = median(rounds, _START, lambda cost: cost.cpu)
            rows += [
                [
                    name,
                    count,
                    median(rounds, name, lambda cost: cost.seconds),
                    median(rounds, name, lambda cost: cost.cpu),
                    1000 * (median(rounds, name, lambda cost: cost.cpu) - start) / count,
                    int(median(rounds, name, lambda cost: cost.requests)),
                ]
                for name in found
            ]
    columns = ["", "objects", "seconds", "CPU seconds", "CPU ms an object", "requests"]
    note = "Whole commands; the CPU time of an object is without the start of Ansible."
    yield Table("Growth", columns, sorted(rows, key=lambda row: list(WAYS).index(row[0])), note)


def _play(present: Stage, way: Way, count: int) -> Cost:
    way.prepare(present, count)
    return present.play([way.task(count)])


def _servers(present: Stage, count: int) -> None:
    if len(present.cloud.state("servers")) == count:
        return
    present.cloud.remove("servers")
    image, flavor = (_id_of(present, kind, name) for kind, name in (("images", "ubuntu"), ("flavors", "small")))
    present.cloud.seed("servers", name="web-{n}", count=count, image_id=image, flavor_id=flavor)


def _flavors(present: Stage, count: int) -> None:
    missing = count - len(present.cloud.state("flavors"))
    if missing > 0:
        present.cloud.seed("flavors", name="size-{n}", count=missing, **_SIZE)


def _id_of(present: Stage, kind: str, name: str) -> str:
    return next(str(record["id"]) for record in present.cloud.state(kind) if record["name"] == name)


def _no_nodes(present: Stage, _count: int) -> None:
    present.cloud.remove("baremetal_nodes")


def _fleet(count: int) -> Task:
    options = {"name": "web-%d", "exact_count": count, "defaults": _OPTIONS, "progress": False}
    return {"h3c.cloudos.cloudos_servers": options}


def _nodes(count: int) -> Task:
    nodes = [
        {"name": f"metal-{number}", "ipmi": {"address": f"10.1.{number // 250}.{number % 250}", **_LOGIN}}
        for number in range(count)
    ]
    return {"h3c.cloudos.cloudos_baremetal_nodes": {"baremetal_nodes": nodes, "wait": False, "progress": False}}


_LOGIN = {"username": "admin", "password": "a-password"}

WAYS = {
    "cloudos_server_info": Way(lambda _count: {"h3c.cloudos.cloudos_server_info": {}}, _servers),
    "openstack.cloud.server_info": Way(lambda _count: {"openstack.cloud.server_info": {}}, _servers, _MOST_OF_PEER),
    "cloudos_servers, converged": Way(_fleet, _servers, _MOST_OF_FLEET),
    "cloudos_flavor_info": Way(lambda _count: {"h3c.cloudos.cloudos_flavor_info": {}}, _flavors),
    "cloudos_baremetal_nodes, new ones": Way(_nodes, _no_nodes, _MOST_NODES),
}
