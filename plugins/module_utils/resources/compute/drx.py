# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""DRX: servers that are added to a load balancer and taken away by load (section 1.17 of the reference).

The listener's id is the id of its DRX. All numbers are texts. The platform keeps its counters and the present seed
node among the settings: they are never compared, and an update sends them as just read.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import is_to_be_created
from ...model.context import Context
from ...model.field import Field, computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.resource import Resource
from .. import _instances

_CONFIGURATIONS = "/os/kinton/v1/h3cloudos/drx-configuration"
_CONFIGURATION = f"{_CONFIGURATIONS}/{{uuid}}"

LIST = Operation("drx-list", "GET", _CONFIGURATIONS)
GET = Operation("drx-get", "GET", _CONFIGURATION)
CREATE = Operation("drx-create", "POST", _CONFIGURATIONS)
UPDATE = Operation("drx-update", "PUT", _CONFIGURATION)
DELETE = Operation("drx-delete", "DELETE", _CONFIGURATION, answers=False)

_STATUS = {True: "active", False: "inactive"}
# What a new one is, and where its counters begin.
_NEW = {"visitCount_extend": "0", "visitCount_reduce": "0", "operationType": "autoScaling"}
_TYPE = "LoadBalancer"
_LONGEST = 255

# Pairs of thresholds, and the largest value of each.
_THRESHOLDS = {"cpu": 100, "memory": 100, "connections": None}
_LEAST = {"occurrences": 1, "interval": 1, "cooldown": 0, "max_members": 1}


def _number(name: str, api: str) -> Field:
    return option(name, "int", api=f"info_value/{api}", sent_as="str")


class Drx(Resource):
    name = "drx"
    plural = "drx_configurations"
    wrapper = "extraInfos"
    list_key = "extraInfos"
    id_param = "uuid"
    identified_by = ("id",)
    accepts_client_id = True
    shares_list = True
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE

    fields = (
        option("id", api="uuid", min_length=1, max_length=_LONGEST, spec={"required": True}),
        option("description", api="info_desc", max_length=_LONGEST),
        option("enabled", "bool", api="info_value/status", enum=_STATUS, create_default=True),
        option("pool", api="info_value/poolId", required=True, max_length=_LONGEST),
        option("server", api="info_value/instanceUuid", returned=False, reference=_instances.KIND, required=True),
        option("member", api="info_value/memberUuid", returned=False, required=True, max_length=_LONGEST),
        _number("max_members", "max_extend_members"),
        _number("cpu_scale_out", "cpuUtilThreshold"),
        _number("cpu_scale_in", "cpuUtilReduceThreshold"),
        _number("memory_scale_out", "memoryUtilThreshold"),
        _number("memory_scale_in", "memoryUtilReduceThreshold"),
        _number("connections_scale_out", "tcpConnectionUtilThreshold"),
        _number("connections_scale_in", "tcpConnectionUtilReduceThreshold"),
        _number("occurrences", "visitCountThreshold"),
        _number("interval", "interval"),
        _number("cooldown", "waitingTime"),
        computed("type", api="info_type"),
        computed("database_id", api="id"),
        computed("seed_server_id", api="info_value/instanceUuid"),
        computed("seed_server_name", api="info_value/serverName"),
        computed("seed_member_id", api="info_value/memberUuid"),
        computed("previous_server_id", api="info_value/oldInstanceUuid"),
        computed("scale_out_count", "int", api="info_value/visitCount_extend"),
        computed("scale_in_count", "int", api="info_value/visitCount_reduce"),
    )

    @property
    def noun(self) -> str:
        return "DRX"

    def find(self, run: Context) -> Observation:
        """From the list, which the items of a loop share."""
        return self.select_one(run, self.search(run))

    # --- planning

    def check(self, run: Context) -> None:
        if run.options["state"] == "absent":
            return
        super().check(run)
        for name, value in _numbers(run.options):
            least, largest = _LEAST.get(name, 0), _THRESHOLDS.get(name.partition("_")[0])
            if value < least or (largest is not None and value > largest):
                limits = f"at least {least}" if largest is None else f"from {least} to {largest}, a percentage"
                raise OptionError(f"{name}: {value} has to be {limits}.")

    def desired(self, run: Context, current: Observation) -> Json:
        """The seed node is looked up for a new DRX only: later it is the platform's."""
        given = {field.name: run.options.get(field.name) for field in self.fields if field.option is not None}
        return given if current else super().desired(run, current)

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is not None:
            _check_pairs(desired, {**current, **{name: value for name, value in desired.items() if value is not None}})

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        if not current:
            server = None if is_to_be_created(desired["server"]) else desired["server"]
            after.update(type=_TYPE, seed_server_id=server, seed_member_id=desired["member"])
            after.update(previous_server_id=server, scale_out_count=0, scale_in_count=0)
        return after

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        body = self.body(desired)
        seed = desired["server"]
        body["info_type"] = _TYPE
        body["info_value"].update(_NEW, monitorUuid=desired["id"], oldInstanceUuid=seed, serverName=_name(run, seed))
        return [Step("create", CREATE, body={"extraInfos": body}, creates=True)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        """The whole DRX as it was just returned, with what has to change; what was never set has no text to send."""
        if not changes:
            return []
        body = _set(current.raw)
        for field in self.fields:
            if field.name in changes:
                field.write(body, desired[field.name])
        return [Step("update", UPDATE, body={"extraInfos": body})]


def _set(values: Json) -> Json:
    return {
        name: _set(value) if isinstance(value, dict) else value for name, value in values.items() if value is not None
    }


def _name(run: Context, server: str) -> str:
    """The name of the seed node, which the platform wants beside its id."""
    entry = None if is_to_be_created(server) else run.lookup(_instances.KIND, server, "server")
    return server if entry is None else str(entry["name"])


def _numbers(options: t.Mapping[str, t.Any]) -> t.Iterator[tuple[str, int]]:
    thresholds = [f"{what}_scale_{way}" for what in _THRESHOLDS for way in ("out", "in")]
    for name in (*thresholds, *_LEAST):
        if options.get(name) is not None:
            yield name, options[name]


def _check_pairs(given: Json, after: Json) -> None:
    """Nothing may be added and taken away at the same load."""
    for what in _THRESHOLDS:
        more, less = f"{what}_scale_out", f"{what}_scale_in"
        if given[more] is None and given[less] is None:
            continue
        if isinstance(after.get(more), int) and isinstance(after.get(less), int) and after[less] >= after[more]:
            raise OptionError(f"{less}: {after[less]} has to be less than {more}, which is {after[more]}.")


DRX = Drx()
