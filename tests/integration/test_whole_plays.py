# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays whose tasks depend on each other, checked against a cloud that has nothing of it yet, and then run.

In the controller's process, check mode says of each task what the run does. Ordinary modules remember nothing of
earlier tasks, so all that they promise is that the check does not fail.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from integration.harness import ALL_WAYS, MODULE, Ansible, Played, uses

from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota_template import MEMBERS
from simulator import Simulator, seeds

SMALL = {"vcpus": 1, "ram": 1024, "disk": 20}
LARGE = {"vcpus": 4, "ram": 4096, "disk": 20}
IMAGE = {"disk_format": "qcow2", "virt_type": "CAS", "cas_ostype": "linux|Rocky Linux(64-bit)"}
METAL_IMAGE = {**IMAGE, "virt_type": "BareMetal"}
NETWORKS = [{"id": seeds.NET_1}]
PLACE = {"availability_zone": "nova11", "storage_pool": "isopool"}
NEW = {"image": "rocky", "flavor": "small", "networks": NETWORKS, "availability_zone": "nova11"}
IPMI = {"address": "192.0.2.7", "username": "admin", "password": "ipmi-secret-7"}
MACHINE = {"platform": "cas", "compute_node": seeds.CAS_NODE, "vm": "test-vm"}
MAC_1, MAC_2 = "74:ea:cb:75:1c:2b", "74:ea:cb:75:1c:2c"
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "A" * 42 + " tests"
# A template without a number has the platform's own there, which nobody can foresee.
TEMPLATE = {member.name: 700 for member in MEMBERS}
MANAGER = {"project": "dept", "role": "project_manager"}
AUDITOR = [{"project": "dept", "role": "auditor"}]
UNKNOWN = "(to be created)"


def task(module: str, register: str = "", **options: Any) -> dict[str, Any]:
    return {**uses(f"cloudos_{module}", **options), **({"register": register} if register else {})}


def server(**options: Any) -> dict[str, Any]:
    return task("server", name="b1", **options)


def node(**options: Any) -> dict[str, Any]:
    return task("baremetal_node", name="metal", **options)


