# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What exists after a start or a reset. All ids are constants, so that playbooks can name them."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from .contract import load_contract

DOMAIN = "default"
ADMIN_PROJECT = "9052ae85792143ff955c35c52e8e41bd"
DEMO_PROJECT = "66b6b770-d079-44a8-8cd9-3348bb185f60"
EMPTY_PROJECT = "0f2c6f0e5b1d4c0fa3f1c2d7f9a4b8e1"
ADMIN_USER = "1df71957d770436493a84f24d9344853"
DEMO_USER = "5fcb809686bb4d2fb75e03e3164065b3"
ADMIN_PASSWORD = "cloudos-secret"
DEMO_PASSWORD = "demo-secret"
APPLICATION_CREDENTIAL = "b9f7a4f0c6f84c1f9a2d5e7b3c1d8e60"
APPLICATION_SECRET = "application-secret"
MANAGER_PASSWORD = "manager-secret"

NORMAL_USERS = "5dcd7b3a-ec8a-4d80-be8b-8f4d65d71f3a"
AUDITORS = "e449e969-5705-4d05-9e4d-64cd322c3ffd"
PROJECT_MANAGERS = "67bcfea5-0428-44be-9219-37d56a5454a1"
CLOUD_MANAGERS = "baae5505-cc96-4cf1-ad5a-a87285af90ae"

ZONE_NOVA11 = "da24b11e-62ba-4cf7-84c3-adadcab07e87"
ZONE_NOVA12 = "9a67c7b3-4ab6-47af-8654-c656fa520c77"
ZONE_CINDER191 = "90ec1d09-08ec-45cd-8ae8-0c2e6895fa98"
ZONE_IRONIC2 = "888298df-8fe3-42ab-978a-21cbc1ec1828"
IRONIC_HOST = "ironic-host2"
CVK = "cvknode191(CVM10.125.26.11)"
CAS_NODE = "cpn-host11rc"
VMWARE_NODE = "cpn-host12rc"
CINDER_HOST = "cpn-host19rc@cas_volume#pool1(CVM10.125.26.19)"

NET_1 = "d4471b96-4a48-4002-9214-4b026b4186de"
NET_2 = "40ac647b-da1b-4e47-b918-8f76464ec9b0"
SUBNET_1 = "d9484490-2cdd-45c3-aff1-e67edb1ebf90"
SUBNET_2 = "7129f86a-193c-4b29-9920-d4557a39c15e"
PORT_1 = "ce531f90-199f-48c0-816c-13e38010b442"
PORT_2 = "b2ff4a4c-f802-4f50-b729-b34f322f323d"
DEMO_PORT = "f723ef53-d541-4975-aa2c-c06c4c43f46b"

DATA_VOLUME_1 = "c758bbd8-9e11-4510-ab3c-44de69c0bbb6"
DATA_VOLUME_2 = "7332d5ee-3783-4304-a6bb-dd91174b5dc7"
SHARED_VOLUME = "70e597c0-4786-4ec4-a989-031de30602cb"
SYSTEM_VOLUME = "e3e9abe7-8c5c-4c1d-8ea5-fec2d58631ba"
DEMO_VOLUME = "2f4e4b54-8a2c-4a77-9f3d-6f1f8f0a9c11"

LEASE = "39eaf9c5-4a3f-4682-80b0-4d18c2fcbbe6"
SERVER_GROUP = "6ba4e2a7-b64f-41c8-ad4d-fe84e3153c19"
STORAGE_TYPE = "ccc45604-4026-4411-8db6-ff79b74c1684"
DEFAULT_SECURITY_GROUP = "eaa60c5e-de09-4156-9a0f-288705e833e9"
WEB_SECURITY_GROUP = "3c1f0c52-71f6-4b0e-9a43-5d1c7f0b2a67"

