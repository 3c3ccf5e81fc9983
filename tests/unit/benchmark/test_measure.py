# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is made of the runs of a benchmark."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmark.measure import CommandFailed, Cost, command, in_turn, median, ratio

# A machine that is three times as slow in the second round.
ROUNDS = [
    {"a": Cost(1.0, 0.5), "b": Cost(10.0, 6.0)},
    {"a": Cost(3.0, 1.5), "b": Cost(30.0, 15.0)},
    {"a": Cost(1.0, 0.4), "b": Cost(11.0, 4.0)},
]


def test_a_median_is_of_one_value_over_the_rounds() -> None:
    assert median(ROUNDS, "b", lambda cost: cost.cpu) == 6.0


def test_a_ratio_is_taken_within_each_round() -> None:
    assert ratio(ROUNDS, "b", "a", lambda cost: cost.seconds) == 10.0
    assert ratio(ROUNDS, "a", "b", lambda cost: cost.cpu) == 0.1


def test_the_ways_take_turns() -> None:
    order: list[str] = []

    def way(name: str) -> Cost:
        order.append(name)
        return Cost(1.0, 1.0)

    rounds = in_turn({"a": lambda: way("a"), "b": lambda: way("b")}, runs=2)

    assert order == ["a", "b", "a", "b"]
    assert len(rounds) == 2


def test_what_is_taken_off_leaves_the_peak_as_it_is() -> None:
    assert Cost(3.0, 2.0, 90.0, 12) - Cost(1.0, 0.5, 80.0, 2) == Cost(2.0, 1.5, 90.0, 10)


def test_a_cost_can_be_shared_out() -> None:
    assert Cost(3.0, 2.0, 90.0, 12) / 4 == Cost(0.75, 0.5, 90.0, 3.0)


def test_a_command_costs_its_childrens_time_too(tmp_path: Path) -> None:
    burn = "import time\nwhile time.process_time() < 0.1: pass"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {burn!r}], check=True)"
    counts = iter((3, 8))

    cost = command([sys.executable, "-c", outer], {}, tmp_path, lambda: next(counts))

    assert cost.cpu > 0.1
    assert cost.peak_mb > 1
    assert cost.requests == 5


def test_a_command_that_fails_tells_the_end_of_its_output(tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match=r"(?s)exit code 3.*no luck"):
        command([sys.executable, "-c", "print('no luck'); raise SystemExit(3)"], {}, tmp_path)
