# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plan files: playbooks write them in check mode, and are held to them, on an empty cloud and on one that is there."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from integration.harness import MODES, REPOSITORY, Ansible, Played, uses

from simulator import Simulator, seeds

PLAYBOOKS = REPOSITORY / "playbooks"
SCHEMA = json.loads((REPOSITORY / "docs" / "schemas" / "plan.json").read_text(encoding="utf-8"))
PASSWORD = "plan-secret-1"
CLOUD: dict[str, Any] = {
    "cloudos_flavors": [{"name": "f1", "vcpus": 1, "ram": 1024, "disk": 10}],
    "cloudos_projects": [
        {
            "name": "dept",
            "quota": {"compute": {"cores": 50}},
            "users": [{"name": "bob", "password": PASSWORD, "roles": ["user"]}],
        }
    ],
    "cloudos_networks": [{"name": "shop"}],
    "cloudos_subnets": [{"name": "shop", "network": "shop", "cidr": "10.9.0.0/24"}],
    "cloudos_servers": [
        {
            "name": "web-1",
            "image": "rocky-9",
            "flavor": "f1",
            "availability_zone": "nova11",
            "networks": [{"network": "shop"}],
        }
    ],
}
STACK = {"networks": [{"name": "shop", "mtu": 1450}], "subnets": CLOUD["cloudos_subnets"]}
DEPARTMENTS = {"project_onboarding_projects": CLOUD["cloudos_projects"]}
# What a job of a workflow passes on, as JSON
SHOWN_STATS = {"ANSIBLE_SHOW_CUSTOM_STATS": "true", "ANSIBLE_CALLBACK_RESULT_FORMAT": "json"}
FLEET = """
cloudos_fleet:
  vars:
    cloudos_server:
      name: "{{ inventory_hostname }}"
      image: rocky-9
      flavor: small
      availability_zone: nova11
      networks: [{id: %s}]
  hosts: {web-1: , web-2: }
"""


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    cloud.settings(build_seconds=0, transition_seconds=0, action_seconds=0)
    cloud.seed("images", name="rocky-9", min_disk=5)
    cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=10)
    return cloud


class Files:
    """A playbook with a description and a plan file."""

    def __init__(self, ansible: Ansible, playbook: str, variable: str, content: dict[str, Any]) -> None:
        self.ansible, self.playbook = ansible, PLAYBOOKS / f"{playbook}.yml"
        self.plan = ansible.folder / "plan.json"
        self.variables: dict[str, Any] = {"plan_file": str(self.plan)}
        if variable:
            file = ansible.folder / "description.yml"
            file.write_text(yaml.safe_dump(content))
            self.variables[variable] = str(file)

    def run(
        self, check: bool = False, rc: int = 0, mode: str = MODES[0], limit: str = "all", **variables: Any
    ) -> Played:
        arguments = ["--check"] if check else []
        if self.playbook.stem == "fleet":
            inventory = self.ansible.folder / "fleet.yml"
            inventory.write_text(FLEET % seeds.NET_1)
            arguments += ["-i", str(inventory), "--limit", limit]
        file = yaml.safe_dump({**self.variables, **variables})
        return self.ansible.play(
            [],
            playbook=self.playbook,
            variables_file=file,
            arguments=arguments,
            rc=rc,
            mode=mode,
            warns=None,
            environment={"TMPDIR": str(self.temporary), **SHOWN_STATS},
        )

    @property
    def temporary(self) -> Path:
        """Where programs make their temporary files."""
        folder = self.ansible.folder / "temporary"
        folder.mkdir(exist_ok=True)
        return folder

    def left(self) -> list[Path]:
        """What runs have left behind of temporary files."""
        folders = (self.temporary, self.ansible.folder / "ansible" / "tmp")
        return [path for folder in folders for path in folder.rglob("*") if path.is_file()]

    def content(self) -> dict[str, Any]:
        return json.loads(self.plan.read_text(encoding="utf-8"))


def artifacts(played: Played) -> dict[str, Any]:
    """What a job passes on to the next one of a workflow."""
    (line,) = [line for line in played.output.splitlines() if line.strip().startswith("RUN: ")]
    return json.loads(line.split("RUN: ", 1)[1])


def made(played: Played) -> list[str]:
    return [task.name for task in played.tasks if task.writes]


