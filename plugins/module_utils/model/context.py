# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""One convergence: its options, its client, and the objects that its options name."""

from __future__ import annotations

import dataclasses
import threading
import typing as t

from ..cloud.client import Client
from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.placeholders import TO_BE_CREATED, is_to_be_created
from . import check_memory
from .coercion import dig
from .field import Field
from .indexed import Indexed, of_id
from .known_names import KnownNames
from .progress import Progress
from .reference import Reference
from .spelling import did_you_mean


@dataclasses.dataclass
class Lookups:
    """The kinds of objects whose names were read in this run, or in the fleet of runs that it belongs to.

    Attributes:
        fresh: those that were read.
        unknown: those that the platform does not know, with its refusal.
        lists: what was read whole just before, by the id of its operation.
        recalled: what earlier tasks had read, by the noun of its kind, where it was made use of.
        made: the ids of the objects that this task has made before.
    """

    lists: dict[str, list[Json]] = dataclasses.field(default_factory=dict)
    fresh: set[str] = dataclasses.field(default_factory=set)
    unknown: dict[str, CloudError] = dataclasses.field(default_factory=dict)
    recalled: dict[str, list[Json]] = dataclasses.field(default_factory=dict)
    made: set[t.Any] = dataclasses.field(default_factory=set)
    _locks: dict[str, threading.Lock] = dataclasses.field(default_factory=dict)

    def reading(self, noun: str) -> threading.Lock:
        """What is held while a kind is read, so that of several threads one reads it."""
        return self._locks.setdefault(noun, threading.Lock())


@dataclasses.dataclass
class Journal:
    """What has happened in a run so far.

    Attributes:
        warnings: for people.
        remarks: the same for those who ask for more (-v).
        completed_actions: the actions of the steps that were carried out.
        created: the object that was made.
        named: the objects that the options name: their kind, what names them, and their id.
    """

    warnings: list[str] = dataclasses.field(default_factory=list)
    remarks: list[str] = dataclasses.field(default_factory=list)
    completed_actions: list[str] = dataclasses.field(default_factory=list)
    created: t.Optional[Json] = None
    named: list[tuple[str, str, str]] = dataclasses.field(default_factory=list)

    def mark(self) -> tuple[int, int, int]:
        """What rewind() takes."""
        return len(self.warnings), len(self.remarks), len(self.named)

    def rewind(self, mark: tuple[int, int, int]) -> None:
        """Take back what was noted after a mark, of what did not count."""
        del self.warnings[mark[0] :], self.remarks[mark[1] :], self.named[mark[2] :]

    def distinct_warnings(self) -> list[str]:
        """Each warning once."""
        return list(dict.fromkeys(self.warnings))


