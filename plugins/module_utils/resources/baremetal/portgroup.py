# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Bare-metal port groups: network cards of a node that work as one (section 1.12 of the reference, items 14 to 16).

The body of a new one is not described in the reference; its members are those of the answer. There is no update, and
lists return the name and the address only.
"""

from __future__ import annotations

import operator
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model import canonical
from ...model.context import Context
from ...model.description import Description
from ...model.field import option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.resource import Resource
from ._ironic import (
    NODE_KIND,
    PORT_GROUP_LIST,
    PORT_GROUPS,
    all_of_nodes,
    checked_mac,
    node_port_groups,
    node_ports,
    operation,
    owner,
)
from .port import freeing_steps

CREATE = operation("baremetal-portgroup-create", "POST", PORT_GROUPS, answers=True)
DELETE = operation("baremetal-portgroup-delete", "DELETE", f"{PORT_GROUPS}/{{portgroupId}}")

# What is unique in the whole cloud, and how it is compared.
_IS_ONE: dict[str, t.Callable[[t.Any, t.Any], bool]] = {"name": operator.eq, "address": canonical.same_mac}


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
    delete_hint = "Remove the ports from it first: cloudos_baremetal_port with port_group: ''."

    fields = (
        option("id", api="uuid"),
        option("name", required=True, updatable=False, max_length=255),
        option("node", api="node_uuid", reference=NODE_KIND, updatable=False, spec={"required": True}),
        option("address", updatable=False, equals=canonical.same_mac),
        option("mode", updatable=False, returned=False),
        option("properties", "dict", updatable=False, returned=False),
    )

    def export_candidates(self, run: Context) -> list[Json]:
        """The port groups of all nodes, which only their own lists return."""
        return all_of_nodes(run, node_port_groups)

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        description = super().describe(run, raw, found)
        description.gaps["mode"] = "lists do not return it"
        return description

    def check(self, run: Context) -> None:
        super().check(run)
        if run.options.get("address") is not None:
            checked_mac("address", run.options["address"])

    def find(self, run: Context) -> Observation:
        """By id or name among the port groups of the node; the list does not repeat whose they are."""
        node = owner(run)
        if not node:
            return Observation()
        found = self.select_one(run, node_port_groups(run, node["uuid"]))
        return found.changed({"node": node["uuid"]}) if found else found

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        if desired["address"] is not None:
            desired["address"] = checked_mac("address", desired["address"])
        return desired

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        for name in sorted(changes & set(_IS_ONE)):
            self._demand_free(run, current, name, (desired or {})[name])
        if desired is None or (changes and run.options["replace"]):
            self._demand_empty(run, current)

    def _demand_empty(self, run: Context, current: Json) -> None:
        """The platform refuses to delete one that has ports, some releases with the text of a database's error."""
        ports = node_ports(run, current["node"])
        bound = sorted(str(port.get("address")) for port in ports if port.get("portgroup_uuid") == current["id"])
        if not bound:
            return
        problem = (
            f"The port group {current['name'] or current['id']} cannot be deleted; it has the ports {', '.join(bound)}."
        )
        if not run.is_blind:
            raise OptionError(problem, hint=self.delete_hint)
        run.warnings.append(problem)

    def _demand_free(self, run: Context, current: Json, name: str, wanted: str) -> None:
        """Names and addresses are unique in the whole cloud; after a deletion it is too late to be refused."""
        for raw in all_of_nodes(run, node_port_groups):
            if _IS_ONE[name](raw.get(name), wanted) and self.id_of(raw) != current["id"]:
                raise OptionError(
                    f"{name}: the port group {current['name'] or current['id']} cannot get {wanted}; "
                    f"{self.id_of(raw)} of the node {run.named(NODE_KIND, raw['node_uuid'])} has it."
                )

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        return [*super().create_steps(run, current, desired), *freeing_steps(run)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        return freeing_steps(run)

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        freeing = freeing_steps(run) if run.options.get("state") == "absent" else []  # a successor does it
        return [*super().delete_steps(run, current), *freeing]

    def body(self, desired: Json) -> Json:
        return super().body({**desired, "id": None})


BAREMETAL_PORTGROUP = BaremetalPortGroup()
