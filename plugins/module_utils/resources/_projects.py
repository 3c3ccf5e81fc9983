# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Projects, as options of other resources name them."""

from __future__ import annotations

from ..cloud import tokens
from ..cloud.errors import CloudError
from ..cloud.scope import PROJECT_LIST
from ..model.context import Context
from ..model.reference import Reference

KIND = Reference("project", PROJECT_LIST, "projects", known_members=())


def project_id(run: Context, wanted: str) -> str:
    """The id of a project. Where the user may not list projects, an id, or the name of the own project, will do."""
    try:
        return run.resolve(KIND, wanted, "project")
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        if tokens.looks_like_id(wanted):
            return wanted
        if wanted == run.client.project_name:
            return run.client.project_id
        error.hint = f"Specify the ID of the project in the place of {wanted!r}: its name cannot be looked up."
        raise
