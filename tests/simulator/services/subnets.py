# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subnets of neutron."""

from __future__ import annotations

import ipaddress
from typing import Any

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World
from . import _allocation, _neutron, networks

_MEMBERS = (
    "id",
    "name",
    "network_id",
    "cidr",
    "ip_version",
    "gateway_ip",
    "enable_dhcp",
    "dns_nameservers",
    "host_routes",
)


def is_visible(call: Call, record: Record) -> bool:
    """Those of networks that all projects share are seen by all."""
    return _neutron.is_own(call, record) or call.world.table("networks")[record["network_id"]]["shared"]


def find(call: Call, subnet_id: str, status: int = 404) -> Record:
    return _neutron.find(call, "subnets", subnet_id, "Subnet", is_visible, status)


def list_all(call: Call) -> Answer:
    records = [record for record in call.world.table("subnets").values() if is_visible(call, record)]
    return Answer(200, {"subnets": _neutron.matching(call, map(_view, records))})


def show(call: Call) -> Answer:
    return Answer(200, {"subnet": _view(find(call, call.path["subnet_id"]))})


def create(call: Call) -> Answer:
    wanted = call.body["subnet"]
    project_id = _neutron.owner_of_new(call, wanted)
    network = networks.find(call, wanted["network_id"])
    if not _neutron.is_own(call, network):
        raise _neutron.forbidden(call)
    _check_cidr(wanted)
    for other in _allocation.subnets_of(call.world, network):
        if _overlap(wanted["cidr"], other["cidr"]):
            raise _invalid(f"Requested subnet with cidr: {wanted['cidr']} overlaps with another subnet.")
    members = {name: value for name, value in wanted.items() if name != "tenant_id"}
    draft = complete(call.world, {**members, "id": "", "project_id": project_id})
    _check_addresses(draft)
    return Answer(201, {"subnet": _view(call.world.seed("subnets", {**members, "project_id": project_id}))})


def update(call: Call) -> Answer:
    record, wanted = _own(call), call.body["subnet"]
    _check_addresses({**record, **wanted})
    record.update(wanted, updated=call.world.clock.now(), cursor=0)
    return Answer(200, {"subnet": _view(record)})


def delete(call: Call) -> Answer:
    record = _own(call)
    network = call.world.table("networks")[record["network_id"]]
    cidr = ipaddress.ip_network(record["cidr"])
    if any(ipaddress.ip_address(address) in cidr for address in network["used"]):
        raise ApiError(
            409,
            f"Unable to complete operation on subnet {record['id']}: One or more ports have an IP allocation from this "
            "subnet.",
        )
    del call.world.table("subnets")[record["id"]]
    return Answer(204)


def complete(world: World, fields: Record) -> Record:
    """A record of kind subnets; the first address is that of the gateway, and all others can be had."""
    now = world.clock.now()
    cidr = ipaddress.ip_network(fields.get("cidr", "10.40.0.0/16"))
    gateway = str(cidr.network_address + 1)
    record = {
        "name": "",
        "project_id": seeds.ADMIN_PROJECT,
        "network_id": seeds.NET_1,
        "cidr": str(cidr),
        "ip_version": cidr.version,
        "gateway_ip": gateway,
        "enable_dhcp": True,
        "dns_nameservers": [],
        "host_routes": [],
        "created": now,
        "updated": now,
        "cursor": 0,
        **fields,
    }
    return {"allocation_pools": _allocation.default_pools(record["cidr"], record["gateway_ip"]), **record}


def _own(call: Call) -> Record:
    return _neutron.find_own(call, "subnets", call.path["subnet_id"], "Subnet", is_visible)


def _check_cidr(wanted: Record) -> None:
    cidr = _parsed(ipaddress.ip_network, wanted["cidr"], "cidr")
    if str(cidr) != wanted["cidr"]:
        raise _invalid(f"'{wanted['cidr']}' isn't a recognized IP subnet cidr, '{cidr}' is recommended")
    if cidr.version != wanted["ip_version"]:
        raise _invalid(f"cidr '{cidr}' does not match the ip_version '{wanted['ip_version']}'")


def _check_addresses(subnet: Record) -> None:
    """400 for what does not belong to the subnet, 409 for a gateway that a port could get."""
    cidr = ipaddress.ip_network(subnet["cidr"])
    gateway = _parsed(ipaddress.ip_address, subnet["gateway_ip"], "gateway_ip") if subnet["gateway_ip"] else None
    if gateway and gateway not in cidr:
        raise _invalid(f"Gateway {gateway} is not valid on subnet {cidr}.")
    for pool in subnet["allocation_pools"]:
        start, end = (_parsed(ipaddress.ip_address, pool[name], name) for name in ("start", "end"))
        if start not in cidr or end not in cidr:
            raise _invalid(f"The allocation pool {start}-{end} spans beyond the subnet cidr {cidr}.")
        if start > end:
            raise _invalid(f"The allocation pool {start}-{end} is not valid.")
        if gateway and start <= gateway <= end:
            raise ApiError(409, f"Gateway ip {gateway} conflicts with allocation pool {start}-{end}.")
    for address in subnet["dns_nameservers"]:
        _parsed(ipaddress.ip_address, address, "dns_nameservers")
    for route in subnet["host_routes"]:
        _parsed(ipaddress.ip_network, route["destination"], "destination")
        _parsed(ipaddress.ip_address, route["nexthop"], "nexthop")


def _parsed(parse: Any, text: str, name: str) -> Any:
    try:
        return parse(text)
    except ValueError as error:
        raise _invalid(f"{name}: {error}") from None


def _invalid(why: str) -> ApiError:
    return ApiError(400, f"Invalid input for operation: {why}")


def _overlap(one: str, other: str) -> bool:
    first, second = ipaddress.ip_network(one), ipaddress.ip_network(other)
    return first.version == second.version and first.overlaps(second)


def _view(record: Record) -> Record:
    """Pools and routes come in an order of their own, and name servers as they were given."""
    shown = {name: record[name] for name in _MEMBERS}
    return {
        **shown,
        "allocation_pools": sorted(record["allocation_pools"], key=lambda pool: pool["end"]),
        "host_routes": sorted(record["host_routes"], key=lambda route: route["nexthop"]),
        **_neutron.owner(record),
        **_neutron.times(record),
    }


HANDLERS = {
    "subnet-list": list_all,
    "subnet-get": show,
    "subnet-create": create,
    "subnet-update": update,
    "subnet-delete": delete,
}
FACTORIES = {"subnets": complete}
