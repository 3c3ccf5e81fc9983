# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `make docs-sync` derives from declarations, what it leaves to authors, and what its check finds."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from tools.docs_sync import __main__ as docs_sync
from tools.docs_sync import subjects
from tools.docs_sync.subjects import FLEET, INFO, OTHER, STATE, Page, Subject

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.model.field import Field, computed, option
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.module.fleet import fleet_spec

FIELDS = (
    option("id"),
    option("name", required=True),
    option("size", "int", updatable=False, required=True),
    option("format", create_default="raw", spec={"choices": ["raw", "qcow2"]}),
    option("labels", "list", updatable=False, returned=False, spec={"elements": "str"}),
    computed("created", "time"),
)

DOCUMENTATION = """\
module: cloudos_box
short_description: Manage boxes of a CloudOS cloud
version_added: "1.0.0"
description:
  - Creates boxes.
author:
  - H3C CloudOS collection contributors (@h3c-cloudos)
extends_documentation_fragment:
  - h3c.cloudos.connection
  - h3c.cloudos.state
  - h3c.cloudos.plan
  - h3c.cloudos.wait
  - h3c.cloudos.attributes
  - h3c.cloudos.attributes.state_module
options:
  id:
    description: ID of an existing box.
    type: str
  name:
    description:
      - Name of the box.
      - Required when creating a box. With O(id), it is the desired name.
      - One of O(name) and O(id) is required.
    type: str
  size:
    description:
      - >-
        Size in litres: the platform rounds it up.
      - Required when creating a box. Changing it requires O(replace=true).
    type: int
  format:
    description: What it holds. Defaults to V(raw) when creating a box.
    type: str
    choices: [raw, qcow2]
  labels:
    description:
      - Labels of a new box, which are not compared after creation.
    type: list
    elements: str
  wait_timeout:
    default: 60
seealso:
  - module: h3c.cloudos.cloudos_boxes
    description: Many at once.
  - module: h3c.cloudos.cloudos_box_info
  - module: h3c.cloudos.cloudos_server
"""

BOX = """\
  type: dict
  contains:
    id:
      description: ID of the box. Null for a box that check mode would create.
      type: str
      sample: 5c52d6ad
    name:
      description: Name of the box.
      type: str
      sample: box-1
    size:
      description: Size in litres, unless RV(box.format) is V(raw).
      type: int
      sample: 40
    format:
      description: What it holds.
      type: str
      sample: "raw"
    created:
      description: When it was created.
      type: str
      sample: "2026-01-31T12:00:00Z"
"""


def resource_with(*fields: Field, **attributes: Any) -> Resource:
    declared = {
        "name": "box",
        "plural": "boxes",
        "fields": tuple(fields),
        "id_param": "box_id",
        "wait_timeout": 60,
        "list_operation": Operation("box-list", "GET", "/boxes/{tenant_id}"),
        "create_operation": Operation("box-create", "POST", "/boxes"),
        "delete_operation": Operation("box-delete", "DELETE", "/boxes/{box_id}"),
        **attributes,
    }
    return type("Box", (Resource,), declared)()


def changed(name: str, **changes: Any) -> Resource:
    """The resource with one field declared in another way."""
    return resource_with(*(replace(field, **changes) if field.name == name else field for field in FIELDS))


def subject(kind: str, resource: Resource) -> Subject:
    specs: dict[str, Callable[[Resource], Any]] = {
        STATE: argument_spec.state_spec,
        INFO: argument_spec.info_spec,
        FLEET: fleet_spec,
    }
    family = {STATE: "cloudos_box", INFO: "cloudos_box_info", FLEET: "cloudos_boxes"}
    order = {STATE: (FLEET, INFO), INFO: (STATE, FLEET), FLEET: (STATE, INFO)}[kind]
    return Subject(family[kind], kind, specs[kind](resource), resource, tuple(family[other] for other in order))


def with_fragments(*names: str) -> str:
    listed = "".join(f"  - h3c.cloudos.{name}\n" for name in names)
    return f"module: box\nextends_documentation_fragment:\n{listed}"


