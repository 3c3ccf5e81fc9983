# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Servers that are bare-metal nodes."""

from __future__ import annotations

import base64
import copy
import json

import pytest

from simulator import seeds

FLAT, TENANT = "baremetal-instance-create-flat", "baremetal-instance-create-tenant"


@pytest.fixture
def node(sim):
    sim.settings(transition_seconds=6, lock_seconds=0)
    return sim.seed("baremetal_nodes", name="metal-1", provision_state="available", resource_class="baremetal")[0]


@pytest.fixture
def flat(node, image, flavor):
    return {
        "server": {
            "name": "metal",
            "imageRef": image["id"],
            "flavorRef": flavor["id"],
            "networks": [{"uuid": seeds.NET_1, "fixed_ip": "192.168.7.7"}],
            "security_groups": [{"name": "default"}],
            "metadata": {
                "user_name": "admin",
                "zone_uuid": seeds.ZONE_IRONIC2,
                "enableAdminPass": "1",
                "extraType": "BareMetal",
                "do_manage": True,
            },
            "availability_zone": f"ironic2:{seeds.IRONIC_HOST}:{node['id']}",
            "config_drive": True,
        }
    }


@pytest.fixture
def port(sim, node):
    return sim.seed("baremetal_ports", node_uuid=node["id"])[0]


@pytest.fixture
def tenant(flat, port):
    flat["server"]["networks"][0]["enable_gateway"] = "true"
    flat["server"]["metadata"].update(
        force_gw_network=seeds.NET_1, node_port_map=f"{seeds.NET_1}:{port['id']}", h3c_extend_api="true"
    )
    return flat


def script(*interfaces, first="#ps1", program="C:/test.ps1", **more):
    text = json.dumps({"interfaces": list(interfaces), **more})
    return encoded(f"{first}\n{program} '{text}'")


def interface(**changes):
    example = {"ip_addr": "3.3.1.2", "route": "", "gateway": "", "cidr": "3.3.1.0", "bonding": "true", "mode": "0"}
    return {**example, "nics": "2c-44-fd-91-cc-08", **changes}


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def seen(api, kind, key):
    if kind == "node":
        return api("baremetal-node-get", baremetalId=key).json()
    return api("server-get", server_id=key).json()["server"]


def test_an_instance_takes_its_node_and_gives_it_back(api, sim, flat, node):
    answer = api(FLAT, flat)
    assert answer.status_code == 202
    instance = answer.json()["server"]["id"]
    assert seen(api, "server", instance)["status"] == "BUILD"
    claimed = seen(api, "node", node["id"])
    assert (claimed["provision_state"], claimed["instance_uuid"]) == ("deploying", instance)
    assert claimed["instance_info"]["configdrive"] == "******"
    sim.advance(6)
    server = seen(api, "server", instance)
    assert (server["status"], server["metadata"]["extraType"]) == ("ACTIVE", "BareMetal")
    assert server["metadata"]["do_manage"] == "true"
    assert server["OS-EXT-AZ:availability_zone"] == "ironic2"
    assert server["addresses"]["net-1"][0]["addr"] == "192.168.7.7"
    active = seen(api, "node", node["id"])
    assert (active["provision_state"], active["power_state"]) == ("active", "power on")
    assert active["properties"]["hostName"] == "metal"
    (listed,) = api("server-list-detail").json()["servers"]
    assert listed["metadata"]["extraType"] == "BareMetal"
    api("server-delete", server_id=instance)
    assert seen(api, "node", node["id"])["provision_state"] == "deleting"
    sim.advance(3)
    assert seen(api, "node", node["id"])["provision_state"] == "cleaning"
    sim.advance(6)
    free = seen(api, "node", node["id"])
    assert (free["provision_state"], free["instance_uuid"], free["instance_info"]) == ("available", "", {})
    assert "hostName" not in free["properties"]
    assert api("server-get", server_id=instance).status_code == 404


def test_an_instance_in_a_network_of_the_tenant(api, sim, tenant):
    assert api(TENANT, tenant).status_code == 202
    assert sim.log()[-1]["operation"] == TENANT


def test_a_deployment_may_fail(api, sim, flat, node):
    sim.settings(fail_provision={"metal-1": "active"})
    instance = api(FLAT, flat).json()["server"]["id"]
    sim.advance(60)
    server = seen(api, "server", instance)
    assert server["status"] == "ERROR"
    assert "Failed to deploy" in server["fault"]["message"]
    assert seen(api, "node", node["id"])["provision_state"] == "deploy failed"
    api("server-delete", server_id=instance)
    sim.advance(60)
    assert seen(api, "node", node["id"])["provision_state"] == "available"


