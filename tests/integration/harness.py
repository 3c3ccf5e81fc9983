# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run playbooks against a simulator, and read what they did: results of tasks, requests, output.

Two promises are held to in every single play: there is no warning that the test does not expect, and a task in check
mode writes nothing.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from integration import playbook_process

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import connection
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import ModuleDefinition, execute
from simulator import Simulator, seeds

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
COLLECTIONS = REPOSITORY / ".venv" / "collections"
MODULES = REPOSITORY / "plugins" / "modules"
BIN = Path(sys.executable).parent
ANSIBLE_PLAYBOOK = BIN / "ansible-playbook"
PLAY_TIMEOUT = 1800  # seconds; a busy machine is no reason for a test to fail
WARNING_SHOWN = 500  # characters; what stands behind a warning in the output cannot be told from it
LINES_SHOWN = 60  # of the output, where a play is not as expected

IN_PROCESS = "in_process"
MODULE = "module"
MODES = (IN_PROCESS, MODULE)
# An ordinary module costs many times what a task in process does, so only a part of what is alike runs as one, too. The
# same part runs on plain OpenStack.
ALL_WAYS = os.environ.get("WAYS") == "all"
# With files, secrets, nested options, states to wait for, and many objects
MODULES_AS_SUCH = (
    *("cloudos_api", "cloudos_baremetal_node", "cloudos_image", "cloudos_keypair", "cloudos_quota", "cloudos_server"),
    *("cloudos_servers", "cloudos_user"),
)
# Of stories that several modules tell together: the matrix runs each of these as an ordinary module.
STORY_MODES = MODES if ALL_WAYS else (IN_PROCESS,)

# Operations that are a POST and only read
READING_POSTS = frozenset(
    {
        *("token-create", "server-console", "server-attachable-volume-list", "resource-search"),
        *("compute-node-refresh", "compute-node-check"),
    }
)
_READING_PATHS = re.compile(
    r"/(auth/tokens|os-volume_toLoad|search/resource/generic|computenode/(refresh|checkout)/config)$"
)

# Options of a compute node that is complete
COMPUTE_NODE = {
    "vm_type": "cas",
    "host_ip": "10.125.26.11",
    "username": "userName",
    "password": "s3cret",
    "host_pool": "p",
    "network_mode": "vlan",
    "storage_zone": "cinder191",
    "cluster": "c",
    "cluster_id": "1",
    "init_mode": "vmware_api",
    "vswitches": [{"network": "cas", "device": "vxlan"}],
}

_WARNING = re.compile(r"\[(?:DEPRECATION )?WARNING\]: ?")


@dataclass
class Task:
    """What became of one task on one host."""

    name: str
    host: str
    action: str
    check_mode: bool
    event: str
    result: dict[str, Any]
    items: list[dict[str, Any]]
    requests: list[dict[str, Any]]

    @property
    def failed(self) -> bool:
        return self.event in ("failed", "unreachable")

    @property
    def writes(self) -> list[dict[str, Any]]:
        return [entry for entry in self.requests if is_write(entry)]

    @property
    def logins(self) -> list[dict[str, Any]]:
        return [entry for entry in self.requests if is_login(entry)]

    def sent(self) -> list[str]:
        """Method and operation of each request but logins, in order."""
        return [f"{entry['method']} {entry['operation']}" for entry in self.requests if not is_login(entry)]


@dataclass
class Played:
    """What a play did."""

    rc: int
    output: str
    tasks: list[Task]
    log: list[dict[str, Any]]
    warnings: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Task:
        """The one task of this name."""
        found = [task for task in self.tasks if task.name == name]
        assert len(found) == 1, f"{len(found)} tasks are named {name!r}\n{self.output}"
        return found[0]

    def result(self, name: str) -> dict[str, Any]:
        return self[name].result


def modes_of(module: str) -> tuple[str, ...]:
    """How the tasks of this module run where both ways run the same code."""
    return MODES if ALL_WAYS or module in MODULES_AS_SUCH else (IN_PROCESS,)


def is_login(entry: dict[str, Any]) -> bool:
    return entry["method"] == "POST" and entry["path"].endswith("/auth/tokens")