BOXES = resource_with(*FIELDS)
RETURN = f"box:\n  description: The box after the task, or as it would be in check mode.\n{BOX}"


def state_page(resource: Resource = BOXES, documentation: str = DOCUMENTATION, returned: str = RETURN) -> Page:
    """The page of the state module, up to date with a resource."""
    return docs_sync.synced(subject(STATE, resource), Page(documentation, returned), returned)


def other_page(kind: str, returned: str, documentation: str = "", resource: Resource = BOXES) -> Page:
    """The page of the info or fleet module, up to date with a resource."""
    named = {INFO: ("connection", "attributes.info_module"), FLEET: ("connection", "fleet", "plan.at_once")}[kind]
    page = Page(with_fragments(*named) + documentation, returned)
    return docs_sync.synced(subject(kind, resource), page, state_page(resource).returned)


def options(page: Page) -> Any:
    return yaml.safe_load(page.documentation)["options"]


def results(page: Page) -> Any:
    return yaml.safe_load(page.returned)


def text_of(page: Page, name: str) -> str:
    """All that is said of an option."""
    said = options(page)[name]["description"]
    return said if isinstance(said, str) else " ".join(said)


# --- what is up to date ------------------------------------------------------------------------------------------


def test_documentation_that_is_up_to_date_stays_to_the_letter() -> None:
    assert state_page().documentation == DOCUMENTATION


def test_a_second_run_changes_nothing() -> None:
    once = state_page()
    info, fleet = other_page(INFO, ""), other_page(FLEET, "")

    assert docs_sync.synced(subject(STATE, BOXES), once, once.returned) == once
    assert docs_sync.synced(subject(INFO, BOXES), info, once.returned) == info
    assert docs_sync.synced(subject(FLEET, BOXES), fleet, once.returned) == fleet


@pytest.mark.parametrize("kind", [INFO, FLEET])
def test_a_module_without_any_text_gets_all_of_it(kind: str) -> None:
    page = other_page(kind, "")

    assert {"boxes", "error", "requests", "retries"} <= set(results(page))
    assert set(options(page)) >= {INFO: {"name", "id"}, FLEET: {"boxes"}}[kind]


def test_a_state_module_without_any_text_gets_all_of_it() -> None:
    bare = DOCUMENTATION[: DOCUMENTATION.index("options:")]
    page = docs_sync.synced(subject(STATE, BOXES), Page(bare, ""), "")

    assert set(options(page)) == {"id", "name", "size", "format", "labels", "wait_timeout"}
    assert text_of(page, "size") == "Size. Required when creating a box. Changing it requires O(replace=true)."
    assert text_of(page, "format") == "Format. Defaults to V(raw) when creating a box."
    assert list(results(page)) == ["actions", "box", "id", "diff", "plan_id", "error", "requests", "retries"]
    assert results(page)["box"]["description"].startswith("The box after the task, or as it would be in check mode.")


# --- options -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "changes", "told"),
    [
        ("format", {"option": {"choices": ["raw", "qcow2", "vmdk"]}}, {"choices": ["raw", "qcow2", "vmdk"]}),
        ("format", {"option": {}}, {"choices": None}),
        ("format", {"option": {"default": "raw"}}, {"default": "raw"}),
        ("size", {"type": "float"}, {"type": "float"}),
        ("size", {"option": {"required": True}}, {"required": True}),
        ("labels", {"option": {"elements": "int"}}, {"elements": "int"}),
    ],
)
def test_the_keys_of_an_option_follow_from_its_field(name: str, changes: dict[str, Any], told: dict[str, Any]) -> None:
    option_now = options(state_page(changed(name, **changes)))[name]

    assert {key: option_now.get(key) for key in told} == told


def test_members_of_an_option_follow_from_its_argument_spec() -> None:
    inner = {"type": {"type": "str", "choices": ["a", "b"], "required": True}}
    page = state_page(changed("labels", option={"elements": "dict", "options": inner}))

    assert options(page)["labels"]["suboptions"] == {
        "type": {"description": "Type.", "type": "str", "choices": ["a", "b"], "required": True}
    }


