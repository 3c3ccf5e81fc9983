# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong in real clouds: lost tokens, dead services, full quotas, other people, killed plays, odd names."""

from __future__ import annotations

import collections
import datetime
import itertools
import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from integration.harness import Ansible, is_login, uses

from openstack import meddler, seed
from openstack.api import TIMEOUT
from openstack.cloud import Cloud
from openstack.lifecycle import Lifecycle
from openstack.services import nova
from openstack.settings import Settings

HOST = "cpn-host11rc"  # all that the zone nova11 has
FLAVOR = {"name": "trouble", "vcpus": 1, "ram": 512, "disk": 1}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "E" * 42
IPMI = {"address": "172.25.16.1", "username": "admin", "password": "ipmi-password"}


@pytest.fixture
def server(cloud: Cloud) -> dict[str, Any]:
    """Options of a server, for which everything is there."""
    cloud.seed_flavor(**FLAVOR)
    networks = [{"id": cloud.seeded["networks"]["net-1"]}]
    return {"image": "linux", "flavor": "trouble", "networks": networks, "availability_zone": "nova11"}


def one(name: str = "server", *, ignored: bool = False, **options: Any) -> dict[str, Any]:
    return {"name": name, **uses("cloudos_server", **{"name": "web", **options}), "ignore_errors": ignored}


def fleet(name: str, count: int, defaults: dict[str, Any], *, ignored: bool = False) -> dict[str, Any]:
    options = {"name": "web-%02d", "exact_count": count, "defaults": defaults}
    return {"name": name, **uses("cloudos_servers", **options), "ignore_errors": ignored}


def servers(cloud: Cloud) -> list[dict[str, Any]]:
    return cloud.admin.list(f"{cloud.admin.nova}/servers/detail", "servers")


def names(cloud: Cloud) -> collections.Counter[str]:
    return collections.Counter(server["name"] for server in servers(cloud))


def wait_for(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.05)


# --- tokens


def revoke(cloud: Cloud, cache: Path) -> None:
    """End the tokens of a cache, for services that remember what Keystone has said of them, too."""
    tokens = [json.loads(file.read_text())["value"] for file in cache.glob("*.json")]
    assert tokens
    for token in tokens:
        cloud.admin("DELETE", f"{cloud.admin.keystone}/auth/tokens", headers={"X-Subject-Token": token})
    with socket.create_connection(("127.0.0.1", Settings.from_environment().port("memcached"))) as memcached:
        memcached.sendall(b"flush_all\r\n")
        assert memcached.recv(16) == b"OK\r\n"


def test_a_token_that_is_revoked_between_two_tasks_costs_one_login(cloud: Cloud, ansible: Ansible) -> None:
    ansible.play([{"name": "log in", **uses("cloudos_flavor_info")}])
    revoke(cloud, ansible.cache)

    played = ansible.play(
        [
            {"name": "made", **uses("cloudos_flavor", **FLAVOR)},
            {"name": "again", **uses("cloudos_flavor", **FLAVOR)},
        ]
    )

    assert len(played["made"].logins) == 1 and not played["again"].logins
    assert played.result("made")["actions"] == ["create"] and played.result("again")["actions"] == []


def test_a_token_that_is_revoked_before_a_creation_makes_one_server(
    cloud: Cloud, tmp_path: Path, server: dict[str, Any]
) -> None:
    """The POST that is refused with 401 was not carried out, so it is sent again with another token."""
    cache = tmp_path / "cache" / "h3c.cloudos"
    with meddler.before(cloud, "POST", "/servers", lambda: revoke(cloud, cache)) as meddled:
        played = Ansible(meddled, tmp_path).play([one(**server)])

    created = [entry["status"] for entry in played.log if entry["operation"].endswith("/servers")]
    assert created[0] == 401 and len(created) == 2
    assert len([entry for entry in played.log if is_login(entry)]) == 2
    assert names(cloud) == {"web": 1}


# --- services