def recap(played: Played) -> int:
    """How many tasks Ansible counts as changed, on all hosts."""
    return sum(map(int, re.findall(r" changed=(\d+) ", played.output)))


@pytest.mark.parametrize(
    ("playbook", "variable", "content"),
    [
        ("apply", "cloud_file", CLOUD),
        ("stack", "stack_file", STACK),
        ("onboard", "projects_file", DEPARTMENTS),
        ("fleet", "", {}),
    ],
)
def test_a_playbook_does_what_its_plan_file_says_and_then_nothing(
    playbook: str, variable: str, content: dict[str, Any], ready: Simulator, ansible: Ansible
) -> None:
    files = Files(ansible, playbook, variable, content)
    foretold = files.run(check=True)
    text, plan = files.plan.read_text(encoding="utf-8"), files.content()

    assert made(foretold) == []
    jsonschema.validate(plan, SCHEMA)
    assert any(entry["actions"] for entry in plan["plans"])
    assert stat.S_IMODE(files.plan.stat().st_mode) == 0o600
    assert PASSWORD not in text and seeds.ADMIN_PASSWORD not in text

    created, again = files.run(), files.run()
    assert made(created) and made(again) == []
    jsonschema.validate(files.content(), SCHEMA)
    changed = 2 if playbook == "fleet" else len(made(created))  # of a fleet, hosts
    assert [recap(played) for played in (foretold, created, again)] == [changed, changed, 0]


def test_the_recap_of_a_plan_that_is_not_carried_out_counts_it_once(ready: Simulator, ansible: Ansible) -> None:
    files = Files(ansible, "stack", "stack_file", STACK)
    files.run(check=True)

    assert recap(files.run(plan_only=True)) == 1


def test_what_has_changed_behind_the_back_stops_the_run_before_anything_is_sent(
    ready: Simulator, ansible: Ansible
) -> None:
    files = Files(ansible, "apply", "cloud_file", CLOUD)
    files.run(check=True)
    flavor = uses("cloudos_flavor", name="f1", vcpus=2, ram=1024, disk=10, replace=True)
    ansible.play([{"name": "behind the back", **flavor}])
    description = {**CLOUD, "cloudos_flavors": [{**CLOUD["cloudos_flavors"][0], "replace": True}]}
    Path(files.variables["cloud_file"]).write_text(yaml.safe_dump(description))
    stopped = files.run(rc=2)

    message = stopped.result("Ensure the cloud is as it was previewed")["msg"]
    assert made(stopped) == []
    assert "nothing was changed" in message
    assert "which was: create (" in message
    assert "Now it is delete, create of flavor f1" in message


def test_an_interrupted_run_is_completed_with_the_same_plan(ready: Simulator, ansible: Ansible) -> None:
    files = Files(ansible, "apply", "cloud_file", CLOUD)
    files.run(check=True)
    ready.fault("status", match={"operation": "server-create"}, status=403)
    assert made(files.run(rc=2))

    assert made(files.run()) == ["Manage key pairs, networks, volumes and servers"]


def test_what_is_not_part_of_the_plan_is_refused(ready: Simulator, ansible: Ansible) -> None:
    files = Files(ansible, "stack", "stack_file", STACK)
    files.run(check=True)
    Path(files.variables["stack_file"]).write_text(yaml.safe_dump({**STACK, "volumes": [{"name": "v", "size": 1}]}))
    stopped = files.run(rc=2)

    assert made(stopped) == []
    assert "not part of the plan. Now it is create of volume v" in str(
        stopped.result("Ensure the cloud is as it was previewed")["msg"]
    )


def test_a_run_without_its_plan_file_says_how_to_make_it(ready: Simulator, ansible: Ansible) -> None:
    files = Files(ansible, "stack", "stack_file", STACK)
    stopped = files.run(rc=2)

    assert made(stopped) == []
    assert stopped.result("Ensure the plan exists")["msg"].endswith("the same command with --check writes it.")


@pytest.mark.parametrize("mode", MODES)
def test_a_workflow_passes_the_plan_as_a_variable(ready: Simulator, ansible: Ansible, mode: str) -> None:
    files = Files(ansible, "stack", "stack_file", STACK)
    preview = files.run(plan_only=True)
    assert made(preview) == []
    plan = files.content()
    files.plan.unlink()
    del files.variables["plan_file"]

    ansible.play([{"name": "behind the back", **uses("cloudos_network", name="shop", mtu=1400)}])
    assert made(files.run(rc=2, mode=mode, cloudos_plan=plan)) == []
    ansible.play([{"name": "undo", **uses("cloudos_network", name="shop", state="absent")}])
    assert made(files.run(mode=mode, cloudos_plan=plan)) == ["Manage the stack"]


