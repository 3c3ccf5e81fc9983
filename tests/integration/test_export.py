# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cloud is described, and the description applied: to the cloud it was made from, and to an empty one."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import MODULE, REPOSITORY, Ansible, Played, uses
from integration.test_secrets import CANARIES, SECRETS

from ansible_collections.h3c.cloudos.plugins.module_utils.export import KINDS, variable_of
from ansible_collections.h3c.cloudos.plugins.modules.cloudos_export import ENTRY
from simulator import Simulator, seeds

APPLY = REPOSITORY / "playbooks" / "apply.yml"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "E" * 42
# A text that would make a file if it was taken for a template
TRAP = "{{ lookup('ansible.builtin.pipe', 'touch trapped') }}"
TEXTS = {"trap": TRAP, "block": "{% raw %}", "header": "#jinja2: variable_start_string:'[['", "yes": "yes", "no": "007"}


class _Loader(yaml.SafeLoader):
    """YAML of Ansible, as far as these files have it."""


_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))


def read(file: Path) -> dict[str, Any]:
    return yaml.load(file.read_text(encoding="utf-8"), _Loader) or {}


def exports(ansible: Ansible, *, rc: int = 0, mode: str = "in_process", check: bool = False, **options: Any) -> Any:
    """The result of an export into the file cloud.yml."""
    task = {"name": "export", **uses("cloudos_export", path=str(ansible.folder / "cloud.yml"), **options)}
    played = ansible.play([task], mode=mode, rc=rc, arguments=["-vv", "--diff", *(["--check"] if check else [])])
    assert not played["export"].writes
    return played["export"].result


def applies(ansible: Ansible, file: Path | None = None, *, check: bool = False, **keywords: Any) -> Played:
    variables = yaml.safe_dump({"cloud_file": str(file or ansible.folder / "cloud.yml")})
    arguments = ["--check"] if check else []
    return ansible.play([], playbook=APPLY, variables_file=variables, arguments=arguments, **keywords)


def changes(played: Played) -> list[str]:
    return [task.name for task in played.tasks if task.result.get("changed")]


def missing(result: dict[str, Any], kind: str) -> list[list[Any]]:
    """What is not described of a kind: name, option, reason."""
    return [[gap["name"], gap["option"], gap["reason"]] for gap in result["not_exported"] if gap["kind"] == kind]


def populate(cloud: Simulator) -> None:
    """Some two hundred objects of all kinds."""
    flavors = cloud.seed("flavors", name="size-{n:02d}", count=12, vcpus=2, ram=2048, disk=20)
    flavors += cloud.seed("flavors", name="odd", vcpus=1, ram=512, disk=0, rxtx_factor=2.0)
    images = cloud.seed("images", name="system-{n:02d}", count=12, cas_ostype="linux|Rocky 9", visibility="private")
    images += cloud.seed("images", name="windows", min_cpu="4", min_ram=8, description="描述: 系统", **_windows())
    cloud.seed("images", name="of-demo", owner=seeds.DEMO_PROJECT, visibility="public")
    cloud.seed("images", name="a-snapshot", image_type="snapshot")
    cloud.seed("keypairs", name="key-{n:02d}", count=12, public_key=f"{KEY} me@example.com")
    groups = cloud.seed("server_groups", name="group-{n:02d}", count=12)
    for number, flavor in enumerate(flavors):
        row = {"flavor_id": flavor["id"], "image_id": images[number]["id"], "key_name": f"key-{number % 12 + 1:02d}"}
        servers = cloud.seed("servers", name=f"web-{number:02d}-{{n}}", count=6, **row)
        groups[number % 12]["members"].append(servers[0]["id"])
    cloud.seed("server_groups", name="full", members=[servers[1]["id"]])
    first = {"flavor_id": flavors[0]["id"], "image_id": images[0]["id"]}
    cloud.seed("servers", name="stopped", status="SHUTOFF", zone_id=seeds.ZONE_NOVA12, **first)
    cloud.seed("servers", name="described", metadata={**TEXTS, "alias": "Überall 全部", "description": TRAP}, **first)
    cloud.seed("servers", name="of-another", user_id=seeds.DEMO_USER, config_drive=True, **first)
    template = {"image_uuid": images[0]["id"], "flavor_uuid": flavors[0]["id"]}
    cloud.seed("server_templates", name="template_{n:02d}", count=6, **template)
    cloud.seed("aggregates", name="aggregate-{n:02d}", count=6, hosts=["host-b", "host-a"])
    cloud.seed("image_types", name="System {n:02d}", count=6, addType=1)
    cloud.seed("image_types", name="System of the platform")
    cloud.seed("quota_templates", name="department-{n:02d}", count=12, cpu=10, novaNum=5)
    for number in range(1, 7):
        cloud.seed("snapshot_strategies", name=f"strategy-{number}", servers=[servers[number - 1]["id"]], hour="3")
        values = {"2481e874-00d8-457e-899c-e628356ea5a1": str(number)}
        cloud.seed("norms", values=values, combined=False)
    _metal(cloud, flavors[0]["id"])


def _windows() -> dict[str, Any]:
    return {"virt_type": "VMware", "vmware_ostype": "windows", "sysdisk_type": "thin", "disk_format": "vmdk"}


def _metal(cloud: Simulator, flavor_id: str) -> None:
    nodes = cloud.seed("baremetal_nodes", name="rack-{n:02d}", count=8, provision_state="available")
    nodes += cloud.seed("baremetal_nodes", name="rack-new", provision_state="enroll", maintenance=True)
    for number, node in enumerate(nodes):
        bond = cloud.seed("baremetal_portgroups", node_uuid=node["id"], name="bond0")[0]["id"]
        for card in range(2):
            address = f"74:ea:cb:75:{number:02x}:{card:02x}"
            cloud.seed(
                "baremetal_ports", node_uuid=node["id"], address=address, portgroup_uuid=bond if number else None
            )
    image = cloud.seed("images", name="metal", virt_type="BareMetal")[0]
    used = cloud.seed("baremetal_nodes", name="rack-used", provision_state="active", instance_uuid="x")[0]
    metal = {"image_id": image["id"], "flavor_id": flavor_id, "node_id": used["id"], "zone_id": seeds.ZONE_IRONIC2}
    cloud.seed("servers", name="metal-1", **metal)


def test_applied_to_its_own_cloud_a_description_changes_nothing(cloud: Simulator, ansible: Ansible) -> None:
    populate(cloud)
    result = exports(ansible)
    assert {kind for kind, count in result["counts"].items() if count} == set(KINDS)
    assert sum(result["counts"].values()) >= 200
    assert [gap for gap in result["not_exported"] if gap["option"] is None] == []

    for check in (True, False):
        applied = applies(ansible, check=check)
        assert changes(applied) == []
        assert {entry["method"] for task in applied.tasks for entry in task.requests if not task.logins} <= {"GET"}
        assert not [task.name for task in applied.tasks if task.writes]
    assert not list(ansible.folder.rglob("trapped"))
