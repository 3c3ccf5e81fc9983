# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What the driver of a node works with: the interfaces of Ironic, by which it boots, deploys, cleans and so on.

Those for rescue and BIOS are younger than the version of Ironic's API that the reference names. They are only read, and
sent, where the options name them.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import CloudError
from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import is_to_be_created
from ...model.context import Context
from ...model.field import option
from ...model.observation import Observation
from ._ironic import NODE_GET, at_version

_KINDS = (
    *("bios", "boot", "console", "deploy", "inspect", "management"),
    *("network", "power", "raid", "rescue", "storage", "vendor"),
)
# The minor version of Ironic's API from which on it knows them.
_YOUNGER = {"rescue_interface": 38, "bios_interface": 40}

FIELDS = tuple(option(f"{kind}_interface", min_length=1, max_length=255) for kind in _KINDS)
NAMES = tuple(field.name for field in FIELDS)


def without_younger(found: Json) -> Json:
    """A node without what only some answers have."""
    return {**found, **dict.fromkeys(_YOUNGER)}


def knowing(operation: Operation, names: t.Iterable[str]) -> Operation:
    """An operation in the least version of Ironic's API that knows all of these members of a node."""
    minors = [_YOUNGER[name] for name in names if name in _YOUNGER]
    return at_version(operation, max(minors)) if minors else operation


def hint_for(names: t.Iterable[str]) -> t.Optional[str]:
    """What people can do where the platform refuses these members of a node."""
    return None if _YOUNGER.keys().isdisjoint(names) else OF_OPENSTACK


def with_younger(run: Context, current: Observation, desired: Json) -> Observation:
    """The node with those of the younger interfaces that are wanted, which the list does not return."""
    unknown = [name for name in _YOUNGER if desired[name] is not None and current[name] is None]
    if not unknown or is_to_be_created(current["id"]):
        return current
    return current.changed(_read(run, current["id"], unknown))


def _gather(name: str, run: Context, found: Json) -> Json:
    return _read(run, found["id"], [name])


GATHER: dict[str, t.Callable[[Context, Json], Json]] = {name: functools.partial(_gather, name) for name in _YOUNGER}


def _read(run: Context, node_id: str, names: list[str]) -> Json:
    try:
        raw = run.client.call(knowing(NODE_GET, names), {"baremetalId": node_id})
    except CloudError as error:
        if error.status == 406:
            error.hint = f"It was to read {', '.join(names)}. {OF_OPENSTACK}"
        raise
    return {name: raw.get(name) or None for name in names}
