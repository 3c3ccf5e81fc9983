# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two doors of the platform: the gateway with the addresses of the reference, and the core API without prefixes.

Real installations have each on a port of its own, and may open one of them only. Here both are on one port, and which
of them are open is a setting.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from .contract import load_contract
from .settings import Settings

if TYPE_CHECKING:
    from aiohttp import web

GATEWAY, CORE = "gateway", "core"
_PREFIX = re.compile(r"/os/[^/]+/v1(?=/)")
_LOGIN = "/v3/auth/tokens"


class Closed(Exception):
    """No such address: what a web server says in front of which there is no service."""


def paths(path: str) -> tuple[str, str]:
    """The paths of an endpoint of the contract on both doors."""
    return path, _PREFIX.sub("", path)


def gateway_path(request: web.Request) -> str:
    """The path that a request would have at the gateway."""
    resource = request.match_info.route.resource
    prefix = _prefixes().get(resource.canonical) if resource else None
    return (prefix or "") + request.path


@cache
def _prefixes() -> dict[str, str]:
    """What a core path lacks, by the path with its parameters in braces."""
    found = {}
    for endpoint in load_contract().endpoints:
        path, core_path = paths(endpoint.path)
        found[core_path] = path.removesuffix(core_path)
    return found


def demand_open(settings: Settings, path: str) -> None:
    """Closed for what stands behind a door that is not open."""
    door = GATEWAY if path.startswith("/os/") else CORE
    is_login = path.endswith(_LOGIN)
    is_open = settings.logs_in_at(door) if is_login else settings.has_door(door)
    if not is_open:
        raise Closed("The requested URL was not found on this server.")
