# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The module that brings a virtual machine of CAS or VMware to a host and a storage."""

from __future__ import annotations

from ..engine.execution import converge
from ..module.argument_spec import PLANNED, PROGRESS, WAIT_TIMEOUT
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources.virtualization._pool import MACHINE
from ..resources.virtualization.vm_migration import VM_MIGRATION, VmMigration

_SPEC = {
    **CONNECTION,
    **PLANNED,
    **MACHINE,
    "target_host": {"type": "str"},
    "target_storage": {"type": "str"},
    "move_storage": {"type": "str", "choices": ["if_known", "always"], "default": "if_known"},
    "online": {"type": "bool"},
    "persist": {"type": "bool", "default": True},
    "suspend": {"type": "bool", "default": False},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": {**WAIT_TIMEOUT, "default": VmMigration.wait_timeout},
    **PROGRESS,
}


MIGRATION = ModuleDefinition(
    _SPEC, lambda run: converge(VM_MIGRATION, run), {"required_one_of": [("target_host", "target_storage")]}
)
