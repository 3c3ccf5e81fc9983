# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Projects in the form that the role project_onboarding takes: themselves, their zones, their quotas, their users."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..cloud.parallel import side_by_side
from ..model.context import Context
from ..resources.identity.project import KIND as PROJECT_KIND
from ..resources.identity.project import PROJECT
from ..resources.identity.user import USER
from ._export_proof import Described, described

_KIND = "projects"
# Options of a user that say nothing about one project: the role has none for them.
_NOT_OF_ROLE = {"default_project": "entries of users have no option for it"}
_PASSWORD = "it is a secret; a new user needs it to log in"
_UNLISTED = frozenset({403, 404, 405})


class Note(t.Protocol):
    """Notes what is not described: an object, or only what an option would say of it."""

    def __call__(
        self, project: t.Optional[str], kind: str, found: t.Mapping[str, t.Any], reason: str, option: t.Optional[str]
    ) -> None: ...


@dataclasses.dataclass(frozen=True)
class Quota:
    """The entry of a project that has its quota only.

    Attributes:
        project: how the project is written in reports, None for that of the connection.
    """

    project: t.Optional[str]
    entry: Json
    project_id: str


@dataclasses.dataclass(frozen=True)
class _User:
    """A user, and its options, of which the roles are read for it."""

    raw: Json
    found: Json
    options: Json

    def roles_in(self, project: str) -> list[str]:
        return sorted(role["role"] for role in self.options.get("roles", []) if role["project"] == project)


def departments(run: Context, quotas: t.Sequence[Quota], note: Note) -> list[Json]:
    """The entries with what the projects are themselves, and their users: each of these in the first of its projects.

    Args:
        run: reads, and never writes.
    """
    projects = side_by_side(lambda quota: _project(run, quota.project_id), quotas)
    users = _Users(run, [quota.project_id for quota, own in zip(quotas, projects) if own and own.options])
    return [_department(quota, own, users, note) for quota, own in zip(quotas, projects)]


def _project(run: Context, project_id: str) -> t.Optional[Described]:
    """A project as the list has it; None where it is not listed for this user."""
    try:
        raw = next((raw for raw in PROJECT.search(run) if PROJECT.id_of(raw) == project_id), None)
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        return None
    return described(PROJECT, run, raw) if raw else None


def _department(quota: Quota, own: t.Optional[Described], users: _Users, note: Note) -> Json:
    if own is None:
        return quota.entry
    for option, reason in own.gaps.items():
        note(quota.project, _KIND, own.found, reason, option)
    if not own.options:
        return quota.entry
    if users.refusal:
        note(quota.project, _KIND, {**quota.entry, "id": quota.project_id}, users.refusal, "users")
    members = users.of(quota, note)
    return {**own.options, "create": True, "quota": quota.entry["quota"], **({"users": members} if members else {})}


class _Users:
    """The users that have roles in projects.

    Attributes:
        refusal: why they cannot be read, empty if they can.
    """

    def __init__(self, run: Context, project_ids: t.Sequence[str]) -> None:
        self.refusal = ""
        self._run, self._users, self._names = run, list[_User](), dict[str, str]()
        self._described: dict[str, Described] = {}
        self._noted: set[str] = set()
        try:
            self._read(project_ids)
        except CloudError as error:
            if error.status not in _UNLISTED:
                raise
            self.refusal = str(error)

    def _read(self, project_ids: t.Sequence[str]) -> None:
        if not project_ids:
            return
        run = self._run
        users = side_by_side(lambda raw: _user(run, raw), USER.search(run))
        self._names = {project_id: run.named(PROJECT_KIND, project_id) for project_id in project_ids}
        members = [user for user in users if any(user.roles_in(project) for project in self._names.values())]
        proved = side_by_side(lambda user: described(USER, run, user.raw), members)
        self._described = {user.found["id"]: own for user, own in zip(members, proved)}
        self._users = members

    def of(self, quota: Quota, note: Note) -> list[Json]:
        """The users of a project, in the order of their names."""
        project = self._names.get(quota.project_id, "")
        found = [(user, user.roles_in(project)) for user in self._users]
        entries = [entry for user, roles in found if roles for entry in self._entry(quota, user, roles, note)]
        return sorted(entries, key=lambda entry: [str(entry["name"]), str(entry.get("domain"))])

    def _entry(self, quota: Quota, user: _User, roles: list[str], note: Note) -> list[Json]:
        """A user of a project; what the user is beside its roles stands in the first of its projects."""
        own_id = user.found["id"]
        if own_id in self._noted:
            return [{**{key: user.options[key] for key in ("name", "domain") if key in user.options}, "roles": roles}]
        own = self._described[own_id]
        for option, reason in own.gaps.items():
            note(quota.project, USER.plural, own.found, reason, option)
        if own.options is None:
            return []
        self._noted.add(own_id)
        note(quota.project, USER.plural, user.found, _PASSWORD, "password")
        for name in _NOT_OF_ROLE.keys() & own.options.keys():
            note(quota.project, USER.plural, user.found, _NOT_OF_ROLE[name], name)
        return [{**{key: value for key, value in own.options.items() if key not in _NOT_OF_ROLE}, "roles": roles}]


def _user(run: Context, raw: Json) -> _User:
    found = USER.read(raw)
    return _User(raw, found, USER.describe(run, raw, found).options)
