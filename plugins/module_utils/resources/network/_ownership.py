# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""To which project an object belongs: administrators see those of all, and may make one for another project."""

from __future__ import annotations

import dataclasses
import typing as t

from ...cloud import tokens
from ...cloud.json_types import Json
from ...model.context import Context
from ...model.description import Description
from ...model.field import option
from ...model.observation import Observation
from ...model.resource import Resource
from .. import _projects

PROJECT = option("project", api=("tenant_id", "project_id"), reference=_projects.KIND, updatable=False)
#: for read-only modules
PROJECT_OPTION: t.Mapping[str, t.Any] = {"project": {"type": "str"}}


class OwnedResource(Resource):
    """A resource with the field PROJECT."""

    shares_list = True
    of_project = True
    more_info_options: t.Mapping[str, t.Any] = PROJECT_OPTION

    def is_open(self, raw: Json) -> bool:
        """Whether read-only modules list an object of another project where the options name none."""
        return False

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        """The objects of the project; read-only modules, which have a query, list those that are open as well."""
        owner = owner_id(run)
        lists_open = query is not None and not run.options.get("project")
        return [raw for raw in entries if _owner_of(raw) in (None, owner) or (lists_open and self.is_open(raw))]

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """Without the project: what is described is that of the login."""
        return super().describe(run, raw, {**found, "project": None})

    def desired(self, run: Context, current: Observation) -> Json:
        """Names mean objects of the project first."""
        of_owner = for_owner(run).with_options({**run.options, "project": None})
        return {**super().desired(of_owner, current), "project": _wanted_owner(run, current)}

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        return after if current or after.get("project") else {**after, "project": run.client.project_id}


def owner_id(run: Context) -> str:
    """The project whose objects the options mean: the given one, else that of the login."""
    wanted = run.options.get("project")
    if wanted is None:
        return run.client.project_id
    return str(wanted) if tokens.looks_like_id(wanted) else _projects.project_id(run, wanted)


def _wanted_owner(run: Context, current: Observation) -> t.Optional[str]:
    """The project that is given, by ID; that of a new object has to exist."""
    wanted = run.options.get("project")
    if wanted is None or wanted == current.get("project"):
        return t.cast(t.Optional[str], wanted)
    return _projects.project_id(run, wanted)


def for_owner(run: Context) -> Context:
    """The same run, in which names mean objects of that project first."""
    return dataclasses.replace(run, owner=owner_id(run))


def _owner_of(raw: Json) -> t.Optional[str]:
    return raw.get("tenant_id") or raw.get("project_id") or None
