# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many new servers, each of which builds for two seconds, until all of them are ACTIVE.

Ways that take seconds for each server make fewer of them. Every round begins with none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from simulator import seeds

from ..choice import Choice
from ..measure import Cost, Round, in_turn, median
from ..report import Table
from ..stage import Stage, Task, by_hand, stage

NAME = "creation"

BUILD_SECONDS = 2.0
_START = "an empty play"
_ZONE = "nova11"
_EXTERNAL = "internet"
_OUTSIDE = "9f0c2c1e-6c0d-4c43-8f5c-3d2b6a1e7b12"
_SERVERS = f"/os/compute/v1/v2/{seeds.ADMIN_PROJECT}/servers"


@dataclass(frozen=True)
class Way:
    """One way to make servers, and how many of them."""

    tasks: list[Task]
    servers: int


def run(choice: Choice) -> Iterator[Table]:
    with stage(build_seconds=BUILD_SECONDS, action_seconds=0) as present:
        flavor = present.cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)[0]
        image = present.cloud.seed("images", name="ubuntu")[0]
        present.play([{"h3c.cloudos.cloudos_server_info": {}}])  # logs in, and writes byte code
        present.cloud.seed(
            "networks", id=_OUTSIDE, name=_EXTERNAL, subnet_cidr="203.0.0.0/16", **{"router:external": True}
        )
        few, many = choice.slow_items, choice.items
        fleets = {**one_task(many), **with_addresses(many)}
        quick = in_turn(_plays(present, fleets), choice.runs)
        loops = {
            **ours(few, many),
            **peer(few, many),
            "ansible.builtin.uri, a loop, then one wait": Way(uri_tasks(present, many, flavor, image), many),
        }
        slow = in_turn(_plays(present, loops), choice.slow_runs)
        yield table({**fleets, **loops}, [*quick, *slow])


def one_task(count: int) -> dict[str, Way]:
    options = {"image": "ubuntu", "flavor": "small", "networks": [{"id": seeds.NET_1}], "availability_zone": _ZONE}
    names = [{"name": f"web-{number}"} for number in range(1, count + 1)]
    task = {"h3c.cloudos.cloudos_servers": {"servers": names, "defaults": options}}
    return {"cloudos_servers": Way([task], count)}


def with_addresses(count: int) -> dict[str, Way]:
    """Servers that can be reached from outside, each at an address of its own."""
    [(name, way)] = one_task(count).items()
    given = {"h3c.cloudos.cloudos_floating_ip": {"network": _EXTERNAL, "server": "web-{{ item }}"}}
    return {f"{name}, then cloudos_floating_ip, a loop": Way([*way.tasks, _loop(given, count)], count)}


def ours(few: int, many: int) -> dict[str, Way]:
    options = {"name": "web-{{ item }}", "image": "ubuntu", "flavor": "small", "networks": [{"id": seeds.NET_1}]}
    task = {"h3c.cloudos.cloudos_server": {**options, "availability_zone": _ZONE}}
    without_wait = {"h3c.cloudos.cloudos_server": {**task["h3c.cloudos.cloudos_server"], "wait": False}}
    return {
        "cloudos_server, a loop, each waits": Way([_loop(task, few)], few),
        "cloudos_server, a loop with wait: false, then the loop": Way(
            [_loop(without_wait, many), _loop(task, many)], many
        ),
    }


def peer(few: int, many: int) -> dict[str, Way]:
    options = {"name": "web-{{ item }}", "image": "ubuntu", "flavor": "small", "nics": [{"net-id": seeds.NET_1}]}
    settled = {"availability_zone": _ZONE, "auto_ip": False, "security_groups": ["default"]}
    task = {"openstack.cloud.server": {**options, **settled}}
    started = {**_loop(task, many), "async": 600, "poll": 0, "register": "started"}
    ended = {
        "name": "All are there",
        "ansible.builtin.async_status": {"jid": "{{ item.ansible_job_id }}"},
        "loop": "{{ started.results }}",
        "loop_control": {"label": "{{ item.item }}"},
        "register": "job",
        "until": "job is finished",
        "retries": 300,
        "delay": 1,
    }
    return {
        "openstack.cloud.server, a loop, each waits": Way([_loop(task, few)], few),
        "openstack.cloud.server, async": Way([started, ended], many),
    }


def uri_tasks(present: Stage, count: int, flavor: Mapping[str, Any], image: Mapping[str, Any]) -> list[Task]:
    """Posts that know every id beforehand, and one list that is read until all servers are ACTIVE."""
    body = {
        "server": {
            "name": "web-{{ item }}",
            "imageRef": image["id"],
            "flavorRef": flavor["id"],
            "networks": [{"uuid": seeds.NET_1, "enable_gateway": "true"}],
            "security_groups": [{"name": "default"}],
            "availability_zone": _ZONE,
            "metadata": {"zone_uuid": seeds.ZONE_NOVA11, "user_name": "admin", "enableAdminPass": "1"},
        }
    }
    post = by_hand(present, "POST", _SERVERS, body=body, body_format="json", status_code=202)
    wait = by_hand(present, "GET", f"{_SERVERS}/detail?limit=1000", register="seen")
    ready = "seen.json.servers | selectattr('status', 'equalto', 'ACTIVE') | length == " + str(count)
    return [_loop(post, count), {**wait, "name": "All are there", "until": ready, "retries": 300, "delay": 1}]


def _loop(task: Task, count: int) -> Task:
    return {"name": "Loop", **task, "loop": list(range(1, count + 1))}


def _plays(present: Stage, found: Mapping[str, Way]) -> dict[str, Any]:
    start = partial(present.play, [{"bench_noop": {}}])
    return {_START: start, **{name: partial(_play, present, way) for name, way in found.items()}}


def _play(present: Stage, way: Way) -> Cost:
    remove_servers(present)
    cost = present.play(way.tasks)
    states = [server["status"] for server in present.cloud.state("servers")]
    assert states == ["ACTIVE"] * way.servers, states
    return cost


def remove_servers(present: Stage) -> None:
    """Let the platform have no server, and a router that leads outside; nobody has to be asked."""
    for kind in ("floating_ips", "servers", "routers", "ports"):
        present.cloud.remove(kind)
    present.cloud.seed("routers", gateway=_OUTSIDE, interfaces=[seeds.SUBNET_1])


def table(found: Mapping[str, Way], rounds: list[Round]) -> Table:
    columns = ["", "servers", "seconds", "build times", "seconds a server", "CPU seconds", "requests"]
    columns += ["requests a server", "rounds"]
    rows = []
    for name, way in found.items():
        own = [costs for costs in rounds if name in costs]
        seconds = median(own, name, lambda cost: cost.seconds)
        without_start = [{name: costs[name] - costs[_START]} for costs in own]
        requests = int(median(own, name, lambda cost: cost.requests))
        rows.append(
            [
                name,
                way.servers,
                seconds,
                median(without_start, name, lambda cost: cost.seconds / BUILD_SECONDS),
                seconds / way.servers,
                median(own, name, lambda cost: cost.cpu),
                requests,
                requests / way.servers,
                len(own),
            ]
        )
    return Table(
        "New servers, until they are ACTIVE",
        columns,
        rows,
        "Whole commands; build times exclude the start of Ansible.",
    )
