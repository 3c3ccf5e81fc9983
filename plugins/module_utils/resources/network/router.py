# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Routers, as OpenStack's Neutron has them: between the subnets of projects, and to external networks.

A router does not return its interfaces; they are read from the ports that belong to it, where the options name them.
"""

from __future__ import annotations

import collections
import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.check_memory import Effect
from ...model.coercion import coerce
from ...model.context import Context
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Outcome, Plan, Step, Wait
from . import _gateway, _own_ports, _ownership, references
from .port import PORT
from .references import API, PORT_LIST, SUBNET

_COLLECTION = f"{API}/routers"
_MEMBER = f"{_COLLECTION}/{{router_id}}"

LIST = Operation("router-list", "GET", _COLLECTION)
GET = Operation("router-get", "GET", _MEMBER)
CREATE = Operation("router-create", "POST", _COLLECTION)
UPDATE = Operation("router-update", "PUT", _MEMBER)
DELETE = Operation("router-delete", "DELETE", _MEMBER, answers=False)
# The second time, each of them is refused.
ADD_INTERFACE = Operation("router-interface-add", "PUT", f"{_MEMBER}/add_router_interface", non_repeatable=True)
REMOVE_INTERFACE = Operation(
    "router-interface-remove", "PUT", f"{_MEMBER}/remove_router_interface", non_repeatable=True
)

# Ports of routers that are spread over several hosts have owners of their own.
_INTERFACE_OWNERS = frozenset(
    f"network:{kind}" for kind in ("router_interface", "router_interface_distributed", "ha_router_replicated_interface")
)


class Router(_ownership.OwnedResource):
    name = "router"
    plural = "routers"
    id_param = "router_id"
    may_have_namesakes = True
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    read_if_asked = frozenset({"interfaces"})
    more_options: t.Mapping[str, t.Any] = {
        "remove_external_gateway": {"type": "bool", "default": False},
        "purge_interfaces": {"type": "bool", "default": False},
    }
    constraints: t.Mapping[str, t.Any] = {"mutually_exclusive": [("external_gateway", "remove_external_gateway")]}

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=255),
        option("admin_state_up", "bool", platform_default=True),
        option("external_gateway", "dict", api="external_gateway_info", spec={"options": _gateway.OPTIONS}),
        option("interfaces", "list", reference=SUBNET, spec={"elements": "str"}),
        _ownership.PROJECT,
        computed("external_fixed_ips", "list"),
        computed("status"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )

    # --- reading

    def read(self, raw: Json) -> Json:
        return {**super().read(raw), **_gateway.read(raw)}

    def as_returned(self, found: Json) -> Json:
        return {**super().as_returned(found), **_gateway.as_returned(found)}

    def reads(self, run: Context, name: str) -> bool:
        """Interfaces are detached before their router is deleted."""
        is_deleted = run.options.get("state") == "absent" or bool(run.options.get("replace"))
        return super().reads(run, name) or (name == "interfaces" and is_deleted)

    def seen(self, run: Context, raw: Json) -> t.Optional[Observation]:
        found = Observation(self.read(raw), raw)
        if not self.reads(run, "interfaces"):
            return found
        return found.changed({"interfaces": _interfaces_of(run, found["id"])})

    def enrich_all(self, run: Context, objects: list[Json]) -> list[Json]:
        """The interfaces of all routers are read at once."""
        by_router = _by_router(run.client.list_all(PORT_LIST, "ports")) if objects else {}
        return [{**found, "interfaces": by_router.get(found["id"], [])} for found in objects]

    # --- describing

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        gateway, subnets = found["external_gateway"], _interfaces_of(run, found["id"])
        description = super().describe(run, raw, {**found, "external_gateway": None, "interfaces": subnets})
        if gateway:
            description.options["external_gateway"] = _gateway.described(run, gateway)
        return description

    # --- planning

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        desired["external_gateway"] = _gateway.wanted(_ownership.for_owner(run), current)
        if desired["interfaces"] is not None:
            desired["interfaces"] = list(dict.fromkeys(desired["interfaces"]))
        return desired

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        differing = super().changes(run, current, {**desired, "external_gateway": None})
        return differing | ({"external_gateway"} if _gateway.differs(current, desired["external_gateway"]) else set())

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None:
            return
        present = current.get("interfaces") or []
        _refuse_without_gateway(run, [subnet for subnet in desired["interfaces"] or [] if subnet not in present])
        _gateway.refuse_internal(run, current, desired["external_gateway"])

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, {**desired, "external_gateway": None})
        return _gateway.predict(current, after, desired.get("external_gateway"))

    # --- steps

    def body(self, desired: Json) -> Json:
        """The members of a router; its interfaces are steps of their own."""
        body = super().body({**desired, "external_gateway": None, "interfaces": None})
        gateway = desired.get("external_gateway")
        return body if gateway is None else {**body, "external_gateway_info": _gateway.body(gateway)}

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        return [*super().create_steps(run, current, desired), *_adding(desired.get("interfaces") or [])]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        wanted = {name: desired[name] for name in changes - {"interfaces"}}
        if wanted.get("external_gateway"):
            wanted["external_gateway"] = _gateway.completed(current, wanted["external_gateway"])
        steps = [Step("update", UPDATE, body={self.name: self.body(wanted)})] if wanted else []
        if "interfaces" in changes:
            steps += _adding(subnet for subnet in desired["interfaces"] if subnet not in current["interfaces"])
            if run.options["purge_interfaces"]:
                steps += _removing(subnet for subnet in current["interfaces"] if subnet not in desired["interfaces"])
        return steps

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        return [*_removing(current["interfaces"]), *super().delete_steps(run, current)]

    def side_effects(self, run: Context, plan: Plan) -> t.Iterable[Effect]:
        """The ports of interfaces and of the gateway go with them."""
        if not {"delete", "remove_interface"} & set(plan.actions):
            return
        gone = set(plan.before["interfaces"]) - set((plan.after or {}).get("interfaces") or [])
        for port in _own_ports.going(run, {"device_id": plan.before["id"]}):
            if plan.after is None or gone & set(_own_ports.subnets_of(port)):
                yield PORT, str(port["id"]), None


def _interfaces_of(run: Context, router_id: str) -> list[str]:
    """The subnets that a router has interfaces in; those of many routers are read at once."""
    if run.full_listing:
        return _by_router(run.present_entries(references.PORT)).get(router_id, [])
    return _by_router(run.client.list_all(PORT_LIST, "ports", query={"device_id": router_id})).get(router_id, [])


def _by_router(ports: t.Iterable[Json]) -> t.Mapping[str, list[str]]:
    """The subnets that routers have interfaces in, by the ID of the router."""
    subnets: dict[str, list[str]] = collections.defaultdict(list)
    for port in ports:
        if port.get("device_owner") in _INTERFACE_OWNERS:
            of_router = subnets[str(port.get("device_id"))]
            of_router += [subnet for subnet in _own_ports.subnets_of(port) if subnet not in of_router]
    return subnets


def _refuse_without_gateway(run: Context, new: list[str]) -> None:
    """The address of a router in a subnet is that of the gateway."""
    for entry in run.entries(SUBNET) if new else []:
        if entry.get("id") in new and "gateway_ip" in entry and coerce(entry["gateway_ip"], "str") is None:
            raise OptionError(
                f"interfaces: the subnet {entry.get('name')} ({entry['id']}) has no gateway_ip, which would be the "
                "address of the router."
            )


def _adding(subnets: t.Iterable[str]) -> list[Step]:
    return [
        Step("add_interface", ADD_INTERFACE, body={"subnet_id": subnet}, proof=_proof(subnet, True))
        for subnet in subnets
    ]


def _removing(subnets: t.Iterable[str]) -> list[Step]:
    return [
        Step("remove_interface", REMOVE_INTERFACE, body={"subnet_id": subnet}, proof=_proof(subnet, False))
        for subnet in subnets
    ]


def _proof(subnet: str, there: bool) -> Wait:
    return Wait(functools.partial(_has_interface, subnet, there))


def _has_interface(subnet: str, there: bool, seen: t.Optional[Json]) -> Outcome:
    return READY if (subnet in ((seen or {}).get("interfaces") or [])) == there else PENDING


ROUTER = Router()
