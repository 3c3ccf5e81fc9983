# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How one step of a plan is sent, and what its answer means."""

from __future__ import annotations

import time
import typing as t

from ..cloud.errors import AnswerLost, CloudError
from ..cloud.json_types import Json
from ..model.context import Context
from ..model.observation import Observation
from ..model.plan import FIRST_PAUSE, OWN_ID, READY, Step
from ..model.resource import Resource
from .diff import label_of
from .looks import Taken, look, next_pause
from .lost_answers import after_lost_answer

_REFUSALS = frozenset({400, 403, 404, 405, 406, 501})
# Ironic's words for a node that one of its conductors holds.
_LOCKED = "is locked by host"


def execute_step(resource: Resource, run: Context, step: Step, found: Observation) -> Taken:
    """Take one step. A write whose answer was lost is never sent again: what came of it is looked for.

    Raises:
        AnswerLost: nothing shows whether it was carried out.
        CloudError: the platform refused it; a conflict with work that passes is sent again, up to `api_retries` times,
            a refusal that is known to pass for as long as users wait.
    """
    for tries_left in range(run.client.connection.retries, -1, -1):
        try:
            return _send_patiently(resource, run, step, found)
        except AnswerLost as error:
            return after_lost_answer(resource, run, step, found, error)
        except CloudError as error:
            _advise(resource, step, error)
            if not tries_left or error.status != 409 or not _is_busy(error, step):
                raise
        time.sleep(FIRST_PAUSE)
        if not step.creates and not step.unobservable and _is_ready(resource, run, step, found):
            return Taken(found)
    raise AssertionError("unreachable")


def _send_patiently(resource: Resource, run: Context, step: Step, found: Observation) -> Taken:
    """Send a step, again where the platform refuses it for a reason that passes by itself."""
    deadline = time.monotonic() + (patience_of(resource, run) if run.waits else 0)
    pause = FIRST_PAUSE
    while True:
        try:
            return _send(resource, run, step, found)
        except CloudError as error:
            if step.passes is None or not step.passes(error) or time.monotonic() + pause > deadline:
                raise
        run.progress.state(label_of(resource, run, found), f"refused for now, {step.action} is tried again")
        time.sleep(pause)
        pause = next_pause(pause)


def patience_of(resource: Resource, run: Context) -> float:
    """Seconds for which users wait for an object at most."""
    return float(run.options.get("wait_timeout", resource.wait_timeout) or 0)


def _advise(resource: Resource, step: Step, error: CloudError) -> None:
    """Say in the error what people can do about a refusal, where resource or step know it."""
    if step.hint and error.status in _REFUSALS:
        error.hint = step.hint
    if step.creates and error.status == 409 and not _is_locked(error):
        error.hint = resource.conflict_hint


def _is_busy(error: CloudError, step: Step) -> bool:
    """Whether a conflict passes: with a background action before this one, or another that holds the object's lock."""
    return _is_locked(error) or (step.wait is not None and not step.creates)


def _is_locked(error: CloudError) -> bool:
    """Whether another works on an object: nothing was done, and the same may be sent again in a moment."""
    return _LOCKED in error.message


def _is_ready(resource: Resource, run: Context, step: Step, found: Observation) -> bool:
    """Whether a look shows the effect of a step."""
    if step.operation is resource.delete_operation and step.operation.method == "POST":
        return not resource.find_again(run, found)
    wait = step.proof or step.wait
    return wait is not None and wait.evaluate(look(resource, run, wait, found)) == READY


def _send(resource: Resource, run: Context, step: Step, found: Observation) -> Taken:
    """Send a step. What the items of a loop share is read anew, unless the answer says how the object is now."""
    if not resource.answers_whole:
        resource.note_write(run, found)
    try:
        return _taken(resource, run, step, found)
    except CloudError:
        resource.invalidate(run)
        raise


def _taken(resource: Resource, run: Context, step: Step, found: Observation) -> Taken:
    params = {name: value(run, found) if callable(value) else value for name, value in step.params.items()}
    if found and not step.creates:
        params.setdefault(resource.id_param, found[resource.id_field])
    client = run.client
    meter = run.progress.meter(f"{label_of(resource, run, found)}: {step.action}")
    if step.upload:
        return Taken(None, md5=client.upload(step.operation, params, step.upload, step.md5, meter))
    if step.download:
        client.download(step.operation, params, step.download, found.get("checksum"), meter)
        return Taken(None)
    if step.operation.method == "DELETE" or step.operation is resource.delete_operation:
        resource.invalidate(run)
        _delete(resource, run, step, params, found)
        return Taken(None)
    raw = resource.unwrap(_call(run, step, params, _addressed(resource, step, found)))
    returned = resource.read(raw) if raw else {}
    if resource.answers_whole and returned.get(resource.id_field):
        resource.note_answer(run, raw)
    if not step.creates:
        return Taken(returned if found and returned.get(resource.id_field) == found[resource.id_field] else None)
    # What the reference does not document may be anything, such as the ID of another object.
    return Taken(returned if step.operation.answers else {})


def _call(run: Context, step: Step, params: Json, body: t.Any) -> t.Any:
    """Send a body; where the platform refuses it, the same in the other form that the step has."""
    try:
        return run.client.call(step.operation, params, step.query, body)
    except CloudError as error:
        if error.status != 400 or step.fallback_body is None or (step.fallback_on and not step.fallback_on(error)):
            raise
        refusal = error
    try:
        return run.client.call(step.operation, params, step.query, step.fallback_body)
    except CloudError as error:
        if error.status != 400:
            raise
        refusal.hint = f"Another form of it was refused, too: {error.message}"
    raise refusal


def _addressed(resource: Resource, step: Step, found: Observation) -> t.Any:
    """The body of a step with the id of the object in it, at any depth."""
    return _with_id(step.body, found.get(resource.id_field))


def _with_id(body: t.Any, own_id: t.Any) -> t.Any:
    if isinstance(body, dict):
        return {name: _with_id(value, own_id) for name, value in body.items()}
    return own_id if isinstance(body, str) and body == OWN_ID else body


def _delete(resource: Resource, run: Context, step: Step, params: Json, found: Observation) -> None:
    """Delete; 404 is done, unless the object is still there: then the platform does not know the operation."""
    whole = step.operation is resource.delete_operation
    try:
        run.client.call(step.operation, params, step.query, _addressed(resource, step, found))
    except CloudError as error:
        absent = resource.not_found_statuses if whole else {404}
        if error.status in absent and not (whole and resource.find_again(run, found)):
            return
        if whole and resource.delete_hint and error.status in _REFUSALS:
            error.hint = resource.delete_hint
        raise
