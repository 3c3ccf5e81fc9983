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
# A name in front of a module, of hosts, of a block: names of objects are not translated
_NAME = re.compile(r"^ *- name: (.+)\n(?= +(?:[a-z]\w*\.[\w.]+|hosts|block):)", re.MULTILINE)
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_ROW = re.compile(r"^\|.*\|$", re.MULTILINE)
# Code, and a cell that is a number
_FACT = re.compile(r"`[^`]+`|(?<=\| )[\d.]+(?= \|)")
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")

pair = pytest.mark.parametrize("page", TRANSLATIONS)


def text(page: str) -> str:
    return (REPOSITORY / page).read_text(encoding="utf-8")


def original(page: str) -> str:
    return text(page.replace(".zh-CN", ""))


def blocks(page: str) -> list[tuple[str, str]]:
    """The blocks without comments, those of YAML also without the names of plays and tasks."""
    return [(language, _nameless(language, _COMMENT.sub("", block))) for language, block in _BLOCK.findall(page)]


def names(page: str) -> list[str]:
    """The names of plays and tasks."""
    return [name for language, block in _BLOCK.findall(page) if language == "yaml" for name in names_in(block)]


def _nameless(language: str, block: str) -> str:
    return _NAME.sub("", block) if language == "yaml" and names_in(block) else block


def names_in(block: str) -> list[str]:
    """What stands after `name:` in front of a module, a list of hosts or a block."""
    return [name.strip('"') for name in _NAME.findall(block)]


def test_the_first_page_and_the_first_guides_are_translated() -> None:
    assert {"README.zh-CN.md", "docs/getting-started.zh-CN.md", "docs/application.zh-CN.md"} <= {*TRANSLATIONS}


@pair
def test_the_blocks_are_those_of_the_original_but_for_comments_and_names(page: str) -> None:
    assert blocks(text(page)) == blocks(original(page))


@pair
def test_the_names_of_plays_and_tasks_are_translated(page: str) -> None:
    translated = names(text(page))

    assert len(translated) == len(names(original(page)))
    assert [name for name in translated if not _CHINESE.search(name)] == []


@pair
def test_the_tables_have_the_same_rows_and_columns(page: str) -> None:
    def shape(whole: str) -> list[int]:
        rows = _ROW.findall(_BLOCK.sub("", whole))
        return [len(re.findall(r"(?<!\\)\|", row)) for row in rows]

    assert shape(text(page)) == shape(original(page))


@pair
def test_the_commands_are_those_of_the_original(page: str) -> None:
    def commands(whole: str) -> list[str]:
        return [
            line for language, block in _BLOCK.findall(whole) if language == "console" for line in block.split("\n")
        ]

    assert commands(text(page)) == commands(original(page))


@pair
def test_the_tables_are_about_the_same_names(page: str) -> None:
    def code(whole: str) -> list[list[str]]:
        return [sorted(re.findall("`[^`]+`", cell)) for cell in _CELL.findall(whole)]

    assert code(text(page)) == code(original(page))


@pair
def test_the_rows_of_the_tables_have_the_same_code_and_figures(page: str) -> None:
    """The order within a row may be another one: it follows the language."""

    def facts(whole: str) -> list[list[str]]:
        return [sorted(_FACT.findall(row)) for row in _ROW.findall(_BLOCK.sub("", whole))]

    assert facts(text(page)) == facts(original(page))


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
