# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How images are changed: JSON patches, of the members that the reference names and of those that users add.

A property of an image is a member of it, beside those of the service. The creation of the reference takes a fixed set
of members; what is not among them is set by a patch that follows it.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.hints import members_of_openstack
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.field import Field
from ...model.plan import Step
from .. import _labels

_PATCH_TYPE = "application/openstack-images-v2.1-json-patch"

IMAGE = "/os/image/v1/v2/images/{image_id}"
PATCH = Operation(
    "image-patch", "PATCH", IMAGE, headers={"Content-Type": f"{_PATCH_TYPE}; charset=utf-8", "Accept": _PATCH_TYPE}
)

#: the options for what a creation does not take
LATER = ("protected", "tags", "properties")
# Those of them that the reference does not have at all.
_OF_OPENSTACK = ("tags", "properties")

# What Glance, Nova and the platform keep among the members of an image.
_OF_SERVICES = frozenset(
    {
        *("id", "status", "size", "virtual_size", "checksum", "created_at", "updated_at", "file", "self", "schema"),
        *("owner", "protected", "tags", "locations", "direct_url", "stores", "os_hash_algo", "os_hash_value"),
        *("os_hidden", "image_type", "is_snapshot", "instance_uuid", "base_image_ref", "boot_roles", "operator_id"),
        *("user_id", "owner_id", "owner_user_name", "owner_project_name", "image_location", "image_state"),
        *("reserved_devices", "sys_disk_bus", "guestOS", "properties"),
    }
)


def own_members(fields: t.Iterable[Field]) -> frozenset[str]:
    """The members of an image that are no properties."""
    return _OF_SERVICES.union(*(field.api_names for field in fields))


def properties_of(raw: Json, own: frozenset[str]) -> Json:
    """The members of an image that users have added: texts beside its own members."""
    return {key: value for key, value in raw.items() if key not in own and isinstance(value, str)}


def check(run: Context, own: frozenset[str]) -> None:
    """Refuse properties that are something else, or too long."""
    given = run.options.get("properties")
    _labels.check("properties", given)
    taken = sorted(key for key in given or {} if key in own)
    if taken:
        raise OptionError(f"properties: {', '.join(taken)} is an option of its own, or belongs to the platform.")


def patch(fields: t.Iterable[Field], run: Context, current: Json, desired: Json) -> list[Step]:
    """The step that gives fields of an image their wanted values, none where there are no fields."""
    fields = list(fields)
    body = [change for field in fields for change in changes(field, run, current, desired[field.name])]
    hint = members_of_openstack(field.name for field in fields if field.name in _OF_OPENSTACK)
    return [Step("update", PATCH, body=body, hint=hint)] if body else []


def changes(field: Field, run: Context, current: Json, value: t.Any) -> list[Json]:
    """The JSON-patch operations for a field."""
    if field.name == "tags" and not run.purges(field):
        value = sorted({*value, *(current.get("tags") or [])})
    if field.name != "properties":
        return [_change(field, current, value)]
    present = current.get("properties") or {}
    new = {key: text for key, text in value.items() if present.get(key) != text}
    removed = _labels.surplus(present, value) if run.purges(field) else []
    return [
        *({"op": _verb(key in present), "path": _path(key), "value": text} for key, text in new.items()),
        *({"op": "remove", "path": _path(key)} for key in removed),
    ]


def _change(field: Field, current: Json, value: t.Any) -> Json:
    exists = not field.secret and current.get(field.name) is not None
    body: dict[str, t.Any] = {}
    field.write(body, value)
    name = field.api_names[0]
    return {"op": _verb(exists), "path": _path(name), "value": body[name]}


def _verb(exists: bool) -> str:
    """Glance refuses to replace a member that is not there, and lets any be added."""
    return "replace" if exists else "add"


def _path(key: str) -> str:
    return "/" + key.replace("~", "~0").replace("/", "~1")
