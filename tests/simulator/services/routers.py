# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routers of neutron: a gateway in an external network, and an interface in each subnet that they serve."""

from __future__ import annotations

import ipaddress
from typing import Any

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World
from . import _allocation, _neutron, networks, ports, subnets

_INTERFACE, _GATEWAY = "network:router_interface", "network:router_gateway"


def list_all(call: Call) -> Answer:
    records = [record for record in call.world.table("routers").values() if _neutron.is_own(call, record)]
    return Answer(200, {"routers": _neutron.matching(call, (_view(call.world, record) for record in records))})


def show(call: Call) -> Answer:
    return Answer(200, {"router": _view(call.world, _find(call))})


def create(call: Call) -> Answer:
    wanted = call.body["router"]
    project_id = _neutron.owner_of_new(call, wanted)
    gateway = wanted.get("external_gateway_info")
    addresses = _gateway_addresses(call, gateway, {}) if gateway else []
    members = {name: wanted[name] for name in ("name", "admin_state_up") if name in wanted}
    record = call.world.seed("routers", {**members, "project_id": project_id})
    if gateway:
        _set_gateway(call.world, record, gateway, addresses)
    return Answer(201, {"router": _view(call.world, record)})


def update(call: Call) -> Answer:
    record, wanted = _find(call), dict(call.body["router"])
    if "external_gateway_info" in wanted:
        gateway = wanted.pop("external_gateway_info")
        addresses = _gateway_addresses(call, gateway, record) if gateway else []
        _clear_gateway(call.world, record, keeps=bool(gateway))
        if gateway:
            _set_gateway(call.world, record, gateway, addresses)
    record.update(wanted, updated=call.world.clock.now())
    return Answer(200, {"router": _view(call.world, record)})


def delete(call: Call) -> Answer:
    record = _find(call)
    if _ports_of(call.world, record, _INTERFACE):
        raise ApiError(409, f"Router {record['id']} still has ports")
    _clear_gateway(call.world, record)
    del call.world.table("routers")[record["id"]]
    return Answer(204)


def add_interface(call: Call) -> Answer:
    record = _find(call)
    subnet = subnets.find(call, call.body["subnet_id"])
    present = [_subnet_of(call.world, port) for port in _ports_of(call.world, record, _INTERFACE)]
    if subnet in present:
        raise _bad(f"Router already has a port on subnet {subnet['id']}")
    if not subnet["gateway_ip"]:
        raise _bad("Subnet for router interface must have a gateway IP")
    for other in present:
        if ipaddress.ip_network(subnet["cidr"]).overlaps(ipaddress.ip_network(other["cidr"])):
            raise _bad(f"Cidr {subnet['cidr']} of subnet {subnet['id']} overlaps with cidr {other['cidr']}")
    network = call.world.table("networks")[subnet["network_id"]]
    if subnet["gateway_ip"] in network["used"]:
        raise ApiError(409, f"IP address {subnet['gateway_ip']} already allocated in subnet {subnet['id']}")
    address = {"subnet_id": subnet["id"], "ip_address": subnet["gateway_ip"]}
    port = _new_port(call.world, record, network, _INTERFACE, [address])
    return Answer(200, _interface(record, port))


def remove_interface(call: Call) -> Answer:
    record = _find(call)
    subnet = subnets.find(call, call.body["subnet_id"])
    for port in _ports_of(call.world, record, _INTERFACE):
        if _subnet_of(call.world, port) is subnet:
            ports.remove(call.world, port)
            return Answer(200, _interface(record, port))
    raise ApiError(404, f"Router {record['id']} has no interface on subnet {subnet['id']}")


def connects(world: World, subnet_id: str, network_id: str) -> bool:
    """Whether a router leads from a subnet to an external network."""
    return any(
        any(port["network_id"] == network_id for port in _ports_of(world, record, _GATEWAY))
        and any(_subnet_of(world, port)["id"] == subnet_id for port in _ports_of(world, record, _INTERFACE))
        for record in world.table("routers").values()
    )


def complete(world: World, fields: Record) -> Record:
    """A record of kind routers; `gateway` is the ID of its external network, `interfaces` are those of its subnets."""
    now = world.clock.now()
    fields = dict(fields)
    gateway, interfaces = fields.pop("gateway", None), fields.pop("interfaces", ())
    record = {
        "name": "",
        "project_id": seeds.ADMIN_PROJECT,
        "admin_state_up": True,
        "enable_snat": True,
        "created": now,
        "updated": now,
        **fields,
    }
    if gateway:
        network = world.find("networks", gateway)
        places = [_free(network, subnet) for subnet in _allocation.subnets_of(world, network)[:1]]
        _new_port(world, record, network, _GATEWAY, places)
    for subnet in (world.find("subnets", subnet_id) for subnet_id in interfaces):
        place = {"subnet_id": subnet["id"], "ip_address": subnet["gateway_ip"]}
        _new_port(world, record, world.find("networks", subnet["network_id"]), _INTERFACE, [place])
    return record


