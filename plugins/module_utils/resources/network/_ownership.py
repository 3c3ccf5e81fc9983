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
from ...model.field import option
from ...model.observation import Observation
from .. import _projects

PROJECT = option("project", api=("tenant_id", "project_id"), reference=_projects.KIND, updatable=False)
#: for read-only modules
PROJECT_OPTION: t.Mapping[str, t.Any] = {"project": {"type": "str"}}


def owner_id(run: Context) -> str:
    """The project whose objects the options mean: the given one, else that of the login."""
    wanted = run.options.get("project")
    if wanted is None:
        return run.client.project_id
    return str(wanted) if tokens.looks_like_id(wanted) else _projects.project_id(run, wanted)


def wanted_owner(run: Context, current: Observation) -> t.Optional[str]:
    """The project that is given, by ID; that of a new object has to exist."""
    wanted = run.options.get("project")
    if wanted is None or wanted == current.get("project"):
        return t.cast(t.Optional[str], wanted)
    return _projects.project_id(run, wanted)


def for_owner(run: Context) -> Context:
    """The same run, in which names mean objects of that project first."""
    return dataclasses.replace(run, owner=owner_id(run))


def owned(run: Context, entries: t.Iterable[Json]) -> list[Json]:
    """The objects of that project, in a list that has those of others."""
    owner = owner_id(run)
    return [raw for raw in entries if (raw.get("tenant_id") or raw.get("project_id") or owner) == owner]


def with_owner(run: Context, current: Observation, after: Json) -> Json:
    """A prediction with the project that a new object belongs to."""
    return after if current or after.get("project") else {**after, "project": run.client.project_id}