def is_write(entry: dict[str, Any]) -> bool:
    """Whether a request of the log may change anything."""
    if entry["method"] == "GET" or entry["operation"] in READING_POSTS or _READING_PATHS.search(entry["path"]):
        return False
    return "os-getVNCConsole" not in (entry["body"] or {})


class Ansible:
    """Plays playbooks against one simulator, with a home and a cache of its own."""

    def __init__(self, cloud: Simulator, folder: Path) -> None:
        self.cloud = cloud
        self.folder = folder
        self._count = 0
        playbook_process.prepare(self.environment())

    @property
    def cache(self) -> Path:
        """Where the collection keeps its tokens."""
        return self.folder / "cache" / "h3c.cloudos"

    def environment(self, mode: str = IN_PROCESS, **more: str | None) -> dict[str, str]:
        """Nothing of the caller's Ansible or CloudOS settings; a variable that is None is not set."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "CLOUDOS_"))}
        own = {
            "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
            "ANSIBLE_CONFIG": str(REPOSITORY / "tests" / "tools" / "ansible.cfg"),
            "ANSIBLE_HOME": str(self.folder / "ansible"),
            "ANSIBLE_CALLBACK_PLUGINS": str(HERE / "callback_plugins"),
            "ANSIBLE_CALLBACKS_ENABLED": "cloudos_results",
            "ANSIBLE_DEPRECATION_WARNINGS": "1",
            "ANSIBLE_PIPELINING": "1",  # half of the time of a module
            "ANSIBLE_ROLES_PATH": str(HERE / "targets"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "LC_ALL": "C.UTF-8",
            "CLOUDOS_URL": self.cloud.url,
            "CLOUDOS_USERNAME": "admin",
            "CLOUDOS_PASSWORD": seeds.ADMIN_PASSWORD,
            "CLOUDOS_PROJECT": "admin",
            "CLOUDOS_IN_PROCESS": "true" if mode == IN_PROCESS else "false",
        }
        return {name: value for name, value in {**inherited, **own, **more}.items() if value is not None}

    def play(
        self,
        tasks: list[dict[str, Any]],
        *,
        mode: str = IN_PROCESS,
        rc: int | None = 0,
        warns: Sequence[str] | None = (),
        variables: dict[str, Any] | None = None,
        variables_file: str | None = None,
        inventory: str | None = None,
        playbook: Path | None = None,
        arguments: Sequence[str] = (),
        environment: dict[str, str | None] | None = None,
        files: Mapping[str, str] | None = None,
        **keywords: Any,
    ) -> Played:
        """Run the tasks as one play.

        Args:
            rc: the exit code that is expected, None for any.
            warns: texts; each has to stand in a warning, and each warning has to have one. None leaves it to the
                caller to look for broken promises.
            variables_file: YAML text of a file given with --extra-vars.
            inventory: text of an inventory file; without one the play runs on the implicit localhost.
            playbook: a playbook to run instead of the tasks.
            arguments: further arguments of ansible-playbook.
            files: texts of files in the folder `files` beside the playbook, by their names.
            keywords: further keywords of the play.
        """
        play = {"hosts": "all" if inventory else "localhost", "gather_facts": False, **keywords, "tasks": tasks}
        if variables:
            play["vars"] = variables
        folder = self._playbook(play)
        for name, text in (files or {}).items():
            (folder / "files").mkdir(exist_ok=True)
            (folder / "files" / name).write_text(text, encoding="utf-8")
        extra = list(arguments)
        if inventory:
            (folder / "inventory.ini").write_text(inventory)
            extra += ["-i", str(folder / "inventory.ini")]
        if variables_file:
            (folder / "variables.yml").write_text(variables_file)
            extra += ["-e", f"@{folder / 'variables.yml'}"]
        results = folder / "results.jsonl"
        results.touch()
        env = self.environment(mode, CLOUDOS_TEST_RESULTS=str(results), **(environment or {}))
        before = len(self.cloud.log())
        command = [str(ANSIBLE_PLAYBOOK), str(playbook or "playbook.yml"), *extra]
        code, output = playbook_process.run(command, folder, env, PLAY_TIMEOUT)
        log = self.cloud.log()[before:]
        # Tasks and requests are brought together by time.
        assert not log or log[-1]["time"] <= time.time(), "tests with playbooks do not advance the platform's clock"
        played = Played(code, output, list(_tasks(results, log)), log)
        played.warnings = _warnings(played)
        tail = "\n".join(played.output.splitlines()[-LINES_SHOWN:])
        assert rc is None or played.rc == rc, f"exit code {played.rc}, expected {rc}\n{tail}"
        broken = broken_promises(played, warns) if warns is not None else []
        assert not broken, "\n".join([*broken, tail])
        return played

    def _playbook(self, play: dict[str, Any]) -> Path:
        """A new folder with a playbook."""
        self._count += 1
        folder = self.folder / f"play-{self._count}"
        folder.mkdir()
        (folder / "playbook.yml").write_text(yaml.safe_dump([play], sort_keys=False, allow_unicode=True))
        return folder

    def begin(self, tasks: list[dict[str, Any]], mode: str = IN_PROCESS) -> subprocess.Popen[bytes]:
        """Run the tasks as a play of their own that nobody waits for; what becomes of it is up to the test."""
        folder = self._playbook({"hosts": "localhost", "gather_facts": False, "tasks": tasks})
        with (folder / "output").open("wb") as output:
            return subprocess.Popen(
                [str(ANSIBLE_PLAYBOOK), "playbook.yml"],
                cwd=folder,
                env=self.environment(mode, ANSIBLE_CALLBACKS_ENABLED=None),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )


def _tasks(results: Path, log: list[dict[str, Any]]) -> Iterator[Task]:
    lines = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    started: dict[str, float] = {}
    items: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for line in lines:
        key = line["uuid"], line.get("host", "")
        if line["event"] == "start":
            started[line["uuid"]] = line["time"]
        elif line["event"] == "item":
            items.setdefault(key, []).append(line["result"])
        else:
            requests = [entry for entry in log if started[line["uuid"]] <= entry["time"] <= line["time"]]
            yield Task(
                name=line["task"],
                host=line["host"],
                action=line["action"],
                check_mode=line["check_mode"],
                event=line["event"],
                result=line["result"],
                items=items.pop(key, []),
                requests=requests,
            )


def _warnings(played: Played) -> list[str]:
    """Warnings and deprecations, of the output (where they are wrapped) and of results."""
    texts = [" ".join(text.split())[:WARNING_SHOWN] for text in _WARNING.split(played.output)[1:]]
    for task in played.tasks:
        for result in [task.result, *task.items]:
            texts += [str(entry) for name in ("warnings", "deprecations") for entry in result.get(name) or []]
    return texts


def broken_promises(played: Played, warns: Sequence[str] = ()) -> list[str]:
    """What must not be in any play: warnings that are not expected (or the lack of them), writes in check mode."""
    broken = _broken_warnings(played.warnings, warns)
    for task in played.tasks:
        if task.check_mode and task.writes:
            told = [f"{entry['method']} {entry['path']}" for entry in task.writes]
            broken.append(f"{task.name}: written in check mode: {told}")
    return broken


def _broken_warnings(warnings: Sequence[str], warns: Sequence[str]) -> list[str]:
    broken = [f"unexpected warning: {text}" for text in warnings if not any(part in text for part in warns)]
    return broken + [f"missing warning: {part}" for part in warns if not any(part in text for text in warnings)]


def uses(module: str, **options: Any) -> dict[str, Any]:
    """The part of a task that names a module of the collection and its options."""
    return {f"h3c.cloudos.{module}": options}


def performed(
    cloud: Simulator, definition: ModuleDefinition, check: bool = False, warns: Sequence[str] = (), **given: Any
) -> dict[str, Any]:
    """The result of a module, without Ansible around it; the two promises hold here as well."""
    login = {"api_username": "admin", "api_password": seeds.ADMIN_PASSWORD, "api_project": "admin"}
    checked = ArgumentSpecValidator(definition.spec, **definition.all_constraints).validate(
        {"api_url": cloud.url, **login, **given}
    )
    assert not checked.error_messages, checked.error_messages
    params = checked.validated_parameters
    client = Client(connection(params))
    before = len(cloud.log())
    result = execute(definition, client, params, check, show_diff=True, verbosity=2)
    client.close()
    assert _broken_warnings(result.get("warnings", []), warns) == []
    assert not (check and any(map(is_write, cloud.log()[before:]))), "written in check mode"
    return result
