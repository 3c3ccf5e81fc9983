# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How to converge: find, compare, plan, apply, wait, result.

    options ──> desired state ──┐
                                ├──> plan (a list of steps) ──> apply ──> wait ──> result
    API ─────> current state ───┘        (check mode ends here)

The plan is data. Check mode and a real run make the same one; what is not in it is never sent.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..model.coercion import filled, is_open
from ..model.context import Context
from ..model.observation import Observation
from ..model.plan import Plan, Step, Wait, gone
from ..model.resource import Resource
from . import approval, checked_play, planning
from .appearance import appearance
from .diff import diff
from .exclusion import exclusive
from .looks import LONGEST_PAUSE, Taken
from .outcomes import with_warnings
from .planning import find, make_plan
from .steps import execute_step
from .waiting import Watch, wait_for


def converge(resource: Resource, run: Context) -> Json:
    """Bring the object to its wanted state; returns the task result without `invocation`.

    Raises:
        CloudError: in any of its forms, when it cannot be done.
    """
    resource.check(run)
    approval.prepare(run)
    names = () if run.check_mode else resource.exclusive_names(run.options)
    with exclusive(run.client.connection.place, names):
        run, plan = planning.plan(resource, run)
        # Before anything is done, so that check mode shows the same.
        shown, own_id = _shown(resource, run, plan), approval.identity(resource, run, plan)
        if run.check_mode:
            approval.demand(resource, run, plan)
            approval.record(run, [approval.proposal(resource, run, plan)])
            outcome = Outcome(plan, checked_play.remember(run, resource, plan))
        else:
            outcome = apply(resource, run, plan)
            checked_play.forget(run, resource, outcome.final or plan.before)
    result = {
        "changed": bool(outcome.plan.steps),
        "actions": outcome.plan.actions,
        resource.name: outcome.final,
        "diff": shown if outcome.plan is plan else _shown(resource, run, outcome.plan),
        "plan_id": own_id if outcome.plan is plan else approval.identity(resource, run, outcome.plan),
    }
    return with_warnings(run, result)


