# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the scenarios play: one simulator that speaks both APIs, and one Ansible that has all the collections."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import requests
import yaml

from simulator import Simulator, seeds

from . import measure, openstack
from .measure import Cost

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
VENV = REPOSITORY / ".venv-bench"
PYTHON = VENV / "bin" / "python"
COLLECTIONS = REPOSITORY / ".venv" / "collections"
SETTINGS = REPOSITORY / "tests" / "tools" / "ansible.cfg"
CALLBACKS = REPOSITORY / "tests" / "integration" / "callback_plugins"

Task = dict[str, Any]


class Stage:
    """Plays playbooks against one simulator and tells what they cost; `url` is where they find it."""

    def __init__(self, cloud: Simulator, folder: Path, url: str = "") -> None:
        self.cloud = cloud
        self.folder = folder
        self.url = url or cloud.url
        clouds = folder / "clouds.yaml"
        clouds.write_text(yaml.safe_dump({"clouds": {"bench": standard_cloud(self.url)}}))

    def environment(self, **more: str) -> dict[str, str]:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("ANSIBLE_", "CLOUDOS_", "OS_", "PYTHON"))
        }
        return {**inherited, **ansible_environment(self.folder), **self._clouds(), **more}

    def _clouds(self) -> dict[str, str]:
        """How each collection finds the cloud."""
        return {
            "CLOUDOS_URL": self.url,
            "CLOUDOS_USERNAME": "admin",
            "CLOUDOS_PASSWORD": seeds.ADMIN_PASSWORD,
            "CLOUDOS_PROJECT": "admin",
            "OS_CLIENT_CONFIG_FILE": str(self.folder / "clouds.yaml"),
            "OS_CLOUD": "bench",
        }

    def play(self, tasks: list[Task], **environment: str) -> Cost:
        """Run the tasks on localhost.

        Raises:
            measure.CommandFailed: one of them failed.
        """
        playbook = self.folder / "playbook.yml"
        playbook.write_text(
            yaml.safe_dump([{"hosts": "localhost", "gather_facts": False, "tasks": tasks}], sort_keys=False)
        )
        return measure.command(
            [str(VENV / "bin" / "ansible-playbook"), str(playbook)],
            self.environment(**environment),
            self.folder,
            self.count,
        )

    def results(self, tasks: list[Task]) -> list[dict[str, Any]]:
        """The results of the tasks, whether or not they fail."""
        results = self.folder / "results.jsonl"
        results.write_text("")
        with contextlib.suppress(measure.CommandFailed):
            self.play(
                [{**task, "ignore_errors": True} for task in tasks],
                ANSIBLE_CALLBACK_PLUGINS=str(CALLBACKS),
                ANSIBLE_CALLBACKS_ENABLED="cloudos_results",
                CLOUDOS_TEST_RESULTS=str(results),
            )
        lines = [json.loads(line) for line in results.read_text().splitlines()]
        return [line["result"] for line in lines if line["event"] in ("ok", "failed")]

    def count(self) -> int:
        return len(self.cloud.log())


def ansible_environment(folder: Path) -> dict[str, str]:
    """Nothing of the caller's Ansible."""
    return {
        "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
        "ANSIBLE_CONFIG": str(SETTINGS),
        "ANSIBLE_HOME": str(folder / "ansible"),
        "ANSIBLE_ACTION_PLUGINS": str(HERE / "action_plugins"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "LC_ALL": "C.UTF-8",
    }


def standard_cloud(url: str) -> dict[str, Any]:
    """An entry of clouds.yaml."""
    auth = {
        "auth_url": url + openstack.AUTH_PATH,
        "username": "admin",
        "password": seeds.ADMIN_PASSWORD,
        "project_name": "admin",
        "user_domain_id": seeds.DOMAIN,
        "project_domain_id": seeds.DOMAIN,
    }
    return {"auth": auth, "region_name": "RegionOne"}


@contextlib.contextmanager
def stage(**settings: Any) -> Iterator[Stage]:
    """A simulator with these settings that checks every request to the published API, and no answer."""
    with (
        tempfile.TemporaryDirectory(prefix="cloudos-bench-") as folder,
        Simulator(extension=openstack.add_routes, validate=False, **settings) as cloud,
    ):
        yield Stage(cloud, Path(folder))


def by_hand(present: Stage, method: str, path: str, register: str = "", **options: Any) -> Task:
    """A request to the published API as a task of ansible.builtin.uri, with a token that somebody has fetched."""
    headers = {"Accept": "application/json", "Content-Type": "application/json", "X-Auth-Token": token(present.cloud)}
    task = {"ansible.builtin.uri": {"url": present.url + path, "method": method, "headers": headers, **options}}
    return {**task, "register": register} if register else task


def token(cloud: Simulator) -> str:
    """A token of the administrator, for requests by hand."""
    user = {"name": "admin", "password": seeds.ADMIN_PASSWORD, "domain": {"id": seeds.DOMAIN}}
    identity = {"methods": ["password"], "password": {"user": user}}
    body = {"auth": {"identity": identity, "scope": {"project": {"id": seeds.ADMIN_PROJECT}}}}
    headers = {"Accept": "application/json"}
    answer = requests.post(f"{cloud.url}/os/kinton/v1/v3/auth/tokens", json=body, headers=headers, timeout=30)
    answer.raise_for_status()
    return answer.headers["X-Subject-Token"]
