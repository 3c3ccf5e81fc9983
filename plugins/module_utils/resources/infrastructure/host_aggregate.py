# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Host aggregates: compute nodes that form an availability zone, or a part of one (section 1.14 of the reference).

The reference can add a host and not remove one. OpenStack's own action is sent for that, at the same path; where the
platform refuses it, the error says so.
"""

from __future__ import annotations

import functools
import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import is_to_be_created
from ...model.coercion import coerce
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from ...model.resource import Resource
from .. import _labels, _zones

_AGGREGATES = "/os/compute/v1/v2/{tenant_id}/os-aggregates"
_AGGREGATE = f"{_AGGREGATES}/{{id}}"

LIST = Operation("aggregate-list", "GET", _AGGREGATES)
GET = Operation("aggregate-get", "GET", _AGGREGATE)
CREATE = Operation("aggregate-create", "POST", _AGGREGATES)
UPDATE = Operation("aggregate-update", "PUT", _AGGREGATE)
DELETE = Operation("aggregate-delete", "DELETE", _AGGREGATE, answers=False)
ADD_HOST = Operation("aggregate-add-host", "POST", f"{_AGGREGATE}/action")
SET_METADATA = Operation("aggregate-set-metadata", "POST", f"{_AGGREGATE}/action")
REMOVE_HOST = Operation("aggregate-remove-host", "POST", f"{_AGGREGATE}/action")

# The member of its metadata that says in which zone an aggregate is.
_ZONE_KEY = "availability_zone"
_ZONE = re.compile(r"(?!nova$)[A-Za-z0-9_]{1,16}")


class HostAggregate(Resource):
    name = "host_aggregate"
    plural = "host_aggregates"
    wrapper = "aggregate"
    list_key = "aggregates"
    id_param = "id"
    shares_list = True
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=16),
        option(
            "availability_zone", api=("availability_zone", "metadata/availability_zone"), required=True, min_length=1
        ),
        option("hosts", "list", purged_by="hosts_exact", min_length=1, max_length=255, spec={"elements": "str"}),
        option("metadata", "dict", protected_keys=frozenset({_ZONE_KEY})),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )
    more_options = {
        "hosts_exact": {"type": "bool", "default": False},
        "purge_metadata": {"type": "bool", "default": False},
    }

    # --- reading

    def read(self, raw: Json) -> Json:
        """The answer to a creation returns neither hosts nor metadata."""
        found = super().read(raw)
        zone = found["availability_zone"]
        found["metadata"] = found["metadata"] or ({_ZONE_KEY: zone} if zone else {})
        return {**found, "hosts": found["hosts"] or []}

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        return [raw for raw in entries if coerce(raw.get("deleted"), "bool") is not True]

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        _labels.check("metadata", run.options.get("metadata"), _labels.NOVA_KEY)
        if _ZONE_KEY in (run.options.get("metadata") or {}):
            raise OptionError(f"metadata: {_ZONE_KEY} is an option of its own.")

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        zone = desired["availability_zone"]
        if zone and zone != current.get("availability_zone"):
            chosen = _zones.zone_named(run, zone)
            desired["availability_zone"] = chosen["zone"]
            # What check mode does not find yet may be an alias.
            if not is_to_be_created(chosen["id"]) and not _ZONE.fullmatch(chosen["zone"]):
                raise OptionError(f"availability_zone: {zone!r} cannot be the zone of an aggregate.")
        if desired["metadata"] is not None:
            desired["metadata"] = _labels.texts(desired["metadata"])
        if desired["hosts"] is not None:
            desired["hosts"] = list(dict.fromkeys(desired["hosts"]))
        return desired

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        after["metadata"] = {**(after["metadata"] or {}), _ZONE_KEY: after["availability_zone"]}
        return {**after, "hosts": after["hosts"] or []}

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None:
            _demand_empty(run, current)
        elif not current or changes & {"availability_zone", "hosts"}:
            wanted = {name: value for name, value in desired.items() if name in changes or not current}
            after = self.predict(run, current, wanted)
            self._demand_one_zone(run, current, after["availability_zone"], after["hosts"])

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        create = Step("create", CREATE, body=_body(desired), creates=True)
        return [create, *_labelling(desired.get("metadata") or {}, []), *_adding(desired.get("hosts") or [])]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = []
        if changes & {"name", "availability_zone"}:
            given = {name: value for name, value in desired.items() if value is not None}
            steps.append(Step("update", UPDATE, body=_body({**current, **given})))
        if "metadata" in changes:
            labels, present = desired["metadata"], current["metadata"]
            surplus = _labels.surplus(present, labels, {_ZONE_KEY}) if run.options["purge_metadata"] else []
            steps += _labelling(labels, surplus)
        if "hosts" in changes:
            wanted, present = desired["hosts"], current["hosts"]
            steps += _adding(host for host in wanted if host not in present)
            if run.options["hosts_exact"]:
                steps += _removing(host for host in present if host not in wanted)
        return steps

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        return [*_removing(current["hosts"]), *super().delete_steps(run, current)]

    def _demand_one_zone(self, run: Context, current: Observation, zone: t.Optional[str], hosts: list[str]) -> None:
        """A host is in one availability zone only, whatever the number of its aggregates."""
        present: Json = current or {"id": None, "availability_zone": None, "hosts": []}
        joining = [host for host in hosts if zone != present["availability_zone"] or host not in present["hosts"]]
        if not zone or not joining:
            return
        for other in map(self.read, self.search(run)):
            shared = [host for host in joining if host in other["hosts"]]
            if shared and other["id"] != present["id"] and other["availability_zone"] not in (None, zone):
                raise OptionError(
                    f"availability_zone: {', '.join(shared)} cannot be in the zone {zone}; the host aggregate "
                    f"{other['name']} ({other['id']}) has it in {other['availability_zone']}."
                )


def _demand_empty(run: Context, current: Json) -> None:
    if current["hosts"] and not run.options["hosts_exact"]:
        raise OptionError(
            f"The host aggregate {current['name']} ({current['id']}) is not empty, and only an empty one can be "
            f"deleted. It has: {', '.join(current['hosts'])}.",
            hint="hosts_exact: true removes its hosts first.",
        )


def _body(wanted: Json) -> Json:
    """Name and zone, always both: what is left out may be lost. An aggregate of OpenStack may have no zone."""
    return {"aggregate": {name: wanted[name] for name in ("name", "availability_zone") if wanted[name] is not None}}


def _labelling(labels: Json, surplus: list[str]) -> list[Step]:
    """Set labels, and remove others in the same request."""
    if not labels and not surplus:
        return []
    body = {"set_metadata": {"metadata": {**labels, **dict.fromkeys(surplus)}}}
    proof = Wait(_labels.evaluate("metadata", labels, surplus))
    return [Step("set_metadata", SET_METADATA, body=body, proof=proof, hint=OF_OPENSTACK)]


def _adding(hosts: t.Iterable[str]) -> list[Step]:
    return [Step("add_host", ADD_HOST, body={"add_host": {"host": host}}, proof=_proof(host, True)) for host in hosts]


def _removing(hosts: t.Iterable[str]) -> list[Step]:
    hint = (
        "CloudOS documents no way to take a host out of an aggregate; OpenStack's own was tried, and this platform "
        "refuses it."
    )
    bodies = {host: {"remove_host": {"host": host}} for host in hosts}
    return [
        Step("remove_host", REMOVE_HOST, body=body, proof=_proof(host, False), hint=hint)
        for host, body in bodies.items()
    ]


def _proof(host: str, there: bool) -> Wait:
    return Wait(functools.partial(_has_host, host, there))


def _has_host(host: str, there: bool, seen: t.Optional[Json]) -> Outcome:
    return READY if (host in ((seen or {}).get("hosts") or [])) == there else PENDING


HOST_AGGREGATE = HostAggregate()
