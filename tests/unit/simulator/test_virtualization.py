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


BODY = {"id": "host-16", "name": "172.25.17.19", "ip": "172.25.17.19"}


@pytest.fixture
def act(vmware, sim):
    """Take an action on a host, let time pass, and tell the answer's status."""

    def take(operation, **changes):
        answer = vmware(operation, {**BODY, **changes}, host_id="host-16")
        sim.advance(60)
        return answer.status_code

    return take


def test_a_host_takes_a_while_to_enter_maintenance(vmware, sim):
    assert vmware("host-maintenance-enter", BODY, host_id="host-16").status_code == 200
    assert vmware("vmware-host-get", host_id="host-16").json()["inMaintenanceMode"] is False
    sim.advance(60)
    assert vmware("vmware-host-get", host_id="host-16").json()["inMaintenanceMode"] is True


def test_the_machines_leave_a_host_that_enters_maintenance(vmware, sim):
    body = {"id": "host-11", "name": "172.25.17.18", "ip": "172.25.17.18"}
    assert vmware("host-maintenance-enter", body, host_id="host-11").status_code == 200
    sim.advance(60)
    assert vmware("vmware-host-get", host_id="host-11").json()["numVms"] == 0
    assert vmware("vmware-host-get", host_id="host-16").json()["vmRefs"][0]["morId"] == "vm-600"


def test_only_a_host_in_maintenance_changes_its_power(act, vmware):
    actions = ["host-maintenance-exit", "host-wake", "host-shutdown", "host-reboot"]
    assert [act(action) for action in actions] == [400, 400, 400, 400]
    assert act("host-maintenance-enter") == 200
    assert act("host-maintenance-enter") == 400
    assert act("host-shutdown") == 200
    assert vmware("vmware-host-get", host_id="host-16").json()["powerState"] == "POWERED_OFF"
    assert act("host-reboot") == 400
    assert act("host-wake") == 200
    assert act("host-reboot") == 200
    told = vmware("vmware-host-get", host_id="host-16").json()
    assert (told["powerState"], told["connectionState"]) == ("POWERED_ON", "CONNECTED") and told["uptime"] < 100
    assert act("host-maintenance-exit") == 200


@pytest.mark.parametrize("change", [{"id": "host-11"}, {"name": "other"}, {"ip": "172.25.17.20"}])
def test_the_body_has_to_tell_the_same_host_as_the_path(act, change):
    assert act("host-maintenance-enter", **change) == 400
