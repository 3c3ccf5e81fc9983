# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bare-metal nodes: their state machine, locks, power and maintenance, ports and port groups."""

from __future__ import annotations

import json

import pytest

from simulator import seeds

IPMI = {"ipmi_address": "172.25.16.99", "ipmi_username": "admin", "ipmi_password": "admin123"}
TRANSIENT = ("verifying", "cleaning", "inspecting", "deploying", "deleting", "adopting")


@pytest.fixture(autouse=True)
def slow(sim):
    """Transitions take some seconds of the platform's time, and nothing stays locked after them."""
    sim.settings(transition_seconds=6, lock_seconds=0)


@pytest.fixture
def os_api(api, sim):
    sim.settings(shape="openstack")
    return api


IMAGE = {"image_source": "http://images.example.com/linux.raw"}


def node(sim, **fields):
    """A node that has been told what to deploy."""
    return sim.seed("baremetal_nodes", **{"instance_info": IMAGE, **fields})[0]


def shown(api, record):
    return api("baremetal-node-get", baremetalId=record["id"]).json()


def ask(api, record, target, **more):
    return api("baremetal-node-provision", {"target": target, **more}, baremetalId=record["id"])


def patch(api, kind, record, *patches):
    body = [dict(zip(("op", "path", "value"), entry, strict=False)) for entry in patches]
    return api(f"baremetal-{kind}-patch", body, baremetalId=record["id"], portId=record["id"], portgroupId=record["id"])


def reason(answer):
    return answer.json()["error_message"]["faultstring"]


# --- nodes ------------------------------------------------------------------------------------------------------


def test_a_created_node_is_answered_with_blanks_and_found_in_the_list(api):
    answer = api("baremetal-node-create", {"driver": "pxe_ipmitool", "driver_info": IPMI, "name": "metal-1"})
    blank = answer.json()
    assert answer.status_code == 200
    assert blank.pop("driver_info")["ipmi_password"] == "******"
    assert blank.pop("console_enabled") is False
    assert set(blank.values()) == {""}
    (found,) = api("baremetal-node-list").json()["nodes"]
    assert found["name"] == "metal-1"
    assert found["driver_info"] == {**IPMI, "ipmi_password": "******", "deploy_kernel": "", "deploy_ramdisk": ""}
    assert (found["provision_state"], found["power_state"], found["instance_uuid"]) == ("enroll", "", "")
    assert found["links"][0]["href"].endswith(f":9000/v1/nodes/{found['uuid']}")


def test_properties_are_strings_and_have_the_password_in_clear_text(api):
    api("baremetal-node-create", {"driver": "x", "driver_info": IPMI, "properties": {"cpus": 16, "firm": "H3C"}})
    (found,) = api("baremetal-node-list").json()["nodes"]
    assert found["properties"]["cpus"] == "16"
    assert found["properties"]["firm"] == "H3C"
    assert found["properties"]["password"] == "admin123"


def test_the_password_is_not_in_the_log(api, sim):
    record = node(sim)
    api("baremetal-node-create", {"driver": "x", "driver_info": IPMI})
    patch(api, "node", record, ("replace", "/driver_info/ipmi_password", "admin123"))
    assert "admin123" not in json.dumps([entry["body"] for entry in sim.log()])


def test_names_are_unique(api, sim):
    node(sim, name="metal-1")
    other = node(sim, name="metal-2")
    created = api("baremetal-node-create", {"driver": "x", "driver_info": IPMI, "name": "metal-1"})
    renamed = patch(api, "node", other, ("replace", "/name", "metal-1"))
    assert [created.status_code, renamed.status_code] == [409, 409]
    assert reason(created) == "A node with name metal-1 already exists."


def test_a_node_is_patched(api, sim):
    record = node(sim, properties={"cpus": "4", "firm": "H3C"})
    answer = patch(
        api,
        "node",
        record,
        ("replace", "/properties/cpus", "8"),
        ("remove", "/properties/firm"),
        ("add", "/properties/local_gb", 100),
        ("add", "/name", "metal-1"),
        ("replace", "/driver_info/ipmi_password", "new"),
    )
    assert (answer.status_code, answer.text) == (200, "")
    found = shown(api, record)
    assert (found["name"], found["properties"]["cpus"], found["properties"]["local_gb"]) == ("metal-1", "8", "100")
    assert "firm" not in found["properties"]
    assert found["properties"]["password"] == "new"
    patch(api, "node", record, ("remove", "/name"))
    assert shown(api, record)["name"] == ""


