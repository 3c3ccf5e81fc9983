# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Projects: the list of the reference (1.18), the rest of Keystone v3, and the zones that are assigned to them."""

from __future__ import annotations

from .. import seeds
from ..auth import void_tokens
from ..call import Answer, Call, page
from ..errors import ApiError
from ..world import Record, World, new_id

_INTERNAL = "http://api-kinton-service.default.svc.cloudos:9000"


def list_projects(call: Call) -> Answer:
    projects = list(call.world.table("projects").values())
    if not call.is_admin:
        if call.openstack:
            raise ApiError(403, "You are not authorized to perform the requested action: identity:list_projects.")
        roles = call.world.find("users", call.user_id)["roles"]
        projects = [project for project in projects if project["id"] in roles]
    none = None if call.openstack else ""
    limit = min(int(call.query.get("limit", call.world.settings.max_limit)), call.world.settings.max_limit)
    projects, more = page(projects, limit, call.query.get("marker"))
    following = f"{_INTERNAL}/v3/projects?limit={limit}&marker={projects[-1]['id']}" if more and projects else none
    return Answer(
        200,
        {
            "links": {"self": f"{_INTERNAL}/v3/projects", "previous": none, "next": following},
            "projects": [_view(project, call.openstack) for project in projects],
        },
    )


def show(call: Call) -> Answer:
    project = find_project(call)
    if not call.is_admin and project["id"] not in call.world.find("users", call.user_id)["roles"]:
        raise ApiError(403, "You are not authorized to perform the requested action: identity:get_project.")
    return Answer(200, {"project": _view(project, call.openstack)})


def create(call: Call) -> Answer:
    """Without a parent it stands right below its domain. Whoever makes it gets no role in it."""
    call.demand_admin()
    wanted = call.body["project"]
    domain = call.world.find("domains", wanted["domain_id"], label="domain")
    parent_id = wanted.get("parent_id", domain["id"])
    if parent_id != domain["id"]:
        parent = find_project(call, parent_id)
        if parent["domain_id"] != domain["id"]:
            raise ApiError(400, f"Cannot create project, the parent {parent_id} is not in domain {domain['id']}.")
        if not parent["enabled"]:
            raise ApiError(403, f"Cannot create project in a branch containing a disabled project: {parent_id}.")
    _demand_free_name(call.world, wanted["name"], domain["id"])
    project = {"id": new_id(), **_DEFAULTS, **wanted, "parent_id": parent_id}
    return Answer(201, {"project": _view(call.world.add("projects", project), call.openstack)})


def update(call: Call) -> Answer:
    """A branch of the tree is disabled from its leaves, and enabled from its root."""
    call.demand_admin()
    project, wanted = find_project(call), call.body["project"]
    if wanted.get("name", project["name"]) != project["name"]:
        _demand_free_name(call.world, wanted["name"], project["domain_id"])
    if wanted.get("enabled") is False and any(child["enabled"] for child in _children(call.world, project)):
        raise ApiError(403, f"Cannot disable project {project['id']} since its subtree contains enabled projects.")
    parent = call.world.table("projects").get(project["parent_id"])
    if wanted.get("enabled") is True and parent and not parent["enabled"]:
        raise ApiError(403, f"Cannot enable project {project['id']} since it has disabled parents.")
    project.update(wanted)
    if not project["enabled"]:
        void_tokens(call.world, project_id=project["id"])
    return Answer(200, {"project": _view(project, call.openstack)})


def delete(call: Call) -> Answer:
    """What other services have in the project stays there. Only CloudOS knows of its zones, which have to go before."""
    call.demand_admin()
    project = find_project(call)
    if _children(call.world, project):
        raise ApiError(403, f"Cannot delete the project {project['id']} since it is not a leaf in the hierarchy.")
    zones = [zone["zone"] for zone in call.world.table("zones").values() if project["id"] in zone["projects"]]
    if zones and not call.openstack:
        raise ApiError(409, f"Project {project['id']} has zones: {', '.join(zones)}.")
    del call.world.table("projects")[project["id"]]
    for user in call.world.table("users").values():
        user["roles"].pop(project["id"], None)
    void_tokens(call.world, project_id=project["id"])
    return Answer(204)


def assign_zone(call: Call) -> Answer:
    call.demand_admin()
    project, zone = find_project(call), _find_zone(call)
    if project["id"] not in zone["projects"]:
        zone["projects"].append(project["id"])
    return Answer(200)


def remove_zone(call: Call) -> Answer:
    call.demand_admin()
    project, zone = find_project(call), _find_zone(call)
    if project["id"] not in zone["projects"]:
        raise ApiError(404, f"Zone {zone['id']} is not assigned to project {project['id']}.")
    zone["projects"].remove(project["id"])
    return Answer(200)


_DEFAULTS: Record = {"description": "", "enabled": True}


def complete(world: World, fields: Record) -> Record:
    """A record of kind projects; administrators may use it."""
    world.find("users", seeds.ADMIN_USER)["roles"][fields["id"]] = ["admin"]
    return {"name": "project", "domain_id": seeds.DOMAIN, "parent_id": seeds.DOMAIN, **_DEFAULTS, **fields}


def find_project(call: Call, project_id: str = "") -> Record:
    return call.world.find("projects", project_id or call.path["project_id"])


def _find_zone(call: Call) -> Record:
    return call.world.find("zones", call.path["azone_id"], label="availability zone")


def _children(world: World, project: Record) -> list[Record]:
    return [other for other in world.table("projects").values() if other["parent_id"] == project["id"]]


def _demand_free_name(world: World, name: str, domain_id: str) -> None:
    for other in world.table("projects").values():
        if other["domain_id"] == domain_id and other["name"].lower() == name.lower():
            raise ApiError(
                409,
                "Conflict occurred attempting to store project - it is not permitted to have two projects with the "
                f"same name in the same domain: name = {name}, domain id = {domain_id}.",
            )


def _view(project: Record, openstack: bool) -> Record:
    members = ("id", "name", "description", "domain_id", "parent_id", "enabled")
    view = {
        **{name: project[name] for name in members},
        "is_domain": False,
        "links": {"self": f"{_INTERNAL}/v3/projects/{project['id']}"},
    }
    if openstack:
        return {**view, "tags": [], "options": {}}
    return {**view, "status": "project.status.normal", "checkedOrg": False, "type": "PUBLIC"}


HANDLERS = {
    "project-list": list_projects,
    "project-get": show,
    "project-create": create,
    "project-update": update,
    "project-delete": delete,
    "project-zone-assign": assign_zone,
    "project-zone-remove": remove_zone,
}
ONLY = {"project-zone-assign": "reference", "project-zone-remove": "reference"}
FACTORIES = {"projects": complete}
