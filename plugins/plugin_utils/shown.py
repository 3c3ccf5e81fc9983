# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is shown beside the result of a task: progress, reports, and the diffs of a task that failed.

Ansible shows the diffs of tasks that succeeded only. Where one of many objects fails, those of the others are of
interest all the same.
"""

from __future__ import annotations

import typing as t

from ansible.utils.display import Display, get_text_width

from ansible_collections.h3c.cloudos.plugins.module_utils.engine.unified import unified

# Where nobody knows how wide a terminal is
_COLUMNS = 79


def fitting(text: str, columns: int) -> str:
    """A text cut to the width of a terminal, whose characters may be wide."""
    if _width(text) <= columns:
        return text
    while text and _width(text) >= columns:
        text = text[:-1]
    return f"{text}…"


def _width(text: str) -> int:
    try:
        return get_text_width(text)
    except (OSError, ValueError):  # characters that the locale does not have
        return len(text)


def line(text: str) -> None:
    """Show a line of progress."""
    display = Display()
    display.display(fitting(text, display.columns or _COLUMNS))


def lines(texts: t.Sequence[str]) -> None:
    """Show lines of text as they are, however long they are."""
    if texts:
        Display().display("\n".join(texts))


def diffs(found: t.Any) -> None:
    """Show the diffs of a result."""
    text = rendered(found if isinstance(found, list) else [found])
    if text:
        Display().display(text)


def rendered(found: t.Iterable[t.Mapping[str, t.Any]]) -> str:
    """Diffs as Ansible shows those of other tasks."""
    parts = [diff["prepared"] if "prepared" in diff else unified(diff) for diff in found]
    return "\n".join(part.rstrip("\n") for part in parts if part)
