# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Expressions without the cost of the template engine: plain paths are followed, all others are compiled once."""

from __future__ import annotations

import inspect
import re
import typing as t

from ansible import constants as C

from ansible_collections.h3c.cloudos.plugins.module_utils.features._yaml_text import is_active

from .trust import TYPED, each_text

#: what the way to a value leads to if it is not there, and if only the template engine can decide
MISSING = type("Missing", (), {})()
ASK = type("Ask", (), {})()

_PATH = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")
# In Jinja2 metadata.items is a method.
_METHODS = frozenset(dir(dict))
_NUMBERS = (bool, int, float)
# Before ansible-core 2.19 users could have all texts parsed as Python.
_PARSED = not TYPED and bool(getattr(C, "DEFAULT_JINJA2_NATIVE", False))

Path = tuple[str, ...]


def path_of(expression: t.Any) -> t.Optional[Path]:
    """The parts of an expression that is nothing but names with dots between them."""
    if not isinstance(expression, str) or not _PATH.fullmatch(expression):
        return None
    return tuple(str.__str__(expression).split("."))


def locate(path: Path, variables: t.Mapping[str, t.Any]) -> t.Any:
    """The value at a path. A first name that is no variable may be known to the template engine all the same."""
    value = variables.get(path[0], ASK)
    for name in path[1:]:
        if not isinstance(value, dict) or name in _METHODS:
            return ASK
        value = value.get(name, MISSING)
        if value is MISSING:
            break
    return value


def value_at(path: Path, variables: t.Mapping[str, t.Any]) -> t.Any:
    """What Ansible makes of a path as an expression; MISSING where it would fail, ASK where it has to be asked."""
    value = locate(path, variables)
    if isinstance(value, str):
        return ASK if is_active(value) or not stays_text(value) else value
    if value is MISSING:
        return value
    if not TYPED:
        return _value_before_2_19(value, len(path) == 1)
    return copied(value)


def _value_before_2_19(value: t.Any, is_variable: bool) -> t.Any:
    """What Ansible makes of a value that is no text: a variable keeps its type, all else goes through a text."""
    if is_variable and isinstance(value, _NUMBERS):
        return value
    if value is None and not _PARSED:
        return getattr(C, "DEFAULT_NULL_REPRESENTATION", "") if is_variable else ""
    return ASK


def truth_at(path: Path, variables: t.Mapping[str, t.Any]) -> t.Any:
    """What Ansible makes of a path as a condition; MISSING where it would fail, ASK where it has to be asked."""
    value = locate(path, variables)
    if value is MISSING or isinstance(value, bool):
        return value
    if TYPED or (isinstance(value, str) and is_active(value)):
        return ASK
    return bool(value) if value is None or isinstance(value, (str, *_NUMBERS)) else ASK


def copied(value: t.Any) -> t.Any:
    """The value itself, or a copy of a dictionary or list that somebody might change."""
    return each_text(_same, value) if isinstance(value, (dict, list)) else value


def _same(text: str) -> str:
    return text


def stays_text(text: str) -> bool:
    """Whether an expression gives it back as text: up to ansible-core 2.18, what looks like Python is parsed."""
    return TYPED or not (_PARSED or text.startswith("[") or text in ("True", "False"))


def compile_once(templar: t.Any) -> None:
    """Have a templar compile each expression once, not once for each host; the rest stays Ansible's own.

    Where its inside is not as expected, it compiles them each time.
    """
    engine = getattr(templar, "_engine", None)
    if engine is not None:
        _remember(engine, "_compile_expression")
    elif not TYPED:
        _remember(getattr(templar, "environment", None), "compile")


def _remember(owner: t.Any, name: str) -> None:
    """Have a method of this object, not of its copies, give back what it has made of the same text before."""
    make = getattr(type(owner), name, None)
    if not callable(make):
        return
    made: dict[tuple[t.Any, ...], t.Any] = {}

    def make_or_recall(self: t.Any, source: t.Any, *options: t.Any, **more: t.Any) -> t.Any:
        if self is not owner or more or not isinstance(source, str):
            return make(self, source, *options, **more)
        key = (str.__str__(source), *options)
        if key not in made:
            result = make(self, source, *options)
            if inspect.isfunction(result):  # it raises the error that came up; that shows where the text stands
                return result
            made[key] = result
        return made[key]

    owner.__class__ = type(type(owner).__name__, (type(owner),), {name: make_or_recall})
