# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.12 of the reference: bare-metal nodes, their ports and port groups."""

from __future__ import annotations

import copy
import ipaddress
import re
from collections.abc import Callable
from typing import Any

from ..call import Answer, Call, Handler, page
from ..clock import iso
from ..errors import ApiError
from ..world import Record, World
from . import baremetal_interfaces as interfaces
from . import baremetal_states as states

NODES, PORTS, GROUPS = "baremetal_nodes", "baremetal_ports", "baremetal_portgroups"
MASK = "******"
_INTERNAL = "http://api-kinton-service.default.svc.cloudos:9000/v1"
_INTERFACES = interfaces.DEFAULTS

# What a JSON patch may change, beside the interfaces.
_NODE_MEMBERS = (
    "name",
    "driver",
    "driver_info",
    "properties",
    "extra",
    "instance_info",
    "instance_uuid",
    "chassis_uuid",
    "resource_class",
    "maintenance",
    *_INTERFACES,
)
_PORT_MEMBERS = (
    "address",
    "node_uuid",
    "portgroup_uuid",
    "pxe_enabled",
    "local_link_connection",
    "physical_network",
    "extra",
)
_GROUP_MEMBERS = ("address", "node_uuid", "name", "mode", "properties", "standalone_ports_supported", "extra")
_OBJECTS = {"driver_info", "properties", "extra", "instance_info", "local_link_connection"}
_MANDATORY = {"driver", "node_uuid", "address", "mode"}
_CONNECTIVITY = {"portgroup_uuid", "pxe_enabled", "local_link_connection", "physical_network"}
_WIRE = {"switch_id", "port_id"}
_REWIRABLE = ("enroll", "inspecting", "manageable")
_UNUSED = (*_REWIRABLE, "available")
_NAME = re.compile(r"[A-Za-z0-9._~-]+")
_TRUE = {"1", "on", "t", "true", "y", "yes"}
_FALSE = {"0", "f", "false", "n", "no", "off"}


# --- nodes ------------------------------------------------------------------------------------------------------


def create_node(call: Call) -> Answer:
    """The reference's example has an empty string for everything but driver_info, the id too."""
    wanted = call.body
    _demand_name("node", wanted.get("name"))
    _demand_free(call.world, NODES, "name", wanted.get("name"), "node with name")
    _demand_free_controller(call, wanted["driver_info"], own_id="")
    interfaces.check(call, wanted)
    node = call.world.seed(NODES, {"power_state": None, "provision_state": "enroll", **wanted})
    if call.openstack:
        return Answer(201, _node_view(call, node))
    blank = (
        "uuid instance_uuid maintenance provision_state target_provision_state power_state target_power_state "
        "maintenance_reason last_error reservation driver instanceInfo updated_at created_at chassis_uuid"
    )
    return Answer(
        200, {**dict.fromkeys(blank.split(), ""), "driver_info": _driver_info(node), "console_enabled": False}
    )


def list_nodes(call: Call) -> Answer:
    return _paged(call, "nodes", list(call.world.table(NODES).values()), _node_view)


def show_node(call: Call) -> Answer:
    return Answer(200, _node_view(call, _node(call)))


def patch_node(call: Call) -> Answer:
    node = _node(call)
    changed = _patched(node, _NODE_MEMBERS, call.body)
    states.demand_unlocked(call.world, node)
    if node["target_provision_state"] and node["provision_state"] not in states.UPDATABLE_ON_THE_WAY:
        raise ApiError(409, f"Node {node['id']} can not be updated while a state transition is in progress.")
    if "name" in changed:
        _demand_name("node", changed["name"])
        _demand_free(call.world, NODES, "name", changed["name"], "node with name")
    if "maintenance" in changed:
        changed["maintenance"] = _boolean("maintenance", changed["maintenance"])
    interfaces.check(call, changed)
    _demand_unused(node, changed)
    if "driver_info" in changed:
        _demand_free_controller(call, changed["driver_info"], node["id"])
    node.update(changed, updated=call.world.clock.now())
    return Answer(200, _node_view(call, node) if call.openstack else None)


