# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What was approved is what is done: a plan that is not the one of `only_plan` is refused before anything is sent."""

from __future__ import annotations

import json
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..model.context import Context
from ..model.plan import Plan
from ..model.resource import Resource
from .diff import diff
from .plan_id import Row, differences, marks_of, plan_id

HINT = "Nothing was sent. Preview it again in check mode, and approve the plan of that preview."
_MOST_SHOWN = 10


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


def identity(resource: Resource, run: Context, plan: Plan) -> str:
    """The identity of a plan, as the one that `only_plan` names has it."""
    return plan_id(resource, run, plan, marks_of(run.options.get("only_plan") or ""))


def demand(resource: Resource, run: Context, plan: Plan) -> None:
    """Refuse a plan that is not the one that users want nothing else than. One without steps does no harm.

    Raises:
        PlanRefused: it is another one.
    """
    wanted = run.options.get("only_plan")
    if wanted is None or not plan.steps:
        return
    present = identity(resource, run, plan)
    if present == wanted:
        return
    raise PlanRefused(
        not_previewed(wanted, [described(resource, run, plan)]),
        present,
        diff(resource, run, plan),
    )


def not_previewed(wanted: str, said: t.Sequence[str]) -> str:
    """The message of a refusal.

    Args:
        said: what would be done now.
    """
    more = f" And {len(said) - _MOST_SHOWN} more." if len(said) > _MOST_SHOWN else ""
    return f"only_plan: this is not the plan that was previewed ({wanted}). {' '.join(said[:_MOST_SHOWN])}{more}"


def described(resource: Resource, run: Context, plan: Plan) -> str:
    """What a plan does, for people."""
    rows = differences(resource, run, plan)
    more = f" and {len(rows) - _MOST_SHOWN} more" if len(rows) > _MOST_SHOWN else ""
    what = f" ({'; '.join(map(_row, rows[:_MOST_SHOWN]))}{more})" if rows and plan.after is not None else ""
    which = plan.before.get("name") or run.options.get("name") or plan.before.get(resource.id_field) or ""
    own_id = plan.before.get(resource.id_field)
    of_id = f" ({own_id})" if own_id not in (None, which) else ""
    return f"Now it is {', '.join(plan.actions)} of {resource.noun} {which}{of_id}{what}.".replace("  ", " ")


def _row(row: Row) -> str:
    if row.old in (None, []):
        return f"{row.path}: {_text(row.new)}"
    return f"{row.path}: {_text(row.old)} -> {_text(row.new)}"


def _text(value: t.Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