def test_nothing_is_left_behind_however_a_run_ends(ready: Simulator, ansible: Ansible) -> None:
    files = Files(ansible, "stack", "stack_file", STACK)
    del files.variables["plan_file"]
    passed = artifacts(files.run(plan_only=True))
    files.run(check=True)
    ready.fault("status", match={"operation": "network-create"}, status=403)
    assert made(files.run(rc=2, **passed)) == ["Manage the stack"]
    files.run(**passed)
    ansible.play([{"name": "behind the back", **uses("cloudos_network", name="shop", mtu=1400)}])
    assert made(files.run(rc=2, **passed)) == []
    files.run(rc=2, cloudos_plan={"format": "other"})
    files.run(rc=2, plan_file="/nowhere/plan.json")

    fleet = Files(ansible, "fleet", "", {})
    fleet.run(check=True)
    assert made(fleet.run())
    assert files.left() == []


def test_the_slices_of_a_preview_make_one_plan(ready: Simulator, ansible: Ansible) -> None:
    """AWX adds what the slices pass on to what is there already; of one name, the last value stays."""
    fleet = Files(ansible, "fleet", "", {})
    del fleet.variables["plan_file"]
    sliced = {"awx_workflow_job_id": 5, "awx_job_template_id": 3}
    passed: dict[str, Any] = {}
    for job, host in enumerate(("web-1", "web-2"), 11):
        passed.update(artifacts(fleet.run(limit=host, plan_only=True, awx_job_id=job, **sliced)))
    assert set(passed) == {"cloudos_plan", "cloudos_plan_11", "cloudos_plan_12"}

    run = {"awx_job_id": 21, "awx_workflow_job_id": 20, "awx_job_template_id": 3}
    assert made(fleet.run(limit="web-1", **passed, **run)) == ["Converge all servers at once"]
    assert made(fleet.run(**passed, **run)) == ["Converge all servers at once"]

    # Two previews in one workflow that are no slices: the last one is what was approved.
    cleared = [{"name": name, "state": "absent"} for name in ("web-1", "web-2")]
    ansible.play([{"name": "behind the back", **uses("cloudos_servers", servers=cleared)}])
    assert made(fleet.run(rc=2, **passed, **sliced, awx_job_id=13)) == []


def test_a_later_preview_of_a_workflow_replaces_an_earlier_one(ready: Simulator, ansible: Ansible) -> None:
    """AWX passes what earlier jobs of a workflow have passed on to later ones, and never from slice to slice."""
    fleet = Files(ansible, "fleet", "", {})
    del fleet.variables["plan_file"]
    workflow = {"awx_workflow_job_id": 5, "awx_job_template_id": 3}
    passed = artifacts(fleet.run(plan_only=True, awx_job_id=11, **workflow))
    fleet.run(limit="web-1")
    passed.update(artifacts(fleet.run(plan_only=True, awx_job_id=12, **passed, **workflow)))
    assert set(passed) == {"cloudos_plan", "cloudos_plan_11", "cloudos_plan_12"}
    ansible.play([{"name": "behind the back", **uses("cloudos_server", name="web-1", state="absent")}])

    sliced = {"awx_job_id": 21, "awx_workflow_job_id": 20, "awx_job_template_id": 3}
    assert made(fleet.run(limit="web-1", rc=2, **passed, **sliced)) == []
    assert made(fleet.run(limit="web-2", **passed, **sliced)) == ["Converge all servers at once"]


@pytest.mark.parametrize("content", ["", "[]", '{"format": "other"}', '{"format": "h3c.cloudos.plan", "plans": []}'])
def test_a_file_that_is_no_plan_file_is_refused(
    content: str, ready: Simulator, ansible: Ansible, tmp_path: Path
) -> None:
    plan = tmp_path / "plan.json"
    plan.write_text(content)
    task = uses("cloudos_flavor", name="a", vcpus=1, ram=1, disk=1, plan_file=str(plan))
    played = ansible.play([{"name": "run", **task}], rc=2)

    assert made(played) == []
    assert "plan_file" in played.result("run")["msg"]
