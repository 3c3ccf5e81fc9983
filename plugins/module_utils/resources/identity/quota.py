# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Quotas: how much a project may use (sections 1.18 and 1.10, items 13 and 14, of the reference).

Every project has one; there is nothing to create or to delete. The reference describes the one operation that writes
three times. It wants the whole document, so what is to be is merged into what is. What is read has other names, and
some keys of the document are returned by no operation.
"""

from __future__ import annotations

import typing as t

from ...cloud import tokens
from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...model.coercion import coerce
from ...model.context import Context
from ...model.field import Field, computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.resource import Resource
from .. import _projects
from . import _address_pools, limits, quota_template
from ._quota_document import (
    differs,
    document_of,
    document_values,
    merged_value,
    refuse_below_usage,
)
from ._quota_keys import (
    ADDRESSES,
    LIMITED_SECTIONS,
    SECTIONS,
    UNLIMITED,
    asked_keys,
    has_limits,
    is_returned,
    keys_of,
)

# The first id is the parent of the project, else the project of the user who changes; the second one that is changed.
DOCUMENT = Operation("quota-document-get", "GET", "/os/kinton/v1/keystone/{tenant_id}/os-quota-sets/{project_id}")
UPDATE = Operation("quota-update", "PUT", "/os/kinton/v1/keystone/{tenant_id}/os-quota-sets/{project_id}")

# Where the document stands beside the limits that were read.
_READ = "document"
# How a platform says that nobody can read the document.
_NOT_READABLE = frozenset({403, 404, 405, 501})

_POOLS_SPEC = {
    "type": "list",
    "elements": "dict",
    "options": {"start_ip": {"type": "str", "required": True}, "end_ip": {"type": "str", "required": True}},
}
_ADDRESSES_SPEC = {
    "type": "list",
    "elements": "dict",
    "options": {
        "cidr": {"type": "str", "required": True},
        "ip_version": {"type": "int"},
        "ip_pools": _POOLS_SPEC,
    },
}


def _section(section: str) -> Field:
    spec = {key.name: _ADDRESSES_SPEC if key.name == ADDRESSES else {"type": "int"} for key in keys_of(section)}
    return option(section, "dict", spec={"options": spec})


class Quota(Resource):
    name = "quota"
    plural = "quotas"
    list_key = "all_limits"
    id_param = "project_id"
    id_field = "project"
    identified_by = ("project",)
    list_operation = limits.LIST
    get_operation = limits.GET
    shares_list = True
    of_project = True
    described_as = "projects"
    states = ("present",)
    more_options: t.Mapping[str, t.Any] = {
        "template": {"type": "str"},
        "purge_network_addresses": {"type": "bool", "default": False},
        "allow_below_usage": {"type": "bool", "default": False},
        "force": {"type": "bool", "default": False},
    }
    more_info_options: t.Mapping[str, t.Any] = {
        "project": {"type": "str"},
        "document": {"type": "bool", "default": False},
    }

    fields = (
        option("project", api="projectId", reference=_projects.KIND, spec={"required": True}),
        *(_section(section) for section in SECTIONS),
        computed("used", "dict"),
    )

    # --- reading

    def unwrap(self, answer: t.Any) -> Json:
        """The limits of one project, with what may stand beside them."""
        return limits.unwrapped(answer)

    def read(self, raw: Json) -> Json:
        """The limits under the names of the document; keys that nothing returns are not among them."""
        found: dict[str, t.Any] = {"project": coerce(raw.get("projectId"), "str"), **dict.fromkeys(SECTIONS)}
        used = {}
        for section in LIMITED_SECTIONS:
            found[section], used[section] = limits.of_section(raw, section)
        found["network"][ADDRESSES] = _address_pools.read(raw.get(ADDRESSES)) if has_limits(raw) else None
        for section, known in document_values(raw.get(_READ) or {}).items():
            found[section] = {**(found[section] or {}), **known}
        return {**found, "used": used}

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        """The limits of all projects, or of the one that a read-only module is asked for."""
        wanted = run.options.get("project")
        if wanted is None:
            return super().search(run, query)
        raw = limits.of_project(run, wanted) if tokens.looks_like_id(wanted) else None
        raw = raw or limits.of_project(run, _projects.project_id(run, wanted))
        return [raw] if raw else []

    def find(self, run: Context) -> Observation:
        """The quota of the project, from the list that the items of a loop share; members have to ask for their own."""
        wanted = run.options["project"]
        known = self._all_limits(run)
        project_id = wanted
        if wanted not in known and (known or not tokens.looks_like_id(wanted)):
            project_id = _projects.project_id(run, wanted)
        if is_to_be_created(project_id):
            return Observation({**self.read({}), "project": TO_BE_CREATED})
        raw = known.get(project_id)
        if raw is None or not has_limits(raw):
            raw = limits.asked_for(run, project_id)
        if raw is None:
            raise OptionError(f"project: the platform returns no quota of {wanted!r}.")
        return Observation(self.read(raw), raw)

    def _all_limits(self, run: Context) -> dict[str, Json]:
        """The limits by project, none where the user may not see those of others."""
        try:
            return {self.id_of(raw): raw for raw in super().search(run)}
        except CloudError as error:
            if error.status not in (403, 404):
                raise
            if error.status == 404:
                run.client.refusals[limits.LIST.id] = error
            return {}

    def enrich(self, run: Context, found: Json) -> Json:
        return {**found, **_with_document(run, found)} if run.options.get("document") else found

    # --- describing

    def export_candidates(self, run: Context) -> list[Json]:
        """The quota of the project of the login."""
        raw = self._all_limits(run).get(run.client.project_id)
        if raw is None or not has_limits(raw):
            raw = limits.of_project(run, run.client.project_id)
        return [{**raw, _READ: _document(run, self.id_of(raw))}] if raw else []

    def export_entry(self, options: Json) -> Json:
        """A project and its quota, as the role project_onboarding takes them."""
        limits = {section: options[section] for section in SECTIONS if section in options}
        return {"name": options["project"], "quota": limits}

    # --- planning

    def check(self, run: Context) -> None:
        for section in SECTIONS:
            for name, value in _given(run, section).items():
                if name == ADDRESSES:
                    _address_pools.check(f"{section}.{name}", value)
                elif isinstance(value, bool) or not isinstance(value, int) or value < UNLIMITED:
                    raise OptionError(f"{section}.{name}: {value!r} is not valid; 0 or more, or -1 for unlimited.")

    def look_closer(self, run: Context, current: Observation, desired: Json) -> Observation:
        """With the document itself, where the limits lack what is asked for, or all of it is to be sent again."""
        asked = asked_keys(desired)
        as_wanted = all(is_returned(key, current) and not differs(run, key, current, desired) for key in asked)
        if as_wanted or is_to_be_created(current["project"]):
            return current
        return current.changed(_with_document(run, current))

    def desired(self, run: Context, current: Observation) -> Json:
        """What is given, and where nothing is, what the template has."""
        sections = {section: {**_of_template(run, section), **_given(run, section)} or None for section in SECTIONS}
        return {"project": current.get("project"), **sections}

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        """The sections that differ; what the platform does not return differs only by force."""
        asked = list(asked_keys(desired))
        if asked and not run.options["force"] and not any(is_returned(key, current) for key in asked):
            names = ", ".join(sorted(f"{key.section}.{key.name}" for key in asked))
            run.warnings.append(f"{names}: the platform returns no value, so nothing is sent. force: true sends it.")
        differing = {
            key.section
            for key in asked
            if (differs(run, key, current, desired) if is_returned(key, current) else run.options["force"])
        }
        return differing if _template(run) or not run.options.get("template") else {*differing, "template"}

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        present = current or self.read({})
        after = {**present, **{section: dict(present[section]) for section in SECTIONS if present[section] is not None}}
        for key in asked_keys(desired):
            if is_returned(key, present):
                after[key.section][key.name] = merged_value(run, key, present, desired)
        addresses = after["network"][ADDRESSES]
        if addresses:
            after["network"][ADDRESSES] = _address_pools.as_told(addresses, present["network"][ADDRESSES] or [])
        return after

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if changes and desired and not run.options["allow_below_usage"]:
            refuse_below_usage(current, desired)

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        texts, numbers = (document_of(run, current, desired, kind) for kind in (str, int))
        params = {"tenant_id": _parent_of(run, str(current["project"]))}
        return [Step("update", UPDATE, params, body=texts, fallback_body=numbers)]


# --- keys --------------------------------------------------------------------------------------------------------


def _given(run: Context, section: str) -> Json:
    """The keys of a section that the user gives."""
    return {name: value for name, value in (run.options.get(section) or {}).items() if value is not None}


def _template(run: Context) -> t.Optional[Json]:
    """The template as the API has it; None without one, and for one that an earlier task has yet to create."""
    wanted = run.options.get("template")
    return run.lookup(quota_template.KIND, wanted, "template") if wanted else None


def _of_template(run: Context, section: str) -> Json:
    """The keys of a section that the template has and that mean the same there; a template has other names for them.

    Nothing is known of a template that has yet to be created, but that it is a change."""
    values = quota_template.QUOTA_TEMPLATE.read(_template(run) or {})
    places = {member.quota: values[member.name] for member in quota_template.MEMBERS if member.quota}
    return {name: value for (place, name), value in places.items() if place == section and value is not None}


def _with_document(run: Context, found: Json) -> Json:
    """The sections of a quota with what the document has of them."""
    values = document_values(_document(run, str(found["project"])))
    return {section: {**(found[section] or {}), **known} for section, known in values.items()}


def _document(run: Context, project_id: str) -> Json:
    """The quota document of a project, from the address at which it is written; empty where nobody can read it."""
    if DOCUMENT.id in run.client.refusals:
        return {}
    try:
        answer = run.client.call(DOCUMENT, {"tenant_id": _parent_of(run, project_id), "project_id": project_id})
    except CloudError as error:
        if error.status not in _NOT_READABLE:
            raise
        run.client.refusals[DOCUMENT.id] = error
        run.journal.remarks.append(f"The platform does not let the document of a quota be read: {error.message}")
        return {}
    return answer if isinstance(answer, dict) else {}


def _parent_of(run: Context, project_id: str) -> str:
    """The project by which the quota of another is addressed: its parent, or that of the login where it has none."""
    entries = run.entries_if_listed(_projects.KIND) or []
    found = next((entry for entry in entries if entry.get("id") == project_id), {})
    parent_id = found.get("parent_id")
    return str(parent_id) if parent_id and parent_id != found.get("domain_id") else run.client.project_id


QUOTA = Quota()
