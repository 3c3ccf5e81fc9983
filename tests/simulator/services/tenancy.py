# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.9 of the reference: to whom a server belongs, and for how long."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World
from .servers import find_server

_DAY = 24 * 3600
_YEAR = "d7f93e3d-e4d5-4d96-999a-8cd864bd9c58"
_SERVERS = "17037211-2c0c-4703-98e8-81d0202a46e7"  # the resource service of servers


# No client shows in what the list stands.
_LIST_FORMS: dict[str, Callable[[list[Record]], Any]] = {
    "named": lambda leases: {"resourceTenancies": leases},
    "bare": lambda leases: leases,
    "wrapped": lambda leases: [{"resourceTenancy": lease} for lease in leases],
    "paged": lambda leases: {"total": len(leases), "data": leases},
    "enveloped": lambda leases: {"code": "0", "msg": "", "data": leases, "total": len(leases)},
}


def transfer(call: Call) -> Answer:
    """Goes on in the background. Only the user changes, the project stays."""
    server = find_server(call)
    user = call.world.find("users", call.body["transfer"]["user_id"])
    if server["task"]:
        raise ApiError(409, f"Cannot 'transfer' instance {server['id']} while it is in task_state {server['task']}")
    if server["user_id"] == user["id"]:
        raise ApiError(400, f"Instance {server['id']} belongs to user {user['name']} already.")
    call.world.clock.after(call.world.settings.action_seconds, lambda: server.update(user_id=user["id"]))
    return Answer(202)


def shorten(call: Call) -> Answer:
    """The end is a local time without a zone in the request, and milliseconds since the epoch in the answer."""
    wanted = call.body["resourceTenancy"]
    lease = call.world.find("leases", wanted["uuid"])
    if (wanted["resUuid"], wanted["resName"]) != (lease["resource_id"], lease["resource_name"]):
        raise ApiError(400, f"lease {lease['id']} is not that of resource {wanted['resName']} ({wanted['resUuid']})")
    try:
        moment = datetime.strptime(wanted["endTime"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
    except ValueError as error:
        raise ApiError(400, f"endTime: {error}") from None
    if not lease["start"] < moment.timestamp() <= lease["end"]:
        raise ApiError(400, "endTime: a lease can only be shortened, and ends after it starts")
    lease["end"] = moment.timestamp()
    return Answer(200, {"resourceTenancy": _view(call, lease)})


def list_all(call: Call) -> Answer:
    """All leases, as clients of installed systems read them; other platforms do not know the address."""
    _demand_listed(call)
    leases = call.world.table("leases").values()
    own = [_view(call, lease) for lease in leases if call.is_admin or lease["project_id"] == call.project_id]
    return Answer(200, _LIST_FORMS[call.world.settings.lease_list](own))


def extend(call: Call) -> Answer:
    """By one of the terms of the platform, to a later end in milliseconds since the epoch, or for ever."""
    _demand_listed(call)
    wanted = call.body["resourceTenancy"]
    lease = call.world.find("leases", wanted["uuid"])
    if (wanted["resUuid"], wanted["resName"]) != (lease["resource_id"], lease["resource_name"]):
        raise ApiError(400, f"lease {lease['id']} is not that of resource {wanted['resName']} ({wanted['resUuid']})")
    if wanted["endTime"] <= lease["end"] * 1000:
        raise ApiError(400, "endTime: a lease is extended to a later end")
    lease["end"], lease["term"] = wanted["endTime"] / 1000, wanted["tenancyUuid"]
    return Answer(200, {"resourceTenancy": _view(call, lease)})


def _demand_listed(call: Call) -> None:
    if call.world.settings.leases != "listed":
        raise ApiError(405, "Request method not supported")


def complete(world: World, fields: Record) -> Record:
    """A record of kind leases: of ten years from now, unless told otherwise."""
    now = world.clock.now()
    return {
        "resource_id": "",
        "resource_name": "",
        "user_id": seeds.ADMIN_USER,
        "project_id": seeds.ADMIN_PROJECT,
        "start": now,
        "end": now + 3650 * _DAY,
        "term": _YEAR,
        **fields,
    }


def _view(call: Call, lease: Record) -> Record:
    user = call.world.find("users", lease["user_id"])
    return {
        "uuid": lease["id"],
        "userUuid": user["id"],
        "userName": user["name"],
        "email": f"{user['name']}@example.com",
        "serUuid": _SERVERS,
        "resUuid": lease["resource_id"],
        "resName": lease["resource_name"],
        "startTime": int(lease["start"] * 1000),
        "endTime": int(lease["end"] * 1000),
        "due": lease["end"] <= call.world.clock.now(),
        "tenantId": lease["project_id"],
        **({"tenancyUuid": lease["term"]} if call.world.settings.leases == "listed" else {}),
        "tenancyDay": int((lease["end"] - lease["start"]) // _DAY),
        "deleted": False,
        "notified": False,
    }


HANDLERS = {
    "server-transfer": transfer,
    "lease-shorten": shorten,
    "lease-list": list_all,
    "lease-extend": extend,
}
ONLY = {"server-transfer": "reference", "lease-shorten": "reference"}
FACTORIES = {"leases": complete}
