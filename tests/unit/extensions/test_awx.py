# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is made in AWX is what AWX takes: the credential type, templates and their playbooks, surveys, the workflow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.awx import (
    CREDENTIAL_TYPE,
    EXTENSIONS,
    example_values,
    fields,
    inject,
    inventories,
    playbooks,
    templates,
    undeclared,
)

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import environment
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.environment import of_credential
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.module.cloud_entry import with_cloud
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION

REPOSITORY = Path(__file__).resolve().parents[3]
PROJECT = EXTENSIONS / "project"
QUESTIONS = {"text": str, "textarea": str, "password": str, "multiplechoice": str, "multiselect": str}
QUESTIONS.update(integer=int, float=float)
CLOUDS_FILE = "OS_CLIENT_CONFIG_FILE"
LOGIN = {"url": "http://cloud:11000", "username": "alice", "password": "s3cret"}


class Loader(yaml.SafeLoader):
    """What Ansible's own loader reads besides."""


Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def loaded(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader)


VALUES = example_values()
(PLAY,) = loaded(REPOSITORY / "playbooks" / "awx.yml")
AWX_OPTIONS = loaded(Path(__file__).with_name("awx_options.yml"))
TEMPLATES = {template["name"]: template for template in VALUES["awx_job_templates"]}
NODES = {node["identifier"]: node for node in VALUES["awx_workflow"]["nodes"]}
LINKS = ("on_success", "on_failure", "always")


# --- the credential type -----------------------------------------------------------------------------------------


def test_the_fields_are_such_as_awx_takes() -> None:
    assert set(CREDENTIAL_TYPE) == {"name", "description", "kind", "inputs", "injectors"}
    assert CREDENTIAL_TYPE["kind"] == "cloud"
    assert set(CREDENTIAL_TYPE["inputs"]) == {"fields", "required"}
    assert len(fields()) == len(CREDENTIAL_TYPE["inputs"]["fields"])
    assert set(CREDENTIAL_TYPE["inputs"]["required"]) <= set(fields())
    for name, field in fields().items():
        assert re.fullmatch("[a-zA-Z_]+[a-zA-Z0-9_]*", name) and name != "tower"
        assert set(field) <= {"id", "label", "type", "help_text", "secret", "multiline", "choices", "default"}
        assert field["label"] and field["type"] == "string", name
        assert isinstance(field.get("default", ""), str) and field.get("default", "") in ["", *field.get("choices", [])]


def test_the_injectors_are_such_as_awx_takes() -> None:
    assert set(CREDENTIAL_TYPE["injectors"]) == {"file", "env"}
    assert all(re.fullmatch(r"template\.\w+", name) for name in CREDENTIAL_TYPE["injectors"]["file"])
    for name, template in CREDENTIAL_TYPE["injectors"]["env"].items():
        assert re.fullmatch("[a-zA-Z_]+[a-zA-Z0-9_]*", name) and not name.startswith("ANSIBLE_")
        assert template.isascii()


def test_templates_use_fields_that_are_declared_and_all_of_them() -> None:
    assert undeclared() == []
    used = " ".join(template for _name, template in templates())
    assert [name for name in fields() if not re.search(rf"\b{name}\b", used)] == []


def test_what_is_secret_is_marked() -> None:
    secret = {name.removeprefix("api_") for name, spec in CONNECTION.items() if spec.get("no_log")} | {"clouds_yaml"}

    assert {name for name, field in fields().items() if field.get("secret")} == secret


def test_the_variables_are_those_that_the_options_of_the_connection_read() -> None:
    """Beside the two that no login needs, and with the one that names clouds.yaml."""
    known = {spec["fallback"][1][0] for spec in CONNECTION.values()} - {"CLOUDOS_TIMEOUT", "CLOUDOS_RETRIES"}

    assert set(CREDENTIAL_TYPE["injectors"]["env"]) == {*map(of_credential, known), of_credential(CLOUDS_FILE)}


def test_only_what_was_filled_in_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    variables = {*(spec["fallback"][1][0] for spec in CONNECTION.values()), CLOUDS_FILE}
    for name in variables:
        monkeypatch.setenv(name, f"source variable {name}")
    monkeypatch.delenv("CLOUDOS_URL")
    for name, value in inject(LOGIN, tmp_path).items():
        monkeypatch.setenv(name, value)

    assert {name for name in variables if not environment.value(name).startswith("source")} == {"CLOUDOS_URL"}
    assert environment.value("CLOUDOS_URL") == LOGIN["url"]


