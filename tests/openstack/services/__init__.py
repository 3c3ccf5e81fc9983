# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What runs, a module each. A module has what applies of:

- PACKAGES of the distribution, DATABASES
- configure(state): writes its configuration
- migrations(state): the commands that make its databases, to be run in this order
- programs(state): what to start
- answers(state): whether it is ready for requests
"""

from __future__ import annotations

from openstack.services import (
    cinder,
    gateway,
    glance,
    ironic,
    keystone,
    mariadb,
    memcached,
    neutron,
    nova,
    placement,
    rabbitmq,
)

BACKBONE = (mariadb, memcached, rabbitmq, gateway)
FIRST = (keystone, placement)  # the others ask for them at their start
OTHERS = (glance, neutron, ironic, nova, cinder)
ALL = (*BACKBONE, *FIRST, *OTHERS)
