# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator that is reset before each test, and a client that knows the contract's paths and headers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from simulator import Simulator, seeds
from simulator.contract import Contract, Endpoint, load_contract


@pytest.fixture(scope="session")
def contract() -> Contract:
    return load_contract()


@pytest.fixture(scope="session")
def running() -> Iterator[Simulator]:
    with Simulator(build_seconds=10, action_seconds=5) as simulator:
        yield simulator


@pytest.fixture
def sim(running: Simulator) -> Simulator:
    """Work takes some seconds of the platform's time; `sim.advance(60)` lets all of it be done."""
    running.reset()
    return running


class Api:
    """Sends what the contract demands for an operation, unless a test says otherwise."""

    def __init__(self, url: str, contract: Contract) -> None:
        self.url = url
        self.token: str | None = None
        self.session = requests.Session()
        self.session.headers.update({"Accept": None})
        self._endpoints: dict[str, tuple[Endpoint, tuple[str, ...]]] = {}
        for endpoint in contract.endpoints:
            self._endpoints[endpoint.operation] = endpoint, endpoint.accept
            for branch in endpoint.branches:
                self._endpoints[branch.operation] = endpoint, branch.accept

    def __call__(
        self,
        operation: str,
        body: Any = None,
        *,
        headers: dict[str, str | None] | None = None,
        query: Any = None,
        data: Any = None,
        **path: str,
    ) -> requests.Response:
        endpoint, accept = self._endpoints[operation]
        sent: dict[str, str | None] = {"Content-Type": endpoint.content_type, "X-Auth-Token": self.token}
        sent |= {"Accept": accept[0] or None, **endpoint.headers}
        if body is not None:
            data = json.dumps(body)
        names = {"tenant_id": seeds.ADMIN_PROJECT, **path}
        return self.session.request(
            endpoint.method,
            self.url + endpoint.path.format(**names),
            data=data,
            params=query,
            headers={**sent, **(headers or {})},
            allow_redirects=False,
            timeout=10,
        )

    def login(self, name: str = "admin", password: str = seeds.ADMIN_PASSWORD, project: str | None = "admin") -> Any:
        domain = {"id": seeds.DOMAIN}
        auth: dict[str, Any] = {
            "identity": {
                "methods": ["password"],
                "password": {"user": {"name": name, "domain": domain, "password": password}},
            }
        }
        if project:
            auth["scope"] = {"project": {"name": project, "domain": domain}}
        response = self("token-create", {"auth": auth})
        self.token = response.headers.get("X-Subject-Token")
        return response


@pytest.fixture
def anonymous(sim: Simulator, contract: Contract) -> Iterator[Api]:
    client = Api(sim.url, contract)
    yield client
    client.session.close()


@pytest.fixture
def api(anonymous: Api) -> Api:
    anonymous.login()
    return anonymous


@pytest.fixture
def demo(sim: Simulator, contract: Contract) -> Iterator[Api]:
    client = Api(sim.url, contract)
    client.login("demo", seeds.DEMO_PASSWORD, "demo")
    yield client
    client.session.close()


@pytest.fixture
def flavor(sim: Simulator) -> dict[str, Any]:
    return sim.seed("flavors", name="small", ram=1024, vcpus=1, disk=20)[0]


@pytest.fixture
def image(sim: Simulator) -> dict[str, Any]:
    return sim.seed("images", name="ubuntu")[0]


@pytest.fixture
def server(sim: Simulator, image: dict[str, Any], flavor: dict[str, Any]) -> dict[str, Any]:
    return sim.seed("servers", name="web", image_id=image["id"], flavor_id=flavor["id"])[0]


@pytest.fixture
def server_body(image: dict[str, Any], flavor: dict[str, Any]) -> dict[str, Any]:
    """The least that creates a server from an image."""
    return {
        "server": {
            "name": "web",
            "imageRef": image["id"],
            "flavorRef": flavor["id"],
            "networks": [{"uuid": seeds.NET_1, "enable_gateway": "true"}],
            "security_groups": [{"name": "default"}],
            "metadata": {"user_name": "admin", "zone_uuid": seeds.ZONE_NOVA11, "enableAdminPass": "1"},
            "availability_zone": "nova11",
        }
    }
