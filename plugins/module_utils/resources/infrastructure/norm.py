# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Norms: the sizes that users may order of a resource service (section 1.6 of the reference).

A service (servers, volumes, …) has a configuration, which names the types of its sub-norms (CPU, memory, …). A single
norm is one value of one type, a combined one has a value of every type. Norms have no name: their values are what they
are known by. The reference has no update, and its creation has no answer.

Services are found by the ids of their sub-norm types, which are constants of the reference; their names are localized.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Plan, Step, Wait, gone
from ...model.resource import Resource
from ._norm_results import SERVICE_FIELDS, configuration_result
from ._norm_services import (
    KNOWN,
    LIST,
    RESOURCE_PATH,
    Configuration,
    chosen_configurations,
    chosen_norms,
    named_configuration,
    norms_of,
)
from ._norm_values import check_names, check_values, comparable, same_values

SERVICES = Operation("resource-service-list", "GET", "/os/kinton/v1/cloudos/arrange/services")
CREATE = Operation("norm-create", "POST", f"{RESOURCE_PATH}/norms/{{tenant_id}}", answers=False)
DELETE_SINGLE = Operation("norm-basic-delete", "DELETE", f"{RESOURCE_PATH}/normBasic/{{normUuid}}", answers=False)
DELETE_COMBINED = Operation("norm-advance-delete", "DELETE", f"{RESOURCE_PATH}/normAdvance/{{normUuid}}", answers=False)

# Seconds until a deleted norm must be gone from the list
_SETTLING = 5.0


