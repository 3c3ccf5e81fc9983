# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How the engine looks at an object: as it is now, or whether a new one has appeared."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.json_types import Json
from ..model.context import Context
from ..model.observation import Observation
from ..model.plan import FIRST_PAUSE, Wait
from ..model.resource import Resource

# How the pause between two looks at an object grows, and the longest one in seconds.
_PAUSE_GROWTH = 1.3
LONGEST_PAUSE = 5.0


def next_pause(pause: float) -> float:
    """Seconds to wait after a pause of so many seconds, where there was one."""
    return min(max(pause, FIRST_PAUSE) * _PAUSE_GROWTH, LONGEST_PAUSE) if pause else FIRST_PAUSE


class Taken(t.NamedTuple):
    """A step that was sent.

    Attributes:
        seen: the object as its answer shows it.
        is_certain: whether it is certain that it was carried out.
        md5: MD5 sum (hexadecimal) of what was uploaded, if that is known.
    """

    seen: t.Optional[Json]
    is_certain: bool = True
    md5: t.Optional[str] = None


def look(resource: Resource, run: Context, wait: Wait, found: Observation) -> t.Optional[Json]:
    return (wait.read or resource.fetch)(run, found)


def find_new(resource: Resource, run: Context, old: Observation, listed: t.Optional[list[Json]] = None) -> Observation:
    """The object that the options name, unless it is still the one that it takes the place of.

    Args:
        listed: all objects as they are now, where they were read for others as well.
    """
    made = resource.find_made(run) if listed is None else None
    if made is None:
        made = _from_list(resource, run, old, listed)
    keeps_id = resource.accepts_client_id or resource.id_field == "name"
    is_old = made and old and made[resource.id_field] == old[resource.id_field] and not keeps_id
    return made.gone() if is_old else made


def _from_list(resource: Resource, run: Context, old: Observation, listed: t.Optional[list[Json]]) -> Observation:
    if listed is None:
        resource.invalidate(run)
    else:
        run = dataclasses.replace(run, listed=listed)
    return resource.find_again(run, old)
