# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The body that creates an instance."""

from __future__ import annotations

import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...model.coercion import as_text
from ...model.context import Context
from .. import _instances, _networks, _user_data
from . import _ironic
from ._instance_networks import is_tenant


def create_body(run: Context, desired: Json) -> Json:
    server = {
        "name": desired["name"],
        "imageRef": desired["image"],
        "flavorRef": desired["flavor"],
        "networks": [_networks.network_member(network) for network in desired["networks"]],
        "security_groups": [{"name": name} for name in desired["security_groups"]],
        "availability_zone": _place(desired),
        "key_name": desired.get("key_name"),
        "adminPass": desired.get("admin_password"),
        "user_data": desired.get("user_data_base64") or _instances.encoded(run, _first_boot_data(run, desired)),
        "metadata": {**creation_metadata(run, desired), **_monitoring(run, desired)},
        "config_drive": True,
    }
    return {"server": {name: value for name, value in server.items() if value is not None}}


def _place(desired: Json) -> t.Optional[str]:
    """zone:compute node:node; without a certain node, the zone in the metadata is all that is sent."""
    if not desired.get("node"):
        return None
    zone = desired["zone"]["zone"]
    if not zone:
        raise OptionError("availability_zone: a new bare-metal instance on a certain node needs it.")
    return f"{zone}:{desired['compute_node']}:{desired['node']}"


def _first_boot_data(run: Context, desired: Json) -> t.Optional[str]:
    """The user's own data; where there are none, what the instance configures itself with."""
    if desired.get("user_data"):
        own: str = desired["user_data"]
        return own
    if is_tenant(desired):
        password = desired.get("admin_password")
        if not password:
            return None
        run.client.redactor.add(_user_data.yaml_text(password))
        return _user_data.for_tenant(password)
    interfaces = desired.get("interfaces")
    return _user_data.for_flat(interfaces, run.options["interfaces_program"]) if interfaces else None


def creation_metadata(run: Context, desired: Json) -> Json:
    managed = desired.get("managed_node")
    platform = {
        **_instances.platform_metadata(run, desired, desired["zone"]["id"]),
        "extraType": "BareMetal",
        "do_manage": None if managed is None else as_text(managed),
    }
    if is_tenant(desired):
        networks = desired["networks"]
        platform["h3c_extend_api"] = "true"
        platform["node_port_map"] = ",".join(f"{network['network']}:{network['port']}" for network in networks)
        platform["force_gw_network"] = next((network["network"] for network in networks if network["gateway"]), None)
    given = {name: value for name, value in platform.items() if value is not None}
    return {**(desired.get("metadata") or {}), **given}


def _monitoring(run: Context, desired: Json) -> Json:
    """The key with which an instance may report on its graphics cards. It is a secret of the platform."""
    if not desired.get("gpu_monitoring"):
        return {}
    key = (run.client.call(_ironic.ACCESS_KEY) or {}).get("accessKey")
    if not key:
        raise CloudError("gpu_monitoring: the platform has no key for it.", operation=_ironic.ACCESS_KEY.id)
    run.client.redactor.add(key)
    return {"accessKey": key}
