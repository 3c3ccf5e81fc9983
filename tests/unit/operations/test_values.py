# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What holds for every option of every state module: a text that is too long is never sent, and clearing converges.

The options are those of the cases in tests/integration/matrix, the limits those of the contract.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from integration import test_matrix as matrix
from unit.catalogue import RESOURCES

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.model.field import Field
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION
from simulator import Simulator
from simulator.contract import load_contract

from .player import Call, Player, Story

CASES = [module for module in matrix.STATE if (matrix.CASES / f"{module}.yml").exists()]


def resource_of(module: str) -> tuple[Resource, list[Operation]]:
    """The resource of a state module, and the operations that its file knows, or those that hold parts of it."""
    resource = RESOURCES[module.removeprefix("cloudos_")]
    own = type(resource).__module__
    parts = {
        part.__module__
        for part in vars(sys.modules[own]).values()
        if getattr(part, "__module__", "").startswith(f"{own.rpartition('.')[0]}._")
    }
    known = [value for name in (own, *sorted(parts)) for value in vars(sys.modules[name]).values()]
    return resource, list(dict.fromkeys(value for value in known if isinstance(value, Operation)))


def settable(resource: Resource) -> Iterator[Field]:
    for field in resource.fields:
        if field.option is not None and field.reference is None and field.name != "id":
            yield field


# --- lengths -----------------------------------------------------------------------------------------------------


def limits_in(schema: dict[str, Any], place: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int, int | None]]:
    """The least and the most characters of each text of a body, by its place."""
    if schema.keys() & {"minLength", "maxLength"} and "pattern" not in schema:
        yield place, schema.get("minLength", 0), schema.get("maxLength")
    for name, member in schema.get("properties", {}).items():
        yield from limits_in(member, (*place, name))
    for branch in (*schema.get("oneOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from limits_in(branch, place)


def bodies_of(operations: list[Operation]) -> Iterator[dict[str, Any]]:
    known = {entry.operation: entry for entry in load_contract().endpoints}
    for operation in operations:
        endpoint = known.get(operation.id)
        if endpoint:
            described = load_contract().document["paths"][endpoint.path][endpoint.method.lower()]
            for media in described.get("requestBody", {}).get("content", {}).values():
                yield media.get("schema", {})


def limited() -> Iterator[tuple[str, str, int]]:
    """Options, and how many characters are not allowed."""
    for module in CASES:
        resource, operations = resource_of(module)
        limits = [limit for body in bodies_of(operations) for limit in limits_in(body)]
        for field in settable(resource):
            ways = [tuple(spelling.split("/")) for spelling in field.api_names]
            found = [limit for place, *limit in limits if any(place[-len(way) :] == way for way in ways)]
            if not found or field.type not in ("str", "list") or "choices" in field.option:
                continue
            if all(most for _least, most in found):
                yield module, field.name, max(most for _least, most in found) + 1
            if all(least for least, _most in found):
                yield module, field.name, min(least for least, _most in found) - 1


LIMITED = sorted(limited())


@pytest.fixture(scope="module")
def cloud():
    with Simulator() as running:
        yield running


@pytest.fixture
def play(cloud, tmp_path):
    def played(case: matrix.Case, *calls: tuple[dict[str, Any], bool], **settings: Any):
        calls = [Call(str(number), case.module, *call) for number, call in enumerate(calls)]
        story = Story(case.module, calls, seeds=case.seeds, settings=settings)
        return Player(cloud, tmp_path).play(story)

    return played


def test_the_contract_limits_many_options():
    assert len(LIMITED) >= 45


@pytest.mark.parametrize(("module", "option", "length"), LIMITED, ids=str)
def test_a_text_of_a_wrong_length_is_refused_before_anything_is_written(play, tmp_path, module, option, length):
    case = matrix.load(module, tmp_path)
    given = case.create.get(option)
    wrong = ["x" * length] if isinstance(given, list) else "x" * length
    (done,) = play(case, ({**case.create, option: wrong}, False))
    assert done.result.get("failed"), done.result
    assert option in done.result["msg"]
    assert not [entry for entry in done.log if entry["method"] != "GET" and "tokens" not in entry["path"]]


# --- clearing ----------------------------------------------------------------------------------------------------

_SAMPLES = {"str": "sample", "list": ["sample"], "dict": {"sample": "text"}}
_NOTHING = {"str": "", "list": [], "dict": {}}


def clearable() -> Iterator[tuple[str, str]]:
    for module in CASES:
        resource, _operations = resource_of(module)
        for field in settable(resource):
            can_be_empty = field.type in _NOTHING and not field.required and "choices" not in field.option
            if can_be_empty and field.updatable and field.shown and field.name not in resource.identified_by:
                yield module, field.name


def purging(module: str, option: str) -> dict[str, bool]:
    resource, _operations = resource_of(module)
    field = next(field for field in resource.fields if field.name == option)
    name = field.purged_by or f"purge_{field.name}"
    return {name: True} if name in matrix.spec_of(module) else {}


def test_many_options_can_be_cleared():
    assert len(set(clearable())) > 20


@pytest.mark.parametrize(("module", "option"), sorted(clearable()))
def test_what_is_cleared_stays_cleared(play, tmp_path, module, option):
    case = matrix.load(module, tmp_path)
    resource, _operations = resource_of(module)
    field = next(field for field in resource.fields if field.name == option)
    changed = [update["options"][option] for update in case.updates if option in update["options"]]
    sample = case.create.get(option) or next(iter(changed), None) or _SAMPLES[field.type]
    filled = {**case.create, option: sample}
    cleared = {**case.create, **purging(module, option), option: _NOTHING[field.type]}
    done = play(case, (filled, False), (cleared, True), (cleared, False), (cleared, False), node_update="members")
    made, foreseen, first, second = (one.result for one in done)
    if made.get("failed"):
        pytest.skip(f"a sample of {option} cannot be made up: {made['msg']}")
    if first.get("failed"):  # a clear refusal is as good
        assert option in first["msg"] and foreseen["msg"] == first["msg"]
        return
    assert (foreseen["changed"], foreseen["actions"]) == (first["changed"], first["actions"]), first
    assert second["changed"] is False, second
    if first["changed"]:
        assert not field.of_user(second[case.resource][option])


# --- blank texts -------------------------------------------------------------------------------------------------


def selecting() -> Iterator[tuple[str, str]]:
    """The texts by which read-only modules select what they read."""
    for module in matrix.ALL:
        if not module.endswith("_info"):
            continue
        for option, rules in matrix.spec_of(module).items():
            if option not in CONNECTION and rules["type"] == "str" and not {"choices", "no_log"} & rules.keys():
                yield module, option


def dummies(module: str) -> dict[str, Any]:
    """Something for the options that a module needs."""
    spec = matrix.spec_of(module)
    needed = {name: rules for name, rules in spec.items() if rules.get("required") and name not in CONNECTION}
    scoped = {"server": "x"} if "scope" in spec else {}
    return {**scoped, **{name: rules["choices"][0] if "choices" in rules else "x" for name, rules in needed.items()}}


@pytest.mark.parametrize("blank", ["", " "])
@pytest.mark.parametrize(("module", "option"), sorted(selecting()))
def test_a_blank_text_selects_nothing_and_is_refused(cloud, tmp_path, module, option, blank):
    call = Call("blank", module, {**dummies(module), option: blank})
    (done,) = Player(cloud, tmp_path).play(Story(module, [call]))
    assert done.result.get("failed"), done.result
    assert done.result["msg"].startswith(f"{option}:")
    assert not [entry for entry in done.log if "tokens" not in entry["path"]]
