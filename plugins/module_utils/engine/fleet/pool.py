# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How many members of a fleet are worked on at once: fewer while the platform asks for fewer requests."""

from __future__ import annotations

import threading
import typing as t

from ...model.context import Context

# Statuses by which a platform asks for fewer requests.
_TOO_MANY_REQUESTS = frozenset({429, 503})
# So many times as many members as may be worked on have to come through before one more is.
_CALM = 4


class WorkPool:
    """How many members may be worked on at once, by the same number of threads.

    Attributes:
        run: the fleet's own context.
        size: as many as users allow.
    """

    def __init__(self, run: Context) -> None:
        self.run = run
        self.size: int = run.options["concurrency"]
        self._lock = threading.Lock()
        self._limit: int = self.size
        self._calm = 0

    def __enter__(self) -> WorkPool:
        self.run.client.exchange.on_retry = self._slow_down
        return self

    def __exit__(self, *error: t.Any) -> None:
        self.run.client.exchange.on_retry = None

    @property
    def limit(self) -> int:
        """How many may work at present."""
        return self._limit

    def note_calm(self) -> None:
        """One has come through: after many of them, one more may work."""
        with self._lock:
            self._calm += 1
            if self._calm >= _CALM * self._limit and self._limit < self.size:
                self._limit, self._calm = self._limit + 1, 0

    def _slow_down(self, status: t.Optional[int]) -> None:
        """Let fewer work where the platform asks for fewer requests."""
        if status not in _TOO_MANY_REQUESTS:
            return
        with self._lock:
            self._limit, self._calm = max(1, self._limit // 2), 0
