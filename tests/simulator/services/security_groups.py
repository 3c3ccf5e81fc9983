# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security groups of neutron, and their rules. A rule cannot be changed, and there are no two that say the same."""

from __future__ import annotations

import ipaddress
from typing import Any

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World, new_id
from . import _neutron

_KIND = "security_groups"
_DEFAULT = "default"
_PROTOCOLS = {
    "icmp": "1",
    "tcp": "6",
    "udp": "17",
    "gre": "47",
    "esp": "50",
    "vrrp": "112",
    "ipv6-icmp": "58",
    "icmpv6": "58",
}
_ETHER_TYPES = ("IPv4", "IPv6")
_WITH_PORTS = ("6", "17", "33", "132", "136")
_RULE = {
    "direction": "ingress",
    "ethertype": "IPv4",
    "protocol": None,
    "port_range_min": None,
    "port_range_max": None,
    "remote_ip_prefix": None,
    "remote_group_id": None,
    "description": None,
}


def list_all(call: Call) -> Answer:
    groups = [group for group in call.world.table(_KIND).values() if _neutron.is_own(call, group)]
    return Answer(200, {"security_groups": [_view(group) for group in groups]})


def show(call: Call) -> Answer:
    return Answer(200, {"security_group": _view(_find(call, call.path["security_group_id"]))})


def create(call: Call) -> Answer:
    wanted = call.body["security_group"]
    project_id = _neutron.owner_of_new(call, wanted)
    if wanted["name"] == _DEFAULT:
        raise ApiError(409, "Default security group already exists.")
    members = {name: value for name, value in wanted.items() if name != "tenant_id"}
    group = call.world.seed(_KIND, {**members, "id": new_id(), "project_id": project_id})
    return Answer(201, {"security_group": _view(group)})


def update(call: Call) -> Answer:
    group, wanted = _find(call, call.path["security_group_id"]), call.body["security_group"]
    if group["name"] == _DEFAULT and "name" in wanted:
        raise ApiError(409, "Updating default security group not allowed.")
    group.update(wanted, updated=call.world.clock.now())
    return Answer(200, {"security_group": _view(group)})


def delete(call: Call) -> Answer:
    group = _find(call, call.path["security_group_id"])
    if group["name"] == _DEFAULT:
        raise ApiError(409, "Insufficient rights for removing default security group.")
    servers = call.world.table("servers").values()
    used = [server for server in servers if server["project_id"] == group["project_id"]]
    if any({group["id"], group["name"]}.intersection(server["security_groups"]) for server in used):
        raise ApiError(409, f"Security Group {group['id']} in use.")
    if any(group["id"] in port["security_groups"] for port in call.world.table("ports").values()):
        raise ApiError(409, f"Security Group {group['id']} in use.")
    del call.world.table(_KIND)[group["id"]]
    for other in call.world.table(_KIND).values():
        other["rules"] = [rule for rule in other["rules"] if rule["remote_group_id"] != group["id"]]
    return Answer(204)


def add_rule(call: Call) -> Answer:
    wanted = call.body["security_group_rule"]
    group = _find(call, wanted["security_group_id"])
    rule = {**_RULE, **{name: wanted[name] for name in _RULE if name in wanted}, "id": new_id()}
    _check(call, rule)
    if any(_meaning(rule) == _meaning(other) for other in group["rules"]):
        raise ApiError(409, f"Security group rule already exists. Rule id is {rule['id']}.")
    group["rules"].append(rule)
    group["updated"] = call.world.clock.now()
    return Answer(201, {"security_group_rule": _rule_view(group, rule)})


def remove_rule(call: Call) -> Answer:
    for group in call.world.table(_KIND).values():
        for rule in group["rules"]:
            if rule["id"] == call.path["rule_id"] and _neutron.is_own(call, group):
                group["rules"].remove(rule)
                return Answer(204)
    raise ApiError(404, f"Security group rule {call.path['rule_id']} does not exist")


