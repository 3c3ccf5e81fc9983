# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens, projects, and who may do what where."""

from __future__ import annotations

import pytest

from simulator import seeds


def test_a_login_answers_as_keystone_does(anonymous):
    response = anonymous.login()
    token = response.json()["token"]
    assert response.status_code == 201
    assert response.headers["X-Subject-Token"]
    assert token["project"]["id"] == seeds.ADMIN_PROJECT
    assert token["user"]["name"] == "admin"
    assert [role["name"] for role in token["roles"]] == ["admin"]
    assert {"expires_at", "catalog"} <= token.keys()


def test_an_unscoped_token_has_no_project(anonymous):
    response = anonymous.login(project=None)
    assert "project" not in response.json()["token"]
    assert anonymous("flavor-list").status_code == 403


@pytest.mark.parametrize(
    ("name", "password", "project"),
    [
        ("admin", "wrong", "admin"),
        ("nobody", seeds.ADMIN_PASSWORD, "admin"),
        ("admin", seeds.ADMIN_PASSWORD, "nowhere"),
        ("demo", seeds.DEMO_PASSWORD, "admin"),
    ],
)
def test_a_failed_login_does_not_say_why(anonymous, name, password, project):
    response = anonymous.login(name, password, project)
    assert response.status_code == 401
    assert response.json()["error"]["title"] == "Unauthorized"


def test_a_project_can_be_named_by_id_and_domain_name(anonymous):
    body = {
        "auth": {
            "identity": {
                "methods": ["password"],
                "password": {"user": {"name": "demo", "domain": {"name": "default"}, "password": seeds.DEMO_PASSWORD}},
            },
            "scope": {"project": {"id": seeds.DEMO_PROJECT}},
        }
    }
    assert anonymous("token-create", body).status_code == 201


def test_a_token_can_be_validated(api):
    assert api("token-get", headers={"X-Subject-Token": api.token}).status_code == 200
    assert api("token-get", headers={"X-Subject-Token": "other"}).status_code == 404


@pytest.mark.parametrize("token", [None, "wrong"])
def test_without_a_valid_token_nothing_is_told(anonymous, token):
    anonymous.token = token
    response = anonymous("flavor-list")
    assert response.status_code == 401
    assert response.json()["code"] == "401"


def test_a_token_expires(api, sim):
    sim.advance(3599)
    assert api("flavor-list").status_code == 200
    sim.advance(2)
    assert api("flavor-list").status_code == 401


def test_the_project_of_the_path_is_that_of_the_token(demo):
    assert demo("server-list", tenant_id=seeds.DEMO_PROJECT).status_code == 200
    assert demo("server-list", tenant_id=seeds.ADMIN_PROJECT).status_code == 403
    assert demo("server-list", tenant_id="nowhere").status_code == 404


def test_an_administrator_may_use_any_project(api):
    assert api("server-list", tenant_id=seeds.DEMO_PROJECT).status_code == 200
    assert api("server-list", tenant_id="nowhere").status_code == 404


def test_projects_are_listed_to_whom_they_belong(api, demo):
    assert {project["name"] for project in api("project-list").json()["projects"]} == {"admin", "demo", "empty"}
    assert [project["name"] for project in demo("project-list").json()["projects"]] == ["demo"]


def test_members_must_not_make_flavors(demo):
    body = {"flavor": {"id": 1, "name": "a", "ram": 1, "vcpus": 1, "disk": 1}}
    assert demo("flavor-create", body, tenant_id=seeds.DEMO_PROJECT).status_code == 403


def test_zones_are_a_bare_array_with_storage_zones(api):
    zones = {zone["zone"]: zone for zone in api("azone-list").json()}
    assert zones["nova11"]["labelName"] == "zone-one"
    assert zones["cinder191"]["resourceType"] == "cinder"


def test_pages_of_projects_are_named_by_a_link(api, sim):
    sim.seed("projects", name="more-{n}", count=5)
    sim.settings(max_limit=3)
    first = api("project-list").json()
    assert len(first["projects"]) == 3
    assert first["links"]["next"].endswith(f"limit=3&marker={first['projects'][-1]['id']}")
    rest = api("project-list", query={"limit": "100", "marker": first["projects"][-1]["id"]}).json()
    assert len(rest["projects"]) == 3
    last = api("project-list", query={"marker": rest["projects"][-1]["id"]}).json()
    assert (len(last["projects"]), last["links"]["next"]) == (2, "")


def test_users_are_listed_to_administrators(api, demo):
    users = api("user-list").json()["users"]
    assert {(user["id"], user["name"]) for user in users} == {(seeds.ADMIN_USER, "admin"), (seeds.DEMO_USER, "demo")}
    assert not any("password" in user for user in users)
    assert demo("user-list").status_code == 403


def test_assignments_tell_who_has_which_roles_where(api, demo):
    assignments = api("user-project-group-list").json()["assigments"]
    told = {(entry["user"]["name"], entry["project"]["name"], entry["group"]["name"]) for entry in assignments}
    assert told == {
        ("admin", "admin", "cloudos.rolegroup.cloud"),
        ("admin", "demo", "cloudos.rolegroup.cloud"),
        ("admin", "empty", "cloudos.rolegroup.cloud"),
        ("demo", "demo", "cloudos.rolegroup.member"),
    }
    assert {(entry["actorId"], entry["targetId"], entry["groupId"]) for entry in assignments} == {
        (entry["user"]["id"], entry["project"]["id"], entry["group"]["uuid"]) for entry in assignments
    }
    assert demo("user-project-group-list").status_code == 403
