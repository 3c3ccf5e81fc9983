# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""One type for both sides of a comparison, and for what is sent."""

from __future__ import annotations

import datetime
import typing as t

from ..cloud.json_types import Json

_TRUE = frozenset({"true", "1", "yes", "on"})


_FALSE = frozenset({"false", "0", "no", "off"})


def filled(value: t.Any, known: t.Any) -> t.Any:
    """A value in which what it leaves open (null), at any depth, is what is known of it."""
    if value is None:
        return known
    if isinstance(value, dict) and isinstance(known, dict):
        return {key: filled(item, known.get(key)) for key, item in value.items()}
    if isinstance(value, list) and isinstance(known, list) and len(value) == len(known):
        return [filled(item, old) for item, old in zip(value, known)]
    return value


def is_open(value: t.Any) -> bool:
    """Whether something inside of a value, at any depth, is left open (null)."""
    entries = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(entry is None or is_open(entry) for entry in entries)


def dig(raw: Json, path: str) -> t.Any:
    """The member at "a/b", None where the way there is missing."""
    if "/" not in path:
        return raw.get(path)
    found: t.Any = raw
    for part in path.split("/"):
        if not isinstance(found, dict):
            return None
        found = found.get(part)
    return found


def coerce(value: t.Any, type: str) -> t.Any:
    """A value of the API or of a playbook in the declared type; null, "" and {} are None, unreadable values stay."""
    if value is None or value == "" or (value == {} and type != "dict"):
        return [] if type == "list" and value is not None else None
    return _COERCE[type](value)


def as_text(value: t.Any) -> str:
    """A text as the API writes it; booleans are lower-case words."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _to_int(value: t.Any) -> t.Any:
    try:
        return int(str(value), 10)
    except ValueError:
        pass
    try:
        number = float(value)
        return int(number) if number == int(number) else number
    except (TypeError, ValueError, OverflowError):
        return value


def _to_float(value: t.Any) -> t.Any:
    try:
        return float(value)
    except (TypeError, ValueError):
        return value


def _to_bool(value: t.Any) -> t.Any:
    word = as_text(value).strip().lower()
    return True if word in _TRUE else False if word in _FALSE else value


def _to_list(value: t.Any) -> list[t.Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _to_dict(value: t.Any) -> t.Any:
    return dict(value) if isinstance(value, (dict, t.Mapping)) else value  # a look at Mapping is slow


def _to_time(value: t.Any) -> str:
    """Epoch milliseconds as ISO 8601 in UTC; texts, which come in many forms, stay as they are."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    try:
        moment = datetime.datetime.fromtimestamp(value / 1000, datetime.timezone.utc)
    except (OverflowError, ValueError, OSError):
        return str(value)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def same_word(current: t.Any, wanted: t.Any) -> bool:
    """Whether two words are one; the platform spells many in several ways, such as VMware and Vmware."""
    return str(current or "").casefold() == str(wanted or "").casefold()


def equal_if_returned(current: t.Any, wanted: t.Any) -> bool:
    """What the platform returns of some objects only counts as equal where it does not return it."""
    return current is None or current == wanted


_COERCE: dict[str, t.Callable[[t.Any], t.Any]] = {
    "str": as_text,
    "int": _to_int,
    "float": _to_float,
    "bool": _to_bool,
    "list": _to_list,
    "dict": _to_dict,
    "time": _to_time,
    "raw": lambda value: value,
}


def to_wire(value: t.Any, type: str) -> t.Any:
    """A value in the JSON type that the API wants; null stays null."""
    return None if value is None else _COERCE[type](value)


def as_set(value: t.Any) -> set[str]:
    """Order and repetition mean nothing in the lists of this API; entries may be dictionaries."""
    return {repr(sorted(entry.items())) if isinstance(entry, dict) else as_text(entry) for entry in value or []}
