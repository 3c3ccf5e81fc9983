# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The zones that a project may use, of servers, volumes and bare metal alike.

CloudOS keeps them beside Keystone. A zone is written by its name where that means no other one, else by its id.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from ...model.reference import Reference
from ..infrastructure import availability_zone
from ..infrastructure import references as zones

_ZONE = "/os/kinton/v1/keystone/projects/{project_id}/azones/{azone_id}"
# They have no body, and the platform wants to be told of another one than JSON all the same.
_HEADERS = {"Content-Type": "text/plain"}

ASSIGN = Operation("project-zone-assign", "PUT", _ZONE, answers=False, headers=_HEADERS, any_text=True)
REMOVE = Operation("project-zone-remove", "DELETE", _ZONE, answers=False, headers=_HEADERS, any_text=True)

KIND = Reference("zone", zones.LIST, "availability_zones", names=("zone", "labelName"))

_UNKNOWN = "Only CloudOS assigns zones to projects; this platform, like OpenStack Keystone, does not. Omit zones."


def zones_of(run: Context, project_id: str) -> list[str]:
    """The zones of a project.

    Raises:
        CloudError: the platform does not know of such zones (404), or refuses to list them.
    """
    try:
        assigned = availability_zone.zones_of(run, project_id)
    except CloudError as error:
        if error.status in (404, 405):
            error.hint = _UNKNOWN
        raise
    if assigned:
        run.entries(KIND)  # a refusal must not turn names into ids, which would then differ from the wanted names
    return sorted(run.named(KIND, str(zone["id"])) for zone in assigned)


def wanted_zones(run: Context, names: t.Iterable[str]) -> list[str]:
    """The same for zones that the user writes as name, alias or id."""
    return sorted({_canonical(run, name) for name in names})


def adding(run: Context, zones: t.Iterable[str]) -> list[Step]:
    return [_step(run, "add_zone", ASSIGN, zone) for zone in zones]


def removing(run: Context, zones: t.Iterable[str]) -> list[Step]:
    return [_step(run, "remove_zone", REMOVE, zone) for zone in zones]


def _canonical(run: Context, name: str) -> str:
    """A zone that an earlier task may be about to create stays as it is written."""
    entry = run.lookup(KIND, name, "zones")
    return name if entry is None else run.named(KIND, str(entry["id"]))


def _step(run: Context, action: str, operation: Operation, zone: str) -> Step:
    proof = Wait(functools.partial(_has_zone, zone, operation is ASSIGN), read=_read)
    return Step(action, operation, params={"azone_id": _id_of(run, zone)}, proof=proof)


def _id_of(run: Context, zone: str) -> str:
    """The id of a zone; one that is assigned and no longer listed is written by it."""
    found = KIND.meant(run.entries(KIND), zone)
    return str(found[0]["id"]) if len(found) == 1 else zone


def _read(run: Context, found: t.Optional[Json]) -> Json:
    return {"zones": zones_of(run, str((found or {})["id"]))}


def _has_zone(zone: str, there: bool, seen: t.Optional[Json]) -> Outcome:
    return READY if (zone in (seen or {})["zones"]) == there else PENDING