def delete_node(call: Call) -> Answer:
    """Its ports and port groups go with it."""
    node = _node(call)
    states.demand_unlocked(call.world, node)
    if node["instance_uuid"] and not node["maintenance"]:
        raise ApiError(409, f"Node {node['id']} is associated with instance {node['instance_uuid']}.")
    if node["provision_state"] not in states.DELETABLE and not node["maintenance"]:
        raise ApiError(
            409,
            f'Can not delete node "{node["id"]}" while it is in provision state "{node["provision_state"]}". Valid '
            f"provision states to perform deletion are: {', '.join(states.DELETABLE)}, or set the node into "
            "maintenance mode",
        )
    node["work"] += 1
    del call.world.table(NODES)[node["id"]]
    for kind in (PORTS, GROUPS):
        for record in _of_node(call.world, kind, node["id"]):
            del call.world.table(kind)[record["id"]]
    return Answer(204 if call.openstack else 200)


def provision(call: Call) -> Answer:
    node, target = _node(call), call.body["target"]
    if target == "clean" and call.openstack and not call.body.get("clean_steps"):
        raise ApiError(400, '"clean_steps" is required when setting target provision state to clean')
    if target != "clean" and "clean_steps" in call.body:
        raise ApiError(400, '"clean_steps" is only valid when setting target provision state to clean')
    interfaces.check_config_drive(call)
    states.change_provision(call.world, node, target)
    if "configdrive" in call.body:
        node["instance_info"] = {**node["instance_info"], "configdrive": call.body["configdrive"]}
    return _accepted(call)


def maintenance_on(call: Call) -> Answer:
    node = _node(call)
    states.demand_unlocked(call.world, node)
    node.update(maintenance=True, maintenance_reason=call.body.get("reason"), updated=call.world.clock.now())
    return _accepted(call)


def maintenance_off(call: Call) -> Answer:
    node = _node(call)
    states.demand_unlocked(call.world, node)
    node.update(maintenance=False, maintenance_reason=None, updated=call.world.clock.now())
    return _accepted(call)


def power(call: Call) -> Answer:
    states.change_power(call.world, _node(call), call.body["target"])
    return _accepted(call)


def raid(call: Call) -> Answer:
    node = _node(call)
    states.demand_unlocked(call.world, node)
    interfaces.set_raid(node, call.body)
    node["updated"] = call.world.clock.now()
    return Answer(204)


def complete_node(world: World, fields: Record) -> Record:
    """A record of kind baremetal_nodes; past `enroll` its power state is known."""
    number = world.next_number("node")
    state = fields.get("provision_state", "enroll")
    known = "power on" if state == "active" else "power off"
    return {
        "name": None,
        "driver": "pxe_ipmitool",
        "properties": {},
        "extra": {},
        "resource_class": None,
        "chassis_uuid": None,
        "provision_state": state,
        "target_provision_state": None,
        "power_state": None if state == "enroll" else known,
        "target_power_state": None,
        "maintenance": False,
        "maintenance_reason": None,
        "last_error": None,
        "instance_uuid": None,
        "instance_info": {},
        "driver_internal_info": {},
        "instance_properties": {},
        "target_raid_config": {},
        "created": world.clock.now(),
        "updated": None,
        "provision_updated": None,
        "inspection_started": None,
        "inspection_finished": None,
        "locked_until": 0.0,
        "work": 0,
        **dict.fromkeys(_INTERFACES),
        **fields,
        "driver_info": {
            "ipmi_address": f"172.25.{16 + number // 250}.{number % 250 + 1}",
            "ipmi_username": "admin",
            "ipmi_password": "ipmi-secret",
            **fields.get("driver_info", {}),
        },
    }


# --- ports ------------------------------------------------------------------------------------------------------


def list_ports(call: Call) -> Answer:
    ports = _of_node(call.world, PORTS, _node(call)["id"])
    return Answer(200, {"ports": [_port_view(call, port) for port in ports]})


def list_all_ports(call: Call) -> Answer:
    return _paged(call, "ports", _asked_for(call, PORTS), _port_view)


def show_port(call: Call) -> Answer:
    return Answer(200, _port_view(call, _port(call)))


