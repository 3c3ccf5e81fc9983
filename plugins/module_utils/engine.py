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

import dataclasses
import time
import typing as t

from . import check_memory
from .errors import AnswerLost, CloudError, OptionError, WaitError
from .fields import Field
from .plan import FIRST_PAUSE, OWN_ID, READY, Failed, Plan, Step, Wait
from .resource import Filter, Resource
from .run import Run
from .secrets import is_secret_key

# How the pause between two looks at an object grows, and the longest one in seconds.
PAUSE_GROWTH = 1.3
LONGEST_PAUSE = 5.0

# How often a new object is looked for that has to be there, and one that may have been made.
_LOOKS_FOR_NEW = 5
_LOOKS_FOR_LOST = 3
_REFUSALS = frozenset({400, 403, 404, 405, 501})

HIDDEN = "********"


def converge(resource: Resource, run: Run) -> dict:
    """Bring the object to its wanted state and tell what was done, as a task result without `invocation`.

    Raises:
        CloudError: in any of its forms, when it cannot be done.
    """
    resource.check(run)
    current = check_memory.find(run, resource)
    plan = make_plan(resource, run, current)
    final = check_memory.remember(run, resource, plan) if run.check_mode else apply(resource, run, plan)
    check_memory.forget(run, resource, final or current)
    result = {
        "changed": bool(plan.steps),
        "actions": plan.actions,
        resource.name: final,
        "diff": diff(resource, run, plan),
    }
    if run.warnings:
        result["warnings"] = list(dict.fromkeys(run.warnings))
    return result


def failure(run: Run, error: CloudError) -> dict:
    """A failure, with what had been done before it, so that nothing is lost."""
    result = {"failed": True, "changed": bool(run.done), **run.client.redactor.data(error.as_result())}
    if run.done:
        result["actions"] = run.done
    if run.touched:
        result["id"] = run.touched.get("id")
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
    return Plan(tuple(steps), before=before, after=resource.predict(run, None, desired), asked=_asked(desired))


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


def _replacement(resource: Resource, run: Run, current: dict, desired: dict) -> Plan:
    """Delete and create; what the options do not say is taken over from the old object."""
    settable = [field for field in resource.fields if field.option is not None and field.name != "id"]
    kept = {field.name: field.of_user(current.get(field.name)) for field in settable}
    creation = _creation(
        resource, run, current, {**kept, **{name: value for name, value in desired.items() if value is not None}}
    )
    return dataclasses.replace(creation, steps=(*resource.delete_steps(run, current), *creation.steps))


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


def apply(resource: Resource, run: Run, plan: Plan) -> t.Optional[dict]:
    """Take the steps of a plan, waiting where it says so, and return the object as it is then."""
    work = carry_out(resource, run, plan)
    seen = None
    while True:
        try:
            watch = work.send(seen)
        except StopIteration as end:
            return end.value
        seen = wait_for(watch)


def carry_out(resource: Resource, run: Run, plan: Plan) -> Work:
    """The same as work that rests at each watch, and goes on with what was seen when it was over."""
    found = plan.before
    if found and run.waits and not (resource.deleted_at_any_time and not plan.after):
        busy = resource.unsettled(run, found)
        found = (yield Watch(resource, run, found, busy, "wait")) if busy else found
    latest = found
    for step in plan.steps:
        last = step is plan.steps[-1]
        if step.creates and plan.before:
            run.options = _of_successor(run, plan)
        answer = perform(resource, run, step, found)
        run.done.append(step.action)
        if step.creates:
            found = run.touched = answer
        latest = answer
        if step.wait and (run.waits or not last):
            seen = yield Watch(resource, run, found, step.wait, step.action)
            found = latest = seen if step.wait.read is None else found
    if plan.after and plan.steps and run.waits and plan.steps[-1].wait and plan.steps[-1].wait.read:
        latest = resource.fetch(run, found)
    return _final(resource, run, plan, found, latest)


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
    known = {**_nothing(plan), **_told(found), **_told(latest)}
    return {**known, **asked, **({resource.id_field: found.get(resource.id_field)} if found else {})}


def _nothing(plan: Plan) -> dict:
    return dict.fromkeys(plan.after or {})


def _told(seen: t.Optional[dict]) -> dict:
    return {name: value for name, value in (seen or {}).items() if value is not None}


