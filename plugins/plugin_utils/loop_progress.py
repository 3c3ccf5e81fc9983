# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far a long loop is, and how it has ended: lines for all of its items, which run in one process, one by one."""

from __future__ import annotations

import collections
import time
import typing as t

from ansible.errors import AnsibleError
from ansible.playbook.task import Task

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json

# Seconds after which a loop is long, and between two lines of one that goes on.
_SOON, _INTERVAL = 5.0, 30.0


class LoopProgress:
    """What has become of the items so far, and the seconds since the first of them began."""

    def __init__(self, title: str, count: t.Callable[[], t.Optional[int]], show: t.Callable[[str], None]) -> None:
        """
        Args:
            count: returns how many items there are, None if nobody knows; asked for a long loop only.
            show: shows a line to people.
        """
        self._title, self._count, self._show_line = title, count, show
        self._began = self._last = time.monotonic()
        self._length: t.Optional[int] = None
        self._done = 0
        self._counts: t.Counter[str] = collections.Counter()

    def note(self, result: Json) -> None:
        """Count an item. Of a long loop, show a line if it was the last one, or if the last line is long ago."""
        self._done += 1
        self._counts.update(what for what in ("changed", "failed") if result.get(what))
        now = time.monotonic()
        seconds = now - self._began
        if seconds < _SOON:
            return
        if self._length is None:
            self._length = self._count() or 0
        changed, failed = self._counts["changed"], self._counts["failed"]
        if self._done == self._length:
            self._show(seconds, f"{self._done - failed} done in {seconds:.0f} s, {changed} changed, {failed} failed")
        elif now - self._last >= _INTERVAL:
            self._last = now
            done = f"{self._done} of {self._length}" if self._length else self._done
            self._show(seconds, f"{done} items done, {changed} changed, {failed} failed")

    def _show(self, seconds: float, text: str) -> None:
        self._show_line(f"[{seconds:4.0f} s] {self._title}: {text}")


_loops: dict[str, LoopProgress] = {}


def of_task(
    task: Task, template: t.Callable[[t.Any], t.Any], show: t.Callable[[str], None]
) -> t.Optional[LoopProgress]:
    """The progress of the loop that a task is an item of, None if it is none.

    Args:
        template: evaluates what the task says of its items.
        show: shows a line to people.
    """
    if not task.loop or task.loop_with:
        return None

    def count() -> t.Optional[int]:
        try:
            items = template(task.loop)
        except AnsibleError:
            return None
        return len(items) if isinstance(items, (list, tuple)) else None

    if task._uuid not in _loops:
        _loops[task._uuid] = LoopProgress(task.name or task.action, count, show)
    return _loops[task._uuid]
