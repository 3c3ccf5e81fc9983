# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How servers and bare-metal instances come from one power state to another (section 1.9 of the reference)."""

from __future__ import annotations

import functools
import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..model.context import Context
from ..model.plan import Step, Wait
from . import _instances

ACTION = f"{_instances.SERVER}/action"

START = Operation("server-start", "POST", ACTION, answers=False)
STOP = Operation("server-stop", "POST", ACTION, answers=False)
SUSPEND = Operation("server-suspend", "POST", ACTION, answers=False)
RESUME = Operation("server-resume", "POST", ACTION, answers=False)
# A server that runs again does not show whether it was rebooted.
REBOOT = Operation("server-reboot", "POST", ACTION, answers=False, non_repeatable=True)
SHELVE = Operation("server-shelve", "POST", ACTION, answers=False)

# What users call the states in which the platform rests.
STATES = {
    "ACTIVE": "running",
    "SHUTOFF": "stopped",
    "SUSPENDED": "suspended",
    "SHELVED": "shelved",
    "SHELVED_OFFLOADED": "shelved",
}
RESTING = {
    "running": ("ACTIVE",),
    "stopped": ("SHUTOFF",),
    "suspended": ("SUSPENDED",),
    "shelved": ("SHELVED", "SHELVED_OFFLOADED"),
}

# The way from one power state to another: (action, operation, body, state after it).
_START = ("start", START, {"os-start": None}, "running")
_STOP = ("stop", STOP, {"os-stop": None}, "stopped")
_SUSPEND = ("suspend", SUSPEND, {"suspend": None}, "suspended")
_RESUME = ("resume", RESUME, {"resume": None}, "running")
_SHELVE = ("shelve", SHELVE, {"shelve": None}, "shelved")
_UNSHELVE = ("unshelve", SHELVE, {"unshelve": None}, "running")
# Whoever comes from these has just booted.
_STARTING = frozenset({"start", "unshelve"})
_TO_RUNNING = {"running": [], "stopped": [_START], "suspended": [_RESUME], "shelved": [_UNSHELVE]}
_FROM_RUNNING = {"running": [], "stopped": [_STOP], "suspended": [_SUSPEND], "shelved": [_SHELVE]}

#: the states in which the compute service takes other work on a server: volumes, network cards, another size
AWAKE = ("running", "stopped")
_ASLEEP = frozenset({"suspended", "shelved"})

# What a task of the compute service leads to, by the beginning of its name; no other task changes the power state.
_AIMS = {
    "powering-off": "stopped",
    "powering-on": "running",
    "suspending": "suspended",
    "resuming": "running",
    "shelving": "shelved",
    "unshelving": "running",
    "reboot": "running",
}
# States of work that a stopped machine comes out of stopped.
_KEEPING = frozenset({"RESIZE", "REVERT_RESIZE", "MIGRATING", "PASSWORD"})
# What the platform calls the power of a machine whose resize is to be confirmed.
_RESIZED = {"1": "running", "4": "stopped"}
#: where it runs, and since when: known when it is there.
PLACE = ("compute_node", "hypervisor_hostname", "host_id")


def steps(noun: str, current: str, wanted: str) -> list[Step]:
    """The steps that lead from one power state to another."""
    if current == wanted:
        return []
    if current not in _TO_RUNNING:
        raise CloudError(f"power_state: the {noun} is {current}; no operation of the platform's API leads from there.")
    if wanted == "shelved":
        return [_step(*_SHELVE)]
    return [_step(*action) for action in (*_TO_RUNNING[current], *_FROM_RUNNING[wanted])]


def route(
    noun: str,
    state: str,
    wanted: str,
    work: t.Callable[[str], list[Step]],
    places: tuple[str, ...] = AWAKE,
) -> list[Step]:
    """Power actions from one state to another, with `work` on the way, done in the best of the `places` that allow it.

    There are as few power actions as can be. What is to be stopped anyway is stopped before the work.
    """
    place = _place(state, wanted, places)
    return [*steps(noun, state, place), *work(place), *steps(noun, place, wanted)]


