# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The hardware types that CloudOS names, such as `pxe_ipmitool`, and that Ironic has given up since.

They are Ironic's fake hardware with two interfaces that can fail: Ironic's own IPMI code, which calls the program
`ipmitool` beside this package, and disks that are as the node's properties say. `fake-hardware` itself is there as
well; its power state is null until somebody sets it.
"""

from __future__ import annotations

import time

from ironic.common import exception, states
from ironic.drivers import base
from ironic.drivers.fake_hardware import FakeHardware
from ironic.drivers.modules.fake import FakeDeploy
from ironic.drivers.modules.ipmitool import IPMIPower

BUSY = 6  # seconds; Ironic itself waits three for a lock


class Disks(FakeDeploy):
    """What `disks` in the properties of a node says: `broken` lets cleaning and deploying fail, `silent` leaves Ironic
    waiting for an agent for ever, `busy` keeps the node locked for some seconds."""

    @base.clean_step(priority=10, abortable=True)
    def erase_devices(self, task):
        return self._work(task, states.CLEANWAIT)

    @base.deploy_step(priority=100)
    def deploy(self, task):
        return self._work(task, states.DEPLOYWAIT)

    @staticmethod
    def _work(task, waiting):
        disks = task.node.properties.get("disks")
        if disks == "broken":
            raise exception.InstanceDeployFailure("the disk sda does not answer")
        if disks == "busy":
            time.sleep(BUSY)
        return waiting if disks == "silent" else None


class PxeIpmitool(FakeHardware):
    @property
    def supported_power_interfaces(self):
        return [IPMIPower]

    @property
    def supported_deploy_interfaces(self):
        return [Disks]
