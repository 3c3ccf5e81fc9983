# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many requests a case costs on real services, beside openstack.cloud, counted by the log of the gateway.

Each case is a task for each of the two, which say the same as far as both can. What is to be converged was made by the
first. Logins count, too: the one caches its token, the other logs in with each task.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from integration.harness import BIN, HERE, REPOSITORY, Ansible, uses

from benchmark.stage import VENV, ansible_environment
from openstack.cloud import Cloud
from openstack.settings import ADMIN_PASSWORD, PORTS, Settings

PAGES = [REPOSITORY / "docs" / name for name in ("performance.md", "performance.zh-CN.md")]
BEGIN, END = "<!-- requests on real services: begin -->", "<!-- requests on real services: end -->"
CATALOGUE = PORTS[PORTS.index("keystone") : PORTS.index("cinder") + 1]
SERVERS = 20
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "E" * 42
PEER = "openstack.cloud"

Task = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """What is asked of both: a task of each, and whether it may change anything."""

    name: str
    own: Task
    other: Task | None
    changed: bool = False


def cases(cloud: Cloud, data: Path) -> list[Case]:
    network = cloud.seeded["networks"]["net-1"]
    size = {"name": "counted", "vcpus": 1, "ram": 512, "disk": 1}
    pair = {"name": "counted", "public_key": KEY}
    image = {"name": "counted", "disk_format": "raw", "container_format": "bare"}
    server = {"image": "counted", "flavor": "counted", "availability_zone": "nova11"}
    own_server = {**server, "networks": [{"id": network}]}
    # Without these, openstack.cloud.server would take away the group and this collection's metadata, and look for a
    # floating address. An administrator sees the groups of all projects, so it is named by its ID.
    groups = cloud.admin.list(
        f"{cloud.admin.neutron}/security-groups", project_id=cloud.admin.project_id, name="default"
    )
    kept = {"network": "net-1", "security_groups": [groups[0]["id"]], "auto_ip": False}

    def other_server(name: str, **options: Any) -> Task:
        metadata = {"alias": name, "enableAdminPass": "1", "user_name": "admin"}
        return _other("server", name=name, meta=metadata, **server, **kept, **options)

    group = {"name": "counted", "policy": "anti-affinity"}
    aggregate = {"name": "counted", "availability_zone": "nova11", "hosts": ["cpn-host11rc"]}
    fleet = {"name": "counted-%02d", "exact_count": SERVERS, "defaults": own_server}
    looped = {**other_server("{{ item }}"), "loop": [_nth(n) for n in range(1, SERVERS + 1)]}
    return [
        Case("a flavor", uses("cloudos_flavor", **size), _other("compute_flavor", **size)),
        Case("a key pair", uses("cloudos_keypair", **pair), _other("keypair", **pair)),
        Case(
            "an image",
            uses("cloudos_image", **image, src=str(data), virt_type="CAS", cas_ostype="linux"),
            _other("image", **image, filename=str(data)),
        ),
        Case("a server group", uses("cloudos_server_group", **group), _other("server_group", **group)),
        Case("a host aggregate", uses("cloudos_host_aggregate", **aggregate), _other("host_aggregate", **aggregate)),
        Case(
            "a server",
            uses("cloudos_server", name=_nth(1), **own_server),
            other_server(_nth(1)),
        ),
        Case(f"{SERVERS} servers", uses("cloudos_servers", **fleet), looped),
        Case("all servers, read", uses("cloudos_server_info"), _other("server_info")),
        Case(
            "create a flavor",
            uses("cloudos_flavor", **{**size, "name": "new-1"}),
            _other("compute_flavor", **{**size, "name": "new-2"}),
            changed=True,
        ),
        Case(
            "create a key pair",
            uses("cloudos_keypair", **{**pair, "name": "new-1"}),
            _other("keypair", **{**pair, "name": "new-2"}),
            changed=True,
        ),
        Case(
            "create a server without waiting",
            uses("cloudos_server", name="new-1", **own_server, wait=False),
            other_server("new-2", wait=False),
            changed=True,
        ),
    ]


def _other(module: str, **options: Any) -> Task:
    return {f"{PEER}.{module}": options}


def _nth(number: int) -> str:
    return f"counted-{number:02d}"


