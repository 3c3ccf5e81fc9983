# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Roles, and the playbooks that use them: they converge, foretell what they do, and do many things at once."""

from __future__ import annotations

from typing import Any

import pytest
from integration.harness import REPOSITORY, Ansible, Played

from simulator import Simulator

PASSWORD = "CanaryIpmi-1f5e"
BUILTINS = ("ansible.builtin.set_fact", "ansible.builtin.include_tasks", "ansible.builtin.assert")


def machine(number: int, **more: Any) -> dict[str, Any]:
    address = {"address": f"172.25.18.{number}", "username": "admin", "password": PASSWORD}
    return {"name": f"rack-{number}", **address, **more}


def enroll(ansible: Ansible, machines: list[dict[str, Any]], *, check: bool = False, **keywords: Any) -> Played:
    """Run the role. Its machines come from a file of variables, as secrets should."""
    task = {"name": "enrol", "ansible.builtin.include_role": {"name": "h3c.cloudos.baremetal_enroll"}}
    text = str({"baremetal_enroll_machines": machines, "baremetal_enroll_timeout": 600, **keywords.pop("with_", {})})
    return ansible.play([task], variables_file=text, arguments=["--check"] if check else [], **keywords)


def states(cloud: Simulator) -> dict[str, str]:
    return {node["name"]: node["provision_state"] for node in cloud.state("baremetal_nodes")}


def changes(played: Played) -> list[str]:
    return [task.name for task in played.tasks if task.result.get("changed")]


def test_twenty_machines_are_enrolled_together_and_the_second_run_reads_one_list(
    cloud: Simulator, ansible: Ansible
) -> None:
    cloud.settings(transition_seconds=0.5)
    machines = [machine(number, ports=[f"74:ea:cb:75:1d:{number:02x}"]) for number in range(1, 21)]
    first = enroll(ansible, machines)
    assert set(states(cloud).values()) == {"available"} and len(states(cloud)) == 20
    assert PASSWORD not in first.output and PASSWORD not in str([task.result for task in first.tasks])

    second = enroll(ansible, machines)
    assert changes(second) == []
    reads = sorted(request for task in second.tasks for request in task.sent())
    assert reads == ["GET baremetal-node-list", *["GET baremetal-port-list"] * 20]


def test_all_machines_go_through_a_stage_before_one_is_waited_for(cloud: Simulator, ansible: Ansible) -> None:
    cloud.settings(transition_seconds=0.5)
    played = enroll(ansible, [machine(number) for number in range(1, 5)], with_={"baremetal_enroll_inspect": True})
    verbs = [
        entry["body"]["target"]
        for task in played.tasks
        for entry in task.writes
        if entry["operation"] == "baremetal-node-provision" and entry["status"] < 300
    ]
    assert verbs == [*["manage"] * 4, *["inspect"] * 4, *["provide"] * 4]


def test_check_mode_on_an_empty_platform_foretells_and_writes_nothing(cloud: Simulator, ansible: Ansible) -> None:
    cloud.settings(transition_seconds=0)
    foretold = enroll(ansible, [machine(1), machine(2)], check=True)
    assert cloud.state("baremetal_nodes") == []
    assert not [task for task in foretold.tasks if task.writes]
    done = enroll(ansible, [machine(1), machine(2)])
    assert changes(foretold) == changes(done)
    actions, done_actions = (
        [entry["actions"] for task in played.tasks for entry in task.result.get("results") or []]
        for played in (foretold, done)
    )
    assert actions == done_actions == [*[["create"]] * 2, *[["manage", "provide"]] * 2]


def test_a_machine_that_fails_does_not_hold_up_the_others(cloud: Simulator, ansible: Ansible) -> None:
    cloud.settings(transition_seconds=0, fail_provision={"rack-2": "manage"})
    played = enroll(ansible, [machine(number) for number in range(1, 4)], rc=2)
    assert states(cloud) == {"rack-1": "available", "rack-2": "enroll", "rack-3": "available"}
    message = played["Ensure all machines are available"].result["msg"]
    assert "rack-2" in message and "rack-1" not in message
    assert "IPMI call failed" in message


def test_machines_in_use_are_left_alone(cloud: Simulator, ansible: Ansible) -> None:
    ipmi = {"ipmi_address": "172.25.18.1", "ipmi_username": "admin", "ipmi_password": "x"}
    cloud.seed("baremetal_nodes", name="rack-1", provision_state="active", driver_info=ipmi)
    assert changes(enroll(ansible, [machine(1)])) == []
    assert states(cloud) == {"rack-1": "active"}


@pytest.mark.parametrize("missing", ["name", "address", "username", "password"])
def test_a_machine_that_is_described_in_part_is_refused(cloud: Simulator, ansible: Ansible, missing: str) -> None:
    described = {key: value for key, value in machine(1).items() if key != missing}
    played = enroll(ansible, [described], rc=2, warns=None)
    assert f"missing required arguments: {missing}" in " ".join(played.output.split())
    assert not played.log


def test_the_playbook_takes_machines_from_the_rack_to_instances(cloud: Simulator, ansible: Ansible) -> None:
    cloud.settings(transition_seconds=0.2, build_seconds=0.2)
    playbook, password = REPOSITORY / "playbooks" / "baremetal.yml", {"IPMI_PASSWORD": PASSWORD}
    foretold = ansible.play([], playbook=playbook, environment=password, arguments=["--check"], warns=None)
    assert foretold.rc == 0 and cloud.state("baremetal_nodes") == []
    first = ansible.play([], playbook=playbook, environment=password)
    assert states(cloud) == {"rack-1-node-1": "active", "rack-1-node-2": "active", "rack-1-node-3": "available"}
    assert PASSWORD not in first.output
    second = ansible.play([], playbook=playbook, environment=password)
    assert changes(second) == []
