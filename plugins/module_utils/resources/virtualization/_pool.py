# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What CAS and VMware have below the cloud: clusters, hosts, virtual machines, storage (section 1.13 of the reference).

CAS returns everything as text, VMware in JSON types, and what is called morId in one list is called id or modId in the
next. Both are brought to one form here.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.responses import as_list, unwrap
from ...model.context import Context
from ...model.field import Field, check_filled, computed, read_object

_CRM = "/os/compute/v1/cloudos/crm/{tenant_id}/{compute_node_name}"


_VRM = "/os/compute/v1/cloudos/vrm/{tenant_id}/{compute_node_name}"


CAS_CLUSTERS = Operation("cas-cluster-host-list", "GET", f"{_CRM}/clusters-hosts")


CAS_HOST = Operation("cas-host-get", "GET", f"{_CRM}/hostDetail/{{host_id}}")


CAS_CLUSTER_VMS = Operation("cas-cluster-vm-list", "GET", f"{_CRM}/vms-cluster-simple/{{cluster_id}}")


CAS_HOST_VMS = Operation("cas-host-vm-list", "GET", f"{_CRM}/vms-host-simple/{{host_id}}")


CAS_STORAGE = Operation("cas-host-storage-pools", "GET", f"{_CRM}/storagePoolForHost/{{host_id}}")


VMWARE_CLUSTERS = Operation("vmware-cluster-host-list", "GET", f"{_VRM}/clusters-hosts")


VMWARE_HOSTS = Operation("vmware-host-list-detail", "GET", f"{_VRM}/clusters/{{cluster_id}}/hosts/detail")


VMWARE_HOST = Operation("vmware-host-get", "GET", f"{_VRM}/hosts/{{host_id}}")


VMWARE_VMS = Operation("vmware-host-vm-list", "GET", f"{_VRM}/clusters/{{cluster_id}}/vms/detail")


VMWARE_STORAGE = Operation("vmware-host-datastores", "GET", f"{_VRM}/host/{{host_id}}/datastore")


_ID = ("morId", "modId", "id")


_NAMED = (computed("id", api=_ID), computed("name"), computed("type"))


_CLUSTER = (*_NAMED, computed("sub_type", api="subType"))


_HOST = (
    computed("id", api=_ID),
    computed("name"),
    computed("cluster_id"),
    computed("ip"),
    computed("netmask", api="mask"),
    computed("model"),
    computed("vendor"),
    computed("serial_number", api="serialNumber"),
    computed("status"),
    computed("power_state", api="powerState"),
    computed("connection_state", api="connectionState"),
    computed("in_maintenance", "bool", api="inMaintenanceMode"),
    computed("cpu_model", api="cpuModel"),
    computed("cpu_mhz", "int", api=("cpuMHz", "cpuFrequence")),
    computed("cpu_frequency", api="cpuHz"),
    computed("cpu_size", api="cpuSize"),
    computed("cpu_sockets", "int", api=("numCpuPkgs", "cpuSockets")),
    computed("cpu_cores", "int", api=("numCpuCores", "cpuCores")),
    computed("cpu_threads", "int", api=("numCpuThreads", "cpuCount")),
    computed("cpu_usage_percent", "float", api=("cpuUsagePercent", "cpuRate")),
    computed("memory_size", "int", api="memorySize"),
    computed("memory_usage_percent", "float", api=("memoryUsagePercent", "memRate")),
    computed("disk_size", "int", api="diskSize"),
    computed("disk_usage_percent", "float", api="diskRate"),
    computed("local_storage", api="localStorage"),
    computed("vm_count", "int", api=("numVms", "vmNum")),
    computed("nic_count", "int", api="nicCount"),
    computed("allocated_vcpus", "int", api="overallCpuUsage"),
    computed("allocated_memory", "int", api="overallMemoryUsage"),
    computed("uptime", "int"),
    computed("vswitches", "list", api="vswitch"),
)


