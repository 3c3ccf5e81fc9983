# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Separate tasks for objects that are as they should be, which most playbooks consist of.

Ansible starts a worker process for each task, so nothing that an earlier task has imported or read is there, except
what the parent had before. What a further task costs is what a play of many costs beyond a play of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from ..choice import Choice
from ..measure import Cost, Round, in_turn, median, ratio
from ..report import Table
from ..stage import Stage, Task, stage

NAME = "tasks"

NOOP = "no-op action"
SERVER = "cloudos_server"
FLAVOR = "cloudos_flavor"
MODULE = "cloudos_server, as a module"
PEER = "openstack.cloud.server"

_SIZE = {"vcpus": 1, "ram": 1024, "disk": 20}


@dataclass(frozen=True)
class Way:
    """What a task is, by its number, and how many are measured."""

    task: Callable[[int], Task]
    tasks: int
    environment: Mapping[str, str]


def run(choice: Choice) -> Iterator[Table]:
    with stage(shape="openstack") as present:  # has no metadata of its own, which openstack.cloud would remove
        flavor = present.cloud.seed("flavors", name="small", **_SIZE)[0]
        image = present.cloud.seed("images", name="ubuntu")[0]
        present.cloud.seed("servers", name="web-{n}", count=choice.tasks, flavor_id=flavor["id"], image_id=image["id"])
        found = ways(choice)
        yield table(found, measure(present, found, choice))


def ways(choice: Choice) -> dict[str, Way]:
    few = choice.slow_items
    return {
        NOOP: Way(lambda _number: {"bench_noop": {}}, choice.tasks, {}),
        FLAVOR: Way(lambda _number: {"h3c.cloudos.cloudos_flavor": {"name": "small", **_SIZE}}, choice.tasks, {}),
        SERVER: Way(lambda number: {"h3c.cloudos.cloudos_server": _server(number)}, choice.tasks, {}),
        MODULE: Way(
            lambda number: {"h3c.cloudos.cloudos_server": _server(number)}, few, {"CLOUDOS_IN_PROCESS": "false"}
        ),
        PEER: Way(lambda number: {"openstack.cloud.server": {**_server(number), **_SETTLED}}, few, {}),
    }


# Without these, openstack.cloud.server would take away the group and look for a floating address.
_SETTLED = {"security_groups": ["default"], "auto_ip": False, "network": "net-1"}


def _server(number: int) -> dict[str, str]:
    return {"name": f"web-{number}", "image": "ubuntu", "flavor": "small"}


def measure(present: Stage, found: Mapping[str, Way], choice: Choice) -> list[Round]:
    """The cost of a further task, in each way."""

    def play(way: Way, count: int) -> Cost:
        tasks = [{"name": f"Task {number}", **way.task(number)} for number in range(1, count + 1)]
        return present.play(tasks, **way.environment)

    plays: dict[str, Callable[[], Cost]] = {}
    for name, way in found.items():
        plays[_one(name)] = partial(play, way, 1)
        plays[name] = partial(play, way, way.tasks)
        plays[_one(name)]()  # logs in, and writes byte code
    return [_per_task(costs, found) for costs in in_turn(plays, choice.runs)]


def _one(name: str) -> str:
    return f"{name}: one"


def _per_task(costs: Round, found: Mapping[str, Way]) -> Round:
    return {name: (costs[name] - costs[_one(name)]) / (way.tasks - 1) for name, way in found.items()}


def table(found: Mapping[str, Way], rounds: list[Round]) -> Table:
    columns = ["", "tasks", "further: ms", "further: CPU ms", "further: requests", "CPU / no-op", f"{PEER} / CPU"]
    rows = [
        [
            name,
            way.tasks,
            median(rounds, name, lambda cost: cost.seconds * 1000),
            median(rounds, name, lambda cost: cost.cpu * 1000),
            median(rounds, name, lambda cost: cost.requests),
            ratio(rounds, name, NOOP, lambda cost: cost.cpu),
            ratio(rounds, PEER, name, lambda cost: cost.cpu),
        ]
        for name, way in found.items()
    ]
    note = f"What each further task of a play costs; medians of {len(rounds)} rounds."
    return Table("Separate tasks for converged objects", columns, rows, note)
