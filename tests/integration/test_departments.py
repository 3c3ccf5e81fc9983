# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Departments from nothing to their first server, and back: projects with zones, quotas and users."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import IN_PROCESS, MODULE, STORY_MODES, Ansible, uses
from integration.test_onboarding import audit, changes, computes, onboard

from simulator import Simulator

PLAYBOOK = """\
- name: Onboard two departments
  hosts: localhost
  gather_facts: false
  roles:
    - role: h3c.cloudos.project_onboarding
      vars:
        project_onboarding_flavors:
          - {name: office, vcpus: 2, ram: 4096, disk: 40}
        project_onboarding_quota_templates:
          - {name: department, servers: 20, cpus: 80, volumes: 40}
        project_onboarding_projects:
          - name: shop
            description: The shop
            zones: [nova11, cinder191]
            template: department
            quota: {compute: {cores: 100}}
            users:
              - {name: alice, password: "{{ vault_alice }}", full_name: Alice Zhang, roles: [project_manager]}
              - {name: bob, password: "{{ vault_bob }}", roles: [user, auditor]}
            networks: [{name: lan}]
            subnets: [{name: lan-1, network: lan, cidr: 10.60.0.0/24}]
            routers: [{name: out, interfaces: [lan-1]}]
          - name: research
            zones: [nova12, cinder191]
            quota: {compute: {instances: 5, cores: 20}}
            users:
              - {name: carol, password: "{{ vault_carol }}", email: carol@example.com, roles: [user]}
              - {name: alice, roles: [auditor]}
            networks: [{name: lan}]
            subnets: [{name: lan-1, network: lan, cidr: 10.61.0.0/24}]
"""
PASSWORDS = {f"vault_{name}": f"{name}-Secret-1" for name in ("alice", "bob", "carol")}
PARTS = {
    "networks": [{"name": "lan"}],
    "subnets": [{"name": "lan-1", "network": "lan"}],
    "routers": [{"name": "out"}],
}
KINDS = ["quota_templates", "flavors", "projects"]
SHARED = ["Manage quota templates", "Manage projects", "Manage flavors", "Manage quotas"]
MANAGED = [*SHARED, "Manage networks", "Manage subnets", "Manage routers", "Manage users"]


@pytest.fixture
def departments(ansible: Ansible) -> Path:
    playbook = ansible.folder / "departments.yml"
    playbook.write_text(PLAYBOOK)
    return playbook


def plays(ansible: Ansible, playbook: Path, *arguments: str, **keywords: Any) -> Any:
    variables = yaml.safe_dump(PASSWORDS)
    return ansible.play([], playbook=playbook, variables_file=variables, arguments=arguments, **keywords)


def roles_of(cloud: Simulator, name: str) -> dict[str, list[str]]:
    """The roles of a user by the name of the project."""
    projects = {project["id"]: project["name"] for project in cloud.state("projects")}
    user = next(user for user in cloud.state("users") if user["name"] == name)
    return {projects[project]: sorted(roles) for project, roles in user["roles"].items() if roles}


