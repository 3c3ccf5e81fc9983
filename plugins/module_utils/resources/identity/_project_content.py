# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What is left in a project. Keystone deletes a project whatever other services have in it."""

from __future__ import annotations

import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...model import check_memory
from ...model.coercion import dig
from ...model.context import Context
from ...model.reference import Reference
from .. import _instances
from ..network import references as network
from ..storage import references as storage

# What a project may have
_KINDS = (_instances.KIND, storage.VOLUME_KIND, network.PORT)
# How many objects of a kind a message names
_NAMED = 5


def demand_childless(project: Json, entries: t.Iterable[Json]) -> None:
    """Refuse to delete what Keystone would refuse to delete, too."""
    children = [entry for entry in entries if entry.get("parent_id") == project["id"]]
    if children:
        raise OptionError(
            f"The project {project['name']} ({project['id']}) has child projects: {_some(children)}. "
            "It was not deleted.",
            hint="Delete them first. The platform deletes no project that has children, also with force: true.",
        )


def demand_empty(run: Context, project: Json) -> None:
    """Refuse to delete a project with servers, volumes or ports in it."""
    found = {kind.noun: _entries(run, kind, str(project["id"])) for kind in _KINDS}
    if run.is_blind:  # earlier tasks may be about to delete the routers and networks that these belong to
        found = {noun: _without_own_ports(run, entries) for noun, entries in found.items()}
    left = [f"{noun}s: {_some(entries)}" for noun, entries in found.items() if entries]
    if left:
        raise OptionError(
            f"The project {project['name']} ({project['id']}) is not empty. It has {'; '.join(left)}. "
            "It was not deleted.",
            hint="Delete them first. With force: true only the project is deleted, and they stay without one.",
        )


def contents_of(run: Context, project_id: str) -> dict[str, list[Json]]:
    """The same for people and playbooks: what is in a project, by kind."""
    found = {f"{kind.noun}s": _entries(run, kind, project_id) for kind in _KINDS}
    return {noun: sorted(map(_shown, entries), key=lambda shown: shown["id"]) for noun, entries in found.items()}


def _without_own_ports(run: Context, entries: list[Json]) -> list[Json]:
    own = [entry for entry in entries if network.is_of_network(entry)]
    if own:
        run.warnings.append(
            f"The project still has ports of routers and networks: {_some(own)}. A real run needs none."
        )
    return [entry for entry in entries if entry not in own]


def _shown(entry: Json) -> Json:
    return {"id": str(entry["id"]), "name": entry.get("name") or None, "of_network": network.is_of_network(entry)}


def _entries(run: Context, kind: Reference, project_id: str) -> list[Json]:
    """The objects of a kind in the project, as the tasks of a checked play before this one would have left them."""
    try:
        listed = _listed(run, kind, project_id)
    except CloudError as error:
        if error.status == 404:
            run.warnings.append(f"The platform has no list of {kind.noun}s, so it is unknown whether any are left.")
            return []
        error.hint = f"It is unknown whether {kind.noun}s are left in the project. force: true deletes it all the same."
        raise
    owned = [entry for entry in listed if _owner(kind, entry) in (None, project_id)]
    return check_memory.references(run, kind, [entry for entry in owned if kind.predicate(entry)], tenant_id=project_id)


def _listed(run: Context, kind: Reference, project_id: str) -> list[Json]:
    """The objects of the project, perhaps among others. OpenStack only serves paths of the token's own project."""
    try:
        return run.client.list_all(kind.operation, kind.key, {"tenant_id": project_id}, page_size=kind.page_size)
    except CloudError as error:
        if error.status not in (400, 403) or "{tenant_id}" not in kind.operation.path:
            raise
    return run.client.list_all(kind.operation, kind.key, query={"all_tenants": "1"}, page_size=kind.page_size)


def _owner(kind: Reference, entry: Json) -> t.Any:
    """The id of the project of an object, None where it does not say."""
    members = (kind.owner_path, "tenant_id", "project_id")
    return next((owner for owner in (dig(entry, member) for member in members if member) if owner), None)


def _some(entries: t.Sequence[Json]) -> str:
    names = sorted(map(_label, entries))
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _label(entry: Json) -> str:
    """Ports of routers and networks have no names; what they are for says which ones they are."""
    name = entry.get("name") or entry.get("device_owner")
    return f"{name} ({entry['id']})" if name else str(entry["id"])
