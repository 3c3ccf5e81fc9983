# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Bare metal against a platform that keeps its states: what is one stays one, and what was begun is finished."""

from __future__ import annotations

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from unit.clock import Clock

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import connection
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute
from ansible_collections.h3c.cloudos.plugins.modules import (
    cloudos_baremetal_instance,
    cloudos_baremetal_node,
    cloudos_baremetal_nodes,
    cloudos_baremetal_port,
    cloudos_baremetal_portgroup,
)
from simulator import Simulator, seeds

NODE, NODES = cloudos_baremetal_node.DEFINITION, cloudos_baremetal_nodes.DEFINITION
PORT, PORT_GROUP = cloudos_baremetal_port.DEFINITION, cloudos_baremetal_portgroup.DEFINITION
INSTANCE = cloudos_baremetal_instance.DEFINITION
LOGIN = {"api_username": "admin", "api_password": seeds.ADMIN_PASSWORD, "api_project": "admin", "api_retries": 0}
IPMI = {"username": "admin", "password": "ipmi-secret"}
MAC, OTHER_MAC = "74:ea:cb:75:1c:2b", "74:ea:cb:75:1c:2c"


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, Simulator() as running:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield running


@pytest.fixture
def cloud(simulator):
    """A cloud whose time passes where the collection waits."""
    simulator.reset()
    simulator.clear_faults()
    before = simulator.settings()
    simulator.settings(transition_seconds=1, build_seconds=1, action_seconds=1, lock_seconds=0)
    with Clock(simulator).installed():
        yield simulator
    simulator.settings(**before)


def run(cloud, entry, check=False, **options):
    """The result of one task, as a process of its own would have it."""
    given = {"api_url": cloud.url, **LOGIN, **options}
    validated = ArgumentSpecValidator(entry.spec, **entry.all_constraints).validate(given)
    assert not validated.error_messages, validated.error_messages
    client = Client(connection(validated.validated_parameters))
    try:
        return execute(entry, client, validated.validated_parameters, check, True, 0)
    finally:
        client.close()


def actions(result):
    assert not result.get("failed"), result["msg"]
    return result["actions"]


def seeded(cloud, **fields):
    return cloud.seed("baremetal_nodes", **fields)[0]


# --- one controller, one node ------------------------------------------------------------------------------------

SPELLINGS = [
    ("2001:db8::77", "2001:DB8:0:0::77"),
    ("bmc7.example.com", "BMC7.example.com."),
    ("192.0.2.7", "192.0.2.7 "),
]


@pytest.mark.parametrize(("address", "other"), [*SPELLINGS, *((b, a) for a, b in SPELLINGS)])
def test_a_controller_is_one_node_however_its_address_is_written(cloud, address, other):
    assert actions(run(cloud, NODE, name="metal", ipmi={**IPMI, "address": address})) == ["create"]
    for written in (address, other):
        again = {**IPMI, "address": written}
        assert actions(run(cloud, NODE, name="metal", ipmi=again)) == []
        assert actions(run(cloud, NODE, ipmi=again)) == []
    assert actions(run(cloud, NODE, name="renamed", ipmi={**IPMI, "address": other})) == ["update"]
    twice = [{"ipmi": {**IPMI, "address": written}} for written in (address, other)]
    assert "more than one" in run(cloud, NODES, baremetal_nodes=twice)["msg"]
    (found,) = cloud.state("baremetal_nodes")
    assert found["driver_info"]["ipmi_address"] == address.strip()


def test_another_user_of_the_controller_does_not_rewrite_its_address(cloud):
    seeded(cloud, name="metal", driver_info={"ipmi_address": "2001:DB8::77"})
    wanted = {"address": "2001:db8:0::77", "username": "root"}
    assert actions(run(cloud, NODE, name="metal", ipmi=wanted)) == ["update"]
    (patch,) = [entry["body"] for entry in cloud.log() if entry["operation"] == "baremetal-node-patch"]
    assert [operation["path"] for operation in patch] == ["/driver_info/ipmi_username"]


