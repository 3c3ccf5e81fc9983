# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables, as Markdown for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

Cell = Any  # a text, a number, or None where there is nothing to tell


@dataclass
class Table:
    """Rows under columns. A number is shown with as many digits as its size deserves."""

    title: str
    columns: Sequence[str]
    rows: list[Sequence[Cell]] = field(default_factory=list)
    note: str = ""

    def markdown(self) -> str:
        numbers = [
            all(row[column] is None or isinstance(row[column], (int, float)) for row in self.rows)
            for column in range(len(self.columns))
        ]
        lines = [
            f"### {self.title}",
            "",
            _line(self.columns),
            "|" + "|".join("---:" if is_number else "---" for is_number in numbers) + "|",
            *(_line([show(cell) for cell in row]) for row in self.rows),
        ]
        if self.note:
            lines += ["", self.note]
        return "\n".join(lines) + "\n"

    def data(self) -> dict[str, Any]:
        rows = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return {"title": self.title, "rows": rows, "note": self.note}


def show(cell: Cell) -> str:
    """A cell as text that cannot break a table."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        size = abs(cell)
        return f"{cell:.0f}" if size >= 100 else f"{cell:.1f}" if size >= 10 else f"{cell:.2f}"
    return " ".join(str(cell).split()).replace("|", "\\|")


def to_markdown(title: str, facts: dict[str, str], tables: Sequence[Table]) -> str:
    """A document: what was measured on, then the tables."""
    told = [f"- {name}: {value}" for name, value in facts.items()]
    return "\n".join([f"## {title}", "", *told, "", "\n".join(table.markdown() for table in tables)])


def to_json(facts: dict[str, str], tables: Sequence[Table]) -> str:
    return json.dumps({"facts": facts, "tables": [table.data() for table in tables]}, indent=2, ensure_ascii=False)


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