@pytest.mark.parametrize(
    "change",
    [
        ("replace", "/provision_state", "active"),
        ("replace", "/power_state", "power on"),
        ("replace", "/uuid", "1"),
        ("add", "/portgroup_uuid", "1"),
        ("remove", "/driver"),
        ("remove", "/properties/nothing"),
        ("replace", "/properties/nothing", "1"),
        ("add", "/properties/nothing/more", "1"),
        ("replace", "/maintenance", "perhaps"),
        ("replace", "/name", "two words"),
        ("replace", "/properties", "text"),
    ],
)
def test_a_patch_that_does_not_fit_changes_nothing(api, sim, change):
    record = node(sim)
    assert patch(api, "node", record, ("add", "/name", "metal-1"), change).status_code == 400
    assert shown(api, record)["name"] == ""


def test_a_word_is_a_boolean_to_ironic(api, sim):
    record = node(sim)
    patch(api, "node", record, ("replace", "/maintenance", "true"))
    assert shown(api, record)["maintenance"] is True


def test_a_deployed_node_keeps_its_resource_class_and_out_of_maintenance_its_interfaces(api, sim):
    record = node(sim, provision_state="active", resource_class="gold")
    for change in (("replace", "/resource_class", "lead"), ("replace", "/boot_interface", "pxe")):
        refused = patch(api, "node", record, change)
        assert refused.status_code == 409
        assert "Current state is 'active'" in reason(refused)
    api("baremetal-node-maintenance-on", {}, baremetalId=record["id"])
    assert patch(api, "node", record, ("replace", "/resource_class", "lead")).status_code == 409
    assert patch(api, "node", record, ("replace", "/boot_interface", "pxe")).status_code == 200


def test_a_missing_node_is_told(api):
    answer = api("baremetal-node-get", baremetalId="nothing")
    assert answer.status_code == 404
    assert reason(answer) == "Node nothing could not be found."


@pytest.mark.parametrize("state", ["enroll", "manageable", "available", "adopt failed"])
def test_a_node_is_deleted_with_its_ports(api, sim, state):
    record = node(sim, provision_state=state)
    group = sim.seed("baremetal_portgroups", node_uuid=record["id"])[0]
    sim.seed("baremetal_ports", node_uuid=record["id"], portgroup_uuid=group["id"])
    assert api("baremetal-node-delete", baremetalId=record["id"]).status_code == 200
    assert [sim.state(f"baremetal_{kind}") for kind in ("nodes", "ports", "portgroups")] == [[], [], []]


@pytest.mark.parametrize("state", ["active", "clean failed", "inspect failed", "deploy failed", "error"])
def test_other_nodes_are_deleted_in_maintenance_only(api, sim, state):
    record = node(sim, provision_state=state)
    refused = api("baremetal-node-delete", baremetalId=record["id"])
    assert refused.status_code == 409
    assert state in reason(refused)
    api("baremetal-node-maintenance-on", {"reason": "broken"}, baremetalId=record["id"])
    assert api("baremetal-node-delete", baremetalId=record["id"]).status_code == 200


def test_bare_metal_is_for_administrators(demo, sim):
    assert demo("baremetal-node-list").status_code == 403


def test_nodes_are_paged(api, sim):
    sim.seed("baremetal_nodes", name="metal-{n}", count=5)
    assert len(api("baremetal-node-list").json()["nodes"]) == 5
    sim.settings(max_limit=3)
    first = api("baremetal-node-list").json()
    assert "marker=" in first["next"]
    rest = api("baremetal-node-list", query={"marker": first["nodes"][-1]["uuid"]}).json()
    assert [len(first["nodes"]), len(rest["nodes"])] == [3, 2]
    assert "next" not in rest


# --- the state machine ------------------------------------------------------------------------------------------