def test_a_node_cannot_take_the_controller_of_another_in_other_words(cloud):
    seeded(cloud, name="one", driver_info={"ipmi_address": "2001:DB8::77"})
    seeded(cloud, name="two")
    for check in (True, False):
        assert "another node has it" in run(cloud, NODE, check, name="two", ipmi={"address": "2001:db8:0::77"})["msg"]


@pytest.mark.parametrize("reference", ["2001:db8::77", "2001:DB8:0:0::77"])
def test_a_node_without_a_name_is_known_by_its_controller(cloud, reference):
    record = seeded(cloud, driver_info={"ipmi_address": "2001:db8:0::77"}, provision_state="manageable")
    assert actions(run(cloud, PORT, node=reference, address=MAC)) == ["create"]
    assert actions(run(cloud, PORT_GROUP, node=reference, name="bond")) == ["create"]
    assert actions(run(cloud, PORT, node=record["id"], address=MAC.upper().replace(":", "-"))) == []
    assert actions(run(cloud, PORT, node=reference, address=MAC, state="absent")) == ["delete"]
    assert actions(run(cloud, PORT, node="2001:db8::78", address=MAC, state="absent")) == []


# --- what is unique is seen before anything is deleted -----------------------------------------------------------


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_port_is_not_deleted_for_an_address_that_another_has(cloud, elsewhere):
    node, other = seeded(cloud, name="metal"), seeded(cloud, name="other")
    port = cloud.seed("baremetal_ports", node_uuid=node["id"], address=MAC)[0]
    cloud.seed("baremetal_ports", node_uuid=(other if elsewhere else node)["id"], address=OTHER_MAC)
    wanted = {"node": "metal", "id": port["id"], "address": OTHER_MAC.upper(), "replace": True}
    for check in (True, False):
        result = run(cloud, PORT, check, **wanted)
        assert result["failed"] and OTHER_MAC in result["msg"] and not result["changed"]
    assert len(cloud.state("baremetal_ports")) == 2


@pytest.mark.parametrize("taken", [{"name": "bond1"}, {"name": "bond0", "address": OTHER_MAC}])
def test_a_port_group_is_not_deleted_for_what_another_has(cloud, taken):
    node, other = seeded(cloud, name="metal"), seeded(cloud, name="other")
    group = cloud.seed("baremetal_portgroups", node_uuid=node["id"], name="bond0", address=MAC)[0]
    cloud.seed("baremetal_portgroups", node_uuid=other["id"], name="bond1", address=OTHER_MAC)
    for check in (True, False):
        result = run(cloud, PORT_GROUP, check, node="metal", id=group["id"], replace=True, **taken)
        assert result["failed"] and "cannot get" in result["msg"] and not result["changed"]
    assert len(cloud.state("baremetal_portgroups")) == 2


# --- a node that the compute service does not report yet ----------------------------------------------------------


@pytest.fixture
def fresh_node(cloud):
    """Options of an instance on a node that has just become available."""
    cloud.seed("images", name="metal-image")
    cloud.seed("flavors", name="metal-flavor", vcpus=16, ram=65536, disk=400)
    node = seeded(cloud, name="metal", provision_state="manageable", resource_class="baremetal", power_state="power on")
    run(cloud, NODE, name="metal", provision_state="available")
    cloud.settings(report_seconds=40)
    assert node["id"]
    options = {"name": "bm", "image": "metal-image", "flavor": "metal-flavor", "networks": [{"id": seeds.NET_1}]}
    return {**options, "node": "metal"}


def test_an_instance_waits_until_its_node_is_reported(cloud, fresh_node):
    assert actions(run(cloud, INSTANCE, **fresh_node)) == ["create"]