SMALL_TEMPLATE = "5edd5a02-479c-4e7d-9920-93d349156ac4"
HOST_SERVICE = "17037211-2c0c-4703-98e8-81d0202a46e7"
FIREWALL_SERVICE = "4b865b35-a317-471d-8c58-dd0dcfed3c4f"
FIREWALL_NORM = "13265480-d2e6-48ff-bb93-37e2e188cebf"
FIREWALL_TYPE = "5a58a001-6947-45b8-ad85-87a081690f31"
HOST_NORM = "38e42432-06a5-47a3-b47d-f078ed03795d"
# The types of host that the reference gives ids of: those of the configuration and of the norm.
_HOSTS = {
    "主机": ("987e587d-1688-4c4a-9228-790765cc65b4", HOST_NORM),
    "GPU型云主机": ("a787d370-33b8-4849-b112-2a35d32b75c7", "c0634876-810d-412b-85a9-1c7a1109b7bf"),
    "VGPU型云主机": ("0dae5e38-4497-11e9-8a6a-02420a654e1d", "270d3a64-4496-11e9-8a6a-02420a654e1d"),
    "大数据型云主机": ("dd79d9f6-1865-4fa2-896d-5f0510d2eb0f", "db514283-abc1-4e78-a7e7-6f576780b4c1"),
}
# What the guides start from, for a person. Tests make what they need.
_METAL_NODE = "6855617a-5724-4e0b-9458-dc9399502799"
_LEASED_SERVER = "1750701b-f8ab-4ba6-aee7-54ebecf65819"
EXAMPLES: tuple[dict[str, Any], ...] = (
    {"kind": "images", "name": "rocky-9"},
    {"kind": "images", "name": "rocky-9-metal", "virt_type": "BareMetal"},
    {"kind": "images", "name": "windows-2022-metal", "virt_type": "BareMetal"},
    {"kind": "baremetal_nodes", "name": "rack-1-node-{n}", "count": 4, "provision_state": "available"},
    {"kind": "baremetal_nodes", "name": "rack-1-node-5", "id": _METAL_NODE, "provision_state": "available"},
    {"kind": "baremetal_ports", "node_uuid": _METAL_NODE, "address": "74:ea:cb:75:1c:2d"},
    {"kind": "baremetal_portgroups", "node_uuid": _METAL_NODE, "name": "bond0"},
    {"kind": "baremetal_nodes", "name": "rack1-node3", "provision_state": "clean failed", "maintenance": True},
    {"kind": "baremetal_nodes", "name": "rack1-node4", "provision_state": "available"},
    {"kind": "servers", "name": "leased-1", "id": _LEASED_SERVER},
    {"kind": "leases", "resource_id": _LEASED_SERVER, "resource_name": "leased-1"},
)
#: How the simulator of a person behaves: like installed systems where the reference is silent.
EXAMPLE_SETTINGS: dict[str, Any] = {"leases": "listed"}
_UNITS = {"cpu": "核", "内存": "GB", "系统盘": "GB", "硬盘空间": "GB", "网络带宽": "Mbps"}


