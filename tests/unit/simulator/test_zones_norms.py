# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Availability zones, norms and quota templates."""

from __future__ import annotations

import pytest

from simulator import seeds

ZONE = {"labelName": "Building 1", "zone": "building1", "virtType": "CAS", "resourceType": "nova"}
TYPES = ["2481e874-00d8-457e-899c-e628356ea5a1", "97e87a80-0f9b-4b64-b0f5-c4d8392ded0a"]
TYPES += ["ab222fec-6a46-4496-9273-47da58598837", "51acecac-dbd2-481d-bd2d-ca2a209c38c9"]
PROJECT = {"projectId": seeds.ADMIN_PROJECT}
HOST = {"serviceUuid": seeds.HOST_SERVICE, "normUuid": seeds.HOST_NORM}


# --- zones -------------------------------------------------------------------------------------------------------


def test_a_zone_is_created_changed_as_a_whole_and_deleted(api):
    made = api("azone-create", ZONE).json()
    assert made == {**ZONE, "id": made["id"], "description": "", "deleted": 0}
    changed = {**ZONE, "id": made["id"], "labelName": "Another"}
    assert api("azone-update", changed).json()["labelName"] == "Another"
    assert api("azone-get", azone_id=made["id"]).json()["labelName"] == "Another"
    assert api("azone-delete", azone_id=made["id"]).status_code == 200
    assert api("azone-get", azone_id=made["id"]).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"zone": "nova"},
        {"zone": "x" * 17},
        {"zone": "with-hyphen"},
        {"labelName": ".a"},
        {"labelName": "a\uff1ab"},
        {"labelName": "x" * 33},
        {"description": "cannot be sent"},
    ],
)
def test_zones_that_are_refused(api, change):
    assert api("azone-create", {**ZONE, **change}).status_code == 400


@pytest.mark.parametrize("member", [*ZONE, "id"])
def test_an_update_needs_every_member(api, member):
    whole = {**ZONE, "id": seeds.ZONE_NOVA11}
    assert api("azone-update", {name: value for name, value in whole.items() if name != member}).status_code == 400


def test_a_zone_with_servers_stays(api, server):
    assert api("azone-delete", azone_id=server["zone_id"]).status_code == 409


def test_zones_are_for_administrators(demo):
    assert demo("azone-list").status_code == 200
    assert demo("azone-create", ZONE).status_code == 403


@pytest.mark.parametrize(
    ("target", "binary", "host"),
    [("compute", "nova-compute", "cpn-host11rc"), ("block_storage", "cinder-volume", seeds.CINDER_HOST)],
)
def test_a_header_selects_the_back_end_of_services_and_hosts(api, target, binary, host):
    headers = {"H3CloudOS-Core-Target": target}
    services = api("os-service-list", headers=headers).json()["services"]
    assert services[0]["zone"] == "internal"
    assert (binary, host) in [(service["binary"], service["host"]) for service in services]
    hosts = api("os-host-list", headers=headers).json()["services"]
    assert host in [entry["host_name"] for entry in hosts]


@pytest.mark.parametrize("value", [None, "bare_metal"])
@pytest.mark.parametrize("operation", ["os-service-list", "os-host-list"])
def test_without_a_back_end_there_are_no_services(api, operation, value):
    assert api(operation, headers={"H3CloudOS-Core-Target": value}).status_code == 400


def test_a_disabled_host_says_why(api, sim):
    sim.seed("zones", zone="nova13", disabled={"cpn-nova13": "broken"})
    service = api("os-service-list").json()["services"][-1]
    assert (service["status"], service["state"], service["disabled_reason"]) == ("disabled", "down", "broken")


def test_pools_are_told_by_host_and_with_all_by_node_too(api):
    assert len(api("host-pool-list", hostName="cpn-host11rc").json()["hostpool"]) == 1
    node, host = api("host-pool-list", hostName="cpn-host11rc", query={"all": "yes"}).json()["hostpool"]
    assert node["nodename"] == seeds.CVK and "nodename" not in host
    assert api("host-pool-list", hostName="none").status_code == 404


def test_the_zones_of_a_project_have_to_be_asked_for_by_its_id(api):
    assert api("azone-project-list").status_code == 400
    told = api("azone-project-list", query={"targets": seeds.DEMO_PROJECT}).json()["assigments"]
    assert [(entry["actorId"], entry["project"]["name"]) for entry in told] == [(seeds.ZONE_NOVA11, "demo")]


@pytest.mark.parametrize(("form", "projects"), [("of_all", {"admin", "demo"}), ("none_of_all", set())])
def test_installed_systems_may_list_the_zones_of_all_projects(sim, api, form, projects):
    sim.settings(zone_assignments=form)
    told = api("azone-project-list").json()["assigments"]
    assert {entry["project"]["name"] for entry in told} == projects
    assert len(api("azone-project-list", query={"targets": seeds.DEMO_PROJECT}).json()["assigments"]) == 1


# --- norms -------------------------------------------------------------------------------------------------------


def combined(types=(*TYPES,), **change):
    norms = [{"subNorms": [{"uuid": uuid, "value": 1} for uuid in types]}]
    body = {"serviceUuid": seeds.HOST_SERVICE, "uuid": seeds.HOST_NORM, "advances": norms, "models": ["advance"]}
    return {name: value for name, value in {**body, **change}.items() if value is not None}


