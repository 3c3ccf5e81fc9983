# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.3 of the reference: images. Server snapshots are images of image_type snapshot."""

from __future__ import annotations

import hashlib
from pathlib import Path

from aiohttp import ClientPayloadError, web

from .. import seeds
from ..call import Answer, Call, page
from ..clock import iso_millis
from ..errors import ApiError
from ..world import Record, World, new_id

_OPENSTACK_PAGE = 25
_TEXTS = (
    "description",
    "cas_ostype",
    "vmware_ostype",
    "min_cpu",
    "user_name",
    "disk_bus",
    "hw_vif_model",
    "vmware_password",
    "os-region-name",
    "virt_type",
    "disk_format",
    "container_format",
)
_READ_ONLY = {"id", "status", "size", "checksum", "created_at", "updated_at", "file", "self", "schema", "virtual_size"}
_PERMANENT = {"name", "visibility", "min_disk", "min_ram", "protected", "disk_format", "container_format"}
_FORMATS = {"disk_format", "container_format"}
_TYPES = {"min_disk": int, "min_ram": int, "protected": bool, "tags": list}
# What the reference knows of an image; anything else is a property that a user has added.
_OF_REFERENCE = {
    *_TEXTS,
    *_READ_ONLY,
    *_PERMANENT,
    "owner",
    "image_type",
    "sysdisk_type",
    "is_snapshot",
    "instance_uuid",
}


def create(call: Call) -> Answer:
    image = _make(call, call.body, status="queued")
    return Answer(201, _view(call, image), {"Location": f"http://172.25.80.30:9292/v2/images/{image['id']}"})


def create_from_ftp(call: Call) -> Answer:
    """The answer echoes the request, passwords included, and has no id; the image appears under its name."""
    wanted = call.body["glance"]
    foreign = {
        "localIp",
        "azuuids",
        "sftp",
        "md5_hash",
        "file_name",
        "is_public",
        "hypervisor_type",
        *(name for name in wanted if name.startswith("os_")),
    }
    image = _make(call, {name: value for name, value in wanted.items() if name not in foreign}, status="saving")

    def arrive() -> None:
        if call.world.settings.fails(image["name"]):
            _touch(call.world, image, status="killed")
            return
        _touch(call.world, image, status="active", size=1684013056, checksum=wanted["md5_hash"])

    call.world.clock.after(call.world.settings.action_seconds, arrive)
    echo = dict(wanted)
    if "os_auth_url" in echo:
        echo["os_auth_URI"] = echo.pop("os_auth_url")
    return Answer(200, {"glance": echo})


def list_all(call: Call) -> Answer:
    images = visible(call)
    if "owner" in call.query:
        images = [image for image in images if image["owner"] == call.query["owner"]]
    default = _OPENSTACK_PAGE if call.openstack else call.world.settings.max_limit
    limit = min(int(call.query.get("limit", default)), call.world.settings.max_limit)
    images, more = page(images, limit, call.query.get("marker"))
    body = {"images": [_view(call, image) for image in images]}
    if call.openstack:
        body |= {"first": "/v2/images", "schema": "/v2/schemas/images"}
        if more and images:
            body["next"] = f"/v2/images?marker={images[-1]['id']}&limit={limit}"
    return Answer(200, body)


def show(call: Call) -> Answer:
    view = _view(call, find(call, call.path["image_id"]))
    return Answer(200, view if call.openstack else {"images": [view]})


def delete(call: Call) -> Answer:
    return remove(call, find(call, call.path["image_id"], to_change=True))


def patch(call: Call) -> Answer:
    image = find(call, call.path["image_id"], to_change=True)
    changed = dict(image)
    for step in call.body:
        _apply(call, changed, step)
    image.clear()
    image.update(changed)
    _touch(call.world, image)
    return Answer(200, _view(call, image))


async def upload(call: Call) -> Answer:
    """The raw bytes, written to disk as they arrive. A broken upload leaves the image queued."""
    image = find(call, call.path["image_id"], to_change=True)
    if image["status"] != "queued":
        raise ApiError(409, f"Image {image['id']} has status {image['status']}: its data cannot be uploaded again.")
    _touch(call.world, image, status="saving")
    digest, size, path = hashlib.md5(usedforsecurity=False), 0, _file(call.world, image)
    try:
        with path.open("wb") as file:
            async for chunk in call.request.content.iter_any():
                file.write(chunk)
                digest.update(chunk)
                size += len(chunk)
    except (ConnectionError, ClientPayloadError, web.RequestPayloadError) as error:
        path.unlink(missing_ok=True)
        _touch(call.world, image, status="queued")
        raise ApiError(400, "the upload broke off") from error
    if image["id"] not in call.world.table("images"):
        path.unlink(missing_ok=True)
        raise ApiError(410, f"Image {image['id']} was deleted during the upload.")
    failed = call.world.settings.fails(image["name"])
    _touch(call.world, image, status="killed" if failed else "active", size=size, checksum=digest.hexdigest())
    return Answer(204 if call.openstack else 200)


