# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The request log: what came in, with every secret blotted out."""

from __future__ import annotations

import json
import weakref
from collections.abc import Iterable
from pathlib import Path
from typing import Any

REDACTED = "(redacted)"
_SECRET_HEADERS = {"x-auth-token", "x-subject-token", "authorization", "cookie"}
_SECRET_MEMBERS = {"private_key", "accessKey"}


class RequestLog:
    """Entries in the order of arrival, optionally copied to a file as one JSON object a line when answered."""

    def __init__(self, secret_members: Iterable[str], file: Path | None = None) -> None:
        self._secret = _SECRET_MEMBERS | set(secret_members)
        self._file = file
        self._entries: list[dict[str, Any]] = []
        self._count = 0
        self._connections: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
        self._connection_count = 0

    def open(self, request: Any, time: float) -> dict[str, Any]:
        """A new entry for an aiohttp request; the caller fills in operation, body and status."""
        self._count += 1
        entry: dict[str, Any] = {
            "n": self._count,
            "time": time,
            "method": request.method,
            "path": request.path,
            "query": [[name, value] for name, value in request.query.items()],
            "operation": None,
            "status": None,
            "headers": {
                name: REDACTED if name.lower() in _SECRET_HEADERS else value for name, value in request.headers.items()
            },
            "body": None,
            "connection": self._connection(request.transport),
            "fault": None,
            "error": None,
        }
        self._entries.append(entry)
        return entry

    def close(self, entry: dict[str, Any]) -> None:
        if self._file:
            with self._file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry, ensure_ascii=False) + "\n")

    def entries(self) -> list[dict[str, Any]]:
        return list(self._entries)

    def clear(self) -> None:
        """Forget the entries and count from one again; connections keep their numbers."""
        self._entries.clear()
        self._count = 0

    def redact(self, value: Any) -> Any:
        """The value without secrets: members by name, at any depth, also as the path of a JSON patch."""
        if isinstance(value, dict):
            if str(value.get("path", "")).rpartition("/")[2] in self._secret and "value" in value:
                return {**value, "value": REDACTED}
            return {
                name: REDACTED if name in self._secret and isinstance(member, (str, int)) else self.redact(member)
                for name, member in value.items()
            }
        if isinstance(value, list):
            return [self.redact(item) for item in value]
        return value

    def _connection(self, transport: Any) -> int | None:
        if transport is None:
            return None
        if transport not in self._connections:
            self._connection_count += 1
            self._connections[transport] = self._connection_count
        return self._connections[transport]
