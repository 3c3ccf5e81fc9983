# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stories that are played without Ansible: the modules' own entries, called in this process against the simulator.

A story is a list of calls of modules. Together they send every operation of the reference (test_operations.py), and
what they send is what docs/api-coverage.md tells.
"""

from __future__ import annotations

import dataclasses
import importlib
import re
import string
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from integration import test_matrix as matrix
from unit.clock import Clock

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.exchange import Exchange
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute, failure
from simulator import Simulator, seeds
from simulator.contract import load_contract

HERE = Path(__file__).resolve().parent
CONNECTION = {"api_username": "admin", "api_password": seeds.ADMIN_PASSWORD, "api_project": "admin", "api_retries": 2}

# One GET that the reference describes several times.
_READ_ALIKE = {"limits-list-all": ("vm-snapshot-quota-get", "limits-list-all-brief")}
_REGISTERED = re.compile(r"{{ *(\w+)\.([\w.]+) *}}")


@dataclass(frozen=True)
class Call:
    """One call of a module.

    Attributes:
        name: what it is there for.
        refused: a text of the error that it has to end with; None where it has to succeed.
        register: name under which later calls find its result, as {{ name.key }}.
    """

    name: str
    module: str
    options: dict[str, Any]
    check_mode: bool = False
    refused: str | None = None
    register: str | None = None


@dataclass(frozen=True)
class Story:
    """Calls, and what has to be there before the first."""

    name: str
    calls: list[Call]
    seeds: list[dict[str, Any]] = field(default_factory=list)
    settings: dict[str, Any] = field(default_factory=dict)
    twins: dict[str, Any] | None = None


@dataclass(frozen=True)
class Done:
    """What became of a call: its result, the requests as the simulator saw them, and as the collection names them."""

    call: Call
    result: dict[str, Any]
    log: list[dict[str, Any]]
    sent: list[str]

    @property
    def operations(self) -> list[tuple[str, set[str]]]:
        """What was sent: the name that the collection has for it, and all operations that describe such a request."""
        return [(name, _descriptions(entry)) for name, entry in zip(self.sent, self.log, strict=True)]


def all_stories(folder: Path) -> dict[str, Story]:
    """The journeys of the matrix, and the stories of the files beside this one, by name.

    Args:
        folder: where files that the stories upload are written.
    """
    journeys = [_of_journey(matrix.load(module, folder)) for module in matrix.STATE if _has_case(module)]
    told = yaml.safe_load(
        string.Template((HERE / "stories.yml").read_text(encoding="utf-8")).substitute(matrix.names(folder))
    )
    return {story.name: story for story in [*journeys, *(_of_file(name, story) for name, story in told.items())]}


def story_names() -> list[str]:
    told = yaml.safe_load((HERE / "stories.yml").read_text(encoding="utf-8"))
    return [*(f"matrix/{module}.yml" for module in matrix.STATE if _has_case(module)), *told]


def _has_case(module: str) -> bool:
    return (matrix.CASES / f"{module}.yml").exists()


def _of_journey(case: matrix.Case) -> Story:
    journey = matrix.Journey(case)
    calls = []
    for task in journey.tasks:
        (action,) = [key for key in task if key.startswith("h3c.cloudos.")]
        refused = "" if task["name"].removesuffix(": check") in journey.refusals else None
        calls.append(
            Call(
                task["name"],
                action.rpartition(".")[2],
                task[action],
                bool(task.get("check_mode")),
                refused,
                task.get("register"),
            )
        )
    return Story(f"matrix/{case.module}.yml", calls, case.seeds, twins=case.twins)


def _of_file(name: str, told: dict[str, Any]) -> Story:
    calls = []
    for number, entry in enumerate(told["calls"], start=1):
        (module,) = [key for key in entry if key.startswith("cloudos_")]
        more = {key: value for key, value in entry.items() if key != module}
        calls.append(Call(f"{name}: {number}", module, entry[module] or {}, **more))
    return Story(name, calls, told.get("seeds", []), told.get("settings", {}))


def _descriptions(entry: dict[str, Any]) -> set[str]:
    for endpoint in load_contract().endpoints:
        if entry["operation"] == endpoint.operation:
            return {endpoint.operation, *_READ_ALIKE.get(endpoint.operation, ())}
        if entry["operation"] in [branch.operation for branch in endpoint.branches]:
            errors = {
                branch.operation: len(list(branch.validator.iter_errors(entry["body"]))) for branch in endpoint.branches
            }
            return {operation for operation, count in errors.items() if count == min(errors.values())}
    return set()


class Player:
    """Plays stories against one simulator; {{ scratch.folder }} is an empty folder of each play."""

    def __init__(self, cloud: Simulator, folder: Path) -> None:
        self._cloud, self._folder = cloud, folder
        self._played: dict[str, list[Done]] = {}

    def played(self, story: Story) -> list[Done]:
        """A story as the collection sends it, played once."""
        if story.name not in self._played:
            self._played[story.name] = self.play(story)
        return self._played[story.name]

    def play(self, story: Story) -> list[Done]:
        self._cloud.reset()
        before = self._cloud.settings()
        self._cloud.settings(**story.settings)
        try:
            return self._play(story)
        finally:
            self._cloud.settings(**before)

    def _play(self, story: Story) -> list[Done]:
        for record in story.seeds:
            self._cloud.seed(**record)
        for number in (1, 2) if story.twins else ():
            self._cloud.seed(**{**story.twins, "name": matrix.TWIN, "id": matrix.TWIN_ID % number})
        registered: dict[str, Any] = {"scratch": {"folder": tempfile.mkdtemp(dir=self._folder)}}
        with Clock(self._cloud).installed():
            return [self._call(call, registered) for call in story.calls]

    def _call(self, call: Call, registered: dict[str, Any]) -> Done:
        entry = importlib.import_module(f"{matrix.NAMESPACE}.{call.module}").DEFINITION
        self._cloud.clear_log()
        try:
            given = {**CONNECTION, "api_url": self._cloud.url, **_filled(call.options, registered)}
        except KeyError as error:
            return Done(call, {"failed": True, "msg": f"an earlier call did not tell {error}"}, [], [])
        try:
            given = entry.given(given)
        except OptionError as error:
            return Done(call, failure(error), [], [])
        validated = ArgumentSpecValidator(entry.spec, **entry.all_constraints).validate(given)
        if validated.error_messages:
            return Done(call, {"failed": True, "msg": "\n".join(validated.error_messages)}, [], [])
        try:
            entry.check(validated.validated_parameters)
        except OptionError as error:
            return Done(call, failure(error), [], [])
        client = Client(argument_spec.connection(validated.validated_parameters))
        sent: list[str] = []
        try:
            with _noted(sent):
                result = execute(entry, client, validated.validated_parameters, call.check_mode, True, 0)
        finally:
            client.close()
        if call.register:
            registered[call.register] = result
        return Done(call, result, self._cloud.log(), sent)


def problems(done: list[Done]) -> Iterator[str]:
    """The calls that did not end as they should."""
    for one in done:
        failed, message = one.result.get("failed", False), str(one.result.get("msg", ""))
        if failed != (one.call.refused is not None) or (one.call.refused or "") not in message:
            yield f"{one.call.name}: {one.result}"


def outcome(done: list[Done]) -> list[Any]:
    """What a person would see of the calls: whether they failed, what was done, how much was found."""
    return [
        (one.result.get("failed", False), one.result.get("changed"), one.result.get("actions"), _size(one.result))
        for one in done
    ]


def _size(value: Any) -> Any:
    """The shape of a result: lists by the shapes of their entries, and which values are not null."""
    if isinstance(value, dict):
        return {name: _size(entry) for name, entry in value.items() if name not in ("diff", "msg", "error")}
    return [_size(entry) for entry in value] if isinstance(value, list) else value is None


def _filled(value: Any, registered: dict[str, Any]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(entry, registered) for name, entry in value.items()}
    if isinstance(value, list):
        return [_filled(entry, registered) for entry in value]
    if not isinstance(value, str):
        return value

    def found(match: re.Match[str]) -> str:
        at: Any = registered[match[1]]
        for key in match[2].split("."):
            at = at[int(key)] if key.isdigit() else at[key]
        return str(at)

    return _REGISTERED.sub(found, value)


@contextmanager
def _noted(sent: list[str]) -> Iterator[None]:
    original = Exchange.send_once

    def send(self, request):
        sent.append(request.operation.id)
        return original(self, request)

    with mock.patch.object(Exchange, "send_once", send):
        yield


@contextmanager
def altered(operation_id: str, alter: Callable[[str, Any], tuple[str, Any]]) -> Iterator[None]:
    """As if the collection sent one operation in another way: `alter` changes its address and its body."""
    original = Exchange.send_once

    def send(self, request):
        if request.operation.id == operation_id:
            url, body = alter(request.url, request.body)
            request = dataclasses.replace(request, url=url, body=body)
        return original(self, request)

    with mock.patch.object(Exchange, "send_once", send):
        yield
