# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The reference's request examples against the running simulator, and the members its answer examples show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from unit.simulator.expected import EXPECTED, EXTENDING

from simulator import seeds
from simulator.contract import load_contract

CONTRACT = load_contract()
BEFORE = {
    "server-start": "SHUTOFF",
    "server-resume": "SUSPENDED",
    "server-shelve-2": "SHELVED",
    "server-resize-confirm": "VERIFY_RESIZE",
    "server-resize-revert": "VERIFY_RESIZE",
}


LISTENER = "6d380cf4-5558-4c8e-82f2-b64953fb8305"

# Examples of a platform that goes by another description than the simulator does by itself
SETTINGS = {
    **{name: {"quota_form": name} for name in ("quota-update", "quota-update-extended")},
    **{name: expected["settings"] for name, expected in EXPECTED.items() if "settings" in expected},
}


def operations() -> Iterator[dict[str, Any]]:
    for item in CONTRACT.document["paths"].values():
        yield from item.values()


REQUESTS = [
    (name, example["value"])
    for operation in operations()
    for media in operation.get("requestBody", {}).get("content", {}).values()
    for name, example in media.get("examples", {}).items()
    if name != "os-interface-attach"
]


def bare_metal(sim: Any, name: str) -> dict[str, str]:
    """What the examples of bare metal speak of: a zone, networks, a node for each task, ports and port groups."""
    if name.startswith("baremetal-instance"):
        sim.seed("zones", id=seeds.ZONE_NOVA11, zone="ironic2", virtType="BareMetal", hosts={"ironic2": []})
        sim.seed("networks", id=seeds.NET_1, subnet_cidr="3.2.2.0/24")
        sim.seed("networks", id=seeds.NET_2, subnet_cidr="123::/64")
    node = "e15691cf-3c7e-437b-9f30-2a9fba829bd7"
    sim.seed("baremetal_nodes", id=node, raid_interface="agent")
    sim.seed("baremetal_nodes", id="6855617a-5724-4e0b-9458-dc9399502799", provision_state="available")
    sim.seed("baremetal_ports", id=seeds.DEMO_PORT, node_uuid="6855617a-5724-4e0b-9458-dc9399502799")
    sim.seed("baremetal_portgroups", id="c3da1599-4c35-4469-913c-033f0f01e145", node_uuid=node)
    sim.seed("baremetal_ports", id="d0ff7084-ab8c-40f9-9c0b-cac7065cf0a5", node_uuid=node)
    return {
        "baremetalId": node,
        "portId": "d0ff7084-ab8c-40f9-9c0b-cac7065cf0a5",
        "portgroupId": "c3da1599-4c35-4469-913c-033f0f01e145",
    }


def pool_of(operation: str) -> dict[str, str]:
    """A host with a machine, and where it is."""
    if operation.startswith("vmware"):
        return {"compute_node_name": seeds.VMWARE_NODE, "cluster_id": "domain-c7", "host_id": "host-11"}
    return {"compute_node_name": seeds.CAS_NODE, "cluster_id": "1", "host_id": "1"}


def below_the_cloud(sim: Any, name: str) -> dict[str, str]:
    """What the examples of virtualization pools speak of: a host that is in maintenance for what needs it."""
    resting = name.startswith("host-") and name != "host-maintenance-enter"
    host = {"id": "1", "name": "cvknode191", "ip": "172.25.17.191", "cluster_id": "1"}
    sim.seed("pool_hosts", **host, maintenance=resting)
    return {"compute_node_name": seeds.CAS_NODE, "host_id": "1"}


def machines_below(sim: Any, name: str) -> dict[str, str]:
    """The machines of the examples: two that can be taken over, one that moves, one that has a snapshot."""
    if not name.startswith(("vm-manage", "vm-relocate", "pool-vm")):
        return {}
    cvk, vm_host = "cvknode245(CVM10.125.30.252)", "1"
    if name == "vm-manage-cas":
        sim.seed("zones", id="86d69d5f-e0ef-4ced-be7c-f82215bd95b4", zone="nova252", hosts={"cpn-host252rc": [cvk]})
        sim.seed("pool_clusters", id="252", platform="cas", compute_node="cpn-host252rc")
        vm_host = sim.seed("pool_hosts", name="cvknode245", cluster_id="252")[0]["id"]
    if name == "vm-manage-vmware":
        sim.seed("zones", id="df80a77d-2f89-47b9-8679-60a54755aed6", zone="host133", hosts={seeds.VMWARE_NODE: []})
        vm_host = "host-11"
        disk = "df80a77d-2f89-47b9-8679-60a54755aed6"
        sim.seed("pool_vms", host_id=vm_host, uuid="c7adb31d-e619-4dda-aec4-377427c73adf", id="vm-133", disk=disk)
    for image in ("7bfa8817-a156-440a-beca-afeffd6aba48", "c6871172-9fbd-4ddf-9478-7a495e6f7564"):
        sim.seed("images", id=image)
    for flavor in ("bd86ed20-8fb4-4487-9ab8-6830b4a4c842", "0400d38d-8a90-47f7-baa9-1f8f34c578db"):
        sim.seed("flavors", id=flavor)
    for port in ("d6d18746-ab08-4da3-a4ad-e1d82f504a45", "161ec16c-0a47-4583-82ce-610b5829c838"):
        sim.seed("ports", id=port)
    sim.seed("pool_vms", id="8", name="test123", host_id=vm_host, uuid="cb41616f-caca-49ee-bedd-f6665a254129")
    sim.seed("pool_vms", id="1309", name="aspc11-9", title="aspc11", host_id="2", pool="isopool")
    sim.seed("pool_vms", id="1032", host_id="1")
    if name == "pool-vm-snapshot-restore":
        sim.seed("pool_snapshots", vm_id="1032", name="snaptest")
    return {"vm_id": "1309"}


