# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the services keep what they have, and where they listen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
DEFAULT_PORT = 11100
PATH_LIMIT = 80  # characters; the path of a socket may have 107

# What the simulator starts with, so that a playbook runs on both with the same variables
ADMIN_PASSWORD = "cloudos-secret"
DEMO_PASSWORD = "demo-secret"
SERVICE_PASSWORD = "service-secret"

# One block of ports, in this order
PORTS = (
    *("gateway", "tolerant", "core"),
    *("keystone", "placement", "nova", "glance", "neutron", "ironic", "cinder"),
    *("keystone_internal", "nova_internal", "glance_internal", "neutron_internal", "ironic_internal"),
    *("cinder_internal", "memcached", "rabbitmq", "rabbitmq_distribution", "epmd"),
)


class SetupError(Exception):
    """The services cannot run here, or not as they are asked to."""


@dataclass(frozen=True)
class Settings:
    """What the environment says."""

    state: Path
    first_port: int = DEFAULT_PORT
    computes: int = 2
    workers: int = 2
    spawn_seconds: str = "0"
    ironic_delay: str = "0"

    @classmethod
    def from_environment(cls) -> Settings:
        variables = os.environ
        state = Path(variables.get("OPENSTACK_STATE") or REPOSITORY / "build" / "openstack").resolve()
        if len(str(state)) > PATH_LIMIT:
            raise SetupError(f"{state} is too long for the path of a socket: choose another with OPENSTACK_STATE")
        return cls(
            state=state,
            first_port=int(variables.get("OPENSTACK_PORT") or DEFAULT_PORT),
            computes=int(variables.get("OPENSTACK_COMPUTES") or cls.computes),
            workers=int(variables.get("OPENSTACK_WORKERS") or cls.workers),
            spawn_seconds=variables.get("OPENSTACK_SPAWN_SECONDS") or cls.spawn_seconds,
            ironic_delay=variables.get("OPENSTACK_IRONIC_DELAY") or cls.ironic_delay,
        )

    def port(self, name: str) -> int:
        return self.first_port + PORTS.index(name)

    def url(self, name: str) -> str:
        return f"http://127.0.0.1:{self.port(name)}"

    @property
    def compute_hosts(self) -> list[str]:
        """The hypervisors, named as the simulator's are."""
        return [f"cpn-host{number}rc" for number in range(11, 11 + self.computes)]
