# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The roles that users have in projects.

CloudOS gives them by groups of roles, four of which every installation has. A platform that does not know groups is
OpenStack's, and gives roles one by one. Either is written as a word or a name where that means no other one, else as
its id.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import is_to_be_created
from ...model.coercion import dig
from ...model.context import Context
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from ...model.reference import Reference
from .. import _projects

_PLATFORM = "/os/kinton/v1/keystone"
_KEYSTONE = "/os/kinton/v1/v3"
_GROUP = f"{_PLATFORM}/projects/{{project_id}}/users/{{user_id}}/groups/{{group_id}}"
_ROLE = f"{_KEYSTONE}/projects/{{project_id}}/users/{{user_id}}/roles/{{role_id}}"

# [sic]
ASSIGNMENTS = Operation("user-project-group-list", "GET", f"{_PLATFORM}/types/UserProjectGroup/assigments")
GROUPS = Operation("role-group-list", "GET", f"{_PLATFORM}/groups")
ADD_GROUP = Operation("user-role-group-add", "PUT", _GROUP, answers=False, any_text=True)
REMOVE_GROUP = Operation("user-role-group-remove", "DELETE", _GROUP, answers=False, any_text=True)
ROLE_ASSIGNMENTS = Operation("role-assignment-list", "GET", f"{_KEYSTONE}/role_assignments")
ROLES = Operation("role-list", "GET", f"{_KEYSTONE}/roles")
ADD_ROLE = Operation("user-role-add", "PUT", _ROLE, answers=False)
REMOVE_ROLE = Operation("user-role-remove", "DELETE", _ROLE, answers=False)

ASSIGNMENT_KIND = Reference("assignment", ASSIGNMENTS, "assigments")

#: the groups that every installation of CloudOS has, by the words for them
WORDS = {
    "user": "5dcd7b3a-ec8a-4d80-be8b-8f4d65d71f3a",
    "auditor": "e449e969-5705-4d05-9e4d-64cd322c3ffd",
    "project_manager": "67bcfea5-0428-44be-9219-37d56a5454a1",
    "cloud_manager": "baae5505-cc96-4cf1-ad5a-a87285af90ae",
}


_WORD_OF_CLOUDOS = "This is the word for a group of roles of CloudOS; this platform has roles of OpenStack Keystone."


@dataclasses.dataclass(frozen=True)
class System:
    """A way of giving roles.

    Attributes:
        kind: what users are given.
        parameter: that of the paths that takes the id of it.
        words: ids that have a word of their own here.
    """

    kind: Reference
    add: Operation
    remove: Operation
    parameter: str
    words: t.Mapping[str, str] = dataclasses.field(default_factory=dict)

    def canonical(self, run: Context, role: str) -> str:
        """A role that the user writes as word, name or id; one that cannot be known yet stays as it is."""
        if role in self.words:
            return role
        known = role in self.words.values()
        entry = {self.kind.id: role} if known else self._looked_up(run, role)
        return role if entry is None else self.named(run, str(entry[self.kind.id]))

    def _looked_up(self, run: Context, role: str) -> t.Optional[Json]:
        try:
            return run.lookup(self.kind, role, "roles")
        except OptionError as error:
            if role in WORDS:
                error.hint = f"{_WORD_OF_CLOUDOS} {error.hint or ''}".rstrip()
            raise

    def named(self, run: Context, role_id: str) -> str:
        word = next((word for word, known_id in self.words.items() if known_id == role_id), None)
        if word:
            return word
        run.entries(self.kind)  # a refusal must not turn names into ids, which would then differ from the wanted names
        return run.named(self.kind, role_id)

    def id_of(self, run: Context, role: str) -> str:
        """The id of a role as canonical() and named() write it."""
        if role in self.words:
            return self.words[role]
        found = self.kind.meant(run.entries(self.kind), role)
        return str(found[0][self.kind.id]) if len(found) == 1 else role


def _with_uuid(group: Json) -> Json:
    """A group of the list, which no client shows; in assignments, its id is called uuid."""
    return {**group, "uuid": group.get("uuid") or group.get("id")}


_GROUP_KIND = Reference("role group", GROUPS, "groups", id="uuid", normalize=_with_uuid)
CLOUDOS = System(_GROUP_KIND, ADD_GROUP, REMOVE_GROUP, "group_id", WORDS)
KEYSTONE = System(Reference("role", ROLES, "roles"), ADD_ROLE, REMOVE_ROLE, "role_id")


def system_of(run: Context) -> System:
    """How the platform gives roles. The list that shows it is read once for all users."""
    try:
        run.entries(ASSIGNMENT_KIND)
    except CloudError as error:
        if error.status not in (404, 405):
            raise
        return KEYSTONE
    return CLOUDOS


def roles_of(run: Context, user_id: str) -> list[Json]:
    """The roles of a user: projects by their ids, roles as System.named() writes them."""
    system = system_of(run)
    found = _group_ids(run, user_id) if system is CLOUDOS else _role_ids(run, user_id)
    return in_order({"project": project, "role": system.named(run, role)} for project, role in found)


