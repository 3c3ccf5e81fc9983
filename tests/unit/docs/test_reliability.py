# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each promise of docs/reliability.md names a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
PAGE = (REPOSITORY / "docs" / "reliability.md").read_text(encoding="utf-8")

_ROW = re.compile(r"^\| (?!Promise \|)(?P<promise>[^|]+) \| (?P<test>[^|]+) \|$", re.MULTILINE)
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")

PROMISES = [(row["promise"], row["test"]) for row in _ROW.finditer(PAGE)]


@pytest.mark.parametrize("promise, test", PROMISES)
def test_a_promise_is_held_by_a_test(promise: str, test: str) -> None:
    named = _TEST.fullmatch(test)
    assert named, f"{promise}: no test is named: {test}"
    path, name = named.groups()
    module = ast.parse((REPOSITORY / path).read_text(encoding="utf-8"))
    assert name in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}


def test_every_row_of_a_table_is_a_promise() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("|") and line.strip("|-")]
    assert len(PROMISES) == len(rows) - rows.count("| Promise | Test |") > 0


def test_no_promise_stands_there_twice() -> None:
    promises = [promise for promise, _test in PROMISES]
    assert len(promises) == len({*promises})
