# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Floating IPs of the simulator."""

from __future__ import annotations

import pytest

from simulator import seeds


@pytest.fixture
def internet(sim):
    """An external network that a router connects with the seeded ones."""
    network = sim.seed("networks", name="internet", subnet_cidr="203.0.113.0/24", **{"router:external": True})[0]
    sim.seed("routers", gateway=network["id"], interfaces=[seeds.SUBNET_1, seeds.SUBNET_2])
    return network["id"]


def make(api, network_id, **members):
    return api("floating-ip-create", {"floatingip": {"floating_network_id": network_id, **members}})


def test_a_floating_ip_is_made_bound_unbound_and_deleted(api, internet):
    made = make(api, internet).json()["floatingip"]
    assert (made["port_id"], made["status"]) == (None, "DOWN")
    place = {"floating_ip_id": made["id"]}
    bound = api("floating-ip-update", {"floatingip": {"port_id": seeds.PORT_1}}, **place).json()["floatingip"]
    assert (bound["fixed_ip_address"], bound["status"]) == ("192.168.10.101", "ACTIVE")
    assert api("floating-ip-list", query={"port_id": seeds.PORT_1}).json()["floatingips"] == [bound]
    unbound = api("floating-ip-update", {"floatingip": {"port_id": None}}, **place).json()["floatingip"]
    assert (unbound["port_id"], unbound["fixed_ip_address"]) == (None, None)
    assert api("floating-ip-delete", **place).status_code == 204
    assert list(api("floating-ip-get", **place).json()) == ["NeutronError"]


def test_a_port_has_one_of_each_network(api, internet):
    assert make(api, internet, port_id=seeds.PORT_1).status_code == 201
    assert make(api, internet, port_id=seeds.PORT_1).status_code == 409


def test_a_router_has_to_lead_to_the_external_network(api, sim):
    network = sim.seed("networks", subnet_cidr="203.0.113.0/24", **{"router:external": True})[0]
    sim.seed("routers", gateway=network["id"], interfaces=[seeds.SUBNET_2])
    refused = make(api, network["id"], port_id=seeds.PORT_1)
    assert refused.status_code == 404
    assert f"is not reachable from subnet {seeds.SUBNET_1}" in refused.json()["NeutronError"]["message"]
    assert make(api, network["id"], port_id=seeds.PORT_2).status_code == 201


@pytest.mark.parametrize(
    "members",
    [
        {"fixed_ip_address": "10.20.10.101"},
        {"port_id": seeds.PORT_1, "fixed_ip_address": "10.20.10.101"},
        {"port_id": "00000000-0000-4000-8000-000000000000"},
        {"floating_ip_address": "198.51.100.1"},
    ],
)
def test_what_does_not_fit_is_refused(api, internet, members):
    assert make(api, internet, **members).status_code in (400, 404)


def test_only_an_external_network_has_floating_ips(api, internet):
    assert make(api, seeds.NET_1).status_code == 400


def test_only_administrators_choose_the_address(api, demo, internet):
    assert make(demo, internet, floating_ip_address="203.0.113.99").status_code == 403
    assert make(api, internet, floating_ip_address="203.0.113.99").status_code == 201
    assert make(api, internet, floating_ip_address="203.0.113.99").status_code == 400


def test_the_floating_ip_of_another_project_is_not_seen(api, demo, internet):
    make(api, internet)
    assert demo("floating-ip-list").json() == {"floatingips": []}
