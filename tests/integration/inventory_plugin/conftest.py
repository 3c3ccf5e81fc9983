# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inventory files that ansible-inventory reads against the simulator."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from integration.harness import BIN, PLAY_TIMEOUT, Ansible


@dataclass
class Listed:
    """What ansible-inventory --list printed."""

    rc: int
    data: dict[str, Any]
    text: str
    errors: str
    requests: list[str]

    @property
    def hosts(self) -> dict[str, dict[str, Any]]:
        """Variables by host; hosts without any are there as well."""
        named = {name for group in self.data.values() for name in group.get("hosts", []) if isinstance(name, str)}
        return {**{name: {} for name in named}, **self.data["_meta"]["hostvars"]}

    def members(self, group: str) -> set[str]:
        return set(self.data.get(group, {}).get("hosts", []))


class Inventory:
    """One inventory file, and the commands that read it."""

    def __init__(self, ansible: Ansible) -> None:
        self._ansible = ansible
        self.path = ansible.folder / "test.cloudos.yml"

    def write(self, text: str = "", **options: Any) -> None:
        self.path.write_text(text or yaml.safe_dump({"plugin": "h3c.cloudos.cloudos", **options}))

    def run(self, program: str, *arguments: str, **environment: str | None) -> subprocess.CompletedProcess:
        home = {"HOME": str(self._ansible.folder)}
        return subprocess.run(
            [str(BIN / program), "-i", str(self.path), *arguments],
            cwd=self._ansible.folder,
            env=self._ansible.environment(**{**home, **environment}),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            text=True,
            timeout=PLAY_TIMEOUT,
        )

    def list(self, *arguments: str, warns: str | None = None, **environment: str | None) -> Listed:
        """Read the file. A warning that the test does not expect is a failure."""
        before = len(self._ansible.cloud.log())
        done = self.run("ansible-inventory", "--list", *arguments, **environment)
        log = [entry["operation"] for entry in self._ansible.cloud.log()[before:]]
        if warns is None:
            assert done.stderr == "", done.stderr
        else:
            assert warns in " ".join(done.stderr.split()), done.stderr
        data = json.loads(done.stdout) if done.stdout else {}
        return Listed(done.returncode, data, done.stdout, done.stderr, log)


@pytest.fixture
def inventory(ansible: Ansible) -> Inventory:
    return Inventory(ansible)
