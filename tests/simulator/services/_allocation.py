# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses of networks: which subnet they belong to, and which are free. The taken ones stand in the network."""

from __future__ import annotations

import ipaddress

from ..errors import ApiError
from ..world import Record, World


def subnets_of(world: World, network: Record) -> list[Record]:
    """The subnets of a network, those of IPv4 first."""
    found = [subnet for subnet in world.table("subnets").values() if subnet["network_id"] == network["id"]]
    return sorted(found, key=lambda subnet: subnet["ip_version"])


def subnet_with(world: World, network: Record, address: str) -> Record | None:
    try:
        wanted = ipaddress.ip_address(address)
    except ValueError:
        return None
    subnets = subnets_of(world, network)
    return next((subnet for subnet in subnets if wanted in ipaddress.ip_network(subnet["cidr"])), None)


def check_free(world: World, network: Record, address: str) -> None:
    """400 unless the address belongs to the network and is free."""
    if subnet_with(world, network, address) is None:
        raise ApiError(400, f"Fixed IP address {address} is not valid for network {network['id']}")
    if address in network["used"]:
        raise ApiError(400, f"Fixed IP address {address} is already in use on network {network['id']}")


def free_address(network: Record, subnet: Record) -> str:
    """The next free address of the pools of a subnet; 409 where there is none."""
    for pool in subnet["allocation_pools"]:
        first, last = (int(ipaddress.ip_address(pool[end])) for end in ("start", "end"))
        for number in range(max(first, subnet["cursor"]), last + 1):
            address = str(ipaddress.ip_address(number))
            if address not in network["used"]:
                subnet["cursor"] = number
                return address
    raise ApiError(409, f"No more IP addresses available on network {network['id']}.")


def default_pools(cidr: str, gateway: str | None) -> list[Record]:
    """All addresses of a network but those of the network itself, of broadcasts and of the gateway."""
    network = ipaddress.ip_network(cidr)
    first, last = int(network.network_address) + 1, int(network.broadcast_address) - (network.version == 4)
    if network.num_addresses <= 2:
        first, last = int(network.network_address), int(network.broadcast_address)
    middle = int(ipaddress.ip_address(gateway)) if gateway else 0
    ranges = [(first, middle - 1), (middle + 1, last)] if first <= middle <= last else [(first, last)]
    kind = type(network.network_address)
    return [{"start": str(kind(start)), "end": str(kind(end))} for start, end in ranges if start <= end]
