# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The addresses of a server or instance, as the platform returns them in several forms."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from ..cloud.responses import as_list
from ..model.coercion import as_text


def addresses_of(machine: Json) -> dict[str, list[Json]]:
    """The addresses of a server or instance by network, in one form; the reference does not say what they are like."""
    networks = machine.get("addresses") or {}
    return {net: [_address(ip) for ip in as_list(networks, net)] for net in networks}


def first_addresses(addresses: dict[str, list[Json]]) -> tuple[t.Optional[str], t.Optional[str]]:
    """The first fixed address, and the first floating one, of IPv4 before IPv6; None where there is none."""
    fixed: list[str] = []
    floating: list[str] = []
    for network in addresses.values():
        for ip in network:
            if ip["addr"]:
                (floating if ip["type"] == "floating" else fixed).append(ip["addr"])
    return _first(fixed), _first(floating)


def _first(found: list[str]) -> t.Optional[str]:
    if len(found) < 2:
        return found[0] if found else None
    return min(found, key=lambda addr: ":" in addr)


def _address(ip: t.Any) -> Json:
    ip = ip if isinstance(ip, dict) else {"addr": as_text(ip)}
    return {
        "addr": ip.get("addr"),
        "version": ip.get("version"),
        "type": ip.get("OS-EXT-IPS:type"),
        "mac_address": ip.get("OS-EXT-IPS-MAC:mac_addr"),
    }
