# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a handler gets and what it gives back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Union

from aiohttp import web

from .errors import ApiError
from .world import Record, World


@dataclass
class Call:
    """One request that is authenticated and allowed by the contract."""

    world: World
    request: web.Request
    operation: str
    path: dict[str, str]
    query: dict[str, str]
    body: Any
    token: Record | None = None
    project: Record | None = None

    @property
    def openstack(self) -> bool:
        return self.world.settings.openstack

    @property
    def user_id(self) -> str:
        return self.token["user_id"]

    @property
    def project_id(self) -> str:
        """The project of the path, else that of the token; 403 for a token without one."""
        if self.project is None:
            raise ApiError(403, "the token has no project")
        return self.project["id"]

    @property
    def is_admin(self) -> bool:
        return "admin" in self.token["roles"]

    def demand_admin(self) -> None:
        if not self.is_admin:
            raise ApiError(403, f"{self.operation} is allowed to administrators only")

    def demand_beyond(self, status: int) -> None:
        """Refuse what only OpenStack has, where the platform is to have no more than the published reference."""
        if self.world.settings.beyond == "refused":
            raise ApiError(status, f"{self.operation} is not offered in this form")

    def is_since(self, minor: int) -> bool:
        """Whether the request asks for version 2.<minor> of nova's API, or for a later one."""
        _major, _dot, asked = self.request.headers.get("X-OpenStack-Nova-API-Version", "2.1").partition(".")
        return int(asked) >= minor


@dataclass
class Answer:
    """Status and JSON body; no body at all if it is None."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


Reply = Union[Answer, web.StreamResponse]
Handler = Callable[[Call], Union[Reply, Awaitable[Reply]]]


def internal_link(path: str, rel: str = "self") -> dict[str, str]:
    """Links point to an address inside the platform, without the gateway's prefix."""
    return {"href": f"http://172.25.80.30:9000{path}", "rel": rel}


def page(records: list[Record], limit: int, marker: str | None) -> tuple[list[Record], bool]:
    """The records behind the marker, and whether more follow; 400 for an unknown marker."""
    start = 0
    if marker is not None:
        start = next((number + 1 for number, record in enumerate(records) if record["id"] == marker), -1)
        if start < 0:
            raise ApiError(400, f"marker [{marker}] not found")
    return records[start : start + limit], len(records) > start + limit
