# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the unit tests share the cores of a machine."""

from __future__ import annotations

import os


def pytest_xdist_auto_num_workers() -> int:
    """A third of the time a test waits, for a thread or for another program, so that three share two cores."""
    return (3 * (os.cpu_count() or 1) + 1) // 2
