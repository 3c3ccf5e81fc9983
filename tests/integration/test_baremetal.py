# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bare-metal nodes on their way between states, and what becomes of those that do not get there."""

from __future__ import annotations

from typing import Any

import pytest
from integration.harness import MODULE, Ansible, Played, performed, uses

from ansible_collections.h3c.cloudos.plugins.modules.cloudos_baremetal_node import DEFINITION as NODE
from simulator import Simulator

IPMI = {"address": "172.25.16.99", "username": "admin", "password": "ipmi-password"}
IMAGE = {"image_source": "http://images.example.com/linux.raw"}
MAC, OTHER_MAC = "74:ea:cb:75:1c:2b", "74:ea:cb:75:1c:2c"
RESTING = (
    "enroll",
    "manageable",
    "available",
    "active",
    "clean failed",
    "inspect failed",
    "adopt failed",
    "deploy failed",
    "error",
)
WANTED = ("manageable", "available", "active")
VERBS = "baremetal-node-provision"
LOCKED = {"error_message": {"faultstring": "Node x is locked by host y, please retry."}}


def node(**options: Any) -> dict[str, Any]:
    return uses("cloudos_baremetal_node", **options)


def seeded(cloud: Simulator, **fields: Any) -> dict[str, Any]:
    return cloud.seed("baremetal_nodes", **fields)[0]


def the_node(cloud: Simulator) -> dict[str, Any]:
    (found,) = cloud.state("baremetal_nodes")
    return found


def refusal(played: Played, name: str) -> str:
    task = played[name]
    assert task.failed and not task.writes, f"{name}: {task.result}"
    return task.result["msg"]


def verbs_sent(requests: list[dict[str, Any]]) -> list[str]:
    """The verbs that the platform took."""
    entries = [entry for entry in requests if entry["operation"] == VERBS and entry["status"] == 200]
    return [entry["body"]["target"] for entry in entries]


# --- from every state to every other ----------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", WANTED)
@pytest.mark.parametrize("state", RESTING)
def test_check_mode_foretells_the_verbs_from_every_state(cloud: Simulator, state: str, wanted: str) -> None:
    cloud.settings(transition_seconds=0, lock_seconds=0)
    failed = state == "clean failed"
    reason = "the agent did not answer" if failed else None
    seeded(
        cloud, name="metal", provision_state=state, instance_info=IMAGE, maintenance=failed, maintenance_reason=reason
    )
    foretold, done, again = [
        performed(cloud, NODE, check, name="metal", provision_state=wanted, instance_info=IMAGE)
        for check in (True, False, False)
    ]
    assert not any(result.get("failed") for result in (foretold, done, again))
    assert foretold["actions"] == done["actions"]
    others = ("maintenance_off", "update")
    assert verbs_sent(cloud.log()) == [action for action in done["actions"] if action not in others]
    assert done["baremetal_node"]["provision_state"] == wanted
    assert again["changed"] is False


# --- failures ---------------------------------------------------------------------------------------------------