PATHS = [
    ("enroll", "manage", ["verifying"], "manageable", "enroll"),
    ("manageable", "provide", ["cleaning", "clean wait"], "available", "clean failed"),
    ("manageable", "clean", ["cleaning", "clean wait"], "manageable", "clean failed"),
    ("manageable", "inspect", ["inspecting"], "manageable", "inspect failed"),
    ("manageable", "adopt", ["adopting"], "active", "adopt failed"),
    ("available", "active", ["deploying", "wait call-back", "deploying"], "active", "deploy failed"),
    ("active", "rebuild", ["deploying", "wait call-back", "deploying"], "active", "deploy failed"),
    ("active", "deleted", ["deleting", "cleaning", "clean wait"], "available", "error"),
    ("wait call-back", "deleted", ["deleting", "cleaning", "clean wait"], "available", "error"),
    ("inspect failed", "inspect", ["inspecting"], "manageable", "inspect failed"),
    ("deploy failed", "active", ["deploying", "wait call-back", "deploying"], "active", "deploy failed"),
    ("deploy failed", "rebuild", ["deploying", "wait call-back", "deploying"], "active", "deploy failed"),
    ("deploy failed", "deleted", ["deleting", "cleaning", "clean wait"], "available", "error"),
    ("adopt failed", "adopt", ["adopting"], "active", "adopt failed"),
    ("error", "rebuild", ["deploying", "wait call-back", "deploying"], "active", "deploy failed"),
    ("error", "deleted", ["deleting", "cleaning", "clean wait"], "available", "error"),
]
AT_ONCE = [
    ("available", "manage", "manageable"),
    ("clean failed", "manage", "manageable"),
    ("inspect failed", "manage", "manageable"),
    ("adopt failed", "manage", "manageable"),
    ("clean wait", "abort", "clean failed"),
]
LEGAL = {(state, target) for state, target, *_rest in [*PATHS, *AT_ONCE]}  # pylint: disable=unnecessary-comprehension
STATES = {state for state, *_rest in [*PATHS, *AT_ONCE]} | set(TRANSIENT)
TARGETS = ("manage", "provide", "inspect", "clean", "active", "rebuild", "deleted", "abort", "adopt")


@pytest.mark.parametrize(("state", "target", "way", "end"), [path[:4] for path in PATHS])
def test_a_transition_goes_its_way(api, sim, state, target, way, end):
    record = node(sim, provision_state=state)
    answer = ask(api, record, target)
    assert (answer.status_code, answer.text) == (200, "")
    seen = []
    for _step in way:
        found = shown(api, record)
        seen.append(found["provision_state"])
        assert found["target_provision_state"] == end
        sim.advance(6 / len(way))
    assert seen == way
    found = shown(api, record)
    assert (found["provision_state"], found["target_provision_state"], found["last_error"]) == (end, "", "")


@pytest.mark.parametrize(("state", "target", "end"), AT_ONCE)
def test_a_transition_at_once(api, sim, state, target, end):
    record = node(sim, provision_state=state)
    assert ask(api, record, target).status_code == 200
    assert shown(api, record)["provision_state"] == end


@pytest.mark.parametrize(("state", "target", "failed"), [(*path[:2], path[4]) for path in PATHS])
def test_a_transition_may_fail(api, sim, state, target, failed):
    sim.settings(fail_provision={"^metal": target, "^other": "manage"})
    record = node(sim, name="metal-1", provision_state=state)
    ask(api, record, target)
    sim.advance(60)
    found = shown(api, record)
    assert found["provision_state"] == failed
    assert found["last_error"]
    assert found["maintenance"] is (failed == "clean failed")
    assert bool(found["target_provision_state"]) is failed.endswith(" failed")


@pytest.mark.parametrize(
    ("state", "target"),
    [(state, target) for state in sorted(STATES) for target in TARGETS if (state, target) not in LEGAL],
)
def test_an_illegal_target_is_refused_and_the_state_named(api, sim, state, target):
    record = node(sim, provision_state=state)
    answer = ask(api, record, target)
    assert answer.status_code == (409 if state in TRANSIENT else 400)
    assert ("is locked by host" if state in TRANSIENT else f'in state "{state}"') in reason(answer)


def test_a_node_can_be_matched_by_its_address(api, sim):
    sim.settings(fail_provision={r"172\.25\.16\.99": "manage"})
    record = node(sim, driver_info=IPMI)
    ask(api, record, "manage")
    sim.advance(60)
    found = shown(api, record)
    assert (found["provision_state"], found["target_provision_state"]) == ("enroll", "")
    assert "Failed to get power state" in found["last_error"]


def test_an_aborted_cleaning_stays_aborted(api, sim):
    record = node(sim, provision_state="manageable")
    ask(api, record, "provide")
    sim.advance(4)
    assert shown(api, record)["provision_state"] == "clean wait"
    ask(api, record, "abort")
    sim.advance(60)
    found = shown(api, record)
    assert (found["provision_state"], found["target_provision_state"]) == ("clean failed", "available")
    assert "aborted" in found["last_error"]


