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

from ..cloud.placeholders import placeholder

if t.TYPE_CHECKING:
    from ..cloud.connection import Connection
    from .context import Context
    from .plan import Plan
    from .reference import Reference
    from .resource import Resource


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
    values: dict
    raw: dict
    is_gone: bool = False


@dataclasses.dataclass
class Shelf:
    """The notes about objects of a resource, and the number of new objects in the list that they belong to."""

    resource: Resource
    notes: list[Note]
    new: int

    def create(self, after: dict) -> dict:
        """Note a new object, and return it with the id that stands for its own."""
        resource = self.resource
        if after.get(resource.id_field) is None:
            after = {**after, resource.id_field: placeholder(self.new + 1)}
        self.new += 1
        values = _noted(resource, after)
        own_id = str(after[resource.id_field])
        self.notes.append(Note(None, _key_of(resource, after), own_id, values, resource.as_returned(values)))
        return after

    def change(self, before: dict, after: dict) -> None:
        """Note what is different of an object."""
        note = self._about(_key_of(self.resource, before), str(before.get(self.resource.id_field)))
        self._set(note, {name: value for name, value in after.items() if before.get(name) != value})
        note.key = _key_of(self.resource, after)

    def affect(self, key: t.Optional[str], values: t.Optional[dict]) -> None:
        """Note a side effect: see Resource.side_effects()."""
        if key is None:
            self.create(values or {})
            return
        note = self._about(key, key)
        note.is_gone = values is None
        self._set(note, values or {})

    def delete(self, before: dict) -> None:
        """Note that an object goes."""
        self._about(_key_of(self.resource, before), str(before.get(self.resource.id_field))).is_gone = True

    def _about(self, key: str, own_id: str) -> Note:
        """The note about an object, a new one for what no task has touched yet."""
        note = next((n for n in _living(self.notes) if n.key == key), None)
        if note is None:
            note = Note(key, key, own_id, {}, {})
            self.notes.append(note)
        return note

    def _set(self, note: Note, values: dict) -> None:
        values = _noted(self.resource, values)
        note.values = {**note.values, **values}
        note.raw = _merged(note.raw, self.resource.as_returned(values))


