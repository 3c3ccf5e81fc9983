# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.16 of the reference: flavors."""

from __future__ import annotations

from ..call import Answer, Call, internal_link, page
from ..errors import ApiError
from ..world import Record, World, new_id


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
    flavor = call.world.seed("flavors", {**wanted, "id": flavor_id})
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


def complete(world: World, fields: Record) -> Record:
    """A record of kind flavors."""
    record = {"name": "flavor", "ram": 1024, "vcpus": 1, "disk": 10, "rxtx_factor": 1.0, **fields}
    return {**record, "id": str(record["id"])}


def _find(call: Call) -> Record:
    return call.world.find("flavors", call.path["flavor_id"])


def _all(call: Call) -> list[Record]:
    return page(list(call.world.table("flavors").values()), call.world.settings.max_limit, None)[0]


def _short(call: Call, flavor: Record) -> Record:
    return {
        "links": [internal_link(f"/v2/{call.project_id}/flavors/{flavor['id']}")],
        "id": flavor["id"],
        "name": flavor["name"],
    }


def _view(call: Call, flavor: Record) -> Record:
    """Numbers are strings by the reference's examples and numbers in OpenStack; swap is empty in both."""
    number = (lambda value: value) if call.openstack else str
    return {
        **_short(call, flavor),
        "ram": number(flavor["ram"]),
        "vcpus": number(flavor["vcpus"]),
        "disk": number(flavor["disk"]),
        "swap": "",
        "OS-FLV-DISABLED:disabled": False,
        "os-flavor-access:is_public": True,
        "rxtx_factor": number(float(flavor["rxtx_factor"])),
        "OS-FLV-EXT-DATA:ephemeral": number(0),
    }


HANDLERS = {
    "flavor-create": create,
    "flavor-list": list_short,
    "flavor-list-detail": list_detail,
    "flavor-get": show,
    "flavor-delete": delete,
}
FACTORIES = {"flavors": complete}