def create_port(call: Call) -> Answer:
    wanted = {**call.body, "address": call.body["address"].lower()}
    node = _owner(call, wanted)
    _check_group(call.world, node["id"], wanted.get("portgroup_uuid"))
    _demand_free(call.world, PORTS, "address", wanted["address"], "port with MAC address")
    port = call.world.seed(PORTS, wanted)
    return Answer(201 if call.openstack else 200, _port_view(call, port))


def patch_port(call: Call) -> Answer:
    port = _port(call)
    node = call.world.find(NODES, port["node_uuid"])
    changed = _patched(port, _PORT_MEMBERS, call.body)
    states.demand_unlocked(call.world, node)
    wire = changed.get("local_link_connection")
    missing = sorted(_WIRE - wire.keys()) if wire else []
    if missing:
        raise ApiError(400, f"Schema error for local_link_connection: {missing[0]!r} is a required property")
    _check_group(call.world, port["node_uuid"], changed.get("portgroup_uuid"))
    in_use = node["provision_state"] == "active" or node["instance_uuid"]
    if call.openstack and "address" in changed and in_use and not node["maintenance"]:
        raise ApiError(409, f"Cannot update hardware address for port {port['id']} as node {node['id']} is active")
    # Elder releases of ironic are stricter: an address is a wire like the others.
    wires = sorted((_CONNECTIVITY if call.openstack else _CONNECTIVITY | {"address"}) & changed.keys())
    if wires and not _can_be_rewired(node):
        raise ApiError(
            409,
            f"Port {port['id']} can not have any connectivity attributes ({', '.join(wires)}) updated unless node "
            f"{node['id']} is in a {', '.join(_REWIRABLE)} state or in maintenance mode.",
        )
    if "address" in changed:
        changed["address"] = str(changed["address"]).lower()
        _demand_free(call.world, PORTS, "address", changed["address"], "port with MAC address")
    port.update(changed, updated=call.world.clock.now())
    return Answer(200, _port_view(call, port) if call.openstack else None)


def delete_port(call: Call) -> Answer:
    port = _port(call)
    node = call.world.find(NODES, port["node_uuid"])
    states.demand_unlocked(call.world, node)
    if node["instance_uuid"] and not node["maintenance"]:
        raise ApiError(409, f"Cannot delete the port {port['id']} as node {node['id']} has an instance.")
    del call.world.table(PORTS)[port["id"]]
    return Answer(204 if call.openstack else 200)


def complete_port(world: World, fields: Record) -> Record:
    """A record of kind baremetal_ports."""
    number = world.next_number("baremetal port")
    return {
        "node_uuid": "",
        "address": f"74:ea:cb:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}",
        "portgroup_uuid": None,
        "pxe_enabled": True,
        "local_link_connection": {},
        "physical_network": None,
        "extra": {},
        "created": world.clock.now(),
        "updated": None,
        **fields,
    }


# --- port groups ------------------------------------------------------------------------------------------------


def list_groups(call: Call) -> Answer:
    groups = [_group_view(call, group) for group in _asked_for(call, GROUPS)]
    shown = ("links", "uuid", "name", "address")
    return Answer(200, {"portgroups": [{name: group[name] for name in shown} for group in groups]})


def list_groups_detail(call: Call) -> Answer:
    return Answer(200, {"portgroups": [_group_view(call, group) for group in _asked_for(call, GROUPS)]})


def show_group(call: Call) -> Answer:
    return Answer(200, _group_view(call, _group(call)))


def create_group(call: Call) -> Answer:
    wanted = dict(call.body)
    if "address" in wanted:
        wanted["address"] = wanted["address"].lower()
    _owner(call, wanted)
    _demand_name("portgroup", wanted.get("name"))
    _demand_free(call.world, GROUPS, "address", wanted.get("address"), "portgroup with MAC address")
    _demand_free(call.world, GROUPS, "name", wanted.get("name"), "portgroup with name")
    group = call.world.seed(GROUPS, wanted)
    return Answer(201 if call.openstack else 200, _group_view(call, group))


