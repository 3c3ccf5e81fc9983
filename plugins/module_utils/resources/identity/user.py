# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Users, and their roles in projects (section 1.18 of the reference).

The reference only lists them, with few properties. What changes them is OpenStack's Identity API v3.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.description import Description
from ...model.field import computed, option, read_object
from ...model.observation import Observation
from ...model.plan import Step
from .. import _projects
from . import _keystone, _user_roles
from .references import SHORT_LIST

_USERS = "/os/kinton/v1/v3/users"
_USER = f"{_USERS}/{{user_id}}"

LIST = Operation("keystone-user-list", "GET", _USERS, fallback=SHORT_LIST.path)
GET = Operation("user-get", "GET", _USER)
CREATE = Operation("user-create", "POST", _USERS)
UPDATE = Operation("user-update", "PATCH", _USER)
DELETE = Operation("user-delete", "DELETE", _USER, answers=False)

_ASSIGNMENT = (
    computed("project_id", api=("targetId", "project/id")),
    computed("project", api="project/name"),
    computed("group_id", api=("groupId", "group/uuid")),
    computed("group", api="group/name"),
    # The reference's example has a blank key in its place.
    computed("role_id", api=("group/role_uuid", "group/ ")),
)
_ROLES_SPEC = {
    "elements": "dict",
    "options": {"project": {"type": "str", "required": True}, "role": {"type": "str", "required": True}},
}


class User(_keystone.KeystoneResource):
    name = "user"
    plural = "users"
    id_param = "user_id"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    conflict_hint = "The domain may have a user of that name where this user cannot see it."
    assigned = "roles"
    read_if_asked = frozenset({"roles"})
    more_options: t.Mapping[str, t.Any] = {"purge_roles": {"type": "bool", "default": False}}
    more_info_options: t.Mapping[str, t.Any] = {
        "project": {"type": "str"},
        "gather": {"type": "list", "elements": "str", "choices": ["assignments", "roles"], "default": []},
    }

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=255),
        option("full_name", api="fullname"),
        option("password", secret=True, min_length=1),
        option("email"),
        option("phone"),
        option(
            "domain",
            api="domain_id",
            updatable=False,
            reference=_keystone.DOMAIN_KIND,
            create_default=_keystone.DEFAULT_DOMAIN,
        ),
        option("default_project", api="default_project_id", reference=_projects.KIND),
        option("enabled", "bool", create_default=True),
        option("roles", "list", spec=_ROLES_SPEC),
        computed("domain_id"),
    )

    # --- reading

    def assigned_to(self, run: Context, object_id: str) -> list[t.Any]:
        return _user_roles.roles_of(run, object_id)

    def enrich_all(self, run: Context, objects: list[Json]) -> list[Json]:
        """Of the users that a read-only module has found, those that have roles in the project it is asked for."""
        wanted = run.options.get("project")
        if wanted is not None:
            members = _user_roles.users_with_role(run, run.resolve(_projects.KIND, wanted, "project"))
            objects = [found for found in objects if found["id"] in members]
        return super().enrich_all(run, objects)

    def enrich(self, run: Context, found: Json) -> Json:
        gather = run.options.get("gather") or []
        if "roles" in gather:
            found = {**found, "roles": _user_roles.roles_of(run, found["id"])}
        if "assignments" not in gather:
            return found
        own = [e for e in run.entries(_user_roles.ASSIGNMENT_KIND) if _user_roles.user_of(e) == found["id"]]
        return {**found, "assignments": [read_object(_ASSIGNMENT, entry) for entry in own]}

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """Roles are read for it, and projects are named in them, too."""
        roles = [
            {**role, "project": run.named(_projects.KIND, role["project"])}
            for role in _user_roles.roles_of(run, found["id"])
        ]
        return super().describe(run, raw, {**found, "roles": roles})

    # --- planning

    def desired(self, run: Context, current: Observation) -> Json:
        fields = [field for field in self.fields if field.option is not None and field.name != "domain"]
        desired = {field.name: run.wanted(field, current) for field in fields}
        desired["domain"] = run.options.get("domain")
        if desired["domain"] is not None:
            desired["domain"] = _keystone.domain_id(run, self.search(run))
        if desired["roles"] is not None:
            desired["roles"] = _user_roles.wanted_roles(run, desired["roles"])
        return desired

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        after["domain_id"] = after["domain"]
        if after["roles"] is not None:
            after["roles"] = _user_roles.in_order(after["roles"])
        return after

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        """Refuse to replace a user by one that nobody could log in as."""
        if desired is None and run.options.get("state") != "absent" and run.options.get("password") is None:
            raise OptionError(
                f"The user {current['name']} ({current['id']}) cannot be replaced without password: the platform does "
                "not return the old one."
            )

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        create = super().create_steps(run, current, {**desired, "roles": None})
        return [*create, *_user_roles.adding(run, desired["roles"] or [])]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = []
        wanted = {name: desired[name] for name in changes - {"roles"}}
        if wanted:
            steps.append(_keystone.patch(UPDATE, self.name, self.fields, wanted))
        if "roles" in changes:
            roles, present = desired["roles"], current["roles"]
            steps += _user_roles.adding(run, (role for role in roles if role not in present))
            if run.options["purge_roles"]:
                steps += _user_roles.removing(run, (role for role in present if role not in roles))
        return steps

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        return [*_user_roles.before_deletion(run, current["roles"] or []), *super().delete_steps(run, current)]


USER = User()
