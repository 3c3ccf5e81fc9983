# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.13 of the reference: what CAS and VMware have below the cloud. CAS tells everything as text."""

from __future__ import annotations

from collections.abc import Iterator

from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World

# Pools of a host: name -> path on CAS, name -> id on VMware
POOLS = {
    "cas": {"defaultpool": "/vms/images", "isopool": "/vms/isos"},
    "vmware": {"datastore1": "datastore-12", "datastore2": "datastore-13"},
}
# The reference does not say what the values of this member mean; this one stands for a host in maintenance here.
MAINTENANCE_STATUS = "2"
_UPTIME = 976733
_DISK_UUID = "6000C290-99d8-f06c-adef-6c7cd32fec9a"
_VM_SPEED = 649  # MHz


# --- clusters and hosts -----------------------------------------------------------------------------------------


def list_clusters(call: Call) -> Answer:
    return Answer(200, {"clusters": [_cluster(call.world, cluster) for cluster in clusters_of(call)]})


def show_cas_host(call: Call) -> Answer:
    host = _host(call)
    return Answer(
        200,
        {
            "name": host["name"],
            "id": host["id"],
            "ip": host["ip"],
            "mask": "255.255.240.0",
            "model": "UIS R390X G2",
            "vendor": "F5 Technologies Co., Ltd.",
            "cpuCount": "16",
            "cpuModel": "Intel(R) Xeon(R) CPU E5-2623 v4 @ 2.60GHz",
            "cpuFrequence": "2856",
            "diskSize": "3251608",
            "memorySize": "257331",
            "status": MAINTENANCE_STATUS if host["maintenance"] else "1",
            "cpuSockets": "2",
            "cpuCores": "4",
            "serialNumber": "210200A00DN179000287",
            "cpuRate": "48.07",
            "memRate": "52.19",
            "vmNum": str(len(_vms_of(call.world, host))),
            "diskRate": "59.0",
            "localStorage": "3.10TB",
            "cpuSize": "2 * 4 * 2 核",
            "cpuHz": "2.86GHz",
        },
    )


def list_vmware_hosts(call: Call) -> Answer:
    cluster = _of_node(call, call.world.find("pool_clusters", call.path["cluster_id"]))
    hosts = [_vmware_host(call.world, host) for host in hosts_of(call.world, cluster)]
    return Answer(200, {"hosts": [{**host, "vswitch": ["vSwitch0", "vSwitch1"]} for host in hosts]})


def show_vmware_host(call: Call) -> Answer:
    return Answer(200, _vmware_host(call.world, _host(call)))


def complete_cluster(world: World, fields: Record) -> Record:
    """A record of kind pool_clusters: a cluster of the pool that a compute node serves."""
    return {"name": "cluster", "platform": "cas", "compute_node": "", **fields}


def complete_host(world: World, fields: Record) -> Record:
    """A record of kind pool_hosts: a host of a cluster, which serves."""
    booted = world.clock.now() - _UPTIME
    default = {"name": "host", "cluster_id": "", "ip": "", "maintenance": False, "work": None, "state": "on"}
    return {**default, "booted": booted, **fields}


def _cluster(world: World, cluster: Record) -> Record:
    cas = cluster["platform"] == "cas"
    kind = "cas" if cas else "HostSystem"
    children = [{"name": host["name"], "morId": host["id"], "type": kind} for host in hosts_of(world, cluster)]
    own = {"type": "cas", "subType": "cluster"} if cas else {"type": "ClusterComputeResource"}
    return {"name": cluster["name"], "morId": cluster["id"], **own, "children": children}


def _vmware_host(world: World, host: Record) -> Record:
    vms = _vms_of(world, host)
    return {
        "name": host["name"],
        "morId": host["id"],
        "model": "UIS R390X G2",
        "vendor": "F5 Technologies Co., Ltd.",
        "cpuModel": "Intel(R) Xeon(R) CPU E5-2623 v4 @ 2.60GHz",
        "numCpuThreads": 40,
        "cpuMHz": 2569,
        "numCpuPkgs": 2,
        "numCpuCores": 4,
        "cpuUsagePercent": 48.07,
        "memorySize": 257331,
        "memoryUsagePercent": 52.19,
        "numVms": len(vms),
        "nicCount": 8,
        "uptime": int(world.clock.now() - host["booted"]) if host["state"] == "on" else 0,
        "powerState": "POWERED_OFF" if host["state"] == "off" else "POWERED_ON",
        "inMaintenanceMode": host["maintenance"],
        "connectionState": "CONNECTED" if host["state"] == "on" else "NOT_RESPONDING",
        "overallCpuUsage": 1449,
        "overallMemoryUsage": 39456,
        "vmRefs": [{"name": vm["name"], "morId": vm["id"], "type": "VirtualMachine"} for vm in vms],
    }


