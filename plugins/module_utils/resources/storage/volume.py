# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Volumes: disks of servers that outlive them (OpenStack's own API; the reference only attaches and detaches them).

A volume grows in place and never shrinks. What it was made from is only known when it is created.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.declaration import Filter
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Plan, Step, Wait
from ...model.reference import Reference
from .. import _aliases, _holders, _instances, _labels, _zones
from ..images import references as images
from ..infrastructure import references as zones
from . import _states, references
from ._storage import StorageResource

_VOLUMES, _VOLUME = references.VOLUMES, references.VOLUME

LIST = references.VOLUME_LIST
GET = references.VOLUME_GET
CREATE = Operation("volume-create", "POST", _VOLUMES)
UPDATE = Operation("volume-update", "PUT", _VOLUME)
DELETE = Operation("volume-delete", "DELETE", _VOLUME, answers=False)
EXTEND = Operation("volume-extend", "POST", f"{_VOLUME}/action", answers=False)
ADD_METADATA = Operation("volume-metadata-add", "POST", f"{_VOLUME}/metadata")
SET_METADATA = Operation("volume-metadata-set", "PUT", f"{_VOLUME}/metadata")

KIND = references.VOLUME_KIND

# What a new volume is made from, by option.
_SOURCES: t.Mapping[str, Reference] = {
    "image": images.KIND,
    "snapshot": references.SNAPSHOT_KIND,
    "source_volume": KIND,
}
# Cinder shows what it keeps itself of an attached volume among the user's metadata.
_PLATFORM_METADATA = frozenset({"readonly", "attached_mode"})
_TEXT = 255


