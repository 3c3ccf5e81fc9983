# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The HTTP side: one way for every request through log, faults, token, contract and service."""

from __future__ import annotations

import asyncio
import inspect
import json
import traceback
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from . import auth, doors, services
from .admin import add_admin_routes
from .call import Answer, Call, Handler
from .contract import UNREADABLE, Contract, Endpoint, WireAnswer, WireRequest, load_contract, wire_parameters
from .cutting import cut
from .errors import HTML, JSON, ApiError, error_body, html_page, phrase, service_of
from .faults import BROKEN_ANSWERS, Fault
from .languages import in_language
from .strict import demand_known_members, demand_known_version
from .world import World

_SAMPLE = 20
_GARBAGE = b"\x1f\x8b\x00\xff: no JSON, no page, no text"
ENTRY = web.RequestKey("entry", dict)


def make_app(world: World, handlers: Mapping[str, Handler]) -> web.Application:
    """An aiohttp application with a route for every endpoint of the contract, and the administration."""
    app = web.Application(middlewares=[_logged(world)], client_max_size=16 * 2**20)
    add_admin_routes(app, world)
    for endpoint in sorted(load_contract().endpoints, key=lambda endpoint: endpoint.path.count("{")):
        exchange = _Exchange(world, handlers, endpoint.method, endpoint.path)
        for path in doors.paths(endpoint.path):
            app.router.add_route(endpoint.method, path, exchange.answer)
    return app


def _logged(world: World) -> Any:
    """Middleware: every request but those of the administration is logged; a refusal gets the platform's form."""

    @web.middleware
    async def middleware(request: web.Request, handler: Any) -> web.StreamResponse:
        world.clock.run_due()
        if request.path.startswith("/_admin"):
            return await handler(request)
        entry = world.log.open(request, world.clock.now())
        request[ENTRY] = entry
        try:
            world.rate.demand_room(world.settings.rate_limit, world.clock.now())
            doors.demand_open(world.settings, request.path)
            response = await handler(request)
        except ApiError as error:
            response = _refusal(world, request, error)
        except doors.Closed as error:
            response = web.Response(status=404, text=html_page(404, str(error)), headers={"Content-Type": HTML})
        except web.HTTPException as error:
            message = f"{request.method} {request.path} is not offered" if error.status in (404, 405) else error.text
            response = _refusal(world, request, ApiError(error.status, message or ""))
        except Exception as error:
            traceback.print_exc()
            response = _refusal(world, request, ApiError(500, f"the simulator failed: {error!r}"))
        if entry["fault"] != "lost":
            entry["status"] = response.status
        world.log.close(entry)
        return response

    return middleware


def _refusal(world: World, request: web.Request, error: ApiError) -> web.Response:
    request[ENTRY]["error"] = error.message
    message = in_language(error.message, request.headers.get("Accept-Language", ""))
    kind, text = error_body(error.status, message, service_of(doors.gateway_path(request)), world.settings.openstack)
    return web.Response(status=error.status, text=text, headers={**error.headers, "Content-Type": kind})


class _Exchange:
    """Answers the requests of one endpoint, by the contract of the present shape."""

    def __init__(self, world: World, handlers: Mapping[str, Handler], method: str, path: str) -> None:
        self._world, self._handlers, self._method, self._path = world, handlers, method, path

    @property
    def _contract(self) -> Contract:
        return load_contract(self._world.settings.shape)

    @property
    def _endpoint(self) -> Endpoint:
        return self._contract.endpoint(self._method, self._path)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        endpoint, entry = self._endpoint, request[ENTRY]
        raw = None if endpoint.streams else await request.read()
        body = _parsed(raw)
        branch = endpoint.branch(body)
        operation = branch.operation if branch else endpoint.operation
        entry["operation"] = operation
        entry["body"] = None if body is UNREADABLE else self._world.log.redact(body)
        fault = self._world.faults.take(request.method, doors.gateway_path(request), operation)
        if fault:
            entry["fault"] = fault.kind
            early = await self._before(request, fault)
            if early is not None:
                return early
        wire = _wire(endpoint, request, raw)
        response = await self._work(request, operation, wire, body)
        if endpoint.streams:
            entry["body"] = {"bytes": request.content.total_bytes}
        return await _after(request, fault, response) if fault else response

    async def _before(self, request: web.Request, fault: Fault) -> web.StreamResponse | None:
        """The part of a fault that comes before the work, with an answer if there will be no work."""
        if fault.kind == "delay" or (fault.kind == "late" and fault.before):
            await asyncio.sleep(fault.seconds)
        if fault.kind == "expire_token":
            self._world.tokens.pop(request.headers.get("X-Auth-Token", ""), None)
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if fault.kind in BROKEN_ANSWERS and fault.before:
            return await _broken(request, fault, _response(Answer(200, {"code": "200", "msg": "", "data": None})))
        if fault.kind == "redirect":
            return web.Response(status=302, headers={**headers, "Location": fault.location})
        if fault.kind == "html":
            return web.Response(
                status=fault.status,
                text=html_page(fault.status, "The gateway failed."),
                headers={**headers, "Content-Type": HTML},
            )
        if fault.kind == "status" and fault.body is not None:
            text = fault.body if isinstance(fault.body, str) else json.dumps(fault.body)
            return web.Response(status=fault.status, text=text, headers={**headers, "Content-Type": JSON})
        if fault.kind == "status":
            return _refusal(self._world, request, ApiError(fault.status, phrase(fault.status), headers))
        return None

    async def _work(self, request: web.Request, operation: str, wire: WireRequest, body: Any) -> web.StreamResponse:
        """Token, project, contract, service, in this order; refusals become answers."""
        world = self._world
        try:
            token = project = None
            if self._endpoint.secured:
                token = auth.authenticate(world, request.headers.get("X-Auth-Token"))
                project = auth.acting_project(world, token, request.match_info.get("tenant_id"))
            headers = {name.lower(): value for name, value in request.headers.items()}
            self._contract.check_request(self._endpoint, wire, headers)
            if world.settings.strict:
                demand_known_version(headers, world.settings.newest_minor)
                demand_known_members(operation, body)
            if services.ONLY.get(operation, world.settings.shape) != world.settings.shape:
                raise ApiError(404, f"{request.method} {request.path} is not offered")
            reply = self._handlers[operation](
                Call(
                    world=world,
                    request=request,
                    operation=operation,
                    path=dict(request.match_info),
                    query=dict(request.query),
                    body=body,
                    token=token,
                    project=project,
                )
            )
            if inspect.isawaitable(reply):
                reply = await reply
        except ApiError as error:
            return _refusal(world, request, error)
        if isinstance(reply, web.StreamResponse):
            return reply
        if world.settings.silent_limit and request.method == "GET":
            reply.body = cut(reply.body, request.query, world.settings.silent_limit)
        self._check_answer(wire, reply)
        return _response(reply)

    def _check_answer(self, wire: WireRequest, answer: Answer) -> None:
        """A violation is a mistake of the simulator, and is told as such. Long lists are checked by a sample."""
        settings = self._world.settings
        if not settings.validate or settings.openstack:
            return
        data = None if answer.body is None else json.dumps(_sample(answer.body)).encode()
        problems = self._contract.check_answer(wire, WireAnswer(answer.status, data, answer.headers))
        if problems:
            raise ApiError(500, "the simulator's own answer violates the contract: " + "; ".join(problems))


