# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What the tasks of a checked play would have made, changed and deleted, for the tasks that come after them.

Each task of a play runs in a process of its own, so the memory is a file in the temporary directory of the run. It
holds what results show, and no secrets. It is laid over what is read from the platform in two places: over lists, so
that objects and names are found, and over the object that was found, so that all that is known of it stands there.
"""

from __future__ import annotations

import contextlib
import copy
import dataclasses
import fcntl
import hashlib
import json
import os
import typing as t

from ..cloud.connection import Connection
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..cloud.placeholders import placeholder
from .reference import Reference


class Noted(t.Protocol):
    """What a resource says of itself that notes are made by."""

    plural: str
    list_operation: Operation
    id_field: str
    keyed_by: tuple[str, ...]
    noted_apart: frozenset[str]

    @property
    def noun(self) -> str: ...

    def id_of(self, raw: Json) -> str: ...

    def as_returned(self, found: Json) -> Json: ...


#: what a plan changes of another object; see Resource.side_effects()
Effect = tuple[Noted, t.Optional[str], t.Optional[Json]]


class Checked(t.Protocol):
    """A convergence that may be one of a checked play."""

    @property
    def check_mode(self) -> bool: ...

    @property
    def memory(self) -> t.Optional[CheckMemory]: ...


@dataclasses.dataclass
class Note:
    """What would have become of one object.

    Attributes:
        origin: what identifies it on the platform, None for one that does not exist there yet.
        key: what identifies it now.
        id: its id as lists have it.
        values: what results show of it; of one that exists on the platform, only what is different.
        raw: the same as the API would return it.
        is_gone: whether it would have been deleted.
    """

    origin: t.Optional[str]
    key: str
    id: str
    values: Json
    raw: Json
    is_gone: bool = False


@dataclasses.dataclass
class Shelf:
    """The notes about objects of a resource, and the number of new objects in the list that they belong to."""

    resource: Noted
    notes: list[Note]
    new: int

    def create(self, after: Json) -> Json:
        """Note a new object, and return it with the id that stands for its own."""
        resource = self.resource
        if after.get(resource.id_field) is None:
            after = {**after, resource.id_field: placeholder(self.new + 1)}
        self.new += 1
        values = _noted(resource, after)
        own_id = str(after[resource.id_field])
        self.notes.append(Note(None, key_of(resource, after), own_id, values, resource.as_returned(values)))
        return after

    def change(self, before: Json, after: Json) -> None:
        """Note what is different of an object."""
        note = self._about(key_of(self.resource, before), str(before.get(self.resource.id_field)))
        self._set(note, {name: value for name, value in after.items() if before.get(name) != value})
        note.key = key_of(self.resource, after)

    def affect(self, key: t.Optional[str], values: t.Optional[Json]) -> None:
        """Note a side effect: see Resource.side_effects()."""
        if key is None:
            self.create(values or {})
            return
        note = self._about(key, key)
        note.is_gone = values is None
        self._set(note, values or {})

    def delete(self, before: Json) -> None:
        """Note that an object goes."""
        self._about(key_of(self.resource, before), str(before.get(self.resource.id_field))).is_gone = True

    def _about(self, key: str, own_id: str) -> Note:
        """The note about an object, a new one for what no task has touched yet."""
        note = next((n for n in living(self.notes) if n.key == key), None)
        if note is None:
            note = Note(key, key, own_id, {}, {})
            self.notes.append(note)
        return note

    def _set(self, note: Note, values: Json) -> None:
        values = _noted(self.resource, values)
        note.values = {**note.values, **values}
        note.raw = _merged(note.raw, self.resource.as_returned(values))


class CheckMemory:
    """The notes of one checked play about one connection. Without a path nothing can be noted.

    Attributes:
        is_blind: whether nothing can be known of what earlier tasks would have done.
    """

    def __init__(
        self, path: t.Optional[str] = None, connection: t.Optional[Connection] = None, is_blind: bool = False
    ) -> None:
        self._path = path
        self.is_blind = is_blind or path is None
        self._scope = _scope_of(connection) if connection else ""
        self._stamp: t.Optional[tuple[t.Any, ...]] = None
        self._notes: dict[str, Json] = {}

    @property
    def takes_notes(self) -> bool:
        return self._path is not None

    def notes(self, resource: Noted) -> list[Note]:
        """The notes about objects of a resource, in the order in which they were made."""
        return [Note(**note) for note in self._read().get(resource.plural, {}).get("notes", ())]

    def notes_of(self, kind: Reference) -> t.Iterator[tuple[bool, Note]]:
        """The notes about objects that a reference may name, each with whether it has the form of the kind's list."""
        for shelf in self._read().values():
            listed_there = shelf["operation"] == kind.operation.id
            if listed_there or shelf["noun"] == kind.noun:
                yield from ((listed_there, Note(**note)) for note in shelf["notes"])

    @contextlib.contextmanager
    def writing(self, resource: Noted) -> t.Iterator[Shelf]:
        """The same notes, to be changed; no other task reads or writes them meanwhile."""
        path = self._path
        if path is None:
            raise ValueError("nothing can be noted without a path")
        with open(os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT, 0o600), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            content = _load(path)
            shelves = content.setdefault(self._scope, {})
            place = {"operation": resource.list_operation.id, "noun": resource.noun}
            stored = shelves.setdefault(resource.plural, {**place, "notes": []})
            beside = [other for other in shelves.values() if other["operation"] == place["operation"]]
            new = sum(note["origin"] is None for other in beside for note in other["notes"])
            shelf = Shelf(resource, [Note(**note) for note in stored["notes"]], new)
            yield shelf
            stored["notes"] = [dataclasses.asdict(note) for note in shelf.notes]
            _save(path, content)

    def _read(self) -> dict[str, Json]:
        """All notes, read again only where a task has written since."""
        if self._path is None:
            return {}
        try:
            status = os.stat(self._path)
        except FileNotFoundError:
            return {}
        stamp = status.st_ino, status.st_mtime_ns, status.st_size
        if stamp != self._stamp:
            self._notes, self._stamp = _load(self._path).get(self._scope, {}), stamp
        return self._notes


