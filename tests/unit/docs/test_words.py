# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The documentation is written in the field's standard terms: one word, one meaning, and imperatives in task names.

A reader who knows the documentation of Ansible, Terraform or other collections guesses right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]

# What is read besides the pages at the root: folders, with the endings of their files.
FOLDERS = {
    "changelogs/fragments": (".yml",),
    "docs": (".md",),
    "extensions": (".md", ".yml"),
    "playbooks": (".yml",),
    "plugins/doc_fragments": (".py",),
    "plugins/filter": (".py",),
    "plugins/inventory": (".py",),
    "plugins/modules": (".py",),
    "roles": (".md", ".yml"),
}

# A word or phrase that is not to be used, and what to write instead.
INSTEAD = {
    r"told|tells?": "returned, reported, shows, lists",
    r"by (?:itself|themselves)": "automatically",
    r"(?:it|one) keeps as you say": "manages",
    r"nothing: (?:it|they)": "Lists …",
    r"needed for a new": "Required when creating …",
    r"(?:is|are) to go": "to be deleted",
    r"is no address": "is not a valid URL",
    r"cannot stand in an address": "is not valid in a URL path",
    r"blanks at (?:its|their) ends": "leading or trailing spaces",
    r"give the id of one": "Specify `id`.",
    r"make two tasks of it": "Use two tasks.",
    r"as (?:it|they) should be": "converged, in the desired state",
    r"under way": "in progress",
    r"foretells?": "predicts",
    r"seldom": "rarely",
    r"anew": "again",
}

# A task whose name starts with one of these is described, not instructed.
NOT_IMPERATIVE = (
    r"a|all|an|and|another|at|back|both|each|every|exactly|how|if|in|its?|no|none|not|nothing|on|one|only|some"
    r"|that|the|their|there|these|they|this|those|two|three|four|what|when|where|which|who|with"
)

# A phrase may continue in the next line.
_UNWANTED = re.compile("|".join(rf"(\b(?:{words})\b)" for words in INSTEAD).replace(" ", r"\s+"), re.I)
# Plays and tasks: what has a name, and then a module, a block, or another keyword.
_KEYWORDS = r"\w+(?:\.\w+){2}|block|hosts|when|loop|vars|no_log|delegate_to"
_DESCRIBED = re.compile(rf"^ *- name: [\"']?((?:{NOT_IMPERATIVE})\b.*)\n *(?:{_KEYWORDS}):", re.I | re.M)


def sources() -> Iterator[Path]:
    yield from sorted(REPOSITORY.glob("*.md"))
    for folder, endings in FOLDERS.items():
        yield from sorted(path for path in (REPOSITORY / folder).rglob("*") if path.suffix in endings)


def line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def unwanted(text: str) -> list[str]:
    """Each unwanted phrase with its line and what to write instead."""
    instead = list(INSTEAD.values())
    return [
        f"line {line_of(text, found.start())}: {found[0]!r}: write {instead[found.lastindex - 1]!r}"
        for found in _UNWANTED.finditer(text)
    ]


def descriptions(text: str) -> list[str]:
    """Names of plays and tasks that are not instructions."""
    return [f"line {line_of(text, found.start())}: {found[1]}" for found in _DESCRIBED.finditer(text)]


pages = pytest.mark.parametrize("path", list(sources()), ids=lambda path: path.relative_to(REPOSITORY).as_posix())


@pages
def test_words_are_those_of_the_field(path: Path) -> None:
    assert unwanted(path.read_text(encoding="utf-8")) == []


@pages
def test_tasks_are_named_in_the_imperative(path: Path) -> None:
    assert descriptions(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "The platform tells its power state.",
        "Needed for a new server.",
        "It is started by\n  itself.",
        "Give the id of one.",
        "| nothing: it lists hosts |",
    ],
)
def test_an_unwanted_phrase_is_found(text: str) -> None:
    assert len(unwanted(text)) == 1


def test_a_word_that_only_contains_an_unwanted_one_is_not_found() -> None:
    assert unwanted("test_a_fault_is_told, storytelling, is not ready") == []


def test_a_task_without_an_instruction_is_found_and_other_names_are_not() -> None:
    tasks = [
        "- name: The server",
        "  h3c.cloudos.cloudos_server:",
        "    name: A name",
        "- name: Ensure the server exists",
        "  h3c.cloudos.cloudos_server:",
    ]

    assert descriptions("\n".join(tasks)) == ["line 1: The server"]
