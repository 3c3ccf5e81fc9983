# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords, tokens and keys never show: not in output at any verbosity, not in results, not in variables.

The secrets come from a file of variables, as secrets do. (Those that are written into a playbook are shown by Ansible
itself, which prints the lines around a failed task.)
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import Ansible, Played, uses

from simulator import Simulator, seeds

SECRETS = {
    "admin_password": "CanaryAdmin-1f6d",
    "image_password": "CanaryImage-2a7e",
    "ftp_password": "CanaryFtp-3b8f",
    "user_data": "#cloud-config\npassword: CanaryUserData-4c90",
    "token": "CanaryToken-5da1",
    "body_password": "CanaryBody-6eb2",
    "short": "Cnr7",
}
CANARIES = (*(value for name, value in SECRETS.items() if name != "user_data"), "CanaryUserData-4c90")
FLAVOR = {"vcpus": 1, "ram": 1024, "disk": 20}
SERVER = {
    "image": "an-image",
    "flavor": "a-flavor",
    "networks": [{"id": seeds.NET_1}],
    "availability_zone": "nova11",
}
IMAGE = {"disk_format": "raw", "virt_type": "CAS", "cas_ostype": "linux"}
LOUD = ["-vvv", "--diff"]


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud that has what a server is made of, and a server that tells its password."""
    image = cloud.seed("images", name="an-image")[0]
    flavor = cloud.seed("flavors", name="a-flavor", **FLAVOR)[0]
    cloud.seed("images", name="a-snapshot", image_type="snapshot", vmware_password=SECRETS["image_password"])
    cloud.seed("servers", name="told", image_id=image["id"], flavor_id=flavor["id"], admin_pass=SECRETS["short"])
    return cloud


def _tasks(source: Path) -> list[dict[str, Any]]:
    """Every option and every answer that holds a secret; what works and what fails; all of it registered and shown."""
    ftp = {"file_name": "i.raw", "local_ip": "10.0.0.9", "username": "me", "password": "{{ ftp_password }}"}
    imported = {"name": "imported", **IMAGE, "checksum": "0" * 32, "ftp": ftp}
    image = {"name": "secret-image", **IMAGE, "image_password": "{{ image_password }}"}
    with_token = {"api_token": "{{ token }}", "api_project": seeds.ADMIN_PROJECT}
    body = {"password": "{{ body_password }}", "adminPass": "{{ body_password }}"}
    used = [
        uses("cloudos_server", name="with-password", **SERVER, admin_password="{{ admin_password }}", wait=False),
        uses("cloudos_server", name="with-data", **SERVER, user_data="{{ user_data }}"),
        uses("cloudos_server", name="bad name", **SERVER, admin_password="{{ admin_password }}"),
        uses("cloudos_server", name="no-image", **{**SERVER, "image": "none"}, admin_password="{{ admin_password }}"),
        uses("cloudos_server", name="with-data", **SERVER, admin_password="{{ admin_password }}", replace=True),
        uses("cloudos_server_info"),
        uses("cloudos_server_info", name="told", gather=["console", "volumes"]),
        uses("cloudos_server_snapshot", name="a-snapshot"),
        uses("cloudos_server_snapshot", name="a-snapshot", description="other"),
        uses("cloudos_server_snapshot_info"),
        uses("cloudos_image", **image),
        uses("cloudos_image", **image, update_password="always"),
        uses("cloudos_image", **image, src=str(source / "none")),
        uses("cloudos_image", **imported),
        uses("cloudos_image", **{**imported, "name": "refused", "checksum": "no sum"}),
        uses("cloudos_image_info"),
        uses("cloudos_flavor_info", **with_token),
        uses("cloudos_flavor_info", api_password="{{ image_password }}"),
        uses("cloudos_flavor_info", api_auth_url="http://127.0.0.1:9/{{ token }}", api_token="{{ token }}"),
        uses("cloudos_api", path="/os/compute/v1/v2/{tenant_id}/servers/detail"),
        uses("cloudos_api", path="/os/compute/v1/v2/{tenant_id}/servers", method="POST", body=body),
        uses("cloudos_api", path="/os/compute/v1/v2/{tenant_id}/none", headers={"X-Auth-Token": "{{ token }}"}),
    ]
    tasks = []
    for number, task in enumerate(used, 1):
        tasks += [
            {"name": f"use {number}", **task, "register": "told"},
            {"name": f"show {number}", "ansible.builtin.debug": {"var": "told"}},
        ]
    return tasks


def _leaks(played: Played, ansible: Ansible) -> Iterator[str]:
    """Where a canary, the login's password or a live token shows."""
    tokens = [json.loads(path.read_text(encoding="utf-8"))["value"] for path in ansible.cache.glob("*.json")]
    assert tokens
    for secret in (*CANARIES, seeds.ADMIN_PASSWORD, *tokens):
        for line in played.output.splitlines():
            if secret in line:
                yield f"output: {secret} in: {line.strip()[:300]}"
        for task in played.tasks:
            if secret in json.dumps(task.result):
                yield f"result of {task.name}: {secret}"
        if any(secret in path.name for path in ansible.cache.iterdir()):
            yield f"name of a cache file: {secret}"


