# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.9 of the reference: servers."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any

from .. import seeds
from ..call import Answer, Call, internal_link, page
from ..clock import iso, iso_micros
from ..errors import ApiError
from ..world import Record, World
from . import _allocation, baremetal_states, devices, flavors, quotas
from .volumes import find_volume

NO_HOST = "No valid host was found. There are not enough hosts available."

# status -> vm_state, power_state
_STATES = {
    "BUILD": ("building", 0),
    "ACTIVE": ("active", 1),
    "SHUTOFF": ("stopped", 4),
    "SUSPENDED": ("suspended", 7),
    "PAUSED": ("paused", 3),
    "SHELVED": ("shelved", 4),
    "SHELVED_OFFLOADED": ("shelved_offloaded", 4),
    "VERIFY_RESIZE": ("resized", 1),
    "ERROR": ("error", 0),
}


# --- operations -------------------------------------------------------------------------------------------------


def create(call: Call) -> Answer:
    """Both creations: from an image and from a system volume."""
    wanted = call.body["server"]
    flavor = flavors.usable(call, wanted["flavorRef"], 400)
    zone, host = _placement(call, wanted)
    _check_storage(call, wanted["metadata"])
    image = boot_image(call, wanted, flavor)
    boot_volume = _boot_volume(call, wanted)
    networks = find_networks(call, wanted)
    check_key(call, wanted)
    check_security_groups(call, wanted)
    group_id = call.body.get("os:scheduler_hints", {}).get("group")
    group = call.world.find("server_groups", group_id, 400) if group_id else None
    quotas.demand_room(call.world, call.token["project_id"], flavor)
    server = new_server(
        call,
        networks,
        image_id=image["id"] if image else None,
        flavor_id=flavor["id"],
        zone_id=zone["id"],
        host=host,
        key_name=wanted.get("key_name"),
        root_volume=boot_volume["id"] if boot_volume else None,
    )
    if group:
        group["members"].append(server["id"])
    if boot_volume:
        boot_volume["status"] = "attaching"
        boot_volume["attachments"][server["id"]] = {
            "device": "/dev/vda",
            "ready": False,
            "delete": wanted["block_device_mapping_v2"][0]["delete_on_termination"],
        }
    later(call.world, server, call.world.settings.build_seconds, lambda: built(call.world, server, flavor))
    return created(server)


def list_short(call: Call) -> Answer:
    servers, more = _paged(call, of_project(call))
    return _listed(
        call, [{"id": server["id"], "name": server["name"], "links": [_link(server)]} for server in servers], more
    )


def list_detail(call: Call) -> Answer:
    servers, more = _paged(call, [server for server in of_project(call) if passes(call, server)])
    return _listed(call, [_listed_view(call, server) for server in servers], more)


def _listed_view(call: Call, server: Record) -> Record:
    """Nova's list leaves out why a server could not be scheduled: that is in the database of another cell."""
    found = view(call, server)
    if call.openstack and not server["launched"]:
        found.pop("fault", None)
    return found


def _paged(call: Call, servers: list[Record]) -> tuple[list[Record], bool]:
    limit = min(int(call.query.get("limit", call.world.settings.max_limit)), call.world.settings.max_limit)
    if limit < 0:
        raise ApiError(400, "limit must not be negative")
    return page(servers, limit, call.query.get("marker"))


def show(call: Call) -> Answer:
    return Answer(200, {"server": view(call, find_server(call))})


def rename(call: Call) -> Answer:
    server = find_server(call)
    server.update(name=call.body["server"]["name"], updated=call.world.clock.now())
    return Answer(200, {"server": _brief(view(call, server)) if call.openstack else view(call, server)})


def _brief(view: Record) -> Record:
    """What nova answers to a change: no extended attributes, not of the addresses either."""

    def plain(members: Record) -> Record:
        return {name: value for name, value in members.items() if not name.startswith(("OS-EXT-", "OS-SRV-", "os-ext"))}

    networks = {name: [plain(entry) for entry in entries] for name, entries in view["addresses"].items()}
    return {**plain(view), "addresses": networks}


def delete(call: Call) -> Answer:
    """Goes on in the background: the server is still listed for a while."""
    server = find_server(call)
    if server["task"] != "deleting":
        server["task"] = "deleting"
        if server["node_id"]:
            baremetal_states.release(call.world, server["node_id"], server["id"])
        later(call.world, server, call.world.settings.action_seconds, lambda: _gone(call.world, server))
    return Answer(204)