FLAVORS_AND_IMAGE = [
    task("flavor", name="small", **SMALL),
    task("flavor", name="large", **LARGE),
    task("image", name="rocky", src="{{ image_file }}", **IMAGE),
]
PLAYS: dict[str, list[dict[str, Any]]] = {
    "a server through its life": [
        *FLAVORS_AND_IMAGE,
        task("keypair", name="ops", public_key=KEY),
        server(**NEW, key_name="ops"),
        server(**NEW, key_name="ops"),
        server(power_state="stopped"),
        server(flavor="large"),
        server(volumes=[seeds.DATA_VOLUME_1]),
        server(power_state="running"),
        server(volumes=[seeds.DATA_VOLUME_2], purge_volumes=True),
        server(volumes=[seeds.DATA_VOLUME_2]),
        server(reboot="soft"),
        server(power_state="shelved"),
        server(state="absent"),
        server(state="absent"),
        task("flavor", name="large", state="absent"),
        task("flavor", name="large", vcpus=8, ram=4096, disk=20),
        server(**{**NEW, "flavor": "large"}),
    ],
    "results that are used": [
        task("flavor", "small", name="small", **SMALL),
        task("flavor", "large", name="large", **LARGE),
        task("image", "image", name="rocky", src="{{ image_file }}", **IMAGE),
        task("server_group", "group", name="apart", policy="anti-affinity"),
        task(
            "server",
            "made",
            **{**NEW, "image": "{{ image.image.id }}", "flavor": "{{ large.flavor.id }}"},
            name="b1",
            server_group="{{ group.server_group.id }}",
        ),
        task("server", id="{{ made.server.id }}", flavor="{{ small.flavor.id }}"),
        task("server", id="{{ made.server.id }}", name="b2"),
        task("server", name="b2", power_state="stopped"),
        task("server", name="b1", state="absent"),
        task("server", id="{{ made.server.id }}", state="absent"),
        task("flavor", id="{{ small.flavor.id }}", state="absent"),
    ],
    "templates": [
        *FLAVORS_AND_IMAGE,
        task("server_template", name="web", **PLACE, image="rocky", flavor="small"),
        task("server", name="b1", template="web", networks=NETWORKS),
        task("server_template", name="web", flavor="large", availability_zone="nova12"),
        task("server", name="b2", template="web", networks=NETWORKS),
        task("quota_template", name="tiny", **TEMPLATE),
        task("quota", project="demo", template="tiny"),
        task("quota", project="demo", template="tiny"),
        task("quota_template", name="tiny", cpus=50),
        task("quota", project="demo", template="tiny"),
        task("server_template", name="web", state="absent"),
        task("server", name="b1", power_state="stopped"),
    ],
    "volumes": [
        *FLAVORS_AND_IMAGE,
        task("volume", "data", name="data", size=2, availability_zone="cinder191", metadata={"tier": "gold"}),
        task("volume", name="data", size=2),
        task("volume", id="{{ data.volume.id }}", size=3, metadata={"owner": "ops"}),
        task("volume", name="data", size=3, metadata={"owner": "ops"}, purge_metadata=True),
        task("volume_snapshot", "before", name="before", volume="data"),
        task("volume_snapshot", name="before", volume="{{ data.volume.id }}", description="first"),
        task("volume", name="from-snapshot", snapshot="before"),
        task("volume", name="from-volume", source_volume="{{ data.volume.id }}"),
        task("volume", name="from-image", image="rocky", size=20),
        server(**NEW, volumes=["data"]),
        server(volumes=["data", "from-volume"]),
        task("volume_snapshot", id="{{ before.volume_snapshot.id }}", name="later"),
        task("volume_snapshot", name="later", state="absent"),
        task("volume", name="from-snapshot", state="absent"),
        task("volume", name="from-snapshot", state="absent"),
    ],
    "what a server is reached by": [
        *FLAVORS_AND_IMAGE,
        task("security_group", "web", name="front", rules=[{"protocol": "tcp", "port_range_min": 443}]),
        task("security_group", name="back", rules=[{"remote_group": "back"}, {"remote_group": "front"}]),
        task("security_group", name="back", rules=[{"remote_group": "back"}, {"remote_group": "front"}]),
        task("security_group", name="back", rules=[{"remote_group": "{{ web.security_group.id }}"}]),
        task("security_group", name="front", rules=[{"protocol": "udp", "remote_group": "back"}], purge_rules=True),
        task("network", name="internet", external=True),
        task("subnet", name="internet", network="internet", cidr="203.0.113.0/24"),
        task("router", name="edge", external_gateway={"network": "internet"}, interfaces=[seeds.SUBNET_1]),
        server(**NEW),
        server(networks=[*NETWORKS, {"network": "net-2"}]),
        server(networks=[{"network": "net-1"}, {"id": seeds.NET_2}]),
        server(networks=NETWORKS, purge_networks=True),
        task("floating_ip", "reached", network="internet", server="b1"),
        task("floating_ip", network="internet", server="b1"),
        task("floating_ip", server="b1", norm="10M"),
        task("floating_ip", server="b1", state="unbound"),
        task("floating_ip", server="b1", state="unbound"),
        task("floating_ip", network="internet", state="unbound"),
        task("floating_ip", id="{{ reached.floating_ip.id }}", server="b1"),
        task("floating_ip", server="b1", state="absent"),
        task("floating_ip", server="b1", state="absent"),
        server(state="absent"),
        task("floating_ip", server="b1", state="absent"),
        task("security_group", name="back", state="absent"),
    ],
    "snapshots": [
        *FLAVORS_AND_IMAGE,
        server(**NEW),
        task("vm_snapshot", server="b1", name="one"),
        task("vm_snapshot", server="b1", name="two"),
        task("vm_snapshot", server="b1", name="one", description="the first one"),
        task("vm_snapshot", server="b1", name="one", state="restored"),
        task("vm_snapshot", server="b1", name="two", new_name="three"),
        task("vm_snapshot", server="b1", name="three", state="restored"),
        task("vm_snapshot", server="b1", name="one", state="absent"),
        task("server_snapshot", server="b1", name="kept"),
        task("server_snapshot", server="b1", name="kept"),
        task("server_snapshot", server="b1", name="kept", state="absent"),
        server(state="absent"),
    ],
    "a network through its life": [
        task("network", name="outside", external=True),
        task("subnet", name="outside-v4", network="outside", cidr="198.51.100.0/24"),
        task("network", "inside", name="inside", mtu=1400),
        task("network", name="inside", mtu=1450),
        task("subnet", name="inside-v4", network="inside", cidr="10.80.1.0/24"),
        task("subnet", "second", name="second", network="{{ inside.network.id }}", cidr="10.80.2.0/24"),
        task("router", name="edge", external_gateway={"network": "outside"}, interfaces=["inside-v4"]),
        task("router", name="edge", interfaces=["inside-v4"]),
        task("router", name="edge", interfaces=["second"]),
        task("router", name="edge", interfaces=["{{ second.subnet.id }}"], purge_interfaces=True),
        task("security_group", name="of-web"),
        task("port", name="p1", network="inside", fixed_ips=[{"subnet": "second"}], security_groups=["of-web"]),
        task("port", name="p1", fixed_ips=[{"subnet": "second"}], security_groups=["of-web"]),
        *FLAVORS_AND_IMAGE,
        server(**NEW, ports=["p1"]),
        server(state="absent"),
        task("port", name="p1", state="absent"),
        task("router", name="edge", remove_external_gateway=True),
        task("router", name="edge", state="absent"),
        task("subnet", name="second", state="absent"),
        task("network", name="inside", state="absent"),
        task("subnet", name="inside-v4", state="absent"),
        task("network", name="inside", mtu=1400),
    ],
    "a node through its life": [
        task("flavor", name="metal", vcpus=16, ram=65536, disk=400),
        task("image", name="metal", src="{{ image_file }}", **METAL_IMAGE),
        node(ipmi=IPMI),
        node(provision_state="manageable"),
        task("baremetal_portgroup", node="metal", name="bond"),
        task("baremetal_port", node="metal", address=MAC_1),
        task("baremetal_port", node="metal", address=MAC_1, port_group="bond"),
        node(ports=[MAC_1, MAC_2]),
        node(ports=[{"address": MAC_2, "pxe_enabled": False}]),
        task("baremetal_port", node="metal", address=MAC_2),
        node(properties={"rack": "7"}, provision_state="available"),
        node(maintenance=True, maintenance_reason="a fan"),
        node(maintenance=False),
        task(
            "baremetal_instance",
            name="i1",
            image="metal",
            flavor="metal",
            networks=NETWORKS,
            node="metal",
            compute_node=seeds.IRONIC_HOST,
            availability_zone="ironic2",
        ),
        task("baremetal_instance", name="i1", power_state="stopped"),
        task("baremetal_instance", name="i1", state="absent"),
        node(provision_state="manageable"),
        task("baremetal_port", node="metal", address=MAC_2, state="absent"),
        node(state="absent"),
        node(state="absent"),
    ],
    "places": [
        task("availability_zone", name="az7", alias="west", virt_type="CAS"),
        task("host_aggregate", "made", name="agg7", availability_zone="west"),
        task("host_aggregate", name="agg7", hosts=[seeds.CAS_NODE]),
        task("host_aggregate", id="{{ made.host_aggregate.id }}", name="agg8"),
        task("host_aggregate", name="agg8", availability_zone="west"),
        task("availability_zone", name="az7", alias="east", virt_type="CAS"),
        task("host_aggregate", name="agg8", availability_zone="east"),
        task("image_type", name="plan 9", virt_type="CAS", os_type="linux", operating_system="Plan 9"),
        task("image_type", name="plan 9", description="from Bell Labs"),
        task("image_type", name="plan 9", state="absent"),
        task("host_aggregate", name="agg8", hosts_exact=True, state="absent"),
        task("availability_zone", name="az7", state="absent"),
    ],
    "snapshots below the cloud, and what loops": [
        *(task("pool_vm_snapshot", **MACHINE, name=name) for name in ("one", "two", "one")),
        task("pool_vm_snapshot", **MACHINE, name="one", state="restored"),
        task("pool_vm_snapshot", **MACHINE, name="one", state="restored"),
        task("pool_vm_snapshot", **MACHINE, name="two", state="restored"),
        task("pool_vm_snapshot", **MACHINE, name="one", state="absent"),
        {**task("flavor", "made", name="{{ item }}", **SMALL), "loop": ["f1", "f2", "f3", "f2"]},
        {**task("flavor", id="{{ item.flavor.id }}", state="absent"), "loop": "{{ made.results[1:3] }}"},
        {**task("flavor", name="{{ item }}", state="absent"), "loop": ["f1", "f2", "f3"]},
    ],
    "a department through its life": [
        task("availability_zone", name="hall1", alias="Hall 1", virt_type="CAS"),
        task("project", name="dept", description="A department", zones=["hall1", "nova11"]),
        task("project", name="dept", enabled=False),
        task("project", name="dept", enabled=True, zones=["Hall 1"], purge_zones=True),
        task("user", name="ann", password="Correct-Horse-8", default_project="dept", roles=[MANAGER]),
        task("user", name="ann", roles=[MANAGER, {"project": "demo", "role": "user"}]),
        task("user", name="ann", roles=AUDITOR, purge_roles=True, email="a@b.cd"),
        task("user", name="ann", roles=AUDITOR, purge_roles=True, email="a@b.cd"),
        task("user", name="ann", state="absent"),
        task("project", "team", name="team", parent="dept"),
        task("project", id="{{ team.project.id }}", name="crew"),
        task("project", name="crew", state="absent"),
        task("project", name="dept", replace=True, parent="demo"),
        task("project", name="dept", state="absent"),
        task("project", name="dept", state="absent"),
    ],
    "what replaces": [
        *FLAVORS_AND_IMAGE,
        server(**NEW),
        server(description="another one", networks=NETWORKS, replace=True),
        server(description="another one"),
        server(power_state="stopped"),
        task("flavor", name="large", ram=8192, replace=True),
        task("flavor", name="large", ram=8192),
        server(flavor="large"),
        task("keypair", name="ops", public_key=KEY),
        task("keypair", name="ops", public_key=KEY.replace("AAAA tests", "BBBB tests"), replace=True),
        task("keypair", name="ops", state="absent"),
        task("image", name="rocky", description="a rock"),
        task("image", name="rocky", state="absent"),
    ],
    "fleets": [
        *FLAVORS_AND_IMAGE,
        task("servers", name="web-%02d", count=3, defaults=NEW),
        task("servers", name="web-%02d", exact_count=2, defaults=NEW),
        task("servers", servers=[{"name": "web-01"}, {"name": "web-02"}], defaults={"power_state": "stopped"}),
        task("server", name="web-02", power_state="running"),
        task("server", name="web-02", state="absent"),
        task("servers", name="web-%02d", count=2, defaults=NEW),
        task("servers", servers=[{"name": "web-01"}, {"name": "web-02"}], state="absent"),
        task("servers", servers=[{"name": "web-01"}, {"name": "web-02"}], state="absent"),
    ],
}  # fmt: skip
# What the platform alone knows, such as the ids that plans, and headers of objects without a name, are made of.
_UNFORESEEN = frozenset({"addresses", "ip_address", "plan_id"})
_HEADERS = (".before_header", ".after_header")


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, Any]:
    path = tmp_path / "image.qcow2"
    path.write_bytes(b"an image" * 100)
    return {"image_file": str(path)}


