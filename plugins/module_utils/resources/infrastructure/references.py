# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How other resources name availability zones."""

from __future__ import annotations

from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.reference import Reference

ZONES = "/os/compute/v1/cloudos/azones"

LIST = Operation("azone-list", "GET", ZONES)
# [sic]
PROJECT_ZONES = Operation("azone-project-list", "GET", "/os/kinton/v1/keystone/types/AzoneProject/assigments")
#: the same of all projects, which clients of installed systems read, and the reference does not have
ASSIGNMENT_KIND = Reference("zone assignment", PROJECT_ZONES, "assigments")


def _is_compute(entry: Json) -> bool:
    """The list of compute zones holds storage zones too."""
    return str(entry.get("resourceType") or "nova").lower() == "nova"


def is_of(entry: Json, resource_type: str) -> bool:
    """Whether a zone is of a type."""
    return str(entry.get("resourceType")).lower() == resource_type.lower()


KIND = Reference("availability zone", LIST, None, names=("zone", "labelName"), predicate=_is_compute, known_members=())
STORAGE_KIND = Reference(
    "storage zone",
    LIST,
    None,
    names=("zone", "labelName"),
    predicate=lambda entry: is_of(entry, "cinder"),
    known_members=(),
)