def complete(world: World, fields: Record) -> Record:
    """A record of kind servers: an ACTIVE one with one NIC unless told otherwise."""
    now = world.clock.now()
    name = fields.get("name", "server")
    number = world.next_number("server")
    record = {
        "name": name,
        "project_id": seeds.ADMIN_PROJECT,
        "user_id": seeds.ADMIN_USER,
        "status": "ACTIVE",
        "image_id": None,
        "flavor_id": "",
        "zone_id": seeds.ZONE_NOVA11,
        "host": "cpn-host11rc",
        "task": None,
        "key_name": None,
        "security_groups": ["default"],
        "leaving": [],
        "config_drive": False,
        "root_volume": None,
        "admin_pass": secrets.token_urlsafe(9),
        "created": now + number / 1e6,
        "updated": now,
        "launched": now,
        "fault": None,
        "work": 0,
        "instance_name": f"instance-{number:08x}",
        "before_resize": None,
        "rested": None,
        "node_id": None,
        **fields,
    }
    record["metadata"] = {**_platform_metadata(world, record), **fields.get("metadata", {})}
    if "nics" not in fields:
        record["nics"] = []
        _plug(world, record, world.find("networks", seeds.NET_1), None)
    return record


def _platform_metadata(world: World, server: Record) -> Record:
    """What the platform keeps among the metadata of a server; nova knows no such thing."""
    if world.settings.openstack:
        return {}
    kind = {"extraType": "BareMetal"} if server["node_id"] else {}
    return {
        **kind,
        "zone_uuid": server["zone_id"],
        "description": "",
        "alias": server["name"],
        "enableAdminPass": "1",
        "user_name": "admin",
    }


# --- what other services need -----------------------------------------------------------------------------------


def find_server(call: Call) -> Record:
    return find_server_by_id(call, call.path["server_id"])


def find_server_by_id(call: Call, server_id: str) -> Record:
    server = call.world.table("servers").get(server_id)
    if server is None or server["project_id"] != call.project_id:
        raise ApiError(404, f"Instance {server_id} could not be found.")
    return server


def of_project(call: Call) -> list[Record]:
    """The servers of the project, of all for administrators who ask for them; the latest first."""
    servers = [server for server in call.world.table("servers").values() if is_listed(call, server)]
    return sorted(servers, key=lambda server: (server["created"], server["id"]), reverse=True)


def is_listed(call: Call, record: Record) -> bool:
    """Whether an object stands in the list of the project, or in the one of all projects that is asked for."""
    return record["project_id"] == call.project_id or (call.is_admin and call.query.get("all_tenants") == "1")


def in_state(server: Record, states: Iterable[str], action: str) -> Record:
    """The server, or 409 when it is busy or in another state."""
    if server["task"]:
        raise ApiError(409, f"Cannot '{action}' instance {server['id']} while it is in task_state {server['task']}")
    if server["status"] not in states:
        state = _STATES[server["status"]][0]
        raise ApiError(409, f"Cannot '{action}' instance {server['id']} while it is in vm_state {state}")
    return server


def later(world: World, server: Record, seconds: float, work: Callable[[], None]) -> None:
    """Finish the present task of a server in some seconds, unless another one has taken its place by then."""
    server["work"] += 1
    number = server["work"]

    def due() -> None:
        if server["work"] == number:
            work()
            server["updated"] = world.clock.now()

    world.clock.after(seconds, due)


# --- creation ---------------------------------------------------------------------------------------------------


def new_server(call: Call, networks: list[Record], **fields: Any) -> Record:
    """A record in BUILD with a NIC in each network; the fields complete what the request says."""
    wanted = call.body["server"]
    server = call.world.seed(
        "servers",
        {
            "name": wanted["name"],
            "project_id": call.project_id,
            "user_id": call.user_id,
            "status": "BUILD",
            "metadata": wanted["metadata"] if call.openstack else {"alias": wanted["name"], **wanted["metadata"]},
            "security_groups": [entry["name"] for entry in wanted.get("security_groups", [])],
            "config_drive": wanted.get("config_drive", False),
            "task": "spawning",
            "nics": [],
            "launched": None,
            "admin_pass": wanted.get("adminPass") or secrets.token_urlsafe(9),
            **fields,
        },
    )
    for network, nic in zip(networks, wanted.get("networks", []), strict=True):
        if "port" in nic:
            call.world.table("ports")[nic["port"]].update(server_id=server["id"], status="ACTIVE")
            server["nics"].append(nic["port"])
        else:
            _plug(call.world, server, network, nic.get("fixed_ip"))
    server["security_groups"] = _groups_of_cards(call.world, server, wanted)
    return server


