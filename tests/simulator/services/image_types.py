# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.5 of the reference, image types. Writing has no answer; all lists are bare arrays."""

from __future__ import annotations

from collections.abc import Callable

from ..call import Answer, Call
from ..clock import iso_millis
from ..errors import ApiError
from ..world import Record, World

_SENT = ("imageTypeName", "description", "virtType", "osType", "operatingSystem", "addType")
_VIRT_TYPES = ["CAS", "VMware", "Xen"]
_OS_TYPES = ["Linux", "Windows"]


def list_types(call: Call) -> Answer:
    return _listed(call, lambda record: True)


def list_by_virt_type(call: Call) -> Answer:
    return _listed(call, lambda record: record["virtType"] == call.path["virtual_type"])


def list_by_os(call: Call) -> Answer:
    """By the version of the system, as the example of the path shows."""
    return _listed(call, lambda record: record["operatingSystem"] == call.path["os_type"])


def virt_types(call: Call) -> Answer:
    return Answer(200, _VIRT_TYPES)


def os_types(call: Call) -> Answer:
    return Answer(200, _OS_TYPES)


def show(call: Call) -> Answer:
    return Answer(200, _view(_find(call, call.path["image_type_id"])))


def create(call: Call) -> Answer:
    """Built-in types come with the platform, so nobody makes one."""
    call.demand_admin()
    if call.body["addType"] != 1:
        raise ApiError(400, "a built-in image type cannot be created")
    call.world.seed("image_types", {**_members(call), "updateTime": None})
    return Answer(200)


def update(call: Call) -> Answer:
    """A PUT on the collection; the id stands in the body, and what is not sent is not kept."""
    call.demand_admin()
    record = _find(call, call.body["uuid"])
    if call.body["addType"] != record["addType"]:
        raise ApiError(400, "the origin of an image type cannot be changed")
    record.update(_members(call), updateTime=iso_millis(call.world.clock.now()))
    return Answer(200)


def delete(call: Call) -> Answer:
    call.demand_admin()
    del call.world.table("image_types")[_find(call, call.path["image_type_id"])["id"]]
    return Answer(200)


def complete(world: World, fields: Record) -> Record:
    """A record of kind image_types: one that comes with the platform, unless told otherwise."""
    return {
        "name": "Asianux Server 4 (32 bit)",
        "description": "",
        "virtType": "CAS",
        "osType": "Linux",
        "operatingSystem": "linux|Asianux 4(32-bit)",
        "addType": 0,
        "updateTime": None,
        **fields,
    }


def _listed(call: Call, keep: Callable[[Record], bool]) -> Answer:
    return Answer(200, [_view(record) for record in call.world.table("image_types").values() if keep(record)])


def _find(call: Call, type_id: str) -> Record:
    return call.world.find("image_types", type_id)


def _members(call: Call) -> Record:
    sent = {"description": "", **{name: call.body[name] for name in _SENT if name in call.body}}
    return {"name": sent.pop("imageTypeName"), **sent}


def _view(record: Record) -> Record:
    told = {name: record[name] for name in (*_SENT[1:], "updateTime")}
    return {"uuid": record["id"], "imageTypeName": record["name"], **told}


HANDLERS = {
    "image-type-list": list_types,
    "image-type-list-by-virt-type": list_by_virt_type,
    "image-type-list-by-os": list_by_os,
    "image-type-virt-types": virt_types,
    "image-type-os-types": os_types,
    "image-type-get": show,
    "image-type-create": create,
    "image-type-update": update,
    "image-type-delete": delete,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"image_types": complete}
