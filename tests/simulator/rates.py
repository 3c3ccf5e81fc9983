# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests a gateway takes in a second."""

from __future__ import annotations

import collections
import math

from .errors import ApiError


class RateLimit:
    """Counts the requests that were taken in the last second; those that are refused do not count."""

    def __init__(self) -> None:
        self._taken: collections.deque[float] = collections.deque()

    def demand_room(self, limit: float, now: float) -> None:
        """Take a request, or refuse it and say when there will be room; without a limit, all are taken."""
        if not limit:
            return
        while self._taken and self._taken[0] <= now - 1:
            self._taken.popleft()
        if len(self._taken) >= limit:
            seconds = max(1, math.ceil(self._taken[0] + 1 - now))
            raise ApiError(429, "Too many requests in a second", {"Retry-After": str(seconds)})
        self._taken.append(now)
