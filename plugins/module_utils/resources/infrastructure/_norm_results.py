# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Services and configurations as the read-only module returns them."""

from __future__ import annotations

from ...cloud.json_types import Json
from ...cloud.responses import as_list
from ...model.field import Field, computed
from ._norm_services import Configuration

SERVICE_FIELDS = (
    computed("id", api="uuid"),
    computed("name", api="serviceName"),
    computed("description"),
    computed("has_norms", "bool", api="resourceNorm"),
    computed("is_charged", "bool", api="charging"),
    computed("needs_approval", "bool", api="process"),
    computed("has_lease", "bool", api="tenancy"),
    computed("has_system_parameters", "bool", api="sysParam"),
)
_CONFIGURATION = (
    computed("id", api="uuid"),
    computed("norm_id", api="normUuid"),
    computed("service_id", api="serviceUuid"),
    computed("name", api="normName"),
    computed("description"),
    computed("created", "time", api="createTime"),
)
_SUB_NORM = (
    computed("id", api="uuid"),
    computed("title", api="name"),
    Field("value_types", "list", ("types",)),
    computed("max", "int"),
    computed("min", "int"),
    computed("step", "int", api="minMultiple"),
    computed("unit"),
)


def configuration_result(configuration: Configuration) -> Json:
    """A configuration for people, with the names that `sub_norms` takes."""
    raw, names = configuration.raw, configuration.names
    types = [
        {"name": names.get(str(entry.get("uuid"))), **{field.name: field.read(entry) for field in _SUB_NORM}}
        for entry in as_list(raw, "subTypes")
    ]
    returned = {field.name: field.read(raw) for field in _CONFIGURATION}
    return {"service": configuration.service, **returned, "sub_norm_types": types}
