# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The body that creates a server, and what it takes from a template."""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...model.context import Context
from .. import _instances, _networks, _zones
from . import flavor, server_template


def with_template(run: Context, desired: Json) -> Json:
    """What the options say of a new server, and else its template. A server that exists is not held to one."""
    template = run.lookup(server_template.KIND, run.options["template"], "template")
    if template is None:  # an earlier task may be about to create it, with all that a server needs of it
        defaults = dict.fromkeys(("image", "flavor", "availability_zone"), TO_BE_CREATED)
    else:
        found = server_template.described(template)
        defaults = {name: found[name] for name in ("image", "flavor", "availability_zone", "storage_pool")}
    if desired["boot_volume"]:
        del defaults["image"]
    return {**defaults, **{name: value for name, value in desired.items() if value is not None or name not in defaults}}


def create_body(run: Context, desired: Json) -> Json:
    server = {
        "name": desired["name"],
        "imageRef": None if desired.get("boot_volume") else desired.get("image"),
        "flavorRef": desired["flavor"],
        "networks": [_networks.network_member(network) for network in desired["cards"]],
        "security_groups": [{"name": name} for name in desired["security_groups"]],
        "availability_zone": _place(desired),
        "key_name": desired.get("key_name"),
        "adminPass": desired.get("admin_password"),
        "config_drive": desired.get("config_drive"),
        "user_data": desired.get("user_data_base64") or _instances.encoded(run, desired.get("user_data")),
        "metadata": creation_metadata(run, desired),
        "block_device_mapping_v2": _boot_devices(run, desired),
    }
    body: dict[str, t.Any] = {"server": {name: value for name, value in server.items() if value is not None}}
    if desired.get("server_group"):
        body["os:scheduler_hints"] = {"group": desired["server_group"]}
    return body


def creation_metadata(run: Context, desired: Json) -> Json:
    platform = {
        **_instances.platform_metadata(run, desired, desired["zone"]["id"]),
        "cvk": desired.get("host"),
        "storageTypeId": desired.get("storage_type_id"),
        "location": desired.get("storage_pool"),
    }
    given = {name: value for name, value in platform.items() if value is not None}
    return {**given, **(desired.get("metadata") or {})}


def chosen_zone(run: Context, desired: Json) -> Json:
    """The zone of a new server by name and id; the only zone if none is named."""
    name = (desired.get("availability_zone") or "").partition(":")[0]
    return _zones.zone_named(run, name) if name else _zones.only_zone(run, "server")


def _place(desired: Json) -> t.Optional[str]:
    """zone:compute node:host, as far as the options name them."""
    _name, colon, rest = (desired.get("availability_zone") or "").partition(":")
    zone: t.Optional[str] = desired["zone"]["zone"]
    return zone and ":".join(part for part in (f"{zone}{colon}{rest}", desired.get("host")) if part)


def flavor_size(run: Context, flavor_id: str) -> Json:
    """What a flavor gives a server; nothing is known of one that an earlier task may be about to create."""
    found = next((raw for raw in run.entries(flavor.KIND) if str(raw.get("id")) == flavor_id), None)
    return flavor.FLAVOR.read(found) if found else {}


def _boot_devices(run: Context, desired: Json) -> t.Optional[list[Json]]:
    if not desired.get("boot_volume"):
        return None
    size = run.options["boot_volume_size"] or flavor_size(run, desired["flavor"]).get("disk")
    if not size and not is_to_be_created(desired["flavor"]):
        raise OptionError("boot_volume_size: the flavor has no disk whose size could be taken; give it in GB.")
    device = {
        "uuid": desired["boot_volume"],
        "boot_index": "0",
        "source_type": "volume",
        "destination_type": "volume",
        "delete_on_termination": run.options["delete_boot_volume"],
        "volume_size": str(size),
    }
    return [device]
