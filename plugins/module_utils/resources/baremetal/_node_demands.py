# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a node has to be before it is changed, deployed, given back or deleted."""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model import canonical
from ...model.context import Context
from ...model.plan import Step
from . import _node_interfaces as interfaces
from . import _provision as states
from ._node_members import controller_address

# In these Ironic lets everything of a node be changed.
_CHANGEABLE = frozenset({"enroll", "manageable", "available"})


def demand_no_instance(node: Json) -> None:
    """Refuse to take away what CloudOS itself has put on a node."""
    if node.get("instance_id"):
        raise OptionError(
            f"The bare-metal node {node['name'] or node['id']} runs the instance {node['instance_id']}.",
            hint="An instance is managed by cloudos_baremetal_instance; the platform takes the node back when it goes.",
        )


def demand_free_address(run: Context, current: Json, bearers: t.Sequence[str]) -> None:
    """Two nodes of one management controller would be one machine that is cleaned twice."""
    address = controller_address(run.options)
    others = [bearer for bearer in bearers if bearer != current["id"]]
    if others and not canonical.same_host(current["ipmi"]["address"], address):
        raise OptionError(
            f"ipmi: the node {current['name'] or current['id']} cannot get the address {address}; "
            f"another node has it: {', '.join(others)}."
        )


def demand_image(way: states.Way, node: Json, desired: Json) -> None:
    """Ironic refuses to deploy or adopt a node of which nobody said what runs on it."""
    verbs = [verb for verb, _following in way]
    kept = {} if "deleted" in verbs else node["instance_info"]
    image = {**kept, **(desired["instance_info"] or {})}.get("image_source")
    if not image and not states.PUTTING_INTO_USE.isdisjoint(verbs):
        raise OptionError("provision_state: image_source is missing in instance_info.", hint=states.NEEDS_IMAGE)


def demand_changeable(node: Json, changes: t.AbstractSet[str], state: str, steps: t.Sequence[Step]) -> None:
    """Refuse what Ironic does not change on a node that is in use, after the steps that come before it."""
    if state in _CHANGEABLE:
        return
    serviced = [step.action for step in steps if step.action in ("maintenance_on", "maintenance_off")]
    in_maintenance = serviced[-1] == "maintenance_on" if serviced else node["maintenance"]
    pinned = [] if in_maintenance else sorted(changes & set(interfaces.NAMES))
    if pinned:
        raise OptionError(
            f"{pinned[0]}: it can only be changed in maintenance while the node is {state}.",
            hint="Set maintenance: true, and end it in another task.",
        )
    if "resource_class" in changes and node["resource_class"]:
        raise OptionError(f"resource_class: the node is {state}; it has to be given back before that can be changed.")
