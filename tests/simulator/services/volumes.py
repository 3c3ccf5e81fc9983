# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cinder: the volumes of a project. Servers attach and detach them in devices.py."""

from __future__ import annotations

from typing import Any

from .. import seeds
from ..call import Answer, Call, internal_link, page
from ..clock import iso_micros
from ..errors import ApiError
from ..world import Record, World, new_id
from . import servers

_TYPES = ("lvm", "ssd")
_DELETABLE = ("available", "error", "error_extending", "error_restoring")
_NOT_DELETABLE = (
    "Invalid volume: Volume status must be available or error or error_restoring or error_extending and must not be "
    "migrating, attached, belong to a group, have snapshots or be disassociated from snapshots after volume transfer."
)
_WANTED = ("name", "description", "volume_type", "snapshot_id", "source_volid", "metadata")


def list_all(call: Call) -> Answer:
    demand_listed(call)
    listed = [volume for volume in call.world.table("volumes").values() if servers.is_listed(call, volume)]
    volumes = [volume for volume in listed if call.query.get("status") in (None, volume["status"])]
    volumes, more = page(volumes, int(call.query.get("limit", 1000)), call.query.get("marker"))
    answer: Record = {"volumes": [view(call.world, volume) for volume in volumes]}
    if more:
        href = internal_link(f"/v2/{call.project_id}/volumes/detail?marker={volumes[-1]['id']}", "next")
        answer["volumes_links"] = [href]
    return Answer(200, answer)


def show(call: Call) -> Answer:
    return Answer(200, {"volume": view(call.world, _find(call))})


def create(call: Call) -> Answer:
    """From nothing, or from one of an image, a snapshot and another volume. It takes a while."""
    wanted = call.body["volume"]
    if wanted.get("volume_type", _TYPES[0]) not in _TYPES:
        raise ApiError(404, f"Volume type with name {wanted['volume_type']} could not be found.")
    zone_id = _zone_id(call.world, wanted.get("availability_zone"))
    least = _least_size(call, wanted)
    size = wanted.get("size", least)
    if size < least:
        raise ApiError(400, f"Invalid input received: Size of specified volume must be at least {least} GB.")
    volume = call.world.seed(
        "volumes",
        {
            **{name: wanted[name] for name in _WANTED if name in wanted},
            "id": new_id(),
            "size": size,
            "zone_id": zone_id,
            "project_id": call.project_id,
            "user_id": call.user_id,
            "status": "creating",
            "bootable": "imageRef" in wanted,
        },
    )
    fails = call.world.settings.fails(volume["name"])
    later(call, volume, "creating", lambda: volume.update(status="error" if fails else "available"))
    return Answer(202, {"volume": view(call.world, volume)})


def update(call: Call) -> Answer:
    volume = _find(call)
    volume.update(call.body["volume"], updated=call.world.clock.now())
    return Answer(200, {"volume": view(call.world, volume)})


def delete(call: Call) -> Answer:
    volume = _find(call)
    snapshots = [one for one in call.world.table("volume_snapshots").values() if one["volume_id"] == volume["id"]]
    if volume["status"] not in _DELETABLE or volume["attachments"] or snapshots:
        raise ApiError(400, _NOT_DELETABLE)
    volume["status"] = "deleting"
    later(call, volume, "deleting", lambda: call.world.table("volumes").pop(volume["id"], None))
    return Answer(202)


def extend(call: Call) -> Answer:
    volume, size = _find(call), call.body["os-extend"]["new_size"]
    if volume["status"] != "available":
        raise ApiError(
            400, f"Invalid volume: Volume {volume['id']} status must be '{{available}}', currently {volume['status']}."
        )
    if size <= volume["size"]:
        raise ApiError(400, f"Invalid input received: New size for extend must be greater than {volume['size']}.")
    volume["status"] = "extending"
    later(call, volume, "extending", lambda: volume.update(status="available", size=size))
    return Answer(202)


def add_metadata(call: Call) -> Answer:
    volume = _find(call)
    volume["metadata"] = {**volume["metadata"], **call.body["metadata"]}
    return Answer(200, {"metadata": volume["metadata"]})


def set_metadata(call: Call) -> Answer:
    volume = _find(call)
    volume["metadata"] = dict(call.body["metadata"])
    return Answer(200, {"metadata": volume["metadata"]})


