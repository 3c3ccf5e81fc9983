# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Headers, query keys, methods and paths: the judge as a client meets it."""

from __future__ import annotations

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
import requests

from simulator import seeds


def refusal(response) -> str:
    body = response.json()
    assert response.status_code == 400
    assert body.keys() == {"code", "msg", "data", "total"}
    assert (body["code"], body["data"], body["total"]) == ("400", None, 0)
    return body["msg"]


@pytest.mark.parametrize("accept", [None, "*/*", "application/json, */*", "text/html"])
def test_accept_is_demanded_where_json_is_answered(api, accept):
    assert "header Accept must be application/json" in refusal(api("flavor-list", headers={"Accept": accept}))


@pytest.mark.parametrize("accept", ["*/*", "application/json"])
def test_accept_must_be_absent_where_nothing_is_answered(api, server, accept):
    headers = {"Accept": accept}
    assert "must be absent" in refusal(api("server-delete", headers=headers, server_id=server["id"]))
    assert "must be absent" in refusal(api("server-stop", {"os-stop": None}, headers=headers, server_id=server["id"]))


def test_accept_follows_the_action(api, server):
    assert api("server-console", {"os-getVNCConsole": {"type": "novnc"}}, server_id=server["id"]).status_code == 200


@pytest.mark.parametrize("operation", ["flavor-list", "server-list-detail", "keypair-list"])
def test_content_type_is_demanded_without_a_body_too(api, operation):
    assert "Content-Type" in refusal(api(operation, headers={"Content-Type": None}))


def test_undeclared_query_keys_are_refused(api):
    assert "query parameter not allowed: name" in refusal(api("server-list", query={"name": "web"}))
    assert api("server-list-detail", query={"name": "web"}).status_code == 200


def test_query_values_have_types(api):
    assert "limit" in refusal(api("server-list-detail", query={"limit": "ten"}))
    assert "limit" in refusal(api("image-list", query={"limit": "ten"}))


def test_a_body_is_refused_with_get(api):
    assert "a body is not allowed" in refusal(api("flavor-list", {}))


def test_a_missing_body_is_refused(api):
    assert "request body" in refusal(api("flavor-create"))


def test_a_body_that_is_no_json_is_refused(api):
    assert refusal(api("flavor-create", data="{"))
    assert refusal(api("server-stop", data="{", server_id="1"))


def test_image_patches_have_a_type_of_their_own(api, image):
    patch = [{"op": "replace", "path": "/name", "value": "new"}]
    wrong = api("image-patch", patch, headers={"Content-Type": "application/json"}, image_id=image["id"])
    assert wrong.status_code == 415
    assert refusal(api("image-patch", patch, headers={"Accept": "application/json"}, image_id=image["id"]))
    typed = {"Content-Type": "application/openstack-images-v2.1-json-patch; charset=utf-8"}
    assert api("image-patch", patch, headers=typed, image_id=image["id"]).status_code == 200


def test_secrets_do_not_come_back_in_a_refusal(api, server_body):
    server_body["server"]["adminPass"] = ["hunter2"]
    assert "hunter2" not in refusal(api("server-create", server_body))


def test_unknown_paths_and_methods_are_told_in_the_usual_form(api, sim):
    headers = {"Content-Type": "application/json", "X-Auth-Token": api.token}
    unknown = requests.get(f"{sim.url}/os/nowhere", headers=headers, timeout=60)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "404")
    method = requests.patch(f"{sim.url}/os/compute/v1/v2/x/flavors", headers=headers, timeout=60)
    assert (method.status_code, method.json()["code"]) == (405, "405")


def test_paths_are_decoded(api, sim):
    sim.seed("flavors", id="a#b c", name="odd")
    assert api("flavor-get", flavor_id="a%23b%20c").json()["flavor"]["name"] == "odd"


def test_an_answer_that_violates_the_contract_is_a_failure_of_the_simulator(api, sim):
    sim.seed(
        "keypairs",
        name="mykey",
        public_key="ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "A" * 42,
        user_id=seeds.ADMIN_USER,
        number="one",
    )
    response = api("keypair-get", keypair_name="mykey")
    assert response.status_code == 500
    assert "keypair.id: 'one' is not of type" in response.json()["msg"]
    sim.settings(validate=False)
    assert api("keypair-get", keypair_name="mykey").status_code == 200


def test_a_hundred_clients_at_once(api, sim):
    sim.clear_log()

    def ask(_number: int) -> list[int]:
        with requests.Session() as session:
            session.headers.update(
                {"X-Auth-Token": api.token, "Content-Type": "application/json", "Accept": "application/json"}
            )
            url = f"{sim.url}/os/compute/v1/v2/{seeds.ADMIN_PROJECT}/flavors"
            return [session.get(url, timeout=300).status_code for _attempt in range(2)]

    with ThreadPoolExecutor(100) as pool:
        assert list(pool.map(ask, range(100))) == [[200, 200]] * 100
    entries = sim.log()
    assert len(entries) == 200
    assert len({entry["connection"] for entry in entries}) == 100


def test_a_broken_upload_leaves_the_image_queued(api, sim):
    image = sim.seed("images", status="queued", size=None, checksum=None)[0]
    host = urlsplit(sim.url)
    with socket.create_connection((host.hostname, host.port)) as connection:
        connection.sendall(
            f"PUT /os/image/v1/v2/images/{image['id']}/file HTTP/1.1\r\nHost: x\r\nX-Auth-Token: {api.token}\r\n"
            "Content-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nonly this".encode()
        )
        wait_for(lambda: sim.state("images")[0]["status"] == "saving")
    wait_for(lambda: sim.state("images")[0]["status"] == "queued")
    assert api("image-upload", data=b"all of it", image_id=image["id"]).status_code == 200


def wait_for(condition) -> None:
    deadline = time.monotonic() + 300
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_more_requests_in_a_second_than_the_limit_are_refused(sim, api):
    sim.settings(rate_limit=3)
    sim.advance(2)
    answers = [api("flavor-list") for _request in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    sim.settings(rate_limit=1)  # whatever the time that three requests take, there is no room for one more
    refused = api("flavor-list")
    while refused.status_code == 200:  # that second was over
        refused = api("flavor-list")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")
    sim.advance(1)
    assert api("flavor-list").status_code == 200
