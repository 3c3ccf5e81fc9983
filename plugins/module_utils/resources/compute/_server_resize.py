# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Resizing a server, and confirming it."""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.plan import READY, Failed, Outcome, Step, Then, Wait
from .. import _instances, _power

RESIZE = Operation("server-resize", "POST", _power.ACTION, answers=False)
CONFIRM_RESIZE = Operation("server-confirm-resize", "POST", _power.ACTION, answers=False)


# How often a server may be seen at rest with its old flavor before the resize counts as given up: some ten seconds.
_PATIENCE = 5


def resize_step(run: Context, flavor_id: str, resting: tuple[str, ...], live: bool) -> Step:
    resting = resting if run.options["confirm_resize"] else (*resting, "VERIFY_RESIZE")
    wait = Wait(functools.partial(_resized, flavor_id, resting, _PATIENCE), on_status=confirmation(run))
    return Step("resize", RESIZE, body={"liveresize" if live else "resize": {"flavorRef": flavor_id}}, wait=wait)


def demand_no_confirmation(run: Context, changes: t.AbstractSet[str]) -> None:
    """Refuse what the platform refuses as long as the resize of a server is neither confirmed nor reverted."""
    wanted = sorted(changes & {"flavor", "power_state", "ports"}) + ["reboot"] * bool(run.options["reboot"])
    if wanted:
        raise OptionError(
            f"confirm_resize: {', '.join(wanted)} cannot be changed before the resize of the server is confirmed.",
            hint="Set it to true, or confirm or revert the resize by other means first.",
        )


CONFIRM = Step("confirm_resize", CONFIRM_RESIZE, body={"confirmResize": None})


def confirmation(run: Context) -> dict[str, Step]:
    return {"VERIFY_RESIZE": CONFIRM} if run.options["confirm_resize"] else {}


def _resized(flavor_id: str, statuses: tuple[str, ...], looks: int, seen: t.Optional[Json]) -> Outcome:
    """Whether a server has its flavor. A platform that finds no place for it puts the server back without a word.

    Args:
        looks: how often it may still be seen at rest without it.
    """
    outcome = _instances.rests_in(statuses, seen)
    if outcome != READY or not seen or seen["flavor"] == flavor_id:
        return outcome
    if looks > 1:
        return Then(functools.partial(_resized, flavor_id, statuses, looks - 1))
    return Failed(f"the platform gave the resize up: it is {seen['status']} with its old flavor")


def is_resizing(current: Json) -> bool:
    return current["status"] == "RESIZE" or (current["task_state"] or "").lower().startswith("resize_")


def settles(flavor_id: t.Optional[str], more: tuple[str, ...], seen: t.Optional[Json]) -> Outcome:
    """Ready when the platform is done; a resize that was found under way has to lead to the wanted flavor."""
    outcome = _instances.settles(more, seen)
    if outcome == READY and flavor_id is not None and seen and seen["flavor"] != flavor_id:
        return Failed(f"it was being resized, which has ended with the flavor {seen['flavor']}; run the task again")
    return outcome
