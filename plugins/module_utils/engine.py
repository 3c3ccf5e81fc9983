# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to converge: find, compare, plan, apply, wait, result.

    options ──> desired state ──┐
                                ├──> plan (a list of steps) ──> apply ──> wait ──> result
    API ─────> current state ───┘        (check mode ends here)

The plan is data. Check mode and a real run make the same one; what is not in it is never sent.
"""

from __future__ import annotations

import collections
import dataclasses
import time
import typing as t

from . import check_memory
from .errors import AnswerLost, CloudError, OptionError, WaitError
from .exclusion import exclusive
from .fields import Field, check_filled, filled
from .plan import FIRST_PAUSE, OWN_ID, READY, Failed, Plan, Step, Wait
from .resource import Filter, Resource
from .run import Run
from .secrets import is_secret_key

# How the pause between two looks at an object grows, and the longest one in seconds.
PAUSE_GROWTH = 1.3
LONGEST_PAUSE = 5.0

# How often a new object is looked for that has to be there.
_LOOKS_FOR_NEW = 5
# Seconds for which the effect of a write is looked for at least when its answer did not arrive: a platform that is
# slower than the client waits carries it out all the same, and none answers later than its own time-outs.
_PATIENCE_FOR_LOST = 60.0
_REFUSALS = frozenset({400, 403, 404, 405, 501})

HIDDEN = "********"


def converge(resource: Resource, run: Run) -> dict:
    """Bring the object to its wanted state; returns the task result without `invocation`.

    Raises:
        CloudError: in any of its forms, when it cannot be done.
    """
    resource.check(run)
    names = () if run.check_mode else resource.exclusive_names(run.options)
    with exclusive(run.client.connection.place, names):
        plan = make_plan(resource, run, find(resource, run))
        shown = diff(resource, run, plan)  # before anything is done, so that check mode shows the same
        if run.check_mode:
            outcome = Outcome(plan, check_memory.remember(run, resource, plan))
        else:
            outcome = apply(resource, run, plan)
            check_memory.forget(run, resource, outcome.final or plan.before)
    result = {
        "changed": bool(outcome.plan.steps),
        "actions": outcome.plan.actions,
        resource.name: outcome.final,
        "diff": shown if outcome.plan is plan else diff(resource, run, outcome.plan),
    }
    if run.warnings:
        result["warnings"] = list(dict.fromkeys(run.warnings))
    return result


def find(resource: Resource, run: Run) -> t.Optional[dict]:
    """The object that the options name.

    What replaced an object has another id than the one it is given with, and is found by the name beside it.
    """
    found = check_memory.find(run, resource)
    options = run.options
    if found or not (options.get("replace") and options.get("id")) or resource.takes_id or not _is_named(resource, run):
        return found
    run.options = {**options, "id": None}
    return check_memory.find(run, resource)


def _is_named(resource: Resource, run: Run) -> bool:
    """Whether the options identify the object by more than an id that its successor does not get."""
    return any(run.options.get(name) is not None for name in resource.identified_by if name != "id")


def failure(run: Run, error: CloudError) -> dict:
    """A failure, with what had been done before it, so that nothing is lost."""
    result = {"failed": True, "changed": bool(run.done), **run.client.redactor.data(error.as_result())}
    if run.done:
        result["actions"] = run.done
    if run.touched:
        result["id"] = run.touched.get("id")
    if error.recreate:
        result["recreate"] = error.recreate
    return result


def make_plan(resource: Resource, run: Run, current: t.Optional[dict]) -> Plan:
    """The steps from the current state to the wanted one."""
    if run.options.get("state") == "absent":
        steps = resource.delete_steps(run, current) if current else []
        return Plan(tuple(steps), before=current)
    desired = resource.desired(run, current)
    if current is None:
        return _creation(resource, run, None, desired)
    why = resource.broken(current)
    if why:  # a list may leave out the reason
        current = resource.fetch(run, current) or current
        why = resource.broken(current)
    if why and not run.options.get("replace"):
        raise CloudError(
            f"{_whose(resource, run, current)} is broken: {why}", hint="Use replace: true to delete and create it."
        )
    changes = resource.changes(run, current, desired)
    if "name" in changes:
        _demand_free_name(resource, run, current)
    fixed = sorted(field.name for field in resource.fields if field.name in changes and not field.changes)
    if fixed or why:
        if run.options.get("replace"):
            return _replacement(resource, run, current, desired)
        raise OptionError(_cannot_change(resource, run, current, desired, fixed))
    steps = resource.update_steps(run, current, desired, changes)
    after = resource.predict(run, current, {name: desired.get(name) for name in changes}) if steps else current
    return Plan(tuple(steps), before=current, after=after, asked=_asked(desired))


def _creation(resource: Resource, run: Run, before: t.Optional[dict], desired: dict) -> Plan:
    if run.options.get("id") is not None and not resource.takes_id and before is None:
        raise OptionError(f"id: there is no {resource.noun} {run.options['id']!r}.")
    for name, value in resource.initial_values(run).items():
        if desired.get(name) is None:
            desired[name] = value
    missing = resource.missing(run, desired)
    if missing:
        why = (
            "The platform does not tell them of the old one."
            if before
            else f"There is none yet that {resource.which(run.options)}."
        )
        if run.is_blind and before is None:
            return _unknown(resource, run, desired, missing)
        raise OptionError(f"A new {resource.noun} needs {', '.join(missing)}.", hint=why)
    steps = resource.create_steps(run, desired)
    return Plan(
        tuple(steps),
        before=before,
        after=resource.predict(run, None, desired),
        asked=_asked(desired),
        recreate=_recreate(resource, desired) if before else None,
    )


def _recreate(resource: Resource, desired: dict) -> dict:
    """The options that make the successor of an object, without secrets."""
    more = {name: desired[name] for name in resource.more_options if desired.get(name) is not None}
    return {
        **more,
        **{
            field.name: list(value) if isinstance(value, tuple) else value
            for field in resource.fields
            if field.option is not None and field.name != "id"
            for value in [desired.get(field.name)]
            if value is not None and not field.holds_secret(value)
        },
    }


def _unknown(resource: Resource, run: Run, desired: dict, missing: list[str]) -> Plan:
    """What can be said of an object that only an earlier task can make, where nobody knows how it would."""
    run.warnings.append(
        f"There is no {resource.noun} yet that {resource.which(run.options)}. An earlier task would have to create it; "
        f"here {', '.join(missing)} would be missing."
    )
    after = Resource.predict(resource, run, None, desired)
    return Plan((Step("update", resource.create_operation),), after=after, asked=_asked(desired))


def _asked(desired: dict) -> frozenset:
    return frozenset(name for name, value in desired.items() if value is not None)


def _demand_free_name(resource: Resource, run: Run, current: dict) -> None:
    """Refuse a new name that another object bears already, where the list shows it."""
    name, own_id = run.options["name"], str(current[resource.id_field])
    others = sorted({resource.id_of(raw) for raw in resource.bearers_of(run, name)} - {own_id})
    if others:
        raise OptionError(
            f"name: {name!r} is the name of another {resource.noun} already ({', '.join(others)}); "
            f"{_whose(resource, run, current)} was not renamed."
        )


def _replacement(resource: Resource, run: Run, current: dict, desired: dict) -> Plan:
    """Delete and create; what the options do not say is taken over from the old object.

    Nothing is deleted before it is certain, as far as can be seen, that the successor can be made.
    """
    if run.options.get("id") and not resource.takes_id and not _is_named(resource, run):
        names = " and ".join(name for name in resource.identified_by if name != "id")
        raise OptionError(
            f"replace: the successor gets another id. Specify {names} beside id, so that the next run finds it."
        )
    given = {n: value for n, value in desired.items() if value is not None and (n != "id" or resource.takes_id)}
    creation = _creation(resource, run, current, {**resource.taken_over(run, current), **given})
    _demand_room_for_successor(resource, run, creation)
    return dataclasses.replace(creation, steps=(*resource.delete_steps(run, current), *creation.steps))


def _demand_room_for_successor(resource: Resource, run: Run, creation: Plan) -> None:
    needed = collections.Counter(resource.demand(run, creation))
    needed.subtract(resource.demand(run, dataclasses.replace(creation, after=creation.before)))
    short = shortfall(resource, run, {name: amount for name, amount in needed.items() if amount > 0})
    if short:
        raise OptionError(
            f"The quota of the project has no room for the successor of {_whose(resource, run, creation.before)}: "
            f"{short}.",
            hint="Nothing was changed.",
        )


def shortfall(resource: Resource, run: Run, demand: t.Mapping[str, int]) -> str:
    """What the quota of the project has no room for, for people; empty if all of it fits."""
    if not demand:
        return ""
    room = resource.room(run)
    return "; ".join(
        f"{name} {amount}{room[name].unit} needed, {max(0, room[name].allowed - room[name].used)} left "
        f"of {room[name].allowed}"
        for name, amount in sorted(demand.items())
        if name in room and amount > room[name].allowed - room[name].used
    )


def _cannot_change(resource: Resource, run: Run, current: dict, desired: dict, names: list[str]) -> str:
    fields = {field.name: field for field in resource.fields}
    details = [
        f"{n} is {run.label(fields[n], current.get(n))!r}, wanted {run.label(fields[n], desired[n])!r}" for n in names
    ]
    return (
        f"The platform cannot change {', '.join(names)} of an existing {resource.noun} ({'; '.join(details)}). "
        "Use replace: true to delete and create it."
    )


# --- applying ----------------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What came of a plan: the plan that was carried out in the end, and the object as it is then."""

    plan: Plan
    final: t.Optional[dict]


