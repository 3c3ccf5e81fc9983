# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which floating IP is meant, and which port it leads to, on platforms that say more or less of it."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Simulator, seeds
from simulator.call import Answer
from simulator.services import HANDLERS

from .player import Call, Player, Story

NETWORK = "9f0c2c1e-6c0d-4c43-8f5c-3d2b6a1e7b12"
SERVER = "9f0c2c1e-6c0d-4c43-8f5c-3d2b6a1e7a10"
INTERNET = {
    "kind": "networks",
    "id": NETWORK,
    "name": "internet",
    "subnet_cidr": "203.0.113.0/24",
    "router:external": True,
}
ROUTER = {"kind": "routers", "gateway": NETWORK, "interfaces": [seeds.SUBNET_1, seeds.SUBNET_2]}
PORTS = [
    {"kind": "ports", "id": seeds.PORT_1, "network_id": seeds.NET_1, "ip": "192.168.10.101", "server_id": SERVER},
    {"kind": "ports", "id": seeds.PORT_2, "network_id": seeds.NET_2, "ip": "10.20.10.101", "server_id": SERVER},
]
WEB = {"kind": "servers", "id": SERVER, "name": "web-1", "nics": []}
ASK = {"network": "internet", "server": "web-1"}


def without_details(call: Any) -> Answer:
    """The list of an older Neutron, which does not say to which server a port belongs."""
    answer = HANDLERS["floating-ip-list"](call)
    for entry in answer.body["floatingips"]:
        del entry["port_details"]
    return answer


@pytest.fixture(scope="module", params=["with details", "without"])
def cloud(request):
    handlers = {"floating-ip-list": without_details} if request.param == "without" else {}
    with Simulator(handlers=handlers) as running:
        yield running


@pytest.fixture
def play(cloud, tmp_path):
    def played(*calls: dict[str, Any], ports: int = 1, more: Any = (), **settings: Any):
        named = []
        for options in calls:
            given = {name: value for name, value in options.items() if name != "check_mode"}
            named.append(Call("", "cloudos_floating_ip", given, "check_mode" in options))
        seeded = [INTERNET, ROUTER, WEB, *PORTS[:ports], *more]
        return Player(cloud, tmp_path).play(Story("floating IPs", named, seeds=seeded, settings=settings))

    return played


def test_a_server_gets_one_and_no_second_one(play):
    foreseen, made, again, told_again = play({**ASK, "check_mode": True}, ASK, ASK, {**ASK, "server": SERVER})

    assert foreseen.result["actions"] == made.result["actions"] == ["create"]
    assert (again.result["changed"], told_again.result["changed"]) == (False, False)
    assert again.result["floating_ip"]["server"] == SERVER


@pytest.mark.parametrize("lists", ["listed", "unlisted"])
def test_a_server_with_several_ports_needs_the_fixed_address(play, lists):
    web = {**WEB, "nics": [port["id"] for port in PORTS]}
    fixed = {**ASK, "fixed_address": "10.20.10.101"}
    refused, bound = play(ASK, fixed, ports=2, more=[web], volumes_and_ports=lists)

    assert "has 2 ports, with the addresses 192.168.10.101, 10.20.10.101" in refused.result["msg"]
    assert bound.result["floating_ip"]["port"] == seeds.PORT_2
    assert bound.result["floating_ip"]["fixed_address"] == "10.20.10.101"


def test_a_server_without_a_port_of_that_address_is_an_error(play):
    none, other = play(ASK, {**ASK, "fixed_address": "192.168.10.7"}, ports=0)

    assert "web-1 has no port; its addresses are: none" in none.result["msg"]
    assert "no port with the address 192.168.10.7" in other.result["msg"]


def test_several_floating_ips_of_one_server_are_told_apart(play):
    fields = {"kind": "floating_ips", "network_id": NETWORK}
    both = [{**fields, "port_id": port["id"]} for port in PORTS]
    refused, released = play(
        {"server": "web-1", "state": "absent"},
        {"server": "web-1", "state": "absent", "fixed_address": "10.20.10.101"},
        ports=2,
        more=both,
    )

    assert "There are several floating IPs" in refused.result["msg"]
    assert released.result["actions"] == ["delete"]


def test_a_port_is_named_instead_of_a_server(play):
    made, again, unbound = (
        done.result
        for done in play(
            {"network": "internet", "port": seeds.PORT_1},
            {"network": "internet", "port": seeds.PORT_1},
            {"port": seeds.PORT_1, "state": "unbound"},
        )
    )

    assert made["floating_ip"]["port"] == seeds.PORT_1
    assert (again["changed"], unbound["actions"]) == (False, ["unbind"])


def test_an_address_is_chosen_bound_and_moved(play):
    address = {"network": "internet", "address": "203.0.113.77"}
    made, bound, again, norm = (
        done.result
        for done in play(
            address,
            {"address": "203.0.113.77", "server": "web-1"},
            {"address": "203.0.113.77", "server": "web-1"},
            {"address": "203.0.113.77", "norm": "10M"},
        )
    )

    assert (made["actions"], bound["actions"], norm["actions"]) == (["create"], ["bind"], ["update"])
    assert again["changed"] is False
    assert norm["floating_ip"]["port"] == seeds.PORT_1  # which a request that does not name it would unbind


def test_a_network_alone_does_not_say_which_one_is_meant(play):
    refused, free, again = (
        done.result
        for done in play(
            {"network": "internet"},
            {"network": "internet", "state": "unbound"},
            {"network": "internet", "state": "unbound"},
        )
    )

    assert "Specify server, port or address" in refused["msg"]
    assert (free["actions"], again["changed"]) == (["create"], False)
    assert again["floating_ip"]["address"] == free["floating_ip"]["address"]


@pytest.mark.parametrize("state", ["absent", "unbound"])
def test_a_server_that_is_gone_has_nothing_to_give(play, state):
    gone, bare = play({"server": "web-9", "state": state}, {"server": "web-1", "state": state})

    assert [one.result["changed"] for one in (gone, bare)] == [False, False]
    assert [one.result["floating_ip"] for one in (gone, bare)] == [None, None]


def test_a_converged_server_costs_one_read_of_each_kind(play):
    _made, again = play(ASK, ASK)

    reads = [entry["operation"] for entry in again.log if "tokens" not in entry["path"]]
    assert sorted(set(reads)) == sorted(reads)
    assert {"floating-ip-list", "network-list", "server-list-detail"} <= set(reads)


@pytest.mark.parametrize("option", ["address", "fixed_address"])
def test_what_is_no_address_is_refused(play, option):
    (refused,) = play({**ASK, option: "somewhere"})

    assert refused.result["msg"].startswith(f"{option}: 'somewhere' is not an IP address")