def patch_group(call: Call) -> Answer:
    group = _group(call)
    node = call.world.find(NODES, group["node_uuid"])
    changed = _patched(group, _GROUP_MEMBERS, call.body)
    states.demand_unlocked(call.world, node)
    _demand_name("portgroup", changed.get("name"))
    for name, label in (("address", "MAC address"), ("name", "name")):
        if name in changed:
            _demand_free(call.world, GROUPS, name, changed[name], f"portgroup with {label}")
    group.update(changed, updated=call.world.clock.now())
    return Answer(200, _group_view(call, group))


def delete_group(call: Call) -> Answer:
    group = _group(call)
    states.demand_unlocked(call.world, call.world.find(NODES, group["node_uuid"]))
    if any(port["portgroup_uuid"] == group["id"] for port in call.world.table(PORTS).values()):
        raise ApiError(400, f"Cannot complete the requested action because portgroup {group['id']} contains ports.")
    del call.world.table(GROUPS)[group["id"]]
    return Answer(204 if call.openstack else 200)


def complete_group(world: World, fields: Record) -> Record:
    """A record of kind baremetal_portgroups."""
    return {
        "node_uuid": "",
        "name": None,
        "address": None,
        "mode": "active-backup" if world.settings.openstack else 0,
        "properties": {},
        "standalone_ports_supported": True,
        "extra": {},
        "created": world.clock.now(),
        "updated": None,
        **fields,
    }


# --- what they share --------------------------------------------------------------------------------------------


def find_node(world: World, key: str, by_name: bool, status: int = 404) -> Record:
    """The node of an id; ironic takes its name as well."""
    for node in world.table(NODES).values():
        if node["id"] == key or (by_name and node["name"] == key):
            return node
    raise ApiError(status, f"Node {key} could not be found.")


def _node(call: Call) -> Record:
    by_name = call.world.settings.node_names
    return find_node(call.world, call.path["baremetalId"], call.openstack if by_name is None else by_name)


def _port(call: Call) -> Record:
    return call.world.find(PORTS, call.path["portId"], label="Port")


def _group(call: Call) -> Record:
    return call.world.find(GROUPS, call.path["portgroupId"], label="Portgroup")


def _owner(call: Call, wanted: Record) -> Record:
    """The node of a port or port group to be made."""
    node = find_node(call.world, wanted["node_uuid"], by_name=False, status=400)
    states.demand_unlocked(call.world, node)
    return node


def _accepted(call: Call) -> Answer:
    return Answer(202 if call.openstack else 200)


def _of_node(world: World, kind: str, node_id: str) -> list[Record]:
    return [record for record in world.table(kind).values() if record["node_uuid"] == node_id]


def _asked_for(call: Call, kind: str) -> list[Record]:
    """The records of the node that the query names, or of all nodes."""
    if "node" not in call.query:
        return list(call.world.table(kind).values())
    return _of_node(call.world, kind, find_node(call.world, call.query["node"], call.openstack)["id"])


def _paged(call: Call, name: str, records: list[Record], view: Callable[[Call, Record], Record]) -> Answer:
    most = call.world.settings.max_limit
    shown, more = page(records, min(int(call.query.get("limit", most)) or most, most), call.query.get("marker"))
    body: Record = {name: [view(call, record) for record in shown]}
    if more:
        body["next"] = f"{_INTERNAL}/{name}/detail?limit={len(shown)}&marker={shown[-1]['id']}"
    return Answer(200, body)


def _demand_free(world: World, kind: str, member: str, value: str | None, label: str) -> None:
    """409 if another record of the kind has the value."""
    if value and any(record[member] == value for record in world.table(kind).values()):
        raise ApiError(409, f"A {label} {value} already exists.")


def _demand_free_controller(call: Call, driver_info: Record, own_id: str) -> None:
    """409 if another node has the management controller, however its address is written; ironic itself looks not."""
    wanted = _host(driver_info.get("ipmi_address"))
    if call.openstack or not wanted:
        return
    for node in call.world.table(NODES).values():
        if node["id"] != own_id and _host(node["driver_info"].get("ipmi_address")) == wanted:
            raise ApiError(409, f"A node with the IPMI address {wanted} already exists: {node['id']}.")


def _host(address: str | None) -> str:
    """An address or the name of a host in its shortest form."""
    text = str(address or "").strip().rstrip(".").lower()
    try:
        return ipaddress.ip_address(text).compressed
    except ValueError:
        return text


