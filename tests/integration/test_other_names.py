# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Options under the names that they have in other collections do the same, alone and in fleets."""

from __future__ import annotations

from integration.harness import Ansible, uses

from simulator import Simulator

COMMON = {"image": "rocky-9", "availability_zone": "nova11", "networks": [{"name": "net-1"}]}
SERVER = {**COMMON, "instance_type": "small", "labels": {"role": "web"}, "userdata": "#!/bin/sh", "timeout": 300}
FLEET = {
    "timeout": 300,
    "defaults": {**COMMON, "flavor": "small", "meta": {"role": "web"}},
    "servers": [{"name": "web-2"}, {"name": "web-3", "metadata": {"role": "db"}}],
}


def test_other_names_do_the_same_alone_and_in_fleets(mode: str, ansible: Ansible, cloud: Simulator) -> None:
    cloud.seed("images", name="rocky-9")
    tasks = [
        {"name": "Flavor", **uses("cloudos_flavor", name="small", vcpus=1, ram=1024, disk=10)},
        {"name": "Server", **uses("cloudos_server", name="web-1", **SERVER)},
        {"name": "Fleet", **uses("cloudos_servers", **FLEET)},
    ]

    first = ansible.play(tasks, mode=mode)
    second = ansible.play(tasks, mode=mode)

    server, fleet = first.result("Server")["server"], first.result("Fleet")["servers"]
    assert server["metadata"]["role"] == "web"
    assert {one["name"]: one["metadata"]["role"] for one in fleet} == {"web-2": "web", "web-3": "db"}
    assert [task.result["changed"] for task in second.tasks] == [False, False, False]


def test_an_option_that_is_given_twice_is_an_error(mode: str, ansible: Ansible) -> None:
    options = {"name": "web-1", "userdata": "a", "user_data": "b"}
    played = ansible.play([{"name": "Server", **uses("cloudos_server", **options)}], mode=mode, rc=2)

    assert played.result("Server")["msg"] == "user_data: it is given twice, also as one of userdata."
    assert played.log == []
