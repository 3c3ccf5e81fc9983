# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Another image or another password for a server that stays: OpenStack's own operations, seen in clients as well."""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from .. import _instances, _power

# Its answer may hold a password, which nothing here wants to read.
REBUILD = Operation("server-rebuild", "POST", _power.ACTION, answers=False)
CHANGE_PASSWORD = Operation("server-change-password", "POST", _power.ACTION, answers=False)


def rebuild_steps(desired: Json, changes: set[str]) -> list[Step]:
    """Another image on the same server: ID, addresses and volumes stay, what is on its own disk is lost."""
    if "image" not in changes:
        return []
    members = {"imageRef": desired["image"], "adminPass": desired.get("admin_password")}
    body = {"rebuild": {name: value for name, value in members.items() if value is not None}}
    wait = Wait(functools.partial(_is_rebuilt, desired["image"]))
    return [Step("rebuild", REBUILD, body=body, wait=wait, passes=_instances.image_comes, hint=OF_OPENSTACK)]


def password_steps(desired: Json, changes: set[str]) -> list[Step]:
    """Another password of the administrator, unless a rebuild has just set it."""
    if "admin_password" not in changes or "image" in changes:
        return []
    body = {"changePassword": {"adminPass": desired["admin_password"]}}
    wait = Wait(functools.partial(_instances.rests_in, ("ACTIVE",)))
    return [Step("change_password", CHANGE_PASSWORD, body=body, wait=wait, unobservable=True, hint=OF_OPENSTACK)]


def check_running(run: Context, current: Json, changes: t.AbstractSet[str]) -> None:
    """Refuse another password for a server that does not run: nothing in it could take it."""
    if "admin_password" in changes and "image" not in changes and _power.after_work(current) != "running":
        raise OptionError(
            f"admin_password: only a running server takes another password, and {current['name']} is "
            f"{_power.after_work(current)}.",
            hint="Start it in a task before this one (power_state: running).",
        )


def _is_rebuilt(image_id: str, seen: t.Optional[Json]) -> Outcome:
    outcome = _instances.rests_in(("ACTIVE", "SHUTOFF"), seen)
    return PENDING if outcome == READY and seen and seen["image"] != image_id else outcome
