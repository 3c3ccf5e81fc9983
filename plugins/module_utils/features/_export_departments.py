# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""A project in the form that the role project_onboarding takes: itself, its zones, its quota, its users."""

from __future__ import annotations

import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..model.context import Context
from ..model.resource import Resource
from ..resources.identity.project import KIND as PROJECT_KIND
from ..resources.identity.project import PROJECT
from ..resources.identity.user import USER

_KIND = "projects"
# Options of a user that say nothing about one project: the role has none for them.
_NOT_OF_ROLE = {"default_project": "entries of users have no option for it"}
_PASSWORD = "it is a secret; a new user needs it to log in"


class Describer(t.Protocol):
    """Describes single objects, and notes what cannot be described."""

    @property
    def run(self) -> Context:
        """Reads, and never writes."""

    @property
    def users(self) -> set[str]:
        """The ids of the users that an entry describes already."""

    def describe(self, resource: Resource, raw: Json, kind: str) -> t.Optional[Json]:
        """The options of an object, None where none of them mean it."""

    def leave_out(self, kind: str, reason: str, found: t.Mapping[str, t.Any], option: str) -> None:
        """Note an object that an option cannot describe."""


def department(describer: Describer, entry: Json, project_id: str) -> Json:
    """The entry of a project that has its quota only, with what it is itself, and its users."""
    raw = _listed(describer.run, project_id)
    own = raw and describer.describe(PROJECT, raw, _KIND)
    if not own:
        return entry
    try:
        users = _users(describer, describer.run.named(PROJECT_KIND, project_id))
    except CloudError as error:
        if error.status not in (403, 404, 405):
            raise
        describer.leave_out(_KIND, str(error), {**entry, "id": project_id}, "users")
        users = []
    return {**own, "create": True, "quota": entry["quota"], **({"users": users} if users else {})}


def _listed(run: Context, project_id: str) -> t.Optional[Json]:
    """A project as the list has it; None where it is not listed for this user."""
    try:
        return next((raw for raw in PROJECT.search(run) if PROJECT.id_of(raw) == project_id), None)
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        return None


def _users(describer: Describer, project: str) -> list[Json]:
    """The users that have roles in a project, in the order of their names."""
    users = []
    for raw in USER.search(describer.run):
        found = USER.read(raw)
        options = USER.describe(describer.run, raw, found).options
        roles = sorted(role["role"] for role in options.get("roles", []) if role["project"] == project)
        if roles:
            users += _user(describer, raw, found, roles)
    return sorted(users, key=lambda user: [str(user["name"]), str(user.get("domain"))])


def _user(describer: Describer, raw: Json, found: Json, roles: list[str]) -> list[Json]:
    """A user of a project; what the user is beside its roles stands in the first of its projects."""
    if found["id"] in describer.users:
        known = USER.describe(describer.run, raw, found).options
        return [{**{key: known[key] for key in ("name", "domain") if key in known}, "roles": roles}]
    options = describer.describe(USER, raw, USER.plural)
    if options is None:
        return []
    describer.users.add(found["id"])
    describer.leave_out(USER.plural, _PASSWORD, found, "password")
    for name in _NOT_OF_ROLE.keys() & options.keys():
        describer.leave_out(USER.plural, _NOT_OF_ROLE[name], found, name)
    return [{**{key: value for key, value in options.items() if key not in _NOT_OF_ROLE}, "roles": roles}]