def test_an_inspection_finds_the_hardware(api, sim):
    record = node(sim, provision_state="manageable", properties={"firm": "H3C"})
    ask(api, record, "inspect")
    sim.advance(60)
    found = shown(api, record)
    assert (found["properties"]["memory_mb"], found["properties"]["firm"]) == ("262144", "H3C")
    assert found["inspection_finished_at"] > ""
    assert found["inspection_started_at"] == ""


def test_a_failed_node_that_is_taken_back_still_tells_why(api, sim):
    record = node(sim, provision_state="clean failed", last_error="the disk does not answer")
    ask(api, record, "manage")
    sim.advance(6)
    found = shown(api, record)
    assert (found["provision_state"], found["last_error"]) == ("manageable", "the disk does not answer")


@pytest.mark.parametrize(("state", "target"), [("available", "active"), ("active", "rebuild"), ("manageable", "clean")])
def test_some_targets_are_refused_in_maintenance(api, sim, state, target):
    record = node(sim, provision_state=state, maintenance=True)
    answer = ask(api, record, target)
    assert answer.status_code == 400
    assert "because it's in maintenance mode" in reason(answer)


def test_a_deployed_node_tells_the_type_of_its_image_until_it_is_given_back(api, sim):
    record = node(sim, provision_state="available")
    ask(api, record, "active")
    sim.advance(6)
    assert shown(api, record)["instance_info"] == {**IMAGE, "image_type": "whole-disk"}
    ask(api, record, "deleted")
    sim.advance(6)
    assert shown(api, record)["instance_info"] == {}


@pytest.mark.parametrize(("state", "target"), [("available", "active"), ("deploy failed", "rebuild")])
def test_there_has_to_be_something_to_deploy(api, sim, state, target):
    record = node(sim, provision_state=state, instance_info={})
    answer = ask(api, record, target)
    assert answer.status_code == 400
    assert "Missing are: ['image_source']" in reason(answer)
    assert shown(api, record)["provision_state"] == state


def test_a_node_without_an_image_is_not_adopted(api, sim):
    record = node(sim, provision_state="manageable", instance_info={})
    ask(api, record, "adopt")
    sim.advance(60)
    found = shown(api, record)
    assert found["provision_state"] == "adopt failed"
    assert "image_source is missing" in found["last_error"]


@pytest.mark.parametrize(("state", "target", "pause"), [("manageable", "provide", "clean wait")])
def test_maintenance_pauses_what_waits_for_the_agent(api, sim, state, target, pause):
    record = node(sim, provision_state=state, maintenance=True)
    assert ask(api, record, target).status_code == 200
    sim.advance(60)
    assert shown(api, record)["provision_state"] == pause
    api("baremetal-node-maintenance-off", baremetalId=record["id"])
    sim.advance(60)
    assert shown(api, record)["provision_state"] == "available"


# --- locks ------------------------------------------------------------------------------------------------------


def changes(api, record):
    """All requests that change a node."""
    return [
        ask(api, record, "manage"),
        patch(api, "node", record, ("add", "/name", "x")),
        api("baremetal-node-power", {"target": "power on"}, baremetalId=record["id"]),
        api("baremetal-node-maintenance-on", {"reason": ""}, baremetalId=record["id"]),
        api("baremetal-node-maintenance-off", baremetalId=record["id"]),
        api("baremetal-node-delete", baremetalId=record["id"]),
        api("baremetal-port-create", {"node_uuid": record["id"], "address": "74:ea:cb:75:1c:2b"}),
        api("baremetal-portgroup-create", {"node_uuid": record["id"]}),
    ]


@pytest.mark.parametrize("state", TRANSIENT)
def test_a_busy_node_is_locked(api, sim, state):
    record = node(sim, provision_state=state)
    answers = changes(api, record)
    assert {answer.status_code for answer in answers} == {409}
    assert "please retry after the current operation is completed" in reason(answers[0])
    assert shown(api, record)["reservation"]


def test_a_node_stays_locked_for_a_moment(api, sim):
    sim.settings(lock_seconds=5)
    record = node(sim)
    ask(api, record, "manage")
    sim.advance(6)
    found = shown(api, record)
    assert (found["provision_state"], found["target_provision_state"]) == ("manageable", "")
    assert {answer.status_code for answer in changes(api, record)} == {409}
    sim.advance(5)
    assert ask(api, record, "provide").status_code == 200