def apply(resource: Resource, run: Run, plan: Plan) -> Outcome:
    """Take the steps of a plan, waiting where it says so."""
    work = carry_out(resource, run, plan)
    seen = None
    while True:
        try:
            watch = work.send(seen)
        except StopIteration as end:
            return end.value
        seen = wait_for(watch)


def carry_out(resource: Resource, run: Run, plan: Plan) -> Work:
    """The same as work that rests at each watch, and goes on with what was seen when it was over.

    Where the platform refuses a creation because another process has just made the object, a new plan is made and
    carried out. Where the successor of a deleted object cannot be made, the error carries the options that make it.
    """
    try:
        return Outcome(plan, (yield from _take_steps(resource, run, plan)))
    except CloudError as error:
        another = _made_by_another(resource, run, plan, error)
        if another is None:
            if plan.recreate and not run.touched:
                error.recreate = dict(plan.recreate)
                error.hint = f"{error.hint or ''} {_HOW_TO_RECREATE}".strip()
            raise
    return (yield from carry_out(resource, run, make_plan(resource, run, another)))


_HOW_TO_RECREATE = (
    "The old one may be deleted already: run the task again with its own options and those in recreate of this result "
    "to make its successor."
)


def _made_by_another(resource: Resource, run: Run, plan: Plan, error: CloudError) -> t.Optional[dict]:
    """The object that a creation was refused for (409), where nothing was there before."""
    if error.status != 409 or run.done or plan.before or plan.after is None:
        return None
    resource.forget(run)
    return resource.find(run)


