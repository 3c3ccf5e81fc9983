# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program needs that a test starts, whoever runs the test: make, an editor or ansible-test."""

from __future__ import annotations

import os
from pathlib import Path

from ansible_collections.h3c.cloudos import plugins

TESTS = Path(__file__).resolve().parents[1]
# Where this test's own collection is found: ansible-test has it elsewhere than make.
COLLECTIONS = Path(next(iter(plugins.__path__))).parents[3]
# Settings of the caller's Ansible and CloudOS, and those of the pytest that runs the test
_OTHERS = ("ANSIBLE_", "CLOUDOS_", "PYTEST_", "PYTHONPATH")


def environment(**more: str) -> dict[str, str]:
    """Nothing of what the test itself was started with, but the way to the collection and to the tests' packages."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OTHERS)}
    paths = os.pathsep.join(map(str, (COLLECTIONS, TESTS)))
    return {**inherited, "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS), "PYTHONPATH": paths, **more}
