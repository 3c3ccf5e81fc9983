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
#: the variables that a host may lack
OPTIONAL = frozenset(f"{PREFIX}{name}" for name in PROPERTIES)
#: the variables that each host has: its address, and what distinguishes it from those of its name
ALWAYS = frozenset({"ansible_host", f"{PREFIX}id"})


# The names of the variables by those of the properties, of which there are as many sets as kinds of machines.
_names: dict[tuple[str, ...], list[str]] = {}


def variables_of(server: Json, texts: DataTexts) -> Json:
    """The variables of a server: its properties with the prefix, and ansible_host."""
    properties = (*server,)
    names = _names.get(properties)
    if names is None:
        names = _names[properties] = [f"{PREFIX}{name}" for name in properties]
    of = texts.of
    values = [
        value if value is None else texts[value] if value.__class__ is str else of(value) for value in server.values()
    ]
    variables = dict(zip(names, values))
    for name in _UNKNOWN:
        variables.pop(name, None)
    if server["ip_address"]:
        variables["ansible_host"] = variables[f"{PREFIX}ip_address"]
    return variables
