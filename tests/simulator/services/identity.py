# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens and domains of Keystone v3."""

from __future__ import annotations

from .. import auth
from ..call import Answer, Call
from ..clock import iso_micros
from ..errors import ApiError
from ..world import Record, World

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


HANDLERS = {"token-create": create_token, "token-get": show_token, "domain-list": list_domains}
