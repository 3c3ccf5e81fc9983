# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The lists of a kind of object, as the platform returns them."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from ..cloud.operation import Operation
from .coercion import dig
from .context import Context
from .indexed import Keyed


class Listed(Keyed, t.Protocol):
    """What a resource says of its lists."""

    plural: str
    list_key: t.Optional[str]
    list_operation: Operation
    page_size: t.Optional[int]
    owner_path: str

    def unwrap(self, answer: t.Any) -> Json: ...

    def list_all(self, run: Context) -> list[Json]: ...

    def identity_keys(self, options: t.Mapping[str, t.Any]) -> dict[str, str]: ...


def whole(resource: Listed, run: Context, query: t.Optional[Json]) -> list[Json]:
    """All objects as the platform returns them now."""
    entries = run.client.list_all(resource.list_operation, _key(resource), query=query, page_size=resource.page_size)
    return of_project(resource, run, entries)


def pages(resource: Listed, run: Context, query: t.Optional[Json]) -> t.Iterator[list[Json]]:
    """The same, a page at a time."""
    for found in run.client.pages(resource.list_operation, _key(resource), query=query, page_size=resource.page_size):
        yield of_project(resource, run, found)


def page(resource: Listed, run: Context, limit: int) -> tuple[list[Json], bool]:
    """At most so many objects as the platform returns them now, and whether there are more."""
    found, following = run.client.page(resource.list_operation, _key(resource), page_size=limit)
    return of_project(resource, run, found), following is not None


def _key(resource: Listed) -> str:
    return resource.list_key or resource.plural


def of_project(resource: Listed, run: Context, entries: list[Json]) -> list[Json]:
    """Entries of a list without their wrappers, and without those of other projects where their owner is in them."""
    found = [resource.unwrap(entry) for entry in entries]
    if not resource.owner_path:
        return found
    return [raw for raw in found if dig(raw, resource.owner_path) in (None, "", run.client.project_id)]
