# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Glance: images, in files."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import http_answers, python
from openstack.state import State

PACKAGES = ("glance-common",)
DATABASES = ("glance",)


def configure(state: State) -> None:
    state.render_service("glance.conf", "glance")
    for name in ("images", "staging", "tasks", "cache"):
        state.folder(f"glance/{name}")


def migrations(state: State) -> list[tuple[str, ...]]:
    manage = ("glance-manage", "--config-file", state.config("glance.conf"))
    return [(*manage, "db_sync"), (*manage, "db_load_metadefs", "/etc/glance/metadefs")]


def programs(state: State) -> list[Program]:
    port = state.settings.port("glance_internal")
    options = ("--config-file", state.config("glance.conf"))
    return [python("glance-api", *options, module="glance.cmd.api", port=port)]


def answers(state: State) -> bool:
    return http_answers(f"{state.settings.url('glance_internal')}/")
