# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Subnets of the simulator."""

from __future__ import annotations

import pytest

from simulator import seeds

NETWORK = "11111111-2222-4333-8444-555555555555"
NEW = {"name": "web-v4", "network_id": NETWORK, "cidr": "10.40.1.0/24", "ip_version": 4}
POOL = {"start": "10.40.1.10", "end": "10.40.1.19"}


@pytest.fixture
def api(sim, api):
    sim.seed("networks", id=NETWORK, name="web", subnet_id=None)
    return api


def test_a_subnet_is_created_changed_and_deleted(api):
    created = api("subnet-create", {"subnet": NEW}).json()["subnet"]
    assert {**created, **NEW, "gateway_ip": "10.40.1.1", "enable_dhcp": True, "dns_nameservers": []} == created
    assert created["allocation_pools"] == [{"start": "10.40.1.2", "end": "10.40.1.254"}]
    assert api("network-get", network_id=NETWORK).json()["network"]["subnets"] == [created["id"]]

    place = {"subnet_id": created["id"]}
    changed = api("subnet-update", {"subnet": {"gateway_ip": None, "dns_nameservers": ["10.40.0.53"]}}, **place)
    changed = changed.json()["subnet"]
    assert (changed["gateway_ip"], changed["dns_nameservers"]) == (None, ["10.40.0.53"])
    assert api("subnet-list", query={"network_id": NETWORK}).json() == {"subnets": [changed]}
    assert api("subnet-get", **place).json() == {"subnet": changed}

    assert api("subnet-delete", **place).status_code == 204
    assert api("subnet-get", **place).status_code == 404


def test_a_subnet_without_a_gateway_gives_all_addresses(api):
    created = api("subnet-create", {"subnet": {**NEW, "gateway_ip": None}}).json()["subnet"]
    assert created["allocation_pools"] == [{"start": "10.40.1.1", "end": "10.40.1.254"}]


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"cidr": "10.40.1.1/24"}, 400),
        ({"cidr": "web"}, 400),
        ({"ip_version": 6}, 400),
        ({"gateway_ip": "10.40.2.1"}, 400),
        ({"gateway_ip": "10.40.1.12", "allocation_pools": [POOL]}, 409),
        ({"allocation_pools": [{**POOL, "end": "10.40.2.1"}]}, 400),
        ({"allocation_pools": [{"start": POOL["end"], "end": POOL["start"]}]}, 400),
        ({"dns_nameservers": ["name-server"]}, 400),
        ({"host_routes": [{"destination": "10.0.0.0/8", "nexthop": "there"}]}, 400),
        ({"network_id": "00000000-0000-4000-8000-000000000000"}, 404),
        ({"cidr": "10.40.0.0/16"}, 400),
        ({"cidr": "2001:db8::/64", "ip_version": 6}, 201),
    ],
)
def test_a_subnet_has_to_be_possible(api, sim, wanted, status):
    sim.seed("subnets", network_id=NETWORK, cidr="10.40.9.0/24")
    assert api("subnet-create", {"subnet": {**NEW, **wanted}}).status_code == status


def test_a_change_has_to_be_possible(api):
    place = {"subnet_id": api("subnet-create", {"subnet": NEW}).json()["subnet"]["id"]}
    assert api("subnet-update", {"subnet": {"gateway_ip": "10.40.1.9"}}, **place).status_code == 409
    both = {"gateway_ip": "10.40.1.9", "allocation_pools": [POOL]}
    assert api("subnet-update", {"subnet": both}, **place).status_code == 200


def test_a_subnet_with_ports_stays(api):
    refused = api("subnet-delete", subnet_id=seeds.SUBNET_1)
    assert refused.status_code == 409
    assert "IP allocation" in refused.json()["NeutronError"]["message"]


def test_projects_see_their_own_subnets_and_those_of_shared_networks(api, demo):
    hidden = api("subnet-create", {"subnet": NEW}).json()["subnet"]
    assert {subnet["id"] for subnet in demo("subnet-list").json()["subnets"]} == {seeds.SUBNET_1, seeds.SUBNET_2}
    assert demo("subnet-get", subnet_id=hidden["id"]).status_code == 404
    assert demo("subnet-delete", subnet_id=seeds.SUBNET_1).status_code == 403
    assert demo("subnet-create", {"subnet": {**NEW, "network_id": seeds.NET_1}}).status_code == 403
    assert demo("subnet-create", {"subnet": NEW}).status_code == 404


def test_servers_need_a_subnet(api, server_body):
    server_body["server"]["networks"] = [{"uuid": NETWORK, "enable_gateway": "true"}]
    refused = api("server-create", server_body)
    assert refused.status_code == 400
    assert "requires a subnet" in refused.text
