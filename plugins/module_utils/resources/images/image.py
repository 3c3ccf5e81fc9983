# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

r"""Images: what servers are made from (section 1.3 of the reference).

An image is a record first (status `queued`) and gets its data afterwards: streamed from a local file or a web server,
or fetched by the platform from an FTP or SFTP server. Its data can never be changed. Server snapshots stand in the same
list; one can be turned into an image in place.
"""

from __future__ import annotations

import dataclasses
import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.secrets import without_secrets
from ...model.coercion import same_word
from ...model.context import Context
from ...model.declaration import Filter
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Step, Wait
from ...model.resource import Resource
from .. import _aliases, _labels
from . import _data, _members
from ._ftp_import import FTP_OPTIONS, NOT_IMPORTED, ftp_body
from .references import IMAGES, LIST, LOST, PAGE_SIZE, SNAPSHOT_KIND, is_snapshot

GET = Operation("image-get", "GET", _members.IMAGE)
CREATE = Operation("image-create", "POST", IMAGES)
CREATE_FTP = Operation("image-create-ftp", "POST", "/os/image/v1/cloudos/images/ftp")
DELETE = Operation("image-delete", "DELETE", _members.IMAGE, answers=False)

_NAME = re.compile(r"[ -\[\]-~]{1,64}")  # all of ASCII but control characters and the backslash
_MD5 = re.compile(r"[0-9a-fA-F]{32}")


