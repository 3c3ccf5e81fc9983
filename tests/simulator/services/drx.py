# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.17 of the reference: DRX. They are kept under the id of their listener, and never scale anything."""

from __future__ import annotations

from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World, new_id

_TEXTS = ("info_type", "info_desc")
_VALUES = (
    "cpuUtilThreshold",
    "cpuUtilReduceThreshold",
    "memoryUtilThreshold",
    "memoryUtilReduceThreshold",
    "tcpConnectionUtilThreshold",
    "tcpConnectionUtilReduceThreshold",
    "visitCountThreshold",
    "visitCount_extend",
    "visitCount_reduce",
    "oldInstanceUuid",
    "instanceUuid",
    "serverName",
    "memberUuid",
    "poolId",
    "monitorUuid",
    "waitingTime",
    "connectCount_extend",
    "connectCount_reduce",
    "interval",
    "operationType",
    "max_extend_members",
    "status",
)


def list_drx(call: Call) -> Answer:
    return Answer(200, {"extraInfos": [_view(record) for record in call.world.table("drx").values()]})


def show(call: Call) -> Answer:
    return Answer(200, {"extraInfos": _view(_find(call))})


def create(call: Call) -> Answer:
    wanted = call.body["extraInfos"]
    if wanted["uuid"] in call.world.table("drx"):
        raise ApiError(409, f"the listener {wanted['uuid']} has a DRX already")
    _check(call, wanted)
    record = call.world.seed("drx", {"id": wanted["uuid"], **_members(wanted)})
    return Answer(200, {"extraInfos": _view(record)})


def update(call: Call) -> Answer:
    """The whole object: what is missing is reset, and what runs on is as it is sent."""
    record, wanted = _find(call), call.body["extraInfos"]
    if (wanted["uuid"], wanted["id"]) != (record["id"], record["number"]):
        raise ApiError(400, "uuid and id are not those of the DRX")
    _check(call, wanted)
    record.update(_members(wanted))
    return Answer(200, {"extraInfos": _view(record)})


def delete(call: Call) -> Answer:
    del call.world.table("drx")[_find(call)["id"]]
    return Answer(200)


def complete(world: World, fields: Record) -> Record:
    """A record of kind drx; `info_value` is what differs from one that nobody has set up."""
    return {
        "number": new_id(),
        "info_type": "LoadBalancer",
        "info_desc": "",
        **fields,
        "info_value": {**dict.fromkeys(_VALUES), "status": "inactive", **fields.get("info_value", {})},
    }


def _find(call: Call) -> Record:
    return call.world.find("drx", call.path["uuid"], label="DRX")


def _check(call: Call, wanted: Record) -> None:
    """The listener is the one of the DRX, and the seed node a server."""
    value = wanted["info_value"]
    if value.get("monitorUuid") != wanted["uuid"]:
        raise ApiError(400, "monitorUuid is not the listener of the DRX")
    server = call.world.find("servers", str(value.get("instanceUuid")), status=400)
    if value.get("serverName") != server["name"]:
        raise ApiError(400, "serverName is not the name of the seed node")
    if server["project_id"] != call.project_id and not call.is_admin:
        raise ApiError(403, "no permission")


def _members(wanted: Record) -> Record:
    members = {name: wanted.get(name, "") for name in _TEXTS}
    return {**members, "info_value": {**dict.fromkeys(_VALUES), **wanted["info_value"]}}


def _view(record: Record) -> Record:
    texts = {name: record[name] for name in _TEXTS}
    return {"id": record["number"], "uuid": record["id"], **texts, "info_value": record["info_value"]}


HANDLERS = {
    "drx-list": list_drx,
    "drx-get": show,
    "drx-create": create,
    "drx-update": update,
    "drx-delete": delete,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"drx": complete}
