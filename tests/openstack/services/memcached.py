# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""memcached: tokens that the services have validated."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import port_is_open
from openstack.state import State

PACKAGES = ("memcached",)


def programs(state: State) -> list[Program]:
    port = state.settings.port("memcached")
    command = ("memcached", "-u", "root", "-l", "127.0.0.1", "-p", str(port), "-m", "64", "-U", "0")
    return [Program("memcached", command, ports=(port,))]


def answers(state: State) -> bool:
    return port_is_open(state.settings.port("memcached"))
