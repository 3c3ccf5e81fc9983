# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML of documentation as text: cut into entries by keys, so that what is not changed keeps its form to the letter.

An entry is the text of a key with its value, without indentation and without the last line end.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterable
from typing import Any

import yaml

LINE_LENGTH = 120
STEP = 2

#: the keys of an entry of RETURN
RETURN_KEYS = ("description", "returned", "type", "elements", "sample", "contains")

Entries = dict[str, str]

_KEY = re.compile(r"""(["']?)([\w.-]+)\1:(?: |$)""")


def cut(text: str) -> Entries:
    """The entries of a block mapping by their keys.

    Raises:
        ValueError: it begins with something else, which would be lost.
    """
    entries: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.strip("\n").splitlines():
        key = _KEY.match(line)
        if key:
            lines = entries[key.group(2)] = []
        elif not entries:
            raise ValueError(f"there is no key in {line!r}")
        lines.append(line)
    return {key: "\n".join(found) for key, found in entries.items()}


def joined(entries: Entries) -> str:
    return "\n".join(entries.values())


def inner(entry: str | None) -> Entries:
    """The entries of the mapping that is the value of an entry; none if it is empty."""
    if not entry:
        return {}
    if "\n" in entry:
        return cut(body(entry))
    return {key: written(key, value, STEP) for key, value in (value_of(entry) or {}).items()}


def outer(key: str, entries: Entries) -> str:
    return f"{key}:\n{textwrap.indent(joined(entries), ' ' * STEP)}"


def body(entry: str) -> str:
    """The lines below the key of an entry, without indentation."""
    return textwrap.dedent("\n".join(entry.splitlines()[1:]))


def value_of(entry: str) -> Any:
    (value,) = yaml.safe_load(entry).values()
    return value


def value_in(entries: Entries, key: str) -> Any:
    """The value of an entry, None if there is none."""
    return value_of(entries[key]) if key in entries else None


def put(entries: Entries, key: str, value: Any, column: int) -> None:
    """Set a value, None for no such entry. One that has the value already stays as it is written.

    Args:
        column: where the entries stand in the file, which limits how long their lines can be.
    """
    value = list(value) if isinstance(value, tuple) else value
    if value is None:
        entries.pop(key, None)
    elif not _same(value_in(entries, key), value):
        entries[key] = written(key, value, column)


def ordered(entries: Entries, keys: Iterable[str]) -> Entries:
    """The entries in the order of these keys, and then all others."""
    first = {key: entries[key] for key in keys if key in entries}
    return {**first, **entries}


def entry(key: str, present: Entries, column: int = 0, *, sample: Any = None, **facts: Any) -> str:
    """An entry of RETURN with these facts, and with this sample if its author has given none."""
    found = inner(present.get(key))
    for name, value in facts.items():
        put(found, name, value, column + STEP)
    if sample is not None and "sample" not in found:
        put(found, "sample", sample, column + STEP)
    return outer(key, ordered(found, RETURN_KEYS))


def description_in(entries: Entries, key: str) -> Any:
    """The description of an entry, None if there is none."""
    return value_in(inner(entries.get(key)), "description")


def in_order(found: Entries, before: Entries) -> Entries:
    """Entries in the order that their author chose; a new one comes behind the one that is declared before it."""
    names = [name for name in before if name in found]
    last = None
    for name in found:
        if name not in names:
            names.insert(names.index(last) + 1 if last else 0, name)
        last = name
    return {name: found[name] for name in names}


def written(key: str, value: Any, column: int) -> str:
    """The text of an entry."""
    width = LINE_LENGTH - column
    if isinstance(value, str):
        return _text(f"{key}:", value, width)
    if key == "description":
        return "\n".join([f"{key}:", *(textwrap.indent(_text("-", item, width - STEP), "  ") for item in value)])
    flow = f"{key}: {_flow(value)}"
    if len(flow) <= width or not isinstance(value, list):
        return flow
    return "\n".join([f"{key}:", *(f"  - {_flow(item)}" for item in value)])


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) == isinstance(other, bool)


def _text(before: str, text: str, width: int) -> str:
    """A text behind a key or a dash: plain where YAML takes it for what it is."""
    lines = _wrapped(f"{before} {text}", width)
    if _reads(before, "\n".join(lines), text):
        return "\n".join(lines)
    quoted = f"{before} {json.dumps(text, ensure_ascii=False)}"
    if len(quoted) <= width:
        return quoted
    return "\n".join([f"{before} >-", *(f"  {line}" for line in _wrapped(text, width - STEP, further=""))])


def _wrapped(text: str, width: int, further: str = "  ") -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=further, break_long_words=False, break_on_hyphens=False)


def _reads(before: str, written_text: str, text: str) -> bool:
    try:
        read = yaml.safe_load(written_text)
    except yaml.YAMLError:
        return False
    return bool(read == ([text] if before == "-" else {before.rstrip(":"): text}))


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)


def _is_plain(text: str) -> bool:
    try:
        return bool(yaml.safe_load(f"[{text}]") == [text])
    except yaml.YAMLError:
        return False
