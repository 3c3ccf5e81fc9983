# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What bare-metal instances read when they start for the first time (section 1.12 of the reference, items 17 and 18).

The reference has one example of each. In flat networks it is a script with one command, a program of the image that
gets the configuration of the network cards as JSON. In networks of tenants it is a cloud-config with the password.
"""

from __future__ import annotations

import ipaddress
import json
import re
import typing as t

from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from .baremetal import _ironic

INTERFACE_OPTIONS: dict[str, dict[str, t.Any]] = {
    "nics": {"type": "list", "elements": "str", "required": True},
    "address": {"type": "str", "required": True},
    "cidr": {"type": "str", "required": True},
    "gateway": {"type": "str"},
    "route": {"type": "str"},
    "vlan_id": {"type": "int"},
    "bond_mode": {"type": "int"},
}

_PROGRAM = re.compile(r"[^\s'\"]+")
# A text that YAML takes for a text without quotes: it begins with a letter and is none of YAML's words.
_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9@_.-]*", re.IGNORECASE)


# --- flat networks: the network cards ----------------------------------------------------------------------------


def check_interfaces(interfaces: t.Sequence[Json], program: str) -> None:
    """Refuse what the program of the image could not make sense of.

    Raises:
        OptionError: which names the option, what was given, and what may be.
    """
    if not _PROGRAM.fullmatch(program):
        raise OptionError(f"interfaces_program: {program!r} may have neither blanks nor quotes.")
    for number, interface in enumerate(interfaces):
        _check_interface(f"interfaces[{number}]", interface)


def _check_interface(where: str, interface: Json) -> None:
    address = _parsed(f"{where}.address", interface["address"], ipaddress.ip_address, "an IP address")
    network = _parsed(f"{where}.cidr", interface["cidr"], ipaddress.ip_network, "a network, as 10.1.0.0 or 10.1.0.0/16")
    gateway = interface.get("gateway") or None
    if gateway is not None:
        gateway = _parsed(f"{where}.gateway", gateway, ipaddress.ip_address, "an IP address")
    for name, value in (("address", address), ("gateway", gateway)):
        if value is None:
            continue
        outside = "/" in interface["cidr"] and value not in network
        if value.version != network.version or outside:
            raise OptionError(f"{where}.{name}: {value} is not in the network {interface['cidr']} of {where}.cidr.")
    if not re.fullmatch(r"[^'\x00-\x1f]*", interface.get("route") or ""):
        raise OptionError(f"{where}.route: {interface['route']!r} may not have single quotes or line breaks.")
    vlan, mode = interface.get("vlan_id"), interface.get("bond_mode")
    if vlan is not None and not 1 <= vlan <= 4094:
        raise OptionError(f"{where}.vlan_id: {vlan} is not in the range of 1 to 4094.")
    if mode is not None and mode < 0:
        raise OptionError(f"{where}.bond_mode: {mode} is less than 0.")
    if not interface["nics"]:
        raise OptionError(f"{where}.nics: at least one network card is needed.")
    nics = [_ironic.checked_mac(f"{where}.nics", nic) for nic in interface["nics"]]
    if len(set(nics)) < len(nics):
        raise OptionError(f"{where}.nics: {', '.join(nics)}: one card stands there twice.")
    if len(nics) > 1 and mode is None:
        raise OptionError(f"{where}.bond_mode: {len(nics)} network cards make a bond, which needs a mode.")


def _parsed(where: str, text: str, parse: t.Callable[[str], t.Any], noun: str) -> t.Any:
    try:
        return parse(text)
    except ValueError:
        raise OptionError(f"{where}: {text!r} is not {noun}.") from None


def for_flat(interfaces: t.Sequence[Json], program: str) -> str:
    """The script that hands the configuration of the network cards to the program of the image."""
    configuration = json.dumps({"interfaces": [_member(entry) for entry in interfaces]}, separators=(",", ":"))
    first = "#ps1" if program.lower().endswith(".ps1") else "#!/bin/sh"
    return f"{first}\n{program} '{configuration}'"


def _member(interface: Json) -> Json:
    """One interface in the words of the reference's example: all values are texts, and only a VLAN may be missing."""
    vlan, mode = interface.get("vlan_id"), interface.get("bond_mode")
    member = {} if vlan is None else {"vlan_id": str(vlan)}
    return {
        **member,
        "ip_addr": interface["address"],
        "route": interface.get("route") or "",
        "gateway": interface.get("gateway") or "",
        "cidr": interface["cidr"],
        "bonding": "false" if mode is None else "true",
        "mode": "" if mode is None else str(mode),
        "nics": ";".join(_ironic.checked_mac("nics", nic).replace(":", "-") for nic in interface["nics"]),
    }


# --- networks of tenants: the password ---------------------------------------------------------------------------


def for_tenant(password: str) -> str:
    """The cloud-config that sets the password, which need not be changed at the first login."""
    return f"#cloud-config\npassword: {yaml_text(password)}\nchpasswd:\n  expire: false"


def yaml_text(text: str) -> str:
    """A text as YAML, in quotes where it could be taken for something else."""
    return text if _PLAIN.fullmatch(text) else f'"{"".join(map(_in_quotes, text))}"'


def _in_quotes(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if " " <= character <= "~" else f"\\U{ord(character):08x}"
