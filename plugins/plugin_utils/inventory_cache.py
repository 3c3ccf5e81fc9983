# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Machines in the form in which a cache keeps them.

A cache is read whole, so each machine is one text of values, and the names of properties stand there once for each kind
of machine. Texts also keep the order of what is in them: caches sort the keys of dictionaries.
"""

from __future__ import annotations

import json
import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json

#: changes with the form, so that what was kept in another one is not read
FORM = 2


def packed(machines: t.Iterable[Json]) -> Json:
    """Machines for a cache."""
    kinds: dict[tuple[str, ...], int] = {}
    rows = []
    for machine in machines:
        kind = kinds.setdefault((*machine,), len(kinds))
        rows.append(json.dumps([kind, *machine.values()], separators=(",", ":")))
    return {"properties": [[*names] for names in kinds], "machines": rows}


def unpacked(kept: Json) -> t.Iterator[Json]:
    """The machines of a cache, in their order."""
    for row in kept["machines"]:
        kind, *values = json.loads(row)
        yield dict(zip(kept["properties"][kind], values))
