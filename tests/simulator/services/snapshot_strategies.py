# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.10 of the reference: snapshot strategies. They are kept, and never do anything."""

from __future__ import annotations

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World

_CVM = "CVM10.125.26.11"
_MEMBERS = ("name", "desc", "state", "flag", "maxSnapshotNum", "frequency", "day", "hour", "minutes", "labelZoneIds")


def list_strategies(call: Call) -> Answer:
    """A bare array; administrators see those of all projects."""
    return Answer(200, [_view(call, strategy) for strategy in _visible(call)])


def show(call: Call) -> Answer:
    return Answer(200, _view(call, _find(call)))


def create(call: Call) -> Answer:
    wanted = call.body
    if wanted["tenantId"] != call.project_id and not call.is_admin:
        raise ApiError(403, "no permission")
    _check_zones(call)
    strategy = call.world.seed(
        "snapshot_strategies",
        {
            **_members(wanted),
            "project_id": wanted["tenantId"],
            "tenantName": wanted["tenantName"],
            "servers": _servers(call, "create"),
        },
    )
    told = _view(call, strategy)
    del told["labelZones"]
    return Answer(200, told)


def update(call: Call) -> Answer:
    """The whole object: what is missing is reset."""
    strategy, wanted = _find(call), call.body
    if (wanted["uuid"], wanted["id"]) != (strategy["id"], strategy["number"]):
        raise ApiError(400, "uuid and id are not those of the strategy")
    if any(entry["snapStrategyId"] != strategy["number"] for entry in wanted.get("snapStrategyVm", [])):
        raise ApiError(500, "update snapshot strategy on cas error")
    _check_zones(call)
    strategy.update(_members(wanted), servers=_servers(call, "update"))
    return Answer(200)


def delete(call: Call) -> Answer:
    del call.world.table("snapshot_strategies")[_find(call)["id"]]
    return Answer(200)


def complete(world: World, fields: Record) -> Record:
    """A record of kind snapshot_strategies: one at midnight for nobody, unless told otherwise."""
    return {
        "number": str(world.next_number("snapshot strategy")),
        "name": "strategy",
        "desc": "",
        "state": "1",
        "flag": "0",
        "maxSnapshotNum": "1",
        "frequency": "2",
        "day": "1",
        "hour": "0",
        "minutes": "0",
        "labelZoneIds": seeds.ZONE_NOVA11,
        "servers": [],
        "project_id": seeds.ADMIN_PROJECT,
        "tenantName": "admin",
        **fields,
    }


def _visible(call: Call) -> list[Record]:
    strategies = call.world.table("snapshot_strategies").values()
    return [strategy for strategy in strategies if call.is_admin or strategy["project_id"] == call.project_id]


def _find(call: Call) -> Record:
    """One that does not exist is a failure of the server here."""
    for strategy in _visible(call):
        if strategy["id"] == call.path["res_uuid"]:
            return strategy
    raise ApiError(500, "not find this snapshot strategy on cas")


def _members(wanted: Record) -> Record:
    return {"desc": "", **{name: wanted[name] for name in _MEMBERS if name in wanted}}


def _zones(call: Call, ids: str) -> list[Record]:
    zones = call.world.table("zones")
    return [zones[zone_id] for zone_id in ids.split(";") if zone_id in zones]


def _check_zones(call: Call) -> None:
    """All zones have to exist and to be managed by one CVM, which only CAS has."""
    ids = call.body["labelZoneIds"].split(";")
    zones = _zones(call, call.body["labelZoneIds"])
    managers = {zone.get("cvm", _CVM) if zone["virtType"] == "CAS" else None for zone in zones}
    if len(zones) != len(ids) or len(managers) != 1 or None in managers:
        raise ApiError(400, "zones are not be a same cvm")


def _servers(call: Call, verb: str) -> list[str]:
    known = {server["id"] for server in call.world.table("servers").values() if server["project_id"] == call.project_id}
    wanted = [entry["uuid"] for entry in call.body.get("snapStrategyVm", [])]
    if not known.issuperset(wanted):
        raise ApiError(500, f"{verb} snapshot strategy on cas error")
    return wanted


def _view(call: Call, strategy: Record) -> Record:
    return {
        "uuid": strategy["id"],
        "id": strategy["number"],
        **{name: strategy[name] for name in _MEMBERS},
        "tenantId": strategy["project_id"],
        "tenantName": strategy["tenantName"],
        "labelZones": ";".join(zone["zone"] for zone in _zones(call, strategy["labelZoneIds"])),
        "snapStrategyVm": [{"uuid": uuid, "snapStrategyId": strategy["number"]} for uuid in strategy["servers"]],
    }


HANDLERS = {
    "snapshot-strategy-list": list_strategies,
    "snapshot-strategy-get": show,
    "snapshot-strategy-create": create,
    "snapshot-strategy-update": update,
    "snapshot-strategy-delete": delete,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"snapshot_strategies": complete}