def _demand_name(kind: str, name: str | None) -> None:
    if name is not None and not _NAME.fullmatch(name):
        raise ApiError(400, f"Cannot change {kind} to invalid name {name!r}")


def _boolean(member: str, value: Any) -> bool:
    """Ironic takes words for it."""
    word = str(value).lower()
    if word not in _TRUE | _FALSE:
        raise ApiError(400, f"Invalid {member}: Unrecognized value {value!r}")
    return word in _TRUE


def _demand_unused(node: Record, changed: Record) -> None:
    """409 for what cannot be changed while a node is deployed; a resource class not even in maintenance."""
    if node["provision_state"] in _UNUSED:
        return
    pinned = [] if node["maintenance"] else sorted(changed.keys() & _INTERFACES.keys())
    pinned += ["resource_class"] if "resource_class" in changed and node["resource_class"] else []
    if pinned:
        raise ApiError(
            409,
            f"Node {node['id']} can not have {pinned[0]} updated unless it is in one of allowed ({', '.join(_UNUSED)}) "
            f"states. Current state is '{node['provision_state']}'.",
        )


def _can_be_rewired(node: Record) -> bool:
    return node["provision_state"] in _REWIRABLE or node["maintenance"]


def _check_group(world: World, node_id: str, group_id: str | None) -> None:
    if group_id is None:
        return
    group = world.find(GROUPS, group_id, 400, "Portgroup")
    if group["node_uuid"] != node_id:
        raise ApiError(400, f"Portgroup {group_id} belongs to another node than {node_id}.")


def _patched(record: Record, members: tuple[str, ...], patches: list[Record]) -> Record:
    """The members that a JSON patch changes, with their new values; 400 if it does not fit."""
    document = {name: copy.deepcopy(record[name]) for name in members}
    for patch in patches:
        _apply(document, patch, [*record, "uuid", "links", "created_at", "updated_at", "internal_info"])
    return {name: value for name, value in document.items() if value != record[name]}


def _apply(document: Record, patch: Record, known: list[str]) -> None:
    *way, last = (part.replace("~1", "/").replace("~0", "~") for part in patch["path"].strip("/").split("/"))
    root = way[0] if way else last
    if root not in document:
        if root in known:
            raise ApiError(400, f"'/{root}' is an internal attribute and can not be updated")
        raise _unfit(patch, f"Adding a new attribute (/{root}) to the root of the resource is not allowed")
    parent: Any = document
    for part in way:
        if not isinstance(parent.get(part), dict):
            raise _unfit(patch, f"member '{part}' not found")
        parent = parent[part]
    if not way and last in _OBJECTS and patch["op"] != "remove" and not isinstance(patch["value"], dict):
        raise ApiError(400, f"Schema error for patch: {patch['value']!r} is not of type 'object', 'null'")
    if patch["op"] == "add":
        parent[last] = patch["value"]
        return
    if last not in parent:
        raise _unfit(patch, f"can't {patch['op']} a non-existent object '{last}'")
    if patch["op"] == "replace":
        parent[last] = patch["value"]
        return
    if not way and last in _MANDATORY:
        raise ApiError(400, f"'/{last}' is a mandatory attribute and can not be removed")
    if way:
        del parent[last]
    else:
        parent[last] = {} if last in _OBJECTS else None


def _unfit(patch: Record, reason: str) -> ApiError:
    shown = {name: value for name, value in patch.items() if name != "value"}
    return ApiError(400, f"Couldn't apply patch '{shown}'. Reason: {reason}")


# --- views ------------------------------------------------------------------------------------------------------


def _time(seconds: float | None) -> str | None:
    return None if seconds is None else iso(seconds, "%Y-%m-%dT%H:%M:%S+00:00")


def _links(path: str) -> list[Record]:
    return [{"href": f"{_INTERNAL}/{path}", "rel": "self"}]


def _driver_info(node: Record) -> Record:
    shown = {**node["driver_info"], "ipmi_password": MASK}
    return {"deploy_kernel": "", "deploy_ramdisk": "", **shown}