@pytest.mark.parametrize(
    ("variables", "params", "redirected"),
    [
        ({}, {}, None),
        ({"CLOUDOS_URL": LOGIN["url"]}, {}, None),
        ({"CLOUDOS_URL": "http://another:11000"}, {}, "CLOUDOS_URL"),
        ({"CLOUDOS_URL": "http://another:11000"}, {"api_url": "http://another:11000"}, "CLOUDOS_URL"),
        ({"CLOUDOS_URL": "http://another:11000"}, {"api_url": "http://third:11000"}, None),
    ],
)
def test_a_login_is_not_sent_where_a_variable_says(
    variables: dict[str, str],
    params: dict[str, str],
    redirected: str | None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"CLOUDOS_URL": "", **inject(LOGIN, tmp_path), **variables}.items():
        monkeypatch.setenv(name, value)

    assert environment.redirected(params) == redirected
    if redirected:
        with pytest.raises(OptionError, match="CLOUDOS_URL names another platform than the credential of this job"):
            with_cloud(params)


def test_clouds_yaml_that_is_pasted_is_a_file_of_the_job_and_has_what_the_other_fields_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    auth = {"auth_url": "http://cloud:9000/v3", "username": "alice", "password": "s3cret", "project_name": "demo"}
    entry = {"auth": auth, "verify": False, "cloudos": {"api_layout": "core"}}
    pasted = yaml.safe_dump({"clouds": {"lab": entry}})
    for name, value in inject({"cloud": "lab", "clouds_yaml": pasted, "project": "shop"}, tmp_path).items():
        monkeypatch.setenv(name, value)

    found = with_cloud({})
    known = {name: found[name] for name in ("api_url", "api_username", "api_layout", "validate_certs")}
    assert known == {
        "api_url": "http://cloud:9000",
        "api_username": "alice",
        "api_layout": "core",
        "validate_certs": False,
    }
    assert "api_project" not in found  # the variable has it


def test_a_certificate_that_is_pasted_is_a_file_of_the_job(tmp_path: Path) -> None:
    env = inject({**LOGIN, "ca_certificate": "-----BEGIN"}, tmp_path)

    path = Path(env[of_credential("CLOUDOS_CA_PATH")])
    assert path.parent == tmp_path and path.read_text() == "-----BEGIN"
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_guide_names_every_field() -> None:
    guide = (REPOSITORY / "docs" / "awx.md").read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in guide.splitlines() if line.startswith("| ") and "`" in line]
    wanted = {name.replace("CREDENTIAL_", "", 1) for name in CREDENTIAL_TYPE["injectors"]["env"]}
    wanted = {name.replace("CLOUDOS_OS_CLIENT", "OS_CLIENT") for name in wanted}
    assert {name for name in wanted if not any(f"`{name}`" in row for row in rows)} == set()


# --- the playbook ------------------------------------------------------------------------------------------------


def calls() -> Iterator[tuple[str, dict[str, Any]]]:
    for task in PLAY["tasks"]:
        for action in task:
            if action.startswith("awx.awx."):
                yield action.removeprefix("awx.awx."), task[action]


def problems(given: dict[str, Any], options: dict[str, Any], where: str) -> Iterator[str]:
    """What the documentation of a module does not allow. Values that are templates are known at run time only."""
    yield from (f"{where}.{name}: no such option" for name in set(given) - set(options))
    yield from (
        f"{where}.{name}: missing" for name, rule in options.items() if rule.get("required") and name not in given
    )
    for name in set(given) & set(options):
        value, rule = given[name], options[name]
        if isinstance(value, str) and "{{" in value:
            continue
        kinds = {"str": str, "bool": bool, "int": int, "dict": dict, "list": list}
        if not isinstance(value, kinds[rule["type"]]):
            yield f"{where}.{name}: {value!r} is no {rule['type']}"
        if value not in rule.get("choices", [value]):
            yield f"{where}.{name}: {value!r} is none of {rule['choices']}"
        for entry in value if isinstance(value, list) else [value]:
            if isinstance(entry, dict) and "suboptions" in rule:
                yield from problems(entry, rule["suboptions"], f"{where}.{name}")


@pytest.mark.parametrize(("module", "given"), [pytest.param(*call, id=call[0]) for call in calls()])
def test_a_task_uses_options_that_its_module_has(module: str, given: dict[str, Any]) -> None:
    assert list(problems(given, AWX_OPTIONS[module], module)) == []


