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
    if operation == "server-snapshot-create":
        _refuse("createImage", body["createImage"], "operator_id")
    for number, network in enumerate(_networks(operation, body)):
        _refuse(f"networks/{number}", network, "enable_gateway")


def demand_known_version(headers: dict[str, str], newest: int) -> None:
    """406 with Nova's words, for a version 2.x that is newer than it. `headers` have lower-case names."""
    asked = headers.get("x-openstack-nova-api-version", "2.1")
    if int(asked.rpartition(".")[2]) > newest:
        raise ApiError(406, f"Version {asked} is not supported by the API. Minimum is 2.1 and maximum is 2.{newest}.")


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
