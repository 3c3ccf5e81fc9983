# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Availability zones: where servers and volumes are placed (section 1.7 of the reference).

An update is a PUT on the collection of the whole zone, its id among it. The zones of a project are listed
here (1.18.7); what assigns them is an option of the project.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import is_to_be_created
from ...cloud.responses import as_list
from ...model.coercion import dig, same_word
from ...model.context import Context
from ...model.declaration import Filter
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.resource import Resource
from .._projects import KIND as PROJECT_KIND
from .references import ASSIGNMENT_KIND, LIST, PROJECT_ZONES, ZONES, is_of

_PROJECT = "/os/compute/v1/v2/{tenant_id}"

GET = Operation("azone-get", "GET", f"{ZONES}/{{azone_id}}")
CREATE = Operation("azone-create", "POST", ZONES)
UPDATE = Operation("azone-update", "PUT", ZONES)
DELETE = Operation("azone-delete", "DELETE", f"{ZONES}/{{azone_id}}", answers=False)
POOLS = Operation("host-pool-list", "GET", f"{_PROJECT}/hostpool/{{hostName}}")


def _by_target(id: str, path: str) -> dict[str, Operation]:
    """An operation for each of the two services that answer it, which a header selects."""
    return {
        target: Operation(id, "GET", path, headers={"H3CloudOS-Core-Target": target})
        for target in ("compute", "block_storage")
    }


SERVICES = _by_target("os-service-list", f"{_PROJECT}/os-services")
HOSTS = _by_target("os-host-list", f"{_PROJECT}/os-hosts")

_NAME = re.compile(r"[A-Za-z0-9_]{1,16}")
_ALIAS = re.compile(r'(?!\.)[^/:*?"<>|\u3000\uff00-\uffef]{1,32}(?<!\.)')

_SERVICE = (
    computed("id", "int"),
    computed("host"),
    computed("binary"),
    computed("status"),
    computed("state"),
    computed("disabled_reason"),
    computed("updated", "time", api="updated_at"),
)
_HOST = (computed("name", api="host_name"), computed("service"))
_POOL = (
    computed("name"),
    computed("type"),
    computed("path"),
    computed("active", "bool", api="status"),
    computed("total_mb", "int", api="totalSize"),
    computed("free_mb", "int", api="freeSize"),
    computed("allocated_mb", "int", api="preAllocation"),
)


class AvailabilityZone(Resource):
    name = "availability_zone"
    plural = "availability_zones"
    id_param = "azone_id"
    shares_list = True
    wraps_body = False
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    filters: t.Mapping[str, Filter] = {
        "resource_type": Filter("resourceType"),
        "project": Filter("targets", reference=PROJECT_KIND),
    }
    more_info_options: t.Mapping[str, t.Any] = {
        "gather": {
            "type": "list",
            "elements": "str",
            "choices": ["services", "hosts", "storage_pools", "projects"],
            "default": [],
        },
    }

    fields = (
        option("id"),
        option("name", api="zone", required=True),
        option("alias", api="labelName"),
        option("virt_type", api="virtType", required=True, equals=same_word, min_length=1, max_length=255),
        option(
            "resource_type", api="resourceType", create_default="nova", equals=same_word, min_length=1, max_length=255
        ),
        computed("description"),
    )

    # --- reading

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        """All zones, or those of a read-only module's filters: the type is not asked of the platform."""
        project_id, kind = (query or {}).get("targets"), (query or {}).get("resourceType")
        zones = zones_of(run, project_id) if project_id else super().search(run)
        return [zone for zone in zones if kind is None or is_of(zone, kind)]

    def select_one(self, run: Context, entries: list[Json]) -> Observation:
        """By the name of the platform, not the alias; a zone of another type than the given one is another zone."""
        named = [{**zone, "name": zone.get("zone")} for zone in entries]
        kind = run.options.get("resource_type")
        if kind and not run.options.get("id"):
            named = [zone for zone in named if not zone.get("resourceType") or is_of(zone, kind)]
        return super().select_one(run, named)

    def enrich_all(self, run: Context, objects: list[Json]) -> list[Json]:
        """What is gathered is read once for all zones, apart from storage pools: once for each host."""
        for name in run.options.get("gather") or []:
            add = _GATHER[name]
            objects = [{**zone, name: entries} for zone, entries in zip(objects, add(run, objects))]
        return objects

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        name, alias = run.options.get("name"), run.options.get("alias")
        if name is not None and (not _NAME.fullmatch(name) or name == "nova"):
            raise OptionError(f"name: {name!r} may have 1 to 16 letters, digits and underscores, and is not 'nova'.")
        if alias is not None and not _ALIAS.fullmatch(alias):
            raise OptionError(
                f'alias: {alias!r} may have 1 to 32 characters, none full-width and none of / : * ? " < > |, '
                "no dot at its ends."
            )

    def initial_values(self, run: Context) -> Json:
        """The alias is mandatory; the name is the only one that is sure to be allowed."""
        return {**super().initial_values(run), "alias": run.options.get("name")}

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        after = self.predict(run, current, {name: desired[name] for name in changes})
        return [Step("update", UPDATE, body=self.body({**after, "alias": after["alias"] or after["name"]}))]


