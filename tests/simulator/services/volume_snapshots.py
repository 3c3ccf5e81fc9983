# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cinder: snapshots of volumes."""

from __future__ import annotations

from .. import seeds
from ..call import Answer, Call, internal_link, page
from ..clock import iso_micros
from ..errors import ApiError
from ..world import Record, World, new_id
from .volumes import demand_listed, find_volume, later, of_project

_KIND = "volume_snapshots"


def list_all(call: Call) -> Answer:
    demand_listed(call)
    wanted = {name: call.query[name] for name in ("status", "volume_id") if name in call.query}
    snapshots = [snapshot for snapshot in of_project(call, _KIND) if wanted.items() <= snapshot.items()]
    snapshots, more = page(snapshots, int(call.query.get("limit", 1000)), call.query.get("marker"))
    answer: Record = {"snapshots": [_view(snapshot) for snapshot in snapshots]}
    if more:
        href = internal_link(f"/v2/{call.project_id}/snapshots/detail?marker={snapshots[-1]['id']}", "next")
        answer["snapshots_links"] = [href]
    return Answer(200, answer)


def show(call: Call) -> Answer:
    return Answer(200, {"snapshot": _view(_find(call))})


def create(call: Call) -> Answer:
    """Of a volume that is available; of one that is in use only by force."""
    wanted = call.body["snapshot"]
    volume = find_volume(call, wanted["volume_id"], 404)
    allowed = ("available", "in-use") if wanted.get("force") else ("available",)
    if volume["status"] not in allowed:
        raise ApiError(
            400, f"Invalid volume: Volume {volume['id']} status must be available, but is: {volume['status']}."
        )
    snapshot = call.world.seed(
        _KIND,
        {
            "id": new_id(),
            "name": wanted["name"],
            "description": wanted.get("description"),
            "volume_id": volume["id"],
            "size": volume["size"],
            "project_id": call.project_id,
            "status": "creating",
        },
    )
    fails = call.world.settings.fails(snapshot["name"])
    later(call, snapshot, "creating", lambda: snapshot.update(status="error" if fails else "available"))
    return Answer(202, {"snapshot": _view(snapshot)})


def update(call: Call) -> Answer:
    snapshot = _find(call)
    snapshot.update(call.body["snapshot"], updated=call.world.clock.now())
    return Answer(200, {"snapshot": _view(snapshot)})


def delete(call: Call) -> Answer:
    snapshot = _find(call)
    if snapshot["status"] not in ("available", "error"):
        raise ApiError(400, "Invalid snapshot: Snapshot status must be available or error.")
    snapshot["status"] = "deleting"
    later(call, snapshot, "deleting", lambda: call.world.table(_KIND).pop(snapshot["id"], None))
    return Answer(202)


def complete(world: World, fields: Record) -> Record:
    """A record of kind volume_snapshots; of the first volume of the seeds, unless another one is given."""
    return {
        "name": "snapshot",
        "description": None,
        "volume_id": seeds.DATA_VOLUME_1,
        "project_id": seeds.ADMIN_PROJECT,
        "size": 1,
        "status": "available",
        "created": world.clock.now() + world.next_number("volume_snapshot") / 1e6,
        "updated": None,
        **fields,
    }


def _find(call: Call) -> Record:
    snapshot = call.world.table(_KIND).get(call.path["snapshot_id"])
    if snapshot is None or snapshot["project_id"] != call.project_id:
        raise ApiError(404, f"Snapshot {call.path['snapshot_id']} could not be found.")
    return snapshot


def _view(snapshot: Record) -> Record:
    return {
        **{name: snapshot[name] for name in ("id", "name", "description", "status", "size", "volume_id")},
        "metadata": {},
        "created_at": iso_micros(snapshot["created"]),
        "updated_at": iso_micros(snapshot["updated"]) if snapshot["updated"] else None,
        "os-extended-snapshot-attributes:project_id": snapshot["project_id"],
        "os-extended-snapshot-attributes:progress": "100%" if snapshot["status"] == "available" else "0%",
    }


HANDLERS = {
    "volume-snapshot-list": list_all,
    "volume-snapshot-get": show,
    "volume-snapshot-create": create,
    "volume-snapshot-update": update,
    "volume-snapshot-delete": delete,
}
FACTORIES = {_KIND: complete}
