# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a task runs in the controller's process and when as an ordinary module; Ansible's features work in both."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.vault import VaultLib, VaultSecret
from integration.harness import IN_PROCESS, MODULE, REPOSITORY, Ansible, Played, uses

from simulator import Simulator, seeds

FLAVOR = {"vcpus": 1, "ram": 1024, "disk": 20}
READ = uses("cloudos_flavor_info")
STEPS_ASIDE = "running as a module: "


def reason(played: Played, name: str) -> str:
    """Why a task of a play at -vvv ran as an ordinary module, empty if it did not."""
    _head, _found, rest = played.output.partition(f"TASK [{name}]")
    told = rest.partition("\nTASK [")[0].partition(STEPS_ASIDE)[2]
    return told.partition("\n")[0]


@pytest.fixture
def other_python(tmp_path: Path) -> str:
    """This Python under another path."""
    path = tmp_path / "python"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    path.chmod(0o755)
    return str(path)


def test_it_steps_aside_where_a_task_is_not_plainly_local(
    cloud: Simulator, ansible: Ansible, other_python: str
) -> None:
    tasks: list[dict[str, Any]] = [
        {"name": "plain", **READ},
        {"name": "in the background", **READ, "async": 60, "poll": 1},
        {"name": "with an environment", **READ, "environment": {"SOMETHING": "1"}},
        {"name": "as somebody else", **READ, "become": True, "ignore_errors": True},
        {"name": "another Python", **READ, "vars": {"ansible_python_interpreter": other_python}},
        {"name": "this Python", **READ, "vars": {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}},
        {"name": "switched off", **READ, "vars": {"cloudos_in_process": "{{ 'no' }}"}},
        {"name": "switched on", **READ, "vars": {"cloudos_in_process": True}},
    ]
    played = ansible.play(tasks, arguments=["-vvv"])
    assert {task["name"]: reason(played, task["name"]) for task in tasks} == {
        "plain": "",
        "in the background": "async is set",
        "with an environment": "environment is set",
        "as somebody else": "become is set",
        "another Python": "another Python interpreter is set",
        "this Python": "",
        "switched off": "cloudos_in_process is off",
        "switched on": "",
    }
    flavors = [task.result.get("flavors") for task in played.tasks if task.name != "as somebody else"]
    assert flavors == [[]] * 7


def test_other_hosts_get_the_ordinary_module(cloud: Simulator, ansible: Ansible) -> None:
    """A host that cannot be reached is one; from it, a task delegated to the controller runs in process."""
    far = "far ansible_host=127.0.0.1 ansible_port=9 ansible_connection=ssh\n"
    played = ansible.play(
        [
            {"name": "to the controller", **READ, "delegate_to": "localhost"},
            {"name": "from the controller", **READ, "delegate_to": "far", "ignore_unreachable": True},
        ],
        inventory=far + "near ansible_connection=local\n",
        arguments=["-vvv", "--limit", "near", "-e", "ansible_ssh_retries=0"],
    )
    assert reason(played, "to the controller") == ""
    assert reason(played, "from the controller") == "the connection is not local"
    assert [task.event for task in played.tasks] == ["ok", "unreachable"]

    played = ansible.play(
        [
            {"name": "to the controller", **READ, "delegate_to": "localhost"},
            {"name": "there", **READ, "ignore_unreachable": True},
        ],
        inventory=far,
        arguments=["-vvv"],
    )
    assert reason(played, "to the controller") == ""
    assert reason(played, "there") == "the connection is not local"


def test_the_switch(cloud: Simulator, ansible: Ansible, tmp_path: Path) -> None:
    """By environment, by the ini file; a variable overrides both."""
    own = (REPOSITORY / "tests" / "tools" / "ansible.cfg").read_text(encoding="utf-8")
    config = tmp_path / "ansible.cfg"
    config.write_text(f"{own}\n[h3c.cloudos]\nin_process = false\n")
    by_ini = {"CLOUDOS_IN_PROCESS": None, "ANSIBLE_CONFIG": str(config)}
    tasks = [
        {"name": "as configured", **READ},
        {"name": "variable", **READ, "vars": {"cloudos_in_process": True}},
    ]
    for environment in ({"CLOUDOS_IN_PROCESS": "false"}, by_ini):
        played = ansible.play(tasks, environment=environment, arguments=["-vvv"])
        assert reason(played, "as configured") == "cloudos_in_process is off"
        assert reason(played, "variable") == ""
    played = ansible.play(tasks[:1], environment={"CLOUDOS_IN_PROCESS": None}, arguments=["-vvv"])
    assert reason(played, "as configured") == ""