class CheckMemory:
    """The notes of one checked play about one connection. Without a path nothing is known of earlier tasks."""

    def __init__(self, path: t.Optional[str] = None, connection: t.Optional[Connection] = None) -> None:
        self._path = path
        self._scope = _scope_of(connection) if connection else ""
        self._stamp: t.Optional[tuple] = None
        self._notes: dict[str, dict] = {}

    @property
    def is_blind(self) -> bool:
        """Whether nothing can be known of what earlier tasks would have done."""
        return self._path is None

    def notes(self, resource: Resource) -> list[Note]:
        """The notes about objects of a resource, in the order in which they were made."""
        return [Note(**note) for note in self._read().get(resource.plural, {}).get("notes", ())]

    def notes_of(self, kind: Reference) -> t.Iterator[tuple[bool, Note]]:
        """The notes about objects that a reference may name, each with whether it has the form of the kind's list."""
        for shelf in self._read().values():
            listed_there = shelf["operation"] == kind.operation.id
            if listed_there or shelf["noun"] == kind.noun:
                yield from ((listed_there, Note(**note)) for note in shelf["notes"])

    @contextlib.contextmanager
    def writing(self, resource: Resource) -> t.Iterator[Shelf]:
        """The same notes, to be changed; no other task reads or writes them meanwhile."""
        with open(os.open(f"{self._path}.lock", os.O_RDWR | os.O_CREAT, 0o600), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            content = _load(self._path)
            shelves = content.setdefault(self._scope, {})
            place = {"operation": resource.list_operation.id, "noun": resource.noun}
            stored = shelves.setdefault(resource.plural, {**place, "notes": []})
            beside = [other for other in shelves.values() if other["operation"] == place["operation"]]
            new = sum(note["origin"] is None for other in beside for note in other["notes"])
            shelf = Shelf(resource, [Note(**note) for note in stored["notes"]], new)
            yield shelf
            stored["notes"] = [dataclasses.asdict(note) for note in shelf.notes]
            _save(self._path, content)

    def _read(self) -> dict[str, dict]:
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
    account = connection.project or connection.username or connection.token
    return hashlib.sha256(f"{connection.url.rstrip('/')}\n{account}".encode("utf-8", "replace")).hexdigest()


def _load(path: str) -> dict:
    try:
        with open(path, encoding="utf-8") as file:
            return json.load(file)
    except FileNotFoundError:
        return {}


def _save(path: str, content: dict) -> None:
    """Put the whole file in its place, so that whoever reads it never sees half of it."""
    draft = f"{path}.new"
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.replace(draft, path)


# --- reading -----------------------------------------------------------------------------------------------------


def _notes(run: Context, resource: Resource) -> list[Note]:
    return run.memory.notes(resource) if run.memory and run.check_mode else []


def find(run: Context, resource: Resource) -> t.Optional[dict]:
    """The object that the options mean, as the tasks before this one would have left it."""
    found = resource.find(run)
    notes = _notes(run, resource)
    if not notes:
        return found
    if found is None:
        return _unlisted(run, resource, notes)
    key = _key_of(resource, found)
    note = next((n for n in _living(notes) if key == n.key), None) or next((n for n in notes if key == n.origin), None)
    if note is None:
        return found
    if note.is_gone:
        return None
    is_new = note.origin is None  # then what reading it would add is known from its list only
    known = {name: value for name, value in note.values.items() if not is_new or value is not None}
    return _whole(run, resource, {**found, **known})


def _unlisted(run: Context, resource: Resource, notes: list[Note]) -> t.Optional[dict]:
    """A new object by its id, or one that the platform lists under its old name only."""
    wanted_id, name = run.options.get("id"), run.options.get("name")
    for note in _living(notes):
        if note.origin is None and wanted_id == note.id:
            return _whole(run, resource, note.values)
        if note.origin is not None and not wanted_id and name and note.values.get("name") == name:
            found = resource.fetch(run, {resource.id_field: note.id}) if resource.get_operation else None
            return found and _whole(run, resource, {**found, **note.values})
    return None


def _whole(run: Context, resource: Resource, values: dict) -> dict:
    """An object with all its fields; a list of which no task has said anything is empty, where it is asked for."""
    found = {**{field.name: None for field in resource.fields if field.shown}, **values}
    for field in resource.fields:
        is_asked = run.options.get(field.name) is not None
        if field.name in resource.read_if_asked and not is_asked:
            found[field.name] = None
        elif field.shown and field.type == "list" and is_asked and found[field.name] is None:
            found[field.name] = []
    return copy.deepcopy(found)


def entries(run: Context, resource: Resource, listed: list[dict], **place: t.Any) -> list[dict]:
    """A list of the platform with the objects as earlier tasks would have left them.

    Args:
        place: members that those have that belong in this list, where it has some of the objects only.
    """
    notes = _notes(run, resource)
    if not notes:
        return listed
    return _overlaid(listed, notes, lambda raw: _key_of_raw(resource, raw), place)


def references(run: Context, kind: Reference, listed: list[dict], **place: t.Any) -> list[dict]:
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


def _overlaid(listed: list[dict], notes: list[Note], key_of: t.Callable[[dict], str], place: dict) -> list[dict]:
    by_origin = {note.origin: note for note in notes if note.origin is not None}
    overlaid = []
    for raw in listed:
        note = by_origin.get(key_of(raw))
        if note is None:
            overlaid.append(raw)
        elif not note.is_gone:
            overlaid.append(_merged(raw, note.raw))
    new = [note.raw for note in _living(notes) if note.origin is None]
    return [*overlaid, *(copy.deepcopy(raw) for raw in new if place.items() <= raw.items())]


def _living(notes: list[Note]) -> list[Note]:
    return [note for note in notes if not note.is_gone]


def _merged(raw: dict, changes: dict) -> dict:
    merged = dict(raw)
    for name, value in changes.items():
        both = isinstance(value, dict) and isinstance(merged.get(name), dict)
        merged[name] = _merged(merged[name], value) if both else copy.deepcopy(value)
    return merged


def _key_of(resource: Resource, found: dict) -> str:
    return "/".join(str(found.get(name)) for name in resource.keyed_by or (resource.id_field,))


def _key_of_raw(resource: Resource, raw: dict) -> str:
    return _key_of(resource, raw) if resource.keyed_by else resource.id_of(raw)


# --- writing -----------------------------------------------------------------------------------------------------


def remember(run: Context, resource: Resource, plan: Plan) -> t.Optional[dict]:
    """Note what a plan leads to, and return the object as it is then, with a placeholder for the id of a new one."""
    if not run.memory or run.memory.is_blind or not run.check_mode or not plan.steps:
        return plan.after
    before, after = plan.before, plan.after
    is_new = before is None or any(step.creates for step in plan.steps)
    with run.memory.writing(resource) as shelf:
        if before is not None and (after is None or is_new):
            shelf.delete(before)
        if after is not None and is_new:
            after = shelf.create(after)
        elif after is not None and before is not None:
            shelf.change(before, after)
    plan = dataclasses.replace(plan, after=after)
    for other, key, values in resource.side_effects(run, plan):
        with run.memory.writing(other) as shelf:
            shelf.affect(key, values)
    return after


def forget(run: Context, resource: Resource, real: t.Optional[dict]) -> None:
    """Drop what was noted of an object that a task of a checked play really brought to its state."""
    if not run.memory or run.memory.is_blind or run.check_mode or not real or not run.memory.notes(resource):
        return
    key, name = _key_of(resource, real), real.get("name")
    with run.memory.writing(resource) as shelf:
        shelf.notes = [
            note
            for note in shelf.notes
            if key not in (note.origin, note.key) and (note.origin is not None or note.values.get("name") != name)
        ]


def _noted(resource: Resource, values: dict) -> dict:
    return {name: value for name, value in values.items() if name not in resource.noted_apart}
