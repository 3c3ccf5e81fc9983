# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The kinds of objects that a description of a cloud has, in the order in which they can be made."""

from __future__ import annotations

import typing as t

from ..model.resource import Resource
from ..resources.baremetal.instance import BAREMETAL_INSTANCE
from ..resources.baremetal.node import BAREMETAL_NODE
from ..resources.baremetal.portgroup import BAREMETAL_PORTGROUP
from ..resources.compute.flavor import FLAVOR
from ..resources.compute.keypair import KEYPAIR
from ..resources.compute.server import SERVER
from ..resources.compute.server_group import SERVER_GROUP
from ..resources.compute.server_template import SERVER_TEMPLATE
from ..resources.compute.snapshot_strategy import SNAPSHOT_STRATEGY
from ..resources.identity.quota import QUOTA
from ..resources.identity.quota_template import QUOTA_TEMPLATE
from ..resources.images.image import IMAGE
from ..resources.images.image_type import IMAGE_TYPE
from ..resources.infrastructure.availability_zone import AVAILABILITY_ZONE
from ..resources.infrastructure.host_aggregate import HOST_AGGREGATE
from ..resources.infrastructure.norm import NORM
from ..resources.network.floating_ip import FLOATING_IP
from ..resources.network.network import NETWORK
from ..resources.network.port import PORT
from ..resources.network.router import ROUTER
from ..resources.network.security_group import SECURITY_GROUP
from ..resources.network.subnet import SUBNET
from ..resources.storage.volume import VOLUME
from ..resources.storage.volume_snapshot import VOLUME_SNAPSHOT

# In the order in which they can be made: what others name comes before them.
RESOURCES: tuple[Resource, ...] = (
    QUOTA_TEMPLATE,
    AVAILABILITY_ZONE,
    FLAVOR,
    NORM,
    QUOTA,
    HOST_AGGREGATE,
    IMAGE_TYPE,
    IMAGE,
    KEYPAIR,
    SECURITY_GROUP,
    NETWORK,
    SUBNET,
    ROUTER,
    PORT,
    VOLUME,
    VOLUME_SNAPSHOT,
    SERVER_GROUP,
    SERVER_TEMPLATE,
    BAREMETAL_NODE,
    BAREMETAL_PORTGROUP,
    SERVER,
    BAREMETAL_INSTANCE,
    FLOATING_IP,
    SNAPSHOT_STRATEGY,
)


def kind_of(resource: Resource) -> str:
    """What a description of a cloud calls the objects of a resource."""
    return resource.described_as or resource.plural


def variable_of(resource: Resource) -> str:
    """The variable that holds their list."""
    return f"cloudos_{kind_of(resource)}"


KINDS: t.Mapping[str, Resource] = {kind_of(resource): resource for resource in RESOURCES}
