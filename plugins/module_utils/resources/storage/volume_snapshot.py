# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Snapshots of volumes (OpenStack's own API).

Snapshots of several volumes may have one name: with the volume beside it, a name means the snapshot of that volume.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.declaration import Filter
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step, Wait
from .. import _aliases
from . import _states, references
from ._storage import StorageResource

_SNAPSHOTS = f"{references.PROJECT}/snapshots"
_SNAPSHOT = f"{_SNAPSHOTS}/{{snapshot_id}}"

LIST = references.SNAPSHOT_LIST
GET = Operation("volume-snapshot-get", "GET", _SNAPSHOT)
CREATE = Operation("volume-snapshot-create", "POST", _SNAPSHOTS)
UPDATE = Operation("volume-snapshot-update", "PUT", _SNAPSHOT)
DELETE = Operation("volume-snapshot-delete", "DELETE", _SNAPSHOT, answers=False)

_TEXT = 255


class VolumeSnapshot(StorageResource):
    name = "volume_snapshot"
    plural = "volume_snapshots"
    wrapper = "snapshot"
    list_key = "snapshots"
    id_param = "snapshot_id"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    owner_path = references.SNAPSHOT_OWNER
    named_within = ("volume",)

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=_TEXT),
        option("volume", api="volume_id", reference=references.VOLUME_KIND, required=True, updatable=False),
        option("description", max_length=_TEXT, spec=_aliases.DESCRIPTION),
        computed("status"),
        computed("size", "int"),
        computed("project_id", api=references.SNAPSHOT_OWNER),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )
    filters = {
        "volume": Filter("volume_id", reference=references.VOLUME_KIND),
        "status": Filter("status"),
    }
    more_options = {"force": {"type": "bool", "default": False}}

    # --- reading

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        """The snapshots of the project; of several of one name, only that of the volume that the options name."""
        return _of_volume(run, entries)

    # --- planning

    def made_from(self, options: t.Mapping[str, t.Any]) -> set[tuple[str, str]]:
        return {("volumes", options["volume"])} if options.get("volume") else set()

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is not None and not current and not run.options["force"]:
            _demand_free(run, desired["volume"])

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        snapshot = self.body({**desired, "id": None})
        if run.options["force"]:
            snapshot["force"] = True
        return [Step("create", CREATE, body={"snapshot": snapshot}, wait=Wait(_states.is_ready), creates=True)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        return [Step("update", UPDATE, body={"snapshot": {name: desired[name] for name in sorted(changes)}})]


def _of_volume(run: Context, entries: list[Json]) -> list[Json]:
    """The snapshots of the volume that the options name; all of them where that makes no difference."""
    wanted, name = run.options.get("volume"), run.options.get("name")
    named = [raw for raw in entries if raw.get("name") == name]
    if wanted is None or name is None or not named:
        return entries
    is_known = wanted in [raw.get("volume_id") for raw in named]  # the volume itself may be gone
    volume_id = wanted if is_known else run.resolve(references.VOLUME_KIND, wanted, "volume")
    return [raw for raw in named if raw.get("volume_id") == volume_id]


def _demand_free(run: Context, volume_id: str) -> None:
    """The platform takes snapshots of volumes that are in use only if it is asked to."""
    volume = next((raw for raw in run.entries(references.VOLUME_KIND) if str(raw.get("id")) == volume_id), None)
    if volume and _states.is_attached({"status": _states.status_of(volume)}):
        raise OptionError(
            f"volume: {volume.get('name')} ({volume_id}) is in use, and its data may change while a snapshot is taken.",
            hint="Use force: true to take one all the same, or detach the volume first.",
        )


VOLUME_SNAPSHOT = VolumeSnapshot()