@pytest.fixture
def compute(cloud: Cloud) -> Iterator[Callable[[], None]]:
    """A hypervisor's service that is stopped; what is returned starts it, as does the end of the test."""
    lifecycle = Lifecycle(Settings.from_environment())
    processes, state = lifecycle.processes, lifecycle.state
    (program,) = [one for one in nova.programs(state) if one.name == f"nova-compute-{HOST}"]

    def start() -> None:
        force_down(cloud, False)
        began = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
        processes.start(program, state.environment())
        wait_for(lambda: last_report(cloud) > began)  # until then it gives up what it is asked for

    processes.stop([program.name], TIMEOUT)
    yield start
    if not processes.alive(program.name):
        start()
    processes.release()


def last_report(cloud: Cloud) -> datetime.datetime:
    url = f"{cloud.admin.nova}/os-services"
    (service,) = cloud.admin.list(url, "services", host=HOST, binary="nova-compute")
    return datetime.datetime.fromisoformat(service["updated_at"])


def force_down(cloud: Cloud, down: bool) -> None:
    """Say at once what Nova says of a service that has not reported for a minute."""
    body = {"host": HOST, "binary": "nova-compute", "forced_down": down}
    headers = {"X-OpenStack-Nova-API-Version": "2.11"}
    cloud.admin("PUT", f"{cloud.admin.nova}/os-services/force-down", json=body, headers=headers)


def test_a_server_whose_compute_service_has_just_died_is_waited_for_and_then_replaced(
    cloud: Cloud, ansible: Ansible, server: dict[str, Any], compute: Callable[[], None]
) -> None:
    """The service is still taken for alive. When it is back, it gives up what it has not begun, without a reason."""
    late = ansible.play([one(**server, wait_timeout=5, ignored=True)]).result("server")
    assert "BUILD" in late["msg"] and "It may still get there" in late["msg"] and late["actions"] == ["create"]

    compute()
    played = ansible.play([one("again", **server, ignored=True), one("replaced", **server, replace=True)])

    again = played.result("again")
    assert again.get("server", {}).get("status") == "ACTIVE" or "replace: true" in again["msg"]
    assert played.result("replaced")["server"]["status"] == "ACTIVE"
    assert names(cloud) == {"web": 1}


def test_a_server_without_a_compute_service_fails_with_the_reason_and_a_way_out(
    cloud: Cloud, ansible: Ansible, server: dict[str, Any], compute: Callable[[], None]
) -> None:
    force_down(cloud, True)
    told = ansible.play([one(**server, ignored=True)]).result("server")
    assert "No valid host was found" in told["msg"] and "replace: true" in told["msg"]

    compute()
    played = ansible.play([one("again", **server, ignored=True), one("replaced", **server, replace=True)])

    assert (
        "No valid host was found" in played.result("again")["msg"] and "replace: true" in played.result("again")["msg"]
    )
    assert played.result("replaced")["server"]["status"] == "ACTIVE"
    assert names(cloud) == {"web": 1}


# --- quotas


@pytest.fixture
def quota(cloud: Cloud) -> Iterator[Callable[..., None]]:
    """Change what a project may have in Nova, until the end of the test."""
    url = f"{cloud.admin.nova}/os-quota-sets/{cloud.admin.project_id}"

    def change(**limits: int) -> None:
        cloud.admin("PUT", url, json={"quota_set": limits})

    yield change
    change(**dict.fromkeys(seed.UNLIMITED, -1))


def test_a_fleet_that_exceeds_its_quota_fills_it_and_goes_on_when_it_is_raised(
    cloud: Cloud, ansible: Ansible, server: dict[str, Any], quota: Callable[..., None]
) -> None:
    quota(instances=2)
    told = ansible.play([fleet("fleet", 4, server, ignored=True)]).result("fleet")
    assert "Quota exceeded for instances" in told["msg"]
    failed = told["counts"]["failed"]
    assert failed >= 2 and told["counts"]["created"] == 4 - failed

    quota(instances=-1)
    # Of creations at the same time, Nova accepts more than fit, and sets them to ERROR.
    played = ansible.play([fleet("fleet", 4, {**server, "replace": True}), fleet("again", 4, server)])

    assert played.result("again")["changed"] is False
    assert names(cloud) == {f"web-{number:02d}": 1 for number in range(1, 5)}


def test_a_quota_of_key_pairs_is_named_and_nothing_is_made(
    cloud: Cloud, ansible: Ansible, quota: Callable[..., None]
) -> None:
    quota(key_pairs=0)

    played = ansible.play(
        [{"name": "pair", **uses("cloudos_keypair", name="trouble", public_key=KEY), "ignore_errors": True}]
    )

    assert "uota exceeded" in played.result("pair")["msg"]
    assert played.result("pair")["changed"] is False


