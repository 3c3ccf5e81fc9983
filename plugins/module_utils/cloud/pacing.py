# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How fast requests are sent: as fast as they come, until the platform refuses some; then as fast as it takes them."""

from __future__ import annotations

import collections
import threading
import time
import typing as t

# Platforms count the requests of a second; so many seconds are remembered, because answers take time.
_WINDOW, _REMEMBERED = 1.0, 5.0
# The share of what was taken that is sent from then on: time on the network varies.
_MARGIN = 0.95
# After so many seconds without a refusal the pace becomes a tenth faster: soon after the first refusal, when others may
# have used the platform or little had been sent, and late after a refusal at a pace that was learned.
_CALM_AT_FIRST, _CALM = 1.0, 20.0
_FASTER = 0.1


class Pace:
    """The pace of all threads of a client: admit() before each request, and refused() if it was not taken.

    A platform that refuses a request has taken so many in the second before. So many are sent from then on, at equal
    intervals, and none at all before the time is over that the platform asks for.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        #: requests in a second, None where the platform has not refused any
        self._rate: t.Optional[float] = None
        self._calm, self._calm_since = _CALM_AT_FIRST, 0.0
        #: when the next request can be sent, and before which time none may be
        self._free_at = self._held_until = 0.0
        self._refusals = 0
        #: when the requests were sent that were not refused, the latest ones
        self._sent: collections.deque[float] = collections.deque()

    def admit(self) -> float:
        """Wait until a request may be sent, and return its time. A refusal meanwhile begins the wait anew."""
        while True:
            with self._lock:
                now, refusals = time.monotonic(), self._refusals
                moment = max(now, self._free_at)
                self._free_at = moment + self._interval(now)
            if moment > now:
                time.sleep(moment - now)
            with self._lock:
                if refusals == self._refusals:
                    self._remember(moment)
                    return moment

    def refused(self, moment: float, pause: float) -> None:
        """Learn from a request of that time, which was not taken, and have none sent for `pause` seconds."""
        with self._lock:
            if moment in self._sent:
                self._sent.remove(moment)
            taken = sum(moment - _WINDOW < sent <= moment for sent in self._sent)
            now = time.monotonic()
            if self._rate is not None and now > self._held_until:
                self._calm = _CALM  # at a pace that was learned
            self._rate = max(1.0, taken * _MARGIN)
            self._held_until = max(self._held_until, now + pause)
            self._free_at = self._calm_since = self._held_until  # who waits begins anew
            self._refusals += 1

    def _interval(self, now: float) -> float:
        """Seconds between two requests."""
        if self._rate is None:
            return 0.0
        if now - self._calm_since > self._calm:
            self._rate += max(1.0, _FASTER * self._rate)
            self._calm_since = now
        return _WINDOW / self._rate

    def _remember(self, moment: float) -> None:
        self._sent.append(moment)
        while self._sent[0] < moment - _REMEMBERED:
            self._sent.popleft()
