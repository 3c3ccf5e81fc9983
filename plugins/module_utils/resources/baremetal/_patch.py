# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""JSON patches (RFC 6902): how bare-metal nodes and ports are changed (section 1.12 of the reference)."""

from __future__ import annotations

import functools
import json
import typing as t

from ...cloud.json_types import Json
from ...model.coercion import coerce
from ...model.plan import PENDING, READY, Outcome, Wait


def differences(
    place: str, current: t.Mapping[str, t.Any], wanted: t.Mapping[str, t.Any], purged: t.Iterable[str] = ()
) -> list[Json]:
    """The operations that give a dictionary at `place` the wanted members, and take the purged ones away.

    A wanted member that is empty (null or "") is one that shall not be there. The platform returns nulls as "", so what
    is empty does not exist and can only be added.
    """
    operations = [
        change(member_path(place, key), current.get(key), as_text(value))
        for key, value in wanted.items()
        if not same_text(current.get(key), value)
    ]
    return operations + [{"op": "remove", "path": member_path(place, key)} for key in sorted(purged)]


def change(path: str, current: t.Any, value: t.Any) -> Json:
    """The operation that gives the member at `path`, which has the value `current`, another one."""
    if value is None or value == "":
        return {"op": "remove", "path": path}
    missing = current is None or current == ""
    return {"op": "add" if missing else "replace", "path": path, "value": value}


def proof(patch: t.Iterable[Json]) -> t.Optional[Wait]:
    """How a look shows that a patch was applied; None where that does not matter, because it can be sent twice.

    It is applied whole or not at all, so what it removes shows it. To remove that once more would be an error.
    """
    removed = [operation["path"] for operation in patch if operation["op"] == "remove"]
    return Wait(functools.partial(_lacks, removed)) if removed else None


def _lacks(paths: list[str], seen: t.Optional[Json]) -> Outcome:
    return PENDING if any(_member(path, seen or {}) is not None for path in paths) else READY


def _member(path: str, node: t.Any) -> t.Any:
    for key in path.strip("/").split("/"):
        node = node.get(key.replace("~1", "/").replace("~0", "~")) if isinstance(node, dict) else None
    return node


def same_text(current: t.Any, wanted: t.Any) -> bool:
    """Whether two members mean the same; the platform returns numbers and booleans as texts."""
    return coerce(current, "str") == coerce(wanted, "str") or _canonical(current) == _canonical(wanted)


def same_texts(current: t.Optional[t.Mapping[str, t.Any]], wanted: t.Optional[t.Mapping[str, t.Any]]) -> bool:
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


def member_path(place: str, key: str) -> str:
    """The JSON pointer of a member of the dictionary at `place`."""
    return f"{place}/{str(key).replace('~', '~0').replace('/', '~1')}"
