# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The texts of playbooks and roles that people are shown, as templates: `There is no file {path}.`

They are what tasks show, and the variables of the same task that it is put together from.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
import yaml
from jinja2 import nodes
from unit.message_templates import Message, has_words

REPOSITORY = Path(__file__).parents[2]
FOLDERS = ("playbooks", "roles")
FILTER = "h3c.cloudos.translated"
#: options of tasks, and of loops, that people are shown
_SHOWN = frozenset({"fail_msg", "success_msg", "msg", "prompt", "label"})
#: what people type is the same in all languages
_COMMAND = "ansible-playbook "
_JINJA = jinja2.Environment()


class Shown(NamedTuple):
    """What a task shows: the expression, and the templates of the texts in it."""

    text: str
    templates: list[str]
    place: str


class _Loader(yaml.SafeLoader):
    """YAML with Ansible's own tags."""


_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def shown() -> list[Shown]:
    """All that tasks show and that has words in it, in the order of the files."""
    found: list[Shown] = []
    for folder in FOLDERS:
        for file in sorted((REPOSITORY / folder).rglob("*.yml")):
            if "meta" not in file.parts:
                content = yaml.load(file.read_text(encoding="utf-8"), _Loader)  # a safe one
                place = str(file.relative_to(REPOSITORY))
                found += [each for task in _tasks(content) for each in _shown_by(task, place) if each.templates]
    return found


def messages() -> list[Message]:
    """The templates of all these texts."""
    return [Message(template, each.place) for each in shown() for template in each.templates]


def templates_of(text: str) -> Iterator[str]:
    """What a text with expressions consists of, if it has words: itself, and the texts in its expressions."""
    tree = _JINJA.parse(text)
    for output in tree.find_all(nodes.Output):
        yield from _with_words(_joined(output.nodes))
    for concatenation in tree.find_all(nodes.Concat):
        yield from _with_words(_joined(concatenation.nodes))
    parts = {id(node) for each in tree.find_all(nodes.Concat) for node in each.nodes}
    for constant in tree.find_all(nodes.Const):
        if isinstance(constant.value, str) and id(constant) not in parts:
            yield from _with_words(_escaped(constant.value))


def _tasks(content: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary with a name: plays, blocks and tasks."""
    if isinstance(content, list):
        for entry in content:
            yield from _tasks(entry)
    elif isinstance(content, dict):
        yield content
        for key in ("tasks", "block", "rescue", "always", "pre_tasks", "post_tasks", "handlers"):
            yield from _tasks(content.get(key))


def _shown_by(task: dict[str, Any], place: str) -> Iterator[Shown]:
    variables = task.get("vars") or {}
    for options in task.values():
        for key in _SHOWN & options.keys() if isinstance(options, dict) and options is not variables else ():
            text = _text(options[key])
            templates = list(templates_of(text))
            for name in _used(text, variables):
                templates += templates_of(_text(variables[name]))
            yield Shown(text, templates, f"{place}: {task.get('name')}: {key}")


def _used(text: str, variables: dict[str, Any]) -> list[str]:
    """The variables of a task that a text is put together from."""
    found: list[str] = []
    waiting = [text]
    while waiting:
        for node in _JINJA.parse(waiting.pop()).find_all(nodes.Name):
            if node.name in variables and node.name not in found:
                found.append(node.name)
                waiting.append(_text(variables[node.name]))
    return found


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return _text(list(value.values()))
    return "\n".join(map(_text, value)) if isinstance(value, list) else str(value)


def _joined(parts: list[nodes.Node]) -> str:
    return "".join(map(_part, parts)).strip()


def _part(node: nodes.Node) -> str:
    if isinstance(node, nodes.TemplateData):
        return _escaped(node.data)
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return _escaped(node.value)
    name = next((each.name for each in [node, *node.find_all(nodes.Name)] if isinstance(each, nodes.Name)), "value")
    return f"{{{name}}}"


def _with_words(template: str) -> Iterator[str]:
    lines = template.split("\n")
    yield from (line for line in lines if has_words(line) and not line.startswith(_COMMAND))


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")
