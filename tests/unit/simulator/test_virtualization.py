# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""CAS and VMware below the cloud."""

from __future__ import annotations

import pytest

from simulator import seeds


@pytest.fixture
def cas(api):
    return lambda operation, *args, **more: api(operation, *args, compute_node_name=seeds.CAS_NODE, **more)


@pytest.fixture
def vmware(api):
    return lambda operation, *args, **more: api(operation, *args, compute_node_name=seeds.VMWARE_NODE, **more)


def test_the_clusters_are_those_of_the_compute_node(cas, vmware):
    (own,), (other,) = (
        cas("cas-cluster-host-list").json()["clusters"],
        vmware("vmware-cluster-host-list").json()["clusters"],
    )
    assert (own["morId"], [host["morId"] for host in own["children"]]) == ("1", ["1", "2"])
    assert (other["morId"], [host["morId"] for host in other["children"]]) == ("domain-c7", ["host-11", "host-16"])


def test_a_path_of_the_other_platform_is_refused(cas, vmware):
    assert vmware("cas-cluster-host-list").status_code == 400
    assert cas("vmware-cluster-host-list").status_code == 400
    assert cas("cas-host-get", host_id="host-11").status_code == 404


def test_only_administrators_look_below_the_cloud(demo):
    assert demo("cas-cluster-host-list", compute_node_name=seeds.CAS_NODE).status_code == 403


def test_cas_tells_everything_as_text(cas):
    told = [cas("cas-host-get", host_id="1").json(), *cas("cas-cluster-vm-list", cluster_id="1").json()["vms"]]
    assert {type(value) for entry in told for value in entry.values()} == {str}
    assert cas("cas-host-vm-list", host_id="2").json() == {"vms": []}


def test_a_host_of_vmware_has_to_be_in_the_cluster_of_the_path(vmware):
    query = {"host": "host-11"}
    assert vmware("vmware-host-vm-list", query=query, cluster_id="domain-c7").json()["vms"][0]["morId"] == "vm-600"
    assert vmware("vmware-host-vm-list", query=query, cluster_id="domain-c8").status_code == 400
    assert vmware("vmware-host-vm-list", cluster_id="domain-c7").status_code == 400


def test_datastores_are_a_map(vmware):
    assert vmware("vmware-host-datastores", host_id="host-11").json()["datastore1"] == "datastore-12"