def _node_view(call: Call, node: Record) -> Record:
    path = f"nodes/{node['id']}"
    view = {
        "uuid": node["id"],
        **{
            name: node[name]
            for name in (
                "name",
                "driver",
                "chassis_uuid",
                "resource_class",
                "instance_uuid",
                "driver_internal_info",
                "extra",
                "target_raid_config",
                "provision_state",
                "target_provision_state",
                "power_state",
                "target_power_state",
                "last_error",
                "maintenance",
                "maintenance_reason",
            )
        },
        "driver_info": _driver_info(node) if not call.openstack else {**node["driver_info"], "ipmi_password": MASK},
        "properties": node["properties"],
        "instance_info": _without_config_drive(node["instance_info"]),
        "reservation": states.reservation(call.world, node),
        "clean_step": {},
        "raid_config": {},
        "console_enabled": False,
        "created_at": _time(node["created"]),
        "updated_at": _time(node["updated"]),
        "provision_updated_at": _time(node["provision_updated"]),
        "inspection_started_at": _time(node["inspection_started"]),
        "inspection_finished_at": _time(node["inspection_finished"]),
        "links": _links(path),
        **{name: _links(f"{path}/{name}") for name in ("ports", "portgroups", "states", "volume")},
        **interfaces.shown(call, node),
    }
    return view if call.openstack else _as_in_reference(node, view)


def _as_in_reference(node: Record, view: Record) -> Record:
    """Empty strings for nulls, strings for numbers, and the password in clear text among the properties."""
    properties = {
        "description": "",
        "secondName": "",
        "password": node["driver_info"]["ipmi_password"],
        "display_status": "deployed" if node["provision_state"] == "active" else node["provision_state"],
        **{name: str(value) for name, value in node["properties"].items()},
        **node["instance_properties"],
    }
    shown = {**view, "properties": properties}
    return {name: "" if value is None else value for name, value in shown.items()}


def _without_config_drive(instance_info: Record) -> Record:
    return {**instance_info, "configdrive": MASK} if instance_info.get("configdrive") else instance_info


def _port_view(call: Call, port: Record) -> Record:
    return {
        "uuid": port["id"],
        **{name: port[name] for name in _PORT_MEMBERS if name != "extra"},
        "extra": port["extra"] or ({} if call.openstack else None),
        "internal_info": {} if call.openstack else None,
        "links": _links(f"ports/{port['id']}"),
        "created_at": _time(port["created"]),
        "updated_at": _time(port["updated"]),
    }


def _group_view(call: Call, group: Record) -> Record:
    view = {
        "uuid": group["id"],
        **{name: group[name] for name in _GROUP_MEMBERS if name != "extra"},
        "extra": group["extra"] or ({} if call.openstack else None),
        "internal_info": {},
        "links": _links(f"portgroups/{group['id']}"),
        "ports": _links(f"portgroups/{group['id']}/ports"),
        "created_at": _time(group["created"]),
        "updated_at": _time(group["updated"]),
    }
    if call.openstack:
        return view
    return {**view, **{name: view[name] or "" for name in ("name", "address", "updated_at")}}


def _for_admins(work: Callable[[Call], Answer]) -> Handler:
    def handler(call: Call) -> Answer:
        call.demand_admin()
        return work(call)

    return handler


HANDLERS = {
    f"baremetal-{name}": _for_admins(work)
    for name, work in {
        "node-list": list_nodes,
        "node-get": show_node,
        "node-patch": patch_node,
        "node-delete": delete_node,
        "node-create": create_node,
        "node-provision": provision,
        "node-maintenance-on": maintenance_on,
        "node-maintenance-off": maintenance_off,
        "node-power": power,
        "node-raid": raid,
        "port-list": list_ports,
        "port-list-all": list_all_ports,
        "port-get": show_port,
        "port-create": create_port,
        "port-delete": delete_port,
        "port-patch": patch_port,
        "portgroup-list": list_groups,
        "portgroup-list-detail": list_groups_detail,
        "portgroup-get": show_group,
        "portgroup-create": create_group,
        "portgroup-patch": patch_group,
        "portgroup-delete": delete_group,
    }.items()
}
FACTORIES = {NODES: complete_node, PORTS: complete_port, GROUPS: complete_group}
