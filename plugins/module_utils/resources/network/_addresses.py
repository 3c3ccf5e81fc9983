# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""IP addresses and networks of options in their canonical form, and what contradicts each other among them."""

from __future__ import annotations

import ipaddress
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json


def address(option: str, value: str) -> str:
    """An address in its canonical form.

    Raises:
        OptionError: it is none.
    """
    try:
        return str(ipaddress.ip_address(value.strip()))
    except ValueError:
        raise OptionError(f"{option}: {value!r} is not a valid IP address.") from None


def network(option: str, value: str) -> str:
    """A network in its canonical form: 10.0.0.1/255.255.255.0 is 10.0.0.0/24.

    Raises:
        OptionError: it is none.
    """
    try:
        found = ipaddress.ip_network(value.strip(), strict=False) if "/" in value else None
    except ValueError:
        found = None
    if found is None:
        raise OptionError(f"{option}: {value!r} is not a valid network such as 192.0.2.0/24.")
    return str(found)


def version(cidr: str) -> int:
    return ipaddress.ip_network(cidr).version


def first(cidr: str) -> t.Optional[str]:
    """The address that the platform gives to a gateway, None for a network that is too small for hosts beside it."""
    whole = ipaddress.ip_network(cidr)
    return str(whole.network_address + 1) if whole.num_addresses > 2 else None


def default_pools(cidr: str, gateway: t.Optional[str]) -> list[Json]:
    """The pools that the platform gives to a subnet: all addresses but the first, the last and the gateway."""
    whole = ipaddress.ip_network(cidr)
    start, end = int(whole.network_address), int(whole.broadcast_address)
    if whole.num_addresses > 2:
        start, end = start + 1, end - (whole.version == 4)
    own = int(ipaddress.ip_address(gateway)) if gateway else start - 1
    ranges = [(start, own - 1), (own + 1, end)] if start <= own <= end else [(start, end)]
    kind = type(whole.network_address)
    return [{"start": str(kind(one)), "end": str(kind(other))} for one, other in ranges if one <= other]


def same_pools(pools: t.Iterable[Json], others: t.Iterable[Json]) -> bool:
    """Whether two lists have the same pools, in any order and spelling."""
    return _pairs(pools) == _pairs(others)


def _pairs(pools: t.Iterable[Json]) -> set[tuple[t.Any, t.Any]]:
    return {(ipaddress.ip_address(pool["start"]), ipaddress.ip_address(pool["end"])) for pool in pools}


def refuse_contradictions(cidr: str, gateway: t.Optional[str], pools: t.Iterable[Json]) -> None:
    """Refuse a gateway and pools that do not fit a subnet, as the platform does.

    Raises:
        OptionError: it names what does not fit.
    """
    inside = ipaddress.ip_network(cidr)
    router = ipaddress.ip_address(gateway) if gateway else None
    if router and router not in inside:
        raise OptionError(f"gateway_ip: {router} is not an address of {cidr}.")
    for pool in pools:
        start, end = ipaddress.ip_address(pool["start"]), ipaddress.ip_address(pool["end"])
        shown = f"allocation_pools: {start} to {end}"
        if start not in inside or end not in inside:
            raise OptionError(f"{shown} is not inside of {cidr}.")
        if int(start) > int(end):
            raise OptionError(f"{shown} ends before it starts.")
        if router and int(start) <= int(router) <= int(end):
            raise OptionError(
                f"{shown} has the gateway {router} in it.", hint="Specify allocation_pools without that address."
            )
