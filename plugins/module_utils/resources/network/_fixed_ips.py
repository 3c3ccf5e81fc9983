# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The addresses of a port. An option may leave the address to the platform, or the subnet.

The list is given as a whole and in any order: each wanted entry is one of the addresses that are there, or a new one.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model.context import Context
from . import _addresses
from .references import SUBNET, subnet_of

OPTIONS: t.Mapping[str, t.Any] = {"subnet": {"type": "str"}, "ip_address": {"type": "str"}}


def read(entries: t.Iterable[Json]) -> list[Json]:
    return [{"subnet": entry.get("subnet_id"), "ip_address": entry.get("ip_address")} for entry in entries]


def described(run: Context, network_id: str, entries: t.Iterable[Json]) -> list[Json]:
    """The same in names of subnets, in their order."""
    kind = subnet_of(network_id)
    named = [{**entry, "subnet": run.named(kind, entry["subnet"])} for entry in entries]
    return sorted(named, key=lambda entry: [str(entry["subnet"]), str(entry["ip_address"])])


def to_send(entries: t.Iterable[Json]) -> list[Json]:
    names = {"subnet": "subnet_id", "ip_address": "ip_address"}
    return [{wire: entry[name] for name, wire in names.items() if entry.get(name) is not None} for entry in entries]


def check(entries: t.Iterable[Json]) -> None:
    for entry in entries:
        if entry.get("subnet") is None and entry.get("ip_address") is None:
            raise OptionError("fixed_ips: each entry needs subnet or ip_address.")
        canonical(entry)


def canonical(entry: Json) -> Json:
    address = entry.get("ip_address")
    address = None if address is None else _addresses.address("fixed_ips.ip_address", address)
    return {"subnet": entry.get("subnet"), "ip_address": address}


def wanted(run: Context, present: t.Sequence[Json], network_id: t.Optional[str], entries: list[Json]) -> list[Json]:
    """The wanted entries with the IDs of their subnets, which are those of the network."""
    known = {entry["subnet"] for entry in present}
    kind = subnet_of(network_id) if network_id else SUBNET
    found = []
    for entry in map(canonical, entries):
        subnet = entry["subnet"]
        if subnet is not None and subnet not in known:
            subnet = run.resolve(kind, subnet, "fixed_ips.subnet")
        found.append({**entry, "subnet": subnet})
    return found


def completed(present: t.Iterable[Json], entries: t.Sequence[Json]) -> list[Json]:
    """The wanted entries, with the addresses that are there already; those that name an address come first."""
    left, chosen = list(present), {}
    order = sorted(range(len(entries)), key=lambda number: entries[number]["ip_address"] is None)
    for number in order:
        entry = entries[number]
        match = next((other for other in left if _is(other, entry)), None)
        if match is not None:
            left.remove(match)
        chosen[number] = match or entry
    return [chosen[number] for number in range(len(entries))]


def same(present: t.Sequence[Json], entries: t.Sequence[Json]) -> bool:
    """Whether the addresses that are there are those that are wanted."""
    full = completed(present, entries)
    return len(full) == len(present) and all(entry in full for entry in present)


def _is(present: Json, entry: Json) -> bool:
    return all(present[name] == value for name, value in entry.items() if value is not None)
