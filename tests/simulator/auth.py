# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens: who asks, and for which project."""

from __future__ import annotations

import secrets
from typing import Any

from .errors import ApiError
from .world import Record, World

_UNAUTHORIZED = "The request you have made requires authentication."


def issue(world: World, user: Record, project: Record | None) -> Record:
    """A new token of a user, scoped to a project or unscoped."""
    now = world.clock.now()
    token = {
        "id": "gAAAAAB" + secrets.token_urlsafe(60),
        "user_id": user["id"],
        "project_id": project["id"] if project else None,
        "roles": user["roles"].get(project["id"], []) if project else [],
        "issued": now,
        "expires": now + world.settings.token_seconds,
    }
    world.tokens[token["id"]] = token
    return token


def valid(world: World, token_id: str | None) -> Record | None:
    token = world.tokens.get(token_id or "")
    if token is None or token["expires"] <= world.clock.now():
        return None
    return token


def authenticate(world: World, token_id: str | None) -> Record:
    """The token of a request; 401 if it is missing, unknown or expired."""
    token = valid(world, token_id)
    if token is None:
        raise ApiError(401, _UNAUTHORIZED, {"WWW-Authenticate": 'Keystone uri="http://keystone-service:5000/"'})
    return token


def acting_project(world: World, token: Record, path_project: str | None) -> Record | None:
    """The project a request acts in: 404 for one that does not exist, 403 for one the token is not for."""
    if path_project is None:
        return world.table("projects").get(token["project_id"] or "")
    project = world.find("projects", path_project)
    if world.settings.path_project == "own" and token["project_id"] != project["id"]:
        raise ApiError(400, f"Malformed request URL: project {path_project} is not that of the token")
    if token["project_id"] != project["id"] and "admin" not in token["roles"]:
        raise ApiError(403, f"the token is not for project {path_project}")
    return project


def login(world: World, auth: dict[str, Any]) -> Record:
    """The token for a keystone `auth` object; 401 for anything that does not fit."""
    if auth["identity"]["methods"] == ["application_credential"]:
        return _by_application_credential(world, auth)
    wanted = auth["identity"]["password"]["user"]
    user = _named(world, "users", wanted)
    if (
        user is None
        or not user["enabled"]
        or not secrets.compare_digest(user["password"].encode(), wanted["password"].encode())
    ):
        raise ApiError(401, _UNAUTHORIZED)
    scope = auth.get("scope", "unscoped")
    if scope == "unscoped":
        return issue(world, user, None)
    project = _named(world, "projects", scope["project"])
    if project is None or not project["enabled"] or not user["roles"].get(project["id"]):
        raise ApiError(401, _UNAUTHORIZED)
    return issue(world, user, project)


def void_tokens(world: World, **members: str) -> None:
    """Tokens of a user or for a project are void once it is disabled or deleted, and of a user with a new password."""
    for token in [token for token in world.tokens.values() if members.items() <= token.items()]:
        del world.tokens[token["id"]]


def _by_application_credential(world: World, auth: dict[str, Any]) -> Record:
    """The token of a credential, which has a project of its own."""
    if "scope" in auth:
        raise ApiError(400, "Application credentials cannot request a scope.")
    wanted = auth["identity"]["application_credential"]
    credential = world.table("application_credentials").get(wanted["id"])
    if credential is None or not secrets.compare_digest(credential["secret"].encode(), wanted["secret"].encode()):
        raise ApiError(401, _UNAUTHORIZED)
    user, project = world.find("users", credential["user_id"]), world.find("projects", credential["project_id"])
    return issue(world, user, project)


def _named(world: World, kind: str, wanted: dict[str, Any]) -> Record | None:
    """The user or project by id, or by name within a domain, which has an id or a name itself."""
    if "id" in wanted:
        return world.table(kind).get(wanted["id"])
    domains = [domain["id"] for domain in world.table("domains").values() if _is_domain(domain, wanted["domain"])]
    matches = [
        record
        for record in world.table(kind).values()
        if record["name"].lower() == wanted["name"].lower() and record["domain_id"] in domains
    ]
    return matches[0] if matches else None


def _is_domain(domain: Record, wanted: dict[str, str]) -> bool:
    if "id" in wanted:
        return domain["id"] == wanted["id"]
    return domain["name"].lower() == wanted["name"].lower()
