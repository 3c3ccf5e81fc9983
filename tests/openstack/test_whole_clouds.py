# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What looks at a whole cloud: the inventory, the export, and a description that is applied."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import BIN, REPOSITORY, Ansible, is_login, uses

from openstack.cloud import Cloud
from openstack.request_log import count

APPLY = REPOSITORY / "playbooks" / "apply.yml"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "E" * 42
IPMI = {"address": "172.25.16.1", "username": "admin", "password": "ipmi-password"}
KINDS = [
    *("flavors", "images", "keypairs", "server_groups", "host_aggregates", "servers"),
    *("baremetal_nodes", "baremetal_portgroups"),
]


def made(cloud: Cloud, data: Path) -> list[dict[str, Any]]:
    """Tasks that make an object of each kind."""
    network = {"id": cloud.seeded["networks"]["net-1"]}
    server = {"image": "whole", "flavor": "whole", "key_name": "whole", "networks": [network]}
    tasks = [
        uses("cloudos_flavor", name="whole", vcpus=1, ram=512, disk=5),
        uses("cloudos_image", name="whole", src=str(data), disk_format="raw", virt_type="CAS", cas_ostype="linux"),
        uses("cloudos_keypair", name="whole", public_key=KEY),
        uses("cloudos_server_group", name="whole", policy="anti-affinity"),
        uses("cloudos_host_aggregate", name="whole", availability_zone="nova11", hosts=["cpn-host11rc"]),
        uses(
            "cloudos_servers",
            defaults={**server, "availability_zone": "nova11", "metadata": {"role": "web"}},
            servers=[{"name": "whole-1"}, {"name": "whole-2", "power_state": "stopped"}],
        ),
        uses("cloudos_baremetal_node", name="whole", ipmi=IPMI, provision_state="available"),
        uses("cloudos_baremetal_portgroup", node="whole", name="bond0"),
        uses("cloudos_baremetal_port", node="whole", address="74:ea:cb:75:1c:2b"),
    ]
    return [{"name": f"make {number}", **task} for number, task in enumerate(tasks)]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    file = tmp_path / "whole.raw"
    file.write_bytes(b"some data")
    return file


@pytest.fixture
def populated(cloud: Cloud, ansible: Ansible, data: Path) -> Cloud:
    ansible.play(made(cloud, data))
    return cloud


def export(ansible: Ansible, name: str) -> dict[str, Any]:
    file = ansible.folder / name
    played = ansible.play([{"name": "export", **uses("cloudos_export", path=str(file), kinds=KINDS)}])
    assert not played["export"].writes
    return played.result("export")


def changes(ansible: Ansible, file: Path, **keywords: Any) -> list[str]:
    variables = yaml.safe_dump({"cloud_file": str(file)})
    played = ansible.play([], playbook=APPLY, variables_file=variables, **keywords)
    return [task.name for task in played.tasks if task.result.get("changed")]


def test_applied_to_its_own_cloud_a_description_changes_nothing(populated: Cloud, ansible: Ansible) -> None:
    result = export(ansible, "cloud.yml")

    assert {kind for kind, number in result["counts"].items() if number} == set(KINDS)
    assert changes(ansible, ansible.folder / "cloud.yml") == []


def test_a_description_makes_another_cloud_the_same(populated: Cloud, ansible: Ansible, data: Path) -> None:
    described = export(ansible, "first.yml")["export"]
    for entry in described["cloudos_images"]:
        entry["src"] = str(data)
    passwords = {"cloudos_ipmi_passwords": {"whole": IPMI["password"]}}
    complete = ansible.folder / "complete.yml"
    complete.write_text(yaml.safe_dump({**described, **passwords}))
    populated.reset()

    assert changes(ansible, complete) != []
    assert changes(ansible, complete) == []


def test_the_inventory_has_each_server_and_costs_one_list_of_them(
    populated: Cloud, ansible: Ansible, tmp_path: Path
) -> None:
    source = tmp_path / "some.cloudos.yml"
    source.write_text("plugin: h3c.cloudos.cloudos\nkeyed_groups: [{key: metadata.role, prefix: role}]\n")
    before = len(populated.log())

    done = subprocess.run(
        [str(BIN / "ansible-inventory"), "--list", "-i", str(source)],
        env=ansible.environment(),
        capture_output=True,
        text=True,
        check=True,
    )

    hosts = json.loads(done.stdout)
    assert set(hosts["role_web"]["hosts"]) == {"whole-1", "whole-2"}
    variables = hosts["_meta"]["hostvars"]["whole-1"]
    assert variables["ansible_host"].startswith("192.168.")
    assert variables["cloudos_status"] == "ACTIVE"
    sent = count(entry for entry in populated.log()[before:] if not is_login(entry))
    assert sent["GET /os/compute/v1/v2/{id}/servers/detail"] == 1
