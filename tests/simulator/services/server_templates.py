# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.11 of the reference: server templates."""

from __future__ import annotations

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World

NORMS = {
    "38e42432-06a5-47a3-b47d-f078ed03795d": "normal",
    "270d3a64-4496-11e9-8a6a-02420a654e1d": "vGPU",
    "c0634876-810d-412b-85a9-1c7a1109b7bf": "GPU",
    "db514283-abc1-4e78-a7e7-6f576780b4c1": "big data",
}


def list_templates(call: Call) -> Answer:
    """A bare array; administrators see those of all projects."""
    return Answer(200, [_view(template) for template in _visible(call)])


def show(call: Call) -> Answer:
    return Answer(200, _view(_find(call, call.path["template_id"])))


def create(call: Call) -> Answer:
    """Nothing is told of the new template. Names are not unique."""
    _check(call)
    call.world.seed("server_templates", {"description": "", **call.body})
    return Answer(200)


def update(call: Call) -> Answer:
    """The whole object, whose id stands in the body."""
    template = _find(call, call.body["uuid"])
    _check(call)
    wanted = {name: value for name, value in call.body.items() if name != "uuid"}
    template.clear()
    template.update({"id": call.body["uuid"], "description": "", **wanted})
    return Answer(200)


def delete(call: Call) -> Answer:
    del call.world.table("server_templates")[_find(call, call.path["template_id"])["id"]]
    return Answer(200)


def complete(world: World, fields: Record) -> Record:
    """A record of kind server_templates in the form of the API; the metadata can be given in parts."""
    metadata = {
        "normUuid": next(iter(NORMS)),
        "storageType": "普通",
        "imageSrc": "normal",
        "storagePool": "",
        "projectId": seeds.ADMIN_PROJECT,
    }
    return {
        "name": "template",
        "description": "",
        "user_uuid": seeds.ADMIN_USER,
        "availability_zone": "nova11",
        "azone_uuid": seeds.ZONE_NOVA11,
        "image_uuid": "",
        "flavor_uuid": "",
        **fields,
        "metadata": {**metadata, **fields.get("metadata", {})},
    }


def _visible(call: Call) -> list[Record]:
    templates = call.world.table("server_templates").values()
    return [template for template in templates if call.is_admin or template["metadata"]["projectId"] == call.project_id]


def _find(call: Call, template_id: str) -> Record:
    """The reference has no 404 here."""
    for template in _visible(call):
        if template["id"] == template_id:
            return template
    raise ApiError(400, f"server template {template_id} does not exist")


def _check(call: Call) -> None:
    """Everything that a template names has to exist, and name and id of its zone have to agree."""
    wanted, world = call.body, call.world
    zone = world.find("zones", wanted["azone_uuid"], 400)
    if zone["zone"] != wanted["availability_zone"]:
        raise ApiError(400, f"azone_uuid {zone['id']} is not the id of zone {wanted['availability_zone']}")
    world.find("images", wanted["image_uuid"], 400)
    world.find("flavors", wanted["flavor_uuid"], 400)
    world.find("users", wanted["user_uuid"], 400)
    world.find("projects", wanted["metadata"]["projectId"], 400)
    if wanted["metadata"]["normUuid"] not in NORMS:
        raise ApiError(400, f"normUuid {wanted['metadata']['normUuid']} is no norm of servers")
    if wanted["metadata"]["projectId"] != call.project_id and not call.is_admin:
        raise ApiError(403, "a template of another project")


def _view(template: Record) -> Record:
    return {"uuid": template["id"], **{name: value for name, value in template.items() if name != "id"}}


HANDLERS = {
    "server-template-list": list_templates,
    "server-template-get": show,
    "server-template-create": create,
    "server-template-update": update,
    "server-template-delete": delete,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"server_templates": complete}
