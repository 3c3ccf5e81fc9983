# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plays that are killed and run again, and plays that do the same at the same time."""

from __future__ import annotations

import collections
import time
from collections.abc import Callable
from typing import Any

import pytest
from integration.harness import Ansible, uses

from simulator import Simulator, seeds

PATIENCE = 300  # seconds; a busy machine is slow
SERVER = {
    "image": "an-image",
    "flavor": "a-flavor",
    "networks": [{"id": seeds.NET_1}],
    "availability_zone": "nova11",
}
FLEET = {"name": "servers", **uses("cloudos_servers", name="web-%02d", exact_count=20, defaults=SERVER)}
ONE = {"name": "server", **uses("cloudos_server", name="web", **SERVER)}


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    cloud.seed("images", name="an-image")
    cloud.seed("flavors", name="a-flavor", vcpus=1, ram=1024, disk=20)
    return cloud


def names(cloud: Simulator) -> collections.Counter[str]:
    return collections.Counter(server["name"] for server in cloud.state("servers"))


def wait_for(condition: Callable[[], Any]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not come to that"
        time.sleep(0.02)


@pytest.mark.parametrize("waits_for", [1, 5, 12])
def test_a_killed_fleet_that_is_run_again_has_as_many_servers_as_wanted(
    ready: Simulator, ansible: Ansible, mode: str, waits_for: int
) -> None:
    """The answers of the first come late, when the second has begun already."""
    ready.fault("late", match={"operation": "server-create"}, seconds=1, count=None)
    killed = ansible.begin([FLEET], mode)
    wait_for(lambda: len(ready.state("servers")) >= waits_for or killed.poll() is not None)
    assert killed.poll() is None, "it ended before it could be killed"
    killed.kill()
    killed.wait()
    played = ansible.play([FLEET], mode=mode)
    counts = played.result("servers")["counts"]
    assert counts["created"] + counts["unchanged"] + counts["changed"] == 20
    assert counts["created"] <= 20 - waits_for
    wanted = {f"web-{number:02d}": 1 for number in range(1, 21)}
    assert names(ready) == wanted
    time.sleep(3)
    assert names(ready) == wanted, "whoever was left behind went on"


def test_a_killed_task_takes_no_further_step(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """A server that is to be stopped when it is built stays running."""
    ready.settings(build_seconds=3)
    killed = ansible.begin([{"name": "s", **uses("cloudos_server", name="web", power_state="stopped", **SERVER)}], mode)
    wait_for(lambda: ready.state("servers"))
    killed.kill()
    killed.wait()
    wait_for(lambda: ready.state("servers")[0]["status"] == "ACTIVE")
    time.sleep(3)
    assert ready.state("servers")[0]["status"] == "ACTIVE"
    assert not any(entry["operation"] == "server-stop" for entry in ready.log())


def test_two_plays_at_once_make_one_server(ready: Simulator, ansible: Ansible, mode: str) -> None:
    ready.fault("delay", match={"operation": "server-create"}, seconds=1, count=None)
    plays = [ansible.begin([ONE], mode) for _play in range(3)]
    assert [play.wait(PATIENCE) for play in plays] == [0, 0, 0]
    assert names(ready) == {"web": 1}


def test_of_two_machines_that_make_one_server_the_younger_is_told(
    ready: Simulator, ansible: Ansible, mode: str
) -> None:
    """Another machine has another lock file."""
    ready.fault("delay", match={"operation": "server-create"}, seconds=3)
    first = ansible.begin([ONE], mode)
    wait_for(lambda: any(entry["operation"] == "server-create" for entry in ready.log()))
    older = ready.seed("servers", name="web")[0]
    assert first.wait(PATIENCE) == 2
    output = (ansible.folder / "play-1" / "output").read_text()
    assert older["id"] in output and "made while another process made one of the same name" in " ".join(output.split())
