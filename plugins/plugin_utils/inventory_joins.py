# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The names of what machines refer to by id: flavors and images, by one list of each."""

from __future__ import annotations

import functools
import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.parallel import side_by_side
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import flavor
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images import references as images

KINDS = {"flavor": flavor.KIND, "image": images.KIND}

#: how a user is refused who may not list something
NOT_FOR_ALL = frozenset({403, 404})

#: the machines of a project, and the client that reads it
Place = tuple[Client, list[Json]]


def add_names(display: t.Any, kinds: t.Sequence[str], places: t.Sequence[Place]) -> None:
    """Give each machine the names of what it refers to; None where it refers to nothing that there is.

    A list is read in the first project. Another one only reads its own for what is missing in those before.
    """
    side_by_side(functools.partial(_add_names, display, places), kinds, len(KINDS))


def _add_names(display: t.Any, places: t.Sequence[Place], kind: str) -> None:
    names: dict[str, t.Optional[str]] = {}
    member = f"{kind}_name"
    for client, machines in places:
        nameless = [machine for machine in machines if not machine.get(member)]
        if any(machine[kind] and machine[kind] not in names for machine in nameless):
            names.update(_names(display, kind, client))
        for machine in nameless:
            machine[member] = names.get(machine[kind])


def _names(display: t.Any, kind: str, client: Client) -> dict[str, t.Optional[str]]:
    """The names by id, none if the user may not list the objects."""
    try:
        entries = Context(client, {}).entries(KINDS[kind])
    except CloudError as error:
        if error.status not in NOT_FOR_ALL:
            raise
        display.v(f"join: the names of {kind}s are not known: {error}")
        return {}
    return {str(entry.get("id")): entry.get("name") for entry in entries}


def reported_name(raw: Json) -> t.Optional[str]:
    """The name of its flavor that a machine itself reports (nova from 2.47 on), even if the flavor was deleted."""
    embedded = raw.get("flavor")
    return embedded.get("original_name") if isinstance(embedded, dict) else None
