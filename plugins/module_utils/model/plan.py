# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a plan is made of: steps, what to wait for after each, and how waiting can end."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from .context import Context
from .observation import Observation

# Seconds before the first look at an object that is being worked on.
FIRST_PAUSE = 1.0

READY = "ready"
PENDING = "pending"


@dataclasses.dataclass(frozen=True)
class Failed:
    """It will not get there.

    Attributes:
        why: the platform's own text.
        passes_within: seconds since a creation within which the reason may pass by itself: the new object is deleted
            and created again.
    """

    why: str
    passes_within: float = 0.0


@dataclasses.dataclass(frozen=True)
class Then:
    """It is pending, and the next look is evaluated by another function, which knows what this one has shown."""

    evaluate: t.Callable[[t.Optional[Json]], Outcome]


Outcome = t.Union[str, Failed, Then]

# Stands in the body of a step for the id of the object, which may not exist yet when the plan is made.
OWN_ID = "(id of the object)"


@dataclasses.dataclass(frozen=True)
class Wait:
    """What to wait for after a step.

    Attributes:
        evaluate: says of an object (None: it does not exist) whether it is READY, PENDING, Failed, or pending with
            Then. It is pure: what it has to remember, it returns.
        read: how to look, where it is not the object itself.
        first: seconds before the first look.
        on_status: a status in which the platform waits for the user, and the step that the user wants then.
        timeout: seconds to wait at most where users have no say in it.
    """

    evaluate: t.Callable[[t.Optional[Json]], Outcome]
    read: t.Optional[t.Callable[[Context, t.Optional[Json]], t.Optional[Json]]] = None
    first: float = FIRST_PAUSE
    on_status: t.Mapping[str, Step] = dataclasses.field(default_factory=dict)
    timeout: t.Optional[float] = None


@dataclasses.dataclass(frozen=True)
class Step:
    """One request of a plan.

    Attributes:
        action: the word for it in `actions`.
        operation: what is sent; the id of the object is filled into its path when the step is taken.
        params: other parameters of the path; a function is called with the run and the object when the step is taken.
        body: JSON body.
        fallback_body: the same in another form, for a platform that refuses the first one (400).
        fallback_on: says of such a refusal whether the other form may help; where there is none, it may.
        query: parameters of the query.
        upload: local file, or URL of the data, to stream as the body instead.
        md5: MD5 sum (hexadecimal) that this data has to have, where it is known.
        download: local file to stream the answer into.
        wait: what to wait for afterwards.
        wait_after_upload: the same where the answer has arrived, by the MD5 sum (hexadecimal) of what was sent.
        proof: what a look has to see for the step to count as taken after a lost answer, where that is not what is
            waited for.
        creates: whether the answer is a new object.
        passes: says of a refusal whether it passes by itself, so that the step is sent again for as long as users wait.
        unobservable: whether the object rests in one state before and after it, so that no look shows if it was taken.
        hint: what people can do where the platform refuses it.
    """

    action: str
    operation: Operation
    params: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    body: t.Any = dataclasses.field(default=None, repr=False)
    fallback_body: t.Any = dataclasses.field(default=None, repr=False)
    fallback_on: t.Optional[t.Callable[[CloudError], bool]] = dataclasses.field(default=None, compare=False)
    query: t.Mapping[str, t.Any] = dataclasses.field(default_factory=dict)
    upload: t.Optional[str] = dataclasses.field(default=None, repr=False)
    md5: t.Optional[str] = None
    download: t.Optional[str] = None
    wait: t.Optional[Wait] = dataclasses.field(default=None, compare=False)
    wait_after_upload: t.Optional[t.Callable[[str], Wait]] = dataclasses.field(default=None, compare=False)
    proof: t.Optional[Wait] = dataclasses.field(default=None, compare=False)
    creates: bool = False
    passes: t.Optional[t.Callable[[CloudError], bool]] = dataclasses.field(default=None, compare=False)
    unobservable: bool = False
    hint: t.Optional[str] = dataclasses.field(default=None, compare=False)


@dataclasses.dataclass(frozen=True)
class Plan:
    """What will be done.

    Attributes:
        before: the object as it was found.
        after: what it will be; None where there will be none.
        asked: the names of the options that are given.
        recreate: the options that make the successor of an object that is deleted for it, without secrets.
    """

    steps: tuple[Step, ...] = ()
    before: Observation = dataclasses.field(default_factory=Observation)
    after: t.Optional[Json] = None
    asked: frozenset[str] = frozenset()
    recreate: t.Optional[t.Mapping[str, t.Any]] = None

    @property
    def actions(self) -> list[str]:
        return [step.action for step in self.steps]


class Room(t.NamedTuple):
    """One bound of a quota: how much is allowed, how much of it is used, and the unit as it stands behind a number."""

    allowed: int
    used: int
    unit: str = ""


def gone(seen: t.Optional[Json]) -> Outcome:
    """Ready when the object no longer exists."""
    return READY if seen is None else PENDING
