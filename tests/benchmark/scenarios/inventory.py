# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inventories of many servers with three keyed groups, beside the least that the same inventory can cost.

All of them read from one server of canned pages, each in a process of its own, in turn.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import requests
import yaml

from ..canned import canned
from ..choice import Choice
from ..measure import Cost, Round, in_turn, median, ratio
from ..parse import CACHE, FLOOR, PEER, PLUGIN
from ..report import Table
from ..stage import PYTHON, REPOSITORY, ansible_environment, standard_cloud

NAME = "inventory"


def run(choice: Choice) -> Iterator[Table]:
    for size in choice.hosts:
        with canned(size) as url, tempfile.TemporaryDirectory(prefix="cloudos-bench-") as name:
            folder = Path(name)
            (folder / "clouds.yaml").write_text(yaml.safe_dump({"clouds": {"bench": standard_cloud(url)}}))
            seen: set[str] = set()
            ways = {kind: partial(measure, kind, url, folder, size, seen) for kind in (FLOOR, PLUGIN, CACHE, PEER)}
            ways[CACHE]()  # fills the cache, and writes byte code
            peer = {PEER: ways.pop(PEER), PLUGIN: ways[PLUGIN]}
            quick = in_turn(ways, choice.runs)
            slow = in_turn(peer, choice.slow_runs)
            assert len(seen) == 1, "not the same inventory"
            yield table(size, quick, slow)


def measure(kind: str, url: str, folder: Path, size: int, seen: set[str]) -> Cost:
    """One inventory in a process of its own; what came of it is added to what was seen."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "CLOUDOS_"))}
    environment |= {**ansible_environment(folder), "PYTHONPATH": str(REPOSITORY / "tests")}
    before = requests.get(f"{url}/count", timeout=30).json()
    command = [str(PYTHON), "-m", "benchmark.parse", kind, url, str(folder)]
    output = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout
    told = json.loads(output)
    assert told["hosts"] == size, told
    if told["content"]:
        seen.add(told["content"])
    count = requests.get(f"{url}/count", timeout=30).json() - before
    return Cost(told["seconds"], told["cpu"], told["peak_mb"], count)


def table(size: int, quick: list[Round], slow: list[Round]) -> Table:
    columns = ["", "seconds", "CPU seconds", "peak MB", "requests", "CPU / floor", "peak / floor"]
    columns += ["openstack.cloud / CPU", "rounds"]
    rows = []
    for kind, rounds in ((FLOOR, quick), (PLUGIN, quick), (CACHE, quick), (PEER, slow)):
        beside = kind != PEER
        rows.append(
            [
                kind,
                median(rounds, kind, lambda cost: cost.seconds),
                median(rounds, kind, lambda cost: cost.cpu),
                median(rounds, kind, lambda cost: cost.peak_mb),
                int(median(rounds, kind, lambda cost: cost.requests)),
                ratio(rounds, kind, FLOOR, lambda cost: cost.cpu) if beside else None,
                ratio(rounds, kind, FLOOR, lambda cost: cost.peak_mb) if beside else None,
                ratio(slow, PEER, kind, lambda cost: cost.cpu) if kind in (PLUGIN, PEER) else None,
                len(rounds),
            ]
        )
    note = "Seconds of making the inventory; the start of Python and its imports are not in them, but in the peak."
    return Table(f"An inventory of {size} servers with three keyed groups", columns, rows, note)
