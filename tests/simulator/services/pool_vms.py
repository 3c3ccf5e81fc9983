# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.13 of the reference: what can be done to virtual machines of CAS and VMware, and what is measured there.

A machine that the cloud has taken over is a server whose id is the uuid of the machine.
"""

from __future__ import annotations

import functools

from ..call import Answer, Call
from ..clock import iso
from ..errors import ApiError
from ..world import Record, World
from . import devices, servers, virtualization

PERIOD = 300
_KEPT = 12  # values of each counter
_COUNTERS = {2: ("",), 24: ("",), 143: ("", "vmnic0")}


# --- taking over and giving up ----------------------------------------------------------------------------------


def manage_cas(call: Call) -> Answer:
    """The zone is composed of zone, compute node and the host as the compute service calls it."""
    wanted = call.body["server"]
    vm, cluster = _free_machine(call, "cas")
    if vm["id"] != wanted["vmId"]:
        raise ApiError(400, f"vmId {wanted['vmId']} is not the machine {wanted['id']}")
    name, node, cvk = wanted["availability_zone"].split(":", 2)
    zone = _zone(call, name)
    if node != cluster["compute_node"] or cvk not in zone["hosts"].get(node, []):
        raise ApiError(400, f"{wanted['availability_zone']} is not where the machine is")
    host = call.world.find("pool_hosts", vm["host_id"])
    if cvk.partition("(")[0] != host["name"]:
        raise ApiError(400, f"the machine is not on {cvk}")
    return _take_over(call, zone, node, [wanted["port_id"]])


def manage_vmware(call: Call) -> Answer:
    wanted = call.body["server"]
    vm, cluster = _free_machine(call, "vmware")
    zone = _zone(call, wanted["availability_zone"])
    if cluster["compute_node"] not in zone["hosts"]:
        raise ApiError(400, f"{wanted['availability_zone']} is not where the machine is")
    if wanted.get("root_disk_uuid", vm["disk"]) != vm["disk"]:
        raise ApiError(400, f"the machine has no disk {wanted['root_disk_uuid']}")
    return _take_over(call, zone, cluster["compute_node"], [nic["port"] for nic in wanted["networks"]])


def unmanage(call: Call) -> Answer:
    """The server goes, its machine and its ports stay."""
    call.demand_admin()
    server = servers.find_server(call)
    if all(vm["uuid"] != server["id"] for vm in call.world.table("pool_vms").values()):
        raise ApiError(400, f"server {server['id']} is not a managed vm")
    server["task"] = "unmanaging"
    servers.later(call.world, server, call.world.settings.action_seconds, lambda: _given_up(call.world, server))
    return Answer(200)


def _free_machine(call: Call, platform: str) -> tuple[Record, Record]:
    """The machine that the body means and its cluster."""
    call.demand_admin()
    own_id = call.body["server"]["id"]
    vm = next((vm for vm in call.world.table("pool_vms").values() if vm["uuid"] == own_id), None)
    if vm is None:
        raise ApiError(404, f"vm {own_id} could not be found")
    cluster = _cluster_of(call.world, vm)
    if cluster["platform"] != platform:
        raise ApiError(400, f"vm {own_id} is not of {platform}")
    if own_id in call.world.table("servers"):
        raise ApiError(409, f"vm {own_id} is managed already")
    return vm, cluster


def _zone(call: Call, name: str) -> Record:
    """The zone of a name, which has to have the id that the body tells."""
    zones = [zone for zone in call.world.table("zones").values() if zone["resourceType"] == "nova"]
    zone = next((zone for zone in zones if zone["zone"] == name), None)
    if zone is None or call.body["server"].get("zone_uuid", zone["id"]) != zone["id"]:
        raise ApiError(400, f"there is no zone {name} with that id")
    return zone


def _take_over(call: Call, zone: Record, node: str, port_ids: list[str]) -> Answer:
    wanted = call.body["server"]
    flavor = call.world.find("flavors", wanted["flavor"], 400)
    image = servers.boot_image(call, {"imageRef": wanted["image"]}, flavor)
    ports = [call.world.find("ports", port_id, 400) for port_id in port_ids]
    for port in ports:
        if port["server_id"] or port["project_id"] != call.project_id:
            raise ApiError(400, f"port {port['id']} is not free")
    metadata = {"alias": wanted.get("alias", wanted["name"]), "user_name": wanted.get("user_name", "")}
    server = {
        "id": wanted["id"],
        "name": wanted["name"],
        "project_id": call.project_id,
        "user_id": call.user_id,
        "image_id": image["id"],
        "flavor_id": flavor["id"],
        "zone_id": zone["id"],
        "host": node,
        "config_drive": wanted.get("config_drive", False),
        "metadata": metadata,
        "nics": [port["id"] for port in ports],
    }
    for port in ports:
        port.update(server_id=wanted["id"], status="ACTIVE")
    made = call.world.seed("servers", {**server, "status": "BUILD", "task": "registering"})
    ready = functools.partial(made.update, status="ACTIVE", task=None)
    servers.later(call.world, made, call.world.settings.action_seconds, ready)
    return Answer(200)


def _given_up(world: World, server: Record) -> None:
    world.table("servers").pop(server["id"], None)
    for port_id in server["nics"]:
        devices.release_port(world, world.table("ports")[port_id])


# --- migration --------------------------------------------------------------------------------------------------


def relocate(call: Call) -> Answer:
    vm, body = _addressed(call, call.path["vm_id"]), call.body
    if (body["id"], body["domainName"], body["title"]) != (vm["id"], vm["name"], vm["title"]):
        raise ApiError(400, "id, domainName and title are not those of the machine")
    _demand_rest(vm)
    if (body["onlineMigrate"] == "1") is not vm["running"]:
        raise ApiError(400, f"vm {vm['name']} is {'running' if vm['running'] else 'off'}")
    target = call.world.find("pool_hosts", body["targetHostId"], 400)
    if target["cluster_id"] != call.world.find("pool_hosts", vm["host_id"])["cluster_id"]:
        raise ApiError(400, f"host {target['name']} is in another cluster")
    if target["maintenance"] or target["state"] != "on":
        raise ApiError(400, f"host {target['name']} does not serve")
    moves_host, moves_storage = body["migrateType"] in ("0", "2"), body["migrateType"] in ("1", "2")
    if moves_host is (target["id"] == vm["host_id"]):
        raise ApiError(400, f"migrateType {body['migrateType']} does not fit host {target['name']}")
    pool = _target_pool(call.world, vm, body) if moves_storage else vm["pool"]
    vm["work"] = "migrating"

    def arrived() -> None:
        vm.update(host_id=target["id"], pool=pool, work=None)
        vm["running"] = vm["running"] and not body["dstSuspend"]

    call.world.clock.after(call.world.settings.action_seconds, arrived)
    return Answer(200)


def _target_pool(world: World, vm: Record, body: Record) -> str:
    """The path of a pool of CAS is its folder, that of a datastore of VMware its name."""
    platform = _cluster_of(world, vm)["platform"]
    for name, place in virtualization.POOLS[platform].items():
        path, own_id = (place, name) if platform == "cas" else (name, place)
        if (body["targetPath"], body["targetPool"], body["targetPoolTitle"]) == (path, own_id, name):
            return name
    raise ApiError(400, "targetPath, targetPool and targetPoolTitle are not those of a storage pool")


# --- snapshots --------------------------------------------------------------------------------------------------


def list_snapshots(call: Call) -> Answer:
    """CAS only; the children of one without any are an empty object."""
    vm = _addressed(call, call.path["vm_id"], "cas")
    return Answer(200, {"snapshot": _below(call.world, vm, None)})


def create_snapshot(call: Call) -> Answer:
    """CAS refuses a name that is taken; VMware does not."""
    vm, wanted = _addressed(call, call.body["vmId"]), call.body
    is_cas = _cluster_of(call.world, vm)["platform"] == "cas"
    if is_cas and any(other["name"] == wanted["name"] for other in _snapshots(call.world, vm)):
        raise ApiError(500, f"snapshot {wanted['name']} already exists")
    if is_cas:
        _demand_rest(vm)
    vm["work"] = "snapshotting"
    made = call.world.seed(
        "pool_snapshots",
        {
            "vm_id": vm["id"],
            "name": wanted["name"],
            "desc": wanted.get("desc", ""),
            "memory": wanted.get("snapMem", False),
            "parent": next((entry["id"] for entry in _snapshots(call.world, vm) if entry["current"]), None),
            "ready": False,
            "current": False,
        },
    )

    def ready() -> None:
        vm["work"] = None
        made["ready"] = True
        _becomes_current(call.world, made)

    call.world.clock.after(call.world.settings.action_seconds, ready)
    return Answer(200)


def restore_snapshot(call: Call) -> Answer:
    vm = _addressed(call, call.body["vmId"])
    snapshot = _named(call, vm, call.body["name"])
    if call.body.get("snapMem", snapshot["memory"]) != snapshot["memory"]:
        raise ApiError(400, "snapMem is not that of the snapshot")
    if _cluster_of(call.world, vm)["platform"] == "cas":
        _demand_rest(vm)
    snapshot["restored"] += 1
    vm["work"] = "restoring"

    def restored() -> None:
        vm["work"] = None
        _becomes_current(call.world, snapshot)

    call.world.clock.after(call.world.settings.action_seconds, restored)
    return Answer(200)


def delete_snapshot(call: Call) -> Answer:
    snapshot = _named(call, _addressed(call, call.path["vm_id"]), call.path["snapshot_name"])
    call.world.clock.after(call.world.settings.action_seconds, lambda: _snapshot_gone(call.world, snapshot))
    return Answer(200)


def complete_snapshot(world: World, fields: Record) -> Record:
    """A record of kind pool_snapshots: by default the first and current one of its machine."""
    default = {"name": "snapshot", "desc": "", "memory": False, "parent": None, "current": True, "ready": True}
    return {**default, "restored": 0, "created": world.clock.now(), **fields}


def _demand_rest(vm: Record) -> None:
    if vm["work"]:
        raise ApiError(409, f"vm {vm['name']} is {vm['work']}")


def _snapshots(world: World, vm: Record) -> list[Record]:
    return [snapshot for snapshot in world.table("pool_snapshots").values() if snapshot["vm_id"] == vm["id"]]


def _named(call: Call, vm: Record, name: str) -> Record:
    for snapshot in _snapshots(call.world, vm):
        if snapshot["name"] == name and snapshot["ready"]:
            return snapshot
    raise ApiError(404, f"snapshot {name} could not be found")


def _becomes_current(world: World, snapshot: Record) -> None:
    for other in world.table("pool_snapshots").values():
        if other["vm_id"] == snapshot["vm_id"]:
            other["current"] = other is snapshot


def _snapshot_gone(world: World, snapshot: Record) -> None:
    world.table("pool_snapshots").pop(snapshot["id"], None)
    for other in world.table("pool_snapshots").values():
        if other["parent"] == snapshot["id"]:
            other["parent"] = snapshot["parent"]
        if snapshot["current"] and other["id"] == snapshot["parent"]:
            other["current"] = True


def _below(world: World, vm: Record, parent: str | None) -> list[Record]:
    found = [entry for entry in _snapshots(world, vm) if entry["ready"] and entry["parent"] == parent]
    return [_snapshot_view(world, vm, entry) for entry in found]


def _snapshot_view(world: World, vm: Record, snapshot: Record) -> Record:
    moment, children = iso(snapshot["created"], "%Y-%m-%d %H:%M:%S"), _below(world, vm, snapshot["id"])
    return {
        "name": snapshot["name"],
        "desc": snapshot["desc"],
        "creationTime": moment,
        "isCurr": snapshot["current"],
        "snapMem": snapshot["memory"],
        "snapshotTitle": f"{snapshot['name']}{'&nbsp;' * 6}({moment})",
        "snapshots": {"snapshot": children} if children else {},
    }


# --- what is measured -------------------------------------------------------------------------------------------


def show_performance(call: Call) -> Answer:
    """Counters of the last hour. Those of VMware are told by number, and by the device where there are several."""
    kind, own_id = call.path["type"], call.path["morId"]
    clusters = [*virtualization.clusters_of(call)]
    hosts = [host for cluster in clusters for host in virtualization.hosts_of(call.world, cluster)]
    known = {
        "host": [host["id"] for host in hosts],
        "cluster": [cluster["id"] for cluster in clusters],
        "datastore": [*virtualization.POOLS["vmware"].values()],
    }[kind]
    if own_id not in known:
        raise ApiError(404, f"{kind} {own_id} could not be found")
    latest = int(call.world.clock.now() // PERIOD) * PERIOD
    moments = [latest - PERIOD * back for back in reversed(range(_KEPT))]
    data = [
        {
            "counterId": counter,
            "instance": instance,
            "value": [(counter * moment // PERIOD) % 100 for moment in moments],
        }
        for counter, instances in _COUNTERS.items()
        for instance in instances
    ]
    told = {"morId": own_id, "type": kind, "interval": PERIOD, "timestamps": [moment * 1000 for moment in moments]}
    return Answer(200, {**told, "data": data})


# --- which machine ----------------------------------------------------------------------------------------------


def _cluster_of(world: World, vm: Record) -> Record:
    return world.find("pool_clusters", world.find("pool_hosts", vm["host_id"])["cluster_id"])


def _addressed(call: Call, vm_id: str, platform: str | None = None) -> Record:
    """A machine of the compute node. Only the list is told apart by platform; VMware's prefix serves both."""
    call.demand_admin()
    vm = call.world.find("pool_vms", vm_id)
    cluster = _cluster_of(call.world, vm)
    if cluster["compute_node"] != call.path["compute_node_name"]:
        raise ApiError(404, f"vm {vm_id} could not be found")
    if platform not in (None, cluster["platform"]):
        raise ApiError(400, f"compute node {cluster['compute_node']} is none of {platform}")
    return vm


HANDLERS = {
    "vm-manage-cas": manage_cas,
    "vm-manage-vmware": manage_vmware,
    "vm-unmanage": unmanage,
    "vm-relocate": relocate,
    "pool-vm-snapshot-list": list_snapshots,
    "pool-vm-snapshot-create": create_snapshot,
    "pool-vm-snapshot-restore": restore_snapshot,
    "pool-vm-snapshot-delete": delete_snapshot,
    "vmware-perf-get": show_performance,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"pool_snapshots": complete_snapshot}