def test_an_option_that_is_declared_no_more_is_removed_and_a_new_one_has_its_place() -> None:
    *most, _labels, created = FIELDS
    page = state_page(resource_with(*most, option("color"), created))

    assert list(options(page)) == ["id", "name", "size", "format", "color", "wait_timeout"]
    assert options(page)["color"] == {"description": "Color.", "type": "str"}


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("format", {"required": True}, "Required when creating a box."),
        ("format", {"updatable": False}, "Changing it requires O(replace=true)."),
        ("format", {"returned": False}, "It is not compared, because the platform does not return it."),
        ("size", {"create_default": 40}, "Defaults to V(40) when creating a box."),
        ("format", {"create_default": "qcow2"}, "Defaults to V(qcow2) when creating a box."),
        ("labels", {"create_default": ("a", "b")}, "Defaults to V(a), V(b) when creating a box."),
    ],
)
def test_what_a_field_implies_is_said_once(name: str, changes: dict[str, Any], sentence: str) -> None:
    entry = DOCUMENTATION[DOCUMENTATION.index(f"  {name}:") :]
    assert sentence not in entry[: entry.index("type:")]

    assert text_of(state_page(changed(name, **changes)), name).count(sentence) == 1


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        ("size", {"required": False}, "Required when creating a box."),
        ("size", {"updatable": True}, "Changing it requires O(replace=true)."),
        ("size", {"option": {"required": True}}, "Required when creating a box."),
        ("format", {"create_default": None}, "Defaults to V(raw) when creating a box."),
    ],
)
def test_what_is_no_longer_so_is_no_longer_said(name: str, changes: dict[str, Any], sentence: str) -> None:
    assert sentence in text_of(state_page(), name)

    assert sentence not in text_of(state_page(changed(name, **changes)), name)


def test_options_and_members_stay_in_the_order_of_their_author() -> None:
    page = state_page(resource_with(*reversed(FIELDS)))

    assert page.documentation == DOCUMENTATION
    assert list(results(page)["box"]["contains"]) == ["id", "name", "size", "format", "created"]


def test_an_option_that_is_written_in_one_line_keeps_its_text() -> None:
    written = DOCUMENTATION[: DOCUMENTATION.index("  id:")] + "  id: {description: ID of a box}\n"

    assert options(state_page(documentation=written))["id"] == {"description": "ID of a box", "type": "str"}


def test_what_an_author_adds_stays() -> None:
    said = "Defaults to V(raw), which is the smallest, when creating a box."
    written = DOCUMENTATION.replace("Defaults to V(raw) when creating a box.", said)
    page = state_page(changed("format", create_default="qcow2"), written)

    assert text_of(page, "format") == f"What it holds. {said.replace('raw', 'qcow2')}"


def test_a_condition_of_an_author_stays() -> None:
    said = "Required when creating a box, unless O(format) is given."
    written = DOCUMENTATION.replace("Required when creating a box. Changing", f"{said} Changing")

    assert said in text_of(state_page(changed("size", required=False), written), "size")


def test_a_text_that_yaml_would_take_for_something_else_keeps_its_quotes() -> None:
    page = state_page(changed("size", required=False))

    assert options(page)["size"]["description"][0] == "Size in litres: the platform rounds it up."


def test_the_options_that_identify_an_object_are_named() -> None:
    resource = resource_with(*FIELDS, identified_by=("name", "id", "size"))

    assert "One of O(name), O(id) and O(size) is required." in text_of(state_page(resource), "name")


def test_an_object_is_called_what_the_state_module_calls_it() -> None:
    page = state_page(returned=RETURN.replace("The box", "The open crate"))

    assert "Required when creating an open crate." in text_of(page, "size")
    assert results(page)["diff"]["description"] == "The options of the open crate before and after."
    assert results(page)["id"]["description"] == "ID of an open crate that was created before the task failed."


def test_an_option_of_a_fragment_is_only_repeated_where_it_differs() -> None:
    resource = resource_with(*FIELDS, states=("present", "absent", "sealed"))

    assert options(state_page(resource))["state"] == {"choices": ["present", "absent", "sealed"]}


