# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation of each module is complete, and says nothing of what there is not.

What follows from declarations is written by `make docs-sync`, and `make lint` finds what is out of date.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity import quota_template
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure import norm

REPOSITORY = Path(__file__).resolve().parents[3]
NAMESPACE = "ansible_collections.h3c.cloudos.plugins"
COLLECTION = "h3c.cloudos."

MODULES = sorted(path.stem for path in (REPOSITORY / "plugins" / "modules").glob("cloudos_*.py"))

# What the type of a returned value is in a sample
SAMPLES = {"str": str, "int": int, "float": float, "bool": bool, "list": list, "dict": dict}

_OPTION = re.compile(r"O\(((?:[^()\\]|\\.)*)\)")
_SECRET = re.compile(r"password|token", re.IGNORECASE)


def module_of(name: str) -> Any:
    return importlib.import_module(f"{NAMESPACE}.modules.{name}")


def fragment(name: str) -> dict[str, Any]:
    """A documentation fragment by its full name, such as h3c.cloudos.attributes.info_module."""
    file, _dot, variable = name.removeprefix(COLLECTION).partition(".")
    module = importlib.import_module(f"{NAMESPACE}.doc_fragments.{file}")
    return yaml.safe_load(getattr(module.ModuleDocFragment, (variable or "documentation").upper()))


def documentation(name: str) -> dict[str, Any]:
    """The documentation of a module, with its fragments in it."""
    own = yaml.safe_load(module_of(name).DOCUMENTATION)
    merged: dict[str, Any] = {**own, "options": {}, "attributes": {}}
    for part in [*(fragment(other) for other in own.get("extends_documentation_fragment", [])), own]:
        for section in ("options", "attributes"):
            for key, value in (part.get(section) or {}).items():
                merged[section][key] = {**merged[section].get(key, {}), **value}
        if part is not own:
            for section in ("requirements", "notes"):
                merged[section] = [*merged.get(section, []), *part.get(section, [])]
    return merged


def returned(name: str) -> dict[str, Any]:
    return yaml.safe_load(module_of(name).RETURN)


def examples(name: str) -> list[dict[str, Any]]:
    return yaml.safe_load(module_of(name).EXAMPLES)


# --- options -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_every_option_has_a_description(name: str) -> None:
    def without(options: dict[str, Any]) -> Iterator[str]:
        for key, entry in options.items():
            if not entry.get("description"):
                yield key
            yield from without(entry.get("suboptions", {}))

    assert list(without(documentation(name)["options"])) == []


@pytest.mark.parametrize("name", MODULES)
def test_the_connection_comes_from_its_fragment(name: str) -> None:
    own = yaml.safe_load(module_of(name).DOCUMENTATION)

    assert f"{COLLECTION}connection" in own["extends_documentation_fragment"]
    assert set(own.get("options", {})).isdisjoint(CONNECTION)


def test_the_environment_variable_of_each_connection_option_is_told() -> None:
    options = fragment(f"{COLLECTION}connection")["options"]

    assert set(options) == set(CONNECTION)
    for name, rules in CONNECTION.items():
        (variable,) = rules["fallback"][1]
        assert f"E({variable})" in " ".join(options[name]["description"])


@pytest.mark.parametrize("name", MODULES)
def test_no_option_is_mentioned_that_does_not_exist(name: str) -> None:
    told = documentation(name)
    texts = [yaml.safe_dump(told, width=10_000), module_of(name).RETURN]
    mentioned = {re.split(r"[=.\[]", option)[0] for text in texts for option in _OPTION.findall(text)}

    assert mentioned <= set(told["options"])


# --- attributes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_the_attributes_are_told(name: str) -> None:
    attributes = documentation(name)["attributes"]

    assert {"check_mode", "diff_mode", "idempotent", "action_group", "action", "async"} <= set(attributes)
    assert all({"description", "support"} <= set(entry) for entry in attributes.values())
    assert attributes["check_mode"]["support"] == "full"
    assert attributes["action_group"]["membership"] == ["h3c.cloudos.cloudos"]


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_in_the_action_group_and_has_an_action_plugin(name: str) -> None:
    runtime = yaml.safe_load((REPOSITORY / "meta" / "runtime.yml").read_text(encoding="utf-8"))

    assert name in runtime["action_groups"]["cloudos"]
    assert (REPOSITORY / "plugins" / "action" / f"{name}.py").exists()


@pytest.mark.parametrize("name", MODULES)
def test_the_version_that_a_module_came_with_is_told(name: str) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+", documentation(name)["version_added"])


# --- examples ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_named_tasks_with_options_that_exist(name: str) -> None:
    for task in examples(name):
        assert task.get("name"), task
        used = [key for key in task if "." in key]
        assert len(used) == 1, f"{task['name']}: a task calls one module by its full name"
        (action,) = used
        assert action.startswith((COLLECTION, "ansible.builtin.")), action
        if action.startswith(COLLECTION):
            spec = module_of(action.removeprefix(COLLECTION)).DEFINITION.spec
            assert set(task[action] or {}) <= set(spec), task["name"]