def test_waiting_nodes_are_not_locked(api, sim):
    record = node(sim, provision_state="wait call-back")
    assert api("baremetal-node-maintenance-on", {"reason": ""}, baremetalId=record["id"]).status_code == 200


# --- what a driver works with -----------------------------------------------------------------------------------


def at(minor):
    return {"headers": {"X-OpenStack-Ironic-API-Version": f"1.{minor}"}}


@pytest.mark.parametrize(("name", "minor"), [("rescue_interface", 38), ("bios_interface", 40)])
def test_an_interface_is_known_from_its_version_on(api, sim, name, minor):
    record = node(sim)
    change = [{"op": "add", "path": f"/{name}", "value": "fake"}]
    assert api("baremetal-node-patch", change, baremetalId=record["id"]).status_code == 406
    assert api("baremetal-node-patch", change, baremetalId=record["id"], **at(minor)).status_code == 200
    assert name not in shown(api, record)
    assert api("baremetal-node-get", baremetalId=record["id"], **at(minor)).json()[name] == "fake"
    body = {"driver": "pxe_ipmitool", "driver_info": IPMI, name: "fake"}
    assert api("baremetal-node-create", body).status_code == 406
    assert api("baremetal-node-create", body, **at(minor)).status_code == 200


def test_an_interface_that_no_driver_has_is_refused(os_api, sim):
    record = node(sim)
    answer = patch(os_api, "node", record, ("add", "/boot_interface", "floppy"))
    assert answer.status_code == 400 and "floppy" in answer.text
    assert patch(os_api, "node", record, ("add", "/boot_interface", "pxe")).status_code == 200
    assert shown(os_api, record)["boot_interface"] == "pxe"
    assert patch(os_api, "node", record, ("remove", "/boot_interface")).status_code == 200
    assert shown(os_api, record)["boot_interface"] == "ipxe"


def test_raid_is_a_matter_of_the_driver(api, sim):
    record, wanted = node(sim), {"logical_disks": [{"raid_level": "1", "size_gb": "MAX"}]}
    assert api("baremetal-node-raid", wanted, baremetalId=record["id"]).status_code == 404
    patch(api, "node", record, ("add", "/raid_interface", "agent"))
    assert api("baremetal-node-raid", wanted, baremetalId=record["id"]).status_code == 204
    assert shown(api, record)["target_raid_config"] == wanted
    assert api("baremetal-node-raid", {}, baremetalId=record["id"]).status_code == 204
    assert shown(api, record)["target_raid_config"] == {}


@pytest.mark.parametrize(
    ("state", "target", "drive", "minor", "status"),
    [
        ("available", "active", "H4sI", 34, 200),
        ("available", "active", "http://images.example.com/drive", 34, 200),
        ("available", "active", "no base64!", 34, 400),
        ("available", "active", {"user_data": "#!/bin/sh"}, 34, 400),
        ("available", "active", {"user_data": "#!/bin/sh"}, 56, 200),
        ("active", "rebuild", "H4sI", 34, 400),
        ("active", "rebuild", "H4sI", 35, 200),
        ("active", "deleted", "H4sI", 56, 400),
    ],
)
def test_a_config_drive_goes_with_a_deployment(api, sim, state, target, drive, minor, status):
    record = node(sim, provision_state=state)
    body = {"target": target, "configdrive": drive}
    assert api("baremetal-node-provision", body, baremetalId=record["id"], **at(minor)).status_code == status
    assert shown(api, record)["instance_info"].get("configdrive") == ("******" if status == 200 else None)


# --- power and maintenance --------------------------------------------------------------------------------------


def test_power_takes_its_time(api, sim):
    record = node(sim, provision_state="manageable")
    for target, before, wanted in (
        ("power on", "power off", "power on"),
        ("rebooting", "power on", "power on"),
        ("soft rebooting", "power on", "power on"),
        ("power off", "power on", "power off"),
    ):
        answer = api("baremetal-node-power", {"target": target}, baremetalId=record["id"])
        assert (answer.status_code, answer.text) == (200, "")
        found = shown(api, record)
        assert (found["power_state"], found["target_power_state"]) == (before, wanted)
        sim.advance(6)
        found = shown(api, record)
        assert (found["power_state"], found["target_power_state"]) == (wanted, "")


def test_the_present_power_state_needs_no_time(api, sim):
    record = node(sim, provision_state="manageable")
    api("baremetal-node-power", {"target": "power off"}, baremetalId=record["id"])
    assert shown(api, record)["target_power_state"] == ""


