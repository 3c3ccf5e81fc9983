# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Networks and what belongs to them: whose they are, how many requests they cost, and what is refused in time."""

from __future__ import annotations

from typing import Any

import pytest

from simulator import Simulator, seeds

from .player import Call, Player, Story

OUTSIDE, OUTER = "11111111-2222-4333-8444-555555555555", "11111111-2222-4333-8444-666666666666"
INSIDE, INNER = "21111111-2222-4333-8444-555555555555", "21111111-2222-4333-8444-666666666666"
SERVER = "9f0c2c1e-6c0d-4c43-8f5c-3d2b6a1e7a10"
SEEDS = [
    {
        "kind": "networks",
        "id": OUTSIDE,
        "name": "outside",
        "subnet_id": OUTER,
        "subnet_cidr": "198.51.100.0/24",
        "router:external": True,
    },
    {"kind": "networks", "id": INSIDE, "name": "inside", "subnet_id": None},
    {"kind": "subnets", "id": INNER, "name": "inner", "network_id": INSIDE, "cidr": "10.40.1.0/24"},
    {"kind": "servers", "id": SERVER, "name": "web-1"},
]


@pytest.fixture(scope="module")
def cloud():
    with Simulator() as running:
        yield running


@pytest.fixture
def play(cloud, tmp_path):
    def played(*calls: tuple[str, dict[str, Any]], more: list[dict[str, Any]] | None = None):
        made = [
            Call("", f"cloudos_{module}", {k: v for k, v in options.items() if k != "check"}, "check" in options)
            for module, options in calls
        ]
        return Player(cloud, tmp_path).play(Story("networks", made, seeds=[*SEEDS, *(more or [])]))

    return played


def reads(done: Any) -> list[str]:
    return [entry["operation"] for entry in done.log if entry["operation"] != "token-create"]


def test_what_is_as_wanted_costs_a_read_and_one_for_each_kind_of_name(play):
    network = {"name": "n", "mtu": 1400}
    subnet = {"name": "s", "network": "n", "cidr": "10.90.0.0/24"}
    router = {"name": "r", "external_gateway": {"network": "outside"}, "interfaces": ["s"]}
    port = {"name": "p", "network": "n", "fixed_ips": [{"subnet": "s"}], "security_groups": ["default"]}
    wanted = [("network", network), ("subnet", subnet), ("router", router), ("port", port)]
    again = play(*wanted, *wanted)[len(wanted) :]

    assert [done.result["changed"] for done in again] == [False] * len(wanted)
    assert [reads(done) for done in again] == [
        ["network-list"],
        ["subnet-list", "network-list"],
        ["router-list", "os-port-list", "subnet-list", "network-list"],
        ["os-port-list", "network-list", "security-group-list", "subnet-list"],
    ]


def test_names_mean_objects_of_the_project_and_of_networks_for_all(play):
    of_demo = {"kind": "networks", "name": "theirs", "project_id": seeds.DEMO_PROJECT}
    twin = {"kind": "networks", "name": "inside", "project_id": seeds.DEMO_PROJECT, "subnet_id": None}
    subnet = {"name": "s", "cidr": "10.90.0.0/24"}
    hidden, own, of_project, shared = play(
        ("subnet", {**subnet, "network": "theirs"}),
        ("subnet", {**subnet, "network": "inside"}),
        ("subnet", {**subnet, "network": "inside", "project": "demo"}),
        ("subnet", {**subnet, "network": "net-1", "name": "t"}),
        more=[of_demo, twin],
    )

    assert "there is no network 'theirs'" in hidden.result["msg"]
    assert own.result["subnet"]["network"] == INSIDE
    assert of_project.result["subnet"]["network"] not in (INSIDE, None)
    assert of_project.result["subnet"]["project"] == seeds.DEMO_PROJECT
    assert shared.result["subnet"]["network"] == seeds.NET_1


def test_a_read_only_module_lists_the_networks_of_the_project_and_those_for_all(play):
    of_demo = {"kind": "networks", "name": "theirs", "project_id": seeds.DEMO_PROJECT}
    every, external, theirs = play(
        ("network_info", {}),
        ("network_info", {"external": True}),
        ("network_info", {"project": "demo"}),
        more=[of_demo],
    )

    assert [entry["name"] for entry in every.result["networks"]] == ["net-1", "net-2", "outside", "inside"]
    assert [entry["name"] for entry in external.result["networks"]] == ["outside"]
    assert [entry["name"] for entry in theirs.result["networks"]] == ["theirs"]


def test_a_project_that_does_not_exist_gets_no_network(play):
    unknown = "00000000000040008000000000000000"
    (refused,) = play(("network", {"name": "n", "project": unknown}))

    assert f"there is no project '{unknown}'" in refused.result["msg"]
    assert "network-create" not in reads(refused)


@pytest.mark.parametrize("check", [{}, {"check": True}])
def test_the_port_of_a_server_is_not_deleted_and_the_error_names_the_server(play, check):
    used = {"kind": "ports", "name": "used", "network_id": INSIDE, "server_id": SERVER}
    (refused,) = play(("port", {"name": "used", "state": "absent", **check}), more=[used])

    assert f"in use by the server web-1 ({SERVER})" in refused.result["msg"]
    assert "os-port-delete" not in reads(refused)


