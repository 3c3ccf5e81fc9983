# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The lists that the items of a loop share: how long they count, and for whom after a write."""

from __future__ import annotations

import time
import typing as t

from ..cloud.json_types import Json
from .context import Context
from .indexed import Indexed, indexed
from .lists import Listed

# How long the items of a loop share a list: many of them, and nobody decides on what has long changed.
SHARED_SECONDS = 10.0


def read(resource: Listed, run: Context) -> list[Json]:
    """The list that counts now, read anew where there is none."""
    known = run.client.shared_lists.get(resource.plural)
    meant = resource.identity_keys(run.options).values()
    if known is None or time.monotonic() - known[0] > SHARED_SECONDS or not known[1].written.isdisjoint(meant):
        return share(resource, run, resource.list_all(run))
    entries: list[Json] = known[1]
    return entries


def share(resource: Listed, run: Context, entries: list[Json]) -> Indexed:
    """Have the next searches find what was just read."""
    found = indexed(resource, entries)
    run.client.shared_lists[resource.plural] = (time.monotonic(), found)
    return found


def forget(resource: Listed, run: Context) -> None:
    """Have the next search read the list anew."""
    run.client.shared_lists.pop(resource.plural, None)


def note_write(resource: Listed, run: Context, found: t.Mapping[str, t.Any]) -> None:
    """Have those who mean the object of this run read the list anew, and nobody else of the same loop."""
    known = run.client.shared_lists.get(resource.plural)
    if not known or not run.is_one_of_many or run.full_listing:
        forget(resource, run)
        return
    for options in (run.options, found):
        known[1].written.update(resource.identity_keys(options).values())
