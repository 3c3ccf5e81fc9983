# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users: the short list of the reference (1.18), the rest of Keystone v3, and what they may do in which project.

A user has roles in a project. Keystone gives them one by one; CloudOS has groups that stand for one each.
"""

from __future__ import annotations

from secrets import token_urlsafe

from .. import seeds
from ..auth import void_tokens
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World, new_id
from .projects import find_project

_INTERNAL = "http://api-kinton-service.default.svc.cloudos:9000"
_EXTRAS = ("fullname", "email", "phone", "default_project_id")


def list_entities(call: Call) -> Answer:
    call.demand_admin()
    members = ("id", "name", "domain_id", "enabled")
    return Answer(200, {"users": [{name: user[name] for name in members} for user in _users(call.world)]})


def list_users(call: Call) -> Answer:
    call.demand_admin()
    return Answer(200, {"users": [_view(user) for user in _users(call.world)]})


def search(call: Call) -> Answer:
    """The users of a name, each with its default project."""
    call.demand_admin()
    found = [user for user in _users(call.world) if user["name"] == call.query["name"]]
    return Answer(200, {"users": [{**_view(user), "project": _default_project(call.world, user)} for user in found]})


def show(call: Call) -> Answer:
    if call.path["user_id"] != call.user_id:
        call.demand_admin()
    return Answer(200, {"user": _view(_find(call))})


def create(call: Call) -> Answer:
    """A new user may log in, but not to any project before it has a role there."""
    call.demand_admin()
    wanted = call.body["user"]
    call.world.find("domains", wanted["domain_id"], label="domain")
    _demand_free_name(call.world, wanted["name"], wanted["domain_id"])
    user = complete(call.world, {"id": new_id(), **wanted})
    return Answer(201, {"user": _view(call.world.add("users", user))})


def update(call: Call) -> Answer:
    call.demand_admin()
    user, wanted = _find(call), call.body["user"]
    if wanted.get("name", user["name"]) != user["name"]:
        _demand_free_name(call.world, wanted["name"], user["domain_id"])
    user.update(wanted)
    if "password" in wanted or not user["enabled"]:
        void_tokens(call.world, user_id=user["id"])
    return Answer(200, {"user": _view(user)})


def delete(call: Call) -> Answer:
    """What it has made stays. Only CloudOS knows of its groups of roles, which have to go before."""
    call.demand_admin()
    user = _find(call)
    if any(user["roles"].values()) and not call.openstack:
        raise ApiError(409, f"User {user['id']} has groups of roles in projects.")
    del call.world.table("users")[user["id"]]
    void_tokens(call.world, user_id=user["id"])
    return Answer(204)


# --- groups of roles: CloudOS ------------------------------------------------------------------------------------


def list_groups(call: Call) -> Answer:
    call.demand_admin()
    groups = [_group_view(call.world, group) for group in call.world.table("role_groups").values()]
    if call.world.settings.role_group_id == "id":
        groups = [{**group, "id": group.pop("uuid")} for group in groups]
    return Answer(200, {"groups": groups})


def list_assignments(call: Call) -> Answer:
    """Which user has which group of roles in which project."""
    call.demand_admin()
    projects, groups = call.world.table("projects"), call.world.table("role_groups").values()
    assignments = [
        _assignment_view(call.world, user, projects[project_id], group)
        for user in _users(call.world)
        for project_id, roles in user["roles"].items()
        for group in groups
        if group["role"] in roles
    ]
    return Answer(200, {"assigments": assignments})


def add_group(call: Call) -> Answer:
    call.demand_admin()
    _add_role(_find(call), find_project(call), _find_group(call)["role"])
    return Answer(200)


def remove_group(call: Call) -> Answer:
    call.demand_admin()
    _remove_role(call, _find_group(call)["role"])
    return Answer(200)


# --- roles: Keystone ---------------------------------------------------------------------------------------------


def list_roles(call: Call) -> Answer:
    call.demand_admin()
    roles = call.world.table("roles").values()
    return Answer(200, {"roles": [{**role, "domain_id": None, "description": None} for role in roles]})


def list_role_assignments(call: Call) -> Answer:
    """Those of a user or a project that Keystone does not know are none."""
    call.demand_admin()
    ids = {role["name"]: role["id"] for role in call.world.table("roles").values()}
    assignments = [
        {"role": {"id": ids[role]}, "user": {"id": user["id"]}, "scope": {"project": {"id": project_id}}}
        for user in call.world.table("users").values()
        for project_id, roles in user["roles"].items()
        for role in roles
        if call.query.get("user.id", user["id"]) == user["id"]
        and call.query.get("scope.project.id", project_id) == project_id
    ]
    return Answer(200, {"role_assignments": assignments})


def add_role(call: Call) -> Answer:
    call.demand_admin()
    _add_role(_find(call), find_project(call), _find_role(call)["name"])
    return Answer(204)


def remove_role(call: Call) -> Answer:
    call.demand_admin()
    _remove_role(call, _find_role(call)["name"])
    return Answer(204)


# --- records -----------------------------------------------------------------------------------------------------


def complete(world: World, fields: Record) -> Record:
    """A record of kind users; `roles` by project. Nobody knows a password that is not given."""
    defaults = {"name": "user", "domain_id": seeds.DOMAIN, "enabled": True, "roles": {}}
    return {**defaults, "password": token_urlsafe(9), **fields}


def complete_group(world: World, fields: Record) -> Record:
    """A record of kind role_groups: a name for a role."""
    return {"name": "group", "role": fields.get("name", "group"), **fields}


def _users(world: World) -> list[Record]:
    return list(world.table("users").values())


def _find(call: Call) -> Record:
    return call.world.find("users", call.path["user_id"])


def _find_group(call: Call) -> Record:
    return call.world.find("role_groups", call.path["group_id"])


def _find_role(call: Call) -> Record:
    return call.world.find("roles", call.path["role_id"])


def _add_role(user: Record, project: Record, role: str) -> None:
    roles = user["roles"].setdefault(project["id"], [])
    if role not in roles:
        roles.append(role)


def _remove_role(call: Call, role: str) -> None:
    """Who had it has to log in to the project again."""
    user, project = _find(call), find_project(call)
    roles = user["roles"].get(project["id"], [])
    if role not in roles:
        raise ApiError(404, f"Could not find role assignment: {role} of user {user['id']} in project {project['id']}.")
    roles.remove(role)
    void_tokens(call.world, user_id=user["id"], project_id=project["id"])


def _demand_free_name(world: World, name: str, domain_id: str) -> None:
    if any(user["domain_id"] == domain_id and user["name"].lower() == name.lower() for user in _users(world)):
        raise ApiError(409, f"Conflict occurred attempting to store user - Duplicate entry found with name {name}.")


def _view(user: Record) -> Record:
    """What was never set is not in it, and the password never is."""
    return {
        **{name: user[name] for name in ("id", "name", "domain_id", "enabled")},
        **{name: user[name] for name in _EXTRAS if name in user},
        "password_expires_at": None,
        "options": {},
        "links": {"self": f"{_INTERNAL}/v3/users/{user['id']}"},
    }


def _default_project(world: World, user: Record) -> Record | None:
    project = world.table("projects").get(user.get("default_project_id", ""))
    return {"id": project["id"], "name": project["name"]} if project else None


def _group_view(world: World, group: Record) -> Record:
    """Some members are spelt as texts of the platform's pages."""
    role = next((role for role in world.table("roles").values() if role["name"] == group["role"]), None)
    return {
        "uuid": group["id"],
        "name": group["name"],
        "enabled": True,
        "description": f"{group['name']}.desc",
        "role_uuid": role["id"] if role else group["id"],
    }


