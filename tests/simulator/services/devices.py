# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.9 of the reference: volumes and virtual NICs of servers."""

from __future__ import annotations

from ..call import Answer, Call
from ..clock import iso
from ..errors import ApiError
from ..world import Record, World
from . import ports, servers
from .volumes import find_volume

# Those of shelved servers come and go from microversion 2.20 on, which the paths do not ask for.
_VOLUME_STATES = {"ACTIVE", "SHUTOFF", "PAUSED", "VERIFY_RESIZE"}
_NIC_STATES = {"ACTIVE", "SHUTOFF", "PAUSED"}


# --- volumes ----------------------------------------------------------------------------------------------------


def attach_volume(call: Call) -> Answer:
    server = servers.in_state(servers.find_server(call), _VOLUME_STATES, "attach_volume")
    volume = find_volume(call, call.body["volumeAttachment"]["volumeId"], 404)
    if server["id"] in volume["attachments"]:
        raise ApiError(409, f"Volume {volume['id']} is already attached to server {server['id']}")
    free = volume["status"] == "available" or (volume["multiattach"] and volume["status"] == "in-use")
    if not free:
        raise ApiError(
            400, f"Invalid volume: volume {volume['id']} status must be available. Currently in '{volume['status']}'"
        )
    device = next_device(call.world, server)
    volume["attachments"][server["id"]] = {"device": device, "ready": False, "delete": False}
    volume["status"] = "attaching"

    def ready() -> None:
        if server["id"] in volume["attachments"]:
            volume["attachments"][server["id"]]["ready"] = True
            volume["status"] = "in-use"

    call.world.clock.after(call.world.settings.action_seconds, ready)
    return Answer(200, {"volumeAttachment": _attachment(server, volume)})


def list_volumes(call: Call) -> Answer:
    """OpenStack's Nova lists an attachment from its request on, while Cinder lists it when it is there."""
    server = servers.find_server(call)
    if call.openstack:
        volumes = [volume for volume in call.world.table("volumes").values() if server["id"] in volume["attachments"]]
    else:
        volumes = attached_volumes(call.world, server)
    return Answer(200, {"volumeAttachments": [_attachment(server, volume) for volume in volumes]})


def detach_volume(call: Call) -> Answer:
    server = servers.in_state(servers.find_server(call), _VOLUME_STATES | {"SUSPENDED"}, "detach_volume")
    volume = call.world.find("volumes", call.path["volume_id"])
    attachment = volume["attachments"].get(server["id"])
    if attachment is None or not attachment["ready"]:
        raise ApiError(404, f"volume {volume['id']} is not attached to server {server['id']}")
    if server["root_volume"] == volume["id"]:
        raise ApiError(403, "Cannot detach a root device volume")
    volume["status"] = "detaching"
    call.world.clock.after(call.world.settings.action_seconds, lambda: release_volume(volume, server))
    return Answer(202 if call.openstack else 200)


def list_attachable(call: Call) -> Answer:
    """The whole list, whatever page is asked for: the paging members are not used yet."""
    servers.find_server(call)
    wanted = call.body["filterMap"]
    columns = {"diskName": "name", "host": "host", "virtType": "virt_type", "userId": "user_id"}
    volumes = [
        volume
        for volume in call.world.table("volumes").values()
        if volume["project_id"] == call.project_id
        and volume["status"] == "available"
        and all(wanted[name] in volume[column] for name, column in columns.items() if name in wanted)
    ]
    return Answer(200, {"data": [_attachable(volume) for volume in volumes], "count": len(volumes)})


def attached_volumes(world: World, server: Record) -> list[Record]:
    return [
        volume for volume in world.table("volumes").values() if volume["attachments"].get(server["id"], {}).get("ready")
    ]


def next_device(world: World, server: Record) -> str:
    used = {
        volume["attachments"][server["id"]]["device"]
        for volume in world.table("volumes").values()
        if server["id"] in volume["attachments"]
    }
    first = "" if server["root_volume"] else "a"
    return next(
        f"/dev/vd{letter}"
        for letter in "abcdefghijklmnopqrstuvwxyz"
        if letter != first and f"/dev/vd{letter}" not in used
    )


def release_volume(volume: Record, server: Record) -> None:
    volume["attachments"].pop(server["id"], None)
    volume["status"] = "in-use" if volume["attachments"] else "available"


def _attachment(server: Record, volume: Record) -> Record:
    return {
        "device": volume["attachments"][server["id"]]["device"],
        "id": volume["id"],
        "serverId": server["id"],
        "volumeId": volume["id"],
    }


