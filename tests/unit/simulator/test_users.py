# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users as Keystone has them, their groups of roles on CloudOS, and their roles on OpenStack alone."""

from __future__ import annotations

import pytest

from simulator import seeds

NEW = {"name": "alice", "password": "Correct-Horse-1", "email": "alice@example.com", "domain_id": "default"}
IN_DEMO = {"project_id": seeds.DEMO_PROJECT, "group_id": seeds.NORMAL_USERS}


def make(api, **members):
    return api("user-create", {"user": {**NEW, **members}})


def change(api, user_id, **members):
    return api("user-update", {"user": members}, user_id=user_id)


@pytest.fixture
def alice(api):
    return make(api).json()["user"]["id"]


def test_a_user_is_created_changed_and_deleted(api, alice):
    user = api("user-get", user_id=alice).json()["user"]
    assert {name: value for name, value in NEW.items() if name != "password"}.items() <= user.items()
    assert "password" not in user
    assert "fullname" not in user
    assert change(api, alice, fullname="Alice").json()["user"]["fullname"] == "Alice"
    assert api("user-delete", user_id=alice).status_code == 204
    assert api("user-get", user_id=alice).status_code == 404


def test_names_are_unique_in_a_domain_whatever_their_case(api, sim, alice):
    sim.seed("domains", id="other", name="Other")
    assert make(api, name="Alice").status_code == 409
    assert change(api, alice, name="demo").status_code == 409
    assert make(api, domain_id="other").status_code == 201
    assert make(api, domain_id="nowhere").status_code == 404


def test_a_new_user_can_log_in_to_the_projects_in_which_it_has_a_role(api, anonymous, alice):
    login = ("alice", NEW["password"], "demo")
    assert anonymous.login(*login[:2], None).status_code == 201
    assert anonymous.login(*login).status_code == 401
    anonymous.login()
    assert api("user-role-group-add", user_id=alice, **IN_DEMO).status_code == 200
    token = anonymous.login(*login).json()["token"]
    assert [role["name"] for role in token["roles"]] == ["member"]


@pytest.mark.parametrize("members", [{"password": "Correct-Horse-2"}, {"enabled": False}])
def test_a_new_password_and_a_disabled_user_end_sessions(api, demo, members):
    assert change(api, seeds.DEMO_USER, **members).status_code == 200
    assert demo("server-list", tenant_id=seeds.DEMO_PROJECT).status_code == 401
    assert demo.login("demo", seeds.DEMO_PASSWORD, "demo").status_code == 401


def test_the_platform_finds_a_user_with_its_default_project(api, alice):
    change(api, alice, default_project_id=seeds.DEMO_PROJECT)
    (found,) = api("user-search", query={"name": "alice"}).json()["users"]
    assert found["project"]["id"] == seeds.DEMO_PROJECT
    assert api("user-search", query={"name": "nobody"}).json()["users"] == []


def test_groups_of_roles_are_given_and_taken_away(api, demo):
    path = {"user_id": seeds.DEMO_USER, "project_id": seeds.DEMO_PROJECT, "group_id": seeds.AUDITORS}
    for _time in range(2):
        assert api("user-role-group-add", **path).status_code == 200
    told = api("user-project-group-list").json()["assigments"]
    mine = [entry["group"]["name"] for entry in told if entry["user"]["name"] == "demo"]
    assert mine == ["cloudos.rolegroup.member", "cloudos.rolegroup.auditor"]
    assert api("user-delete", user_id=seeds.DEMO_USER).status_code == 409
    assert api("user-role-group-remove", **path).status_code == 200
    assert api("user-role-group-remove", **path).status_code == 404
    assert demo("server-list", tenant_id=seeds.DEMO_PROJECT).status_code == 401


@pytest.mark.parametrize("unknown", ["project_id", "user_id", "group_id"])
def test_nothing_of_an_assignment_may_be_unknown(api, unknown):
    path = {"user_id": seeds.DEMO_USER, **IN_DEMO, unknown: "nowhere"}
    assert api("user-role-group-add", **path).status_code == 404


def test_the_groups_are_those_of_every_installation(api):
    groups = {group["name"]: group["uuid"] for group in api("role-group-list").json()["groups"]}
    assert groups == {
        "cloudos.rolegroup.cloud": "baae5505-cc96-4cf1-ad5a-a87285af90ae",
        "cloudos.rolegroup.member": "5dcd7b3a-ec8a-4d80-be8b-8f4d65d71f3a",
        "cloudos.rolegroup.auditor": "e449e969-5705-4d05-9e4d-64cd322c3ffd",
        "cloudos.rolegroup.project": "67bcfea5-0428-44be-9219-37d56a5454a1",
    }


def test_openstack_knows_roles_and_no_groups(api, sim):
    sim.settings(shape="openstack")
    roles = {role["name"]: role["id"] for role in api("role-list").json()["roles"]}
    path = {"user_id": seeds.DEMO_USER, "project_id": seeds.EMPTY_PROJECT, "role_id": roles["auditor"]}
    mine = {"user.id": seeds.DEMO_USER}

    assert api("role-group-list").status_code == 404
    assert api("user-project-group-list").status_code == 404
    assert api("user-role-add", **path).status_code == 204
    told = api("role-assignment-list", query=mine).json()["role_assignments"]
    assert [(entry["role"]["id"], entry["scope"]["project"]["id"]) for entry in told] == [
        (roles["member"], seeds.DEMO_PROJECT),
        (roles["auditor"], seeds.EMPTY_PROJECT),
    ]
    there = api("role-assignment-list", query={"scope.project.id": seeds.EMPTY_PROJECT}).json()["role_assignments"]
    assert {entry["user"]["id"] for entry in there} == {seeds.ADMIN_USER, seeds.DEMO_USER}
    assert api("user-role-remove", **path).status_code == 204
    assert api("user-role-remove", **path).status_code == 404
    assert api("user-role-add", **{**path, "role_id": "nowhere"}).status_code == 404
    assert api("user-delete", user_id=seeds.DEMO_USER).status_code == 204


@pytest.mark.parametrize("operation", ["user-create", "user-update", "user-delete", "user-role-group-add"])
def test_only_administrators_change_users(demo, operation):
    body = {"user-create": {"user": NEW}, "user-update": {"user": {"enabled": False}}}.get(operation)
    assert demo(operation, body, user_id=seeds.DEMO_USER, **IN_DEMO).status_code == 403
    assert demo("user-get", user_id=seeds.DEMO_USER).status_code == 200
    assert demo("user-get", user_id=seeds.ADMIN_USER).status_code == 403
