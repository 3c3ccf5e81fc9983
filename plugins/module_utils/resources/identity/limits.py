# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The limits of projects, which their members may see, too: what a quota allows, and what of it is used."""

from __future__ import annotations

import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import is_to_be_created
from ...cloud.responses import as_list, unwrap
from ...model.coercion import coerce
from ...model.context import Context
from ...model.plan import Room
from ._quota_keys import UNLIMITED, keys_of

LIST = Operation("limits-list-all", "GET", "/os/kinton/v1/keystone/all-limits")
GET = Operation("limits-get", "GET", "/os/kinton/v1/keystone/{projectId}/limits")

_KEY = "all_limits"
_NOT_HERE = "Only CloudOS has these quotas; this platform, like OpenStack, does not have the addresses for them."


def unwrapped(answer: t.Any) -> Json:
    """The limits of one project, with what may stand beside them."""
    entry = unwrap(answer, "quota", _KEY)
    return {**entry, **(entry.get("absolute") or {})}


def of_section(raw: Json, section: str) -> tuple[Json, Json]:
    """What the keys of a section of the quota allow, and what of it is used, under the names of the document."""
    keys = [key for key in keys_of(section) if key.used]
    allowed = {key.name: coerce(raw.get(str(key.limit)), "int") for key in keys}
    return allowed, {key.name: coerce(raw.get(str(key.used)), "int") for key in keys}


def of_project(run: Context, project_id: str) -> t.Optional[Json]:
    """The limits of one project, which the platform returns as a list of one."""
    if is_to_be_created(project_id):
        return None
    try:
        return asked_for(run, project_id)
    except CloudError as error:
        if error.status == 404:
            return None
        raise


def asked_for(run: Context, project_id: str) -> t.Optional[Json]:
    """The same; a project that the platform does not know is an error in its own words."""
    try:
        answer = run.client.call(GET, {"projectId": project_id})
    except CloudError as error:
        if error.status == 404:
            known = f"Check that there is a project {project_id!r}, and that this user may see its quota."
            error.hint = _NOT_HERE if LIST.id in run.client.refusals else known
        raise
    entries = [{"projectId": project_id, **unwrapped(entry)} for entry in as_list(answer, _KEY)]
    return next((entry for entry in entries if str(entry["projectId"]) == project_id), None)


def compute_room(run: Context) -> dict[str, Room]:
    """What the quota of the session's project has room for, as far as it is bounded and its members may see it."""
    try:
        raw = of_project(run, run.client.project_id)
    except CloudError as error:
        if error.status not in (400, 403, 405, 501):
            raise
        raw = None
    allowed, used = of_section(raw or {}, "compute")
    return {
        name: Room(limit, used[name] or 0, " MB" if name == "ram" else "")
        for name, limit in allowed.items()
        if limit is not None and limit != UNLIMITED
    }
