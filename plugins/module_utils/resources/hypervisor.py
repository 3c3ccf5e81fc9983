# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Hypervisors: the hosts of servers, and the bare-metal nodes (section 1.9 of the reference, item 14)."""

from __future__ import annotations

from ..client import Operation
from ..fields import Kind, dig
from ..run import Run

LIST = Operation("hypervisor-list-detail", "GET", "/os/compute/v1/v2/{tenant_id}/os-hypervisors/detail")

KIND = Kind("hypervisor", LIST, "hypervisors", names=("hypervisor_hostname",))


def compute_nodes(run: Run, hostname: str) -> list[str]:
    """The compute nodes that serve a hypervisor; the one of a bare-metal node bears the id of the node."""
    serving = [entry for entry in run.entries(KIND) if entry.get("hypervisor_hostname") == hostname]
    return sorted({str(dig(entry, "service/host")) for entry in serving if dig(entry, "service/host")})
