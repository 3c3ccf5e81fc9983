# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The clients of a fleet: how many requests are under way at most."""

from __future__ import annotations

import contextlib
import queue
import threading
import typing as t

from ...cloud.parallel import Logins, ThreadClient
from ...model.context import Context
from .members import Member

_TOO_MANY_REQUESTS = frozenset({429, 503})


# Requests that have to be answered, for each that may be under way, before one more may be.
_CALM = 4


class ClientPool:
    """The clients of a fleet: so many requests are under way at most, fewer while the platform asks for it."""

    def __init__(self, run: Context) -> None:
        self.run = run
        self.size: int = run.options["concurrency"]
        self._twins: queue.LifoQueue[t.Optional[ThreadClient]] = queue.LifoQueue()
        self._clients: list[ThreadClient] = []
        self._logins = Logins()
        self._lock = threading.Lock()
        self._limit: int = self.size
        self._calm = 0
        for _place in range(self.size):
            self._twins.put(None)

    def __enter__(self) -> ClientPool:
        return self

    def __exit__(self, *error: t.Any) -> None:
        for twin in self._clients:
            twin.give_back(self.run.client)

    @property
    def limit(self) -> int:
        """How many may work at present."""
        return self._limit

    @contextlib.contextmanager
    def client_for(self, member: Member) -> t.Iterator[None]:
        """Give a member a client of its own for a while."""
        twin = self._twins.get()
        try:
            if twin is None:
                twin = self._new_client()
            member.run.client = twin
            yield
            self._note_calm()
        finally:
            member.run.client = self.run.client
            self._twins.put(twin)

    def _new_client(self) -> ThreadClient:
        with self._lock:
            twin = ThreadClient.clone(self.run.client, self._logins)
            twin.exchange.on_retry = self._slow_down
            self._clients.append(twin)
        return twin

    def _slow_down(self, status: t.Optional[int]) -> None:
        """Let fewer work where the platform asks for fewer requests."""
        if status not in _TOO_MANY_REQUESTS:
            return
        with self._lock:
            self._limit, self._calm = max(1, self._limit // 2), 0

    def _note_calm(self) -> None:
        with self._lock:
            self._calm += 1
            if self._calm >= _CALM * self._limit and self._limit < self.size:
                self._limit, self._calm = self._limit + 1, 0
