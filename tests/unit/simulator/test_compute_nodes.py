# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compute nodes: arrays by host name, told with their secrets; their management answers for them."""

from __future__ import annotations

import pytest

from simulator import seeds

NODE = {
    "hostName": "host191",
    "vmType": 2,
    "hostIp": "172.25.17.191",
    "userName": "username",
    "password": "clear-text",
    "poolName": "pool1",
    "vxlanOverlayMode": 3,
    "storageZone": "cinder191",
    "clusterName": "cluster1",
    "clusterId": "1",
    "initMode": "vmware_api",
    "vswitch": [{"netName": "Y2Fz", "device": "vSwitch0"}],
}
DELETION = {"hostName": "host191", "storageZone": "cinder191", "tenantId": seeds.ADMIN_PROJECT}
MANAGEMENT = {
    "vmType": 2,
    "protocal": "http",
    "hostIp": "10.125.26.11",
    "userName": "userName",
    "password": seeds.MANAGER_PASSWORD,
    "switchType": "",
}


def test_a_node_is_known_by_its_host_name_and_told_with_its_password(api):
    made = api("compute-node-create", [{**NODE, "mode": "expand"}])
    assert (made.status_code, made.text) == (201, "")
    (told,) = api("compute-node-list").json()
    assert (told["hostName"], told["password"], told["mode"]) == ("host191", "clear-text", "expand")
    assert api("compute-node-create", [NODE]).status_code == 400


def test_what_an_update_leaves_out_is_lost(api):
    api("compute-node-create", [{**NODE, "mode": "expand", "transport_URI": "rabbit://u:p@h"}])
    assert api("compute-node-update", [{**NODE, "poolName": "pool2"}]).status_code == 200
    (told,) = api("compute-node-list").json()
    assert (told["poolName"], told["mode"], told["transport_URI"]) == ("pool2", None, None)
    assert api("compute-node-update", [{**NODE, "hostName": "none"}]).status_code == 400


def test_a_deletion_names_zone_and_project(api):
    api("compute-node-create", [NODE])
    for wrong in ({"storageZone": "other"}, {"tenantId": "other"}, {"hostName": "other"}):
        assert api("compute-node-delete", {**DELETION, **wrong}).status_code == 400
    assert api("compute-node-delete", DELETION).text == ""
    assert api("compute-node-list").json() == []


@pytest.mark.parametrize(
    "change",
    [
        {"vmType": "2"},
        {"vmType": 4},
        {"vxlanOverlayMode": 0},
        {"storageZone": "nova11"},
        {"vswitch": [{"netName": "no base64", "device": "vxlan"}]},
        {"vswitch": [{"netName": "Y2Fz"}]},
        {"password": "******"},
        {"hostName": ""},
        {"clusterId": 1},
        {"linkClone": "true"},
    ],
)
def test_values_that_are_refused(api, change):
    assert api("compute-node-create", [{**NODE, **change}]).status_code == 400
    assert api("compute-node-create", NODE).status_code == 400


@pytest.mark.parametrize("spelling", ["transport_URI", "transport_url"])
def test_the_message_queue_has_one_spelling(api, sim, spelling):
    sim.settings(transport_spelling=spelling)
    answers = {
        name: api("compute-node-create", [{**NODE, "hostName": name, name: "rabbit://u:p@h"}]).status_code
        for name in ("transport_URI", "transport_url")
    }
    assert {name for name, status in answers.items() if status == 201} == {spelling}
    (told,) = api("compute-node-list").json()
    assert told[spelling] == "rabbit://u:p@h"


def test_secrets_can_be_masked(api, sim):
    sim.seed("compute_nodes", hostName="n", allPass="clear-text")
    sim.settings(node_secrets="masked")
    (told,) = api("compute-node-list").json()
    assert (told["password"], told["allPass"], told["transport_URI"]) == ("******", "******", None)


@pytest.mark.parametrize(
    "change",
    [{"hostIp": "10.0.0.1"}, {"password": "wrong"}, {"protocal": "https"}, {"vmType": 1, "switchType": "vswitch"}],
)
def test_a_management_that_cannot_be_used_is_told_with_200(api, change):
    checked = api("compute-node-check", {**MANAGEMENT, **change})
    assert checked.status_code == 200
    assert checked.json()["available"] is False and checked.json()["errors"]
    refreshed = api("compute-node-refresh", {**MANAGEMENT, **change, "hostName": "n"})
    assert refreshed.status_code == 200 and refreshed.json()["errors"]


def test_the_type_of_switches_belongs_to_the_type_of_virtualization(api):
    assert api("compute-node-check", MANAGEMENT).json()["available"] is True
    assert api("compute-node-check", {**MANAGEMENT, "switchType": "vswitch"}).status_code == 400
    assert api("compute-node-check", {**MANAGEMENT, "vmType": 3}).status_code == 400
    assert api("compute-node-check", {**MANAGEMENT, "vmType": 1}).status_code == 400


def test_compute_nodes_are_for_administrators(demo):
    assert demo("compute-node-list").status_code == 403
    assert demo("compute-node-create", [NODE]).status_code == 403