def _take_steps(resource: Resource, run: Run, plan: Plan) -> t.Generator[Watch, t.Optional[dict], t.Optional[dict]]:
    found = plan.before
    disturbs = run.waits or any(step.wait for step in plan.steps)
    if found and disturbs and not (resource.deleted_at_any_time and not plan.after):
        busy = resource.unsettled(run, found)
        found = (yield Watch(resource, run, found, busy, "wait")) if busy else found
    latest = found
    for step in plan.steps:
        last = step is plan.steps[-1]
        if step.creates and plan.before:
            run.options = _of_successor(run, plan)
        taken = perform(resource, run, step, found)
        if taken.is_certain:
            run.done.append(step.action)
        latest = taken.seen
        if step.creates:
            found = run.touched = latest = _made(resource, run, step, found, taken.seen)
        if step.wait and (run.waits or not last):
            seen = yield Watch(resource, run, found, step.wait, step.action, is_new=_is_new(resource, plan, step))
            found = latest = seen if step.wait.read is None else found
        if not taken.is_certain:
            run.done.append(step.action)
    if plan.after and plan.steps and run.waits and plan.steps[-1].wait and plan.steps[-1].wait.read:
        latest = resource.fetch(run, found)
    return _final(resource, run, plan, found, latest)


def _is_new(resource: Resource, plan: Plan, step: Step) -> bool:
    return step.creates and plan.before is None and resource.may_have_namesakes


def _of_successor(run: Run, plan: Plan) -> dict:
    """The options that find what takes the place of an object: it has another id, and takes over what is not given."""
    taken_over = {name: (plan.after or {}).get(name) for name in plan.asked}
    return {**run.options, **{n: v for n, v in taken_over.items() if run.options.get(n) is None}, "id": None}


