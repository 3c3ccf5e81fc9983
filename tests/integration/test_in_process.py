# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""When a task runs in the controller's process and when as an ordinary module; Ansible's features work in both."""

from __future__ import annotations

import re
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


def test_what_no_module_can_use_is_named_alike_both_ways(cloud: Simulator, ansible: Ansible) -> None:
    """Bytes, structures, lone surrogates and numbers that are none would become something else, or end in a crash."""
    server = {"name": "s", "image": "i", "flavor": "f", "networks": [{"id": seeds.NET_1}]}
    broken = "{{ 'x%cy' % 0xd800 }}"
    wrong: dict[str, tuple[str, dict[str, Any]]] = {
        "user_data: must be a text, not bytes.": ("cloudos_server", {**server, "user_data": b"\x1f\x8b"}),
        "metadata.a: must be a text, not bytes.": ("cloudos_server", {**server, "metadata": {"a": b"\x1f"}}),
        "user_data: must be a text, not a dictionary. The filter to_json": (
            "cloudos_server",
            {**server, "user_data": {"a": 1}},
        ),
        "metadata.a: must be a text, not a list. The filter to_json": (
            "cloudos_server",
            {**server, "metadata": {"a": [1]}},
        ),
        "name: the text is not Unicode": ("cloudos_flavor", {**FLAVOR, "name": broken}),
        "metadata.a: the text is not Unicode": ("cloudos_server", {**server, "metadata": {"a": broken}}),
        "api_password: the text is not Unicode": ("cloudos_flavor_info", {"api_password": broken}),
        "servers[0].name: the text is not Unicode": ("cloudos_servers", {"servers": [{**server, "name": broken}]}),
        "servers[0] (s): user_data: must be a text, not a dict": (
            "cloudos_servers",
            {"servers": [{**server, "user_data": {"a": 1}}]},
        ),
        "servers[0] (s): wait_timeout: -1 is not": ("cloudos_servers", {"servers": [{**server, "wait_timeout": -1}]}),
        "wait_timeout: 1e400 is not": ("cloudos_server", {**server, "wait_timeout": "1e400"}),
        "wait_timeout: inf is not": ("cloudos_server", {**server, "wait_timeout": float("inf")}),
        "api_timeout: nan is not": ("cloudos_flavor_info", {"api_timeout": "nan"}),
        "api_timeout: -1.0 is not": ("cloudos_flavor_info", {"api_timeout": -1}),
        "vcpus: inf is not": ("cloudos_flavor", {**FLAVOR, "name": "f", "vcpus": float("inf")}),
        "ca_path: must not be empty": ("cloudos_flavor_info", {"ca_path": ""}),
        "dest: the name of a file cannot have a NUL": ("cloudos_access_key_info", {"dest": "a\0b"}),
        "parameters are mutually exclusive: admin_password|use_image_password": (
            "cloudos_server",
            {**server, "admin_password": "some-password", "use_image_password": True},
        ),
        "servers[0] (s): parameters are mutually exclusive: admin_password|use_image_password": (
            "cloudos_servers",
            {"servers": [{**server, "admin_password": "some-password", "use_image_password": True}]},
        ),
    }
    tasks = [{"name": name, **uses(module, **given)} for name, (module, given) in wrong.items()]
    played = {mode: ansible.play(tasks, mode=mode, ignore_errors=True) for mode in (IN_PROCESS, MODULE)}
    for name in wrong:
        told = {mode: played[mode][name] for mode in played}
        assert all(task.failed for task in told.values()), name
        assert told[IN_PROCESS].result["msg"].startswith(name)
        assert told[MODULE].result["msg"] == told[IN_PROCESS].result["msg"]
        assert not any(task.writes for task in told.values()), name


def test_an_explicit_default_is_no_choice(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """What is off or null does not exclude anything, for one object and for members of a fleet."""
    cloud.seed("images", name="i")
    cloud.seed("flavors", name="f", **FLAVOR)
    given = {
        "image": "i",
        "boot_volume": None,
        "flavor": "f",
        "networks": [{"id": seeds.NET_1}],
        "availability_zone": "nova11",
        "admin_password": "Some-Passw0rd",
        "use_image_password": False,
        "wait": None,
    }
    played = ansible.play(
        [
            {"name": "one", **uses("cloudos_server", name="one", **given)},
            {"name": "many", **uses("cloudos_servers", servers=[{"name": "two"}], defaults=given)},
        ],
        mode=mode,
    )
    assert played.result("one")["server"]["status"] == "ACTIVE"
    assert played.result("many")["counts"]["created"] == 1


def test_a_long_loop_shows_how_it_has_ended(cloud: Simulator, ansible: Ansible) -> None:
    """Not under its items only: a stage of h3c.cloudos.apply is a loop, too."""
    cloud.fault("delay", match={"operation": "flavor-create"}, seconds=3, count=None)
    loop = {"name": "Manage flavors", "loop": ["a", "b", "c"], "register": "made"}
    flavors = {**loop, **uses("cloudos_flavor", name="{{ item }}", vcpus=1, ram=1, disk=1)}
    assert re.search(r"\[ +\d+ s\] Manage flavors: 3 done in \d+ s, 3 changed", ansible.play([flavors]).output)

    others = {**loop, **uses("cloudos_flavor", name="other-{{ item }}", vcpus=1, ram=1, disk=1)}
    assert "done in" not in ansible.play([others], variables={"cloudos_progress": False}).output
