# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The export of a large platform that is far away: each server is described by requests of its own."""

from __future__ import annotations

from collections.abc import Iterator

from ..choice import Choice
from ..report import Table
from . import latency
from .latency import Way

NAME = "export"

_SECONDS = (0.0, 0.1)


def run(choice: Choice) -> Iterator[Table]:
    with latency.platform(choice.servers) as (present, network):
        found = ways(choice.servers)
        rounds = latency.measure(present, network, found, choice.slow_runs, _SECONDS)
        yield latency.table("An export of a distant platform", found, rounds)


def ways(servers: int) -> dict[str, Way]:
    return {
        latency.FLOOR: Way({"bench_noop": {}}, 0),
        "export: cloudos_export": Way({"h3c.cloudos.cloudos_export": {}}, servers),
    }
