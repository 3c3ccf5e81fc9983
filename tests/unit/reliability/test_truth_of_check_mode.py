# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Check mode says what a run does: random legal options in random states, for every state module.

Some tasks lead to a state. Then one more task is checked, run, run again and checked again:

- a plan that was not previewed is refused, and nothing is written; the one that was is the one of the run;
- check mode writes nothing, and says the `changed`, the `actions`, the `diff` and the object of the run, or fails as
  the run does; what a run refuses, it refuses before it writes;
- the second run and the second check change nothing, nor does a run that comes while the platform is still at it,
  as far as it reports that;
- what is given is in the result, and what is not given is as it was.

RELIABILITY_TRIALS is how many plays a module has ("all": 200), RELIABILITY_SEED gives other ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from integration import test_matrix as matrix
from unit.reliability import stories
from unit.reliability.drawing import MANNERS, Legal, Play, legal, plays
from unit.reliability.stage import EVERYTHING, SEED, STYLES, TRIALS, Done, Stage, dice, steady

ORDINARY_TRIALS = 12  # a module
COUNT = 200 if EVERYTHING else int(TRIALS or ORDINARY_TRIALS)
_TIMES = frozenset({"updated", "updated_at", "provision_updated_at"})


def broken_in(stage: Stage, subject: Legal, play: Play, worked: list[bool]) -> list[str]:
    """What a play shows to be broken, with the kind of promise in front.

    Args:
        worked: takes whether the task was not refused.
    """
    made = None
    for task in play.earlier:
        made = stage.run(subject.module, task).result.get(subject.case.resource) or made
        stage.settle()
    identity, task = {name: play.task[name] for name in subject.case.identity}, play.task
    if play.by_id and made:
        identity = {"id": made["id"]}
        task = {**task, **identity}
    return _broken_in_task(stage, subject, identity, task, worked)


def _broken_in_task(
    stage: Stage, subject: Legal, identity: Mapping[str, Any], task: Mapping[str, Any], worked: list[bool]
) -> list[str]:
    story, repeats = isinstance(subject.case, stories.Story), getattr(subject.case, "repeats", False)
    state = stage.run(subject.module, identity or task, check_mode=True)
    before = stage.state()
    checked = stage.run(subject.module, task, check_mode=True)
    if checked.raw:
        return [f"raw exception in check mode: {checked.raw}"]
    problems = []
    if checked.writes or stage.state() != before:
        problems.append(f"written in check mode: {[entry['operation'] for entry in checked.writes]}")
    if not checked.failed:
        problems += _problems_of_another_plan(stage, subject, task, checked)
        task = {**task, "only_plan": checked.result["plan_id"]}
    done = stage.run(subject.module, task)
    task = {name: value for name, value in task.items() if name != "only_plan"}
    worked.append(not done.failed)
    if task.get("wait") is False and not done.failed and not stage.hides_work():
        problems += _problems_of_repetition(stage, subject, task, "at once")
    stage.settle()
    if done.raw:
        return [*problems, f"raw exception: {done.raw}"]
    if done.failed:
        return [*problems, *_problems_of_refusal(stage, before, checked, done)]
    if checked.failed:
        return [*problems, f"refused by check mode only: {checked.message}; the run says {_brief(done)}"]
    problems += _problems_of_prediction(subject, task, checked, done)
    if done.changed != (stage.state() != before) and not repeats:
        problems.append(f"false changed: it says {_brief(done)}")
    if task.get("wait") is False and stage.awaits_confirmation():
        stage.run(subject.module, task)  # which nobody could do before
        stage.settle()
    if not repeats:
        problems += _problems_of_repetition(stage, subject, task, "again")
        problems += _problems_of_repetition(stage, subject, task, "check again", check_mode=True)
    if not story and task.get("state") != "absent" and task.get("wait") is not False:
        problems += _problems_of_result(subject, task, state, done)
    return problems


def _problems_of_another_plan(stage: Stage, subject: Legal, task: Mapping[str, Any], checked: Done) -> Iterator[str]:
    before = stage.state()
    for check_mode in (True, False) if checked.changed else ():
        refused = stage.run(subject.module, {**task, "only_plan": "another"}, check_mode=check_mode)
        if refused.writes or stage.state() != before:
            yield f"a plan that was not previewed is carried out, check mode {check_mode}: {_brief(refused)}"
        if checked.result.get("warnings"):
            continue  # the run may fail for what an earlier task of a play would have made
        if not refused.failed or refused.result.get("plan_id") != checked.result["plan_id"]:
            yield f"a plan that was not previewed is not refused, check mode {check_mode}: {refused.result}"


def _problems_of_refusal(stage: Stage, before: Any, checked: Done, done: Done) -> Iterator[str]:
    # What an earlier task of a play might make is a warning in check mode.
    if not checked.failed and not checked.result.get("warnings"):
        yield f"check mode says {_brief(checked)}, the run fails: {done.message}"
    if checked.failed and steady(checked.message) != steady(done.message):
        yield f"other error: check mode says {checked.message}, the run {done.message}"
    if done.writes:
        yield f"refused late, after {[entry['operation'] for entry in done.writes]}: {done.message}"
    if done.changed and stage.state() == before:
        yield f"false changed: nothing happened, and it says {_brief(done)}"


