# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The states of bare-metal nodes, and the verbs that lead from one to another (section 1.12, items 6 to 9).

They are those of OpenStack's Ironic at version 1.34 of its API. A node rests in a state until a verb sends it to
another one, and works on that in the background. Objects are nodes in the form that the node module returns.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...cloud.responses import unwrap
from ...model.coercion import coerce
from ...model.context import Context
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait
from ._ironic import NODE, NODE_GET, operation

PROVISION = operation("baremetal-node-provision", "PUT", f"{NODE}/states/provision")
# Of the verbs that lead back to where they were sent: a second one would do all of it once more.
PROVISION_ONCE = dataclasses.replace(PROVISION, non_repeatable=True)
MAINTENANCE_ON = operation("baremetal-node-maintenance-on", "PUT", f"{NODE}/maintenance")
MAINTENANCE_OFF = operation("baremetal-node-maintenance-off", "DELETE", f"{NODE}/maintenance")
# The reference prints this path without the gateway's prefix, where nothing would answer.
POWER = operation("baremetal-node-power", "PUT", f"{NODE}/states/power")
# A node that runs again does not show whether it was rebooted.
REBOOT = dataclasses.replace(POWER, non_repeatable=True)

# From each state in which a node rests, or waits for its agent: the verbs, and where they lead.
VERBS: dict[str, dict[str, str]] = {
    "enroll": {"manage": "manageable"},
    "manageable": {"provide": "available", "adopt": "active"},
    "available": {"active": "active", "manage": "manageable"},
    "active": {"deleted": "available"},
    "clean failed": {"manage": "manageable"},
    "inspect failed": {"manage": "manageable"},
    "adopt failed": {"manage": "manageable", "adopt": "active"},
    "deploy failed": {"active": "active", "deleted": "available"},
    "error": {"deleted": "available"},
    "clean wait": {"abort": "clean failed"},
    "wait call-back": {"deleted": "available"},
}
# In these a node waits for its agent, and goes no further as long as it is in maintenance.
_WAITING = frozenset({"clean wait", "wait call-back"})
_WORKING = _WAITING | {"verifying", "cleaning", "inspecting", "deploying", "deleting", "adopting"}
# Verbs that clean or deploy, which a node in maintenance does not get through.
_OUT_OF_MAINTENANCE = frozenset({"provide", "clean", "active", "rebuild", "deleted"})
# Verbs that lead back to the state in which they are sent, and what of a node shows that it was taken through one.
_MOMENTS = ("provision_updated_at", "inspection_finished_at")
_RETURNING = frozenset({"inspect", "clean", "rebuild"})
# In these Ironic lets the ports of a node be edited without maintenance.
_EDITABLE = frozenset({"enroll", "manageable", "inspecting"})
_EDIT_REASON = "h3c.cloudos edits a port"

POWER_TARGETS = {"on": "power on", "off": "power off"}
_REBOOTS = {"soft": "soft rebooting", "hard": "rebooting"}
# Actions that boot a node, or leave it off.
_BOOTING = frozenset({"power_on", "provide", "clean", "inspect", "active", "rebuild", "deleted"})

#: verbs that write an image to a node
DEPLOYING = frozenset({"active", "rebuild"})
# Verbs after which something runs on a node.
PUTTING_INTO_USE = DEPLOYING | {"adopt"}
NEEDS_IMAGE = (
    "A node is deployed or adopted only if its instance_info says what runs on it, an image_source at least. "
    "CloudOS itself deploys a node when a bare-metal instance is created."
)

Way = t.Sequence[tuple[str, str]]


# --- provision states --------------------------------------------------------------------------------------------


def is_busy(node: Json) -> bool:
    """Whether a node works on something automatically."""
    return node["provision_state"] in _WORKING or bool(node["target_power_state"])


def is_inspected(node: Json) -> bool:
    """Whether a node has been inspected, or is just being."""
    return bool(node.get("inspection_finished_at")) or node["provision_state"] == "inspecting"


def rest_of(node: Json) -> str:
    """The state in which a node rests, or will rest when it is done with what it is busy with."""
    if node["provision_state"] in _WORKING:
        target: str = node["target_provision_state"] or node["provision_state"]
        return target
    present: str = node["provision_state"]
    return present


def shortest_way(current: str, wanted: str, adopt: bool = False) -> Way:
    """The shortest legal way between two provision states: pairs of a verb and the state that it leads to.

    Args:
        adopt: take a node over with what runs on it, where it would be deployed or given back otherwise.

    Raises:
        OptionError: there is no way.
    """
    avoided = {"active", "deleted"} if adopt else {"adopt"}
    ways: dict[str, list[tuple[str, str]]] = {current: []}
    queue = collections.deque([current])
    while queue:
        state = queue.popleft()
        if state == wanted:
            return ways[state]
        for verb, following in VERBS.get(state, {}).items():
            if following not in ways and verb not in avoided:
                ways[following] = [*ways[state], (verb, following)]
                queue.append(following)
    raise OptionError(f"provision_state: no verb leads a node from {current!r} to {wanted!r}.")


def way_through(current: str, wanted: str, stops: t.Sequence[str], adopt: bool = False) -> Way:
    """The way between two states by way of `manageable`, with verbs (`stops`) that lead there again."""
    if not stops:
        return shortest_way(current, wanted, adopt)
    onward = shortest_way("manageable", wanted, adopt)
    return [*shortest_way(current, "manageable"), *((verb, "manageable") for verb in stops), *onward]


