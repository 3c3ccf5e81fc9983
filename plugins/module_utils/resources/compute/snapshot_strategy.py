# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Snapshot strategies: snapshots of servers at certain times (section 1.10 of the reference, items 1 to 5).

The platform writes every number as a text, and wants the whole strategy for a change. Only the list reports what
exists: for one that does not, reading it alone answers 500.
"""

from __future__ import annotations

import re
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.responses import as_list
from ...model.context import Context
from ...model.field import Field, computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.resource import Resource
from .. import _instances
from ..infrastructure import references as zones

_STRATEGIES = "/os/compute/v1/cloudos/virtual/snapshot/strategy"
_STRATEGY = f"{_STRATEGIES}/{{res_uuid}}"

LIST = Operation("snapshot-strategy-list", "GET", _STRATEGIES)
GET = Operation("snapshot-strategy-get", "GET", _STRATEGY)
CREATE = Operation("snapshot-strategy-create", "POST", _STRATEGIES)
UPDATE = Operation("snapshot-strategy-update", "PUT", _STRATEGY, answers=False)
DELETE = Operation("snapshot-strategy-delete", "DELETE", _STRATEGY, answers=False)

_FLAG = {True: "1", False: "0"}
_FREQUENCIES = {"month": "0", "week": "1", "day": "2"}
_DAYS = {"week": 7, "month": 31}
# A daily strategy has no day; the platform wants one all the same.
_ANY_DAY = "1"
_SEPARATOR = ";"

_NAME = re.compile(r"[\u4e00-\u9fffA-Za-z0-9_.-]{1,32}")
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")

_SCHEDULE_OPTIONS = {
    "every": {"type": "str", "choices": ["day", "week", "month"]},
    "day": {"type": "int"},
    "at": {"type": "str"},
}


class SnapshotStrategy(Resource):
    name = "snapshot_strategy"
    plural = "snapshot_strategies"
    id_param = "res_uuid"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    wraps_body = False
    shares_list = True
    of_project = True
    owner_path = "tenantId"
    not_found_statuses = frozenset({404, 500})

    fields = (
        option("id", api="uuid"),
        option("name", required=True),
        option("description", api="desc", max_length=120),
        option("enabled", "bool", api="state", enum=_FLAG, create_default=True),
        option("schedule", "dict", required=True, spec={"options": _SCHEDULE_OPTIONS}),
        option("max_snapshots", "int", api="maxSnapshotNum", sent_as="str", required=True),
        option("memory", "bool", api="flag", enum=_FLAG, create_default=False),
        option("availability_zones", "list", required=True, reference=zones.KIND, spec={"elements": "str"}),
        option("servers", "list", reference=_instances.KIND, spec={"elements": "str"}),
        computed("number", api="id"),
        computed("availability_zone_names", api="labelZones"),
        computed("project", api="tenantName"),
        computed("project_id", api="tenantId"),
    )
    more_options = {
        "purge_availability_zones": {"type": "bool", "default": False},
        "purge_servers": {"type": "bool", "default": False},
    }

    # --- reading

    def read(self, raw: Json) -> Json:
        found = super().read(raw)
        found["schedule"] = _schedule_of(raw)
        found["availability_zones"] = [text for text in str(raw.get("labelZoneIds") or "").split(_SEPARATOR) if text]
        found["servers"] = [str(entry.get("uuid")) for entry in as_list(raw, "snapStrategyVm")]
        return found

    def fetch(self, run: Context, found: Observation) -> t.Optional[Observation]:
        """By its id. A 500 may also mean that it cannot be read now, so the list has the last word."""
        if not found:
            return None
        try:
            entries = [self.unwrap(run.client.call(GET, {"res_uuid": found["id"]}))]
        except CloudError as error:
            if error.status not in self.not_found_statuses:
                raise
            entries = run.client.list_all(LIST, None) if error.status == 500 else []
        return next((self.seen(run, raw) for raw in entries if self.id_of(raw) == found["id"]), None)

    # --- planning

    def check(self, run: Context) -> None:
        if run.options["state"] == "absent":
            return
        super().check(run)
        options = run.options
        if options["name"] is not None and not _NAME.fullmatch(options["name"]):
            raise OptionError(
                f"name: {options['name']!r} may have 1 to 32 Chinese characters, letters, digits, hyphens, underscores "
                "and dots."
            )
        if options["max_snapshots"] is not None and options["max_snapshots"] < 1:
            raise OptionError(f"max_snapshots: {options['max_snapshots']} is too small; the least is 1.")
        if options["availability_zones"] == [] and options["purge_availability_zones"]:
            raise OptionError("availability_zones: a strategy needs at least one.")
        _check_schedule(options["schedule"] or {})

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        if desired["schedule"] is not None:
            desired["schedule"] = _merged(current.get("schedule") or {}, desired["schedule"])
        return desired

    def missing(self, run: Context, desired: Json) -> list[str]:
        missing = super().missing(run, desired)
        return missing if desired["availability_zones"] != [] else [*missing, "availability_zones"]

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        if not current:
            after.update(project=run.client.project_name, project_id=run.client.project_id)
            after["servers"] = after["servers"] or []
        elif desired.get("availability_zones") is not None:
            after["availability_zone_names"] = None
        return after

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        after = self.predict(run, current.gone(), desired)
        return [Step("create", CREATE, body={**_members(after), **_owner(after)}, creates=True)]

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if changes and desired and desired["schedule"] is None and current["schedule"] is None:
            raise OptionError(
                f"schedule: it is needed to change {', '.join(sorted(changes))} of the strategy {current['name']}.",
                hint="The platform takes a strategy only as a whole, and does not report when this one is to run.",
            )

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        after = self.predict(run, current, {name: desired[name] for name in changes})
        body = {"uuid": current["id"], "id": current["number"], **_members(after), **_owner(after)}
        if after["availability_zone_names"] is not None:
            body["labelZones"] = after["availability_zone_names"]
        for entry in body["snapStrategyVm"]:
            entry["snapStrategyId"] = current["number"]
        return [Step("update", UPDATE, body=body)]


# --- the platform's form -----------------------------------------------------------------------------------------


def _members(strategy: Json) -> Json:
    """What every request for a strategy holds."""
    body: dict[str, t.Any] = {}
    for name in ("name", "description", "enabled", "max_snapshots", "memory"):
        value = strategy[name]
        _FIELDS[name].write(body, "" if value is None else value)
    schedule = strategy["schedule"]
    hour, _colon, minutes = schedule["at"].partition(":")
    return {
        **body,
        "frequency": _FREQUENCIES.get(schedule["every"], schedule["every"]),
        "day": _ANY_DAY if schedule["day"] is None else str(schedule["day"]),
        "hour": str(int(hour)),
        "minutes": str(int(minutes)),
        "labelZoneIds": _SEPARATOR.join(strategy["availability_zones"]),
        "snapStrategyVm": [{"uuid": server} for server in strategy["servers"]],
    }


def _owner(strategy: Json) -> Json:
    owner = {"tenantId": strategy["project_id"], "tenantName": strategy["project"]}
    return {name: value for name, value in owner.items() if value is not None}


_FREQUENCY = Field("every", api=("frequency",), enum=_FREQUENCIES)
_DAY, _HOUR, _MINUTES = Field("day", "int"), Field("hour", "int"), Field("minutes", "int")


def _schedule_of(raw: Json) -> t.Optional[Json]:
    """When the snapshots are made, in the words of the option; None where the platform does not return it."""
    every, hour, minutes = _FREQUENCY.read(raw), _HOUR.read(raw), _MINUTES.read(raw)
    if every is None or not isinstance(hour, int) or not isinstance(minutes, int):
        return None
    return {"every": every, "day": None if every == "day" else _DAY.read(raw), "at": f"{hour:02d}:{minutes:02d}"}


# --- schedules of users ------------------------------------------------------------------------------------------


def _check_schedule(given: Json) -> None:
    every, day, at = given.get("every"), given.get("day"), given.get("at")
    if at is not None and not _TIME.fullmatch(at):
        raise OptionError(
            f"schedule.at: {at!r} is not a valid time of day.",
            hint='Write it in quotes, as in at: "02:30"; YAML reads more into it.',
        )
    if day is not None and not 1 <= day <= _DAYS["month"]:
        raise OptionError(f"schedule.day: {day} has to be 1 to 7 for every week, 1 to 31 for every month.")
    if every is not None and day is not None:
        _check_day(every, day)


def _check_day(every: str, day: t.Optional[int]) -> None:
    if every == "day" and day is not None:
        raise OptionError("schedule.day: only a strategy for every week or month has a day.")
    if every in _DAYS and (day is None or not 1 <= day <= _DAYS[every]):
        given = "is missing" if day is None else f"is {day}"
        raise OptionError(f"schedule.day {given}; for every {every} it has to be 1 to {_DAYS[every]}.")


def _merged(current: Json, given: Json) -> Json:
    """The whole schedule: what is given, and else what is there; another rhythm needs its own day."""
    wanted = {name: value for name, value in given.items() if value is not None}
    merged = {**dict.fromkeys(_SCHEDULE_OPTIONS), **current, **wanted}
    if merged["every"] != current.get("every"):
        merged["day"] = wanted.get("day")
    lacking = [f"schedule.{name}" for name in ("every", "at") if merged[name] is None]
    if lacking:
        raise OptionError(f"A new snapshot strategy needs {' and '.join(lacking)}.")
    _check_day(merged["every"], merged["day"])
    hour, _colon, minutes = merged["at"].partition(":")
    return {**merged, "at": f"{int(hour):02d}:{minutes}"}


SNAPSHOT_STRATEGY = SnapshotStrategy()
_FIELDS = {field.name: field for field in SnapshotStrategy.fields}