class Count:
    """Plays cases against a cloud that has nothing but the seed, and counts."""

    def __init__(self, settings: Settings, folder: Path) -> None:
        self._settings, self._folder = settings, folder
        self._cloud = Cloud(settings)
        self._ansible = Ansible(self._cloud, folder)

    def rows(self) -> list[list[str]]:
        data = self._folder / "data.raw"
        data.write_bytes(b"counted" * 1000)
        self._cloud.reset()
        try:
            counted = cases(self._cloud, data)
            made = [{"name": case.name, **case.own} for case in counted if not case.changed]
            self._ansible.play(made)
            inventory = self._row(f"inventory of {SERVERS} servers", self._own_inventory(), self._other_inventory())
            rows = [self._row(_told(case), self._own(case), self._other(case)) for case in counted]
            return [*rows[:-3], inventory, *rows[-3:]]
        finally:
            self._cloud.reset()

    @staticmethod
    def _row(name: str, own: int, other: int | None) -> list[str]:
        return [name, str(own), "" if other is None else str(other)]

    def _own(self, case: Case) -> int:
        played = self._ansible.play(
            [{"name": "log in", **uses("cloudos_flavor_info")}, {"name": "counted", **case.own}]
        )
        _demand(case, played.result("counted"))
        return len(played["counted"].requests)

    def _other(self, case: Case) -> int | None:
        if case.other is None:
            return None
        playbook, results = self._folder / "other.yml", self._folder / "other.jsonl"
        play = {"hosts": "localhost", "gather_facts": False, "tasks": [{"name": "counted", **case.other}]}
        playbook.write_text(yaml.safe_dump([play], sort_keys=False))
        results.unlink(missing_ok=True)
        number = self._count_other([str(VENV / "bin" / "ansible-playbook"), str(playbook)], results)
        last = json.loads(results.read_text().splitlines()[-1])
        _demand(case, last["result"])
        return number

    def _own_inventory(self) -> int:
        source = self._folder / "own.cloudos.yml"
        source.write_text("plugin: h3c.cloudos.cloudos\n")
        before = len(self._cloud.log())
        _run([str(BIN / "ansible-inventory"), "--list", "-i", str(source)], self._ansible.environment())
        return len(self._cloud.log()) - before

    def _other_inventory(self) -> int:
        source = self._folder / "openstack.yml"
        source.write_text(f"plugin: {PEER}.openstack\nexpand_hostvars: false\nfail_on_errors: true\n")
        return self._count_other(
            [str(VENV / "bin" / "ansible-inventory"), "--list", "-i", str(source)], Path(os.devnull)
        )

    def _count_other(self, command: list[str], results: Path) -> int:
        since = time.time()
        _run(command, self._other_environment(results))
        ports = [self._settings.port(name) for name in CATALOGUE]
        return len([entry for entry in self._cloud.requests(ports) if entry["time"] >= since])

    def _other_environment(self, results: Path) -> dict[str, str]:
        clouds = self._folder / "clouds.yaml"
        auth = {
            "auth_url": f"{self._settings.url('keystone')}/v3",
            "username": "admin",
            "password": ADMIN_PASSWORD,
            "project_name": "admin",
            "user_domain_id": "default",
            "project_domain_id": "default",
        }
        clouds.write_text(yaml.safe_dump({"clouds": {"counted": {"auth": auth, "region_name": "RegionOne"}}}))
        inherited = {
            name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "OS_", "PYTHON"))
        }
        return {
            **inherited,
            **ansible_environment(self._folder),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback_plugins"),
            "ANSIBLE_CALLBACKS_ENABLED": "cloudos_results",
            "CLOUDOS_TEST_RESULTS": str(results),
            "OS_CLIENT_CONFIG_FILE": str(clouds),
            "OS_CLOUD": "counted",
        }


def _told(case: Case) -> str:
    return case.name if case.changed or case.name.endswith("read") else f"{case.name}, converged"


def _demand(case: Case, result: dict[str, Any]) -> None:
    if result.get("failed") or bool(result.get("changed")) != case.changed:
        raise RuntimeError(f"{case.name}: {result}")


def _run(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout[-4000:]} {done.stderr[-4000:]}")


def table(rows: Iterable[list[str]]) -> str:
    head = ["case", "this collection", PEER]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---", "---:", "---:"], *rows])


def write(text: str, page: Path) -> None:
    """Put the table into its place in the page."""
    before, begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise RuntimeError(f"{page} has no place for the table")
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
