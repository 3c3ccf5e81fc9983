# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How a wait ends: ready, failed, or out of time."""

from __future__ import annotations

import dataclasses
import time
import typing as t

from ..cloud.errors import CloudError, WaitError
from ..cloud.json_types import Json
from ..model.context import Context
from ..model.observation import Observation
from ..model.plan import PENDING, READY, Failed, Outcome, Step, Then, Wait
from ..model.resource import Resource
from .diff import label_of
from .looks import look, next_pause
from .refusals import describe, replace_hint
from .steps import execute_step


def _now() -> float:
    return time.monotonic()


@dataclasses.dataclass
class Watch:
    """An object that the platform works on, and what is waited for after an action on it."""

    resource: Resource
    run: Context
    found: Observation
    wait: Wait
    action: str
    #: whether the object was made just before, so that another process may have made one of its name at the same time
    is_new: bool = False
    #: when the wait began (time.monotonic())
    begun_at: float = dataclasses.field(default_factory=_now)
    #: the step that made the object, where the platform did not return its id, so that it is searched for
    creation: t.Optional[Step] = None
    #: the last status that was seen, and what the platform was doing then, for people
    status: t.Optional[str] = None
    doing: t.Optional[str] = None

    def __post_init__(self) -> None:
        self._timeout = self.wait.timeout or self.run.options.get("wait_timeout", self.resource.wait_timeout)
        self.deadline = self.begun_at + self._timeout
        self._answered: set[str] = set()
        #: whether it is over because a new object failed for a reason that passes by itself
        self.failed_for_now = False

    def look(self) -> t.Optional[Json]:
        """What is looked at, as it is now. The first look at a new object is at the list that shows its namesakes."""
        if self.is_new and self.wait.read is None:
            own = self.check_namesakes(self._list())
            seen = self.resource.seen(self.run, own) if own else None
            if seen and not isinstance(self.judge(seen), Failed):  # a list may leave out the reason
                return seen
        return look(self.resource, self.run, self.wait, self.found)

    def _list(self) -> list[Json]:
        self.resource.invalidate(self.run)
        try:
            return self.resource.search(self.run)
        except CloudError:
            return []  # what cannot be listed is looked at all the same

    def check_namesakes(self, listed: t.Sequence[Json]) -> t.Optional[Json]:
        """The new object as a list shows it.

        Raises:
            CloudError: it has an older namesake, which another process made at the same time.
        """
        self.is_new = False
        resource, own_id = self.resource, str(self.found.get(self.resource.id_field))
        own = next((raw for raw in listed if resource.id_of(raw) == own_id), None)
        name = self.run.options.get("name")
        if own is None or not name:
            return own
        age = resource.age_of(own)
        older = sorted(resource.id_of(raw) for raw in listed if raw.get("name") == name and resource.age_of(raw) < age)
        if older:
            raise CloudError(
                f"{self._whose} was made while another process made one of the same name: {', '.join(older)}.",
                hint=f"Both exist now. Delete the one that is not wanted by its id (state: absent, id: {own_id}).",
            )
        return own

    def is_over(self, seen: t.Optional[Json]) -> bool:
        """Whether what was seen is what is waited for; where the platform waits for the user, it is sent on.

        Raises:
            WaitError: the object failed (with the platform's own text), or wait_timeout seconds went by.
            CloudError: it has never appeared.
        """
        verdict = self.judge(seen)
        if verdict == READY:
            return True
        if isinstance(verdict, Failed):
            self.failed_for_now = seen is not None and self._passes(verdict)
            if self.failed_for_now:
                return True
            why = self.run.client.redactor.text(verdict.why)
            raise WaitError(f"{self._whose} failed: {why}", hint=self._way_out(seen))
        if isinstance(verdict, Then):
            self.wait = dataclasses.replace(self.wait, evaluate=verdict.evaluate)
        self.status = "to appear" if self.creation else str((seen or {}).get(self.resource.status_field))
        self.doing = self.resource.doing(seen or {})
        if isinstance(verdict, Step):
            self._answered.add(self.status)
            execute_step(self.resource, self.run, verdict, self.found)
        if time.monotonic() >= self.deadline:
            raise self._too_late(seen or {})
        return False

    def _passes(self, failure: Failed) -> bool:
        """Whether there is time for another object, because the reason for which this one failed passes by itself."""
        return time.monotonic() < min(self.begun_at + failure.passes_within, self.deadline)

    def judge(self, seen: t.Optional[Json]) -> t.Union[Outcome, Step]:
        """What a look means: the outcome, or the step to take where the platform waits for the user. It is pure."""
        outcome = self.wait.evaluate(seen)
        status = str((seen or {}).get(self.resource.status_field))
        if outcome != PENDING or status in self._answered:
            return outcome
        return self.wait.on_status.get(status, outcome)

    def _way_out(self, seen: t.Optional[Json]) -> t.Optional[str]:
        """What people can do about an object that stays as it is: the next run would refuse it."""
        can_be_replaced = "replace" in self.run.options and self.run.options.get("state") == "present"
        return replace_hint(self.resource) if can_be_replaced and seen and self.resource.error_reason(seen) else None

    @property
    def _whose(self) -> str:
        return describe(self.resource, self.run, self.found)

    def _too_late(self, seen: Json) -> CloudError:
        if self.creation:
            name = self.creation.operation.id
            return CloudError(f"{name}: the platform took the request, but no such {self.resource.noun} appeared.")
        status = f"{self.status}" if self.resource.status_field in seen else ""
        status = " ".join(filter(None, [status, self.doing and f"({self.doing})"]))
        more = self.wait.timeout is None
        return WaitError(
            f"{self._whose} is not ready {self._timeout} s after {self.action!r}"
            f"{f'; last status: {status}' if status else ''}.",
            hint=f"It may still get there: run the task again{', or raise wait_timeout' if more else ''}.",
        )


def wait_for(watch: Watch) -> t.Optional[Json]:
    """Look until it is over, and return what was seen then; raises what Watch.is_over() raises."""
    pause, progress = watch.wait.first, watch.run.progress
    label = label_of(watch.resource, watch.run, watch.found)
    while True:
        time.sleep(max(0.0, min(pause, watch.deadline - time.monotonic())))
        pause = next_pause(pause)
        seen = watch.look()
        if watch.is_over(seen):
            progress.end(f"{label}: done in {progress.seconds:.0f} s")
            return seen
        progress.state(label, " ".join(filter(None, [watch.status, watch.doing and f"({watch.doing})"])))