def test_power_is_unknown_before_the_first_manage(api, sim):
    record = node(sim)
    assert shown(api, record)["power_state"] == ""
    ask(api, record, "manage")
    sim.advance(6)
    assert shown(api, record)["power_state"] == "power off"


def test_a_change_of_power_may_fail(api, sim):
    sim.settings(fail_provision={"metal": "power on"})
    record = node(sim, name="metal", provision_state="manageable")
    api("baremetal-node-power", {"target": "power on"}, baremetalId=record["id"])
    sim.advance(6)
    found = shown(api, record)
    assert (found["power_state"], found["target_power_state"]) == ("power off", "")
    assert "Failed to change power state" in found["last_error"]


def test_a_node_that_is_cleaned_is_not_switched(api, sim):
    record = node(sim, provision_state="clean wait")
    assert api("baremetal-node-power", {"target": "power on"}, baremetalId=record["id"]).status_code == 400


def test_maintenance_has_a_reason(api, sim):
    record = node(sim)
    api("baremetal-node-maintenance-on", {"reason": "new disks"}, baremetalId=record["id"])
    found = shown(api, record)
    assert (found["maintenance"], found["maintenance_reason"]) == (True, "new disks")
    api("baremetal-node-maintenance-off", baremetalId=record["id"])
    found = shown(api, record)
    assert (found["maintenance"], found["maintenance_reason"]) == (False, "")


# --- ports and port groups --------------------------------------------------------------------------------------


def test_a_port_is_made_and_listed(api, sim):
    record, other = node(sim), node(sim)
    sim.seed("baremetal_ports", node_uuid=other["id"])
    answer = api("baremetal-port-create", {"node_uuid": record["id"], "address": "74:EA:CB:75:1C:2B"})
    assert answer.status_code == 200
    (found,) = api("baremetal-port-list", baremetalId=record["id"]).json()["ports"]
    assert (found["address"], found["extra"], found["portgroup_uuid"]) == ("74:ea:cb:75:1c:2b", None, None)
    assert api("baremetal-port-get", portId=found["uuid"]).json() == found
    assert len(api("baremetal-port-list-all").json()["ports"]) == 2
    assert api("baremetal-port-list-all", query={"node": record["id"]}).json()["ports"] == [found]
    assert api("baremetal-port-delete", portId=found["uuid"]).status_code == 200
    assert api("baremetal-port-get", portId=found["uuid"]).status_code == 404


def test_addresses_are_unique(api, sim):
    record = node(sim)
    port = sim.seed("baremetal_ports", node_uuid=record["id"])[0]
    sim.seed("baremetal_ports", node_uuid=record["id"], address="74:ea:cb:75:1c:2b")
    created = api("baremetal-port-create", {"node_uuid": record["id"], "address": "74:EA:cb:75:1c:2b"})
    changed = patch(api, "port", port, ("replace", "/address", "74:ea:cb:75:1c:2b"))
    assert [created.status_code, changed.status_code] == [409, 409]
    assert reason(created) == "A port with MAC address 74:ea:cb:75:1c:2b already exists."


def test_a_port_needs_a_node(api):
    answer = api("baremetal-port-create", {"node_uuid": "nothing", "address": "74:ea:cb:75:1c:2b"})
    assert answer.status_code == 400


def test_a_port_joins_and_leaves_a_group(api, sim):
    record = node(sim, provision_state="manageable")
    group = api("baremetal-portgroup-create", {"node_uuid": record["id"], "name": "bond0"}).json()
    port = sim.seed("baremetal_ports", node_uuid=record["id"])[0]
    answer = patch(api, "port", port, ("add", "/portgroup_uuid", group["uuid"]))
    assert (answer.status_code, answer.text) == (200, "")
    assert api("baremetal-port-get", portId=port["id"]).json()["portgroup_uuid"] == group["uuid"]
    assert api("baremetal-portgroup-delete", portgroupId=group["uuid"]).status_code == 400
    patch(api, "port", port, ("remove", "/portgroup_uuid", group["uuid"]))
    assert api("baremetal-port-get", portId=port["id"]).json()["portgroup_uuid"] is None
    assert api("baremetal-portgroup-delete", portgroupId=group["uuid"]).status_code == 200