@pytest.mark.parametrize("mode", STORY_MODES)
def test_one_playbook_takes_two_departments_from_nothing_to_a_server(
    cloud: Simulator, ansible: Ansible, departments: Path, mode: str
) -> None:
    assert len(PLAYBOOK.splitlines()) < 40
    foretold = plays(ansible, departments, "--check", mode=mode, warns=None if mode == MODULE else ())
    first = plays(ansible, departments, mode=mode)
    assert changes(foretold) == changes(first) == MANAGED
    if mode == IN_PROCESS:  # modules do not know what earlier tasks would have done
        for name in MANAGED:
            actions = [[item["actions"] for item in played[name].items] for played in (foretold, first)]
            assert actions[0] == actions[1]
    assert roles_of(cloud, "alice") == {"shop": ["project_manager"], "research": ["auditor"]}
    assert roles_of(cloud, "bob") == {"shop": ["auditor", "member"]}
    assert roles_of(cloud, "carol") == {"research": ["member"]}
    ids = {project["name"]: project["id"] for project in cloud.state("projects")}
    assert {name: computes(cloud)[ids[name]]["cores"] for name in ("shop", "research")} == {"shop": 100, "research": 20}
    assigned = {zone["zone"]: zone["projects"] for zone in cloud.state("zones")}
    assert ids["shop"] in assigned["nova11"] and ids["research"] in assigned["nova12"]

    again = plays(ansible, departments, mode=mode)
    assert changes(again) == []
    assert not [task.name for task in again.tasks if task.writes]

    cloud.seed("images", name="rocky-9", visibility="public")
    new = {"image": "rocky-9", "flavor": "office", "availability_zone": "nova11", "networks": [{"name": "lan"}]}
    login = {"CLOUDOS_USERNAME": "alice", "CLOUDOS_PASSWORD": PASSWORDS["vault_alice"], "CLOUDOS_PROJECT": "shop"}
    build = {"name": "build", **uses("cloudos_server", name="web", **new)}
    built = ansible.play([build], environment=login, mode=mode).result("build")["server"]
    assert (built["status"], built["project_id"]) == ("ACTIVE", ids["shop"])
    assert built["ip_address"].startswith("10.60.0.")


def test_fifty_departments_are_converged_with_one_list_of_each_kind(cloud: Simulator, ansible: Ansible) -> None:
    cloud.settings(zone_assignments="of_all")
    projects = [
        {
            "name": f"department-{number}",
            "description": "A department",
            "zones": ["nova11", "cinder191"],
            "quota": {"compute": {"cores": number}},
            "users": [{"name": f"manager-{number}", "roles": ["project_manager"]}],
        }
        for number in range(1, 51)
    ]
    onboard(ansible, projects)
    second = onboard(ansible, projects)
    assert changes(second) == []
    sent = {task.name: Counter(task.sent()) for task in second.tasks if task.sent()}
    assert sent == {
        "Read the projects": {"GET project-list": 1},
        "Manage projects": {"GET project-list": 1, "GET azone-project-list": 1, "GET azone-list": 1},
        "Manage quotas": {"GET limits-list-all": 1},
        "Manage users": {"GET keystone-user-list": 1, "GET user-project-group-list": 1, "GET project-list": 1},
    }


def test_a_department_is_taken_down_with_its_roles_and_its_users_that_should_be_absent(
    cloud: Simulator, ansible: Ansible, departments: Path
) -> None:
    plays(ansible, departments)
    users = [{"name": "bob", "state": "absent"}, {"name": "alice"}]
    projects = [{"name": "shop", "state": "absent", "users": users, **PARTS}, {"name": "demo", "quota": {}}]
    assert audit(ansible, projects) == [
        ["project shop", "state", "absent", "present", "unwanted"],
        ["user bob", "state", "absent", "present", "unwanted"],
    ]
    foretold = onboard(ansible, projects, check=True)
    done = onboard(ansible, projects)
    gone = [f"Delete {kind}" for kind in ("routers", "subnets", "networks", "projects", "users")]
    assert changes(foretold) == changes(done) == gone
    (deleted,) = done["Delete projects"].items
    assert deleted["actions"] == ["remove_role"] * 3 + ["remove_zone"] * 2 + ["delete"]
    assert foretold["Delete projects"].items[0]["actions"] == deleted["actions"]
    assert "shop" not in [project["name"] for project in cloud.state("projects")]
    assert [user["name"] for user in cloud.state("users")] == ["admin", "demo", "alice", "carol"]
    assert roles_of(cloud, "alice") == {"research": ["auditor"]}

    assert changes(onboard(ansible, projects)) == []
    assert audit(ansible, projects) == []


def test_a_department_in_use_is_not_taken_down_and_loses_nothing(cloud: Simulator, ansible: Ansible) -> None:
    before = cloud.state("users"), cloud.state("zones")
    projects = [{"name": "demo", "state": "absent", "users": [{"name": "demo", "state": "absent"}]}]
    (refused,) = onboard(ansible, projects, rc=2)["Delete projects"].items
    assert "demo-data-1" in refused["msg"] and "force: true" in refused["msg"]
    assert before == (cloud.state("users"), cloud.state("zones"))

    assert changes(onboard(ansible, [{**projects[0], "force": True}])) == ["Delete projects", "Delete users"]


