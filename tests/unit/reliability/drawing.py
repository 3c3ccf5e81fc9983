# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Random legal options of the state modules: their argument specs, and the values in legal.yml.

A generator of legal.yml is a list of values to choose from, or one of

    {text: 20, without: ":/"}     text of up to so many characters, without some
    {int: [0, 100]}
    {keys: [a, b], of: GENERATOR}  a dictionary with some of the keys
    {names: 3}                    one of so many names
"""

from __future__ import annotations

import string
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st
from integration import test_matrix as matrix
from unit.reliability.stories import Story

from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION

TABLE = Path(__file__).with_name("legal.yml")
# What a task says beside what the object shall be
MANNERS = frozenset(
    {
        "state",
        "id",
        "replace",
        "wait",
        "wait_timeout",
        "progress",
        "update_password",
        "validate",
        "resize",
        "only_plan",
        "plan_file",
    }
)
_LETTERS = "abcXYZ019-_. ,;()'äß云主机"


@dataclass(frozen=True)
class Legal:
    """What is legal for a module."""

    module: str
    case: matrix.Case
    options: dict[str, Any] = field(default_factory=dict)
    seeds: list[dict[str, Any]] = field(default_factory=list)
    never: dict[str, str] = field(default_factory=dict)
    unforeseen: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    follow: list[str] = field(default_factory=list)

    @property
    def drawn(self) -> list[str]:
        """The options that are drawn, those first that say which object is meant."""
        spec = matrix.spec_of(self.module)
        names = [name for name in spec if name not in CONNECTION and name not in MANNERS and name not in self.never]
        return [*self.case.identity, *(name for name in names if name not in self.case.identity)]

    @property
    def fixed(self) -> set[str]:
        """The options that are refused for an object that is there, unless it is replaced."""
        return {option for change in self.case.immutable for option in change["options"]} | {*self.case.unseen}

    def values(self, option: str) -> st.SearchStrategy[Any]:
        """The legal values of an option."""
        rules = matrix.spec_of(self.module)[option]
        if option in self.options:
            return _strategy(self.options[option])
        if rules.get("choices"):
            return st.sampled_from(rules["choices"])
        if rules.get("type") == "bool":
            return st.booleans()
        return _strategy(self._seen(option))

    def _seen(self, option: str) -> list[Any]:
        changes = [*self.case.updates, *self.case.immutable]
        told = [self.case.create, *(change["options"] for change in changes)]
        values = [options[option] for options in told if options.get(option) is not None]
        assert values, f"{self.module}: {option} has no legal values in {TABLE.name}, and no reason to have none"
        return values


def legal(module: str, case: matrix.Case, names: dict[str, str]) -> Legal:
    told = yaml.safe_load(string.Template(TABLE.read_text(encoding="utf-8")).substitute(names))
    return Legal(module, case, **told.get(module, {}))


def _strategy(generator: Any) -> st.SearchStrategy[Any]:
    if isinstance(generator, list):
        return st.sampled_from(generator)
    if "int" in generator:
        return st.integers(*generator["int"])
    if "names" in generator:
        return st.integers(1, generator["names"]).map("rand-{}".format)
    if "keys" in generator:
        return st.dictionaries(st.sampled_from(generator["keys"]), _strategy(generator["of"]), min_size=1)
    letters = [letter for letter in _LETTERS if letter not in generator.get("without", "")]
    # Blanks at the ends are another matter.
    return st.text(st.sampled_from(letters), min_size=1, max_size=generator["text"]).filter(lambda t: t == t.strip())


@dataclass(frozen=True)
class Play:
    """Tasks that lead to some state, and the one that is judged.

    Attributes:
        by_id: whether that one says by id which object is meant; its name is the one that the object shall have then.
    """

    earlier: list[dict[str, Any]]
    task: dict[str, Any]
    by_id: bool = False


@st.composite
def plays(draw: st.DrawFn, subject: Legal) -> Play:
    """A random state, which is nothing or what some tasks made, and a random task."""
    if isinstance(subject.case, Story):
        tasks = draw(st.lists(st.sampled_from(subject.case.played), min_size=1, max_size=4))
        return Play(tasks[:-1], tasks[-1])
    identity = _identity(draw, subject)
    if subject.case.lasting:
        return Play(draw(st.lists(_tasks(subject, identity), max_size=2)), draw(_tasks(subject, identity, last=True)))
    if draw(st.integers(0, 3)) == 0:
        return Play([], draw(_tasks(subject, identity, whole=True, last=True)))
    other = [draw(_tasks(subject, _identity(draw, subject), whole=True))] if draw(st.booleans()) else []
    later = draw(st.lists(_tasks(subject, identity), max_size=2))
    by_id = subject.case.has_ids and "name" in identity and draw(st.integers(0, 2)) == 0
    task = draw(_tasks(subject, _identity(draw, subject) if by_id else identity, last=True))
    return Play([*other, draw(_tasks(subject, identity, whole=True)), *later], task, by_id)


def _identity(draw: st.DrawFn, subject: Legal) -> dict[str, Any]:
    return {name: draw(subject.values(name)) for name in subject.case.identity}


@st.composite
def _tasks(
    draw: st.DrawFn, subject: Legal, identity: dict[str, Any], whole: bool = False, last: bool = False
) -> dict[str, Any]:
    spec, case = matrix.spec_of(subject.module), subject.case
    if last and not case.lasting and draw(st.integers(0, 7)) == 0:
        return {**identity, "state": "absent"}
    options, density = dict(identity), draw(st.integers(1, 7))
    if "replace" in spec and draw(st.integers(0, 3)) == 0:
        options["replace"] = True
    changeable = whole or "replace" in options or draw(st.integers(0, 7)) == 0
    for name in subject.drawn:
        if name in options or (name in subject.fixed and not changeable):
            continue
        if (whole and name in case.required) or draw(st.integers(0, 9)) < density:
            options[name] = draw(subject.values(name))
    for first, second in _exclusive(subject):
        if first in options and second in options:
            del options[second]
    if last and "wait" in spec and draw(st.integers(0, 4)) == 0:
        options["wait"] = False
    return options


def _exclusive(subject: Legal) -> list[tuple[str, str]]:
    groups = [("image", "boot_volume"), ("src", "ftp")]
    return [(a, b) for a, b in groups if {a, b} <= {*subject.drawn}]