def test_a_fragment_with_an_option_that_a_module_has_not_is_refused() -> None:
    with pytest.raises(ValueError, match=r"options that the module has not: \['replace'\]"):
        state_page(resource_with(*(replace(field, updatable=True) for field in FIELDS)))


# --- see also ----------------------------------------------------------------------------------------------------


def test_modules_of_the_same_resource_are_named_before_those_that_an_author_chose() -> None:
    written = DOCUMENTATION.replace("  - module: h3c.cloudos.cloudos_box_info\n", "")
    page = state_page(documentation=written)

    assert page.documentation == DOCUMENTATION
    assert other_page(INFO, "").documentation.endswith(
        "seealso:\n  - module: h3c.cloudos.cloudos_box\n  - module: h3c.cloudos.cloudos_boxes\n"
    )


# --- results -----------------------------------------------------------------------------------------------------


def test_the_members_of_an_object_follow_from_the_fields() -> None:
    *most, _created = FIELDS
    page = state_page(resource_with(*most, computed("weight", "float")))

    assert list(results(page)["box"]["contains"]) == ["id", "name", "size", "format", "weight"]
    assert results(page)["box"]["contains"]["weight"] == {"description": "Weight.", "type": "float", "sample": 1.0}


@pytest.mark.parametrize("name", ["name", "size", "created"])
def test_a_member_that_is_missing_is_described_again(name: str) -> None:
    entries = yaml.safe_load(RETURN)
    del entries["box"]["contains"][name]

    assert name in results(state_page(returned=yaml.safe_dump(entries)))["box"]["contains"]


def test_the_type_of_a_member_follows_from_its_field() -> None:
    assert results(state_page(changed("size", type="dict")))["box"]["contains"]["size"]["type"] == "dict"
    assert results(state_page())["box"]["contains"]["created"]["type"] == "str"


def test_secrets_are_no_members() -> None:
    assert "size" not in results(state_page(changed("size", secret=True)))["box"]["contains"]


def test_an_object_that_always_exists_is_never_null() -> None:
    gone = "Null after O(state=absent)."

    assert gone in results(state_page())["box"]["description"]
    assert gone not in results(state_page(resource_with(*FIELDS, states=("present",))))["box"]["description"]


def test_an_info_module_has_the_members_of_the_state_module() -> None:
    members = results(other_page(INFO, ""))["boxes"]["contains"]

    assert list(members) == ["id", "name", "size", "format", "created"]
    assert members["id"] == {"description": "ID of the box.", "type": "str", "sample": "5c52d6ad"}
    assert members["size"]["description"] == "Size in litres, unless RV(boxes[].format) is V(raw)."


def test_a_text_of_an_info_module_about_its_own_options_stays_and_any_other_is_replaced() -> None:
    about_options = {"description": "Size. Null unless O(gather) has V(size).", "type": "int", "sample": 7}
    other = {"description": "How it is called.", "type": "str", "sample": "box-7"}
    written = yaml.safe_dump({"boxes": {"contains": {"size": about_options, "name": other}}})
    members = results(other_page(INFO, written))["boxes"]["contains"]

    assert members["size"] == about_options
    assert members["name"] == {"description": "Name of the box.", "type": "str", "sample": "box-1"}


def test_what_an_info_module_gathers_stays() -> None:
    gathered = {"description": "Its lids.", "returned": "if O(gather) has V(lids)", "type": "str", "sample": "lid"}
    stale = {"description": "What was declared once.", "type": "str", "sample": ""}
    written = yaml.safe_dump({"boxes": {"contains": {"lids": gathered, "stale": stale}}, "lids": dict(gathered)})
    page = results(other_page(INFO, written))

    assert page["boxes"]["contains"]["lids"] == gathered
    assert page["lids"] == gathered
    assert "stale" not in page["boxes"]["contains"]


def test_a_fleet_module_refers_to_the_state_module() -> None:
    page = results(other_page(FLEET, ""))

    assert page["boxes"]["description"][1] == (
        "Each has the keys of M(h3c.cloudos.cloudos_box) as RV(h3c.cloudos.cloudos_box#module:box)."
    )
    assert page["boxes"]["sample"] == [{"id": "5c52d6ad", "name": "box-1"}]
    assert page["error"]["returned"] == "on failure of the whole task, if a request failed"


