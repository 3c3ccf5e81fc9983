# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of fault at every request of every state module.

A module's journey (tests/integration/matrix) is played once without faults; the log of each of its steps has the
requests that a fault can hit. Then each step is played again and again, with one fault at one request, and after it
the same task once more. Whatever happened to the answer:

- the task succeeds and says what the step without a fault says, or it fails with words that people can use;
- the same task, run again, ends where the step without a fault ends, and a third run changes nothing;
- there are never two objects of one wish, none is lost, and what is not wished for is as it was;
- `changed` is what happened, no exception escapes, and no secret is told.

A part of the trials, by chance, is in the ordinary suite. RELIABILITY_TRIALS is how many a module has, or "all";
RELIABILITY_SEED gives other ones.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from integration import test_matrix as matrix
from unit.reliability import stories
from unit.reliability.stage import EVERYTHING, STYLES, TRIALS, Done, Scenario, Stage, dice, scenarios

from simulator import faults

ORDINARY_TRIALS = 24  # a module
LATE = 1.2  # seconds; a hasty client does not wait so long
COLD = "cloudos_server_group"  # logs in at each step; for all others a token is at hand


@dataclass(frozen=True)
class Trouble:
    """A fault as the simulator knows it.

    Attributes:
        slow: whether a client has to be hasty, or the test would wait.
    """

    name: str
    kind: str
    spec: dict[str, Any] = field(default_factory=dict)
    slow: bool = False

    @property
    def persistent(self) -> bool:
        return self.spec.get("count", 1) is None


def _once_and_for_ever(name: str, kind: str, slow: bool = False, **spec: Any) -> list[Trouble]:
    return [Trouble(name, kind, spec, slow), Trouble(f"{name}, for ever", kind, {**spec, "count": None}, slow)]


TROUBLES = [
    *(
        trouble
        for status in (400, 403, 409, 500, 502, 503, 504, 429)
        for trouble in _once_and_for_ever(f"status {status}", "status", status=status)
    ),
    Trouble("status 503, Retry-After", "status", {"status": 503, "retry_after": 2}),
    Trouble("status 429, Retry-After", "status", {"status": 429, "retry_after": 2}),
    Trouble("status 500, no JSON", "status", {"status": 500, "body": "out of order"}),
    Trouble(
        "200 with an error in it", "status", {"status": 200, "body": {"code": "500", "msg": "broken", "data": None}}
    ),
    *_once_and_for_ever("page with 502", "html", status=502),
    *_once_and_for_ever("redirect", "redirect"),
    *_once_and_for_ever("answer lost", "lost"),
    *_once_and_for_ever("request lost", "lost", before=True),
    *_once_and_for_ever("malformed", "malformed"),
    *_once_and_for_ever("page with 200", "html_ok"),
    # With an empty answer nobody can know whether anything was done, so there is none.
    *_once_and_for_ever("page with 200, nothing done", "html_ok", before=True),
    *_once_and_for_ever("truncated", "truncated"),
    Trouble("truncated, nothing done", "truncated", {"before": True}),
    *_once_and_for_ever("garbage", "garbage"),
    Trouble("garbage, nothing done", "garbage", {"before": True}),
    *_once_and_for_ever("empty", "empty"),
    Trouble("expired token", "expire_token"),
    Trouble("delay", "delay", {"seconds": 0.05}),
    Trouble("begun late", "delay", {"seconds": LATE}, slow=True),
    Trouble("answered late", "late", {"seconds": LATE}, slow=True),
    Trouble("stalled", "stalled", {"seconds": LATE}, slow=True),
]
# An older simulator does not know all of them.
TROUBLES = [trouble for trouble in TROUBLES if trouble.kind in faults.KINDS]


@dataclass(frozen=True)
class Trial:
    scenario: Scenario
    position: int
    trouble: Trouble

    @property
    def overtakes(self) -> bool:
        """Whether the request may be carried out after those that came later: it is sent again, being idempotent."""
        return self.trouble.name == "begun late" and self.request.startswith(("PUT ", "DELETE "))

    @property
    def request(self) -> str:
        entry = self.scenario.requests[self.position]
        return f"{entry['method']} {entry['operation']}"

    def __str__(self) -> str:
        scenario = self.scenario
        return (
            f"[{scenario.style}] {scenario.module}, {scenario.name}, request {self.position + 1} of "
            f"{len(scenario.requests)} ({self.request}), {self.trouble.name}"
        )


def all_trials(found: list[Scenario]) -> Iterator[Trial]:
    for scenario in found:
        for position, trouble in itertools.product(range(len(scenario.requests)), TROUBLES):
            yield Trial(scenario, position, trouble)


def chosen(trials: list[Trial], count: int, *purpose: Any) -> list[Trial]:
    """So many by chance: the kinds of trouble in turn, each at places of its own; writes come up as often as reads."""
    chance = dice("faults", *purpose)
    by_trouble: dict[str, list[Trial]] = {}
    for trial in trials:
        by_trouble.setdefault(trial.trouble.name, []).append(trial)
    names = chance.sample(list(by_trouble), len(by_trouble))
    picked = []
    for name in itertools.islice(itertools.cycle(names), count):
        reads = [trial for trial in by_trouble[name] if trial.request.startswith("GET ")]
        writes = [trial for trial in by_trouble[name] if not trial.request.startswith("GET ")]
        picked.append(chance.choice(chance.choice([reads or writes, writes or reads])))
    return picked


