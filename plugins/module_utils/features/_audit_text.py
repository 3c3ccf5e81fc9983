# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""An audit as lines of text."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from ..model.columns import aligned, shown
from ._audit_groups import DIFFERS, MISSING, UNREADABLE, UNWANTED, Group, Kind, Line

_WORDS = {DIFFERS: "different", MISSING: "missing", UNWANTED: "unwanted"}
# Names that are listed before the others are only counted
_NAMES = 3


def lines(counts: Json, groups: t.Sequence[Group]) -> list[str]:
    """The report: how many differences there are, then what they are."""
    return [summary(counts), *(line for group in groups for line in _group(group))]


def summary(counts: Json) -> str:
    """How many differences there are."""
    found, unreadable = counts["differences"], counts[UNREADABLE]
    kinds = [f"{counts[status]} {word}" for status, word in _WORDS.items() if counts[status]]
    noun = "difference" if found == 1 else "differences"
    text = f"{found} {noun}: {', '.join(kinds)}." if found else "There is no difference."
    values = "value" if unreadable == 1 else "values"
    return f"{text} {unreadable} {values} cannot be read." if unreadable else text


def _group(group: Group) -> t.Iterator[str]:
    yield ""
    yield f"{shown(group.title)}: {group.count}"
    for kind in group.kinds:
        yield f"  {kind.name}: {kind.count}"
        yield from (f"    {line}" for line in _kind(kind))


def _kind(kind: Kind) -> list[str]:
    return aligned([[_count(line), *what(line), _named(line)] for line in kind.lines])


def _count(line: Line) -> str:
    return f"{len(line.names)}x" if len(line.names) > 1 else ""


def what(line: Line) -> tuple[str, str]:
    """What differs, and how."""
    if line.status in (MISSING, UNWANTED):
        return _WORDS[line.status], ""
    present = "cannot be read" if line.status == UNREADABLE else f"is {shown(line.present)}"
    return shown(line.key), f"wanted {shown(line.wanted)}, {present}"


def _named(line: Line) -> str:
    names = [shown(name) for name in line.names if name]
    if len(names) <= _NAMES + 1:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMES])} and {len(names) - _NAMES} others"
