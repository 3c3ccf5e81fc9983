# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What people see of a fleet while it is under way: plain lines, few enough for a terminal and a job's output."""

from __future__ import annotations

import collections
import time
import typing as t

from ...model.context import Context
from .members import Member

# Seconds between two lines, unless something fails.
INTERVAL = 5.0

_ERRORS_SHOWN = 5
_INTENTS = {"created": "to create", "changed": "to change", "deleted": "to delete", "unchanged": "as wanted"}


class Progress:
    """Reports counts by state, the time that has gone by, who takes longest, and the first errors."""

    def __init__(self, run: Context, plural: str) -> None:
        self._run = run
        self._title = plural.replace("_", " ")
        self._report = run.report if run.options.get("progress") else None
        self._started = self._last = time.monotonic()
        self._errors = 0

    def planned(self, members: t.Sequence[Member]) -> None:
        """What is about to be done."""
        counts = collections.Counter(_intent(member) for member in members)
        if set(counts) - {"as wanted"}:
            self._line(f"{len(members)} {self._title}: {_listing(counts)}")

    def failed(self, member: Member) -> None:
        self._errors += 1
        if self._errors <= _ERRORS_SHOWN:
            self._line(f"{member.label} failed: {(member.failure or {})['msg']}")

    def goes_on(self, members: t.Sequence[Member]) -> None:
        """How far they are, if that was not reported just now."""
        now = time.monotonic()
        if now - self._last < INTERVAL:
            return
        self._last = now
        stages = collections.Counter(member.stage for member in members)
        text = f"{stages.pop('done', 0)} of {len(members)} {self._title} done"
        text += f", {_listing(stages)}" if stages else ""
        waiting = [(m.began, m) for m in members if m.watch and not m.failure and m.began is not None]
        if waiting:
            began, slowest = min(waiting, key=lambda pair: pair[0])
            text += f"; slowest: {slowest.label}, {slowest.stage} for {now - began:.0f} s"
        self._line(text)

    def rolls_back(self, members: t.Sequence[Member]) -> None:
        self._line(f"rolling back: {len(members)} {self._title} to remove")

    def _line(self, text: str) -> None:
        if self._report:
            elapsed = time.monotonic() - self._started
            self._report(self._run.client.redactor.text(f"[{elapsed:4.0f} s] {text}"))


def _intent(member: Member) -> str:
    return "failed" if member.failure else _INTENTS[member.intent]


def _listing(counts: t.Mapping[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in sorted(counts.items(), key=lambda pair: -pair[1]))
