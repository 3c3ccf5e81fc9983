# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Placement: what the hypervisors have left, behind nginx."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import http_answers, uwsgi
from openstack.state import State

PACKAGES = ("placement-common", "uwsgi-core", "uwsgi-plugin-python3")
DATABASES = ("placement",)


def configure(state: State) -> None:
    state.render_service("placement.conf", "placement")


def migrations(state: State) -> list[tuple[str, ...]]:
    return [("placement-manage", "--config-file", state.config("placement.conf"), "db", "sync")]


def programs(state: State) -> list[Program]:
    return [uwsgi(state, "placement", "/usr/bin/placement-api", {"OS_PLACEMENT_CONFIG_DIR": str(state.etc)})]


def answers(state: State) -> bool:
    return http_answers(f"{state.settings.url('placement')}/")
