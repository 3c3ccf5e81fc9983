# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A change sends the whole node; what is secret of it comes from the platform or the user, and stays between them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.execution import converge
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.info import gather
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import info_spec, state_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure._compute_node_switches import (
    decoded,
    encoded,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.compute_node import COMPUTE_NODE
from simulator import Simulator, seeds

QUEUE = "rabbit://openstack:queue-secret@rabbitmq-service"
NEW = {
    "name": "host191",
    "vm_type": "cas",
    "host_ip": "10.125.26.11",
    "username": "userName",
    "password": seeds.MANAGER_PASSWORD,
    "host_pool": "pool1",
    "network_mode": "vlan",
    "storage_zone": "cinder191",
    "cluster": "cluster1",
    "cluster_id": "1",
    "init_mode": "vmware_api",
    "vswitches": [{"network": "cas", "device": "vxlan"}],
}


@pytest.fixture(scope="module")
def running():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def cloud(running):
    running.reset()
    return running


def _run(cloud, work, spec, check_mode, options):
    cloud.clear_log()
    defaults = {name: rules.get("default") for name, rules in spec.items() if "fallback" not in rules}
    client = Client(
        Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin", timeout=60.0)
    )
    try:
        return work(COMPUTE_NODE, Context(client, {**defaults, **options}, check_mode))
    finally:
        client.close()


def task(cloud, check_mode=False, **options):
    return _run(cloud, converge, state_spec(COMPUTE_NODE), check_mode, options)


def read(cloud, **options):
    return _run(cloud, gather, info_spec(COMPUTE_NODE), False, options)


def sent(cloud):
    return [entry["operation"] for entry in cloud.log() if "tokens" not in entry["path"]]


def bodies(cloud, operation):
    return [entry["body"] for entry in cloud.log() if entry["operation"] == operation]


def node(cloud, name="host191"):
    return next(record for record in cloud.state("compute_nodes") if record["id"] == name)


# --- the whole node ----------------------------------------------------------------------------------------------


def test_a_new_node_is_an_array_of_one_with_numbers_for_words(cloud):
    made = task(cloud, **NEW, link_clone=True)
    ((body,),) = bodies(cloud, "compute-node-create")
    assert (body["vmType"], body["vxlanOverlayMode"], body["linkClone"]) == (2, 3, True)
    assert body["vswitch"] == [{"netName": "Y2Fz", "device": "vxlan"}]
    assert "pci" not in body and "transport_url" not in body
    assert made["compute_node"]["vm_type"] == "cas"
    assert task(cloud, **NEW, link_clone=True)["changed"] is False


def test_an_update_keeps_what_the_platform_told_and_is_not_given(cloud):
    cloud.seed(
        "compute_nodes", hostName="host191", allPass="all-secret", transport=QUEUE, mode="expand", linkClone=True
    )
    before = node(cloud)
    told = task(cloud, name="host191", host_pool="pool2", password="new-secret")
    assert node(cloud) == {**before, "poolName": "pool2", "password": "new-secret"}
    assert told["compute_node"]["host_pool"] == "pool2"
    assert not [secret for secret in ("all-secret", "queue-secret", "new-secret") if secret in json.dumps(told)]


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_change_demands_the_password_and_a_node_that_is_as_wanted_does_not(cloud, check_mode):
    cloud.seed("compute_nodes", hostName="host191")
    with pytest.raises(OptionError, match=r"^password: it is needed to change host_pool"):
        task(cloud, check_mode, name="host191", host_pool="pool2")
    assert sent(cloud) == ["compute-node-list"]
    assert task(cloud, check_mode, name="host191", host_pool="pool1")["changed"] is False


def test_masked_secrets_are_not_written_back(cloud):
    cloud.seed("compute_nodes", hostName="host191", allPass="all-secret", transport=QUEUE)
    cloud.settings(node_secrets="masked")
    task(cloud, name="host191", host_pool="pool2", password="s3cret", all_pass="all-secret")
    assert (node(cloud)["allPass"], node(cloud)["transport"]) == ("all-secret", None)


def test_secrets_are_set_when_they_shall_be(cloud):
    cloud.seed("compute_nodes", hostName="host191", allPass="old-secret", transport=QUEUE)
    options = {"name": "host191", "password": "s3cret", "all_pass": "new-secret"}
    assert task(cloud, **options)["changed"] is False
    told = task(cloud, **options, update_password="always")
    assert told["actions"] == ["update"]
    assert told["diff"]["after"]["all_pass"] == told["diff"]["after"]["password"] == "********"
    assert (node(cloud)["allPass"], node(cloud)["password"]) == ("new-secret", "s3cret")


def test_a_number_without_a_word_goes_back_as_it_came(cloud):
    cloud.seed("compute_nodes", hostName="host191", vxlanOverlayMode=7)
    cloud.settings(validate=False)
    assert read(cloud)["compute_nodes"][0]["network_mode"] == "7"
    with pytest.raises(CloudError):
        task(cloud, name="host191", host_pool="pool2", password="s3cret")
    ((body,),) = bodies(cloud, "compute-node-update")
    assert body["vxlanOverlayMode"] == 7


def test_a_deletion_tells_zone_and_project(cloud):
    cloud.seed("compute_nodes", hostName="host191")
    assert task(cloud, name="host191", state="absent")["actions"] == ["delete"]
    assert bodies(cloud, "compute-node-delete") == [
        {"hostName": "host191", "storageZone": "cinder191", "tenantId": seeds.ADMIN_PROJECT}
    ]
    assert task(cloud, name="host191", state="absent")["changed"] is False


# --- the address of the message queue ----------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["transport_URI", "transport_url"])
@pytest.mark.parametrize("others", [0, 1])
def test_the_platform_spells_the_message_queue(cloud, spelling, others):
    cloud.settings(transport_spelling=spelling)
    for number in range(others):
        cloud.seed("compute_nodes", hostName=f"other-{number}")
    task(cloud, **NEW, transport_url=QUEUE)
    assert node(cloud)["transport"] == QUEUE
    tried = [spelling] if others or spelling == "transport_url" else ["transport_url", spelling]
    created = [body for (body,) in bodies(cloud, "compute-node-create")]
    assert [name for body in created for name in body if "transport" in name] == tried
    task(cloud, name="host191", host_pool="pool2", password="s3cret")
    ((body,),) = bodies(cloud, "compute-node-update")
    assert spelling in body and node(cloud)["transport"] == QUEUE


# --- virtual switches --------------------------------------------------------------------------------------------


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_a_network_is_told_as_it_was_named(network):
    assert decoded(encoded(network)) == network


@pytest.mark.parametrize("net_name", [None, "", "physnet1x", "vlan-1", "AAAA"])
def test_what_is_no_name_in_base64_is_none(net_name):
    assert decoded(net_name) is None


def test_a_switch_of_a_network_is_moved_and_others_stay(cloud):
    cloud.seed("compute_nodes", hostName="host191")
    password = {"name": "host191", "password": "s3cret"}
    both = [{"network": "cas", "device": "vSwitch0"}, {"network": "vm", "device": "vSwitch1"}]
    task(cloud, **password, vswitches=both[1:])
    moved = task(cloud, **password, vswitches=both[:1])["compute_node"]["vswitches"]
    assert [(entry["network"], entry["device"]) for entry in moved] == [("cas", "vSwitch0"), ("vm", "vSwitch1")]
    assert task(cloud, name="host191", vswitches=both[::-1], purge_vswitches=True)["changed"] is False
    task(cloud, **password, vswitches=[{"net_name": "dm0=", "device": "vSwitch1"}], purge_vswitches=True)
    assert node(cloud)["vswitch"] == [{"netName": "dm0=", "device": "vSwitch1"}]


@pytest.mark.parametrize(
    "switches",
    [
        [{"network": "cas", "device": "a"}, {"net_name": "Y2Fz", "device": "b"}],
        [{"network": "", "device": "a"}],
        [{"network": "cas", "device": ""}],
        [{"network": "x" * 200, "device": "a"}],
    ],
)
def test_switches_that_cannot_be(cloud, switches):
    with pytest.raises(OptionError, match=r"^vswitches:"):
        task(cloud, **{**NEW, "vswitches": switches})
    assert sent(cloud) == []


# --- validation --------------------------------------------------------------------------------------------------


def test_validation_comes_before_a_change_and_only_then(cloud):
    task(cloud, **NEW, validate=True)
    assert sent(cloud) == [
        *("compute-node-list", "azone-list", "compute-node-check", "compute-node-create", "compute-node-list")
    ]
    (body,) = bodies(cloud, "compute-node-check")
    del body["password"]  # no log has it
    management = {"vmType": 2, "protocal": "http", "hostIp": "10.125.26.11", "userName": "userName", "switchType": ""}
    assert body == management
    task(cloud, **NEW, validate=True)
    assert sent(cloud) == ["compute-node-list"]
    task(cloud, check_mode=True, **{**NEW, "host_pool": "pool2"}, validate=True)
    assert sent(cloud) == ["compute-node-list"]


def test_what_the_platform_says_against_a_node_is_told_and_nothing_is_done(cloud):
    with pytest.raises(CloudError, match=r"compute-node-check: 10\.125\.26\.11 refused the login of userName"):
        task(cloud, **{**NEW, "password": "wrong"}, validate=True)
    assert cloud.state("compute_nodes") == []


@pytest.mark.parametrize("check_mode", [False, True])
def test_nodes_of_hp_cannot_be_validated(cloud, check_mode):
    with pytest.raises(OptionError, match=r"^validate: .* not hp"):
        task(cloud, check_mode, **{**NEW, "vm_type": "hp"}, validate=True)
    assert "compute-node-check" not in sent(cloud)


# --- what can be configured --------------------------------------------------------------------------------------


def test_what_a_node_can_use_is_asked_with_what_is_told_of_it(cloud):
    cloud.seed(
        "compute_nodes", hostName="v", vmType=1, hostIp="172.25.17.18", userName="userName", password="old-secret"
    )
    more = {"password": seeds.MANAGER_PASSWORD, "protocol": "https", "switch_type": "distributed"}
    told = read(cloud, name="v", gather=["available_config"], **more)
    (body,) = bodies(cloud, "compute-node-refresh")
    assert (body["vmType"], body["hostName"], body["switchType"]) == (1, "v", "proxySwitch")
    assert told["available_config"]["distributed_vswitches"] == ["dvSwitch"]
    assert told["available_config"]["networks"][0] == {
        "network": "vm",
        "net_name": "dm0=",
        "device": "vSwitch0",
        "switch_type": "standard",
        "is_disabled": False,
    }


def test_what_is_missing_to_ask_is_named(cloud):
    with pytest.raises(OptionError, match=r"^gather: available_config needs vm_type, host_ip, username, password"):
        read(cloud, name="none", gather=["available_config"])


def test_an_error_within_an_answer_of_200_is_one(cloud):
    cloud.seed("compute_nodes", hostName="n", hostIp="10.0.0.1")
    with pytest.raises(CloudError, match=r"compute-node-refresh: 10\.0\.0\.1 cannot be reached"):
        read(cloud, name="n", gather=["available_config"], password="s3cret")


# --- options -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "value"),
    [("name", ""), ("name", "x" * 256), ("host_ip", "1" * 37), ("cluster", ""), ("password", "******")],
)
def test_values_that_the_platform_would_not_take(cloud, option, value):
    with pytest.raises(OptionError, match=f"^{option}:"):
        task(cloud, **{**NEW, option: value})
    assert sent(cloud) == []


def test_the_alias_of_a_storage_zone_is_its_name(cloud):
    task(cloud, **{**NEW, "storage_zone": "cinder191-alias"})
    assert node(cloud)["storageZone"] == "cinder191"
    assert task(cloud, **{**NEW, "storage_zone": "cinder191-alias"})["changed"] is False
    assert sent(cloud) == ["compute-node-list", "azone-list"]
