# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Leases: until when a resource may be used (section 1.9 of the reference, item 33).

The reference only shortens a lease. Installed systems also list leases, and extend them (seen in clients): there, the
present end of a lease is compared with the wanted one.
"""

from __future__ import annotations

import calendar
import datetime
import re
import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..cloud.responses import unnamed_list, unwrap
from ..engine import approval, plan_id
from ..engine.outcomes import with_warnings
from ..model.context import Context
from ..model.field import computed, read_object
from ..module.argument_spec import PLANNED
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources import _instances

_LEASES = "/os/compute/v1/cloudos/restenancy"

LIST = Operation("lease-list", "GET", _LEASES)
EXTEND = Operation("lease-extend", "PUT", _LEASES)
SHORTEN = Operation("lease-shorten", "PUT", "/os/compute/v1/tenancy/shortRestenancy")

# The terms that leases may be extended by: the constant of the platform, and their length in months and days
_TERMS = {
    "day": ("23d539d1-d7b0-493c-9486-de439618efc1", 0, 1),
    "week": ("494c3e40-01c5-4173-aa95-04350659d6ac", 0, 7),
    "month": ("ee120318-0500-4678-9782-0113e5375f8f", 1, 0),
    "quarter": ("8bf4a75f-4c9e-4d2f-936f-18fe2711ee65", 3, 0),
    "year": ("d7f93e3d-e4d5-4d96-999a-8cd864bd9c58", 12, 0),
}
_FOREVER = "7b0a70c0-a480-42cd-a5ea-c95cf77af89a"
# The end of a lease that never ends, 9999-12-31 23:59:59, and what counts as one (milliseconds since the epoch)
_LAST_MOMENT = 253402300799000
_NEVER = 253370764800000
_NOT_LISTED = frozenset({403, 404, 405, 501})

_SPEC = {
    **CONNECTION,
    **PLANNED,
    "id": {"type": "str"},
    "end_time": {"type": "str"},
    "extend": {"type": "str", "choices": [*_TERMS, "forever"]},
    "utc_offset": {"type": "str", "default": "+00:00"},
    "server": {"type": "str"},
    "resource_id": {"type": "str"},
    "resource_name": {"type": "str"},
}
_CONSTRAINTS = {
    "required_one_of": [("end_time", "extend"), ("server", "resource_id")],
    "mutually_exclusive": [("end_time", "extend"), ("server", "resource_id")],
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

# What an extension repeats of a lease as it was listed
_REPEATED = ("uuid", "userUuid", "userName", "serUuid", "resUuid", "resName", "startTime", "tenantId", "description")
_FORM = "%Y-%m-%d %H:%M:%S"
_OFFSET = re.compile(r"[+-](0[0-9]|1[0-4]):[0-5][0-9]")


def change(run: Context) -> Json:
    """Extend or shorten a lease, as a task result.

    Raises:
        OptionError: there is no such lease, or the platform does not list leases, and it takes the list to know one.
        CloudError: the platform refused or failed.
    """
    end, offset = _wanted_end(run), _offset(run.options["utc_offset"])
    resource = _resource(run)
    lease = _present(run, resource["resUuid"])
    if lease is None:
        return _shorten(run, resource, end, offset)
    moment = None if end is None else _milliseconds(end, offset)
    present, never_ends = _end_of(lease), _never_ends(lease)
    if moment is None and never_ends:
        return _result(run, None, lease, lease, _plan_id(run, None, lease, lease))
    if moment is None:
        return _extend(run, lease, *_longer(run.options["extend"], present))
    if moment // 1000 == present // 1000:
        return _result(run, None, lease, lease, _plan_id(run, None, lease, lease))
    if moment > present and not never_ends:
        return _extend(run, lease, moment, lease.get("tenancyUuid") or _TERMS["day"][0])
    return _shorten(run, resource, end, offset, lease)


# --- the wanted end ----------------------------------------------------------------------------------------------


def _wanted_end(run: Context) -> t.Optional[datetime.datetime]:
    text = run.options["end_time"]
    try:
        return None if text is None else datetime.datetime.strptime(text, _FORM)
    except ValueError:
        raise OptionError(f"end_time: {text!r} is not a valid time, such as 2026-12-31 18:00:00.") from None


def _offset(text: str) -> datetime.timedelta:
    if not _OFFSET.fullmatch(text):
        raise OptionError(f"utc_offset: {text!r} is not the offset of a time zone, such as +08:00.")
    hours, minutes = text[1:].split(":")
    return (-1 if text[0] == "-" else 1) * datetime.timedelta(hours=int(hours), minutes=int(minutes))


def _milliseconds(local: datetime.datetime, offset: datetime.timedelta) -> int:
    """A local time as milliseconds since the epoch."""
    return round((local - offset - datetime.datetime(1970, 1, 1)) / datetime.timedelta(milliseconds=1))


def _end_of(lease: Json) -> int:
    """The end of a listed lease in milliseconds since the epoch; one without an end never ends."""
    return int(lease.get("endTime") or _LAST_MOMENT)


def _never_ends(lease: Json) -> bool:
    return lease.get("tenancyUuid") == _FOREVER or _end_of(lease) >= _NEVER


def _longer(term: str, end: int) -> tuple[int, str]:
    """The end of a lease that is extended by a term, in milliseconds since the epoch, and the term as sent."""
    if term == "forever":
        return _LAST_MOMENT, _FOREVER
    own_id, months, days = _TERMS[term]
    present = datetime.datetime(1970, 1, 1) + datetime.timedelta(milliseconds=end)
    year, month = divmod(present.year * 12 + present.month - 1 + months, 12)
    last_day = calendar.monthrange(year, month + 1)[1]
    later = present.replace(year=year, month=month + 1, day=min(present.day, last_day)) + datetime.timedelta(days=days)
    return _milliseconds(later, datetime.timedelta()), own_id


# --- the lease ---------------------------------------------------------------------------------------------------


def _resource(run: Context) -> Json:
    """What the lease is for: the platform wants its id and its name."""
    if run.options.get("resource_id"):
        return {"resName": run.options["resource_name"], "resUuid": run.options["resource_id"]}
    server = run.lookup(_instances.KIND, run.options["server"], "server") or {}
    return {"resName": server.get("name"), "resUuid": server.get("id")}


def _present(run: Context, resource_id: t.Optional[str]) -> t.Optional[Json]:
    """The lease as the platform lists it; None where it lists none, so that only `id` can say which one is meant."""
    wanted_id = run.options["id"]
    try:
        listed = unnamed_list(run.client.call(LIST), "resourceTenancy")
    except CloudError as error:
        if error.status not in _NOT_LISTED:
            raise
        if run.options["extend"] or not wanted_id:
            raise OptionError(
                f"{'extend' if run.options['extend'] else 'id'}: this platform does not list leases "
                f"({error.message.rstrip('.')}), so it is not known which lease is meant, nor when it ends.",
                hint="Only a lease whose id is given can be shortened there, to an end_time.",
            ) from None
        return None
    found = [lease for lease in listed if lease.get("uuid") == wanted_id or not wanted_id]
    found = [lease for lease in found if lease.get("resUuid") == resource_id]
    if len(found) > 1:
        ids = ", ".join(sorted(str(lease.get("uuid")) for lease in found))
        raise OptionError(f"id: the resource has several leases: {ids}. Specify which one.")
    if found:
        return found[0]
    raise OptionError(f"id: there is no lease {wanted_id or ''} of the resource {resource_id}.".replace("  ", " "))


# --- changes -----------------------------------------------------------------------------------------------------


def _extend(run: Context, lease: Json, end: int, term: str) -> Json:
    wanted = {name: lease[name] for name in _REPEATED if lease.get(name) is not None}
    wanted.update(due=False, tenancyUuid=term, endTime=end)
    after = {**lease, **wanted}
    own_id = _approved(run, "extend", lease, after)
    if not run.check_mode:
        answer = run.client.call(EXTEND, body={"resourceTenancy": wanted})
        run.journal.completed_actions.append("extend")
        after.update(unwrap(answer, "resourceTenancy", "resourceTenancies") if isinstance(answer, dict) else {})
    return _result(run, "extend", lease, after, own_id)


def _shorten(
    run: Context,
    resource: Json,
    end: t.Optional[datetime.datetime],
    offset: datetime.timedelta,
    lease: t.Optional[Json] = None,
) -> Json:
    if end is None:
        raise AssertionError("a lease is shortened to an end")
    wanted = {"uuid": (lease or {}).get("uuid") or run.options["id"], **resource, "endTime": end.strftime(_FORM)}
    returned: Json = {}
    planned = {**(lease or {}), **wanted, "endTime": _milliseconds(end, offset)}
    own_id = _approved(run, "shorten", lease, planned)
    if not run.check_mode:
        answer = run.client.call(SHORTEN, body={"resourceTenancy": wanted})
        returned = unwrap(answer, "resourceTenancy", "resourceTenancies")
        run.journal.completed_actions.append("shorten")
    return _result(run, "shorten", lease, {**planned, **returned, "endTime": planned["endTime"]}, own_id)


def _approved(run: Context, action: str, before: t.Optional[Json], after: Json) -> str:
    """The identity of a change; one that is not what users want nothing else than is refused."""
    own_id, (old, new) = _plan_id(run, action, before, after), _ends(run, before, after)
    said = f"Now it is {action} of lease {new['id']} (end_time: {old.get('end_time', 'unknown')} -> {new['end_time']})."
    shown = {"before": old, "after": new}
    wish = approval.Proposal("leases", new["resource_name"], new["id"], [action], shown, said, lambda marks: own_id)
    approval.demand_approved(run, wish)
    approval.record(run, [wish])
    return own_id


def _plan_id(run: Context, action: t.Optional[str], before: t.Optional[Json], after: Json) -> str:
    """The identity of a change: which lease, and when it ends before and after it."""
    ends = [None if side is None else side.get("endTime") for side in (before, after)]
    which = [run.client.connection.url.rstrip("/").lower(), after.get("uuid"), after.get("resUuid")]
    return plan_id.digest(["lease", which, action, ends if action else None])


def _result(run: Context, action: t.Optional[str], before: t.Optional[Json], after: Json, own_id: str) -> Json:
    old, new = _ends(run, before, after)
    actions = [action] if action else []
    return with_warnings(
        run,
        {
            "changed": bool(actions),
            "actions": actions,
            "lease": {**read_object(_FIELDS, after), "end_time": new["end_time"]},
            "diff": {"before": old, "after": new},
            "plan_id": own_id,
        },
    )


def _ends(run: Context, before: t.Optional[Json], after: Json) -> list[Json]:
    """A lease before and after, for people."""
    sides = [{} if side is None else read_object(_FIELDS, side) for side in (before, after)]
    if run.options["end_time"]:
        sides[1]["end_time"] = run.options["end_time"]  # as users wrote it, in the time zone of the platform
    names = ("id", "resource_id", "resource_name", "end_time")
    return [{name: side[name] for name in names if side} for side in sides]


LEASE = ModuleDefinition(_SPEC, change, _CONSTRAINTS)
