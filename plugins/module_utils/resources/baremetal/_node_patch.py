# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The difference between a node and the options as a JSON patch."""

from __future__ import annotations

import typing as t

from ...cloud.json_types import Json
from ...cloud.secrets import without_secrets
from ...model.context import Context
from ...model.plan import Step
from . import _node_interfaces as interfaces
from ._ironic import NODE, operation
from ._node_members import driver_info_of
from ._patch import change, differences, member_path, proof

PATCH = operation("baremetal-node-patch", "PATCH", NODE)
#: the members of a node that are texts, and are sent as they are
PLAIN_MEMBERS = ("driver", "name", "resource_class", *interfaces.NAMES)
# Properties that the platform and its inspection write.
PLATFORM_PROPERTIES = frozenset(
    {
        *("all_interfaces", "availabilityZone", "availabilityZoneId", "capabilities", "cpu_core_count", "cpu_count"),
        *("cpu_thread_count", "cpu_version", "display_status", "hostName", "imageId", "imageName", "network_card"),
        *("password", "pxe_flag", "secondName", "system_vendor_asset_tag", "system_vendor_manufacturer"),
        *("system_vendor_product_name", "system_vendor_serial_number", "tenancy", "tenancyId", "userId", "userName"),
    }
)
# Properties that an inspection finds and users may set, too.
_FOUND = frozenset({"cpus", "cpu_arch", "local_gb", "memory_mb"})


def patch_of(run: Context, current: Json, desired: Json, changes: set[str]) -> list[Json]:
    """The difference as a JSON patch; secrets, which cannot be compared, only where they are set always."""
    always = run.options["update_password"] == "always"
    patch = [change(f"/{name}", current[name], desired[name]) for name in PLAIN_MEMBERS if name in changes]
    if changes & {"ipmi", "driver_info"}:
        wanted = driver_info_of({name: desired[name] if name in changes else None for name in ("ipmi", "driver_info")})
        patch += differences("/driver_info", driver_info_of(current), settable(wanted, always))
    for name in ("properties", "instance_info"):
        if name in changes:
            purged: set[str] = set()
            if run.options.get(f"purge_{name}"):
                purged = set(current[name]) - set(desired[name]) - PLATFORM_PROPERTIES
            patch += differences(f"/{name}", current[name], settable(desired[name], always), purged)
    return patch


def patch_steps(patch: list[Json], provable: bool = True) -> list[Step]:
    """The step that applies a patch, none for an empty one."""
    if not patch:
        return []
    names = {entry["path"].split("/")[1] for entry in patch}
    shown = proof(patch) if provable else None
    return [Step("update", interfaces.knowing(PATCH, names), body=patch, proof=shown, hint=interfaces.hint_for(names))]


def unwanted_properties(run: Context, wanted: Json) -> set[str]:
    """The properties that an inspection may find, and that shall not be there."""
    purged = _FOUND - set(wanted) if run.options["purge_properties"] else set()
    return {*purged, *(key for key, value in wanted.items() if value == "")}


def operations_to_clear(place: str, keys: t.Iterable[str]) -> list[Json]:
    """Operations after which members are not there, whether they were or not: only what is there can be removed."""
    return [
        operation
        for key in sorted(keys)
        for operation in (
            {"op": "add", "path": member_path(place, key), "value": ""},
            {"op": "remove", "path": member_path(place, key)},
        )
    ]


def settable(members: Json, always: bool) -> Json:
    return members if always else without_secrets(members)