def broken_in(stage: Stage, trial: Trial) -> list[str]:
    """What a trial shows to be broken, with the kind of promise in front."""
    scenario, trouble = trial.scenario, trial.trouble
    stage.restore(scenario.before)
    stage.cloud.fault(trouble.kind, skip=trial.position, **trouble.spec)
    stage.clock.real_pause = 0.02 if trouble.slow else 0.0
    try:
        first = stage.run(scenario.module, scenario.options, hasty=trouble.slow)
    finally:
        stage.clock.real_pause = 0.0
    stage.cloud.clear_faults()
    stage.settle()
    problems = [*_problems_of_first(stage, trial, first)]
    remade = _with_what_was_lost(scenario, first)
    second = stage.run(scenario.module, remade)
    stage.settle()
    problems += _problems_of_second(stage, trial, first, second)
    if second.failed:
        return problems
    third = stage.run(scenario.module, scenario.options)
    if third.failed or ((third.changed or third.writes) and not scenario.repeats):
        problems.append(f"not converged: a further run says {_brief(third)}")
    return problems


def _with_what_was_lost(scenario: Scenario, first: Done) -> dict[str, Any]:
    """The options of a run after one that could not make the successor of what it had deleted."""
    lost = {one["name"]: one["recreate"] for one in first.result.get("results", []) if "recreate" in one}
    key = scenario.module.removeprefix("cloudos_")
    members = [{**one, **lost.get(one["name"], {})} for one in scenario.options.get(key, [])]
    return {**scenario.options, **first.result.get("recreate", {}), **({key: members} if lost else {})}


def _problems_of_first(stage: Stage, trial: Trial, first: Done) -> Iterator[str]:
    scenario = trial.scenario
    if first.raw:
        yield f"raw exception: {first.raw}"
        return
    if stage.tells_a_secret(first):
        yield f"secret told: {first.result}"
    happened = stage.state() != scenario.state_before
    if first.changed and not happened:
        yield f"false changed: nothing happened, and it says {_brief(first)}"
    if first.failed:
        if not first.message.strip() or "Traceback" in first.message:
            yield f"unclear error: {first.message!r}"
        written = [entry for entry in first.log if entry in first.writes and _taken(entry)]
        if written and not first.changed and happened and scenario.done.changed:
            yield f"false unchanged: {written[-1]['operation']} was answered, and it says {_brief(first)}"
        return
    if (first.changed, first.actions) != (scenario.done.changed, scenario.done.actions):
        yield f"other result: {_brief(first)}, without a fault {_brief(scenario.done)}"
    if not trial.overtakes:
        yield from _differences("wrong success", stage, scenario)


def _problems_of_second(stage: Stage, trial: Trial, first: Done, second: Done) -> Iterator[str]:
    if second.raw:
        yield f"raw exception in the run after: {second.raw}"
    elif second.failed:
        yield f"next run fails: {second.message} (the first said {_brief(first)})"
    elif not (first.failed or trial.overtakes or trial.scenario.repeats) and (second.changed or second.writes):
        yield f"not converged: success, and the next run says {_brief(second)}"
    else:
        yield from _differences("wrong end", stage, trial.scenario)


def _differences(kind: str, stage: Stage, scenario: Scenario) -> Iterator[str]:
    objects = stage.objects(scenario.known)
    surplus, lacking = objects - scenario.objects_after, scenario.objects_after - objects
    if surplus or lacking:
        counts = {}
        for sign, what in ((1, surplus), (-1, lacking)):
            for record, count in what.items():
                name = record.partition(":")[0]
                counts[name] = counts.get(name, 0) + sign * count
        two = [name for name, count in counts.items() if count > 0]
        none = [name for name, count in counts.items() if count < 0]
        what = f"{kind}: doubled {two}" if two else f"{kind}: lost {none}" if none else f"{kind}: other objects"
        yield f"{what}: has {sorted(surplus)}, should have {sorted(lacking)}"


def _taken(entry: dict[str, Any]) -> bool:
    return entry["fault"] is None and entry["status"] is not None and entry["status"] < 300


def _brief(done: Done) -> dict[str, Any]:
    return {name: done.result[name] for name in ("failed", "changed", "actions", "msg") if name in done.result}


@pytest.mark.parametrize("module", [*matrix.STATE, *stories.WITHOUT_CASE])
def test_a_fault_doubles_nothing_loses_nothing_and_is_told(module: str, stage: Stage) -> None:
    styles = list(STYLES) if TRIALS else [dice("style", module).choice(list(STYLES))]
    found = [s for style in styles for s in scenarios(stage, module, style, cold=module == COLD)]
    if not found:  # not a module for a plain OpenStack
        found = scenarios(stage, module, "reference")
    trials = list(all_trials(found))
    if not EVERYTHING:
        trials = chosen(trials, int(TRIALS or ORDINARY_TRIALS), module)
    broken = [f"{trial}: {problem}" for trial in _in_order(trials) for problem in _judged(stage, trial)]
    if broken:
        pytest.fail("\n".join(broken), pytrace=False)


def _in_order(trials: list[Trial]) -> list[Trial]:
    return sorted(trials, key=lambda trial: trial.scenario.style)


def _judged(stage: Stage, trial: Trial) -> list[str]:
    stage.turn_to(trial.scenario.style)
    return broken_in(stage, trial)
