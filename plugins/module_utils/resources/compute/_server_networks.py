# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The network cards of a new server, one in each network or the given ports, and the addresses that they bring."""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model import canonical
from ...model.context import Context
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Outcome
from .. import _networks
from ..network.references import PORT

SPEC: dict[str, t.Any] = {
    "elements": "dict",
    "options": {
        "network": _networks.NETWORK_OPTION,
        "port": {"type": "str"},
        "fixed_ip": {"type": "str"},
        "gateway": {"type": "bool", "default": True},
    },
}


def described(run: Context, interface: Json) -> Json:
    """The entry for a network card that is there: its port, where people have named it, else its network."""
    port_id = str(interface.get("port_id"))
    name = run.named(PORT, port_id)
    return _networks.described(run, interface) if name == port_id else {"port": name}


def check(networks: t.Sequence[Json]) -> None:
    """Refuse entries that name nothing, or too much."""
    for index, entry in enumerate(networks):
        given = [name for name in ("network", "port") if entry.get(name)]
        if len(given) != 1:
            raise OptionError(f"networks[{index}]: specify one of network and port{', not both' if given else ''}.")
        if given == ["port"] and entry.get("fixed_ip"):
            raise OptionError(f"networks[{index}].fixed_ip: a port has its addresses already.")
        if entry.get("fixed_ip") and not canonical.is_address(entry["fixed_ip"]):
            raise OptionError(f"networks[{index}].fixed_ip: {entry['fixed_ip']!r} is not an IP address.")


def wanted(run: Context, desired: Json) -> list[Json]:
    """The network cards by ID: those of `networks`, else the given ports alone."""
    if not desired["networks"]:
        return [{"port": port} for port in desired["ports"] or []]
    return [_by_id(run, entry, f"networks[{index}]") for index, entry in enumerate(desired["networks"])]


def _by_id(run: Context, entry: Json, place: str) -> Json:
    if entry.get("port"):
        return {"port": _networks.named(run, PORT, entry["port"], place)}
    members = {name: entry[name] for name in ("fixed_ip", "gateway") if entry.get(name) is not None}
    return {"network": _networks.network_id(run, entry["network"], place), **members}


# --- addresses ---------------------------------------------------------------------------------------------------


def has_addresses(cards: t.Sequence[Json], seen: t.Optional[Json]) -> bool:
    """Whether a server shows an address, and those of choice; a platform that shows none at all is not waited for."""
    found = Observation.of(seen)
    if not cards or (found.raw and found.raw.get("addresses") is None):
        return True
    shown = [entry["addr"] for entries in found["addresses"].values() for entry in entries if entry["addr"]]
    chosen = [card["fixed_ip"] for card in cards if card.get("fixed_ip")]
    return bool(shown) and all(any(canonical.same_host(address, one) for one in shown) for address in chosen)


def with_addresses(
    evaluate: t.Callable[[t.Optional[Json]], Outcome], cards: t.Sequence[Json], seen: t.Optional[Json]
) -> Outcome:
    """What a look means where the addresses of a server that runs are waited for, too."""
    outcome = evaluate(seen)
    if outcome != READY or not seen or seen["status"] != "ACTIVE":
        return outcome
    return READY if has_addresses(cards, seen) else PENDING


def is_without_address(found: Json) -> bool:
    """Whether a server runs and shows no address yet, for people."""
    return found.get("status") == "ACTIVE" and found.get("addresses") == {}
