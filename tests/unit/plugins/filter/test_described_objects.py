# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which objects are in the descriptions of projects, and with which options they are compared."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from ansible.errors import AnsibleFilterError

from ansible_collections.h3c.cloudos.plugins.filter.described_objects import FilterModule, used_options
from ansible_collections.h3c.cloudos.plugins.filter.described_projects import described_projects

described_objects = FilterModule().filters()["described_objects"]

ROLE = Path(__file__).resolve().parents[4] / "roles" / "project_onboarding" / "tasks" / "converge.yml"
MODULE = "h3c.cloudos.cloudos_"
SHOP = {
    "name": "shop",
    "description": "Web shop",
    "quota": {"compute": {"cores": 4}, "nothing": {"x": 1}},
    "template": "team",
    "force": True,
    "networks": [{"name": "web", "mtu": 1400}, {"name": "old", "state": "absent"}],
    "subnets": [{"name": "a", "network": "web"}, {"name": "b", "network": "web"}],
    "routers": [{"name": "edge", "interfaces": ["a", "b", "shared"]}],
    "users": [
        {"name": "ann", "password": "secret-1", "update_password": "always", "roles": ["user"]},
        {"name": "tom", "domain": "corp", "state": "absent"},
    ],
}
DESCRIBED = described_projects([SHOP, {"name": "sales", "networks": [{"name": "n"}]}], [{"id": "p-1", "name": "shop"}])
IDS = {0: "p-1", 1: None}


def options(kind, *arguments, **keywords):
    return [found["options"] for found in described_objects(DESCRIBED, kind, *arguments, **keywords)]


def test_an_object_has_what_its_description_says_and_what_makes_a_refusal_a_difference():
    flavor = {"name": "f", "vcpus": 1, "state": "absent", "only_plan": "x", "nothing": 1}
    (found,) = described_objects([flavor], "flavor")
    assert found == {"item": flavor, "options": {"name": "f", "vcpus": 1, "state": "absent", "replace": True}}


def test_projects_are_forced_and_called_as_they_are_known():
    forced = {"replace": True, "force": True}
    assert options("project") == [{"name": "shop", "description": "Web shop", **forced}, {"name": "sales", **forced}]


@pytest.mark.parametrize(("missing", "template"), [([], {"template": "team"}), (["team"], {})])
def test_a_quota_is_that_of_a_project_that_exists(missing, template):
    limits = {"compute": {"cores": 4}, "allow_below_usage": True}
    assert options("quota", IDS, missing=missing) == [{"project": "p-1", **limits, **template}]


def test_what_belongs_to_what_is_missing_is_left_out():
    of_project = {"project": "p-1", "replace": True}
    assert options("network", IDS) == [{"name": "web", "mtu": 1400, **of_project}]
    assert options("subnet", IDS, missing=["shop web"]) == []
    assert [subnet["name"] for subnet in options("subnet", IDS, missing=["sales web"])] == ["a", "b"]
    (router,) = options("router", IDS, missing=["shop b"])
    assert router == {"name": "edge", "interfaces": ["a", "shared"], **of_project}


@pytest.mark.parametrize(("project", "roles"), [("p-1", {"roles": [{"role": "user", "project": "p-1"}]}), (None, {})])
def test_users_are_compared_without_passwords_and_with_the_roles_that_there_can_be(project, roles):
    assert options("user", {0: project}) == [{"name": "ann", **roles}]
    assert "secret-1" not in str(described_objects(DESCRIBED, "user", IDS))


def test_what_should_be_absent_is_named_with_its_project():
    (network,) = options("network", state="absent")
    assert network == {"name": "old", "project": "p-1", "state": "absent"}
    assert options("user", state="absent") == [{"name": "tom", "domain": "corp", "state": "absent"}]


def test_a_kind_that_there_is_not_is_an_error():
    with pytest.raises(AnsibleFilterError, match="there is no kind 'server'"):
        described_objects([], "server")


def test_an_audit_compares_all_that_onboarding_passes_to_the_modules():
    given = {
        action.removeprefix(MODULE): set(arguments)
        for task in yaml.safe_load(ROLE.read_text(encoding="utf-8"))
        for action, arguments in task.items()
        if action.startswith(MODULE)
    }
    assert len(given) == 10
    for kind, arguments in given.items():
        assert arguments - used_options(kind) <= {"password", "update_password"}
        assert used_options(kind) - arguments <= {"force", "replace"}
