# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A cloud is described, and the description applied: to the cloud it was made from, and to an empty one."""

from __future__ import annotations

import functools
import importlib
import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import MODES, REPOSITORY, Ansible, Played, performed, uses
from integration.test_secrets import CANARIES, SECRETS
from unit.rounds import Rounds

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import parallel
from ansible_collections.h3c.cloudos.plugins.module_utils.features import _yaml_text, stack
from ansible_collections.h3c.cloudos.plugins.module_utils.features.export_kinds import KINDS, variable_of
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import PLANNED, PROGRESS
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION
from ansible_collections.h3c.cloudos.plugins.modules.cloudos_export import DEFINITION
from ansible_collections.h3c.cloudos.plugins.modules.cloudos_stack import DEFINITION as STACK
from simulator import Simulator, seeds

Describe = Callable[..., dict[str, Any]]

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
    cloud.seed("keypairs", name="key-{n:02d}", count=48, public_key=f"{KEY} me@example.com")
    groups = cloud.seed("server_groups", name="group-{n:02d}", count=12)
    for number, flavor in enumerate(flavors):
        row = {"flavor_id": flavor["id"], "image_id": images[number]["id"], "key_name": f"key-{number % 12 + 1:02d}"}
        servers = cloud.seed("servers", name=f"web-{number:02d}-{{n}}", count=3, **row)
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
    cloud.seed("quota_templates", name="department-{n:02d}", count=20, cpu=10, novaNum=5)
    for number in range(1, 7):
        cloud.seed("snapshot_strategies", name=f"strategy-{number}", servers=[servers[number % 3]["id"]], hour="3")
        values = {"2481e874-00d8-457e-899c-e628356ea5a1": str(number)}
        cloud.seed("norms", values=values, combined=False)
    _metal(cloud, flavors[0]["id"])
    surround(cloud, "size-01", "system-01")
    _others(cloud)


SURROUNDINGS: dict[str, Any] = {
    "security_groups": [
        {"name": "inner", "rules": [{"remote_group": "inner"}, {"remote_group": "outer", "protocol": "tcp"}]},
        {"name": "outer", "description": "From the office", "rules": [{"remote_group": "inner", "ether_type": "IPv6"}]},
        {"name": "closed", "rules": [], "purge_rules": True},
        {"name": "default", "rules": [{"protocol": "tcp", "port_range_min": 22, "port_range_max": 22}]},
    ],
    "networks": [
        {"name": "outside", "external": True, "provider_network_type": "flat", "provider_physical_network": "physnet2"},
        {"name": "inside", "availability_zones": ["nova11"], "mtu": 1400},
        {"name": "other", "admin_state_up": False, "port_security_enabled": False, "shared": True},
    ],
    "subnets": [
        {"name": "outside", "network": "outside", "cidr": "203.0.113.0/24", "enable_dhcp": False},
        {"name": "inside", "network": "inside", "cidr": "10.9.0.0/24", "dns_nameservers": ["10.9.0.9", "10.9.0.3"]},
        {"name": "six", "network": "inside", "cidr": "2001:db8:9::/64"},
        {"name": "six", "network": "other", "cidr": "2001:db8:a::/64", "disable_gateway_ip": True},
        {
            "name": "own",
            "network": "other",
            "cidr": "10.9.1.0/24",
            "gateway_ip": "10.9.1.254",
            "allocation_pools": [{"start": "10.9.1.10", "end": "10.9.1.20"}],
            "host_routes": [{"destination": "10.8.0.0/16", "nexthop": "10.9.1.2"}],
        },
    ],
    "ports": [
        {"name": "plain", "network": "inside"},
        {"name": "of-server", "network": "inside", "fixed_ips": [{"subnet": "inside", "ip_address": "10.9.0.77"}]},
        {
            "name": "chosen",
            "network": "inside",
            "fixed_ips": [{"subnet": "inside"}, {"subnet": "six"}],
            "security_groups": ["inner", "outer"],
            "allowed_address_pairs": [{"ip_address": "10.9.0.88"}],
            "admin_state_up": False,
        },
        {"name": "open", "network": "other", "fixed_ips": [{"subnet": "own"}], "vnic_type": "direct"},
        {"name": "without", "network": "inside", "security_groups": []},
    ],
    "routers": [
        {"name": "edge", "external_gateway": {"network": "outside"}, "interfaces": ["inside"]},
        {"name": "quiet", "external_gateway": {"network": "outside", "enable_snat": False}, "admin_state_up": False},
    ],
    "volumes": [
        {"name": "data", "size": 2, "metadata": {"tier": "gold"}, "description": "Of the server"},
        {"name": "spare", "size": 1, "availability_zone": "cinder191"},
    ],
    "volume_snapshots": [{"name": "before", "volume": "spare", "description": "Before the change"}],
    "servers": [
        {
            "name": "surrounded",
            "networks": [{"port": "of-server"}, {"network": "inside"}],
            "volumes": ["data"],
            "availability_zone": "nova11",
        }
    ],
    "floating_ips": [
        {"network": "outside", "server": "surrounded", "fixed_address": "10.9.0.77"},
        {"network": "outside", "port": "plain"},
        {"network": "outside", "state": "unbound"},
    ],
}


