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
from integration.harness import ALL_WAYS, MODES, MODULE, Ansible

from simulator import Simulator

# Tests of what happens between the engine and the cloud, which is the same code in both modes. Of states to wait for,
# faults, many objects, plans and texts, the first runs as an ordinary module nevertheless.
SAMPLED = {"test_baremetal", "test_failures", "test_fleets", "test_messages", "test_other_names", "test_plans"}
ALIKE_IN_BOTH_MODES = {
    *SAMPLED,
    *("test_budgets", "test_metrics", "test_platform_types", "test_virtualization", "test_zones_norms"),
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of tests that are alike in both modes, run a few as an ordinary module, unless all are wanted."""
    if ALL_WAYS:
        return
    seen = ALIKE_IN_BOTH_MODES - SAMPLED
    left_out = []
    for item in items:
        if _is_alike(item):
            left_out += [item] if item.path.stem in seen else []
            seen.add(item.path.stem)
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _is_alike(item: pytest.Item) -> bool:
    return item.path.stem in ALIKE_IN_BOTH_MODES and MODULE in item.name.partition("[")[2].rstrip("]").split("-")


def pytest_xdist_auto_num_workers() -> int:
    """Most of the time a playbook waits, for the platform or for its own tasks, so that three share a core."""
    return int(os.environ.get("PYTEST_XDIST_AUTO_NUM_WORKERS") or 3 * (os.cpu_count() or 1))


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