@pytest.mark.parametrize("options", [{"wait": False}, {"wait_timeout": 20}])
def test_an_instance_does_not_wait_for_its_node_longer_than_it_may(cloud, fresh_node, options):
    result = run(cloud, INSTANCE, **fresh_node, **options)

    assert "does not report which compute node" in result["msg"] and not result["changed"]
    assert cloud.state("servers") == []


def test_check_mode_looks_once_for_the_compute_node_of_a_node(cloud, fresh_node):
    before = len(cloud.log())

    assert actions(run(cloud, INSTANCE, True, **fresh_node)) == ["create"]

    assert [entry["operation"] for entry in cloud.log()[before:]].count("hypervisor-list-detail") == 1


# --- a node of which the scheduler does not know yet that it is free -----------------------------------------------


@pytest.fixture
def just_free(cloud, fresh_node):
    """Options of an instance that ends in ERROR for 40 seconds after its node has become available."""
    cloud.settings(report_seconds=0, free_seconds=40)
    return fresh_node


def test_an_instance_on_a_node_that_has_just_become_available_gets_its_node(cloud, just_free):
    assert actions(run(cloud, INSTANCE, **just_free)) == ["create"]

    (instance,) = cloud.state("servers")
    assert instance["status"] == "ACTIVE"
    assert len(creations(cloud)) > 1


def test_a_replaced_instance_gets_its_node_again(cloud, just_free):
    actions(run(cloud, INSTANCE, **just_free))
    cloud.seed("images", name="newer")

    result = run(cloud, INSTANCE, **{**just_free, "image": "newer"}, replace=True)

    assert actions(result) == ["delete", "create"]
    (instance,) = cloud.state("servers")
    assert instance["status"] == "ACTIVE" and instance["id"] == result["baremetal_instance"]["id"]


def test_an_instance_that_gets_no_host_for_another_reason_is_left(cloud, just_free):
    seeded(cloud, name="free for long", provision_state="available", resource_class="baremetal")
    cloud.settings(fail_build="bm", free_seconds=0)

    result = run(cloud, INSTANCE, **{**just_free, "node": "free for long"})

    assert "No valid host" in result["msg"] and result["actions"] == ["create"]
    (instance,) = cloud.state("servers")
    assert instance["status"] == "ERROR" and instance["id"] == result["id"]
    assert len(creations(cloud)) == 1


def test_an_instance_that_never_gets_its_node_is_left_after_some_time(cloud, just_free):
    cloud.settings(free_seconds=4000)

    result = run(cloud, INSTANCE, **just_free)

    assert "No valid host" in result["msg"] and len(creations(cloud)) > 2
    (instance,) = cloud.state("servers")
    assert instance["id"] == result["id"]


def test_an_instance_is_created_once_where_nobody_waits(cloud, just_free):
    assert actions(run(cloud, INSTANCE, **just_free, wait=False)) == ["create"]
    assert len(creations(cloud)) == 1


def creations(cloud):
    return [entry for entry in cloud.log() if entry["operation"].startswith("baremetal-instance-create")]


# --- an edit of ports that was interrupted -----------------------------------------------------------------------


