# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Rules of security groups in one form, in which two rules are one exactly where Neutron takes them for one.

Neutron refuses a second rule that says the same in other words: a host instead of a /32, 6 instead of tcp, all
addresses or ports instead of none. Its description makes no difference.
"""

from __future__ import annotations

import collections
import ipaddress
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created

#: what makes a rule, in the order in which rules are shown
MEMBERS = (
    "direction",
    "ether_type",
    "protocol",
    "port_range_min",
    "port_range_max",
    "remote_ip_prefix",
    "remote_group",
)

_NUMBERS = {
    "icmp": 1,
    "igmp": 2,
    "ipip": 4,
    "tcp": 6,
    "egp": 8,
    "udp": 17,
    "dccp": 33,
    "ipv6-encap": 41,
    "ipv6-route": 43,
    "ipv6-frag": 44,
    "rsvp": 46,
    "gre": 47,
    "esp": 50,
    "ah": 51,
    "ipv6-icmp": 58,
    "ipv6-nonxt": 59,
    "ipv6-opts": 60,
    "ospf": 89,
    "vrrp": 112,
    "pgm": 113,
    "sctp": 132,
    "udplite": 136,
}
_NAMES = {str(number): name for name, number in _NUMBERS.items()}
_ANY = frozenset({"", "any", "null", "none", "-1"})
_ICMP = frozenset({"icmp", "ipv6-icmp"})
_ALL_ADDRESSES = frozenset({"0.0.0.0/0", "::/0"})
_ALL_PORTS = (1, 65535)


def canonical(rule: Json) -> Json:
    """A rule in its one form, whether an option gives it, Neutron returns it, or check mode has noted it.

    Raises:
        OptionError: it is none that Neutron takes.
    """
    ether_type = rule.get("ethertype") or rule.get("ether_type") or "IPv4"
    protocol = _protocol(rule.get("protocol"), ether_type)
    least, most = _ports(rule, protocol)
    return {
        "direction": rule.get("direction") or "ingress",
        "ether_type": ether_type,
        "protocol": protocol,
        "port_range_min": least,
        "port_range_max": most,
        "remote_ip_prefix": _prefix(rule.get("remote_ip_prefix"), ether_type),
        "remote_group": rule.get("remote_group_id") or rule.get("remote_group") or None,
        "description": rule.get("description") or None,
    }


def returned(rules: t.Iterable[Json]) -> list[Json]:
    """The rules of a group as Neutron returns them; one that cannot be understood is known by its protocol only."""
    found = []
    for rule in rules:
        try:
            found.append(canonical(rule))
        except OptionError:
            found.append({**dict.fromkeys((*MEMBERS, "description")), "protocol": str(rule.get("protocol"))})
    return in_order(found)


def key(rule: Json) -> tuple[t.Any, ...]:
    """What makes a rule: two with the same are one, apart from those that name groups which do not exist yet."""
    parts = [rule[name] for name in MEMBERS]
    return tuple(TO_BE_CREATED if isinstance(part, str) and is_to_be_created(part) else part for part in parts)


def in_order(rules: t.Iterable[Json]) -> list[Json]:
    return sorted(rules, key=lambda rule: tuple(_sortable(part) for part in key(rule)))


def distinct(rules: t.Iterable[Json]) -> list[Json]:
    """Each rule once, as an option may give it several times, in several forms."""
    return list({tuple(rule[name] for name in MEMBERS): rule for rule in reversed(list(rules))}.values())[::-1]


def lacking(among: t.Iterable[Json], rules: t.Iterable[Json]) -> list[Json]:
    """The rules, of which there are no two that are one, that are not among others."""
    left, found = collections.Counter(key(rule) for rule in among), []
    for rule in rules:
        if left[key(rule)]:
            left[key(rule)] -= 1
        else:
            found.append(rule)
    return found


def merged(present: list[Json], wanted: list[Json], purge: bool) -> list[Json]:
    """The rules of a group that has what is wanted, and what it had, unless that is purged."""
    names = {key(rule) for rule in wanted}
    kept = [rule for rule in present if not purge or key(rule) in names]
    return in_order([*kept, *lacking(kept, wanted)])


def default_rules() -> list[Json]:
    """What Neutron gives a new group: everything may go out."""
    return [canonical({"direction": "egress", "ether_type": ether_type}) for ether_type in ("IPv4", "IPv6")]


def rules_of_default(group_id: str) -> list[Json]:
    """What Neutron gives the group that each project has: everything may go out, and come in from the group itself."""
    inside = [canonical({"ether_type": ether_type, "remote_group": group_id}) for ether_type in ("IPv4", "IPv6")]
    return [*default_rules(), *inside]


def described(rule: Json, name_of: t.Callable[[str], str]) -> Json:
    """A rule as an option, without what goes without saying; `name_of` returns the name of a group."""
    defaults = {"direction": "ingress", "ether_type": "IPv4"}
    given = {name: value for name, value in rule.items() if value is not None and value != defaults.get(name)}
    if rule["remote_group"]:
        given["remote_group"] = name_of(rule["remote_group"])
    return given


def to_send(rule: Json) -> Json:
    """A rule as Neutron takes it."""
    names = {"ether_type": "ethertype", "remote_group": "remote_group_id"}
    return {names.get(name, name): value for name, value in rule.items() if value is not None}


def _sortable(part: t.Any) -> tuple[bool, int, str]:
    return part is not None, part if isinstance(part, int) else 0, str(part)


def _protocol(value: t.Any, ether_type: str) -> t.Optional[str]:
    text = str("" if value is None else value).strip().lower()
    if text in _ANY:
        return None
    name = _NAMES.get(text, "ipv6-icmp" if text == "icmpv6" else text)
    if name == "icmp" and ether_type == "IPv6":
        return "ipv6-icmp"
    if name in _NUMBERS or (text.isdigit() and int(text) <= 255):
        return name
    raise OptionError(f"rules: {value!r} is not a protocol; use its name, such as tcp, or its number, 0 to 255.")


def _ports(rule: Json, protocol: t.Optional[str]) -> tuple[t.Optional[int], t.Optional[int]]:
    """The first and the last port; type and code of ICMP, of which the code may be missing."""
    least, most = rule.get("port_range_min"), rule.get("port_range_max")
    if least is None and most is None:
        return None, None
    shown = f"port_range_min {least} and port_range_max {most}"
    if protocol is None:
        raise OptionError(f"rules: {shown} need a protocol, such as tcp.")
    if protocol in _ICMP:
        if least is None or not 0 <= least <= 255 or not 0 <= (most or 0) <= 255:
            raise OptionError(f"rules: {shown} are not a type and a code of ICMP, each 0 to 255.")
        return least, most
    least, most = (most if least is None else least), (least if most is None else most)
    if least is None or most is None or not 0 <= least <= most <= _ALL_PORTS[1]:
        raise OptionError(f"rules: {shown} are not a range of ports, from 0 to {_ALL_PORTS[1]}.")
    return (None, None) if (least, most) == _ALL_PORTS else (least, most)


def _prefix(value: t.Any, ether_type: str) -> t.Optional[str]:
    if not value:
        return None
    try:
        network = ipaddress.ip_network(str(value).strip(), strict=False)
    except ValueError:
        raise OptionError(f"rules: remote_ip_prefix {value!r} is not an IP address or network.") from None
    if ether_type != f"IPv{network.version}":
        raise OptionError(f"rules: ether_type of {value} is IPv{network.version}, not {ether_type}.")
    return None if str(network) in _ALL_ADDRESSES else str(network)
