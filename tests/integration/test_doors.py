# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An installation that serves the core API only is used like any other."""

from __future__ import annotations

import subprocess
import sys

from integration.harness import REPOSITORY, Ansible, uses

from simulator import Simulator

LOGINS = ["/os/kinton/v1/v3/auth/tokens", "/v3/auth/tokens"]


def test_the_demonstration_holds_without_a_gateway() -> None:
    command = [sys.executable, "tests/tools/demo.py", "--doors", "core"]
    shown = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=600, check=False)

    assert shown.returncode == 0, shown.stdout + shown.stderr


def test_a_play_costs_one_request_more_than_at_the_gateway(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.settings(doors="core")
    raw = {"path": "/os/compute/v1/v2.1/os-server-groups", "list_key": "server_groups"}
    tasks = [{"name": "flavors", **uses("cloudos_flavor_info")}, {"name": "raw", **uses("cloudos_api", **raw)}]
    ansible.play(tasks, mode=mode)

    paths = [entry["path"] for entry in cloud.log()]
    assert paths[:2] == LOGINS
    assert [path.rpartition("/")[2] for path in paths[2:]] == ["detail", "os-server-groups"]
    assert not any(path.startswith("/os/") for path in paths[2:])


def test_a_wrong_layout_or_prefix_is_refused_before_anything_is_sent(
    cloud: Simulator, ansible: Ansible, mode: str
) -> None:
    wrong = {
        "layout": {"api_layout": "port 9000"},
        "service": {"api_service_prefixes": {"netwrok": "/os/network/v1"}},
        "prefix": {"api_service_prefixes": {"network": "http://elsewhere/"}},
        "text": {"api_service_prefixes": "[1"},
    }
    tasks = [
        {"name": name, **uses("cloudos_flavor_info", **options), "ignore_errors": True}
        for name, options in wrong.items()
    ]
    played = ansible.play(tasks, mode=mode)

    for name, options in wrong.items():
        assert played[name].failed and next(iter(options)) in played[name].result["msg"]
    assert cloud.log() == []