def _final(
    resource: Resource, run: Run, plan: Plan, found: t.Optional[dict], latest: t.Optional[dict]
) -> t.Optional[dict]:
    if plan.after is None:
        return None
    asked = {name: value for name, value in plan.after.items() if name in plan.asked}
    if not plan.steps:
        return {**_nothing(plan), **asked, **_told(found)}
    if plan.steps[-1].wait and run.waits:
        return {**_nothing(plan), **asked, **_told(latest)}
    # The answer of a write may be incomplete or show the old values: what was asked for counts.
    begun = plan.after if any(step.creates for step in plan.steps) else {}
    known = {**_nothing(plan), **begun, **_told(found)}
    known.update({name: filled(value, known.get(name)) for name, value in _told(latest).items()})
    return {**known, **asked, **({resource.id_field: found.get(resource.id_field)} if found else {})}


def _nothing(plan: Plan) -> dict:
    return dict.fromkeys(plan.after or {})


def _told(seen: t.Optional[dict]) -> dict:
    return {name: value for name, value in (seen or {}).items() if value is not None}


class Taken(t.NamedTuple):
    """A step that was sent: the object as its answer shows it, and whether it is certain that it was carried out."""

    seen: t.Optional[dict]
    is_certain: bool = True


def perform(resource: Resource, run: Run, step: Step, found: t.Optional[dict]) -> Taken:
    """Take one step. A write whose answer was lost is never sent again: what came of it is looked for.

    Raises:
        AnswerLost: nothing shows whether it was carried out.
        CloudError: the platform refused it; a conflict with work that passes is sent again, up to `api_retries` times.
    """
    for tries_left in range(run.client.connection.retries, -1, -1):
        try:
            return Taken(_send(resource, run, step, found))
        except AnswerLost as error:
            return _after_lost_answer(resource, run, step, found, error)
        except CloudError as error:
            _advise(resource, step, error)
            if not tries_left or error.status != 409 or not _is_busy(error, step):
                raise
        time.sleep(FIRST_PAUSE)
        if not step.unseen and _is_ready(resource, run, step, found):
            return Taken(found)
    raise AssertionError("unreachable")


def _advise(resource: Resource, step: Step, error: CloudError) -> None:
    """Tell people what to do about a refusal, where resource or step know it."""
    if step.hint and error.status in _REFUSALS:
        error.hint = step.hint
    if step.creates and error.status == 409:
        error.hint = resource.conflict_hint


def _is_busy(error: CloudError, step: Step) -> bool:
    """Whether a conflict passes: with a background action before this one, or another that holds the object's lock."""
    return not step.creates and (step.wait is not None or "locked" in error.message)


def _is_ready(resource: Resource, run: Run, step: Step, found: t.Optional[dict]) -> bool:
    """Whether a look shows the effect of a step."""
    if step.operation is resource.delete_operation and step.operation.method == "POST":
        return resource.find(run) is None
    wait = step.proof or step.wait
    return wait is not None and wait.judge(_look(resource, run, wait, found)) == READY


# --- lost answers ------------------------------------------------------------------------------------------------


def _after_lost_answer(resource: Resource, run: Run, step: Step, found: t.Optional[dict], error: AnswerLost) -> Taken:
    """What a step that was sent once came to, as far as looks can show it.

    Raises:
        AnswerLost: no sign of it showed up for longer than any answer takes.
    """
    if step.operation.once:
        return _taken_once(resource, run, step, found, error)
    patience = _patience(run)
    deadline = time.monotonic() + patience
    pause = FIRST_PAUSE
    while True:
        time.sleep(pause)
        pause = min(max(pause, FIRST_PAUSE) * PAUSE_GROWTH, LONGEST_PAUSE)
        if step.creates:
            made = _find_new(resource, run, found)
            if made:
                return Taken(made)
        elif _is_taken(resource, run, step, found):
            return Taken(found)
        if time.monotonic() >= deadline:
            break
    error.hint = (
        f"It was not sent again, because that might do it twice; looking for {patience:g} s showed no sign of it. "
        "It may still be carried out: see how things are before the task runs again."
    )
    raise error


def _patience(run: Run) -> float:
    """Seconds for which the effect of a write is looked for when its answer did not arrive."""
    return max(run.client.connection.timeout, _PATIENCE_FOR_LOST)


