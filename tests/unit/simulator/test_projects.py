# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Projects as Keystone has them, and the zones that CloudOS keeps beside it."""

from __future__ import annotations

import pytest

from simulator import seeds

NEW = {"name": "finance", "description": "Finance", "domain_id": "default", "enabled": True}
ZONE = {"project_id": seeds.EMPTY_PROJECT, "azone_id": seeds.ZONE_NOVA11}


def make(api, **members):
    return api("project-create", {"project": {**NEW, **members}})


def change(api, project_id, **members):
    return api("project-update", {"project": members}, project_id=project_id)


def test_a_project_is_created_changed_and_deleted(api):
    made = make(api)
    assert made.status_code == 201
    project = made.json()["project"]
    assert {**project, **NEW} == project
    assert project["parent_id"] == "default"
    assert change(api, project["id"], description="").json()["project"]["description"] == ""
    assert api("project-get", project_id=project["id"]).json()["project"]["description"] == ""
    assert api("project-delete", project_id=project["id"]).status_code == 204
    assert api("project-get", project_id=project["id"]).status_code == 404


def test_names_are_unique_in_a_domain_whatever_their_case(api, sim):
    sim.seed("domains", id="other", name="Other")
    assert make(api, name="Demo").status_code == 409
    assert change(api, seeds.EMPTY_PROJECT, name="demo").status_code == 409
    assert make(api, name="demo", domain_id="other").status_code == 201


def test_domain_and_parent_have_to_be_there_and_belong_together(api, sim):
    sim.seed("domains", id="other", name="Other")
    assert make(api, domain_id="nowhere").status_code == 404
    assert make(api, parent_id="nowhere").status_code == 404
    assert make(api, domain_id="other", parent_id=seeds.DEMO_PROJECT).status_code == 400


def test_domains_are_listed_to_administrators(api, demo, sim):
    sim.seed("domains", id="other", name="Other")
    assert {entry["name"] for entry in api("domain-list").json()["domains"]} == {"Default", "Other"}
    assert demo("domain-list").status_code == 403


def test_a_project_with_children_stays_and_is_disabled_after_them(api):
    parent = make(api).json()["project"]["id"]
    child = make(api, name="team", parent_id=parent).json()["project"]["id"]

    assert api("project-delete", project_id=parent).status_code == 403
    assert change(api, parent, enabled=False).status_code == 403
    assert change(api, child, enabled=False).status_code == 200
    assert change(api, parent, enabled=False).status_code == 200
    assert change(api, child, enabled=True).status_code == 403
    assert make(api, name="late", parent_id=parent).status_code == 403


def test_nobody_works_in_a_disabled_or_deleted_project(api, demo, anonymous):
    change(api, seeds.DEMO_PROJECT, enabled=False)
    assert demo("server-list", tenant_id=seeds.DEMO_PROJECT).status_code == 401
    assert anonymous.login("demo", seeds.DEMO_PASSWORD, "demo").status_code == 401


def test_a_deleted_project_leaves_what_it_has(api, sim):
    for zone in [zone for zone in sim.state("zones") if seeds.DEMO_PROJECT in zone["projects"]]:
        api("project-zone-remove", project_id=seeds.DEMO_PROJECT, azone_id=zone["id"])
    assert api("project-delete", project_id=seeds.DEMO_PROJECT).status_code == 204
    assert seeds.DEMO_VOLUME in {volume["id"] for volume in sim.state("volumes")}
    assert all(seeds.DEMO_PROJECT not in user["roles"] for user in sim.state("users"))


def test_zones_are_assigned_and_taken_away(api):
    for _time in range(2):
        assert api("project-zone-assign", **ZONE).status_code == 200
    told = api("azone-project-list", query={"targets": seeds.EMPTY_PROJECT}).json()["assigments"]
    assert [entry["azone"]["zone"] for entry in told] == ["nova11"]
    assert api("project-delete", project_id=seeds.EMPTY_PROJECT).status_code == 409
    assert api("project-zone-remove", **ZONE).status_code == 200
    assert api("project-zone-remove", **ZONE).status_code == 404
    assert api("project-delete", project_id=seeds.EMPTY_PROJECT).status_code == 204


@pytest.mark.parametrize("unknown", ["project_id", "azone_id"])
def test_neither_project_nor_zone_may_be_unknown(api, unknown):
    assert api("project-zone-assign", **{**ZONE, unknown: "nowhere"}).status_code == 404


def test_an_assignment_is_no_json(api):
    assert api("project-zone-assign", headers={"Content-Type": "application/json"}, **ZONE).status_code == 400
    assert api("project-zone-assign", data="{}", **ZONE).status_code == 400


def test_keystone_has_projects_and_knows_no_zones(api, sim):
    sim.settings(shape="openstack")
    assert make(api).status_code == 201
    assert api("project-zone-assign", **ZONE).status_code == 404
    assert api("project-delete", project_id=seeds.DEMO_PROJECT).status_code == 204


@pytest.mark.parametrize("operation", ["project-create", "project-update", "project-delete", "project-zone-assign"])
def test_only_administrators_change_projects(demo, operation):
    body = {"project-create": {"project": NEW}, "project-update": {"project": {"enabled": False}}}.get(operation)
    assert demo(operation, body, **ZONE).status_code == 403
    assert demo("project-get", project_id=seeds.DEMO_PROJECT).status_code == 200
    assert demo("project-get", project_id=seeds.EMPTY_PROJECT).status_code == 403
