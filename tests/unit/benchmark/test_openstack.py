# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The standard paths that the simulator has for benchmarks, and for nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from benchmark import openstack
from benchmark.stage import standard_cloud
from simulator import Simulator, seeds

Request = Callable[..., requests.Response]


@pytest.fixture(scope="module")
def running() -> Iterator[Simulator]:
    with Simulator(extension=openstack.add_routes, max_limit=2, build_seconds=10) as cloud:
        yield cloud


@pytest.fixture
def cloud(running: Simulator) -> Simulator:
    running.reset()
    return running


@pytest.fixture
def request_standard(cloud: Simulator) -> Iterator[Request]:
    """Sends a request with a token to the address that the catalogue tells for a service."""
    with requests.Session() as session:
        answer = session.post(f"{cloud.url}{openstack.AUTH_PATH}/auth/tokens", json=login(cloud), timeout=60)
        session.headers["X-Auth-Token"] = answer.headers["X-Subject-Token"]
        places = {entry["type"]: entry["endpoints"][0]["url"] for entry in answer.json()["token"]["catalog"]}

        def send(method: str, service: str, path: str, **more: Any) -> requests.Response:
            return session.request(method, places[service] + path, timeout=60, **more)

        yield send


@pytest.fixture
def server(cloud: Simulator) -> dict[str, Any]:
    flavor = cloud.seed("flavors", name="small")[0]
    image = cloud.seed("images", name="ubuntu")[0]
    return cloud.seed("servers", name="web", flavor_id=flavor["id"], image_id=image["id"])[0]


def login(cloud: Simulator) -> dict[str, Any]:
    auth = standard_cloud(cloud.url)["auth"]
    user = {"name": auth["username"], "password": auth["password"], "domain": {"id": auth["user_domain_id"]}}
    project = {"name": auth["project_name"], "domain": {"id": auth["project_domain_id"]}}
    identity = {"methods": ["password"], "password": {"user": user}}
    return {"auth": {"identity": identity, "scope": {"project": project}}}


def test_a_simulator_that_is_not_told_to_offers_no_standard_path() -> None:
    with Simulator() as cloud:
        assert requests.get(f"{cloud.url}{openstack.AUTH_PATH}", timeout=60).status_code == 404


def test_each_service_of_the_catalogue_tells_its_versions(request_standard: Request) -> None:
    for service in ("identity", "compute", "network", "image", "baremetal"):
        told = request_standard("GET", service, "").json()
        assert "version" in told or told["versions"], service


def test_nothing_is_told_without_a_token(cloud: Simulator) -> None:
    path = f"{openstack.PREFIX}/compute/v2.1/servers/detail"

    assert requests.get(cloud.url + path, timeout=60).status_code == 401


def test_a_server_is_the_same_by_both_apis(cloud: Simulator, request_standard: Request, server: dict[str, Any]) -> None:
    seen = request_standard("GET", "compute", f"/servers/{server['id']}").json()["server"]

    assert (seen["name"], seen["status"]) == ("web", "ACTIVE")
    assert seen["created"].endswith("Z"), "as Nova tells it, not as the reference does"


def test_pages_are_followed_by_links(cloud: Simulator, request_standard: Request, server: dict[str, Any]) -> None:
    cloud.seed("servers", name="more-{n}", count=2, flavor_id=server["flavor_id"], image_id=server["image_id"])

    first = request_standard("GET", "compute", "/servers/detail").json()
    following = first["servers_links"][0]["href"]
    rest = request_standard("GET", "compute", "/servers/detail?" + following.partition("?")[2]).json()

    assert [len(first["servers"]), len(rest["servers"])] == [2, 1]
    assert "servers_links" not in rest


def test_a_new_server_is_the_platforms_too(cloud: Simulator, request_standard: Request, server: dict[str, Any]) -> None:
    wanted = {"name": "new", "imageRef": server["image_id"], "flavorRef": server["flavor_id"]}
    body = {"server": {**wanted, "networks": [{"uuid": seeds.NET_1}]}}

    answer = request_standard("POST", "compute", "/servers", json=body)

    assert answer.status_code == 202
    made = [entry for entry in cloud.state("servers") if entry["name"] == "new"]
    assert [entry["status"] for entry in made] == ["BUILD"]


def test_metadata_are_texts(cloud: Simulator, request_standard: Request, server: dict[str, Any]) -> None:
    path = f"/servers/{server['id']}/metadata"

    refused = request_standard("POST", "compute", path, json={"metadata": {"port": 80}})
    taken = request_standard("POST", "compute", path, json={"metadata": {"role": "web"}})

    assert (refused.status_code, taken.status_code) == (400, 200)
    assert cloud.state("servers")[0]["metadata"]["role"] == "web"
    assert request_standard("DELETE", "compute", f"{path}/role").status_code == 204
    assert "role" not in cloud.state("servers")[0]["metadata"]


def test_what_is_not_there_is_404_in_the_words_of_openstack(request_standard: Request) -> None:
    answer = request_standard("GET", "compute", "/servers/none")

    assert answer.status_code == 404
    assert answer.json()["itemNotFound"]["code"] == 404


def test_the_log_tells_standard_requests_apart(
    cloud: Simulator, request_standard: Request, server: dict[str, Any]
) -> None:
    request_standard("GET", "compute", "/servers/detail")

    assert cloud.log()[-1]["operation"] == "openstack GET /compute/v2.1/servers/detail"
