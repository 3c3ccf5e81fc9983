# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports of neutron: those of servers, of routers, and those that nothing uses yet."""

from __future__ import annotations

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World
from . import _allocation, _neutron, networks

# What only the owner of a network may choose, beside administrators
_OWNER_MEMBERS = ("mac_address", "port_security_enabled", "allowed_address_pairs")
_OF_ROUTER = "network:router_"


def list_all(call: Call) -> Answer:
    """The ports of the project, of all projects to administrators."""
    if call.world.settings.volumes_and_ports == "unlisted":
        raise ApiError(404, f"{call.request.method} {call.request.path} is not offered")
    records = [record for record in call.world.table("ports").values() if _neutron.is_own(call, record)]
    return Answer(200, {"ports": _neutron.matching(call, map(view, records))})


def show(call: Call) -> Answer:
    return Answer(200, {"port": view(_find(call))})


def create(call: Call) -> Answer:
    wanted = call.body["port"]
    project_id = _neutron.owner_of_new(call, wanted)
    network = networks.find(call, wanted["network_id"])
    _demand_owner_for(call, network, wanted)
    used = {port["mac"] for port in call.world.table("ports").values() if port["network_id"] == network["id"]}
    if wanted.get("mac_address") in used:
        raise ApiError(409, f"MAC address {wanted['mac_address']} is in use on network {network['id']}.")
    secured = wanted.get("port_security_enabled", network["port_security_enabled"])
    given = {name: wanted[name] for name in ("name", "admin_state_up", "mac_address") if name in wanted}
    groups = wanted.get("security_groups", _default_groups(call.world, project_id) if secured else [])
    draft = {
        **given,
        "project_id": project_id,
        "network_id": network["id"],
        "port_security_enabled": secured,
        "security_groups": _checked_groups(call, groups),
        "vnic_type": wanted.get("binding:vnic_type", "normal"),
        "allowed_address_pairs": wanted.get("allowed_address_pairs", []),
        "fixed_ips": _addresses_of_new(call, network, wanted),
    }
    _check_security(draft)
    if "mac_address" in draft:
        draft["mac"] = draft.pop("mac_address")
    return Answer(201, {"port": view(call.world.seed("ports", draft))})


def update(call: Call) -> Answer:
    record, wanted = _find(call), dict(call.body["port"])
    network = call.world.table("networks")[record["network_id"]]
    _demand_owner_for(call, network, wanted)
    if "security_groups" in wanted:
        _checked_groups(call, wanted["security_groups"])
    if "binding:vnic_type" in wanted:
        wanted["vnic_type"] = wanted.pop("binding:vnic_type")
    _check_security({**record, **wanted})
    if "fixed_ips" in wanted:
        addresses = [_chosen(call, network, entry, record["id"]) for entry in wanted.pop("fixed_ips")]
        give_back(network, record)
        record["fixed_ips"] = addresses
        take(network, record)
    record.update(wanted, updated=call.world.clock.now())
    return Answer(200, {"port": view(record)})


def delete(call: Call) -> Answer:
    """A port of a server goes, too; that of a router does not."""
    record = _find(call)
    if record["device_owner"].startswith(_OF_ROUTER):
        owner = record["device_owner"]
        raise ApiError(
            409, f"Port {record['id']} cannot be deleted directly via the port API: has device owner {owner}."
        )
    for server in call.world.table("servers").values():
        if record["id"] in server["nics"]:
            server["nics"].remove(record["id"])
    remove(call.world, record)
    return Answer(204)


def complete(world: World, fields: Record) -> Record:
    """A record of kind ports; a free address of the network is taken unless `ip` or `fixed_ips` are given."""
    number = world.next_number("mac")
    now = world.clock.now()
    record = {
        "name": "",
        "project_id": seeds.ADMIN_PROJECT,
        "network_id": seeds.NET_1,
        "server_id": None,
        "router_id": None,
        "device_owner": "",
        "status": "DOWN",
        "mac": f"fa:16:3e:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}",
        "owned": False,
        "admin_state_up": True,
        "port_security_enabled": True,
        "security_groups": [],
        "allowed_address_pairs": [],
        "vnic_type": "normal",
        "created": now,
        "updated": now,
        **fields,
    }
    network = world.find("networks", record["network_id"])
    if "fixed_ips" not in record:
        record["fixed_ips"] = [_address(world, network, record.pop("ip", None))]
    take(network, record)
    return record


def take(network: Record, port: Record) -> None:
    """Note that the addresses of a port are taken. The first one is that of a server."""
    addresses = [entry["ip_address"] for entry in port["fixed_ips"]]
    network["used"].update(dict.fromkeys(addresses, port["id"]))
    port["ip"] = addresses[0] if addresses else None


