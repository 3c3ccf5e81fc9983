# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a node works with and what is deployed on it: interfaces, RAID, config drive, rebuild and reboot."""

from __future__ import annotations

import base64

import pytest
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from unit.clock import Clock

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import connection
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute
from ansible_collections.h3c.cloudos.plugins.modules import cloudos_baremetal_node, cloudos_baremetal_nodes
from simulator import Simulator, seeds

NODE, NODES = cloudos_baremetal_node.DEFINITION, cloudos_baremetal_nodes.DEFINITION
LOGIN = {"api_username": "admin", "api_password": seeds.ADMIN_PASSWORD, "api_project": "admin", "api_retries": 0}
IPMI = {"address": "192.0.2.7", "username": "admin", "password": "ipmi-secret"}
IMAGE = {"image_source": "http://images.example.com/linux.raw"}
OTHER = {"image_source": "http://images.example.com/other.raw"}
OWNER = "This is an operation of OpenStack, which the published reference of CloudOS does not have."
DRIVE = base64.b64encode(b"a drive").decode()


@pytest.fixture(scope="module")
def simulator(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch, Simulator() as running:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield running


@pytest.fixture(params=["reference", "openstack"])
def cloud(request, simulator):
    """A cloud whose time passes where the collection waits."""
    simulator.reset()
    simulator.clear_faults()
    before = simulator.settings()
    simulator.settings(shape=request.param, transition_seconds=1, action_seconds=1, lock_seconds=0)
    with Clock(simulator).installed():
        yield simulator
    simulator.settings(**before)


def run(cloud, check=False, entry=NODE, **options):
    """The result of one task, as a process of its own would have it."""
    given = {"api_url": cloud.url, **LOGIN, **options}
    validated = ArgumentSpecValidator(entry.spec, **entry.all_constraints).validate(given)
    assert not validated.error_messages, validated.error_messages
    client = Client(connection(validated.validated_parameters))
    try:
        return execute(entry, client, validated.validated_parameters, check, True, 0)
    finally:
        client.close()


def both(cloud, **options):
    """The actions of a task, which check mode has foretold."""
    foretold, done = (run(cloud, check, **options) for check in (True, False))
    assert not done.get("failed"), done["msg"]
    assert (foretold["actions"], foretold["diff"]) == (done["actions"], done["diff"])
    return done["actions"]


def seeded(cloud, **fields):
    return cloud.seed("baremetal_nodes", **{"name": "metal", "instance_info": IMAGE, **fields})[0]


def sent(cloud, operation):
    """The bodies and versions of all requests of an operation."""
    return [entry for entry in cloud.log() if entry["operation"] == operation]


def version(entry):
    return next(value for name, value in entry["headers"].items() if name.lower().endswith("ironic-api-version"))


# --- interfaces --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("check", [False, True])
def test_a_new_node_gets_its_interfaces(cloud, check):
    wanted = {"boot_interface": "pxe", "deploy_interface": "direct", "network_interface": "flat"}
    options = {"name": "metal", "ipmi": IPMI, **wanted}
    assert run(cloud, check, **options)["actions"] == ["create"]
    if check:
        assert cloud.state("baremetal_nodes") == []
        return
    made = run(cloud, **options)
    assert made["actions"] == [] and wanted.items() <= made["baremetal_node"].items()


def test_an_interface_is_changed_in_place(cloud):
    seeded(cloud)
    assert both(cloud, name="metal", boot_interface="pxe", raid_interface="agent") == ["update"]
    assert both(cloud, name="metal", boot_interface="pxe", raid_interface="agent") == []
    (patch,) = sent(cloud, "baremetal-node-patch")
    assert {change["path"] for change in patch["body"]} == {"/boot_interface", "/raid_interface"}


@pytest.mark.parametrize(("name", "minor"), [("rescue_interface", "1.38"), ("bios_interface", "1.40")])
def test_a_younger_interface_is_read_and_set_in_its_version(cloud, name, minor):
    seeded(cloud)
    wanted = {"name": "metal", name: "fake"}
    assert both(cloud, **wanted) == ["update"]
    again = run(cloud, **wanted)
    assert again["actions"] == [] and again["baremetal_node"][name] == "fake"
    used = {entry["operation"]: version(entry) for entry in cloud.log() if entry["operation"] != "token-create"}
    assert used["baremetal-node-patch"] == minor
    assert {version(entry) for entry in sent(cloud, "baremetal-node-list")} == {"1.34"}
    made = run(cloud, name="second", ipmi=IPMI, **{name: "fake"})
    assert made["actions"] == ["create"]
    (create,) = sent(cloud, "baremetal-node-create")
    assert version(create) == minor


def test_a_younger_interface_costs_one_more_request(cloud):
    seeded(cloud, bios_interface="no-bios")
    before = len(cloud.log())
    assert run(cloud, name="metal", bios_interface="no-bios", boot_interface=None)["actions"] == []
    assert [entry["operation"] for entry in cloud.log()[before:] if entry["method"] == "GET"] == [
        "baremetal-node-list",
        "baremetal-node-get",
    ]


@pytest.mark.parametrize("operation", ["baremetal-node-get", "baremetal-node-patch"])
def test_a_platform_that_does_not_know_a_younger_interface_is_an_error(cloud, operation):
    seeded(cloud)
    cloud.fault("status", status=406, match={"operation": operation}, count=10)
    result = run(cloud, name="metal", bios_interface="fake")
    assert result["failed"] and OWNER in result["msg"]


@pytest.mark.parametrize("state", ["active", "deploy failed", "error"])
def test_what_a_node_in_use_is_bound_to_is_refused_before_anything_is_sent(cloud, state):
    seeded(cloud, provision_state=state, resource_class="large")
    for wanted in ({"boot_interface": "pxe"}, {"resource_class": "small"}, {"deploy_interface": "fake", "ports": []}):
        for check in (True, False):
            result = run(cloud, check, name="metal", **wanted)
            assert result["failed"] and not result["changed"] and state in result["msg"], result
    assert not [entry for entry in cloud.log() if entry["method"] not in ("GET", "POST")]


def test_an_interface_of_a_node_in_use_is_changed_in_maintenance(cloud):
    seeded(cloud, provision_state="active", resource_class="large")
    options = {"name": "metal", "maintenance": True}
    assert both(cloud, **options, boot_interface="pxe") == ["maintenance_on", "update"]
    assert both(cloud, **options, boot_interface="ipxe") == ["update"]
    for wanted in ({"resource_class": "small"}, {"boot_interface": "pxe", "maintenance": False}):
        for check in (True, False):
            result = run(cloud, check, **{**options, **wanted})
            assert result["failed"] and not result["changed"]


def test_a_new_node_that_is_put_into_maintenance_shows_its_ports(cloud):
    options = {"name": "metal", "ipmi": IPMI, "maintenance_reason": "new", "ports": ["74:ea:cb:75:1c:2d"]}
    made = run(cloud, **options)
    assert made["actions"] == ["create", "add_port", "maintenance_on"]
    assert [port["address"] for port in made["baremetal_node"]["ports"]] == options["ports"]


# --- RAID --------------------------------------------------------------------------------------------------------

RAID = {"logical_disks": [{"raid_level": 1, "size_gb": "100", "is_root_volume": "yes"}]}
SENT = {"logical_disks": [{"raid_level": "1", "size_gb": 100, "is_root_volume": True}]}


def test_a_raid_configuration_is_set_once_and_as_a_whole(cloud):
    seeded(cloud, raid_interface="agent")
    assert both(cloud, name="metal", target_raid_config=RAID) == ["set_raid"]
    again = run(cloud, name="metal", target_raid_config=RAID)
    assert again["actions"] == [] and again["baremetal_node"]["target_raid_config"] == SENT
    other = {"logical_disks": [{"raid_level": "5", "size_gb": "MAX"}]}
    assert both(cloud, name="metal", target_raid_config=other) == ["set_raid"]
    assert both(cloud, name="metal", target_raid_config={}) == ["set_raid"]
    assert both(cloud, name="metal", target_raid_config={}) == []
    assert [entry["body"] for entry in sent(cloud, "baremetal-node-raid")] == [SENT, other, {}]


def test_a_new_node_gets_its_interface_before_its_raid_and_is_cleaned_after_it(cloud):
    steps = [{"interface": "raid", "step": "create_configuration"}]
    options = {"raid_interface": "agent", "target_raid_config": RAID, "clean_steps": steps}
    actions = both(cloud, name="metal", ipmi=IPMI, **options)
    assert actions == ["create", "set_raid", "manage", "clean"]


def test_a_driver_without_raid_is_an_error(cloud):
    seeded(cloud)
    result = run(cloud, name="metal", target_raid_config=RAID)
    assert result["failed"] and "does not support raid" in result["msg"]
    assert "raid_interface" in result["msg"] and OWNER in result["msg"]


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ({"disks": []}, "logical_disks"),
        ({"logical_disks": []}, "empty"),
        ({"logical_disks": {"raid_level": "1"}}, "logical_disks"),
        ({"logical_disks": [{"raid_level": "1"}]}, "needs size_gb"),
    ],
)
def test_what_is_no_raid_configuration_is_refused(cloud, config, told):
    result = run(cloud, True, name="metal", ipmi=IPMI, target_raid_config=config)
    assert result["failed"] and told in result["msg"]


