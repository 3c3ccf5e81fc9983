# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The switches of a compute node: how they are written, compared and checked."""

from __future__ import annotations

import base64
import binascii
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model.coercion import coerce

LONGEST_TEXT = 255

_SWITCH_OPTIONS = {
    "network": {"type": "str"},
    "net_name": {"type": "str"},
    "device": {"type": "str", "required": True},
}
SWITCHES = {
    "elements": "dict",
    "options": _SWITCH_OPTIONS,
    "mutually_exclusive": [("network", "net_name")],
    "required_one_of": [("network", "net_name")],
}


def same_switches(current: t.Any, wanted: t.Any) -> bool:
    """Both are whole lists; their order means nothing."""
    return by_net_name(current or []) == by_net_name(wanted or [])


def encoded(network: str) -> str:
    """The name of a physical network as the platform takes it."""
    return base64.b64encode(network.encode()).decode()


def decoded(net_name: t.Optional[str]) -> t.Optional[str]:
    """The name of a physical network; None for a text that is not the code of one."""
    try:
        network = base64.b64decode(net_name or "", validate=True).decode()
    except (binascii.Error, ValueError):
        return None
    return network if network and network.isprintable() else None


def switch_of(raw: Json) -> Json:
    net_name = coerce(raw.get("netName"), "str")
    return {"network": decoded(net_name), "net_name": net_name, "device": coerce(raw.get("device"), "str")}


def wanted_switch(given: Json) -> Json:
    net_name = given.get("net_name") or encoded(given["network"])
    return {"network": decoded(net_name), "net_name": net_name, "device": given["device"]}


def by_net_name(switches: t.Iterable[Json]) -> dict[str, Json]:
    """One switch for each physical network."""
    return {switch["net_name"]: switch for switch in switches}


def sent_switches(switches: t.Iterable[Json]) -> list[Json]:
    return [{"netName": switch["net_name"], "device": switch["device"]} for switch in switches]


def check_switches(given: list[Json]) -> None:
    for number, entry in enumerate(given):
        for name, value in entry.items():
            if value == "":
                raise OptionError(f"vswitches: {name} of entry {number + 1} is empty.")
    names = [wanted_switch(entry)["net_name"] for entry in given]
    for entry, name in zip(given, names):
        if len(name) > LONGEST_TEXT or len(entry["device"]) > LONGEST_TEXT:
            raise OptionError(
                f"vswitches: the platform takes {LONGEST_TEXT} characters at most, of a network in base64."
            )
        if names.count(name) > 1:
            raise OptionError(f"vswitches: the network {decoded(name) or name!r} is given more than once.")