def test_the_port_of_a_router_is_not_deleted(play):
    router = {"kind": "routers", "id": SERVER, "name": "r"}
    used = {"kind": "ports", "name": "used", "router_id": SERVER, "device_owner": "network:router_interface"}
    (refused,) = play(("port", {"name": "used", "state": "absent"}), more=[router, used])

    assert f"in use by network:router_interface {SERVER}" in refused.result["msg"]


@pytest.mark.parametrize(
    ("module", "options", "words"),
    [
        ("subnet", {"name": "s", "network": "inside", "cidr": "10.0.0.0"}, "cidr: '10.0.0.0'"),
        ("subnet", {"name": "s", "network": "inside", "cidr": "ten"}, "cidr: 'ten'"),
        ("subnet", {"name": "s", "network": "inside", "cidr": "2001:db8::/64", "ip_version": 4}, "ip_version"),
        ("subnet", {"name": "s", "network": "inside", "cidr": "10.0.0.0/24", "gateway_ip": "10.1.0.1"}, "gateway_ip"),
        (
            "subnet",
            {
                "name": "s",
                "network": "inside",
                "cidr": "10.0.0.0/24",
                "allocation_pools": [{"start": "10.0.0.9", "end": "10.0.0.2"}],
            },
            "ends before it starts",
        ),
        (
            "subnet",
            {
                "name": "s",
                "network": "inside",
                "cidr": "10.0.0.0/24",
                "allocation_pools": [{"start": "10.0.0.9", "end": "10.0.1.2"}],
            },
            "not inside of",
        ),
        ("subnet", {"name": "s", "network": "inside", "cidr": "10.0.0.0/24", "dns_nameservers": ["ns1"]}, "'ns1'"),
        ("subnet", {"name": "inner", "gateway_ip": "10.40.1.9"}, "has the gateway 10.40.1.9 in it"),
        ("subnet", {"name": "inner", "gateway_ip": "10.40.1.9", "disable_gateway_ip": True}, "mutually exclusive"),
        ("router", {"name": "r", "external_gateway": {"network": "inside"}}, "is not external"),
        ("router", {"name": "r", "external_gateway": {"network": "outside", "subnet": "inner"}}, "no subnet 'inner'"),
        ("router", {"name": "r", "interfaces": ["bare"]}, "has no gateway_ip"),
        ("port", {"name": "p", "network": "inside", "fixed_ips": [{}]}, "needs subnet or ip_address"),
        ("port", {"name": "p", "network": "inside", "mac_address": "fa:16"}, "mac_address: 'fa:16'"),
        ("port", {"name": "p", "network": "inside", "fixed_ips": [{"subnet": "bare"}]}, "no subnet 'bare'"),
        (
            "port",
            {"name": "p", "network": "inside", "allowed_address_pairs": [{"ip_address": "there"}]},
            "allowed_address_pairs: 'there'",
        ),
        ("network", {"name": "n", "provider_segmentation_id": 7}, "specify provider_network_type"),
    ],
)
def test_what_the_platform_would_refuse_is_refused_before_anything_is_sent(play, module, options, words):
    bare = {"kind": "subnets", "name": "bare", "network_id": OUTSIDE, "cidr": "10.66.0.0/24", "gateway_ip": None}
    done, checked = play((module, options), (module, {**options, "check": True}), more=[bare])
    assert words in done.result["msg"]
    writes = [entry for entry in done.log if entry["method"] != "GET" and entry["operation"] != "token-create"]
    assert writes == []
    assert checked.result.get("failed") or checked.result.get("warnings")


def test_several_subnets_of_one_name_are_told_apart_by_their_network(play):
    twin = {"kind": "subnets", "name": "inner", "network_id": OUTSIDE, "cidr": "10.66.0.0/24"}
    several, one = play(
        ("subnet", {"name": "inner", "enable_dhcp": False}),
        ("subnet", {"name": "inner", "network": "inside", "enable_dhcp": False}),
        more=[twin],
    )

    assert "there are 2 subnets named 'inner'" in several.result["msg"]
    assert one.result["subnet"]["id"] == INNER


def test_a_gateway_that_does_not_translate_stays_so_when_its_address_changes(play):
    first = {"network": "outside", "ip_address": "198.51.100.7", "enable_snat": False}
    _made, moved, again = play(
        ("router", {"name": "r", "external_gateway": first}),
        ("router", {"name": "r", "external_gateway": {"network": "outside", "ip_address": "198.51.100.8"}}),
        ("router", {"name": "r", "external_gateway": {"network": "outside", "subnet": OUTER}}),
    )

    assert moved.result["router"]["external_gateway"]["enable_snat"] is False
    assert moved.result["router"]["external_gateway"]["ip_address"] == "198.51.100.8"
    assert again.result["changed"] is False


def test_a_port_that_is_replaced_in_another_network_leaves_its_address_behind(play):
    made, moved = play(
        ("port", {"name": "p", "network": "inside", "mac_address": "fa:16:3e:00:00:aa"}),
        ("port", {"name": "p", "network": "outside", "replace": True}),
    )

    assert made.result["port"]["fixed_ips"][0]["ip_address"].startswith("10.40.1.")
    assert moved.result["actions"] == ["delete", "create"]
    assert moved.result["port"]["fixed_ips"][0]["ip_address"].startswith("198.51.100.")
    assert moved.result["port"]["mac_address"] == "fa:16:3e:00:00:aa"
