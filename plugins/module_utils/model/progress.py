# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What people see of long work while it goes on: plain lines, few enough for a terminal and a job's output.

Work that ends soon says nothing. What is long says something at least every half minute, and how it ended.
"""

from __future__ import annotations

import time
import typing as t

from ..cloud.session import Meter

# Seconds for which work may go on before it is long, between two lines about the same, and about data on their way.
_SOON = 5.0
_INTERVAL = 30.0
_OF_DATA = 10.0

_UNITS = ("B", "kB", "MB", "GB", "TB")


class Progress:
    """Shows lines about the work of a task, each with the seconds since it began."""

    def __init__(
        self, show: t.Optional[t.Callable[[str], None]] = None, redact: t.Callable[[str], str] = lambda text: text
    ) -> None:
        """
        Args:
            show: shows a line to people; None where nobody can see it, or wants to.
            redact: takes the secrets out of a line.
        """
        self._show, self._redact = show, redact
        self._began = self._last = self._changed = time.monotonic()
        self._state = ""
        self._has_spoken = False

    @property
    def is_shown(self) -> bool:
        return self._show is not None

    @property
    def seconds(self) -> float:
        """How long the work has gone on."""
        return time.monotonic() - self._began

    def line(self, text: str) -> None:
        """Show a line now."""
        self._last = time.monotonic()
        if self._show:
            self._has_spoken = True
            self._show(self._redact(f"[{self.seconds:4.0f} s] {text}"))

    def state(self, label: str, state: str) -> None:
        """Show what an object that is waited for is doing: when that is another thing, and from time to time."""
        now = time.monotonic()
        is_new, self._state = state != self._state, state
        if is_new:
            self._changed = now
        if self.seconds >= _SOON and (is_new or not self._has_spoken or now - self._last >= _INTERVAL):
            self.line(f"{label}: {state} for {now - self._changed:.0f} s")

    def stage(self, text: str) -> None:
        """Show which part of long work begins."""
        if self.seconds >= _SOON and (not self._has_spoken or time.monotonic() - self._last >= _OF_DATA):
            self.line(text)

    def end(self, text: str) -> None:
        """Show how work has ended that something was shown of."""
        if self._has_spoken:
            self.line(text)

    def meter(self, label: str) -> t.Optional[Meter]:
        """What takes the state of data on their way, and shows percent, rate and the time that is left."""
        if not self.is_shown:
            return None
        began = time.monotonic()
        shown = began

        def take(done: int, total: t.Optional[int]) -> None:
            nonlocal shown
            now = time.monotonic()
            is_whole = done == total and shown > began
            if now - shown < _OF_DATA and not is_whole:
                return
            shown = now
            self.line(f"{label}: {_of_data(done, total, now - began)}")

        return take


def _of_data(done: int, total: t.Optional[int], seconds: float) -> str:
    rate = done / seconds if seconds else 0.0
    if not total:
        return f"{_size(done)}, {_size(rate)}/s"
    left = f", {_duration((total - done) / rate)} left" if rate and done < total else ""
    return f"{100 * done // total} % of {_size(total)}, {_size(rate)}/s{left}"


def _size(number: float) -> str:
    unit = 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.0f} {_UNITS[unit]}" if number >= 10 or not unit else f"{number:.1f} {_UNITS[unit]}"


def _duration(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
