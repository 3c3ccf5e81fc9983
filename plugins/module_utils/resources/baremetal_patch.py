# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""JSON patches (RFC 6902): how bare-metal nodes and ports are changed (section 1.12 of the reference)."""

from __future__ import annotations

import json
import typing as t

from ..fields import coerce


def differences(place: str, current: t.Mapping, wanted: t.Mapping, purged: t.Iterable[str] = ()) -> list[dict]:
    """The operations that give a dictionary at `place` the wanted members, and take the purged ones away.

    A wanted member that is empty (null or "") is one that shall not be there. The platform tells nulls as "", so what
    is empty does not exist and can only be added.
    """
    operations = [
        change(f"{place}/{_escaped(key)}", current.get(key), as_text(value))
        for key, value in wanted.items()
        if not same_text(current.get(key), value)
    ]
    return operations + [{"op": "remove", "path": f"{place}/{_escaped(key)}"} for key in sorted(purged)]


def change(path: str, current: t.Any, value: t.Any) -> dict:
    """The operation that gives the member at `path`, which has the value `current`, another one."""
    if value is None or value == "":
        return {"op": "remove", "path": path}
    missing = current is None or current == ""
    return {"op": "add" if missing else "replace", "path": path, "value": value}


def same_text(current: t.Any, wanted: t.Any) -> bool:
    """Whether two members mean the same; the platform tells numbers and booleans as texts."""
    return coerce(current, "str") == coerce(wanted, "str") or _canonical(current) == _canonical(wanted)


def same_texts(current: t.Optional[t.Mapping], wanted: t.Optional[t.Mapping]) -> bool:
    """Whether all the wanted members are there."""
    return all(same_text((current or {}).get(key), value) for key, value in (wanted or {}).items())


def as_text(value: t.Any) -> t.Any:
    """A member as the platform keeps it: numbers and booleans as texts."""
    return value if value == "" or isinstance(value, (dict, list)) else coerce(value, "str")


def _canonical(value: t.Any) -> str:
    """A text that is one for dictionaries of equal members, whatever their order and the types of the members."""
    if isinstance(value, dict):
        return json.dumps({str(key): _canonical(item) for key, item in value.items()}, sort_keys=True)
    if isinstance(value, (list, tuple)):
        return json.dumps([_canonical(item) for item in value])
    return json.dumps(coerce(value, "str"))


def _escaped(key: str) -> str:
    """A member's name in a JSON pointer."""
    return str(key).replace("~", "~0").replace("/", "~1")
