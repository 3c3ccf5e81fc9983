# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The journeys of tests/integration/matrix that the objects of Ironic make."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from integration.harness import IN_PROCESS, Ansible
from integration.test_matrix import broken_on_the_journey, load

from openstack.cloud import Cloud

MODULES = ("cloudos_baremetal_node", "cloudos_baremetal_port", "cloudos_baremetal_portgroup")


@pytest.mark.parametrize("module", MODULES)
def test_a_journey(cloud: Cloud, ansible: Ansible, tmp_path: Path, module: str) -> None:
    case = dataclasses.replace(load(module, tmp_path), twins={})  # Ironic has no two nodes of one name

    problems = broken_on_the_journey(case, cloud, ansible, modes=[IN_PROCESS])

    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