def numbered(tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"name": f"{number:02d}", **task} for number, task in enumerate(tasks, start=1)]


def unlike(checked: Any, real: Any, place: str) -> list[str]:
    """Where what was foreseen is not what came, as far as it was known."""
    if checked is None or (isinstance(checked, str) and UNKNOWN[:-1] in checked):
        return []
    if isinstance(checked, dict) and isinstance(real, dict):
        names = [name for name in checked if name not in _UNFORESEEN]
        return [line for name in names for line in unlike(checked[name], real.get(name), f"{place}.{name}")]
    if isinstance(checked, list) and isinstance(real, list) and len(checked) == len(real):
        pairs = enumerate(zip(checked, real, strict=True))
        return [line for i, pair in pairs for line in unlike(*pair, f"{place}[{i}]")]
    if place.endswith(_HEADERS) and str(real).startswith(f"{checked} "):
        return []
    return [] if checked == real else [f"{place}: foreseen {checked!r}, came {real!r}"]


def differences(checked: Played, real: Played) -> list[str]:
    """What the run says otherwise than the check. Plans that only a name identifies yet have their own tests."""
    assert [task.name for task in checked.tasks] == [task.name for task in real.tasks]
    found = []
    for foreseen, came in zip(checked.tasks, real.tasks, strict=True):
        for a, b in zip(foreseen.items, came.items, strict=True):
            outcomes = [(item["changed"], item["actions"]) for item in (a, b)]
            found += [] if outcomes[0] == outcomes[1] else [f"{came.name}: foreseen {outcomes[0]}, came {outcomes[1]}"]
        options = {
            name: value for name, value in came.result.items() if name not in ("warnings", "requests", "plan_id")
        }
        for name, value in options.items():
            if name in ("changed", "actions") and foreseen.result.get(name) != value:
                found.append(f"{came.name}.{name}: foreseen {foreseen.result.get(name)!r}, came {value!r}")
            else:
                found += unlike(foreseen.result.get(name), value, f"{came.name}.{name}")
    return found


