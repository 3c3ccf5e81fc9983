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
from ...model.context import Context
from ...model.indexed import Indexed
from ...model.plan import FIRST_PAUSE
from ...model.resource import Resource
from .. import approval
from ..looks import LONGEST_PAUSE, find_new
from ..waiting import Watch
from .members import Member
from .progress import FleetProgress

# Seconds between two looks at all that wait: a fifth of the time that it has taken so far, in these bounds.
SHORTEST_PAUSE = 0.8


PAUSE_SHARE = 0.2


class Scheduler:
    """Carries out the work of members side by side, and looks after those that wait."""

    def __init__(
        self, resource: Resource, run: Context, members: list[Member], progress: FleetProgress, goes_on: bool
    ) -> None:
        self._resource, self._run, self._members, self._progress = resource, run, members, progress
        self._goes_on = goes_on
        self._most: int = run.options["concurrency"]
        self._to_begin = collections.deque(member for member in members if member.work)
        self._to_go_on: collections.deque[tuple[Member, t.Callable[[Member], None]]] = collections.deque()
        self._busy: dict[concurrent.futures.Future[None], Member] = {}
        self._waiting: list[Member] = []
        #: the list that is read for those that wait, and they
        self._look: t.Optional[concurrent.futures.Future[t.Optional[Indexed]]] = None
        self._looked_for: list[Member] = []
        self._first_wait: t.Optional[float] = None
        self._next_look = 0.0
        self._is_search_due = False
        self._pages = 1

    def run(self) -> None:
        """Until each member has ended, failed, or is not to begin any more."""
        with concurrent.futures.ThreadPoolExecutor(self._most + 1) as threads:
            while True:
                self._submit(threads)
                if not (self._busy or self._waiting or self._look):
                    return
                self._await()
                if self._pause() == 0.0:
                    self._look_around(threads)
                self._progress.goes_on(self._members)

    def _submit(self, threads: concurrent.futures.Executor) -> None:
        while len(self._busy) < self._most:
            if self._to_go_on:
                member, work = self._to_go_on.popleft()
            elif self._to_begin and (self._goes_on or not any(member.failure for member in self._members)):
                member, work = self._to_begin.popleft(), self._begin
            else:
                return
            self._busy[threads.submit(self._work, member, work)] = member

    def _await(self) -> None:
        """Until a member has come as far as it can, or it is time to look."""
        pause = self._pause()
        under_way: set[concurrent.futures.Future[t.Any]] = {*self._busy, *([self._look] if self._look else [])}
        if not under_way:
            time.sleep(pause or 0.0)
            return
        done, _rest = concurrent.futures.wait(under_way, pause, concurrent.futures.FIRST_COMPLETED)
        for future in done & self._busy.keys():
            member = self._busy.pop(future)
            future.result()
            if member.watch and not member.ended and not member.failure:
                self._wait(member)
        if self._look in done:
            self._take_look(self._look.result())

    def _pause(self) -> t.Optional[float]:
        """Seconds to the next look, None where nobody waits for it. New objects are all there once nobody is busy."""
        if not self._waiting or self._look:
            return None
        return 0.0 if self._is_search_due and not self._busy else max(0.0, self._next_look - time.monotonic())

    def _wait(self, member: Member) -> None:
        now = time.monotonic()
        watch = member.waits_for()
        self._is_search_due = self._is_search_due or (watch.creation is not None and watch.status is None)
        if self._first_wait is None:
            self._first_wait = now
        if not self._waiting and self._next_look <= now:
            self._next_look = now + FIRST_PAUSE
        self._waiting.append(member)

    def _look_around(self, threads: concurrent.futures.Executor) -> None:
        """One list serves all that wait; a few that are fewer than its pages are asked one by one.

        Those whose ids are not known can only be found in a list. Meanwhile the others go on. Who begins to wait while
        the list is read waits for the next one.
        """
        members, self._waiting = self._waiting, []
        self._is_search_due = False
        searched = [member for member in members if member.waits_for().creation]
        known = [member for member in members if member.waits_for().creation is None]
        together = [*searched, *(member for member in known if not member.waits_for().wait.read)]
        if searched or len(together) > self._pages:
            self._looked_for = together
            self._look = threads.submit(self._listed)
            members = [member for member in known if member.waits_for().wait.read]
        self._to_go_on.extend((member, self._ask) for member in members)
        self._plan_next_look()

    def _take_look(self, listed: t.Optional[Indexed]) -> None:
        """Compare those that wait with the list; without one, they are asked one by one."""
        compare = self._ask if listed is None else functools.partial(self._compare, listed=listed)
        self._to_go_on.extend((member, compare) for member in self._looked_for)
        self._look, self._looked_for = None, []
        self._plan_next_look()

    def _plan_next_look(self) -> None:
        now = time.monotonic()
        pause = min(max(SHORTEST_PAUSE, PAUSE_SHARE * (now - (self._first_wait or now))), LONGEST_PAUSE)
        self._next_look = now + pause

    def _listed(self) -> t.Optional[Indexed]:
        """All objects as the platform lists them now; None where the list cannot be had."""
        client = self._run.client
        before = client.requests["GET"]
        try:
            entries = self._resource.list_all(self._run)
        except CloudError:
            return None
        self._pages = client.requests["GET"] - before
        return Indexed(self._resource, entries)

    # --- what is done by a member's thread

    def _work(self, member: Member, work: t.Callable[[Member], None]) -> None:
        try:
            work(member)
        except CloudError as error:
            member.fail(error)
            self._progress.failed(member)

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
            if end.value.plan is not member.plan:
                member.plan_id = approval.identity(self._resource, member.run, end.value.plan)
            member.plan, member.final = end.value.plan, end.value.final
            member.watch, member.ended = None, True
            return
        if not member.watch.wait.first and member.watch.creation is None:
            self._ask(member)

    def _ask(self, member: Member) -> None:
        watch = member.waits_for()
        seen = watch.look()
        if watch.is_over(seen):
            self._go_on(member, seen)

    def _compare(self, member: Member, listed: Indexed) -> None:
        """The same with what a list shows. Whatever is wrong there is asked for once more: a list may hold less."""
        watch = member.waits_for()
        seen = self._seen(watch, listed)
        try:
            over = watch.is_over(seen)
        except WaitError:
            self._ask(member)
            return
        if over:
            self._go_on(member, seen)

    def _seen(self, watch: Watch, listed: Indexed) -> t.Optional[Json]:
        """What a list shows of an object."""
        if watch.creation:
            return find_new(self._resource, watch.run, watch.found, listed) or None
        if watch.is_new:
            watch.check_namesakes(listed.of_name(watch.run.options.get("name") or ""))
        raw = next(iter(listed.of_id(str(watch.found[self._resource.id_field]))), None)
        return self._resource.seen(watch.run, raw) if raw else None