def rows() -> dict[str, list[dict[str, Any]]]:
    """The seeded objects by kind, in the order in which they have to be made."""
    return {
        "domains": [{"id": DOMAIN, "name": "Default"}],
        "roles": [
            {"id": "9e8abc4d-2436-4a3d-b728-bf2bf9cbfa36", "name": "admin"},
            {"id": "4c9f1a2b7d3e4f5a8b6c0d1e2f3a4b5c", "name": "member"},
            {"id": "d1e2f3a4b5c64c9f8a2b7d3e4f5a8b6c", "name": "auditor"},
            {"id": "8b6c0d1e2f3a4b5c4c9f1a2b7d3e4f5a", "name": "project_manager"},
        ],
        "role_groups": [
            {"id": CLOUD_MANAGERS, "name": "cloudos.rolegroup.cloud", "role": "admin"},
            {"id": NORMAL_USERS, "name": "cloudos.rolegroup.member", "role": "member"},
            {"id": AUDITORS, "name": "cloudos.rolegroup.auditor", "role": "auditor"},
            {"id": PROJECT_MANAGERS, "name": "cloudos.rolegroup.project", "role": "project_manager"},
        ],
        "application_credentials": [
            {
                "id": APPLICATION_CREDENTIAL,
                "secret": APPLICATION_SECRET,
                "user_id": ADMIN_USER,
                "project_id": DEMO_PROJECT,
            }
        ],
        "users": [
            {
                "id": ADMIN_USER,
                "name": "admin",
                "fullname": "Administrator",
                "email": "admin@example.com",
                "phone": "13800000000",
                "domain_id": DOMAIN,
                "default_project_id": ADMIN_PROJECT,
                "password": ADMIN_PASSWORD,
                "roles": {ADMIN_PROJECT: ["admin"], DEMO_PROJECT: ["admin"], EMPTY_PROJECT: ["admin"]},
            },
            {
                "id": DEMO_USER,
                "name": "demo",
                "domain_id": DOMAIN,
                "password": DEMO_PASSWORD,
                "roles": {DEMO_PROJECT: ["member"]},
            },
        ],
        "projects": [
            {"id": ADMIN_PROJECT, "name": "admin", "domain_id": DOMAIN, "description": "", "parent_id": DOMAIN},
            {"id": DEMO_PROJECT, "name": "demo", "domain_id": DOMAIN, "description": "", "parent_id": ADMIN_PROJECT},
            {"id": EMPTY_PROJECT, "name": "empty", "domain_id": DOMAIN, "description": "", "parent_id": ADMIN_PROJECT},
        ],
        "zones": [
            {
                "id": ZONE_NOVA11,
                "zone": "nova11",
                "labelName": "zone-one",
                "description": "CAS cluster",
                "virtType": "CAS",
                "resourceType": "nova",
                "hosts": {"cpn-host11rc": [CVK]},
                "projects": [ADMIN_PROJECT, DEMO_PROJECT],
            },
            {
                "id": ZONE_NOVA12,
                "zone": "nova12",
                "labelName": "zone-two",
                "description": "VMware cluster",
                "virtType": "VMware",
                "resourceType": "nova",
                "hosts": {"cpn-host12rc": []},
                "projects": [ADMIN_PROJECT],
            },
            {
                "id": ZONE_CINDER191,
                "zone": "cinder191",
                "labelName": "cinder191-alias",
                "description": "描述信息",
                "virtType": "CAS",
                "resourceType": "cinder",
                "hosts": {CINDER_HOST: []},
                "projects": [ADMIN_PROJECT],
            },
            {
                "id": ZONE_IRONIC2,
                "zone": "ironic2",
                "labelName": "bare-metal",
                "description": "bare-metal nodes",
                "virtType": "BareMetal",
                "resourceType": "nova",
                "hosts": {IRONIC_HOST: []},
            },
        ],
        "networks": [
            {
                "id": NET_1,
                "name": "net-1",
                "subnet_id": SUBNET_1,
                "subnet_name": "subnet-1",
                "subnet_cidr": "192.168.0.0/16",
                "shared": True,
            },
            {
                "id": NET_2,
                "name": "net-2",
                "subnet_id": SUBNET_2,
                "subnet_name": "subnet-2",
                "subnet_cidr": "10.20.0.0/16",
                "shared": True,
            },
        ],
        "security_groups": [
            {"id": DEFAULT_SECURITY_GROUP, "name": "default"},
            {"id": WEB_SECURITY_GROUP, "name": "web"},
        ],
        "storage_pools": [{"id": STORAGE_TYPE, "type": "普通", "name": "isopool"}],
        "server_groups": [
            {
                "id": SERVER_GROUP,
                "name": "spread",
                "policies": ["anti-affinity"],
                "members": [],
                "project_id": ADMIN_PROJECT,
                "user_id": ADMIN_USER,
            },
        ],
        "leases": [{"id": LEASE, "resource_id": DATA_VOLUME_1, "resource_name": "data-1"}],
        "ports": [
            {"id": PORT_1, "name": "port-1", "network_id": NET_1, "ip": "192.168.10.101"},
            {"id": PORT_2, "name": "port-2", "network_id": NET_2, "ip": "10.20.10.101"},
            {
                "id": DEMO_PORT,
                "name": "demo-port",
                "network_id": NET_1,
                "ip": "192.168.10.102",
                "project_id": DEMO_PROJECT,
            },
        ],
        "volumes": [
            {"id": DATA_VOLUME_1, "name": "data-1", "size": 1},
            {"id": DATA_VOLUME_2, "name": "data-2", "size": 10},
            {"id": SHARED_VOLUME, "name": "shared-1", "size": 1, "multiattach": True},
            {"id": SYSTEM_VOLUME, "name": "system-1", "size": 20, "bootable": True},
            {"id": DEMO_VOLUME, "name": "demo-data-1", "size": 1, "project_id": DEMO_PROJECT, "user_id": DEMO_USER},
        ],
        "quota_templates": [{"id": SMALL_TEMPLATE, "name": "common.name.small", **_SMALL}],
        **_norm_rows(),
        **_pool_rows(),
        **_manager_rows(),
    }


