# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What many diffs have in common: one diff of equal changes, and a line for each kind behind the last."""

from __future__ import annotations

import json
import textwrap
import typing as t

from ...cloud.json_types import Json
from ..unified import unified

# Fewer diffs are seen at once.
_FEWEST = 10
_LABELS_SHOWN = 3
# Of more equal changes than this, people see one.
_MOST_EQUAL = 10
_COLUMNS = 100


def with_summary(diffs: list[Json]) -> list[Json]:
    """Diffs, and a text for people behind them where they are many."""
    if len(diffs) < _FEWEST:
        return diffs
    labels: dict[str, list[str]] = {}
    for diff in diffs:
        labels.setdefault(_change(diff), []).append(diff["after_header"])
    lines = [f"{len(names)} x {change}: {_some(names)}" for change, names in labels.items()]
    text = "\n".join([f"Summary of {len(diffs)} objects:", *lines, ""])
    return [*_grouped(diffs), {"prepared": text, "before_header": "summary", "after_header": "summary"}]


def _grouped(diffs: list[Json]) -> list[Json]:
    """Diffs, where many changes are equal one in the place of the first of them; it has the others as `objects`."""
    groups: dict[str, list[Json]] = {}
    for diff in diffs:
        groups.setdefault(json.dumps(_changed(diff), sort_keys=True), []).append(diff)
    return [entry for group in groups.values() for entry in ([_group(group)] if len(group) > _MOST_EQUAL else group)]


def _changed(diff: Json) -> Json:
    """What a change sets, from what. A new object is called by its name anyway; what is lost with one is all it is."""
    before, after = diff["before"], diff["after"]
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if not before:
        names = [name for name in names if name != "name"]
    return {side: {name: diff[side][name] for name in names if name in diff[side]} for side in ("before", "after")}


def _group(diffs: list[Json]) -> Json:
    """One diff of equal changes: as text for people, with all names, and each for itself for programs."""
    title = f"{len(diffs)} equal changes"
    headers = dict.fromkeys(("before_header", "after_header"), title)
    names = textwrap.fill(f"{title}: {', '.join(str(diff['after_header']) for diff in diffs)}", _COLUMNS)
    return {"prepared": f"{names}\n{unified({**_changed(diffs[0]), **headers})}", **headers, "objects": diffs}


def _change(diff: Json) -> str:
    before, after = diff["before"], diff["after"]
    if not before:
        return "create"
    if not after:
        return "delete"
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return "; ".join(_of_option(name, before.get(name), after.get(name)) for name in names) or "no visible difference"


def _of_option(name: str, old: t.Any, new: t.Any) -> str:
    if isinstance(old, (dict, list)) or isinstance(new, (dict, list)):
        return name
    return f"{name} {'not set' if old is None else old} -> {'not set' if new is None else new}"


def _some(names: list[str]) -> str:
    more = len(names) - _LABELS_SHOWN
    return ", ".join(names[:_LABELS_SHOWN]) + (f" and {more} more" if more > 0 else "")
