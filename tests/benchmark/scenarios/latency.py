# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The same tasks at 0, 20 and 100 ms: what a network costs, by the round trips that follow each other."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulator import Simulator, seeds

from ..choice import Choice
from ..distance import Distance, distance
from ..measure import Cost, Round, in_turn, median
from ..report import Table
from ..stage import Stage, Task, stage

NAME = "latency"
TITLE = "The same tasks on a distant platform"

SECONDS = (0.0, 0.02, 0.1)
FLOOR = "an empty play"
_ZONE = "nova11"
_NEW = "new servers: cloudos_servers"
_OURS = {"image": "ubuntu", "flavor": "small", "networks": [{"id": seeds.NET_1}], "availability_zone": _ZONE}
# Without these, openstack.cloud.server would take away the group and look for a floating address.
_PEER = {"image": "ubuntu", "flavor": "small", "security_groups": ["default"], "auto_ip": False, "network": "net-1"}


@dataclass(frozen=True)
class Way:
    """A way to do something, and with how many servers."""

    task: Task
    servers: int


def run(choice: Choice) -> Iterator[Table]:
    with platform(choice.items) as (present, network):
        found = ways(choice.items, choice.slow_items)
        yield table(TITLE, found, measure(present, network, found, choice.runs))


@contextlib.contextmanager
def platform(servers: int) -> Iterator[tuple[Stage, Distance]]:
    """A platform with so many servers, and the network that is in front of it."""
    with stage(shape="openstack", build_seconds=0, action_seconds=0) as near, distance(near.cloud.url) as network:
        made_of = _seed(near.cloud)
        near.cloud.seed("servers", name="web-{n}", count=servers, **made_of)
        present = Stage(near.cloud, near.folder, network.url)
        present.play([{"h3c.cloudos.cloudos_server_info": {}}])  # logs in, and writes byte code
        yield present, network


def measure(
    present: Stage, network: Distance, found: Mapping[str, Way], runs: int, distances: Sequence[float] = SECONDS
) -> dict[float, list[Round]]:
    """Each way at each distance, and that so many times."""
    rounds: dict[float, list[Round]] = {seconds: [] for seconds in distances}
    for _run in range(runs):
        for network.seconds in distances:
            plays = {name: partial(_play, present, name, way) for name, way in found.items()}
            rounds[network.seconds] += in_turn(plays, 1)
    return rounds


def _seed(cloud: Simulator) -> dict[str, Any]:
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)[0]
    image = cloud.seed("images", name="ubuntu")[0]
    return {"flavor_id": flavor["id"], "image_id": image["id"]}


def ways(many: int, few: int) -> dict[str, Way]:
    names = [{"name": f"web-{number}"} for number in range(1, many + 1)]
    fleet = {"h3c.cloudos.cloudos_servers": {"servers": names, "defaults": _OURS}}
    ours = {"h3c.cloudos.cloudos_server": {"name": "web-{{ item }}", **_OURS}}
    peer = {"openstack.cloud.server": {"name": "web-{{ item }}", **_PEER}}
    return {
        FLOOR: Way({"bench_noop": {}}, 0),
        "a converged loop: cloudos_server": Way(_loop(ours, few), few),
        "a converged loop: openstack.cloud.server": Way(_loop(peer, few), few),
        "converged servers: cloudos_servers": Way(fleet, many),
        "all servers: cloudos_server_info": Way({"h3c.cloudos.cloudos_server_info": {}}, many),
        "all servers: openstack.cloud.server_info": Way({"openstack.cloud.server_info": {}}, many),
        "export: cloudos_export": Way({"h3c.cloudos.cloudos_export": {}}, many),
        _NEW: Way({"h3c.cloudos.cloudos_servers": {"name": "new-%d", "exact_count": many, "defaults": _OURS}}, many),
    }


def _loop(task: Task, count: int) -> Task:
    return {"name": "Loop", **task, "loop": list(range(1, count + 1))}


def _play(present: Stage, name: str, way: Way) -> Cost:
    if name != _NEW:
        return present.play([way.task])
    saved = present.cloud.save()
    cost = present.play([way.task])
    present.cloud.restore(saved)
    return cost


def table(title: str, found: Mapping[str, Way], rounds: Mapping[float, list[Round]]) -> Table:
    nearest, farthest = min(rounds), max(rounds)
    columns = ["", "servers", *(f"{1000 * seconds:.0f} ms: seconds" for seconds in rounds), "requests", "round trips"]
    rows = []
    for name, way in found.items():
        seconds = {distance: median(costs, name, lambda cost: cost.seconds) for distance, costs in rounds.items()}
        requests = int(median(rounds[farthest], name, lambda cost: cost.requests))
        own = {distance: _without_start(costs, name) for distance, costs in rounds.items()}
        trips = (own[farthest] - own[nearest]) / (farthest - nearest)
        rows.append([name, way.servers, *seconds.values(), requests, round(max(0.0, trips))])
    note = (
        "Whole commands. Round trips are those that follow each other: what 100 ms cost without the start of Ansible, "
        "divided by 100 ms. "
        f"Medians of {len(rounds[nearest])} rounds."
    )
    return Table(title, columns, rows, note)


def _without_start(rounds: list[Round], name: str) -> float:
    return median([{name: costs[name] - costs[FLOOR]} for costs in rounds], name, lambda cost: cost.seconds)
