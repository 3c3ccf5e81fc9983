# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""One suite for every module: what each of them promises, generated from its case file in matrix/.

Given a resource, its journey is one playbook: what is missing, create, change, refuse to change, replace, two of one
name, read, delete; each step in check mode, for real, and once more. It is played in the controller's process, and for
a selection of modules, in a short form, as ordinary modules (the whole of it, and for each, with WAYS=all); both
have to tell the same.

A case file says (members that do not apply are left out; $NAMES are those of `names`):

    seeds: what has to be there first: members of a record, and its `kind`
    lasting: whether there is always such an object, so that `create` changes it and nothing deletes it
    create: options of a new object
    identity: the options that tell which object is meant, `name` if nothing is said
    required: options of `create` without which there is no new object
    named: options of `create` that hold a name where the result holds an id
    unseen: options that the result does not tell
    unforeseen: keys of the result that check mode cannot predict
    updates: changes in place: `options`, the `actions` that they take, `by_id` where the name itself changes
    immutable: `options` that cannot be changed in place; `words` of the error, if not the names of the options;
        `replace: false` where that is not to be tried; `by_id` where only the id tells which object differs
    twins: a record of which two of one name are made; missing where names are unique by nature, or where there are none
    removal: the actions of `state: absent`, where they are not the usual one
    info: `plural`, `filters` (options of the read-only module that find the object), `none` (options that find
        nothing), `unequal` (keys that the read-only module cannot know)
