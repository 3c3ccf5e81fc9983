# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""All that an application needs in a project, in one task: the kinds it is made of, each a fleet of its own."""

from __future__ import annotations

import functools
import typing as t

from ..cloud.json_types import Json
from ..engine.fleet import stages
from ..model.context import Context
from ..model.resource import Resource
from ..module.argument_spec import WAIT_TIMEOUT, member_spec
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from ..module.fleet import AT_ONCE, validated_member
from ..resources.compute.keypair import KEYPAIR
from ..resources.compute.server import SERVER
from ..resources.compute.server_group import SERVER_GROUP
from ..resources.network.floating_ip import FLOATING_IP
from ..resources.network.network import NETWORK
from ..resources.network.port import PORT
from ..resources.network.router import ROUTER
from ..resources.network.security_group import SECURITY_GROUP
from ..resources.network.subnet import SUBNET
from ..resources.storage.volume import VOLUME
from ..resources.storage.volume_snapshot import VOLUME_SNAPSHOT

# In the order in which they can be made; they go in the reverse order.
RESOURCES: tuple[Resource, ...] = (
    KEYPAIR,
    SERVER_GROUP,
    SECURITY_GROUP,
    NETWORK,
    SUBNET,
    PORT,
    ROUTER,
    VOLUME,
    VOLUME_SNAPSHOT,
    SERVER,
    FLOATING_IP,
)
KINDS: t.Mapping[str, Resource] = {resource.plural: resource for resource in RESOURCES}

_SPEC = {
    **CONNECTION,
    # Public keys are no secrets, whatever their name looks like.
    **{kind: {"type": "list", "elements": "dict", "no_log": False} for kind in KINDS},
    "state": {"type": "str", "choices": ["present", "absent"], "default": "present"},
    "wait": {"type": "bool", "default": True},
    "wait_timeout": WAIT_TIMEOUT,
    **AT_ONCE,
}


def converge(run: Context) -> Json:
    """Bring all objects of a stack to their wanted states; see engine.fleet.stages.

    Raises:
        CloudError: the options are wrong, or a list cannot be read.
    """
    return stages.converge(RESOURCES, run, lambda resource: functools.partial(validated_member, resource, run))


_MEMBERS = {kind: member_spec(resource) for kind, resource in KINDS.items()}

STACK = ModuleDefinition(
    _SPEC,
    converge,
    secret_containers=(*KINDS, "defaults"),
    members=_MEMBERS,
    defaults={kind: {"type": "dict", "options": spec} for kind, spec in _MEMBERS.items()},
)
