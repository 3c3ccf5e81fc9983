# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.16 of the reference: flavors."""

from __future__ import annotations

from ..call import Answer, Call, internal_link, page
from ..errors import ApiError
from ..world import Record, World, new_id

# Members of a request that the reference does not have, and what a record calls them.
_BEYOND = {"swap": "swap", "OS-FLV-EXT-DATA:ephemeral": "ephemeral", "os-flavor-access:is_public": "is_public"}


def create(call: Call) -> Answer:
    call.demand_admin()
    wanted = call.body["flavor"]
    flavors = call.world.table("flavors").values()
    sent = str(wanted["id"])
    flavor_id = sent if call.world.settings.keeps_flavor_id and sent != "auto" else new_id()
    if flavor_id in call.world.table("flavors"):
        raise ApiError(409, f"Flavor with ID {flavor_id} already exists.")
    if any(flavor["name"] == wanted["name"] for flavor in flavors):
        raise ApiError(409, f"Flavor with name {wanted['name']} already exists.")
    if _BEYOND.keys() & wanted.keys():
        call.demand_beyond(400)
    fields = {_BEYOND.get(name, name): value for name, value in wanted.items()}
    flavor = call.world.seed("flavors", {**fields, "id": flavor_id})
    if call.openstack:
        return Answer(200, {"flavor": _view(call, flavor)})
    return Answer(200, {"flavors": [_view(call, flavor)]})


def list_short(call: Call) -> Answer:
    return Answer(200, {"flavors": [_short(call, flavor) for flavor in _all(call)]})


def list_detail(call: Call) -> Answer:
    return Answer(200, {"flavors": [_view(call, flavor) for flavor in _all(call)]})


def show(call: Call) -> Answer:
    return Answer(200, {"flavor": _view(call, _find(call))})


def delete(call: Call) -> Answer:
    call.demand_admin()
    if call.world.settings.flavor_delete == "refused":
        raise ApiError(405, "the deletion of flavors is not offered")
    del call.world.table("flavors")[_find(call)["id"]]
    return Answer(202)


def list_specs(call: Call) -> Answer:
    return Answer(200, {"extra_specs": _opened(call)["extra_specs"]})


def set_specs(call: Call) -> Answer:
    """Those that are not named stay."""
    call.demand_admin()
    wanted = {key: str(value) for key, value in call.body["extra_specs"].items()}
    _opened(call)["extra_specs"].update(wanted)
    return Answer(200, {"extra_specs": wanted})


def remove_spec(call: Call) -> Answer:
    call.demand_admin()
    specs, key = _opened(call)["extra_specs"], call.path["key"]
    if key not in specs:
        raise ApiError(404, f"Flavor {call.path['flavor_id']} has no extra specs with key {key}.")
    del specs[key]
    return Answer(200)


def list_access(call: Call) -> Answer:
    call.demand_admin()
    flavor = _opened(call)
    if flavor["is_public"]:
        raise ApiError(404, "Access list not available for public flavors.")
    return _access(flavor)


def add_access(call: Call) -> Answer:
    call.demand_admin()
    flavor, project = _opened(call), call.body["addTenantAccess"]["tenant"]
    if flavor["is_public"]:
        raise ApiError(409, "Can not add access to a public flavor.")
    if project in flavor["projects"]:
        raise ApiError(409, f"Flavor access already exists for flavor {flavor['id']} and project {project}.")
    if project not in call.world.table("projects"):
        raise ApiError(400, f"Project ID {project} is not a valid project.")
    flavor["projects"].append(project)
    return _access(flavor)


def remove_access(call: Call) -> Answer:
    call.demand_admin()
    flavor, project = _opened(call), call.body["removeTenantAccess"]["tenant"]
    if project not in flavor["projects"]:
        raise ApiError(404, f"Flavor access not found for {flavor['id']} / {project} combination.")
    flavor["projects"].remove(project)
    return _access(flavor)


def complete(world: World, fields: Record) -> Record:
    """A record of kind flavors."""
    record = {"name": "flavor", "ram": 1024, "vcpus": 1, "disk": 10, "rxtx_factor": 1.0, "swap": 0, "ephemeral": 0}
    record |= {"is_public": True, "extra_specs": {}, "projects": [], **fields}
    return {**record, "id": str(record["id"])}


def usable(call: Call, flavor_id: str, status: int = 404) -> Record:
    """A flavor that the caller may use; anybody may use a public one, and administrators all."""
    flavor: Record = call.world.find("flavors", flavor_id, status)
    if not (flavor["is_public"] or call.is_admin or call.project_id in flavor["projects"]):
        raise ApiError(status, f"Flavor {flavor_id} could not be found.")
    return flavor


def _find(call: Call) -> Record:
    return usable(call, call.path["flavor_id"])


def _opened(call: Call) -> Record:
    """The flavor of a path that the reference does not have."""
    call.demand_beyond(404)
    return _find(call)


def _access(flavor: Record) -> Answer:
    entries = [{"flavor_id": flavor["id"], "tenant_id": project} for project in flavor["projects"]]
    return Answer(200, {"flavor_access": entries})


def _all(call: Call) -> list[Record]:
    """The public flavors and those of the project, a page of them; administrators may ask for others."""
    asked = call.query.get("is_public", "true") if call.is_admin else "true"
    flavors = list(call.world.table("flavors").values())
    if asked != "None":
        flavors = [
            flavor
            for flavor in flavors
            if flavor["is_public"] == (asked == "true") or (asked == "true" and call.project_id in flavor["projects"])
        ]
    most = call.world.settings.max_limit
    return page(flavors, min(int(call.query.get("limit", most)), most), call.query.get("marker"))[0]


def _short(call: Call, flavor: Record) -> Record:
    return {
        "links": [internal_link(f"/v2/{call.project_id}/flavors/{flavor['id']}")],
        "id": flavor["id"],
        "name": flavor["name"],
    }


def _view(call: Call, flavor: Record) -> Record:
    """Numbers are strings by the reference's examples and numbers in OpenStack; no swap is an empty text in both.

    Nova returns extra specs since 2.61, where a request comes with a version. Its API without versions ignores that.
    """
    number = (lambda value: value) if call.openstack else str
    has_versions = call.openstack and call.world.settings.strict
    return {
        **({"extra_specs": flavor["extra_specs"]} if has_versions and call.is_since(61) else {}),
        **_short(call, flavor),
        "ram": number(flavor["ram"]),
        "vcpus": number(flavor["vcpus"]),
        "disk": number(flavor["disk"]),
        "swap": number(flavor["swap"]) if flavor["swap"] else "",
        "OS-FLV-DISABLED:disabled": False,
        "os-flavor-access:is_public": flavor["is_public"],
        "rxtx_factor": number(float(flavor["rxtx_factor"])),
        "OS-FLV-EXT-DATA:ephemeral": number(flavor["ephemeral"]),
    }


HANDLERS = {
    "flavor-create": create,
    "flavor-list": list_short,
    "flavor-list-detail": list_detail,
    "flavor-get": show,
    "flavor-delete": delete,
    "flavor-extra-specs-list": list_specs,
    "flavor-extra-specs-set": set_specs,
    "flavor-extra-spec-remove": remove_spec,
    "flavor-access-list": list_access,
    "flavor-access-add": add_access,
    "flavor-access-remove": remove_access,
}
FACTORIES = {"flavors": complete}
