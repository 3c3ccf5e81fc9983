# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages say what is wrong, where it stands, and what users can do about it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from integration.harness import IN_PROCESS, MODULE, Ansible, uses

from simulator import Simulator, seeds

NEW = {"flavor": "small", "image": "rocky", "availability_zone": "nova11", "networks": [{"network": seeds.NET_1}]}
NETWORK = "d4471b96-0000-4000-8000-000000000000"


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud with one server, which has no metadata."""
    image = cloud.seed("images", name="rocky")[0]
    flavor = cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)[0]
    cloud.seed("servers", name="web-1", image_id=image["id"], flavor_id=flavor["id"])
    return cloud


Rows = dict[str, tuple[dict[str, Any], list[str]]]

MISSPELT: Rows = {
    "an entry that is a text": (
        uses("cloudos_server", name="web-2", **{**NEW, "networks": NETWORK}),
        [f"networks: each entry is a dictionary, such as {{network: {NETWORK}}}. You gave the text '{NETWORK}'."],
    ),
    "a state of another option": (
        uses("cloudos_server", name="web-1", state="stopped"),
        ["state: 'stopped' is not one of present, absent. Use power_state: stopped."],
    ),
    "a state of another option of a fleet": (
        uses("cloudos_servers", state="stopped", servers=[{"name": "web-1"}]),
        ["state: 'stopped' is not one of present, absent. Use defaults.power_state: stopped."],
    ),
    "a state of another option of a member": (
        uses("cloudos_servers", servers=[{"name": "web-1", "state": "stopped"}]),
        ["servers[0] (web-1): state: 'stopped' is not one of present, absent. Use power_state: stopped."],
    ),
    "an option": (
        uses("cloudos_server", name="web-2", flavour="small"),
        ["There is no option 'flavour'. Did you mean 'flavor'?"],
    ),
    "an option of the read-only module": (
        uses("cloudos_server_info", nmae="web-2"),
        ["There is no option 'nmae'. Did you mean 'name'?"],
    ),
    "an option of the connection": (
        uses("cloudos_server", name="web-2", api_pasword="Canary-77"),
        ["There is no option 'api_pasword'. Did you mean 'api_password'?"],
    ),
    "an option of an entry": (
        uses("cloudos_server", name="web-2", networks=[{"netwrok": NETWORK}]),
        ["networks[0]: there is no option 'netwrok'. Did you mean 'network'?"],
    ),
    "an option among defaults": (
        uses("cloudos_servers", name="w", count=1, defaults={**NEW, "flavour": "small"}),
        ["defaults: there is no option 'flavour'. Did you mean 'flavor'?"],
    ),
    "an option of a member": (
        uses("cloudos_servers", servers=[{"name": "w-1", "flavour": "small"}]),
        ["servers[0] (w-1): there is no option 'flavour'. Did you mean 'flavor'?"],
    ),
    "a member that is a text": (
        uses("cloudos_servers", servers=["web-1"]),
        ["servers[0]: must be a dictionary, such as {name: web-1}. You gave the text 'web-1'."],
    ),
    "a kind of a stack": (
        uses("cloudos_stack", netwroks=[{"name": "a"}]),
        ["There is no option 'netwroks'. Did you mean 'networks'?"],
    ),
    "a kind among the defaults of a stack": (
        uses("cloudos_stack", defaults={"netwroks": {}}),
        ["defaults: there is no option 'netwroks'. Did you mean 'networks'?"],
    ),
    "an option of an object of a stack": (
        uses("cloudos_stack", networks=[{"name": "a", "shard": True}]),
        ["networks[0] (a): there is no option 'shard'. Did you mean 'shared'?"],
    ),
    "an option among the defaults of a stack": (
        uses("cloudos_stack", defaults={"networks": {"shard": True}}),
        ["defaults.networks: there is no option 'shard'. Did you mean 'shared'?"],
    ),
    "a choice of a list": (
        uses("cloudos_server_info", gather=["volumes", "interfcaes"]),
        ["gather[1]: 'interfcaes' is not one of", "Did you mean 'interfaces'?"],
    ),
}
UNKNOWN: Rows = {
    "a volume of a new server": (
        uses("cloudos_server", name="web-2", volumes=["data"], **NEW),
        ["volumes: there is no volume 'data'. There are: data-1, data-2"],
    ),
    "a network": (
        uses("cloudos_server", name="web-2", **{**NEW, "networks": [{"network": "nett-1"}]}),
        ["networks[0]: there is no network 'nett-1'.", "There are: "],
    ),
    "a name that is misspelt": (
        uses("cloudos_server", name="web-l"),
        ["There is no server 'web-l'. Did you mean 'web-1'? To create it, specify flavor, image or boot_volume, and "],
    ),
    "a name that is misspelt in a fleet": (
        uses("cloudos_servers", servers=[{"name": "web-l"}]),
        ["web-l: There is no server 'web-l'. Did you mean 'web-1'? To create it, specify flavor, "],
    ),
    "a name of another object": (
        uses("cloudos_server", name="web-2", **{**NEW, "flavor": "smal"}),
        ["flavor: there is no flavor 'smal'. Did you mean 'small'?"],
    ),
    "metadata that cannot be changed": (
        uses("cloudos_server", name="web-1", metadata={"role": "db"}),
        [
            "metadata.role: not set, wanted 'db'. The platform cannot change metadata of an existing server.",
            "replace: true would delete it, its disk included, and create another with a new ID and addresses.",
        ],
    ),
    "a flavor that cannot be changed": (
        uses("cloudos_flavor", name="small", ram=2048),
        ["ram: 1024, wanted 2048. The platform cannot change ram of an existing flavor. replace: true would delete it"],
    ),
    "an address with a path": (
        uses("cloudos_server", name="web-1", api_url="{{ lookup('ansible.builtin.env', 'CLOUDOS_URL') }}/os"),
        ["/os' has a path. Specify scheme, host and port only"],
    ),
}


def problems(cloud: Simulator, ansible: Ansible, rows: Rows, mode: str) -> list[str]:
    """What the rows report otherwise than expected. Nothing is written."""
    tasks = [{"name": name, **task} for name, (task, _words) in rows.items()]
    played = ansible.play(tasks, mode=mode, ignore_errors=True)
    assert not any(task.writes for task in played.tasks)
    messages = {name: str(played.result(name).get("msg")) for name in rows}
    assert "Canary-77" not in str(messages)
    return [
        f"{name}: {word!r} is not in: {messages[name]}"
        for name, (_task, words) in rows.items()
        for word in words
        if word not in messages[name]
    ]


def test_what_is_misspelt_is_named_with_its_place_and_what_was_meant(
    ready: Simulator, ansible: Ansible, mode: str
) -> None:
    assert problems(ready, ansible, MISSPELT, mode) == []
    assert ready.log() == []


def test_what_the_platform_does_not_have_is_named_with_what_it_has(
    ready: Simulator, ansible: Ansible, mode: str
) -> None:
    assert problems(ready, ansible, UNKNOWN, mode) == []


def test_a_missing_login_names_all_places_where_it_can_be_given(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    rows: Rows = {
        "nothing": (
            uses("cloudos_server", name="a"),
            [
                "Nothing to authenticate with.",
                "module_defaults",
                "api_token; api_username and api_password",
                "CLOUDOS_USERNAME and CLOUDOS_PASSWORD",
            ],
        ),
        "half of it": (
            uses("cloudos_server", name="a", api_username="admin"),
            ["api_username is given without api_password. Set it in the task", "CLOUDOS_PASSWORD where the task runs"],
        ),
    }
    tasks = [{"name": name, **task} for name, (task, _words) in rows.items()]
    nobody = {"CLOUDOS_USERNAME": None, "CLOUDOS_PASSWORD": None}
    played = ansible.play(tasks, mode=mode, ignore_errors=True, environment=nobody)
    for name, (_task, words) in rows.items():
        assert [word for word in words if word not in played.result(name)["msg"]] == []
    assert cloud.log() == []


def test_a_missing_address_says_where_the_task_ran(cloud: Simulator, ansible: Ansible, tmp_path: Path) -> None:
    task = {"name": "read", **uses("cloudos_server_info")}
    places = "No api_url. Set it in the task, in module_defaults (group/h3c.cloudos.cloudos), or as CLOUDOS_URL or"
    for mode in (IN_PROCESS, MODULE):
        played = ansible.play([task], mode=mode, rc=2, environment={"CLOUDOS_URL": None})
        assert played.result("read")["msg"].startswith(places)
        assert "ran on host" not in played.result("read")["msg"]
    ssh = tmp_path / "ssh"
    ssh.write_text('#!/bin/sh\nfor command; do :; done\nexec /bin/sh -c "$command"\n')
    ssh.chmod(0o755)
    remote = f"web-1 ansible_connection=ssh ansible_ssh_executable={ssh} ansible_python_interpreter={sys.executable}\n"
    played = ansible.play([task], inventory=remote, rc=2, environment={"CLOUDOS_URL": None})
    assert played.result("read")["msg"].startswith(places)
    assert played.result("read")["msg"].endswith(
        "This task ran on host web-1, which does not see the controller's environment; use delegate_to: localhost."
    )