@dataclasses.dataclass(frozen=True)
class Context:
    """One convergence: what is wanted, and by which client.

    Attributes:
        shows_diff: whether people want to see what differs.
        progress: what people see while the task runs.
        memory: what earlier tasks of a checked play would have done; None where each of them has really been done.
        owner: id of the project whose objects names mean first; that of the login if nothing is said.
        full_listing: whether many objects are looked for, so that a list is read whole, and once for all of them.
        listed: all objects of the kind as they are now, where they were read for many runs at once.
        is_one_of_many: whether others of its kind are probably asked the same after it, as the items of a loop are.
        known: the names that tasks share; None where they do not.
        recalls: whether these count, because nothing will come of them but that nothing has to be done.
        lookups: the kinds of objects whose names were read.
        journal: what has happened so far.
    """

    client: Client
    options: t.Mapping[str, t.Any]
    check_mode: bool = False
    shows_diff: bool = True
    progress: Progress = dataclasses.field(default_factory=Progress)
    memory: t.Optional[check_memory.CheckMemory] = None
    owner: t.Optional[str] = None
    full_listing: bool = False
    listed: t.Optional[list[Json]] = None
    is_one_of_many: bool = False
    known: t.Optional[KnownNames] = None
    recalls: bool = False
    lookups: Lookups = dataclasses.field(default_factory=Lookups)
    journal: Journal = dataclasses.field(default_factory=Journal)

    def with_options(self, options: t.Mapping[str, t.Any]) -> Context:
        """The same run with other options."""
        return dataclasses.replace(self, options=options)

    @property
    def warnings(self) -> list[str]:
        """Warnings for people, to be added to."""
        return self.journal.warnings

    @property
    def is_blind(self) -> bool:
        """Whether earlier tasks may be about to do what this one needs, and nobody can know."""
        return self.check_mode and self.memory is not None and self.memory.is_blind

    @property
    def waits(self) -> bool:
        return bool(self.options.get("wait", True))

    def purges(self, field: Field) -> bool:
        """Whether what stands beside the given entries of a list or dictionary is removed."""
        return field.whole or bool(self.options.get(field.purged_by or f"purge_{field.name}"))

    # --- names and ids

    def wanted(self, field: Field, current: t.Optional[Json]) -> t.Any:
        """The value of an option; where it names another object, or a list of them, their ids."""
        value = self.options.get(field.name)
        if value is None or field.reference is None:
            return value
        if isinstance(value, list):
            known = (current or {}).get(field.name) or []
            return [entry if entry in known else self.resolve(field.reference, entry, field.name) for entry in value]
        if current and current.get(field.name) == value:
            return value
        return self.resolve(field.reference, value, field.name)

    def resolve(self, kind: Reference, wanted: str, option: str) -> str:
        """The id of the object of this kind that `wanted` names; see lookup()."""
        entry = self.recall(kind, wanted) or self.lookup(kind, wanted, option)
        return TO_BE_CREATED if entry is None else str(entry[kind.id])

    def lookup(self, kind: Reference, wanted: str, option: str) -> t.Optional[Json]:
        """The object of this kind that `wanted` names. One list read serves all names of a kind.

        Raises:
            OptionError: nothing, or more than one object, bears the name. In check mode the former is a warning,
                because an earlier task may be about to create it, and the answer is None.
        """
        for entries in self._entries(kind):
            found = self._meant(kind, entries, wanted)
            if len(found) > 1:
                ids = ", ".join(sorted(str(e[kind.id]) for e in found))
                raise OptionError(f"{option}: there are several {kind.noun}s named {wanted!r}: {ids}. Specify its ID.")
            if found:
                self.journal.named.append((kind.noun, wanted, str(found[0].get(kind.id))))
                return found[0]
        if self.check_mode:
            self.journal.named.append((kind.noun, wanted, TO_BE_CREATED))
            self.warnings.append(f"{option}: there is no {kind.noun} {wanted!r} yet; a real run needs it.")
            return None
        raise OptionError(f"{option}: there is no {kind.noun} {wanted!r}.", hint=_known(kind, entries, wanted))

    def recall(self, kind: Reference, wanted: str) -> t.Optional[Json]:
        """What an earlier task has read of the object that `wanted` names; None where it does not count."""
        return next(iter(self._meant(kind, self.recalled(kind, wanted), wanted)), None)

    def recalled(self, kind: Reference, wanted: str) -> list[Json]:
        """All that an earlier task has read of a kind; nothing where it does not count, or has no name `wanted`."""
        if not self.recalls or self.known is None or kind.known_members is None or kind.noun in self.client.lookups:
            return []
        entries = check_memory.references(self, kind, self.known.read(kind) or [])
        if len(self._meant(kind, entries, wanted)) != 1:
            return []
        self.lookups.recalled[kind.noun] = entries
        return entries

    def named(self, kind: Reference, wanted_id: str) -> str:
        """What to write for an id: the name, where lookup() finds the same by it, else the id itself."""
        try:
            entries = self.entries(kind)
        except CloudError as error:
            if error.status not in (403, 404):
                raise
            return wanted_id
        for entry in of_id(kind, entries, wanted_id):
            name = kind.portable_name(entry)
            if name and self._meant(kind, entries, name) == [entry]:
                return name
        return wanted_id

    def _meant(self, kind: Reference, entries: list[Json], wanted: str) -> list[Json]:
        """The objects that a text may mean, of several the nearest ones."""
        return self._nearest(kind, kind.meant(entries, wanted), wanted)

    def _nearest(self, kind: Reference, found: list[Json], wanted: str) -> list[Json]:
        """Of several objects of one name, those of this project, else those that are public."""
        if not kind.owner_path or not found or (len(found) < 2 and kind.shared is None):
            return found
        owner = self.owner or self.client.project_id
        own = [entry for entry in found if dig(entry, kind.owner_path) == owner]
        if own or kind.shared is None:
            return own or [entry for entry in found if entry.get("visibility") == "public"] or found
        return [entry for entry in found if str(entry.get(kind.id)) == wanted or kind.shared(entry)]

    def entries(self, kind: Reference) -> list[Json]:
        """The objects of a kind, read once."""
        return next(self._entries(kind))

    def entries_if_listed(self, kind: Reference, closed: t.Collection[int] = (403, 404)) -> t.Optional[list[Json]]:
        """The same; None where the platform does not list them, or not for this user, by the status of its refusal."""
        try:
            return self.entries(kind)
        except CloudError as error:
            if error.status not in closed:
                raise
            return None

    def present_entries(self, kind: Reference) -> list[Json]:
        """The same as they are now: what was read before this run, or the fleet that it belongs to, does not count."""
        *_earlier, entries = self._entries(kind)
        return entries

    def _entries(self, kind: Reference) -> t.Iterator[list[Json]]:
        """The objects of a kind as last read, then, for what came since, as read by this run."""
        cache, fresh = self.client.lookups, self.lookups.fresh
        read = cache.get(kind.noun)
        if read is not None:
            yield check_memory.references(self, kind, read)
            if kind.noun in fresh:
                return
        with self.lookups.reading(kind.noun):
            read = cache.get(kind.noun)
            if read is None or kind.noun not in fresh:
                read = cache[kind.noun] = Indexed(kind, self._read(kind))
                fresh.add(kind.noun)
        yield check_memory.references(self, kind, read)

    def _read(self, kind: Reference) -> list[Json]:
        if kind.noun in self.lookups.unknown:
            raise self.lookups.unknown[kind.noun]
        try:
            entries = self.lookups.lists.get(kind.operation.id)
            if entries is not None:
                return _of_kind(kind, entries)
            mark = self.known.mark() if self.known is not None else b""
            entries = _of_kind(kind, self.client.list_all(kind.operation, kind.key, page_size=kind.page_size))
        except CloudError as error:
            if error.status == 404:
                self.lookups.unknown[kind.noun] = error
            raise
        if self.known is not None:
            self.known.write(kind, entries, mark)
        return entries

    def label(self, field: Field, value: t.Any) -> t.Any:
        """How to show a value to people: with the name of the object it means, where that is known."""
        if field.reference is None or value is None or is_to_be_created(value):
            return value
        noun = field.reference.noun
        for entry in self.client.lookups.get(noun) or self.lookups.recalled.get(noun, []):
            if str(entry.get(field.reference.id)) == value and entry.get(field.reference.names[0]) not in (None, value):
                return f"{entry[field.reference.names[0]]} ({value})"
        return value


def _of_kind(kind: Reference, listed: list[Json]) -> list[Json]:
    return [entry for entry in map(kind.normalize, map(_bare, listed)) if kind.predicate(entry)]


def _bare(entry: Json) -> Json:
    """An entry of a list without the wrapper that some lists put around each."""
    inner = next(iter(entry.values())) if len(entry) == 1 else None
    return inner if isinstance(inner, dict) else entry


def _known(kind: Reference, entries: list[Json], wanted: str) -> str:
    names = sorted({str(entry.get(kind.names[0])) for entry in entries if kind.nameable(entry)})
    if not names:
        return f"The project has no {kind.noun}s."
    listed = f"There are: {', '.join(names[:20])}{', …' if len(names) > 20 else ''}."
    return " ".join(filter(None, [did_you_mean(wanted, names), listed]))
