# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What became of a fleet, as a task result."""

from __future__ import annotations

import collections

from ...cloud.json_types import Json
from ...model.context import Context
from ...model.resource import Resource
from .. import diff
from .members import OUTCOMES, Member

_ERRORS_SHOWN = 5
# What a failed member's result has beside the others'
_OF_FAILURES = ("failed", "msg", "error", "recreate")


def result_of(resource: Resource, run: Context, members: list[Member]) -> Json:
    counts = collections.Counter(member.outcome for member in members)
    results = [_entry_of(resource, member) for member in members]
    result = {
        "changed": any(entry["changed"] for entry in results),
        resource.plural: [member.final for member in members if member.final and not member.failure],
        "results": results,
        "counts": {outcome: counts[outcome] for outcome in OUTCOMES},
        "diff": [_diff(resource, member) for member in members if member.plan.steps and member.outcome != "not_begun"],
    }
    warnings = dict.fromkeys(warning for member in members for warning in member.run.warnings)
    if warnings:
        result["warnings"] = list(warnings)
    failed = [member for member in members if member.failure]
    if failed:
        result.update(failed=True, msg=_what_failed(resource, members, failed))
    return result


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
    }
    return {**entry, **{key: value for key, value in (member.failure or {}).items() if key in _OF_FAILURES}}


def _what_failed(resource: Resource, members: list[Member], failed: list[Member]) -> str:
    """How many failed, and why, each reason once."""
    reasons: dict[str, list[str]] = {}
    for member in failed:
        reasons.setdefault((member.failure or {})["msg"].rstrip("."), []).append(member.label)
    shown = [f"{_some(labels)}: {reason}" for reason, labels in list(reasons.items())[:_ERRORS_SHOWN]]
    more = f" And {len(reasons) - _ERRORS_SHOWN} more reasons, see results." if len(reasons) > _ERRORS_SHOWN else ""
    title = resource.plural.replace("_", " ")
    return f"{len(failed)} of {len(members)} {title} failed. {'. '.join(shown)}.{more}"


def _some(labels: list[str]) -> str:
    more = len(labels) - _ERRORS_SHOWN
    return ", ".join(labels[:_ERRORS_SHOWN]) + (f" and {more} more" if more > 0 else "")
