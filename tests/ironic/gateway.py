# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's gateway in front of real Ironic.

It is the simulator, in the shape of OpenStack's own answers, with somebody else behind nodes, ports and port groups:
tokens, headers, contract, faults and request log are the simulator's; what passes all of them is sent on to Ironic,
and Ironic's answer comes back as it is.
"""

from __future__ import annotations

import time
from typing import Any

import aiohttp
import requests
from aiohttp import web

from simulator import Simulator
from simulator.call import Call
from simulator.services import baremetal

PREFIX = "/os/kinton/v1"
VERSION = {"X-OpenStack-Ironic-API-Version": "1.34"}
KINDS = {baremetal.NODES: "nodes", baremetal.PORTS: "ports", baremetal.GROUPS: "portgroups"}
TIMEOUT = 300  # seconds
STATES = ("enroll", "manageable", "available", "active")
VERBS = {"manageable": "manage", "available": "provide", "active": "active"}


class Gateway(Simulator):
    """A simulator whose bare metal is real."""

    def __init__(self, ironic_url: str) -> None:
        super().__init__(shape="openstack", handlers=dict.fromkeys(baremetal.HANDLERS, self._send_on))
        self._ironic_url = ironic_url

    def reset(self) -> None:
        super().reset()
        for node in self.ironic("GET", "/v1/nodes")["nodes"]:
            self.ironic("PUT", f"/v1/nodes/{node['uuid']}/maintenance")
            self.ironic("DELETE", f"/v1/nodes/{node['uuid']}")

    def seed(self, kind: str, **spec: Any) -> list[dict[str, Any]]:
        """Nodes, ports and port groups are made in Ironic; a node is led to the provision state that is asked for."""
        if kind not in KINDS:
            return super().seed(kind, **spec)
        fields = {"uuid" if name == "id" else name: value for name, value in spec.items()}
        state = fields.pop("provision_state", "enroll")
        if kind == baremetal.NODES:
            fields = {"driver": "fake-hardware", **fields}
        made = self.ironic("POST", f"/v1/{KINDS[kind]}", fields)
        for following in STATES[1 : STATES.index(state) + 1]:
            self.provision(made["uuid"], VERBS[following], following)
        return [{**made, "id": made["uuid"]}]

    def provision(self, node_id: str, verb: str, wanted: str) -> dict[str, Any]:
        """Ask a node for a change of its provision state, and return it once it is there and free."""
        self.ironic("PUT", f"/v1/nodes/{node_id}/states/provision", {"target": verb})
        deadline = time.monotonic() + TIMEOUT
        while time.monotonic() < deadline:
            node = self.node(node_id)
            if node["provision_state"] == wanted and not node["reservation"]:
                return node
            time.sleep(0.05)
        raise TimeoutError(f"node {node_id} is {node['provision_state']} after {verb}: {node['last_error']}")

    def node(self, node_id: str) -> dict[str, Any]:
        """What Ironic tells of a node."""
        return self.ironic("GET", f"/v1/nodes/{node_id}")

    def ironic(self, method: str, path: str, body: Any = None) -> Any:
        """One request past the gateway; while a node is locked it is repeated."""
        deadline = time.monotonic() + TIMEOUT
        while True:
            answer = requests.request(
                method, self._ironic_url + path, json=body, headers=VERSION, timeout=TIMEOUT, allow_redirects=False
            )
            if answer.status_code != 409 or "is locked" not in answer.text or time.monotonic() > deadline:
                break
            time.sleep(0.1)
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.text else None

    async def _send_on(self, call: Call) -> web.Response:
        call.demand_admin()
        request = call.request
        url = self._ironic_url + request.path_qs.removeprefix(PREFIX)
        body = await request.read()
        headers = {**VERSION, "Content-Type": request.content_type}
        timeout = aiohttp.ClientTimeout(TIMEOUT)
        async with aiohttp.request(request.method, url, data=body, headers=headers, timeout=timeout) as answer:
            kept = {name: answer.headers[name] for name in ("Content-Type", "Location") if name in answer.headers}
            return web.Response(status=answer.status, body=await answer.read(), headers=kept)
