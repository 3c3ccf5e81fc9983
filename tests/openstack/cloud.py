# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The running services as a test sees them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from typing import Any

from openstack import cleaning
from openstack.api import TIMEOUT, Api
from openstack.request_log import RequestLog
from openstack.services.gateway import DOORS
from openstack.settings import ADMIN_PASSWORD, Settings
from openstack.state import State

NODE_STATES = ("enroll", "manageable", "available", "active")
VERBS = {"manageable": "manage", "available": "provide", "active": "active"}


class Cloud:
    """What the harness of the playbooks asks of a simulator: an address, a log, and a way back to the beginning."""

    def __init__(self, settings: Settings, door: str = "tolerant") -> None:
        self._settings, self._door = settings, door
        state = State(settings)
        self._log = RequestLog(state.log / "requests.jsonl")
        self.seeded: dict[str, Any] = json.loads(state.seeded.read_text())
        self.admin = Api(settings, ADMIN_PASSWORD)

    @property
    def url(self) -> str:
        return self.address(self._door)

    def address(self, door: str) -> str:
        return self._settings.url(door)

    def through(self, door: str) -> Cloud:
        """The same cloud by another of its addresses."""
        return Cloud(self._settings, door)

    def log(self) -> list[dict[str, Any]]:
        return self.requests(self._settings.port(door) for door in DOORS)

    def requests(self, ports: Iterable[int]) -> list[dict[str, Any]]:
        """Those that came to some of the addresses."""
        return self._log(ports)

    def reset(self) -> None:
        """Delete what is not seeded."""
        cleaning.clean(self.admin, set(map(tuple, self.seeded["objects"])))

    def nodes(self) -> list[dict[str, Any]]:
        return self.admin.list(f"{self.admin.ironic}/nodes", "nodes")

    def ports(self) -> list[dict[str, Any]]:
        """Those of nodes."""
        return self.admin.list(f"{self.admin.ironic}/ports", "ports")

    def node(self, node_id: str) -> dict[str, Any]:
        """What Ironic reports of a node."""
        return self.admin("GET", f"{self.admin.ironic}/nodes/{node_id}")

    def seed(self, kind: str, **fields: Any) -> list[dict[str, Any]]:
        """A record of a case of tests/integration/matrix: of bare metal only."""
        fields = {"uuid" if name == "id" else name: value for name, value in fields.items()}
        if kind == "baremetal_nodes":
            made = self.seed_node(**fields)
        else:
            path = kind.removeprefix("baremetal_")
            made = self.admin("POST", f"{self.admin.ironic}/{path}", json=fields)
        return [{**made, "id": made["uuid"]}]

    def seed_node(self, *, provision_state: str = "enroll", **fields: Any) -> dict[str, Any]:
        """A node that is led to a provision state."""
        node = self.admin("POST", f"{self.admin.ironic}/nodes", json={"driver": "fake-hardware", **fields})
        for following in NODE_STATES[1 : NODE_STATES.index(provision_state) + 1]:
            node = self.provision(node["uuid"], VERBS[following], following)
        return node

    def seed_flavor(self, **fields: Any) -> dict[str, Any]:
        return self.admin("POST", f"{self.admin.nova}/flavors", json={"flavor": fields})["flavor"]

    def seed_external_network(self, name: str, cidr: str) -> None:
        network = {"name": name, "router:external": True}
        made = self.admin("POST", f"{self.admin.neutron}/networks", json={"network": network})["network"]
        subnet = {"name": name, "network_id": made["id"], "ip_version": 4, "cidr": cidr}
        self.admin("POST", f"{self.admin.neutron}/subnets", json={"subnet": subnet})

    def seed_port(self, **fields: Any) -> dict[str, Any]:
        return self.admin("POST", f"{self.admin.ironic}/ports", json=fields)

    def ask(self, node_id: str, verb: str) -> None:
        """Ask a node for a change of its provision state."""
        self.admin("PUT", f"{self.admin.ironic}/nodes/{node_id}/states/provision", json={"target": verb})

    def provision(self, node_id: str, verb: str, wanted: str) -> dict[str, Any]:
        """The same, and return the node once it is there and free."""
        self.ask(node_id, verb)
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            node = self.node(node_id)
            if node["provision_state"] == wanted and not node["reservation"]:
                return node
            time.sleep(0.1)
        raise TimeoutError(f"node {node_id} is {node['provision_state']} after {verb}: {node['last_error']}")
