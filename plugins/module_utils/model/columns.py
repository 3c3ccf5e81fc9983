# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Values as text in aligned columns. Characters that take two columns of a terminal count as two."""

from __future__ import annotations

import json
import typing as t
import unicodedata

_GAP = "  "


def aligned(table: t.Sequence[t.Sequence[str]]) -> list[str]:
    """A line for each row of cells. Columns without any text are left out."""
    columns = [column for column in zip(*table) if any(column)]
    widths = [max(map(_width, column)) for column in columns]
    return [
        _GAP.join(cell + " " * (width - _width(cell)) for cell, width in zip(cells, widths)).rstrip()
        for cells in zip(*columns)
    ]


def shown(value: t.Any) -> str:
    """A value for people: nothing in it moves the cursor of a terminal, or hides anything."""
    text = "-" if value is None else _plain(value)
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)


def _plain(value: t.Any) -> str:
    """A value in the flow style of YAML, without quotes."""
    if isinstance(value, str):
        return value
    if isinstance(value, t.Mapping):
        return f"{{{', '.join(f'{_plain(key)}: {_plain(item)}' for key, item in value.items())}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_plain, value))}]"
    return json.dumps(value)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