# --- other people


def delete_server(cloud: Cloud) -> None:
    (found,) = servers(cloud)
    cloud.admin("DELETE", f"{cloud.admin.nova}/servers/{found['id']}")
    wait_for(lambda: not servers(cloud))


def test_what_somebody_has_deleted_between_two_plays_is_made_again(
    cloud: Cloud, ansible: Ansible, server: dict[str, Any]
) -> None:
    first = ansible.play([one(**server)]).result("server")
    delete_server(cloud)

    played = ansible.play([one("again", **server)]).result("again")

    assert played["actions"] == ["create"] and played["server"]["id"] != first["server"]["id"]
    delete_server(cloud)
    assert ansible.play([one("absent", state="absent")]).result("absent")["changed"] is False


def test_a_server_that_is_deleted_right_before_it_is_stopped_is_an_error_that_says_so(
    cloud: Cloud, ansible: Ansible, tmp_path: Path, server: dict[str, Any]
) -> None:
    made = ansible.play([one(**server)]).result("server")["server"]
    folder = tmp_path / "meddled"
    folder.mkdir()
    with meddler.before(cloud, "POST", "/action", lambda: delete_server(cloud)) as meddled:
        told = Ansible(meddled, folder).play([one(**server, power_state="stopped", ignored=True)]).result("server")

    assert "404" in told["msg"] and made["id"] in told["msg"]
    again = ansible.play([one("again", **server, power_state="stopped")]).result("again")
    assert again["actions"] == ["create", "stop"] and names(cloud) == {"web": 1}


def test_a_server_that_is_deleted_right_before_its_deletion_is_gone(
    cloud: Cloud, ansible: Ansible, tmp_path: Path, server: dict[str, Any]
) -> None:
    made = ansible.play([one(**server)]).result("server")["server"]
    folder = tmp_path / "meddled"
    folder.mkdir()
    with meddler.before(cloud, "DELETE", f"/servers/{made['id']}", lambda: delete_server(cloud)) as meddled:
        played = Ansible(meddled, folder).play([one(state="absent")])

    assert played.result("server")["server"] is None and not servers(cloud)


def test_a_node_that_is_deleted_right_before_it_is_changed_is_an_error_that_says_so(
    cloud: Cloud, tmp_path: Path
) -> None:
    made = cloud.seed_node(name="gone")
    url = f"{cloud.admin.ironic}/nodes/{made['uuid']}"
    with meddler.before(cloud, "PATCH", made["uuid"], lambda: cloud.admin("DELETE", url)) as meddled:
        options = {"name": "gone", "properties": {"cpus": 4}}
        task = {"name": "node", **uses("cloudos_baremetal_node", **options), "ignore_errors": True}
        told = Ansible(meddled, tmp_path).play([task]).result("node")

    assert "404" in told["msg"] and made["uuid"] in told["msg"] and told["changed"] is False


# --- two at once


def test_two_plays_on_one_machine_make_one_server(cloud: Cloud, ansible: Ansible, server: dict[str, Any]) -> None:
    plays = [ansible.begin([one(**server)]) for _play in range(2)]

    assert [play.wait(TIMEOUT) for play in plays] == [0, 0]
    assert names(cloud) == {"web": 1}


def test_of_two_machines_that_make_one_server_the_younger_is_told(
    cloud: Cloud, tmp_path: Path, server: dict[str, Any]
) -> None:
    body = {
        "name": "web",
        "imageRef": cloud.seeded["images"]["linux"],
        "networks": [{"uuid": server["networks"][0]["id"]}],
        "flavorRef": cloud.seeded["flavors"]["small"],
    }
    others: list[str] = []

    def make_another() -> None:
        made = cloud.admin("POST", f"{cloud.admin.nova}/servers", json={"server": body})["server"]
        others.append(made["id"])
        time.sleep(1.1)  # the times of creation have whole seconds

    with meddler.before(cloud, "POST", "/servers", make_another) as meddled:
        told = Ansible(meddled, tmp_path).play([one(**server, ignored=True)]).result("server")

    ids = {found["id"] for found in servers(cloud)}
    assert len(ids) == 2 and all(server_id in told["msg"] for server_id in ids)
    assert "made while another process made one of the same name" in told["msg"]
    assert told["id"] in ids - {*others}


