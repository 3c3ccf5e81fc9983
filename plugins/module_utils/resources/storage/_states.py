# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The states of volumes and of their snapshots: what is at rest, what is broken, and what is going."""

from __future__ import annotations

import typing as t

from ...cloud.json_types import Json
from ...model.context import Context
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Failed, Outcome, Plan, Wait
from .references import is_going, is_moving

_ATTACHED = frozenset({"in-use", "attached"})
_AT_REST = _ATTACHED | {"available"}
EXTENDING = "extending"


def status_of(raw: Json) -> t.Optional[str]:
    return str(raw.get("status") or "").lower() or None


def is_attached(found: Json) -> bool:
    return found["status"] in _ATTACHED


def error_reason(found: Json) -> t.Optional[str]:
    """Why a volume or a snapshot is of no use; the platform has no more words for it than its status."""
    return f"its status is {found['status']}" if _has_failed(found) else None


def _has_failed(found: Json) -> bool:
    return str(found["status"]).startswith("error")


# --- what is being deleted ----------------------------------------------------------------------------------------


def staying(run: Context, entries: list[Json]) -> list[Json]:
    """The entries of a list that may be meant: what is being deleted is, only where nothing else is to be deleted."""
    stay = [raw for raw in entries if not is_going(raw)]
    return entries if _waits_for_deletions(run) and not _is_named(run, stay) else stay


def without_going(run: Context, found: Observation) -> Observation:
    """What was found, unless it is going by itself; a deletion that is to be waited for sees it go."""
    return found.gone() if is_going(found) and not _waits_for_deletions(run) else found


def _waits_for_deletions(run: Context) -> bool:
    return run.options.get("state") == "absent" and run.waits and not run.check_mode


def _is_named(run: Context, entries: list[Json]) -> bool:
    name = run.options.get("name")
    return bool(name) and any(raw.get("name") == name for raw in entries)


def deletion_in_the_way(plan: Plan) -> t.Optional[tuple[Json, Wait]]:
    """The object of a plan that is going already, so that only its end is to be waited for."""
    return (plan.before, Wait(is_deleted, first=0.0)) if plan.before and is_going(plan.before) else None


def growth_in_the_way(plan: Plan) -> t.Optional[tuple[Json, Wait]]:
    """The volume of a plan that grows already: only when that has ended is its size known."""
    is_growing = plan.before and plan.before["status"] == EXTENDING
    return (plan.before, Wait(settles, first=0.0)) if is_growing and "extend" in plan.actions else None


def attachment_in_the_way(plan: Plan) -> t.Optional[tuple[Json, Wait]]:
    """The volume of a plan that is just attached or detached: only when that has ended can be said if it may go."""
    moves = plan.before and is_moving(plan.before)
    return (plan.before, Wait(settles, first=0.0)) if moves and "delete" in plan.actions else None


# --- waiting ------------------------------------------------------------------------------------------------------


def pending_wait(found: Json) -> t.Optional[Wait]:
    """What to wait for before anything can be done to what the platform still works on."""
    return None if found["status"] in _AT_REST or _has_failed(found) else Wait(settles, first=0.0)


def settles(seen: t.Optional[Json]) -> Outcome:
    """Ready when the platform no longer works on it, whatever came of that."""
    return READY if seen is None or seen["status"] in _AT_REST or _has_failed(seen) else PENDING


def is_ready(seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("the platform has removed it again")
    if _has_failed(seen) or seen["status"] == "deleting":
        return Failed(f"its status is {seen['status']}")
    return READY if seen["status"] in _AT_REST else PENDING


def has_grown(size: int, seen: t.Optional[Json]) -> Outcome:
    """Ready when a volume is at rest again, and has so many GB."""
    outcome = is_ready(seen)
    if outcome != READY or seen is None:
        return outcome
    return READY if (seen["size"] or 0) >= size else PENDING


def is_deleted(seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return READY
    return Failed("its status is error_deleting") if seen["status"] == "error_deleting" else PENDING
