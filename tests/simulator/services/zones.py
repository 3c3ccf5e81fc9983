# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.7 of the reference, availability zones, and the projects that they are assigned to (1.18.7).

A zone holds its hosts. The services of Nova's and Cinder's zones are told by two back ends under one path; a header
selects one.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..call import Answer, Call
from ..clock import iso_millis
from ..errors import ApiError
from ..world import Record, World

_SENT = ("labelName", "zone", "virtType", "resourceType")
_TARGETS = {"compute": "nova", "block_storage": "cinder"}
_BINARIES = {"nova": "nova-compute", "cinder": "cinder-volume"}
_CONTROL = {"nova": ("nova-scheduler", "nova-service"), "cinder": ("cinder-scheduler", "cinder-service")}


def list_zones(call: Call) -> Answer:
    """A bare array, in which storage zones stand too."""
    return Answer(200, [_view(zone) for zone in call.world.table("zones").values()])


def show(call: Call) -> Answer:
    return Answer(200, _view(_find(call, call.path["azone_id"])))


def create(call: Call) -> Answer:
    call.demand_admin()
    return Answer(200, _view(call.world.seed("zones", {**call.body, "hosts": {}})))


def update(call: Call) -> Answer:
    """A PUT on the collection; the id stands in the body, and what is not sent is not kept."""
    call.demand_admin()
    zone = _find(call, call.body["id"])
    zone.update({name: call.body[name] for name in _SENT})
    return Answer(200, _view(zone))


def delete(call: Call) -> Answer:
    call.demand_admin()
    zone = _find(call, call.path["azone_id"])
    if any(server["zone_id"] == zone["id"] for server in call.world.table("servers").values()):
        raise ApiError(409, f"Availability zone {zone['zone']} is in use.")
    del call.world.table("zones")[zone["id"]]
    return Answer(200)


def list_services(call: Call) -> Answer:
    """The services of all zones of a back end, and its own in the zone `internal`."""
    kind = _TARGETS[call.request.headers["H3CloudOS-Core-Target"]]
    binary, host = _CONTROL[kind]
    placed = [("internal", host, binary, None)]
    placed += [(zone["zone"], host, _BINARIES[kind], why) for zone, host, why in _hosts(call.world, kind)]
    services = [
        {
            "id": number,
            "status": "enabled" if why is None else "disabled",
            "binary": binary,
            "zone": zone,
            "state": "up" if why is None else "down",
            "updated_at": iso_millis(call.world.clock.now()),
            "host": host,
            "disabled_reason": why or "",
        }
        for number, (zone, host, binary, why) in enumerate(placed, start=1)
    ]
    return Answer(200, {"services": services})


def list_hosts(call: Call) -> Answer:
    """OpenStack wraps them in `hosts`."""
    kind = _TARGETS[call.request.headers["H3CloudOS-Core-Target"]]
    hosts = [{"zone": "internal", "host_name": _CONTROL[kind][1], "service": _CONTROL[kind][0].partition("-")[2]}]
    hosts += [
        {"zone": zone["zone"], "host_name": host, "service": _BINARIES[kind].partition("-")[2]}
        for zone, host, _why in _hosts(call.world, kind)
    ]
    return Answer(200, {"hosts" if call.openstack else "services": hosts})


def list_pools(call: Call) -> Answer:
    """The pools behind a host; with all=yes also those of its nodes."""
    found = [(zone, host) for zone in call.world.table("zones").values() for host in zone["hosts"]]
    zone = next((zone for zone, host in found if host == call.path["hostName"]), None)
    if zone is None:
        raise ApiError(404, f"Host {call.path['hostName']} could not be found.")
    nodes = [*(zone["hosts"][call.path["hostName"]] if call.query.get("all") == "yes" else []), None]
    pools = [
        {
            "clusterName": f"cluster-{zone['zone']}",
            "storagePools": [_pool_view(pool) for pool in call.world.table("storage_pools").values()],
            **({"nodename": node} if node else {}),
            "hpName": "hostpool01",
        }
        for node in nodes
    ]
    return Answer(200, {"hostpool": pools})


def list_assignments(call: Call) -> Answer:
    """The zones of the project that `targets` names; without it those of all, where the installation does so."""
    form = call.world.settings.zone_assignments
    if "targets" in call.query:
        projects = [call.world.find("projects", call.query["targets"])]
    elif form == "of_one":
        raise ApiError(400, "Required request parameter 'targets' is not present")
    else:
        projects = list(call.world.table("projects").values()) if form == "of_all" else []
    zones = list(call.world.table("zones").values())
    pairs = [(project, zone) for project in projects for zone in zones if project["id"] in zone["projects"]]
    return Answer(200, {"assigments": [_assignment(*pair) for pair in pairs]})


def _assignment(project: Record, zone: Record) -> Record:
    return {
        "type": "AzoneProject",
        "actorId": zone["id"],
        "targetId": project["id"],
        "project": {
            "id": project["id"],
            "name": project["name"],
            "enabled": True,
            "domain_id": project["domain_id"],
            "cloud": project["name"] == "admin",
            "label": project["name"],
            "cbmsFlag": True,
        },
        "azone": {name: value for name, value in _view(zone).items() if name != "description"},
    }


def complete(world: World, fields: Record) -> Record:
    """A record of kind zones.

    `hosts` has the cvks of each compute host, `disabled` the reasons of those that are disabled, `projects` the ids of
    those that may use the zone."""
    name = fields.get("zone", "nova")
    defaults = {"zone": name, "labelName": name, "description": "", "virtType": "CAS", "resourceType": "nova"}
    return {**defaults, "hosts": {f"cpn-{name}": []}, "disabled": {}, "projects": [], **fields}


def complete_pool(world: World, fields: Record) -> Record:
    """A record of kind storage_pools; sizes are in MB, and more may be allocated than there is."""
    record = {"name": "pool", "type": "普通", "pool_type": "dir", "status": 1, "total": 1220146, "free": 1078002}
    return {**record, "allocated": 1718732, "path": f"/vms/{fields.get('name', 'pool')}", **fields}


def _find(call: Call, zone_id: str) -> Record:
    return call.world.find("zones", zone_id, label="availability zone")


def _hosts(world: World, kind: str) -> Iterator[tuple[Record, str, str | None]]:
    """The hosts of the zones of a kind, each with why it is disabled."""
    for zone in world.table("zones").values():
        if zone["resourceType"] == kind:
            yield from ((zone, host, zone["disabled"].get(host)) for host in zone["hosts"])


def _view(zone: Record) -> Record:
    return {**{name: zone[name] for name in ("id", "description", *_SENT)}, "deleted": 0}


def _pool_view(pool: Record) -> Record:
    return {
        "status": pool["status"],
        "preAllocation": pool["allocated"],
        "name": pool["name"],
        "totalSize": pool["total"],
        "path": pool["path"],
        "type": pool["pool_type"],
        "freeSize": pool["free"],
    }


HANDLERS = {
    "azone-list": list_zones,
    "azone-create": create,
    "azone-update": update,
    "azone-get": show,
    "azone-delete": delete,
    "os-service-list": list_services,
    "os-host-list": list_hosts,
    "host-pool-list": list_pools,
    "azone-project-list": list_assignments,
}
ONLY = dict.fromkeys(set(HANDLERS) - {"os-service-list", "os-host-list"}, "reference")
FACTORIES = {"zones": complete, "storage_pools": complete_pool}
