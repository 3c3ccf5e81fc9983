# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The module that brings a host of CAS or VMware into maintenance, out of it, or to a power state."""

from __future__ import annotations

from ..engine.execution import converge
from ..module.argument_spec import PLANNED, PROGRESS, WAIT_TIMEOUT
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources.virtualization._pool import WHERE
from ..resources.virtualization.virtualization_host import POWER, VIRTUALIZATION_HOST, VirtualizationHost

_SPEC = {
    **CONNECTION,
    **PLANNED,
    **WHERE,
    "host": {"type": "str", "required": True},
    "cluster": {"type": "str"},
    "maintenance": {"type": "bool"},
    "maintenance_status": {"type": "str"},
    "power": {"type": "str", "choices": list(POWER)},
    "ip": {"type": "str"},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {**WAIT_TIMEOUT, "default": VirtualizationHost.wait_timeout},
    **PROGRESS,
}


MAINTENANCE = ModuleDefinition(
    _SPEC,
    lambda run: converge(VIRTUALIZATION_HOST, run),
    {"required_one_of": [("maintenance", "power")]},
)
