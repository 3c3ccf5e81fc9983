# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Hypervisors: the hosts of servers, and the bare-metal nodes (section 1.9 of the reference, item 14)."""

from __future__ import annotations

from ...cloud.operation import Operation
from ...model.coercion import dig
from ...model.context import Context
from ...model.field import computed
from ...model.reference import Reference
from ...model.resource import Resource

LIST = Operation("hypervisor-list-detail", "GET", "/os/compute/v1/v2/{tenant_id}/os-hypervisors/detail")

KIND = Reference("hypervisor", LIST, "hypervisors", names=("hypervisor_hostname",))


class Hypervisor(Resource):
    name = "hypervisor"
    plural = "hypervisors"
    list_operation = LIST

    fields = (
        computed("id"),
        computed("name", api="hypervisor_hostname"),
        computed("type", api="hypervisor_type"),
        computed("version", "int", api="hypervisor_version"),
        computed("status"),
        computed("state"),
        computed("host_ip"),
        computed("compute_node", api="service/host"),
        computed("service_id", api="service/id"),
        computed("disabled_reason", api="service/disabled_reason"),
        computed("vcpus", "int"),
        computed("vcpus_used", "int"),
        computed("memory_mb", "int"),
        computed("memory_mb_used", "int"),
        computed("free_ram_mb", "int"),
        computed("local_gb", "int"),
        computed("local_gb_used", "int"),
        computed("free_disk_gb", "int"),
        computed("disk_available_least", "int"),
        computed("running_vms", "int"),
        computed("current_workload", "int"),
        computed("cpu_info", "raw"),
    )


HYPERVISOR = Hypervisor()


def compute_nodes(run: Context, hostname: str) -> list[str]:
    """The compute nodes that serve a hypervisor; the one of a bare-metal node bears the id of the node."""
    serving = [entry for entry in run.entries(KIND) if entry.get("hypervisor_hostname") == hostname]
    return sorted({str(dig(entry, "service/host")) for entry in serving if dig(entry, "service/host")})


def hostnames(run: Context, compute_node: str) -> list[str]:
    """The hypervisors that a compute node serves."""
    return [
        str(entry.get("hypervisor_hostname"))
        for entry in run.entries(KIND)
        if dig(entry, "service/host") == compute_node
    ]
