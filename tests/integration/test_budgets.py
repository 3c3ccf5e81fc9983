# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Time on a cloud API is round trips, so they are counted.

With a cached token: a converged resource costs one GET, and one for each kind of name that has to become an id;
creating without waiting costs one request more; waiting costs one read for each interval.
"""

from __future__ import annotations

import itertools
import stat
from pathlib import Path
from typing import Any

import pytest
from integration.harness import COMPUTE_NODE, IN_PROCESS, MODULE, Ansible, uses

from simulator import Simulator, seeds

FLAVOR = {"vcpus": 1, "ram": 1024, "disk": 20}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "E" * 42
SERVER = {
    "name": "web",
    "image": "an-image",
    "flavor": "a-flavor",
    "networks": [{"id": seeds.NET_1}],
    "availability_zone": "nova11",
}

IMAGE_LIST, FLAVOR_LIST, ZONE_LIST = "GET image-list", "GET flavor-list-detail", "GET azone-list"
NETWORK_LIST = "GET network-list"
HYPERVISOR_LIST, NODE_LIST = "GET hypervisor-list-detail", "GET baremetal-node-list"
KEYPAIR_LIST, SERVER_LIST = "GET keypair-list", "GET server-list-detail"
IPMI = {"address": "172.25.16.99", "username": "admin", "password": "ipmi-password"}
SNAPSHOT_LIST, STRATEGY_LIST = "GET vm-snapshot-list", "GET snapshot-strategy-list"
TEMPLATE_LIST = "GET server-template-list"
# What a task costs that nothing was read for before it
ALONE: dict[str, str | None] = {"CLOUDOS_SHARE_NAMES": "false"}


@pytest.fixture
def image_file(tmp_path: Path) -> Path:
    path = tmp_path / "image.raw"
    path.write_bytes(b"data" * 1000)
    return path


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud that has what a server is made of."""
    cloud.seed("images", name="an-image")
    cloud.seed("flavors", name="a-flavor", **FLAVOR)
    return cloud


def test_create_and_converge(ready: Simulator, ansible: Ansible, mode: str, image_file: Path) -> None:
    """One read and one write to create; one read to find that all is well; names cost one list for each kind."""
    image = {"name": "i", "src": str(image_file), "disk_format": "raw", "virt_type": "CAS", "cas_ostype": "linux"}
    objects: dict[str, dict[str, Any]] = {
        "flavor": {"name": "f", **FLAVOR},
        "keypair": {"name": "k", "public_key": KEY},
        "image": {**image, "wait": False},
        "server": {**SERVER, "wait": False},
    }
    tasks = [{"name": "log in", **uses("cloudos_flavor_info")}]
    for resource, options in objects.items():
        tasks.append({"name": f"{resource}: create", **uses(f"cloudos_{resource}", **options)})
    tasks.append({"name": "the server is built", **uses("cloudos_server", **SERVER)})
    for resource, options in objects.items():
        tasks.append({"name": f"{resource}: again", **uses(f"cloudos_{resource}", **options)})
        absent = {"name": options["name"], "state": "absent"}
        tasks.append({"name": f"{resource}: read", **uses(f"cloudos_{resource}_info", name=options["name"])})
        tasks.append({"name": f"{resource}: delete", **uses(f"cloudos_{resource}", **absent)})
    played = ansible.play(tasks, mode=mode)

    assert len(played["log in"].logins) == 1
    assert [task.name for task in played.tasks[1:] if task.logins] == []
    assert played["flavor: create"].sent() == [FLAVOR_LIST, "POST flavor-create"]
    assert played["flavor: again"].sent() == [FLAVOR_LIST]
    assert played["flavor: read"].sent() == [FLAVOR_LIST]
    assert played["flavor: delete"].sent()[:2] == [FLAVOR_LIST, "DELETE flavor-delete"]
    assert len(played["flavor: delete"].requests) == 2

    assert len(played["keypair: create"].requests) == 2
    assert played["keypair: create"].sent()[1] == "POST keypair-create"
    assert len(played["keypair: again"].requests) == 1
    assert len(played["keypair: read"].requests) == 1
    assert len(played["keypair: delete"].requests) == 2

    assert played["image: create"].sent() == [IMAGE_LIST, "POST image-create", "PUT image-upload"]
    assert played["image: again"].sent() == [IMAGE_LIST]
    assert played["image: read"].sent() == [IMAGE_LIST]

    names = sorted([IMAGE_LIST, FLAVOR_LIST, ZONE_LIST])
    create = played["server: create"].sent()
    assert create[0] == SERVER_LIST and create[-1] == "POST server-create"
    assert sorted(create[1:-1]) == names
    again = played["server: again"].sent()
    assert again[0] == SERVER_LIST
    assert sorted(again[1:]) == sorted([IMAGE_LIST, FLAVOR_LIST, NETWORK_LIST])  # addresses stand by names of networks
    assert played["server: read"].sent() == [SERVER_LIST]


