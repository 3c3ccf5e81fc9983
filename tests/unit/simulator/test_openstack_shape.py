# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other shape: what the services behind the gateway answer by themselves."""

from __future__ import annotations

import pytest

from simulator import seeds


@pytest.fixture
def os_api(api, sim):
    sim.settings(shape="openstack")
    return api


def test_flavors_have_numbers_and_keep_the_sent_id(os_api):
    body = {"flavor": {"id": "7", "name": "small", "ram": 512, "vcpus": 1, "disk": 1}}
    flavor = os_api("flavor-create", body).json()["flavor"]
    assert (flavor["id"], flavor["ram"], flavor["rxtx_factor"], flavor["swap"]) == ("7", 512, 1.0, "")


def test_images_are_bare_and_paged_by_25(os_api, sim):
    sim.seed("images", name="i-{n}", count=30)
    first = os_api("image-list").json()
    marker = first["images"][-1]["id"]
    assert len(first["images"]) == 25
    assert f"marker={marker}" in first["next"]
    rest = os_api("image-list", query={"marker": marker}).json()
    assert len(rest["images"]) == 5
    assert "next" not in rest
    assert os_api("image-get", image_id=marker).json()["id"] == marker


def test_servers_look_like_nova(os_api, sim, server):
    view = os_api("server-get", server_id=server["id"]).json()["server"]
    assert view["created"].endswith("Z")
    assert view["os-extended-volumes:volumes_attached"] == []
    assert view["config_drive"] == ""
    assert "adminPass" not in view
    assert isinstance(os_api("server-interface-list", server_id=server["id"]).json()["interfaceAttachments"], list)


def test_a_server_needs_nothing_of_the_platform(os_api, sim, server_body):
    for metadata, zone in (({"role": "web"}, "nova11"), ({}, None), ({"cvk": "any"}, "nova12")):
        server_body["server"].update(metadata=metadata, availability_zone=zone, networks=[{"uuid": seeds.NET_1}])
        if zone is None:
            del server_body["server"]["availability_zone"]
        created = os_api("server-create", server_body)
        assert created.status_code == 202, created.text
        view = os_api("server-get", server_id=created.json()["server"]["id"]).json()["server"]
        assert (view["metadata"], view["OS-EXT-AZ:availability_zone"]) == (metadata, zone or "nova11")


def test_ports_keep_their_security_groups_when_a_server_gets_them(os_api, sim, server_body):
    (own,) = sim.seed("security_groups", name="db")
    sim.seed("security_groups", name="asked-for")
    (port,) = sim.seed("ports", network_id=seeds.NET_1, security_groups=[own["id"]])
    groups = []
    for networks in ([{"port": port["id"]}], [{"uuid": seeds.NET_1}]):
        server_body["server"].update(networks=networks, security_groups=[{"name": "asked-for"}])
        server_id = os_api("server-create", server_body).json()["server"]["id"]
        groups += os_api("server-get", server_id=server_id).json()["server"]["security_groups"]
    assert groups == [{"name": "db"}, {"name": "asked-for"}]


def test_cut_lists_have_a_next_link(os_api, sim):
    sim.seed("servers", count=3, name="web-{n}")
    page = os_api("server-list-detail", query={"limit": 2}).json()
    assert page["servers_links"][0]["rel"] == "next"
    assert "servers_links" not in os_api("server-list-detail").json()


def test_the_short_list_of_servers_is_paged_too(os_api, sim):
    sim.seed("servers", count=3, name="web-{n}")
    page = os_api("server-list", query={"limit": 2}).json()
    assert page["servers_links"][0]["href"].endswith(f"limit=2&marker={page['servers'][-1]['id']}")
    rest = os_api("server-list", query={"marker": page["servers"][-1]["id"]}).json()
    assert [server["name"] for server in page["servers"] + rest["servers"]] == ["web-3", "web-2", "web-1"]


def test_a_resize_stops_at_verify_resize(os_api, sim, server):
    sim.seed("flavors", id="large", name="large")
    os_api("server-resize", {"resize": {"flavorRef": "large"}}, server_id=server["id"])
    sim.advance(60)
    assert os_api("server-get", server_id=server["id"]).json()["server"]["status"] == "VERIFY_RESIZE"
    live = os_api("server-resize", {"liveresize": {"flavorRef": "large"}}, server_id=server["id"])
    assert live.status_code == 400


def test_what_only_the_platform_offers_is_missing(os_api, sim, server):
    sim.seed("keypairs", name="mykey")
    assert os_api("azone-list").status_code == 404
    assert os_api("keypair-get", keypair_name="mykey").status_code == 404
    assert os_api("os-keypair-get", keypair_name="mykey").status_code == 200
    assert os_api("os-keypair-delete", keypair_name="mykey").status_code == 202
    body = {"interfaceAttachment": {"port_id": seeds.PORT_1}}
    assert os_api("server-interface-attach", body, server_id=server["id"]).status_code == 404
    answer = os_api("os-interface-attach", body, server_id=server["id"])
    assert answer.json()["interfaceAttachment"]["port_id"] == seeds.PORT_1


def test_what_only_openstack_offers_is_missing_in_the_reference(api, sim, server):
    sim.seed("keypairs", name="mykey")
    assert api("os-keypair-get", keypair_name="mykey").status_code == 404
    body = {"interfaceAttachment": {"port_id": seeds.PORT_1}}
    assert api("os-interface-attach", body, server_id=server["id"]).status_code == 404


def test_every_service_has_its_own_errors(os_api):
    nova = os_api("flavor-get", flavor_id="nothing")
    assert nova.json()["itemNotFound"]["code"] == 404
    glance = os_api("image-get", image_id="nothing")
    assert glance.headers["Content-Type"].startswith("text/html")
    assert "404 Not Found" in glance.text
    os_api.token = "wrong"
    assert os_api("flavor-list").json()["error"]["code"] == 401


def test_a_generated_key_comes_with_its_private_half(os_api):
    keypair = os_api("keypair-create", {"keypair": {"name": "mykey", "type": "ssh"}}).json()["keypair"]
    assert "PRIVATE KEY" in keypair["private_key"]


def test_the_console_has_a_url(os_api, server):
    console = os_api("server-console", {"os-getVNCConsole": {"type": "novnc"}}, server_id=server["id"]).json()
    assert console["console"].keys() == {"url", "type"}
