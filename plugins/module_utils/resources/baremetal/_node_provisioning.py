# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The verbs that take a node to the wanted provision state, by way of an inspection and a cleaning if wanted."""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model.context import Context
from ...model.plan import Step
from . import _provision as states
from ._node_demands import demand_image, demand_no_instance
from ._node_members import filled
from ._node_patch import operations_to_clear, patch_steps, settable, unwanted_properties
from ._node_rebuild import is_due, with_config_drive
from ._patch import differences

# Verbs that make Ironic forget or overwrite what was set.
_REWRITTEN = {"inspect": "properties", "deleted": "instance_info"}
_CLEAN_STEP = {
    "interface": {"type": "str", "required": True, "choices": ["bios", "deploy", "management", "power", "raid"]},
    "step": {"type": "str", "required": True},
    "args": {"type": "dict"},
}


# The options that decide on the verbs, beside the wanted state.
OPTIONS = {
    "inspect": {"type": "bool", "default": False},
    "adopt": {"type": "bool", "default": False},
    "give_back": {"type": "bool", "default": True},
    "abort": {"type": "bool", "default": False},
    "clean_steps": {"type": "list", "elements": "dict", "options": _CLEAN_STEP},
    "configdrive": {"type": "raw"},
    "rebuild": {"type": "bool", "default": False},
}


def stays_in_use(run: Context, current: Json) -> bool:
    """Whether a node carries something, or is about to, that its user wants to leave there."""
    return bool(current) and not run.options["give_back"] and states.rest_of(current) == "active"


def aborts(run: Context, current: Json) -> bool:
    """Whether a node is to be taken out of what it is busy with, because that leads to another state."""
    if not run.options.get("abort") or stays_in_use(run, current):
        return False
    return states.can_abort(current) and run.options.get("provision_state") not in (None, states.rest_of(current))


def stops_of(run: Context, current: Json) -> list[str]:
    """The verbs that a node is to be taken through, beside those that lead to its wanted state."""
    inspects = run.options["inspect"] and not states.is_inspected(current)
    if inspects and states.rest_of(current) == "active":
        inspects = False
    return [*(["inspect"] if inspects else []), *(["clean"] if run.options["clean_steps"] else [])]


def start_of(run: Context, current: Json) -> str:
    """The state in which the first verb finds a node."""
    return current["provision_state"] if aborts(run, current) else states.rest_of(current)


def way_of(run: Context, current: Json, start: str, wanted: t.Optional[str]) -> list[tuple[str, str]]:
    """The verbs from a state to the wanted one, each with the state that it leads to."""
    stops = stops_of(run, current)
    if start == "active" and "clean" in stops:
        raise OptionError("clean_steps: the node is active; a cleaning would take what runs on it.")
    if not stops and wanted in (None, "active") and is_due(run, current):
        return [("rebuild", "active")]
    wanted = wanted or start
    if stops and wanted not in ("available", "active", "manageable"):
        wanted = "manageable"
    return list(states.way_through(start, wanted, stops, run.options["adopt"]))


def provisioning(run: Context, current: Json, start: str, desired: Json) -> list[Step]:
    """The verbs from a state to the wanted one, by way of an inspection and a cleaning if they are wanted."""
    way = way_of(run, current, start, desired["provision_state"])
    if any(verb in ("deleted", "rebuild") for verb, _following in way):
        demand_no_instance(current)
    demand_image(way, current, desired)
    more = {"clean": {"clean_steps": [_clean_step(step) for step in run.options["clean_steps"] or []]}}
    steps = []
    for verb, following in way:
        step = states.verb_step(verb, following, **more.get(verb, {}))
        steps.append(with_config_drive(step, run.options["configdrive"]))
        again = _REWRITTEN.get(verb)
        if again and desired[again] is not None:
            members = settable(desired[again], run.options["update_password"] == "always")
            patch = differences(f"/{again}", {}, filled(members))
            patch += operations_to_clear(f"/{again}", unwanted_properties(run, members)) if verb == "inspect" else []
            steps += patch_steps(patch, provable=False)
    return steps


def interrupts_maintenance(current: Json, desired: Json, way: list[Step]) -> bool:
    """Whether a maintenance that is to stay has to be left for a while.

    Raises:
        OptionError: it has to be, and nobody said that it may.
    """
    if not current["maintenance"] or not states.needs_service([(step.action, "") for step in way]):
        return False
    if desired["maintenance"] is None:
        reason = current["maintenance_reason"]
        raise OptionError(
            f"provision_state: the node is in maintenance ({reason or 'without a reason'}); "
            f"it cannot take the verbs {', '.join(step.action for step in way)} then.",
            hint="Set maintenance: false.",
        )
    return bool(desired["maintenance"])


def _clean_step(given: Json) -> Json:
    return {name: value for name, value in given.items() if value is not None}


def ends_maintenance(run: Context, current: Json, desired: Json) -> bool:
    """Whether a maintenance that the user did not ask for has to end: Ironic began one, or an edit of ports."""
    if states.is_left_over(current):
        return True
    failed = current["maintenance"] and current["provision_state"] == "clean failed"
    return failed and bool(desired["provision_state"] or stops_of(run, current))