@pytest.mark.parametrize("name", PLAYS)
def test_check_mode_says_what_the_run_does(
    cloud: Simulator, ansible: Ansible, variables: dict[str, Any], name: str
) -> None:
    tasks = numbered(PLAYS[name])
    before = cloud.state("servers"), cloud.state("baremetal_nodes")
    checked = ansible.play(tasks, variables=variables, arguments=["--check", "--diff"], warns=None)
    assert (cloud.state("servers"), cloud.state("baremetal_nodes")) == before
    real = ansible.play(tasks, variables=variables, arguments=["--diff"], warns=None)
    assert not differences(checked, real), "\n".join(differences(checked, real))
    assert not [warning for warning in checked.warnings if "a real run needs it" in warning]


@pytest.mark.parametrize(
    "name",
    [
        "a server through its life",
        *(("a node through its life", "a department through its life") if ALL_WAYS else ()),
    ],
)
def test_ordinary_modules_can_be_checked_too(
    cloud: Simulator, ansible: Ansible, variables: dict[str, Any], name: str
) -> None:
    played = ansible.play(
        numbered(PLAYS[name]), mode=MODULE, variables=variables, arguments=["--check", "--diff"], warns=None
    )
    assert not [task.name for task in played.tasks if task.writes]


def test_only_what_is_missing_in_the_play_is_an_error(cloud: Simulator, ansible: Ansible) -> None:
    """In process it is known what earlier tasks would have made; an ordinary module can only warn."""
    tasks = [{"name": "stop", **server(power_state="stopped")}]
    played = ansible.play(tasks, arguments=["--check"], rc=2)
    assert "To create it, specify" in played.result("stop")["msg"]
    played = ansible.play(
        tasks, arguments=["--check"], mode=MODULE, warns=["There is no server yet that is named 'b1'"]
    )
    assert played.result("stop")["changed"] is True
    assert "To create it, specify" in ansible.play(tasks, mode=MODULE, rc=2).result("stop")["msg"]


