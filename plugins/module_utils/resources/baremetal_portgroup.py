# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bare-metal port groups: network cards of a node that work as one (section 1.12 of the reference, items 14 to 16).

The body of a new one is not described in the reference; its members are those of the answer. There is no update, and
lists tell the name and the address only.
"""

from __future__ import annotations

import typing as t

from ..fields import option
from ..resource import Description, Resource
from ..run import Run
from .baremetal import (
    NODE_KIND,
    PORT_GROUP_LIST,
    PORT_GROUPS,
    checked_mac,
    node_port_groups,
    operation,
    owner,
    same_address,
)

CREATE = operation("baremetal-portgroup-create", "POST", PORT_GROUPS, answers=True)
DELETE = operation("baremetal-portgroup-delete", "DELETE", f"{PORT_GROUPS}/{{portgroupId}}")


class BaremetalPortGroup(Resource):
    name = "baremetal_portgroup"
    plural = "baremetal_portgroups"
    noun = "port group"
    wrapper = "portgroup"
    list_key = "portgroups"
    wraps_body = False
    id_param = "portgroupId"
    list_operation = PORT_GROUP_LIST
    create_operation = CREATE
    delete_operation = DELETE
    delete_hint = "Ports that are bound to it have to be taken out first: cloudos_baremetal_port with port_group: ''."

    fields = (
        option("id", api="uuid"),
        option("name", required=True, changes=False, max_length=255),
        option("node", api="node_uuid", kind=NODE_KIND, changes=False, spec={"required": True}),
        option("address", changes=False, same=same_address),
        option("mode", changes=False, readable=False),
        option("properties", "dict", changes=False, readable=False),
    )

    def survey(self, run: Run) -> list[dict]:
        """The port groups of all nodes, which only their own lists tell."""
        nodes = [str(node[NODE_KIND.id]) for node in run.entries(NODE_KIND)]
        return [{**group, "node_uuid": node} for node in nodes for group in node_port_groups(run, node)]

    def describe(self, run: Run, raw: dict, found: dict) -> Description:
        description = super().describe(run, raw, found)
        description.gaps["mode"] = "lists do not tell it"
        return description

    def check(self, run: Run) -> None:
        super().check(run)
        if run.options.get("address") is not None:
            checked_mac("address", run.options["address"])

    def find(self, run: Run) -> t.Optional[dict]:
        """By id or name among the port groups of the node; the list does not repeat whose they are."""
        node = owner(run)
        found = self.pick(run, node_port_groups(run, node["uuid"])) if node else None
        return found and {**found, "node": node["uuid"]}

    def desired(self, run: Run, current: t.Optional[dict]) -> dict:
        desired = super().desired(run, current)
        if desired["address"] is not None:
            desired["address"] = checked_mac("address", desired["address"])
        return desired

    def body(self, desired: dict) -> dict:
        return super().body({**desired, "id": None})


BAREMETAL_PORTGROUP = BaremetalPortGroup()
