# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Latency without time: how many round trips to a platform follow each other."""

from __future__ import annotations

import threading
import time
from typing import Any
from unittest import mock

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.exchange import Exchange, Request

_LOOK = 0.005
# Seconds in which nothing happens before what is held is let go: all that can be sent at the same time is there.
_QUIET = 0.04
# Seconds of CPU in one look: less than that is the work of looking.
_IDLE = 0.001


class Rounds:
    """Holds requests until no other one can come, then lets all of them go at once: that is a round trip.

    Whether another one can come is seen by the process: it computes, or a request is under way.

    Attributes:
        sent: the operations of each round trip.
    """

    def __init__(self) -> None:
        self.sent: list[list[str]] = []
        self._held: list[tuple[str, threading.Event]] = []
        self._under_way = 0
        self._lock = threading.Lock()
        self._is_over = threading.Event()
        self._gate = threading.Thread(target=self._let_go, name="rounds", daemon=True)

    def __enter__(self) -> Rounds:
        send_once = Exchange.send_once

        def held(exchange: Exchange, request: Request) -> Any:
            event = threading.Event()
            with self._lock:
                self._held.append((request.operation.id, event))
            event.wait()
            try:
                return send_once(exchange, request)
            finally:
                with self._lock:
                    self._under_way -= 1

        self._patch = mock.patch.object(Exchange, "send_once", held)
        self._patch.start()
        self._gate.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self._gate.join()
        self._patch.stop()

    @property
    def most_at_once(self) -> int:
        return max(map(len, self.sent), default=0)

    def _let_go(self) -> None:
        quiet, seen = 0.0, 0
        before = time.process_time()
        while not self._is_over.wait(_LOOK):
            now = time.process_time()
            with self._lock:
                rests = not self._under_way and len(self._held) == seen and now - before < _IDLE
                quiet = quiet + _LOOK if rests and self._held else 0.0
                seen = len(self._held)
                if quiet >= _QUIET:
                    self._open()
                    quiet, seen = 0.0, 0
            before = now

    def _open(self) -> None:
        self.sent.append([operation for operation, _event in self._held])
        self._under_way = len(self._held)
        for _operation, event in self._held:
            event.set()
        self._held.clear()