def perform(resource: Resource, run: Run, step: Step, found: t.Optional[dict]) -> t.Optional[dict]:
    """Take one step. After a lost answer the state of the object is looked at before anything is sent again."""
    lost: t.Optional[AnswerLost] = None
    for tries_left in range(run.client.connection.retries, -1, -1):
        try:
            return _send(resource, run, step, found)
        except AnswerLost as error:
            lost = error
            if step.operation.once:
                return _taken_once(resource, run, step, found, error)
            # What the client has sent again itself is only looked at once more.
            spent = step.operation.repeatable and not step.upload
            if not (tries_left or spent):
                raise
        except CloudError as error:
            spent = False
            _advise(resource, step, error)
            passes = error.status == 409 and _is_busy(error, step)
            if lost and step.wait and error.status == 409 and not tries_left:
                return found  # by all looks it is busy with what the lost answer was about, which is waited for
            if not passes or not tries_left:
                raise
        if step.creates:
            made = _turned_up(resource, run)
            if made:
                return made
        else:
            time.sleep(FIRST_PAUSE)
            if step.operation is resource.delete_operation and step.operation.method == "POST":
                if not resource.find(run):
                    return None
            elif not step.unseen and _shows(resource, run, step.wait or step.proof, found, bool(lost)):
                return found
        if spent:
            raise lost
    raise AssertionError("unreachable")


def _advise(resource: Resource, step: Step, error: CloudError) -> None:
    """Tell people what to do about a refusal, where resource or step know it."""
    if step.hint and error.status in _REFUSALS:
        error.hint = step.hint
    if step.creates and error.status == 409:
        error.hint = resource.conflict_hint


def _turned_up(resource: Resource, run: Run) -> t.Optional[dict]:
    """The new object after a lost answer: a platform that is slow to answer is slow to list it, too."""
    for _look_for_it in range(_LOOKS_FOR_LOST):
        time.sleep(FIRST_PAUSE)
        resource.forget(run)
        made = resource.find(run)
        if made:
            return made
    return None


def _look(resource: Resource, run: Run, wait: Wait, found: t.Optional[dict]) -> t.Optional[dict]:
    return (wait.read or resource.fetch)(run, found)


def _shows(resource: Resource, run: Run, wait: t.Optional[Wait], found: t.Optional[dict], lost: bool) -> bool:
    """Whether a look tells that a step was taken: its effect is there, or the platform waits for the user to go on."""
    if wait is None:
        return False
    seen = _look(resource, run, wait, found)
    return wait.judge(seen) == READY or (lost and (seen or {}).get(resource.status_field) in wait.nudges)


def _taken_once(
    resource: Resource, run: Run, step: Step, found: t.Optional[dict], error: AnswerLost
) -> t.Optional[dict]:
    """A step that must not be taken twice counts as taken where its effect is waited for; else only people can tell."""
    if step.wait is None or not run.waits:
        error.hint = "It was not sent again, because that might do it twice. See whether it was carried out."
        raise error
    run.warnings.append(
        f"{step.action}: the answer was lost. It was not sent again, because that might do it twice; its effect is "
        "waited for instead."
    )
    return _appeared(resource, run, step) if step.creates else found


def _is_busy(error: CloudError, step: Step) -> bool:
    """Whether a conflict will pass: a background action before this one (perhaps this very step, if its answer was
    lost), or another that holds the object's lock.
    """
    return not step.creates and (step.wait is not None or "locked" in error.message)


def _send(resource: Resource, run: Run, step: Step, found: t.Optional[dict]) -> t.Optional[dict]:
    resource.forget(run)
    params = dict(step.params)
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
    return told if told.get(resource.id_field) else _appeared(resource, run, step)


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


def _appeared(resource: Resource, run: Run, step: Step) -> dict:
    """The new object where the answer did not tell its id; it may take a moment to show up in lists.

    Where it is waited for, it may take as long as the user waits.
    """
    patience = run.options.get("wait_timeout", resource.wait_timeout) if step.wait and run.waits else None
    deadline = time.monotonic() + (patience or 0)
    looks = 0
    while looks < _LOOKS_FOR_NEW or time.monotonic() < deadline:
        looks += 1
        resource.forget(run)
        made = resource.find(run)
        if made:
            return made
        time.sleep(FIRST_PAUSE)
    raise CloudError(f"{step.operation.id}: the platform took the request, but no such {resource.noun} appeared.")


@dataclasses.dataclass
class Watch:
    """An object that the platform works on, and what is waited for after an action on it."""

    resource: Resource
    run: Run
    found: t.Optional[dict]
    wait: Wait
    action: str
    #: the last status that was seen, for people
    status: t.Optional[str] = None

    def __post_init__(self) -> None:
        self._timeout = self.wait.timeout or self.run.options.get("wait_timeout", self.resource.wait_timeout)
        self.deadline = time.monotonic() + self._timeout
        self._nudged: set[str] = set()

    def look(self) -> t.Optional[dict]:
        """What is looked at, as it is now."""
        return _look(self.resource, self.run, self.wait, self.found)

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
        hint = "run the task again" + (", or raise wait_timeout." if self.wait.timeout is None else ".")
        return WaitError(
            f"{self._whose} is not ready {self._timeout} s after {self.action!r}{last}.",
            hint=f"It may still get there: {hint}",
        )


#: what carries out a plan: it yields what it waits for, is sent what was seen at the end, and returns the object
Work = t.Generator[Watch, t.Optional[dict], t.Optional[dict]]


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
