# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Server templates: what new servers have in common (section 1.11 of the reference).

A change sends the whole template to the path of the list. Creating one answers nothing, so its id is looked up.
"""

from __future__ import annotations

import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.reference import Reference
from ...model.resource import Resource
from .. import _zones
from ..images import references as images
from . import flavor

_TEMPLATES = "/os/kinton/v1/cloudos/server/templates"

LIST = Operation("server-template-list", "GET", _TEMPLATES)
GET = Operation("server-template-get", "GET", f"{_TEMPLATES}/{{template_id}}")
CREATE = Operation("server-template-create", "POST", _TEMPLATES, answers=False)
UPDATE = Operation("server-template-update", "PUT", _TEMPLATES, answers=False)
DELETE = Operation("server-template-delete", "DELETE", f"{_TEMPLATES}/{{template_id}}", answers=False)

_OWNER = "metadata/projectId"

KIND = Reference("server template", LIST, None, id="uuid", owner_path=_OWNER)

# The norms of the types of server. The configurations of norms have other ids for the same types.
SERVER_TYPES = {
    "normal": "38e42432-06a5-47a3-b47d-f078ed03795d",
    "vgpu": "270d3a64-4496-11e9-8a6a-02420a654e1d",
    "gpu": "c0634876-810d-412b-85a9-1c7a1109b7bf",
    "big_data": "db514283-abc1-4e78-a7e7-6f576780b4c1",
}

_NAME = re.compile(r"[A-Za-z0-9_]{1,15}")


def described(entry: Json) -> Json:
    """A template by its fields, be it an entry of the list or one that a play in check mode remembers."""
    return entry if "availability_zone_id" in entry else SERVER_TEMPLATE.read(entry)


class ServerTemplate(Resource):
    name = "server_template"
    plural = "server_templates"
    id_param = "template_id"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    wraps_body = False
    shares_list = True
    of_project = True
    owner_path = _OWNER
    not_found_statuses = frozenset({400, 404})

    fields = (
        option("id", api="uuid"),
        option("name", required=True),
        option("description", max_length=64),
        option("image", api="image_uuid", reference=images.KIND, required=True),
        option("flavor", api="flavor_uuid", reference=flavor.KIND, required=True),
        option("availability_zone", required=True, max_length=255),
        computed("availability_zone_id", api="azone_uuid"),
        option(
            "server_type",
            api="metadata/normUuid",
            enum=SERVER_TYPES,
            create_default="normal",
            spec={"choices": list(SERVER_TYPES)},
        ),
        option("storage_type", api="metadata/storageType", create_default="普通", max_length=255),
        option("storage_pool", api="metadata/storagePool", max_length=255),
        option("image_source", api="metadata/imageSrc", create_default="normal", max_length=255),
        computed("project_id", api="metadata/projectId"),
        computed("user_id", api="user_uuid"),
    )

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        name = run.options.get("name")
        if name is not None and not _NAME.fullmatch(name):
            raise OptionError(f"name: {name!r} may have 1 to 15 letters, digits and underscores.")

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        zone = desired["availability_zone"]
        if zone is not None and zone in (current.get("availability_zone"), current.get("availability_zone_id")):
            desired["availability_zone"] = current["availability_zone"]
        elif zone is not None:
            desired["availability_zone"] = _zones.zone_named(run, zone)["zone"]
        if zone is not None:
            desired["availability_zone_id"] = self._zone_id(run, current, desired["availability_zone"])
        return desired

    def _zone_id(self, run: Context, current: t.Optional[Json], zone: str) -> t.Optional[str]:
        """The ID that goes with the name of a zone."""
        if current and zone == current["availability_zone"]:
            zone_id: t.Optional[str] = current["availability_zone_id"]
        else:
            zone_id = _zones.zone_named(run, zone)["id"]
        return zone_id

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        if desired.get("availability_zone") is not None:
            after["availability_zone_id"] = self._zone_id(run, current, desired["availability_zone"])
        if not current:
            after.update(project_id=run.client.project_id, user_id=run.client.user_id)
        return after

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        body = self._whole(self.predict(run, current.gone(), desired))
        del body["uuid"]
        return [Step("create", CREATE, body=body, creates=True)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        after = self.predict(run, current, {name: desired[name] for name in changes})
        return [Step("update", UPDATE, body=self._whole(after))]

    def _whole(self, template: Json) -> Json:
        """All members of a template as the API wants them; what it does not have is an empty text."""
        body: dict[str, t.Any] = {}
        for field in self.fields:
            value = template[field.name]
            field.write(body, "" if value is None else value)
        return body


SERVER_TEMPLATE = ServerTemplate()
