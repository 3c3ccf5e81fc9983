# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The network cards of a new server: one in each network, or the given ports."""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model.context import Context
from .. import _networks
from ..network.references import PORT

OPTIONS: t.Mapping[str, t.Any] = {
    "network": _networks.NETWORK_OPTION,
    "port": {"type": "str"},
    "fixed_ip": {"type": "str"},
    "gateway": {"type": "bool", "default": True},
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


def wanted(run: Context, desired: Json) -> list[Json]:
    """The network cards by ID: those of `networks`, else the given ports alone."""
    if not desired["networks"]:
        return [{"port": port} for port in desired["ports"] or []]
    return [_by_id(run, entry, f"networks[{index}]") for index, entry in enumerate(desired["networks"])]


def _by_id(run: Context, entry: Json, place: str) -> Json:
    if entry.get("port"):
        return {"port": _networks.named(run, PORT, entry["port"], f"{place}.port")}
    members = {name: entry[name] for name in ("fixed_ip", "gateway") if entry.get(name) is not None}
    return {"network": _networks.network_id(run, entry["network"], f"{place}.network"), **members}
