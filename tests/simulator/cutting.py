# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that end without a word: a platform returns so many entries at most, and no link to the rest.

What is behind the last entry is returned to whoever asks with the parameters that the contract has for the list:
`marker`, or `offset`. A list that has neither cannot be read to its end.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_IDS = ("id", "uuid", "name")


def cut(body: Any, query: Mapping[str, str], most: int) -> Any:
    """The body of a list with at most so many entries, from those on that the query asks for."""
    if isinstance(body, list):
        return _page(body, query, most)
    lists = [name for name, value in _members(body) if isinstance(value, list) and not name.endswith("links")]
    if len(lists) != 1:
        return body
    (name,) = lists
    unlinked = {key: value for key, value in body.items() if key not in ("next", "links", f"{name}_links")}
    return {**unlinked, name: _page(body[name], query, most)}


def _members(body: Any) -> list[tuple[str, Any]]:
    return list(body.items()) if isinstance(body, dict) else []


def _page(entries: list[Any], query: Mapping[str, str], most: int) -> list[Any]:
    start = int(query.get("offset", 0))
    if "marker" in query:  # where it is in no entry, the service itself has begun behind it
        places = [number for number, entry in enumerate(entries) if query["marker"] in _names(entry)]
        start = places[0] + 1 if places else 0
    return entries[start : start + most]


def _names(entry: Any) -> list[str]:
    """What can be a marker: the id of an entry, or its name where it has none; key pairs have a wrapper."""
    inner = next(iter(entry.values())) if isinstance(entry, dict) and len(entry) == 1 else None
    entry = inner if isinstance(inner, dict) else entry
    found = [str(entry[name]) for name in _IDS if name in entry] if isinstance(entry, dict) else []
    return found[:1]
