# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens and domains of Keystone v3, and section 1.18 of the reference: users."""

from __future__ import annotations

import uuid
from secrets import token_urlsafe

from .. import auth, seeds
from ..call import Answer, Call
from ..clock import iso_micros
from ..errors import ApiError
from ..world import Record, World

# The groups of roles that the platform itself has; their names are keys of its pages' texts.
_ROLE_GROUPS = {"admin": "cloud"}
_INTERNAL = "http://api-kinton-service.default.svc.cloudos:9000"


def create_token(call: Call) -> Answer:
    token = auth.login(call.world, call.body["auth"])
    return Answer(201, {"token": _token_view(call.world, token)}, {"X-Subject-Token": token["id"]})


def show_token(call: Call) -> Answer:
    token = auth.valid(call.world, call.request.headers["X-Subject-Token"])
    if token is None:
        raise ApiError(404, "Could not find token.")
    if token["user_id"] != call.user_id:
        call.demand_admin()
    return Answer(200, {"token": _token_view(call.world, token)}, {"X-Subject-Token": token["id"]})


def list_domains(call: Call) -> Answer:
    call.demand_admin()
    domains = call.world.table("domains").values()
    return Answer(200, {"domains": [{**domain, "enabled": True, "description": ""} for domain in domains]})


def list_users(call: Call) -> Answer:
    call.demand_admin()
    members = ("id", "name", "domain_id")
    users = [{**{name: user[name] for name in members}, "enabled": True} for user in call.world.table("users").values()]
    return Answer(200, {"users": users})


def list_assignments(call: Call) -> Answer:
    """Which user has which group of roles in which project."""
    call.demand_admin()
    users, projects = call.world.table("users").values(), call.world.table("projects")
    assignments = [
        _assignment_view(user, projects[project_id], role)
        for user in users
        for project_id, roles in user["roles"].items()
        for role in roles
    ]
    return Answer(200, {"assigments": assignments})


def _assignment_view(user: Record, project: Record, role: str) -> Record:
    """Some members are spelt as texts of the platform's pages."""
    name = f"cloudos.rolegroup.{_ROLE_GROUPS.get(role, role)}"
    group_id, role_id = (str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}/{role}")) for kind in ("group", "role"))
    domain = {"enabled": True, "domain_id": project["domain_id"]}
    return {
        "type": "UserProjectGroup",
        "actorId": user["id"],
        "targetId": project["id"],
        "groupId": group_id,
        "project": {
            "id": project["id"],
            "name": project["name"],
            **domain,
            "cloud": project["id"] == seeds.ADMIN_PROJECT,
            "label": project["name"],
            "cbmsFlag": True,
        },
        "user": {
            "id": user["id"],
            "name": user["name"],
            **domain,
            "display_name": user.get("display_name", user["name"]),
        },
        "group": {
            "uuid": group_id,
            "name": name,
            "enabled": True,
            "description": f"{name}.desc",
            "role_uuid": role_id,
        },
    }


def _token_view(world: World, token: Record) -> Record:
    user = world.find("users", token["user_id"])
    view = {
        "methods": ["password"],
        "expires_at": iso_micros(token["expires"]) + "Z",
        "issued_at": iso_micros(token["issued"]) + "Z",
        "audit_ids": ["3T2dc1CGQxyJsHdDu1xkcw"],
        "user": {"id": user["id"], "name": user["name"], "domain": _domain(world, user), "password_expires_at": None},
    }
    if not token["project_id"]:
        return view
    project = world.find("projects", token["project_id"])
    view["is_domain"] = False
    view["project"] = {"id": project["id"], "name": project["name"], "domain": _domain(world, project)}
    view["roles"] = [{"id": f"role-{name}", "name": name} for name in token["roles"]]
    view["catalog"] = [_service("compute", f"/v2/{project['id']}"), _service("image", ""), _service("identity", "/v3")]
    return view


def _domain(world: World, record: Record) -> Record:
    domain = world.find("domains", record["domain_id"])
    return {"id": domain["id"], "name": domain["name"]}


def _service(kind: str, path: str) -> Record:
    endpoint = {
        "id": f"endpoint-{kind}",
        "interface": "public",
        "region": "RegionOne",
        "region_id": "RegionOne",
        "url": _INTERNAL + path,
    }
    return {"id": f"service-{kind}", "type": kind, "name": kind, "endpoints": [endpoint]}


def complete_user(world: World, fields: Record) -> Record:
    """A record of kind users; `roles` by project. Nobody knows a password that is not given."""
    return {
        "name": "user",
        "domain_id": seeds.DOMAIN,
        "password": token_urlsafe(9),
        "roles": {},
        "enabled": True,
        **fields,
    }


HANDLERS = {
    "token-create": create_token,
    "token-get": show_token,
    "domain-list": list_domains,
    "user-list": list_users,
    "user-project-group-list": list_assignments,
}
ONLY = {"user-list": "reference", "user-project-group-list": "reference"}
FACTORIES = {"users": complete_user}
