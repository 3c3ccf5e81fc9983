# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What the options of other resources name: networks and what belongs to them, as OpenStack's Neutron lists them.

The published reference does not have these addresses. Administrators see the objects of all projects, so a name means
one of the own project first, and one of another project only where that is shared.
"""

from __future__ import annotations

import dataclasses

from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.coercion import coerce
from ...model.reference import Reference

API = "/os/network/v1/v2.0"

NETWORK_LIST = Operation("network-list", "GET", f"{API}/networks")
SUBNET_LIST = Operation("subnet-list", "GET", f"{API}/subnets")
# The name is that of a port of the network: bare-metal nodes have ports, too.
PORT_LIST = Operation("os-port-list", "GET", f"{API}/ports")
SECURITY_GROUP_LIST = Operation("security-group-list", "GET", f"{API}/security-groups")


# Members that say that every project may use a network.
_FOR_ALL = ("shared", "router:external")

#: the security group that each project has from the beginning, and that new ports get
DEFAULT_GROUP = "default"


def is_for_all(network: Json) -> bool:
    """Whether every project may use a network."""
    return any(coerce(network.get(member), "bool") is True for member in _FOR_ALL)


def is_of_network(port: Json) -> bool:
    """Whether Neutron has made a port itself, for a router or DHCP, and deletes it with that."""
    return str(port.get("device_owner") or "").startswith("network:")


def _never(entry: Json) -> bool:
    return False


NETWORK = Reference(
    "network", NETWORK_LIST, "networks", owner_path="tenant_id", shared=is_for_all, known_members=_FOR_ALL
)
#: a network that all share brings its subnets, which do not say so
SUBNET = Reference("subnet", SUBNET_LIST, "subnets", owner_path="tenant_id", known_members=("network_id",))
PORT = Reference("port", PORT_LIST, "ports", owner_path="tenant_id", shared=_never, known_members=())
SECURITY_GROUP = Reference(
    "security group", SECURITY_GROUP_LIST, "security_groups", owner_path="tenant_id", shared=_never, known_members=()
)


def subnet_of(network_id: str) -> Reference:
    """Subnets of a network: names mean those only."""
    return dataclasses.replace(SUBNET, nameable=lambda entry: entry.get("network_id") == network_id)
