# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What is read beside a node: its ports and port groups, and what describes it in an export."""

from __future__ import annotations

import typing as t

from ...cloud.json_types import Json
from ...model.context import Context
from ...model.description import Description
from . import _node_interfaces, port
from . import _provision as states
from ._ironic import node_port_groups

# States that a description of a node can have.
_DESCRIBED = ("enroll", "manageable", "available")


def _gather_ports(run: Context, found: Json) -> Json:
    return {"ports": port.ports_of(run, found["id"], port.WIRES)}


def _gather_port_groups(run: Context, found: Json) -> Json:
    groups = [
        {"id": group.get("uuid"), "name": group.get("name") or None, "address": group.get("address") or None}
        for group in node_port_groups(run, found["id"])
    ]
    return {"port_groups": groups}


GATHER: dict[str, t.Callable[[Context, Json], Json]] = {
    "ports": _gather_ports,
    "port_groups": _gather_port_groups,
    **_node_interfaces.GATHER,
}


def complete_description(run: Context, found: Json, description: Description) -> None:
    """The state, the ports and the gaps of a node's description."""
    options, gaps = description.options, description.gaps
    state = states.rest_of(found)
    if found["instance_id"]:
        options.update(provision_state="available", give_back=False)
    elif state in _DESCRIBED:
        options["provision_state"] = state
    else:
        options.pop("provision_state", None)
        gaps["provision_state"] = f"it is {state!r}, to which no options lead"
    if found["power_state"] == "on" and not found["instance_id"] and state in _DESCRIBED:
        gaps["power_state"] = "it is on; a new node is left as its cleaning leaves it"
    capabilities = found["properties"].get("capabilities")
    if capabilities:
        options["properties"] = {**options.get("properties", {}), "capabilities": capabilities}
    ports = [port.as_option(entry, node_port_groups(run, found["id"])) for entry in port.ports_of(run, found["id"])]
    if ports:
        options["ports"] = ports
    if options.get("ipmi"):
        gaps["ipmi.password"] = "it is a secret; a new node needs it"
