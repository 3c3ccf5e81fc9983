# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What OpenStack's own Nova refuses of that which CloudOS demands: it accepts only members that it knows."""

from __future__ import annotations

from typing import Any

from .errors import ApiError


def demand_known_members(operation: str, body: Any) -> None:
    """400 with Nova's words."""
    if operation == "keypair-create":
        _refuse("keypair", body["keypair"], "type")
    for number, network in enumerate(_networks(operation, body)):
        _refuse(f"networks/{number}", network, "enable_gateway")


def _networks(operation: str, body: Any) -> list[dict[str, Any]]:
    creates = operation.startswith(("server-create", "baremetal-instance-create"))
    return body["server"].get("networks", []) if creates and "server" in body else []


def _refuse(place: str, value: dict[str, Any], member: str) -> None:
    if member in value:
        raise ApiError(
            400,
            f"Invalid input for field/attribute {place}. Value: {value}. "
            f"Additional properties are not allowed ({member!r} was unexpected)",
        )
