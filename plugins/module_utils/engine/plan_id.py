# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What makes a plan the one that was previewed: a digest of the object, the actions and what differs.

It is made of what a diff shows, so no secret is part of it. Only what differs counts: what others change beside it
leaves the plan what it is. Names that people see beside ids are left out, because whether they are known depends on
what was read before.

A preview of several tasks knows no ids of objects that an earlier one is to create. The digest has names in their
place, and marks behind it say which ones, so that the real run, which knows the ids, does the same.
"""

from __future__ import annotations

import hashlib
import json
import typing as t

from ..cloud.json_types import Json
from ..cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ..cloud.secrets import without_secrets
from ..model import check_memory
from ..model.coercion import coerce
from ..model.context import Context
from ..model.plan import Plan
from ..model.resource import Resource
from .diff import HIDDEN, sets_secret

# Goes into each digest: another one is another way to make them.
_VERSION = 1
_DIGEST_LENGTH = 40
_MARK_LENGTH = 8
_SEPARATOR = "-"
# The mark of an object that an earlier task is to create, and this one changes
_NEW = "new"
# What has nothing to do with what becomes of an object
_MANNERS = frozenset({"wait", "wait_timeout", "only_plan", "plan_file"})


class Row(t.NamedTuple):
    """One difference: where, and what goes and comes there."""

    path: str
    old: t.Any
    new: t.Any


def plan_id(resource: Resource, run: Context, plan: Plan, marks: t.Collection[str] = ()) -> str:
    """The identity of a plan.

    Args:
        marks: those of the plan to compare it with; see marks_of().
    """
    before, awaited = plan.before, _awaited(run, marks)
    own_id = before.get(resource.id_field) if before else None
    is_new = bool(before) and (is_to_be_created(own_id) or own_id in run.lookups.made or _NEW in marks)
    names = sorted({(noun, name) for noun, name, _id in awaited})
    ids = {*run.lookups.made, *(known for _noun, _name, known in awaited), *([own_id] if is_new else [])}
    rows = _asked(resource, run, plan) if is_new else differences(resource, run, plan)
    found = digest(
        {
            "cloud": run.client.connection.url.rstrip("/").lower(),
            "object": _canonical(_object(resource, run, plan, is_new), ids),
            "actions": [[step.action, step.md5] for step in plan.steps],
            "awaited": names,
            "differences": [[row.path, _canonical(row.old, ids), _canonical(row.new, ids)] for row in rows],
            "options": _canonical(_options(resource, run), ids) if plan.steps else None,
        }
    )
    return _SEPARATOR.join([found, *sorted(_mark(*name) for name in names), *([_NEW] if is_new else [])])


def marks_of(own_id: str) -> list[str]:
    """What the plan of this identity has names for in the place of ids."""
    return own_id.split(_SEPARATOR)[1:]


def digest(content: t.Any) -> str:
    """The digest of JSON data, whatever the order of its keys."""
    text = json.dumps([_VERSION, content], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGEST_LENGTH]


def whole(parts: t.Iterable[t.Optional[str]]) -> str:
    """The identity of the plans of several objects, None for one that there is no plan for."""
    return digest(list(parts))


def differences(resource: Resource, run: Context, plan: Plan) -> list[Row]:
    """What a plan changes, in the order of the fields; of secrets only that they are set."""
    if not plan.steps:
        return []
    rows: list[Row] = []
    for field in resource.fields:
        if field.option is None:
            continue
        if field.shown:
            old = None if field.name in resource.moves_by_itself else plan.before.get(field.name)
            new = (plan.after or {}).get(field.name)
            rows += _rows(field.name, coerce(old, field.type), coerce(new, field.type))
        if plan.after is not None and sets_secret(plan, run, field):
            rows.append(Row(field.name, None, HIDDEN))
    return rows


def _rows(path: str, old: t.Any, new: t.Any) -> list[Row]:
    """The differences in nested dictionaries, and of lists the entries that go and come."""
    if old == new:
        return []
    if isinstance(old, dict) or isinstance(new, dict):
        keys = sorted({*(old or {}), *(new or {})}, key=str)
        sides = [side if isinstance(side, dict) else {} for side in (old, new)]
        return [row for key in keys for row in _rows(f"{path}.{key}", sides[0].get(key), sides[1].get(key))]
    if isinstance(old, list) or isinstance(new, list):
        gone = [entry for entry in old or [] if entry not in (new or [])]
        come = [entry for entry in new or [] if entry not in (old or [])]
        return [Row(path, gone, come)] if gone or come else []
    return [Row(path, old, new)]


def _object(resource: Resource, run: Context, plan: Plan, is_new: bool) -> t.Any:
    """Which object it is: by its id, or by the options that identify one that has none yet."""
    if plan.before and not is_new:
        return {"kind": resource.plural, "id": check_memory.key_of(resource, plan.before)}
    names = {name: run.options.get(name) for name in (*resource.identified_by, *resource.named_within)}
    return without_secrets({"kind": resource.plural, "project": run.client.connection.project, **names})


def _asked(resource: Resource, run: Context, plan: Plan) -> list[Row]:
    """What is wanted of an object of which nobody knew how it is, when the plan was made."""
    return [
        Row(field.name, None, HIDDEN if field.holds_secret(value) else value)
        for field in resource.fields
        if field.name in plan.asked
        for value in [run.options.get(field.name)]
        if value is not None
    ]


def _options(resource: Resource, run: Context) -> Json:
    """The options that a diff does not show, and that change what is done."""
    unseen = {field.name for field in resource.fields if field.option is not None and not field.shown}
    names = {*unseen, *resource.more_options} - {*resource.secret_options, *resource.url_options, *_MANNERS}
    secret = {field.name for field in resource.fields if field.secret}
    secret |= {name for name, rules in resource.more_options.items() if rules.get("no_log")}
    given = {name: run.options.get(name) for name in names - secret}
    return t.cast(Json, without_secrets({name: value for name, value in given.items() if value is not None}))


def _awaited(run: Context, marks: t.Collection[str]) -> set[tuple[str, str, str]]:
    """The objects that the options name and that nobody knew an id of: kind, name, and what stands for the id here.

    Those that the options give by their id are not among them, because a preview has no name of them.
    """
    made = run.lookups.made
    return {
        (noun, name, own_id)
        for noun, name, own_id in run.journal.named
        if name not in made and not is_to_be_created(name)
        if is_to_be_created(own_id) or own_id in made or (marks and _mark(noun, name) in marks)
    }


def _mark(noun: str, name: str) -> str:
    return digest([noun, name])[:_MARK_LENGTH]


def _canonical(value: t.Any, ids: t.AbstractSet[t.Any]) -> t.Any:
    """JSON data in one form: lists in one order, and one word for all ids that nobody knew."""
    if isinstance(value, dict):
        return {str(key): _canonical(item, ids) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return sorted((_canonical(item, ids) for item in value), key=lambda item: json.dumps(item, sort_keys=True))
    if isinstance(value, str):
        return TO_BE_CREATED if value in ids or is_to_be_created(value) else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
