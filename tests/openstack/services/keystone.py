# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Keystone: users, projects and tokens, behind nginx."""

from __future__ import annotations

from openstack.processes import Program
from openstack.services.common import http_answers, uwsgi
from openstack.settings import ADMIN_PASSWORD
from openstack.state import State

PACKAGES = ("keystone", "uwsgi-core", "uwsgi-plugin-python3")
DATABASES = ("keystone",)
_OWNER = ("--keystone-user", "root", "--keystone-group", "root")


def configure(state: State) -> None:
    state.render("keystone.conf")
    state.folder("keystone")


def migrations(state: State) -> list[tuple[str, ...]]:
    settings = state.settings
    bootstrap = {
        "username": "admin",
        "password": ADMIN_PASSWORD,
        "project-name": "admin",
        "region-id": "RegionOne",
        "public-url": f"{settings.url('keystone')}/v3",
        "internal-url": f"{settings.url('keystone_internal')}/v3",
        "admin-url": f"{settings.url('keystone_internal')}/v3",
    }
    options = [word for name, value in bootstrap.items() for word in (f"--bootstrap-{name}", value)]
    manage = ("keystone-manage", "--config-file", state.config("keystone.conf"))
    return [
        (*manage, "db_sync"),
        (*manage, "fernet_setup", *_OWNER),
        (*manage, "credential_setup", *_OWNER),
        (*manage, "bootstrap", *options),
    ]


def programs(state: State) -> list[Program]:
    environment = {"OS_KEYSTONE_CONFIG_FILES": state.config("keystone.conf")}
    return [uwsgi(state, "keystone", "/usr/bin/keystone-wsgi-public", environment)]


def answers(state: State) -> bool:
    return http_answers(f"{state.settings.url('keystone_internal')}/v3")