def needs_service(way: Way) -> bool:
    """Whether a node has to be out of maintenance to go this way."""
    return any(verb in _OUT_OF_MAINTENANCE for verb, _following in way)


def verb_step(verb: str, following: str, **more: t.Any) -> Step:
    wait = Wait(functools.partial(_arrives, following))
    hint = OF_OPENSTACK if verb == "rebuild" else NEEDS_IMAGE if following == "active" else None
    returns = verb in _RETURNING
    operation, proof = (PROVISION_ONCE, Wait(_has_moved, read=_move_of)) if returns else (PROVISION, None)
    return Step(verb, operation, body={"target": verb, **more}, wait=wait, proof=proof, hint=hint)


def _move_of(run: Context, before: t.Optional[Json]) -> Json:
    """Whether a node that was at rest has left, and maybe reached again, the state that it was in."""
    if not before:
        return {}
    raw = unwrap(run.client.call(NODE_GET, {"baremetalId": before["id"]}), "node", "nodes")
    moments = [coerce(raw[name], "time") if raw.get(name) else None for name in _MOMENTS]
    return {"has_moved": raw.get("provision_state") in _WORKING or moments != [before.get(name) for name in _MOMENTS]}


def _has_moved(seen: t.Optional[Json]) -> Outcome:
    return READY if seen and seen["has_moved"] else PENDING


def coming_to_rest(node: Json) -> Wait:
    """To wait until a busy node is done with what it is busy with."""
    return Wait(functools.partial(_settles, rest_of(node)))


def is_paused(node: Json) -> bool:
    """Whether a node waits for its agent in vain, because it is in maintenance."""
    return node["maintenance"] and node["provision_state"] in _WAITING


def can_abort(node: Json) -> bool:
    """Whether a verb takes a node out of what it is busy with."""
    return node["provision_state"] in _WAITING


def _trouble(node: t.Optional[Json]) -> t.Optional[Failed]:
    """Why waiting for a node is of no use."""
    if node is None:
        return Failed("it is gone")
    state, why = node["provision_state"], node["last_error"]
    if is_paused(node):
        return Failed(f"it is in maintenance, and pauses in {state!r} until that ends")
    if state == "error" or state.endswith(" failed") or (state == "enroll" and why):
        return Failed(f"its provision state is {state!r}: {why or 'no reason is given'}")
    return None


def _arrives(wanted: str, seen: t.Optional[Json]) -> Outcome:
    if seen and seen["provision_state"] == wanted:
        return READY
    return _trouble(seen) or PENDING


def _settles(rest: str, seen: t.Optional[Json]) -> Outcome:
    if seen and not is_busy(seen) and (seen["provision_state"] == rest or rest in _WORKING):
        return READY
    return _trouble(seen) or (PENDING if seen and is_busy(seen) else Failed(f"it did not come to rest in {rest!r}"))


# --- power -------------------------------------------------------------------------------------------------------


def power_word(power: t.Optional[str]) -> t.Optional[str]:
    """What users call a power state of the platform, None where it does not know."""
    return next((word for word, target in POWER_TARGETS.items() if target == power), None)


def power_step(wanted: str) -> Step:
    return Step(
        f"power_{wanted}",
        POWER,
        body={"target": POWER_TARGETS[wanted]},
        wait=Wait(functools.partial(_has_power, wanted)),
    )


def reboot_steps(how: t.Optional[str], node: Json, power: t.Optional[str], planned: list[Step]) -> list[Step]:
    """The reboot of a node that shall have a power state, on top of what is planned; `how` is soft or hard.

    Raises:
        OptionError: the node is off, and nothing switches it on.
    """
    if how is None or not _BOOTING.isdisjoint(step.action for step in planned) or _is_rebooting(node):
        return []
    if (power or power_word(node["target_power_state"]) or node["power_state"]) == "off":
        raise OptionError("reboot: the bare-metal node is off; only one that runs can be rebooted.")
    wait = Wait(functools.partial(_has_power, "on"))
    return [Step("reboot", REBOOT, body={"target": _REBOOTS[how]}, wait=wait, unobservable=True, hint=OF_OPENSTACK)]


def _is_rebooting(node: Json) -> bool:
    return node["power_state"] == "on" and power_word(node["target_power_state"]) == "on"


def _has_power(wanted: str, seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("it is gone")
    if seen["target_power_state"]:
        return PENDING
    if seen["power_state"] == wanted:
        return READY
    return Failed(seen["last_error"]) if seen["last_error"] else PENDING


# --- maintenance -------------------------------------------------------------------------------------------------


def maintenance_on(reason: t.Optional[str], params: t.Optional[Json] = None) -> Step:
    return Step("maintenance_on", MAINTENANCE_ON, params or {}, {"reason": reason or ""})


def maintenance_off(params: t.Optional[Json] = None, wait: t.Optional[Wait] = None) -> Step:
    return Step("maintenance_off", MAINTENANCE_OFF, params or {}, wait=wait)


def in_maintenance(node: Json, steps: list[Step], params: t.Optional[Json] = None) -> list[Step]:
    """Edits of ports, inside of a short maintenance of their node where Ironic wants one."""
    if not steps or node["maintenance"] or rest_of(node) in _EDITABLE:
        return steps
    return [maintenance_on(_EDIT_REASON, params), *steps, maintenance_off(params)]


def is_left_over(node: Json) -> bool:
    """Whether the maintenance of a node is one that an edit of ports began, and could not end."""
    return bool(node["maintenance"]) and node["maintenance_reason"] == _EDIT_REASON
