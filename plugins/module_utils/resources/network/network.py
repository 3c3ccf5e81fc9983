# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Networks, as OpenStack's Neutron has them. CloudOS adds the availability zones that may use a network.

Only administrators set and see the attributes of the provider.
"""

from __future__ import annotations

import typing as t

from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model import check_memory
from ...model.coercion import equal_if_returned
from ...model.context import Context
from ...model.declaration import Filter
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Plan, Step
from .. import _aliases
from ..infrastructure import references as zones
from . import _own_ports, _ownership, references
from .port import PORT
from .references import NETWORK_LIST, is_for_all
from .subnet import SUBNET

_MEMBER = f"{NETWORK_LIST.path}/{{network_id}}"

GET = Operation("network-get", "GET", _MEMBER)
CREATE = Operation("network-create", "POST", NETWORK_LIST.path)
UPDATE = Operation("network-update", "PUT", _MEMBER)
DELETE = Operation("network-delete", "DELETE", _MEMBER, answers=False)

KIND = references.NETWORK

_PROVIDER = ("provider_network_type", "provider_physical_network", "provider_segmentation_id")


class Network(_ownership.OwnedResource):
    name = "network"
    plural = "networks"
    id_param = "network_id"
    may_have_namesakes = True
    list_operation = NETWORK_LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    filters: t.Mapping[str, Filter] = {
        "external": Filter("router:external", {"type": "bool"}),
        "shared": Filter("shared", {"type": "bool"}),
    }

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=255),
        option("admin_state_up", "bool", platform_default=True),
        option("shared", "bool", platform_default=False),
        option("external", "bool", api="router:external", platform_default=False),
        option("mtu", "int", spec=_aliases.MTU),
        option("port_security_enabled", "bool", platform_default=True),
        option(
            "provider_network_type",
            api="provider:network_type",
            updatable=False,
            equals=equal_if_returned,
            spec={"choices": ["flat", "vlan", "vxlan", "gre", "geneve", "local"]},
        ),
        option(
            "provider_physical_network",
            api="provider:physical_network",
            updatable=False,
            equals=equal_if_returned,
            min_length=1,
        ),
        option(
            "provider_segmentation_id",
            "int",
            api="provider:segmentation_id",
            updatable=False,
            equals=equal_if_returned,
        ),
        option(
            "availability_zones",
            "list",
            api="alias_zone_ids",
            reference=zones.KIND,
            whole=True,
            spec={"elements": "str"},
        ),
        _ownership.PROJECT,
        computed("subnets", "list"),
        computed("status"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )

    # --- reading

    def is_open(self, raw: Json) -> bool:
        return is_for_all(raw)

    # --- describing

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """The segment of an internal network is one that the platform has chosen."""
        chosen = {} if found["external"] else dict.fromkeys(_PROVIDER)
        return super().describe(run, raw, {**found, **chosen})

    # --- planning

    def missing(self, run: Context, desired: Json) -> list[str]:
        place = (desired.get("provider_physical_network"), desired.get("provider_segmentation_id"))
        is_untyped = desired.get("provider_network_type") is None and any(value is not None for value in place)
        return [*super().missing(run, desired), *(["provider_network_type"] if is_untyped else [])]

    # --- steps

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        body = {self.name: self.body({name: desired[name] for name in changes})}
        return [Step("update", UPDATE, body=body)]

    def side_effects(self, run: Context, plan: Plan) -> t.Iterable[check_memory.Effect]:
        """Its subnets go with it, also those that earlier tasks of a checked play would make, and ports for DHCP."""
        if "delete" not in plan.actions:
            return
        of_play = [note for note in check_memory.notes_about(run, SUBNET) if not note.is_gone]
        new = [note.key for note in of_play if note.values.get("network") == plan.before["id"]]
        for subnet_id in dict.fromkeys([*(plan.before.get("subnets") or []), *new]):
            yield SUBNET, subnet_id, None
        for port in _own_ports.going(run, {"network_id": plan.before["id"]}):
            yield PORT, str(port["id"]), None


NETWORK = Network()
