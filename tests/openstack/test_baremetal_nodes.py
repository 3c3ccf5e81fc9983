# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nodes of Ironic on their ways between states, and what becomes of those that do not get there."""

from __future__ import annotations

import itertools
from typing import Any

from integration.harness import Ansible, uses

from openstack.cloud import NODE_STATES, Cloud

IPMI = {"address": "172.25.16.1", "username": "admin", "password": "ipmi-password"}
IMAGE = {"image_source": "http://images.example.com/linux.raw"}
INFO = {f"ipmi_{name}": value for name, value in IPMI.items()}
MAC = "74:ea:cb:75:1c:2b"
SILENT = "192.0.2.1"
BUSY = {"disks": "busy"}


def node(task: str, *, check_mode: bool = False, **options: Any) -> dict[str, Any]:
    return {"name": task, **uses("cloudos_baremetal_node", **options), "check_mode": check_mode}


def test_every_way_between_two_states(ansible: Ansible, cloud: Cloud) -> None:
    ways = list(itertools.permutations(NODE_STATES, 2))
    tasks = []
    for start, wanted in ways:
        name = f"{start}-to-{wanted}"
        cloud.seed_node(name=name, instance_info=IMAGE, provision_state=start)
        options = {"name": name, "provision_state": wanted}
        tasks += [node(f"{name}: check", check_mode=True, **options), node(f"{name}: run", **options)]
        tasks += [node(f"{name}: again", **options)]
    played = ansible.play(tasks, ignore_errors=True, warns=None)
    for start, wanted in ways:
        name = f"{start}-to-{wanted}"
        check, run, again = (played[f"{name}: {part}"] for part in ("check", "run", "again"))
        if wanted == "enroll":
            assert check.failed and run.failed, name
            continue
        assert run.result["baremetal_node"]["provision_state"] == wanted, name
        assert check.result["actions"] == run.result["actions"] != [], name
        assert again.result["actions"] == [], name


def test_a_failed_cleaning_is_told_and_mended_by_the_same_task(ansible: Ansible) -> None:
    options = {"name": "disks", "ipmi": IPMI, "provision_state": "available"}
    played = ansible.play(
        [
            {**node("fails", **options, properties={"disks": "broken"}), "ignore_errors": True},
            node("mended", **options, properties={"disks": "fine"}),
            node("again", **options, properties={"disks": "fine"}),
        ]
    )
    told = played.result("fails")["msg"]
    assert "clean failed" in told and "the disk sda does not answer" in told
    mended = played.result("mended")
    assert mended["actions"] == ["maintenance_off", "update", "manage", "provide"]
    assert mended["baremetal_node"]["provision_state"] == "available"
    assert mended["baremetal_node"]["maintenance"] is False
    assert played.result("again")["actions"] == []


def test_a_failed_deployment_is_told_and_mended_by_the_same_task(ansible: Ansible) -> None:
    ready = {"name": "disks", "ipmi": IPMI, "instance_info": IMAGE}
    played = ansible.play(
        [
            node("ready", **ready, provision_state="available"),
            {
                **node("fails", **ready, provision_state="active", properties={"disks": "broken"}),
                "ignore_errors": True,
            },
            node("mended", **ready, provision_state="active", properties={"disks": "fine"}),
        ]
    )
    told = played.result("fails")["msg"]
    assert "deploy failed" in told and "the disk sda does not answer" in told
    assert played.result("mended")["baremetal_node"]["provision_state"] == "active"


def test_a_cleaning_that_hangs_is_waited_for_and_aborted_on_demand(ansible: Ansible) -> None:
    options = {"name": "disks", "ipmi": IPMI}
    played = ansible.play(
        [
            {
                **node("hangs", **options, provision_state="available", properties={"disks": "silent"}, wait_timeout=3),
                "ignore_errors": True,
            },
            node("aborted", **options, provision_state="manageable", abort=True),
        ]
    )
    assert "clean wait" in played.result("hangs")["msg"]
    assert played.result("aborted")["baremetal_node"]["provision_state"] == "manageable"


def test_a_controller_that_does_not_answer_is_told_and_mended(ansible: Ansible) -> None:
    silent = {"name": "silent", "ipmi": {**IPMI, "address": SILENT}, "provision_state": "manageable"}
    wrong = {**silent, "ipmi": {**IPMI, "password": "wrong"}, "update_password": "always"}
    right = {**silent, "ipmi": IPMI}
    played = ansible.play(
        [
            {**node("silent", **silent), "ignore_errors": True},
            {**node("wrong password", **wrong), "ignore_errors": True},
            {**node("still wrong", **right), "ignore_errors": True},
            node("right", **right, update_password="always"),
            node("again", **right),
        ]
    )
    for name in ("silent", "wrong password", "still wrong"):
        assert played[name].failed
        assert "Failed to get power state" in played.result(name)["msg"]
    right_one = played.result("right")["baremetal_node"]
    assert (right_one["provision_state"], right_one["power_state"]) == ("manageable", "off")
    assert right_one["last_error"] is None
    assert played.result("again")["actions"] == []
    assert "ipmi-password" not in played.output


def test_a_power_state_that_is_not_known_is_neither_on_nor_off(ansible: Ansible, cloud: Cloud) -> None:
    cloud.seed_node(name="unknown")
    played = ansible.play(
        [
            node("as it is", name="unknown"),
            node("off", name="unknown", power_state="off"),
            node("off again", name="unknown", power_state="off"),
        ]
    )
    assert played.result("as it is")["baremetal_node"]["power_state"] is None
    assert played.result("off")["actions"] == ["power_off"]
    assert played.result("off")["baremetal_node"]["power_state"] == "off"
    assert played.result("off again")["actions"] == []


def test_a_node_that_is_deployed_is_deleted_with_its_ports(ansible: Ansible, cloud: Cloud) -> None:
    made = cloud.seed_node(name="used", instance_info=IMAGE, provision_state="active")
    cloud.seed_port(node_uuid=made["uuid"], address=MAC)
    ansible.play([node("gone", name="used", state="absent")])
    assert cloud.nodes() == cloud.ports() == []


def test_a_locked_node_is_asked_again(ansible: Ansible, cloud: Cloud) -> None:
    made = cloud.seed_node(name="busy", driver="pxe_ipmitool", driver_info=INFO, properties=BUSY)
    cloud.provision(made["uuid"], "manage", "manageable")
    cloud.seed_port(node_uuid=made["uuid"], address=MAC)
    cloud.ask(made["uuid"], "provide")
    played = ansible.play(
        [{"name": "no port", **uses("cloudos_baremetal_port", node="busy", address=MAC, state="absent")}]
    )
    statuses = [entry["status"] for entry in played["no port"].requests if entry["method"] == "DELETE"]
    assert statuses[0] == 409 and statuses[-1] == 204
    assert cloud.ports() == []
