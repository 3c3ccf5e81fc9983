# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.9 of the reference: server groups. Their path names no project; that of the token counts."""

from __future__ import annotations

from .. import seeds
from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World, new_id


def create(call: Call) -> Answer:
    """The platform answers without a body, nova with the group. Soft policies came with a version of nova's API."""
    policy = call.body["server_group"]["policies"][0]
    if policy.startswith("soft-"):
        call.demand_beyond(400)
        if not call.is_since(15):
            raise ApiError(400, f"Invalid input for field/attribute 0. Value: {policy}.")
    group = call.world.seed(
        "server_groups",
        {**call.body["server_group"], "id": new_id(), "project_id": call.project_id, "user_id": call.user_id},
    )
    return Answer(200, {"server_group": group} if call.openstack else None)


def list_all(call: Call) -> Answer:
    """Nova tells the groups of the project, the platform those of every project that the user may see."""
    groups = [
        group
        for group in call.world.table("server_groups").values()
        if group["project_id"] == call.project_id or (call.is_admin and not call.openstack)
    ]
    return Answer(200, {"server_groups": groups})


def delete(call: Call) -> Answer:
    group = call.world.find("server_groups", call.path["id"], label="Instance group")
    if group["project_id"] != call.project_id and not call.is_admin:
        raise ApiError(404, f"Instance group {group['id']} could not be found.")
    del call.world.table("server_groups")[group["id"]]
    return Answer(204 if call.openstack else 200)


def complete(world: World, fields: Record) -> Record:
    """A record of kind server_groups."""
    return {
        "name": "group",
        "policies": ["affinity"],
        "members": [],
        "project_id": seeds.ADMIN_PROJECT,
        "user_id": seeds.ADMIN_USER,
        **fields,
    }


HANDLERS = {"server-group-create": create, "server-group-list": list_all, "server-group-delete": delete}
FACTORIES = {"server_groups": complete}
