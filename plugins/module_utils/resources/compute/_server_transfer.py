# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Handing a server over to another user."""

from __future__ import annotations

import functools
import typing as t

from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait

TRANSFER = Operation(
    "server-transfer", "POST", "/os/compute/v1/cloudos/h3cloudos-servers/{server_id}/transfer", answers=False
)


def other_user(run: Context, server: Json) -> t.Optional[str]:
    """Whose server it is, None where it belongs to who runs this: a new one does so anyway."""
    return None if server["user"] == run.client.user_id else server["user"]


def transfer_step(user_id: str) -> Step:
    wait = Wait(functools.partial(_belongs_to, user_id))
    return Step("transfer", TRANSFER, body={"transfer": {"user_id": user_id}}, wait=wait)


def _belongs_to(user_id: str, seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("it no longer exists")
    return READY if seen["user"] == user_id else PENDING