def _is_taken(resource: Resource, run: Run, step: Step, found: t.Optional[dict]) -> bool:
    """Whether a look shows that a step was carried out, or that the platform is at it."""
    resource.forget(run)
    if step.operation is resource.delete_operation:
        seen = resource.find(run)
        return seen is None or _has_become_busy(resource, run, found, seen)
    wait = step.proof or step.wait
    if wait is None:
        return False
    seen = _look(resource, run, wait, found)
    if not step.unseen and wait.judge(seen) == READY:
        return True
    if wait.read is not None or seen is None:
        return False
    return seen.get(resource.status_field) in wait.nudges or _has_become_busy(resource, run, found, seen)


def _has_become_busy(resource: Resource, run: Run, before: t.Optional[dict], seen: dict) -> bool:
    """Whether the platform works on an object that was at rest when the step was sent."""
    if resource.unsettled(run, seen) is None:
        return False
    return before is None or resource.unsettled(run, before) is None


def _taken_once(resource: Resource, run: Run, step: Step, found: t.Optional[dict], error: AnswerLost) -> Taken:
    """A step whose effect no look can show counts as taken where its end is waited for; else only people can tell."""
    if step.wait is None or not run.waits:
        error.hint = "It was not sent again, because that might do it twice. See whether it was carried out."
        raise error
    run.warnings.append(
        f"{step.action}: the answer was lost. It was not sent again, because that might do it twice; its effect is "
        "waited for instead."
    )
    return Taken(None if step.creates else found, is_certain=False)


def _look(resource: Resource, run: Run, wait: Wait, found: t.Optional[dict]) -> t.Optional[dict]:
    return (wait.read or resource.fetch)(run, found)


def _send(resource: Resource, run: Run, step: Step, found: t.Optional[dict]) -> t.Optional[dict]:
    resource.forget(run)
    params = {name: value(run, found) if callable(value) else value for name, value in step.params.items()}
    if found and not step.creates:
        params.setdefault(resource.id_param, found[resource.id_field])
    client = run.client
    if step.upload:
        run.sent_md5 = client.upload(step.operation, params, step.upload)
        return None
    if step.download:
        client.download(step.operation, params, step.download, (found or {}).get("checksum"))
        return None
    if step.operation.method == "DELETE" or step.operation is resource.delete_operation:
        _delete(resource, run, step, params, _addressed(resource, step, found))
        return None
    raw = resource.unwrap(_call(run, step, params, _addressed(resource, step, found)))
    told = resource.read(raw) if raw else {}
    if not step.creates:
        return told if found and told.get(resource.id_field) == found[resource.id_field] else None
    # What the reference does not document may be anything, such as the ID of another object.
    return told if step.operation.answers else {}


def _call(run: Run, step: Step, params: dict, body: t.Any) -> t.Any:
    """Send a body; where the platform refuses it, the same in the other spelling that the step has."""
    try:
        return run.client.call(step.operation, params, step.query, body)
    except CloudError as error:
        if error.status != 400 or step.instead is None:
            raise
        refusal = error
    try:
        return run.client.call(step.operation, params, step.query, step.instead)
    except CloudError as error:
        if error.status != 400:
            raise
        refusal.hint = f"Written in another way it was refused, too: {error.message}"
    raise refusal


def _addressed(resource: Resource, step: Step, found: t.Optional[dict]) -> t.Any:
    """The body of a step with the id of the object in it."""
    if not isinstance(step.body, dict):
        return step.body
    return {
        name: (found or {}).get(resource.id_field) if value == OWN_ID else value for name, value in step.body.items()
    }


def _delete(resource: Resource, run: Run, step: Step, params: dict, body: t.Any) -> None:
    """Delete; 404 is done, unless the object is still there: then the platform does not know the operation."""
    whole = step.operation is resource.delete_operation
    try:
        run.client.call(step.operation, params, step.query, body)
    except CloudError as error:
        absent = resource.absence if whole else {404}
        if error.status in absent and not (whole and resource.find(run)):
            return
        if whole and resource.delete_hint and error.status in _REFUSALS:
            error.hint = resource.delete_hint
        raise