def test_the_values_are_those_that_the_playbook_uses() -> None:
    text = (REPOSITORY / "playbooks" / "awx.yml").read_text(encoding="utf-8")
    own = {name for name in PLAY["vars"] if name.startswith("awx_")} | {"awx_file", "awx_update_secrets"}

    assert set(re.findall(r"\bawx_\w+", text)) - own == set(VALUES) - {"awx_cloud"}


def test_the_credential_of_the_example_has_fields_of_its_type() -> None:
    assert set(CREDENTIAL_TYPE["inputs"]["required"]) <= set(VALUES["awx_credential"]["inputs"]) <= set(fields())


def test_no_secret_stands_in_the_values() -> None:
    inputs = VALUES["awx_credential"]["inputs"]

    assert all("lookup(" in inputs[name] for name, field in fields().items() if field.get("secret") and name in inputs)


# --- templates, surveys, the workflow ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", TEMPLATES)
def test_the_playbook_of_a_template_is_in_the_project(name: str) -> None:
    text = (PROJECT / TEMPLATES[name]["playbook"]).read_text(encoding="utf-8")

    assert TEMPLATES[name]["playbook"] in playbooks(PROJECT)
    for imported in re.findall(r"import_playbook: h3c\.cloudos\.(\w+)", text):
        assert (REPOSITORY / "playbooks" / f"{imported}.yml").exists()


def test_the_source_of_the_inventory_is_in_the_project_and_one_that_the_plugin_takes() -> None:
    path = PROJECT / VALUES["awx_inventory"]["source_path"]

    assert path.name.endswith(".cloudos.yml") and loaded(path)["plugin"] == "h3c.cloudos.cloudos"


@pytest.mark.parametrize("name", [name for name in TEMPLATES if "survey_spec" in TEMPLATES[name]])
def test_a_survey_asks_what_its_playbook_uses(name: str) -> None:
    survey = TEMPLATES[name]["survey_spec"]
    assert survey["name"] and survey["description"]
    text = (PROJECT / TEMPLATES[name]["playbook"]).read_text(encoding="utf-8")
    used = re.findall(r"{{ (\w+)", text)
    for question in survey["spec"]:
        assert {"question_name", "type", "variable", "required"} <= set(question)
        assert isinstance(question.get("default", ""), QUESTIONS[question["type"]])
        if question["type"].startswith("multi"):
            assert question.get("default", question["choices"][0]) in question["choices"]
    variables = [question["variable"] for question in survey["spec"]]
    assert len(variables) == len(set(variables)) and set(variables) <= set(used)
    optional = set(re.findall(r"{{ (\w+) \| default", text))
    assert {question["variable"] for question in survey["spec"] if not question["required"]} <= optional


def test_awx_offers_playbooks_as_playbooks_and_the_fleet_as_an_inventory() -> None:
    assert playbooks(PROJECT) == ["audit.yml", "fleet.yml", "onboard.yml", "server.yml"]
    assert inventories(PROJECT) == [VALUES["awx_fleet"]["source_path"]] == ["inventory/fleet"]


def test_an_inventory_in_yaml_is_offered_as_a_playbook(tmp_path: Path) -> None:
    (tmp_path / "fleet.yml").write_text((PROJECT / "inventory" / "fleet").read_text(encoding="utf-8"))
    assert (playbooks(tmp_path), inventories(tmp_path)) == (["fleet.yml"], [])


def test_the_workflow_audits_asks_and_then_provisions() -> None:
    links = {name: {link: node[link] for link in LINKS if link in node} for name, node in NODES.items()}

    assert links == {
        "audit": {"on_failure": ["approval"]},
        "approval": {"on_success": ["onboarding"]},
        "onboarding": {"on_success": ["inventory"]},
        "inventory": {},
    }
    assert [name for name, node in NODES.items() if "approval" in node] == ["approval"]


def test_the_nodes_run_what_is_made() -> None:
    audited, provisioned = (TEMPLATES[NODES[name]["template"]] for name in ("audit", "onboarding"))
    assert (audited["playbook"], provisioned["playbook"]) == ("audit.yml", "onboard.yml")
    assert NODES["inventory"]["inventory_source"] == VALUES["awx_inventory"]["source"]


def test_schedules_are_rules_that_awx_takes() -> None:
    for schedule in VALUES["awx_schedules"]:
        assert re.fullmatch(r"DTSTART:\d{8}T\d{6}Z RRULE:FREQ=[A-Z]+;INTERVAL=\d+(;\w+=\S+)*", schedule["rrule"])
