# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Jobs and inventory updates as AWX runs them: a credential is injected, and ansible-runner does the rest.

AWX packs all that a job needs into a stream (`transmit`), a container turns that into another stream of events and
files (`worker`), and AWX reads it (`process`). Nothing but the stream connects them.
"""

from __future__ import annotations

import concurrent.futures
import itertools
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ansible_runner
import pytest
import yaml
from integration.awx import EXTENSIONS, example_values, inject
from integration.harness import BIN, PLAY_TIMEOUT, REPOSITORY, Ansible

from simulator import Simulator, seeds

VALUES = example_values()
# What AWX sets for each update of an inventory
UPDATE = {f"ANSIBLE_{name}": "True" for name in ("INVENTORY_UNPARSED_FAILED", "INVENTORY_EXPORT", "VERBOSE_TO_STDERR")}
# What the connection has is for the credential to tell.
NO_LOGIN = {f"CLOUDOS_{name}": None for name in ("URL", "USERNAME", "PASSWORD", "PROJECT", "IN_PROCESS")}
# The inventory of jobs on localhost, see playbooks/awx.yml
LOCALHOST = "localhost ansible_connection=local ansible_python_interpreter='{{ ansible_playbook_python }}'\n"
LOGIN = {"username": "admin", "password": seeds.ADMIN_PASSWORD, "project": "admin"}


@dataclass
class Job:
    """What AWX has of a job when it is over."""

    rc: int
    status: str
    output: str
    folder: Path

    def events(self, kind: str) -> list[dict[str, Any]]:
        found = [json.loads(path.read_text()) for path in self.folder.glob("job_events/*.json")]
        return [event["event_data"] for event in found if event["event"] == kind]

    def kept(self) -> str:
        """What AWX keeps of it: output, events, inventory. The runner's own note of the command has the environment."""
        files = [path for path in self.folder.rglob("*") if path.is_file() and path.name != "command"]
        return self.output + "".join(path.read_text() for path in files)


class Controller:
    """As much of AWX as it takes to run a job with the project of the extensions."""

    def __init__(self, cloud: Simulator, folder: Path) -> None:
        self.cloud, self.folder = cloud, folder
        path = f"{BIN}:{os.environ['PATH']}"
        self._image = Ansible(cloud, folder).environment(**NO_LOGIN, ANSIBLE_CALLBACKS_ENABLED=None, PATH=path)
        self._count = itertools.count(1)

    def job(
        self,
        playbook: str,
        credential: dict[str, str],
        verbosity: int = 0,
        inventory: str = "web-1 ansible_host=192.0.2.1\n",
        **extra_vars: Any,
    ) -> Job:
        return self._run(credential, playbook=playbook, verbosity=verbosity, hosts=inventory, extravars=extra_vars)

    def inventory_update(self, credential: dict[str, str], source: str, **source_vars: str) -> tuple[Job, Any]:
        """An update of an inventory source, and the inventory that it comes to."""
        command = ["ansible-inventory", "--list", "--export", "-i", f"{{worker}}/project/{source}"]
        command += [
            "--output",
            "{worker}/artifacts/1/output.json",
            "--playbook-dir",
            "{worker}/project/inventory",
            "-vvv",
        ]
        job = self._run(credential, command, {**UPDATE, **source_vars})
        output = job.folder / "output.json"
        return job, json.loads(output.read_text()) if output.exists() else None

    def _run(
        self,
        credential: dict[str, str],
        command: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        hosts: str = "",
        **arguments: Any,
    ) -> Job:
        number = next(self._count)
        here, there = self.folder / f"job-{number}", self.folder / f"worker-{number}"
        shutil.copytree(EXTENSIONS / "project", here / "project")
        (here / "inventory").mkdir()
        (here / "inventory" / "hosts").write_text(hosts)
        (here / "inventory" / "hosts").chmod(0o700 if hosts.startswith("#!") else 0o600)
        injected = inject({"url": self.cloud.url, **credential}, here / "env", seen_as=there / "env")
        if command:
            (here / "args").write_text(" ".join(command).format(worker=there))
        packed = here.with_suffix(".stream")
        with packed.open("wb") as stream:
            ansible_runner.interface.run(
                streamer="transmit",
                _output=stream,
                private_data_dir=str(here),
                ident="1",
                envvars={**(environment or {}), **injected},  # a credential comes last
                **arguments,
            )
        told = self._runner("worker", "--private-data-dir", there, stream=packed.read_bytes())
        shown = self._runner("process", here, "--ident", "1", stream=told)
        kept = here / "artifacts" / "1"
        return Job(int((kept / "rc").read_text()), (kept / "status").read_text(), shown.decode(), kept)

    def _runner(self, *arguments: str | Path, stream: bytes) -> bytes:
        command = [str(BIN / "ansible-runner"), *map(str, arguments)]
        done = subprocess.run(
            command, env=self._image, input=stream, capture_output=True, timeout=PLAY_TIMEOUT, check=False
        )
        assert done.returncode in (0, 1, 2, 4), done.stderr.decode()  # process ends as the job did
        return done.stdout