def _made(resource: Resource, run: Run, step: Step, old: t.Optional[dict], seen: t.Optional[dict]) -> dict:
    """The new object. Where the answer has no id of it, it may take a moment to show up in lists.

    Where it is waited for, it may take as long as the user waits.
    """
    if seen and seen.get(resource.id_field):
        return seen
    patience = run.options.get("wait_timeout", resource.wait_timeout) if step.wait and run.waits else None
    deadline = time.monotonic() + (patience or 0)
    looks = 0
    while looks < _LOOKS_FOR_NEW or time.monotonic() < deadline:
        looks += 1
        made = _find_new(resource, run, old)
        if made:
            return made
        time.sleep(FIRST_PAUSE)
    raise CloudError(f"{step.operation.id}: the platform took the request, but no such {resource.noun} appeared.")


def _find_new(resource: Resource, run: Run, old: t.Optional[dict]) -> t.Optional[dict]:
    """The object that the options name, unless it is still the one that it takes the place of."""
    resource.forget(run)
    made = resource.find(run)
    keeps_id = resource.takes_id or resource.id_field == "name"
    is_old = made and old and made[resource.id_field] == old[resource.id_field] and not keeps_id
    return None if is_old else made


@dataclasses.dataclass
class Watch:
    """An object that the platform works on, and what is waited for after an action on it."""

    resource: Resource
    run: Run
    found: t.Optional[dict]
    wait: Wait
    action: str
    #: whether the object was made just before, so that another process may have made one of its name at the same time
    is_new: bool = False
    #: the last status that was seen, and what the platform was doing then, for people
    status: t.Optional[str] = None
    doing: t.Optional[str] = None

    def __post_init__(self) -> None:
        self._timeout = self.wait.timeout or self.run.options.get("wait_timeout", self.resource.wait_timeout)
        self.deadline = time.monotonic() + self._timeout
        self._nudged: set[str] = set()

    def look(self) -> t.Optional[dict]:
        """What is looked at, as it is now. The first look at a new object is at the list that shows its namesakes."""
        if self.is_new and self.wait.read is None:
            own = self.check_namesakes(self._list())
            if own:
                return self.resource.seen(self.run, own)
        return _look(self.resource, self.run, self.wait, self.found)

    def _list(self) -> list[dict]:
        self.resource.forget(self.run)
        try:
            return self.resource.search(self.run)
        except CloudError:
            return []  # what cannot be listed is looked at all the same

    def check_namesakes(self, listed: t.Sequence[dict]) -> t.Optional[dict]:
        """The new object as a list shows it.

        Raises:
            CloudError: it has an older namesake, which another process made at the same time.
        """
        self.is_new = False
        resource, own_id = self.resource, str((self.found or {}).get(self.resource.id_field))
        own = next((raw for raw in listed if resource.id_of(raw) == own_id), None)
        name = self.run.options.get("name")
        if own is None or not name:
            return own
        age = resource.age_of(own)
        older = sorted(resource.id_of(raw) for raw in listed if raw.get("name") == name and resource.age_of(raw) < age)
        if older:
            raise CloudError(
                f"{self._whose} was made while another process made one of the same name: {', '.join(older)}.",
                hint=f"Both exist now. Delete the one that is not wanted by its id (state: absent, id: {own_id}).",
            )
        return own

    def is_over(self, seen: t.Optional[dict]) -> bool:
        """Whether what was seen is what is waited for; where the platform waits for the user, it is told to go on.

        Raises:
            WaitError: the object failed (with the platform's own text), or wait_timeout seconds went by.
        """
        outcome = self.wait.judge(seen)
        if outcome == READY:
            return True
        if isinstance(outcome, Failed):
            raise WaitError(f"{self._whose} failed: {self.run.client.redactor.text(outcome.why)}")
        self.status = str((seen or {}).get(self.resource.status_field))
        self.doing = self.resource.doing(seen or {})
        if self.status in self.wait.nudges and self.status not in self._nudged:
            self._nudged.add(self.status)
            perform(self.resource, self.run, self.wait.nudges[self.status], self.found)
        if time.monotonic() >= self.deadline:
            raise self._too_late(seen or {})
        return False

    @property
    def _whose(self) -> str:
        return _whose(self.resource, self.run, self.found)

    def _too_late(self, seen: dict) -> WaitError:
        last = f"; last status: {self.status}" if self.resource.status_field in seen else ""
        last += f" ({self.doing})" if self.doing else ""
        hint = "run the task again" + (", or raise wait_timeout." if self.wait.timeout is None else ".")
        return WaitError(
            f"{self._whose} is not ready {self._timeout} s after {self.action!r}{last}.",
            hint=f"It may still get there: {hint}",
        )