def test_the_networks_of_a_department_go_before_it_unless_something_uses_them(
    cloud: Simulator, ansible: Ansible, departments: Path
) -> None:
    plays(ansible, departments)
    project = next(project["id"] for project in cloud.state("projects") if project["name"] == "shop")
    (network,) = (network["id"] for network in cloud.state("networks") if network["project_id"] == project)
    (port,) = cloud.seed("ports", name="printer", network_id=network, project_id=project)
    absent = [{"name": "shop", "state": "absent", **PARTS}]
    assert audit(ansible, absent) == [["project shop", "state", "absent", "present", "unwanted"]]
    for check in (True, False):
        refused = onboard(ansible, absent, check=check, rc=2)
        assert "printer" in refused["Ensure nothing uses the networks of these projects"].items[0]["msg"]
        assert not changes(refused)

    removal = {"name": "remove", **uses("cloudos_port", id=port["id"], state="absent")}
    ansible.play([removal])
    gone = ["Delete routers", "Delete subnets", "Delete networks", "Delete projects"]
    assert changes(onboard(ansible, absent, check=True)) == changes(onboard(ansible, absent)) == gone
    assert not [kind for kind in ("networks", "routers", "ports") if _of(cloud, kind, project)]
    assert changes(onboard(ansible, absent)) == []


def test_the_audit_lists_what_differs_in_the_network_of_a_department(
    cloud: Simulator, ansible: Ansible, departments: Path
) -> None:
    plays(ansible, departments)
    lan, new = {"name": "lan", "mtu": 1400}, {"name": "new"}
    subnets = [{"name": "lan-1", "network": "lan", "enable_dhcp": False}, {"name": "new-1", "network": "new"}]
    routers = [{"name": "out", "interfaces": ["new-1"], "admin_state_up": False}, {"name": "in", "state": "absent"}]
    shop = {"name": "shop", "networks": [lan, new], "subnets": subnets, "routers": routers}
    rows = audit(ansible, [shop, {"name": "sales", "networks": [new]}])
    mtu = next(network["mtu"] for network in cloud.state("networks") if network["name"] == "lan")
    assert rows == [
        ["project sales", "state", "present", "absent", "missing"],
        ["network shop lan", "mtu", 1400, mtu, "differs"],
        ["network shop new", "state", "present", "absent", "missing"],
        ["subnet shop lan-1", "enable_dhcp", False, True, "differs"],
        ["router shop out", "admin_state_up", False, True, "differs"],
    ]


def _of(cloud: Simulator, kind: str, project: str) -> list[dict[str, Any]]:
    return [entry for entry in cloud.state(kind) if entry["project_id"] == project]


def test_children_are_made_after_their_parents_and_deleted_before_them(cloud: Simulator, ansible: Ansible) -> None:
    family = [{"name": "parent", "create": True}, {"name": "child", "parent": "parent"}]
    assert changes(onboard(ansible, family, check=True)) == changes(onboard(ansible, family)) == ["Manage projects"]
    absent = [{**entry, "state": "absent"} for entry in family]
    rows = audit(ansible, absent)
    assert [row[0] for row in rows] == ["project parent", "project child"]
    assert changes(onboard(ansible, absent, check=True)) == changes(onboard(ansible, absent)) == ["Delete projects"]
    assert audit(ansible, absent) == []


def test_the_audit_lists_each_difference_of_a_department(cloud: Simulator, ansible: Ansible, departments: Path) -> None:
    plays(ansible, departments)
    users = [{"name": "alice", "full_name": "Alice", "roles": ["project_manager"]}, {"name": "dan", "roles": ["user"]}]
    described = {"description": "A shop", "enabled": False, "zones": ["nova11"], "users": users}
    projects = [
        {"name": "shop", **described},
        {"name": "sales", "quota": {"compute": {"cores": 1}}, "users": [{"name": "bob", "roles": ["user"]}]},
    ]
    assert audit(ansible, projects) == [
        ["project shop", "description", "A shop", "The shop", "differs"],
        ["project shop", "enabled", False, True, "differs"],
        ["project sales", "state", "present", "absent", "missing"],
        ["user alice", "full_name", "Alice", "Alice Zhang", "differs"],
        ["user dan", "state", "present", "absent", "missing"],
    ]
    onboard(ansible, projects)
    assert audit(ansible, projects) == []


