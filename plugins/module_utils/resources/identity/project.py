# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Projects, which the platform also calls organizations and tenants (section 1.18 of the reference).

The reference only lists them. What changes them is OpenStack's Identity API v3; zones are CloudOS's own.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.scope import PROJECT_LIST
from ...model.context import Context
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step
from .. import _projects
from . import _keystone, _project_content, _project_zones, _user_roles

_PROJECTS = "/os/kinton/v1/v3/projects"
_PROJECT = f"{_PROJECTS}/{{project_id}}"

LIST = PROJECT_LIST
GET = Operation("project-get", "GET", _PROJECT)
CREATE = Operation("project-create", "POST", _PROJECTS)
UPDATE = Operation("project-update", "PATCH", _PROJECT)
DELETE = Operation("project-delete", "DELETE", _PROJECT, answers=False)

KIND = _projects.KIND


class Project(_keystone.KeystoneResource):
    name = "project"
    plural = "projects"
    id_param = "project_id"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    conflict_hint = "The domain may have a project of that name where this user cannot see it."
    assigned = "zones"
    read_if_asked = frozenset({"zones"})
    more_options: t.Mapping[str, t.Any] = {
        "purge_zones": {"type": "bool", "default": False},
        "force": {"type": "bool", "default": False},
    }
    more_info_options: t.Mapping[str, t.Any] = {
        "gather": {"type": "list", "elements": "str", "choices": ["zones", "contents"], "default": []},
    }

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=64),
        option("description"),
        option(
            "domain",
            api="domain_id",
            updatable=False,
            reference=_keystone.DOMAIN_KIND,
            create_default=_keystone.DEFAULT_DOMAIN,
        ),
        option("parent", api="parent_id", updatable=False, reference=KIND),
        option("enabled", "bool", create_default=True),
        option("zones", "list", spec={"elements": "str"}),
        computed("status"),
        computed("type"),
        computed("domain_id"),
        computed("parent_id"),
        computed("is_domain", "bool"),
        # The reference's example has a blank key in its place.
        computed("checked", "bool", api=("checkedOrg", " ")),
    )

    # --- reading

    def assigned_to(self, run: Context, object_id: str) -> list[t.Any]:
        return _project_zones.zones_of(run, object_id)

    def enrich(self, run: Context, found: Json) -> Json:
        gather = run.options.get("gather") or []
        if "zones" in gather:
            found = {**found, "zones": _project_zones.zones_of(run, found["id"])}
        if "contents" in gather:
            found = {**found, "contents": _project_content.contents_of(run, found["id"])}
        return found

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """The domain is no parent that has to be named. Zones are read for it, where the platform has them."""
        parent = None if found["parent"] == found["domain"] else found["parent"]
        try:
            zones = _project_zones.zones_of(run, found["id"])
        except CloudError as error:
            if error.status not in (403, 404, 405):
                raise
            zones = []
        return super().describe(run, raw, {**found, "parent": parent, "zones": zones})

    # --- planning

    def desired(self, run: Context, current: Observation) -> Json:
        desired = {field.name: run.options.get(field.name) for field in self.fields if field.option is not None}
        if desired["domain"] is not None:
            desired["domain"] = _keystone.domain_id(run, self.search(run))
        if desired["parent"] is not None:
            desired["parent"] = self._parent_id(run, current, desired["parent"])
        if desired["zones"] is not None:
            desired["zones"] = _project_zones.wanted_zones(run, desired["zones"])
        return desired

    def _parent_id(self, run: Context, current: Observation, wanted: str) -> str:
        """The id of the project that is meant in the domain, or of the domain itself."""
        entries = self.search(run)
        domain = current["domain"] if current else _keystone.domain_id(run, entries)
        if wanted in (domain, current.get("parent")) or any(self.id_of(raw) == wanted for raw in entries):
            return wanted
        named = [raw for raw in entries if raw.get("name") == wanted and raw.get("domain_id") == domain]
        return self.id_of(named[0]) if len(named) == 1 else run.resolve(KIND, wanted, "parent")

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        after["parent"] = after["parent"] or after["domain"]
        after.update(domain_id=after["domain"], parent_id=after["parent"])
        if after["zones"] is not None:
            after["zones"] = sorted(after["zones"])
        return after

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is not None:
            return
        _project_content.demand_childless(current, self.search(run))
        if not run.options["force"]:
            _project_content.demand_empty(run, current)

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        create = super().create_steps(run, current, {**desired, "zones": None})
        return [*create, *_project_zones.adding(run, desired["zones"] or [])]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = []
        wanted = {name: desired[name] for name in changes - {"zones"}}
        if wanted:
            steps.append(_keystone.patch(UPDATE, self.name, self.fields, wanted))
        if "zones" in changes:
            zones, present = desired["zones"], current["zones"]
            steps += _project_zones.adding(run, (zone for zone in zones if zone not in present))
            if run.options["purge_zones"]:
                steps += _project_zones.removing(run, (zone for zone in present if zone not in zones))
        return steps

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        """Roles and zones first: what CloudOS keeps beside Keystone does not go with the project."""
        return [
            *_user_roles.before_deletion_of_project(run, str(current["id"])),
            *_project_zones.removing(run, current["zones"] or []),
            *super().delete_steps(run, current),
        ]


PROJECT = Project()
