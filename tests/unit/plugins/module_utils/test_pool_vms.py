# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Machines below the cloud are taken over, given up and moved, whatever the platform leaves out."""

from __future__ import annotations

import json

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError, WaitError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.execution import converge
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization.managed_vm import MANAGED_VM
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.virtualization.vm_migration import VM_MIGRATION

from .conftest import Answer

UUID = "10d666a9-489c-49b0-b2df-0b2e489d19a7"
IMAGE, FLAVOR = "7bfa8817-a156-440a-beca-afeffd6aba48", "bd86ed20-8fb4-4487-9ab8-6830b4a4c842"
PORT = "ce531f90-199f-48c0-816c-13e38010b442"
HOSTS = [{"name": "cvknode191", "morId": "1"}, {"name": "cvknode192", "morId": "2"}]
CLUSTERS = Answer(200, {"clusters": [{"name": "c", "morId": "7", "subType": "pool", "children": HOSTS}]})
VM = {"name": "test-vm", "id": "600", "hostId": "1", "clusterId": "7", "hostName": "cvknode191", "uuid": UUID}


def machines(**told):
    return Answer(200, {"vms": [{**VM, **told}]})


def server(**told):
    shape = {"image": {"id": IMAGE}, "flavor": {"id": FLAVOR}, "OS-EXT-AZ:availability_zone": "nova11"}
    return Answer(200, {"server": {"id": UUID, "name": "test-vm", "status": "ACTIVE", **shape, **told}})


def run(platform, resource, *answers, **options):
    platform.answers(*answers)
    given = {field.name: None for field in resource.fields if field.option is not None}
    where = {"platform": "cas", "compute_node": "node", "cluster": None, "vm": "test-vm", "wait": True}
    options = {**given, **where, "wait_timeout": 60, "replace": False, "state": "present", **options}
    return converge(resource, Context(platform.client(), options))


# --- taking over -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("told", [{"fault": {"message": "no such port"}}, {}])
def test_a_machine_that_ends_in_an_error_is_not_taken_over(platform, told):
    answers = [
        *(CLUSTERS, machines(), Answer(404)),
        Answer(200, {"images": [{"id": IMAGE, "name": "i"}]}),
        Answer(200, {"flavors": [{"id": FLAVOR, "name": "f"}]}),
        Answer(200, [{"id": "z", "zone": "nova11", "resourceType": "nova"}]),
        *(Answer(200), server(status="BUILD"), server(status="ERROR", **told)),
    ]
    options = {"image": "i", "flavor": "f", "ports": [PORT], "availability_zone": "nova11", "cvk": "k"}
    with pytest.raises(WaitError, match="no such port" if told else "ERROR"):
        run(platform, MANAGED_VM, *answers, **options)


@pytest.mark.parametrize("port", [PORT, "eth0", "eth9"])
def test_a_port_is_given_by_name_or_by_its_id(platform, port):
    """Only a name costs a list; one that nothing bears is an error before anything is sent."""
    answers = [
        *(CLUSTERS, machines(), Answer(404)),
        Answer(200, {"images": [{"id": IMAGE, "name": "i"}]}),
        Answer(200, {"flavors": [{"id": FLAVOR, "name": "f"}]}),
        Answer(200, [{"id": "z", "zone": "nova11", "resourceType": "nova"}]),
    ]
    listed = [] if port == PORT else [Answer(200, {"ports": [{"id": PORT, "name": "eth0", "tenant_id": "a" * 32}]})]
    options = {"image": "i", "flavor": "f", "ports": [port], "availability_zone": "nova11", "cvk": "k"}
    if port == "eth9":
        with pytest.raises(OptionError, match="ports: there is no port 'eth9'"):
            run(platform, MANAGED_VM, *answers, *listed, **options)
        assert all(request.method == "GET" for request in platform.seen)
        return
    run(platform, MANAGED_VM, *answers, *listed, Answer(200), server(status="ACTIVE"), **options)
    (sent,) = [request for request in platform.seen if request.method == "POST"]
    assert json.loads(sent.body)["server"]["port_id"] == PORT


@pytest.mark.parametrize("uuid", [None, ""])
def test_a_machine_that_the_cloud_cannot_have_need_not_be_given_up(platform, uuid):
    assert run(platform, MANAGED_VM, CLUSTERS, machines(uuid=uuid), state="absent")["changed"] is False


# --- migration ---------------------------------------------------------------------------------------------------

MOVE = {"target_storage": None, "move_storage": "if_known", "online": None, "persist": True, "suspend": False}


@pytest.mark.parametrize("cluster_id", ["", None, "0"])
def test_a_machine_is_of_the_cluster_that_it_is_listed_in(platform, cluster_id):
    """One of a host pool may tell no cluster, or another one."""
    answers = [CLUSTERS, machines(clusterId=cluster_id), Answer(200), machines(hostId="2")]
    result = run(platform, VM_MIGRATION, *answers, target_host="cvknode192", **MOVE)
    assert (result["actions"], result["vm"]["host_id"], result["vm"]["cluster_id"]) == (["migrate"], "2", "7")


@pytest.mark.parametrize("status, online", [("running", False), ("shutOff", True)])
def test_a_migration_that_the_state_of_the_machine_rules_out_is_refused(platform, status, online):
    move = {**MOVE, "online": online}
    with pytest.raises(OptionError, match=f"does not go with test-vm, which is {status}"):
        run(platform, VM_MIGRATION, CLUSTERS, machines(vmStatus=status), target_host="cvknode192", **move)
    assert all(request.method == "GET" for request in platform.seen)
