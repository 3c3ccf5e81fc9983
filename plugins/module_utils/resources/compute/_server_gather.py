# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What can be read of a server beside its fields, each by a request of its own."""

from __future__ import annotations

import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.responses import as_list, unwrap
from ...model.context import Context
from .._instances import SERVER
from ._attachments import attachable_volumes, is_root, ports_of, volumes_of

CONSOLE = Operation("server-console", "POST", f"{SERVER}/action", reads=True, optional=True)
GPUS = Operation("server-gpu-list", "GET", "/os/compute/v1/v1/resource/instance_vgpu/{server_id}")


def _gather_volumes(run: Context, found: Json) -> Json:
    attachments = volumes_of(run, found)
    return {
        "volumes": [entry["volumeId"] for entry in attachments if not is_root(entry)],
        "volume_attachments": [{"id": entry["volumeId"], "device": entry.get("device")} for entry in attachments],
    }


def _gather_interfaces(run: Context, found: Json) -> Json:
    interfaces: list[Json] = [
        {
            "port_id": entry.get("port_id"),
            "network_id": entry.get("net_id"),
            "mac_address": entry.get("mac_addr"),
            "state": entry.get("port_state"),
            "fixed_ips": [
                {"subnet_id": ip.get("subnet_id"), "ip_address": ip.get("ip_address")}
                for ip in as_list(entry, "fixed_ips")
            ],
        }
        for entry in ports_of(run, found)
    ]
    networks = [
        {"network": entry["network_id"], "fixed_ip": next((ip["ip_address"] for ip in entry["fixed_ips"]), None)}
        for entry in interfaces
    ]
    return {"networks": networks, "ports": [entry["port_id"] for entry in interfaces], "interfaces": interfaces}


def _gather_attachable_volumes(run: Context, found: Json) -> Json:
    volumes = [
        {
            "id": entry.get("uuid"),
            "name": entry.get("diskName"),
            "size": entry.get("size"),
            "status": entry.get("status"),
            "bootable": entry.get("bootable"),
            "multiattach": entry.get("multiattach"),
        }
        for entry in attachable_volumes(run, found)
    ]
    return {"attachable_volumes": volumes}


def _gather_gpus(run: Context, found: Json) -> Json:
    try:
        cards = as_list(run.client.call(GPUS, {"server_id": found["id"]}), None)
    except CloudError as error:
        if error.status in (404, 405):
            error.hint = "This platform does not return the graphics cards of servers."
        raise
    return {"gpus": [str(card) for card in cards]}


def _gather_console(run: Context, found: Json) -> Json:
    body = {"os-getVNCConsole": {"type": run.options["console_type"]}}
    console = unwrap(run.client.call(CONSOLE, {"server_id": found["id"]}, body=body), "console", "consoles")
    return {"console": {"type": console.get("type"), "url": console.get("url") or console.get("URI")}}


#: how each of them is read, by the word of the option `gather`
GATHER: dict[str, t.Callable[[Context, Json], Json]] = {
    "volumes": _gather_volumes,
    "interfaces": _gather_interfaces,
    "attachable_volumes": _gather_attachable_volumes,
    "gpus": _gather_gpus,
    "console": _gather_console,
}

OPTIONS: t.Mapping[str, t.Any] = {
    "gather": {"type": "list", "elements": "str", "choices": list(GATHER), "default": []},
    "console_type": {"type": "str", "choices": ["novnc", "xvpvnc"], "default": "novnc"},
}