"""

from __future__ import annotations

import functools
import importlib
import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import (
    ALL_WAYS,
    HERE,
    MODULES,
    REPOSITORY,
    Ansible,
    Played,
    broken_promises,
    modes_of,
    uses,
)

from simulator import Simulator, seeds

CASES = HERE / "matrix"
NAMESPACE = "ansible_collections.h3c.cloudos.plugins.modules"
TWIN = "matrixtwin"  # a name that every kind of object can have
TWIN_ID = "00000000-0000-4000-9000-%012d"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE%s tests"

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?Z?")
_MAC = re.compile(r"(?:[0-9a-f]{2}:){5}[0-9a-f]{2}")
# What Ansible itself adds to a result, depending on how the task runs
_ANSIBLES_OWN = ("invocation", "exception", "ansible_facts", "ansible_parsed", "failed", "warnings", "deprecations")


def spec_of(module: str) -> dict[str, Any]:
    return importlib.import_module(f"{NAMESPACE}.{module}").DEFINITION.spec


ALL = sorted(path.stem for path in MODULES.glob("cloudos_*.py"))
# A fleet has members instead of an object; its target tells what it promises.
STATE = [module for module in ALL if "state" in spec_of(module) and "concurrency" not in spec_of(module)]
# A read-only module without a state module is one of the others.
INFO = [f"{module}_info" for module in STATE if f"{module}_info" in ALL]
OTHERS = sorted({*ALL} - {*STATE} - {*INFO})


# --- the case files ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Case:
    """What the suite has to know of a resource."""

    module: str
    create: dict[str, Any]
    lasting: bool = False
    seeds: list[dict[str, Any]] = field(default_factory=list)
    identity: list[str] = field(default_factory=lambda: ["name"])
    required: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    unforeseen: list[str] = field(default_factory=list)
    updates: list[dict[str, Any]] = field(default_factory=list)
    immutable: list[dict[str, Any]] = field(default_factory=list)
    twins: dict[str, Any] | None = None
    removal: list[str] = field(default_factory=lambda: ["delete"])
    info: dict[str, Any] = field(default_factory=dict)

    @property
    def resource(self) -> str:
        return self.module.removeprefix("cloudos_")

    def means(self, options: dict[str, Any]) -> dict[str, Any]:
        """The part of the options that tells which object is meant."""
        return {name: options[name] for name in self.identity}

    @property
    def has_ids(self) -> bool:
        return "id" in spec_of(self.module)


def load(module: str, folder: Path) -> Case:
    text = (CASES / f"{module}.yml").read_text(encoding="utf-8")
    return Case(module, **yaml.safe_load(string.Template(text).substitute(names(folder))))


def names(folder: Path) -> dict[str, str]:
    """The names that case files may use: those of the seeds, and files."""
    image = folder / "image.raw"
    image.write_bytes(b"an image" * 1000)
    other = folder / "other.raw"
    other.write_bytes(b"another image" * 1000)
    constants = {name: value for name, value in vars(seeds).items() if name.isupper() and isinstance(value, str)}
    return {**constants, "KEY_1": KEY % ("A" * 42), "KEY_2": KEY % ("B" * 42), "FILE": str(image), "OTHER": str(other)}


# --- the playbook -----------------------------------------------------------------------------------------------


@dataclass
class Step:
    """One change of the journey: checked, done, done again, checked again."""

    name: str
    options: dict[str, Any]
    actions: list[str] | None = None
    gone: bool = False


class Journey:
    """The tasks of a case, and what each of them is there for."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.tasks: list[dict[str, Any]] = []
        self.steps: list[Step] = []
        self.refusals: dict[str, list[str]] = {}
        self._options = dict(case.create)
        self._build()

    def short(self) -> list[dict[str, Any]]:
        """Every change up to the first update, and the first of each other kind of task until then.

        The rest would be more of the same. Without an update it goes on to the end.
        """
        first: dict[str, str] = {}
        for task in self.tasks:
            first.setdefault(_kind(task["name"]), task["name"])
        tasks = [task for task in self.tasks if task["name"].endswith(": run") or task["name"] in first.values()]
        updates = [number for number, task in enumerate(tasks, 1) if task["name"].startswith("update ")]
        return tasks[: updates[0]] if updates else tasks

    @property
    def _created_id(self) -> str:
        return f"{{{{ created.{self.case.resource}.id }}}}"

    def _build(self) -> None:
        case = self.case
        for name in case.required:
            rest = {option: value for option, value in case.create.items() if option != name}
            self._refused(f"without {name}", rest, [name])
        self._step(Step("create", self._options, ["update"] if case.lasting else None), register="created")
        self._task("create: check again", self._options, check_mode=True, diff=True)
        self._task("the same in words", _in_words(self._options))
        self._read()
        for number, update in enumerate(case.updates, 1):
            self._update(f"update {number} ({', '.join(update['options'])})", update)
        for change in case.immutable:
            self._immutable(change)
        if case.twins:
            self._refused("two of one name", {**self._options, case.identity[0]: TWIN}, [])
        if not case.lasting:
            self._absent()

    def _absent(self) -> None:
        if self.case.twins:
            self._refused("absent of two of one name", {"name": TWIN, "state": "absent"}, [])
        absent = {**self.case.means(self._options), "state": "absent"}
        self._step(Step("absent", absent, self.case.removal, gone=True))
        self._task("absent: check again", absent, check_mode=True, diff=True)

    def _task(self, name: str, options: dict[str, Any], module: str = "", **keywords: Any) -> None:
        self.tasks.append({"name": name, **uses(module or self.case.module, **options), **keywords})

    def _step(self, step: Step, **keywords: Any) -> None:
        self.steps.append(step)
        self._task(f"{step.name}: check", step.options, check_mode=True, diff=True)
        self._task(f"{step.name}: run", step.options, diff=True, **keywords)
        self._task(f"{step.name}: again", step.options, diff=True)

    def _refused(self, name: str, options: dict[str, Any], words: list[str], **keywords: Any) -> None:
        self.refusals[name] = words
        self._task(name, options, **keywords)

    def _update(self, name: str, update: dict[str, Any]) -> None:
        self._options = {**self._options, **update["options"]}
        options = dict(self._options)
        if update.get("by_id"):
            options["id"] = self._created_id
        self._step(Step(name, options, update["actions"]))

    def _immutable(self, change: dict[str, Any]) -> None:
        options = {**self._options, **change["options"]}
        if change.get("by_id"):
            options["id"] = self._created_id
        names = ", ".join(change["options"])
        words = [*change.get("words", change["options"]), "replace: true"]
        self._refused(f"change {names}", options, words)
        if change is self.case.immutable[0]:
            self._refused(f"change {names}: check", options, words, check_mode=True)
        if change.get("replace", True):
            self._options = options
            self._step(Step(f"replace {names}", {**options, "replace": True}))

    def _read(self) -> None:
        module = f"{self.case.module}_info"
        if module not in INFO:
            return
        wanted = self.case.means(self.case.create)
        # What the read-only module needs, too: the object that all of these belong to
        place = {
            option: wanted[option]
            for option, rules in spec_of(module).items()
            if rules.get("required") and option in wanted
        }
        self._task("info: all", place, module)
        self._task("info: by name", wanted, module)
        self._task("info: check", wanted, module, check_mode=True)
        none = self.case.info.get("none", {**place, "name": "matrix-none"})
        if none:
            self._task("info: no such name", none, module)
        if self.case.has_ids:
            self._task("info: by id", {"id": self._created_id}, module)
            self._task("info: no such id", {"id": "00000000-0000-4000-8000-000000000000"}, module)
        for option, value in self.case.info.get("filters", {}).items():
            self._task(f"info: filter {option}", {option: value}, module)


def _kind(name: str) -> str:
    """What a task is there for: the part of a step, reading, or the first word of a refusal."""
    step, _separator, part = name.rpartition(": ")
    return "info" if step == "info" else part if step else name.split()[0]


