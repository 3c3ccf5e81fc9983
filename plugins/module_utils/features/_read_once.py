# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""A client that sends each request of reading once."""

from __future__ import annotations

import threading
import typing as t

from ..cloud.client import Client
from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..cloud.operation import Operation


class _Reading:
    """A request, and what came of it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.is_over = False
        self.answer: t.Any = None
        self.refusal: t.Optional[CloudError] = None


class ReadOnce:
    """A client that sends each request of reading once, and nothing else; what was refused is refused again.

    Several threads may use it at once: who asks what is being asked waits for that answer.

    Args:
        slots: one is held by each request that is under way.
    """

    def __init__(self, client: Client, slots: threading.Semaphore) -> None:
        self._client, self._slots = client, slots
        self._readings: dict[tuple[t.Any, ...], _Reading] = {}
        self.lookups: dict[str, list[Json]] = {}
        self.shared_lists: dict[str, t.Any] = {}

    def __getattr__(self, name: str) -> t.Any:
        return getattr(self._client, name)

    def list_all(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
    ) -> t.Any:
        question = ("list", operation.id, key, repr(params or {}), repr(query or {}))
        return self._once(question, lambda: self._client.list_all(operation, key, params, query, page_size))

    def call(
        self,
        operation: Operation,
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Any = None,
        body: t.Any = None,
    ) -> t.Any:
        question = ("call", operation.id, repr(params or {}), repr(query or {}), repr(body))
        return self._once(question, lambda: self._client.call(operation, params, query, body))

    def _once(self, question: tuple[t.Any, ...], ask: t.Callable[[], t.Any]) -> t.Any:
        reading = self._readings.setdefault(question, _Reading())
        with reading.lock:
            if not reading.is_over:
                with self._slots:
                    try:
                        reading.answer = ask()
                    except CloudError as error:
                        reading.refusal = error
                reading.is_over = True
        if reading.refusal is not None:
            raise reading.refusal
        return reading.answer
