# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What people read where no plan can be made: the object, what is wrong with it, and what they can do."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..model.coercion import coerce
from ..model.context import Context
from ..model.field import Field
from ..model.resource import Resource
from ..model.spelling import did_you_mean


def describe(resource: Resource, run: Context, found: t.Optional[Json]) -> str:
    """The object for people: by its name, where it has one, and its id."""
    found = found or {}
    name, own_id = found.get("name") or run.options.get("name"), found.get(resource.id_field)
    return f"The {resource.noun} {name} ({own_id})" if name else f"The {resource.noun} {own_id}"


def replace_hint(resource: Resource) -> str:
    """What people can do about an object that has failed, or cannot be changed, and what they lose by it."""
    keeps_id = resource.accepts_client_id or resource.id_field == "name"
    anew = [*([] if keeps_id else ["ID"]), *resource.renewed]
    lost = f", {resource.lost_with_it}," if resource.lost_with_it else ""
    successor = f"another with a new {' and '.join(anew)}" if anew else "another"
    return f"replace: true would delete it{lost} and create {successor}."


def no_object(resource: Resource, run: Context, missing: t.Sequence[str]) -> OptionError:
    """Nothing bears the name, and the options do not make it either."""
    identity, name = resource.describe_identity(run.options), run.options.get("name")
    is_named = identity == f"is named {name!r}"
    needed = _listing(missing)
    if identity == "has the id None":  # the options identify nothing
        return OptionError(f"A new {resource.noun} needs {needed}.")
    question = _question(resource, run, name) if is_named else None
    return OptionError(
        f"There is no {resource.noun} {repr(name) if is_named else f'that {identity}'}.",
        hint=" ".join(filter(None, [question, f"To create it, specify {needed}."])),
    )


def _question(resource: Resource, run: Context, name: t.Any) -> t.Optional[str]:
    """The name that was probably meant, where others can be listed."""
    anyone = dataclasses.replace(run, full_listing=True, options={**run.options, "name": None, "id": None})
    try:
        names = [str(raw.get("name") or "") for raw in resource.search(anyone)]
    except CloudError:
        return None  # the user can do without
    return did_you_mean(name, names)


def _listing(words: t.Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)}{',' if len(others) > 1 else ''} and {last}" if others else last


def cannot_change(
    resource: Resource, run: Context, current: Json, desired: Json, names: t.Collection[str]
) -> OptionError:
    """Properties are not as wanted, and the platform cannot change them."""
    fields = [field for field in resource.fields if field.name in names]
    details = [text for field in fields for text in _differences(run, field, current, desired)]
    return OptionError(
        f"{'; '.join(details)}. The platform cannot change {_listing(sorted(names))} of an existing {resource.noun}.",
        hint=replace_hint(resource),
    )


def _differences(run: Context, field: Field, current: Json, desired: Json) -> t.Iterator[str]:
    """How a property is not as wanted; of a dictionary, each of its members that is not."""
    has, wanted = current.get(field.name), field.redacted(coerce(desired[field.name], field.type))
    if not isinstance(wanted, dict):
        yield f"{field.name}: {_shown(run.label(field, has))}, wanted {_shown(run.label(field, wanted))}"
        return
    has = has or {}
    keys = list(wanted)
    if run.purges(field):
        keys += [key for key in has if key not in wanted and key not in field.protected_keys]
    for key in keys:
        if coerce(has.get(key), "str") != coerce(wanted.get(key), "str"):
            yield f"{field.name}.{key}: {_shown(has.get(key))}, wanted {_shown(wanted.get(key))}"


def _shown(value: t.Any) -> str:
    return "not set" if value is None else repr(value)
