# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Routers of the simulator."""

from __future__ import annotations

import pytest

from simulator import seeds

OUTSIDE, OUTER = "11111111-2222-4333-8444-555555555555", "11111111-2222-4333-8444-666666666666"
SUBNET = "11111111-2222-4333-8444-777777777777"


@pytest.fixture
def place(sim, api):
    """A router, an external network, and a subnet to serve."""
    sim.seed("networks", id=OUTSIDE, subnet_id=OUTER, subnet_cidr="198.51.100.0/24", **{"router:external": True})
    sim.seed("networks", name="web", subnet_id=SUBNET, subnet_cidr="10.40.1.0/24")
    return {"router_id": api("router-create", {"router": {"name": "edge"}}).json()["router"]["id"]}


def test_a_router_is_created_changed_and_deleted(api, place):
    created = api("router-get", **place).json()["router"]
    wanted = {"name": "edge", "admin_state_up": True, "external_gateway_info": None}
    assert {**created, **wanted, "tenant_id": seeds.ADMIN_PROJECT} == created

    changed = api("router-update", {"router": {"admin_state_up": False}}, **place).json()["router"]
    assert changed["admin_state_up"] is False
    assert api("router-list").json() == {"routers": [changed]}

    assert api("router-delete", **place).status_code == 204
    assert api("router-get", **place).status_code == 404


def test_a_gateway_takes_an_address_of_an_external_network(api, place):
    def put(info):
        return api("router-update", {"router": {"external_gateway_info": info}}, **place)

    first = put({"network_id": OUTSIDE}).json()["router"]["external_gateway_info"]
    address = {"subnet_id": OUTER, "ip_address": "198.51.100.2"}
    assert first == {"network_id": OUTSIDE, "enable_snat": True, "external_fixed_ips": [address]}
    again = put({"network_id": OUTSIDE, "enable_snat": False}).json()["router"]["external_gateway_info"]
    assert again == {**first, "enable_snat": False}
    chosen = {"network_id": OUTSIDE, "external_fixed_ips": [{"ip_address": "198.51.100.9"}]}
    other = put(chosen).json()["router"]["external_gateway_info"]
    assert (other["enable_snat"], other["external_fixed_ips"][0]["ip_address"]) == (True, "198.51.100.9")
    assert put(chosen).status_code == 200
    assert put({}).json()["router"]["external_gateway_info"] is None
    assert put(chosen).status_code == 200


@pytest.mark.parametrize(
    ("info", "status"),
    [
        ({"network_id": seeds.NET_1}, 400),
        ({"network_id": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"network_id": OUTSIDE, "external_fixed_ips": [{"ip_address": "10.0.0.1"}]}, 400),
        ({"network_id": OUTSIDE, "external_fixed_ips": [{"ip_address": "198.51.100.50"}]}, 409),
        ({"network_id": OUTSIDE, "external_fixed_ips": [{"subnet_id": SUBNET}]}, 400),
        ({"network_id": OUTSIDE, "external_fixed_ips": [{"subnet_id": OUTER}]}, 200),
    ],
)
def test_a_gateway_has_to_be_possible(api, sim, place, info, status):
    sim.seed("ports", network_id=OUTSIDE, ip="198.51.100.50")
    assert api("router-update", {"router": {"external_gateway_info": info}}, **place).status_code == status


def test_only_administrators_choose_the_address_of_a_gateway(demo, place):
    own = {"router_id": demo("router-create", {"router": {"name": "own"}}).json()["router"]["id"]}
    plain = {"network_id": OUTSIDE}
    assert demo("router-update", {"router": {"external_gateway_info": plain}}, **own).status_code == 200
    for more in ({"enable_snat": False}, {"external_fixed_ips": [{"subnet_id": OUTER}]}):
        wanted = {"router": {"external_gateway_info": {**plain, **more}}}
        assert demo("router-update", wanted, **own).status_code == 403
    assert [router["name"] for router in demo("router-list").json()["routers"]] == ["own"]
    assert demo("router-get", **place).status_code == 404


def test_interfaces_are_ports_with_the_address_of_the_gateway(api, place):
    body = {"subnet_id": SUBNET}
    added = api("router-interface-add", body, **place).json()
    assert (added["id"], added["subnet_id"]) == (place["router_id"], SUBNET)
    (port,) = api("os-port-list", query={"device_id": place["router_id"]}).json()["ports"]
    assert (port["id"], port["device_owner"]) == (added["port_id"], "network:router_interface")
    assert port["fixed_ips"] == [{"subnet_id": SUBNET, "ip_address": "10.40.1.1"}]

    twice = api("router-interface-add", body, **place)
    assert twice.status_code == 400 and "already has a port" in twice.text
    kept = api("router-delete", **place)
    assert kept.status_code == 409 and "still has ports" in kept.text
    assert api("subnet-delete", subnet_id=SUBNET).status_code == 409

    assert api("router-interface-remove", body, **place).status_code == 200
    assert api("router-interface-remove", body, **place).status_code == 404
    assert api("router-delete", **place).status_code == 204
    assert api("subnet-delete", subnet_id=SUBNET).status_code == 204


def test_an_interface_has_to_be_possible(api, sim, place):
    bare = sim.seed("subnets", network_id=OUTSIDE, cidr="10.41.0.0/24", gateway_ip=None)[0]["id"]
    wide = sim.seed("subnets", network_id=OUTSIDE, cidr="10.40.0.0/16")[0]["id"]
    taken = sim.seed("subnets", network_id=OUTSIDE, cidr="10.42.0.0/24")[0]["id"]
    sim.seed("ports", network_id=OUTSIDE, ip="10.42.0.1")

    def add(subnet_id):
        return api("router-interface-add", {"subnet_id": subnet_id}, **place).status_code

    assert add(SUBNET) == 200
    assert (add(bare), add(wide), add(taken)) == (400, 400, 409)
    assert add("00000000-0000-4000-8000-000000000000") == 404
