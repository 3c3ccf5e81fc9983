# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Fleets of several kinds, one after the other: what others are made from comes first, and goes last.

    options ──> members of all kinds ──> stages: what is to be there, then, backwards, what is to go ──> results

The list of each kind is read once. Where nothing of it changes, the names of later stages are looked up in it, too.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import tempfile
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.placeholders import unnumbered
from ...model.check_memory import CheckMemory
from ...model.context import Context, Journal, Lookups
from ...model.progress import Progress
from ...model.resource import Resource
from .. import approval
from ..exclusion import exclusive
from . import convergence
from .members import Member, Validate, listed_members, names_of, read_whole
from .progress import FleetProgress
from .result import Part, result_of_kinds, shortened

#: returns what holds the options of one object of a kind to all that its state module demands of them
Validator = t.Callable[[Resource], Validate]
#: the plans of the members of each stage
Approved = t.Sequence[t.Sequence[t.Optional[str]]]

# The plan of a member that no plan could be made for: it is to do nothing
_NOTHING = "none"


@dataclasses.dataclass
class Stage:
    """Objects of one kind that converge side by side.

    Attributes:
        is_removal: whether they are to go.
        is_first: whether they are made without what names other new objects of the kind, and get that in a later stage.
    """

    resource: Resource
    run: Context
    members: list[Member]
    is_removal: bool = False
    is_first: bool = False


def converge(resources: t.Sequence[Resource], run: Context, validator: Validator) -> Json:
    """Bring objects of several kinds to their wanted states, and report what became of each, as a task result.

    Args:
        resources: the kinds, in the order in which they can be made.

    Raises:
        CloudError: the options are wrong, or a list cannot be read.
    """
    progress = FleetProgress(run, "objects")
    approved = None
    approval.prepare(run)
    is_held = approval.is_held(run)
    if is_held:
        preview = dataclasses.replace(run, check_mode=True, journal=Journal())
        if not run.check_mode:
            options = {**run.options, "plan_file": None}
            preview = dataclasses.replace(preview, memory=None, options=options, progress=Progress())
        ordered = _brought_about(resources, preview, validator)
        _demand_approved(run, ordered)
        approved = [[member.plan_id for member in stage.members] for stage in ordered]
    if not is_held or not run.check_mode:
        ordered = _brought_about(resources, run, validator, approved)
    if not run.check_mode:
        progress.ended([member for stage in ordered if not stage.is_first for member in stage.members])
    result = _result(ordered)
    warnings = [*run.journal.distinct_warnings(), *result.pop("warnings", [])]
    result = {
        **{resource.plural: [] for resource in resources if run.options[resource.plural]},
        **result,
        **({"warnings": warnings} if warnings else {}),
    }
    result = shortened(run, result)
    return unnumbered(result) if run.check_mode else result


def _brought_about(
    resources: t.Sequence[Resource], run: Context, validator: Validator, approved: t.Optional[Approved] = None
) -> list[Stage]:
    """All stages as they are in the end.

    Args:
        approved: the plans of the members of each stage, where they are to do nothing else.
    """
    with _memory(run) as memory:
        run = dataclasses.replace(run, memory=memory)
        stages = [_stage_of(resource, run, validator) for resource in resources if run.options[resource.plural]]
        ordered = _ordered(stages)
        for stage, plan_ids in zip(ordered, approved or ()):
            for member, own_id in zip(stage.members, plan_ids):
                member.run = member.run.with_options({**member.run.options, "only_plan": own_id or _NOTHING})
        names = [] if run.check_mode else [name for stage in stages for name in names_of(stage.resource, stage.run)]
        with exclusive(run.client.connection.place, names):
            _take(ordered, run)
    return ordered


def _result(ordered: list[Stage]) -> Json:
    return result_of_kinds([Part(stage.resource, stage.members, stage.is_first) for stage in ordered])


def _demand_approved(run: Context, ordered: list[Stage]) -> None:
    """Refuse plans that are not those of the stack that was previewed."""
    found, wanted = _result(ordered), run.options.get("only_plan")
    changing = [
        approval.proposal(stage.resource, member.run, member.plan)
        for stage in ordered
        for member in stage.members
        if member.plan.steps
    ]
    if changing and wanted not in (None, found["plan_id"]):
        said = [wish.said for wish in changing]
        raise approval.PlanRefused(approval.not_previewed(wanted, said), found["plan_id"], found["diff"])
    refused = approval.refusals(run, changing)
    if refused:
        raise approval.PlanRefused(approval.some(refused), found["plan_id"], found["diff"])


@contextlib.contextmanager
def _memory(run: Context) -> t.Iterator[t.Optional[CheckMemory]]:
    """What stages of a checked task note for the later ones: the memory of the play, or one for this task only."""
    if not run.check_mode or (run.memory and run.memory.takes_notes):
        yield run.memory
        return
    with tempfile.TemporaryDirectory(prefix="h3c.cloudos.") as folder:
        path = os.path.join(folder, "check.json")
        yield CheckMemory(path, run.client.connection, is_blind=run.memory is not None)


