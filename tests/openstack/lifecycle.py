# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring the services up, take them down, show how they are."""

from __future__ import annotations

import fcntl
import json
import shlex
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from openstack import cleaning, install, seed, services
from openstack.api import Api
from openstack.processes import Processes, Program
from openstack.services import mariadb, nova, rabbitmq
from openstack.services.common import port_is_open
from openstack.settings import ADMIN_PASSWORD, Settings, SetupError
from openstack.state import State

START_TIMEOUT = 600  # seconds; other work may keep the machine busy
POLL = 0.2
PATIENCE = 8  # seconds a service may take to stop
BACKBONE_PATIENCE = 60
REPORTING = 5  # besides the hypervisors: that of Ironic, nova-conductor, both schedulers, cinder-volume

DATABASES = [name for service in services.ALL for name in getattr(service, "DATABASES", ())]
PACKAGES = sorted({"procps", *(name for service in services.ALL for name in service.PACKAGES)})


class Lifecycle:
    def __init__(self, settings: Settings, say: Callable[[str], None] = print) -> None:
        self.settings, self.say = settings, say
        self.state = State(settings)
        self.processes = Processes(self.state.run, self.state.log)
        self._kept = self.state.run / "kept"

    def up(self, *, fresh: bool = False) -> dict[str, Any]:
        """Install what is missing, start what does not run, and make or keep the data; what is seeded is returned."""
        install.require_platform()
        if not self.running():
            self._kept.unlink(missing_ok=True)
        if self.state.is_outdated():
            self.down(wipe=True)
        self.state.prepare()
        self._install()
        if fresh:
            self.down()
            self._forget()
        programs = [program for service in services.ALL for program in service.programs(self.state)]
        self._check_ports(programs)
        self._configure()
        started = time.time() if any(not self.processes.alive(program.name) for program in programs) else 0
        self._start(*services.BACKBONE)
        self._make_databases()
        self._start(*services.FIRST)
        if not self.state.seeded.exists():
            seed.identity(self.settings)
        self._start(*services.OTHERS)
        self.say("waiting for the services to report")
        seed.wait_for_reports(self.settings, self.settings.computes + REPORTING, started)
        if not self.state.seeded.exists():
            self._seed()
        return json.loads(self.state.seeded.read_text())

    def down(self, *, wipe: bool = False) -> None:
        """Stop the services, then what they stand on."""
        names = {process.name for process in self.processes}
        backbone = {program.name for service in services.BACKBONE for program in service.programs(self.state)}
        self.processes.stop(names - backbone, PATIENCE)
        self.processes.stop(names & backbone, BACKBONE_PATIENCE)
        self._kept.unlink(missing_ok=True)
        if wipe:
            self.state.wipe()

    def running(self) -> bool:
        return any(process.alive for process in self.processes)

    @property
    def is_kept(self) -> bool:
        """Whether a person wants it to stay up, after tests, too."""
        return self._kept.exists() and self.running()

    def keep(self) -> None:
        self._kept.touch()

    def status(self) -> tuple[list[str], bool]:
        """A line for each process, and whether all of them run."""
        lines, total, healthy = [], 0, True
        for process in self.processes:
            memory = process.memory()
            total += memory
            healthy = healthy and process.alive
            told = f"up    process {process.number:<8} {memory:5} MiB" if process.alive else "DOWN"
            lines.append(f"{process.name:<26} {told}")
        if not lines:
            return ["nothing runs"], False
        return [*lines, f"{'all':<26} {total:>27} MiB"], healthy

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep others from starting or testing the same services meanwhile."""
        state = self.settings.state
        state.parent.mkdir(parents=True, exist_ok=True)
        with state.with_name(f"{state.name}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise SetupError(f"another command uses the services in {state}") from None
            yield

    def _install(self) -> None:
        lacking = install.missing(PACKAGES)
        if not lacking:
            return
        self.say(f"installing {' '.join(lacking)}")
        with install.services_stay_off():
            self._run("install", install.commands(lacking), install.ENVIRONMENT)

    def _check_ports(self, programs: list[Program]) -> None:
        """Another listener would look like a service that answers."""
        for program in programs:
            taken = [] if self.processes.alive(program.name) else [port for port in program.ports if port_is_open(port)]
            if taken:
                raise SetupError(
                    f"port {taken[0]} ({program.name}) is taken by another program: choose others with OPENSTACK_PORT"
                )

    def _configure(self) -> None:
        for service in services.ALL:
            if hasattr(service, "configure"):
                service.configure(self.state)

    def _start(self, *modules: ModuleType) -> None:
        environment = self.state.environment()
        for module in modules:
            for program in module.programs(self.state):
                self.processes.start(program, environment)
        for module in modules:
            self._wait(module)

    def _wait(self, module: ModuleType) -> None:
        name = module.__name__.rpartition(".")[2]
        deadline = time.monotonic() + START_TIMEOUT
        while not module.answers(self.state):
            ended = [program.name for program in module.programs(self.state) if not self.processes.alive(program.name)]
            if ended or time.monotonic() > deadline:
                words = [self.processes.last_words(program.name) for program in module.programs(self.state)]
                raise SetupError("\n".join([f"{name} {'ended' if ended else 'does not answer'}", *words]))
            time.sleep(POLL)
        self.say(f"{name} answers")

    def _make_databases(self) -> None:
        """New ones until a start has come to its end, later those of the seed where a fresh start is asked for."""
        mark = self.state.root / "restored"
        if not self.state.seeded.exists():
            self._migrate()
        elif not mark.exists():
            self._restore()
        mark.touch()

    def _migrate(self) -> None:
        self.say("making the databases, which takes longest")
        mariadb.create(self.state, DATABASES)
        chains = {
            f"migrate-{service.__name__.rpartition('.')[2]}": service.migrations(self.state)
            for service in services.ALL
            if hasattr(service, "migrations")
        }
        for name, commands in chains.items():
            self.processes.start(_chain(name, commands), self.state.environment())
        self._finish(chains)

    def _seed(self) -> None:
        self.say("seeding")
        self._run("discovery", [nova.discovery(self.state)])
        seeded = seed.resources(self.state)
        seeded["objects"] = sorted(cleaning.identities(Api(self.settings, ADMIN_PASSWORD)))
        shutil.rmtree(self.state.seed, ignore_errors=True)
        self.state.seed.mkdir()
        mariadb.dump(self.state, DATABASES, self.state.seed / "databases.sql")
        for name in ("keystone", "glance"):
            shutil.copytree(self.state.root / name, self.state.seed / name)
        self.state.seeded.write_text(json.dumps(seeded, indent=2))

    def _run(self, name: str, commands: list[tuple[str, ...]], environment: dict[str, str] | None = None) -> None:
        """Run commands to their end."""
        self.processes.start(_chain(name, commands), {**self.state.environment(), **(environment or {})})
        self._finish([name])

    def _finish(self, names: Iterable[str]) -> None:
        failed = self.processes.finish(names)
        if failed:
            raise SetupError("\n".join(self.processes.last_words(name) for name in failed))

    def _forget(self) -> None:
        """Let the next start begin with the seed."""
        (self.state.root / "restored").unlink(missing_ok=True)
        rabbitmq.forget(self.state)
        for file in self.state.log.glob("*"):
            file.unlink()

    def _restore(self) -> None:
        self.say("restoring what is seeded")
        mariadb.create(self.state, DATABASES)
        mariadb.load(self.state, self.state.seed / "databases.sql")
        for name in ("keystone", "glance"):
            shutil.rmtree(self.state.root / name, ignore_errors=True)
            shutil.copytree(self.state.seed / name, self.state.root / name)


def _chain(name: str, commands: list[tuple[str, ...]]) -> Program:
    """Commands one after the other, until one fails."""
    return Program(name, ("sh", "-c", " && ".join(shlex.join(command) for command in commands)))