# --- config drive ------------------------------------------------------------------------------------------------

PARTS = {"meta_data": {"hostname": "metal"}, "user_data": "#!/bin/sh\necho very-secret-text"}


@pytest.mark.parametrize(
    ("state", "drive", "minor"),
    [("available", DRIVE, "1.34"), ("available", PARTS, "1.56"), ("active", DRIVE, "1.35"), ("active", PARTS, "1.56")],
)
def test_a_config_drive_goes_with_what_is_deployed(cloud, state, drive, minor):
    seeded(cloud, provision_state=state)
    verb = "active" if state == "available" else "rebuild"
    options = {"name": "metal", "instance_info": OTHER, "rebuild": True, "configdrive": drive}
    assert both(cloud, **options, provision_state="active") == ["update", verb]
    result = run(cloud, **options, provision_state="active")
    assert result["actions"] == [] and "very-secret-text" not in str(result) and DRIVE not in str(result)
    (entry,) = sent(cloud, "baremetal-node-provision")
    assert (version(entry), entry["body"]["target"]) == (minor, verb)
    (found,) = cloud.state("baremetal_nodes")
    assert found["instance_info"]["configdrive"] == drive


def test_a_config_drive_alone_changes_nothing(cloud):
    seeded(cloud, provision_state="active")
    assert both(cloud, name="metal", configdrive=DRIVE, rebuild=True, update_password="always") == []


