# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator that is reset before each test, and clients of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from simulator import Simulator, seeds
from simulator.client import Api
from simulator.contract import Contract, load_contract


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