def test_a_failed_cleaning_is_told_and_the_next_run_recovers(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.settings(fail_provision={"^metal$": "provide"})
    enrol = node(name="metal", ipmi=IPMI, provision_state="available")
    played = ansible.play([{"name": "enrol", **enrol}], mode=mode, rc=2)
    failed = played.result("enrol")
    assert "'clean failed'" in failed["msg"] and "the agent did not answer" in failed["msg"]
    assert failed["changed"] is True
    assert failed["actions"] == ["create", "manage", "provide"]
    assert failed["id"] == the_node(cloud)["id"]
    assert the_node(cloud)["maintenance"] is True

    cloud.settings(fail_provision={})
    played = ansible.play(
        [{"name": "foretell", **enrol, "check_mode": True}, {"name": "recover", **enrol}, {"name": "again", **enrol}],
        mode=mode,
    )
    assert played.result("foretell")["actions"] == ["maintenance_off", "manage", "provide"]
    assert played.result("recover")["actions"] == ["maintenance_off", "manage", "provide"]
    assert played.result("recover")["baremetal_node"]["maintenance"] is False
    assert played.result("again")["changed"] is False
    found = the_node(cloud)
    assert (found["provision_state"], found["maintenance"]) == ("available", False)


def test_a_controller_that_does_not_answer(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.settings(fail_provision={"metal": "manage"})
    enrol = node(name="metal", ipmi=IPMI, provision_state="manageable")
    played = ansible.play([{"name": "enrol", **enrol}], mode=mode, rc=2)
    assert "Failed to get power state" in played.result("enrol")["msg"]
    assert played.result("enrol")["actions"] == ["create", "manage"]

    cloud.settings(fail_provision={})
    played = ansible.play([{"name": "again", **enrol}], mode=mode)
    assert played.result("again")["actions"] == ["manage"]


def test_a_node_that_cannot_be_switched(cloud: Simulator, ansible: Ansible) -> None:
    seeded(cloud, name="metal", provision_state="manageable")
    cloud.settings(fail_provision={"metal": "power on"})
    played = ansible.play([{"name": "switch", **node(name="metal", power_state="on")}], rc=2)
    assert "Failed to change power state to 'power on'" in played.result("switch")["msg"]


def test_a_deployment_without_an_image_tells_what_is_missing(cloud: Simulator, ansible: Ansible) -> None:
    seeded(cloud, name="bare", provision_state="available")
    seeded(cloud, name="running", provision_state="manageable")
    played = ansible.play(
        [
            {"name": "deploy", **node(name="bare", provision_state="active")},
            {"name": "adopt", **node(name="running", provision_state="active", adopt=True)},
            {"name": "with an image", **node(name="bare", provision_state="active", instance_info=IMAGE)},
            {
                "name": "adopt with an image",
                **node(name="running", provision_state="active", adopt=True, instance_info=IMAGE),
            },
        ],
        ignore_errors=True,
    )
    assert played["deploy"].failed and "image_source" in played.result("deploy")["msg"]
    assert "instance_info" in played.result("deploy")["msg"]
    assert played["adopt"].failed and "image_source is missing" in played.result("adopt")["msg"]
    assert played.result("with an image")["actions"] == ["update", "active"]
    assert played.result("adopt with an image")["actions"] == ["update", "adopt"]


def test_a_node_that_another_holds_is_waited_for(cloud: Simulator, ansible: Ansible) -> None:
    """Ironic answers 409 for a moment after a node shows its new state."""
    cloud.settings(lock_seconds=2.5)
    played = ansible.play(
        [
            {
                "name": "enrol",
                **node(name="metal", ipmi=IPMI, ports=[MAC], provision_state="available", maintenance=True),
            }
        ]
    )
    statuses = [entry["status"] for entry in played["enrol"].requests]
    assert 409 in statuses
    assert the_node(cloud)["maintenance"] is True


@pytest.mark.parametrize(("module", "options"), [("portgroup", {"name": "bond"}), ("port", {"address": MAC})])
def test_what_belongs_to_a_held_node_is_created_when_it_is_free(
    cloud: Simulator, ansible: Ansible, module: str, options: dict[str, Any]
) -> None:
    """A creation that was refused for the node's lock created nothing: it is sent again."""
    cloud.settings(lock_seconds=2.5)
    created = uses(f"cloudos_baremetal_{module}", node="metal", **options)
    played = ansible.play(
        [
            {"name": "enrol", **node(name="metal", ipmi=IPMI, provision_state="manageable")},
            {"name": "create", **created},
            {"name": "again", **created},
        ]
    )
    assert [entry["status"] for entry in played["create"].writes][:2] == [409, 409]
    assert played.result("create")["actions"] == ["create"]
    assert played.result("again")["changed"] is False


def test_a_verb_that_leads_back_is_not_taken_for_done(cloud: Simulator, ansible: Ansible) -> None:
    """A node that is locked rests in the very state to which an inspection and a cleaning lead."""
    seeded(cloud, name="metal", provision_state="available")
    cloud.fault("status", match={"operation": VERBS}, status=409, skip=1, body=LOCKED)
    steps = [{"interface": "deploy", "step": "erase_devices"}]
    played = ansible.play([{"name": "clean", **node(name="metal", clean_steps=steps)}])
    assert played.result("clean")["actions"] == verbs_sent(played["clean"].requests) == ["manage", "clean", "provide"]


def test_a_busy_node_is_waited_for(cloud: Simulator, ansible: Ansible) -> None:
    cloud.settings(transition_seconds=2)
    enrol = node(name="metal", ipmi=IPMI, provision_state="available")
    played = ansible.play(
        [
            {"name": "begin", **node(name="metal", ipmi=IPMI, provision_state="manageable", wait=False)},
            {"name": "go on", **enrol},
        ]
    )
    assert played.result("begin")["actions"] == ["create", "manage"]
    assert played.result("go on")["actions"] == ["provide"]


def test_a_time_out_names_the_state(cloud: Simulator, ansible: Ansible) -> None:
    cloud.settings(transition_seconds=30)
    enrol = node(name="metal", ipmi=IPMI, provision_state="manageable", wait_timeout=1)
    played = ansible.play([{"name": "enrol", **enrol}], rc=2)
    assert "last status: verifying" in played.result("enrol")["msg"]


def test_a_lost_answer_makes_one_node(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.fault("lost", match={"operation": "baremetal-node-create"})
    played = ansible.play([{"name": "enrol", **node(name="metal", ipmi=IPMI)}], mode=mode)
    assert played.result("enrol")["actions"] == ["create"]
    assert the_node(cloud)["name"] == "metal"


def test_a_port_that_was_left_in_maintenance_is_freed_by_the_next_run(cloud: Simulator, ansible: Ansible) -> None:
    for number, module in enumerate(("cloudos_baremetal_port", "cloudos_baremetal_node")):
        record = seeded(cloud, name=f"metal-{number}", provision_state="available")
        mac = f"74:ea:cb:75:1c:0{number}"
        cloud.seed("baremetal_ports", node_uuid=record["id"], address=mac)
        cloud.fault("status", match={"operation": "baremetal-port-patch"}, status=500)
        edit = (
            node(name=record["name"], ports=[{"address": mac, "pxe_enabled": False}])
            if module == "cloudos_baremetal_node"
            else uses(module, node=record["name"], address=mac, pxe_enabled=False)
        )
        tasks = [{"name": "edit", **edit}, {"name": "finish", **edit}, {"name": "again", **edit}]
        played = ansible.play(tasks, ignore_errors=True)
        word = "edit_port" if module == "cloudos_baremetal_node" else "update"
        assert played["edit"].failed and played.result("edit")["actions"] == ["maintenance_on"]
        assert played.result("finish")["actions"] == [word, "maintenance_off"]
        assert played.result("again")["changed"] is False
        states = {entry["id"]: entry["maintenance"] for entry in cloud.state("baremetal_nodes")}
        assert states[record["id"]] is False


# --- what is never done -----------------------------------------------------------------------------------------


def test_a_node_with_an_instance_is_never_given_back(cloud: Simulator, ansible: Ansible) -> None:
    seeded(cloud, name="metal", provision_state="active", instance_uuid="00000000-0000-4000-8000-00000000000a")
    played = ansible.play(
        [
            {"name": "give back", **node(name="metal", provision_state="available")},
            {"name": "delete", **node(name="metal", state="absent")},
            {"name": "delete in maintenance", **node(name="metal", state="absent", maintenance=True)},
        ],
        ignore_errors=True,
    )
    for name in ("give back", "delete", "delete in maintenance"):
        assert "runs the instance 00000000-0000-4000-8000-00000000000a" in refusal(played, name)
    assert the_node(cloud)["provision_state"] == "active"


def test_two_nodes_never_share_a_controller(cloud: Simulator, ansible: Ansible) -> None:
    seeded(cloud, name="one", driver_info={"ipmi_address": IPMI["address"]})
    other = seeded(cloud, name="two")
    played = ansible.play(
        [
            {"name": "take", **node(name="two", ipmi=IPMI)},
            {"name": "rename", **node(name="new", ipmi=IPMI)},
        ],
        ignore_errors=True,
    )
    assert "another node has it" in refusal(played, "take")
    assert played.result("rename")["actions"] == ["update"]
    assert sorted(entry["name"] for entry in cloud.state("baremetal_nodes")) == ["new", "two"]
    assert other["driver_info"]["ipmi_address"] != IPMI["address"]


def test_a_masked_password_is_never_written_back(cloud: Simulator, ansible: Ansible) -> None:
    masked = {**IPMI, "password": "******"}
    played = ansible.play([{"name": "enrol", **node(name="metal", ipmi=masked)}], rc=2)
    assert "asterisks" in refusal(played, "enrol")


def test_a_password_is_sent_when_asked_for(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    enrol = {"name": "metal", "ipmi": IPMI}
    new = {"name": "metal", "ipmi": {"password": "another-password"}}
    played = ansible.play(
        [
            {"name": "enrol", **node(**enrol)},
            {"name": "again", **node(**new)},
            {"name": "always", **node(**new, update_password="always")},
        ],
        mode=mode,
        arguments=["--diff"],
    )
    assert played.result("again")["changed"] is False
    assert played.result("always")["actions"] == ["update"]
    assert played.result("always")["diff"]["after"]["ipmi"]["password"] == "********"
    told = the_node(cloud)["driver_info"]
    assert (told["ipmi_password"], told["ipmi_address"]) == ("another-password", IPMI["address"])


def test_every_request_selects_the_service(cloud: Simulator, ansible: Ansible) -> None:
    options = {"name": "metal", "ipmi": IPMI, "ports": [MAC], "provision_state": "manageable", "power_state": "on"}
    ansible.play(
        [
            {"name": "enrol", **node(**options)},
            {"name": "group", **uses("cloudos_baremetal_portgroup", node="metal", name="bond")},
            {"name": "bind", **uses("cloudos_baremetal_port", node="metal", address=MAC, port_group="bond")},
            {"name": "delete", **node(name="metal", state="absent")},
        ]
    )
    ours = [entry for entry in cloud.log() if entry["path"].startswith("/os/kinton/v1/v1/")]
    assert {"baremetal-node-power", "baremetal-port-patch"} <= {entry["operation"] for entry in ours}
    assert {entry["status"] for entry in ours} <= {200, 404, 409}
    assert cloud.state("baremetal_ports") == cloud.state("baremetal_portgroups") == []


# --- bad options ------------------------------------------------------------------------------------------------

WRONG: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "nothing to find it by": ("node", {"provision_state": "available"}, ["name", "id", "ipmi"]),
    "a controller without address": ("node", {"ipmi": {"username": "admin"}}, ["ipmi", "address"]),
    "half a controller": ("node", {"name": "new", "ipmi": {"address": "10.0.0.1"}}, ["ipmi.username", "ipmi.password"]),
    "no controller": ("node", {"name": "new"}, ["ipmi.address"]),
    "a name with blanks": ("node", {"name": "no node"}, ["name", "no node"]),
    "a state that is none": ("node", {"name": "metal", "provision_state": "deploying"}, ["provision_state"]),
    "back to the beginning": ("node", {"name": "metal", "provision_state": "enroll"}, ["'available' to 'enroll'"]),
    "no address of a card": ("node", {"name": "metal", "ports": ["eth0"]}, ["ports", "eth0"]),
    "a card with a speed": (
        "node",
        {"name": "metal", "ports": [{"address": MAC, "speed": 1}]},
        ["speed", "pxe_enabled"],
    ),
    "a card twice": ("node", {"name": "metal", "ports": [MAC, MAC.upper()]}, ["ports", MAC]),
    "a group that is none": (
        "node",
        {"name": "metal", "ports": [{"address": MAC, "port_group": "b"}]},
        ["ports", "'b'"],
    ),
    "a reason for nothing": (
        "node",
        {"name": "metal", "maintenance": False, "maintenance_reason": "x"},
        ["maintenance_reason"],
    ),
    "an adoption to nowhere": ("node", {"name": "metal", "adopt": True}, ["adopt", "provision_state: active"]),
    "the controller in two places": (
        "node",
        {"name": "metal", "driver_info": {"ipmi_address": "10.0.0.1"}},
        ["driver_info", "ipmi_address"],
    ),
    "a step without a name": ("node", {"name": "metal", "clean_steps": [{"interface": "deploy"}]}, ["step"]),
    "a cleaning of what runs": (
        "node",
        {"name": "runs", "clean_steps": [{"interface": "deploy", "step": "erase"}]},
        ["clean_steps", "active"],
    ),
    "a port of no node": ("port", {"node": "none", "address": MAC}, ["node", "'none'"]),
    "a port without address": ("port", {"node": "metal"}, ["address", "id"]),
    "no address of a port": ("port", {"node": "metal", "address": "eth0"}, ["address", "eth0"]),
    "a port in no group": ("port", {"node": "metal", "address": MAC, "port_group": "b"}, ["port_group", "'b'"]),
    "a group without a name": ("portgroup", {"node": "metal"}, ["name", "id"]),
    "no address of a group": ("portgroup", {"node": "metal", "name": "b", "address": "1"}, ["address", "'1'"]),
}


def test_bad_options_are_named_before_anything_is_sent_that_writes(
    cloud: Simulator, ansible: Ansible, mode: str
) -> None:
    seeded(cloud, name="metal", provision_state="available")
    seeded(cloud, name="runs", provision_state="active")
    tasks = [
        {"name": name, **uses(f"cloudos_baremetal_{module}", **options)}
        for name, (module, options, _words) in WRONG.items()
    ]
    played = ansible.play(tasks, mode=mode, ignore_errors=True)
    for name, (_module, _options, words) in WRONG.items():
        text = refusal(played, name)
        assert [word for word in words if word not in text] == [], f"{name}: {text}"


@pytest.mark.parametrize("module", ["cloudos_baremetal_port", "cloudos_baremetal_portgroup"])
def test_what_belongs_to_a_node_that_is_gone_is_absent(cloud: Simulator, ansible: Ansible, module: str) -> None:
    named = {"address": MAC} if module == "cloudos_baremetal_port" else {"name": "bond"}
    played = ansible.play([{"name": "absent", **uses(module, node="none", state="absent", **named)}], mode=MODULE)
    assert played.result("absent")["changed"] is False


def test_a_whole_play_can_be_checked_against_an_empty_cloud(cloud: Simulator, ansible: Ansible) -> None:
    played = ansible.play(
        [
            {"name": "node", **node(name="metal", ipmi=IPMI, provision_state="available")},
            {"name": "group", **uses("cloudos_baremetal_portgroup", node="metal", name="bond")},
            {"name": "port", **uses("cloudos_baremetal_port", node="metal", address=MAC, port_group="bond")},
        ],
        arguments=["--check", "--diff"],
    )
    assert played.result("node")["actions"] == ["create", "manage", "provide"]
    assert played.result("port")["baremetal_port"]["port_group"] == "(to be created)"
    assert cloud.state("baremetal_nodes") == []


@pytest.mark.parametrize("options", [{"state": "absent"}, {"address": MAC, "replace": True}])
def test_a_group_with_ports_is_not_deleted_before_they_are_taken_out(
    cloud: Simulator, ansible: Ansible, options: dict[str, Any]
) -> None:
    record = seeded(cloud, name="metal")
    group = cloud.seed("baremetal_portgroups", node_uuid=record["id"], name="bond")[0]
    cloud.seed("baremetal_ports", node_uuid=record["id"], portgroup_uuid=group["id"], address=OTHER_MAC)
    wanted = uses("cloudos_baremetal_portgroup", node="metal", name="bond", **options)
    port = uses("cloudos_baremetal_port", node="metal", address=OTHER_MAC, port_group="")
    tasks = [
        {"name": "refused", **wanted, "ignore_errors": True},
        {"name": "taken out", **port},
        {"name": "deleted", **wanted},
    ]

    checked = ansible.play(tasks, arguments=["--check"])
    played = ansible.play(tasks)

    for seen in (checked, played):
        assert OTHER_MAC in seen.result("refused")["msg"] and "port_group: ''" in seen.result("refused")["msg"]
        assert seen["refused"].writes == []
        assert seen.result("deleted")["actions"][0] == "delete"
    assert group["id"] not in {left["id"] for left in cloud.state("baremetal_portgroups")}