def test_samples_of_an_author_stay_and_others_name_operations_of_the_resource() -> None:
    sample = {"status": 409, "operation": "box-update"}
    written = f"{RETURN}{yaml.safe_dump({'error': {'sample': sample}})}"

    assert results(state_page(returned=written))["error"]["sample"] == sample
    assert results(state_page())["error"]["sample"] == {"status": 403, "operation": "box-create"}


def test_a_module_about_no_resource_keeps_its_results_but_for_what_all_modules_return() -> None:
    written = {"path": {"description": "The file.", "type": "str"}, "requests": {"description": "How many?"}}
    module = Subject("cloudos_box", OTHER, {"path": {"type": "path"}})
    page = docs_sync.synced(module, Page("module: box\n", yaml.safe_dump(written)), None)

    assert results(page)["path"] == written["path"]
    assert results(page)["requests"]["description"] == "Number of requests by HTTP method."
    assert options(page) == {"path": {"description": "Path.", "type": "path"}}


# --- the command -------------------------------------------------------------------------------------------------


@pytest.fixture
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the modules of key pairs."""
    for name in ("cloudos_keypair", "cloudos_keypair_info"):
        shutil.copy(subjects.MODULES / f"{name}.py", tmp_path)
    for module in (subjects, docs_sync):
        monkeypatch.setattr(module, "MODULES", tmp_path)
    return tmp_path


def test_the_check_passes_where_nothing_is_out_of_date(modules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert docs_sync.main(["--check"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("cloudos_keypair", "    choices: [ssh, x509]", "    choices: [ssh]"),
        ("cloudos_keypair", "Defaults to V(ssh)", "Defaults to V(x509)"),
        ("cloudos_keypair", "Required when creating a key pair. ", ""),
        ("cloudos_keypair_info", "Fingerprint of the public key", "Fingerprint of the key"),
        ("cloudos_keypair_info", "  - module: h3c.cloudos.cloudos_keypair\n", "  - module: ansible.builtin.uri\n"),
    ],
)
def test_the_check_shows_a_difference_and_the_command_removes_it(
    modules: Path, capsys: pytest.CaptureFixture[str], name: str, before: str, after: str
) -> None:
    file = modules / f"{name}.py"
    original = file.read_text(encoding="utf-8")
    changed_text = original.replace(before, after)
    assert changed_text != original
    file.write_text(changed_text, encoding="utf-8")

    assert docs_sync.main(["--check"]) == 1
    assert f"plugins/modules/{name}.py" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == changed_text

    assert docs_sync.main([]) == 0
    assert docs_sync.main(["--check"]) == 0
    assert before.strip() in file.read_text(encoding="utf-8")


def test_the_command_names_what_it_has_described(modules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("cloudos_keypair", "cloudos_keypair_info"):
        file = modules / f"{name}.py"
        text = file.read_text(encoding="utf-8")
        start, end = text.index("    user_id:"), text.index("error:" if name.endswith("_info") else "diff:")
        file.write_text(text[:start] + text[end:], encoding="utf-8")

    assert docs_sync.main([]) == 0
    assert "cloudos_keypair.py: updated; please read the descriptions of keypair.user_id\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('RETURN = r"""', 'RESULTS = r"""'),
        ("  - h3c.cloudos.state\n", "  - h3c.cloudos.state\n  - h3c.cloudos.wait\n"),
        ("options:\n", "options:\n  # those of key pairs\n"),
    ],
)
def test_a_module_that_cannot_be_brought_up_to_date_is_named(
    modules: Path, capsys: pytest.CaptureFixture[str], before: str, after: str
) -> None:
    file = modules / "cloudos_keypair.py"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")

    assert docs_sync.main([]) == 1
    assert capsys.readouterr().out.startswith("plugins/modules/cloudos_keypair.py: ")


def test_an_unknown_argument_is_refused(modules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert docs_sync.main(["--chek"]) == 2
    assert "--check" in capsys.readouterr().out
