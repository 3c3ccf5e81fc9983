# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A translated page shows what its original shows: the same blocks, the same parts, the same names in its tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]
TRANSLATIONS = sorted(
    path.relative_to(REPOSITORY).as_posix()
    for folder in (REPOSITORY, REPOSITORY / "docs")
    for path in folder.glob("*.zh-CN.md")
)

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"(^|\s+)#\s.*$", re.MULTILINE)
_CELL = re.compile(r"^\| ([^|]*`[^|]*) \|", re.MULTILINE)
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")

pair = pytest.mark.parametrize("page", TRANSLATIONS)


def text(page: str) -> str:
    return (REPOSITORY / page).read_text(encoding="utf-8")


def original(page: str) -> str:
    return text(page.replace(".zh-CN", ""))


def blocks(page: str) -> list[tuple[str, str]]:
    return [(language, _COMMENT.sub("", block)) for language, block in _BLOCK.findall(page)]


def test_the_first_page_and_the_first_guides_are_translated() -> None:
    assert TRANSLATIONS == ["README.zh-CN.md", "docs/application.zh-CN.md", "docs/getting-started.zh-CN.md"]


@pair
def test_the_blocks_are_those_of_the_original_but_for_comments(page: str) -> None:
    assert blocks(text(page)) == blocks(original(page))


@pair
def test_the_tables_are_about_the_same_names(page: str) -> None:
    assert _CELL.findall(text(page)) == _CELL.findall(original(page))


@pair
def test_the_parts_are_those_of_the_original(page: str) -> None:
    def outline(whole: str) -> list[str]:
        return _HEADING.findall(_BLOCK.sub("", whole))

    assert outline(text(page)) == outline(original(page))


@pair
def test_translation_and_original_lead_to_each_other(page: str) -> None:
    name = Path(page).name
    assert f"]({name})" in original(page) and f"]({name.replace('.zh-CN', '')})" in text(page)


@pair
def test_all_that_the_original_links_to_is_linked(page: str) -> None:
    """The original of a page that is translated may be left out."""
    translated = {name.replace(".zh-CN", "") for name in _LINK.findall(text(page)) if ".zh-CN" in name}
    own = {page.rpartition("/")[2], page.rpartition("/")[2].replace(".zh-CN", "")}

    assert set(_LINK.findall(original(page))) - own - translated <= set(_LINK.findall(text(page)))
