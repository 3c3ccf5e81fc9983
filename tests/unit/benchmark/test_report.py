# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables of a benchmark."""

from __future__ import annotations

import json

import pytest

from benchmark.report import Table, show, to_json, to_markdown

TABLE = Table("Cost", ["", "ms", "note"], [["one", 1.234, None], ["a|b", 1234.5, "two\nlines"]], "Medians.")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (3, "3"),
        (0.0, "0.00"),
        (1.234, "1.23"),
        (-12.34, "-12.3"),
        (99.96, "100.0"),
        (1234.5, "1234"),
        ("a | b", "a \\| b"),
        ("two\n  lines", "two lines"),
    ],
)
def test_a_number_has_the_digits_that_its_size_deserves_and_a_text_cannot_break_the_table(
    cell: object, text: str
) -> None:
    assert show(cell) == text


def test_a_table_is_markdown_with_numbers_to_the_right() -> None:
    assert TABLE.markdown().splitlines() == [
        "### Cost",
        "",
        "|  | ms | note |",
        "|---|---:|---|",
        "| one | 1.23 |  |",
        "| a\\|b | 1234 | two lines |",
        "",
        "Medians.",
    ]


def test_a_document_tells_what_was_measured_on_before_the_tables() -> None:
    text = to_markdown("Benchmark", {"date": "2026-01-01"}, [TABLE, TABLE])

    assert text.startswith("## Benchmark\n\n- date: 2026-01-01\n\n### Cost\n")
    assert text.count("### Cost") == 2


def test_json_keeps_every_digit() -> None:
    told = json.loads(to_json({"date": "2026-01-01"}, [TABLE]))

    assert told["facts"] == {"date": "2026-01-01"}
    assert told["tables"][0]["rows"][0] == {"": "one", "ms": 1.234, "note": None}
