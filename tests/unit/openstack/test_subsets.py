# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The selections of the tests on real services name tests that are there."""

from __future__ import annotations

import subprocess
import sys

import pytest
from unit.programs import environment

from openstack.__main__ import SUBSETS
from openstack.settings import HERE, REPOSITORY


@pytest.mark.parametrize("name", SUBSETS)
def test_every_test_of_a_selection_exists(name: str) -> None:
    tests = [f"{HERE}/{test}" for test in SUBSETS[name]]

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *tests],
        cwd=REPOSITORY,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
