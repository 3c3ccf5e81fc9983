# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The tasks of a checked play: what the earlier ones would have left, and what this one leaves to the later ones."""

from __future__ import annotations

import copy
import dataclasses
import typing as t

from ..cloud.json_types import Json
from ..model import check_memory
from ..model.context import Context
from ..model.observation import Observation
from ..model.plan import Plan
from ..model.resource import Resource


def find(run: Context, resource: Resource) -> Observation:
    """The object that the options mean, as the tasks before this one would have left it."""
    found = resource.find(run)
    notes = check_memory.notes_about(run, resource)
    if not notes:
        return found
    if not found:
        return found.changed(_unlisted(run, resource, notes) or {})
    key = check_memory.key_of(resource, found)
    note = next((n for n in check_memory.living(notes) if key == n.key), None) or next(
        (n for n in notes if key == n.origin), None
    )
    if note is None:
        return found
    if note.is_gone:
        return found.gone()
    is_new = note.origin is None  # then what reading it would add is known from its list only
    known = {name: value for name, value in note.values.items() if not is_new or value is not None}
    return found.changed(_whole(run, resource, {**found, **known}))


def _unlisted(run: Context, resource: Resource, notes: list[check_memory.Note]) -> t.Optional[Json]:
    """A new object by its id, or one that the platform lists under its old name only."""
    wanted_id, name = run.options.get("id"), run.options.get("name")
    for note in check_memory.living(notes):
        if note.origin is None and wanted_id == note.id:
            return _whole(run, resource, note.values)
        if note.origin is not None and not wanted_id and name and note.values.get("name") == name:
            found = resource.fetch(run, Observation({resource.id_field: note.id})) if resource.get_operation else None
            return found and _whole(run, resource, {**found, **note.values})
    return None


def _whole(run: Context, resource: Resource, values: Json) -> Json:
    """An object with all its fields; a list of which no task has said anything is empty, where it is asked for."""
    found = {**{field.name: None for field in resource.fields if field.shown}, **values}
    for field in resource.fields:
        is_asked = resource.reads(run, field.name)
        if field.name in resource.read_if_asked and not is_asked:
            found[field.name] = None
        elif field.shown and field.type == "list" and is_asked and found[field.name] is None:
            found[field.name] = []
    return copy.deepcopy(found)


def remember(run: Context, resource: Resource, plan: Plan) -> t.Optional[Json]:
    """Note what a plan leads to, and return the object as it is then, with a placeholder for the id of a new one."""
    if not run.memory or not run.memory.takes_notes or not run.check_mode or not plan.steps:
        return plan.after
    before, after = plan.before, plan.after
    is_new = not before or any(step.creates for step in plan.steps)
    with run.memory.writing(resource) as shelf:
        if before and (after is None or is_new):
            shelf.delete(before)
        if after is not None and is_new:
            after = shelf.create(after)
        elif after is not None and before:
            shelf.change(before, after)
    plan = dataclasses.replace(plan, after=after)
    for other, key, values in resource.side_effects(run, plan):
        with run.memory.writing(other) as shelf:
            shelf.affect(key, values)
    return after


def forget(run: Context, resource: Resource, real: t.Optional[Json]) -> None:
    """Drop what was noted of an object that a task of a checked play really brought to its state."""
    if not run.memory or run.check_mode or not real or not run.memory.notes(resource):
        return
    key, name = check_memory.key_of(resource, real), real.get("name")
    with run.memory.writing(resource) as shelf:
        shelf.notes = [
            note
            for note in shelf.notes
            if key not in (note.origin, note.key) and (note.origin is not None or note.values.get("name") != name)
        ]