def _assignment_view(world: World, user: Record, project: Record, group: Record) -> Record:
    return {
        "type": "UserProjectGroup",
        "actorId": user["id"],
        "targetId": project["id"],
        "groupId": group["id"],
        "project": {
            "id": project["id"],
            "name": project["name"],
            "enabled": project["enabled"],
            "domain_id": project["domain_id"],
            "cloud": project["id"] == seeds.ADMIN_PROJECT,
            "label": project["name"],
            "cbmsFlag": True,
        },
        "user": {
            "id": user["id"],
            "name": user["name"],
            "enabled": user["enabled"],
            "domain_id": user["domain_id"],
            "display_name": user.get("fullname", user["name"]),
        },
        "group": _group_view(world, group),
    }


HANDLERS = {
    "user-list": list_entities,
    "keystone-user-list": list_users,
    "user-search": search,
    "user-get": show,
    "user-create": create,
    "user-update": update,
    "user-delete": delete,
    "role-group-list": list_groups,
    "user-project-group-list": list_assignments,
    "user-role-group-add": add_group,
    "user-role-group-remove": remove_group,
    "role-list": list_roles,
    "role-assignment-list": list_role_assignments,
    "user-role-add": add_role,
    "user-role-remove": remove_role,
}
_PLATFORM = (
    "user-list",
    "user-search",
    "role-group-list",
    "user-project-group-list",
    "user-role-group-add",
    "user-role-group-remove",
)
_KEYSTONE = ("role-list", "role-assignment-list", "user-role-add", "user-role-remove")
ONLY = {**dict.fromkeys(_PLATFORM, "reference"), **dict.fromkeys(_KEYSTONE, "openstack")}
FACTORIES = {"users": complete, "role_groups": complete_group}
