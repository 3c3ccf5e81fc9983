# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The variables of a host: the properties of a server with the prefix, and its address."""

from __future__ import annotations

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.instance import BAREMETAL_INSTANCE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER

from .trust import DataTexts

PREFIX = "cloudos_"
# A list does not return them.
_UNKNOWN = (f"{PREFIX}volumes", f"{PREFIX}ports")

#: what can be known of a host, without the prefix
PROPERTIES = frozenset(
    {*SERVER.read({}), *BAREMETAL_INSTANCE.read({}), "kind", "project", "baremetal_node", "flavor_name", "image_name"}
) - {"volumes", "ports"}
#: the variables that each host has: its address, and what distinguishes it from those of its name
ALWAYS = frozenset({"ansible_host", f"{PREFIX}id"})


def variables_of(server: Json, texts: DataTexts) -> Json:
    """The variables of a server: its properties with the prefix, and ansible_host."""
    variables = {
        _VARIABLES[name]: value if value is None else texts[value] if value.__class__ is str else texts.of(value)
        for name, value in server.items()
    }
    for name in _UNKNOWN:
        variables.pop(name, None)
    if server["ip_address"]:
        variables["ansible_host"] = variables[f"{PREFIX}ip_address"]
    return variables


class _Names(dict[str, str]):
    """The names of variables by those of properties, each made once."""

    def __missing__(self, name: str) -> str:
        self[name] = made = f"{PREFIX}{name}"
        return made


_VARIABLES = _Names()
