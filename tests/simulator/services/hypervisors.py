# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.9 of the reference: the hosts of servers. A bare-metal node is one of them, under its id."""

from __future__ import annotations

from collections.abc import Iterator

from ..call import Answer, Call
from ..world import Record

# States in which the compute service does not know a node yet
_UNKNOWN = ("enroll", "verifying", "manageable", "inspecting")


def list_hypervisors(call: Call) -> Answer:
    call.demand_admin()
    return Answer(200, {"hypervisors": list(_hypervisors(call))})


def _hypervisors(call: Call) -> Iterator[Record]:
    number = 0
    for zone in call.world.table("zones").values():
        metal = zone["virtType"] == "BareMetal"
        for service, (host, cvks) in enumerate(zone["hosts"].items(), 1):
            for name, kind in [(node, "ironic") for node in _nodes(call)] if metal else [(cvk, "QEMU") for cvk in cvks]:
                number += 1
                yield _view(call, number, name, kind, service, host)
            if metal:
                break  # one compute service has all the nodes


def _nodes(call: Call) -> list[str]:
    nodes = call.world.table("baremetal_nodes").values()
    return [node["id"] for node in nodes if node["provision_state"] not in _UNKNOWN]


def _view(call: Call, number: int, name: str, kind: str, service: int, host: str) -> Record:
    """Numbers are texts in the reference's example, as far as they are ids."""
    known = {"status": "enabled", "state": "up", "hypervisor_hostname": name, "hypervisor_type": kind}
    sizes = {"vcpus": 16, "memory_mb": 257342, "local_gb": 3375}
    free = {"free_ram_mb": 244542, "free_disk_gb": 3135, "disk_available_least": None}
    used = {"vcpus_used": 6, "memory_mb_used": 12800, "local_gb_used": 240, "running_vms": 6, "current_workload": 0}
    return {
        **known,
        **sizes,
        **free,
        **used,
        "id": number if call.openstack else str(number),
        "service": {"host": host, "disabled_reason": None, "id": service if call.openstack else str(service)},
        "host_ip": "10.101.37.23",
        "cpu_info": None,
        "hypervisor_version": 2007,
    }


HANDLERS = {"hypervisor-list-detail": list_hypervisors}