class Norm(Resource):
    name = "norm"
    plural = "norms"
    id_param = "normUuid"
    identified_by = ("sub_norms", "id")
    list_operation = LIST
    create_operation = CREATE
    delete_operation = DELETE_COMBINED
    more_info_options: t.Mapping[str, t.Any] = {
        "service": {"type": "str"},
        "kind": {"type": "str", "choices": ["combined", "single"]},
        "sub_norms": {"type": "dict"},
        "gather": {
            "type": "list",
            "elements": "str",
            "choices": ["norms", "services", "configurations"],
            "default": ["norms"],
        },
    }

    fields = (
        option("id", api="uuid"),
        option("service", updatable=False, spec={"required": True}),
        option("kind", updatable=False, create_default="combined", spec={"choices": ["combined", "single"]}),
        option("sub_norms", "dict", updatable=False, required=True, equals=same_values),
        option("initial_price", "int", updatable=False, returned=False),
        option("unit_price", "int", updatable=False, returned=False),
        computed("service_id"),
        computed("norm_id"),
    )

    # --- reading

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        """The norms of a service, or of all; of a kind and with some values, where those are asked for."""
        if "norms" not in (run.options.get("gather") or ["norms"]):
            return []
        kind, values = run.options.get("kind"), comparable(run.options.get("sub_norms"))
        entries = chosen_norms(run)
        return [
            entry
            for entry in entries
            if kind in (None, entry["kind"]) and values.items() <= comparable(entry["sub_norms"]).items()
        ]

    def find(self, run: Context) -> Observation:
        """By id, else the one of exactly these values."""
        entries = norms_of(run, named_configuration(run))
        if run.options.get("id") is not None:
            found = [entry for entry in entries if entry["uuid"] == run.options["id"]]
        else:
            found = [entry for entry in entries if self._is_meant(run, entry)]
        if len(found) > 1:
            ids = ", ".join(sorted(entry["uuid"] for entry in found))
            raise OptionError(f"sub_norms: there are {len(found)} norms of these values: {ids}. Specify `id`.")
        return Observation(self.read(found[0]), found[0]) if found else Observation()

    def _is_meant(self, run: Context, entry: Json) -> bool:
        values = run.options.get("sub_norms") or {}
        return entry["kind"] == (run.options.get("kind") or "combined") and same_values(entry["sub_norms"], values)

    def fetch(self, run: Context, found: Observation) -> t.Optional[Observation]:
        """By its id, from the list: nothing reads a single norm."""
        entries = chosen_norms(run)
        return next((self.seen(run, entry) for entry in entries if found and entry["uuid"] == found["id"]), None)

    def extra_results(self, run: Context, objects: list[Json]) -> Json:
        """The services and the configurations, where they are asked for."""
        asked = run.options["gather"]
        gathered = {}
        if "services" in asked:
            services = run.client.list_all(SERVICES, None)
            gathered["services"] = [{field.name: field.read(raw) for field in SERVICE_FIELDS} for raw in services]
        if "configurations" in asked:
            gathered["configurations"] = [
                configuration_result(configuration) for configuration in chosen_configurations(run)
            ]
        return gathered

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        values, single = run.options.get("sub_norms"), run.options.get("kind") == "single"
        if values is not None:
            check_values(values)
        known = KNOWN.get(run.options["service"])
        if known and values is not None:
            check_names(known.types, values, single, partial=run.options.get("id") is not None)
        for name in ("initial_price", "unit_price"):
            price = run.options.get(name)
            if price is not None and (price < 0 or single):
                raise OptionError(f"{name}: only a combined norm has a price, and it is not below 0.")

    def desired(self, run: Context, current: Observation) -> Json:
        """Values that are not given are those of the norm that the id means."""
        configuration, desired = named_configuration(run), super().desired(run, current)
        if desired["sub_norms"] is not None:
            desired["sub_norms"] = {**(current.get("sub_norms") or {}), **desired["sub_norms"]}
            single = (desired["kind"] or current.get("kind")) == "single"
            check_names(configuration.types, desired["sub_norms"], single)
        return {**desired, "service": configuration.service}

    def options_of_successor(self, run: Context, plan: Plan) -> Json:
        """A norm is found by all of its values, also those that it takes over."""
        after = plan.after or {}
        return {**super().options_of_successor(run, plan), "kind": after["kind"], "sub_norms": after["sub_norms"]}

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        configuration = named_configuration(run)
        after = super().predict(run, current, desired)
        places = {"service_id": configuration.service_id, "norm_id": configuration.norm_id}
        return {**after, **places, "sub_norms": comparable(after["sub_norms"])}

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        """Values are numbers in the reference's example and text in its table, so text is tried after a refusal."""
        configuration, values = named_configuration(run), comparable(desired["sub_norms"])
        bodies = [
            _body(configuration, desired, {name: spell(value) for name, value in values.items()})
            for spell in (lambda value: value, str)
        ]
        instead = bodies[1] if bodies[1] != bodies[0] else None
        return [Step("create", CREATE, body=bodies[0], fallback_body=instead, creates=True)]

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        operation = DELETE_COMBINED if current["kind"] == "combined" else DELETE_SINGLE
        return [Step("delete", operation, wait=Wait(gone, first=0.0, timeout=_SETTLING))]


def _body(configuration: Configuration, desired: Json, values: Json) -> Json:
    """The body of a creation; `models` is the same for both kinds."""
    body: dict[str, t.Any] = {"serviceUuid": configuration.service_id, "models": ["advance"]}
    if configuration.raw.get("normName"):
        body["normName"] = configuration.raw["normName"]
    if configuration.is_host:
        body["uuid"] = configuration.norm_id
    if desired["kind"] == "single":
        ((name, value),) = values.items()
        content = {"valueType": "dispersed", "normValue": str(value)}
        return {**body, "basics": [{"subNormUuid": configuration.types[name], "subNormContent": content}]}
    norm: dict[str, t.Any] = {
        "subNorms": [{"uuid": configuration.types[name], "value": value} for name, value in values.items()]
    }
    for name, member in (("initial_price", "initPrice"), ("unit_price", "unitPrice")):
        if desired.get(name) is not None:
            norm[member] = desired[name]
    return {**body, "advances": [norm]}


NORM = Norm()