def wanted_roles(run: Context, roles: t.Iterable[t.Mapping[str, str]]) -> list[Json]:
    """The same for roles that the user writes. Projects that are yet to be created may be different ones."""
    system = system_of(run)
    wanted: list[Json] = []
    for entry in roles:
        project = run.resolve(_projects.KIND, entry["project"], "roles")
        role = {"project": project, "role": system.canonical(run, entry["role"])}
        if is_to_be_created(project) or role not in wanted:
            wanted.append(role)
    return in_order(wanted)


def adding(run: Context, roles: t.Iterable[Json]) -> list[Step]:
    return [_step(run, "add_role", role) for role in roles]


def removing(run: Context, roles: t.Iterable[Json]) -> list[Step]:
    return [_step(run, "remove_role", role) for role in roles]


def before_deletion(run: Context, roles: t.Sequence[Json]) -> list[Step]:
    """What has to go before a user: what CloudOS keeps beside Keystone does not go with it."""
    return removing(run, roles) if roles and system_of(run) is CLOUDOS else []


def before_deletion_of_project(run: Context, project_id: str) -> list[Step]:
    """The same before a project: nobody has a role in it any more."""
    if is_to_be_created(project_id) or system_of(run) is not CLOUDOS:
        return []
    return [_taking_away(*member) for member in _members(run, project_id)]


def user_of(assignment: Json) -> str:
    """The id of the user of an assignment of a group."""
    return str(assignment.get("actorId") or dig(assignment, "user/id"))


def project_of(assignment: Json) -> str:
    """The id of the project of an assignment of a group."""
    return str(assignment.get("targetId") or dig(assignment, "project/id"))


def _group_of(assignment: Json) -> t.Optional[str]:
    """The id of the group of an assignment."""
    group_id = assignment.get("groupId") or dig(assignment, "group/uuid")
    return str(group_id) if group_id else None


def _group_ids(run: Context, user_id: str) -> t.Iterator[tuple[str, str]]:
    for entry in run.entries(ASSIGNMENT_KIND):
        group_id = _group_of(entry)
        if user_of(entry) == user_id and group_id:
            yield project_of(entry), group_id


def _members(run: Context, project_id: str) -> list[tuple[str, str]]:
    """The users of a project and their groups, by their ids."""
    entries = [entry for entry in run.entries(ASSIGNMENT_KIND) if project_of(entry) == project_id]
    pairs = [(user_of(entry), _group_of(entry)) for entry in entries]
    return [(user_id, group_id) for user_id, group_id in pairs if group_id]


def users_with_role(run: Context, project_id: str) -> set[str]:
    """The IDs of the users that have a role in a project."""
    if system_of(run) is CLOUDOS:
        return {user_of(entry) for entry in run.entries(ASSIGNMENT_KIND) if project_of(entry) == project_id}
    query = {"scope.project.id": project_id}
    entries = run.client.list_all(ROLE_ASSIGNMENTS, "role_assignments", query=query)
    return {user_of(entry) for entry in entries if dig(entry, "user/id")}


def _role_ids(run: Context, user_id: str) -> t.Iterator[tuple[str, str]]:
    """Those that the user itself has in the projects themselves: what is inherited can only be changed elsewhere."""
    for entry in run.client.list_all(ROLE_ASSIGNMENTS, "role_assignments", query={"user.id": user_id}):
        scope = entry.get("scope") or {}
        project_id, role_id = dig(scope, "project/id"), dig(entry, "role/id")
        if project_id and role_id and "OS-INHERIT:inherited_to" not in scope:
            yield str(project_id), str(role_id)


def in_order(roles: t.Iterable[Json]) -> list[Json]:
    """Roles in the order in which results have them."""
    return sorted(roles, key=lambda entry: (entry["role"], entry["project"]))


def _step(run: Context, action: str, role: Json) -> Step:
    system, adds = system_of(run), action == "add_role"
    proof = Wait(functools.partial(_has_role, role, adds), read=_read)
    params = {"project_id": role["project"], system.parameter: system.id_of(run, role["role"])}
    return Step(action, system.add if adds else system.remove, params=params, proof=proof)


def _read(run: Context, found: t.Optional[Json]) -> Json:
    return {"roles": roles_of(run, str((found or {})["id"]))}


def _has_role(role: Json, there: bool, seen: t.Optional[Json]) -> Outcome:
    return READY if (role in (seen or {})["roles"]) == there else PENDING


def _taking_away(user_id: str, group_id: str) -> Step:
    """The step of a project, whose id belongs in the path, too."""
    proof = Wait(functools.partial(_has_left, (user_id, group_id)), read=_read_members)
    return Step("remove_role", REMOVE_GROUP, params={"user_id": user_id, "group_id": group_id}, proof=proof)


def _read_members(run: Context, project: t.Optional[Json]) -> Json:
    return {"members": _members(run, str((project or {})["id"]))}


def _has_left(member: tuple[str, str], seen: t.Optional[Json]) -> Outcome:
    return PENDING if member in (seen or {})["members"] else READY
