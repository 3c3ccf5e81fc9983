# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.10 of the reference: whole-VM snapshots. They are made, restored and deleted in the background."""

from __future__ import annotations

from ..call import Answer, Call
from ..clock import iso
from ..errors import ApiError
from ..world import Record, World
from . import servers

EXTERNAL = "2"
# States in which no hypervisor has the server
_NOWHERE = ("BUILD", "ERROR")


def list_snapshots(call: Call) -> Answer:
    server = _server(call)
    return Answer(200, _tree(call.world, server["id"], None))


def create(call: Call) -> Answer:
    """The answer repeats the request, has the id of the server, and says of the memory what it likes."""
    server, wanted = _idle_server(call), call.body
    mode = wanted.get("snapshotMode", EXTERNAL)
    if not _is_free(call.world, server["id"], wanted["name"]):
        raise ApiError(500, f"snapshot {wanted['name']} already exists")
    external = [snapshot for snapshot in _of(call.world, server["id"]) if snapshot["mode"] == EXTERNAL]
    if mode == EXTERNAL and len(external) >= call.world.settings.snapshot_limit:
        raise ApiError(500, "the number of external snapshots has reached its limit on cas")
    made = call.world.seed(
        "vm_snapshots",
        {
            "server_id": server["id"],
            "name": wanted["name"],
            "desc": wanted.get("desc"),
            "memory": wanted["snapMem"],
            "mode": mode,
            "parent": _current(call.world, server["id"]),
            "ready": False,
            "current": False,
        },
    )
    server["task"] = "virtual_snapshotting"
    servers.later(call.world, server, call.world.settings.action_seconds, lambda: _made(call.world, server, made))
    told = {"desc": made["desc"], "snapMem": "false", "snapshotMode": mode, "noStopVirtSnapMem": "true"}
    return Answer(200, {"uuid": server["id"], "name": made["name"], **told})


def update(call: Call) -> Answer:
    snapshot = _named(call, call.body["name"])
    name = call.body["snapName"]
    if name != snapshot["name"] and not _is_free(call.world, snapshot["server_id"], name):
        raise ApiError(500, f"snapshot {name} already exists")
    snapshot.update(name=name, desc=call.body["desc"])
    return Answer(200)


def restore(call: Call) -> Answer:
    server, snapshot = _idle_server(call), _named(call, call.body["virtualSnapName"])
    snapshot["restored"] += 1
    server["task"] = "virtual_snapshot_restoring"
    servers.later(
        call.world, server, call.world.settings.action_seconds, lambda: _restored(call.world, server, snapshot)
    )
    return Answer(200)


def delete(call: Call) -> Answer:
    """What hangs below a snapshot hangs below its parent afterwards."""
    names = call.query["snapshotNames"].split(",")
    doomed = [_named(call, name, 400) for name in names]
    for snapshot in doomed:
        call.world.clock.after(call.world.settings.action_seconds, lambda gone=snapshot: _gone(call.world, gone))
    return Answer(200)


def count_limit(call: Call) -> Answer:
    _server(call)
    return Answer(200, {"limitCount": str(call.world.settings.snapshot_limit)})


def check_name(call: Call) -> Answer:
    """True: the name is free."""
    server = _server(call)
    return Answer(200, _is_free(call.world, server["id"], call.query["snapshotName"]))


def complete(world: World, fields: Record) -> Record:
    """A record of kind vm_snapshots: by default the first and current one of its server."""
    now = world.clock.now()
    return {
        "name": "snapshot",
        "desc": None,
        "memory": "false",
        "mode": EXTERNAL,
        "parent": None,
        "current": True,
        "ready": True,
        "restored": 0,
        "created": now,
        **fields,
    }


def _server(call: Call) -> Record:
    server = call.world.table("servers").get(call.path["server_uuid"])
    if server is None or server["project_id"] != call.project_id:
        raise ApiError(404, "not find server")
    if server["status"] in _NOWHERE:
        raise ApiError(500, "get server compute node error")
    return server


def _idle_server(call: Call) -> Record:
    server = _server(call)
    if server["task"]:
        raise ApiError(409, f"server {server['id']} is in task_state {server['task']}")
    return server


def _of(world: World, server_id: str) -> list[Record]:
    return [snapshot for snapshot in world.table("vm_snapshots").values() if snapshot["server_id"] == server_id]


def _is_free(world: World, server_id: str, name: str) -> bool:
    return all(snapshot["name"] != name for snapshot in _of(world, server_id))


def _named(call: Call, name: str, status: int = 500) -> Record:
    for snapshot in _of(call.world, _server(call)["id"]):
        if snapshot["name"] == name and snapshot["ready"]:
            return snapshot
    raise ApiError(status, f"snapshot {name} does not exist on cas")


def _current(world: World, server_id: str) -> str | None:
    return next((snapshot["id"] for snapshot in _of(world, server_id) if snapshot["current"]), None)


def _made(world: World, server: Record, snapshot: Record) -> None:
    snapshot["ready"] = True
    _restored(world, server, snapshot)


def _restored(world: World, server: Record, snapshot: Record) -> None:
    server["task"] = None
    _becomes_current(world, snapshot)


def _becomes_current(world: World, snapshot: Record) -> None:
    for other in _of(world, snapshot["server_id"]):
        other["current"] = other is snapshot


def _gone(world: World, snapshot: Record) -> None:
    world.table("vm_snapshots").pop(snapshot["id"], None)
    for other in _of(world, snapshot["server_id"]):
        if other["parent"] == snapshot["id"]:
            other["parent"] = snapshot["parent"]
        if snapshot["current"] and other["id"] == snapshot["parent"]:
            other["current"] = True


def _tree(world: World, server_id: str, parent: str | None) -> Record:
    """The snapshots below a parent, each with its own; mode and the like stand at the root only."""
    below = [snapshot for snapshot in _of(world, server_id) if snapshot["ready"] and snapshot["parent"] == parent]
    return {"snapshot": [_view(world, snapshot) for snapshot in below]}


def _view(world: World, snapshot: Record) -> Record:
    moment = iso(snapshot["created"], "%Y-%m-%d %H:%M:%S")
    at_root = {"noStopVirtSnapMem": "false", "snapshotMode": snapshot["mode"]} if snapshot["parent"] is None else {}
    return {
        "name": snapshot["name"],
        "desc": snapshot["desc"],
        "creationTime": moment,
        "isCurr": "true" if snapshot["current"] else "false",
        "snapMem": snapshot["memory"],
        "snapshotTitle": f"{snapshot['name']}{'&nbsp;' * 6}({moment})",
        **at_root,
        "snapshots": _tree(world, snapshot["server_id"], snapshot["id"]),
    }


HANDLERS = {
    "vm-snapshot-list": list_snapshots,
    "vm-snapshot-create": create,
    "vm-snapshot-update": update,
    "vm-snapshot-restore": restore,
    "vm-snapshot-delete": delete,
    "vm-snapshot-count-limit": count_limit,
    "vm-snapshot-check-name": check_name,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"vm_snapshots": complete}