@pytest.mark.parametrize(
    ("drive", "told"),
    [
        ("no base64!", "not base64"),
        (" ", "a text or a dictionary"),
        (7, "a text or a dictionary"),
        ({"userdata": "very-secret-text"}, "it has no userdata"),
        ({"meta_data": "very-secret-text"}, "meta_data is a dictionary"),
        ({"user_data": {"a": "very-secret-text"}}, "user_data is a text"),
    ],
)
def test_what_is_no_config_drive_is_refused(cloud, drive, told):
    for check in (True, False):
        result = run(cloud, check, name="metal", ipmi=IPMI, configdrive=drive)
        assert result["failed"] and told in result["msg"] and "very-secret-text" not in str(result)
    assert cloud.state("baremetal_nodes") == []


def test_a_platform_that_makes_no_config_drive_of_parts_is_an_error(cloud):
    seeded(cloud, provision_state="available")
    cloud.fault("status", status=406, match={"operation": "baremetal-node-provision"}, count=10)
    result = run(cloud, name="metal", provision_state="active", configdrive=PARTS)
    assert result["failed"] and OWNER in result["msg"] and "very-secret-text" not in str(result)


# --- rebuild -----------------------------------------------------------------------------------------------------


def test_an_active_node_is_rebuilt_only_where_what_it_carries_differs(cloud):
    seeded(cloud, provision_state="active")
    assert both(cloud, name="metal", instance_info=IMAGE, rebuild=True) == []
    assert both(cloud, name="metal", instance_info=OTHER, rebuild=True) == ["update", "rebuild"]
    assert both(cloud, name="metal", instance_info=OTHER, rebuild=True) == []
    assert both(cloud, name="metal", instance_info=IMAGE) == ["update"]
    assert both(cloud, name="metal", instance_info=OTHER, rebuild=True, power_state="off") == [
        "update",
        "rebuild",
        "power_off",
    ]


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("check", [False, True])
def test_a_rebuild_that_was_cut_off_is_done_by_the_next_run(cloud, before, check):
    seeded(cloud, provision_state="active")
    wanted = {"name": "metal", "instance_info": OTHER, "rebuild": True}
    cloud.fault("status", status=500, match={"operation": "baremetal-node-provision"}, before=before, count=10)
    assert run(cloud, **wanted)["failed"]
    cloud.clear_faults()
    assert run(cloud, check, **wanted)["actions"] == ["rebuild"]
    if not check:
        result = run(cloud, **wanted)
        assert result["actions"] == [] and result["baremetal_node"]["instance_info"].items() >= OTHER.items()
        assert not any("rebuild" in key for key in result["baremetal_node"]["instance_info"])


