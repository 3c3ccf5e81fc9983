# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.9 of the reference: hypervisors.

There is one for each physical host of a compute node, else for the node. A bare-metal node is one too, under its id.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..call import Answer, Call
from ..world import Record

_VCPUS, _MEMORY, _DISK = 16, 257342, 3375
_OF_FLAVOR = ("vcpus", "ram", "disk")
# States in which the compute service does not know a node yet
_UNKNOWN = ("enroll", "verifying", "manageable", "inspecting")


def list_detail(call: Call) -> Answer:
    call.demand_admin()
    views = [_view(call, number, *found) for number, found in enumerate(_hypervisors(call), start=1)]
    return Answer(200, {"hypervisors": views})


def _hypervisors(call: Call) -> Iterator[tuple[int, str, Record]]:
    """Number and host of the compute service, and what is known of the hypervisor."""
    zones = [zone for zone in call.world.table("zones").values() if zone["resourceType"] == "nova"]
    services = [(zone, node) for zone in zones for node in zone["hosts"]]
    has_metal = False
    for number, (zone, node) in enumerate(services, start=9):
        if zone["virtType"] != "BareMetal":
            for host in zone["hosts"][node] or [node]:
                yield number, node, _host(call, zone, node, host)
        elif not has_metal:  # one compute service has all the nodes
            has_metal = True
            for metal in call.world.table("baremetal_nodes").values():
                if _is_reported(call, metal):
                    yield number, node, _metal(call, metal)


def _is_reported(call: Call, metal: Record) -> bool:
    """The compute service looks for nodes from time to time only."""
    if metal["provision_state"] == "available" and metal["provision_updated"] is not None:
        return call.world.clock.now() >= metal["provision_updated"] + call.world.settings.report_seconds
    return metal["provision_state"] not in _UNKNOWN


def _host(call: Call, zone: Record, node: str, host: str) -> Record:
    """The first host of a node has all its servers."""
    first = host == [*zone["hosts"][node], node][0]
    servers = [server for server in call.world.table("servers").values() if first and server["host"] == node]
    flavors = [flavor for server in servers if (flavor := call.world.table("flavors").get(server["flavor_id"]))]
    return {
        "hypervisor_hostname": host,
        "hypervisor_type": "QEMU" if zone["virtType"] == "CAS" else "VMware vCenter Server",
        "hypervisor_version": 2007,
        **_sizes([_VCPUS, _MEMORY, _DISK], [sum(flavor[name] for flavor in flavors) for name in _OF_FLAVOR]),
        **_work(servers),
    }


def _metal(call: Call, metal: Record) -> Record:
    """An instance takes all of its node. What nobody has told of a node counts as nothing."""
    servers = [server for server in call.world.table("servers").values() if server["node_id"] == metal["id"]]
    sizes = [int(metal["properties"].get(name) or 0) for name in ("cpus", "memory_mb", "local_gb")]
    return {
        "hypervisor_hostname": metal["id"],
        "hypervisor_type": "ironic",
        "hypervisor_version": 1,
        **_sizes(sizes, sizes if servers else [0, 0, 0]),
        **_work(servers),
    }


def _sizes(has: list[int], used: list[int]) -> Record:
    return {
        **dict(zip(("vcpus", "memory_mb", "local_gb"), has, strict=True)),
        **dict(zip(("vcpus_used", "memory_mb_used", "local_gb_used"), used, strict=True)),
        "free_ram_mb": has[1] - used[1],
        "free_disk_gb": has[2] - used[2],
        "disk_available_least": None,
    }


def _work(servers: list[Record]) -> Record:
    return {"running_vms": len(servers), "current_workload": sum(bool(server["task"]) for server in servers)}


def _view(call: Call, number: int, service: int, host: str, known: Record) -> Record:
    """Ids are texts by the reference's example, and numbers in nova."""
    number_of: Any = int if call.openstack else str
    return {
        **known,
        "id": number_of(number),
        "status": "enabled",
        "state": "up",
        "host_ip": f"10.101.37.{number}",
        "service": {"id": number_of(service), "host": host, "disabled_reason": None},
        "cpu_info": {"arch": "x86_64"} if call.openstack else None,
    }


HANDLERS = {"hypervisor-list-detail": list_detail}