def snapshots_and_templates(sim: Any, name: str, server_id: str) -> dict[str, str]:
    """What the examples of whole-VM snapshots, snapshot strategies and server templates speak of."""
    if name != "vm-snapshot-create":
        sim.seed("vm_snapshots", server_id=server_id, name="testzr" if name == "vm-snapshot-update" else "napshot-001")
    sim.seed("zones", id="86d69d5f-e0ef-4ced-be7c-f82215bd95b4", zone="novaA252")
    strategy = sim.seed("snapshot_strategies", id="ef42a738-a536-4d77-bb1e-5b79e2285e8d")[0]
    if name != "vm-manage-cas":
        sim.seed("servers", id="cb41616f-caca-49ee-bedd-f6665a254129")
    sim.seed("zones", id="4dbb82f5-483b-4b94-ae84-798da042bdf4", zone="caz19")
    sim.seed("images", id="14bfe5b8-1cc9-489b-8293-cc455866aaba")
    sim.seed("flavors", id="83479e9c-571e-4dd8-98b1-9847f40411e9")
    sim.seed("server_templates", id="7f82d460-418a-46d4-942f-45dafad030e8")
    return {"server_uuid": server_id, "res_uuid": strategy["id"]}


def surroundings(sim: Any, name: str) -> dict[str, str]:
    """What the examples of leases, transfers and aggregates speak of."""
    sim.seed("users", id="0f2e4cc3-46c8-4899-908c-7a806a2168da", name="heir")
    lease = {"resource_id": "5d855bcd-deb3-4c91-8671-bd83a1633bfa", "resource_name": "S-TimageName", "start": 0}
    sim.seed("leases", id="954d21fa-ab52-42e9-b15c-07c7f8556c6f", **lease)
    host = "compcas31qzy7d3rc"
    sim.seed("zones", zone="louis", hosts={host: []})
    has_host = name == "aggregate-remove-host"
    aggregate = sim.seed("aggregates", id="1", availability_zone="louis", hosts=[host] if has_host else [])[0]
    return {"id": aggregate["id"]}


def expected(sim: Any, name: str) -> dict[str, str]:
    """What stands beside the contract for this example."""
    for record in EXPECTED.get(name, {}).get("seeds", []):
        sim.seed(**record)
    return EXPECTED.get(name, {}).get("path", {})


def compute_nodes(sim: Any, name: str) -> None:
    """The nodes that the examples change and delete."""
    if name == "compute-node-update":
        sim.seed("compute_nodes", hostName="host191")
    sim.seed("compute_nodes", hostName="cpn-host11", storageZone="cinder11")


