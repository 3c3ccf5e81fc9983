# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Bare-metal ports: the network cards of nodes (section 1.12 of the reference, items 10 to 13).

A port belongs to one node and is known by its MAC address. It can be bound to a port group of its node and taken out
of it; Ironic wants the node in maintenance for that, unless it has not been provided yet.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.responses import unwrap
from ...model import canonical, check_memory
from ...model.coercion import coerce
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import OWN_ID, PENDING, READY, Outcome, Step, Wait
from ...model.resource import Resource
from . import _provision as states
from ._ironic import (
    NODE_GET,
    NODE_KIND,
    PORT_CREATE,
    PORT_DELETE,
    PORT_LIST,
    PORTS,
    all_of_nodes,
    checked_mac,
    node_port_groups,
    node_ports,
    operation,
    owner,
    port_group_id,
)
from ._patch import change

PATCH = operation("baremetal-port-patch", "PATCH", f"{PORTS}/{{portId}}")

# What the options are called in the API.
_MEMBERS = {"port_group": "portgroup_uuid", "pxe_enabled": "pxe_enabled"}
# How a port is wired, which only the platform and its inspection know.
WIRES = ("physical_network", "local_link_connection")


class BaremetalPort(Resource):
    name = "baremetal_port"
    plural = "baremetal_ports"
    noun = "bare-metal port"
    wrapper = "port"
    list_key = "ports"
    wraps_body = False
    id_param = "portId"
    identified_by = ("address", "id")
    list_operation = PORT_LIST
    create_operation = PORT_CREATE
    delete_operation = PORT_DELETE

    fields = (
        option("id", api="uuid"),
        option("node", api="node_uuid", reference=NODE_KIND, updatable=False, spec={"required": True}),
        option("address", updatable=False, required=True, equals=canonical.same_mac),
        option("port_group", api="portgroup_uuid"),
        option("pxe_enabled", "bool"),
        computed("physical_network"),
        computed("local_link_connection", "dict"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )

    def describe_identity(self, options: t.Mapping[str, t.Any]) -> str:
        return f"has the address {options['address']}" if options.get("address") else super().describe_identity(options)

    def check(self, run: Context) -> None:
        if run.options.get("address") is not None:
            checked_mac("address", run.options["address"])

    def find(self, run: Context) -> Observation:
        """By id or MAC address among the ports of the node, which is where the platform lists them."""
        node = owner(run)
        if node is None:
            return Observation()
        wanted_id, address = run.options.get("id"), run.options.get("address")
        for raw in node_ports(run, node["uuid"]):
            if raw.get("uuid") == wanted_id or (not wanted_id and canonical.same_mac(raw.get("address"), address)):
                return Observation({**self.read(raw), "node": node["uuid"]}, raw)
        return Observation()

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        if desired["address"] is not None:
            desired["address"] = checked_mac("address", desired["address"])
        group = desired["port_group"]
        if group and group != current.get("port_group"):
            groups = node_port_groups(run, desired["node"]) if owner(run) else []
            desired["port_group"] = port_group_id(run, groups, group, "port_group")
        return desired

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired and "address" in changes:
            self._demand_free_address(run, current, desired["address"])

    def _demand_free_address(self, run: Context, current: Json, address: str) -> None:
        """They are unique in the whole cloud; a port that is replaced would be gone before the platform says so."""
        for raw in all_of_nodes(run, node_ports):
            if canonical.same_mac(raw.get("address"), address) and self.id_of(raw) != current["id"]:
                raise OptionError(
                    f"address: the port {current['address']} ({current['id']}) cannot get the address {address}; "
                    f"the port {self.id_of(raw)} of the node {run.named(NODE_KIND, raw['node_uuid'])} has it."
                )

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        return {**after, "pxe_enabled": after["pxe_enabled"] is not False}

    def body(self, desired: Json) -> Json:
        return super().body({**desired, "id": None, "port_group": desired["port_group"] or None})

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        edited = {name: desired[name] for name in _MEMBERS if name in changes}
        if not edited:
            return freeing_steps(run)
        place = {"baremetalId": current["node"]}
        node = _node_now(run, current["node"])
        steps = [_edit(_word(edited), current, edited)]
        if states.is_left_over(node):
            return [*steps, states.maintenance_off(place)]
        return states.in_maintenance(node, steps, place)

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        return [*super().create_steps(run, current, desired), *freeing_steps(run)]

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        freeing = freeing_steps(run) if run.options.get("state") == "absent" else []  # a successor does it
        return [*super().delete_steps(run, current), *freeing]


def freeing_steps(run: Context) -> list[Step]:
    """The end of the maintenance that an interrupted edit left on the node; any task about what it has does it."""
    node = owner(run)
    if node is None or not states.is_left_over(_state_of(node)):
        return []
    if not states.is_left_over(_node_now(run, node["uuid"])):  # an earlier item of a loop may have ended it
        return []
    return [states.maintenance_off({"baremetalId": node["uuid"]})]


def _node_now(run: Context, node_id: str) -> Json:
    raw = unwrap(run.client.call(NODE_GET, {"baremetalId": node_id}), "node", "nodes")
    nodes = check_memory.references(run, NODE_KIND, [raw])
    return _state_of(next((node for node in nodes if node.get(NODE_KIND.id) == node_id), raw))


def _state_of(raw: Json) -> Json:
    """What decides whether the ports of a node can be edited."""
    members = ("provision_state", "target_provision_state", "maintenance_reason")
    return {**{name: raw.get(name) for name in members}, "maintenance": bool(coerce(raw.get("maintenance"), "bool"))}


def _edit(action: str, current: Json, wanted: Json) -> Step:
    """The step that gives a port the wanted group and PXE flag."""
    patch = [change(f"/{_MEMBERS[name]}", current[name], value) for name, value in wanted.items()]
    return Step(action, PATCH, {"portId": current["id"]}, patch)


def _word(wanted: Json) -> str:
    if "port_group" not in wanted:
        return "update"
    return "bind" if wanted["port_group"] else "unbind"


# --- the ports of a node, as the node module sees them -----------------------------------------------------------


def ports_of(run: Context, node_id: str, more: t.Sequence[str] = ()) -> list[Json]:
    """The ports of a node in the form of the option `ports`, with their ids and perhaps more of their properties."""
    found = [BAREMETAL_PORT.read(raw) for raw in node_ports(run, node_id)]
    return [
        {
            **_entry(
                port["id"], canonical.mac(port["address"]) or port["address"], port["port_group"], port["pxe_enabled"]
            ),
            **{name: port[name] for name in more},
        }
        for port in found
    ]


def as_option(port: Json, groups: list[Json]) -> t.Union[str, Json]:
    """A port as an entry of the option: its address, and what is not usual of it; its group by its name."""
    names = {group.get("uuid"): group.get("name") for group in groups}
    described: dict[str, t.Any] = {"address": port["address"]}
    if port["port_group"]:
        described["port_group"] = names.get(port["port_group"]) or port["port_group"]
    if port["pxe_enabled"] is False:
        described["pxe_enabled"] = False
    return described if len(described) > 1 else port["address"]


def _entry(port_id: t.Optional[str], address: t.Optional[str], group: t.Optional[str], pxe: t.Optional[bool]) -> Json:
    return {"id": port_id, "address": address, "port_group": group, "pxe_enabled": pxe}


def given_ports(entries: list[t.Any]) -> list[Json]:
    """The entries of the option `ports`, each a dictionary with only what is given.

    Raises:
        OptionError: an entry is neither a MAC address nor a dictionary with one, or an address is there twice.
    """
    given = [_given_port(entry) for entry in entries]
    addresses = [port["address"] for port in given]
    twice = sorted({address for address in addresses if addresses.count(address) > 1})
    if twice:
        raise OptionError(f"ports: {', '.join(twice)} is there more than once.")
    return given


def _given_port(entry: t.Any) -> Json:
    if not isinstance(entry, dict):
        return {"address": checked_mac("ports", entry)}
    unknown = sorted(set(entry) - {"address", *_MEMBERS})
    if unknown:
        allowed = ", ".join(["address", *_MEMBERS])
        raise OptionError(f"ports: a port has no {', '.join(map(repr, unknown))}; it may have {allowed}.")
    given = {name: value for name, value in entry.items() if value is not None}
    if "pxe_enabled" in given:
        given["pxe_enabled"] = coerce(given["pxe_enabled"], "bool")
        if not isinstance(given["pxe_enabled"], bool):
            raise OptionError(f"ports: pxe_enabled is true or false, not {entry['pxe_enabled']!r}.")
    return {**given, "address": checked_mac("ports", given.get("address"))}


def wanted_ports(run: Context, node: t.Optional[Json], entries: list[t.Any]) -> list[Json]:
    """The ports that a node shall have, with what the option does not say as it is, or as it is for a new port."""
    present = {port["address"]: port for port in (node or {}).get("ports") or []}
    groups: t.Optional[list[Json]] = None
    wanted = []
    for port in given_ports(entries):
        old = present.get(port["address"]) or _entry(None, port["address"], None, True)
        group = port.get("port_group", old["port_group"]) or None
        if group and group != old["port_group"]:
            if groups is None:
                groups = node_port_groups(run, node["id"]) if node else []
            group = port_group_id(run, groups, str(group), "ports")
        wanted.append(_entry(old["id"], port["address"], group, port.get("pxe_enabled", old["pxe_enabled"])))
    return wanted


def merged_ports(current: t.Optional[list[Json]], wanted: list[Json]) -> list[Json]:
    """The ports of a node with the wanted ones among them."""
    changed = {port["address"]: port for port in wanted}
    kept = [changed.pop(port["address"], port) for port in current or []]
    return [*kept, *changed.values()]


def port_steps(node: t.Optional[Json], wanted: list[Json], purges: bool) -> tuple[list[Step], list[Step]]:
    """The steps that give a node the wanted ports, and apart from them the edits, for which maintenance is needed."""
    present = {port["address"]: port for port in (node or {}).get("ports") or []}
    steps, edits = [], []
    for port in wanted:
        old = present.pop(port["address"], None)
        if old is None:
            steps.append(_add(port))
        elif old != port:
            edits.append(_edit("edit_port", old, {name: port[name] for name in _MEMBERS if old[name] != port[name]}))
    if purges:
        steps += [Step("delete_port", PORT_DELETE, {"portId": port["id"]}) for port in present.values()]
    return steps, edits


def _add(port: Json) -> Step:
    body = {"node_uuid": OWN_ID, "address": port["address"]}
    if port["port_group"]:
        body["portgroup_uuid"] = port["port_group"]
    if port["pxe_enabled"] is False:
        body["pxe_enabled"] = False
    proof = Wait(functools.partial(_has_port, port["address"]), read=_with_ports)
    return Step("add_port", PORT_CREATE, body=body, proof=proof)


def _with_ports(run: Context, node: t.Optional[Json]) -> Json:
    return {"ports": ports_of(run, node["id"])} if node else {}


def _has_port(address: str, seen: t.Optional[Json]) -> Outcome:
    ports = (seen or {}).get("ports") or []
    return READY if any(port["address"] == address for port in ports) else PENDING


BAREMETAL_PORT = BaremetalPort()
