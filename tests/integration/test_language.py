# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The platform's own messages come in the language that the user chooses, wherever it is said."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from integration.harness import IN_PROCESS, Ansible, uses

from simulator import seeds

TASK: dict[str, Any] = uses("cloudos_api", path=f"/os/compute/v1/v2/{seeds.ADMIN_PROJECT}/servers/nothing")
ENTRY = {
    "clouds": {
        "here": {
            "auth": {"username": "admin", "password": seeds.ADMIN_PASSWORD, "project_name": "admin"},
            "cloudos": {"api_language": "zh"},
        }
    }
}


def failed_message(ansible: Ansible, mode: str, environment: dict[str, str | None], **options: str) -> str:
    (name,) = TASK
    task = {"name": "Ask", name: {**TASK[name], **options}}
    played = ansible.play([task], mode=mode, rc=2, environment=environment)
    languages = {entry["headers"].get("Accept-Language") for entry in played.log}
    assert len(languages) == 1, "the login is asked in the same language"
    return f"{languages.pop()}: {played.result('Ask')['msg']}"


def test_a_task_or_the_environment_chooses_the_language(mode: str, ansible: Ansible) -> None:
    chosen = {"CLOUDOS_LANGUAGE": "zh"}

    assert "could not be found" in failed_message(ansible, mode, {})
    assert failed_message(ansible, mode, chosen).startswith("zh: ")
    assert "找不到 Instance nothing。" in failed_message(ansible, mode, {}, api_language="zh-CN,en;q=0.5")
    assert failed_message(ansible, mode, chosen, api_language="en").startswith("en: ")


def test_an_entry_of_clouds_yaml_chooses_the_language(ansible: Ansible) -> None:
    file = ansible.folder / "clouds.yaml"
    file.write_text(yaml.safe_dump(ENTRY), encoding="utf-8")
    environment: dict[str, str | None] = {"OS_CLIENT_CONFIG_FILE": str(file), "CLOUDOS_CLOUD": "here"}

    assert failed_message(ansible, IN_PROCESS, environment).startswith("zh: ")


@pytest.mark.parametrize("language", ["中文", "zh\nX-Other: 1"])
def test_what_no_header_can_hold_is_an_error_before_anything_is_sent(language: str, ansible: Ansible) -> None:
    (name,) = TASK
    played = ansible.play([{"name": "Ask", name: {**TASK[name], "api_language": language}}], rc=2)

    assert played.result("Ask")["msg"].startswith("api_language: ")
    assert played.log == []
