# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several clouds, each by a word: entries of clouds.yaml, and application credentials."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import ANSIBLE_PLAYBOOK, Ansible, uses

from simulator import Simulator, seeds


@pytest.fixture
def environment(cloud: Simulator, tmp_path: Path) -> dict[str, str | None]:
    """Nothing but the file says anything of a connection."""
    by_password = {"username": "admin", "password": seeds.ADMIN_PASSWORD, "project_name": "admin"}
    by_credential = {
        "application_credential_id": seeds.APPLICATION_CREDENTIAL,
        "application_credential_secret": seeds.APPLICATION_SECRET,
    }
    clouds: dict[str, Any] = {
        "one": {"auth": {"auth_url": f"{cloud.url}/v3", **by_password}},
        "other": {"auth": by_credential, "cloudos": {"api_url": cloud.url, "api_layout": "gateway"}},
    }
    file = tmp_path / "clouds-of-mine.yaml"
    file.write_text(yaml.safe_dump({"clouds": clouds}))
    nothing = dict.fromkeys(("CLOUDOS_URL", "CLOUDOS_USERNAME", "CLOUDOS_PASSWORD", "CLOUDOS_PROJECT"))
    return {**nothing, "OS_CLIENT_CONFIG_FILE": str(file)}


def test_tasks_act_in_the_clouds_that_they_name(
    cloud: Simulator, ansible: Ansible, mode: str, environment: dict[str, str | None]
) -> None:
    cloud.seed("servers", name="of-admin")
    cloud.seed("servers", name="of-demo", project_id=seeds.DEMO_PROJECT)
    tasks = [{"name": name, **uses("cloudos_server_info", api_cloud=name)} for name in ("one", "other")]
    played = ansible.play(tasks, mode=mode, environment=environment, arguments=["-vvv"])

    assert [server["name"] for server in played.result("one")["servers"]] == ["of-admin"]
    assert [server["name"] for server in played.result("other")["servers"]] == ["of-demo"]
    assert seeds.ADMIN_PASSWORD not in played.output and seeds.APPLICATION_SECRET not in played.output


def test_an_unknown_cloud_is_refused_before_anything_is_sent(
    cloud: Simulator, ansible: Ansible, mode: str, environment: dict[str, str | None]
) -> None:
    task = {"name": "read", **uses("cloudos_server_info", api_cloud="third")}
    played = ansible.play([task], mode=mode, rc=2, environment=environment)

    assert "has no cloud 'third'; it has one, other." in played["read"].result["msg"]
    assert cloud.log() == []


def test_the_inventory_takes_a_cloud_as_well(
    cloud: Simulator, ansible: Ansible, tmp_path: Path, environment: dict[str, str | None]
) -> None:
    cloud.seed("servers", name="of-demo", project_id=seeds.DEMO_PROJECT)
    source = tmp_path / "it.cloudos.yml"
    source.write_text("plugin: h3c.cloudos.cloudos\napi_cloud: other\n")
    command = [str(ANSIBLE_PLAYBOOK.with_name("ansible-inventory")), "--list", "-i", str(source)]
    listed = subprocess.run(
        command, env=ansible.environment(**environment), capture_output=True, text=True, timeout=300, check=True
    )

    assert list(json.loads(listed.stdout)["_meta"]["hostvars"]) == ["of-demo"]
