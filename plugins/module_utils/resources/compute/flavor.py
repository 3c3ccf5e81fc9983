# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Flavors: the sizes of servers (section 1.16 of the reference).

The reference has neither update nor delete. The DELETE that OpenStack has at the path of a flavor is sent for
`state: absent`; where the platform refuses it, the error says so.
"""

from __future__ import annotations

import random
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.reference import Reference
from ...model.resource import Resource

_FLAVORS = "/os/compute/v1/v2/{tenant_id}/flavors"

LIST = Operation("flavor-list-detail", "GET", f"{_FLAVORS}/detail")
SHORT_LIST = Operation("flavor-list", "GET", _FLAVORS)
GET = Operation("flavor-get", "GET", f"{_FLAVORS}/{{flavor_id}}")
CREATE = Operation("flavor-create", "POST", _FLAVORS)
DELETE = Operation("flavor-delete", "DELETE", f"{_FLAVORS}/{{flavor_id}}", answers=False)

KIND = Reference("flavor", LIST, "flavors")

# The largest number that the platform keeps in a column of eleven digits with a sign.
_LARGEST_ID = 2**31 - 1


_DEFAULT_FACTOR = 1.0


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
        option("id"),
        option("name", required=True, updatable=False, min_length=1, max_length=255),
        option("vcpus", "int", api=("vcpus", "vcups"), updatable=False, required=True),
        option("ram", "int", updatable=False, required=True),
        option("disk", "int", updatable=False, required=True),
        option("rxtx_factor", "float", sent_as="int", updatable=False, platform_default=_DEFAULT_FACTOR),
        computed("swap", "int"),
        computed("ephemeral", "int", api="OS-FLV-EXT-DATA:ephemeral"),
        computed("is_public", "bool", api="os-flavor-access:is_public"),
        computed("disabled", "bool", api="OS-FLV-DISABLED:disabled"),
    )

    def check(self, run: Context) -> None:
        super().check(run)
        for name, least in (("vcpus", 1), ("ram", 1), ("disk", 0)):
            value = run.options.get(name)
            if value is not None and value < least:
                raise OptionError(f"{name}: {value} is too small; the least is {least}.")
        factor = run.options.get("rxtx_factor")
        if factor is not None and not (factor >= 1 and factor == int(factor)):
            raise OptionError(f"rxtx_factor: {factor} is no whole number from 1 on.")

    def find(self, run: Context) -> Observation:
        """By id or name from the one list that has both: the platform may give another id than the one asked for."""
        return self.select_one(run, self.search(run))

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        return {**after, "rxtx_factor": after["rxtx_factor"] or _DEFAULT_FACTOR}

    def body(self, desired: Json) -> Json:
        return {**super().body(desired), "id": _request_id(desired.get("id"))}


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
        return random.randrange(1_000_000, _LARGEST_ID)
    return int(wanted) if wanted.isdecimal() and str(int(wanted)) == wanted else wanted


FLAVOR = Flavor()