def enter_maintenance(call: Call) -> Answer:
    """A host that serves gets there after a while, its machines having moved to another host of the cluster."""
    host = _addressed_host(call)
    if host["maintenance"] or host["state"] != "on":
        raise ApiError(400, f"host {host['name']} cannot enter maintenance")
    _demand_rest(host)
    call.world.clock.after(call.world.settings.action_seconds, lambda: _emptied(call.world, host))
    return Answer(200)


def exit_maintenance(call: Call) -> Answer:
    host = _addressed_host(call)
    if not host["maintenance"] or host["state"] != "on":
        raise ApiError(400, f"host {host['name']} cannot leave maintenance")
    _demand_rest(host)
    call.world.clock.after(call.world.settings.action_seconds, lambda: host.update(maintenance=False, work=None))
    return Answer(200)


def _demand_rest(host: Record) -> None:
    """Nothing tells that a host is on its way into maintenance or out of it, but that it cannot begin that again."""
    if host["work"]:
        raise ApiError(409, f"host {host['name']} is {host['work']} already")
    host["work"] = "leaving maintenance" if host["maintenance"] else "entering maintenance"


def wake(call: Call) -> Answer:
    host = _resting_host(call)
    call.world.clock.after(call.world.settings.action_seconds, lambda: _booted(call.world, host))
    return Answer(200)


def shut_down(call: Call) -> Answer:
    host = _resting_host(call)
    call.world.clock.after(call.world.settings.action_seconds, lambda: host.update(state="off"))
    return Answer(200)


def reboot(call: Call) -> Answer:
    host = _resting_host(call)
    if host["state"] != "on":
        raise ApiError(400, f"host {host['name']} is not on")
    host["state"] = "booting"
    call.world.clock.after(call.world.settings.action_seconds, lambda: _booted(call.world, host))
    return Answer(200)


def _addressed_host(call: Call) -> Record:
    """The host of the path. The body repeats what it is; both platforms are served by the prefix of VMware."""
    call.demand_admin()
    host = call.world.find("pool_hosts", call.path["host_id"])
    cluster = call.world.find("pool_clusters", host["cluster_id"])
    if cluster["compute_node"] != call.path["compute_node_name"]:
        raise ApiError(404, f"pool host {host['id']} could not be found")
    if {name: host[name] for name in ("id", "name", "ip")} != call.body:
        raise ApiError(400, "id, name and ip are not those of the host")
    return host


def _resting_host(call: Call) -> Record:
    host = _addressed_host(call)
    if not host["maintenance"]:
        raise ApiError(400, f"host {host['name']} is not in maintenance")
    return host


def _emptied(world: World, host: Record) -> None:
    host.update(maintenance=True, work=None)
    others = [other for other in world.table("pool_hosts").values() if other["cluster_id"] == host["cluster_id"]]
    refuge = next((other for other in others if not other["maintenance"]), host)
    for vm in _vms_of(world, host):
        vm["host_id"] = refuge["id"]


def _booted(world: World, host: Record) -> None:
    host.update(state="on", booted=world.clock.now())


# --- virtual machines -------------------------------------------------------------------------------------------


def list_cas_vms_of_cluster(call: Call) -> Answer:
    cluster = _of_node(call, call.world.find("pool_clusters", call.path["cluster_id"]))
    hosts = hosts_of(call.world, cluster)
    return Answer(200, {"vms": [_cas_vm(host, vm) for host in hosts for vm in _vms_of(call.world, host)]})


def list_cas_vms_of_host(call: Call) -> Answer:
    host = _host(call)
    return Answer(200, {"vms": [_cas_vm(host, vm) for vm in _vms_of(call.world, host)]})


def list_vmware_vms(call: Call) -> Answer:
    """Of a host: it stands in the query, its cluster in the path."""
    host = _of_pool(call, call.world.find("pool_hosts", call.query["host"]))
    if host["cluster_id"] != call.path["cluster_id"]:
        raise ApiError(400, f"host {host['id']} is not in cluster {call.path['cluster_id']}")
    return Answer(200, {"vms": [_vmware_vm(host, vm) for vm in _vms_of(call.world, host)]})


def complete_vm(world: World, fields: Record) -> Record:
    """A record of kind pool_vms: a machine that runs on a host of a pool, in the first of its storage pools."""
    host = world.table("pool_hosts").get(fields.get("host_id", ""), {"cluster_id": ""})
    cluster = world.table("pool_clusters").get(host["cluster_id"], {"platform": "cas"})
    name = fields.get("name", "vm")
    pool = next(iter(POOLS[cluster["platform"]]))
    return {
        "name": name,
        "title": name,
        "host_id": "",
        "uuid": fields["id"],
        "pool": pool,
        "running": True,
        "work": None,
        "disk": _DISK_UUID,
        **fields,
    }


def _cas_vm(host: Record, vm: Record) -> Record:
    return {
        "name": vm["name"],
        "id": vm["id"],
        "hostId": host["id"],
        "clusterId": host["cluster_id"],
        "hostPoolId": "1",
        "title": vm["title"],
        "hostName": host["name"],
        "memory": "16",
        "cpuRate": "48.07",
        "memRate": "52.19",
        "cpu": "1",
        "vmStatus": vm["work"] or ("running" if vm["running"] else "shutOff"),
        "uuid": vm["uuid"],
        "system": "1",
        "osDesc": "CentOS 6/7(64-bit)",
    }