def test_secrets_never_show(ready: Simulator, ansible: Ansible, mode: str, tmp_path: Path) -> None:
    played = ansible.play(
        _tasks(tmp_path),
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
        arguments=LOUD,
        ignore_errors=True,
        environment={"CLOUDOS_RETRIES": "0"},
    )
    outcomes = [task.failed for task in played.tasks if task.name.startswith("use ")]
    assert True in outcomes and False in outcomes
    leaks = list(_leaks(played, ansible))
    assert not leaks, "\n".join(leaks)


def test_secrets_reach_the_platform(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """And they are what was given, not their mask."""
    ansible.play(
        [
            {
                "name": "create",
                **uses("cloudos_server", name="s", **SERVER, admin_password="{{ admin_password }}", wait=False),
            },
            {
                "name": "set",
                **uses("cloudos_image", name="i", **IMAGE, image_password="{{ image_password }}"),
            },
        ],
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
    )
    server = next(server for server in ready.state("servers") if server["name"] == "s")
    image = next(image for image in ready.state("images") if image["name"] == "i")
    assert server["admin_pass"] == SECRETS["admin_password"]
    assert image["vmware_password"] == SECRETS["image_password"]


def test_a_platform_that_repeats_secrets_in_its_errors(ready: Simulator, ansible: Ansible, mode: str) -> None:
    said = f"Bad password {SECRETS['admin_password']} in {{'adminPass': '{SECRETS['admin_password']}'}}"
    ready.fault(
        "status", match={"operation": "server-create"}, status=400, body={"code": "400", "msg": said, "data": None}
    )
    played = ansible.play(
        [
            {
                "name": "create",
                **uses("cloudos_server", name="s", **SERVER, admin_password="{{ admin_password }}"),
                "ignore_errors": True,
            }
        ],
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
        arguments=LOUD,
    )
    assert "Bad password" in played.result("create")["msg"]
    assert not list(_leaks(played, ansible))


def test_a_diff_tells_only_that_a_secret_is_set(ready: Simulator, ansible: Ansible, mode: str) -> None:
    ready.seed("images", name="i", disk_format="raw", cas_ostype="linux")
    set_password = uses("cloudos_image", name="i", image_password="{{ image_password }}", update_password="always")
    played = ansible.play(
        [{"name": "check", **set_password, "check_mode": True}, {"name": "set", **set_password}],
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
        arguments=["--diff"],
    )
    for name in ("check", "set"):
        assert played.result(name)["changed"] is True
        assert played.result(name)["diff"]["after"]["image_password"] == "********"
        assert "image_password" not in played.result(name)["diff"]["before"]
