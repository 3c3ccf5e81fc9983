# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The services that `make test-openstack` has started; what a test left is deleted before the next one."""

from __future__ import annotations

from pathlib import Path

import pytest
from integration.harness import MODES, Ansible

from openstack.cloud import Cloud
from openstack.lifecycle import Lifecycle
from openstack.settings import Settings


@pytest.fixture(scope="session")
def running() -> Cloud:
    settings = Settings.from_environment()
    if not Lifecycle(settings).running():
        pytest.exit("nothing runs: use make test-openstack, or make openstack-up before", returncode=4)
    return Cloud(settings)


@pytest.fixture
def cloud(running: Cloud) -> Cloud:
    running.reset()
    return running


@pytest.fixture
def ansible(cloud: Cloud, tmp_path: Path) -> Ansible:
    return Ansible(cloud, tmp_path)


@pytest.fixture(params=MODES)
def mode(request: pytest.FixtureRequest) -> str:
    """How the tasks run: in the controller's process, or as ordinary modules."""
    return request.param
