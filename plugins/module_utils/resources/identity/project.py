# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Projects, which the platform also calls organizations and tenants (section 1.18 of the reference).

The reference only lists them.
"""

from __future__ import annotations

from ...cloud.scope import PROJECT_LIST
from ...model.field import computed
from ...model.reference import Reference
from ...model.resource import Resource

LIST = PROJECT_LIST

KIND = Reference("project", LIST, "projects")


class Project(Resource):
    name = "project"
    plural = "projects"
    list_operation = LIST

    fields = (
        computed("id"),
        computed("name"),
        computed("description"),
        computed("enabled", "bool"),
        computed("status"),
        computed("type"),
        computed("domain_id"),
        computed("parent_id"),
        computed("is_domain", "bool"),
        # The reference's example has a blank key in its place.
        computed("checked", "bool", api=("checkedOrg", " ")),
    )


PROJECT = Project()
