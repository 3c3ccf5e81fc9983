# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Whoever is left behind by a killed controller sends nothing more."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import ancestors
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation

READ = Operation("thing-list", "GET", "/things")

# A controller that forks a worker, which runs the code itself or, as Ansible does, a command with it.
CONTROLLER = """
import os, subprocess, sys, time
code, as_module, report = sys.argv[1:]
if os.fork() == 0:
    os.setsid()
    if as_module == "module":
        subprocess.run(["/bin/sh", "-c", f"{sys.executable} -c '{code}' {report} && sleep 0"])
    else:
        sys.argv = ["-c", report]
        exec(code)
    os._exit(0)
time.sleep(60)
"""
WATCHER = """
import sys, time
from pathlib import Path
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import ancestors
ancestry = ancestors.of_this_process()
report = Path(sys.argv[1])
report.write_text(str(ancestry.is_broken))
deadline = time.monotonic() + 60
while not ancestry.is_broken and time.monotonic() < deadline:
    time.sleep(0.05)
report.write_text("broken" if ancestry.is_broken else "whole")
"""


def awaited(report: Path, wanted: str) -> bool:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if report.exists() and report.read_text() == wanted:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("how", ["in process", "module"])
def test_the_end_of_the_controller_is_noticed(how, tmp_path, monkeypatch):
    monkeypatch.undo()  # the waiting here is real
    report = tmp_path / "report"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    controller = subprocess.Popen([sys.executable, "-c", CONTROLLER, WATCHER, how, str(report)], env=environment)
    try:
        assert awaited(report, "False")
    finally:
        controller.kill()
        controller.wait()
    assert awaited(report, "broken")


def test_a_shell_that_forks_itself_is_no_controller(tmp_path, monkeypatch):
    """The shell in which a script was begun may end before it."""
    monkeypatch.undo()
    report = tmp_path / "report"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    watcher = tmp_path / "watch.py"
    watcher.write_text(WATCHER.replace("+ 60", "+ 1"))
    script = f"( {sys.executable} {watcher} {report}; true ) & sleep 0.5"
    subprocess.run(["/bin/bash", "-c", script], env=environment, check=True)
    assert awaited(report, "whole")


def test_an_ordinary_process_has_a_whole_ancestry():
    assert not ancestors.Ancestry().is_broken


def test_nothing_is_sent_for_a_controller_that_has_ended(platform, monkeypatch):
    client = platform.client()
    monkeypatch.setattr(ancestors.Ancestry, "is_broken", property(lambda self: True))
    with pytest.raises(CloudError, match="not sent, because the process that asked for it has ended"):
        client.call(READ)
    assert not platform.seen