@pytest.mark.parametrize(
    "change",
    [
        ("add", "/portgroup_uuid", "1"),
        ("replace", "/pxe_enabled", False),
        ("replace", "/address", "74:ea:cb:75:1c:2b"),
        ("replace", "/physical_network", "physnet1"),
        ("add", "/local_link_connection", {"switch_id": "0a:1b:2c:3d:4e:5f", "port_id": "1"}),
    ],
)
@pytest.mark.parametrize("state", ["available", "active"])
def test_the_wires_of_a_provided_node_are_changed_in_maintenance_only(api, sim, state, change):
    record = node(sim, provision_state=state)
    sim.seed("baremetal_portgroups", id="1", node_uuid=record["id"])
    port = sim.seed("baremetal_ports", node_uuid=record["id"])[0]
    refused = patch(api, "port", port, change)
    assert refused.status_code == 409
    assert "connectivity attributes" in reason(refused)
    assert patch(api, "port", port, ("add", "/extra/rack", "1")).status_code == 200
    api("baremetal-node-maintenance-on", {"reason": ""}, baremetalId=record["id"])
    assert patch(api, "port", port, change).status_code == 200


def test_a_group_of_another_node_is_refused(api, sim):
    record = node(sim)
    port = sim.seed("baremetal_ports", node_uuid=record["id"])[0]
    foreign = sim.seed("baremetal_portgroups", node_uuid=node(sim)["id"])[0]
    for group in (foreign["id"], "nothing"):
        assert patch(api, "port", port, ("add", "/portgroup_uuid", group)).status_code == 400


def test_groups_are_listed_shown_and_changed(api, sim):
    record = node(sim)
    sim.seed("baremetal_portgroups", node_uuid=node(sim)["id"])
    body = {"node_uuid": record["id"], "address": "74:EA:cb:75:1c:2b", "mode": "802.3ad", "properties": {"miimon": "1"}}
    group = api("baremetal-portgroup-create", body).json()
    assert (group["name"], group["address"], group["mode"]) == ("", "74:ea:cb:75:1c:2b", "802.3ad")
    (short,) = api("baremetal-portgroup-list", query={"node": record["id"]}).json()["portgroups"]
    assert short.keys() == {"links", "uuid", "name", "address"}
    assert api("baremetal-portgroup-list").status_code == 400
    assert len(api("baremetal-portgroup-list-detail").json()["portgroups"]) == 2
    answer = api("baremetal-portgroup-patch", [{"op": "add", "path": "/name", "value": "b"}], portgroupId=group["uuid"])
    assert answer.json() == api("baremetal-portgroup-get", portgroupId=group["uuid"]).json()
    assert answer.json()["name"] == "b"
    for double in ({"name": "b"}, {"address": "74:ea:cb:75:1c:2b"}):
        assert api("baremetal-portgroup-create", {"node_uuid": record["id"], **double}).status_code == 409
    assert api("baremetal-portgroup-create", {"node_uuid": record["id"], "name": "two words"}).status_code == 400


@pytest.mark.parametrize("state", ["available", "active"])
def test_a_group_is_changed_in_every_state(api, sim, state):
    group = sim.seed("baremetal_portgroups", node_uuid=node(sim, provision_state=state)["id"])[0]
    assert patch(api, "portgroup", group, ("add", "/name", "c")).status_code == 200
    assert patch(api, "portgroup", group, ("replace", "/name", "two words")).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        ("remove", "/address"),
        ("add", "/local_link_connection", {"port_id": "1"}),
        ("add", "/portgroup_uuid", "nothing"),
    ],
)
def test_a_port_patch_that_does_not_fit_is_refused(api, sim, change):
    port = sim.seed("baremetal_ports", node_uuid=node(sim)["id"])[0]
    assert patch(api, "port", port, change).status_code == 400


@pytest.mark.parametrize(("fields", "status"), [({}, 200), ({"instance_uuid": "1"}, 409)])
def test_an_address_of_an_available_node_is_no_wire_in_ironic(os_api, sim, fields, status):
    port = sim.seed("baremetal_ports", node_uuid=node(sim, provision_state="available", **fields)["id"])[0]
    assert patch(os_api, "port", port, ("replace", "/address", "74:ea:cb:75:1c:2b")).status_code == status


# --- the other shape --------------------------------------------------------------------------------------------