def _edits():
    """Tasks that edit a port of the node `metal`, each with the task that runs next."""
    edit = (PORT, {"node": "metal", "address": MAC, "pxe_enabled": False})
    by_node = (NODE, {"name": "metal", "ports": [{"address": MAC, "pxe_enabled": False}]})
    absent = (PORT, {"node": "metal", "address": MAC, "state": "absent"})
    new = (PORT, {"node": "metal", "address": "74:ea:cb:75:1c:99"})
    other = (PORT, {"node": "metal", "address": OTHER_MAC})
    group = (PORT_GROUP, {"node": "metal", "name": "bond0"})
    unbinding = (PORT, {"node": "metal", "address": MAC, "port_group": ""})
    replacing = (PORT, {"node": "metal", "address": MAC, "pxe_enabled": False, "replace": True})
    return [
        (first, second)
        for first in (edit, by_node)
        for second in (
            first,
            edit,
            by_node,
            absent,
            new,
            other,
            group,
            unbinding,
            replacing,
            (NODE, {"name": "metal"}),
        )
    ]


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("position", range(2, 6))
def test_the_next_run_ends_the_maintenance_that_an_interrupted_edit_left(cloud, position, before):
    for first, second in _edits():
        cloud.reset()
        cloud.clear_faults()
        node = seeded(cloud, name="metal", provision_state="available")
        cloud.seed("baremetal_ports", node_uuid=node["id"], address=MAC)
        cloud.seed("baremetal_ports", node_uuid=node["id"], address=OTHER_MAC)
        cloud.fault("lost", match={"path": "/os/kinton/v1/v1/"}, skip=position, before=before)
        run(cloud, first[0], **first[1])
        cloud.clear_faults()
        foretold = run(cloud, second[0], True, **second[1])
        done = run(cloud, second[0], **second[1])
        told = f"{first[1]} then {second[1]}"
        assert not done.get("failed"), f"{told}: {done}"
        assert done["actions"] == foretold["actions"], told
        (left,) = cloud.state("baremetal_nodes")
        assert not left["maintenance"], told
        assert actions(run(cloud, second[0], **second[1])) == [], told


# --- what is begun is not begun once more ------------------------------------------------------------------------


def test_a_state_that_is_on_its_way_is_not_asked_for_again(cloud):
    cloud.settings(transition_seconds=30)
    wanted = {"name": "metal", "ipmi": {**IPMI, "address": "192.0.2.7"}, "provision_state": "available", "wait": False}
    assert actions(run(cloud, NODE, **wanted)) == ["create", "manage", "provide"]
    for check in (True, False, False):
        assert actions(run(cloud, NODE, check, **wanted)) == []
        assert actions(run(cloud, NODES, check, baremetal_nodes=[wanted])["results"][0]) == []


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"power_state": "on"}, ["power_on"]),
        ({"provision_state": "manageable"}, ["manage"]),
        ({"state": "absent"}, ["manage", "delete"]),
    ],
)
def test_what_needs_a_node_at_rest_waits_for_that_even_if_its_end_is_not_waited_for(cloud, wanted, expected):
    cloud.settings(transition_seconds=30)
    seeded(cloud, name="metal", provision_state="manageable")
    assert actions(run(cloud, NODE, name="metal", provision_state="available", wait=False)) == ["provide"]
    for check in (True, False):
        assert actions(run(cloud, NODE, check, name="metal", wait=False, **wanted)) == expected


def instance(cloud, **more):
    """The options of an instance on a node of its own."""
    seeded(cloud, name="metal", provision_state="available", resource_class="metal")
    image = cloud.seed("images", name="metal", virt_type="BareMetal")[0]
    flavor = cloud.seed("flavors", name="metal", vcpus=2, ram=2048, disk=20)[0]
    network = {"id": cloud.state("networks")[0]["id"]}
    made_of = {"image": image["id"], "flavor": flavor["id"], "networks": [network], "node": "metal"}
    made_of["availability_zone"] = "ironic2"
    return {"name": "metal-1", **made_of, "use_image_password": True, **more}


@pytest.mark.parametrize("state", ["running", "stopped"])
def test_an_instance_that_is_being_made_is_not_made_again(cloud, state):
    cloud.settings(shape="openstack", transition_seconds=30, build_seconds=30)  # which reports what it is busy with
    wanted = instance(cloud, wait=False)
    assert actions(run(cloud, INSTANCE, **wanted)) == ["create"]
    expected = ["stop"] if state == "stopped" else []
    for check in (True, False):
        assert actions(run(cloud, INSTANCE, check, **wanted, power_state=state)) == expected
    assert actions(run(cloud, INSTANCE, **wanted, power_state=state)) == []
    assert len(cloud.state("servers")) == 1