def complete(world: World, fields: Record) -> Record:
    """A record of kind security_groups: what may go out is free, unless it has other rules.

    Into the group that each project has, its own members may come, too.
    """
    now = world.clock.now() + world.next_number("security_group")
    fields = {"id": new_id(), "name": "group", **fields}
    rules = fields.get("rules", [{"direction": "egress", "ethertype": kind} for kind in _ETHER_TYPES])
    if fields["name"] == _DEFAULT and "rules" not in fields:
        rules += [{"ethertype": kind, "remote_group_id": fields["id"]} for kind in _ETHER_TYPES]
    return {
        "description": "",
        "project_id": seeds.ADMIN_PROJECT,
        "created": now,
        "updated": now,
        **fields,
        "rules": [{**_RULE, "id": new_id(), **rule} for rule in rules],
    }


def _find(call: Call, group_id: str) -> Record:
    return _neutron.find(call, _KIND, group_id, "Security group")


def _number(protocol: str | None) -> str | None:
    if protocol is None or protocol == "any":
        return None
    return _PROTOCOLS.get(protocol.lower(), protocol)


def _check(call: Call, rule: Record) -> None:
    """Protocol, ports and the other side; the network of an address is kept as such."""
    number, ports = _number(rule["protocol"]), (rule["port_range_min"], rule["port_range_max"])
    if number is not None and not (number.isdigit() and int(number) <= 255):
        raise ApiError(400, f"Security group rule protocol {rule['protocol']} not supported.")
    if ports != (None, None):
        _check_ports(number, *ports)
    if rule["remote_ip_prefix"] and rule["remote_group_id"]:
        raise ApiError(400, "Only remote_ip_prefix or remote_group_id may be provided.")
    if rule["remote_group_id"]:
        _find(call, rule["remote_group_id"])
    if rule["remote_ip_prefix"]:
        network = _network(rule["remote_ip_prefix"])
        if f"IPv{network.version}" != rule["ethertype"]:
            raise ApiError(400, f"Conflicting value ethertype {rule['ethertype']} for CIDR {network}")
        rule["remote_ip_prefix"] = str(network)


def _check_ports(number: str | None, least: int | None, most: int | None) -> None:
    if number in ("1", "58"):
        if least is None or max(least, most or 0) > 255:
            raise ApiError(400, "Invalid value for ICMP type or code")
    elif number not in _WITH_PORTS:
        raise ApiError(400, "Must also specify protocol if port range is given.")
    elif least is None or most is None or least > most:
        raise ApiError(400, "For TCP/UDP protocols, port_range_min must be <= port_range_max")


def _network(prefix: str) -> Any:
    try:
        return ipaddress.ip_network(prefix, strict=False)
    except ValueError:
        raise ApiError(400, f"Invalid CIDR {prefix} given as IP prefix.") from None


def _meaning(rule: Record) -> tuple[Any, ...]:
    """What makes two rules one for neutron: no address is all of them, and so is no port."""
    prefix = None if rule["remote_ip_prefix"] in ("0.0.0.0/0", "::/0") else rule["remote_ip_prefix"]
    ports = (rule["port_range_min"] or 1, rule["port_range_max"] or 65535)
    number = _number(rule["protocol"])
    if number in ("1", "58"):
        ports = (rule["port_range_min"], rule["port_range_max"])
    return rule["direction"], rule["ethertype"], number, ports, prefix, rule["remote_group_id"]


def _rule_view(group: Record, rule: Record) -> Record:
    return {**rule, "security_group_id": group["id"], **_neutron.owner(group)}


def _view(group: Record) -> Record:
    return {
        **{name: group[name] for name in ("id", "name", "description")},
        "security_group_rules": [_rule_view(group, rule) for rule in group["rules"]],
        **_neutron.owner(group),
        **_neutron.times(group),
    }


HANDLERS = {
    "security-group-list": list_all,
    "security-group-get": show,
    "security-group-create": create,
    "security-group-update": update,
    "security-group-delete": delete,
    "security-group-rule-create": add_rule,
    "security-group-rule-delete": remove_rule,
}
FACTORIES = {_KIND: complete}
