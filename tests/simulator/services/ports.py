# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports of neutron: those of servers, of routers, and those that nothing uses yet."""

from __future__ import annotations

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World
from . import _allocation, _neutron


def list_all(call: Call) -> Answer:
    """The ports of the project, of all projects to administrators."""
    if call.world.settings.volumes_and_ports == "unlisted":
        raise ApiError(404, f"{call.request.method} {call.request.path} is not offered")
    records = [record for record in call.world.table("ports").values() if _neutron.is_own(call, record)]
    return Answer(200, {"ports": _neutron.matching(call, map(view, records))})


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


def _address(world: World, network: Record, wanted: str | None) -> Record:
    if wanted is None:
        subnet = _allocation.subnets_of(world, network)[0]
        return {"subnet_id": subnet["id"], "ip_address": _allocation.free_address(network, subnet)}
    found = _allocation.subnet_with(world, network, wanted)
    return {"subnet_id": found["id"] if found else None, "ip_address": wanted}


def view(port: Record) -> Record:
    return {
        "id": port["id"],
        "name": port["name"],
        "status": port["status"],
        "network_id": port["network_id"],
        "device_id": port["server_id"] or port["router_id"] or "",
        "device_owner": "compute:nova" if port["server_id"] else port["device_owner"],
        "mac_address": port["mac"],
        "fixed_ips": port["fixed_ips"],
        **_neutron.owner(port),
        **_neutron.times(port),
    }


HANDLERS = {"os-port-list": list_all}
FACTORIES = {"ports": complete}
