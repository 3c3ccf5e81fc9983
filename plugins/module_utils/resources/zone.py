# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Availability zones (section 1.7 of the reference)."""

from __future__ import annotations

from ..client import Operation
from ..fields import Kind

LIST = Operation("azone-list", "GET", "/os/compute/v1/cloudos/azones")


def _is_compute(entry: dict) -> bool:
    """The list of compute zones holds storage zones too."""
    return str(entry.get("resourceType") or "nova").lower() == "nova"


KIND = Kind("availability zone", LIST, None, names=("zone", "labelName"), keep=_is_compute)
