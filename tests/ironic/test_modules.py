# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks that the simulator gets, against real Ironic: targets, and the journeys of the matrix."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from integration.harness import HERE, IN_PROCESS, Ansible
from integration.test_matrix import STATE, broken_on_the_journey, load
from ironic.gateway import Gateway

MODULES = ("cloudos_baremetal_node", "cloudos_baremetal_port", "cloudos_baremetal_portgroup")
TARGETS = [name for name in MODULES if (HERE / "targets" / name).is_dir()]
MATRIX = [name for name in MODULES if name in STATE]


@pytest.mark.parametrize("target", TARGETS)
def test_a_target(ansible: Ansible, target: str, mode: str) -> None:
    ansible.play([], mode=mode, roles=[target])


@pytest.mark.parametrize("module", MATRIX)
def test_a_journey(cloud: Gateway, ansible: Ansible, tmp_path: Path, module: str) -> None:
    case = dataclasses.replace(load(module, tmp_path), twins={})  # Ironic has no two nodes of one name
    problems = broken_on_the_journey(case, cloud, ansible, modes=[IN_PROCESS])
    if problems:
        pytest.fail("\n".join(problems), pytrace=False)
