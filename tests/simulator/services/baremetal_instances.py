# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.12 of the reference: servers that are bare-metal nodes."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import json
import re
from typing import Any

import yaml

from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record
from . import baremetal_states as states
from . import flavors, servers

_MAC = re.compile(r"([0-9a-f]{2}-){5}[0-9a-f]{2}")
# A script of one command: a program of the image and the configuration as JSON, in single quotes.
_SCRIPT = re.compile(r"#(?:ps1|!\S.*)\n[^\s'\"]+ '(\{[^']*\})'\n?")
_INTERFACE = {"ip_addr", "route", "gateway", "cidr", "bonding", "mode", "nics"}


def create(call: Call) -> Answer:
    """Both creations: in flat networks and in those of tenants."""
    wanted, world = call.body["server"], call.world
    flavor = flavors.usable(call, wanted["flavorRef"], 400)
    image = servers.boot_image(call, wanted, flavor)
    zone, host, node = _placement(call, wanted)
    networks = servers.find_networks(call, wanted)
    servers.check_key(call, wanted)
    servers.check_security_groups(call, wanted)
    if not call.openstack:
        _check_user_data(call, wanted)
        _check_wiring(call, wanted, node)
    metadata = wanted["metadata"]
    if "do_manage" in metadata:
        metadata["do_manage"] = str(metadata["do_manage"]).lower()
    server = servers.new_server(
        call,
        networks,
        image_id=image["id"],
        flavor_id=flavor["id"],
        zone_id=zone["id"],
        host=host,
        key_name=wanted.get("key_name"),
        node_id=node["id"] if node else None,
    )
    if node is None or not _is_ready(call, node) or world.settings.fails(server["name"], flavor["name"]):
        server["node_id"] = None
        servers.later(world, server, world.settings.build_seconds, lambda: servers.failed(world, server))
        return servers.created(server)
    _claim(call, server, node, flavor, image, zone)

    def deployed() -> None:
        if server["task"] != "spawning":
            return
        if node["provision_state"] == "active":
            servers.built(world, server, flavor)
        else:
            servers.failed(world, server, f"Failed to provision instance {server['id']}: {node['last_error']}")

    states.begin(world, node, "active", deployed)
    return servers.created(server)


def _placement(call: Call, wanted: Record) -> tuple[Record, str, Record | None]:
    """Zone, compute node and bare-metal node from `zone:compute node:node`; the first that is free if none is named."""
    name, host, node_id = [*wanted.get("availability_zone", "").split(":", 2), "", ""][:3]
    zones = [zone for zone in call.world.table("zones").values() if zone["virtType"] == "BareMetal"]
    zone_id = wanted["metadata"].get("zone_uuid")
    zone = next((zone for zone in zones if zone["zone"] == name or (not name and zone_id in (None, zone["id"]))), None)
    if zone is None:
        raise ApiError(400, f"The requested availability zone is not available: {name or zone_id}")
    if zone_id != zone["id"] and not call.openstack:
        raise ApiError(400, f"server.metadata.zone_uuid {zone_id} is not the id of zone {zone['zone']}")
    if host and host not in zone["hosts"]:
        raise ApiError(400, f"Compute host {host} could not be found in zone {name}")
    nodes = call.world.table("baremetal_nodes")
    if node_id and node_id not in nodes:
        raise ApiError(400, f"Node {node_id} could not be found on compute host {host}")
    node = nodes[node_id] if node_id else next((node for node in nodes.values() if _is_ready(call, node)), None)
    return zone, host or next(iter(zone["hosts"])), node


def _is_ready(call: Call, node: Record) -> bool:
    """Whether the scheduler would take the node; that of OpenStack goes by the resource class."""
    free = node["provision_state"] == "available" and not node["instance_uuid"] and not node["maintenance"]
    known_at = (node["provision_updated"] or 0) + call.world.settings.free_seconds
    if call.world.clock.now() < known_at:
        return False
    return free and (not call.openstack or bool(node["resource_class"] and node["power_state"]))


def _claim(call: Call, server: Record, node: Record, flavor: Record, image: Record, zone: Record) -> None:
    project = call.world.find("projects", server["project_id"])
    node.update(
        instance_uuid=server["id"],
        instance_info={
            "root_gb": str(flavor["disk"]),
            "display_name": server["name"],
            "image_source": image["id"],
            "capabilities": r"\u007b'boot_option': 'local'\u007d",
            "memory_mb": str(flavor["ram"]),
            "vcpus": str(flavor["vcpus"]),
            "local_gb": str(flavor["disk"]),
            "configdrive": "******",
            "swap_mb": "0",
            "nova_host_id": server["host"],
        },
        driver_internal_info={
            "agent_url" if call.openstack else "agent_URI": "http://100.0.0.2:9999",
            "root_uuid_or_disk_id": "0x00000000",
            "is_whole_disk_image": True,
        },
        instance_properties={
            "hostName": server["name"],
            "imageId": image["id"],
            "imageName": image["name"],
            "availabilityZone": zone["zone"],
            "availabilityZoneId": zone["id"],
            "tenancy": project["name"],
            "tenancyId": project["id"],
            "userId": server["user_id"],
            "userName": server["metadata"].get("user_name", ""),
        },
    )


