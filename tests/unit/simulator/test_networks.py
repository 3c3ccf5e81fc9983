# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks of the simulator."""

from __future__ import annotations

import pytest

from simulator import seeds

NEW = {"name": "web", "mtu": 1400, "alias_zone_ids": [seeds.ZONE_NOVA11]}
VLAN = {"name": "vlan", "provider:network_type": "vlan", "provider:physical_network": "physnet1"}


def test_a_network_is_created_changed_and_deleted(api):
    created = api("network-create", {"network": NEW}).json()["network"]
    assert {**created, **NEW, "tenant_id": seeds.ADMIN_PROJECT, "provider:network_type": "vlan"} == created

    place = {"network_id": created["id"]}
    changed = api("network-update", {"network": {"shared": True}}, **place).json()["network"]
    assert changed == {**created, "shared": True, "updated_at": changed["updated_at"]}
    assert changed in api("network-list").json()["networks"]
    assert api("network-get", **place).json() == {"network": changed}

    assert api("network-delete", **place).status_code == 204
    refused = api("network-get", **place)
    assert refused.status_code == 404
    assert refused.json() == {
        "NeutronError": {
            "type": "NotFound",
            "message": f"Network {created['id']} could not be found.",
            "detail": "",
        }
    }


def test_a_network_with_ports_stays(api):
    refused = api("network-delete", network_id=seeds.NET_1)
    assert refused.status_code == 409
    assert "ports still in use" in refused.json()["NeutronError"]["message"]


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"alias_zone_ids": [seeds.ZONE_CINDER191]}, 400),
        ({"provider:physical_network": "physnet1"}, 400),
        ({"provider:network_type": "flat"}, 400),
        (
            {"provider:network_type": "flat", "provider:physical_network": "physnet1", "provider:segmentation_id": 1},
            400,
        ),
        ({**VLAN, "provider:segmentation_id": 300}, 409),
        ({**VLAN, "provider:segmentation_id": 301}, 201),
    ],
)
def test_a_network_has_to_be_possible(api, sim, wanted, status):
    sim.seed("networks", **{**VLAN, "provider:segmentation_id": 300})
    assert api("network-create", {"network": {"name": "web", **wanted}}).status_code == status


def test_projects_see_their_own_networks_and_those_for_all(api, demo, sim):
    hidden, external = sim.seed("networks", name="a")[0], sim.seed("networks", name="b", **{"router:external": True})[0]
    own = demo("network-create", {"network": {"name": "own"}}).json()["network"]

    assert {entry["id"] for entry in demo("network-list").json()["networks"]} == {
        seeds.NET_1,
        seeds.NET_2,
        own["id"],
        external["id"],
    }
    outside = demo("network-list", query={"router:external": "true"}).json()["networks"]
    assert [entry["id"] for entry in outside] == [external["id"]]
    assert not [name for name in own if name.startswith("provider:")]
    assert demo("network-get", network_id=hidden["id"]).status_code == 404
    assert demo("network-update", {"network": {"name": "c"}}, network_id=external["id"]).status_code == 403
    assert own["id"] in {entry["id"] for entry in api("network-list").json()["networks"]}


@pytest.mark.parametrize(
    ("wanted", "status"),
    [
        ({"shared": True}, 403),
        ({"provider:network_type": "vlan"}, 403),
        ({"tenant_id": seeds.ADMIN_PROJECT}, 400),
        ({"tenant_id": seeds.DEMO_PROJECT}, 201),
    ],
)
def test_only_administrators_make_networks_for_others(demo, wanted, status):
    assert demo("network-create", {"network": {"name": "web", **wanted}}).status_code == status


def test_openstack_knows_no_compute_zones_of_networks(api, sim):
    sim.settings(shape="openstack")
    assert api("network-create", {"network": NEW}).status_code == 400
    assert "alias_zone_ids" not in api("network-get", network_id=seeds.NET_1).json()["network"]
