# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Leases: until when a resource may be used (section 1.9 of the reference, item 33).

The one operation there is shortens a lease. None reads them, so a lease cannot be compared with what is wanted: this
is an action and no state.
"""

from __future__ import annotations

import datetime
import typing as t

from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..cloud.responses import unwrap
from ..engine.execution import with_warnings
from ..model.context import Context
from ..model.field import computed, read_object
from ..module.argument_spec import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources import _instances

SHORTEN = Operation("lease-shorten", "PUT", "/os/compute/v1/tenancy/shortRestenancy")

_SPEC = {
    **CONNECTION,
    "id": {"type": "str", "required": True},
    "end_time": {"type": "str", "required": True},
    "server": {"type": "str"},
    "resource_id": {"type": "str"},
    "resource_name": {"type": "str"},
}
_CONSTRAINTS = {
    "required_one_of": [("server", "resource_id")],
    "mutually_exclusive": [("server", "resource_id")],
    "required_together": [("resource_id", "resource_name")],
}

_FIELDS = (
    computed("id", api="uuid"),
    computed("resource_id", api="resUuid"),
    computed("resource_name", api="resName"),
    computed("service_id", api="serUuid"),
    computed("user_id", api="userUuid"),
    computed("user_name", api="userName"),
    computed("project_id", api="tenantId"),
    computed("start_time", "time", api="startTime"),
    computed("end_time", "time", api="endTime"),
    computed("days", "int", api="tenancyDay"),
    computed("expired", "bool", api="due"),
    computed("notified", "bool"),
)

_FORM = "%Y-%m-%d %H:%M:%S"


def shorten(run: Context) -> Json:
    """Shorten a lease, as a task result. It is a change each time."""
    end = _checked(run.options["end_time"])
    wanted = {"uuid": run.options["id"], **_resource(run), "endTime": end}
    returned: dict[str, t.Any] = {}
    if not run.check_mode:
        returned = unwrap(
            run.client.call(SHORTEN, body={"resourceTenancy": wanted}), "resourceTenancy", "resourceTenancies"
        )
        run.journal.completed_actions.append("shorten")
    # The platform returns the end in UTC, and nobody knows in which zone it reads what it is sent.
    lease = read_object(_FIELDS, {**wanted, **returned, "endTime": end})
    shown = {name: lease[name] for name in ("id", "resource_id", "resource_name", "end_time")}
    diff = {"before": {}, "after": shown}
    result = {"changed": True, "actions": ["shorten"], "lease": lease, "diff": diff}
    return with_warnings(run, result)


def _checked(text: str) -> str:
    """The time as the platform wants it, zero-padded and with 24 hours."""
    try:
        return datetime.datetime.strptime(text, _FORM).strftime(_FORM)
    except ValueError:
        raise OptionError(f"end_time: {text!r} is not a valid time, such as 2026-12-31 18:00:00.") from None


def _resource(run: Context) -> Json:
    """What the lease is for: the platform wants its id and its name."""
    if run.options.get("resource_id"):
        return {"resName": run.options["resource_name"], "resUuid": run.options["resource_id"]}
    server = run.lookup(_instances.KIND, run.options["server"], "server") or {}
    return {"resName": server.get("name"), "resUuid": server.get("id")}


SHORTEN_LEASE = ModuleDefinition(_SPEC, shorten, _CONSTRAINTS)