@pytest.mark.parametrize("wanted", [{"power_state": "stopped"}, {"state": "absent"}])
def test_what_happens_to_an_instance_already_is_not_asked_for_again(cloud, wanted):
    cloud.settings(shape="openstack", action_seconds=60)
    options = instance(cloud)
    own_id = run(cloud, INSTANCE, **options)["baremetal_instance"]["id"]
    for known in ({"name": "metal-1"}, {"id": own_id}):
        first = run(cloud, INSTANCE, **known, **wanted, wait=False)
        assert not first.get("failed"), first
        for check in (True, False):
            assert actions(run(cloud, INSTANCE, check, **known, **wanted, wait=False)) == []


def test_a_reboot_of_an_instance_is_not_asked_for_again_while_it_goes_on(cloud):
    cloud.settings(shape="openstack")
    run(cloud, INSTANCE, **instance(cloud))
    cloud.settings(action_seconds=60)
    assert actions(run(cloud, INSTANCE, name="metal-1", reboot="hard", wait=False)) == ["reboot"]
    for check, how, expected in ((True, "soft", []), (False, "hard", [])):
        assert actions(run(cloud, INSTANCE, check, name="metal-1", reboot=how, wait=False)) == expected


# --- what is reported, and what a successor gets -----------------------------------------------------------------


@pytest.mark.parametrize("shape", ["reference", "openstack"])
def test_an_instance_is_compared_with_a_flavor_without_an_id(cloud, shape):
    cloud.settings(shape=shape, server_flavor="embedded")
    options = instance(cloud)
    made = run(cloud, INSTANCE, **options)
    assert made["baremetal_instance"]["flavor"] == options["flavor"]
    for check in (True, False):
        assert actions(run(cloud, INSTANCE, check, **{**options, "flavor": "metal"})) == []
    assert actions(run(cloud, INSTANCE, id=made["baremetal_instance"]["id"], power_state="stopped")) == ["stop"]


@pytest.mark.parametrize("shape", ["reference", "openstack"])
@pytest.mark.parametrize("given", [{}, {"managed_node": False}])
def test_a_node_is_not_managed_where_nobody_has_said_so(cloud, shape, given):
    cloud.settings(shape=shape)
    options = instance(cloud)
    previewed = run(cloud, INSTANCE, True, **options, **given)["baremetal_instance"]
    made = run(cloud, INSTANCE, **options, **given)["baremetal_instance"]
    again = run(cloud, INSTANCE, id=made["id"], managed_node=False)
    assert actions(again) == []
    assert [shown["managed_node"] for shown in (previewed, made, again["baremetal_instance"])] == [False] * 3
    assert ("do_manage" in cloud.state("servers")[0]["metadata"]) == bool(given)


def test_a_replaced_instance_keeps_its_login_and_what_is_shown_of_it(cloud):
    cloud.settings(shape="openstack")
    options = instance(cloud, security_groups=["web"])
    run(cloud, INSTANCE, **options)
    wanted = {name: options[name] for name in ("name", "networks")}
    result = run(cloud, INSTANCE, **wanted, description="new", replace=True)
    assert actions(result) == ["delete", "create"]
    (made,) = cloud.state("servers")
    assert (made["metadata"]["enableAdminPass"], made["metadata"]["alias"]) == ("0", "metal-1")
    assert made["security_groups"] == ["web"]


@pytest.mark.parametrize("login", [{"admin_password": "Passw0rd-1"}, {"key_name": "key-1"}])
def test_a_login_may_be_given_beside_that_of_the_image_that_is_off(cloud, login):
    cloud.seed("keypairs", name="key-1", user_id=seeds.ADMIN_USER)
    options = instance(cloud, **login)
    assert actions(run(cloud, INSTANCE, **{**options, "use_image_password": False})) == ["create"]
    (made,) = cloud.state("servers")
    assert made["metadata"]["enableAdminPass"] == "1"
    INSTANCE.check({**options, "use_image_password": False})
    with pytest.raises(OptionError, match=r"mutually exclusive: (admin_password|key_name)\|use_image_password"):
        INSTANCE.check({**options, "use_image_password": True})


