# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How far a long loop is, and how it has ended: lines for all of its items, which run in one process, one by one.

Items whose `when` is false, or fails, reach no plugin, and may be the last ones. The end of a task is known all the
same: Ansible then closes the connection that the last item to run has used.
"""

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
        self._connection: t.Any = None

    def end_with(self, connection: t.Any) -> None:
        """End when this connection of Ansible is closed, unless a later item uses another one."""
        if connection is self._connection:
            return
        self._connection = connection
        close = connection.close

        def closing() -> None:
            if connection is self._connection:
                self._connection = None  # it may be closed again
                self.end()
            close()

        connection.close = closing

    def note(self, result: Json) -> None:
        """Count an item. Of a long loop that goes on, show a line if the last line is long ago."""
        self._done += 1
        self._counts.update(what for what in ("changed", "failed") if result.get(what))
        now = time.monotonic()
        if now - self._last < _INTERVAL or self._done == self._items():
            return
        self._last = now
        done = f"{self._done} of {self._items()}" if self._items() else self._done
        self._show(f"{done} items done, {self._counts['changed']} changed, {self._counts['failed']} failed")

    def end(self) -> None:
        """Of a long loop, show a line with what has become of its items."""
        seconds = time.monotonic() - self._began
        if seconds < _SOON or not self._done:
            return
        changed, failed, others = self._counts["changed"], self._counts["failed"], self._items() - self._done
        ended = f"{self._done - failed} done in {seconds:.0f} s, {changed} changed, {failed} failed"
        self._show(f"{ended}, {others} not run" if others > 0 else ended)

    def _items(self) -> int:
        """How many items there are, 0 if nobody knows."""
        if self._length is None:
            self._length = self._count() or 0
        return self._length

    def _show(self, text: str) -> None:
        self._show_line(f"[{time.monotonic() - self._began:4.0f} s] {self._title}: {text}")


_loops: dict[str, LoopProgress] = {}


def of_task(
    task: Task, template: t.Callable[[t.Any], t.Any], show: t.Callable[[str], None], connection: t.Any
) -> t.Optional[LoopProgress]:
    """The progress of the loop that a task is an item of, None if it is none.

    Args:
        template: evaluates what the task says of its items.
        show: shows a line to people.
        connection: what the item uses.
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
    _loops[task._uuid].end_with(connection)
    return _loops[task._uuid]
