# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections 1.18 and 1.10 (items 13 and 14) of the reference: the quotas of projects, and what is used of them.

Reading and writing have other names for one thing. What only writing names is kept, and told to nobody.
"""

from __future__ import annotations

import copy
from typing import Any

from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World

_NETWORK = {
    "subnet": "Subnets",
    "network": "Networks",
    "floatingip": "TotalFloatingIps",
    "vpnservice": "VpnServices",
    "firewall": "Firewalls",
    "listener": "Listeners",
    "loadbalancer": "Loadbalancers",
    "vnic": "Vnic",
    "vpcs": "Vpc",
    "security_group": "SecurityGroups",
    "private_zone": "PrivateZone",
    "record_set": "RecordSet",
}
# Section and member of the document -> what they are called in the limits: allowed, used
_TOLD = {
    **{("network", key): (f"max{name}", f"total{name.removeprefix('Total')}Used") for key, name in _NETWORK.items()},
    ("compute", "cores"): ("maxTotalCores", "totalCoresUsed"),
    ("compute", "instances"): ("maxTotalInstances", "totalInstancesUsed"),
    ("compute", "ram"): ("maxTotalRAMSize", "totalRAMUsed"),
    ("block_storage", "snapshots"): ("maxTotalSnapshots", "totalSnapshotsUsed"),
    ("block_storage", "gigabytes"): ("maxTotalVolumeGigabytes", "totalGigabytesUsed"),
    ("block_storage", "volumes"): ("maxTotalVolumes", "totalVolumesUsed"),
    ("block_storage", "backups"): ("maxTotalBackups", "totalBackupsUsed"),
    ("compute_extend", "virtual_snaps"): ("maxComputeExtendVirtualSnaps", "totalComputeExtendVirtualSnaps"),
    ("compute_extend", "auto_virtual_snaps"): (
        "maxComputeExtendAutoVirtualSnaps",
        "totalComputeExtendAutoVirtualSnaps",
    ),
}
# The list of all projects' limits by its shorter description tells these only.
_BRIEF = ("instances", "cores", "volumes", "gigabytes", "ram", "snapshots")
_SECTIONS = ("network", "compute", "block_storage", "file_share", "obj_stor", "compute_extend", "eisoo_backup")
# What the limits have no name for
_ONLY_IN_DOCUMENT = {
    "network": ("router", "port", "pool", "ipsecpolicy", "security_group_rule", "rbac_policy"),
    "file_share": ("shares", "manila_gigabytes"),
    "obj_stor": ("obj_stor_buckets", "obj_stor_gigabytes"),
    "eisoo_backup": ("back_up",),
}
_NEWEST = "vm-snapshot-quota-update"


def list_limits(call: Call) -> Answer:
    call.demand_admin()
    brief = call.world.settings.brief_limits
    return Answer(200, {"all_limits": [_limits(call.world, project, brief) for project in _projects(call.world)]})


def show_limits(call: Call) -> Answer:
    """One project in a list; members may look at their own."""
    project = call.world.find("projects", call.path["projectId"])
    if project["id"] != call.token["project_id"]:
        call.demand_admin()
    return Answer(200, {"all_limits": [_limits(call.world, project["id"], brief=False)]})


def show_document(call: Call) -> Answer:
    """The whole document, as clients of installed systems read it; others do not know the method at its address."""
    if call.world.settings.quota_document != "readable":
        raise ApiError(405, "Request method 'GET' not supported")
    call.demand_admin()
    project = _addressed(call)
    quota = quota_of(call.world, project["id"])
    whole = {
        section: {**dict.fromkeys(_ONLY_IN_DOCUMENT.get(section, ()), -1), **copy.deepcopy(quota[section])}
        for section in _SECTIONS
    }
    names = {"vnic": call.world.settings.vnic_name}
    network = {names.get(key, key): value for key, value in whole.pop("network").items()}
    return Answer(200, {"network": network, **{section: {"quota_set": amounts} for section, amounts in whole.items()}})


def _addressed(call: Call) -> Record:
    """The project of the second id; the first one is its parent, or the project of the user where it has none."""
    project = call.world.find("projects", call.path["project_id"])
    parent = project.get("parent_id")
    if call.path["tenant_id"] != (parent if parent in call.world.table("projects") else call.token["project_id"]):
        raise ApiError(403, "the first id of the path has to be that of the parent, or else of the user's project")
    return project


def update(call: Call) -> Answer:
    """The whole document, in the form that this platform goes by; the answer repeats it."""
    call.demand_admin()
    project = _addressed(call)
    form = call.world.settings.quota_form
    if call.operation != form:
        raise ApiError(400, f"the document has the form of {call.operation}, this platform wants that of {form}")
    quota = quota_of(call.world, project["id"])
    for section, members in call.body.items():
        quota[section].update(_numbers(members.get("quota_set", members)))
    return Answer(200, call.body)


def quota_of(world: World, project_id: str) -> Record:
    """The quota of a project, the default one if nobody has changed it yet."""
    table = world.table("quotas")
    return table[project_id] if project_id in table else world.seed("quotas", {"id": project_id})


def demand_room(world: World, project_id: str, flavor: Record) -> None:
    """Refuse a server that the quota of the project has no room for, in Nova's words."""
    limits, used = quota_of(world, project_id)["compute"], _used(world, project_id)
    wanted = {"instances": 1, "cores": flavor["vcpus"], "ram": flavor["ram"]}
    over = sorted(key for key in wanted if -1 < limits[key] < used[key] + wanted[key])
    if over:
        requested = ", ".join(str(wanted[key]) for key in over)
        counts = ", ".join(f"{used[key]} of {limits[key]} {key}" for key in over)
        raise ApiError(403, f"Quota exceeded for {', '.join(over)}: Requested {requested}, but already used {counts}")


