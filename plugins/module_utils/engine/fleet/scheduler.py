# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Carries out the plans of members side by side, and looks after those that wait."""

from __future__ import annotations

import collections
import concurrent.futures
import functools
import time
import typing as t

from ...cloud.errors import CloudError, WaitError
from ...cloud.json_types import Json
from ...model.plan import FIRST_PAUSE
from ...model.resource import Resource
from ..looks import LONGEST_PAUSE
from .members import Member
from .pool import WorkPool
from .progress import FleetProgress

# Seconds between two looks at all that wait: a fifth of the time that it has taken so far, in these bounds.
SHORTEST_PAUSE = 0.8


PAUSE_SHARE = 0.2


class Scheduler:
    """Carries out the work of members side by side, and looks after those that wait."""

    def __init__(
        self, resource: Resource, pool: WorkPool, members: list[Member], progress: FleetProgress, goes_on: bool
    ) -> None:
        self._resource, self._pool, self._members, self._progress = resource, pool, members, progress
        self._goes_on = goes_on
        self._to_begin = collections.deque(member for member in members if member.work)
        self._to_go_on: collections.deque[tuple[Member, t.Callable[[Member], None]]] = collections.deque()
        self._busy: dict[concurrent.futures.Future[None], Member] = {}
        self._waiting: list[Member] = []
        self._first_wait: t.Optional[float] = None
        self._next_look = 0.0
        self._pages = 1

    def run(self) -> None:
        """Until each member has ended, failed, or is not to begin any more."""
        with concurrent.futures.ThreadPoolExecutor(self._pool.size) as threads:
            while True:
                self._submit(threads)
                if not self._busy and not self._waiting:
                    return
                self._await()
                if self._waiting and time.monotonic() >= self._next_look:
                    self._look_around()
                self._progress.goes_on(self._members)

    def _submit(self, threads: concurrent.futures.Executor) -> None:
        while len(self._busy) < self._pool.limit:
            if self._to_go_on:
                member, work = self._to_go_on.popleft()
            elif self._to_begin and (self._goes_on or not any(member.failure for member in self._members)):
                member, work = self._to_begin.popleft(), self._begin
            else:
                return
            self._busy[threads.submit(self._work, member, work)] = member

    def _await(self) -> None:
        """Until a member has come as far as it can, or it is time to look."""
        pause = max(0.0, self._next_look - time.monotonic()) if self._waiting else None
        if not self._busy:
            time.sleep(pause or 0.0)
            return
        done, _rest = concurrent.futures.wait(self._busy, pause, concurrent.futures.FIRST_COMPLETED)
        for future in done:
            member = self._busy.pop(future)
            future.result()
            if member.watch and not member.ended and not member.failure:
                self._wait(member)

    def _wait(self, member: Member) -> None:
        now = time.monotonic()
        if self._first_wait is None:
            self._first_wait = now
        if not self._waiting and self._next_look <= now:
            self._next_look = now + FIRST_PAUSE
        self._waiting.append(member)

    def _look_around(self) -> None:
        """One list serves all that wait; a few that are fewer than its pages are asked one by one."""
        members, self._waiting = self._waiting, []
        apart = [member for member in members if member.waits_for().wait.read]
        together = [member for member in members if not member.waits_for().wait.read]
        listed = self._listed() if len(together) > self._pages else None
        if listed is None:
            apart = members
        for member in apart:
            self._to_go_on.append((member, self._ask))
        if listed is not None:
            compare = functools.partial(self._compare, listed=listed)
            self._to_go_on.extend((member, compare) for member in together)
        now = time.monotonic()
        pause = min(max(SHORTEST_PAUSE, PAUSE_SHARE * (now - (self._first_wait or now))), LONGEST_PAUSE)
        self._next_look = now + pause

    def _listed(self) -> t.Optional[Listed]:
        """All objects as the platform lists them now; None where the list cannot be had."""
        client = self._pool.run.client
        before = client.requests["GET"]
        try:
            entries = self._resource.list_all(self._pool.run)
        except CloudError:
            return None
        self._pages = client.requests["GET"] - before
        return Listed(self._resource, entries)

    # --- what is done by a member's thread

    def _work(self, member: Member, work: t.Callable[[Member], None]) -> None:
        try:
            work(member)
        except CloudError as error:
            member.fail(error)
            self._progress.failed(member)
        else:
            self._pool.note_calm()

    def _begin(self, member: Member) -> None:
        member.began = time.monotonic()
        self._go_on(member, None)

    def _go_on(self, member: Member, seen: t.Optional[Json]) -> None:
        """Take the next steps, up to one that has to be waited for."""
        work = member.work
        if work is None:
            raise AssertionError(f"{member.label} has no work, and was begun")
        try:
            member.watch = work.send(seen)
        except StopIteration as end:
            member.plan, member.final = end.value.plan, end.value.final
            member.watch, member.ended = None, True
            return
        if not member.watch.wait.first:
            self._ask(member)

    def _ask(self, member: Member) -> None:
        watch = member.waits_for()
        seen = watch.look()
        if watch.is_over(seen):
            self._go_on(member, seen)

    def _compare(self, member: Member, listed: Listed) -> None:
        """The same with what a list shows. Whatever is wrong there is asked for once more: a list may hold less."""
        watch = member.waits_for()
        raw = listed.by_id.get(str(watch.found[self._resource.id_field]))
        if watch.is_new:
            watch.check_namesakes(listed.by_name[member.run.options.get("name")])
        seen = self._resource.seen(member.run, raw) if raw else None
        try:
            over = watch.is_over(seen)
        except WaitError:
            self._ask(member)
            return
        if over:
            self._go_on(member, seen)


class Listed:
    """The entries of a list by id and by name."""

    def __init__(self, resource: Resource, entries: list[Json]) -> None:
        self.by_id = {resource.id_of(raw): raw for raw in entries}
        self.by_name: dict[t.Any, list[Json]] = collections.defaultdict(list)
        for raw in entries:
            self.by_name[raw.get("name")].append(raw)