def _groups_of_cards(world: World, server: Record, wanted: Record) -> list[str]:
    """Ports keep their own groups; what is asked for is of the cards that Nova makes itself."""
    nics = wanted.get("networks", [])
    ports = [world.table("ports")[nic["port"]] for nic in nics if "port" in nic]
    own = [world.find("security_groups", group)["name"] for port in ports for group in port["security_groups"]]
    made = server["security_groups"] if not nics or len(ports) < len(nics) else []
    return list(dict.fromkeys([*made, *own]))


def created(server: Record) -> Answer:
    return Answer(
        202,
        {
            "server": {
                "security_groups": [{"name": name} for name in server["security_groups"]],
                "OS-DCF:diskConfig": "MANUAL",
                "id": server["id"],
                "links": [_link(server)],
                "adminPass": server["admin_pass"],
            }
        },
    )


def _placement(call: Call, wanted: Record) -> tuple[Record, str]:
    """Zone and host from `zone[:host[:cvk]]`; name and id of the zone have to agree, and so have the two cvks.

    Nova takes any zone if none is asked for, and knows nothing of the metadata."""
    name, host, cvk = [*wanted.get("availability_zone", "").split(":", 2), "", ""][:3]
    zones = [
        zone
        for zone in call.world.table("zones").values()
        if zone["resourceType"] == "nova" and zone["virtType"] != "BareMetal"
    ]
    zone = next((zone for zone in zones if zone["zone"] == name or not name), None)
    if zone is None:
        raise ApiError(400, f"The requested availability zone is not available: {name}")
    metadata = wanted["metadata"]
    if metadata.get("zone_uuid") != zone["id"] and not call.openstack:
        raise ApiError(400, f"server.metadata.zone_uuid {metadata['zone_uuid']} is not the id of zone {name}")
    if host and host not in zone["hosts"]:
        raise ApiError(400, f"Compute host {host} could not be found in zone {name}")
    if cvk and cvk not in zone["hosts"][host]:
        raise ApiError(400, f"CVK {cvk} could not be found on compute host {host}")
    if zone["virtType"] == "CAS" and metadata.get("cvk", "") != cvk and not call.openstack:
        raise ApiError(400, "server.metadata.cvk has to be the third part of server.availability_zone")
    return zone, host or next(iter(zone["hosts"]))


def _check_storage(call: Call, metadata: Record) -> None:
    if "storageTypeId" not in metadata:
        return
    pool = call.world.find("storage_pools", metadata["storageTypeId"], 400, "storage type")
    if pool["name"] != metadata["location"]:
        raise ApiError(400, f"storage pool {metadata['location']} is not of storage type {pool['id']}")


def boot_image(call: Call, wanted: Record, flavor: Record) -> Record | None:
    if "imageRef" not in wanted:
        return None
    image = call.world.table("images").get(wanted["imageRef"])
    foreign = image and image["visibility"] != "public" and image["owner"] != call.project_id and not call.is_admin
    if image is None or foreign:
        raise ApiError(400, f"Can not find requested image {wanted['imageRef']}")
    if image["status"] != "active":
        raise ApiError(400, f"Image {image['id']} is not active.")
    if 0 < flavor["disk"] < image["min_disk"]:
        raise ApiError(400, "Flavor's disk is smaller than the minimum size specified in image metadata.")
    return image


def _boot_volume(call: Call, wanted: Record) -> Record | None:
    if "block_device_mapping_v2" not in wanted:
        return None
    mapping = wanted["block_device_mapping_v2"][0]
    volume = find_volume(call, mapping["uuid"], 400)
    if volume["status"] != "available" or not volume["bootable"]:
        raise ApiError(400, f"Block Device {volume['id']} is not bootable.")
    if mapping["boot_index"] != "0":
        raise ApiError(400, "Boot sequence for the instance and image/block device mapping combination is not valid.")
    return volume


def find_networks(call: Call, wanted: Record) -> list[Record]:
    """The networks of the wanted NICs; 400 for one that does not exist or an address that does not fit."""
    return [network_of_nic(call, nic) for nic in wanted.get("networks", [])]


