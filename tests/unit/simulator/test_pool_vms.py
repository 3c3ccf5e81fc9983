# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What can be done to virtual machines of CAS and VMware."""

from __future__ import annotations

import pytest

from simulator import seeds

UUID = "10d666a9-489c-49b0-b2df-0b2e489d19a7"


@pytest.fixture
def cas(api):
    return lambda operation, *args, **more: api(operation, *args, compute_node_name=seeds.CAS_NODE, **more)


@pytest.fixture
def adopt(api, sim):
    sim.seed("images", id="image")
    sim.seed("flavors", id="flavor")
    body = {
        "id": UUID,
        "vmId": "600",
        "name": "test-vm",
        "image": "image",
        "flavor": "flavor",
        "port_id": seeds.PORT_1,
        "availability_zone": f"nova11:{seeds.CAS_NODE}:{seeds.CVK}",
    }

    def take(**changes):
        answer = api("vm-manage-cas", {"server": {**body, **changes}})
        sim.advance(60)
        return answer.status_code

    return take


def test_a_machine_becomes_a_server_and_is_given_up(adopt, api, sim):
    assert api("server-get", server_id=UUID).status_code == 404
    assert adopt() == 200
    assert api("server-get", server_id=UUID).json()["server"]["name"] == "test-vm"
    assert adopt() == 409
    assert api("vm-unmanage", server_id=UUID).status_code == 200
    sim.advance(60)
    assert api("server-get", server_id=UUID).status_code == 404
    assert adopt() == 200  # its port is free again


@pytest.mark.parametrize(
    "change",
    [
        {"vmId": "601"},
        {"image": "other"},
        {"port_id": seeds.DEMO_PORT},
        {"availability_zone": f"nova11:{seeds.CAS_NODE}:cvknode192(CVM10.125.26.11)"},
        {"availability_zone": "nova11"},
        {"zone_uuid": seeds.ZONE_NOVA12},
    ],
)
def test_what_does_not_fit_the_machine_is_refused(adopt, change):
    assert adopt(**change) == 400


def test_a_server_that_the_cloud_made_has_no_machine_to_give_up(api, sim):
    assert api("vm-unmanage", server_id=sim.seed("servers")[0]["id"]).status_code == 400


MOVE = {
    "id": "600",
    "domainName": "test-vm",
    "title": "test-vm",
    "targetHostId": "2",
    "onlineMigrate": "1",
    "migrateType": "0",
    "targetPath": "",
    "targetPool": "",
    "targetPoolTitle": "",
    "dstPersist": True,
    "dstSuspend": False,
}


def test_a_machine_takes_a_while_to_move(cas, sim):
    assert cas("vm-relocate", MOVE, vm_id="600").status_code == 200
    assert cas("vm-relocate", MOVE, vm_id="600").status_code == 409
    assert cas("cas-host-vm-list", host_id="2").json()["vms"] == []
    sim.advance(60)
    assert [vm["id"] for vm in cas("cas-host-vm-list", host_id="2").json()["vms"]] == ["600"]


@pytest.mark.parametrize(
    "change",
    [
        {"id": "601"},
        {"title": "other"},
        {"onlineMigrate": "0"},
        {"targetHostId": "1"},
        {"targetHostId": "host-11"},
        {"migrateType": "1"},
        {"migrateType": "2"},
    ],
)
def test_a_migration_has_to_make_sense(cas, change):
    assert cas("vm-relocate", {**MOVE, **change}, vm_id="600").status_code == 400


def test_only_cas_lists_snapshots(api):
    place = {"compute_node_name": seeds.VMWARE_NODE, "vm_id": "vm-600"}
    assert api("pool-vm-snapshot-list", **place).status_code == 400


def test_snapshots_hang_below_each_other(cas, sim):
    for name in ("first", "second"):
        assert cas("pool-vm-snapshot-create", {"vmId": "600", "name": name}).status_code == 200
        sim.advance(60)
    assert cas("pool-vm-snapshot-create", {"vmId": "600", "name": "first"}).status_code == 500
    (root,) = cas("pool-vm-snapshot-list", vm_id="600").json()["snapshot"]
    (leaf,) = root["snapshots"]["snapshot"]
    assert (root["isCurr"], leaf["isCurr"], leaf["snapshots"]) == (False, True, {})
    assert cas("pool-vm-snapshot-restore", {"vmId": "600", "name": "first"}).status_code == 200
    sim.advance(60)
    assert cas("pool-vm-snapshot-list", vm_id="600").json()["snapshot"][0]["isCurr"] is True
    assert cas("pool-vm-snapshot-delete", vm_id="600", snapshot_name="first").status_code == 200
    sim.advance(60)
    assert [entry["name"] for entry in cas("pool-vm-snapshot-list", vm_id="600").json()["snapshot"]] == ["second"]


def test_counters_are_told_as_parallel_arrays(api):
    place = {"compute_node_name": seeds.VMWARE_NODE, "type": "datastore", "morId": "datastore-12"}
    told = api("vmware-perf-get", **place).json()
    assert {len(entry["value"]) for entry in told["data"]} == {len(told["timestamps"])}
    assert api("vmware-perf-get", **{**place, "type": "host"}).status_code == 404
