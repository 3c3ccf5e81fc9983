# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real Ironic, started once; emptied before each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from integration.harness import MODES, Ansible
from ironic import service
from ironic.gateway import Gateway


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with service.running(tmp_path_factory.mktemp("ironic")) as ironic, Gateway(ironic.url) as gateway:
        yield gateway


@pytest.fixture
def cloud(running: Gateway) -> Gateway:
    running.reset()
    return running


@pytest.fixture
def ansible(cloud: Gateway, tmp_path: Path) -> Ansible:
    return Ansible(cloud, tmp_path)


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    """How the tasks run: in the controller's process, or as ordinary modules."""
    return request.param
