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
from integration.harness import IN_PROCESS, MODULE, Ansible, uses

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
KEYPAIR_LIST, SERVER_LIST = "GET keypair-list", "GET server-list-detail"


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
    assert sorted(again[1:]) == sorted([IMAGE_LIST, FLAVOR_LIST])
    assert played["server: read"].sent() == [SERVER_LIST]


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
    played = ansible.play([{"name": name, **task} for name, task in tasks.items()], mode=mode)
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


def test_an_id_costs_no_look_up(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """A converged server whose options are ids is one read."""
    image, flavor = ready.state("images")[0], ready.state("flavors")[0]
    server = ready.seed("servers", name="web", image_id=image["id"], flavor_id=flavor["id"])[0]
    by_ids = {**SERVER, "image": image["id"], "flavor": flavor["id"]}
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


def test_waiting_is_one_read_for_each_interval(ready: Simulator, ansible: Ansible) -> None:
    """A build of three seconds is looked at after 1, 2.3 and 4 seconds at most."""
    ready.settings(build_seconds=3)
    played = ansible.play([{"name": "create", **uses("cloudos_server", **SERVER)}])
    sent = played["create"].sent()
    looks = sent[sent.index("POST server-create") + 1 :]
    assert set(looks) == {"GET server-get"}
    assert 2 <= len(looks) <= 3
    times = [entry["time"] for entry in played["create"].requests][-len(looks) :]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert all(pause >= 1.0 for pause in pauses)
    assert pauses == sorted(pauses)


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