def _vmware_vm(host: Record, vm: Record) -> Record:
    nic = {"macAddress": "fa:16:3e:3b:8d:d7", "ipAddress": "10.2.11.3"}
    datastore = POOLS["vmware"][vm["pool"]]
    disk = {
        "key": 2000,
        "uuid": vm["disk"],
        "label": "Hard disk 1",
        "sizeInGB": 10,
        "dataStoreMorId": datastore,
        "fileName": f"[{vm['pool']}] {vm['name']}/{vm['name']}.vmdk",
        "thinProvisioned": True,
    }
    return {
        "name": vm["name"],
        "morId": vm["id"],
        "hostName": "wintest",
        "annotation": "",
        "powerState": "POWERED_ON" if vm["running"] else "POWERED_OFF",
        **nic,
        "instanceUuid": vm["uuid"],
        "guestFullName": "Microsoft Windows 7 (64-bit)",
        "guestId": "windows7_64Guest",
        "guestState": "running" if vm["running"] else "notRunning",
        "guestCpuUsage": 16.75,
        "guestMemoryUsagePercent": 18.99,
        "numCpu": 1,
        "hostCpuMhz": _VM_SPEED,
        "hostMemoryMB": 16175,
        "memoryUsedMB": 0,
        "cpuUsageOfHostSystem": 48.07,
        "memoryUsageOfHostSystem": 48.07,
        "hostMemoryUsage": 48,
        "totalCapacityGB": 25.15,
        "usedCapacityGB": 10.36,
        "memorySizeMB": 8192,
        "memorySizeGB": 8,
        "targetHostMorID": host["id"],
        "targetDataStoreMorID": datastore,
        "template": False,
        "networks": [nic],
        "disks": [disk],
    }


# --- storage ----------------------------------------------------------------------------------------------------


def list_cas_storage(call: Call) -> Answer:
    _host(call)
    return Answer(200, {"storagePool": [_cas_pool(name, path) for name, path in POOLS["cas"].items()]})


def list_datastores(call: Call) -> Answer:
    """A map of names to ids."""
    _host(call)
    return Answer(200, dict(POOLS["vmware"]))


def _cas_pool(name: str, path: str) -> Record:
    return {
        "name": name,
        "title": name,
        "path": path,
        "type": "dir",
        "totalSize": "1220146",
        "freeSize": "1157533",
        "allocation": "453.3271484375",
        "status": "1",
        "symbolic": "false",
        "morId": name,
    }


# --- which pool -------------------------------------------------------------------------------------------------


def clusters_of(call: Call) -> Iterator[Record]:
    """Those of the compute node, which has to be one of the platform that the path speaks of. Administrators only."""
    call.demand_admin()
    clusters = [*call.world.table("pool_clusters").values()]
    mine = [cluster for cluster in clusters if cluster["compute_node"] == call.path["compute_node_name"]]
    platform = "cas" if "/crm/" in call.request.path else "vmware"
    if not mine or any(cluster["platform"] != platform for cluster in mine):
        raise ApiError(400, f"compute node {call.path['compute_node_name']} is none of {platform}")
    yield from mine


def _of_node(call: Call, cluster: Record) -> Record:
    if cluster not in clusters_of(call):
        raise ApiError(404, f"pool cluster {cluster['id']} could not be found")
    return cluster


def _of_pool(call: Call, host: Record) -> Record:
    _of_node(call, call.world.find("pool_clusters", host["cluster_id"]))
    return host


def _host(call: Call) -> Record:
    return _of_pool(call, call.world.find("pool_hosts", call.path["host_id"]))


def hosts_of(world: World, cluster: Record) -> list[Record]:
    return [host for host in world.table("pool_hosts").values() if host["cluster_id"] == cluster["id"]]


def _vms_of(world: World, host: Record) -> list[Record]:
    return [vm for vm in world.table("pool_vms").values() if vm["host_id"] == host["id"]]


HANDLERS = {
    "cas-cluster-host-list": list_clusters,
    "cas-host-get": show_cas_host,
    "cas-cluster-vm-list": list_cas_vms_of_cluster,
    "cas-host-vm-list": list_cas_vms_of_host,
    "cas-host-storage-pools": list_cas_storage,
    "vmware-cluster-host-list": list_clusters,
    "vmware-host-list-detail": list_vmware_hosts,
    "vmware-host-get": show_vmware_host,
    "vmware-host-vm-list": list_vmware_vms,
    "vmware-host-datastores": list_datastores,
    "host-maintenance-enter": enter_maintenance,
    "host-maintenance-exit": exit_maintenance,
    "host-wake": wake,
    "host-shutdown": shut_down,
    "host-reboot": reboot,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"pool_clusters": complete_cluster, "pool_hosts": complete_host, "pool_vms": complete_vm}
