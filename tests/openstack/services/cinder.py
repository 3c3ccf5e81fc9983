# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cinder: volumes that are names only."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import http_answers, python
from openstack.state import State

PACKAGES = ("cinder-common",)
DATABASES = ("cinder",)


def configure(state: State) -> None:
    state.render_service("cinder.conf", "cinder")
    state.folder("cinder")


def migrations(state: State) -> list[tuple[str, ...]]:
    return [("cinder-manage", "--config-file", state.config("cinder.conf"), "db", "sync")]


def programs(state: State) -> list[Program]:
    options = ("--config-file", state.config("cinder.conf"))
    port = state.settings.port("cinder_internal")
    return [
        python("cinder-api", *options, module="cinder.cmd.api", port=port),
        python("cinder-scheduler", *options, module="cinder.cmd.scheduler"),
        python("cinder-volume", *options, module="cinder.cmd.volume"),
    ]


def answers(state: State) -> bool:
    return http_answers(f"{state.settings.url('cinder_internal')}/")
