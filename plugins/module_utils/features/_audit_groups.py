# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Rows of an audit as people read them: by project and kind, equal ones together, and counted."""

from __future__ import annotations

import collections
import dataclasses
import json
import typing as t

from ..cloud.json_types import Json

#: What a row can say. The last one is not a difference.
DIFFERS, MISSING, UNWANTED, UNREADABLE = STATUSES = ("differs", "missing", "unwanted", "unreadable")
#: From how many projects on equal rows are shown once for all of them
MANY_PROJECTS = 3

COMMON = "No project"
SEVERAL = "Several projects"


@dataclasses.dataclass(frozen=True)
class Line:
    """Equal rows of one kind, with the names of their objects. An object that is its project has no other name."""

    key: str
    wanted: t.Any
    present: t.Any
    status: str
    names: tuple[str, ...]


@dataclasses.dataclass(frozen=True)
class Kind:
    """What differs in the objects of a kind."""

    name: str
    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        return sum(len(line.names) for line in self.lines)


@dataclasses.dataclass(frozen=True)
class Group:
    """What differs in a project, in several, or beside them, with its title in English."""

    title: str
    project: t.Optional[str]
    kinds: tuple[Kind, ...]

    @property
    def count(self) -> int:
        return sum(kind.count for kind in self.kinds)


def counts(rows: t.Sequence[Json]) -> Json:
    """How many rows there are: differences, by status, and differences by kind and by project."""
    differences = [row for row in rows if row["status"] != UNREADABLE]
    by_status = collections.Counter(row["status"] for row in rows)
    return {
        "differences": len(differences),
        **{status: by_status[status] for status in STATUSES},
        "kinds": dict(collections.Counter(row["kind"] for row in differences)),
        "projects": dict(collections.Counter(row["project"] for row in differences if row["project"] is not None)),
    }


def grouped(rows: t.Sequence[Json]) -> list[Group]:
    """The rows by project and kind, in the order of their first rows; those that many projects share come first."""
    common = _of_many_projects(rows)
    groups: dict[_Place, dict[str, list[Json]]] = {}
    places = [_Place(SEVERAL) if _content(row) in common else _place(row) for row in rows]
    for place, row in sorted(zip(places, rows), key=lambda pair: pair[0].title != SEVERAL):
        groups.setdefault(place, {}).setdefault(row["kind"], []).append(row)
    return [
        Group(*place, tuple(Kind(kind, _lines(found, place.title == SEVERAL)) for kind, found in kinds.items()))
        for place, kinds in groups.items()
    ]


def _of_many_projects(rows: t.Sequence[Json]) -> set[str]:
    projects: dict[str, set[str]] = {}
    for row in rows:
        if row["project"] is not None:
            projects.setdefault(_content(row), set()).add(row["project"])
    return {content for content, found in projects.items() if len(found) >= MANY_PROJECTS}


class _Place(t.NamedTuple):
    """What a row is counted under: its project, several, or none."""

    title: str
    project: t.Optional[str] = None


def _place(row: Json) -> _Place:
    return _Place(COMMON if row["project"] is None else f"Project {row['project']}", row["project"])


def _content(row: Json) -> str:
    """What equal rows have in common."""
    return json.dumps([row[key] for key in ("kind", "key", "wanted", "is", "status")], sort_keys=True)


def _lines(rows: t.Sequence[Json], with_project: bool) -> tuple[Line, ...]:
    equal: dict[str, list[Json]] = {}
    for row in rows:
        equal.setdefault(_content(row), []).append(row)
    return tuple(
        Line(first["key"], first["wanted"], first["is"], first["status"], tuple(_name(r, with_project) for r in found))
        for found in equal.values()
        for first in found[:1]
    )


def _name(row: Json, with_project: bool) -> str:
    name: str = row["name"]
    if not with_project:
        return "" if name == row["project"] else name
    return name if row["project"] in (None, name) else f"{row['project']}/{name}"