def test_a_rebuild_whose_answer_was_lost_is_not_sent_twice(cloud):
    seeded(cloud, provision_state="active")
    cloud.fault("lost", match={"operation": "baremetal-node-provision"}, before=False)
    result = run(cloud, name="metal", instance_info=OTHER, rebuild=True, configdrive=DRIVE)
    assert result["actions"] == ["update", "rebuild"]
    assert len(sent(cloud, "baremetal-node-provision")) == 1
    assert both(cloud, name="metal", instance_info=OTHER, rebuild=True) == []


def test_a_failed_rebuild_is_repeated(cloud):
    seeded(cloud, provision_state="active")
    wanted = {"name": "metal", "instance_info": OTHER, "rebuild": True}
    cloud.settings(fail_provision={"metal": "rebuild"})
    assert "deploy failed" in run(cloud, **wanted)["msg"]
    cloud.settings(fail_provision={})
    assert both(cloud, **wanted) == ["rebuild"]
    assert both(cloud, **wanted) == []


def test_a_rebuild_that_is_not_waited_for_is_not_begun_twice(cloud):
    cloud.settings(transition_seconds=60)
    seeded(cloud, provision_state="active")
    wanted = {"name": "metal", "instance_info": OTHER, "rebuild": True, "wait": False}
    assert both(cloud, **wanted) == ["update", "rebuild"]
    assert both(cloud, **wanted) == []


def test_a_rebuild_needs_to_be_out_of_maintenance(cloud):
    seeded(cloud, provision_state="active", maintenance=True)
    wanted = {"name": "metal", "instance_info": OTHER, "rebuild": True}
    assert "maintenance: false" in run(cloud, **wanted)["msg"]
    assert both(cloud, **wanted, maintenance=False) == ["maintenance_off", "update", "rebuild"]


def test_what_an_instance_of_the_platform_runs_on_is_not_rebuilt(cloud):
    seeded(cloud, provision_state="active", instance_uuid="136968d8-cc4f-41d6-9adc-2524053e076e")
    for check in (True, False):
        result = run(cloud, check, name="metal", instance_info=OTHER, rebuild=True)
        assert result["failed"] and "runs the instance" in result["msg"]
    (found,) = cloud.state("baremetal_nodes")
    assert found["instance_info"] == IMAGE