@pytest.mark.parametrize(("name", "body"), REQUESTS, ids=[name for name, _body in REQUESTS])
def test_a_request_example_does_its_work(api, sim, name, body):
    sim.seed("images", id="48c0d8bd-3d54-479b-84a2-c66a807c7270")
    sim.seed("flavors", id="68869510-611d-4494-a26c-61c48461782d", name="small", disk=60)
    sim.seed("flavors", id="02018df1-2749-4b35-a692-cc43b093b020", name="large")
    sim.seed("keypairs", name="keyName")
    server = sim.seed(
        "servers",
        id="9368d056-ea57-40d2-b889-b57f41097782",
        status=BEFORE.get(name, "ACTIVE"),
        flavor_id="68869510-611d-4494-a26c-61c48461782d",
        before_resize={"status": "ACTIVE", "flavor_id": "old"},
    )[0]
    image = sim.seed("images", image_type="snapshot")[0]
    sim.seed("zones", id="c160ec34-8a7a-4a64-b008-1803021e0c5b")
    sim.seed("quota_templates", id="375a2ed5-f0cb-4d4e-baa3-b9f4e17822d8")
    if name == "drx-update":
        sim.seed("drx", id=LISTENER, number="2a10ce75-f99b-4e47-8537-84fa313691ab")
    sim.seed("servers", id="ba7471d1-010e-42bc-9344-482be27142e1", name="zjj")
    sim.seed("image_types", id="321451c1-be59-47b9-b1dd-d345a8ecfc76", addType=1)
    ids = {
        "uuid": LISTENER,
        "projectId": seeds.ADMIN_PROJECT,
        "project_id": seeds.DEMO_PROJECT,
        **bare_metal(sim, name),
    }
    ids |= surroundings(sim, name)
    ids |= snapshots_and_templates(sim, name, server["id"])
    ids |= below_the_cloud(sim, name)
    ids |= machines_below(sim, name)
    ids |= expected(sim, name)
    compute_nodes(sim, name)
    sim.settings(**SETTINGS.get(name, {}))
    response = api(re.sub(r"-\d+$", "", name), body, server_id=server["id"], image_id=image["id"], **ids)
    assert response.status_code in (200, 201, 202, 204), response.text


ANSWERS = {
    operation["operationId"]: media["examples"]["reference"]["value"]
    for operation in operations()
    for status, answer in operation["responses"].items()
    for media in answer.get("content", {}).values()
    if "examples" in media
}

READS = {item["get"]["operationId"] for item in CONTRACT.document["paths"].values() if "get" in item}


def members(value: Any) -> set[str]:
    """The names of the members of an answer's objects, without those of free maps."""
    if isinstance(value, list):
        return members(value[0]) if value else set()
    if not isinstance(value, dict):
        return set()
    names = {name for name in value if name not in ("addresses", "metadata")}
    return names.union(*(members(value[name]) for name in names))


