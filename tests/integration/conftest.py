# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator that is reset before each test, and playbooks that run against it."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.harness import MODES, Ansible

from simulator import Simulator


def pytest_xdist_auto_num_workers() -> int:
    """Half of the time a playbook waits for the platform, so that two share a core."""
    return 2 * (os.cpu_count() or 1)


@pytest.fixture(scope="session")
def running() -> Iterator[Simulator]:
    with Simulator(build_seconds=0.1, action_seconds=0.1) as simulator:
        yield simulator


@pytest.fixture
def cloud(running: Simulator) -> Simulator:
    """A platform as it is after a start; work takes a tenth of a second."""
    running.reset()
    return running


@pytest.fixture
def ansible(cloud: Simulator, tmp_path: Path) -> Ansible:
    return Ansible(cloud, tmp_path)


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    """How the tasks run: in the controller's process, or as ordinary modules."""
    return request.param


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate for 127.0.0.1 that nobody has signed, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(command, check=True, capture_output=True)
    return str(cert), str(key)
