# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""One object in the options of its state module, proved: the module finds just this object by them, and is content."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..cloud.secrets import without_secrets
from ..engine.execution import converge
from ..model.context import Context
from ..model.description import ONLY_HERE
from ..model.resource import Resource
from ..module.argument_spec import member_validator

#: how a platform says that it has no such service, or that it is not for this user
CLOSED = frozenset({403, 404, 405, 501})
_NEEDED = "a new one needs it, and the platform does not return it"


@dataclasses.dataclass(frozen=True)
class Described:
    """An object in the options of its state module.

    Attributes:
        options: None where there are none that mean it.
        gaps: what is not described, by the option, with the reason; the whole object under None.
    """

    found: Json
    options: t.Optional[Json] = None
    gaps: t.Mapping[t.Optional[str], str] = dataclasses.field(default_factory=dict)


def described(resource: Resource, run: Context, raw: Json) -> Described:
    """The options of an object, or the reason why there are none."""
    found = resource.read(raw)
    why = resource.error_reason(found)
    if why:
        return Described(found, gaps={None: f"it is broken: {why}"})
    try:
        description = resource.describe(run, raw, found)
    except CloudError as error:  # it may be gone by now
        if error.status not in CLOSED:
            raise
        return Described(found, gaps={None: str(error)})
    options: Json = without_secrets(description.options)
    why = _disproof(resource, run, options, found)
    if why:
        return Described(found, gaps={None: why})
    gaps: dict[t.Optional[str], str] = dict(description.gaps.items())
    for name in [name for name in options if options[name] != description.options[name]]:
        gaps[name] = "what is secret by its key is left out"
    for name in _with_ids(resource, options, found):
        gaps.setdefault(name, ONLY_HERE)
    for name in _missing_for_new(resource, run, options):
        gaps.setdefault(name, _NEEDED)
    return Described(found, options, gaps)


def _with_ids(resource: Resource, options: Json, found: Json) -> list[str]:
    """The options that name another object by its id, because nothing else identifies it."""
    references = [
        field for field in resource.fields if field.reference and field.reference.id not in field.reference.names
    ]
    return [
        field.name
        for field in references
        if not set(_texts(options.get(field.name))).isdisjoint(_texts(found.get(field.name)))
    ]


def _texts(value: t.Any) -> list[str]:
    return [str(entry) for entry in (value if isinstance(value, list) else [value]) if entry is not None]


def _missing_for_new(resource: Resource, run: Context, options: Json) -> list[str]:
    """The options that a cloud without the object would need beside these."""
    checked = member_validator(resource).validate(options)
    trial = Context(run.client, checked.validated_parameters, check_mode=True, lookups=run.lookups)
    given = {field.name: trial.options.get(field.name) for field in resource.fields}
    initial = {name: value for name, value in resource.initial_values(trial).items() if given.get(name) is None}
    return resource.missing(trial, {**given, **initial})


def _disproof(resource: Resource, run: Context, options: Json, found: Json) -> t.Optional[str]:
    """Why the state module would not find just this object by the options, or would change it; None if all is well."""
    checked = member_validator(resource).validate(options)
    if checked.errors.errors:
        return str(checked.errors.msg)
    trial = Context(run.client, checked.validated_parameters, check_mode=True, full_listing=True, lookups=run.lookups)
    try:
        result = converge(resource, trial)
    except CloudError as error:
        return str(error)
    if result["changed"]:
        return f"its options would change it: {', '.join(result['actions'])}"
    if (result[resource.name] or {}).get(resource.id_field) != found[resource.id_field]:
        return "its options mean another one"
    return None