def remove(world: World, port: Record) -> None:
    """The port and its addresses go."""
    give_back(world.find("networks", port["network_id"]), port)
    del world.table("ports")[port["id"]]


def give_back(network: Record, port: Record) -> None:
    for entry in port["fixed_ips"]:
        network["used"].pop(entry["ip_address"], None)


def _find(call: Call) -> Record:
    return _neutron.find(call, "ports", call.path["port_id"], "Port")


def _demand_owner_for(call: Call, network: Record, wanted: Record) -> None:
    """403 for what only the owner of the network may choose."""
    chosen = any("ip_address" in entry for entry in wanted.get("fixed_ips", []))
    if not _neutron.is_own(call, network) and (chosen or any(name in wanted for name in _OWNER_MEMBERS)):
        raise _neutron.forbidden(call)


def _default_groups(world: World, project_id: str) -> list[str]:
    groups = world.table("security_groups").values()
    return [group["id"] for group in groups if (group["name"], group["project_id"]) == ("default", project_id)]


def _checked_groups(call: Call, wanted: list[str]) -> list[str]:
    for group_id in wanted:
        _neutron.find(call, "security_groups", group_id, "Security group")
    return wanted


def _check_security(port: Record) -> None:
    if not port["port_security_enabled"] and (port["security_groups"] or port["allowed_address_pairs"]):
        raise ApiError(409, "Port Security must be enabled in order to have allowed address pairs or security groups.")


def _addresses_of_new(call: Call, network: Record, wanted: Record) -> list[Record]:
    """Those that are wanted, else one of the first subnet; a network without subnets gives none."""
    if "fixed_ips" in wanted:
        return [_chosen(call, network, entry, None) for entry in wanted["fixed_ips"]]
    return [_address(call.world, network, None)] if _allocation.subnets_of(call.world, network) else []


def _chosen(call: Call, network: Record, entry: Record, port_id: str | None) -> Record:
    """An address of a port: a given one, or a free one of a subnet."""
    subnets = {subnet["id"]: subnet for subnet in _allocation.subnets_of(call.world, network)}
    if entry.get("subnet_id", next(iter(subnets), None)) not in subnets:
        raise _invalid(f"subnet {entry.get('subnet_id')} is not of network {network['id']}.")
    address = entry.get("ip_address")
    if address is None:
        found = subnets[entry["subnet_id"]]
        return {"subnet_id": found["id"], "ip_address": _allocation.free_address(network, found)}
    subnet = _allocation.subnet_with(call.world, network, address)
    if subnet is None or entry.get("subnet_id", subnet["id"]) != subnet["id"]:
        raise _invalid(f"IP address {address} is not a valid IP for the specified subnet.")
    if network["used"].get(address, port_id) != port_id:
        raise ApiError(409, f"IP address {address} already allocated in subnet {subnet['id']}.")
    return {"subnet_id": subnet["id"], "ip_address": address}


def _invalid(why: str) -> ApiError:
    return ApiError(400, f"Invalid input for operation: {why}")


def _address(world: World, network: Record, wanted: str | None) -> Record:
    if wanted is None:
        subnet = _allocation.subnets_of(world, network)[0]
        return {"subnet_id": subnet["id"], "ip_address": _allocation.free_address(network, subnet)}
    found = _allocation.subnet_with(world, network, wanted)
    return {"subnet_id": found["id"] if found else None, "ip_address": wanted}


def view(port: Record) -> Record:
    """Lists without an order come in one of their own; a pair without a MAC address has that of the port."""
    pairs = [{"mac_address": port["mac"], **pair} for pair in port["allowed_address_pairs"]]
    return {
        "id": port["id"],
        "name": port["name"],
        "status": port["status"],
        "network_id": port["network_id"],
        "device_id": port["server_id"] or port["router_id"] or "",
        "device_owner": "compute:nova" if port["server_id"] else port["device_owner"],
        "mac_address": port["mac"],
        "fixed_ips": sorted(port["fixed_ips"], key=lambda entry: entry["ip_address"]),
        "admin_state_up": port["admin_state_up"],
        "port_security_enabled": port["port_security_enabled"],
        "security_groups": sorted(port["security_groups"]),
        "allowed_address_pairs": sorted(pairs, key=lambda pair: pair["ip_address"]),
        "binding:vnic_type": port["vnic_type"],
        **_neutron.owner(port),
        **_neutron.times(port),
    }


HANDLERS = {
    "os-port-list": list_all,
    "os-port-get": show,
    "os-port-create": create,
    "os-port-update": update,
    "os-port-delete": delete,
}
FACTORIES = {"ports": complete}
