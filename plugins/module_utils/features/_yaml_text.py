# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""YAML for people and for Ansible, without a library: where a module runs there may be none.

Texts are data. One in which Ansible could see a template is marked, so that it never becomes one.
"""

from __future__ import annotations

import json
import re
import typing as t

_INDENT = "  "
_MARK = "!unsafe "

# A text that each version of YAML takes for a text, without quotes: it has a letter in front and is no word of YAML's.
_PLAIN = re.compile(
    r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[^\W\d_](?:[\w@%+()./|-]|[ :=](?![ #]))*(?<![ :])", re.IGNORECASE
)


def mapping(data: t.Mapping[str, t.Any]) -> str:
    """A dictionary of JSON as a block of YAML, in its order."""
    return "".join(f"{line}\n" for line in _lines(data, ""))


def comment(text: str) -> str:
    """A line that says something to people; whatever the text is, it stays that one line."""
    return f"# {_visible(text)}".rstrip() + "\n"


def is_active(text: str) -> bool:
    """Whether Ansible might see a template in a text. A header can change the delimiters to anything."""
    return "{" in text or text.startswith("#jinja2:")


def _lines(value: t.Any, indent: str) -> t.Iterator[str]:
    if isinstance(value, t.Mapping):
        for key, item in value.items():
            yield from _under(f"{indent}{_scalar(str(key))}:", item, indent)
        return
    for item in value:
        yield from _entry(item, indent)


def _under(head: str, value: t.Any, indent: str) -> t.Iterator[str]:
    if _is_block(value):
        yield head
        yield from _lines(value, indent + _INDENT)
    else:
        yield f"{head} {_scalar(value)}"


def _entry(item: t.Any, indent: str) -> t.Iterator[str]:
    """An entry of a list; the first line of what it holds stands behind its dash."""
    if not _is_block(item):
        yield f"{indent}- {_scalar(item)}"
        return
    first, *others = _lines(item, indent + _INDENT)
    yield f"{indent}- {first[len(indent + _INDENT) :]}"
    yield from others


def _is_block(value: t.Any) -> bool:
    return isinstance(value, (t.Mapping, list, tuple)) and len(value) > 0


def _scalar(value: t.Any) -> str:
    if not isinstance(value, str):
        text = json.dumps(value)
        return text.replace("e", ".0e") if isinstance(value, float) and "." not in text else text
    quoted = value if _PLAIN.fullmatch(value) and value.isprintable() else f'"{_visible(value, quotes=True)}"'
    return f"{_MARK}{quoted}" if is_active(value) else quoted


def _visible(text: str, quotes: bool = False) -> str:
    return "".join(_escaped(character, quotes) for character in text)


def _escaped(character: str, quotes: bool) -> str:
    if quotes and character in '"\\':
        return f"\\{character}"
    if character.isprintable():
        return character
    return {"\n": "\\n", "\t": "\\t"}.get(character, f"\\U{ord(character):08x}")
