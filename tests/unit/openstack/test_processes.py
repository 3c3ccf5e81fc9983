# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The processes of real services: started once, ended with all that they started, and nothing else is ended."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from openstack.processes import Processes, Program

PATIENCE = 10  # seconds
ENVIRONMENT = {"PATH": os.environ["PATH"]}
SLEEP = Program("sleep", ("sleep", "600"))


@pytest.fixture
def processes(tmp_path: Path) -> Iterator[Processes]:
    processes = Processes(tmp_path, tmp_path)
    yield processes
    processes.stop([process.name for process in processes], 0)


def test_a_program_is_started_once(processes: Processes) -> None:
    processes.start(SLEEP, ENVIRONMENT)
    (first,) = processes

    processes.start(SLEEP, ENVIRONMENT)

    assert list(processes) == [first]
    assert first.members() == [first.number]


def test_a_program_is_ended_with_what_it_started(processes: Processes, tmp_path: Path) -> None:
    script = f"sleep 600 & echo started >{tmp_path / 'started'}; wait"
    processes.start(Program("parent", ("sh", "-c", script)), ENVIRONMENT)
    (parent,) = processes
    _wait_for(tmp_path / "started")
    assert len(parent.members()) == 2

    processes.stop(["parent"], PATIENCE)

    assert parent.members() == []
    assert list(processes) == []


def test_a_program_that_does_not_listen_is_ended_all_the_same(processes: Processes, tmp_path: Path) -> None:
    script = f"trap '' TERM; echo started >{tmp_path / 'started'}; while :; do sleep 0.1; done"
    processes.start(Program("deaf", ("sh", "-c", script)), ENVIRONMENT)
    (deaf,) = processes
    _wait_for(tmp_path / "started")

    processes.stop(["deaf"], 0.3)

    assert not deaf.alive


def test_another_process_of_the_number_is_left_alone(processes: Processes, tmp_path: Path) -> None:
    with subprocess.Popen(["sleep", "600"], start_new_session=True) as other:
        (tmp_path / "old.pid").write_text(f"{other.pid} 1")

        processes.stop(["old"], PATIENCE)

        assert other.poll() is None
        assert not (tmp_path / "old.pid").exists()
        other.kill()


def test_what_has_failed_is_named(processes: Processes) -> None:
    processes.start(Program("good", ("true",)), ENVIRONMENT)
    processes.start(Program("bad", ("sh", "-c", "echo why; false")), ENVIRONMENT)

    assert processes.finish(["good", "bad"]) == ["bad"]
    assert processes.last_words("bad").endswith("\nwhy")
    assert list(processes) == []


def _wait_for(file: Path) -> None:
    deadline = time.monotonic() + 60
    while not file.exists():
        assert time.monotonic() < deadline
        time.sleep(0.02)