def network_of_nic(call: Call, nic: Record) -> Record:
    """The network of a wanted NIC, which is a port or has an address."""
    if "port" in nic:
        port = call.world.find("ports", nic["port"], 400)
        if port["server_id"]:
            raise ApiError(409, f"Port {port['id']} is still in use.")
        return call.world.find("networks", port["network_id"])
    network = call.world.find("networks", nic["uuid"], 400)
    if not _allocation.subnets_of(call.world, network):
        raise ApiError(400, f"Network {network['id']} requires a subnet in order to boot instances on.")
    if nic.get("fixed_ip"):
        _allocation.check_free(call.world, network, nic["fixed_ip"])
    return network


def check_key(call: Call, wanted: Record) -> None:
    name = wanted.get("key_name")
    if name and not any(
        keypair["name"] == name and keypair["user_id"] == call.user_id
        for keypair in call.world.table("keypairs").values()
    ):
        raise ApiError(400, "Invalid key_name provided.")


def check_security_groups(call: Call, wanted: Record) -> None:
    known = {name for group in call.world.table("security_groups").values() for name in (group["name"], group["id"])}
    for entry in wanted.get("security_groups", []):
        if entry["name"] not in known or entry.get("id", entry["name"]) not in known:
            raise ApiError(400, f"Security group {entry.get('id', entry['name'])} not found")


def _plug(world: World, server: Record, network: Record, address: str | None) -> None:
    server["nics"].append(new_port(world, server, network, address)["id"])


def new_port(world: World, server: Record, network: Record, address: str | None, status: str = "ACTIVE") -> Record:
    """A port that goes with its server."""
    return world.seed(
        "ports",
        {
            "network_id": network["id"],
            "project_id": server["project_id"],
            "server_id": server["id"],
            "ip": address,
            "status": status,
            "owned": True,
        },
    )


def failed(world: World, server: Record, reason: str = NO_HOST) -> None:
    """The end of a creation that comes to nothing."""
    fault = {"code": 500, "created": iso(world.clock.now()), "message": reason}
    server.update(task=None, status="ERROR", fault=fault)


def built(world: World, server: Record, flavor: Record) -> None:
    server["task"] = None
    if world.settings.fails(server["name"], flavor["name"]):
        failed(world, server)
        return
    server.update(status="ACTIVE", launched=world.clock.now())
    if server["root_volume"]:
        volume = world.table("volumes")[server["root_volume"]]
        volume["status"] = "in-use"
        volume["attachments"][server["id"]]["ready"] = True


def _gone(world: World, server: Record) -> None:
    world.table("servers").pop(server["id"], None)
    for port in [port for port in world.table("ports").values() if port["server_id"] == server["id"]]:
        devices.release_port(world, port)
    for volume in list(world.table("volumes").values()):
        attachment = volume["attachments"].get(server["id"])
        if attachment is None:
            continue
        devices.release_volume(volume, server)
        if attachment["delete"]:
            del world.table("volumes")[volume["id"]]
    for group in world.table("server_groups").values():
        group["members"] = [member for member in group["members"] if member != server["id"]]


# --- lists and views --------------------------------------------------------------------------------------------


def passes(call: Call, server: Record) -> bool:
    query = call.query
    if "name" in query and not _matches(query["name"], server["name"]):
        return False
    if "host" in query and not _matches(query["host"], server["host"]):
        return False
    if "status" in query and server["status"].lower() != query["status"].lower():
        return False
    if "changes-since" in query and iso(server["updated"]) < query["changes-since"]:
        return False
    return (
        query.get("image", server["image_id"]) == server["image_id"]
        and query.get("flavor", server["flavor_id"]) == server["flavor_id"]
    )


def _matches(pattern: str, text: str) -> bool:
    try:
        return bool(re.search(pattern, text, re.IGNORECASE))
    except re.error as error:
        raise ApiError(400, f"{pattern!r} is no regular expression: {error}") from None


def _listed(call: Call, views: list[Record], more: bool) -> Answer:
    body: Record = {"servers": views}
    # Without a link nobody can know that a page has less than was asked for.
    asked = int(call.query.get("limit", len(views)))
    is_cut = asked > call.world.settings.max_limit
    if more and views and (call.openstack or is_cut):
        path = call.request.path.removeprefix("/os/compute/v1")
        body["servers_links"] = [internal_link(f"{path}?limit={asked}&marker={views[-1]['id']}", "next")]
    return Answer(200, body)


def _link(server: Record) -> Record:
    return internal_link(f"/v2/{server['project_id']}/servers/{server['id']}")


def _reference(server: Record, kind: str, key: str) -> Record:
    return {"id": key, "links": [internal_link(f"/{server['project_id']}/{kind}/{key}", "bookmark")]}


