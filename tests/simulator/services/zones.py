# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.7 of the reference: availability zones."""

from __future__ import annotations

from ..call import Answer, Call
from ..world import Record, World

_MEMBERS = ("id", "labelName", "description", "zone", "virtType", "resourceType")


def list_zones(call: Call) -> Answer:
    """A bare array, in which storage zones stand too."""
    return Answer(
        200, [{**{name: zone[name] for name in _MEMBERS}, "deleted": 0} for zone in call.world.table("zones").values()]
    )


def complete(world: World, fields: Record) -> Record:
    """A record of kind zones; `hosts` has the cvks of each compute host."""
    name = fields.get("zone", "nova")
    defaults = {"zone": name, "labelName": name, "description": "", "virtType": "CAS", "resourceType": "nova"}
    return {**defaults, "hosts": {f"cpn-{name}": []}, **fields}


HANDLERS = {"azone-list": list_zones}
ONLY = {"azone-list": "reference"}
FACTORIES = {"zones": complete}