def surround(cloud: Simulator, flavor: str, image: str) -> None:
    """What servers need around them, in all the ways in which it can be described, and a server in it."""
    stack_of_it = {**SURROUNDINGS, "defaults": {"servers": {"flavor": flavor, "image": image}}}
    result = performed(cloud, STACK, **stack_of_it)
    assert result["changed"] and "failed" not in result, result.get("msg")


def _others(cloud: Simulator) -> None:
    """One object of each kind that has none yet, where the simulator calls them by the same name."""
    for kind, records in cloud.state().items():
        if kind in KINDS and not records:
            cloud.seed(kind, name="one")


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

    applied = applies(ansible)
    assert changes(applied) == []
    assert {entry["method"] for entry in applied.log} == {"GET"}
    assert not list(ansible.folder.rglob("trapped"))


@pytest.fixture
def described(cloud: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Describe:
    """The result of an export, without Ansible around it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return functools.partial(performed, cloud, DEFINITION)


def test_a_cloud_that_a_description_was_applied_to_has_that_description(
    cloud: Simulator, ansible: Ansible, described: Describe
) -> None:
    """Apart from what a new cloud needs beside it: the data of images and the passwords of management controllers."""
    cloud.settings(transition_seconds=0)
    flavor = cloud.seed("flavors", name="small", vcpus=2, ram=2048, disk=20)[0]
    image = cloud.seed("images", name="system", virt_type="CAS", cas_ostype="linux", disk_format="raw")[0]
    cloud.seed("keypairs", name="mine", public_key=KEY)
    made_of = {"flavor_id": flavor["id"], "image_id": image["id"]}
    servers = cloud.seed("servers", name="web-{n}", count=2, key_name="mine", metadata=TEXTS, **made_of)
    cloud.seed("servers", name="stopped", status="SHUTOFF", zone_id=seeds.ZONE_NOVA12, **made_of)
    cloud.seed("server_groups", name="pair", members=[server["id"] for server in servers])
    cloud.seed("server_templates", name="template", image_uuid=image["id"], flavor_uuid=flavor["id"])
    cloud.seed("snapshot_strategies", name="nightly", servers=[servers[0]["id"]], hour="3")
    cloud.seed("aggregates", name="aggregate", hosts=["cpn-host11rc"])
    cloud.seed("image_types", name="System", addType=1)
    cloud.seed("quota_templates", name="department", novaNum=5)
    cloud.seed("norms", values={"2481e874-00d8-457e-899c-e628356ea5a1": "2"}, combined=False)
    surround(cloud, "small", "system")
    passwords = _racks(cloud, flavor["id"])
    _others(cloud)
    result = described(path=str(ansible.folder / "first.yml"), addresses=True)
    data = result["export"]
    assert len(data) == len(KINDS)
    assert [gap for gap in result["not_exported"] if gap["option"] is None] == []

    cloud.reset()
    cloud.settings(transition_seconds=0)
    source = ansible.folder / "system.raw"
    source.write_bytes(b"system")
    complete = ansible.folder / "complete.yml"
    for entry in data["cloudos_images"]:
        entry["src"] = str(source)
    complete.write_text(_yaml_text.mapping(data) + yaml.safe_dump({"cloudos_ipmi_passwords": passwords}))
    # Which compute node serves a node that is to be enrolled, nobody knows before.
    foretold = changes(applies(ansible, complete, check=True, warns=["which compute node serves the node"]))
    assert changes(applies(ansible, complete)) == foretold != []
    for check in (True, False):
        again = applies(ansible, complete, check=check)
        assert changes(again) == [] and {entry["method"] for entry in again.log} == {"GET"}

    described(path=str(ansible.folder / "second.yml"), addresses=True)
    first, second = (read(ansible.folder / f"{name}.yml") for name in ("first", "second"))
    assert second == first


def _racks(cloud: Simulator, flavor_id: str) -> dict[str, str]:
    """Nodes in all states that a description can have, with and without names, and what hangs on them.

    The result are the passwords of their management controllers.
    """
    states = ("enroll", "manageable", "available", "available")
    named = [
        cloud.seed("baremetal_nodes", name=f"rack-{number}", provision_state=state, maintenance=number == 3)[0]
        for number, state in enumerate(states)
    ]
    controllers = [{"ipmi_address": f"2001:DB8:0::{number}"} for number in range(2)]
    nameless = [
        cloud.seed("baremetal_nodes", driver_info=controller, provision_state=state)[0]
        for controller, state in zip(controllers, ("available", "manageable"), strict=True)
    ]
    for number, node in enumerate([*named, *nameless]):
        node["properties"].update(cpus="16", capabilities="boot_mode:uefi")
        bond = cloud.seed("baremetal_portgroups", node_uuid=node["id"], name=f"bond{number}")[0]
        card = {"node_uuid": node["id"], "address": f"74:ea:cb:75:1c:{number:02x}"}
        cloud.seed("baremetal_ports", **card, portgroup_uuid=bond["id"] if number % 2 else None)
    image = cloud.seed("images", name="metal", virt_type="BareMetal", cas_ostype="linux")[0]
    for number, node in enumerate((named[2], nameless[0])):
        made_of = {"image_id": image["id"], "flavor_id": flavor_id, "zone_id": seeds.ZONE_IRONIC2}
        server = cloud.seed("servers", name=f"metal-{number}", node_id=node["id"], **made_of)[0]
        node.update(provision_state="active", power_state="power on", instance_uuid=server["id"])
    return {**{f"rack-{number}": "secret" for number in range(4)}, "2001:db8::0": "secret", "2001:db8::1": "secret"}


def test_texts_of_the_platform_stay_what_they_are(cloud: Simulator, ansible: Ansible, described: Describe) -> None:
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)[0]
    image = cloud.seed("images", name="system")[0]
    cloud.seed("servers", name="web", metadata={**TEXTS, TRAP: "a key"}, flavor_id=flavor["id"], image_id=image["id"])
    described(path=str(ansible.folder / "cloud.yml"))
    assert read(ansible.folder / "cloud.yml")["cloudos_servers"][0]["metadata"] == {**TEXTS, TRAP: "a key"}

    show = {"name": "show", "ansible.builtin.debug": {"msg": "{{ cloudos_servers[0].metadata }}"}}
    played = ansible.play([show], vars_files=[str(ansible.folder / "cloud.yml")])
    assert played.result("show")["msg"] == {**TEXTS, TRAP: "a key"}
    assert changes(applies(ansible)) == []
    assert not list(ansible.folder.rglob("trapped"))


def test_both_ways_to_run_the_module_give_one_result(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)
    results = [exports(ansible, mode=mode, kinds=["flavors", "projects"], check=True) for mode in MODES]
    for result in results:
        for name in ("invocation", "requests"):
            result.pop(name, None)
    assert results[0] == results[1]
    assert results[0]["changed"] and results[0]["actions"] == ["write"]


# --- the file ----------------------------------------------------------------------------------------------------


def test_the_file_is_written_only_when_it_differs(cloud: Simulator, described: Describe, tmp_path: Path) -> None:
    file = tmp_path / "cloud.yml"
    flavors = {"path": str(file), "kinds": ["flavors"]}
    cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)
    foretold = described(check=True, **flavors)
    assert foretold["changed"] and not file.exists()

    first = described(**flavors)
    assert foretold["diff"] == first["diff"] and first["diff"]["before"] == ""
    assert first["diff"]["after"] == file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o644
    assert not described(**flavors)["changed"]

    file.chmod(0o600)
    cloud.seed("flavors", name="large", vcpus=8, ram=8192, disk=1)
    second = described(**flavors)
    assert second["changed"] and second["diff"]["before"] == first["diff"]["after"]
    assert [entry["name"] for entry in read(file)["cloudos_flavors"]] == ["large", "small"]
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.glob(".h3c*")) == []


@pytest.mark.parametrize(
    "path, problem",
    [("none/cloud.yml", "does not exist"), (".", "is a directory"), ("link", "is a link"), ("pipe", "is a named pipe")],
)
def test_a_file_that_cannot_be_is_refused_before_anything_is_read(
    cloud: Simulator, described: Describe, tmp_path: Path, path: str, problem: str
) -> None:
    (tmp_path / "link").symlink_to("nothing")
    os.mkfifo(tmp_path / "pipe")
    result = described(path=str(tmp_path / path))
    assert result["failed"] and problem in result["msg"]
    assert cloud.log() == []


def test_without_a_path_nothing_is_written(cloud: Simulator, described: Describe) -> None:
    result = described(kinds=["server_groups"])
    assert not result["changed"] and "path" not in result and "diff" not in result
    assert result["export"] == {"cloudos_server_groups": [{"name": "spread", "policy": "anti-affinity"}]}


# --- what is described, and what is not --------------------------------------------------------------------------


def test_what_a_description_would_not_find_or_would_change_is_told_instead(
    cloud: Simulator, described: Describe
) -> None:
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)[0]
    image = cloud.seed("images", name="system")[0]
    made_of = {"flavor_id": flavor["id"], "image_id": image["id"]}
    cloud.seed("servers", name="twin", count=2, **made_of)
    cloud.seed("servers", name="under_score", **made_of)
    cloud.seed("servers", name="ill", status="ERROR", fault={"message": "no host"}, **made_of)
    cloud.seed("servers", name="from-volume", flavor_id=flavor["id"])
    cloud.seed("servers", name="of-gone-image", flavor_id=flavor["id"], image_id="11111111-1111-4111-8111-111111111111")
    result = described(kinds=["servers"])
    servers = {entry["name"]: entry for entry in result["export"]["cloudos_servers"]}
    assert set(servers) == {"from-volume", "of-gone-image"}
    assert "image" not in servers["from-volume"]
    assert "image" not in servers["of-gone-image"]
    told = {(name, option): reason for name, option, reason in missing(result, "servers")}
    assert "there are 2 servers named 'twin'" in told["twin", None]
    assert "under_score" in told["under_score", None]
    assert told["ill", None] == "it is broken: no host"
    assert "boot_volume" in told["from-volume", "boot_volume"]
    gone = "there is no image 11111111-1111-4111-8111-111111111111 any more"
    assert told["of-gone-image", "image"] == gone


def test_a_server_that_goes_meanwhile_holds_up_no_other(cloud: Simulator, described: Describe) -> None:
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)[0]
    image = cloud.seed("images", name="system")[0]
    made_of = {"flavor_id": flavor["id"], "image_id": image["id"]}
    going = cloud.seed("servers", name="going", **made_of)[0]
    cloud.seed("servers", name="staying", **made_of)
    cloud.fault("status", status=404, match={"path": f"/servers/{going['id']}/os-interface"})
    result = described()
    assert [entry["name"] for entry in result["export"]["cloudos_servers"]] == ["staying"]
    ((name, option, reason),) = [gap for gap in missing(result, "servers") if gap[1] is None]
    assert name == "going" and option is None and "404" in reason


def test_names_stand_for_ids_where_they_mean_one_object(cloud: Simulator, described: Describe) -> None:
    flavors = cloud.seed("flavors", name="twin", count=2, vcpus=1, ram=1024, disk=1)
    own, public = (cloud.seed("images", name="system", **of)[0] for of in ({}, {"owner": seeds.DEMO_PROJECT}))
    cloud.seed("servers", name="web", flavor_id=flavors[0]["id"], image_id=own["id"])
    cloud.seed("servers", name="other", flavor_id=flavors[1]["id"], image_id=public["id"])
    result = described(kinds=["servers", "flavors"])
    assert {entry["name"]: (entry["flavor"], entry["image"]) for entry in result["export"]["cloudos_servers"]} == {
        "web": (flavors[0]["id"], "system"),
        "other": (flavors[1]["id"], public["id"]),
    }
    assert "cloudos_flavors" not in result["export"]
    only_here = "it is an ID of this cloud, which another one does not have"
    assert ["web", "flavor", only_here] in missing(result, "servers")
    assert ["other", "image", only_here] in missing(result, "servers")
    assert "image" not in [option for name, option, _reason in missing(result, "servers") if name == "web"]


def test_what_another_cloud_would_need_beside_is_told(cloud: Simulator, described: Describe) -> None:
    cloud.seed("images", name="old")
    cloud.seed("baremetal_nodes", name="ill", provision_state="clean failed")
    cloud.seed("baremetal_nodes", name="own", provision_state="active")
    cloud.seed("baremetal_nodes", name="lit", provision_state="available", power_state="power on")
    result = described(kinds=["images", "baremetal_nodes"])
    reasons = {(name, option): reason for name, option, reason in missing(result, "baremetal_nodes")}
    assert reasons["ill", "provision_state"] == "it is 'clean failed', to which no options lead"
    assert reasons["own", "provision_state"] == "it is 'active', to which no options lead"
    assert "it is on" in reasons["lit", "power_state"]
    lacks = [option for name, option, _reason in missing(result, "images") if name == "old"]
    assert "cas_ostype" in lacks


def test_a_node_without_a_password_holds_up_nothing_else(cloud: Simulator, ansible: Ansible) -> None:
    cloud.settings(transition_seconds=0)
    nodes = [{"ipmi": {"address": f"192.0.2.{number}", "username": "admin"}} for number in (1, 2)]
    groups = [{"name": f"bond{number}", "node": f"192.0.2.{number}"} for number in (1, 2)]
    when = {"schedule": {"every": "day", "at": "02:30"}, "max_snapshots": 7}
    strategy = {"name": "nightly", "availability_zones": ["nova11"], **when}
    data = {
        "cloudos_baremetal_nodes": nodes,
        "cloudos_baremetal_portgroups": groups,
        "cloudos_snapshot_strategies": [strategy],
        "cloudos_ipmi_passwords": {"192.0.2.1": "secret"},
    }
    (ansible.folder / "cloud.yml").write_text(yaml.safe_dump(data))
    played = applies(ansible, rc=2, warns=None)
    (made,) = cloud.state("baremetal_nodes")
    assert made["driver_info"]["ipmi_address"] == "192.0.2.1"
    assert [group["name"] for group in cloud.state("baremetal_portgroups")] == ["bond1"]
    assert "Manage snapshot strategies" in changes(played)
    message = played.result("Ensure all bare-metal tasks have succeeded")["msg"]
    assert "ipmi.password" in message and "'192.0.2.2'" in message


def test_secrets_are_in_no_description(cloud: Simulator, ansible: Ansible) -> None:
    secret = SECRETS["image_password"]
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)[0]
    image = cloud.seed("images", name="system", vmware_password=secret)[0]
    metadata = {"db_password": SECRETS["token"], "accessKey": SECRETS["told_password"], "role": "web"}
    made_of = {"flavor_id": flavor["id"], "image_id": image["id"]}
    cloud.seed("servers", name="web", metadata=metadata, admin_pass=SECRETS["short"], **made_of)
    driver_info = {"ipmi_address": "172.25.16.9", "ipmi_username": "me", "ipmi_password": SECRETS["ipmi_password"]}
    properties = {"cpus": "8", "password": SECRETS["property_password"]}
    more = {"snmp_password": SECRETS["snmp_password"]}
    cloud.seed("baremetal_nodes", name="rack", driver_info={**driver_info, **more}, properties=properties)
    told = {"password": SECRETS["node_password"], "allPass": SECRETS["all_pass"]}
    cloud.seed("compute_nodes", hostName="node", **told)

    path = ansible.folder / "cloud.yml"
    task = {"name": "export", **uses("cloudos_export", path=str(path)), "register": "it"}
    show = {"name": "show", "ansible.builtin.debug": {"var": "it"}}
    played = ansible.play([task, show], arguments=["-vvv", "--diff"])
    shown = played.output + path.read_text() + str([task.result for task in played.tasks])
    assert [canary for canary in (*CANARIES, seeds.ADMIN_PASSWORD) if canary in shown] == []
    assert read(path)["cloudos_servers"][0]["metadata"] == {"role": "web"}
    assert missing(played.result("export"), "baremetal_nodes") == [
        ["rack", "ipmi.password", "it is a secret; a new node needs it"]
    ]
    assert ["web", "metadata", "what is secret by its key is left out"] in missing(played.result("export"), "servers")


# --- what it costs -----------------------------------------------------------------------------------------------


def test_each_list_is_read_once_and_servers_cost_one_request_each(cloud: Simulator, described: Describe) -> None:
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)[0]
    image = cloud.seed("images", name="system")[0]
    cloud.seed("servers", name="web-{n}", count=20, flavor_id=flavor["id"], image_id=image["id"])
    cloud.seed("baremetal_nodes", name="rack-{n}", count=3)
    described()
    sent = Counter(entry["operation"] for entry in cloud.log())
    per_object = {"server-interface-list": 20, "baremetal-port-list": 3, "baremetal-portgroup-list": 3}
    norms = {name: sent[name] for name in ("norm-list", "norm-list-of-host")}
    zones = {"azone-project-list": 2}  # no project has one, so the list of all may be that of one project only
    assert {name: count for name, count in sent.items() if count > 1} == {**per_object, **norms, **zones}
    assert sum(norms.values()) == len(cloud.state("norm_configurations"))


def test_a_cloud_is_read_ten_requests_at_a_time(cloud: Simulator, described: Describe) -> None:
    """Round trips that follow each other are what a distant platform is slow by."""
    populate(cloud)
    flavor, image = cloud.state("flavors")[0], cloud.state("images")[0]
    cloud.seed("servers", name="more-{n}", count=60, flavor_id=flavor["id"], image_id=image["id"])
    cloud.clear_log()
    with Rounds() as rounds:
        result = described()
    assert sum(result["counts"].values()) >= 250
    assert rounds.most_at_once == 10
    apart = [entry for entry in cloud.log() if entry["operation"] in ("server-interface-list", "baremetal-port-list")]
    assert len(rounds.sent) <= len(apart) / 10 + 25


@pytest.mark.parametrize("shape", ["reference", "openstack"])
def test_read_side_by_side_a_cloud_has_the_description_that_it_has_one_by_one(
    cloud: Simulator, described: Describe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shape: str
) -> None:
    populate(cloud)
    visitor(cloud)
    cloud.settings(shape=shape)
    described(path=str(tmp_path / "first.yml"), projects=["all"])
    monkeypatch.setattr(parallel.concurrent.futures, "ThreadPoolExecutor", lambda _most: ThreadPoolExecutor(1))
    described(path=str(tmp_path / "second.yml"), projects=["all"])
    assert (tmp_path / "first.yml").read_bytes() == (tmp_path / "second.yml").read_bytes()


# --- projects and users ------------------------------------------------------------------------------------------


def test_what_belongs_to_several_projects_is_described_with_its_project(
    cloud: Simulator, ansible: Ansible, described: Describe
) -> None:
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)[0]
    for project in (seeds.ADMIN_PROJECT, seeds.DEMO_PROJECT):
        image = cloud.seed("images", name="system", owner=project, visibility="private")[0]
        made_of = {"flavor_id": flavor["id"], "image_id": image["id"]}
        cloud.seed("servers", name="web", project_id=project, **made_of)
    result = described(projects=["admin", "demo"], path=str(ansible.folder / "cloud.yml"))
    data = result["export"]
    assert [(entry["name"], entry["api_project"]) for entry in data["cloudos_servers"]] == [
        ("web", "admin"),
        ("web", "demo"),
    ]
    assert [entry["api_project"] for entry in data["cloudos_images"]] == ["admin", "demo"]
    assert [entry["name"] for entry in data["cloudos_projects"]] == ["admin", "demo"]
    assert data["cloudos_flavors"] == [{"name": "small", "vcpus": 1, "ram": 1024, "disk": 1}]
    assert changes(applies(ansible)) == []


def visitor(cloud: Simulator) -> dict[str, str]:
    """The login of an administrator who has no role in one of the three projects."""
    roles = {seeds.ADMIN_PROJECT: ["admin"], seeds.DEMO_PROJECT: ["admin"]}
    cloud.seed("users", name="visitor", domain_id=seeds.DOMAIN, password="visitor-secret", roles=roles)
    return {"api_username": "visitor", "api_password": "visitor-secret"}


def test_all_projects_are_those_that_the_user_can_log_in_to(cloud: Simulator, described: Describe) -> None:
    result = described(projects=["all"], kinds=["server_groups", "projects"], **visitor(cloud))
    assert [entry["name"] for entry in result["export"]["cloudos_projects"]] == ["admin", "demo"]
    ((name, option, reason),) = missing(result, "projects")
    assert (name, option) == ("empty", None) and "not in api_project 'empty'" in reason


def test_a_login_needs_no_project_of_its_own_where_some_are_named(cloud: Simulator, described: Describe) -> None:
    cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)
    result = described(projects=["demo"], kinds=["flavors", "projects"], **{**visitor(cloud), "api_project": None})
    assert [entry["name"] for entry in result["export"]["cloudos_flavors"]] == ["small"]
    assert [entry["name"] for entry in result["export"]["cloudos_projects"]] == ["demo"]


def test_a_project_that_is_named_has_to_be_open_to_the_user(cloud: Simulator, described: Describe) -> None:
    result = described(projects=["admin", "empty"], kinds=["server_groups"], **visitor(cloud))
    assert result["failed"] and "not in api_project 'empty'" in result["msg"]


def test_a_token_is_of_one_project(cloud: Simulator, described: Describe) -> None:
    login = {"api_username": None, "api_password": None, "api_token": "of-one-project"}
    result = described(projects=["admin"], **login)
    assert result["failed"] and result["msg"].startswith("projects: a token is of one project.")
    assert cloud.log() == []


def test_a_member_gets_what_a_member_may_see(cloud: Simulator, described: Describe) -> None:
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=1)[0]
    image = cloud.seed("images", name="system", owner=seeds.DEMO_PROJECT)[0]
    of_demo = {"project_id": seeds.DEMO_PROJECT, "user_id": seeds.DEMO_USER}
    cloud.seed("servers", name="web", flavor_id=flavor["id"], image_id=image["id"], **of_demo)
    member = {"api_username": "demo", "api_password": seeds.DEMO_PASSWORD, "api_project": "demo"}
    result = described(**member)
    assert [entry["name"] for entry in result["export"]["cloudos_servers"]] == ["web"]
    refused = [gap["kind"] for gap in result["not_exported"] if gap["name"] is None]
    assert "host_aggregates" in refused

    result = described(**member, kinds=["host_aggregates"])
    assert result["failed"] and result["error"]["status"] == 403


# --- the playbook ------------------------------------------------------------------------------------------------


def test_the_description_that_comes_with_the_playbook_is_brought_about(cloud: Simulator, ansible: Ansible) -> None:
    example = APPLY.parent / "vars" / "cloud.yml"
    foretold = applies(ansible, example, check=True, warns=None)
    first = applies(ansible, example)
    kinds = ["flavors", "quotas", "images", "key pairs, networks, volumes and servers"]
    assert changes(first) == changes(foretold) == [f"Manage {kind}" for kind in kinds]
    assert changes(applies(ansible, example)) == []
    assert {server["name"]: server["status"] for server in cloud.state("servers")} == {
        "web-1": "ACTIVE",
        "web-2": "SHUTOFF",
    }


@pytest.mark.parametrize(
    "text, problem",
    [
        ("cloudos_servers: [{name: web, flavour: x}]", "cloudos_server: entry 1 (web): there is no option flavour."),
        ("cloudos_flavors: [{name: web, cpus: 1}]", "cpus"),
        ("cloudos_keypairs: {name: web}", "cloudos_keypair: this is no list."),
        ("cloudos_keypair: []", "There is no key cloudos_keypair. Did you mean 'cloudos_keypairs'?"),
    ],
)
def test_a_misspelt_description_is_refused_before_anything_is_sent(
    cloud: Simulator, ansible: Ansible, text: str, problem: str
) -> None:
    (ansible.folder / "cloud.yml").write_text(text)
    played = applies(ansible, rc=2, warns=None)
    assert problem in " ".join(played.output.split())
    assert cloud.log() == []


def test_a_description_that_is_not_there_is_an_error(cloud: Simulator, ansible: Ansible) -> None:
    played = applies(ansible, ansible.folder / "clod.yml", rc=2, warns=None)
    assert "cloud_file: there is no file /" in " ".join(played.output.split())
    assert cloud.log() == []


def test_the_playbook_hands_over_every_option_of_each_module() -> None:
    tasks = yaml.safe_load((APPLY.parent / "tasks" / "apply.yml").read_text(encoding="utf-8"))
    lists = {}
    for task in tasks:
        module = next((key.removeprefix("h3c.cloudos.") for key in task if key.startswith("h3c.cloudos.")), None)
        if module in (None, "cloudos_stack") or task["name"] == "Manage the network cards of port groups":
            continue
        if module == "cloudos_baremetal_nodes":  # it takes the entries as they are
            lists[module.removesuffix("s")] = f"{{{{ {module} | default([]) }}}}"
            continue
        entry = importlib.import_module(f"ansible_collections.h3c.cloudos.plugins.modules.{module}").DEFINITION
        own = set(entry.spec) - {*CONNECTION, *PLANNED, *PROGRESS}
        assert set(task[f"h3c.cloudos.{module}"]) == {*own, "api_project"}, module
        lists[module] = task["loop"]
    onboarding = next(task for task in tasks if "ansible.builtin.include_role" in task)
    role = onboarding["vars"]
    # The role runs where one of its lists is given.
    assert all(value.strip("{ }") in " ".join(onboarding["when"].split()) for value in role.values())
    described = next(task["vars"] for task in tasks if "lists" in task.get("vars", {}))
    told = [*lists.values(), *described["stack_lists"].values(), *role.values()]
    assert sorted(f"{{{{ {variable_of(resource)} | default([]) }}}}" for resource in KINDS.values()) == sorted(told)
    assert described["lists"] == lists


@pytest.mark.parametrize("playbook", ["tasks/apply.yml", "tasks/stack.yml"])
def test_a_playbook_hands_over_every_list_of_a_stack(playbook: str) -> None:
    found = yaml.safe_load((APPLY.parent / playbook).read_text(encoding="utf-8"))
    tasks = [task["h3c.cloudos.cloudos_stack"] for task in found if "h3c.cloudos.cloudos_stack" in task]
    assert {name for task in tasks for name in task} >= set(stack.KINDS)
