# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ports of the simulator."""

from __future__ import annotations

import pytest

from simulator import seeds

NEW = {"name": "web-1", "network_id": seeds.NET_1}
MAC = "fa:16:3e:0a:0b:0c"


def test_a_port_is_created_changed_and_deleted(api):
    created = api("os-port-create", {"port": NEW}).json()["port"]
    wanted = {
        "security_groups": [seeds.DEFAULT_SECURITY_GROUP],
        "fixed_ips": [{"subnet_id": seeds.SUBNET_1, "ip_address": "192.168.0.2"}],
        "device_id": "",
        "binding:vnic_type": "normal",
    }
    assert {**created, **NEW, **wanted} == created

    place = {"port_id": created["id"]}
    addresses = [{"ip_address": "192.168.7.7"}, {"ip_address": "192.168.0.2"}]
    changed = api("os-port-update", {"port": {"fixed_ips": addresses, "security_groups": []}}, **place).json()["port"]
    assert [entry["ip_address"] for entry in changed["fixed_ips"]] == ["192.168.0.2", "192.168.7.7"]
    assert changed["security_groups"] == []
    assert api("os-port-get", **place).json() == {"port": changed}
    assert changed in api("os-port-list", query={"network_id": seeds.NET_1}).json()["ports"]

    assert api("os-port-delete", **place).status_code == 204
    assert api("os-port-get", **place).status_code == 404
    again = api("os-port-create", {"port": {**NEW, "fixed_ips": addresses}}).json()["port"]
    assert again["fixed_ips"] == changed["fixed_ips"]


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"network_id": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"fixed_ips": [{"subnet_id": seeds.SUBNET_2}]}, 400),
        ({"fixed_ips": [{"ip_address": "10.0.0.1"}]}, 400),
        ({"fixed_ips": [{"ip_address": "192.168.10.101"}]}, 409),
        ({"fixed_ips": []}, 201),
        ({"mac_address": MAC}, 409),
        ({"security_groups": [seeds.NET_1]}, 404),
        ({"port_security_enabled": False}, 201),
        ({"port_security_enabled": False, "security_groups": [seeds.WEB_SECURITY_GROUP]}, 409),
    ],
)
def test_a_port_has_to_be_possible(api, sim, wanted, status):
    sim.seed("ports", mac=MAC)
    assert api("os-port-create", {"port": {**NEW, **wanted}}).status_code == status


def test_pairs_have_the_mac_address_of_the_port(api):
    pairs = [{"ip_address": "10.9.0.0/16"}, {"ip_address": "10.8.0.0/16", "mac_address": MAC}]
    created = api("os-port-create", {"port": {**NEW, "allowed_address_pairs": pairs}}).json()["port"]
    assert created["allowed_address_pairs"] == [pairs[1], {**pairs[0], "mac_address": created["mac_address"]}]

    without = {"port_security_enabled": False, "security_groups": []}
    assert api("os-port-update", {"port": without}, port_id=created["id"]).status_code == 409
    without["allowed_address_pairs"] = []
    assert api("os-port-update", {"port": without}, port_id=created["id"]).status_code == 200


def test_projects_have_ports_of_their_own_in_shared_networks(api, demo):
    own = demo("os-port-create", {"port": NEW}).json()["port"]
    assert {port["id"] for port in demo("os-port-list").json()["ports"]} == {seeds.DEMO_PORT, own["id"]}
    assert demo("os-port-get", port_id=seeds.PORT_1).status_code == 404
    assert own["id"] in {port["id"] for port in api("os-port-list").json()["ports"]}
    for chosen in ({"mac_address": MAC}, {"fixed_ips": [{"ip_address": "192.168.9.9"}]}):
        assert demo("os-port-create", {"port": {**NEW, **chosen}}).status_code == 403


def test_ports_of_routers_stay_and_those_of_servers_go(api, sim):
    router = sim.seed("routers", name="edge")[0]
    of_router = sim.seed("ports", router_id=router["id"], device_owner="network:router_interface")[0]
    kept = api("os-port-delete", port_id=of_router["id"])
    assert kept.status_code == 409 and "device owner network:router_interface" in kept.text

    server = sim.seed("servers", name="web-1")[0]
    (port,) = api("os-port-list", query={"device_id": server["id"]}).json()["ports"]
    assert port["device_owner"] == "compute:nova"
    assert api("os-port-delete", port_id=port["id"]).status_code == 204
    assert api("server-interface-list", server_id=server["id"]).json() == {"interfaceAttachments": []}


def test_a_security_group_with_ports_stays(api, sim):
    sim.seed("ports", security_groups=[seeds.WEB_SECURITY_GROUP])
    assert api("security-group-delete", security_group_id=seeds.WEB_SECURITY_GROUP).status_code == 409
