# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The RAID configuration that a node should have (OpenStack's Ironic; beyond the reference)."""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...model.coercion import coerce
from ...model.field import computed, option
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from ._ironic import NODE, operation
from ._patch import same_text

SET_RAID = operation("baremetal-node-raid", "PUT", f"{NODE}/states/raid")

# The types in which Ironic wants the members of a disk; templates may make others of them.
_TYPES = {
    "raid_level": "str",
    "size_gb": "int",
    "number_of_physical_disks": "int",
    "is_root_volume": "bool",
    "share_physical_disks": "bool",
}
_HINT = f"The raid_interface of the node has to support it. {OF_OPENSTACK}"


def _is_same(current: t.Optional[Json], wanted: t.Optional[Json]) -> bool:
    return same_text(current or {}, wanted or {})


FIELDS = (
    option("target_raid_config", "dict", whole=True, equals=_is_same),
    computed("raid_config", "dict"),
)


def normalized(config: t.Optional[Json]) -> t.Optional[Json]:
    """A configuration with its values in the types that Ironic wants.

    Raises:
        OptionError: it is not a list of disks.
    """
    if not config:
        return config
    disks = config.get("logical_disks")
    if set(config) != {"logical_disks"} or not isinstance(disks, list) or not all(isinstance(d, dict) for d in disks):
        raise OptionError("target_raid_config: it has logical_disks, a list of dictionaries, or is empty.")
    if not disks:
        raise OptionError("target_raid_config: logical_disks is empty. An empty dictionary means no RAID.")
    return {"logical_disks": [_disk(disk) for disk in disks]}


def _disk(disk: Json) -> Json:
    given = {str(name): value for name, value in disk.items() if value is not None}
    missing = sorted({"raid_level", "size_gb"} - set(given))
    if missing:
        raise OptionError(f"target_raid_config: a logical disk needs {' and '.join(missing)}.")
    return {name: coerce(value, _TYPES.get(name, "raw")) for name, value in given.items()}


def raid_steps(config: t.Optional[Json]) -> list[Step]:
    """The step that sets the configuration; the next cleaning with the steps of the RAID interface applies it."""
    if config is None:
        return []
    return [Step("set_raid", SET_RAID, body=config, proof=Wait(functools.partial(_has, config)), hint=_HINT)]


def _has(config: Json, seen: t.Optional[Json]) -> Outcome:
    return READY if seen and _is_same(seen["target_raid_config"], config) else PENDING
