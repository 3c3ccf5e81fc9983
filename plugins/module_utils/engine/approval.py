# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What was approved is what is done: a plan that was not previewed is refused before anything is sent.

A run is held to the one plan of `only_plan`, and to those in the file of `plan_file`, where check mode writes them.
"""

from __future__ import annotations

import dataclasses
import json
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..model.context import Context
from ..model.plan import Plan
from ..model.resource import Resource
from . import plan_file
from .diff import diff
from .plan_id import Row, differences, marks_of, plan_id

HINT = "Nothing was sent. Preview it again in check mode, and approve the plan of that preview."
_MOST_SHOWN = 10

#: the identity of a plan, by the marks of the plan that it is compared with
Identity = t.Callable[[t.Collection[str]], str]


class PlanRefused(CloudError):
    """What would be done is not what was previewed; nothing was sent.

    Attributes:
        plan_id: the identity of the present plan.
        diff: what it would change.
    """

    def __init__(self, message: str, own_id: str, shown: t.Any) -> None:
        super().__init__(message, hint=HINT)
        self.plan_id, self.diff = own_id, shown

    def as_result(self) -> Json:
        return {**super().as_result(), "plan_id": self.plan_id, "diff": self.diff}


@dataclasses.dataclass(frozen=True)
class Proposal:
    """What a task would do to one object, for approval.

    Attributes:
        kind: the plural of its kind.
        name: what people call it.
        own_id: None for one that does not exist yet.
        actions: none where there is nothing to do.
        diff: before and after.
        said: the same in words.
        identity: what makes it the one that was approved.
    """

    kind: str
    name: t.Optional[str]
    own_id: t.Optional[str]
    actions: list[str]
    diff: Json
    said: str
    identity: Identity


def proposal(resource: Resource, run: Context, plan: Plan) -> Proposal:
    """A plan for approval."""
    own_id = plan.before.get(resource.id_field)
    return Proposal(
        kind=resource.plural,
        name=plan.before.get("name") or run.options.get("name"),
        own_id=None if own_id is None else str(own_id),
        actions=plan.actions,
        diff=diff(resource, run, plan),
        said=described(resource, run, plan),
        identity=lambda marks: plan_id(resource, run, plan, marks),
    )


def identity(resource: Resource, run: Context, plan: Plan) -> str:
    """The identity of a plan, as the one that it is held to has it."""
    wanted = run.options.get("only_plan")
    return plan_id(resource, run, plan, marks_of(wanted or ""))


def demand(resource: Resource, run: Context, plan: Plan) -> None:
    """Refuse a plan that is not one of those that users want nothing else than. One without steps does no harm.

    Raises:
        PlanRefused: it is another one.
    """
    if plan.steps and is_held(run):
        demand_approved(run, proposal(resource, run, plan))


def demand_approved(run: Context, wish: Proposal) -> None:
    """The same for a proposal."""
    wanted = run.options.get("only_plan")
    if wanted is not None and wish.identity(marks_of(wanted)) != wanted:
        raise PlanRefused(not_previewed(wanted, [wish.said]), wish.identity(marks_of(wanted)), wish.diff)
    refused = refusals(run, [wish]) if wanted is None else []
    if refused:
        raise PlanRefused(refused[0], wish.identity(()), wish.diff)


def refusals(run: Context, wishes: t.Sequence[Proposal]) -> list[str]:
    """Why proposals are not part of the plan file that the run is held to; none where they are, or there is no file."""
    path = run.options.get("plan_file")
    changing = [wish for wish in wishes if wish.actions]
    if not path or run.check_mode or not changing:
        return []
    plans = plan_file.read(path)["plans"]
    return [why for why in (_refusal(plans, wish) for wish in changing) if why]


def record(run: Context, wishes: t.Sequence[Proposal]) -> None:
    """Add what would be done to the plan file of a preview.

    A file that names another one is for a comparison: what is not part of that one says so.
    """
    path = run.options.get("plan_file")
    if not path or not run.check_mode or not wishes:
        return
    other = plan_file.compared_with(path)
    plans = plan_file.read(other)["plans"] if other else None
    entries = [
        {**_entry(run, wish), **({} if plans is None else {"refused": _refusal(plans, wish)})} for wish in wishes
    ]
    plan_file.add(path, run.client.connection.url, entries)


def prepare(run: Context) -> None:
    """Find out which objects have been made since the preview, by runs that were held to the same plan file."""
    path = run.options.get("plan_file")
    other = plan_file.compared_with(path) if path and run.check_mode else path
    if other:
        run.lookups.made.update(plan_file.made(other))


def note_made(run: Context, own_id: t.Any) -> None:
    """Note an object that was made in the plan file that the run is held to."""
    path = run.options.get("plan_file")
    if path and not run.check_mode and own_id is not None:
        plan_file.add_made(path, str(own_id))


def is_held(run: Context) -> bool:
    """Whether users want nothing else than what was previewed."""
    return run.options.get("only_plan") is not None or bool(run.options.get("plan_file") and not run.check_mode)


def _refusal(plans: t.Sequence[Json], wish: Proposal) -> str:
    if not wish.actions:
        return ""
    alike = [entry for entry in plans if entry.get("kind") == wish.kind]
    for marks in {tuple(marks_of(str(entry.get("plan_id")))) for entry in alike}:
        present = wish.identity(marks)
        if any(entry.get("plan_id") == present for entry in alike):
            return ""
    known = [entry for entry in alike if _is_same(entry, wish)]
    if not known:
        return f"plan_file: this is not part of the plan. {wish.said}"
    before = "; ".join(_said(entry) for entry in known)
    return f"plan_file: this is not the plan that was previewed, which was: {before}. {wish.said}"


def _is_same(entry: Json, wish: Proposal) -> bool:
    if None not in (entry.get("id"), wish.own_id) and entry.get("id") == wish.own_id:
        return True
    return wish.name is not None and entry.get("name") == wish.name


def _said(entry: Json) -> str:
    """What a plan of a file does, for people."""
    if not entry.get("actions"):
        return "no change"
    rows = "; ".join(_row(Row(*row)) for row in _differing(entry.get("diff") or {}))
    return f"{', '.join(entry['actions'])}{f' ({rows})' if rows and (entry['diff'] or {}).get('after') else ''}"


def _differing(sides: Json) -> t.Iterator[tuple[str, t.Any, t.Any]]:
    before, after = sides.get("before") or {}, sides.get("after") or {}
    for name in dict.fromkeys([*before, *after]):
        if before.get(name) != after.get(name):
            yield name, before.get(name), after.get(name)


def _entry(run: Context, wish: Proposal) -> Json:
    shown: Json = run.client.redactor.data(wish.diff)
    return {
        "kind": wish.kind,
        "name": wish.name,
        "id": wish.own_id,
        "project": run.client.connection.project,
        "actions": wish.actions,
        "diff": shown if wish.actions else None,
        "plan_id": wish.identity(()),
    }


def not_previewed(wanted: str, said: t.Sequence[str]) -> str:
    """The message of a refusal.

    Args:
        said: what would be done now.
    """
    return f"only_plan: this is not the plan that was previewed ({wanted}). {some(said)}"


def some(said: t.Sequence[str]) -> str:
    """The first of several sentences, and how many more there are."""
    more = f" And {len(said) - _MOST_SHOWN} more." if len(said) > _MOST_SHOWN else ""
    return f"{' '.join(said[:_MOST_SHOWN])}{more}"


def described(resource: Resource, run: Context, plan: Plan) -> str:
    """What a plan does, for people."""
    rows = differences(resource, run, plan)
    more = f" and {len(rows) - _MOST_SHOWN} more" if len(rows) > _MOST_SHOWN else ""
    what = f" ({'; '.join(map(_row, rows[:_MOST_SHOWN]))}{more})" if rows and plan.after is not None else ""
    which = plan.before.get("name") or run.options.get("name") or plan.before.get(resource.id_field) or ""
    own_id = plan.before.get(resource.id_field)
    of_id = f" ({own_id})" if own_id not in (None, which) else ""
    actions = ", ".join(plan.actions) or "no change"
    return f"Now it is {actions} of {resource.noun} {which}{of_id}{what}.".replace("  ", " ")


def _row(row: Row) -> str:
    if row.old in (None, []):
        return f"{row.path}: {_text(row.new)}"
    return f"{row.path}: {_text(row.old)} -> {_text(row.new)}"


def _text(value: t.Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
