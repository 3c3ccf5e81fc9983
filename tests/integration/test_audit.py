# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What automation controller counts as managed: its jq queries, over results of the modules themselves."""

from __future__ import annotations

import importlib
from typing import Any

import jq
import yaml
from integration.harness import MODULES, REPOSITORY, Ansible, Played, uses

from simulator import Simulator, seeds

QUERIES = yaml.safe_load((REPOSITORY / "extensions" / "audit" / "event_query.yml").read_text(encoding="utf-8"))
NAMESPACE = "ansible_collections.h3c.cloudos.plugins.modules"
BY_ACTION = "h3c.cloudos.cloudos_api"  # what older versions of ansible-core take a task of any module for
NODE = {
    "kind": "baremetal_nodes",
    "id": "00000000-0000-4000-8000-0000000000b1",
    "name": "rack-1",
    "provision_state": "available",
}
# Keys of results that hold machines
MACHINES = {"server", "baremetal_instance", "baremetal_node", "managed_vm"}
MACHINES |= {f"{name}s" for name in MACHINES}


def counted(played: Played) -> dict[str, dict[str, Any]]:
    """The nodes of a job, by name, under the rules of the controller."""
    nodes: dict[str, dict[str, Any]] = {}
    for task in played.tasks:
        query = QUERIES.get(task.action)
        for result in [task.result, *task.items] if query else []:
            found = jq.compile(query["query"]).input_value(result).all()
            assert jq.compile(QUERIES[BY_ACTION]["query"]).input_value(result).all() == found
            for node in found:
                assert set(node) == {"name", "canonical_facts", "facts"} and node["name"]
                assert all(value and isinstance(value, str) for value in node["canonical_facts"].values())
                assert nodes.setdefault(node["name"], node)["canonical_facts"] == node["canonical_facts"]
    return nodes


def returned(module: str) -> dict[str, Any]:
    return yaml.safe_load(importlib.import_module(f"{NAMESPACE}.{module}").RETURN)


def test_modules_that_return_machines_have_a_query() -> None:
    modules = [path.stem for path in MODULES.glob("cloudos_*.py")]
    with_machines = {f"h3c.cloudos.{name}" for name in modules if not MACHINES.isdisjoint(returned(name))}

    assert len(with_machines) > 6
    assert with_machines - set(QUERIES) == set()
    assert set(QUERIES) <= {f"h3c.cloudos.{name}" for name in modules}


def test_servers_count_once_however_many_tasks_touch_them(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("flavors", name="office", vcpus=2, ram=4096, disk=40)
    cloud.seed("images", name="rocky-9", min_disk=10)
    (old, *_others) = cloud.seed("servers", name="web-{n}", count=2)
    new = {"image": "rocky-9", "flavor": "office", "networks": [{"id": seeds.NET_1}]}
    new["availability_zone"] = "nova11"
    played = ansible.play(
        [
            {"name": "preview", **uses("cloudos_server", name="db", **new), "check_mode": True},
            {"name": "create", **uses("cloudos_server", name="db", **new), "register": "db"},
            {"name": "each", **uses("cloudos_server", name="{{ item }}"), "loop": ["db", "web-1"]},
            {"name": "remove", **uses("cloudos_server", id=old["id"], state="absent")},
            {"name": "list", **uses("cloudos_server_info")},
            {"name": "fail", **uses("cloudos_server", name="db", flavor="nothing"), "ignore_errors": True},
        ]
    )
    nodes = counted(played)

    made = played.result("create")["server"]["id"]
    assert {name: node["facts"]["name"] for name, node in nodes.items()} == {
        made: "db",
        **{server["id"]: server["name"] for server in cloud.state("servers") if server["name"] != "db"},
        old["id"]: "web-1",
    }
    assert {node["facts"]["device_type"] for node in nodes.values()} == {"virtual_machine"}


def test_a_machine_of_cas_counts_as_the_server_that_it_becomes(cloud: Simulator, ansible: Ansible) -> None:
    image, flavor = cloud.seed("images")[0], cloud.seed("flavors")[0]
    vm = {"platform": "cas", "compute_node": seeds.CAS_NODE, "vm": "test-vm"}
    own = {"image": image["id"], "flavor": flavor["id"], "ports": [seeds.PORT_1], "availability_zone": "nova11"}
    played = ansible.play(
        [
            {"name": "adopt", **uses("cloudos_managed_vm", **vm, **own, cvk=seeds.CVK)},
            {"name": "migrate", **uses("cloudos_vm_migration", **vm, target_host="cvknode192")},
            {"name": "list", **uses("cloudos_server_info")},
        ]
    )

    assert list(counted(played)) == [played.result("adopt")["managed_vm"]["id"]]


def test_bare_metal_counts(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed(**NODE)
    cloud.seed("baremetal_ports", node_uuid=NODE["id"], address="74:ea:cb:75:1c:2b")
    cloud.seed("images", name="rocky-9-metal", virt_type="BareMetal")
    cloud.seed("flavors", name="metal", vcpus=16, ram=65536, disk=400)
    instance = {"image": "rocky-9-metal", "flavor": "metal", "node": "rack-1", "availability_zone": "ironic2"}
    instance["networks"] = [{"id": seeds.NET_1, "port": "74:ea:cb:75:1c:2b"}]
    played = ansible.play(
        [
            {"name": "node", **uses("cloudos_baremetal_node", name="rack-1")},
            {"name": "nodes", **uses("cloudos_baremetal_node_info")},
            {"name": "instance", **uses("cloudos_baremetal_instance", name="db-1", **instance)},
            {"name": "instances", **uses("cloudos_baremetal_instance_info")},
        ]
    )

    assert {node["facts"]["name"]: node["facts"]["device_type"] for node in counted(played).values()} == {
        "rack-1": "bare_metal_node",
        "db-1": "bare_metal_instance",
    }