def test_a_play_may_be_checked_by_its_keyword(cloud: Simulator, ansible: Ansible) -> None:
    """A task with check_mode: false really happens, and the next ones find what it left.

    A task that is checked in a play that really runs is checked by itself.
    """
    flavor = task("flavor", name="small", **SMALL)
    played = ansible.play(
        [
            {"name": "foreseen", **flavor},
            {"name": "known", **flavor},
            {"name": "made", **flavor, "check_mode": False},
            {"name": "found", **flavor},
            {"name": "gone", **task("flavor", name="small", state="absent")},
            {"name": "brought back", **flavor},
        ],
        check_mode=True,
    )
    assert [task.result["changed"] for task in played.tasks] == [True, False, True, False, True, True]
    assert [task.result["flavor"] and task.result["flavor"]["id"] for task in played.tasks[:2]] == [UNKNOWN, UNKNOWN]
    assert played.result("found")["flavor"]["id"] == cloud.state("flavors")[0]["id"]

    played = ansible.play(
        [
            {"name": "checked", **task("flavor", name="large", **LARGE), "check_mode": True},
            {"name": "again", **task("flavor", name="large", **LARGE), "check_mode": True},
        ]
    )
    assert [task.result["changed"] for task in played.tasks] == [True, True]


def test_the_memory_of_a_check_is_private_and_goes_with_it(
    cloud: Simulator, ansible: Ansible, tmp_path: Path, variables: dict[str, Any]
) -> None:
    """It stands in the temporary directory of the run, for its owner only, and has no secrets."""
    look = "{{ lookup('ansible.builtin.pipe', 'cat ' + home + '/*/h3c.cloudos.check.json') }}"
    mode = "{{ lookup('ansible.builtin.pipe', 'stat -c %a ' + home + '/*/h3c.cloudos.check.json') }}"
    home = tmp_path / "local-tmp"
    played = ansible.play(
        [
            {"name": "node", **node(ipmi=IPMI)},
            {"name": "image", **task("image", name="vault", image_password="secret-of-image", **IMAGE)},
            {"name": "look", "ansible.builtin.debug": {"msg": [look, mode]}},
        ],
        variables={**variables, "home": str(home)},
        arguments=["--check"],
        environment={"ANSIBLE_LOCAL_TEMP": str(home)},
    )
    content, permissions = played.result("look")["msg"]
    content = str(content)
    assert "metal" in content and "vault" in content and str(permissions) == "600"
    for secret in (IPMI["password"], "secret-of-image", seeds.ADMIN_PASSWORD):
        assert secret not in content
    assert not [path for path in home.rglob("*") if path.is_file()]