def test_in_the_background(cloud: Simulator, ansible: Ansible) -> None:
    played = ansible.play(
        [
            {"name": "awaited", **uses("cloudos_flavor", name="a", **FLAVOR), "async": 60, "poll": 1},
            {"name": "begun", **uses("cloudos_flavor", name="b", **FLAVOR), "async": 60, "poll": 0, "register": "job"},
            {
                "name": "finished",
                "ansible.builtin.async_status": {"jid": "{{ job.ansible_job_id }}"},
                "register": "told",
                "until": "told is finished",
                "retries": 50,
                "delay": 1,
            },
        ]
    )
    assert played.result("awaited")["flavor"]["name"] == "a"
    assert played.result("finished")["flavor"]["name"] == "b"
    assert len(cloud.state("flavors")) == 2


def test_vault(cloud: Simulator, ansible: Ansible, mode: str, tmp_path: Path) -> None:
    """Encrypted values may stand in any option: the login's password, a name, a number."""
    password_file = tmp_path / "vault-password"
    password_file.write_text("vault-password")
    vault = VaultLib([("default", VaultSecret(b"vault-password"))])

    def encrypted(name: str, text: str) -> str:
        lines = vault.encrypt(text).decode().splitlines()
        return "\n".join([f"{name}: !vault |", *(f"  {line}" for line in lines)]) + "\n"

    secret = encrypted("the_password", seeds.ADMIN_PASSWORD) + encrypted("the_name", "vaulted")
    played = ansible.play(
        [
            {"name": "create", **uses("cloudos_flavor", name="{{ the_name }}", **{**FLAVOR, "ram": "{{ the_ram }}"})},
            {"name": "again", **uses("cloudos_flavor", name="vaulted", **FLAVOR)},
        ],
        mode=mode,
        variables_file=secret + encrypted("the_ram", "1024"),
        module_defaults={"group/h3c.cloudos.cloudos": {"api_password": "{{ the_password }}"}},
        environment={"CLOUDOS_PASSWORD": None},
        arguments=["--vault-password-file", str(password_file), "-vvv"],
    )
    assert [flavor["name"] for flavor in cloud.state("flavors")] == ["vaulted"]  # which 2.22 masks in results
    assert played.result("again")["changed"] is False
    assert seeds.ADMIN_PASSWORD not in played.output


@pytest.mark.smoke
def test_features_of_tasks(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """Defaults of the group, loops, until, delegation, no_log, and all of it without environment variables."""
    connection = {
        "api_url": cloud.url,
        "api_username": "admin",
        "api_password": "{{ password }}",
        "api_project": "admin",
    }
    played = ansible.play(
        [
            {
                "name": "loop",
                **uses("cloudos_flavor", name="{{ item.name }}", ram="{{ item.ram }}", vcpus=1, disk="{{ 10 }}"),
                "loop": [{"name": "a", "ram": 512}, {"name": "b", "ram": "1024"}],
                "loop_control": {"label": "{{ item.name }}"},
                "register": "made",
            },
            {
                "name": "until",
                **uses("cloudos_flavor_info"),
                "register": "told",
                "until": "told.flavors | length == 2 and told.attempts > 1",
                "retries": 3,
                "delay": 0,
            },
            {
                "name": "delegated",
                **uses("cloudos_flavor_info", name="{{ made.results[1].flavor.name }}"),
                "delegate_to": "localhost",
            },
            {
                "name": "hidden",
                **uses("cloudos_flavor", name="hidden", vcpus=1, ram=1, disk=1),
                "no_log": True,
                "register": "hidden",
            },
            {"name": "found all the same", "ansible.builtin.assert": {"that": ["hidden.flavor.name == 'hidden'"]}},
            {
                "name": "conditional",
                **uses("cloudos_flavor", name="never", vcpus=1, ram=1, disk=1),
                "when": "made is not changed",
            },
        ],
        mode=mode,
        variables={"password": seeds.ADMIN_PASSWORD},
        module_defaults={"group/h3c.cloudos.cloudos": connection},
        environment={f"CLOUDOS_{name}": None for name in ("URL", "USERNAME", "PASSWORD", "PROJECT")},
    )
    assert [item["flavor"]["ram"] for item in played["loop"].items] == [512, 1024]
    assert played.result("until")["attempts"] == 2
    assert [flavor["ram"] for flavor in played.result("delegated")["flavors"]] == [1024]
    assert "flavor" not in played.result("hidden") and "censored" in played.result("hidden")
    assert played["conditional"].event == "skipped"
    assert sorted(flavor["name"] for flavor in cloud.state("flavors")) == ["a", "b", "hidden"]


def test_a_task_tells_the_same_whichever_way_it_runs(cloud: Simulator, ansible: Ansible) -> None:
    """Types of results and variables are plain in both."""
    checks = [
        "told.flavors | type_debug == 'list'",
        "told.flavors[0].ram | type_debug == 'int'",
        "told.flavors[0].rxtx_factor | type_debug == 'float'",
        "told.flavors[0].is_public | type_debug == 'bool'",
    ]
    cloud.seed("flavors", name="f", **FLAVOR)
    for mode in (IN_PROCESS, MODULE):
        ansible.play(
            [
                {"name": "read", **READ, "register": "told"},
                {"name": "types", "ansible.builtin.assert": {"that": checks}},
            ],
            mode=mode,
        )
