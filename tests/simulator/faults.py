# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that are injected on demand."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

KINDS = ("status", "delay", "lost", "malformed", "html", "expire_token", "redirect")


@dataclass
class Fault:
    """What goes wrong, with which requests, and how often.

    kind: status (answer `status` with `body`, or an error of the usual form), delay (`seconds`, then as usual), lost
        (do the work, then drop the connection without an answer; with `before` the work is not done either),
        malformed (do the work, then cut the JSON in half), html (a gateway's page), expire_token, redirect (302 to
        `location`).
    match: `method`, `path` (regular expression, searched) and `operation`; all given ones must fit.
    count: how many requests it hits, None for all; skip: how many it lets pass before that.
    retry_after: value of the Retry-After header, in seconds or as a date.
    """

    kind: str
    match: dict[str, str] = field(default_factory=dict)
    count: int | None = 1
    skip: int = 0
    status: int = 503
    body: Any = None
    seconds: float = 1.0
    retry_after: int | str | None = None
    before: bool = False
    location: str = "http://127.0.0.1:9/elsewhere"
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        unknown = self.match.keys() - {"method", "path", "operation"}
        if unknown:
            raise ValueError(f"match does not know {', '.join(sorted(unknown))}")
        try:
            re.compile(self.match.get("path", ""))
        except re.error as error:
            raise ValueError(f"match.path: {error}") from error

    def fits(self, method: str, path: str, operation: str | None) -> bool:
        if self.match.get("method", method).upper() != method:
            return False
        if self.match.get("operation", operation) != operation:
            return False
        return bool(re.search(self.match.get("path", ""), path))


class Faults:
    def __init__(self) -> None:
        self._faults: list[Fault] = []

    def add(self, **spec: Any) -> dict[str, Any]:
        """Register a fault; ValueError or TypeError when the specification is wrong."""
        fault = Fault(**spec)
        self._faults.append(fault)
        return asdict(fault)

    def list(self) -> list[dict[str, Any]]:
        return [asdict(fault) for fault in self._faults]

    def clear(self) -> None:
        self._faults.clear()

    def take(self, method: str, path: str, operation: str | None) -> Fault | None:
        """The first fault that fits and is not used up; each call counts as one request."""
        for fault in self._faults:
            if not fault.fits(method, path, operation):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            if fault.count is not None and fault.hits >= fault.count:
                continue
            fault.hits += 1
            return fault
        return None