def complete(world: World, fields: Record) -> Record:
    """A record of kind volumes; attachments by server id."""
    return {
        "name": "volume",
        "description": None,
        "project_id": seeds.ADMIN_PROJECT,
        "user_id": seeds.ADMIN_USER,
        "size": 1,
        "volume_type": _TYPES[0],
        "metadata": {},
        "snapshot_id": None,
        "source_volid": None,
        "bootable": False,
        "multiattach": False,
        "status": "available",
        "virt_type": "CAS",
        "host": "cpn-host11rc@cas_volume#pool1(CVM10.125.26.11)",
        "zone_id": seeds.ZONE_CINDER191,
        "created": world.clock.now() + world.next_number("volume") / 1e6,
        "updated": None,
        "attachments": {},
        **fields,
    }


# --- what other services need -----------------------------------------------------------------------------------


def demand_listed(call: Call) -> None:
    if call.world.settings.volumes_and_ports == "unlisted":
        raise ApiError(404, f"{call.request.method} {call.request.path} is not offered")


def of_project(call: Call, kind: str) -> list[Record]:
    return [record for record in call.world.table(kind).values() if record["project_id"] == call.project_id]


def find_volume(call: Call, volume_id: str, status: int) -> Record:
    volume = call.world.find("volumes", volume_id, status)
    if volume["project_id"] != call.project_id:
        raise ApiError(status, f"volume {volume_id} could not be found")
    return volume


def later(call: Call, record: Record, status: str, work: Any) -> None:
    """Do the rest of a work after a while, unless the record is at something else by then."""

    def done() -> None:
        if record["status"] == status:
            work()

    call.world.clock.after(call.world.settings.action_seconds, done)


def view(world: World, volume: Record) -> Record:
    zone = world.table("zones").get(volume["zone_id"], {})
    return {
        **{name: volume[name] for name in ("id", "name", "description", "size", "status", "volume_type", "metadata")},
        **{name: volume[name] for name in ("snapshot_id", "source_volid", "multiattach", "user_id")},
        "availability_zone": zone.get("zone"),
        "encrypted": False,
        "bootable": "true" if volume["bootable"] else "false",
        "attachments": [
            {"id": volume["id"], "volume_id": volume["id"], "server_id": server_id, "device": entry["device"]}
            for server_id, entry in volume["attachments"].items()
            if entry["ready"] or not world.settings.openstack
        ],
        "os-vol-tenant-attr:tenant_id": volume["project_id"],
        "created_at": iso_micros(volume["created"]),
        "updated_at": iso_micros(volume["updated"]) if volume["updated"] else None,
    }


def _find(call: Call) -> Record:
    volume = call.world.table("volumes").get(call.path["volume_id"])
    if volume is None or volume["project_id"] != call.project_id:
        raise ApiError(404, f"Volume {call.path['volume_id']} could not be found.")
    return volume


def _zone_id(world: World, name: str | None) -> str:
    zones = [zone for zone in world.table("zones").values() if zone["resourceType"] == "cinder"]
    for zone in zones:
        if name in (None, zone["zone"]):
            return zone["id"]
    raise ApiError(400, f"Invalid input received: Availability zone '{name}' is invalid.")


def _least_size(call: Call, wanted: Record) -> int:
    """The size of what a new volume is made from; there can be one such thing only."""
    given = [name for name in ("imageRef", "snapshot_id", "source_volid") if name in wanted]
    if len(given) > 1:
        raise ApiError(400, f"Invalid input received: {' and '.join(given)} exclude each other.")
    if "imageRef" in wanted:
        image = call.world.find("images", wanted["imageRef"], 400)
        if image["status"] != "active":
            raise ApiError(400, f"Invalid image: Image {image['id']} is not active.")
        return image.get("min_disk") or 1
    if "snapshot_id" in wanted:
        snapshot = call.world.find("volume_snapshots", wanted["snapshot_id"])
        if snapshot["status"] != "available":
            raise ApiError(400, "Invalid snapshot: Originating snapshot status must be one of 'available' values")
        return snapshot["size"]
    if "source_volid" in wanted:
        return find_volume(call, wanted["source_volid"], 404)["size"]
    return 1


HANDLERS = {
    "volume-list": list_all,
    "volume-get": show,
    "volume-create": create,
    "volume-update": update,
    "volume-delete": delete,
    "volume-extend": extend,
    "volume-metadata-add": add_metadata,
    "volume-metadata-set": set_metadata,
}
FACTORIES = {"volumes": complete}
