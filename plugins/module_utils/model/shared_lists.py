# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The lists of all objects of a kind that the items of a loop share.

A write ends the use of a list. Where it leaves the other objects of the kind as they were listed, the items go on with
the list until one means an object that was written to, by any of what identifies it.
"""

from __future__ import annotations

import time
import typing as t

from ..cloud.json_types import Json
from .context import Context
from .indexed import Indexed, Keyed, indexed

# How long the items of a loop share a list (seconds): many of them, and nobody decides on what has long changed.
SHARED_SECONDS = 10.0


class Shared(Keyed, t.Protocol):
    """What a resource says of what its objects are and how they are listed."""

    plural: str

    def list_all(self, run: Context, query: t.Optional[Json] = None) -> list[Json]: ...

    def identity_keys(self, options: t.Mapping[str, t.Any]) -> dict[str, str]: ...


def read(resource: Shared, run: Context) -> list[Json]:
    """The list that counts now, read anew where there is none."""
    known = run.client.shared_lists.get(resource.plural)
    if known is None or time.monotonic() - known[0] > SHARED_SECONDS or _means_written(resource, run, known[1]):
        return share(resource, run, resource.list_all(run))
    entries: list[Json] = known[1]
    return entries


def share(resource: Shared, run: Context, entries: list[Json]) -> Indexed:
    """Have the next searches find what was just read."""
    found = indexed(resource, entries)
    run.client.shared_lists[resource.plural] = (time.monotonic(), found)
    return found


def forget(resource: Shared, run: Context) -> None:
    """Have the next search read the list anew."""
    run.client.shared_lists.pop(resource.plural, None)


def note_write(resource: Shared, run: Context, found: t.Mapping[str, t.Any]) -> None:
    """Have those who mean the object of this run read the list anew, and nobody else of the same loop."""
    known = run.client.shared_lists.get(resource.plural)
    if not known or not run.is_one_of_many or run.full_listing:
        forget(resource, run)
        return
    known[1].written.update(_marks(resource, run.options), _marks(resource, found))


def _means_written(resource: Shared, run: Context, entries: Indexed) -> bool:
    return bool(entries.written) and not entries.written.isdisjoint(_marks(resource, run.options))


def _marks(resource: Shared, options: t.Mapping[str, t.Any]) -> set[str]:
    """All that an object is found by."""
    return set(resource.identity_keys(options).values())
