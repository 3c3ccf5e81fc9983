# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a command costs, and what is left of many runs: medians, and ratios within a round.

A machine is not equally fast all the time. So all ways to do one thing run in turn, round after round, and a ratio is
the median of the ratios within each round, not the ratio of two medians.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock and of CPU (with all children), peak of memory of the largest process, requests."""

    seconds: float
    cpu: float
    peak_mb: float = 0.0
    requests: float = 0

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.seconds - other.seconds, self.cpu - other.cpu, self.peak_mb, self.requests - other.requests)

    def __truediv__(self, parts: int) -> Cost:
        return Cost(self.seconds / parts, self.cpu / parts, self.peak_mb, self.requests / parts)


Round = Mapping[str, Cost]


class CommandFailed(Exception):
    """A command that was to be measured did not do what it should."""


def command(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path, count: Callable[[], int] = lambda: 0
) -> Cost:
    """Run a command to its end. `count` tells how many requests there have been so far.

    Raises:
        CommandFailed: with the end of its output.
    """
    before = count()
    output = folder / "output.txt"
    with output.open("w", encoding="utf-8") as file:
        started = time.perf_counter()
        process = subprocess.Popen(
            arguments, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise CommandFailed(f"{arguments}: exit code {process.returncode}\n{output.read_text()[-3000:]}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, count() - before)


def in_turn(ways: Mapping[str, Callable[[], Cost]], runs: int) -> list[Round]:
    """Each way once, and that `runs` times."""
    return [{name: way() for name, way in ways.items()} for _run in range(runs)]


def median(rounds: Sequence[Round], name: str, value: Callable[[Cost], float]) -> float:
    return statistics.median(value(costs[name]) for costs in rounds)


def ratio(rounds: Sequence[Round], name: str, base: str, value: Callable[[Cost], float]) -> float:
    """How many times the base one costs: the median over the rounds."""
    return statistics.median(value(costs[name]) / value(costs[base]) for costs in rounds)
