# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Server groups: which servers share a host and which must not (section 1.9 of the reference, items 15 to 17).

They are created, listed and deleted; nothing of them can be changed. Their path names no project, and the list may
hold the groups of others.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.hints import members_of_openstack
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.responses import as_list
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.reference import Reference
from ...model.resource import Resource
from . import _microversion

_GROUPS = "/os/compute/v1/v2.1/os-server-groups"

LIST = Operation("server-group-list", "GET", _GROUPS)
CREATE = Operation("server-group-create", "POST", _GROUPS, answers=False)
CREATE_SOFT = Operation("server-group-create", "POST", _GROUPS, answers=False, headers=_microversion.since("2.15"))
DELETE = Operation("server-group-delete", "DELETE", f"{_GROUPS}/{{id}}", answers=False)

KIND = Reference("server group", LIST, "server_groups", owner_path="project_id", known_members=())

_HARD = ("affinity", "anti-affinity")
_SOFT = ("soft-affinity", "soft-anti-affinity")
_NAME = re.compile(r"(?!\.)[^/:*?\"<>|\u3000\uff00-\uffef]{1,64}(?<!\.)")


def of_server(run: Context, server_id: str) -> t.Optional[Json]:
    """The group that a server is a member of, None where it is in none or the platform has none."""
    groups = run.entries_if_listed(KIND) or []
    return next((entry for entry in groups if server_id in as_list(entry, "members")), None)


class ServerGroup(Resource):
    name = "server_group"
    plural = "server_groups"
    id_param = "id"
    list_operation = LIST
    create_operation = CREATE
    delete_operation = DELETE
    of_project = True
    shares_list = True

    fields = (
        option("id"),
        option("name", required=True, updatable=False),
        option("policy", required=True, updatable=False, spec={"choices": [*_HARD, *_SOFT]}),
        computed("members", "list"),
        computed("project_id"),
        computed("user_id"),
    )

    def read(self, raw: Json) -> Json:
        """The platform returns a list of policies that has one entry."""
        policies = as_list(raw, "policies")
        found = super().read({"policy": policies[0] if policies else None, **raw})
        return {**found, "members": found["members"] or []}

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        return [raw for raw in entries if raw.get("project_id") in (None, run.client.project_id)]

    def check(self, run: Context) -> None:
        super().check(run)
        name = run.options.get("name")
        if name is not None and not _NAME.fullmatch(name):
            raise OptionError(
                f"name: {name!r} may have 1 to 64 characters, none of them full-width and none of "
                '/ : * ? " < > |, and no dot at its ends.'
            )

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        """Soft policies are OpenStack's, in a later version of the operation, and with the same body."""
        steps = super().create_steps(run, current, desired)
        if desired["policy"] not in _SOFT:
            return steps
        hint = members_of_openstack([f"policy {desired['policy']}"])
        return [dataclasses.replace(step, operation=CREATE_SOFT, hint=hint) for step in steps]

    def body(self, desired: Json) -> Json:
        return {"name": desired["name"], "policies": [desired["policy"]]}


SERVER_GROUP = ServerGroup()
