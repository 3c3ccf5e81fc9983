# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway's three doors: each leads to the same services, by the addresses of an installation."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from openstack.cloud import Cloud
from openstack.request_log import count
from openstack.settings import ADMIN_PASSWORD

PREFIXED = {
    "flavors": "/os/compute/v1/v2/{project}/flavors/detail",
    "servers": "/os/compute/v1/v2/{project}/servers/detail",
    "images": "/os/image/v1/v2/images",
    "nodes": "/os/kinton/v1/v1/nodes",
    "projects": "/os/kinton/v1/v3/projects",
    "networks": "/os/network/v1/v2.0/networks",
    "volumes": "/os/storage/v1/v2/{project}/volumes/detail",
}
CORE = {
    "flavors": "/v2/{project}/flavors/detail",
    "servers": "/v2/{project}/servers/detail",
    "images": "/v2/images",
    "nodes": "/v1/nodes",
    "projects": "/v3/projects",
    "networks": "/v2.0/networks",
    "volumes": "/v2/{project}/volumes/detail",
}
ADDRESSES = [
    *(("gateway", *entry) for entry in PREFIXED.items()),
    *(("tolerant", *entry) for entry in PREFIXED.items()),
    *(("core", *entry) for entry in CORE.items()),
]
PAIRS = {"gateway": "/os/compute/v1/v2", "tolerant": "/os/compute/v1/v2", "core": "/v2"}
PAIR = {"keypair": {"name": "doors", "type": "ssh"}}


def ask(cloud: Cloud, door: str, path: str, method: str = "GET", **keywords: Any) -> requests.Response:
    url = cloud.address(door) + path.format(project=cloud.admin.project_id)
    return cloud.admin.http.request(method, url, timeout=60, **keywords)


@pytest.mark.parametrize("door", PAIRS)
def test_a_token_comes_from_each_door(cloud: Cloud, door: str) -> None:
    domain = {"id": "default"}
    user = {"user": {"name": "admin", "domain": domain, "password": ADMIN_PASSWORD}}
    scope = {"project": {"name": "admin", "domain": domain}}
    body = {"auth": {"identity": {"methods": ["password"], "password": user}, "scope": scope}}

    answer = ask(cloud, door, "/v3/auth/tokens", "POST", json=body)

    assert answer.status_code == 201
    assert answer.json()["token"]["project"]["id"] == cloud.admin.project_id


@pytest.mark.parametrize(("door", "kind", "path"), ADDRESSES)
def test_an_address_leads_to_its_service(cloud: Cloud, door: str, kind: str, path: str) -> None:
    assert isinstance(ask(cloud, door, path).json()[kind], list)


@pytest.mark.parametrize(("door", "status"), [("gateway", 400), ("tolerant", 200), ("core", 200)])
def test_only_the_strict_door_refuses_what_nova_does_not_know(cloud: Cloud, door: str, status: int) -> None:
    answer = ask(cloud, door, PAIRS[door] + "/{project}/os-keypairs", "POST", json=PAIR)

    assert answer.status_code == status


@pytest.mark.parametrize("door", ["tolerant", "core"])
def test_the_spelling_of_the_platform_leads_to_key_pairs(cloud: Cloud, door: str) -> None:
    ask(cloud, door, PAIRS[door] + "/{project}/os-keypairs", "POST", json=PAIR)

    assert ask(cloud, door, PAIRS[door] + "/{project}/keypairs/doors").json()["keypair"]["name"] == "doors"


@pytest.mark.parametrize("door", PAIRS)
@pytest.mark.parametrize(("target", "binary"), [("compute", "nova-compute"), ("block_storage", "cinder-volume")])
def test_a_header_chooses_between_two_services_of_one_address(
    cloud: Cloud, door: str, target: str, binary: str
) -> None:
    headers = {"H3CloudOS-Core-Target": target}
    listed = ask(cloud, door, PAIRS[door] + "/{project}/os-services", headers=headers).json()

    assert binary in {service["binary"] for service in listed["services"]}


@pytest.mark.parametrize("door", PAIRS)
def test_what_has_no_service_is_an_error_of_the_platform(cloud: Cloud, door: str) -> None:
    answer = ask(cloud, door, "/cloudos/azones")

    assert answer.status_code == 404
    assert answer.json().keys() == {"code", "msg", "data", "total"}


def test_each_request_is_a_line_of_the_log(cloud: Cloud) -> None:
    before = len(cloud.log())

    ask(cloud, "gateway", PREFIXED["flavors"])
    ask(cloud, "core", CORE["flavors"])
    ask(cloud, "tolerant", "/os/compute/v1/v2/{project}/servers/none/action", "POST", json={"os-stop": None})

    assert count(cloud.log()[before:]) == {
        "GET /os/compute/v1/v2/{id}/flavors/detail": 1,
        "GET /v2/{id}/flavors/detail": 1,
        "POST /os/compute/v1/v2/{id}/servers/none/action os-stop": 1,
    }
