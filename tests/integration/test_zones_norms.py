# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Zones, norms and quota templates: what they cost, every service that has norms, and platforms that differ."""

from __future__ import annotations

from typing import Any

import pytest
from integration.harness import Ansible, performed, uses

from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota_template import MEMBERS
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.norm import KNOWN
from ansible_collections.h3c.cloudos.plugins.modules.cloudos_norm import DEFINITION as NORM_MODULE
from ansible_collections.h3c.cloudos.plugins.modules.cloudos_norm_info import DEFINITION as NORM_INFO
from simulator import Simulator, seeds

ZONE = {"name": "zone1", "virt_type": "CAS"}
TEMPLATE = {"name": "team", "servers": 5}
NORM = {"service": "public_ip", "sub_norms": {"bandwidth": 100}}
TEXTS = ("_type", "_mode")


def test_requests(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """One read to find that all is well, and one for the configurations of norms; writes without an answer cost one."""
    tasks = [{"name": "log in", **uses("cloudos_flavor_info")}]
    for name, options in (("availability_zone", ZONE), ("quota_template", TEMPLATE), ("norm", NORM)):
        tasks += [
            {"name": f"{name}: create", **uses(f"cloudos_{name}", **options)},
            {"name": f"{name}: again", **uses(f"cloudos_{name}", **options)},
        ]
    tasks += [
        {"name": "zone: change", **uses("cloudos_availability_zone", **ZONE, alias="a")},
        {"name": "template: change", **uses("cloudos_quota_template", **{**TEMPLATE, "servers": 6})},
        {"name": "norm: delete", **uses("cloudos_norm", **NORM, state="absent")},
        {"name": "zone: read", **uses("cloudos_availability_zone_info", name="zone1")},
        {"name": "template: read", **uses("cloudos_quota_template_info", name="team")},
        {"name": "norm: read", **uses("cloudos_norm_info", service="public_ip")},
    ]
    played = ansible.play(tasks, mode=mode)
    zones, templates, norms = "GET azone-list", "GET quota-template-list", "GET norm-list"
    configurations = "GET norm-config-list"
    assert {task.name: task.sent() for task in played.tasks[1:]} == {
        "availability_zone: create": [zones, "POST azone-create"],
        "availability_zone: again": [zones],
        "quota_template: create": [templates, "POST quota-template-create", templates],
        "quota_template: again": [templates],
        "norm: create": [configurations, norms, "POST norm-create", norms],
        "norm: again": [configurations, norms],
        "zone: change": [zones, "PUT azone-update"],
        "template: change": [templates, "PUT quota-template-update", "GET quota-template-get"],
        "norm: delete": [configurations, norms, "DELETE norm-advance-delete", norms],
        "zone: read": [zones],
        "template: read": [templates],
        "norm: read": [configurations, norms],
    }


def test_the_configurations_are_read_once_for_a_loop(cloud: Simulator, ansible: Ansible) -> None:
    looped = {"service": "public_ip", "sub_norms": {"bandwidth": "{{ item }}"}}
    played = ansible.play([{"name": "norms", **uses("cloudos_norm", **looped), "loop": [10, 20, 30]}])
    assert played["norms"].sent().count("GET norm-config-list") == 1


def test_gathering_reads_each_list_once(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.settings(zone_assignments="of_all")
    everything = ["services", "hosts", "storage_pools", "projects"]
    played = ansible.play(
        [
            {"name": "all", **uses("cloudos_availability_zone_info", gather=everything)},
            {"name": "project", **uses("cloudos_availability_zone_info", project="demo", gather=["projects"])},
        ],
        mode=mode,
    )
    zones = {zone["name"]: zone for zone in played.result("all")["availability_zones"]}
    assert [service["binary"] for service in zones["nova11"]["services"]] == ["nova-compute"]
    assert [service["binary"] for service in zones["cinder191"]["services"]] == ["cinder-volume"]
    assert [host["name"] for host in zones["cinder191"]["hosts"]] == [seeds.CINDER_HOST]
    assert [pool["node"] for pool in zones["nova11"]["storage_pools"]] == [seeds.CVK, None]
    assert zones["cinder191"]["storage_pools"][0]["host"] == seeds.CINDER_HOST
    assert [project["name"] for project in zones["nova11"]["projects"]] == ["admin", "demo"]
    sent = played["all"].sent()
    assert sent.count("GET os-service-list") == 2
    assert sent.count("GET host-pool-list") == 4
    assert sent.count("GET azone-project-list") == 1
    (zone,) = played.result("project")["availability_zones"]
    assert (zone["name"], [project["name"] for project in zone["projects"]]) == ("nova11", ["demo"])


@pytest.mark.parametrize("service", KNOWN)
def test_every_sub_norm_of_a_service_is_set_and_read_and_stays(cloud: Simulator, service: str) -> None:
    types = KNOWN[service].types
    combined = {name: f"a {name}" if name.endswith(TEXTS) else number for number, name in enumerate(types, 4)}
    wanted: list[dict[str, Any]] = [{"kind": "combined", "sub_norms": combined}]
    wanted += [{"kind": "single", "sub_norms": {name: value}} for name, value in combined.items()]
    made = []
    for options in wanted:
        created, again = [performed(cloud, NORM_MODULE, service=service, **options) for _time in range(2)]
        assert (created["changed"], again["changed"]) == (True, False)
        assert created["norm"] == again["norm"]
        assert created["norm"]["service"] == service
        made.append(created["norm"])
    assert set(made[0]["sub_norms"]) == set(types)
    read = performed(cloud, NORM_INFO, service=service)["norms"]
    assert sorted(read, key=lambda norm: norm["id"]) == sorted(made, key=lambda norm: norm["id"])


def test_a_platform_that_refuses_numbers_gets_text(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.fault("status", match={"operation": "norm-create"}, status=400, count=1)
    played = ansible.play([{"name": "create", **uses("cloudos_norm", **NORM)}], mode=mode)
    sent = [entry["body"] for entry in played["create"].requests if entry["operation"] == "norm-create"]
    assert [body["advances"][0]["subNorms"][0]["value"] for body in sent] == [100, "100"]
    assert played.result("create")["norm"]["sub_norms"] == {"bandwidth": 100}


@pytest.mark.parametrize("spelling", ["example", "table"])
def test_every_limit_changes_whatever_the_spelling(cloud: Simulator, ansible: Ansible, spelling: str) -> None:
    """A template that comes with the platform: its names are its own."""
    cloud.settings(template_spelling=spelling)
    wanted = {member.name: number for number, member in enumerate(MEMBERS, 200)}
    change = uses("cloudos_quota_template", name="common.name.small", **wanted)
    played = ansible.play([{"name": "change", **change}, {"name": "again", **change}])
    assert played.result("change")["actions"] == ["update"]
    assert played.result("again")["changed"] is False
    assert {name: played.result("again")["quota_template"][name] for name in wanted} == wanted


@pytest.mark.parametrize("goes_by", ["name", "nothing"])
def test_a_platform_that_makes_another_template_is_found_out(cloud: Simulator, ansible: Ansible, goes_by: str) -> None:
    cloud.settings(template_update=goes_by)
    options = {"id": seeds.SMALL_TEMPLATE, "name": "large", "servers": 7}
    played = ansible.play([{"name": "rename", **uses("cloudos_quota_template", **options)}], rc=2)
    result = played.result("rename")
    made = next(template["id"] for template in cloud.state("quota_templates") if template["name"] == "large")
    assert result["changed"] is True and result["actions"] == ["update"]
    assert made in result["msg"]


def test_a_deletion_that_does_not_happen_is_told(cloud: Simulator, ansible: Ansible) -> None:
    made = cloud.seed("norms", values=dict.fromkeys(KNOWN["server"].types.values(), 1))[0]
    cloud.fault("status", match={"operation": "norm-advance-delete"}, status=200, body={"code": "200", "msg": ""})
    options = {"service": "server", "id": made["id"], "state": "absent"}
    played = ansible.play([{"name": "delete", **uses("cloudos_norm", **options)}], rc=2)
    assert made["id"] in played.result("delete")["msg"]


def test_a_zone_in_use_stays(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    flavor, image = cloud.seed("flavors", name="f")[0], cloud.seed("images", name="i")[0]
    cloud.seed("servers", name="s", flavor_id=flavor["id"], image_id=image["id"])
    options = {"name": "nova11", "state": "absent"}
    played = ansible.play([{"name": "delete", **uses("cloudos_availability_zone", **options)}], mode=mode, rc=2)
    assert "in use" in played.result("delete")["msg"]
    assert len(played["delete"].writes) == 1
