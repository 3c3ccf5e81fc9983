# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The argument specs of roles that hand options on to modules have what the modules take, and the role hands all on."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION

ROLE = Path(__file__).resolve().parents[3] / "roles" / "project_onboarding"
OPTIONS = yaml.safe_load((ROLE / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))["argument_specs"]["main"][
    "options"
]
TASKS = yaml.safe_load((ROLE / "tasks" / "converge.yml").read_text(encoding="utf-8"))
LISTS = {
    "quota_templates": "cloudos_quota_template",
    "zones": "cloudos_availability_zone",
    "flavors": "cloudos_flavor",
    "norms": "cloudos_norm",
}
PARTS = {"quota", "users", "networks", "subnets", "routers"}
# What no entry of a role has: it waits, shows progress and is held to a plan for all of them.
NOT_OF_ENTRIES = {"wait", "wait_timeout", "progress", "only_plan", "plan_file"}


def spec_of(module: str) -> dict[str, Any]:
    spec = importlib.import_module(f"ansible_collections.h3c.cloudos.plugins.modules.{module}").DEFINITION.spec
    return {name: rules for name, rules in spec.items() if name not in {*CONNECTION, *NOT_OF_ENTRIES}}


def facts(options: dict[str, Any]) -> dict[str, Any]:
    """What has to be the same; defaults are left to the modules."""
    return {
        name: {
            **{key: rules.get(key) for key in ("elements", "choices")},
            "type": rules.get("type", "str"),
            "required": rules.get("required", False),
            "options": facts(rules.get("options", {})),
        }
        for name, rules in options.items()
    }


def handed_on(module: str) -> set[str]:
    return next(set(task[f"h3c.cloudos.{module}"]) for task in TASKS if f"h3c.cloudos.{module}" in task)


@pytest.mark.parametrize(("name", "module"), LISTS.items())
def test_the_entries_of_a_list_have_the_options_of_their_module(name: str, module: str) -> None:
    told = facts(OPTIONS[f"project_onboarding_{name}"]["options"])

    assert told == facts(spec_of(module))
    assert handed_on(module) == set(told)


def test_a_project_has_the_options_of_a_project_and_a_quota() -> None:
    project, quota = OPTIONS["project_onboarding_projects"]["options"], spec_of("cloudos_quota")
    sections = {name: rules for name, rules in quota.items() if rules.get("type") == "dict"}
    own = {name: rules for name, rules in spec_of("cloudos_project").items() if name not in ("id", "replace", "force")}
    of_quota = {name: rules for name, rules in quota.items() if name not in {*sections, "project", "state"}}

    assert facts(project["quota"]["options"]) == facts(sections)
    assert set(project) == {*own, *of_quota, *PARTS, "create"}
    assert facts({name: project[name] for name in own}) == facts({**own, "name": {**own["name"], "required": True}})
    assert handed_on("cloudos_quota") == set(quota) - {"state"}
    assert handed_on("cloudos_project") == {*own} - {"state"}


@pytest.mark.parametrize(
    ("name", "required"), [("network", {"name"}), ("subnet", {"name", "network"}), ("router", {"name"})]
)
def test_what_is_in_the_network_of_a_project_has_the_options_of_its_module(name: str, required: set[str]) -> None:
    told = OPTIONS["project_onboarding_projects"]["options"][f"{name}s"]["options"]
    elsewhere = {"id", "project", "replace"}
    own = {key: rules for key, rules in spec_of(f"cloudos_{name}").items() if key not in elsewhere}

    assert facts(told) == facts({key: {**rules, "required": key in required} for key, rules in own.items()})
    assert handed_on(f"cloudos_{name}") == {*own, "project"} - {"state"}


def test_a_user_of_a_project_has_the_options_of_a_user() -> None:
    user = OPTIONS["project_onboarding_projects"]["options"]["users"]["options"]
    elsewhere = {"id", "replace", "default_project", "purge_roles"}
    own = {name: rules for name, rules in spec_of("cloudos_user").items() if name not in elsewhere}

    assert set(user) == set(own)
    assert facts({name: user[name] for name in user if name not in ("name", "roles")}) == facts(
        {name: own[name] for name in own if name not in ("name", "roles")}
    )
    assert [name for name, rules in user.items() if rules.get("no_log")] == ["password"]
    assert handed_on("cloudos_user") == set(own) - {"state"}


def test_every_option_has_a_default_that_is_documented() -> None:
    defaults = yaml.safe_load((ROLE / "defaults" / "main.yml").read_text(encoding="utf-8"))

    assert defaults == {name: rules["default"] for name, rules in OPTIONS.items()}