@pytest.mark.parametrize(
    "state", [{"provision_state": "manageable"}, {"maintenance": True}, {"instance_uuid": "other"}]
)
def test_a_node_that_is_not_free_makes_an_error(api, sim, flat, node, state):
    busy = sim.seed("baremetal_nodes", **{"provision_state": "available", **state})[0]
    flat["server"]["availability_zone"] = f"ironic2:{seeds.IRONIC_HOST}:{busy['id']}"
    instance = api(FLAT, flat).json()["server"]["id"]
    sim.advance(60)
    server = seen(api, "server", instance)
    assert server["status"] == "ERROR"
    assert "No valid host" in server["fault"]["message"]


def test_any_free_node_is_taken_if_none_is_named(api, sim, flat, node):
    del flat["server"]["availability_zone"]
    instance = api(FLAT, flat).json()["server"]["id"]
    assert seen(api, "node", node["id"])["instance_uuid"] == instance


def test_deleting_while_it_builds_waits_for_the_node(api, sim, flat, node):
    instance = api(FLAT, flat).json()["server"]["id"]
    api("server-delete", server_id=instance)
    for _pause in range(4):
        sim.advance(6)
    assert api("server-get", server_id=instance).status_code == 404
    assert seen(api, "node", node["id"])["provision_state"] == "available"


def test_stopping_the_server_switches_the_node_off(api, sim, flat, node):
    instance = api(FLAT, flat).json()["server"]["id"]
    sim.advance(60)
    api("server-stop", {"os-stop": None}, server_id=instance)
    sim.advance(60)
    assert seen(api, "node", node["id"])["power_state"] == "power off"
    refused = api("baremetal-node-delete", baremetalId=node["id"])
    assert refused.status_code == 409


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("imageRef", "nothing"),
        ("flavorRef", "nothing"),
        ("networks", [{"uuid": "nothing"}]),
        ("security_groups", [{"name": "nothing"}]),
        ("availability_zone", "nova11:cpn-host11rc:1"),
        ("availability_zone", "ironic2:nothing:1"),
        ("availability_zone", f"ironic2:{seeds.IRONIC_HOST}:nothing"),
        ("key_name", "nothing"),
        ("user_data", encoded('{"interfaces": [' + json.dumps(interface()) + "]}")),
        ("user_data", script()),
        ("user_data", script(interface(), dns=["3.3.1.1"])),
        ("user_data", script(interface(), first="#cloud-config")),
        ("user_data", script(interface(), program="C:/a program.ps1")),
        ("user_data", script({"ip_addr": "3.3.1.2"})),
        ("user_data", script(interface(dns="3.3.1.1"))),
        ("user_data", script(interface(mode=0))),
        ("user_data", script(interface(mode=""))),
        ("user_data", script(interface(bonding="yes"))),
        ("user_data", script(interface(nics="2c:44:fd:91:cc:08"))),
        ("user_data", script(interface(nics="2C-44-FD-91-CC-08"))),
        ("user_data", script(interface(nics="2c-44-fd-91-cc-08;2c-44-fd-91-cc-08"))),
        ("user_data", script(interface(nics="2c-44-fd-91-cc-08;2c-44-fd-91-cc-09", bonding="false", mode=""))),
        ("user_data", script(interface(ip_addr="3.3.1"))),
        ("user_data", script(interface(gateway="3.3.2.1", cidr="3.3.1.0/24"))),
        ("user_data", script(interface(vlan_id="0"))),
        ("user_data", "abc"),
    ],
)
def test_an_instance_of_what_does_not_fit_is_refused(api, flat, path, value):
    body = copy.deepcopy(flat)
    body["server"][path] = value
    response = api(FLAT, body)
    assert response.status_code == 400
    assert "baremetal-instance" not in response.json()["msg"], "refused by the service, not by the contract"
    assert api("server-list").json() == {"servers": []}


@pytest.mark.parametrize(
    "metadata",
    [
        {"zone_uuid": seeds.ZONE_NOVA11},
        {"force_gw_network": seeds.NET_2},
        {"node_port_map": f"{seeds.NET_1}:nothing"},
        {"node_port_map": f"{seeds.NET_2}:1"},
    ],
)
def test_the_metadata_have_to_fit(api, tenant, metadata):
    tenant["server"]["metadata"].update(metadata)
    response = api(TENANT, tenant)
    assert response.status_code == 400
    assert "baremetal-instance" not in response.json()["msg"]


def test_a_flat_network_is_configured_by_a_program_of_the_image(api, flat):
    flat["server"]["user_data"] = script(
        interface(vlan_id="73", gateway="3.3.1.1", cidr="3.3.1.0/24", nics="2c-44-fd-91-cc-09;2c-44-fd-91-cc-0a"),
        interface(ip_addr="fd00::2", cidr="fd00::", bonding="false", mode=""),
        first="#!/bin/sh",
        program="/usr/sbin/configure",
    )
    assert api(FLAT, flat).status_code == 202


