# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.14 of the reference: host aggregates, with the rules of nova."""

from __future__ import annotations

from typing import Any

from ..call import Answer, Call
from ..clock import iso_micros
from ..errors import ApiError
from ..world import Record, World


def list_all(call: Call) -> Answer:
    call.demand_admin()
    return Answer(200, {"aggregates": [_view(call, record) for record in call.world.table("aggregates").values()]})


def create(call: Call) -> Answer:
    """The one answer that has the singular as its wrapper, and neither hosts nor metadata."""
    call.demand_admin()
    wanted = call.body["aggregate"]
    _check_name(call, wanted["name"], None)
    view = _view(call, call.world.seed("aggregates", {**wanted, "id": str(call.world.next_number("aggregate"))}))
    short = {name: value for name, value in view.items() if name not in ("hosts", "metadata")}
    return Answer(200, {"aggregate": {**short, "updated_at": None, "deleted_at": None}})


def show(call: Call) -> Answer:
    return _answer(call, _find(call))


def update(call: Call) -> Answer:
    record, wanted = _find(call), call.body["aggregate"]
    _check_name(call, wanted["name"], record)
    for host in record["hosts"]:
        _check_zone(call, host, wanted["availability_zone"], record)
    record.update(wanted, updated=call.world.clock.now())
    return _answer(call, record)


def delete(call: Call) -> Answer:
    record = _find(call)
    if record["hosts"]:
        raise ApiError(400, f"Cannot remove aggregate {record['id']}: it is not empty")
    del call.world.table("aggregates")[record["id"]]
    return Answer(200)


def add_host(call: Call) -> Answer:
    record, host = _find(call), call.body["add_host"]["host"]
    if not any(host in zone["hosts"] for zone in call.world.table("zones").values()):
        raise ApiError(404, f"Compute host {host} could not be found.")
    if host in record["hosts"]:
        raise ApiError(409, f"Aggregate {record['id']} already has host {host}.")
    _check_zone(call, host, record["availability_zone"], record)
    record["hosts"].append(host)
    return _answer(call, record)


def set_metadata(call: Call) -> Answer:
    """Nova's own; null removes a key, and the zone is one of them."""
    record, wanted = _find(call), dict(call.body["set_metadata"]["metadata"])
    call.demand_beyond(400)
    if "availability_zone" in wanted:
        zone = wanted.pop("availability_zone")
        for host in record["hosts"]:
            _check_zone(call, host, zone, record)
        record["availability_zone"] = zone
    metadata = {**record["metadata"], **wanted}
    record["metadata"] = {key: value for key, value in metadata.items() if value is not None}
    record["updated"] = call.world.clock.now()
    return _answer(call, record)


def remove_host(call: Call) -> Answer:
    """Nova's own; the reference has no such action."""
    record, host = _find(call), call.body["remove_host"]["host"]
    if call.world.settings.host_removal == "refused":
        raise ApiError(400, "There is no such action: remove_host")
    if host not in record["hosts"]:
        raise ApiError(404, f"Cannot remove host {host} in aggregate {record['id']}: not found")
    record["hosts"].remove(host)
    return _answer(call, record)


def complete(world: World, fields: Record) -> Record:
    """A record of kind aggregates; ids are numbers."""
    now = world.clock.now()
    defaults = {"name": "aggregate", "availability_zone": "nova11", "hosts": [], "created": now, "updated": None}
    return {"metadata": {}, **defaults, **fields, "id": str(fields["id"])}


def _find(call: Call) -> Record:
    call.demand_admin()
    return call.world.find("aggregates", call.path["id"])


def _check_name(call: Call, name: str, own: Record | None) -> None:
    if any(record["name"] == name for record in call.world.table("aggregates").values() if record is not own):
        raise ApiError(409, f"Aggregate {name} already exists.")


def _check_zone(call: Call, host: str, zone: str, own: Record) -> None:
    """A host is in one zone only, whatever the number of its aggregates."""
    for record in call.world.table("aggregates").values():
        if record is not own and host in record["hosts"] and record["availability_zone"] != zone:
            raise ApiError(409, f"Host {host} is in availability zone {record['availability_zone']} already.")


def _answer(call: Call, record: Record) -> Answer:
    view = _view(call, record)
    return Answer(200, {"aggregate": view} if call.openstack else {"aggregates": [view]})


def _view(call: Call, record: Record) -> Record:
    """Times that there are not are empty objects by the reference, null in nova."""
    nothing: Any = None if call.openstack else {}
    return {
        "id": int(record["id"]) if record["id"].isdecimal() else record["id"],
        "name": record["name"],
        "availability_zone": record["availability_zone"],
        "hosts": record["hosts"],
        "metadata": {**record["metadata"], "availability_zone": record["availability_zone"]},
        "created_at": iso_micros(record["created"]),
        "updated_at": iso_micros(record["updated"]) if record["updated"] else nothing,
        "deleted": False,
        "deleted_at": nothing,
    }


HANDLERS = {
    "aggregate-list": list_all,
    "aggregate-create": create,
    "aggregate-get": show,
    "aggregate-update": update,
    "aggregate-delete": delete,
    "aggregate-add-host": add_host,
    "aggregate-remove-host": remove_host,
    "aggregate-set-metadata": set_metadata,
}
FACTORIES = {"aggregates": complete}
