# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.8 of the reference: server snapshots. They are images, seen through the compute service."""

from __future__ import annotations

from ..call import Answer, Call, internal_link
from ..clock import iso_millis
from ..errors import ApiError
from ..world import Record
from . import images
from .servers import find_server, in_state, later

_STATES = {"ACTIVE", "SHUTOFF", "PAUSED", "SUSPENDED"}
# Status of an image -> status and progress as the compute service tells them
_STATUSES = {"queued": ("SAVING", 25), "saving": ("SAVING", 50), "active": ("ACTIVE", 100), "killed": ("ERROR", 0)}
# What a snapshot takes over from the image of its server
_INHERITED = (
    *("virt_type", "cas_ostype", "vmware_ostype", "vmware_password", "disk_bus", "hw_vif_model"),
    *("min_cpu", "min_ram", "min_disk", "disk_format", "container_format"),
)
# Properties that are no metadata
_OWN = {
    *("id", "name", "status", "visibility", "owner", "disk_format", "container_format", "min_ram", "min_disk"),
    *("protected", "size", "checksum", "created", "updated"),
}


def create(call: Call) -> Answer:
    """The answer tells no id, and the server is busy meanwhile. What fails stays in ERROR; in nova it vanishes."""
    server = in_state(find_server(call), _STATES, "createImage")
    wanted = call.body["createImage"]
    metadata = wanted.get("metadata", {})
    if not call.openstack and (metadata["operator_id"], wanted["operator_id"]) != (call.project_id, server["id"]):
        raise ApiError(400, "metadata.operator_id has to be the project, createImage.operator_id the server")
    base = call.world.table("images").get(server["image_id"], {})
    snapshot = call.world.seed(
        "images",
        {
            **{name: base[name] for name in _INHERITED if name in base},
            **metadata,
            "name": wanted["name"],
            "image_type": "snapshot",
            "instance_uuid": server["id"],
            "base_image_ref": server["image_id"] or "",
            "visibility": "private",
            "owner": call.project_id,
            "status": "saving",
            "size": None,
            "checksum": None,
        },
    )
    server["task"] = "image_uploading"

    def arrive() -> None:
        server["task"] = None
        failed = call.world.settings.fails(snapshot["name"])
        if failed and call.openstack:
            call.world.table("images").pop(snapshot["id"], None)
            return
        snapshot.update(
            status="killed" if failed else "active",
            size=1012662272,
            checksum="e770edb9087058ee54ec56c189a2f7e5",
            updated=call.world.clock.now(),
        )

    later(call.world, server, call.world.settings.action_seconds, arrive)
    return Answer(202)


def list_all(call: Call) -> Answer:
    """All images that the caller sees, ordinary ones too."""
    return Answer(200, {"images": [_view(call, image) for image in images.visible(call)]})


def show(call: Call) -> Answer:
    view = _view(call, images.find(call, call.path["snapshot_id"]))
    return Answer(200, {"image": view} if call.openstack else {"images": [view]})


def delete(call: Call) -> Answer:
    """Any image, be it a snapshot or not."""
    return images.remove(call, images.find(call, call.path["snapshot_id"], to_change=True))


def _view(call: Call, image: Record) -> Record:
    status, progress = _STATUSES.get(image["status"], ("UNKNOWN", 0))
    path = f"/v2/{call.project_id}"
    view = {
        "id": image["id"],
        "name": image["name"],
        "status": status,
        "progress": progress,
        "minDisk": image["min_disk"],
        "minRam": image["min_ram"],
        "OS-EXT-IMG-SIZE:size": image["size"] or 0,
        "created": iso_millis(image["created"]),
        "updated": iso_millis(image["updated"]),
        "links": [internal_link(f"{path}/images/{image['id']}")],
        "metadata": {name: value for name, value in image.items() if name not in _OWN},
    }
    if image.get("instance_uuid"):
        server_id = image["instance_uuid"]
        view["server"] = {"id": server_id, "links": [internal_link(f"{path}/servers/{server_id}")]}
    return view


HANDLERS = {
    "server-snapshot-create": create,
    "server-snapshot-list": list_all,
    "server-snapshot-get": show,
    "server-snapshot-delete": delete,
}
