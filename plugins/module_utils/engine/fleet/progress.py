# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What people see of a fleet while it is under way."""

from __future__ import annotations

import collections
import time
import typing as t

from ...model.context import Context
from .members import Member

# Seconds between two lines, unless something fails: a fifth of the time that it has taken so far, in these bounds.
SHORTEST, LONGEST = 5.0, 30.0
_SHARE = 0.2

_ERRORS_SHOWN = 5
_INTENTS = {"created": "to create", "changed": "to change", "deleted": "to delete", "unchanged": "as wanted"}


class FleetProgress:
    """Reports counts by state, the time that has gone by, who takes longest, and the first errors."""

    def __init__(self, run: Context, plural: str) -> None:
        self._lines = run.progress
        self._title = plural.replace("_", " ")
        self._started = self._last = time.monotonic()
        self._errors = 0

    def planned(self, members: t.Sequence[Member]) -> None:
        """What is about to be done."""
        counts = collections.Counter(_intent(member) for member in members)
        if set(counts) - {"as wanted"}:
            self._lines.line(f"{len(members)} {self._title}: {_listing(counts)}")

    def failed(self, member: Member) -> None:
        self._errors += 1
        if self._errors <= _ERRORS_SHOWN:
            self._lines.line(f"{member.label} failed: {(member.failure or {})['msg']}")

    def goes_on(self, members: t.Sequence[Member]) -> None:
        """How far they are, if that was not reported just now."""
        now = time.monotonic()
        if now - self._last < min(max(SHORTEST, _SHARE * (now - self._started)), LONGEST):
            return
        self._last = now
        stages = collections.Counter(member.stage for member in members)
        text = f"{stages.pop('done', 0)} of {len(members)} {self._title} done"
        text += f", {_listing(stages)}" if stages else ""
        waiting = [(m.began, m) for m in members if m.watch and not m.failure and m.began is not None]
        if waiting:
            began, slowest = min(waiting, key=lambda pair: pair[0])
            text += f"; slowest: {slowest.label}, {slowest.stage} for {now - began:.0f} s"
        self._lines.line(text)

    def rolls_back(self, members: t.Sequence[Member]) -> None:
        self._lines.line(f"rolling back: {len(members)} {self._title} to remove")

    def ended(self, members: t.Sequence[Member]) -> None:
        """What became of all of them, if anything was to be done."""
        if not any(member.plan.steps or member.failure for member in members):
            return
        outcomes = collections.Counter(member.outcome for member in members)
        rest = {name.replace("_", " "): outcomes[name] for name in ("failed", "rolled_back", "not_begun")}
        done = len(members) - sum(rest.values())
        left = _listing({name: number for name, number in rest.items() if number})
        seconds = time.monotonic() - self._started
        self._lines.line(f"{self._title}: {done} done in {seconds:.0f} s{f', {left}' if left else ''}")


def _intent(member: Member) -> str:
    return "failed" if member.failure else _INTENTS[member.intent]


def _listing(counts: t.Mapping[str, int]) -> str:
    return ", ".join(f"{number} {what}" for what, number in sorted(counts.items(), key=lambda pair: -pair[1]))
