# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The names and ids of other objects that the tasks of a play share.

What an earlier task has read may only confirm that nothing has to be done (see engine.planning). Each step, each error
and each prediction comes of what the platform returns to the task itself.
"""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json
from ..cloud.secrets import is_secret_key
from .reference import Reference


class KnownNames(t.Protocol):
    """What the tasks of a play, as one user in one project, share for some seconds."""

    def read(self, kind: Reference) -> t.Optional[list[Json]]:
        """What is known of a kind; None for nothing that may still count."""

    def mark(self) -> bytes:
        """What is the same for as long as no task writes anything."""

    def write(self, kind: Reference, entries: t.Sequence[Json], mark: bytes) -> None:
        """Share what was read of a kind, unless a task has written since the mark was taken, which was before that."""


def known_part(kind: Reference, entry: Json) -> Json:
    """What tasks share of an entry: by which names mean it. Nothing that is nested, and no secret."""
    members = {kind.id, *kind.names, kind.owner_path, "visibility", *(kind.known_members or ())}
    known = {name: entry[name] for name in members if name in entry and not is_secret_key(name)}
    return {name: value for name, value in known.items() if value is None or isinstance(value, (str, int, float))}