class Volume(StorageResource):
    name = "volume"
    plural = "volumes"
    id_param = "volume_id"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    lost_with_it = "its data included"
    owner_path = references.VOLUME_OWNER

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=_TEXT),
        option("size", "int"),
        option("description", max_length=_TEXT, spec=_aliases.DESCRIPTION),
        option("volume_type", updatable=False, min_length=1, max_length=_TEXT),
        option("availability_zone", updatable=False, min_length=1),
        option("image", api="imageRef", updatable=False, returned=False, min_length=1),
        option(
            "snapshot",
            api="snapshot_id",
            updatable=False,
            returned=False,
            min_length=1,
            spec=_aliases.SNAPSHOT,
        ),
        option("source_volume", api="source_volid", updatable=False, returned=False, min_length=1),
        option("metadata", "dict", protected_keys=_PLATFORM_METADATA, spec=_aliases.METADATA),
        computed("status"),
        computed("attachments", "list"),
        computed("bootable", "bool"),
        computed("encrypted", "bool"),
        computed("multiattach", "bool"),
        computed("snapshot_id"),
        computed("source_volume_id", api="source_volid"),
        computed("project_id", api=references.VOLUME_OWNER),
        computed("user_id"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )
    filters = {"status": Filter("status")}
    more_options = {"purge_metadata": {"type": "bool", "default": False}}
    constraints = {"mutually_exclusive": [tuple(_SOURCES)]}

    # --- reading

    def read(self, raw: Json) -> Json:
        found = super().read(raw)
        attached = [entry for entry in found["attachments"] or [] if isinstance(entry, dict)]
        found["attachments"] = [
            {"server_id": entry.get("server_id"), "device": entry.get("device")} for entry in attached
        ]
        return {**found, "metadata": found["metadata"] or {}}

    # --- describing

    def export_candidates(self, run: Context) -> list[Json]:
        """All but those that servers boot from, which come and go with their servers."""
        return [raw for raw in self.search(run) if not any(map(references.is_root, raw.get("attachments") or []))]

    # --- planning

    def made_from(self, options: t.Mapping[str, t.Any]) -> set[tuple[str, str]]:
        """A snapshot in turn is made from a volume."""
        sources = {"source_volume": self.plural, "snapshot": "volume_snapshots"}
        return {(kind, options[name]) for name, kind in sources.items() if options.get(name)}

    def check(self, run: Context) -> None:
        super().check(run)
        size, metadata = run.options.get("size"), run.options.get("metadata") or {}
        if size is not None and size < 1:
            raise OptionError(f"size: {size} GB is too small; the least is 1 GB.")
        _labels.check("metadata", metadata)
        own = sorted(_PLATFORM_METADATA.intersection(metadata))
        if own:
            raise OptionError(f"metadata: {', '.join(own)} belongs to the platform.")

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        if desired["metadata"] is not None:
            desired["metadata"] = _labels.texts(desired["metadata"])
        zone = desired["availability_zone"]
        if zone and zone != current.get("availability_zone"):
            desired["availability_zone"] = _zones.zone_named(run, zone, zones.STORAGE_KIND)["zone"]
        return desired

    def missing(self, run: Context, desired: Json) -> list[str]:
        missing = super().missing(run, desired)
        if desired.get("size") is None and not (desired.get("snapshot") or desired.get("source_volume")):
            missing.append("size")
        return missing

    def complete_creation(self, run: Context, current: Observation, desired: Json) -> Json:
        given = {name: desired[name] for name in _SOURCES if desired.get(name)}
        return {**desired, **{name: run.resolve(_SOURCES[name], value, name) for name, value in given.items()}}

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        changes = super().changes(run, current, desired)
        if current["status"] == _states.EXTENDING and (run.check_mode or not run.waits):
            changes.discard("size")  # to which size is seen when it has grown
        return changes

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None:
            _demand_deletable(run, current)
        elif "size" in changes and desired["size"] < current["size"] and not self.error_reason(current):
            raise OptionError(
                f"size: the volume {current['name']} ({current['id']}) has {current['size']} GB, and a volume cannot "
                f"shrink to {desired['size']} GB."
            )

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        return after if current else {**after, "attachments": [], "metadata": after["metadata"] or {}}

    def work_in_the_way(self, run: Context, plan: Plan) -> t.Optional[tuple[Json, Wait]]:
        work = super().work_in_the_way(run, plan)
        return work or _states.growth_in_the_way(plan) or _states.attachment_in_the_way(plan)

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        body = {"volume": self.body({**desired, "id": None})}
        wait = Wait(_states.is_ready)
        return [Step("create", CREATE, body=body, wait=wait, creates=True, passes=_instances.image_comes)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = []
        texts = {name: desired[name] for name in ("name", "description") if name in changes}
        if texts:
            steps.append(Step("update", UPDATE, body={"volume": texts}))
        if "metadata" in changes:
            purges = run.options["purge_metadata"]
            body = {"metadata": desired["metadata"]}
            steps.append(Step("set_metadata", SET_METADATA if purges else ADD_METADATA, body=body))
        if "size" in changes:
            steps.append(_extension(current, desired["size"]))
        return steps


def _extension(current: Json, size: int) -> Step:
    hint = None
    if _states.is_attached(current):
        hint = "This platform may only grow volumes that are not attached to a server: detach it, or stop the server."
    wait = Wait(functools.partial(_states.has_grown, size))
    return Step("extend", EXTEND, body={"os-extend": {"new_size": size}}, wait=wait, hint=hint)


def _demand_deletable(run: Context, current: Json) -> None:
    """Only a volume that no server has can be deleted; check it before the platform says so in other words."""
    attached = [str(entry["server_id"]) for entry in current["attachments"] if entry["server_id"]]
    servers = [server for server in attached if not _holders.may_have_let_go(run, server)]
    if servers:
        shown = ", ".join(_shown(run, server) for server in servers)
        raise OptionError(
            f"The volume {current['name']} ({current['id']}) is attached to the server {shown}, and cannot be deleted.",
            hint="Detach it first: cloudos_server with volumes and purge_volumes does.",
        )
    if current["status"] == "error_deleting":
        raise OptionError(
            f"The volume {current['name']} ({current['id']}) cannot be deleted: its status is error_deleting, and the "
            "platform deletes only volumes that are available or in status error.",
            hint="An administrator has to reset its status.",
        )


def _shown(run: Context, server_id: str) -> str:
    name = run.named(_instances.KIND, server_id)
    return server_id if name == server_id else f"{name} ({server_id})"


VOLUME = Volume()