def test_a_project_of_another_domain_is_the_one_that_is_described(cloud: Simulator, ansible: Ansible) -> None:
    """By its name alone as long as no other project has it."""
    domain = cloud.seed("domains", name="corp")[0]["id"]
    cloud.seed("projects", name="sales", domain_id=domain, parent_id=domain)
    known = {"name": "sales", "description": "Sales", "quota": {"compute": {"cores": 7}}}
    assert changes(onboard(ansible, [known])) == ["Manage projects", "Manage quotas"]
    assert [project["name"] for project in cloud.state("projects")].count("sales") == 1

    both = [{**known, "domain": "corp"}, {**known, "domain": "default", "users": [{"name": "eve", "roles": ["user"]}]}]
    assert changes(onboard(ansible, both)) == ["Manage projects", "Manage quotas", "Manage users"]
    assert changes(onboard(ansible, both)) == []
    assert [project["name"] for project in cloud.state("projects")].count("sales") == 2


def test_departments_are_exported_and_applied_to_an_empty_cloud(
    cloud: Simulator, ansible: Ansible, departments: Path
) -> None:
    plays(ansible, departments)
    admin = {"name": "admin", "roles": ["cloud_manager"]}
    login = [{"name": name, "create": True, "users": [admin]} for name in ("shop", "research")]
    onboard(ansible, login)
    file = ansible.folder / "cloud.yml"
    export = {"name": "export", **uses("cloudos_export", path=str(file), projects=["all"], kinds=KINDS)}
    result = ansible.play([export]).result("export")
    shop = next(entry for entry in result["export"]["cloudos_projects"] if entry["name"] == "shop")
    assert {key: shop[key] for key in shop if key != "quota"} == {
        "name": "shop",
        "description": "The shop",
        "zones": ["cinder191", "nova11"],
        "create": True,
        "users": [
            {"name": "admin", "roles": ["cloud_manager"]},
            {"name": "alice", "roles": ["project_manager"]},
            {"name": "bob", "roles": ["auditor", "user"]},
        ],
    }
    lacks = {(gap["kind"], gap["name"], gap["option"]) for gap in result["not_exported"]}
    assert {("users", name, "password") for name in ("alice", "bob", "carol")} <= lacks

    described = _described(file)
    assert [row for row in audit(ansible, **described) if row[4] != "unreadable"] == []
    assert changes(onboard(ansible, **described)) == []
    cloud.reset()
    managed = [*SHARED, "Manage users"]
    assert changes(onboard(ansible, check=True, **described)) == changes(onboard(ansible, **described)) == managed
    assert [row for row in audit(ansible, **described) if row[4] != "unreadable"] == []
    assert roles_of(cloud, "alice") == {"shop": ["project_manager"], "research": ["auditor"]}
    afresh = {"XDG_CACHE_HOME": str(ansible.folder / "another")}  # tokens of the old cloud name its projects
    again = ansible.play([export], environment=afresh).result("export")
    assert again["export"] == result["export"]


def _described(file: Path) -> dict[str, Any]:
    """The lists of an export, by the names of the variables of the role."""
    lists = yaml.safe_load(file.read_text(encoding="utf-8"))
    return {name.removeprefix("cloudos_"): entries for name, entries in lists.items()}


def test_passwords_are_in_no_output(cloud: Simulator, ansible: Ansible, departments: Path) -> None:
    played = plays(ansible, departments, "-vvv", "--diff")
    shown = played.output + str([[task.result, task.items] for task in played.tasks])
    assert [password for password in PASSWORDS.values() if password in shown] == []
