# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Where an instance gets its place: a free node, the zone, the compute node."""

from __future__ import annotations

import dataclasses
import time
import typing as t

from ...cloud import times
from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...model.context import Context
from ...model.observation import Observation
from ...model.plan import FIRST_PAUSE, Failed, Outcome
from .. import _instances, _zones
from ..infrastructure import hypervisor
from . import _ironic

# Seconds within which a node is reported that has become available; nova-compute looks once a minute by default.
_REPORT_PATIENCE = 300.0
_LONGEST_PAUSE = 5.0
# Seconds within which the scheduler knows of a node that has become available; it learns it by the same look.
_SCHEDULER_PATIENCE = 120.0
_NO_HOST = "No valid host was found"


def is_free(entry: Json) -> bool:
    return (
        entry.get("provision_state") == "available" and not entry.get("instance_uuid") and not entry.get("maintenance")
    )


def demand_free(run: Context) -> None:
    """Refuse a node that takes no instance now: the platform would take the request and fail."""
    entry: Json = {}
    for _look in range(2):
        found = run.lookup(_ironic.NODE_KIND, run.options["node"], "node")
        if found is None or is_free(found):
            return
        entry = found
        run.client.lookups.pop(_ironic.NODE_KIND.noun, None)  # an earlier item of a loop may have read it
    state = f"its provision state is {entry.get('provision_state')}"
    if entry.get("instance_uuid"):
        state = f"it has the instance {entry['instance_uuid']}"
    elif entry.get("maintenance"):
        state = "it is in maintenance"
    problem = f"node: {run.options['node']!r} takes no instance now; {state}."
    if not run.check_mode:
        raise OptionError(problem, hint="It has to be available, without an instance, and not in maintenance.")
    run.warnings.append(f"{problem} A real run needs it to be available.")


def runs_on_node(patience: float, seen: t.Optional[Json]) -> Outcome:
    """Like runs(); the scheduler may not know for so many seconds that the node is free."""
    outcome = _instances.runs(seen)
    if isinstance(outcome, Failed) and _NO_HOST in outcome.why:
        return dataclasses.replace(outcome, passes_within=patience)
    return outcome


def scheduler_patience(run: Context, current: Observation, desired: Json) -> float:
    """Seconds within which the scheduler learns that the node of a new instance is free, 0 where it knows it already.

    The node of an instance that is replaced has just become free.
    """
    if not desired.get("node") or is_to_be_created(desired["node"]):
        return 0.0
    if current:
        return _SCHEDULER_PATIENCE
    node = run.lookup(_ironic.NODE_KIND, desired["node"], "node") or {}
    return _SCHEDULER_PATIENCE if _is_recent(node.get("provision_updated_at")) else 0.0


def _is_recent(moment: t.Any) -> bool:
    try:
        return time.time() - times.parse(str(moment)).timestamp() < _SCHEDULER_PATIENCE
    except ValueError:
        return False


def _is_bare_metal_zone(entry: Json) -> bool:
    return str(entry.get("virtType") or "").casefold() == "baremetal"


def zone_of(run: Context, desired: Json) -> Json:
    """The zone of a new instance: the one that is named, else the only one for bare metal."""
    if desired.get("availability_zone"):
        return _zones.zone_named(run, desired["availability_zone"])
    return _zones.only_zone(run, "bare-metal instance", _is_bare_metal_zone)


def compute_node_of(run: Context, desired: Json) -> t.Optional[str]:
    """The compute node that serves the node, None where any node will do."""
    node_id = desired.get("node")
    if run.options["compute_node"] or not node_id:
        given: t.Optional[str] = run.options["compute_node"]
        return given
    serving = _serving(run, node_id) if not is_to_be_created(node_id) else []
    if len(serving) == 1:
        return serving[0]
    problem = "compute_node: the platform does not report which compute node serves the node"
    if not run.check_mode:
        raise OptionError(
            f"{problem} {node_id}.",
            hint="Specify it, or run the task again later: a node is reported some time after it has become available.",
        )
    run.warnings.append(f"{problem} yet; a real run needs it.")
    return TO_BE_CREATED


def _serving(run: Context, node_id: str) -> list[str]:
    """The compute nodes that serve a node, as soon as the platform reports one, or none in the time that users wait."""
    deadline, pause = time.monotonic() + _patience(run), FIRST_PAUSE
    while True:
        serving = hypervisor.compute_nodes(run, node_id)
        if serving or time.monotonic() + pause > deadline:
            return serving
        time.sleep(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
        run.client.lookups.pop(hypervisor.KIND.noun, None)


def _patience(run: Context) -> float:
    if run.check_mode or not run.waits:
        return 0.0
    return min(float(run.options.get("wait_timeout") or 0), _REPORT_PATIENCE)
