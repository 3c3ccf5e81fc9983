# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.9 of the reference: hypervisors, one for each physical host of a compute node, else for the node."""

from __future__ import annotations

from ..call import Answer, Call
from ..world import Record

_VCPUS, _MEMORY, _DISK = 16, 257342, 3375


def list_detail(call: Call) -> Answer:
    call.demand_admin()
    places = [
        (zone, node, host)
        for zone in call.world.table("zones").values()
        if zone["resourceType"] == "nova" and zone["virtType"] != "BareMetal"
        for node, hosts in zone["hosts"].items()
        for host in hosts or [node]
    ]
    views = [_view(call, number, *place) for number, place in enumerate(places, start=1)]
    return Answer(200, {"hypervisors": views})


def _view(call: Call, number: int, zone: Record, node: str, host: str) -> Record:
    """Ids are texts by the reference's example, and numbers in nova. The first host of a node has all its servers."""
    servers = [server for server in call.world.table("servers").values() if server["host"] == node]
    if host != [*zone["hosts"][node], node][0]:
        servers = []
    flavors = [flavor for server in servers if (flavor := call.world.table("flavors").get(server["flavor_id"]))]
    used = {name: sum(flavor[name] for flavor in flavors) for name in ("vcpus", "ram", "disk")}
    number_of = (lambda value: value) if call.openstack else str
    return {
        "id": number_of(number),
        "hypervisor_hostname": host,
        "hypervisor_type": "QEMU" if zone["virtType"] == "CAS" else "VMware vCenter Server",
        "hypervisor_version": 2007,
        "status": "enabled",
        "state": "up",
        "host_ip": f"10.101.37.{number}",
        "service": {"id": number_of(number + 8), "host": node, "disabled_reason": None},
        "vcpus": _VCPUS,
        "vcpus_used": used["vcpus"],
        "memory_mb": _MEMORY,
        "memory_mb_used": used["ram"],
        "free_ram_mb": _MEMORY - used["ram"],
        "local_gb": _DISK,
        "local_gb_used": used["disk"],
        "free_disk_gb": _DISK - used["disk"],
        "disk_available_least": None,
        "running_vms": len(servers),
        "current_workload": sum(bool(server["task"]) for server in servers),
        "cpu_info": {"arch": "x86_64"} if call.openstack else None,
    }


HANDLERS = {"hypervisor-list-detail": list_detail}
