# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What became of a fleet, or of fleets of several kinds, as a task result."""

from __future__ import annotations

import collections
import dataclasses
import typing as t

from ...cloud.json_types import Json
from ...model.context import Context
from ...model.resource import Resource
from .. import diff, plan_id
from .members import OUTCOMES, Member
from .summary import with_summary

_ERRORS_SHOWN = 5
# What a failed member's result has beside the others'
_OF_FAILURES = ("failed", "msg", "error", "recreate")
# What the result of a fleet has if something in it has failed
_OF_FAILED_FLEETS = frozenset({"failed", "msg", "changed", "counts", "diff", "plan_id", "warnings"})


def result_of(resource: Resource, run: Context, members: list[Member]) -> Json:
    outcomes = [_outcome_of(resource, member) for member in members]
    title = resource.plural.replace("_", " ")
    return shortened(run, {**_common(outcomes), resource.plural: _finals(members), **_failure(title, members)})


def shortened(run: Context, result: Json) -> Json:
    """A result of something failed without what is as wanted: Ansible shows all of it, in one line.

    What has to be known to go on, such as the options that make a successor, stands with what failed.
    """
    if not result.get("failed") or run.options.get("result_detail") == "all":
        return result
    entries = [entry for entry in result["results"] if entry["outcome"] == "failed"]
    return {**{name: value for name, value in result.items() if name in _OF_FAILED_FLEETS}, "results": entries}


class Part(t.NamedTuple):
    """Members of one kind; those that are made first are taken up again by a later part."""

    resource: Resource
    members: list[Member]
    is_first: bool = False


def result_of_kinds(parts: list[Part]) -> Json:
    """The same for fleets of several kinds that ran one after the other."""
    first = {m.label: _outcome_of(part.resource, m) for part in parts if part.is_first for m in part.members}
    outcomes: list[_Outcome] = []
    objects: dict[str, list[Json]] = {}
    whole = [part for part in parts if not part.is_first]
    for part in whole:
        objects.setdefault(part.resource.plural, []).extend(_finals(part.members))
        for member in part.members:
            outcome = _outcome_of(part.resource, member)
            outcome.entry = {"kind": part.resource.plural, **outcome.entry}
            outcomes.append(_merged(first[member.label], outcome) if member.label in first else outcome)
    return {**_common(outcomes), **objects, **_failure("objects", [m for part in whole for m in part.members])}


@dataclasses.dataclass
class _Outcome:
    """What became of one: its entry in the results, its diff if there is one, and its warnings."""

    entry: Json
    diff: t.Optional[Json]
    warnings: list[str]


def _outcome_of(resource: Resource, member: Member) -> _Outcome:
    shows = member.plan.steps and member.outcome != "not_begun"
    return _Outcome(_entry_of(resource, member), _diff(resource, member) if shows else None, member.run.warnings)


def _merged(first: _Outcome, last: _Outcome) -> _Outcome:
    """What became of one that was made in one stage, and completed in another."""
    entry = {**last.entry, "actions": [*first.entry["actions"], *last.entry["actions"]]}
    entry["changed"] = first.entry["changed"] or last.entry["changed"]
    if first.entry["outcome"] == "created" and last.entry["outcome"] in ("changed", "unchanged"):
        entry["outcome"] = "created"
    diff = last.diff or first.diff
    if first.diff and last.diff:
        diff = {**last.diff, "before": first.diff["before"], "after": {**first.diff["after"], **last.diff["after"]}}
    entry["plan_id"] = plan_id.whole([first.entry["plan_id"], last.entry["plan_id"]])
    return _Outcome(entry, diff, [*first.warnings, *last.warnings])


def _common(outcomes: t.Sequence[_Outcome]) -> Json:
    """What the results of all fleets have."""
    counts = collections.Counter(outcome.entry["outcome"] for outcome in outcomes)
    warnings = dict.fromkeys(warning for outcome in outcomes for warning in outcome.warnings)
    return {
        "changed": any(outcome.entry["changed"] for outcome in outcomes),
        "results": [outcome.entry for outcome in outcomes],
        "counts": {outcome: counts[outcome] for outcome in OUTCOMES},
        "diff": with_summary([outcome.diff for outcome in outcomes if outcome.diff]),
        "plan_id": plan_id.whole(outcome.entry["plan_id"] for outcome in outcomes),
        **({"warnings": list(warnings)} if warnings else {}),
    }


def _finals(members: t.Iterable[Member]) -> list[Json]:
    return [member.final for member in members if member.final and not member.failure]


def _diff(resource: Resource, member: Member) -> Json:
    headers = dict.fromkeys(("before_header", "after_header"), member.label)
    return {**diff.diff(resource, member.run, member.plan), **headers}


def _entry_of(resource: Resource, member: Member) -> Json:
    """What became of one, as its own task would report it, without the object itself."""
    actions = member.plan.actions if member.run.check_mode and member.ended else member.run.journal.completed_actions
    known = member.final or member.run.journal.created or member.plan.before
    entry = {
        "name": known.get("name") or member.run.options.get("name"),
        "id": known.get(resource.id_field),
        "outcome": member.outcome,
        "changed": bool(actions),
        "actions": actions,
        "plan_id": member.plan_id,
    }
    return {**entry, **{key: value for key, value in (member.failure or {}).items() if key in _OF_FAILURES}}


def _failure(title: str, members: list[Member]) -> Json:
    """How many failed, and why, each reason once; nothing where none did."""
    reasons: dict[str, list[str]] = {}
    failed = [member for member in members if member.failure]
    if not failed:
        return {}
    for member in failed:
        reasons.setdefault((member.failure or {})["msg"].rstrip("."), []).append(member.label)
    shown = [f"{_some(labels)}: {reason}" for reason, labels in list(reasons.items())[:_ERRORS_SHOWN]]
    more = f" And {len(reasons) - _ERRORS_SHOWN} more reasons, see results." if len(reasons) > _ERRORS_SHOWN else ""
    why = f"{'. '.join(shown)}.{more}"
    return {"failed": True, "msg": f"{len(failed)} of {len(members)} {title} failed. {why}"}


def _some(labels: list[str]) -> str:
    more = len(labels) - _ERRORS_SHOWN
    return ", ".join(labels[:_ERRORS_SHOWN]) + (f" and {more} more" if more > 0 else "")
