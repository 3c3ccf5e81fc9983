# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What becomes of a write whose answer did not arrive: its effect is looked for, and it is never sent again."""

from __future__ import annotations

import time

from ..cloud.errors import AnswerLost
from ..model.context import Context
from ..model.observation import Observation
from ..model.plan import FIRST_PAUSE, READY, Step
from ..model.resource import Resource
from .diff import label_of
from .looks import Taken, find_new, look, next_pause

# Seconds for which the effect of a write is looked for at least when its answer did not arrive: a platform that is
# slower than the client waits carries it out all the same, and none answers later than its own time-outs.
_PATIENCE_FOR_LOST = 60.0


def after_lost_answer(resource: Resource, run: Context, step: Step, found: Observation, error: AnswerLost) -> Taken:
    """What a step that was sent once came to, as far as looks can show it.

    Raises:
        AnswerLost: no sign of it showed up for longer than any answer takes.
    """
    if step.operation.non_repeatable and step.proof is None:
        return handle_non_repeatable(resource, run, step, found, error)
    seconds = patience(run)
    deadline = time.monotonic() + seconds
    pause = FIRST_PAUSE
    while True:
        run.progress.state(label_of(resource, run, found), f"no answer to {step.action}, its effect is looked for")
        time.sleep(pause)
        pause = next_pause(pause)
        if step.creates:
            made = find_new(resource, run, found)
            if made:
                return Taken(made)
        elif _is_taken(resource, run, step, found):
            return Taken(found)
        if time.monotonic() >= deadline:
            break
    error.hint = (
        f"It was not sent again, because that might do it twice; looking for {seconds:g} s showed no sign of it. "
        "It may still be carried out: see how things are before the task runs again."
    )
    raise error


def patience(run: Context) -> float:
    """Seconds for which the effect of a write is looked for when its answer did not arrive."""
    return max(run.client.connection.timeout, _PATIENCE_FOR_LOST)


def _is_taken(resource: Resource, run: Context, step: Step, found: Observation) -> bool:
    """Whether a look shows that a step was carried out, or that the platform is at it."""
    resource.invalidate(run)
    if step.operation is resource.delete_operation:
        left = resource.find_again(run, found)
        return not left or has_become_busy(resource, run, found, left)
    wait = step.proof or step.wait
    if wait is None:
        return False
    seen = look(resource, run, wait, found)
    if not step.unobservable and wait.evaluate(seen) == READY:
        return True
    if wait.read is not None or seen is None:
        return False
    return seen.get(resource.status_field) in wait.on_status or has_become_busy(
        resource, run, found, Observation.of(seen)
    )


def has_become_busy(resource: Resource, run: Context, before: Observation, seen: Observation) -> bool:
    """Whether the platform works on an object that was at rest when the step was sent."""
    if resource.pending_wait(run, seen) is None:
        return False
    return not before or resource.pending_wait(run, before) is None


def handle_non_repeatable(resource: Resource, run: Context, step: Step, found: Observation, error: AnswerLost) -> Taken:
    """A step whose effect no look can show counts as taken where its end is waited for; else people have to look."""
    if step.wait is None or not run.waits:
        error.hint = "It was not sent again, because that might do it twice. See whether it was carried out."
        raise error
    run.warnings.append(
        f"{step.action}: the answer was lost. It was not sent again, because that might do it twice; its effect is "
        "waited for instead."
    )
    return Taken(None if step.creates else found, is_certain=False)
