# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks of neutron, with the member that CloudOS adds: the compute zones that may use a network."""

from __future__ import annotations

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World, new_id
from . import _allocation, _neutron

_ADMIN_MEMBERS = (
    "shared",
    "router:external",
    "provider:network_type",
    "provider:physical_network",
    "provider:segmentation_id",
)
_DEFAULTS = {
    "name": "",
    "admin_state_up": True,
    "shared": False,
    "router:external": False,
    "mtu": 1500,
    "port_security_enabled": True,
    "provider:network_type": "vlan",
    "provider:physical_network": "physnet1",
    "provider:segmentation_id": None,
    "alias_zone_ids": [],
}


def is_visible(call: Call, record: Record) -> bool:
    return _neutron.is_own(call, record) or record["shared"] or record["router:external"]


def find(call: Call, network_id: str) -> Record:
    return _neutron.find(call, "networks", network_id, "Network", is_visible)


def list_all(call: Call) -> Answer:
    records = [record for record in call.world.table("networks").values() if is_visible(call, record)]
    return Answer(200, {"networks": _neutron.matching(call, (_view(call, record) for record in records))})


def show(call: Call) -> Answer:
    return Answer(200, {"network": _view(call, find(call, call.path["network_id"]))})


def create(call: Call) -> Answer:
    wanted = call.body["network"]
    _neutron.demand_admin_for(call, wanted, _ADMIN_MEMBERS)
    project_id = _neutron.owner_of_new(call, wanted)
    _check_zones(call, wanted)
    _check_segment(call, wanted)
    members = {name: value for name, value in wanted.items() if name != "tenant_id"}
    record = call.world.seed("networks", {**members, "project_id": project_id, "subnet_id": None})
    return Answer(201, {"network": _view(call, record)})


def update(call: Call) -> Answer:
    record, wanted = _own(call), call.body["network"]
    _neutron.demand_admin_for(call, wanted, _ADMIN_MEMBERS)
    _check_zones(call, wanted)
    record.update(wanted, updated=call.world.clock.now())
    return Answer(200, {"network": _view(call, record)})


def delete(call: Call) -> Answer:
    record = _own(call)
    if any(port["network_id"] == record["id"] for port in call.world.table("ports").values()):
        raise ApiError(
            409,
            f"Unable to complete operation on network {record['id']}. There are one or more ports still in use on the "
            "network.",
        )
    for subnet in _allocation.subnets_of(call.world, record):
        del call.world.table("subnets")[subnet["id"]]
    del call.world.table("networks")[record["id"]]
    return Answer(204)


def complete(world: World, fields: Record) -> Record:
    """A record of kind networks; `used` has the addresses that are taken, by port.

    It has one subnet, `subnet_id` with the addresses of `subnet_cidr`, named `subnet_name`; None is no subnet.
    """
    now = world.clock.now()
    subnet = {"id": new_id(), "cidr": "10.30.0.0/16"}
    subnet.update({name: fields[f"subnet_{name}"] for name in ("id", "cidr", "name") if f"subnet_{name}" in fields})
    record = {
        **_DEFAULTS,
        "project_id": seeds.ADMIN_PROJECT,
        "used": {},
        "created": now,
        "updated": now,
        **{name: value for name, value in fields.items() if not name.startswith("subnet_")},
    }
    for old in _allocation.subnets_of(world, record):
        del world.table("subnets")[old["id"]]
    if subnet["id"]:
        world.seed("subnets", {**subnet, "network_id": record["id"], "project_id": record["project_id"]})
    if record["provider:network_type"] == "flat":
        return record
    if record["provider:network_type"] not in ("flat", "vlan"):
        record["provider:physical_network"] = None
    segment = record["provider:segmentation_id"] or 1000 + world.next_number("segment")
    return {**record, "provider:segmentation_id": segment}


def _own(call: Call) -> Record:
    return _neutron.find_own(call, "networks", call.path["network_id"], "Network", is_visible)


def _check_zones(call: Call, wanted: Record) -> None:
    """Which zones there are is known to CloudOS only."""
    zones = wanted.get("alias_zone_ids", [])
    if zones and call.openstack:
        raise ApiError(400, "Unrecognized attribute(s) 'alias_zone_ids'")
    for zone_id in zones:
        if call.world.table("zones").get(zone_id, {}).get("resourceType") != "nova":
            raise ApiError(400, f"Invalid input for alias_zone_ids. Reason: there is no compute zone {zone_id}.")


def _check_segment(call: Call, wanted: Record) -> None:
    kind, physical, segment = (
        wanted.get(f"provider:{name}") for name in ("network_type", "physical_network", "segmentation_id")
    )
    if kind is None and (physical is not None or segment is not None):
        raise ApiError(400, "Invalid input for operation: network_type value 'None' not supported.")
    if kind == "flat" and physical is None:
        raise ApiError(400, "Invalid input for operation: physical_network required for flat provider network.")
    if kind == "flat" and segment is not None:
        raise ApiError(400, "Invalid input for operation: segmentation_id specified for flat provider network.")
    for other in call.world.table("networks").values():
        same = (kind, segment) == (other["provider:network_type"], other["provider:segmentation_id"])
        if segment is not None and same and physical in (None, other["provider:physical_network"]):
            raise ApiError(409, f"Unable to create the network. The segment {segment} is in use.")


def _view(call: Call, record: Record) -> Record:
    hidden = () if call.is_admin else tuple(name for name in record if name.startswith("provider:"))
    hidden += ("alias_zone_ids",) if call.openstack else ()
    return {
        "id": record["id"],
        "status": "ACTIVE",
        "subnets": [subnet["id"] for subnet in _allocation.subnets_of(call.world, record)],
        **{name: record[name] for name in _DEFAULTS if name not in hidden},
        **_neutron.owner(record),
        **_neutron.times(record),
    }


HANDLERS = {
    "network-list": list_all,
    "network-get": show,
    "network-create": create,
    "network-update": update,
    "network-delete": delete,
}
FACTORIES = {"networks": complete}
