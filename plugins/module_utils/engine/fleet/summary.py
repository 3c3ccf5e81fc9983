# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What many diffs have in common: a line for each kind of change, behind the last diff."""

from __future__ import annotations

import typing as t

from ...cloud.json_types import Json

# Fewer diffs are seen at once.
_FEWEST = 10
_LABELS_SHOWN = 3


def with_summary(diffs: list[Json]) -> list[Json]:
    """Diffs, and a text for people behind them where they are many."""
    if len(diffs) < _FEWEST:
        return diffs
    labels: dict[str, list[str]] = {}
    for diff in diffs:
        labels.setdefault(_change(diff), []).append(diff["after_header"])
    lines = [f"{len(names)} x {change}: {_some(names)}" for change, names in labels.items()]
    text = "\n".join([f"Summary of {len(diffs)} objects:", *lines, ""])
    return [*diffs, {"prepared": text, "before_header": "summary", "after_header": "summary"}]


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
