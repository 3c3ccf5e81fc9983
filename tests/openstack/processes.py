# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Programs that run in the background: started, looked at, ended.

The file of a process holds its number and the time of its start. Both have to match before anything is ended, so that
a number that the system has given to another program since is left alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HANDLED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
POLL = 0.1  # seconds


@dataclass(frozen=True)
class Program:
    """Something to run."""

    name: str
    command: tuple[str, ...]
    environment: dict[str, str] = field(default_factory=dict)
    ports: tuple[int, ...] = ()


@dataclass(frozen=True)
class Process:
    """Something that was started, with all that it has started itself: one session of the system."""

    name: str
    number: int
    start: int

    def members(self) -> list[int]:
        """The processes of the session that have not ended."""
        leader = _stat(self.number)
        if leader and leader.start != self.start:
            return []
        return [stat.number for stat in _all_stats() if stat.session == self.number and stat.state not in "ZX"]

    @property
    def alive(self) -> bool:
        leader = _stat(self.number)
        return leader is not None and leader.start == self.start and leader.state not in "ZX"

    def memory(self) -> int:
        """The proportional share of memory, in MiB."""
        return sum(_proportional_kib(number) for number in self.members()) // 1024

    def signal(self, number: int) -> None:
        for member in self.members():
            try:
                os.kill(member, number)
            except ProcessLookupError:
                continue


class Processes:
    """The processes that have a file in a folder."""

    def __init__(self, run: Path, log: Path) -> None:
        self._run, self._log = run, log
        self._children: dict[str, subprocess.Popen[bytes]] = {}

    def __iter__(self) -> Iterator[Process]:
        for file in sorted(self._run.glob("*.pid")):
            number, start = file.read_text().split(" ", maxsplit=1)
            yield Process(file.stem, int(number), int(start))

    def alive(self, name: str) -> bool:
        return any(process.name == name and process.alive for process in self)

    def start(self, program: Program, environment: dict[str, str]) -> None:
        """Start a program, unless it runs already. No signal comes between the start and the note of it."""
        if self.alive(program.name):
            return
        signal.pthread_sigmask(signal.SIG_BLOCK, HANDLED)
        try:
            with self._log_file(program.name).open("ab") as output:
                child = subprocess.Popen(
                    program.command,
                    env={**environment, **program.environment},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                    preexec_fn=_receive_signals,
                )
            stat = _stat(child.pid)
            self._file(program.name).write_text(f"{child.pid} {stat.start if stat else 0}")
            self._children[program.name] = child
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, HANDLED)

    def release(self) -> None:
        """Leave what was started to itself, without a warning of Python's that it still runs."""
        for child in self._children.values():
            child.returncode = 0
        self._children.clear()

    def finish(self, names: Iterable[str]) -> list[str]:
        """Wait until programs that this process has started have ended; the names of those that failed."""
        failed = [name for name in names if self._children.pop(name).wait()]
        for name in names:
            self._file(name).unlink()
        return failed

    def stop(self, names: Iterable[str], patience: float) -> None:
        """Ask all of them to end, and end those that have not after some seconds."""
        stopped = [process for process in self if process.name in set(names)]
        for process in stopped:
            process.signal(signal.SIGTERM)
        deadline = time.monotonic() + patience
        while any(process.members() for process in stopped):
            if time.monotonic() > deadline:
                for process in stopped:
                    process.signal(signal.SIGKILL)
            time.sleep(POLL)
        for process in stopped:
            self._file(process.name).unlink(missing_ok=True)
            child = self._children.pop(process.name, None)
            if child:
                child.wait()

    def last_words(self, name: str, lines: int = 20) -> str:
        file = self._log_file(name)
        text = file.read_text(encoding="utf-8", errors="replace") if file.exists() else ""
        return "\n".join([f"the last lines of {file}:", *text.splitlines()[-lines:]])

    def _file(self, name: str) -> Path:
        return self._run / f"{name}.pid"

    def _log_file(self, name: str) -> Path:
        return self._log / f"{name}.log"


@dataclass(frozen=True)
class _Stat:
    number: int
    state: str
    session: int
    start: int


def _stat(number: int) -> _Stat | None:
    """What the system says of a process."""
    try:
        text = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    fields = text.rpartition(") ")[2].split()  # the name before may hold anything
    return _Stat(number, state=fields[0], session=int(fields[3]), start=int(fields[19]))


def _all_stats() -> Iterator[_Stat]:
    for entry in os.listdir("/proc"):
        stat = _stat(int(entry)) if entry.isdigit() else None
        if stat:
            yield stat


def _proportional_kib(number: int) -> int:
    try:
        text = Path(f"/proc/{number}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))


def _receive_signals() -> None:
    """In the child: a program inherits what is blocked, and what is ignored."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, HANDLED)
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)
