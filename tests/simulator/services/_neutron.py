# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the services of neutron share: who sees and changes an object, whose a new one is, and queries of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..call import Call, page
from ..clock import iso
from ..errors import ApiError
from ..world import Record

Visible = Callable[[Call, Record], bool]


def is_own(call: Call, record: Record) -> bool:
    """Administrators act in all projects."""
    return call.is_admin or record["project_id"] == call.project_id


def find(call: Call, kind: str, record_id: str, label: str, visible: Visible = is_own, status: int = 404) -> Record:
    """The object of that id; 404 for one that does not exist, or that the project does not see."""
    record = call.world.table(kind).get(record_id)
    if record is None or not visible(call, record):
        raise ApiError(status, f"{label} {record_id} could not be found.")
    return record


def find_own(call: Call, kind: str, record_id: str, label: str, visible: Visible = is_own) -> Record:
    """The same to be changed; 403 for what the project sees only because it is shared."""
    record = find(call, kind, record_id, label, visible)
    if not is_own(call, record):
        raise forbidden(call)
    return record


def forbidden(call: Call) -> ApiError:
    return ApiError(403, f"rule:{call.operation} is disallowed by policy")


def demand_admin_for(call: Call, wanted: Record, members: Iterable[str]) -> None:
    """403 for members that only administrators may send."""
    if not call.is_admin and any(name in wanted for name in members):
        raise forbidden(call)


def owner_of_new(call: Call, wanted: Record) -> str:
    """The project that a new object belongs to."""
    owner = wanted.get("tenant_id", call.project_id)
    if owner != call.project_id and not call.is_admin:
        raise ApiError(
            400,
            "Specifying 'project_id' or 'tenant_id' other than authenticated project in request requires admin "
            "privileges",
        )
    return str(owner)


def owner(record: Record) -> Record:
    """The owning project, under the old name and the new one."""
    return {"tenant_id": record["project_id"], "project_id": record["project_id"]}


def times(record: Record) -> Record:
    return {"created_at": iso(record["created"]), "updated_at": iso(record["updated"])}


def matching(call: Call, views: Iterable[Record]) -> list[Record]:
    """The objects of a list that its query asks for: the first ones, those behind a marker, or those that match."""
    wanted = {name: value for name, value in call.query.items() if name not in ("limit", "marker")}
    found = [view for view in views if all(_text(view.get(name)) == value for name, value in wanted.items())]
    return page(found, int(call.query.get("limit", len(found))), call.query.get("marker"))[0]


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
