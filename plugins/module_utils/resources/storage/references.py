# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Volumes and their snapshots, as options name them: each can be made from the other."""

from __future__ import annotations

import re

from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.reference import Reference

PROJECT = "/os/storage/v1/v2/{tenant_id}"
PAGE_SIZE = 1000

VOLUME_LIST = Operation("volume-list", "GET", f"{PROJECT}/volumes/detail")
SNAPSHOT_LIST = Operation("volume-snapshot-list", "GET", f"{PROJECT}/snapshots/detail")

VOLUMES = f"{PROJECT}/volumes"
VOLUME = f"{VOLUMES}/{{volume_id}}"
VOLUME_GET = Operation("volume-get", "GET", VOLUME)
_MOVING = frozenset({"reserved", "attaching", "detaching"})

_ROOT_DEVICE = re.compile(r"/dev/[a-z]*da")

VOLUME_OWNER = "os-vol-tenant-attr:tenant_id"
SNAPSHOT_OWNER = "os-extended-snapshot-attributes:project_id"


def is_root(attachment: Json) -> bool:
    """Whether a volume is the one that its server boots from; it is never detached."""
    return bool(_ROOT_DEVICE.fullmatch(attachment.get("device") or ""))


def is_going(raw: Json) -> bool:
    """Whether the platform is deleting a volume or a snapshot, so that it counts no more."""
    return str(raw.get("status")).lower() == "deleting"


def is_moving(raw: Json) -> bool:
    """Whether a server is just getting or losing a volume."""
    return str(raw.get("status")).lower() in _MOVING


def _stays(raw: Json) -> bool:
    return not is_going(raw)


VOLUME_KIND = Reference(
    "volume", VOLUME_LIST, "volumes", predicate=_stays, owner_path=VOLUME_OWNER, page_size=PAGE_SIZE, known_members=()
)
SNAPSHOT_KIND = Reference(
    "volume snapshot",
    SNAPSHOT_LIST,
    "snapshots",
    predicate=_stays,
    owner_path=SNAPSHOT_OWNER,
    page_size=PAGE_SIZE,
    known_members=(),
)