def test_ironic_answers_in_its_own_way(os_api, sim):
    body = {"driver": "ipmi", "driver_info": IPMI, "name": "metal-1", "properties": {"cpus": 16}}
    created = os_api("baremetal-node-create", body)
    assert created.status_code == 201
    found = created.json()
    assert (found["name"], found["power_state"], found["last_error"]) == ("metal-1", None, None)
    assert found["properties"] == {"cpus": 16}
    assert found["driver_info"] == {**IPMI, "ipmi_password": "******"}
    record = {"id": "metal-1"}
    assert shown(os_api, record)["uuid"] == found["uuid"]
    assert patch(os_api, "node", record, ("add", "/extra/rack", 7)).json()["extra"] == {"rack": 7}
    assert api_statuses(os_api, record) == [202, 202]
    port = os_api("baremetal-port-create", {"node_uuid": found["uuid"], "address": "74:ea:cb:75:1c:2b"})
    assert (port.status_code, port.json()["extra"]) == (201, {})
    assert os_api("baremetal-port-delete", portId=port.json()["uuid"]).status_code == 204
    assert os_api("baremetal-portgroup-create", {"node_uuid": found["uuid"]}).json()["mode"] == "active-backup"
    assert ask(os_api, record, "manage").status_code == 202
    sim.advance(6)
    assert os_api("baremetal-node-power", {"target": "power on"}, baremetalId="metal-1").status_code == 202
    sim.advance(6)
    assert os_api("baremetal-node-delete", baremetalId="metal-1").status_code == 204


def api_statuses(api, record):
    return [
        api("baremetal-node-maintenance-on", {"reason": ""}, baremetalId=record["id"]).status_code,
        api("baremetal-node-maintenance-off", baremetalId=record["id"]).status_code,
    ]


def test_an_error_of_ironic_is_text_within_text(os_api, sim):
    answer = ask(os_api, node(sim), "provide")
    assert answer.status_code == 400
    fault = json.loads(answer.json()["error_message"])
    assert fault["faultcode"] == "Client"
    assert 'in state "enroll"' in fault["faultstring"]


def test_cleaning_needs_its_steps_in_ironic(os_api, sim):
    record = node(sim, provision_state="manageable")
    steps = [{"interface": "deploy", "step": "erase_devices"}]
    assert ask(os_api, record, "inspect", clean_steps=steps).status_code == 400
    assert ask(os_api, record, "clean").status_code == 400
    assert ask(os_api, record, "clean", clean_steps=[]).status_code == 400
    assert ask(os_api, record, "clean", clean_steps=steps).status_code == 202


# --- seeds and settings -----------------------------------------------------------------------------------------


def test_there_is_a_zone_and_no_node(api, sim):
    zones = {zone["zone"]: zone for zone in api("azone-list").json()}
    assert (zones["ironic2"]["id"], zones["ironic2"]["virtType"]) == (seeds.ZONE_IRONIC2, "BareMetal")
    assert sim.state("baremetal_nodes") == []


@pytest.mark.parametrize(
    "wrong", [{"fail_provision": {"(": "manage"}}, {"fail_provision": "manage"}, {"transition_seconds": -1}]
)
def test_wrong_settings_are_refused(sim, wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        sim.settings(**wrong)


# --- what is unique ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "other"),
    [("2001:db8::77", "2001:DB8:0:0::77"), ("bmc7.example.com", "BMC7.example.com."), ("10.0.0.1", " 10.0.0.1")],
)
def test_a_controller_is_of_one_node_however_its_address_is_written(api, sim, address, other):
    def create(written):
        return api("baremetal-node-create", {"driver": "x", "driver_info": {**IPMI, "ipmi_address": written}})

    assert create(address).status_code == 200
    assert create(other).status_code == 409
    record = node(sim, provision_state="manageable")
    taking = ("replace", "/driver_info/ipmi_address", other)
    assert patch(api, "node", record, taking).status_code == 409
    sim.settings(shape="openstack")  # ironic itself does not look at it
    assert create(other).status_code == 201


def test_a_new_node_has_a_name_that_ironic_takes(api):
    answer = api("baremetal-node-create", {"driver": "x", "driver_info": IPMI, "name": "no node"})
    assert answer.status_code == 400


def test_a_port_in_other_words_is_the_same_port(api, sim):
    record = node(sim, provision_state="manageable")
    card = {"node_uuid": record["id"], "address": "74:ea:cb:75:1c:2b"}
    assert api("baremetal-port-create", card).status_code == 200
    assert api("baremetal-port-create", {**card, "address": card["address"].upper()}).status_code == 409
    assert api("baremetal-port-create", {**card, "address": "74-ea-cb-75-1c-2c"}).status_code == 400