def _wire(endpoint: Endpoint, request: web.Request, raw: bytes | None) -> WireRequest:
    body = b"stream" if endpoint.streams else raw
    content_type = request.headers.get("Content-Type", "")
    return WireRequest(
        method=request.method.lower(),
        path=doors.gateway_path(request),
        path_pattern=endpoint.path,
        body=body or None,
        parameters=wire_parameters(dict(request.match_info), request.query.items(), request.headers.items()),
        content_type=content_type.lower(),
    )


def _parsed(raw: bytes | None) -> Any:
    if not raw:
        return None
    try:
        return json.loads(raw)
    except ValueError:
        return UNREADABLE


def _sample(body: Any) -> Any:
    if isinstance(body, list):
        return body[:_SAMPLE]
    if not isinstance(body, dict):
        return body
    return {name: member[:_SAMPLE] if isinstance(member, list) else member for name, member in body.items()}


def _response(answer: Answer) -> web.Response:
    if answer.body is None:
        return web.Response(status=answer.status, headers=answer.headers)
    text = json.dumps(answer.body, ensure_ascii=False, separators=(",", ":"))
    body = text.encode("utf-8", "backslashreplace")  # half of a character is an escape in JSON
    return web.Response(status=answer.status, body=body, headers={**answer.headers, "Content-Type": JSON})


async def _after(request: web.Request, fault: Fault, response: web.StreamResponse) -> web.StreamResponse:
    """The part of a fault that comes after the work."""
    request[ENTRY]["done"] = response.status
    if fault.kind == "late" and not fault.before:
        await asyncio.sleep(fault.seconds)
    if fault.kind in BROKEN_ANSWERS:
        return await _broken(request, fault, response)
    return response


async def _broken(request: web.Request, fault: Fault, response: web.StreamResponse) -> web.StreamResponse:
    """An answer that something happens to on its way."""
    if fault.kind == "lost":
        return _drop(request)
    status = response.status if response.status >= 400 else 200
    if fault.kind == "empty":
        return web.Response(status=status)
    if fault.kind == "garbage":
        return web.Response(status=status, body=_GARBAGE, headers={"Content-Type": JSON})
    if fault.kind == "html_ok":
        page = html_page(status, "Welcome to the gateway.")
        return web.Response(status=status, text=page, headers={"Content-Type": HTML})
    content = _content(response)
    kind = response.headers.get("Content-Type", JSON)
    half = len(content) // 2
    if fault.kind == "malformed":
        return web.Response(status=response.status, body=content[:half], headers={"Content-Type": kind})
    content = content or b"{}"  # where there is no body, nothing can break
    half = len(content) // 2
    partial = web.StreamResponse(status=status, headers={"Content-Type": kind, "Content-Length": str(len(content))})
    await partial.prepare(request)
    await partial.write(content[:half])
    if fault.kind == "stalled":
        await asyncio.sleep(fault.seconds)
        await partial.write(content[half:])
    elif request.transport is not None:
        request.transport.close()
    return partial


def _content(response: web.StreamResponse) -> bytes:
    """The body that an answer would have."""
    if isinstance(response, web.FileResponse):
        return response._path.read_bytes()
    return response.body if isinstance(response, web.Response) and isinstance(response.body, bytes) else b""


def _drop(request: web.Request) -> web.Response:
    """Close the connection; what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
