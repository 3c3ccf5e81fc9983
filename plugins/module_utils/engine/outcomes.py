# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What task results of all modules have: their warnings, and what a failure has done before."""

from __future__ import annotations

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..model.context import Context


def with_warnings(run: Context, result: Json) -> Json:
    """A task result with the warnings of its run."""
    return {**result, "warnings": run.journal.distinct_warnings()} if run.warnings else result


def failure(run: Context, error: CloudError) -> Json:
    """A failure, with what had been done before it, so that nothing is lost."""
    done, created = run.journal.completed_actions, run.journal.created
    result = {"failed": True, "changed": bool(done), **run.client.redactor.data(error.as_result())}
    if done:
        result["actions"] = done
    if created:
        result["id"] = created.get("id")
    if error.recreate:
        result["recreate"] = error.recreate
    return with_warnings(run, result)
