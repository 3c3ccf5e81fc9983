# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How thoroughly to measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """What the command line says.

    runs: rounds of what is quick. slow_runs: rounds of what takes minutes. items: of a loop. slow_items: of a loop
    whose items take a process each. tasks: of a play. hosts: sizes of inventories. growth: numbers of
    objects. upload_mb: size of the file of an image.
    """

    runs: int = 5
    slow_runs: int = 1
    items: int = 100
    slow_items: int = 10
    tasks: int = 50
    servers: int = 1000
    hosts: Sequence[int] = (1000, 10000)
    growth: Sequence[int] = (100, 1000, 10000)
    upload_mb: int = 1024
