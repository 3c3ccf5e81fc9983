# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The variables of a host: the properties of a server with the prefix, and its address."""

from __future__ import annotations

import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json

from .trust import DataTexts

PREFIX = "cloudos_"
# A list does not return them.
_UNKNOWN = (f"{PREFIX}volumes", f"{PREFIX}ports")
# What is returned of the node of a bare-metal instance.
_NODE_FACTS = (
    *("id", "name", "driver", "resource_class", "power_state", "provision_state", "last_error"),
    *("maintenance", "maintenance_reason", "properties"),
)


def variables_of(server: Json, texts: DataTexts) -> Json:
    """The variables of a server: its properties with the prefix, and ansible_host."""
    variables = {
        _VARIABLES[name]: value if value is None else texts[value] if value.__class__ is str else texts.of(value)
        for name, value in server.items()
    }
    for name in _UNKNOWN:
        variables.pop(name, None)
    address = _address(server)
    if address:
        variables["ansible_host"] = texts[address]
    return variables


class _Names(dict[str, str]):
    """The names of variables by those of properties, each made once."""

    def __missing__(self, name: str) -> str:
        self[name] = made = f"{PREFIX}{name}"
        return made


_VARIABLES = _Names()


def _address(server: Json) -> t.Optional[str]:
    """The first fixed IPv4 address, else the first fixed address."""
    other: t.Optional[str] = None
    for entries in server["addresses"].values():
        for entry in entries:
            if entry["type"] != "floating" and entry["addr"]:
                if entry["version"] == 4:
                    return str(entry["addr"])
                other = other or str(entry["addr"])
    return other