def _problems_of_prediction(subject: Legal, task: Mapping[str, Any], checked: Done, done: Done) -> Iterator[str]:
    if checked.actions != done.actions:
        yield f"actions predicted {checked.actions}, are {done.actions}"
    for part in ("changed", "diff", "plan_id"):
        if checked.result[part] != done.result[part]:
            yield f"{part} predicted {checked.result[part]}, is {done.result[part]}"
    if task.get("wait") is False:
        return  # what the platform works on is not yet what it will be
    predicted, real = (run.objects(subject.case.resource) for run in (checked, done))
    if len(predicted) != len(real):
        yield f"objects predicted {predicted}, are {real}"
    for one, other in zip(predicted, real, strict=False):
        yield from _problems_of_object(subject, one, other)


def _problems_of_object(subject: Legal, predicted: Any, real: Any) -> Iterator[str]:
    if (predicted is None) != (real is None):
        yield f"object predicted {predicted}, is {real}"
    for name, value in (predicted or {}).items():
        if name in _TIMES or name in subject.case.unforeseen or name in subject.unforeseen:
            continue
        if not matrix._comes_true(value, (real or {}).get(name)):
            yield f"{name} predicted {value!r}, is {(real or {}).get(name)!r}"


def _problems_of_repetition(
    stage: Stage, subject: Legal, task: Mapping[str, Any], what: str, check_mode: bool = False
) -> list[str]:
    repeated = stage.run(subject.module, task, check_mode=check_mode)
    if repeated.failed:
        return [f"{what}: fails: {repeated.message}"]
    if repeated.changed or repeated.actions or repeated.writes:
        return [f"{what}: not converged: {_brief(repeated)}, diff {repeated.result.get('diff')}"]
    return []


def _problems_of_result(subject: Legal, task: Mapping[str, Any], state: Done, done: Done) -> Iterator[str]:
    result, case = done.result[subject.case.resource], subject.case
    special = _implied(task) | {*case.unseen, *case.named, *subject.unequal, *MANNERS}
    for name, value in task.items():
        if name in special or name not in result:
            continue
        if value not in ("", None) and not _equal(result[name], value):
            yield f"given {name} {value!r}, the result has {result[name]!r}"
    was = state.result.get(case.resource) if not state.failed and not state.actions else None
    for name in (set(subject.drawn) & set(was or {})) - {*task, *subject.follow, *case.unforeseen}:
        if name not in _implied(task) and was[name] != result.get(name):
            yield f"{name} was not given, was {was[name]!r} and is {result.get(name)!r}"


def _implied(task: Mapping[str, Any]) -> set[str]:
    """What other options set, too: new_name the name, say."""
    return {name.removeprefix("new_") for name in task if name.startswith("new_")} | {"template"}


def _equal(made: Any, wanted: Any) -> bool:
    if isinstance(made, dict) and isinstance(wanted, dict):
        return all(_equal(made.get(name), value) for name, value in wanted.items())
    return made == wanted or str(made) == str(wanted)


def _brief(done: Done) -> dict[str, Any]:
    return {name: done.result[name] for name in ("failed", "changed", "actions", "msg") if name in done.result}


@pytest.mark.parametrize("module", [*matrix.STATE, *stories.WITHOUT_CASE])
def test_check_mode_says_what_the_run_does(module: str, stage: Stage) -> None:
    subject = legal(module, stage.case(module), stage.names)
    stage.forget_tokens()
    saved = {}
    for style in STYLES:
        stage.open(subject.case, style)
        for record in subject.seeds:
            stage.cloud.seed(**record)
        start, story = stage.save(), isinstance(subject.case, stories.Story)
        if style == "openstack" and stage.run(module, subject.case.create, check_mode=not story).failed:
            continue  # not a module for a plain OpenStack
        saved[style] = start
    styles = sorted(saved, key=lambda style: dice("style", module, style).random())

    @seed(f"{SEED}/{module}")
    @settings(
        max_examples=COUNT,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(plays(subject))
    def plays_hold(play: Play) -> None:
        nonlocal turn
        style = styles[turn % len(styles)]
        turn += 1
        stage.restore(saved[style])
        stage.turn_to(style)
        for problem in broken_in(stage, subject, play, worked):
            broken.append(
                f"[{style}] {module}, after {play.earlier}: {play.task}{', by id' if play.by_id else ''}: {problem}"
            )

    turn, broken, worked = 0, [], []
    plays_hold()
    if broken:
        pytest.fail("\n".join(broken), pytrace=False)
    assert sum(worked) >= len(worked) / 8, "hardly a play does anything; are its options legal?"


@pytest.mark.parametrize("module", matrix.STATE)
def test_every_option_has_legal_values_or_a_reason_to_have_none(module: str, stage: Stage) -> None:
    subject = legal(module, stage.case(module), stage.names)
    for option in subject.drawn:
        assert subject.values(option) is not None
    assert {*subject.options, *subject.never, *subject.unequal} <= {*matrix.spec_of(module)}
    assert not {*subject.options} & {*subject.never}
