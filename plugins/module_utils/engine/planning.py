# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What has to be done: the steps from the current state to the desired one. Nothing is changed here."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..model.context import Context
from ..model.observation import Observation
from ..model.plan import Plan, Room, Step
from ..model.resource import Resource
from . import checked_play
from .refusals import cannot_change, describe, no_object, replace_hint


def plan(resource: Resource, run: Context) -> tuple[Context, Plan]:
    """The plan for what the options mean, and the run that carries it out.

    What earlier tasks have read may only confirm that nothing has to be done. Where a step, a wait or an error would
    come of it, it is read anew, and the plan is another one.
    """
    trial, recalled, noted = dataclasses.replace(run, recalls=True), run.lookups.recalled, run.journal.mark()
    found = None
    try:
        trial, current = find(resource, trial)
        if not recalled:
            found, noted = (trial, current), run.journal.mark()
        made = make_plan(resource, trial, current)
        if not (recalled and (made.steps or _is_pending(resource, trial, current))):
            return dataclasses.replace(trial, recalls=False), made
    except CloudError:
        if not recalled:
            raise
    run.journal.rewind(noted)
    run, current = found or find(resource, run)
    run = dataclasses.replace(run, recalls=False)
    return run, make_plan(resource, run, current)


def _is_pending(resource: Resource, run: Context, current: Observation) -> bool:
    return run.waits and bool(current) and resource.pending_wait(run, current) is not None


def find(resource: Resource, run: Context) -> tuple[Context, Observation]:
    """The object that the options name, and the run with the options that name it.

    What replaced an object has another id than the one it is given with, and is found by the name beside it.
    """
    found = checked_play.find(run, resource)
    is_replaced = run.options.get("replace") and run.options.get("id") and not resource.accepts_client_id
    if found or not is_replaced or not _is_named(resource, run):
        return run, found
    run = run.with_options({**run.options, "id": None})
    return run, checked_play.find(run, resource)


def _is_named(resource: Resource, run: Context) -> bool:
    """Whether the options identify the object by more than an id that its successor does not get."""
    return any(run.options.get(name) is not None for name in resource.identified_by if name != "id")


def make_plan(resource: Resource, run: Context, current: Observation) -> Plan:
    """The steps from the current state to the wanted one."""
    if run.options.get("state") == "absent":
        return Plan(tuple(_deletion(resource, run, current)) if current else (), before=current)
    if not current and resource.accepts_absence(run):
        return Plan(before=current)
    desired = resource.desired(run, current)
    if not current:
        return _creation(resource, run, current, desired)
    current = resource.look_closer(run, current, desired)
    why = resource.error_reason(current)
    if why:  # a list may leave out the reason
        current = resource.fetch(run, current) or current
        why = resource.error_reason(current)
    if why and not run.options.get("replace"):
        raise CloudError(f"{describe(resource, run, current)} is broken: {why}", hint=replace_hint(resource))
    changes = resource.changes(run, current, desired)
    resource.check_against(run, current, desired, changes)
    if "name" in changes:
        _demand_free_name(resource, run, current)
    differing = [field for field in resource.fields if field.name in changes]
    fixed = sorted(field.name for field in differing if not resource.is_updatable(run, field, current, desired))
    if fixed or why:
        if run.options.get("replace"):
            return _replacement(resource, run, current, desired)
        raise cannot_change(resource, run, current, desired, fixed)
    steps = resource.update_steps(run, current, desired, changes)
    after = resource.predict(run, current, {name: desired.get(name) for name in changes}) if steps else dict(current)
    return Plan(tuple(steps), before=current, after=after, asked=_asked(desired))


def _deletion(resource: Resource, run: Context, current: Observation) -> list[Step]:
    resource.check_against(run, current, None, frozenset())
    return resource.delete_steps(run, current)


