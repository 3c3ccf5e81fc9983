# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Under a limit of requests a second, few are refused, and little time is lost; all in a time of its own."""

from __future__ import annotations

import heapq
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import exchange, pacing
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.exchange import Exchange, Request
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from simulator.errors import ApiError
from simulator.rates import RateLimit

CREATE = Operation("thing-create", "POST", "/things")
THREADS = 10
LATENCY = 0.05


class OwnTime:
    """Time of a number of threads that passes when all of them sleep."""

    def __init__(self, threads: int) -> None:
        self._running, self._now = threads, 1000.0
        self._sleepers: list[tuple[float, int, threading.Event]] = []
        self._lock, self._count = threading.Lock(), 0

    def monotonic(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        woken = threading.Event()
        with self._lock:
            self._count += 1
            heapq.heappush(self._sleepers, (self._now + seconds, self._count, woken))
            self._leave()
        woken.wait()

    def end(self) -> None:
        """A thread has no more to do."""
        with self._lock:
            self._leave()

    def _leave(self) -> None:
        self._running -= 1
        if not self._running and self._sleepers:
            self._now, _count, woken = heapq.heappop(self._sleepers)
            self._running += 1
            woken.set()


class Limited:
    """A platform that takes so many requests in a second."""

    def __init__(self, own_time: OwnTime, limit: float) -> None:
        self.time, self.limit, self.rate = own_time, limit, RateLimit()
        self.lock = threading.Lock()
        self.taken: deque[int] = deque()
        self.refused: deque[float] = deque()

    def answer(self, request: Request) -> requests.Response:
        self.time.sleep(LATENCY / 2)
        response = requests.Response()
        response.url, response.status_code, response._content = request.url, 200, b"{}"
        response._content_consumed = True
        try:
            with self.lock:
                self.rate.demand_room(self.limit, self.time.monotonic())
                self.taken.append(request.body["number"])
        except ApiError as error:
            self.refused.append(self.time.monotonic())
            response.status_code = error.status
            response.headers.update(error.headers)
        self.time.sleep(LATENCY / 2)
        return response


@pytest.fixture
def platform(monkeypatch):
    own_time = OwnTime(THREADS)
    limited = Limited(own_time, 50)
    for module in (exchange, pacing):
        monkeypatch.setattr(module, "time", own_time)
    monkeypatch.setattr(Exchange, "send_once", lambda self, request: limited.answer(request))
    return limited


def send_all(platform: Limited, count: int, threads: int = THREADS) -> float:
    """Send so many requests, and return the seconds that it took in the time of the threads."""
    sender = Exchange(Connection("http://cloud", token="t", retries=4), Redactor())
    numbers, lock, began = iter(range(count)), threading.Lock(), platform.time.monotonic()

    def send_next() -> bool:
        with lock:
            number = next(numbers, None)
        if number is not None:
            sender.send(Request(CREATE, "http://cloud/things", body={"number": number}))
        return number is not None

    def work(_thread: int) -> None:
        try:
            while send_next():
                pass
        finally:
            platform.time.end()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    return platform.time.monotonic() - began


@pytest.mark.parametrize("count", [110, 1000])
def test_what_is_under_way_is_refused_once_and_nothing_is_taken_twice(platform, count):
    seconds = send_all(platform, count)
    assert sorted(platform.taken) == list(range(count))
    assert len(platform.refused) <= max(THREADS, 0.02 * count)
    assert seconds <= 1.25 * count / platform.limit + 1


def test_without_a_limit_there_is_no_pace(platform):
    platform.limit = 0
    assert send_all(platform, 200) == pytest.approx(200 / THREADS * LATENCY)


def test_nothing_is_sent_before_the_time_that_the_platform_asks_for():
    pace = pacing.Pace()
    sent = pace.admit()
    pace.refused(sent, 7.0)
    assert pace.admit() >= sent + 7.0


def test_a_pace_that_is_too_slow_becomes_faster(platform):
    """One request is refused when hardly any was sent: that tells nothing about what the platform takes."""
    platform.limit, platform.rate._taken = 50, deque([platform.time.monotonic()] * 49)
    seconds = send_all(platform, 400)
    assert seconds < 60, "at one request a second it would be 400"
