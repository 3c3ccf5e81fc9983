# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Which of the objects of a list options mean."""

from __future__ import annotations

import typing as t

from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from .indexed import Keyed, of_id, of_name


class Selectable(Keyed, t.Protocol):
    """What a resource says of its objects."""

    accepts_client_id: bool

    @property
    def noun(self) -> str: ...


def one_meant(resource: Selectable, options: t.Mapping[str, t.Any], entries: list[Json]) -> t.Optional[Json]:
    """The object that `id`, or else `name`, means.

    A name beside an id is what the object is to be called, unless a new object may get another id than it is given. An
    empty one is none: what has no name is returned with an empty one.

    Raises:
        OptionError: several objects have the name, or the id and the name are those of two.
    """
    wanted_id, name = options.get("id"), options.get("name")
    matches = of_id(resource, entries, wanted_id) if wanted_id else []
    if name and (not wanted_id or resource.accepts_client_id):
        named = of_name(resource, entries, name)
        _demand_one_object(resource, matches, named)
        matches = matches or named
    if len(matches) > 1:
        ids = ", ".join(sorted(resource.id_of(raw) for raw in matches))
        raise OptionError(f"name: there are {len(matches)} {resource.noun}s named {name!r}: {ids}. Specify `id`.")
    return matches[0] if matches else None


def _demand_one_object(resource: Selectable, matches: list[Json], named: list[Json]) -> None:
    """Refuse an `id` and a `name` that are those of two objects: it is not certain which one is meant."""
    if not matches or not named or resource.id_of(matches[0]) in map(resource.id_of, named):
        return
    raise OptionError(
        f"id, name: they are those of two {resource.noun}s: the id is that of {matches[0].get('name')!r}, and "
        f"{named[0].get('name')!r} has the id {resource.id_of(named[0])}. Specify one of them."
    )
