# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How servers and bare-metal instances come from one power state to another (section 1.9 of the reference)."""

from __future__ import annotations

import functools
import typing as t

from ..client import Operation
from ..errors import CloudError, OptionError
from ..plan import Step, Wait
from . import instances

ACTION = f"{instances.SERVER}/action"

START = Operation("server-start", "POST", ACTION, answers=False)
STOP = Operation("server-stop", "POST", ACTION, answers=False)
SUSPEND = Operation("server-suspend", "POST", ACTION, answers=False)
RESUME = Operation("server-resume", "POST", ACTION, answers=False)
# A server that runs again tells nothing of whether it was rebooted.
REBOOT = Operation("server-reboot", "POST", ACTION, answers=False, once=True)
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


def steps(noun: str, current: str, wanted: str) -> list[Step]:
    """The steps that lead from one power state to another."""
    if current == wanted:
        return []
    if current not in _TO_RUNNING:
        raise CloudError(f"power_state: the {noun} is {current}; no operation of the platform's API leads from there.")
    if wanted == "shelved":
        return [_step(*_SHELVE)]
    return [_step(*action) for action in (*_TO_RUNNING[current], *_FROM_RUNNING[wanted])]


def reboot(noun: str, how: str, state: t.Optional[str]) -> Step:
    """The reboot of what is to run, `how` is soft or hard."""
    if state not in (None, "running"):
        raise OptionError(f"reboot: the {noun} is {state}; only one that runs can be rebooted.")
    return Step("reboot", REBOOT, body={"reboot": {"type": how.upper()}}, wait=_rest("running"))


def boots(planned: list[Step]) -> bool:
    """Whether a reboot on top of these steps would be one too many."""
    return not _STARTING.isdisjoint(step.action for step in planned)


def after_work(current: dict) -> str:
    """The power state that a machine comes to when what it is busy with is done."""
    busy = current["status"] in instances.BUSY or current["status"] == "VERIFY_RESIZE"
    return "running" if busy else str(current["status"]).lower()


def is_coming(current: dict, wanted: t.Optional[str]) -> bool:
    """Whether the wanted state comes by itself."""
    return current["power_state"] is None and wanted == after_work(current)


def _step(action: str, operation: Operation, body: dict, place: str) -> Step:
    # The text of the reference has null for shelving, its example an empty text.
    instead = dict.fromkeys(body, "") if operation is SHELVE else None
    return Step(action, operation, body=body, instead=instead, wait=_rest(place))


def _rest(place: str) -> Wait:
    return Wait(functools.partial(instances.rests_in, RESTING[place]))