@pytest.fixture
def awx(cloud: Simulator, tmp_path: Path) -> Controller:
    return Controller(cloud, tmp_path)


@pytest.fixture
def encrypted(certificate: tuple[str, str]) -> Iterator[Simulator]:
    with Simulator(tls=certificate, build_seconds=0.1, action_seconds=0.1) as simulator:
        yield simulator


def answers(template: str, **given: Any) -> dict[str, Any]:
    """The variables of a job whose survey was answered."""
    (survey,) = [entry["survey_spec"]["spec"] for entry in VALUES["awx_job_templates"] if entry["name"] == template]
    defaults = {question["variable"]: question["default"] for question in survey if "default" in question}
    needed = {question["variable"] for question in survey if question["required"]} - set(defaults)
    assert needed <= set(given) <= {question["variable"] for question in survey}
    return {**defaults, **given}


def test_a_job_gets_its_login_and_a_pasted_certificate_from_the_credential(
    encrypted: Simulator, certificate: tuple[str, str], tmp_path: Path
) -> None:
    encrypted.seed("flavors", name="office", vcpus=2, ram=4096, disk=40)
    encrypted.seed("images", name="rocky-9", min_disk=10)
    credential = {**LOGIN, "ca_certificate": Path(certificate[0]).read_text()}
    ordered = answers(
        "Server in CloudOS",
        server_name="web-1",
        server_image="rocky-9",
        server_network=seeds.NET_1,
        server_zone="nova11",
    )
    job = Controller(encrypted, tmp_path).job("server.yml", credential, verbosity=3, inventory=LOCALHOST, **ordered)

    assert (job.rc, job.status) == (0, "successful"), job.output
    assert [server["name"] for server in encrypted.state("servers")] == ["web-1"]
    (made,) = [event for event in job.events("runner_on_ok") if event["task"] == "Create the server"]
    assert made["res"]["actions"] == ["create"]
    assert "running as a module" not in job.output
    assert seeds.ADMIN_PASSWORD not in job.kept()


