# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Snapshots of virtual machines, in the cloud and below it: how they are listed, restored and waited for."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from ..cloud.responses import as_list
from ..model.check_memory import Effect
from ..model.coercion import coerce
from ..model.context import Context
from ..model.plan import PENDING, READY, Outcome, Plan
from ..model.resource import Resource


def flattened(tree: t.Any, parent: t.Optional[str] = None) -> t.Iterator[Json]:
    """The snapshots of a tree, each with the name of its parent, parents before their children."""
    for raw in as_list(tree, "snapshot"):
        if isinstance(raw, dict):
            yield {**{name: value for name, value in raw.items() if name != "snapshots"}, "parent": parent}
            yield from flattened(raw.get("snapshots") or {}, raw.get("name"))


def becomes_current(resource: Resource, listed: t.Iterable[Json], plan: Plan) -> t.Iterator[Effect]:
    """The snapshots of a machine with the one that a plan takes or restores as the current one."""
    if plan.after is None or not {"create", "restore"}.intersection(plan.actions):
        return
    names = {str(raw.get("name")) for raw in listed} - {plan.before.get("name")}
    machine = plan.after[resource.keyed_by[0]]
    for name in sorted({*names, plan.after["name"]}):
        yield resource, f"{machine}/{name}", {"is_current": name == plan.after["name"]}


def is_to_restore(run: Context, current: Json) -> bool:
    """Whether to restore; that nothing has changed since the current snapshot, the platform does not report."""
    wanted = run.options["restore_current"]
    if current["is_current"] and wanted is None:
        run.warnings.append(
            f"The snapshot {current['name']!r} is the current one already, so nothing was restored. Whether the server "
            "has changed since, the platform does not report. restore_current: true restores it all the same, "
            "restore_current: false takes it for restored."
        )
    return bool(wanted) or not current["is_current"]


def is_there(seen: t.Optional[Json]) -> Outcome:
    return PENDING if seen is None else READY


def has_value(name: str, value: t.Any, seen: t.Optional[Json]) -> Outcome:
    """Ready when the snapshot is listed with a value; None: any."""
    if seen is None:
        return PENDING
    return READY if value is None or seen[name] == coerce(value, "raw") else PENDING
