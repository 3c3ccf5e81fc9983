# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts in the source of the plugins that users can read, as templates: `There is no {noun} {name!r}.`

Every string of several words counts, but for documentation and regular expressions. Where a part of an f-string is one
of two texts, there is a template for each.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PLUGINS = Path(__file__).parents[2] / "plugins"
EVENT_SOURCES = PLUGINS.parent / "extensions" / "eda" / "plugins"
FOLDERS = (*(PLUGINS / name for name in ("module_utils", "plugin_utils", "inventory", "filter")), EVENT_SOURCES)
_DOCUMENTATION = {"DOCUMENTATION", "EXAMPLES", "RETURN"}
_PLACEHOLDER = re.compile(r"\{\w*(!r)?\}")
# Placeholders side by side are one: nobody can say where the first ends.
_SEVERAL = re.compile(r"\{\w*(?:!r)?\}(?:\{\w*(?:!r)?\})+")


class Message(NamedTuple):
    """A template, and the place of its string."""

    template: str
    place: str


def messages() -> list[Message]:
    """All templates, in the order of the files."""
    found = []
    for folder in FOLDERS:
        for file in sorted(folder.rglob("*.py")):
            if "messages_zh" not in file.parts:
                tree = ast.parse(file.read_text(encoding="utf-8"))
                place = str(file.relative_to(folder.parent))
                found += [Message(text, f"{place}:{line}") for text, line in _in(tree)]
    return found


def shape(template: str) -> str:
    """A template without the names of its placeholders, which are free."""
    return _PLACEHOLDER.sub(lambda match: f"{{{match[1] or ''}}}", _SEVERAL.sub("{}", template))


def _in(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.JoinedStr):
        yield from ((text, node.lineno) for text in _templates(node) if has_words(text))
        for value in node.values:
            if isinstance(value, ast.FormattedValue) and not _alternatives(value.value):
                yield from _in(value.value)
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and has_words(_escaped(node.value)):
            yield _escaped(node.value), node.lineno
        return
    for child in ast.iter_child_nodes(node):
        if not _is_documentation(child) and not _is_pattern(child):
            yield from _in(child)


def _is_documentation(node: ast.AST) -> bool:
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id in _DOCUMENTATION for target in node.targets)
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("re.")


def _templates(node: ast.JoinedStr) -> list[str]:
    """The templates of an f-string, one for each combination of the texts that its parts can be."""
    parts = []
    for value in node.values:
        if isinstance(value, ast.Constant):
            parts.append([_escaped(str(value.value))])
        elif isinstance(value, ast.FormattedValue):
            conversion = "!r" if value.conversion == ord("r") else ""
            parts.append(_alternatives(value.value) or [f"{{{_name(value.value)}{conversion}}}"])
    return ["".join(combination) for combination in itertools.product(*parts)]


def _alternatives(node: ast.expr) -> list[str]:
    """The texts of `'one' if … else 'two'`; nothing for other expressions."""
    if not isinstance(node, ast.IfExp):
        return []
    found = []
    for branch in (node.body, node.orelse):
        if isinstance(branch, ast.Constant) and isinstance(branch.value, str):
            found.append(_escaped(branch.value))
        elif isinstance(branch, ast.JoinedStr):
            found += _templates(branch)
        elif isinstance(branch, ast.Call) and ast.unparse(branch.func) == "repr":
            found.append(f"{{{_name(branch)}!r}}")
        else:
            found.append(f"{{{_name(branch)}}}")
    return found


def _name(node: ast.expr) -> str:
    """What to call the value of an expression: its last name."""
    names = re.findall(r"[A-Za-z]\w*", ast.unparse(node))
    return str(names[-1]).lower() if names else "value"


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def has_words(template: str) -> bool:
    """Whether a text is one of several words."""
    text = _PLACEHOLDER.sub("", template.replace("{{", "").replace("}}", ""))
    return " " in template and re.search("[A-Za-z]{2}", text) is not None
