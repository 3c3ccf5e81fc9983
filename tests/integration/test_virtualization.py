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
