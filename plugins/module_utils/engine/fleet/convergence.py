# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How to converge many objects of a kind: their plans, side by side.

    options ──> members ──> one list ──> a plan each ──> room in the quota? ──> carried out side by side ──> results

A plan that waits takes no connection: one list in a while serves all that wait, and shows who can go on.
"""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.parallel import side_by_side
from ...model.context import Context
from ...model.observation import Observation
from ...model.resource import Resource
from .. import approval, checked_play, execution, plan_id, planning
from ..exclusion import exclusive
from .members import Member, Validate, members_of, names_of
from .progress import FleetProgress
from .reading_ahead import Headroom, read_ahead
from .result import result_of
from .scheduler import Scheduler


def converge(resource: Resource, run: Context, validate: Validate) -> Json:
    """Bring all objects of a fleet to their wanted states, and report what became of each, as a task result.

    One that fails is part of the result. What can be seen before anything is sent fails the whole task.

    Args:
        validate: holds the options of one member to all that its state module demands of them.

    Raises:
        CloudError: the options are wrong, the list cannot be read, or the quota has no room for the new objects.
    """
    names = () if run.check_mode else names_of(resource, run)
    with exclusive(run.client.connection.place, names):
        return _converge(resource, run, validate)


def _converge(resource: Resource, run: Context, validate: Validate) -> Json:
    approval.prepare(run)
    members = members_of(resource, run, validate)
    bring_about(resource, run, members)
    return result_of(resource, run, members)


def bring_about(resource: Resource, run: Context, members: list[Member]) -> None:
    """Bring members to their wanted states; what became of each stands in it. Their list was read just before."""
    progress = FleetProgress(run, resource.plural)
    headroom = read_ahead(resource, run, members, run.options["concurrency"])
    _make_plans(resource, run, members)
    _demand_one_plan_each(resource, members)
    _demand_room(resource, members, headroom)
    _demand_approved(resource, run, members)
    progress.planned(members)
    if run.check_mode:
        _foretell(resource, run, members)
    else:
        _carry_out(resource, run, members, progress)
        progress.ended(members)
        for member in members:
            checked_play.forget(member.run, resource, member.final or member.plan.before)
    resource.invalidate(run)


def _make_plans(resource: Resource, run: Context, members: list[Member]) -> None:
    """A plan for each. The first one is made alone: what it looks up, the others find there."""

    def plan(member: Member) -> None:
        try:
            found_by, current = planning.find(resource, dataclasses.replace(member.run, full_listing=True))
            member.plan = planning.make_plan(resource, found_by, current)
            member.run = member.run.with_options(found_by.options)
            member.plan_id = approval.identity(resource, member.run, member.plan)
            if run.check_mode:
                approval.demand(resource, member.run, member.plan)
        except CloudError as error:
            member.fail(error)

    for member in members[:1]:
        plan(member)
    side_by_side(plan, members[1:], run.options["concurrency"])


def _demand_one_plan_each(resource: Resource, members: list[Member]) -> None:
    """Two members that mean one object would undo what the other does."""
    owners: dict[str, Member] = {}
    for member in members:
        if not member.plan.before:
            continue
        found = member.plan.before[resource.id_field]
        if found in owners:
            raise OptionError(
                f"{resource.plural}: {owners[found].label} and {member.label} are one {resource.noun}: {found}."
            )
        owners[found] = member


def _demand_room(resource: Resource, members: list[Member], headroom: Headroom) -> None:
    """Refuse what the quota has no room for before the first object is made of it."""
    new = [member for member in members if member.plan.steps and not member.plan.before]
    demand: t.Counter[str] = collections.Counter()
    for member in new:
        demand.update(resource.demand(member.run, member.plan))
    short = planning.shortfall(demand, headroom)
    if short:
        raise OptionError(
            f"The quota of the project has no room for {len(new)} new {resource.plural}: {short}.",
            hint=f"None of the {resource.plural} was changed. Ask for less, or raise the quota (cloudos_quota).",
        )


def _demand_approved(resource: Resource, run: Context, members: list[Member]) -> None:
    """Refuse plans that are not those that were previewed, all of them if one is; note those of a preview."""
    if run.options.get("only_plan") is None and not run.options.get("plan_file"):
        return
    wishes = [approval.proposal(resource, m.run, m.plan) for m in members if m.plan_id is not None]
    changing = [wish for wish in wishes if wish.actions]
    wanted, present = run.options.get("only_plan"), plan_id.whole(member.plan_id for member in members)
    diffs = [wish.diff for wish in changing]
    if changing and wanted not in (None, present):
        raise approval.PlanRefused(approval.not_previewed(wanted, [wish.said for wish in changing]), present, diffs)
    refused = approval.refusals(run, changing)
    if refused:
        raise approval.PlanRefused(approval.some(refused), present, diffs)
    approval.record(run, wishes)


def _foretell(resource: Resource, run: Context, members: list[Member]) -> None:
    """What check mode reports of each. Where a plan cannot be made, a run may begin none of the others."""
    if _goes_on(run) or not any(member.failure for member in members):
        for member in members:
            member.final = checked_play.remember(member.run, resource, member.plan)
            member.ended = not member.failure


def _goes_on(run: Context) -> bool:
    return bool(run.options["on_failure"] == "continue")


def _carry_out(resource: Resource, run: Context, members: list[Member], progress: FleetProgress) -> None:
    goes_on = _goes_on(run)
    for member in members:
        if not member.failure:
            member.work = execution.execute_plan(resource, member.run, member.plan)
    if goes_on or not any(member.failure for member in members):
        Scheduler(resource, run, members, progress, goes_on).run()
    if run.options["on_failure"] == "rollback" and any(member.failure for member in members):
        _roll_back(resource, run, members, progress)


def roll_back(resource: Resource, run: Context, members: list[Member]) -> None:
    """Delete what members have made that had ended before another one failed."""
    _roll_back(resource, run, members, FleetProgress(run, resource.plural))


def _roll_back(resource: Resource, run: Context, members: list[Member], progress: FleetProgress) -> None:
    """Delete what this run has made. What was there before stays as it is now, changed or not."""
    made = [(m, m.run.journal.created) for m in members if m.run.journal.created and not m.plan.before]
    undoing = []
    for member, created in made:
        absent = {
            "id": created[resource.id_field],
            "state": "absent",
            "wait": True,
            "only_plan": None,
            "plan_file": None,
        }
        absent = {**member.run.options, **absent}
        undo = Member(Context(member.run.client, absent), member.label)
        undo.work = _removal(resource, undo.run, created)
        undoing.append(undo)
    if undoing:
        progress.rolls_back(undoing)
    Scheduler(resource, run, undoing, progress, goes_on=True).run()
    for (member, _created), undo in zip(made, undoing):
        member.run.journal.completed_actions.extend(undo.run.journal.completed_actions)
        member.rolled_back = not undo.failure
        member.final = None
        if undo.failure:
            before = f"{member.failure['msg']} " if member.failure else ""
            member.failure = {**undo.failure, "msg": f"{before}It could not be removed again: {undo.failure['msg']}"}


def _removal(resource: Resource, run: Context, made: Json) -> execution.Work:
    current = resource.fetch(run, Observation(made)) or Observation()
    return (yield from execution.execute_plan(resource, run, planning.make_plan(resource, run, current)))
