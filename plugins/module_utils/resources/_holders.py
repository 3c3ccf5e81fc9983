# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Servers that hold ports and volumes, in a checked play."""

from __future__ import annotations

from ..model.context import Context
from . import _instances


def may_have_let_go(run: Context, server_id: str) -> bool:
    """Whether an earlier task of a checked play may have detached what a server has, or have deleted the server."""
    if not run.check_mode or run.memory is None:
        return False
    return run.memory.is_blind or any(
        server_id in (note.origin, note.key) for _same, note in run.memory.notes_of(_instances.KIND)
    )
