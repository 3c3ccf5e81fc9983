# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What differs between an object and what is wanted of it, and what the object will be."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from .coercion import coerce
from .context import Context
from .field import Field


def changes(fields: t.Sequence[Field], run: Context, current: Json, desired: Json) -> set[str]:
    """The names of the fields that are not as wanted."""
    comparable = [field for field in fields if field.option is not None and field.shown and field.name != "id"]
    differing = {field.name for field in comparable if field.differs(current.get(field.name), desired.get(field.name))}
    purged = [field for field in comparable if run.purges(field)]
    differing |= {field.name for field in purged if field.extra(current.get(field.name), desired.get(field.name))}
    if run.options.get("update_password") == "always":
        differing |= {field.name for field in fields if field.updatable and field.holds_secret(desired.get(field.name))}
    return differing


def predict(fields: t.Sequence[Field], run: Context, current: Json, desired: Json) -> Json:
    """The object as it will be, a new one where there is none.

    Lists and dictionaries add to what is there unless they purge it.
    """
    after = dict(current or {field.name: None for field in fields if field.shown})
    for field in fields:
        value = desired.get(field.name)
        if field.shown and value is not None:
            value, present = field.redacted(coerce(value, field.type)), after[field.name]
            after[field.name] = field.purged(present, value) if run.purges(field) else _added(present, value)
    return after


def _added(current: t.Any, wanted: t.Any) -> t.Any:
    if isinstance(wanted, dict):
        return {**(current or {}), **wanted}
    if isinstance(wanted, list):
        return [*(current or []), *(entry for entry in wanted if entry not in (current or []))]
    return wanted