def complete(world: World, fields: Record) -> Record:
    """A record of kind quotas: `id` is the project; sections of the document, `used` with what nothing here uses."""
    defaults: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS}
    for section, key in _TOLD:
        defaults[section][key] = 1_000_000 if key == "ram" else 1000
    defaults["network"]["network_addresses"] = []
    quota = {section: {**members, **fields.get(section, {})} for section, members in defaults.items()}
    return {"id": fields["id"], "used": fields.get("used", {}), **quota}


def _projects(world: World) -> list[str]:
    return [project["id"] for project in world.table("projects").values()]


def _limits(world: World, project_id: str, brief: bool) -> Record:
    quota, used = quota_of(world, project_id), _used(world, project_id)
    absolute: Record = {"projectId": project_id}
    for (section, key), (limit_name, used_name) in _TOLD.items():
        if section == "compute_extend" and world.settings.quota_form != _NEWEST:
            continue
        if not brief or key in _BRIEF:
            absolute[used_name] = used.get(key, 0)
        if not brief:
            absolute[limit_name] = quota[section][key]
    if not brief:
        absolute["network_addresses"] = [
            {"cidr": entry["cidr"], "ip_pools": copy.deepcopy(entry.get("ip_pools", []))}
            for entry in quota["network"]["network_addresses"]
        ]
    return {"rate": [], "absolute": absolute}


def _used(world: World, project_id: str) -> dict[str, int]:
    """What the servers and volumes of the project use, and what the record of its quota says beside them."""
    servers = [server for server in world.table("servers").values() if server["project_id"] == project_id]
    volumes = [volume for volume in world.table("volumes").values() if volume["project_id"] == project_id]
    flavors = [world.table("flavors").get(server["flavor_id"], {}) for server in servers]
    counted = {
        "instances": len(servers),
        "cores": sum(flavor.get("vcpus", 0) for flavor in flavors),
        "ram": sum(flavor.get("ram", 0) for flavor in flavors),
        "vnic": sum(len(server["nics"]) for server in servers),
        "volumes": len(volumes),
        "gigabytes": sum(volume["size"] for volume in volumes),
    }
    return {**counted, **quota_of(world, project_id)["used"]}


def _numbers(members: Record) -> Record:
    """The members as they are kept; the version of a network is not."""
    return {key: value if isinstance(value, list) else int(value) for key, value in members.items()}


HANDLERS = {
    "limits-list-all": list_limits,
    "limits-get": show_limits,
    "quota-document-get": show_document,
    **dict.fromkeys(("quota-update", "quota-update-extended", _NEWEST), update),
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"quotas": complete}