class Image(Resource):
    name = "image"
    plural = "images"
    wraps_body = False
    id_param = "image_id"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    deleted_at_any_time = True
    lost_with_it = "its data included"
    wait_timeout = 1800
    may_have_namesakes = True
    page_size = PAGE_SIZE
    of_project = True
    shares_list = True

    fields = (
        option("id"),
        option("name", required=True),
        option(
            "disk_format",
            updatable=False,
            required=True,
            equals=same_word,
            spec={"choices": ["qcow2", "vmdk", "raw", "vhd", "ari", "aki", "iso"]},
        ),
        option("container_format", updatable=False, create_default="bare", max_length=20),
        option(
            "virt_type",
            required=True,
            equals=same_word,
            spec={"choices": ["KVM", "CAS", "VMware", "Xen", "PowerVM", "BareMetal"]},
        ),
        option("cas_ostype", max_length=255),
        option("vmware_ostype", max_length=255),
        option("min_cpu", "int", sent_as="str", create_default=1),
        option("min_ram", "int", create_default=1),
        option("min_disk", "int", create_default=1),
        option("visibility", create_default="private", spec={"choices": ["public", "private"]}),
        option("description", max_length=128),
        option("disk_bus", max_length=255),
        option("hw_vif_model", max_length=255),
        option("sysdisk_type", spec={"choices": ["thin", "thick"]}),
        option("availability_zone", api="os-region-name", max_length=255),
        option("user_name", max_length=255),
        option("image_password", api="vmware_password", secret=True, max_length=255),
        option("checksum", updatable=False, equals=same_word),
        option("protected", "bool", platform_default=False),
        option("tags", "list", min_length=1, max_length=255, spec={"elements": "str"}),
        option("properties", "dict", secret_keys=True),
        computed("status"),
        computed("size", "int"),
        computed("virtual_size", "int"),
        computed("image_type"),
        computed("owner"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )
    filters = {"owner": Filter("owner")}
    more_options = {
        "src": {"type": "path", **_aliases.SOURCE},
        "ftp": {"type": "dict", "options": FTP_OPTIONS},
        "from_snapshot": {"type": "str"},
        "dest": {"type": "path"},
        "purge_tags": {"type": "bool", "default": False},
        "purge_properties": {"type": "bool", "default": False},
        **_data.REMEMBERS,
    }
    url_options = ("src",)
    constraints = {
        "mutually_exclusive": [("src", "ftp", "from_snapshot")],
        "required_by": {"from_snapshot": ("name",), "ftp": ("name", "checksum")},
    }

    # --- reading

    def read(self, raw: Json) -> Json:
        found = super().read(raw)
        properties = without_secrets(_members.properties_of(raw, _OWN_MEMBERS))
        return {**found, "tags": sorted(found["tags"] or []), "properties": properties}

    def as_returned(self, found: Json) -> Json:
        """Properties are members of an image."""
        raw = super().as_returned({name: value for name, value in found.items() if name != "properties"})
        return {**raw, **(found.get("properties") or {})}

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        return [raw for raw in entries if raw.get("status") not in LOST]

    def find(self, run: Context) -> Observation:
        if run.options.get("id"):
            found = super().find(run)
            if found and is_snapshot(found.raw):
                raise OptionError(
                    f"id: {found['id']!r} is the snapshot of a server.",
                    hint="cloudos_server_snapshot manages it; from_snapshot turns it into an image.",
                )
            return found
        images = [raw for raw in self.search(run) if not is_snapshot(raw)]
        own = self.select_one(run, [raw for raw in images if raw.get("owner") in (None, run.client.project_id)])
        if own or run.options.get("state") == "absent":
            return own
        # A public image of another project is as good as an own one, unless it is to go.
        return self.select_one(run, [raw for raw in images if raw.get("visibility") == "public"])

    # --- describing

    def export_candidates(self, run: Context) -> list[Json]:
        """The images of the project, without its snapshots of servers."""
        own = [raw for raw in self.search(run) if raw.get("owner") in (None, run.client.project_id)]
        return [raw for raw in own if not is_snapshot(raw)]

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        description = super().describe(run, raw, {**found, "checksum": None})
        if found["size"] or found["status"] == "active":
            description.gaps["src"] = "the data is not in the description; cloudos_image downloads it with dest"
        if raw.get("vmware_password"):
            description.gaps["image_password"] = "it is a secret"
        return description

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        options = run.options
        name = options.get("name")
        if name is not None and not _NAME.fullmatch(name):
            raise OptionError(
                f"name: {name!r} may have 1 to 64 characters, none of them Chinese or full-width, and no backslash."
            )
        for number in ("min_cpu", "min_ram", "min_disk"):
            if options.get(number) is not None and not 1 <= options[number] <= 999999:
                raise OptionError(f"{number}: {options[number]} is not between 1 and 999999.")
        if options.get("checksum") is not None and not _MD5.fullmatch(options["checksum"]):
            raise OptionError(f"checksum: {options['checksum']!r} is no MD5 sum (32 hexadecimal digits).")
        _members.check(run, _OWN_MEMBERS)

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        if desired["properties"] is not None:
            desired["properties"] = _labels.texts(desired["properties"])
        return desired

    def initial_values(self, run: Context) -> Json:
        return {} if run.options.get("from_snapshot") else super().initial_values(run)

    def missing(self, run: Context, desired: Json) -> list[str]:
        if run.options.get("from_snapshot"):
            return []
        missing = super().missing(run, desired)
        virt_type = desired.get("virt_type")
        if virt_type == "CAS" and not desired.get("cas_ostype"):
            missing.append("cas_ostype")
        elif virt_type == "VMware":
            missing += [name for name in ("vmware_ostype", "sysdisk_type") if not desired.get(name)]
        elif not desired.get("cas_ostype") and not desired.get("vmware_ostype"):
            missing.append("cas_ostype or vmware_ostype")
        return missing

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        source = run.options
        later: tuple[str, ...] = _members.LATER
        if source.get("from_snapshot"):
            return [self._conversion(run, desired), *_data.download_steps(run)]
        if source.get("ftp"):
            later = (*NOT_IMPORTED, *later)
            image = self.body({**desired, **dict.fromkeys(NOT_IMPORTED)})
            body = {"glance": ftp_body(image, source["ftp"], desired["checksum"], run)}
            steps = [Step("import", CREATE_FTP, body=body, wait=_data.arrival(), creates=True)]
        else:
            steps = super().create_steps(run, current, desired)
        rest = [field for field in self.fields if field.name in later and desired.get(field.name)]
        data = [] if source.get("ftp") else _data.upload_steps(run)
        return [*steps, *_members.patch(rest, run, {}, desired), *data, *_data.download_steps(run)]

    def body(self, desired: Json) -> Json:
        return super().body({**desired, **dict.fromkeys(("id", "checksum", *_members.LATER))})

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        changes = super().changes(run, current, desired) - {"checksum"}
        source = run.options.get("src")
        if current["status"] == "queued":
            return changes | {name for name in ("src", "dest") if run.options.get(name)}
        if desired.get("checksum") is None and current.get("checksum"):
            desired["checksum"] = _data.md5_of(run, source)
        if (
            current.get("checksum")
            and desired.get("checksum")
            and not same_word(current["checksum"], desired["checksum"])
        ):
            changes.add("checksum")
        return changes if _data.is_saved(run, current) else changes | {"dest"}

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        source, dest = run.options.get("src"), run.options.get("dest")
        if desired is not None:
            if current and current["status"] == "queued" and dest and not source:
                raise OptionError("dest: the image has no data yet; give src to upload some.")
            return
        replaces = run.options.get("state") != "absent"
        if replaces and current["size"] and not (source or run.options.get("ftp")):
            raise OptionError("replace: give src or ftp too; without one the new image would have no data.")
        if current["protected"]:
            raise OptionError(
                f"The image {current['name']} ({current['id']}) is protected against deletion.",
                hint="Set protected: false in a task before this one.",
            )

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = _members.patch([field for field in self.fields if field.name in changes], run, current, desired)
        if "src" in changes:
            steps += _data.upload_steps(run)
        if "dest" in changes:
            steps += _data.download_steps(run)
        return steps

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        if not current and run.options.get("from_snapshot"):
            current = Observation({**self.read(self._snapshot(run)), "id": None, "image_type": "image"})
        fed = any(run.options.get(name) for name in ("src", "ftp", "from_snapshot"))
        status = "active" if fed or not current else current["status"]
        after = super().predict(run, current, desired)
        return {
            **after,
            "status": "queued" if not (fed or current) else status,
            "protected": after["protected"] or False,
            "tags": sorted(after["tags"] or []),
            "properties": after["properties"] or {},
        }

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        if current["status"] in ("active", "queued"):
            return None
        return dataclasses.replace(_data.arrival(), first=0.0)

    def _snapshot(self, run: Context) -> Json:
        return run.lookup(SNAPSHOT_KIND, run.options["from_snapshot"], "from_snapshot") or {}

    def _conversion(self, run: Context, desired: Json) -> Step:
        snapshot = self._snapshot(run)
        wanted = [
            field
            for field in self.fields
            if field.updatable and field.name != "id" and run.options.get(field.name) is not None
        ]
        body = [{"op": "replace", "path": "/image_type", "value": "image"}]
        for field in wanted:
            body += _members.changes(field, run, self.read(snapshot), desired[field.name])
        return Step("convert", _members.PATCH, {"image_id": snapshot.get("id")}, body, creates=True)


_OWN_MEMBERS = _members.own_members(Image.fields)

IMAGE = Image()