# --- gathering ---------------------------------------------------------------------------------------------------


def _target(zone: Json) -> str:
    return "block_storage" if str(zone["resource_type"]).lower() == "cinder" else "compute"


def _returned_for(
    run: Context, operations: dict[str, Operation], zones: list[Json], keys: tuple[str, ...]
) -> list[list[Json]]:
    """The entries of a list for each of the zones; each of the two services is asked once, if it is needed."""
    answers = {target: run.client.call(operations[target]) for target in sorted({_target(zone) for zone in zones})}
    returned = {target: [entry for key in keys for entry in as_list(answer, key)] for target, answer in answers.items()}
    return [[entry for entry in returned[_target(zone)] if entry.get("zone") == zone["name"]] for zone in zones]


def _services(run: Context, zones: list[Json]) -> list[list[Json]]:
    returned = _returned_for(run, SERVICES, zones, ("services",))
    return [[{field.name: field.read(entry) for field in _SERVICE} for entry in entries] for entries in returned]


def _hosts(run: Context, zones: list[Json]) -> list[list[Json]]:
    """In the reference's example the list of hosts is called services."""
    returned = _returned_for(run, HOSTS, zones, ("services", "hosts"))
    return [
        [{"name": entry.get("host_name"), "service": entry.get("service")} for entry in entries] for entries in returned
    ]


def _storage_pools(run: Context, zones: list[Json]) -> list[list[Json]]:
    """The pools of each host of the zones; a host of which the platform knows none has none."""
    pools: dict[str, list[Json]] = {}
    gathered = []
    for hosts in _hosts(run, zones):
        names = list(dict.fromkeys(str(host["name"]) for host in hosts if host["name"]))
        for name in names:
            if name not in pools:
                pools[name] = list(_pools_of(run, name))
        gathered.append([pool for name in names for pool in pools[name]])
    return gathered


def _pools_of(run: Context, host: str) -> t.Iterator[Json]:
    try:
        answer = run.client.call(POOLS, {"hostName": host}, query={"all": "yes"})
    except CloudError as error:
        if error.status != 404:
            raise
        return
    for place in as_list(answer, "hostpool"):
        where = {"host": host, "cluster": place.get("clusterName"), "node": place.get("nodename")}
        for pool in as_list(place, "storagePools"):
            yield {**where, "host_pool": place.get("hpName"), **{field.name: field.read(pool) for field in _POOL}}


def zones_of(run: Context, project_id: str) -> list[Json]:
    """The zones that are assigned to a project, which check mode may yet have to create."""
    if is_to_be_created(project_id):
        return []
    own = [entry for entry in _assignments(run, project_id) if _project_of(entry) == project_id]
    return [{"id": entry.get("actorId"), **(entry.get("azone") or {})} for entry in own]


def _assignments(run: Context, project_id: str) -> list[Json]:
    """The assignments of zones to a project, perhaps among others: many projects share one list."""
    if run.full_listing or run.is_one_of_many:
        listed = _assignments_of_all(run)
        projects = {_project_of(entry) for entry in listed}
        if project_id in projects or len(projects) > 1:
            return listed
    # Also where the list of all shows that it may not be one of all.
    return run.client.list_all(PROJECT_ZONES, "assigments", query={"targets": project_id})


def _assignments_of_all(run: Context) -> list[Json]:
    """Those of all projects; none where the platform lists those of one project only."""
    if PROJECT_ZONES.id in run.client.refusals:
        return []
    try:
        return run.entries(ASSIGNMENT_KIND)
    except CloudError as error:
        if error.status not in (400, 403):
            raise
        run.client.refusals[PROJECT_ZONES.id] = error
        return []


def _project_of(assignment: Json) -> str:
    return str(assignment.get("targetId") or dig(assignment, "project/id"))


def _projects(run: Context, zones: list[Json]) -> list[list[Json]]:
    """The projects that the zones are assigned to, of all that the user can see or of the one that was asked for."""
    wanted = run.options.get("project")
    if wanted:
        entry = run.lookup(PROJECT_KIND, wanted, "project")
        candidates = [entry] if entry else []
    else:
        candidates = run.entries(PROJECT_KIND)
    run = dataclasses.replace(run, is_one_of_many=len(candidates) > 1)
    assigned = {entry["id"]: {zone["id"] for zone in zones_of(run, entry["id"])} for entry in candidates}
    return [
        [{"id": entry["id"], "name": entry["name"]} for entry in candidates if zone["id"] in assigned[entry["id"]]]
        for zone in zones
    ]


_GATHER: dict[str, t.Callable[[Context, list[Json]], list[list[Json]]]] = {
    "services": _services,
    "hosts": _hosts,
    "storage_pools": _storage_pools,
    "projects": _projects,
}

AVAILABILITY_ZONE = AvailabilityZone()
