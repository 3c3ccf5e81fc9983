# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The network of the benchmark, and what is made of its times."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from benchmark.distance import distance
from benchmark.measure import Cost
from benchmark.scenarios import export, latency
from simulator import Simulator


def read(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:
        return json.load(answer)


def test_a_distant_platform_answers_the_same_only_later(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    with Simulator() as cloud, distance(cloud.url) as network:
        address = f"{network.url}/_admin/state"
        near = read(address)
        network.seconds = 600.0
        monkeypatch.setattr(asyncio, "sleep", noted)
        with ThreadPoolExecutor(5) as pool:
            found = list(pool.map(read, [address] * 5))
    assert found == [near] * 5
    assert pauses.count(600.0) == 5, "a connection takes a round trip"
    assert sum(200 < pause <= 300 for pause in pauses) >= 2 * 5, "a request takes half of one, and so does its answer"


def test_round_trips_are_what_the_distance_costs() -> None:
    found = {latency.FLOOR: latency.Way({}, 0), "a task": latency.Way({}, 7)}
    rounds = {
        seconds: [{latency.FLOOR: Cost(0.5, 0.5), "a task": Cost(1 + 12 * seconds, 0.5, requests=30)}] * 3
        for seconds in latency.SECONDS
    }
    table = latency.table("Far away", found, rounds)
    assert table.rows[0][-2:] == [0, 0]
    assert table.rows[1] == ["a task", 7, 1.0, 1.24, 2.2, 30, 12]


def test_an_export_is_of_as_many_servers_as_are_chosen() -> None:
    found = export.ways(1000)
    assert found[latency.FLOOR].servers == 0
    assert [way.servers for way in found.values() if "h3c.cloudos.cloudos_export" in way.task] == [1000]