async def download(call: Call) -> Answer | web.StreamResponse:
    image = find(call, call.path["image_id"])
    path = _file(call.world, image)
    if not path.exists() or image["status"] != "active":
        return Answer(204)
    headers = {"Content-Type": "application/octet-stream", "Content-MD5": image["checksum"]}
    return web.FileResponse(path, headers=headers)


def complete(world: World, fields: Record) -> Record:
    """A record of kind images: an active one unless told otherwise."""
    now = world.clock.now()
    return {
        "name": "image",
        "status": "active",
        "visibility": "public",
        "owner": seeds.ADMIN_PROJECT,
        "disk_format": "qcow2",
        "container_format": "bare",
        "virt_type": "CAS",
        "min_cpu": "1",
        "min_ram": 1,
        "min_disk": 1,
        "protected": False,
        "tags": [],
        "size": 1684013056,
        "checksum": "e770edb9087058ee54ec56c189a2f7e5",
        "created": now,
        "updated": now,
        **fields,
    }


def _make(call: Call, fields: Record, status: str) -> Record:
    if fields["visibility"] == "public" and not call.is_admin and call.openstack:
        raise ApiError(403, "You are not authorized to complete publicize_image action.")
    return call.world.seed(
        "images", {**fields, "id": new_id(), "owner": call.project_id, "status": status, "size": None, "checksum": None}
    )


def _visible(call: Call, image: Record) -> bool:
    return image["visibility"] == "public" or image["owner"] == call.project_id or call.is_admin


def visible(call: Call) -> list[Record]:
    """The images that the caller sees, the latest first."""
    images = sorted(call.world.table("images").values(), key=lambda image: image["created"], reverse=True)
    return [image for image in images if _visible(call, image)]


def find(call: Call, image_id: str, to_change: bool = False) -> Record:
    image = call.world.table("images").get(image_id)
    if image is None or not _visible(call, image):
        raise ApiError(404, f"No image found with ID {image_id}")
    if to_change and image["owner"] != call.project_id and not call.is_admin:
        raise ApiError(403, f"You are not permitted to modify image {image['id']}.")
    return image


def remove(call: Call, image: Record) -> Answer:
    if image["protected"]:
        raise ApiError(403, f"Image {image['id']} is protected and cannot be deleted.")
    del call.world.table("images")[image["id"]]
    _file(call.world, image).unlink(missing_ok=True)
    return Answer(204)


def _touch(world: World, image: Record, **changes: object) -> None:
    image.update(changes, updated=world.clock.now())


def _file(world: World, image: Record) -> Path:
    return world.files / image["id"]


def _apply(call: Call, image: Record, step: Record) -> None:
    """One step of a JSON patch."""
    name = step["path"][1:].replace("~1", "/").replace("~0", "~")
    if name not in _OF_REFERENCE:
        call.demand_beyond(403)
    if name in _READ_ONLY:
        raise ApiError(403, f"Attribute '{name}' is read-only.")
    exists = name in image or (not call.openstack and name in _TEXTS)
    if step["op"] != "add" and not exists:
        raise ApiError(409, f"Property {name} does not exist.")
    if name in _FORMATS and image["status"] != "queued":
        raise ApiError(403, f"Attribute {name} can be changed only for a queued image.")
    if step["op"] == "remove":
        if name in _PERMANENT:
            raise ApiError(403, f"Property {name} may not be removed.")
        image.pop(name, None)
        return
    wanted = _TYPES.get(name, str)
    if type(step["value"]) is not wanted:  # pylint: disable=unidiomatic-typecheck
        raise ApiError(400, f"Invalid value for attribute {name}: {step['value']!r} is no {wanted.__name__}")
    if name == "visibility" and step["value"] not in ("public", "private"):
        raise ApiError(400, f"Invalid value for attribute visibility: {step['value']!r}")
    image[name] = sorted(step["value"]) if name == "tags" else step["value"]


def _view(call: Call, image: Record) -> Record:
    own = {"created", "updated"}
    view = {name: value for name, value in image.items() if name not in own}
    view |= {
        "created_at": iso_millis(image["created"]),
        "updated_at": iso_millis(image["updated"]),
        "file": f"/v2/images/{image['id']}/file",
        "self": f"/v2/images/{image['id']}",
        "schema": "/v2/schemas/image",
        "virtual_size": None,
    }
    if call.openstack:
        return {**view, "os_hidden": False}
    return {**dict.fromkeys(_TEXTS, ""), **view, "tags": image["tags"] or None}


HANDLERS = {
    "image-create": create,
    "image-create-ftp": create_from_ftp,
    "image-list": list_all,
    "image-get": show,
    "image-delete": delete,
    "image-patch": patch,
    "image-upload": upload,
    "image-download": download,
}
ONLY = {"image-create-ftp": "reference"}
FACTORIES = {"images": complete}