def _attachable(volume: Record) -> Record:
    return {
        "diskName": volume["name"],
        "attachStatus": "detached",
        "virtType": volume["virt_type"],
        "description": None,
        "replicationStatus": None,
        "uuid": volume["id"],
        "userId": volume["user_id"],
        "bootable": volume["bootable"],
        "size": volume["size"],
        "readonly": None,
        "storageTypeName": "普通",
        "host": volume["host"],
        "tenantId": volume["project_id"],
        "zoneId": volume["zone_id"],
        "storageTypeId": None,
        "multiattach": volume["multiattach"],
        "status": volume["status"],
        "createDate": iso(volume["created"], "%Y-%m-%d %H:%M:%S"),
    }


# --- networks and NICs ------------------------------------------------------------------------------------------


def attach_interface(call: Call) -> Answer:
    server = servers.in_state(servers.find_server(call), _NIC_STATES, "attach_interface")
    wanted = call.body["interfaceAttachment"]
    port = call.world.find("ports", wanted["port_id"])
    if port["project_id"] != call.project_id:
        raise ApiError(404, f"port {wanted['port_id']} could not be found")
    if port["server_id"]:
        raise ApiError(400, f"Port {port['id']} is still in use.")
    zone = call.world.find("zones", server["zone_id"])
    if zone["virtType"] == "VMware" and "password" not in wanted and not call.openstack:
        raise ApiError(400, "interfaceAttachment.password is mandatory for VMware servers")
    port.update(server_id=server["id"], status="BUILD")
    _plug_later(call.world, server, port)
    key = "interfaceAttachment" if call.openstack else "interfaceAttachments"
    return Answer(200, {key: _nic(call.world, port)})


def _plug_later(world: World, server: Record, port: Record) -> None:
    def ready() -> None:
        if port["server_id"] == server["id"]:
            port["status"] = "ACTIVE"
            server["nics"].append(port["id"])

    world.clock.after(world.settings.action_seconds, ready)


def create_interface(call: Call) -> Answer:
    """A port of its own in a network, at an address of choice."""
    server = servers.in_state(servers.find_server(call), _NIC_STATES, "attach_interface")
    wanted = call.body["interfaceAttachment"]
    addresses = [entry["ip_address"] for entry in wanted.get("fixed_ips", [])]
    network = servers.network_of_nic(call, {"uuid": wanted["net_id"], "fixed_ip": next(iter(addresses), None)})
    port = servers.new_port(call.world, server, network, next(iter(addresses), None), status="BUILD")
    _plug_later(call.world, server, port)
    return Answer(200, {"interfaceAttachment": _nic(call.world, port)})


def list_interfaces(call: Call) -> Answer:
    """By the reference an object; so it is for exactly one NIC, and an array otherwise."""
    server = servers.find_server(call)
    ids = sorted(server["nics"]) if call.openstack else server["nics"]  # as Neutron lists them
    nics = [_nic(call.world, call.world.table("ports")[port_id]) for port_id in ids]
    return Answer(200, {"interfaceAttachments": nics[0] if len(nics) == 1 and not call.openstack else nics})


def detach_interface(call: Call) -> Answer:
    """The port goes first, and the server shows its addresses a while longer."""
    server = servers.in_state(servers.find_server(call), _NIC_STATES, "detach_interface")
    port_id = call.path["port_id"]
    if port_id not in server["nics"]:
        raise ApiError(404, f"Port {port_id} is not attached to server {server['id']}")
    port = call.world.table("ports")[port_id]

    def done() -> None:
        if port_id in server["nics"]:
            server["nics"].remove(port_id)
            gone = dict(port)
            server["leaving"].append(gone)
            release_port(call.world, port)
            call.world.clock.after(seconds, lambda: server["leaving"].remove(gone))

    seconds = call.world.settings.action_seconds
    call.world.clock.after(seconds, done)
    return Answer(202 if call.openstack else 200)


def release_port(world: World, port: Record) -> None:
    """A port made for a server goes with it, one that was attached is free again."""
    port.update(server_id=None, status="DOWN")
    if port["owned"]:
        ports.remove(world, port)


def _nic(world: World, port: Record) -> Record:
    network = world.find("networks", port["network_id"])
    return {
        "port_id": port["id"],
        "port_state": port["status"],
        "net_id": network["id"],
        "mac_addr": port["mac"],
        "fixed_ips": port["fixed_ips"],
    }


HANDLERS = {
    "server-volume-attach": attach_volume,
    "server-volume-list": list_volumes,
    "server-volume-detach": detach_volume,
    "server-attachable-volume-list": list_attachable,
    "server-interface-attach": attach_interface,
    "os-interface-attach": attach_interface,
    "server-interface-create": create_interface,
    "server-interface-list": list_interfaces,
    "server-interface-detach": detach_interface,
}
ONLY = {
    "server-attachable-volume-list": "reference",
    "server-interface-attach": "reference",
    "os-interface-attach": "openstack",
}
