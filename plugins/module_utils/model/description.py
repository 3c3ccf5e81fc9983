# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""An object in the options of its state module, as a description of a cloud has it."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from .context import Context
from .field import Field
from .indexed import of_id
from .reference import Reference

#: why an option is noted that names another object by its ID
ONLY_HERE = "it is an ID of this cloud, which another one does not have"


@dataclasses.dataclass
class Description:
    """An object in the options of its state module. What cannot be described stands in `gaps`, with the reason."""

    options: Json
    gaps: dict[str, str] = dataclasses.field(default_factory=dict)


def describe(fields: t.Iterable[Field], run: Context, found: Json) -> Description:
    """The options that a new object would need to be like this one, with names in the place of ids."""
    options: Json = {}
    gaps: dict[str, str] = {}
    for field in fields:
        if field.option is not None and field.shown and field.name != "id":
            value = _without_empty(field.of_user(found.get(field.name)))
            if field.goes_without_saying(value):
                continue
            missing = _no_longer_there(run, field.reference, value) if field.reference else []
            if field.reference and missing:
                gaps[field.name] = f"there is no {field.reference.noun} {', '.join(missing)} any more"
            else:
                options[field.name] = _in_names(run, field, value)
    return Description(options, gaps)


def _without_empty(value: t.Any) -> t.Any:
    """A value without the members of its dictionaries that say nothing."""
    if isinstance(value, dict):
        filled = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in filled.items() if item is not None and item not in ({}, [])}
    if isinstance(value, list):
        if all(isinstance(item, str) for item in value):
            return sorted(value)
        return [_without_empty(item) for item in value]
    return value


def _in_names(run: Context, field: Field, value: t.Any) -> t.Any:
    if field.reference is None:
        return value
    if isinstance(value, list):
        return sorted(run.named(field.reference, entry) for entry in value)
    return run.named(field.reference, value)


def _no_longer_there(run: Context, kind: Reference, value: t.Any) -> list[str]:
    """Those of the objects that a value names which the platform does not list; none where it lists nothing."""
    try:
        entries = run.entries(kind)
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        return []
    wanted = value if isinstance(value, list) else [value]
    return [text for text in wanted if not (of_id(kind, entries, text) or _bears(kind, entries, text))]


def _bears(kind: Reference, entries: list[Json], text: str) -> bool:
    """Whether any entry has that name, also one that only its id can mean."""
    return any(str(entry.get(member)) == text for entry in entries for member in kind.names)