def _place(state: str, wanted: str, places: tuple[str, ...]) -> str:
    if state in places and (state != "running" or wanted not in places):
        return state
    return wanted if wanted in places else places[0]


def places_for(state: str, wanted: str, live: bool, resizes: bool, attaches: bool) -> tuple[str, ...]:
    """Where the work on a server can be done: nothing else than it needs makes one that sleeps wake up."""
    if resizes:
        return ("running",) if live else AWAKE
    if attaches:
        return AWAKE if state in _ASLEEP else (*AWAKE, state)
    return AWAKE if state in AWAKE or wanted in AWAKE else (state,)


def reboot(noun: str, how: str, state: t.Optional[str]) -> Step:
    """The reboot of what is to run, `how` is soft or hard."""
    if state not in (None, "running"):
        raise OptionError(f"reboot: the {noun} is {state}; only one that runs can be rebooted.")
    return Step("reboot", REBOOT, body={"reboot": {"type": how.upper()}}, wait=_rest("running"))


def boots(planned: list[Step]) -> bool:
    """Whether a reboot on top of these steps would be one too many."""
    return not _STARTING.isdisjoint(step.action for step in planned)


def is_rebooting(current: Json, how: t.Optional[str]) -> bool:
    """Whether the reboot that is asked for is under way, or one that is harder."""
    task = (current["task_state"] or "").lower()
    hard = current["status"] == "HARD_REBOOT" or (task.startswith("reboot") and task.endswith("_hard"))
    return hard or (how == "soft" and (current["status"] == "REBOOT" or task.startswith("reboot")))


def after_work(current: Json) -> str:
    """The power state that a machine is in, or comes to when what it is busy with is done."""
    task = (current["task_state"] or "").lower()
    for beginning, aim in _AIMS.items():
        if task.startswith(beginning):
            return aim
    status = current["status"]
    if status in STATES or (status == "VERIFY_RESIZE" and current["power_state"]):
        state: str = current["power_state"]
        return state
    if status in _KEEPING and (current["vm_state"] or "").lower() == "stopped":
        return "stopped"
    busy = status in _instances.BUSY or status == "VERIFY_RESIZE"
    return "running" if busy else str(status).lower()


def state_of(raw: Json, status: t.Optional[str]) -> t.Optional[str]:
    """The power state that a machine rests in, None for one that does not; a resized one may rest in two."""
    if status == "VERIFY_RESIZE":
        return _RESIZED.get(str(raw.get("OS-EXT-STS:power_state")))
    return STATES.get(status or "")


def is_coming(current: Json, wanted: t.Optional[str]) -> bool:
    """Whether the wanted state comes automatically."""
    return _instances.is_busy(current) and wanted == after_work(current)


def differs(current: Json, wanted: t.Optional[str]) -> bool:
    """Whether it takes an action to reach the wanted state (None: any will do)."""
    return wanted is not None and wanted != after_work(current)


def foretell(run: Context, after: Json, new: bool, changes: bool, more_work: bool = False) -> None:
    """Put into a prediction what is known beforehand of a machine that is made or changes its power state.

    A new one that is not waited for is only begun, unless there is `more_work` to do on it when it runs.
    """
    if new and not run.waits:
        more_work = more_work or after["power_state"] not in (None, "running")
        after["status"], after["vm_state"] = None if more_work else _instances.NEW, None
        return
    after["power_state"] = after["power_state"] or "running"
    if changes and not run.waits:
        after["status"] = after["vm_state"] = None  # it is on its way
    elif new or changes:
        after["status"], after["vm_state"] = RESTING[after["power_state"]][0], None
        if after["power_state"] == "shelved":  # at once or later, it gives its place up
            after.update(dict.fromkeys(PLACE), status=None)


def _step(action: str, operation: Operation, body: Json, place: str) -> Step:
    # The text of the reference has null for shelving, its example an empty text.
    instead = dict.fromkeys(body, "") if operation is SHELVE else None
    return Step(action, operation, body=body, fallback_body=instead, wait=_rest(place))


def _rest(place: str) -> Wait:
    return Wait(functools.partial(_instances.rests_in, RESTING[place]))
