# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Onboarding of projects and the audit: what they do, what they cost, and what the audit tells."""

from __future__ import annotations

import datetime
import json
import stat
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from integration.harness import REPOSITORY, STORY_MODES, Ansible, Played, Task

from ansible_collections.h3c.cloudos.plugins.module_utils.model.shared_lists import SHARED_SECONDS
from simulator import Simulator, seeds

_SETTINGS = ("audit_file", "audit_html", "audit_fails")
ONBOARD, AUDIT = (REPOSITORY / "playbooks" / f"{name}.yml" for name in ("onboard", "audit"))
EXAMPLE = yaml.safe_load((REPOSITORY / "playbooks" / "vars" / "projects.yml").read_text(encoding="utf-8"))
SCHEMA = json.loads((REPOSITORY / "docs" / "schemas" / "audit.json").read_text(encoding="utf-8"))
NORM = "norm server cpu=2, memory=4, system_disk=40, storage_type=SSD"


def onboard(ansible: Ansible, projects: list[dict[str, Any]] | None = None, **keywords: Any) -> Played:
    return _play(ansible, ONBOARD, projects, **keywords)


def audit(ansible: Ansible, projects: list[dict[str, Any]] | None = None, **keywords: Any) -> list[list[Any]]:
    """The rows of an audit as the file has them: object, key, wanted, is, status."""
    file = ansible.folder / "audit.json"
    file.unlink(missing_ok=True)
    played = _play(ansible, AUDIT, projects, audit_file=str(file), **keywords)
    assert changes(played) == []
    assert not [task.name for task in played.tasks if task.writes]
    assert stat.S_IMODE(file.stat().st_mode) == 0o644
    assert stat.S_IMODE(file.with_suffix(".html").stat().st_mode) == 0o644
    report = json.loads(file.read_text())
    jsonschema.validate(report, SCHEMA)
    assert played.result("Show the differences")["counts"] == report["counts"]
    return [[row[name] for name in ("object", "key", "wanted", "is", "status")] for row in report["differences"]]


def _play(
    ansible: Ansible, playbook: Path, projects: list[dict[str, Any]] | None, *, check: bool = False, **keywords: Any
) -> Played:
    """Run a playbook with the example, or with a description of some projects and what they share."""
    play = {name: keywords.pop(name) for name in ("rc", "warns", "mode", "environment") if name in keywords}
    variables: dict[str, Any] = {name: keywords.pop(name) for name in _SETTINGS if name in keywords}
    variables["projects_file"] = str(REPOSITORY / "playbooks" / "vars" / "projects.yml")
    if projects is not None:
        shared = {f"project_onboarding_{name}": value for name, value in keywords.items()}
        file = ansible.folder / "departments.yml"
        file.write_text(yaml.safe_dump({"project_onboarding_projects": projects, **shared}, allow_unicode=True))
        variables["projects_file"] = str(file)
    arguments = ["--check"] if check else []
    return ansible.play([], playbook=playbook, variables_file=yaml.safe_dump(variables), arguments=arguments, **play)


def changes(played: Played) -> list[str]:
    return [task.name for task in played.tasks if task.result.get("changed")]


def reads_all_limits_once(task: Task) -> bool:
    """Whether the items of a loop share one read, which a slow machine repeats when it has become too old."""
    reads = [entry["time"] for entry in task.requests if entry["operation"] == "limits-list-all"]
    return len(reads) > 0 and all(later - earlier >= SHARED_SECONDS for earlier, later in pairwise(reads))


def computes(cloud: Simulator) -> dict[str, dict[str, int]]:
    """The limits of servers by project."""
    return {quota["id"]: quota["compute"] for quota in cloud.state("quotas")}


def test_onboarding_converges_and_check_mode_foretells_it(cloud: Simulator, ansible: Ansible) -> None:
    foretold = onboard(ansible, check=True)
    first = onboard(ansible)
    kinds = ["quota templates", "availability zones", "norms", "projects", "flavors", "quotas"]
    assert changes(foretold) == changes(first) == [f"Manage {kind}" for kind in kinds]
    assert computes(cloud)[seeds.DEMO_PROJECT] == {"instances": 20, "cores": 120, "ram": 245760}
    assert computes(cloud)[seeds.EMPTY_PROJECT] == {"instances": 5, "cores": 20, "ram": 1000000}

    second = onboard(ansible)
    assert changes(second) == []
    assert not [task.name for task in second.tasks if task.writes]


