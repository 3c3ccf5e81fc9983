# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nova's driver for Ironic, which takes instances of any flavor, as CloudOS does and OpenStack did before Stein.

Today a node has one unit of its resource class, and a flavor has to ask for that instead of processors, memory and
disk. CloudOS has no extra specs of flavors by which to ask.
"""

from nova.virt.ironic import driver

PLENTY = {"VCPU": 1024, "MEMORY_MB": 1024 * 1024 * 16, "DISK_GB": 1024 * 1024}


class CloudosIronicDriver(driver.IronicDriver):
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
