# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Security groups of the simulator."""

from __future__ import annotations

import pytest

from simulator import seeds

NEW = {"name": "web-tier", "description": "For the web servers"}
RULE = {"direction": "ingress", "protocol": "tcp", "port_range_min": 80, "port_range_max": 80}


@pytest.fixture
def group(api):
    return api("security-group-create", {"security_group": NEW}).json()["security_group"]


def add(api, group, **rule):
    return api("security-group-rule-create", {"security_group_rule": {"security_group_id": group["id"], **rule}})


def test_a_group_is_created_changed_and_deleted(api, group):
    place = {"security_group_id": group["id"]}
    assert [rule["direction"] for rule in group["security_group_rules"]] == ["egress", "egress"]
    api("security-group-update", {"security_group": {"description": "other"}}, **place)
    assert api("security-group-get", **place).json()["security_group"]["description"] == "other"
    assert api("security-group-delete", **place).status_code == 204
    assert list(api("security-group-get", **place).json()) == ["NeutronError"]


def test_rules_are_added_once_and_removed(api, group):
    added = add(api, group, **RULE, remote_ip_prefix="10.0.0.7")
    assert added.json()["security_group_rule"]["remote_ip_prefix"] == "10.0.0.7/32"
    assert add(api, group, **{**RULE, "protocol": "6"}, remote_ip_prefix="10.0.0.7/32").status_code == 409
    assert api("security-group-rule-delete", rule_id=added.json()["security_group_rule"]["id"]).status_code == 204
    assert api("security-group-rule-delete", rule_id=added.json()["security_group_rule"]["id"]).status_code == 404


@pytest.mark.parametrize(
    "rule",
    [
        {"protocol": "unheard-of"},
        {"protocol": None},
        {"port_range_min": 90},
        {"protocol": "icmp", "port_range_min": 256},
        {"remote_ip_prefix": "somewhere"},
        {"remote_ip_prefix": "2001:db8::/32"},
        {"remote_ip_prefix": "10.0.0.0/8", "remote_group_id": seeds.WEB_SECURITY_GROUP},
        {"remote_group_id": "00000000-0000-4000-8000-000000000000"},
    ],
)
def test_a_rule_that_means_nothing_is_refused(api, group, rule):
    given = {name: value for name, value in {**RULE, **rule}.items() if value is not None}
    assert add(api, group, **given).status_code in (400, 404)


def test_the_default_group_stays_as_it_is(api):
    place = {"security_group_id": seeds.DEFAULT_SECURITY_GROUP}
    assert api("security-group-create", {"security_group": {"name": "default"}}).status_code == 409
    assert api("security-group-update", {"security_group": {"name": "other"}}, **place).status_code == 409
    assert api("security-group-delete", **place).status_code == 409


def test_a_group_that_servers_have_is_not_deleted(api, sim, group):
    sim.seed("servers", security_groups=["web-tier"])
    refused = api("security-group-delete", security_group_id=group["id"])
    assert (refused.status_code, refused.json()["NeutronError"]["type"]) == (409, "Conflict")


def test_a_group_of_another_project_is_not_seen(demo, group):
    place = {"security_group_id": group["id"]}
    assert demo("security-group-get", **place).status_code == 404
    assert demo("security-group-list").json() == {"security_groups": []}
