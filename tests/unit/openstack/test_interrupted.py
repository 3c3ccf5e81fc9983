# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who ends the command ends its tests, and what these have started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from unit.programs import environment

PATIENCE = 60  # seconds

OUTER = """
import signal, sys
from openstack.__main__ import interrupt, run

signal.signal(signal.SIGTERM, interrupt)
signal.signal(signal.SIGINT, interrupt)  # which is ignored where a shell has started the tests in the background
run([sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", sys.argv[1], sys.argv[1]], patience=0.1)
"""
INNER = """
import subprocess

def test_a_playbook():
    subprocess.run(["sh", "-c", "echo $$ >{number}.new; mv {number}.new {number}; exec sleep 600"])
"""


@pytest.mark.parametrize("everyone", [False, True], ids=["a signal to the command alone", "Ctrl-C"])
def test_nothing_is_left_of_an_interrupted_command(everyone: bool, tmp_path: Path) -> None:
    number = tmp_path / "number"
    (tmp_path / "test_it.py").write_text(INNER.format(number=number))
    command = [sys.executable, "-c", OUTER, str(tmp_path)]
    with subprocess.Popen(command, env=environment(), cwd=tmp_path, start_new_session=True) as outer:
        _wait_until(number.exists)

        if everyone:
            os.killpg(outer.pid, signal.SIGINT)
        else:
            outer.send_signal(signal.SIGTERM)

        assert outer.wait(PATIENCE) != 0
    _wait_until(lambda: not _lives(int(number.read_text())))


def _lives(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _wait_until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)
