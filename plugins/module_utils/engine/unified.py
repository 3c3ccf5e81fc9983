# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Two states of an object as text, as Ansible shows the diffs of other tasks."""

from __future__ import annotations

import difflib
import json
import typing as t


def unified(diff: t.Mapping[str, t.Any]) -> str:
    """The lines of a diff in which its sides differ, with some around them."""
    before, after = (_lines(diff[side]) for side in ("before", "after"))
    old, new = (f"{side}: {diff.get(f'{side}_header', '')}" for side in ("before", "after"))
    return "".join(difflib.unified_diff(before, after, old, new))


def _lines(side: t.Any) -> list[str]:
    text = side if isinstance(side, str) else json.dumps(side, indent=4, sort_keys=True, ensure_ascii=False)
    return f"{text}\n".splitlines(keepends=True)