#: what carries out a plan: it yields what it waits for, is sent what was seen at the end, and returns the outcome
Work = t.Generator[Watch, t.Optional[dict], Outcome]


def wait_for(watch: Watch) -> t.Optional[dict]:
    """Look until it is over, and return what was seen then; raises what Watch.is_over() raises."""
    pause = watch.wait.first
    while True:
        time.sleep(max(0.0, min(pause, watch.deadline - time.monotonic())))
        pause = min(max(pause, FIRST_PAUSE) * PAUSE_GROWTH, LONGEST_PAUSE) if pause else FIRST_PAUSE
        seen = watch.look()
        if watch.is_over(seen):
            return seen


def _whose(resource: Resource, run: Run, found: t.Optional[dict]) -> str:
    """The object for people: by its name, where it has one, and its id."""
    found = found or {}
    name, own_id = found.get("name") or run.options.get("name"), found.get(resource.id_field)
    return f"The {resource.noun} {name} ({own_id})" if name else f"The {resource.noun} {own_id}"


# --- showing -----------------------------------------------------------------------------------------------------


def diff(resource: Resource, run: Run, plan: Plan) -> dict:
    """Before and after, for people; secrets only as far as that they are set anew."""
    before, after = _view(resource, run, plan.before), _view(resource, run, plan.after)
    if plan.steps and plan.after is not None:
        for field in resource.fields:
            if not _sets(plan, run, field):
                continue
            if field.secret:
                after[field.name] = HIDDEN
            else:
                hidden = {key: HIDDEN for key, value in run.options[field.name].items() if value and is_secret_key(key)}
                after[field.name] = {**after.get(field.name, {}), **hidden}
    return {"before": before, "after": after}


def _sets(plan: Plan, run: Run, field: Field) -> bool:
    if not field.holds_secret(run.options.get(field.name)):
        return False
    return "create" in plan.actions or (field.changes and run.options.get("update_password") == "always")


def _view(resource: Resource, run: Run, found: t.Optional[dict]) -> dict:
    if found is None:
        return {}
    return {
        field.name: run.label(field, found[field.name])
        for field in resource.fields
        if field.option is not None and field.shown and found.get(field.name) is not None
    }


# --- reading only ------------------------------------------------------------------------------------------------


def _filter_value(run: Run, name: str, option: Filter) -> t.Any:
    value = run.options.get(name)
    return run.resolve(option.kind, value, name) if value is not None and option.kind else value


def gather(resource: Resource, run: Run) -> dict:
    """The objects that match name, id and the API's own filters, as the result of a read-only module.

    They are read anew each time: who asks with `until` asks whether something has changed.
    """
    run.memory = None
    check_filled(run.options, ("id", "name", *resource.filters, *resource.more_info_options))
    resource.forget(run)
    if not run.options.get("detail", True):
        return {"changed": False, resource.plural: _short_list(resource, run)}
    query = {option.parameter: _filter_value(run, name, option) for name, option in resource.filters.items()}
    name = run.options.get("name")
    wanted_id = name if resource.id_field == "name" else run.options.get("id")
    if wanted_id and resource.get_operation:
        found = resource.fetch(run, {resource.id_field: wanted_id})
        objects = [found] if found and resource.belongs(found) else []
    else:
        objects = [resource.read(raw) for raw in resource.search(run, query)]
        objects = [found for found in objects if wanted_id is None or str(found[resource.id_field]) == wanted_id]
    objects = [found for found in objects if name is None or found["name"] == name]
    return {"changed": False, resource.plural: resource.complete_all(run, objects), **resource.beside(run)}


def _short_list(resource: Resource, run: Run) -> list[dict]:
    """Id and name of each object, from the list that has no more."""
    wanted = {name: run.options[name] for name in ("id", "name") if run.options.get(name) is not None}
    further = [name for name in resource.filters if run.options.get(name) is not None]
    further += [name for name in resource.more_info_options if run.options.get(name) != _default_of(resource, name)]
    if further:
        raise OptionError(f"{', '.join(further)}: not with detail: false; the short list has ids and names only.")
    entries = run.client.list(resource.short_list_operation, resource.list_key or resource.plural)
    objects = [{"id": resource.id_of(entry), "name": entry.get("name")} for entry in entries]
    return [found for found in objects if wanted.items() <= found.items()]


def _default_of(resource: Resource, name: str) -> t.Any:
    return resource.more_info_options[name].get("default")
