# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Users, and their groups of roles in projects (section 1.18 of the reference).

The reference only lists them.
"""

from __future__ import annotations

import typing as t

from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.field import computed, read_object
from ...model.reference import Reference
from ...model.resource import Resource
from . import project

LIST = Operation("user-list", "GET", "/os/kinton/v1/v3/users-entities")
# [sic]
ASSIGNMENTS = Operation("user-project-group-list", "GET", "/os/kinton/v1/keystone/types/UserProjectGroup/assigments")

KIND = Reference("user", LIST, "users")
_ASSIGNMENT_KIND = Reference("assignment", ASSIGNMENTS, "assigments")

_ASSIGNMENT = (
    computed("project_id", api=("targetId", "project/id")),
    computed("project", api="project/name"),
    computed("group_id", api=("groupId", "group/uuid")),
    computed("group", api="group/name"),
    # The reference's example has a blank key in its place.
    computed("role_id", api=("group/role_uuid", "group/ ")),
)


class User(Resource):
    name = "user"
    plural = "users"
    list_operation = LIST
    more_info_options: t.Mapping[str, t.Any] = {
        "project": {"type": "str"},
        "gather": {"type": "list", "elements": "str", "choices": ["assignments"], "default": []},
    }

    fields = (
        computed("id"),
        computed("name"),
        computed("enabled", "bool"),
        computed("domain_id"),
    )

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        """All users, or those that have roles in a project."""
        users, wanted = super().search(run, query), run.options.get("project")
        if wanted is None:
            return users
        project_id = run.resolve(project.KIND, wanted, "project")
        members = {_user_of(entry) for entry in run.entries(_ASSIGNMENT_KIND) if _project_of(entry) == project_id}
        return [raw for raw in users if self.id_of(raw) in members]

    def enrich(self, run: Context, found: Json) -> Json:
        if "assignments" not in (run.options.get("gather") or []):
            return found
        own = [entry for entry in run.entries(_ASSIGNMENT_KIND) if _user_of(entry) == found["id"]]
        return {**found, "assignments": [read_object(_ASSIGNMENT, entry) for entry in own]}


def _user_of(assignment: Json) -> str:
    return str(assignment.get("actorId") or (assignment.get("user") or {}).get("id"))


def _project_of(assignment: Json) -> str:
    return str(assignment.get("targetId") or (assignment.get("project") or {}).get("id"))


USER = User()
