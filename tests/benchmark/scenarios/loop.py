# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A loop over objects that are as they should be: what an item costs beside an action that does nothing.

Every play begins with that action, once. A play that has nothing else is what Ansible's start costs. The first item is
what a loop of one costs beyond that: it pays for imports. A further item is what a longer loop costs beyond the loop of
one. The collection's token comes from its cache, that of `uri` is given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from simulator import seeds

from ..choice import Choice
from ..measure import Cost, Round, in_turn, median, ratio
from ..report import Table
from ..stage import Stage, Task, by_hand, stage

NAME = "loop"

NOOP = "no-op action"
NOOP_TOLD = "no-op action with the options of an item"
OURS = "cloudos, in process"
OURS_MODULE = "cloudos, as a module"
FLEET = "cloudos_servers, all in one task"
PEER = "openstack.cloud"
BY_HAND = "ansible.builtin.uri, one GET"

_COMPUTE = f"/os/compute/v1/v2/{seeds.ADMIN_PROJECT}"
_SIZE = {"vcpus": 1, "ram": 1024, "disk": 20}
_AS_MODULE = {"CLOUDOS_IN_PROCESS": "false"}
_PIPELINING = {"ANSIBLE_PIPELINING": "true"}
_START = "start"
_BEGIN = {"name": "Begin", "bench_noop": {}}


@dataclass(frozen=True)
class Way:
    """One way to have an item as it should be: the task for so many of them, and how many are measured."""

    task: Callable[[int], Task]
    environment: Mapping[str, str]
    items: int


def loop(task: Task) -> Callable[[int], Task]:
    return lambda items: {"name": "Loop", **task, "loop": list(range(1, items + 1))}


def run(choice: Choice) -> Iterator[Table]:
    for noun, prepare in (("servers", _servers), ("flavors", _flavors)):
        with stage(shape="openstack") as present:  # has no metadata of its own, which openstack.cloud would remove
            found = ways(prepare(present, choice.items), choice)
            if noun == "servers":
                found[FLEET] = Way(_fleet, {}, choice.items)
            yield table(noun, found, measure(present, found, choice))


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


def _fleet(count: int) -> Task:
    names = [{"name": f"web-{number}"} for number in range(1, count + 1)]
    return {"h3c.cloudos.cloudos_servers": {"servers": names, "defaults": {"image": "ubuntu", "flavor": "small"}}}


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
        NOOP: Way(loop({"bench_noop": {}}), {}, choice.items),
        NOOP_TOLD: Way(loop({"bench_noop": next(iter(tasks[OURS].values()))}), {}, choice.items),
        OURS: Way(loop(tasks[OURS]), {}, choice.items),
    }
    processes = ((OURS_MODULE, tasks[OURS], _AS_MODULE), (PEER, tasks[PEER], {}), (BY_HAND, tasks[BY_HAND], {}))
    for name, task, environment in processes:
        found[name] = Way(loop(task), environment, choice.slow_items)
        found[f"{name}, pipelining"] = Way(loop(task), {**environment, **_PIPELINING}, choice.slow_items)
    return found


def measure(present: Stage, found: Mapping[str, Way], choice: Choice) -> list[Round]:
    """The cost of the first item and of a further one, in each way."""

    def play(way: Way, items: int) -> Cost:
        return present.play([_BEGIN, way.task(items)], **way.environment)

    plays: dict[str, Callable[[], Cost]] = {_START: partial(present.play, [_BEGIN])}
    for name, way in found.items():
        plays[_first(name)] = partial(play, way, 1)
        plays[name] = partial(play, way, way.items)
    for name in found:  # logs in, and writes byte code
        plays[_first(name)]()
    return [_per_item(costs, found) for costs in in_turn(plays, choice.runs)]


def _first(name: str) -> str:
    return f"{name}: first"


def _per_item(costs: Round, found: Mapping[str, Way]) -> Round:
    items = {}
    for name, way in found.items():
        items[_first(name)] = costs[_first(name)] - costs[_START]
        items[name] = (costs[name] - costs[_first(name)]) / (way.items - 1)
    return items


def table(noun: str, found: Mapping[str, Way], rounds: list[Round]) -> Table:
    columns = ["", "items", "first: CPU ms", "further: ms", "further: CPU ms", "further: requests"]
    columns += ["CPU / no-op", "openstack.cloud / CPU"]
    rows = [
        [
            name,
            way.items,
            median(rounds, _first(name), lambda cost: cost.cpu * 1000),
            median(rounds, name, lambda cost: cost.seconds * 1000),
            median(rounds, name, lambda cost: cost.cpu * 1000),
            median(rounds, name, lambda cost: cost.requests),
            ratio(rounds, name, NOOP, lambda cost: cost.cpu),
            ratio(rounds, PEER, name, lambda cost: cost.cpu),
        ]
        for name, way in found.items()
    ]
    note = f"The first item of a loop, and what each further one costs; medians of {len(rounds)} rounds."
    return Table(f"A loop over converged {noun}", columns, rows, note)
