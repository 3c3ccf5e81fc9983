# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table of requests, and its place in the documentation."""

from __future__ import annotations

from pathlib import Path

import pytest

from openstack import request_table

TEXT = request_table.table([["a flavor, converged", "1", "6"], ["something else", "2", ""]])


def test_a_case_that_the_other_collection_does_not_have_is_empty() -> None:
    assert TEXT.splitlines()[2:] == ["| a flavor, converged | 1 | 6 |", "| something else | 2 |  |"]


def test_it_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"before\n{request_table.BEGIN}\n\nold\n\n{request_table.END}\nafter\n")

    request_table.write(TEXT, page)
    request_table.write(TEXT, page)

    assert page.read_text() == f"before\n{request_table.BEGIN}\n\n{TEXT}\n\n{request_table.END}\nafter\n"


def test_a_page_without_a_place_for_it_is_an_error(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("before and after\n")

    with pytest.raises(RuntimeError, match="no place"):
        request_table.write(TEXT, page)


@pytest.mark.parametrize("page", request_table.PAGES, ids=lambda page: page.name)
def test_the_documentation_has_a_table_of_all_cases(page: Path) -> None:
    _before, _begin, rest = page.read_text(encoding="utf-8").partition(request_table.BEGIN)
    rows = rest.partition(request_table.END)[0].strip().splitlines()

    assert rows[:2] == TEXT.splitlines()[:2] and len(rows) > 10