@pytest.mark.parametrize(
    "operation",
    [
        "image-get",
        "image-list",
        "drx-get",
        "drx-list",
        "image-type-get",
        "image-type-list",
        "image-type-list-by-virt-type",
        "image-type-list-by-os",
        "keypair-get",
        "keypair-list",
        "resource-service-list",
        "norm-config-list",
        "norm-list-of-host",
        "quota-template-list",
        "quota-template-get",
        "azone-list",
        "azone-get",
        "os-service-list",
        "os-host-list",
        "host-pool-list",
        "azone-project-list",
        "server-list",
        "server-list-detail",
        "server-get",
        "server-volume-list",
        "server-interface-list",
        "server-group-list",
        "server-snapshot-list",
        "server-snapshot-get",
        "server-gpu-list",
        "hypervisor-list-detail",
        "aggregate-list",
        "aggregate-get",
        "user-list",
        "flavor-list",
        "flavor-list-detail",
        "flavor-get",
        "project-list",
        "limits-list-all",
        "limits-get",
        "user-list",
        "user-project-group-list",
        "snapshot-strategy-list",
        "snapshot-strategy-get",
        "vm-snapshot-list",
        "vm-snapshot-count-limit",
        "server-template-list",
        "server-template-get",
        "baremetal-node-list",
        "baremetal-node-get",
        "baremetal-port-list",
        "baremetal-portgroup-list",
        "resource-search",
        "server-metric-measures",
        "server-meter-samples",
        "baremetal-metric-resources",
        "access-key-get",
        "cas-cluster-host-list",
        "cas-host-get",
        "cas-cluster-vm-list",
        "cas-host-vm-list",
        "cas-host-storage-pools",
        "vmware-cluster-host-list",
        "vmware-host-list-detail",
        "vmware-host-get",
        "vmware-host-vm-list",
        "pool-vm-snapshot-list",
        "vmware-perf-get",
        "compute-node-list",
        "compute-node-refresh",
        "compute-node-check",
        *sorted(EXTENDING & ANSWERS.keys() & READS),
    ],
)
def test_an_answer_has_the_members_of_the_example(api, sim, operation):
    flavor, image = sim.seed("flavors")[0], sim.seed("images")[0]
    sim.seed("keypairs", name="mykey")
    addresses = [{"cidr": "10.0.0.0/8", "ip_pools": [{"start_ip": "10.0.0.1", "end_ip": "10.0.0.9"}]}]
    for project_id in (seeds.ADMIN_PROJECT, seeds.DEMO_PROJECT):
        sim.seed("quotas", id=project_id, network={"network_addresses": addresses})
    values = {entry["uuid"]: 1 for entry in sim.state("norm_configurations")[1]["sub_types"]}
    sim.seed("norms", values=values)
    sim.seed("norms", combined=False, values=dict([*values.items()][:1]))
    server = sim.seed("servers", flavor_id=flavor["id"], image_id=image["id"])[0]
    volume = {"device": "/dev/vdb", "ready": True, "delete": False}
    sim.seed("volumes", attachments={server["id"]: volume})
    node = sim.seed("baremetal_nodes", provision_state="available", resource_class="")[0]
    instance = api("baremetal-instance-create-flat", instance_of(image, flavor, node)).json()["server"]
    sim.advance(60)
    snapshot = sim.seed("images", image_type="snapshot", instance_uuid=server["id"])[0]
    aggregate = sim.seed("aggregates", hosts=["cpn-host11rc"])[0]
    sim.seed("baremetal_ports", node_uuid=node["id"], local_link_connection={"port_id": "1", "switch_id": "2"})
    sim.seed("baremetal_portgroups", node_uuid=node["id"])
    root = sim.seed("vm_snapshots", server_id=server["id"], current=False)[0]
    sim.seed("vm_snapshots", server_id=server["id"], name="child", parent=root["id"])
    path = {
        "server_uuid": server["id"],
        "res_uuid": sim.seed("snapshot_strategies", servers=[server["id"]])[0]["id"],
        "template_id": sim.seed("server_templates")[0]["id"],
        "server_id": server["id"],
        "flavor_id": flavor["id"],
        "image_id": image["id"],
        "snapshot_id": snapshot["id"],
        "id": aggregate["id"],
        "uuid": sim.seed("drx")[0]["id"],
        "image_type_id": sim.seed("image_types")[0]["id"],
        "virtual_type": "CAS",
        "os_type": "linux|Asianux 4(32-bit)",
        "keypair_name": "mykey",
        "projectId": seeds.DEMO_PROJECT,
        "baremetalId": node["id"],
        "resource_id": instance["id"],
        "meter_parameter": "cpu_util",
        "countName": "cpu_util",
        "type": "host" if operation == "vmware-perf-get" else "ipmi_fan_sensor",
        "morId": "host-11",
        "vm_id": sim.seed("pool_snapshots", vm_id="600")[0]["vm_id"],
        "serviceUuid": seeds.HOST_SERVICE,
        "normUuid": seeds.HOST_NORM,
        "quotaUuid": seeds.SMALL_TEMPLATE,
        "azone_id": seeds.ZONE_NOVA11,
        "hostName": "cpn-host11rc",
        **pool_of(operation),
        **expected(sim, operation),
    }
    of_server = [("q.field", "resource_id"), ("q.op", "eq"), ("q.value", server["id"])]
    query = {
        "baremetal-portgroup-list": {"node": node["id"]},
        "server-meter-samples": of_server,
        "vmware-host-vm-list": {"host": "host-11"},
        "host-pool-list": {"all": "yes"},
        "azone-project-list": {"targets": seeds.ADMIN_PROJECT},
    }.get(operation)
    sim.seed("compute_nodes")
    management = {"vmType": 2, "protocal": "http", "hostIp": "10.125.26.11", "switchType": ""}
    management |= {"userName": "userName", "password": seeds.MANAGER_PASSWORD}
    body = {
        "resource-search": {"=": {"type": "instance_disk"}},
        "compute-node-refresh": {**management, "hostName": "cpn-host11"},
        "compute-node-check": management,
    }.get(operation)
    answer = api(operation, body, query=query, **path)
    assert answer.status_code == 200, answer.text
    example = ANSWERS[EXAMPLE_OF.get(operation, operation)]
    assert members(example) - FOUND_LATER <= members(answer.json())


# Operations that the reference describes together with another one
EXAMPLE_OF = {"norm-list-of-host": "norm-list"}

# What inspection and the platform's pages add to the properties of a node, and the disks' many metrics.
FOUND_LATER = {
    name for name in members(ANSWERS["baremetal-node-get"]["properties"]) if name.startswith(("system_", "cpu"))
} | {"pxe_flag", "all_interfaces", "capabilities", "local_gb", "memory_mb", "network_card", "description", "secondName"}
FOUND_LATER |= members(ANSWERS["resource-search"][0]["metrics"])


def instance_of(image: Any, flavor: Any, node: Any) -> Any:
    return {
        "server": {
            "name": "metal",
            "imageRef": image["id"],
            "flavorRef": flavor["id"],
            "networks": [{"uuid": seeds.NET_1}],
            "metadata": {
                "user_name": "admin",
                "zone_uuid": seeds.ZONE_IRONIC2,
                "enableAdminPass": "1",
                "extraType": "BareMetal",
            },
            "availability_zone": f"ironic2:{seeds.IRONIC_HOST}:{node['id']}",
            "config_drive": True,
        }
    }
