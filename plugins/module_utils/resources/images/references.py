# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How other resources name images and the snapshots of servers, which are in one list."""

from __future__ import annotations

from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.coercion import coerce
from ...model.reference import Reference

IMAGES = "/os/image/v1/v2/images"

LIST = Operation("image-list", "GET", IMAGES)

PAGE_SIZE = 1000

#: the states of an image that is of no use any more
LOST = frozenset({"killed", "error", "deleted", "pending_delete"})


def is_snapshot(raw: Json) -> bool:
    """Whether an image is the snapshot of a server. One that was turned into an image keeps its is_snapshot."""
    kind = raw.get("image_type")
    return kind == "snapshot" if kind else bool(coerce(raw.get("is_snapshot"), "bool"))


# A snapshot can start a server too, but nobody who names an image means one.
KIND = Reference(
    "image",
    LIST,
    "images",
    predicate=lambda entry: entry.get("status") not in LOST,
    nameable=lambda entry: not is_snapshot(entry),
    owner_path="owner",
    page_size=PAGE_SIZE,
    known_members=("image_type", "is_snapshot"),
)
SNAPSHOT_KIND = Reference(
    "server snapshot", LIST, "images", predicate=is_snapshot, owner_path="owner", page_size=PAGE_SIZE
)
