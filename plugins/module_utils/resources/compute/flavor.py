# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Flavors: the sizes of servers (section 1.16 of the reference).

The reference has neither update nor delete. The DELETE that OpenStack has at the path of a flavor is sent for
`state: absent`; where the platform refuses it, the error says so. What OpenStack can change of a flavor stands in
_flavor_parts.
"""

from __future__ import annotations

import dataclasses
import random
import typing as t

from ...cloud.errors import OptionError
from ...cloud.hints import members_of_openstack
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.reference import Reference
from ...model.resource import Resource
from .. import _aliases, _labels, _projects
from . import _flavor_parts, _microversion

_FLAVORS = "/os/compute/v1/v2/{tenant_id}/flavors"

# Without it, administrators get the public flavors only, and those of their own project. Others get no more by it.
_ALL = {"is_public": "None"}
# Since then, flavors come with their extra specs. The API without versions, which CloudOS has, ignores it.
_WITH_SPECS = _microversion.since("2.61")

LIST = Operation("flavor-list-detail", "GET", f"{_FLAVORS}/detail", query=_ALL, optional_headers=_WITH_SPECS)
SHORT_LIST = Operation("flavor-list", "GET", _FLAVORS, query=_ALL)
GET = Operation("flavor-get", "GET", _flavor_parts.FLAVOR, optional_headers=_WITH_SPECS)
CREATE = Operation("flavor-create", "POST", _FLAVORS)
DELETE = Operation("flavor-delete", "DELETE", _flavor_parts.FLAVOR, answers=False)

KIND = Reference("flavor", LIST, "flavors", known_members=())

# The largest number that the platform keeps in a column of eleven digits with a sign, and that Nova takes.
_LARGEST = 2**31 - 1

_DEFAULT_FACTOR = 1.0
# The options whose members the reference does not have in the request, and what a new flavor has without them.
_OF_OPENSTACK: t.Mapping[str, t.Any] = {"swap": 0, "ephemeral": 0, "is_public": True}


def _same_size(current: t.Any, wanted: t.Any) -> bool:
    return (current or 0) == (wanted or 0)


class Flavor(Resource):
    name = "flavor"
    plural = "flavors"
    id_param = "flavor_id"
    list_operation = LIST
    short_list_operation = SHORT_LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    shares_list = True
    accepts_client_id = True
    delete_hint = (
        "CloudOS documents no way to delete a flavor; OpenStack's own was tried, and this platform refuses it."
    )

    fields = (
        option("id", spec=_aliases.FLAVOR_ID),
        option("name", required=True, updatable=False, min_length=1, max_length=255),
        option("vcpus", "int", api=("vcpus", "vcups"), updatable=False, required=True),
        option("ram", "int", updatable=False, required=True),
        option("disk", "int", updatable=False, required=True),
        option("rxtx_factor", "float", sent_as="int", updatable=False, platform_default=_DEFAULT_FACTOR),
        option("swap", "int", updatable=False, equals=_same_size),
        option(
            "ephemeral", "int", api="OS-FLV-EXT-DATA:ephemeral", updatable=False, platform_default=0, equals=_same_size
        ),
        option("is_public", "bool", api="os-flavor-access:is_public", updatable=False, platform_default=True),
        option("extra_specs", "dict"),
        option("projects", "list", reference=_projects.KIND, spec={"elements": "str"}),
        computed("disabled", "bool", api="OS-FLV-DISABLED:disabled"),
    )
    read_if_asked = frozenset({"extra_specs", "projects"})
    more_options: t.Mapping[str, t.Any] = {
        "purge_extra_specs": {"type": "bool", "default": False},
        "purge_projects": {"type": "bool", "default": False},
    }
    more_info_options: t.Mapping[str, t.Any] = {
        "gather": {"type": "list", "elements": "str", "choices": ["extra_specs", "projects"], "default": []},
    }

    # --- reading

    def read(self, raw: Json) -> Json:
        found = super().read(raw)
        return {**found, "swap": found["swap"] or None}

    def seen(self, run: Context, raw: Json) -> t.Optional[Observation]:
        found = Observation(self.read(raw), raw)
        return found.changed(_parts(run, found, [name for name in self.read_if_asked if self.reads(run, name)]))

    def as_returned(self, found: Json) -> Json:
        """A flavor that check mode has made has no parts but those that were asked for."""
        missing: Json = {"extra_specs": {}, "projects": []}
        missing = {name: value for name, value in missing.items() if name in found and found[name] is None}
        return {**super().as_returned(found), **missing}

    def enrich(self, run: Context, found: Json) -> Json:
        return {**found, **_parts(run, found, run.options.get("gather") or [])}

    # --- describing

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        return super().describe(run, raw, {**found, **_parts(run, found, self.read_if_asked)})

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        for name, least in (("vcpus", 1), ("ram", 1), ("disk", 0), ("swap", 0), ("ephemeral", 0)):
            value = run.options.get(name)
            if value is not None and value < least:
                raise OptionError(f"{name}: {value} is too small; the least is {least}.")
            if value is not None and value > _LARGEST:
                raise OptionError(f"{name}: {value} is too large; the most is {_LARGEST}.")
        factor = run.options.get("rxtx_factor")
        if factor is not None and not (factor >= 1 and factor == int(factor)):
            raise OptionError(f"rxtx_factor: {factor} is no whole number from 1 on.")
        _labels.check("extra_specs", run.options.get("extra_specs"), _labels.NOVA_KEY)

    def find(self, run: Context) -> Observation:
        """By id or name from the one list that has both: the platform may give another id than the one asked for."""
        return self.select_one(run, self.search(run))

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        after["rxtx_factor"] = after["rxtx_factor"] or _DEFAULT_FACTOR
        if not current:
            missing = [name for name in _OF_OPENSTACK if after[name] is None]
            after.update((name, _OF_OPENSTACK[name]) for name in missing)
        return {**after, "swap": after["swap"] or None}

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        if desired["extra_specs"] is not None:
            desired["extra_specs"] = _labels.texts(desired["extra_specs"])
        if desired["projects"] is not None:
            desired["projects"] = list(dict.fromkeys(desired["projects"]))
        return desired

    def look_closer(self, run: Context, current: Observation, desired: Json) -> Observation:
        """What takes the place of a flavor gets its parts, too, which then have to be known."""
        changes = self.changes(run, current, desired) if run.options.get("replace") else set()
        if any(field.name in changes and not field.updatable for field in self.fields):
            return current.changed(_parts(run, current, self.read_if_asked))
        return current

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None or not desired["projects"]:
            return
        after = self.predict(run, current, {"is_public": desired["is_public"]})
        if after["is_public"]:
            raise OptionError(
                "projects: every project may use a public flavor.", hint="Only one with is_public: false has projects."
            )

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        own = [name for name in _OF_OPENSTACK if _is_special(name, desired.get(name))]
        create = [
            dataclasses.replace(step, hint=members_of_openstack(own))
            for step in super().create_steps(run, current, desired)
        ]
        return [*create, *_part_steps(run, {}, desired, ("extra_specs", "projects"))]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        return _part_steps(run, current, desired, changes)

    def body(self, desired: Json) -> Json:
        """The members of a flavor; what the platform does unasked is not asked of one that may not know it."""
        silent = [name for name in _OF_OPENSTACK if not _is_special(name, desired.get(name))]
        body = super().body({**desired, **dict.fromkeys([*silent, "extra_specs", "projects"])})
        return {**body, "id": _request_id(desired.get("id"))}


def _is_special(name: str, value: t.Any) -> bool:
    """Whether a value has to be asked for."""
    return value is not None and value != _OF_OPENSTACK[name]


def _parts(run: Context, found: Json, asked: t.Collection[str]) -> Json:
    """The parts of a flavor that are asked for; the others stay unread."""
    return {
        "extra_specs": _flavor_parts.specs_of(run, found) if "extra_specs" in asked else None,
        "projects": _flavor_parts.projects_of(run, found) if "projects" in asked else None,
    }


def _part_steps(run: Context, current: Json, desired: Json, changes: t.Container[str]) -> list[Step]:
    """What brings the parts of a flavor to those that are wanted."""
    steps: list[Step] = []
    specs, projects = desired.get("extra_specs"), desired.get("projects")
    if specs is not None and "extra_specs" in changes:
        purges = run.options["purge_extra_specs"]
        steps += _flavor_parts.spec_steps(current.get("extra_specs") or {}, specs, purges)
    if projects is not None and "projects" in changes:
        purges = run.options["purge_projects"]
        steps += _flavor_parts.project_steps(current.get("projects") or [], projects, purges)
    return steps


def with_id(run: Context, server: Json) -> Json:
    """A server with the id of its flavor, where the platform reports name and sizes in its place (nova from 2.47 on).

    The name of a flavor that there is no more stands for its id.
    """
    embedded = server.get("flavor")
    if not isinstance(embedded, dict) or embedded.get("id") or not embedded.get("original_name"):
        return server
    sizes = FLAVOR.read(embedded)
    found = next((entry for entry in run.entries(KIND) if _is_like(entry, embedded["original_name"], sizes)), {})
    return {**server, "flavor": {**embedded, "id": found.get("id") or embedded["original_name"]}}


def _is_like(entry: Json, name: str, sizes: Json) -> bool:
    if entry.get("name") != name:
        return False
    wanted = FLAVOR.read(entry)
    return all(sizes[size] in (None, wanted[size]) for size in ("vcpus", "ram", "disk"))


def _request_id(wanted: t.Optional[str]) -> t.Union[int, str]:
    """The mandatory id of the request: the user's, else one that no other flavor is likely to have."""
    if wanted is None:
        return random.randrange(1_000_000, _LARGEST)
    return int(wanted) if wanted.isdecimal() and str(int(wanted)) == wanted else wanted


FLAVOR = Flavor()
