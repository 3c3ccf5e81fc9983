# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Neutron: networks and ports, with a switch that binds at once."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import http_answers
from openstack.state import State

PACKAGES = ("neutron-common",)
DATABASES = ("neutron",)


def configure(state: State) -> None:
    state.render_service("neutron.conf", "neutron")
    state.folder("neutron")


def migrations(state: State) -> list[tuple[str, ...]]:
    return [("neutron-db-manage", "--config-file", state.config("neutron.conf"), "upgrade", "heads")]


def programs(state: State) -> list[Program]:
    command = ("neutron-server", "--config-file", state.config("neutron.conf"))
    return [Program("neutron-server", command, ports=(state.settings.port("neutron_internal"),))]


def answers(state: State) -> bool:
    return http_answers(f"{state.settings.url('neutron_internal')}/")
