# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Availability zones, as options of servers and instances name them."""

from __future__ import annotations

import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ..model.context import Context
from ..model.reference import Reference
from .infrastructure import references


def same_zone(current: t.Optional[str], wanted: t.Optional[str]) -> bool:
    """A server returns its zone only; the compute node and host that it was placed on by name may have changed."""
    return current is None or current == (wanted or "").partition(":")[0]


def kinds_named(options: t.Mapping[str, t.Any], found: Json) -> list[Reference]:
    """The list of zones, where a machine needs it: a new one, or one that is to be in another zone."""
    zone = (options["availability_zone"] or "").partition(":")[0]
    is_another = zone and zone != found.get("availability_zone")
    return [references.KIND] if is_another or not found else []


def zone_named(run: Context, name: str, kind: Reference = references.KIND) -> Json:
    """The zone of a name; a platform without the list of zones (plain OpenStack) takes the name as it is."""
    if is_to_be_created(name):
        return {"zone": name, "id": name}
    try:
        return (
            run.recall(kind, name) or run.lookup(kind, name, "availability_zone") or {"zone": name, "id": TO_BE_CREATED}
        )
    except CloudError as error:
        if error.status != 404:
            raise
        return {"zone": name, "id": None}


def only_zone(run: Context, noun: str, keep: t.Callable[[Json], bool] = lambda entry: True) -> Json:
    """The zone for a new machine that names none, if there is no choice."""
    try:
        zones = [entry for entry in run.entries(references.KIND) if keep(entry)]
    except CloudError as error:
        if error.status != 404:
            raise
        return {"zone": None, "id": None}
    if len(zones) == 1:
        return zones[0]
    if run.is_blind and not zones:
        run.warnings.append(f"availability_zone: there is none yet; a real run needs one for a new {noun}.")
        return {"zone": TO_BE_CREATED, "id": TO_BE_CREATED}
    names = ", ".join(sorted(str(entry.get("zone")) for entry in zones)) or "none"
    raise OptionError(f"availability_zone: a new {noun} needs one; there are: {names}.")