# --- what is predicted -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [None, "enroll", "manageable", "available", "clean failed"])
@pytest.mark.parametrize("wanted", [None, "manageable", "available"])
def test_an_inspection_ends_where_check_mode_says(cloud, state, wanted):
    if state:
        seeded(cloud, name="metal", provision_state=state, driver_info={"ipmi_address": "192.0.2.7"})
    options = {"name": "metal", "ipmi": {**IPMI, "address": "192.0.2.7"}, "inspect": True}
    options |= {"provision_state": wanted} if wanted else {}
    foretold, done = (run(cloud, NODE, check, **options) for check in (True, False))
    assert actions(foretold) == actions(done)
    assert foretold["baremetal_node"]["provision_state"] == done["baremetal_node"]["provision_state"]
    assert foretold["diff"] == done["diff"]
    assert actions(run(cloud, NODE, **options)) == []


@pytest.mark.parametrize(
    "leaving", [{"inspect": True}, {"clean_steps": [{"interface": "deploy", "step": "erase_devices"}]}]
)
def test_what_no_node_in_enroll_can_have_had_is_refused_beside_it(cloud, leaving):
    wanted = {"name": "metal", "ipmi": {**IPMI, "address": "192.0.2.7"}, "provision_state": "enroll", **leaving}
    for check in (True, False):
        result = run(cloud, NODE, check, **wanted)
        assert result["failed"] and "no verb leads back to enroll" in result["msg"], result
    assert cloud.state("baremetal_nodes") == []


@pytest.mark.parametrize("adopt", [False, True])
@pytest.mark.parametrize("state", [None, "manageable", "available", "deploy failed", "error"])
def test_nothing_is_put_into_use_without_an_image(cloud, state, adopt):
    if state:
        seeded(cloud, name="metal", provision_state=state, driver_info={"ipmi_address": "192.0.2.7"})
    wanted = {"name": "metal", "ipmi": {**IPMI, "address": "192.0.2.7"}, "provision_state": "active", "adopt": adopt}
    for check in (True, False):
        result = run(cloud, NODE, check, **wanted)
        assert result["failed"] and not result["changed"], result
    assert not [entry for entry in cloud.log() if entry["method"] not in ("GET",) and "tokens" not in entry["path"]]


@pytest.mark.parametrize("state", ["active", "deploying", "wait call-back", "available", "manageable"])
def test_a_node_in_use_stays_in_use_where_it_is_not_to_be_given_back(cloud, state):
    on_its_way = {"target_provision_state": "active"} if state not in ("active", "available", "manageable") else {}
    seeded(cloud, name="metal", provision_state=state, instance_uuid="x" if on_its_way else None, **on_its_way)
    wanted = {"name": "metal", "provision_state": "available", "give_back": False, "wait": False}
    expected = ["provide"] if state == "manageable" else []
    for check in (True, False):
        assert actions(run(cloud, NODE, check, **wanted)) == expected


@pytest.mark.parametrize(
    "options",
    [
        {"properties": {"cpus": "32", "memory_mb": ""}},
        {"properties": {"cpus": "32"}, "purge_properties": True},
        {"properties": {}, "purge_properties": True},
    ],
)
def test_what_an_inspection_finds_is_taken_away_where_it_shall_not_be(cloud, options):
    options = {"name": "metal", "ipmi": {**IPMI, "address": "192.0.2.7"}, "inspect": True, **options}
    foretold, done = (run(cloud, NODE, check, **options) for check in (True, False))
    assert actions(foretold) == actions(done)
    assert "inspect" in actions(done)
    assert actions(run(cloud, NODE, **options)) == []
