# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nova's driver for Ironic, which takes instances of any flavor, as CloudOS does and OpenStack did before Stein.

Today a node has one unit of its resource class, and a flavor has to ask for that instead of processors, memory and
disk. CloudOS has no extra specs of flavors by which to ask.

A node is announced when it can take an instance. Upstream, one that is first seen while it is cleaned has no room until
the next look, of which nothing but a failed instance tells.
"""

from nova.virt.ironic import driver

PLENTY = {"VCPU": 1024, "MEMORY_MB": 1024 * 1024 * 16, "DISK_GB": 1024 * 1024}


class CloudosIronicDriver(driver.IronicDriver):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._announced = set()

    def get_available_nodes(self, refresh=False):
        nodes = super().get_available_nodes(refresh)
        self._announced.update(node for node in nodes if self._is_fit(self._node_from_cache(node)))
        return [node for node in nodes if node in self._announced]

    def _is_fit(self, node):
        return self._node_resources_used(node) or not self._node_resources_unavailable(node)

    def update_provider_tree(self, provider_tree, nodename, allocations=None):
        super().update_provider_tree(provider_tree, nodename, allocations)
        inventory = dict(provider_tree.data(nodename).inventory)
        taken = any(entry["reserved"] for entry in inventory.values())
        for resource, total in PLENTY.items():
            inventory[resource] = {
                "total": total,
                "reserved": total if taken else 0,
                "min_unit": 1,
                "max_unit": total,
                "step_size": 1,
                "allocation_ratio": 1.0,
            }
        provider_tree.update_inventory(nodename, inventory)
