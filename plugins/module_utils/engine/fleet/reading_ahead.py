# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What the plans of a fleet ask for, read side by side before the first of them does: each round trip takes time."""

from __future__ import annotations

import contextlib
import functools
import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...cloud.parallel import side_by_side
from ...model import check_memory
from ...model.context import Context
from ...model.indexed import Indexed, indexed, of_id, of_name
from ...model.plan import Room
from ...model.reference import Reference
from ...model.resource import Resource
from .members import Member


class Headroom:
    """What the quota of the project has room for, read once; a refusal is raised where somebody wants to know it."""

    def __init__(self, resource: Resource, run: Context) -> None:
        self._read = functools.partial(resource.quota_headroom, run)
        self._room: t.Optional[t.Mapping[str, Room]] = None

    def read_ahead(self) -> None:
        with contextlib.suppress(CloudError):
            self()

    def __call__(self) -> t.Mapping[str, Room]:
        if self._room is None:
            self._room = self._read()
        return self._room


def read_ahead(resource: Resource, run: Context, members: t.Sequence[Member], most: int) -> Headroom:
    """Read the lists that names are looked up in, and the quota where something new is to be made.

    What cannot be read comes up again in the plan that needs it.
    """
    headroom = Headroom(resource, run)
    _read, listed = run.client.shared_lists.get(resource.plural, (None, None))
    if listed is None:
        return headroom
    listed = indexed(resource, check_memory.entries(run, resource, listed))
    wanted = [member for member in members if member.run.options.get("state") != "absent" and _is_named(member)]
    present = [(member, _present(resource, listed, member.run.options)) for member in wanted]
    kinds = dict.fromkeys(kind for member, found in present for kind in resource.kinds_named(member.run, found))
    reads: list[t.Callable[[], None]] = [functools.partial(_read_kind, run, kind) for kind in kinds]
    if not all(found for _member, found in present):
        reads.append(headroom.read_ahead)
    side_by_side(lambda read: read(), reads, most)
    return headroom


def _is_named(member: Member) -> bool:
    return any(member.run.options.get(name) is not None for name in ("id", "name"))


def _present(resource: Resource, listed: Indexed, options: t.Mapping[str, t.Any]) -> Json:
    """An object as the list shows it, empty where it is not there."""
    wanted_id, name = options.get("id"), options.get("name")
    found = of_id(resource, listed, wanted_id) if wanted_id else of_name(resource, listed, name or "")
    return resource.read(found[0]) if found else {}


def _read_kind(run: Context, kind: Reference) -> None:
    with contextlib.suppress(CloudError):
        run.entries(kind)
