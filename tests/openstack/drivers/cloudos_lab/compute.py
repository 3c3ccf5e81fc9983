# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""nova-compute with the drivers of this package: Nova only loads drivers that lie in its own package."""

import sys

from nova.cmd import compute  # first: it patches the standard library for eventlet

from cloudos_lab import bare_metal, hypervisor

if __name__ == "__main__":
    sys.modules["nova.virt.cloudos"] = hypervisor
    sys.modules["nova.virt.cloudos_ironic"] = bare_metal
    compute.main()
