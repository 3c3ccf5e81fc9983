# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What contributors are told is so: excerpts, files, commands and versions."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from tools.new_resource.names import Names
from tools.new_resource.plan import changed_files, new_files, new_links, values_of

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "tests" / "tools"))

import matrix  # noqa: E402 - a tool, not a package

PAGES = ("CONTRIBUTING.md", "docs/adding-a-resource.md")
FOLDERS = ("changelogs", "docs", "meta", "playbooks", "plugins", "roles", "tests")

# The resource that the guide makes, which there is only where the guide is typed
VALUES = values_of(REPOSITORY, Names("security_label", "compute"), ())
MADE = {**changed_files(REPOSITORY, VALUES), **new_files(VALUES)}

# A block behind a line that is nothing but the name of a file; "..." in it stands for what is left out.
_EXCERPT = re.compile(r"^`([\w./-]+)`:\n\n```(?!diff)\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The same, and the changes that tests/integration/test_new_resource.py types.
_SHOWN = re.compile(r"^`([\w./-]+)`:\n\n```", re.MULTILINE)
_NAMED = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./-]*)`")
_TARGET = re.compile(r"^([a-z-]+):.*## ", re.MULTILINE)


def text(page: str) -> str:
    return (REPOSITORY / page).read_text(encoding="utf-8")


def excerpts() -> list[tuple[str, str]]:
    found = [(name, block) for page in PAGES for name, block in _EXCERPT.findall(text(page))]
    return [(name, part) for name, block in found for part in re.split(r"^\.\.\.\n", block, flags=re.MULTILINE)]


def stands_in(part: str, whole: str) -> bool:
    """Whether these lines follow each other there, however far they are indented."""
    wanted, lines = dedent(part), whole.splitlines(keepends=True)
    count = len(part.splitlines())
    return any(dedent("".join(lines[start : start + count])) == wanted for start in range(len(lines)))


def test_there_are_excerpts_of_every_kind_of_file() -> None:
    assert len({name for page in PAGES for name in _SHOWN.findall(text(page))}) >= 12


@pytest.mark.parametrize(("name", "part"), excerpts())
def test_an_excerpt_is_what_the_file_says(name: str, part: str) -> None:
    assert stands_in(part, MADE.get(name) or text(name)), f"not in {name}:\n{part}"


@pytest.mark.parametrize("page", [*PAGES, "TESTING.md"])
def test_a_file_that_is_named_is_there(page: str) -> None:
    folders = {f"{parent}/" for name in [*MADE, *new_links(VALUES)] for parent in Path(name).parents}
    made = {*MADE, *folders}

    assert [name for name in _NAMED.findall(text(page)) if name not in made and not (REPOSITORY / name).exists()] == []


def test_every_command_of_make_is_described_and_no_other() -> None:
    described = set(re.findall(r"^\| `make ([a-z-]+)` \|", text("CONTRIBUTING.md"), re.MULTILINE))

    assert described == set(_TARGET.findall(text("Makefile")))


@pytest.mark.parametrize("page", [*PAGES, "README.md", "SECURITY.md", "TESTING.md", ".github/pull_request_template.md"])
def test_commands_of_make_exist(page: str) -> None:
    used = re.findall(r"(?:`|\$ )make ([a-z-]+)", text(page))

    assert sorted(set(used) - set(_TARGET.findall(text("Makefile")))) == []


def test_the_versions_are_those_of_the_matrix() -> None:
    rows = re.findall(r"^\| (2\.\d+) \| ([\d., ]+) \|", text("CONTRIBUTING.md"), re.MULTILINE)
    by_age = {core: sorted(pythons, key=lambda version: int(version[2:])) for core, pythons in matrix.CORES.items()}

    assert {core: pythons.split(", ") for core, pythons in rows} == by_age
