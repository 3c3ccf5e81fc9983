# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Floating IPs of neutron, with the norm of their bandwidth that CloudOS adds."""

from __future__ import annotations

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World, new_id
from . import _allocation, _neutron, networks, routers

_KIND = "floating_ips"


def list_all(call: Call) -> Answer:
    records = [record for record in call.world.table(_KIND).values() if _neutron.is_own(call, record)]
    return Answer(200, {"floatingips": _neutron.matching(call, (_view(call, record) for record in records))})


def show(call: Call) -> Answer:
    return Answer(200, {"floatingip": _view(call, _find(call))})


def create(call: Call) -> Answer:
    wanted = call.body["floatingip"]
    project_id = _neutron.owner_of_new(call, wanted)
    _check_members(call, wanted)
    network = networks.find(call, wanted["floating_network_id"])
    if not network["router:external"]:
        raise ApiError(400, f"Bad floatingip request: Network {network['id']} is not a valid external network.")
    _neutron.demand_admin_for(call, wanted, ["floating_ip_address"])
    if "floating_ip_address" in wanted:
        _allocation.check_free(call.world, network, wanted["floating_ip_address"])
    record = {
        "id": new_id(),
        "network_id": network["id"],
        "address": wanted.get("floating_ip_address"),
        "norm": wanted.get("h3c_norm"),
        "project_id": project_id,
        **_binding(call, network["id"], wanted),
    }
    return Answer(201, {"floatingip": _view(call, call.world.seed(_KIND, record))})


def update(call: Call) -> Answer:
    """A request that names no port unbinds, as in older versions of neutron."""
    record, wanted = _find(call), call.body["floatingip"]
    _check_members(call, wanted)
    record.update(_binding(call, record["network_id"], wanted, record["id"]), updated=call.world.clock.now())
    if "h3c_norm" in wanted:
        record["norm"] = wanted["h3c_norm"]
    return Answer(200, {"floatingip": _view(call, record)})


def delete(call: Call) -> Answer:
    record = _find(call)
    call.world.find("networks", record["network_id"])["used"].pop(record["address"], None)
    del call.world.table(_KIND)[record["id"]]
    return Answer(204)


def complete(world: World, fields: Record) -> Record:
    """A record of kind floating_ips; `port_id` is what it leads to, the address a free one of the network."""
    now = world.clock.now()
    record = {
        "network_id": seeds.NET_1,
        "project_id": seeds.ADMIN_PROJECT,
        "port_id": None,
        "fixed_address": None,
        "norm": None,
        "created": now,
        "updated": now,
        **fields,
    }
    network = world.find("networks", record["network_id"])
    subnet = _allocation.subnets_of(world, network)[0]
    record["address"] = record.get("address") or _allocation.free_address(network, subnet)
    network["used"][record["address"]] = record["id"]
    if record["port_id"] and not record["fixed_address"]:
        record["fixed_address"] = world.find("ports", record["port_id"])["ip"]
    return record


def _find(call: Call) -> Record:
    return _neutron.find(call, _KIND, call.path["floating_ip_id"], "Floating IP")


def _check_members(call: Call, wanted: Record) -> None:
    if call.openstack and "h3c_norm" in wanted:
        raise ApiError(400, "Unrecognized attribute(s) 'h3c_norm'")


def _binding(call: Call, network_id: str, wanted: Record, own_id: str = "") -> Record:
    """The port that a floating IP leads to, and the address there; a port has one of each external network."""
    if not wanted.get("port_id"):
        if wanted.get("fixed_ip_address"):
            raise ApiError(400, "Bad floatingip request: fixed_ip_address cannot be specified without a port_id.")
        return {"port_id": None, "fixed_address": None}
    port = _neutron.find(call, "ports", wanted["port_id"], "Port")
    address = wanted.get("fixed_ip_address", port["ip"])
    if address != port["ip"]:
        raise ApiError(400, f"Bad floatingip request: Port {port['id']} does not have fixed ip {address}.")
    _demand_router(call.world, network_id, port)
    for other in call.world.table(_KIND).values():
        if (other["port_id"], other["network_id"]) == (port["id"], network_id) and other["id"] != own_id:
            raise ApiError(409, f"Cannot associate floating IP with port {port['id']}: it has one of this network.")
    return {"port_id": port["id"], "fixed_address": address}


def _demand_router(world: World, network_id: str, port: Record) -> None:
    """404 unless a router connects the subnet of the port with the external network."""
    subnet_id = port["fixed_ips"][0]["subnet_id"]
    if not routers.connects(world, subnet_id, network_id):
        raise ApiError(
            404,
            f"External network {network_id} is not reachable from subnet {subnet_id}.  Therefore, cannot associate "
            f"Port {port['id']} with a Floating IP.",
        )


def _view(call: Call, record: Record) -> Record:
    """A port that is gone no longer has the floating IP."""
    port = call.world.table("ports").get(record["port_id"])
    if port is None:
        record.update(port_id=None, fixed_address=None)
    return {
        "id": record["id"],
        "floating_ip_address": record["address"],
        "floating_network_id": record["network_id"],
        "port_id": record["port_id"],
        "fixed_ip_address": record["fixed_address"],
        "router_id": None,
        "status": "ACTIVE" if port else "DOWN",
        "port_details": {"device_id": port["server_id"] or "", "name": port["name"]} if port else None,
        **({} if call.openstack else {"h3c_norm": record["norm"]}),
        **_neutron.owner(record),
        **_neutron.times(record),
    }


HANDLERS = {
    "floating-ip-list": list_all,
    "floating-ip-get": show,
    "floating-ip-create": create,
    "floating-ip-update": update,
    "floating-ip-delete": delete,
}
FACTORIES = {_KIND: complete}
