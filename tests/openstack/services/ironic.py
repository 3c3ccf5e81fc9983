# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ironic: API and conductor in one process, with hardware that is not there."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import http_answers
from openstack.state import State

# The client is for nova-compute, the program for config drives that Ironic makes of their parts.
PACKAGES = ("ironic-common", "python3-ironicclient", "genisoimage")
DATABASES = ("ironic",)


def configure(state: State) -> None:
    state.render_service("ironic.conf", "ironic")
    for name in ("tmp", "http", "tftp"):
        state.folder(f"ironic/{name}")


def migrations(state: State) -> list[tuple[str, ...]]:
    return [("ironic-dbsync", "--config-file", state.config("ironic.conf"), "create_schema")]


def programs(state: State) -> list[Program]:
    command = ("ironic", "--config-file", state.config("ironic.conf"))
    return [Program("ironic", command, ports=(state.settings.port("ironic_internal"),))]


def answers(state: State) -> bool:
    return http_answers(f"{state.settings.url('ironic_internal')}/")