def _in_words(value: Any) -> Any:
    """The same options with every number and boolean as text, as templates used to make them."""
    if isinstance(value, dict):
        return {name: _in_words(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_in_words(item) for item in value]
    return str(value).lower() if isinstance(value, bool) else str(value) if isinstance(value, (int, float)) else value


# --- what has to hold -------------------------------------------------------------------------------------------


def problems_of(journey: Journey, played: Played, twins: list[str]) -> Iterator[str]:
    """Every promise that the play broke."""
    case = journey.case
    for name, words in journey.refusals.items():
        yield from _refusal_problems(played, name, words, twins if "two of one name" in name else [])
    for step in journey.steps:
        yield from _step_problems(case, played, step)
    yield from _creation_problems(case, played)
    if played["the same in words"].result.get("changed") is not False:
        yield f"the same options in words: {_brief(played['the same in words'].result)}"
    if f"{case.module}_info" in INFO:
        yield from _info_problems(case, played, twins)


def _refusal_problems(played: Played, name: str, words: list[str], ids: list[str]) -> Iterator[str]:
    task = played[name]
    message = str(task.result.get("msg"))
    if not task.failed:
        yield f"{name}: not refused"
    yield from (
        f"{name}: the error does not tell {word!r}: {message}" for word in [*words, *ids] if word not in message
    )
    if task.writes:
        yield f"{name}: written: {task.sent()}"


def _step_problems(case: Case, played: Played, step: Step) -> Iterator[str]:
    check, run, again = (played[f"{step.name}: {part}"] for part in ("check", "run", "again"))
    rechecks = [task for task in played.tasks if task.name == f"{step.name}: check again"]
    for task in (check, run, again, *rechecks):
        if task.failed:
            yield f"{task.name}: failed: {task.result.get('msg')}"
            return
    for task in (check, run):
        if task.result["changed"] is not True:
            yield f"{task.name}: not changed"
    for task in (again, *rechecks):
        if task.result["changed"] is not False or task.result["actions"] != [] or task.writes:
            yield f"{task.name}: not converged: {_brief(task.result)}"
        if task.result["diff"]["before"] != task.result["diff"]["after"]:
            yield f"{task.name}: nothing changed, and there is a diff: {task.result['diff']}"
    for part in ("actions", "diff"):
        if check.result[part] != run.result[part]:
            yield f"{step.name}: {part} predicted {check.result[part]}, were {run.result[part]}"
    if step.actions is not None and run.result["actions"] != step.actions:
        yield f"{step.name}: actions are {run.result['actions']}, expected {step.actions}"
    if not run.writes:
        yield f"{step.name}: nothing was written"
    yield from _prediction_problems(case, step, check.result, run.result)


def _prediction_problems(case: Case, step: Step, check: dict[str, Any], run: dict[str, Any]) -> Iterator[str]:
    predicted, real = check[case.resource], run[case.resource]
    if step.gone:
        if predicted is not None or real is not None:
            yield f"{step.name}: it is gone, and still told: {predicted} {real}"
        return
    if predicted.keys() != real.keys():
        yield f"{step.name}: check mode tells other keys: {predicted.keys() ^ real.keys()}"
        return
    for name, value in predicted.items():
        if name not in ("updated", "updated_at", *case.unforeseen) and not _comes_true(value, real[name]):
            yield f"{step.name}: {name} predicted {value!r}, is {real[name]!r}"


def _comes_true(predicted: Any, real: Any) -> bool:
    """What is not known beforehand is null; the platform may add members of its own to a dictionary."""
    if isinstance(predicted, dict) and isinstance(real, dict):
        return predicted.items() <= real.items()
    return predicted is None or predicted == real


def _creation_problems(case: Case, played: Played) -> Iterator[str]:
    made = played["create: run"].result.get(case.resource)
    if not made:
        return
    for name, value in case.create.items():
        if name in case.unseen:
            continue
        if name in case.named:
            if made[name] in (None, value):
                yield f"create: {name} should be an id: {made[name]!r}"
        elif not _has(made.get(name), value):
            yield f"create: {name} is {made.get(name)!r}, wanted {value!r}"
    settable = {name for name in made if made[name] is not None}
    if "id" in made and not isinstance(made["id"], str):
        yield f"create: the id is no text: {made['id']!r}"
    if not settable:
        yield "create: the result is empty"


def _has(made: Any, wanted: Any) -> bool:
    """Whether a value is the wanted one; where the object was there before, a dictionary may have more."""
    if isinstance(made, dict) and isinstance(wanted, dict):
        return wanted.items() <= made.items()
    return made == wanted


def _info_problems(case: Case, played: Played, twins: list[str]) -> Iterator[str]:
    plural, unequal = case.info["plural"], {*case.info.get("unequal", ())}
    created = played["create: again"].result.get(case.resource) or {}
    expected = _without(created, unequal)
    for task in [task for task in played.tasks if task.name.startswith("info: ")]:
        if task.failed or task.result["changed"] is not False or task.writes:
            yield f"{task.name}: {_brief(task.result)}"
            continue
        found = task.result[plural]
        mine = [entry for entry in found if all(entry.get(name) == created.get(name) for name in case.identity)]
        if "no such" in task.name:
            if found:
                yield f"{task.name}: found {found}"
        elif len(mine) != 1 or _without(mine[0], unequal) != expected:
            yield f"{task.name}: told {mine}, the state module {expected}"
        elif task.name in ("info: by name", "info: by id", "info: check") and len(found) != 1:
            yield f"{task.name}: told {len(found)} objects"
        if task.name == "info: all" and not {*twins} <= {
            entry.get("id", entry.get(case.identity[0])) for entry in found
        }:
            yield f"{task.name}: does not tell two of one name: {twins}"


def _without(entry: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in names}


def _brief(result: dict[str, Any]) -> dict[str, Any]:
    return {name: result.get(name) for name in ("changed", "actions", "msg") if name in result}


# --- one telling of both modes ----------------------------------------------------------------------------------


def telling(played: Played, names: set[str]) -> dict[str, Any]:
    """The results of the named tasks; ids by the order in which they appear, no times, nothing of Ansible's own.

    The identity of a plan is that of the id of its object, too, which is another one in each play.
    """
    ids: dict[str, str] = {}

    def normal(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                name: normal(item)
                for name, item in value.items()
                if name not in (*_ANSIBLES_OWN, "plan_id") and not name.startswith("_ansible")
            }
        if isinstance(value, list):
            return [normal(item) for item in value]
        if not isinstance(value, str):
            return value
        text = _TIME.sub("(time)", _MAC.sub("(mac)", value))
        return _UUID.sub(lambda match: ids.setdefault(match.group(), f"(id {len(ids) + 1})"), text)

    return {task.name: normal(task.result) for task in played.tasks if task.name in names}


def differences(first: Played, other: Played) -> Iterator[str]:
    """Where two plays tell differently of a task that is in both."""
    names = {task.name for task in other.tasks}
    one, another = telling(first, names), telling(other, names)
    yield from (
        f"{name}: in one mode {one.get(name)}, in another {told}"
        for name, told in another.items()
        if one.get(name) != told
    )


def _seed(cloud: Simulator, case: Case) -> list[str]:
    """What has to be there first; the ids of two of one name."""
    cloud.reset()
    for record in case.seeds:
        cloud.seed(**record)
    if not case.twins:
        return []
    for number in (1, 2):
        cloud.seed(**{**case.twins, "name": TWIN, "id": TWIN_ID % number})
    return [TWIN_ID % 1, TWIN_ID % 2]


def broken_on_the_journey(case: Case, cloud: Simulator, ansible: Ansible, modes: Sequence[str]) -> list[str]:
    """Every promise that a module breaks in any of the modes, or by not telling the same in all of them."""
    journey = Journey(case)
    problems, plays = [], []
    for mode in modes:
        whole = ALL_WAYS or not plays
        twins = sorted(_seed(cloud, case))
        tasks = journey.tasks if whole else journey.short()
        played = ansible.play(tasks, mode=mode, ignore_errors=True, warns=None)
        problems += [f"{mode}: {problem}" for problem in broken_promises(played)]
        if whole:
            problems += [f"{mode}: {problem}" for problem in problems_of(journey, played, twins)]
        plays.append(played)
        problems += differences(plays[0], played)
    return problems


@pytest.mark.parametrize("module", STATE)
def test_a_module_keeps_its_promises(module: str, cloud: Simulator, ansible: Ansible, tmp_path: Path) -> None:
    problems = broken_on_the_journey(load(module, tmp_path), cloud, ansible, modes_of(module))
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)


# --- every module has a place -----------------------------------------------------------------------------------


@pytest.mark.parametrize("module", STATE)
def test_a_state_module_has_a_case_file(module: str) -> None:
    assert (CASES / f"{module}.yml").exists()


@pytest.mark.parametrize("module", OTHERS)
def test_any_other_module_has_a_target(module: str) -> None:
    assert (HERE / "targets" / module / "tasks" / "main.yml").exists()


def test_no_case_file_is_left_over() -> None:
    assert {path.stem for path in CASES.glob("*.yml")} <= {*STATE}


@functools.cache
def _runtime() -> dict[str, Any]:
    return yaml.safe_load((REPOSITORY / "meta" / "runtime.yml").read_text(encoding="utf-8"))


@pytest.mark.smoke
def test_every_module_is_in_the_action_group_and_no_other() -> None:
    assert sorted(_runtime()["action_groups"]["cloudos"]) == ALL
