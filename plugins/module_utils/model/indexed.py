# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Entries of a list by id and by name, without going through all of them for each one."""

from __future__ import annotations

import collections
import time
import typing as t

from ..cloud.json_types import Json


class Keyed(t.Protocol):
    """What knows the ids and names of entries: a reference or a resource."""

    def id_of(self, raw: Json, /) -> str: ...

    def names_of(self, raw: Json, /) -> t.Collection[t.Any]: ...


class Indexed(list[Json]):
    """A list that is searched often. It is changed by put() only.

    Attributes:
        read: when, on the monotonic clock.
    """

    def __init__(self, owner: Keyed, entries: t.Iterable[Json]) -> None:
        super().__init__(entries)
        self.owner = owner
        self.read = time.monotonic()
        self.written: set[str] = set()  # what identifies objects that have changed since
        self._indexes: t.Optional[tuple[dict[str, list[Json]], dict[str, list[Json]]]] = None

    def of_id(self, wanted: str) -> list[Json]:
        return self._built()[0].get(wanted, [])

    def of_name(self, wanted: str) -> list[Json]:
        return self._built()[1].get(wanted, [])

    def put(self, raw: Json) -> None:
        """An entry in the place of that of its id, or as a further one."""
        own_id = self.owner.id_of(raw)
        place = next((number for number, entry in enumerate(self) if self.owner.id_of(entry) == own_id), len(self))
        self[place : place + 1] = [raw]
        self._indexes = None

    def _built(self) -> tuple[dict[str, list[Json]], dict[str, list[Json]]]:
        indexes = self._indexes
        if indexes is None:
            by_id: dict[str, list[Json]] = collections.defaultdict(list)
            by_name: dict[str, list[Json]] = collections.defaultdict(list)
            for entry in self:
                by_id[self.owner.id_of(entry)].append(entry)
                for name in {name for name in self.owner.names_of(entry) if isinstance(name, str)}:
                    by_name[name].append(entry)
            indexes = self._indexes = by_id, by_name
        return indexes


def indexed(owner: Keyed, entries: list[Json]) -> Indexed:
    """A list as one that is searched often; the same where it is one."""
    return entries if isinstance(entries, Indexed) and entries.owner is owner else Indexed(owner, entries)


def drop_old(lists: dict[str, list[Json]], seconds: float) -> None:
    """Leave of some lists only those that are younger than so many seconds."""
    now = time.monotonic()
    for noun, entries in [*lists.items()]:
        if isinstance(entries, Indexed) and now - entries.read > seconds:
            del lists[noun]


def of_id(owner: Keyed, entries: t.Sequence[Json], wanted: str) -> list[Json]:
    """The entries of an id, in their order."""
    if isinstance(entries, Indexed) and entries.owner is owner:
        return entries.of_id(wanted)
    return [entry for entry in entries if owner.id_of(entry) == wanted]


def of_name(owner: Keyed, entries: t.Sequence[Json], wanted: str) -> list[Json]:
    """The entries that bear a name, in their order."""
    if isinstance(entries, Indexed) and entries.owner is owner:
        return entries.of_name(wanted)
    return [entry for entry in entries if wanted in owner.names_of(entry)]
