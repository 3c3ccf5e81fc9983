# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a plan changes, for people."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from ..cloud.placeholders import is_to_be_created
from ..cloud.secrets import is_secret_key
from ..model.context import Context
from ..model.field import Field
from ..model.plan import Plan
from ..model.resource import Resource

HIDDEN = "********"


def diff(resource: Resource, run: Context, plan: Plan) -> Json:
    """Before and after, for people; secrets only as far as that they are set anew."""
    before = _view(resource, run, plan.before)
    after = _view(resource, run, plan.after) if plan.before else _new(resource, run, plan)
    if plan.steps and plan.after is not None:
        for field in resource.fields:
            if not sets_secret(plan, run, field):
                continue
            if field.secret:
                after[field.name] = HIDDEN
            else:
                hidden = {key: HIDDEN for key, value in run.options[field.name].items() if value and is_secret_key(key)}
                after[field.name] = {**after.get(field.name, {}), **hidden}
    headers = dict.fromkeys(("before_header", "after_header"), label_of(resource, run, plan.before or plan.after))
    return {"before": before, "after": after, **headers}


def label_of(resource: Resource, run: Context, found: t.Optional[Json]) -> str:
    """What people call an object: its kind with its name, or else its id; the kind alone for what has neither yet."""
    known = found or {}
    name = known.get("name") or run.options.get("name") or known.get(resource.id_field) or run.options.get("id")
    return f"{resource.noun} {name}" if name and not is_to_be_created(name) else resource.noun


def sets_secret(plan: Plan, run: Context, field: Field) -> bool:
    """Whether a plan sets a secret anew."""
    if not field.holds_secret(run.options.get(field.name)):
        return False
    return "create" in plan.actions or (field.updatable and run.options.get("update_password") == "always")


def _new(resource: Resource, run: Context, plan: Plan) -> Json:
    """A new object as it is asked for, without what the platform adds by itself."""
    found, initial = dict(plan.after or {}), resource.initial_values(run)
    for field in resource.fields:
        is_initial = run.options.get(field.name) is None and field.create_default is None and field.name in initial
        if field.name not in plan.asked or is_initial:
            found.pop(field.name, None)
        elif field.protected_keys:
            found[field.name] = field.of_user(found[field.name])
    return _view(resource, run, found)


def _view(resource: Resource, run: Context, found: t.Optional[Json]) -> Json:
    if not found:
        return {}
    return {
        field.name: run.label(field, found[field.name])
        for field in resource.fields
        if field.option is not None and field.shown and found.get(field.name) is not None
    }