def test_every_network_of_a_tenant_has_a_port(api, tenant):
    del tenant["server"]["metadata"]["node_port_map"]
    assert "pair each of the networks" in api(TENANT, tenant).json()["msg"]


@pytest.mark.parametrize("gateways", [("true", "true"), ("false", "true"), ("false", "false")])
def test_the_forced_gateway_is_the_one_network_whose_gateway_is_enabled(api, tenant, port, gateways):
    networks = [
        {"uuid": net, "enable_gateway": on} for net, on in zip((seeds.NET_1, seeds.NET_2), gateways, strict=True)
    ]
    tenant["server"]["networks"] = networks
    tenant["server"]["metadata"]["node_port_map"] = f"{seeds.NET_1}:{port['id']},{seeds.NET_2}:{port['id']}"
    assert "force_gw_network" in api(TENANT, tenant).json()["msg"]
    networks[0]["enable_gateway"], networks[1]["enable_gateway"] = "true", "false"
    assert api(TENANT, tenant).status_code == 202


def test_a_key_pair_may_be_named(api, sim, flat):
    sim.seed("keypairs", name="deploy")
    flat["server"]["key_name"] = "deploy"
    instance = api(FLAT, flat).json()["server"]["id"]
    assert seen(api, "server", instance)["key_name"] == "deploy"


def test_a_node_is_a_hypervisor_of_its_compute_node(api, sim, node):
    sim.seed("baremetal_nodes", provision_state="manageable")
    listed = api("hypervisor-list-detail").json()["hypervisors"]
    hosts = {entry["hypervisor_hostname"]: entry["service"]["host"] for entry in listed}
    assert hosts == {node["id"]: seeds.IRONIC_HOST, seeds.CVK: "cpn-host11rc", "cpn-host12rc": "cpn-host12rc"}


def test_an_instance_takes_all_of_its_hypervisor(api, sim):
    properties = {"cpus": 32, "memory_mb": 4096, "local_gb": 100}
    node = sim.seed("baremetal_nodes", provision_state="available", properties=properties)[0]

    def used():
        listed = api("hypervisor-list-detail").json()["hypervisors"]
        metal = next(entry for entry in listed if entry["hypervisor_hostname"] == node["id"])
        return metal["running_vms"], metal["vcpus_used"], metal["free_ram_mb"], metal["free_disk_gb"]

    assert used() == (0, 0, 4096, 100)
    sim.seed("servers", node_id=node["id"])
    assert used() == (1, 32, 0, 0)


def test_hypervisors_are_for_administrators(demo):
    assert demo("hypervisor-list-detail", tenant_id=seeds.DEMO_PROJECT).status_code == 403


@pytest.mark.parametrize("operation", [FLAT, TENANT])
@pytest.mark.parametrize("data", [b"#!/bin/sh\necho hello", b"\x1f\x8b\x00\xff", b"#cloud-config\nhostname: x"])
def test_what_is_for_the_image_is_not_looked_into(api, flat, tenant, operation, data):
    body = flat if operation == FLAT else tenant
    body["server"]["user_data"] = base64.b64encode(data).decode()
    assert api(operation, body).status_code == 202


@pytest.mark.parametrize("text", ["password: x", "#cloud-config\nchpasswd: {expire: false}", "#cloud-config\n{passwd"])
def test_tenants_send_a_password(api, tenant, text):
    tenant["server"]["user_data"] = encoded(text)
    assert "cloud-config with a password" in api(TENANT, tenant).json()["msg"]
    tenant["server"]["user_data"] = encoded("#cloud-config\npassword: zaq1@WSX")
    assert api(TENANT, tenant).status_code == 202


def test_nova_needs_a_resource_class_and_no_metadata_of_the_platform(api, sim, flat):
    sim.settings(shape="openstack")
    for name in ("zone_uuid", "user_name", "enableAdminPass"):
        del flat["server"]["metadata"][name]
    flat["server"]["user_data"] = encoded("anything")
    for resource_class, status in (("", "ERROR"), ("baremetal", "ACTIVE")):
        node = sim.seed("baremetal_nodes", provision_state="available", resource_class=resource_class)[0]
        flat["server"]["availability_zone"] = f"ironic2:{seeds.IRONIC_HOST}:{node['id']}"
        flat["server"]["networks"] = [{"uuid": seeds.NET_1}]
        instance = api(FLAT, flat).json()["server"]["id"]
        sim.advance(60)
        assert seen(api, "server", instance)["status"] == status


def test_secrets_are_not_in_the_log(api, sim, flat):
    flat["server"]["adminPass"] = "zaq1@WSX"
    flat["server"]["metadata"]["accessKey"] = "c0h0eGZm"
    flat["server"]["user_data"] = encoded("{}")
    api(FLAT, flat)
    body = sim.log()[-1]["body"]["server"]
    assert {body["adminPass"], body["metadata"]["accessKey"], body["user_data"]} == {"(redacted)"}
