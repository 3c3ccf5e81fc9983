# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages for users of other collections name options that there are, and other names that are accepted."""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

import pytest

PAGES = sorted((Path(__file__).resolve().parents[3] / "docs").glob("coming-from-*.md"))
MODULES = "ansible_collections.h3c.cloudos.plugins.modules"

_SECTION = re.compile(r"^### `([\w.]+)` and `(\w+)`\n\n(.+?)\n\n", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`]+)`")
_ALSO = re.compile(r"also as `(\w+)`")


def sections() -> list[Any]:
    return [
        pytest.param(module, rows.splitlines(), id=f"{page.stem}-{module}")
        for page in PAGES
        for _theirs, module, rows in _SECTION.findall(page.read_text(encoding="utf-8"))
    ]


def all_names(spec: dict[str, Any]) -> tuple[set[str], set[str]]:
    """The names of options and of their members, and their other names."""
    names, others = set(spec), {alias for rules in spec.values() for alias in rules.get("aliases", ())}
    for rules in spec.values():
        inner, aliases = all_names(rules.get("options") or {})
        names, others = names | inner, others | aliases
    return names, others


@pytest.mark.parametrize(("module", "rows"), sections())
def test_what_an_option_is_here_is_an_option(module: str, rows: list[str]) -> None:
    spec = importlib.import_module(f"{MODULES}.{module}").DEFINITION.spec
    names, others = all_names(spec)
    choices = {choice for rules in spec.values() for choice in rules.get("choices", ())}
    cells = [row.split(" | ")[1] for row in rows if row.startswith("| `")][1:]

    assert cells
    for cell in cells:
        also = set(_ALSO.findall(cell))
        mentioned = {re.split(r"[:.]", code)[-1 if "." in code else 0] for code in _CODE.findall(cell)} - also
        assert {name for name in mentioned if not name.startswith("cloudos_")} <= names | choices, cell
        assert also <= others, cell