def single(uuid=TYPES[0], value="2"):
    content = {"valueType": "dispersed", "normValue": value}
    return combined(advances=None, basics=[{"subNormUuid": uuid, "subNormContent": content}])


def test_norms_are_made_without_an_answer_and_listed_with_text_that_is_not_json(api):
    for body in (combined(), single()):
        created = api("norm-create", body, **PROJECT)
        assert (created.status_code, created.content) == (200, b"")
    told = api("norm-list-of-host", **HOST).json()
    (advance,), (basic,) = told["advances"], told["basics"]
    assert advance["subNorms"] == [{"uuid": uuid, "value": 1} for uuid in TYPES]
    assert advance["normAdvContent"].startswith("\\u005b\\u007b'uuid':'cpu','value':'1'")
    assert basic["subNormContent"] == {"valueType": "dispersed", "normValue": 2}
    assert advance["normUuid"] == basic["normUuid"] == seeds.HOST_NORM


@pytest.mark.parametrize(
    "body",
    [
        combined(TYPES[:3]),
        combined([*TYPES, TYPES[0]]),
        combined([*TYPES[:3], seeds.FIREWALL_TYPE]),
        combined(uuid=None),
        combined(uuid="987e587d-1688-4c4a-9228-790765cc65b4"),  # the id of the configuration
        combined(models=None),
        combined(basics=single()["basics"]),
        single(seeds.FIREWALL_TYPE),
        single(value=""),
    ],
)
def test_norms_that_are_refused(api, body):
    assert api("norm-create", body, **PROJECT).status_code == 400


def test_hosts_have_norms_by_type_only(api):
    assert api("norm-list", serviceUuid=seeds.HOST_SERVICE).status_code == 400
    assert api("norm-list", serviceUuid=seeds.FIREWALL_SERVICE).json()["uuid"] == seeds.FIREWALL_NORM


def test_configurations_are_filtered(api):
    everything = api("norm-config-list").json()
    hosts = api("norm-config-list", query={"serviceUuid": seeds.HOST_SERVICE}).json()
    assert len(everything) == 13 and len(hosts) == 6
    assert len(api("norm-config-list", query={"normUuid": seeds.HOST_NORM}).json()) == 1


def test_a_norm_is_deleted_by_its_own_id_and_by_that_of_the_service_all_are(api, sim):
    for _number in range(3):
        api("norm-create", combined(), **PROJECT)
    first = sim.state("norms")[0]["id"]
    assert api("norm-basic-delete", normUuid=first).status_code == 404
    assert api("norm-advance-delete", normUuid=first).status_code == 200
    assert len(sim.state("norms")) == 2
    assert api("norm-advance-delete", normUuid=seeds.HOST_NORM).status_code == 200
    assert sim.state("norms") == []


def test_norms_are_for_administrators(demo):
    assert demo("norm-create", combined(), **PROJECT).status_code == 403


# --- quota templates ---------------------------------------------------------------------------------------------


def templates(api):
    return {template["name"]: template for template in api("quota-template-list").json()["quotas"]}


def test_a_template_is_made_changed_and_deleted_without_answers(api):
    assert api("quota-template-create", {"name": "team", "cpu": 4}).content == b""
    team = templates(api)["team"]
    assert (team["cpu"], team["virtualSnpaNum"], team["eisooBackupNum"]) == (4, 0, "0")
    assert api("quota-template-get", quotaUuid=team["uuid"]).json() == team
    assert api("quota-template-update", {**team, "cpu": 8}).content == b""
    assert templates(api)["team"] == {**team, "cpu": 8}
    assert api("quota-template-delete", quotaUuid=team["uuid"]).content == b""
    assert api("quota-template-get", quotaUuid=team["uuid"]).status_code == 404


def test_an_update_forgets_what_is_not_sent(api):
    small = templates(api)["common.name.small"]
    api("quota-template-update", {"uuid": small["uuid"], "name": small["name"], "cpu": 1})
    assert (templates(api)["common.name.small"]["cpu"], templates(api)["common.name.small"]["ram"]) == (1, 0)


def test_a_platform_may_spell_as_in_the_tables(api, sim):
    sim.settings(template_spelling="table")
    assert api("quota-template-create", {"name": "team", "virtualSnpaNum": 4}).status_code == 400
    assert api("quota-template-create", {"name": "team", "virtualSnapNum": 4, "eissoBackupNum": 1}).status_code == 200
    assert (templates(api)["team"]["virtualSnapNum"], templates(api)["team"]["eissoBackupNum"]) == (4, 1)


@pytest.mark.parametrize(
    ("goes_by", "change", "names"),
    [
        ("id", {"name": "large"}, ["large"]),
        ("name", {"uuid": "none"}, ["common.name.small"]),
        ("name", {"name": "large"}, ["common.name.small", "large"]),
        ("nothing", {}, ["common.name.small", "common.name.small"]),
    ],
)
def test_what_an_update_goes_by_can_be_switched(api, sim, goes_by, change, names):
    sim.settings(template_update=goes_by)
    small = templates(api)["common.name.small"]
    assert api("quota-template-update", {**small, **change}).status_code == 200
    assert [template["name"] for template in api("quota-template-list").json()["quotas"]] == names


def test_an_update_of_an_unknown_id_is_refused(api):
    assert api("quota-template-update", {"uuid": "none", "name": "none"}).status_code == 400


def test_templates_are_for_administrators(demo):
    assert demo("quota-template-create", {"name": "team"}).status_code == 403