def _shown(resource: Resource, run: Context, plan: Plan) -> t.Optional[Json]:
    return diff(resource, run, plan) if run.shows_diff else None


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What came of a plan: the plan that was carried out in the end, and the object as it is then."""

    plan: Plan
    final: t.Optional[Json]


def apply(resource: Resource, run: Context, plan: Plan) -> Outcome:
    """Take the steps of a plan, waiting where it says so."""
    work = execute_plan(resource, run, plan)
    seen = None
    while True:
        try:
            watch = work.send(seen)
        except StopIteration as end:
            return t.cast(Outcome, end.value)
        seen = wait_for(watch)


def execute_plan(resource: Resource, run: Context, plan: Plan) -> Work:
    """The same as work that rests at each watch, and goes on with what was seen when it was over.

    Where the platform refuses a creation because another process has just made the object, a new plan is made and
    carried out, if it is the one that users want nothing else than. Where the successor of a deleted object cannot be
    made, the error carries the options that make it.
    """
    plan = yield from _once_at_rest(resource, run, plan)
    approval.demand(resource, run, plan)
    try:
        return Outcome(plan, (yield from _take_steps(resource, run, plan)))
    except CloudError as error:
        another = _made_by_another(resource, run, plan, error)
        if not another:
            if plan.recreate and not run.journal.created:
                error.recreate = dict(plan.recreate)
                error.hint = f"{error.hint or ''} {_HOW_TO_RECREATE}".strip()
            raise
    return (yield from execute_plan(resource, run, make_plan(resource, run, another)))


def _once_at_rest(resource: Resource, run: Context, plan: Plan) -> t.Generator[Watch, t.Optional[Json], Plan]:
    """The plan itself; where the platform is still at other work, the plan that is made when that has ended."""
    work = resource.work_in_the_way(run, plan) if plan.steps and run.waits else None
    if work is None:
        return plan
    found, wait = work
    yield Watch(resource, run, Observation(found), wait, "wait")
    resource.invalidate(run)
    return make_plan(resource, *find(resource, run))


_HOW_TO_RECREATE = (
    "The old one may be deleted already: run the task again with its own options and those in recreate of this result "
    "to make its successor."
)


def _made_by_another(resource: Resource, run: Context, plan: Plan, error: CloudError) -> Observation:
    """The object that a creation was refused for (409), where nothing was there before."""
    if error.status != 409 or run.journal.completed_actions or plan.before or plan.after is None:
        return Observation()
    resource.invalidate(run)
    return resource.find_again(run, plan.before)


def _take_steps(resource: Resource, run: Context, plan: Plan) -> t.Generator[Watch, t.Optional[Json], t.Optional[Json]]:
    found = plan.before
    disturbs = run.waits or any(step.wait for step in plan.steps)
    if found and disturbs and not (resource.deleted_at_any_time and not plan.after):
        busy = resource.pending_wait(run, found)
        found = Observation.of((yield Watch(resource, run, found, busy, "wait"))) if busy else found
    latest: t.Optional[Json] = found
    for step in plan.steps:
        last = step is plan.steps[-1]
        if step.creates and plan.before:
            run = run.with_options(resource.options_of_successor(run, plan))
        taken = execute_step(resource, run, step, found)
        if taken.is_certain:
            run.journal.completed_actions.append(step.action)
        latest = taken.seen
        if step.creates:
            found = latest = yield from _created(resource, run, step, found, taken)
        wait = step.wait_after_upload(taken.md5) if step.wait_after_upload and taken.md5 else step.wait
        if wait and (run.waits or not last):
            watch = Watch(resource, run, found, wait, step.action, is_new=_is_new(resource, plan, step))
            found, seen = yield from _watched(watch, step)
            found = latest = found if wait.read else Observation.of(seen) if seen else found.gone()
        if not taken.is_certain:
            run.journal.completed_actions.append(step.action)
    if plan.after and plan.steps and run.waits and plan.steps[-1].wait and plan.steps[-1].wait.read:
        latest = resource.fetch(run, found)
    return _final(resource, run, plan, found, latest)


def _created(
    resource: Resource, run: Context, step: Step, old: Observation, taken: Taken
) -> t.Generator[Watch, t.Optional[Json], Observation]:
    """The object that a step has made, which is searched for where the answer has no ID."""
    is_known = bool(taken.seen and taken.seen.get(resource.id_field))
    made = taken.seen if is_known else (yield appearance(resource, run, step, old))
    run.journal.created = created = Observation(made, siblings=old.siblings)
    approval.note_made(run, created.get(resource.id_field))
    return created


def _watched(watch: Watch, step: Step) -> t.Generator[Watch, t.Optional[Json], tuple[Observation, t.Optional[Json]]]:
    """The object at the end of a wait, and what was seen of it then.

    A new object that failed for a reason that passes by itself is deleted by its ID and created again.
    """
    resource, run = watch.resource, watch.run
    while True:
        seen = yield watch
        if not watch.failed_for_now:
            return watch.found, seen
        failed = watch.found
        for delete in resource.delete_steps(run, failed):
            execute_step(resource, run, delete, failed)
            wait = dataclasses.replace(delete.wait or Wait(gone), first=LONGEST_PAUSE)
            yield Watch(resource, run, failed, wait, delete.action)
        run.journal.created = Observation()
        taken = execute_step(resource, run, step, failed)
        watch = dataclasses.replace(watch, found=(yield from _created(resource, run, step, failed, taken)))


def _is_new(resource: Resource, plan: Plan, step: Step) -> bool:
    return step.creates and not plan.before and resource.may_have_namesakes


def _final(
    resource: Resource, run: Context, plan: Plan, found: t.Optional[Json], latest: t.Optional[Json]
) -> t.Optional[Json]:
    if plan.after is None:
        return None
    asked = {name: value for name, value in plan.after.items() if name in plan.asked}
    if not plan.steps:
        return {**_nothing(plan), **asked, **_known(found)}
    if plan.steps[-1].wait and run.waits:
        return {**_nothing(plan), **asked, **_known(latest)}
    # The answer of a write may be incomplete or show the old values: what was asked for counts. What that leaves to the
    # platform is in the answer.
    begun = plan.after if any(step.creates for step in plan.steps) else {}
    known = {**_nothing(plan), **begun, **_known(found)}
    known.update({name: filled(value, known.get(name)) for name, value in _known(latest).items()})
    answered = {**(_known(found) if begun else {}), **_known(latest)}
    asked = {name: value for name, value in asked.items() if name not in answered or not is_open(value)}
    return {**known, **asked, **({resource.id_field: found.get(resource.id_field)} if found else {})}


def _nothing(plan: Plan) -> Json:
    return dict.fromkeys(plan.after or {})


def _known(seen: t.Optional[Json]) -> Json:
    return {name: value for name, value in (seen or {}).items() if value is not None}


#: what carries out a plan: it yields what it waits for, is sent what was seen at the end, and returns the outcome
Work = t.Generator[Watch, t.Optional[Json], Outcome]