def _creation(resource: Resource, run: Context, before: Observation, desired: Json) -> Plan:
    if run.options.get("id") is not None and not resource.accepts_client_id and not before:
        raise OptionError(f"id: there is no {resource.noun} {run.options['id']!r}.")
    initial = {name: value for name, value in resource.initial_values(run).items() if desired.get(name) is None}
    desired = {**desired, **initial}
    missing = resource.missing(run, desired)
    if missing:
        if run.is_blind and not before:
            return _unknown(resource, run, before, desired, missing)
        if not before:
            raise no_object(resource, run, missing)
        raise OptionError(
            f"A new {resource.noun} needs {', '.join(missing)}.",
            hint="The platform does not return them for the old one.",
        )
    desired = resource.complete_creation(run, before, desired)
    resource.check_against(run, before.gone(), desired, frozenset())
    steps = resource.create_steps(run, before, desired)
    after = resource.predict(run, before.gone(), desired)
    if before and "id" in after:
        after = {**after, "id": None}  # whether what takes the place of an object gets its id, the platform decides
    return Plan(
        tuple(steps),
        before=before,
        after=after,
        asked=_asked(desired),
        recreate=_recreate(resource, desired) if before else None,
    )


def _recreate(resource: Resource, desired: Json) -> Json:
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


def _unknown(resource: Resource, run: Context, current: Observation, desired: Json, missing: list[str]) -> Plan:
    """What can be said of an object that only an earlier task can make, where nobody knows how it would."""
    run.warnings.append(
        f"There is no {resource.noun} yet that "
        f"{resource.describe_identity(run.options)}. An earlier task would have to create it; "
        f"here {', '.join(missing)} would be missing."
    )
    after = Resource.predict(resource, run, current, desired)
    return Plan((Step("update", resource.create_operation),), before=current, after=after, asked=_asked(desired))


def _asked(desired: Json) -> frozenset[str]:
    return frozenset(name for name, value in desired.items() if value is not None)


def _demand_free_name(resource: Resource, run: Context, current: Json) -> None:
    """Refuse a new name that another object bears already, where the list shows it."""
    name, own_id = run.options["name"], str(current[resource.id_field])
    others = sorted({resource.id_of(raw) for raw in resource.bearers_of(run, name)} - {own_id})
    if others:
        raise OptionError(
            f"name: {name!r} is the name of another {resource.noun} already ({', '.join(others)}); "
            f"{describe(resource, run, current)} was not renamed."
        )


def _replacement(resource: Resource, run: Context, current: Observation, desired: Json) -> Plan:
    """Delete and create; what the options do not say is taken over from the old object.

    Nothing is deleted before it is certain, as far as can be seen, that the successor can be made.
    """
    if run.options.get("id") and not resource.accepts_client_id and not _is_named(resource, run):
        names = " and ".join(name for name in resource.identified_by if name != "id")
        raise OptionError(
            f"replace: the successor gets another id. Specify {names} beside id, so that the next run finds it."
        )
    given = {
        n: value for n, value in desired.items() if value is not None and (n != "id" or resource.accepts_client_id)
    }
    creation = _creation(resource, run, current, {**resource.taken_over(run, current), **given})
    _demand_room_for_successor(resource, run, creation)
    return dataclasses.replace(creation, steps=(*_deletion(resource, run, current), *creation.steps))


def _demand_room_for_successor(resource: Resource, run: Context, creation: Plan) -> None:
    needed = collections.Counter(resource.demand(run, creation))
    needed.subtract(resource.demand(run, dataclasses.replace(creation, after=creation.before)))
    demand = {name: amount for name, amount in needed.items() if amount > 0}
    short = shortfall(demand, lambda: resource.quota_headroom(run))
    if short:
        raise OptionError(
            f"The quota of the project has no room for the successor of {describe(resource, run, creation.before)}: "
            f"{short}.",
            hint="Nothing was changed.",
        )


def shortfall(demand: t.Mapping[str, int], headroom: t.Callable[[], t.Mapping[str, Room]]) -> str:
    """What the quota of the project has no room for, for people; empty if all of it fits."""
    if not demand:
        return ""
    room = headroom()
    return "; ".join(
        f"{name} {amount}{room[name].unit} needed, {max(0, room[name].allowed - room[name].used)} left "
        f"of {room[name].allowed}"
        for name, amount in sorted(demand.items())
        if name in room and amount > room[name].allowed - room[name].used
    )
