# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults that are injected on demand."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from typing import Any

# What becomes of an answer on its way. The work is done, unless `before` says that it is not.
BROKEN_ANSWERS = ("lost", "malformed", "garbage", "empty", "html_ok", "truncated", "stalled")
KINDS = ("status", "html", "redirect", "expire_token", "delay", "late", *BROKEN_ANSWERS)


@dataclass
class Fault:
    """What goes wrong, with which requests, and how often.

    kind, instead of the work:
        status: answer `status` with `body`, or an error of the usual form
        html: a gateway's page with `status`
        redirect: 302 to `location`
    kind, before the work:
        expire_token: the token of the request is void from now on
        delay: wait `seconds`, then as usual; a client that does not wait so long is gone when the work begins
    kind, after the work, which with `before` is not done at all:
        late: answer only after `seconds`; with `before` the work begins only after them
        lost: drop the connection without an answer
        malformed: cut the JSON in half, as if that were all
        garbage: bytes that are no JSON, with 200; a refusal keeps its status, here as in the next two
        empty: an empty body
        html_ok: a gateway's page
        truncated: half of the body that Content-Length announces, then close
        stalled: half of the body, silence for `seconds`, then the rest
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