# --- what the reference says of user_data and metadata ----------------------------------------------------------


def _check_user_data(call: Call, wanted: Record) -> None:
    """In flat networks the configuration of the NICs as JSON, in those of tenants a password for cloud-init.

    What is neither of them is a matter of the image, which nobody looks into.
    """
    if "user_data" not in wanted:
        return
    try:
        text = base64.b64decode(wanted["user_data"], validate=True).decode()
    except binascii.Error:
        raise ApiError(400, "server.user_data is not base64") from None
    except UnicodeDecodeError:
        return
    if call.operation == "baremetal-instance-create-flat" and '"interfaces"' in text:
        _check_interfaces(text)
    elif call.operation == "baremetal-instance-create-tenant" and "passw" in text:
        _check_password(text)


def _check_interfaces(text: str) -> None:
    """A script whose argument is `{"interfaces": [{"ip_addr": ..., "cidr": ..., "nics": "MAC;MAC"}]}`."""
    script = _SCRIPT.fullmatch(text)
    try:
        data: Any = json.loads(script.group(1) if script else "")
    except ValueError:
        raise ApiError(400, "server.user_data is not a script with the configuration of NICs as JSON") from None
    interfaces = data.get("interfaces")
    if not isinstance(interfaces, list) or not interfaces or data.keys() != {"interfaces"}:
        raise ApiError(400, "server.user_data has no list of interfaces")
    for interface in interfaces:
        problem = _interface_problem(interface)
        if problem:
            raise ApiError(400, f"server.user_data: {problem}")


def _interface_problem(interface: Any) -> str | None:
    """What is not as in the example of the reference, where every value is a text and only vlan_id may be missing."""
    if not isinstance(interface, dict) or not _INTERFACE <= interface.keys() <= {*_INTERFACE, "vlan_id"}:
        return f"an interface has {', '.join(sorted(_INTERFACE))} and perhaps vlan_id"
    if not all(isinstance(value, str) for value in interface.values()):
        return "the members of an interface are texts"
    nics = interface["nics"].split(";")
    bonded = interface["bonding"] == "true"
    try:
        addresses = [ipaddress.ip_address(interface["ip_addr"])]
        addresses += [ipaddress.ip_address(interface["gateway"])] if interface["gateway"] else []
        network = ipaddress.ip_network(interface["cidr"])
    except ValueError as error:
        return str(error)
    if "/" in interface["cidr"] and not all(address in network for address in addresses):
        return f"the addresses of an interface are in its network {network}"
    if not all(_MAC.fullmatch(mac) for mac in nics) or len({*nics}) < len(nics):
        return "nics are MAC addresses with hyphens, with semicolons between them"
    if interface["bonding"] not in ("true", "false") or interface["mode"].isdecimal() != bonded:
        return "bonding is true with a mode, or false"
    if len(nics) > 1 and not bonded:
        return "several nics make a bond"
    if "vlan_id" in interface and not re.fullmatch(r"[1-9][0-9]{0,3}", interface["vlan_id"]):
        return "vlan_id is a number of one to four digits"
    return None


def _check_password(text: str) -> None:
    try:
        data: Any = yaml.safe_load(text) if text.startswith("#cloud-config") else None
    except yaml.YAMLError:
        data = None
    if not isinstance(data, dict) or not data.get("password"):
        raise ApiError(400, "server.user_data is not a cloud-config with a password")


def _check_wiring(call: Call, wanted: Record, node: Record | None) -> None:
    """node_port_map pairs each network with a port or port group of the node; force_gw_network is the gateway."""
    if call.operation == "baremetal-instance-create-flat":
        return
    metadata, nics = wanted["metadata"], wanted["networks"]
    gateways = [nic["uuid"] for nic in nics if nic["enable_gateway"] == "true"]
    forced = metadata.get("force_gw_network")
    if gateways != ([forced] if forced else []):
        raise ApiError(400, f"server.metadata.force_gw_network {forced} is not the network whose gateway is enabled")
    if "node_port_map" not in metadata:
        raise ApiError(400, "server.metadata.node_port_map has to pair each of the networks with a port")
    pairs = [pair.partition(":") for pair in metadata["node_port_map"].split(",")]
    if sorted(network for network, _colon, _port in pairs) != sorted(nic["uuid"] for nic in nics):
        raise ApiError(400, "server.metadata.node_port_map has to pair each of the networks with a port")
    known = {
        record["id"]
        for kind in ("baremetal_ports", "baremetal_portgroups")
        for record in call.world.table(kind).values()
        if node and record["node_uuid"] == node["id"]
    }
    for _network, _colon, port in pairs:
        if port not in known:
            raise ApiError(400, f"server.metadata.node_port_map: the node has no port or port group {port}")


HANDLERS = {"baremetal-instance-create-flat": create, "baremetal-instance-create-tenant": create}
