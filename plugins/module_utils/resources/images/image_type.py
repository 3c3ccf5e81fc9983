# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Image types: the operating systems that images can hold (section 1.5 of the reference).

What an operating system is called depends on the virtualization platform, so one name can stand once for each of
them. An update is a PUT on the collection of the whole type, its id among it. Writing has no answer.
"""

from __future__ import annotations

import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.responses import as_list
from ...model.coercion import same_word
from ...model.context import Context
from ...model.declaration import Filter
from ...model.field import Field, computed, option
from ...model.observation import Observation
from ...model.plan import Step
from ...model.resource import Resource

_TYPES = "/os/kinton/v1/cloudos/imagetype"
_TYPE = f"{_TYPES}/uuid/{{image_type_id}}"

LIST = Operation("image-type-list", "GET", _TYPES)
LIST_BY_VIRT_TYPE = Operation("image-type-list-by-virt-type", "GET", f"{_TYPES}/virt/{{virtual_type}}")
LIST_BY_OS = Operation("image-type-list-by-os", "GET", f"{_TYPES}/opsys/{{os_type}}")
VIRT_TYPES = Operation("image-type-virt-types", "GET", f"{_TYPES}/virtType")
OS_TYPES = Operation("image-type-os-types", "GET", f"{_TYPES}/osType")
GET = Operation("image-type-get", "GET", _TYPE)
CREATE = Operation("image-type-create", "POST", _TYPES, answers=False)
UPDATE = Operation("image-type-update", "PUT", _TYPES, answers=False)
DELETE = Operation("image-type-delete", "DELETE", _TYPE, answers=False)

_GATHER = {"virt_types": VIRT_TYPES, "os_types": OS_TYPES}

_WIDE = "\u3000\u4e00-\u9fff\uff00-\uffef"
_NAME = re.compile(rf'(?!\.)[^/\\:*?"<>|{_WIDE}]{{1,128}}(?<!\.)')
_OPERATING_SYSTEM = re.compile(rf"[^{_WIDE}]{{1,64}}")


class ImageType(Resource):
    name = "image_type"
    plural = "image_types"
    id_param = "image_type_id"
    wraps_body = False
    shares_list = True
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    filters: t.Mapping[str, Filter] = {
        "virt_type": Filter("virtual_type"),
        "operating_system": Filter("os_type"),
    }
    more_info_options: t.Mapping[str, t.Any] = {
        "gather": {"type": "list", "elements": "str", "choices": list(_GATHER), "default": []},
    }

    fields = (
        option("id", api="uuid"),
        option("name", api="imageTypeName", required=True),
        option("description", max_length=85),
        option("virt_type", api="virtType", required=True, equals=same_word, min_length=1, max_length=255),
        option("os_type", api="osType", required=True, equals=same_word, min_length=1, max_length=255),
        option("operating_system", api="operatingSystem", required=True),
        Field("built_in", "bool", ("addType",), enum={True: "0", False: "1"}),
        computed("updated", "time", api="updateTime"),
    )

    # --- reading

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        """All types, or those of a read-only module's filters, which the platform has as paths of their own."""
        if query is None:
            return super().search(run)
        virt_type, operating_system = query.get("virtual_type"), query.get("os_type")
        if operating_system is not None:
            entries = run.client.list_all(LIST_BY_OS, None, {"os_type": operating_system})
        elif virt_type is not None:
            entries = run.client.list_all(LIST_BY_VIRT_TYPE, None, {"virtual_type": virt_type})
        else:
            entries = self.list_all(run)
        return [raw for raw in entries if virt_type is None or same_word(raw.get("virtType"), virt_type)]

    def select_one(self, run: Context, entries: list[Json]) -> Observation:
        """By name, and by the virtualization type where it is given: another one may have a type of that name."""
        virt_type = run.options.get("virt_type")
        named = [{**raw, "name": raw.get("imageTypeName")} for raw in entries]
        return super().select_one(
            run, [raw for raw in named if virt_type is None or same_word(raw.get("virtType"), virt_type)]
        )

    def extra_results(self, run: Context, objects: list[Json]) -> Json:
        """What the platform knows types of, in two lists of words."""
        wanted = run.options.get("gather") or []
        return {name: [str(word) for word in as_list(run.client.call(_GATHER[name]), None)] for name in wanted}

    # --- describing

    def export_candidates(self, run: Context) -> list[Json]:
        """The types that users have added; every platform brings the others along."""
        return [raw for raw in self.search(run) if self.read(raw)["built_in"] is not True]

    # --- planning

    def check(self, run: Context) -> None:
        if run.options["state"] == "absent":
            return
        super().check(run)
        options = run.options
        if options["name"] is not None and not _NAME.fullmatch(options["name"]):
            raise OptionError(
                f"name: {options['name']!r} may have 1 to 128 characters, none Chinese or full-width and none of "
                '/ \\ : * ? " < > |, no dot at its ends.'
            )
        system = options["operating_system"]
        if system is not None and not _OPERATING_SYSTEM.fullmatch(system):
            raise OptionError(f"operating_system: {system!r} may have 1 to 64 characters, none Chinese or full-width.")

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        return after if current else {**after, "built_in": False}

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        return [Step("create", CREATE, body=self._whole(self.predict(run, current.gone(), desired)), creates=True)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        after = self.predict(run, current, {name: desired[name] for name in changes})
        return [Step("update", UPDATE, body=self._whole(after))]

    def _whole(self, after: Json) -> Json:
        """What every request for a type holds; the origin is a number, though the reference calls it text."""
        origin = 0 if after["built_in"] else 1
        return {**self.body(after), "description": after["description"] or "", "addType": origin}


IMAGE_TYPE = ImageType()
