# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The steps of a change to a server: power actions, and between them what needs a server that is awake."""

from __future__ import annotations

from ...cloud.json_types import Json
from ...model.context import Context
from ...model.plan import Step
from .. import _power
from . import _attachments, _server_cards
from ._server_resize import resize_step
from ._server_transfer import transfer_step


def work_steps(run: Context, current: Json, desired: Json, changes: set[str]) -> list[Step]:
    """Power actions, and between them what can only be done to a server that is awake."""
    state = _power.after_work(current)
    wanted = desired["power_state"] or state
    live = run.options["resize"] == "live"

    def work(place: str) -> list[Step]:
        steps = [resize_step(run, desired["flavor"], _power.RESTING[place], live)] if "flavor" in changes else []
        steps += _server_cards.steps(run, current, desired, changes)
        steps += _attachments.steps(run, current, desired, changes)
        return [*steps, *([transfer_step(desired["user"])] if "user" in changes else [])]

    attaches = not changes.isdisjoint(("volumes", "ports", "networks"))
    places = _power.places_for(state, wanted, live, "flavor" in changes, attaches)
    return _power.route("server", state, wanted, work, places)