def _find(call: Call) -> Record:
    return _neutron.find(call, "routers", call.path["router_id"], "Router")


def _gateway_addresses(call: Call, gateway: Record, record: Record) -> list[Record]:
    """Where the gateway will be; refusals come before anything is changed. Nothing is the addresses that it has."""
    _neutron.demand_admin_for(call, gateway, ("enable_snat", "external_fixed_ips"))
    network = networks.find(call, gateway["network_id"])
    if not network["router:external"]:
        raise _bad(f"Network {network['id']} is not an external network")
    present = _ports_of(call.world, record, _GATEWAY) if record else []
    own = {port["id"] for port in present}
    wanted = [_gateway_address(call, network, entry, own) for entry in gateway.get("external_fixed_ips", [])]
    if wanted:
        return wanted
    if any(port["network_id"] == network["id"] for port in present):
        return list(present[0]["fixed_ips"])
    found = _allocation.subnets_of(call.world, network)
    return [_free(network, subnet) for subnet in found[:1]]


def _gateway_address(call: Call, network: Record, entry: Record, own: set[str]) -> Record:
    address = entry.get("ip_address")
    if address is None:
        return _free(network, subnets.find(call, entry["subnet_id"]))
    subnet = _allocation.subnet_with(call.world, network, address)
    if subnet is None or entry.get("subnet_id", subnet["id"]) != subnet["id"]:
        raise ApiError(400, f"Invalid input for operation: IP address {address} is not a valid IP of the subnet.")
    if address in network["used"] and network["used"][address] not in own:
        raise ApiError(409, f"IP address {address} already allocated in subnet {subnet['id']}")
    return {"subnet_id": subnet["id"], "ip_address": address}


def _free(network: Record, subnet: Record) -> Record:
    if subnet["network_id"] != network["id"]:
        raise ApiError(400, f"Invalid input for operation: subnet {subnet['id']} is not of network {network['id']}.")
    return {"subnet_id": subnet["id"], "ip_address": _allocation.free_address(network, subnet)}


def _set_gateway(world: World, record: Record, gateway: Record, addresses: list[Record]) -> None:
    """What is not said of address translation is as for a new gateway."""
    network = world.table("networks")[gateway["network_id"]]
    record["enable_snat"] = gateway.get("enable_snat", True)
    _clear_gateway(world, record, keeps=True)
    _new_port(world, record, network, _GATEWAY, addresses)


def _clear_gateway(world: World, record: Record, keeps: bool = False) -> None:
    for port in _ports_of(world, record, _GATEWAY):
        ports.remove(world, port)
    if not keeps:
        record["enable_snat"] = True


def _new_port(world: World, record: Record, network: Record, owner: str, addresses: list[Record]) -> Record:
    """The port of a gateway belongs to no project."""
    fields = {"network_id": network["id"], "router_id": record["id"], "device_owner": owner, "fixed_ips": addresses}
    project_id = "" if owner == _GATEWAY else record["project_id"]
    return world.seed("ports", {**fields, "project_id": project_id, "status": "ACTIVE"})


def _ports_of(world: World, record: Record, owner: str) -> list[Record]:
    return [
        port
        for port in world.table("ports").values()
        if port["router_id"] == record["id"] and port["device_owner"] == owner
    ]


def _subnet_of(world: World, port: Record) -> Record:
    return world.table("subnets")[port["fixed_ips"][0]["subnet_id"]]


def _bad(why: str) -> ApiError:
    return ApiError(400, f"Bad router request: {why}.")


def _interface(record: Record, port: Record) -> Record:
    subnet_id = port["fixed_ips"][0]["subnet_id"]
    return {
        "id": record["id"],
        "tenant_id": record["project_id"],
        "port_id": port["id"],
        "subnet_id": subnet_id,
        "subnet_ids": [subnet_id],
        "network_id": port["network_id"],
    }


def _view(world: World, record: Record) -> Record:
    gateway: Any = None
    for port in _ports_of(world, record, _GATEWAY):
        gateway = {
            "network_id": port["network_id"],
            "enable_snat": record["enable_snat"],
            "external_fixed_ips": port["fixed_ips"],
        }
    return {
        "id": record["id"],
        "name": record["name"],
        "status": "ACTIVE",
        "admin_state_up": record["admin_state_up"],
        "external_gateway_info": gateway,
        "routes": [],
        **_neutron.owner(record),
        **_neutron.times(record),
    }


HANDLERS = {
    "router-list": list_all,
    "router-get": show,
    "router-create": create,
    "router-update": update,
    "router-delete": delete,
    "router-interface-add": add_interface,
    "router-interface-remove": remove_interface,
}
FACTORIES = {"routers": complete}
