# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""One form for what can be written in several ways: IP addresses, names of hosts, and MAC addresses.

Whatever has such a value is found and compared by its canonical form. What is sent is what the user wrote.
"""

from __future__ import annotations

import functools
import ipaddress
import typing as t

_SEPARATORS = frozenset(":-. ")
# How many hosts are remembered: each member of a fleet is compared with all that there are.
_MOST_HOSTS = 16384
_HEXADECIMAL = frozenset("0123456789abcdef")


def host(value: t.Any) -> t.Optional[str]:
    """An IP address or the name of a host in its canonical form; None for an empty one."""
    return _host("" if value is None else str(value))


@functools.lru_cache(maxsize=_MOST_HOSTS)
def _host(text: str) -> t.Optional[str]:
    text = text.strip()
    try:
        address = ipaddress.ip_address(text.strip("[]"))
    except ValueError:
        return text.rstrip(".").casefold() or None
    return str(getattr(address, "ipv4_mapped", None) or address)


def is_address(value: t.Any) -> bool:
    """Whether a value is an IP address."""
    try:
        ipaddress.ip_address(str(value).strip())
    except ValueError:
        return False
    return True


def same_host(one: t.Any, other: t.Any) -> bool:
    """Whether two values mean one host."""
    return host(one) == host(other)


def mac(value: t.Any) -> t.Optional[str]:
    """A MAC address in its canonical form, lower case with colons; None for anything else."""
    digits = [character for character in str(value).lower() if character not in _SEPARATORS]
    if len(digits) != 12 or not _HEXADECIMAL.issuperset(digits):
        return None
    return ":".join("".join(digits[index : index + 2]) for index in range(0, 12, 2))


def mac_or_text(value: t.Any) -> t.Optional[str]:
    """The same, where other kinds of hardware addresses stay the texts that they are; None for an empty one."""
    return mac(value) or str("" if value is None else value).strip().casefold() or None


def same_mac(one: t.Any, other: t.Any) -> bool:
    """Whether two values are one hardware address."""
    return mac_or_text(one) == mac_or_text(other)