def test_snapshots_strategies_and_templates(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """As above. A snapshot is not taken before the platform was asked whether it can be; a template tells no id."""
    ready.seed("servers", name="web")
    objects: dict[str, dict[str, Any]] = {
        "vm_snapshot": {"server": "web", "name": "s"},
        "snapshot_strategy": {
            "name": "n",
            "schedule": {"every": "day", "at": "02:30"},
            "max_snapshots": 1,
            "availability_zones": ["nova11"],
            "servers": ["web"],
        },
        "server_template": {
            "name": "t",
            "image": "an-image",
            "flavor": "a-flavor",
            "availability_zone": "nova11",
        },
    }
    tasks = []
    for resource, options in objects.items():
        found_by = {name: options[name] for name in ("server", "name") if name in options}
        tasks += [
            {"name": f"{resource}: create", **uses(f"cloudos_{resource}", **options)},
            {"name": f"{resource}: again", **uses(f"cloudos_{resource}", **options)},
            {"name": f"{resource}: read", **uses(f"cloudos_{resource}_info", **found_by)},
        ]
    from_template = {"name": "web-1", "template": "t", "networks": [{"network": "net-1"}], "wait": False}
    tasks += [
        {"name": "from a template", **uses("cloudos_server", **from_template)},
        {"name": "from a template, again", **uses("cloudos_server", **from_template)},
    ]
    for resource, options in objects.items():
        found_by = {name: options[name] for name in ("server", "name") if name in options}
        tasks.append({"name": f"{resource}: delete", **uses(f"cloudos_{resource}", **found_by, state="absent")})
    played = ansible.play(tasks, mode=mode)

    create = played["vm_snapshot: create"].sent()
    # The server shows whether an earlier run has begun the snapshot, which is in no list before it is taken.
    asked = ["GET server-get", "GET vm-snapshot-check-name", "GET vm-snapshot-count-limit"]
    assert create[:2] == [SERVER_LIST, SNAPSHOT_LIST]
    assert sorted(create[2:5]) == asked and create[5] == "POST vm-snapshot-create"
    assert {*create[6:]} == {SNAPSHOT_LIST}  # waiting
    assert played["vm_snapshot: again"].sent() == [SERVER_LIST, SNAPSHOT_LIST]
    assert played["vm_snapshot: read"].sent() == [SERVER_LIST, SNAPSHOT_LIST]

    names = sorted([SERVER_LIST, ZONE_LIST])
    create = played["snapshot_strategy: create"].sent()
    assert create[0] == STRATEGY_LIST and create[-1] == "POST snapshot-strategy-create"
    assert sorted(create[1:-1]) == names
    again = played["snapshot_strategy: again"].sent()
    assert again[0] == STRATEGY_LIST and sorted(again[1:]) == names
    assert played["snapshot_strategy: read"].sent() == [STRATEGY_LIST]
    assert played["snapshot_strategy: delete"].sent() == [STRATEGY_LIST, "DELETE snapshot-strategy-delete"]

    create = played["server_template: create"].sent()
    assert create[0] == TEMPLATE_LIST and create[-2:] == ["POST server-template-create", TEMPLATE_LIST]
    assert sorted(create[1:-2]) == sorted([IMAGE_LIST, FLAVOR_LIST, ZONE_LIST])
    again = played["server_template: again"].sent()
    assert again[0] == TEMPLATE_LIST and sorted(again[1:]) == sorted([IMAGE_LIST, FLAVOR_LIST])
    assert played["server_template: read"].sent() == [TEMPLATE_LIST]
    assert played["server_template: delete"].sent() == [TEMPLATE_LIST, "DELETE server-template-delete"]

    create = played["from a template"].sent()
    assert create == [SERVER_LIST, TEMPLATE_LIST, ZONE_LIST, NETWORK_LIST, "POST server-create"]
    assert played["from a template, again"].sent() == [SERVER_LIST]


def test_compute_nodes(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """The answer to a creation tells nothing, so a new node is looked for; a validation is one request more."""
    node = {**COMPUTE_NODE, "name": "n", "password": seeds.MANAGER_PASSWORD}
    tasks = {
        "create": uses("cloudos_compute_node", **node),
        "again": uses("cloudos_compute_node", **node, validate=True),
        "update": uses("cloudos_compute_node", **{**node, "host_pool": "q"}, validate=True),
        "read": uses("cloudos_compute_node_info"),
        "configuration": uses(
            "cloudos_compute_node_info", name="n", password=node["password"], gather=["available_config"]
        ),
        "delete": uses("cloudos_compute_node", name="n", state="absent"),
        "delete again": uses("cloudos_compute_node", name="n", state="absent"),
    }
    played = ansible.play([{"name": name, **task} for name, task in tasks.items()], mode=mode)
    sent = {name: played[name].sent() for name in tasks}

    nodes = "GET compute-node-list"
    assert sent["create"] == [nodes, ZONE_LIST, "POST compute-node-create", nodes]
    assert sent["again"] == sent["read"] == sent["delete again"] == [nodes]
    assert sent["update"] == [nodes, "POST compute-node-check", "PUT compute-node-update"]
    assert sent["configuration"] == [nodes, "POST compute-node-refresh"]
    assert sent["delete"] == [nodes, "POST compute-node-delete"]


def test_what_stands_around_servers(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """Where the answer to a creation tells no id, it costs one read more."""
    server = cloud.seed("servers", name="web")[0]
    snapshot = {"name": "s", "server": "web", "wait": False}
    aggregate = {"name": "a", "availability_zone": "nova11", "hosts": ["cpn-host11rc"]}
    tasks = {
        "snapshot: create": uses("cloudos_server_snapshot", **snapshot),
        "snapshot: wait": uses("cloudos_server_snapshot", **{**snapshot, "wait": True}),
        "snapshot: again": uses("cloudos_server_snapshot", **snapshot),
        "snapshot: by id": uses("cloudos_server_snapshot", **{**snapshot, "server": server["id"]}),
        "snapshot: read": uses("cloudos_server_snapshot_info"),
        "group: create": uses("cloudos_server_group", name="g", policy="affinity"),
        "group: again": uses("cloudos_server_group", name="g", policy="affinity"),
        "group: read": uses("cloudos_server_group_info"),
        "aggregate: create": uses("cloudos_host_aggregate", **aggregate),
        "aggregate: again": uses("cloudos_host_aggregate", **aggregate),
        "aggregate: alias": uses("cloudos_host_aggregate", **{**aggregate, "availability_zone": "zone-one"}),
        "aggregate: read": uses("cloudos_host_aggregate_info"),
        "hypervisors: read": uses("cloudos_hypervisor_info"),
        "transfer": uses("cloudos_server", name="web", user="demo"),
        "transfer: again": uses("cloudos_server", name="web", user="demo"),
        "transfer: by id": uses("cloudos_server", name="web", user=seeds.DEMO_USER),
    }
    played = ansible.play([{"name": name, **task} for name, task in tasks.items()], mode=mode, environment=ALONE)
    sent = {name: played[name].sent() for name in tasks}

    snapshots, groups, aggregates = "GET server-snapshot-list", "GET server-group-list", "GET aggregate-list"
    assert sent["snapshot: create"] == [snapshots, SERVER_LIST, "POST server-snapshot-create", snapshots]
    assert sent["snapshot: again"] == [snapshots, SERVER_LIST]
    assert sent["snapshot: by id"] == sent["snapshot: read"] == [snapshots]
    assert sent["group: create"] == [groups, "POST server-group-create", groups]
    assert sent["group: again"] == sent["group: read"] == [groups]
    made = ["POST aggregate-create", "POST aggregate-add-host"]
    assert sent["aggregate: create"] == [aggregates, ZONE_LIST, *made]
    assert sent["aggregate: again"] == sent["aggregate: read"] == [aggregates]
    assert sent["aggregate: alias"] == [aggregates, ZONE_LIST]
    assert sent["hypervisors: read"] == ["GET hypervisor-list-detail"]
    assert sent["transfer"][:3] == [SERVER_LIST, "GET user-list", "POST server-transfer"]
    assert sent["transfer: again"] == [SERVER_LIST, "GET user-list"]
    assert sent["transfer: by id"] == [SERVER_LIST]


def test_separate_tasks_share_the_names_of_other_objects(ready: Simulator, ansible: Ansible) -> None:
    """Fifty converged servers are a read each, and a list for each kind of name."""
    names = [f"web-{number}" for number in range(50)]
    ansible.play([uses("cloudos_servers", servers=[{"name": name} for name in names], defaults=SERVER)])
    tasks = [{"name": name, **uses("cloudos_server", **{**SERVER, "name": name})} for name in names]
    played = ansible.play(tasks)

    assert not any(task.result["changed"] for task in played.tasks)
    sent = [request for task in played.tasks for request in task.sent()]
    assert sent.count(SERVER_LIST) == len(names)
    # They share a list for ten seconds; on a busy machine, the tasks take longer.
    rounds = 1 + int((played.log[-1]["time"] - played.log[0]["time"]) / 10)
    lists = [IMAGE_LIST, FLAVOR_LIST, NETWORK_LIST]
    assert all(1 <= sent.count(request) <= rounds < len(names) / 2 for request in lists)
    assert {*sent} == {SERVER_LIST, *lists}


def test_a_loop_of_a_hundred_converged_servers(ready: Simulator, ansible: Ansible) -> None:
    """The longer the loop, the longer the list that is worth it; a server that is not in it is looked for."""
    flavor = ready.state("flavors")[0]
    ready.seed("servers", name="loop-{n}", count=200, flavor_id=flavor["id"])
    loop = {"loop": list(range(1, 101)), **uses("cloudos_server", name="loop-{{ item }}", flavor="a-flavor")}
    gone = {"loop": list(range(201, 206)), **uses("cloudos_server", name="loop-{{ item }}", state="absent")}
    played = ansible.play([{"name": "loop", **loop}, {"name": "gone", **gone}])
    assert len(played["loop"].items) == 100 and played["loop"].result["changed"] is False
    # A list of 120 is too short. A list counts for ten seconds; on a busy machine, the items take longer.
    sent = played["loop"].sent()
    rounds = int((played["loop"].requests[-1]["time"] - played["loop"].requests[0]["time"]) / 10)
    assert sent.count(FLAVOR_LIST) == 1 and 9 <= sent.count(SERVER_LIST) <= 12 + rounds
    assert played["gone"].sent().count(SERVER_LIST) >= 5


def test_what_is_made_or_changed_by_a_name_is_not_made_by_a_shared_one(ready: Simulator, ansible: Ansible) -> None:
    """A new server costs what it costs alone: each list is read for it, and its own only once."""
    ready.seed("flavors", name="another-flavor", **{**FLAVOR, "ram": 2048})
    by_name = {**SERVER, "networks": [{"network": "net-1"}]}
    resized = {**by_name, "flavor": "another-flavor"}
    played = ansible.play(
        [
            {"name": "create", **uses("cloudos_server", **by_name)},
            {"name": "again", **uses("cloudos_server", **by_name)},
            {"name": "create another", **uses("cloudos_server", **{**by_name, "name": "db", "wait": False})},
            {"name": "another again", **uses("cloudos_server", **{**by_name, "name": "db"})},
            {"name": "resize", **uses("cloudos_server", **resized, wait=False)},
        ]
    )
    names = sorted([IMAGE_LIST, FLAVOR_LIST, ZONE_LIST])
    create = played["create another"].sent()
    assert create[0] == SERVER_LIST and create[-1] == "POST server-create"
    assert sorted(create[1:-1]) == sorted([*names, NETWORK_LIST])
    assert sorted(played["another again"].sent()[:3]) == sorted([IMAGE_LIST, FLAVOR_LIST, SERVER_LIST])
    assert played["resize"].sent()[:2] == [SERVER_LIST, IMAGE_LIST]
    assert FLAVOR_LIST in played["resize"].sent()


def test_an_id_costs_no_look_up(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """A converged server whose options are ids is one read."""
    image, flavor = ready.state("images")[0], ready.state("flavors")[0]
    server = ready.seed("servers", name="web", image_id=image["id"], flavor_id=flavor["id"])[0]
    by_ids = {**SERVER, "image": image["id"], "flavor": flavor["id"], "networks": [{"network": "net-1"}]}
    played = ansible.play(
        [
            {"name": "by name", **uses("cloudos_server", **by_ids)},
            {"name": "by id", **uses("cloudos_server", id=server["id"], flavor=flavor["id"])},
        ],
        mode=mode,
    )
    assert played["by name"].sent() == [SERVER_LIST]
    assert played["by id"].sent() == ["GET server-get"]
    assert not any(task.result["changed"] for task in played.tasks)


def test_an_access_key_is_one_read(cloud: Simulator, ansible: Ansible, mode: str, tmp_path: Path) -> None:
    """Whether or not its file is there; nothing is read where there can be no file."""
    dest = str(tmp_path / "key.json")
    nowhere = uses("cloudos_access_key_info", dest=str(tmp_path / "none" / "key.json"))
    played = ansible.play(
        [
            {"name": "log in", **uses("cloudos_flavor_info")},
            {"name": "write", **uses("cloudos_access_key_info", dest=dest)},
            {"name": "again", **uses("cloudos_access_key_info", dest=dest)},
            {"name": "nowhere", **nowhere, "ignore_errors": True},
        ],
        mode=mode,
    )
    sent = {task.name: task.sent() for task in played.tasks[1:]}
    assert sent == {"write": ["GET access-key-get"], "again": ["GET access-key-get"], "nowhere": []}
    assert played.result("write")["changed"] and not played.result("again")["changed"]


def test_an_audit_costs_a_read_for_each_kind_and_its_report_costs_nothing(
    cloud: Simulator, ansible: Ansible, mode: str
) -> None:
    """However many objects are compared. The report sends nothing, and does not even log in."""
    cloud.seed("flavors", name="audited-{n}", count=20, **FLAVOR)
    objects = [{"options": {"name": f"audited-{number}", **FLAVOR}} for number in range(1, 21)]
    differences = "{{ compared.results | h3c.cloudos.differences('flavor') }}"
    rows = [{"object": "flavor a", "kind": "flavor", "name": "a", "key": "vcpus", "status": "differs"}]
    played = ansible.play(
        [
            {"name": "first", **uses("cloudos_audit_report", differences=rows)},
            {"name": "compare", **uses("cloudos_comparison", kind="flavor", objects=objects), "register": "compared"},
            {"name": "report", **uses("cloudos_audit_report", differences=differences)},
        ],
        mode=mode,
    )
    assert [task.sent() for task in played.tasks] == [[], [FLAVOR_LIST], []]
    assert (played["first"].requests, played["report"].requests) == ([], [])
    counts = [played.result(name)["counts"]["differences"] for name in ("first", "report")]
    assert counts == [1, 0] and len(played.result("compare")["results"]) == 20


def test_a_bare_metal_instance(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """Its node is one more kind of name; a new one also asks for its compute node and its ports, each once."""
    node = ready.seed("baremetal_nodes", name="a-node", provision_state="available")[0]
    ready.seed("baremetal_ports", node_uuid=node["id"], address="74:ea:cb:75:1c:2b")
    ready.seed("baremetal_ports", node_uuid=node["id"], address="74:ea:cb:75:1c:2c")
    networks = [{"id": seeds.NET_1, "port": "74:ea:cb:75:1c:2b"}, {"id": seeds.NET_2, "port": "74:ea:cb:75:1c:2c"}]
    options = {**SERVER, "name": "metal", "networks": networks, "availability_zone": "ironic2", "node": "a-node"}
    names = {"name": "metal", "image": "an-image"}
    played = ansible.play(
        [
            {"name": "create", **uses("cloudos_baremetal_instance", **options, wait=False)},
            {"name": "wait", **uses("cloudos_baremetal_instance", name="metal", power_state="running")},
            {"name": "again", **uses("cloudos_baremetal_instance", **options)},
            {"name": "again by id of the node", **uses("cloudos_baremetal_instance", **names, node=node["id"])},
            {"name": "read", **uses("cloudos_baremetal_instance_info", name="metal")},
            {"name": "delete", **uses("cloudos_baremetal_instance", name="metal", state="absent", wait=False)},
        ],
        mode=mode,
        environment=ALONE,
    )
    create = played["create"].sent()
    assert create[0] == SERVER_LIST and create[-1] == "POST baremetal-instance-create-tenant"
    assert sorted(create[1:-1]) == sorted(
        [IMAGE_LIST, FLAVOR_LIST, ZONE_LIST, NODE_LIST, HYPERVISOR_LIST, "GET baremetal-port-list"]
    )
    again = played["again"].sent()
    assert again[0] == SERVER_LIST
    assert sorted(again[1:]) == sorted([IMAGE_LIST, FLAVOR_LIST, NODE_LIST])
    assert played["again by id of the node"].sent() == [SERVER_LIST, IMAGE_LIST]
    assert played["read"].sent() == [SERVER_LIST]
    assert played["delete"].sent() == [SERVER_LIST, "DELETE server-delete"]
    assert not any(played.result(name)["changed"] for name in ("wait", "again", "again by id of the node"))


def test_waiting_is_one_read_for_each_interval(ready: Simulator, ansible: Ansible) -> None:
    """A build of three seconds is looked at after 1, 2.3 and 4 seconds at most.

    The first look is the list by name, which shows whether somebody else has created a server of that name meanwhile.
    """
    ready.settings(build_seconds=3)
    played = ansible.play([{"name": "create", **uses("cloudos_server", **SERVER)}])
    sent = played["create"].sent()
    looks = sent[sent.index("POST server-create") + 1 :]
    assert looks[0] == SERVER_LIST and {*looks[1:]} <= {"GET server-get"}
    assert 1 <= len(looks) <= 3
    times = [entry["time"] for entry in played["create"].requests][-len(looks) :]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    # A busy machine makes pauses longer.
    assert all(pause >= least for pause, least in zip(pauses, (1.25, 1.65), strict=False))


def test_an_image_with_tags_costs_one_patch(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """The creation of the reference does not take them. A second run reads the list, as for any image."""
    image = {"name": "i", "disk_format": "raw", "virt_type": "CAS", "cas_ostype": "linux", "wait": False}
    image |= {"tags": ["a"], "protected": True, "properties": {"k": "v"}}
    tasks = [{"name": name, **uses("cloudos_image", **image)} for name in ("create", "again")]
    played = ansible.play([{"name": "log in", **uses("cloudos_flavor_info")}, *tasks], mode=mode)

    assert played["create"].sent() == [IMAGE_LIST, "POST image-create", "PATCH image-patch"]
    assert played["again"].sent() == [IMAGE_LIST]


@pytest.mark.smoke
def test_a_loop_of_fifty_converged_flavors(cloud: Simulator, ansible: Ansible) -> None:
    """In process: one read for each at most, one connection, and no login with a cached token."""
    cloud.seed("flavors", name="loop-{n}", count=50, **FLAVOR)
    loop = {
        "name": "converge",
        **uses("cloudos_flavor", name="loop-{{ item }}", **FLAVOR),
        "loop": list(range(1, 51)),
    }
    played = ansible.play([{"name": "log in", **uses("cloudos_flavor_info")}, loop])
    converge = played["converge"]
    assert len(converge.items) == 50 and converge.result["changed"] is False
    assert {entry["method"] for entry in converge.requests} == {"GET"}
    assert len(converge.requests) <= 50
    assert len({entry["connection"] for entry in converge.requests}) == 1

    warm = ansible.play([loop])
    assert warm["converge"].logins == []
    assert len(warm["converge"].requests) <= 50


def test_a_flavor_with_parts_costs_a_read_for_each_of_them(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """Where the list has the extra specs, as that of newer OpenStack, they cost nothing, for a loop neither."""
    parts = {"extra_specs": {"a": "1"}, "is_public": False, "projects": ["demo"]}
    ready.seed("flavors", name="loop-{n}", count=20, extra_specs={"a": "1"}, **FLAVOR)
    loop = {"loop": list(range(1, 21)), **uses("cloudos_flavor", name="loop-{{ item }}", extra_specs={"a": 1})}
    create = {"name": "create", **uses("cloudos_flavor", name="f", **FLAVOR, **parts)}
    again = {"name": "again", **uses("cloudos_flavor", name="f", **parts)}
    played = ansible.play([{"name": "log in", **uses("cloudos_flavor_info")}, create, again], mode=mode)
    ready.settings(shape="openstack", strict=True)
    listed = ansible.play([again, {"name": "loop", **loop}])

    reads = [FLAVOR_LIST, "GET project-list"]
    writes = ["POST flavor-create", "POST flavor-extra-specs-set", "POST flavor-access-add"]
    assert played["create"].sent() == [*reads, *writes]
    own = ["GET flavor-extra-specs-list", "GET flavor-access-list"]
    assert sorted(played["again"].sent()) == sorted([*reads, *own])
    assert sorted(listed["again"].sent()) == sorted([*reads, "GET flavor-access-list"])
    assert set(listed["loop"].sent()) == {FLAVOR_LIST}
    assert len(listed["loop"].items) == 20 and listed["loop"].result["changed"] is False


def test_bare_metal_nodes_are_enrolled_and_converge(cloud: Simulator, ansible: Ansible) -> None:
    """Twenty nodes, second run in a loop: one list for all of them, and one read for each that has ports to compare."""
    cloud.settings(transition_seconds=0, lock_seconds=0)
    options = {
        "name": "metal-{{ item }}",
        "ipmi": {**IPMI, "address": "172.25.17.{{ item }}"},
        "properties": {"cpus": 16},
        "provision_state": "available",
    }
    with_ports = {**options, "ports": ["74:ea:cb:75:2c:{{ '%02x' % item }}"]}
    with_interfaces = {**options, "boot_interface": "pxe", "bios_interface": "fake"}
    numbers = {"loop": list(range(1, 21))}
    create = uses("cloudos_baremetal_node", name="metal-21", ipmi=IPMI, wait=False)
    played = ansible.play(
        [
            {"name": "log in", **uses("cloudos_flavor_info")},
            {"name": "enrol", **uses("cloudos_baremetal_node", **with_ports), **numbers},
            {"name": "converge", **uses("cloudos_baremetal_node", **options), **numbers},
            {"name": "converge with ports", **uses("cloudos_baremetal_node", **with_ports), **numbers},
            {"name": "set interfaces", **uses("cloudos_baremetal_node", **with_interfaces), **numbers},
            {"name": "converge with interfaces", **uses("cloudos_baremetal_node", **with_interfaces), **numbers},
            {"name": "create", **create},
            {"name": "again", **create},
        ]
    )
    nodes = cloud.state("baremetal_nodes")
    assert [node["provision_state"] for node in nodes[:20]] == ["available"] * 20
    assert all(item["changed"] for item in played["enrol"].items)
    assert played["converge"].result["changed"] is played["converge with ports"].result["changed"] is False
    assert played["converge"].sent() == [NODE_LIST]
    assert sorted(played["converge with ports"].sent()) == [NODE_LIST, *["GET baremetal-port-list"] * 20]
    assert sorted(played["converge with interfaces"].sent()) == ["GET baremetal-node-get"] * 20 + [NODE_LIST]
    assert played["create"].sent()[:2] == [NODE_LIST, "POST baremetal-node-create"]
    assert played["again"].sent() == [NODE_LIST]


def test_a_loop_of_new_nodes_reads_the_list_once(cloud: Simulator, ansible: Ansible) -> None:
    """The answer to a creation has no id: each new node is read by its name, and the list goes on for the others."""
    cloud.settings(node_names=True)
    new = uses("cloudos_baremetal_node", name="{{ item }}", ipmi={**IPMI, "address": "{{ item }}.example"}, wait=False)
    names = [f"metal-{number}" for number in range(12)]
    played = ansible.play([{"name": "new", **new, "loop": [*names, names[3]]}])
    *made, again = played["new"].items
    assert all(item["actions"] == ["create"] for item in made) and again["changed"] is False
    ids = {node["name"]: node["id"] for node in cloud.state("baremetal_nodes")}
    assert {item["baremetal_node"]["name"]: item["baremetal_node"]["id"] for item in [*made, again]} == ids
    each = ["POST baremetal-node-create", "GET baremetal-node-get"]
    sent = played["new"].sent()
    assert [request for request in sent if request != NODE_LIST] == each * len(names)
    # The first item reads the list, and one that means the node of an earlier item does; and who finds it too old.
    rounds = int((played["new"].requests[-1]["time"] - played["new"].requests[0]["time"]) / 10)
    assert sent[0] == sent[-1] == NODE_LIST and sent.count(NODE_LIST) <= 2 + rounds


def test_a_loop_of_new_nodes_that_the_platform_knows_by_id_only(cloud: Simulator, ansible: Ansible) -> None:
    new = uses("cloudos_baremetal_node", name="{{ item }}", ipmi={**IPMI, "address": "{{ item }}.example"}, wait=False)
    played = ansible.play([{"name": "new", **new, "loop": ["a", "b", "c", "a"]}])
    assert [item["actions"] for item in played["new"].items] == [["create"]] * 3 + [[]]
    create = "POST baremetal-node-create"
    tried = [NODE_LIST, create, "GET baremetal-node-get", NODE_LIST]
    assert played["new"].sent() == [*tried, create, NODE_LIST, create, NODE_LIST]


def test_ports_and_port_groups_of_bare_metal_nodes(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """One read for the node, one for what it has; a new one is one request more."""
    cloud.seed("baremetal_nodes", name="metal")
    port = uses("cloudos_baremetal_port", node="metal", address="74:ea:cb:75:1c:2b")
    group = uses("cloudos_baremetal_portgroup", node="metal", name="bond")
    tasks = [{"name": "log in", **uses("cloudos_flavor_info")}]
    for name, task in (("port", port), ("group", group)):
        tasks += [{"name": f"{name}: create", **task}, {"name": f"{name}: again", **task}]
    played = ansible.play(tasks, mode=mode)
    ports, groups = "GET baremetal-port-list", "GET baremetal-portgroup-list"
    assert played["port: create"].sent() == [NODE_LIST, ports, "POST baremetal-port-create"]
    assert played["port: again"].sent() == [NODE_LIST, ports]
    assert played["group: create"].sent() == [NODE_LIST, groups, "POST baremetal-portgroup-create"]
    assert played["group: again"].sent() == [NODE_LIST, groups]


def test_a_loop_of_fifty_converged_quotas(cloud: Simulator, ansible: Ansible) -> None:
    """In process: one read of all limits, one of the projects, and one try to read a document, which is refused."""
    cloud.seed("projects", name="loop-{n}", count=50)
    loop = {"loop": list(range(1, 51))}
    quota = {"compute": {"cores": 1000}, "network": {"vnic": 1000, "router": 5}}
    ids = [project["id"] for project in cloud.state("projects")]
    played = ansible.play(
        [
            {"name": "log in", **uses("cloudos_flavor_info")},
            {"name": "by name", **uses("cloudos_quota", project="loop-{{ item }}", **quota), **loop},
            {"name": "by id", **uses("cloudos_quota", project="{{ item }}", **quota), "loop": ids},
        ]
    )
    assert len(played["by name"].items) == 50
    assert played["by name"].result["changed"] is False and played["by id"].result["changed"] is False
    reads = ["GET limits-list-all", "GET project-list", "GET quota-document-get"]
    assert played["by name"].sent() == played["by id"].sent() == reads


def test_quotas_projects_and_users(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """A change is a read, one of the whole document, and one write; assignments are one list for all users."""
    quota = uses("cloudos_quota", project="demo", compute={"cores": 7})
    played = ansible.play(
        [
            {"name": "log in", **uses("cloudos_flavor_info")},
            {"name": "change", **quota},
            {"name": "again", **quota},
            {"name": "all quotas", **uses("cloudos_quota_info")},
            {"name": "quota by name", **uses("cloudos_quota_info", project="demo")},
            {"name": "quota by id", **uses("cloudos_quota_info", project=seeds.DEMO_PROJECT)},
            {"name": "projects", **uses("cloudos_project_info", name="demo")},
            {"name": "users", **uses("cloudos_user_info")},
            {"name": "members", **uses("cloudos_user_info", project="demo", gather=["assignments"])},
        ],
        mode=mode,
    )
    all_limits, projects = "GET limits-list-all", "GET project-list"
    document = "GET quota-document-get"
    assert played["change"].sent() == [all_limits, projects, document, "PUT vm-snapshot-quota-update"]
    assert played["again"].sent() == [all_limits, projects]
    assert played["all quotas"].sent() == [all_limits]
    assert played["quota by name"].sent() == [projects, "GET limits-get"]
    assert played["quota by id"].sent() == ["GET limits-get"]
    assert played["projects"].sent() == [projects]
    assert played["users"].sent() == ["GET keystone-user-list"]
    assert played["members"].sent() == ["GET keystone-user-list", projects, "GET user-project-group-list"]


def test_a_department(cloud: Simulator, ansible: Ansible) -> None:
    """Zones and roles cost a read of what is assigned and one of names; the items of a loop share what they can."""
    project = uses("cloudos_project", name="dept-{{ item }}", description="A department")
    zones = {**uses("cloudos_project", name="dept-1", zones=["nova11", "cinder191"])}
    roles = [{"project": "dept-1", "role": "user"}, {"project": "demo", "role": "auditor"}]
    user = uses("cloudos_user", name="user-{{ item }}", roles=roles)
    loop = {"loop": [1, 2, 3]}
    played = ansible.play(
        [
            {"name": "log in", **uses("cloudos_flavor_info")},
            {"name": "projects", **project, **loop},
            {"name": "projects again", **project, **loop},
            {"name": "zones", **zones},
            {"name": "zones again", **zones},
            {"name": "users", **user, **loop},
            {"name": "users again", **user, **loop},
        ]
    )
    projects, assigned, names = "GET project-list", "GET azone-project-list", "GET azone-list"
    assert played["projects"].sent() == [projects, "POST project-create"] * 3
    assert played["projects again"].sent() == [projects]
    assert played["zones"].sent() == [projects, assigned, names, *["PUT project-zone-assign"] * 2]
    assert played["zones again"].sent() == [projects, assigned, names]
    assert len(played["users"].writes) == 9
    assert sorted(played["users again"].sent()) == [
        "GET keystone-user-list",
        projects,
        "GET user-project-group-list",
    ]


@pytest.mark.parametrize("play_mode", [IN_PROCESS, MODULE])
def test_many_hosts_log_in_once(cloud: Simulator, ansible: Ansible, play_mode: str) -> None:
    """25 forks start together with nothing cached (8 as modules, which are slower and do the same)."""
    hosts = 25 if play_mode == IN_PROCESS else 8
    inventory = "\n".join(f"host{number} ansible_connection=local" for number in range(hosts))
    played = ansible.play(
        [{"name": "read", **uses("cloudos_flavor_info")}],
        mode=play_mode,
        inventory=inventory,
        arguments=["-f", str(hosts)],
        variables={"ansible_python_interpreter": "{{ ansible_playbook_python }}"},
    )
    assert len(played.tasks) == hosts
    assert sum(entry["operation"] == "token-create" for entry in played.log) == 1


def test_the_token_cache_is_private(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    ansible.play([{"name": "read", **uses("cloudos_flavor_info")}], mode=mode)
    assert stat.S_IMODE(ansible.cache.stat().st_mode) == 0o700
    files = list(ansible.cache.iterdir())
    assert files
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_requests_are_told_when_asked_for(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """With -vv a result counts its requests by method, and without it does not."""
    tasks = [{"name": "create", **uses("cloudos_flavor", name="f", **FLAVOR)}]
    played = ansible.play(tasks, mode=mode, arguments=["-vv"])
    assert played.result("create")["requests"]["GET"] == 1
    assert played.result("create")["requests"]["POST"] in (1, 2)  # with the login
    assert "requests" not in ansible.play(tasks, mode=mode).result("create")


def seed_internet(cloud: Simulator) -> None:
    """An external network that a router connects with that of servers."""
    outside = cloud.seed("networks", name="internet", subnet_cidr="203.0.113.0/24", **{"router:external": True})[0]
    cloud.seed("routers", gateway=outside["id"], interfaces=[seeds.SUBNET_1])


def test_a_hundred_servers_with_a_floating_ip_each(ready: Simulator, ansible: Ansible) -> None:
    """One request makes a server, one finds its port, and one gives it a floating IP; all else is for all of them."""
    count = 100
    seed_internet(ready)
    ready.settings(build_seconds=1.0)
    defaults = {name: SERVER[name] for name in ("image", "flavor", "availability_zone")}
    defaults = {**defaults, "networks": [{"network": "net-1"}]}
    fleet = {"name": "web-%03d", "exact_count": count, "defaults": defaults}
    given = {"network": "internet", "server": "{{ item.name }}"}
    tasks = [
        {"name": "servers", **uses("cloudos_servers", **fleet), "register": "made"},
        {"name": "addresses", **uses("cloudos_floating_ip", **given), "loop": "{{ made.servers }}"},
        {"name": "servers again", **uses("cloudos_servers", **fleet), "register": "made"},
        {"name": "addresses again", **uses("cloudos_floating_ip", **given), "loop": "{{ made.servers }}"},
    ]
    played = ansible.play(tasks)

    sent = [*played["servers"].sent(), *played["addresses"].sent()]
    assert len(sent) <= 3.2 * count
    assert len(ready.state("floating_ips")) == count
    assert sorted(played["servers again"].sent()) == [FLAVOR_LIST, "GET image-list", SERVER_LIST]
    # A list of just a hundred may have been cut, so what is behind its last entry is asked for.
    ips = ["GET floating-ip-list"] * 2
    assert sorted(played["addresses again"].sent()) == [*ips, "GET network-list", SERVER_LIST]


def test_volumes_security_groups_and_floating_ips(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """As above. The port of a server is looked for only where the server has no floating IP yet."""
    seed_internet(cloud)
    cloud.seed("servers", name="web-{n}", count=2)
    rules = [{"protocol": "tcp", "port_range_min": 443}]
    objects: dict[str, dict[str, Any]] = {
        "volume": {"name": "v", "size": 2, "wait": False},
        "volume_snapshot": {"name": "s", "volume": "data-1", "wait": False},
        "security_group": {"name": "g", "rules": rules},
        "floating_ip": {"network": "internet", "server": "web-1"},
    }
    tasks = []
    for resource, options in objects.items():
        tasks.append({"name": f"{resource}: create", **uses(f"cloudos_{resource}", **options)})
        tasks.append({"name": f"{resource}: again", **uses(f"cloudos_{resource}", **options)})
    each = {"network": "internet", "server": "{{ item }}"}
    for name in ("loop", "loop again"):
        tasks.append({"name": name, **uses("cloudos_floating_ip", **each), "loop": ["web-1", "web-2"]})
    played = ansible.play(tasks, mode=mode)

    assert played["volume: create"].sent() == ["GET volume-list", "POST volume-create"]
    assert played["volume: again"].sent() == ["GET volume-list"]
    lists = ["GET volume-list", "GET volume-snapshot-list"]
    assert played["volume_snapshot: create"].sent() == [*reversed(lists), "POST volume-snapshot-create"]
    assert sorted(played["volume_snapshot: again"].sent()) == lists
    assert played["security_group: create"].sent() == [
        "GET security-group-list",
        "POST security-group-create",
        "POST security-group-rule-create",
        "GET security-group-get",
    ]
    assert played["security_group: again"].sent() == ["GET security-group-list"]
    lists = ["GET floating-ip-list", "GET network-list", SERVER_LIST]
    assert played["floating_ip: create"].sent() == [*lists, "GET os-port-list", "POST floating-ip-create"]
    assert played["floating_ip: again"].sent() == lists
    if mode == IN_PROCESS:
        assert played["loop again"].sent() == lists