_VM = (
    computed("id", api=_ID),
    computed("name"),
    computed("title"),
    computed("uuid", api=("uuid", "instanceUuid")),
    computed("cluster_id"),
    computed("host_id", api=("hostId", "targetHostMorID", "host_id")),
    computed("host_name", api="hostName"),
    computed("host_pool_id", api="hostPoolId"),
    computed("datastore_id", api="targetDataStoreMorID"),
    computed("status", api="vmStatus"),
    computed("power_state", api="powerState"),
    computed("guest_state", api="guestState"),
    Field("system", api=("system",), enum={"windows": "0", "linux": "1"}),
    computed("os", api=("osDesc", "guestFullName")),
    computed("vcpus", "int", api=("cpu", "numCpu")),
    computed("cpu_usage_percent", "float", api=("cpuRate", "guestCpuUsage")),
    computed("memory", "int"),
    computed("memory_mb", "int", api="memorySizeMB"),
    computed("memory_usage_percent", "float", api=("memRate", "guestMemoryUsagePercent")),
    computed("provisioned_gb", "float", api="totalCapacityGB"),
    computed("used_gb", "float", api="usedCapacityGB"),
    computed("is_template", "bool", api="template"),
    computed("annotation"),
)


_NIC = (computed("mac_address", api="macAddress"), computed("ip_address", api="ipAddress"))


_DISK = (
    computed("key", "int"),
    computed("uuid"),
    computed("label"),
    computed("size_gb", "int", api="sizeInGB"),
    computed("datastore_id", api="dataStoreMorId"),
    computed("file", api="fileName"),
    computed("thin_provisioned", "bool", api="thinProvisioned"),
)


_STORAGE = (
    computed("id", api=_ID),
    computed("name"),
    computed("title"),
    computed("host_id"),
    computed("path"),
    computed("type"),
    computed("status"),
    computed("total_size", "int", api="totalSize"),
    computed("free_size", "int", api="freeSize"),
    computed("allocation", "float", api=("allocation", "Allocation")),
    computed("is_symbolic", "bool", api="symbolic"),
)


WHERE = {
    "platform": {"type": "str", "choices": ["cas", "vmware"], "required": True},
    "compute_node": {"type": "str", "required": True},
}


#: the options that say which virtual machine is meant
MACHINE = {**WHERE, "vm": {"type": "str", "required": True}, "cluster": {"type": "str"}}


@dataclasses.dataclass(frozen=True)
class Pool:
    """The clusters of a compute node, and what can be read of them.

    Attributes:
        run: its options name the compute node.
        platform: what it stands for, where the options do not say that.
    """

    run: Context
    platform: t.Optional[str] = None

    def __post_init__(self) -> None:
        check_filled(self.run.options, ("compute_node", "cluster", "host", "vm"))

    @property
    def is_cas(self) -> bool:
        return (self.platform or self.run.options["platform"]) == "cas"

    def read(self, operation: Operation, query: t.Optional[Json] = None, **params: str) -> t.Any:
        """What an operation answers for the compute node of the options."""
        return self.run.client.call(
            operation, {"compute_node_name": self.run.options["compute_node"], **params}, query=query
        )

    def clusters(self) -> list[Json]:
        """All clusters, each with its hosts by id and name."""
        answer = self.read(CAS_CLUSTERS if self.is_cas else VMWARE_CLUSTERS)
        clusters = []
        for raw in _entries(answer, "clusters"):
            hosts = [read_object(_NAMED, child) for child in _entries(raw, "children")]
            clusters.append({**read_object(_CLUSTER, raw), "hosts": hosts})
        return clusters

    def host(self, cluster_id: str, host_id: str) -> Json:
        """One host with its details."""
        operation = CAS_HOST if self.is_cas else VMWARE_HOST
        raw = unwrap(self.read(operation, host_id=host_id), "host", "hosts")
        return _host({"id": host_id, **raw, "cluster_id": cluster_id})

    def hosts(self, cluster: Json, whole: bool = True) -> list[Json]:
        """The hosts of a cluster with their details, all or those that are given. CAS returns them one by one."""
        if self.is_cas or not whole:
            return [self.host(cluster["id"], host["id"]) for host in cluster["hosts"]]
        answer = self.read(VMWARE_HOSTS, cluster_id=cluster["id"])
        return [_host({**raw, "cluster_id": cluster["id"]}) for raw in _entries(answer, "hosts")]

    def vms(self, cluster: Json, whole: bool = True) -> list[Json]:
        """The machines of a cluster, all or those of the hosts that are given. VMware returns them host by host.

        Each is of this cluster, whatever it reports: one of a host pool may report another or none.
        """
        answers: list[tuple[Json, t.Any]]
        if self.is_cas and whole:
            answers = [({}, self.read(CAS_CLUSTER_VMS, cluster_id=cluster["id"]))]
        elif self.is_cas:
            answers = [(host, self.read(CAS_HOST_VMS, host_id=host["id"])) for host in cluster["hosts"]]
        else:
            answers = [
                (host, self.read(VMWARE_VMS, {"host": host["id"]}, cluster_id=cluster["id"]))
                for host in cluster["hosts"]
            ]
        return [
            _vm({"host_id": host.get("id"), **raw, "cluster_id": cluster["id"]})
            for host, answer in answers
            for raw in _entries(answer, "vms")
        ]

    def storage(self, host_id: str) -> list[Json]:
        """The storage of a host. VMware returns it as a map of names to ids."""
        if self.is_cas:
            entries = _entries(self.read(CAS_STORAGE, host_id=host_id), "storagePool")
        else:
            answer = self.read(VMWARE_STORAGE, host_id=host_id)
            if answer is not None and not isinstance(answer, dict):
                raise CloudError(
                    f"{VMWARE_STORAGE.id}: the answer has not the form that it should have.",
                    operation=VMWARE_STORAGE.id,
                )
            entries = [{"name": name, "morId": own_id} for name, own_id in (answer or {}).items()]
        return [read_object(_STORAGE, {**raw, "host_id": host_id}) for raw in entries]


