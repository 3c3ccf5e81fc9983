# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the judges share."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from unit.reliability.stage import SPELLS, Clock, Stage

from simulator import Simulator


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # it tells of each try
    with Simulator(token_seconds=1e9, **SPELLS) as cloud:
        clock = Clock(cloud)
        with clock.installed():
            yield Stage(cloud, clock, tmp_path_factory.mktemp("stage"))
