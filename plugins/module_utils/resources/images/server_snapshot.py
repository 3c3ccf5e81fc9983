# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Server snapshots: images of a server's system disk (section 1.8 of the reference).

A snapshot is an image, read and deleted through the compute service, where ordinary images stand in the same list and
under the same path. So whatever is found is a snapshot or nothing. One that was turned into an image is none any more.
Snapshots of several servers may have one name; a snapshot is known by its name and its server.
"""

from __future__ import annotations

import re
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.secrets import without_secrets
from ...cloud.tokens import looks_like_id
from ...model.coercion import coerce
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait, gone
from ...model.resource import Resource
from .. import _instances
from .._strict import refuses_members
from .references import is_snapshot

_IMAGES = "/os/compute/v1/v2/{tenant_id}/images"
_IMAGE = f"{_IMAGES}/{{snapshot_id}}"

LIST = Operation("server-snapshot-list", "GET", f"{_IMAGES}/detail")
GET = Operation("server-snapshot-get", "GET", _IMAGE)
CREATE = Operation("server-snapshot-create", "POST", f"{_instances.SERVER}/action", answers=False)
DELETE = Operation("server-snapshot-delete", "DELETE", _IMAGE, answers=False)

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_LOST = frozenset({"ERROR", "DELETED", "UNKNOWN"})


class ServerSnapshot(Resource):
    name = "server_snapshot"
    plural = "server_snapshots"
    wrapper = "image"
    list_key = "images"
    id_param = "snapshot_id"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    conflict_hint = "The server is busy, or in a status of which there can be no snapshot; run the task again later."
    wait_timeout = 1800

    fields = (
        option("id"),
        option("name", required=True, updatable=False),
        option(
            "server",
            api=("server/id", "metadata/instance_uuid"),
            reference=_instances.KIND,
            required=True,
            updatable=False,
        ),
        option("description", api="metadata/description", updatable=False, max_length=85),
        computed("status"),
        computed("progress", "int"),
        computed("size", "int", api="OS-EXT-IMG-SIZE:size"),
        computed("min_disk", "int", api="minDisk"),
        computed("min_ram", "int", api="minRam"),
        computed("image", api="metadata/base_image_ref"),
        computed("metadata", "dict"),
        computed("created", "time"),
        computed("updated", "time"),
    )

    more_info_options = {"server": {"type": "str"}}

    # --- reading

    def read(self, raw: Json) -> Json:
        found = super().read(raw)
        found["status"] = (found["status"] or "").upper() or None
        found["metadata"] = without_secrets(found["metadata"] or {})
        return found

    def as_returned(self, found: Json) -> Json:
        raw = super().as_returned(found)
        return {**raw, "metadata": {**(raw.get("metadata") or {}), "is_snapshot": "snapshot"}}

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        """The snapshots of the project, or of the server that the options name.

        The list has ordinary images in it, and may have snapshots of other projects.
        """
        own = [raw for raw in super().search(run, query) if _is_own_snapshot(run, raw)]
        wanted = run.options.get("server")
        if wanted is None or not own:
            return own
        servers = [self.read(raw)["server"] for raw in own]
        is_known = wanted in servers or looks_like_id(wanted)  # the server itself may be gone
        server_id = wanted if is_known else run.resolve(_instances.KIND, wanted, "server")
        return [raw for raw, server in zip(own, servers) if server in (None, server_id)]

    def fetch(self, run: Context, found: Observation) -> t.Optional[Observation]:
        seen = super().fetch(run, found)
        return seen if seen and is_snapshot(seen["metadata"]) and seen["status"] != "DELETED" else None

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        name = run.options.get("name")
        if name is not None and not _NAME.fullmatch(name):
            raise OptionError(f"name: {name!r} may have 64 letters, digits and hyphens, the first a letter.")

    def error_reason(self, current: Json) -> t.Optional[str]:
        return f"its status is {current['status']}" if current["status"] in _LOST else None

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        return {**super().predict(run, current, desired), "status": "ACTIVE", "progress": 100}

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        metadata = {
            "is_snapshot": "snapshot",
            "user_id": run.client.user_id,
            "operator_id": run.client.project_id,
            "user_name": run.client.user_name,
            "description": desired.get("description"),
        }
        common = {
            "name": desired["name"],
            "metadata": {name: value for name, value in metadata.items() if value is not None},
        }
        create = Step(
            "create",
            CREATE,
            {"server_id": desired["server"]},
            # The id of the server here, that of the project in the metadata. Strict Nova does not know this one.
            body={"createImage": {**common, "operator_id": desired["server"]}},
            fallback_body={"createImage": common},
            fallback_on=refuses_members,
            wait=Wait(_taken),
            creates=True,
            passes=_is_at_other_work,
        )
        return [create]

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        return [Step("delete", DELETE, wait=Wait(gone, first=0.0))]

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        return None if current["status"] in ("ACTIVE", *_LOST) else Wait(_taken, first=0.0)


def _is_own_snapshot(run: Context, raw: Json) -> bool:
    metadata = coerce(raw.get("metadata"), "dict") or {}
    return is_snapshot(metadata) and metadata.get("operator_id") in (None, "", run.client.project_id)


def _is_at_other_work(error: CloudError) -> bool:
    """Whether a snapshot is refused because the server is busy with something else (conflictingRequest)."""
    return error.status == 409


def _taken(seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("the platform has removed it again")
    if seen["status"] in _LOST:
        return Failed(f"its status is {seen['status']}")
    return READY if seen["status"] == "ACTIVE" else PENDING


SERVER_SNAPSHOT = ServerSnapshot()
