# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The administration under /_admin: without a token, for tests."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from aiohttp import web

from .world import World


def add_admin_routes(app: web.Application, world: World) -> None:
    def route(method: str, path: str, work: Callable[[web.Request, Any], Any]) -> None:
        app.router.add_route(method, f"/_admin{path}", _answering(work))

    def clear_log(request: web.Request, body: Any) -> None:
        world.log.clear()

    def clear_faults(request: web.Request, body: Any) -> None:
        world.faults.clear()

    def change_settings(request: web.Request, body: Any) -> dict[str, Any]:
        world.settings.update(**body)
        return asdict(world.settings)

    def advance(request: web.Request, body: Any) -> None:
        world.clock.advance(float(body["seconds"]))

    def reset(request: web.Request, body: Any) -> None:
        world.reset()

    route("GET", "/log", lambda request, body: world.log.entries())
    route("DELETE", "/log", clear_log)
    route("GET", "/faults", lambda request, body: world.faults.list())
    route("POST", "/faults", lambda request, body: world.faults.add(**body))
    route("DELETE", "/faults", clear_faults)
    route("POST", "/reset", reset)
    route("POST", "/advance", advance)
    route("GET", "/settings", lambda request, body: asdict(world.settings))
    route("PATCH", "/settings", change_settings)
    route("GET", "/state", lambda request, body: world.dump())
    route("GET", "/state/{kind}", lambda request, body: world.dump(request.match_info["kind"]))
    route("POST", "/state/{kind}", lambda request, body: world.seed_many(request.match_info["kind"], body))


def _answering(work: Callable[[web.Request, Any], Any]) -> Callable[[web.Request], Any]:
    async def handler(request: web.Request) -> web.Response:
        raw = await request.read()
        try:
            result = work(request, json.loads(raw) if raw else None)
        except (KeyError, TypeError, ValueError) as error:
            return web.json_response({"error": str(error)}, status=400)
        return web.json_response(result if result is not None else {})

    return handler
