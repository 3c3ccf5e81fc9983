# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""A new object whose id the platform did not return: what its options say of it is looked for in lists."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from ..model.context import Context
from ..model.observation import Observation
from ..model.plan import PENDING, READY, Outcome, Step, Wait
from ..model.resource import Resource
from .looks import find_new
from .steps import patience_of
from .waiting import Watch

# Seconds for which a new object is looked for that has to be there, even if users do not wait for it.
_SHORTEST_SEARCH = 5.0


def appearance(resource: Resource, run: Context, step: Step, old: Observation) -> Watch:
    """The search for what a step has made, which may take a moment to show up in lists.

    Where it is waited for, it may take as long as users wait.
    """

    def search(run: Context, _found: t.Optional[Json]) -> t.Optional[Json]:
        return find_new(resource, run, old) or None

    patience = patience_of(resource, run) if step.wait and run.waits else 0.0
    wait = Wait(_is_found, search, first=0.0, timeout=max(patience, _SHORTEST_SEARCH))
    return Watch(resource, run, old, wait, step.action, creation=step)


def _is_found(seen: t.Optional[Json]) -> Outcome:
    return READY if seen else PENDING
