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
from ._audit_words import ENGLISH, Words

_FOUND = (DIFFERS, MISSING, UNWANTED)
# Names that are listed before the others are only counted
_NAMES = 3


def lines(counts: Json, groups: t.Sequence[Group], words: Words = ENGLISH) -> list[str]:
    """The report: how many differences there are, then what they are."""
    return [summary(counts, words), *(line for group in groups for line in _group(group, words))]


def summary(counts: Json, words: Words) -> str:
    """How many differences there are."""
    found, unreadable = counts["differences"], counts[UNREADABLE]
    kinds = [words.counted.format(counts[status], words.statuses[status]) for status in _FOUND if counts[status]]
    text = words.found[found != 1].format(found, words.comma.join(kinds)) if found else words.none
    return text + words.unreadable[unreadable != 1].format(unreadable) if unreadable else text


def _group(group: Group, words: Words) -> t.Iterator[str]:
    yield ""
    yield f"{shown(words.group(group.project, group.title))}: {group.count}"
    for kind in group.kinds:
        yield f"  {kind.name}: {kind.count}"
        yield from (f"    {line}" for line in _kind(kind, words))


def _kind(kind: Kind, words: Words) -> list[str]:
    return aligned([[_count(line), *_what(line, words), _named(line, words)] for line in kind.lines])


def _count(line: Line) -> str:
    return f"{len(line.names)}x" if len(line.names) > 1 else ""


def _what(line: Line, words: Words) -> tuple[str, str]:
    """What differs, and how."""
    if line.status in (MISSING, UNWANTED):
        return words.statuses[line.status], ""
    is_known = line.status != UNREADABLE
    present = words.present.format(shown(line.present)) if is_known else words.cannot_be_read
    return shown(line.key), words.differs.format(shown(line.wanted), present)


def _named(line: Line, words: Words) -> str:
    names = [shown(name) for name in line.names if name]
    if len(names) <= _NAMES + 1:
        return ", ".join(names)
    return words.others.format(", ".join(names[:_NAMES]), len(names) - _NAMES)
