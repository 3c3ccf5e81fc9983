# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The ports that Neutron makes itself, for routers and DHCP: they come and go with routers and networks."""

from __future__ import annotations

from ...cloud.json_types import Json
from ...model.context import Context
from .references import PORT_LIST, is_of_network


def going(run: Context, query: Json) -> list[Json]:
    """Those that go with what the query names. Where nobody remembers it, nothing is read."""
    if run.memory is None or run.memory.is_blind:
        return []
    return [port for port in run.client.list_all(PORT_LIST, "ports", query=query) if is_of_network(port)]


def subnets_of(port: Json) -> list[str]:
    """The subnets that a port has addresses in."""
    return [str(address["subnet_id"]) for address in port.get("fixed_ips") or []]