# --- killed plays


@pytest.mark.parametrize("waits_for", [1, 3, 6])
def test_a_fleet_whose_play_is_killed_has_as_many_servers_as_wanted_after_the_next_run(
    cloud: Cloud, ansible: Ansible, server: dict[str, Any], waits_for: int
) -> None:
    killed = ansible.begin([fleet("fleet", 8, server)])
    wait_for(lambda: len(servers(cloud)) >= waits_for or killed.poll() is not None)
    assert killed.poll() is None, "it ended before it could be killed"
    killed.kill()
    killed.wait()

    played = ansible.play([fleet("fleet", 8, server), fleet("again", 8, server)])

    assert names(cloud) == {f"web-{number:02d}": 1 for number in range(1, 9)}
    assert {found["status"] for found in servers(cloud)} == {"ACTIVE"}
    assert played.result("again")["changed"] is False


# --- names

LONG = "n" * 255
CHINESE = "\u6d4b\u8bd5 \u4e3b\u673a \u4e00"


def named(cloud: Cloud) -> dict[str, dict[str, Any]]:
    networks = [{"id": cloud.seeded["networks"]["net-1"]}]
    server = {"image": "linux", "flavor": "small", "networks": networks, "availability_zone": "nova11"}
    return {
        "cloudos_flavor": {"vcpus": 1, "ram": 512, "disk": 1},
        "cloudos_server": server,
        "cloudos_server_group": {"policy": "affinity"},
        "cloudos_keypair": {"public_key": KEY},
        "cloudos_host_aggregate": {"availability_zone": "nova11"},
        "cloudos_baremetal_node": {"ipmi": IPMI},
    }


ACCEPTED = [
    ("cloudos_flavor", {"name": LONG}),
    ("cloudos_flavor", {"name": CHINESE}),
    ("cloudos_server", {"name": LONG}),
    ("cloudos_server", {"name": "web", "alias": CHINESE, "description": CHINESE, "metadata": {"role": CHINESE}}),
    ("cloudos_server_group", {"name": CHINESE}),
    ("cloudos_host_aggregate", {"name": CHINESE}),
    ("cloudos_baremetal_node", {"name": LONG}),
]
REFUSED = [
    *(("cloudos_flavor", name) for name in (LONG + "n", " web ")),
    *(("cloudos_server", name) for name in (LONG + "n", CHINESE, "two words")),
    *(("cloudos_server_group", name) for name in (LONG, "a/b")),
    *(("cloudos_keypair", name) for name in (LONG, CHINESE, "two words")),
    *(("cloudos_host_aggregate", name) for name in (LONG, " web ")),
    *(("cloudos_baremetal_node", name) for name in (LONG + "n", CHINESE, "two words")),
]


def test_a_name_that_the_platform_takes_is_found_again(cloud: Cloud, ansible: Ansible) -> None:
    rest = named(cloud)
    tasks = [
        {"name": f"{number} {run}", **uses(module, **{**rest[module], **options, **more})}
        for number, (module, options) in enumerate(ACCEPTED)
        for run, more in (
            ("made", {}),
            ("again", {}),
            ("gone", {"state": "absent"}),
            ("gone again", {"state": "absent"}),
        )
    ]

    played = ansible.play(tasks)

    changed = {task.name: task.result["changed"] for task in played.tasks}
    runs = itertools.product(
        range(len(ACCEPTED)), {"made": True, "again": False, "gone": True, "gone again": False}.items()
    )
    assert changed == {f"{number} {run}": wanted for number, (run, wanted) in runs}


def test_a_name_that_the_platform_does_not_take_is_refused_before_anything_is_sent(
    cloud: Cloud, ansible: Ansible
) -> None:
    rest = named(cloud)
    tasks = [
        {"name": f"{module} {name}", **uses(module, name=name, **rest[module]), "ignore_errors": True}
        for module, name in REFUSED
    ]

    played = ansible.play(tasks)

    assert [task.name for task in played.tasks if not (task.failed and "name" in task.result["msg"])] == []
    assert played.log == []
