# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time, and the work that becomes due as it passes."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable
from datetime import datetime, timezone


class Clock:
    """Due work is done at the start of every request, so nothing changes while a request is being answered."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._order = itertools.count()
        self._due: list[tuple[float, int, Callable[[], None]]] = []

    def now(self) -> float:
        """Seconds since the epoch, plus what `advance` added."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Let time pass without waiting."""
        self._offset += seconds
        self.run_due()

    def after(self, seconds: float, work: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now() + seconds, next(self._order), work))

    def run_due(self) -> None:
        while self._due and self._due[0][0] <= self.now():
            heapq.heappop(self._due)[2]()

    def clear(self) -> None:
        self._due.clear()


def iso(seconds: float, form: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).strftime(form)


def iso_millis(seconds: float) -> str:
    """2017-10-28T07:32:13.000Z"""
    return f"{iso(seconds, '%Y-%m-%dT%H:%M:%S')}.{int(seconds % 1 * 1000):03d}Z"


def iso_micros(seconds: float) -> str:
    """2018-01-05T09:43:34.173001"""
    return iso(seconds, "%Y-%m-%dT%H:%M:%S.%f")