def _manager_rows() -> dict[str, list[dict[str, Any]]]:
    """The management of a platform of each kind, with the login that the examples of the reference have."""
    login = {"user_name": "userName", "password": MANAGER_PASSWORD}
    return {
        "managers": [
            {"id": "10.125.26.11", "vm_type": 2, "protocol": "http", **login},
            {"id": "172.25.17.18", "vm_type": 1, "protocol": "https", **login},
        ]
    }


def _pool_rows() -> dict[str, list[dict[str, Any]]]:
    """A pool of each platform, as the examples of the reference show them, and a second host in each."""
    return {
        "pool_clusters": [
            {"id": "1", "name": "cluster1", "platform": "cas", "compute_node": CAS_NODE},
            {"id": "domain-c7", "name": "cloudos", "platform": "vmware", "compute_node": VMWARE_NODE},
        ],
        "pool_hosts": [
            {"id": "1", "name": "cvknode191", "cluster_id": "1", "ip": "172.25.17.191"},
            {"id": "2", "name": "cvknode192", "cluster_id": "1", "ip": "172.25.17.192"},
            {"id": "host-11", "name": "172.25.17.18", "cluster_id": "domain-c7", "ip": "172.25.17.18"},
            {"id": "host-16", "name": "172.25.17.19", "cluster_id": "domain-c7", "ip": "172.25.17.19"},
        ],
        "pool_vms": [
            {"id": "600", "name": "test-vm", "host_id": "1", "uuid": "10d666a9-489c-49b0-b2df-0b2e489d19a7"},
            {"id": "vm-600", "name": "win-vm", "host_id": "host-11", "uuid": "5033942c-ec50-3d61-a838-67f15b9687d7"},
        ],
    }


_SMALL = {"cpu": 100, "ram": 100, "storage": 100, "novaNum": 100, "autoVirtualSnapNum": 50, "eissoBackupNum": 100}


def _norm_rows() -> dict[str, list[dict[str, Any]]]:
    """A service and a configuration for each table of ids in the reference, and one that has none."""
    constants = load_contract().document["paths"]["/os/kinton/v1/cloudos/resource/norms/{projectId}"]["post"]
    configurations = [
        {
            "id": "b3c6790d-da0f-4676-912b-30660e715ab8",
            "service_id": FIREWALL_SERVICE,
            "norm_id": FIREWALL_NORM,
            "name": "FirewallSpecify",
            "service": "防火墙",
            "sub_types": [{"uuid": FIREWALL_TYPE, "name": "防火墙规格", "key": "firewallType"}],
        },
        *map(_configuration, constants["x-constants"]),
    ]
    services = {entry["service_id"]: entry.pop("service") for entry in configurations}
    return {
        "norm_services": [{"id": service_id, "name": name} for service_id, name in services.items()],
        "norm_configurations": configurations,
    }


def _configuration(table: dict[str, Any]) -> dict[str, Any]:
    name = table["service_zh"]
    is_host = "主机" in name
    own = uuid.uuid5(uuid.NAMESPACE_DNS, name)
    configuration_id, norm_id = _HOSTS.get(name, (str(uuid.uuid5(own, "configuration")), str(uuid.uuid5(own, "norm"))))
    return {
        "id": configuration_id,
        "service_id": HOST_SERVICE if is_host else str(own),
        "norm_id": norm_id,
        "name": "ComputeNorm" if is_host else f"Norm-{table['service_en'].replace(' ', '-')}",
        "service": "主机" if is_host else name,
        "sub_types": list(_sub_types(table)),
    }


def _sub_types(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in table["sub_norms"]:
        yield {"uuid": entry["uuid"], "name": entry["name_zh"], "unit": _UNITS.get(entry["name_zh"])}