def test_fifty_projects_cost_one_list_of_limits_and_one_of_projects(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("projects", name="department-{n}", count=50)
    template = {"name": "department", "servers": 10, "cpus": 40}
    projects = [
        {"name": f"department-{number}", "template": "department", "quota": {"compute": {"ram": 1024 * number}}}
        for number in range(1, 51)
    ]
    onboard(ansible, projects, quota_templates=[template])
    ids = {project["name"]: project["id"] for project in cloud.state("projects")}
    assert all(computes(cloud)[ids[f"department-{n}"]]["ram"] == 1024 * n for n in range(1, 51))
    assert all(computes(cloud)[ids[f"department-{n}"]]["cores"] == 40 for n in range(1, 51))

    second = onboard(ansible, projects, quota_templates=[template])
    assert changes(second) == []
    assert reads_all_limits_once(second["Manage quotas"])
    sent = {task.name: list(dict.fromkeys(task.sent())) for task in second.tasks if task.sent()}
    assert sent == {
        "Read the projects": ["GET project-list"],
        "Manage quota templates": ["GET quota-template-list"],
        "Manage projects": ["GET project-list"],
        "Manage quotas": [
            *("GET limits-list-all", "GET quota-template-list", "GET project-list"),
            "GET quota-document-get",  # which is refused once, for all
        ],
    }


def test_projects_that_do_not_exist_are_named_together_before_anything_is_changed(
    cloud: Simulator, ansible: Ansible
) -> None:
    projects = [{"name": name, "quota": {"compute": {"cores": 1}}} for name in ("sales", "demo", "legal")]
    played = onboard(ansible, projects, flavors=[{"name": "f", "vcpus": 1, "ram": 1, "disk": 1}], rc=2)
    message = played.result("Ensure each project is known and described once")["msg"]
    assert message == "There are no projects sales, legal. An entry with create: true creates its project."
    assert [entry["operation"] for entry in played.log if entry["method"] != "GET"] == ["token-create"]


def test_names_that_are_not_clear_are_refused(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("projects", name="twin", count=2)
    projects = [{"name": name} for name in ("twin", "demo", seeds.DEMO_PROJECT)]
    projects += [{"name": "new", "create": True}, {"name": "new", "domain": "default"}]
    message = onboard(ansible, projects, rc=2).result("Ensure each project is known and described once")["msg"]
    told = "Several projects are named twin. Specify their IDs or domains."
    assert message == f"{told} More than one description is of {seeds.DEMO_PROJECT}, new."


@pytest.mark.parametrize(
    ("projects", "told"),
    [
        ([{"name": "demo", "quota": {"compute": {"coers": 1}}}], "coers"),
        ([{"quota": {}}], "missing required arguments: name"),
        ([{"name": "demo", "quota": {"compute": {"cores": "many"}}}], "cores"),
    ],
)
def test_a_wrong_description_is_refused_before_anything_is_sent(
    cloud: Simulator, ansible: Ansible, projects: list[dict[str, Any]], told: str
) -> None:
    played = onboard(ansible, projects, rc=2, warns=None)
    assert told in " ".join(played.output.split())
    assert not played.log


def test_the_audit_tells_all_before_onboarding_and_afterwards_only_what_nobody_can_read(
    cloud: Simulator, ansible: Ansible
) -> None:
    unreadable = ["quota empty", "network.router", 2, None, "unreadable"]
    zones = ["project demo", "zones", ["nova11", "nova12"], ["nova11"], "differs"]
    before = audit(ansible)
    assert before[:4] == [
        [name, "state", "present", "absent", "missing"]
        for name in ("quota template department", "zone building1", "flavor office", NORM)
    ]
    assert ["quota demo", "compute.cores", 120, 1000, "differs"] in before
    assert ["quota demo", "compute.instances", 20, 1000, "differs"] in before
    assert unreadable in before
    assert before[4] == zones
    assert before == audit(ansible)

    onboard(ansible)
    assert audit(ansible) == [unreadable]


def test_the_audit_tells_what_a_run_would_refuse(cloud: Simulator, ansible: Ansible) -> None:
    """Projects that do not exist, a flavor that cannot be changed, and limits below what is used."""
    cloud.seed("flavors", name="web", vcpus=2, ram=4096, disk=40)
    projects = [
        {"name": "demo", "quota": {"block_storage": {"volumes": 0}}, "zones": [], "purge_zones": True},
        {"name": "sales", "quota": {"compute": {"cores": 1}}},
        {"name": "empty", "quota": None, "zones": None, "template": None},  # keys that are left empty
    ]
    flavors = [{"name": "web", "vcpus": 4}, {"name": "web", "state": "absent"}]
    assert audit(ansible, projects, flavors=flavors) == [
        ["flavor web", "vcpus", 4, 2, "differs"],
        ["flavor web", "state", "absent", "present", "unwanted"],
        ["project demo", "zones", [], ["nova11"], "differs"],
        ["project sales", "state", "present", "absent", "missing"],
        ["quota demo", "block_storage.volumes", 0, 1000, "differs"],
    ]


@pytest.mark.parametrize("mode", STORY_MODES)
def test_the_audit_is_shown_as_text_in_groups(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    departments = [f"department-{number}" for number in range(1, 6)]
    cloud.seed("projects", name="department-{n}", count=5)
    wanted, office = {"compute": {"cores": 50}}, {"name": "office", "vcpus": 2, "ram": 4096, "disk": 40}
    projects: list[dict[str, Any]] = [{"name": name, "quota": wanted} for name in departments]
    projects += [{"name": "demo", "quota": {"compute": {"ram": 1}, "network": {"router": 1}}, "zones": ["nova12"]}]
    played = _play(ansible, AUDIT, projects, flavors=[office], mode=mode)
    lines = [
        "8 differences: 7 different, 1 missing. 1 value cannot be read.",
        "",
        "Several projects: 5",
        "  quota: 5",
        "    5x  compute.cores  wanted 50, is 1000  department-1, department-2, department-3 and 2 others",
        "",
        "No project: 1",
        "  flavor: 1",
        "    missing  office",
        "",
        "Project demo: 3",
        "  project: 1",
        "    zones  wanted [nova11, nova12], is [nova11]",
        "  quota: 2",
        "    compute.ram     wanted 1, is 1000000",
        "    network.router  wanted 1, cannot be read",
    ]
    assert "\n".join(lines) in played.output
    assert played.result("Show the differences")["lines"] == lines
    for suffix in ("json", "html"):
        assert (ansible.folder / "play-1" / f"audit.{suffix}").exists()

    nothing = _play(ansible, AUDIT, [], mode=mode)
    assert nothing.result("Show the differences")["lines"] == ["There is no difference."]


def test_the_report_of_a_hundred_objects_has_no_wall_of_lines_before_it(cloud: Simulator, ansible: Ansible) -> None:
    def shown(number: int) -> list[str]:
        """The lines before the report on an audit of some projects with a quota, a network and a user each."""
        names = [f"department-{index}" for index in range(1, number + 1)]
        projects = [
            {
                "name": name,
                "quota": {"compute": {"cores": 50}},
                "networks": [{"name": "net"}],
                "users": [{"name": f"user-{name}"}],
            }
            for name in names
        ]
        flavors = [{"name": name, "vcpus": 1, "ram": 1, "disk": 1} for name in names]
        output = _play(ansible, AUDIT, projects, flavors=flavors).output
        return output[: output.index(" differences: ")].splitlines()

    cloud.seed("projects", name="department-{n}", count=25)
    of_hundred = shown(25)
    assert len(of_hundred) == len(shown(1)) < 120  # three for each task
    assert not [line for line in of_hundred if "(item=" in line]


@pytest.mark.parametrize("mode", STORY_MODES)
def test_all_that_an_audit_cannot_compare_is_named_at_once(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    flavors = [{"name": "none"}, {"name": "web", "vcpus": 1, "ram": 1, "disk": 1}, {"name": "nil"}]
    played = _play(ansible, AUDIT, [{"name": "demo"}], flavors=flavors, rc=2, mode=mode)
    task = played["Compare flavors"]
    lines = task.result["msg"].splitlines()
    assert lines[0] == "2 of 3 flavors cannot be compared."
    assert lines[1].startswith("none: There is no flavor 'none'.")
    assert lines[2].startswith("nil: There is no flavor 'nil'.")
    assert [bool(result.get("failed")) for result in task.result["results"]] == [True, False, True]


def test_the_file_of_an_audit_says_when_where_and_by_whom(cloud: Simulator, ansible: Ansible) -> None:
    file, page = (ansible.folder / f"report.{suffix}" for suffix in ("json", "htm"))
    keywords = {"audit_file": str(file), "audit_html": str(page)}
    _play(ansible, AUDIT, [{"name": "demo", "quota": {"compute": {"cores": 50}}}], **keywords)
    report = json.loads(file.read_text())
    time = datetime.datetime.fromisoformat(report["time"].replace("Z", "+00:00"))
    assert abs(datetime.datetime.now(datetime.timezone.utc) - time) < datetime.timedelta(minutes=10)
    assert (report["cloud"], report["user"], report["project"]) == (cloud.url, "admin", "admin")
    assert report["counts"]["differences"] == report["counts"]["projects"]["demo"] == 1
    (row,) = report["differences"]
    assert (row["kind"], row["project"], row["name"], row["is"]) == ("quota", "demo", "demo", 1000)
    assert "<!DOCTYPE html>" in page.read_text() and "compute.cores" in page.read_text()
    assert not (ansible.folder / "report.html").exists()


@pytest.mark.smoke
def test_differences_fail_the_audit_where_they_shall(cloud: Simulator, ansible: Ansible) -> None:
    differs = [{"name": "demo", "quota": {"compute": {"cores": 50}}}]
    unreadable = [{"name": "demo", "quota": {"network": {"router": 1}}}]
    audit(ansible, differs, audit_fails=True, rc=2)
    audit(ansible, unreadable, audit_fails=True, warns=["network.router: the platform returns no value"])


def test_what_the_platform_tells_is_never_a_template(cloud: Simulator, ansible: Ansible) -> None:
    canary = "{{ lookup('ansible.builtin.pipe', 'echo evaluated') }}"
    cloud.seed("zones", zone="zone1", labelName=canary)
    cloud.seed("zones", zone=f"{canary}!", projects=[seeds.DEMO_PROJECT])
    cloud.seed("users", name="alice", domain_id=seeds.DOMAIN, fullname=canary)
    alice = {"name": "alice", "full_name": "Alice"}
    projects = [{"name": "demo", "zones": [], "purge_zones": True, "users": [alice]}]
    rows = audit(ansible, projects, zones=[{"name": "zone1", "alias": "One"}])
    assert rows == [
        ["zone zone1", "alias", "One", canary, "differs"],
        ["project demo", "zones", [], ["nova11", f"{canary}!"], "differs"],
        ["user alice", "full_name", "Alice", canary, "differs"],
    ]
    lines = _play(ansible, AUDIT, projects).result("Show the differences")["lines"]
    assert [canary in line for line in lines].count(True) == 2


def test_an_audit_of_fifty_projects_costs_little_more_than_a_second_run(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("projects", name="department-{n}", count=50)
    projects = [{"name": f"department-{number}", "quota": {"compute": {"cores": 1}}} for number in range(1, 51)]
    played = _play(ansible, AUDIT, [{"name": "demo", "zones": ["nova11"]}, *projects])
    assert reads_all_limits_once(played["Compare quotas"])
    sent = [request for task in played.tasks for request in dict.fromkeys(task.sent())]
    assert sent == [
        *("GET project-list", "GET project-list", "GET azone-project-list", "GET azone-list"),
        *("GET limits-list-all", "GET project-list", "GET quota-document-get"),
    ]
    assert played.result("Show the differences")["counts"]["differences"] == 50


@pytest.mark.parametrize("playbook", [ONBOARD, AUDIT], ids=["onboard", "audit"])
@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({"projects_file": "/nowhere/departments.yml"}, "there is no file /nowhere/departments.yml."),
        ({}, "it is missing."),
        ({"project_file": "departments.yml"}, "it is missing."),
    ],
)
def test_a_description_that_is_not_there_is_an_error(
    cloud: Simulator, ansible: Ansible, playbook: Path, variables: dict[str, str], problem: str
) -> None:
    played = ansible.play([], playbook=playbook, variables_file=yaml.safe_dump(variables), rc=2)

    message = played["Ensure the file exists"].result["msg"]
    call = f"ansible-playbook h3c.cloudos.{playbook.stem} -e projects_file=departments.yml"
    assert message == f"projects_file: {problem} Run: {call}"
    assert played.log == []


@pytest.mark.parametrize("playbook", [ONBOARD, AUDIT], ids=["onboard", "audit"])
def test_a_misspelt_key_of_a_description_is_an_error(cloud: Simulator, ansible: Ansible, playbook: Path) -> None:
    (ansible.folder / "departments.yml").write_text("project_onboarding_flavor: []\n")
    variables = f"projects_file: {ansible.folder / 'departments.yml'}"
    played = ansible.play([], playbook=playbook, variables_file=variables, rc=2)

    question = "Did you mean 'project_onboarding_flavors'?"
    message = played["Ensure each key is a variable of the role"].result["msg"]
    assert message.endswith(f"There is no key project_onboarding_flavor. {question}")
    assert played.log == []


def test_a_relative_path_is_one_from_where_the_command_was_called(cloud: Simulator, ansible: Ansible) -> None:
    (ansible.folder / "departments.yml").write_text("project_onboarding_projects: []\n")
    # It is called in a folder of its own.
    ansible.play([], playbook=ONBOARD, variables_file="projects_file: ../departments.yml")