def test_an_order_can_be_looked_at_before(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("flavors", name="office", vcpus=2, ram=4096, disk=40)
    cloud.seed("images", name="rocky-9", min_disk=10)
    order = {"server_name": "web-1", "server_image": "rocky-9", "server_flavor": "office"}
    order |= {"server_network": seeds.NET_1, "server_zone": "nova11"}
    playbook = REPOSITORY / "extensions" / "awx" / "project" / "server.yml"
    played = ansible.play([], playbook=playbook, arguments=["--check"], variables_file=yaml.safe_dump(order))
    assert played.result("Create the server")["server"]["addresses"] == {} and cloud.state("servers") == []


def test_certificates_are_verified_where_the_credential_does_not_say(encrypted: Simulator, tmp_path: Path) -> None:
    awx = Controller(encrypted, tmp_path)
    job, inventory = awx.inventory_update(LOGIN, "inventory/servers.cloudos.yml")
    assert job.rc != 0 and inventory is None and "certificate" in job.output

    job, inventory = awx.inventory_update({**LOGIN, "validate_certs": "false"}, "inventory/servers.cloudos.yml")
    assert job.rc == 0 and inventory is not None


def test_an_inventory_update_brings_servers_with_their_groups(cloud: Simulator, awx: Controller) -> None:
    cloud.seed("servers", name="web-{n}", count=2, metadata={"role": "web"})
    cloud.seed("servers", name="of-demo", project_id=seeds.DEMO_PROJECT)
    source = VALUES["awx_inventory"]["source_path"]
    job, inventory = awx.inventory_update(LOGIN, source, CLOUDOS_INVENTORY_PROJECTS="admin,demo")

    assert job.rc == 0, job.output
    assert set(inventory["server"]["hosts"]) == {"web-1", "web-2", "of-demo"}
    assert set(inventory["role_web"]["hosts"]) == {"web-1", "web-2"}
    # What the playbook tells AWX to look at, to know which hosts are on.
    assert inventory["_meta"]["hostvars"]["web-1"]["cloudos_power_state"] == "running"
    assert seeds.ADMIN_PASSWORD not in job.kept()


def test_source_variables_supply_what_the_credential_leaves_out(cloud: Simulator, awx: Controller) -> None:
    cloud.seed("servers", name="of-demo", project_id=seeds.DEMO_PROJECT)
    login = {name: value for name, value in LOGIN.items() if name != "project"}
    job, inventory = awx.inventory_update(login, VALUES["awx_inventory"]["source_path"], CLOUDOS_PROJECT="demo")

    assert job.rc == 0, job.output
    assert inventory["server"]["hosts"] == ["of-demo"]


def test_source_variables_do_not_send_the_login_elsewhere(cloud: Simulator, awx: Controller) -> None:
    source = VALUES["awx_inventory"]["source_path"]
    job, inventory = awx.inventory_update(LOGIN, source, CLOUDOS_URL="http://192.0.2.1:11000")

    assert job.rc != 0 and inventory is None
    assert "CLOUDOS_URL names another platform than the credential of this job" in " ".join(job.output.split())
    assert cloud.log() == []


def test_jobs_for_two_clouds_differ_by_their_credentials_only(cloud: Simulator, awx: Controller) -> None:
    with Simulator(build_seconds=0.1, action_seconds=0.1) as lab:
        for each, name in ((cloud, "production"), (lab, "lab")):
            each.seed("servers", name=name)
        for url, name in ((cloud.url, "production"), (lab.url, "lab")):
            job, inventory = awx.inventory_update({**LOGIN, "url": url}, VALUES["awx_inventory"]["source_path"])
            assert job.rc == 0, job.output
            assert inventory["server"]["hosts"] == [name]


def test_the_workflow_stops_at_differences_and_brings_the_cloud_to_the_description(
    cloud: Simulator, awx: Controller
) -> None:
    audit = awx.job("audit.yml", LOGIN)
    assert audit.status == "failed" and "Differences from the description: 3." in audit.output
    assert not [entry for entry in cloud.log() if entry["method"] in ("PUT", "DELETE")]

    assert awx.job("onboard.yml", LOGIN).status == "successful"
    assert [flavor["name"] for flavor in cloud.state("flavors")] == ["office"]


def sliced(inventory: dict[str, Any], number: int, count: int) -> str:
    """The hosts of a slice as AWX hands them to a job: a script that prints every n-th of them."""
    hosts = inventory["_meta"]["hostvars"]
    names = inventory["cloudos_fleet"]["hosts"][number::count]
    part = {"cloudos_fleet": {"hosts": names}, "_meta": {"hostvars": {name: hosts.get(name, {}) for name in names}}}
    part["cloudos_fleet"]["vars"] = inventory["cloudos_fleet"].get("vars", {})
    return f"#! /usr/bin/env python3\n# -*- coding: utf-8 -*-\nprint({json.dumps(part)!r})\n"


def test_slices_of_a_job_together_do_what_one_job_would(cloud: Simulator, awx: Controller) -> None:
    cloud.seed("images", name="rocky-9")
    cloud.seed("networks", id="6c1e0b4f-2f0d-4f5e-9a54-3f6b1f0f6a11", name="shop")
    for flavor in ("web", "database"):
        cloud.seed("flavors", name=flavor, vcpus=1, ram=1024, disk=10)
    update, inventory = awx.inventory_update(LOGIN, VALUES["awx_fleet"]["source_path"])
    assert update.rc == 0

    def run(number: int) -> Job:
        return awx.job("fleet.yml", LOGIN, inventory=sliced(inventory, number, 2))

    for writes in (6, 0):
        before = len(cloud.log())
        with concurrent.futures.ThreadPoolExecutor() as pool:
            jobs = list(pool.map(run, (0, 1)))
        assert [job.status for job in jobs] == ["successful"] * 2, jobs[0].output + jobs[1].output
        sent = [entry["operation"] for entry in cloud.log()[before:] if entry["operation"] == "server-create"]
        assert len(sent) == writes
        summaries = [job.events("playbook_on_stats")[-1]["changed" if writes else "ok"] for job in jobs]
        assert [len(summary) for summary in summaries] == [3, 3]  # each server is a host
    names = sorted(server["name"] for server in cloud.state("servers"))
    assert names == [*(f"shop-db-{number}" for number in (1, 2)), *(f"shop-web-{number}" for number in range(1, 5))]


def test_a_plan_of_a_fleet_that_could_not_be_made_fails_the_job(cloud: Simulator, awx: Controller) -> None:
    cloud.seed("images", name="rocky-9")
    cloud.seed("networks", id="6c1e0b4f-2f0d-4f5e-9a54-3f6b1f0f6a11", name="shop")
    for flavor in ("web", "database"):
        cloud.seed("flavors", name=flavor, vcpus=1, ram=1024, disk=10)
    _update, inventory = awx.inventory_update(LOGIN, VALUES["awx_fleet"]["source_path"])
    fleet = sliced(inventory, 0, 1)

    (stats,) = awx.job("fleet.yml", LOGIN, inventory=fleet, plan_only=True).events("playbook_on_stats")
    assert (len(stats["changed"]), stats["failures"]) == (6, {})  # each server is a host of the preview, too

    cloud.seed("quotas", id=seeds.ADMIN_PROJECT, compute={"instances": 2})
    job = awx.job("fleet.yml", LOGIN, inventory=fleet, plan_only=True)
    assert job.status == "failed" and "no room for 6 new servers" in job.output
    (stats,) = job.events("playbook_on_stats")
    assert len(stats["failures"]) == 6 and cloud.state("servers") == []