def _vm_state(server: Record) -> tuple[str, int]:
    """During an action it stays what it was before; a resize is over for a stopped server without its being started."""
    if server["status"] == "VERIFY_RESIZE":
        return "resized", _STATES[server["before_resize"]["status"]][1] if server["before_resize"] else 1
    return _STATES.get(server["status"]) or _STATES.get(server["rested"]) or ("active", 1)


def _flavor(world: World, server: Record) -> Record:
    flavor = world.table("flavors").get(server["flavor_id"])
    if world.settings.server_flavor == "id" or flavor is None:
        return _reference(server, "flavors", server["flavor_id"])
    sizes = {name: flavor[name] for name in ("vcpus", "ram", "disk")}
    return {"original_name": flavor["name"], **sizes, "ephemeral": 0, "swap": 0, "extra_specs": {}}


def view(call: Call, server: Record) -> Record:
    world, openstack = call.world, call.openstack
    vm_state, power_state = _vm_state(server)
    launched = server["launched"]
    host = None if server["status"] == "SHELVED_OFFLOADED" else server["host"]
    view = {
        "id": server["id"],
        "name": server["name"],
        "status": server["status"],
        "created": iso(server["created"]) if openstack else int(server["created"] * 1000),
        "updated": iso(server["updated"]),
        "addresses": _addresses(world, server),
        "hostId": hashlib.sha224(host.encode()).hexdigest() if host else "",
        "flavor": _flavor(world, server),
        "image": _reference(server, "images", server["image_id"]) if server["image_id"] else "" if openstack else None,
        "user_id": server["user_id"],
        "tenant_id": server["project_id"],
        "metadata": server["metadata"],
        "links": [_link(server)],
        "key_name": server["key_name"],
        "accessIPv4": "",
        "accessIPv6": "",
        "config_drive": ("True" if server["config_drive"] else "") if openstack else server["config_drive"],
        "OS-DCF:diskConfig": "MANUAL",
        "OS-EXT-AZ:availability_zone": world.find("zones", server["zone_id"])["zone"],
        "OS-EXT-SRV-ATTR:host": host,
        "OS-EXT-SRV-ATTR:hypervisor_hostname": server["node_id"],
        "OS-EXT-SRV-ATTR:instance_name": server["instance_name"],
        "OS-EXT-STS:vm_state": vm_state,
        "OS-EXT-STS:power_state": power_state,
        "OS-SRV-USG:terminated_at": None,
        "OS-SRV-USG:launched_at": iso_micros(launched) if launched else None,
    }
    if server["fault"]:
        view["fault"] = server["fault"]
    if not openstack:
        return {**view, "os-extended-volumes:volumes_attached": None, "adminPass": server["admin_pass"]}
    return {
        **view,
        "OS-EXT-STS:task_state": server["task"],
        "progress": 0,
        "security_groups": [{"name": name} for name in server["security_groups"]],
        "os-extended-volumes:volumes_attached": [
            {"id": volume["id"]} for volume in devices.attached_volumes(world, server)
        ],
    }


def _addresses(world: World, server: Record) -> Record:
    """The fixed addresses by network, each followed by the floating one that leads to it."""
    is_late = server["launched"] and world.clock.now() < server["launched"] + world.settings.address_seconds
    if server["status"] == "BUILD" or is_late:
        return {}
    addresses: dict[str, list[Record]] = {}
    floating = {record["port_id"]: record["address"] for record in world.table("floating_ips").values()}
    leaving = [port for port in server["leaving"] if port["network_id"] in world.table("networks")]
    for port in (*(world.table("ports")[port_id] for port_id in server["nics"]), *leaving):
        network = world.find("networks", port["network_id"])
        shown = addresses.setdefault(network["name"], [])
        shown.append(_address(port, port["ip"], "fixed"))
        if port["id"] in floating:
            shown.append(_address(port, floating[port["id"]], "floating"))
    return addresses


def _address(port: Record, address: str, kind: str) -> Record:
    return {"addr": address, "version": 4, "OS-EXT-IPS:type": kind, "OS-EXT-IPS-MAC:mac_addr": port["mac"]}


HANDLERS = {
    "server-create": create,
    "server-create-from-volume": create,
    "server-list": list_short,
    "server-list-detail": list_detail,
    "server-get": show,
    "server-rename": rename,
    "server-delete": delete,
}
FACTORIES = {"servers": complete}
