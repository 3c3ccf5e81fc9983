# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services of the platform. Each file covers a section of the reference and offers

HANDLERS: functions by operation id, which take a Call and return an Answer;
ONLY: for operations that exist in one shape, the name of that shape;
FACTORIES: functions by kind of object, which complete a record.

A further section is one more file in _MODULES.
"""

from __future__ import annotations

from ..call import Handler
from ..world import Factory
from . import (
    aggregates,
    baremetal,
    baremetal_instances,
    compute_nodes,
    devices,
    drx,
    flavors,
    hypervisors,
    identity,
    image_types,
    images,
    keypairs,
    metrics,
    norms,
    pool_vms,
    quota_templates,
    quotas,
    server_actions,
    server_groups,
    server_templates,
    servers,
    snapshot_strategies,
    snapshots,
    tenancy,
    virtualization,
    vm_snapshots,
    zones,
)

_MODULES = (
    identity,
    zones,
    flavors,
    images,
    image_types,
    keypairs,
    servers,
    server_actions,
    devices,
    server_groups,
    snapshots,
    tenancy,
    hypervisors,
    aggregates,
    baremetal,
    baremetal_instances,
    metrics,
    norms,
    drx,
    quota_templates,
    quotas,
    vm_snapshots,
    snapshot_strategies,
    server_templates,
    virtualization,
    pool_vms,
    compute_nodes,
)

HANDLERS: dict[str, Handler] = {}
ONLY: dict[str, str] = {}
FACTORIES: dict[str, Factory] = {}
for _module in _MODULES:
    HANDLERS.update(_module.HANDLERS)
    ONLY.update(getattr(_module, "ONLY", {}))
    FACTORIES.update(getattr(_module, "FACTORIES", {}))