def _stage_of(resource: Resource, run: Context, validator: Validator) -> Stage:
    """All members of a kind."""
    defaults = (run.options["defaults"] or {}).get(resource.plural) or {}
    own = {**run.options, "defaults": defaults, "state": "present", "name": None, "only_plan": None}
    if run.options["state"] == "absent":
        own[resource.plural] = list(_to_remove(resource, run, defaults))
    if not resource.wait_timeout:
        own = {name: value for name, value in own.items() if name not in ("wait", "wait_timeout")}
    elif own["wait_timeout"] is None:
        own["wait_timeout"] = resource.wait_timeout
    own_run = dataclasses.replace(run, options=own, lookups=Lookups())
    members = listed_members(resource, own_run, validator(resource))
    for member in members:
        member.label = f"{resource.noun} {member.label}"
    return Stage(resource, own_run, members)


def _to_remove(resource: Resource, run: Context, defaults: Json) -> t.Iterator[Json]:
    """The entries of a kind, all of them to be absent. One that stands for any object is left out."""
    for number, item in enumerate(run.options[resource.plural]):
        merged = {**defaults, **item}
        is_any = not resource.identity_keys(merged)
        if is_any and (merged.get("state") or "present") not in ("present", "absent"):
            run.warnings.append(
                f"{resource.plural}[{number}]: it does not say which {resource.noun} is meant, so none is deleted."
            )
            continue
        yield {**item, "state": "absent"}


# --- in which order ----------------------------------------------------------------------------------------------


def _ordered(stages: list[Stage]) -> list[Stage]:
    """What is to be there, in order; then what is to go, backwards, so that nothing goes that something else needs."""
    come = _in_turns([_part(stage, is_removal=False) for stage in stages])
    go = _in_turns([_part(stage, is_removal=True) for stage in stages])
    parts = [part for stage in come for part in (*_made_first(stage), stage)]
    return [*parts, *reversed(list(go))]


def _part(stage: Stage, is_removal: bool) -> Stage:
    members = [member for member in stage.members if (member.run.options["state"] == "absent") == is_removal]
    return dataclasses.replace(stage, members=members, is_removal=is_removal)


def _in_turns(stages: list[Stage]) -> t.Iterator[Stage]:
    """Stages in which each object comes after those of the file that it is made from.

    Where a kind is not complete, only kinds that it waits for go before the rest of it.

    Raises:
        OptionError: objects are to be made from each other.
    """
    left = [stage for stage in stages if stage.members]
    while left:
        taken, awaited_kinds = 0, set[str]()
        for stage in left:
            if awaited_kinds and stage.resource.plural not in awaited_kinds:
                continue
            there = {(other.resource.plural, member.name) for other in left for member in other.members}
            awaited = [stage.resource.made_from(member.run.options) & there for member in stage.members]
            ready = [member for member, sources in zip(stage.members, awaited) if not sources]
            awaited_kinds.update(kind for sources in awaited for kind, _name in sources)
            taken += len(ready)
            if ready:
                stage.members = [member for member in stage.members if member not in ready]
                yield dataclasses.replace(stage, members=ready)
        if not taken:
            names = ", ".join(member.label for stage in left for member in stage.members if awaited_kinds)
            raise OptionError(f"{left[0].resource.plural}: these are to be made from each other: {names}.")
        left = [stage for stage in left if stage.members]


def _made_first(stage: Stage) -> list[Stage]:
    """Those that others of the stage name, without what may name others itself."""
    named = {name for member in stage.members for name in stage.resource.fellows(member.run.options)}
    without = dict.fromkeys(stage.resource.made_without)
    runs = {member.label: member.run for member in stage.members if member.name in named}
    first = [
        Member(dataclasses.replace(run, options={**run.options, **without}, journal=Journal()), label)
        for label, run in runs.items()
    ]
    return [dataclasses.replace(stage, members=first, is_first=True)] if first else []


# --- one after the other -----------------------------------------------------------------------------------------


def _take(stages: list[Stage], run: Context) -> None:
    """All stages; with on_failure stop and rollback, up to one in which something fails."""
    lists: dict[str, list[Json]] = {}
    made = run.lookups.made
    for number, stage in enumerate(stages):
        if stage.is_removal and any(_has_changed(earlier) for earlier in stages[:number]):
            lists.clear()  # what uses an object is read with it, and has changed, too
        try:
            _take_one(stage, lists, made)
        except CloudError as error:  # earlier stages may have changed something, so it is a part of the result
            for member in stage.members:
                member.fail(error)
        if run.options["on_failure"] == "continue" or not any(member.failure for member in stage.members):
            continue
        if run.options["on_failure"] == "rollback" and not run.check_mode:
            for earlier in reversed(stages[:number]):
                convergence.roll_back(earlier.resource, earlier.run, earlier.members)
        return


def _take_one(stage: Stage, lists: dict[str, list[Json]], made: set[t.Any]) -> None:
    """One stage, and what the later ones can know from it: the list, where it is as it was read, and what it made."""
    resource, client, operation = stage.resource, stage.run.client, stage.resource.list_operation.id
    stage.run = dataclasses.replace(stage.run, lookups=Lookups(lists, made=made))
    for member in stage.members:
        member.run = dataclasses.replace(member.run, lookups=stage.run.lookups)
    if operation in lists:
        resource.share(stage.run, lists[operation])
    else:
        read_whole(resource, stage.run)
        lists[operation] = client.shared_lists[resource.plural][1]
    convergence.bring_about(resource, stage.run, stage.members)
    created = [member.run.journal.created for member in stage.members]
    made.update(found[resource.id_field] for found in created if found and found.get(resource.id_field))
    if _has_changed(stage):
        lists.pop(operation, None)
        client.lookups.pop(resource.noun, None)


def _has_changed(stage: Stage) -> bool:
    return any(member.run.journal.completed_actions for member in stage.members)
