# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.15 of the reference, compute nodes: what connects the cloud to clusters of CAS, VMware and HP.

The host name is the key. Nodes come in arrays, and a change is the whole node. What a node has to say of itself is
asked of its management, which is a record of its own.
"""

from __future__ import annotations

import base64
import binascii

from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World

_MANDATORY = (
    *("hostName", "vmType", "hostIp", "userName", "password", "poolName", "vxlanOverlayMode", "storageZone"),
    *("clusterName", "clusterId", "initMode", "vswitch"),
)
_OPTIONAL = ("pci", "transport", "allPass", "resourceNode", "useLocalStorage", "linkClone", "mode", "ip")
_SPELLINGS = ("transport_URI", "transport_url")
_SECRETS = ("password", "transport", "allPass")
_CAS, _VMWARE = 2, 1
_SWITCH_TYPES = {_CAS: ("",), _VMWARE: ("vswitch", "proxySwitch")}
_MASK = "******"


def list_all(call: Call) -> Answer:
    """A bare array."""
    call.demand_admin()
    return Answer(200, [_view(call, node) for node in call.world.table("compute_nodes").values()])


def create(call: Call) -> Answer:
    call.demand_admin()
    nodes = [_checked(call, sent) for sent in call.body]
    for node in nodes:
        if node["hostName"] in call.world.table("compute_nodes"):
            raise ApiError(400, f"compute node {node['hostName']} exists already")
    for node in nodes:
        call.world.seed("compute_nodes", {**node, "id": node["hostName"]})
    return Answer(201)


def update(call: Call) -> Answer:
    """What is not sent is kept by some platforms only."""
    call.demand_admin()
    nodes = [_checked(call, sent) for sent in call.body]
    for node in nodes:
        call.world.find("compute_nodes", node["hostName"], 400)
    for node, sent in zip(nodes, call.body, strict=True):
        kept = {"transport" if name in _SPELLINGS else name for name in sent}
        changed = node if call.world.settings.node_update == "whole" else {name: node[name] for name in kept}
        call.world.table("compute_nodes")[node["hostName"]].update(changed)
    return Answer(200)


def delete(call: Call) -> Answer:
    call.demand_admin()
    node = call.world.find("compute_nodes", call.body["hostName"], 400)
    call.world.find("projects", call.body["tenantId"], 400)
    if node["storageZone"] != call.body["storageZone"]:
        raise ApiError(400, f"compute node {node['id']} is not in storage zone {call.body['storageZone']}")
    del call.world.table("compute_nodes")[node["id"]]
    return Answer(200)


def refresh(call: Call) -> Answer:
    """What can be configured; that its management is out of reach is told with 200."""
    call.demand_admin()
    problem = _problem(call)
    if problem:
        return Answer(200, {"config": None, "tableList": None, "errors": problem})
    rows = [
        {"netName": _code("vm"), "type": "vswitch", "device": "vSwitch0", "isDisabled": False},
        {"netName": _code("storage"), "type": "proxySwitch", "device": "dvSwitch", "isDisabled": True},
    ]
    config = {"vswitches": ["vSwitch0", "vSwitch1"], "proxySwitches": ["dvSwitch"]}
    return Answer(200, {"config": config, "tableList": rows, "errors": None})


def check(call: Call) -> Answer:
    """Whether a node can be what it shall be; that it cannot is told with 200."""
    call.demand_admin()
    problem = _problem(call)
    cluster = {
        "clusterId": "domain-c13",
        "clusterName": "Qun1",
        "hostServer": [{"host-16": "172.25.17.44"}],
        "vswitches": ["vSwitch0"],
        "proxySwitches": ["dvSwitch"],
    }
    return Answer(200, {"clusters": [] if problem else [cluster], "errors": problem, "available": problem is None})


def complete(world: World, fields: Record) -> Record:
    """A record of kind compute_nodes, by default as the reference shows one; its id is its host name."""
    name = fields.get("hostName") or fields.get("name") or fields["id"]
    defaults = {
        "vmType": _CAS,
        "hostIp": "172.25.17.191",
        "userName": "username",
        "password": "password",
        "poolName": "pool1",
        "vxlanOverlayMode": 3,
        "storageZone": "cinder191",
        "clusterName": "cluster1",
        "clusterId": "1",
        "initMode": "vmware_api",
        "vswitch": [{"netName": _code("cas"), "device": "vxlan"}],
        **dict.fromkeys(_OPTIONAL),
    }
    given = {key: value for key, value in fields.items() if key != "name"}
    return {**defaults, **given, "id": name, "hostName": name}


def complete_manager(world: World, fields: Record) -> Record:
    """A record of kind managers: what answers for the nodes of an address, which is its id."""
    return {"vm_type": _CAS, "protocol": "http", "user_name": "userName", "password": "password", **fields}


def _checked(call: Call, sent: Record) -> Record:
    """A node as it is kept; 400 for what the reference does not allow."""
    spelling = call.world.settings.transport_spelling
    other = next(name for name in _SPELLINGS if name != spelling)
    if other in sent:
        raise ApiError(400, f"unknown member {other} of compute node {sent['hostName']}")
    zones = call.world.table("zones").values()
    if not any(zone["zone"] == sent["storageZone"] and zone["resourceType"] == "cinder" for zone in zones):
        raise ApiError(400, f"storage zone {sent['storageZone']} could not be found")
    for switch in sent["vswitch"]:
        try:
            base64.b64decode(switch["netName"], validate=True).decode()
        except (binascii.Error, ValueError):
            raise ApiError(400, f"netName {switch['netName']} is not in base64") from None
    node = {**sent, "transport": sent.get(spelling)}
    if any(value and set(value) == {"*"} for value in (node.get(name) for name in _SECRETS)):
        raise ApiError(400, f"a secret of compute node {sent['hostName']} is a mask")
    return {name: node.get(name) for name in (*_MANDATORY, *_OPTIONAL)}


def _problem(call: Call) -> str | None:
    """Why the management of a node cannot be used, as the platform tells it."""
    body = call.body
    if body.get("switchType", "") not in _SWITCH_TYPES[body["vmType"]]:
        raise ApiError(400, f"switchType {body['switchType']!r} is not for vmType {body['vmType']}")
    manager = call.world.table("managers").get(body["hostIp"])
    if manager is None:
        return f"{body['hostIp']} cannot be reached"
    if (manager["vm_type"], manager["protocol"]) != (body["vmType"], body.get("protocal", manager["protocol"])):
        return f"{body['hostIp']} does not answer as expected"
    if (manager["user_name"], manager["password"]) != (body["userName"], body["password"]):
        return f"{body['hostIp']} refused the login of {body['userName']}"
    return None


def _code(network: str) -> str:
    return base64.b64encode(network.encode()).decode()


def _view(call: Call, node: Record) -> Record:
    """A node as the list tells it: its secrets, too."""
    masked = call.world.settings.node_secrets == "masked"
    shown = {name: _MASK if masked and name in _SECRETS and node[name] else node[name] for name in node}
    transport = {call.world.settings.transport_spelling: shown.pop("transport")}
    return {**{name: shown[name] for name in shown if name != "id"}, **transport}


HANDLERS = {
    "compute-node-list": list_all,
    "compute-node-create": create,
    "compute-node-update": update,
    "compute-node-delete": delete,
    "compute-node-refresh": refresh,
    "compute-node-check": check,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"compute_nodes": complete, "managers": complete_manager}
