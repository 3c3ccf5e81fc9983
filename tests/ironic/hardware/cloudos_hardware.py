# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hardware type `pxe_ipmitool`, which the platform's reference names and Ironic has given up since.

It is Ironic's fake hardware with a real power interface: Ironic's own IPMI code, which calls the program `ipmitool`
of this folder. `fake-hardware` itself is there as well; its power state is null until somebody sets it.
"""

from __future__ import annotations

from ironic.drivers.fake_hardware import FakeHardware
from ironic.drivers.modules.ipmitool import IPMIPower


class PxeIpmitool(FakeHardware):
    @property
    def supported_power_interfaces(self):
        return [IPMIPower]