def _entries(answer: t.Any, key: str) -> list[Json]:
    return [entry for entry in as_list(answer, key) if isinstance(entry, dict)]


def _host(raw: Json) -> Json:
    vms = [read_object(_NAMED, vm) for vm in _entries(raw, "vmRefs")]
    return {**read_object(_HOST, raw), "vms": vms if "vmRefs" in raw else None}


def _vm(raw: Json) -> Json:
    parts = {"nics": ("networks", _NIC), "disks": ("disks", _DISK)}
    returned = {
        name: [read_object(fields, part) for part in _entries(raw, key)] if key in raw else None
        for name, (key, fields) in parts.items()
    }
    return {**read_object(_VM, raw), **returned}


def one_of(entries: t.Sequence[Json], wanted: str, option: str, noun: str) -> Json:
    """The entry of this id, else that of this name.

    Raises:
        OptionError: there is none, or several bear the name.
    """
    found = [entry for entry in entries if entry["id"] == wanted]
    found = found or [entry for entry in entries if entry["name"] == wanted]
    if len(found) > 1:
        ids = ", ".join(sorted(str(entry["id"]) for entry in found))
        raise OptionError(f"{option}: there are several {noun}s named {wanted!r}: {ids}. Specify the ID.")
    if not found:
        names = ", ".join(sorted({str(entry["name"]) for entry in entries})[:20])
        raise OptionError(f"{option}: there is no {noun} {wanted!r}.", hint=f"There are: {names or 'none'}.")
    return found[0]


def chosen(run: Context, clusters: list[Json]) -> list[Json]:
    """The clusters that the options mean, with those of their hosts that the options mean."""
    if run.options.get("cluster"):
        clusters = [one_of(clusters, run.options["cluster"], "cluster", "cluster")]
    if run.options.get("host"):
        host = one_of([host for cluster in clusters for host in cluster["hosts"]], run.options["host"], "host", "host")
        clusters = [{**cluster, "hosts": [host]} for cluster in clusters if host in cluster["hosts"]]
    return clusters


def work_on(vm: Json) -> t.Optional[str]:
    """What a platform is doing to a machine, by a status such as `migrating`; None where it rests or says nothing."""
    status = str(vm["status"] or "").casefold()
    return status if status.endswith("ing") and status != "running" else None


def machines_of(run: Context, clusters: t.Sequence[Json]) -> list[Json]:
    """The virtual machines of these clusters."""
    pool = Pool(run)
    return [vm for cluster in clusters for vm in pool.vms(cluster)]


def machine_of(run: Context) -> t.Optional[Json]:
    """The virtual machine that the options mean; None for one that shall have or be nothing, and does not exist."""
    wanted = run.options["vm"]
    vms = machines_of(run, chosen(run, Pool(run).clusters()))
    if run.options.get("state") == "absent" and not any(wanted in (vm["id"], vm["name"]) for vm in vms):
        return None
    return one_of(vms, wanted, "vm", "virtual machine")
