# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations


class ModuleDocFragment:
    """The place below the cloud: the compute node, and with `pool.machine` also the virtual machine."""

    DOCUMENTATION = r"""
options:
  platform:
    description: Platform that the compute node represents.
    type: str
    choices: [cas, vmware]
    required: true
  compute_node:
    description:
      - Name of the compute node, which is the host of a zone.
      - M(h3c.cloudos.cloudos_availability_zone_info) returns the names.
    type: str
    required: true
"""

    MACHINE = r"""
options:
  vm:
    description: The virtual machine, by name or ID on the platform below the cloud.
    type: str
    required: true
  cluster:
    description:
      - The cluster of the machine, by name or ID. It saves requests if there are several clusters, and is required if
        they have machines with the same name.
    type: str
"""
