# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""nginx: the addresses of CloudOS in front of the services, and a line of the log for each request."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import port_is_open
from openstack.settings import PORTS
from openstack.state import State

PACKAGES = ("nginx-light",)
DOORS = ("gateway", "tolerant", "core")
OWN = PORTS[: PORTS.index("cinder") + 1]


def configure(state: State) -> None:
    state.render("gateway.conf")
    state.render("nginx.conf")


def programs(state: State) -> list[Program]:
    ports = tuple(state.settings.port(name) for name in (*OWN, "keystone_internal"))
    return [Program("nginx", ("nginx", "-c", state.config("nginx.conf")), ports=ports)]


def answers(state: State) -> bool:
    return all(port_is_open(state.settings.port(name)) for name in DOORS)