def test_a_node_is_not_rebuilt_without_an_image(cloud):
    seeded(cloud, provision_state="active")
    result = run(cloud, name="metal", instance_info={"image_source": "", "root_gb": 10}, rebuild=True)
    assert result["failed"] and "image_source" in result["msg"]


def test_a_node_that_is_deployed_for_the_first_time_is_not_rebuilt(cloud):
    seeded(cloud, provision_state="available", instance_info={})
    options = {"name": "metal", "instance_info": OTHER, "provision_state": "active", "rebuild": True}
    assert both(cloud, **options) == ["update", "active"]
    assert both(cloud, **options) == []


# --- reboot ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("how", "target"), [("soft", "soft rebooting"), ("hard", "rebooting")])
def test_a_node_is_rebooted_by_every_run(cloud, how, target):
    seeded(cloud, provision_state="active")
    for _run in range(2):
        assert both(cloud, name="metal", reboot=how) == ["reboot"]
    assert [entry["body"]["target"] for entry in sent(cloud, "baremetal-node-power")] == [target, target]


@pytest.mark.parametrize(
    ("state", "power", "options", "expected"),
    [
        ("manageable", "power off", {"power_state": "on"}, ["power_on"]),
        ("available", "power off", {"provision_state": "active"}, ["active"]),
        ("active", "power on", {"instance_info": OTHER, "rebuild": True}, ["update", "rebuild"]),
        ("active", "power on", {"maintenance": True}, ["maintenance_on", "reboot"]),
        ("available", "power on", {"provision_state": "manageable"}, ["manage", "reboot"]),
        ("enroll", None, {"power_state": "on"}, ["power_on"]),
        ("enroll", None, {}, ["reboot"]),
    ],
)
def test_what_boots_a_node_anyway_takes_the_place_of_a_reboot(cloud, state, power, options, expected):
    seeded(cloud, provision_state=state, power_state=power)
    assert both(cloud, name="metal", reboot="hard", **options) == expected


@pytest.mark.parametrize(("power", "options"), [("power off", {}), ("power on", {"power_state": "off"})])
def test_a_node_that_shall_be_off_is_not_rebooted(cloud, power, options):
    seeded(cloud, provision_state="manageable", power_state=power)
    for check in (True, False):
        result = run(cloud, check, name="metal", reboot="soft", **options)
        assert result["failed"] and "reboot" in result["msg"] and not result["changed"]


def test_a_reboot_that_goes_on_is_not_asked_for_again(cloud):
    cloud.settings(transition_seconds=60)
    seeded(cloud, provision_state="active")
    assert both(cloud, name="metal", reboot="soft", wait=False) == ["reboot"]
    assert both(cloud, name="metal", reboot="soft", wait=False) == []


def test_a_reboot_whose_answer_was_lost_is_not_sent_twice(cloud):
    seeded(cloud, provision_state="active")
    cloud.fault("lost", match={"operation": "baremetal-node-power"}, before=False)
    result = run(cloud, name="metal", reboot="hard")
    assert result["actions"] == ["reboot"] and "the answer was lost" in str(result["warnings"])
    assert len(sent(cloud, "baremetal-node-power")) == 1


# --- many at once ------------------------------------------------------------------------------------------------


def test_a_fleet_takes_all_of_it(cloud):
    for name in ("one", "two"):
        seeded(cloud, name=name, provision_state="active", raid_interface="agent")
    members = {"defaults": {"instance_info": OTHER, "rebuild": True, "configdrive": PARTS, "target_raid_config": RAID}}
    members["baremetal_nodes"] = [{"name": "one"}, {"name": "two", "reboot": "soft"}]
    result = run(cloud, entry=NODES, **members)
    assert [member["actions"] for member in result["results"]] == [["update", "set_raid", "rebuild"]] * 2, result
    assert "very-secret-text" not in str(result)
