# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CAS and VMware below the cloud: what is asked for, in how many requests, and what is refused before any."""

from __future__ import annotations

from typing import Any

from integration.harness import Ansible, uses

from simulator import Simulator, seeds

CAS = {"platform": "cas", "compute_node": seeds.CAS_NODE}
VMWARE = {"platform": "vmware", "compute_node": seeds.VMWARE_NODE}
CAS_CLUSTERS, VMWARE_CLUSTERS = "GET cas-cluster-host-list", "GET vmware-cluster-host-list"
EVERYTHING = {"gather": ["clusters", "hosts", "vms", "storage"]}


def task(name: str, module: str, **options: Any) -> dict[str, Any]:
    return {"name": name, **uses(f"cloudos_{module}", **options)}


def test_reading_takes_as_few_requests_as_it_can(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """One for clusters, then one for each host or cluster, whichever the platform offers."""
    tasks = [
        task("log in", "flavor_info"),
        task("clusters", "virtualization_info", **CAS),
        task("cas", "virtualization_info", **CAS, **EVERYTHING),
        task("cas host", "virtualization_info", **CAS, **EVERYTHING, host="cvknode191"),
        task("vmware", "virtualization_info", **VMWARE, **EVERYTHING),
        task("vmware host", "virtualization_info", **VMWARE, **EVERYTHING, host="host-11"),
    ]
    played = ansible.play(tasks, mode=mode)
    cas_host, cas_storage = "GET cas-host-get", "GET cas-host-storage-pools"
    vms, datastores = "GET vmware-host-vm-list", "GET vmware-host-datastores"
    assert {task.name: task.sent() for task in played.tasks[1:]} == {
        "clusters": [CAS_CLUSTERS],
        "cas": [CAS_CLUSTERS, cas_host, cas_host, "GET cas-cluster-vm-list", cas_storage, cas_storage],
        "cas host": [CAS_CLUSTERS, cas_host, "GET cas-host-vm-list", cas_storage],
        "vmware": [VMWARE_CLUSTERS, "GET vmware-host-list-detail", vms, vms, datastores, datastores],
        "vmware host": [VMWARE_CLUSTERS, "GET vmware-host-get", vms, datastores],
    }
    assert not any(task.result["changed"] for task in played.tasks)


def test_maintenance_is_told_by_the_platform(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """Two reads, one request more for each change, and none for what is refused."""
    cas = {**CAS, "host": "cvknode192", "maintenance_status": "2"}
    vmware = {**VMWARE, "host": "172.25.17.19"}
    cas_reads, vmware_reads = [CAS_CLUSTERS, "GET cas-host-get"], [VMWARE_CLUSTERS, "GET vmware-host-get"]
    refused = {"ignore_errors": True}
    tasks = [
        task("log in", "flavor_info"),
        task("power of a host that serves", "virtualization_host", **vmware, power="reboot") | refused,
        task("cas: without a status", "virtualization_host", **CAS, host="1", maintenance=True) | refused,
        task("both", "virtualization_host", **vmware, maintenance=False, power="wake") | refused,
        task("no address", "virtualization_host", **vmware, maintenance=True, ip="node") | refused,
        task("predicted", "virtualization_host", **cas, maintenance=True) | {"check_mode": True},
        task("enter", "virtualization_host", **cas, maintenance=True, wait=False),
        task("vmware: enter and reboot", "virtualization_host", **vmware, maintenance=True, power="reboot"),
        task("enter again", "virtualization_host", **cas, maintenance=True),
    ]
    played = ansible.play(tasks, mode=mode)
    assert played["power of a host that serves"].sent() == vmware_reads
    assert "needs a host in maintenance, and 172.25.17.19 is not" in played.result("power of a host that serves")["msg"]
    assert [played[name].sent() for name in ("cas: without a status", "both", "no address")] == [[], [], []]
    assert played["predicted"].sent() == cas_reads
    assert played.result("predicted")["actions"] == played.result("enter")["actions"] == ["enter_maintenance"]
    assert played["enter"].sent() == [*cas_reads, "PUT host-maintenance-enter"]
    assert played["enter again"].sent() == cas_reads and not played.result("enter again")["changed"]
    both = played.result("vmware: enter and reboot")
    assert both["actions"] == ["enter_maintenance", "reboot"]
    assert both["host"]["maintenance"] is True and both["host"]["uptime"] < 1000
    assert len(played["vmware: enter and reboot"].writes) == 2


def test_an_address_that_nobody_tells_has_to_be_given(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.seed("pool_hosts", id="host-20", name="esx-20", cluster_id="domain-c7", ip="172.25.17.20")
    options = {**VMWARE, "host": "esx-20", "maintenance": True}
    tasks = [
        task("without", "virtualization_host", **options) | {"ignore_errors": True},
        task("with", "virtualization_host", **options, ip="172.25.17.20"),
    ]
    played = ansible.play(tasks, mode=mode)
    assert "does not return the address of esx-20" in played.result("without")["msg"] and not played["without"].writes
    assert played.result("with")["host"]["maintenance"] is True


def test_machines_take_as_few_requests_as_they_can(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """Clusters and machines are read to find one; a change is one request more, and nothing is one for each kind."""
    cloud.settings(action_seconds=0)  # the task after the migration does not find the machine on its way
    image, flavor = cloud.seed("images")[0], cloud.seed("flavors")[0]
    vm, vms = {**CAS, "vm": "test-vm"}, [CAS_CLUSTERS, "GET cas-cluster-vm-list"]
    own = {"image": image["id"], "flavor": flavor["id"], "ports": [seeds.PORT_1], "availability_zone": "nova11"}
    unlisted = {**VMWARE, "vm": "win-vm", "name": "s"}
    refused = {"ignore_errors": True}
    tasks = [
        task("log in", "flavor_info"),
        task("adopt", "managed_vm", **vm, **own, cvk=seeds.CVK),
        task("adopt again", "managed_vm", **vm, availability_zone="nova11"),
        task("other options", "managed_vm", **VMWARE, vm="win-vm", cvk="a") | refused,
        task("migrate", "vm_migration", **vm, target_host="cvknode192", wait=False),
        {"name": "snapshot", **uses("cloudos_pool_vm_snapshot", **vm, name="s", wait=False)},
        task("snapshots", "pool_vm_snapshot_info", **vm),
        {"name": "unlisted", **uses("cloudos_pool_vm_snapshot", **unlisted)} | refused,
        task("no list", "pool_vm_snapshot_info", **VMWARE, vm="win-vm") | refused,
        task("counters", "metric_info", scope="vmware", compute_node=seeds.VMWARE_NODE, host="host-11"),
        task("of a datastore", "metric_info", scope="vmware", compute_node=seeds.VMWARE_NODE, datastore="datastore1"),
    ]
    played = ansible.play(tasks, mode=mode)
    sent = {task.name: task.sent() for task in played.tasks}
    assert "GET os-port-list" not in sent["adopt"]
    assert sent["adopt again"] == [*vms, "GET server-get"]
    assert sent["migrate"] == [*vms, "POST vm-relocate"]
    assert sent["snapshot"] == [*vms, "GET pool-vm-snapshot-list", "POST pool-vm-snapshot-create"]
    assert sent["snapshots"] == [*vms, "GET pool-vm-snapshot-list"]
    assert [sent[name] for name in ("other options", "unlisted", "no list")] == [[], [], []]
    assert sent["counters"] == [VMWARE_CLUSTERS, "GET vmware-perf-get"]
    assert sent["of a datastore"] == [VMWARE_CLUSTERS, *["GET vmware-host-datastores"] * 2, "GET vmware-perf-get"]
    assert "GET hypervisor-list-detail" not in sent["adopt"]
    assert not played.result("adopt again")["changed"]
