# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What volumes and their snapshots have in common: the platform makes and deletes them slowly, and may fail at it."""

from __future__ import annotations

import dataclasses
import typing as t

from ...cloud.json_types import Json
from ...model.context import Context
from ...model.observation import Observation
from ...model.plan import Plan, Step, Wait
from ...model.resource import Resource
from . import _states, references


class StorageResource(Resource):
    """A volume, or a snapshot of one."""

    page_size = references.PAGE_SIZE
    may_have_namesakes = True
    shares_list = True
    of_project = True
    wait_timeout = 900

    def read(self, raw: Json) -> Json:
        return {**super().read(raw), "status": _states.status_of(raw)}

    def select_one(self, run: Context, entries: list[Json]) -> Observation:
        """What is being deleted has no claim to its name."""
        return super().select_one(run, _states.staying(run, entries))

    def find(self, run: Context) -> Observation:
        return _states.without_going(run, super().find(run))

    def error_reason(self, current: Json) -> t.Optional[str]:
        return _states.error_reason(current)

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        return after if current else {**after, "status": "available" if run.waits else "creating"}

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        return _states.pending_wait(current)

    def work_in_the_way(self, run: Context, plan: Plan) -> t.Optional[tuple[Json, Wait]]:
        return _states.deletion_in_the_way(plan)

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        wait = Wait(_states.is_deleted)
        return [dataclasses.replace(step, wait=wait) for step in super().delete_steps(run, current)]
