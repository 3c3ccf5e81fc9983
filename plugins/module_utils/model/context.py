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
    """

    lists: dict[str, list[Json]] = dataclasses.field(default_factory=dict)
    fresh: set[str] = dataclasses.field(default_factory=set)
    unknown: dict[str, CloudError] = dataclasses.field(default_factory=dict)
    lock: threading.Lock = dataclasses.field(default_factory=threading.Lock)


@dataclasses.dataclass
class Journal:
    """What has happened in a run so far. It is only added to.

    Attributes:
        warnings: for people.
        remarks: the same for those who ask for more (-v).
        completed_actions: the actions of the steps that were carried out.
        created: the object that was made.
    """

    warnings: list[str] = dataclasses.field(default_factory=list)
    remarks: list[str] = dataclasses.field(default_factory=list)
    completed_actions: list[str] = dataclasses.field(default_factory=list)
    created: t.Optional[Json] = None

    def distinct_warnings(self) -> list[str]:
        """Each warning once."""
        return list(dict.fromkeys(self.warnings))


@dataclasses.dataclass(frozen=True)
class Context:
    """One convergence: what is wanted, and by which client.

    Attributes:
        progress: what people see while the task runs.
        memory: what earlier tasks of a checked play would have done; None where each of them has really been done.
        owner: id of the project whose objects names mean first; that of the login if nothing is said.
        full_listing: whether many objects are looked for, so that a list is read whole, and once for all of them.
        is_one_of_many: whether others of its kind are probably asked the same after it, as the items of a loop are.
        lookups: the kinds of objects whose names were read.
        journal: what has happened so far.
    """

    client: Client
    options: t.Mapping[str, t.Any]
    check_mode: bool = False
    progress: Progress = dataclasses.field(default_factory=Progress)
    memory: t.Optional[check_memory.CheckMemory] = None
    owner: t.Optional[str] = None
    full_listing: bool = False
    is_one_of_many: bool = False
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
        entry = self.lookup(kind, wanted, option)
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
                return found[0]
        if self.check_mode:
            self.warnings.append(f"{option}: there is no {kind.noun} {wanted!r} yet; a real run needs it.")
            return None
        raise OptionError(f"{option}: there is no {kind.noun} {wanted!r}.", hint=_known(kind, entries, wanted))

    def named(self, kind: Reference, wanted_id: str) -> str:
        """What to write for an id: the name, where lookup() finds the same by it, else the id itself."""
        try:
            entries = self.entries(kind)
        except CloudError as error:
            if error.status not in (403, 404):
                raise
            return wanted_id
        for entry in entries:
            name = kind.portable_name(entry)
            if str(entry.get(kind.id)) == wanted_id and name and self._meant(kind, entries, name) == [entry]:
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
        cache = self.client.lookups
        if kind.noun in cache:
            yield check_memory.references(self, kind, cache[kind.noun])
            if kind.noun in self.lookups.fresh:
                return
        with self.lookups.lock:
            if kind.noun not in cache or kind.noun not in self.lookups.fresh:
                cache[kind.noun] = self._read(kind)
                self.lookups.fresh.add(kind.noun)
        yield check_memory.references(self, kind, cache[kind.noun])

    def _read(self, kind: Reference) -> list[Json]:
        if kind.noun in self.lookups.unknown:
            raise self.lookups.unknown[kind.noun]
        try:
            entries = self.lookups.lists.get(kind.operation.id)
            if entries is None:
                entries = self.client.list_all(kind.operation, kind.key, page_size=kind.page_size)
        except CloudError as error:
            if error.status == 404:
                self.lookups.unknown[kind.noun] = error
            raise
        return [entry for entry in map(kind.normalize, map(_bare, entries)) if kind.predicate(entry)]

    def label(self, field: Field, value: t.Any) -> t.Any:
        """How to show a value to people: with the name of the object it means, where that is known."""
        if field.reference is None or value is None or is_to_be_created(value):
            return value
        for entry in self.client.lookups.get(field.reference.noun, []):
            if str(entry.get(field.reference.id)) == value and entry.get(field.reference.names[0]) not in (None, value):
                return f"{entry[field.reference.names[0]]} ({value})"
        return value


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