def _scope_of(connection: Connection) -> str:
    """What the tasks of one play about one project of one platform share; a digest, because it may be of a token."""
    account = connection.project or connection.username or connection.application_credential_id or connection.token
    return hashlib.sha256(f"{connection.url.rstrip('/')}\n{account}".encode("utf-8", "replace")).hexdigest()


def _load(path: str) -> Json:
    try:
        with open(path, encoding="utf-8") as file:
            return t.cast(Json, json.load(file))
    except FileNotFoundError:
        return {}


def _save(path: str, content: Json) -> None:
    """Put the whole file in its place, so that whoever reads it never sees half of it."""
    draft = f"{path}.new"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.replace(draft, path)


# --- reading -----------------------------------------------------------------------------------------------------


def notes_about(run: Checked, resource: Noted) -> list[Note]:
    return run.memory.notes(resource) if run.memory and run.check_mode else []


def entries(run: Checked, resource: Noted, listed: list[Json], **place: t.Any) -> list[Json]:
    """A list of the platform with the objects as earlier tasks would have left them.

    Args:
        place: members that those have that belong in this list, where it has some of the objects only.
    """
    notes = notes_about(run, resource)
    if not notes:
        return listed
    return _overlaid(listed, notes, lambda raw: _key_of_raw(resource, raw), place)


def references(run: Checked, kind: Reference, listed: list[Json], **place: t.Any) -> list[Json]:
    """The same for a list that names are looked up in."""
    found = list(run.memory.notes_of(kind)) if run.memory and run.check_mode else []
    if not found:
        return listed
    notes = []
    for listed_there, note in found:
        raw = {**note.raw, kind.id: note.id}
        if note.origin is not None or not listed_there or kind.predicate(raw):
            notes.append(dataclasses.replace(note, raw=raw, key=note.id))
    return _overlaid(listed, notes, lambda raw: str(raw.get(kind.id)), place)


def _overlaid(listed: list[Json], notes: list[Note], key_of: t.Callable[[Json], str], place: Json) -> list[Json]:
    by_origin = {note.origin: note for note in notes if note.origin is not None}
    overlaid = []
    for raw in listed:
        note = by_origin.get(key_of(raw))
        if note is None:
            overlaid.append(raw)
        elif not note.is_gone:
            overlaid.append(_merged(raw, note.raw))
    new = [note.raw for note in living(notes) if note.origin is None]
    return [*overlaid, *(copy.deepcopy(raw) for raw in new if place.items() <= raw.items())]


def living(notes: list[Note]) -> list[Note]:
    return [note for note in notes if not note.is_gone]


def _merged(raw: Json, changes: Json) -> Json:
    merged = dict(raw)
    for name, value in changes.items():
        both = isinstance(value, dict) and isinstance(merged.get(name), dict)
        merged[name] = _merged(merged[name], value) if both else copy.deepcopy(value)
    return merged


def key_of(resource: Noted, found: Json) -> str:
    return "/".join(str(found.get(name)) for name in resource.keyed_by or (resource.id_field,))


def _key_of_raw(resource: Noted, raw: Json) -> str:
    return key_of(resource, raw) if resource.keyed_by else resource.id_of(raw)


def _noted(resource: Noted, values: Json) -> Json:
    return {name: value for name, value in values.items() if name not in resource.noted_apart}