@pytest.mark.parametrize("name", MODULES)
def test_examples_hold_no_secret(name: str) -> None:
    def secrets(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, item in value.items():
                plain = isinstance(item, str) and "{{" not in item
                if plain and _SECRET.search(key) and not key.startswith(("update_", "use_")):
                    yield key
                yield from secrets(item)
        elif isinstance(value, list):
            for item in value:
                yield from secrets(item)

    assert list(secrets(examples(name))) == []


@pytest.mark.parametrize("name", MODULES)
def test_examples_never_say_where_the_cloud_is(name: str) -> None:
    """The connection is set once, elsewhere."""
    for task in examples(name):
        for key, options in task.items():
            if key.startswith(COLLECTION):
                assert set(options or {}).isdisjoint(CONNECTION)


# --- results -----------------------------------------------------------------------------------------------------


def entries(tree: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for key, entry in tree.items():
        yield key, entry
        yield from entries(entry.get("contains", {}))


@pytest.mark.parametrize("name", [name for name in MODULES if "gather" in module_of(name).DEFINITION.spec])
def test_what_can_be_gathered_is_documented(name: str) -> None:
    gathered = module_of(name).DEFINITION.spec["gather"]["choices"]

    assert set(gathered) <= {key for key, _entry in entries(returned(name))}


@pytest.mark.parametrize("name", MODULES)
def test_samples_are_of_the_documented_type(name: str) -> None:
    for key, entry in entries(returned(name)):
        assert entry["description"], key
        if "contains" in entry or entry["type"] == "raw" or entry.get("sample") is None:
            continue
        assert isinstance(entry["sample"], SAMPLES[entry["type"]]), key
        assert isinstance(entry["sample"], bool) == (entry["type"] == "bool"), key


@pytest.mark.parametrize("name", MODULES)
def test_every_returned_value_has_a_sample_or_parts(name: str) -> None:
    bare = [key for key, entry in entries(returned(name)) if "sample" not in entry and "contains" not in entry]

    assert bare == []


@pytest.mark.parametrize("name", MODULES)
def test_every_key_of_a_result_says_when_it_is_there(name: str) -> None:
    assert all(entry["returned"] for entry in returned(name).values())


# --- all of them -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", [*sorted((REPOSITORY / "docs").glob("*.md"))], ids=lambda path: path.stem)
def test_links_between_the_pages_lead_somewhere(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", path.read_text(encoding="utf-8"))

    assert [target for target in targets if not (path.parent / target).exists()] == []


def anchors(page: Path) -> set[str]:
    """What the headings of a page can be linked to by."""
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", [*sorted((REPOSITORY / "docs").glob("*.md"))], ids=lambda path: path.stem)
def test_links_to_a_part_of_a_page_lead_to_a_heading(path: Path) -> None:
    targets = re.findall(r"\]\((?!https?:)([^)#]*)#([^)]+)\)", path.read_text(encoding="utf-8"))
    pages = [((path.parent / name) if name else path, anchor) for name, anchor in targets]

    assert [(page.name, anchor) for page, anchor in pages if anchor not in anchors(page)] == []


@pytest.mark.parametrize("role", sorted(path.name for path in (REPOSITORY / "roles").iterdir()))
def test_the_page_of_a_role_tells_all_of_its_variables(role: str) -> None:
    specs = yaml.safe_load((REPOSITORY / "roles" / role / "meta" / "argument_specs.yml").read_text(encoding="utf-8"))
    page = (REPOSITORY / "roles" / role / "README.md").read_text(encoding="utf-8")

    assert re.findall(r"^\| `(\w+)`", page, re.MULTILINE) == list(specs["argument_specs"]["main"]["options"])


# --- tables ------------------------------------------------------------------------------------------------------


def rows_of(page: str) -> list[list[str]]:
    text = (REPOSITORY / "docs" / page).read_text(encoding="utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("| `")
    ]


def test_the_page_tells_the_sub_norms_of_each_service_and_the_key_of_each_limit() -> None:
    def code(names: Any) -> str:
        return ", ".join(f"`{name}`" for name in names)

    services = [[code([name]), code(service.types)] for name, service in norm.KNOWN.items()]
    limits = [
        [code([member.name]), code(member.api), code([".".join(member.quota)] if member.quota else [])]
        for member in quota_template.MEMBERS
    ]
    assert rows_of("zones-and-norms.md") == [["`service`", "`sub_norms`"], *services, *limits]


# --- the first page ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MODULES)
def test_a_module_has_one_place_on_the_first_page(name: str) -> None:
    rows = [line for line in (REPOSITORY / "README.md").read_text(encoding="utf-8").splitlines() if line[:2] == "| "]

    assert sum(f"`{name}`" in row.split(" | ")[0] for row in rows) == 1


def test_every_guide_is_found_from_the_first_page() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")

    assert [page.name for page in (REPOSITORY / "docs").glob("*.md") if f"(docs/{page.name})" not in text] == []
