# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is shown of long work: waits, data on their way, and how it ended; nothing of work that ends soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.session import CHUNK, FileStream
from ansible_collections.h3c.cloudos.plugins.module_utils.model import progress


class Clock:
    """Time that passes when a test says so."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def test_work_that_ends_soon_says_nothing(clock: Clock) -> None:
    lines: list[str] = []
    work = progress.Progress(lines.append)
    for _look in range(5):
        work.state("server a", "BUILD")
        work.stage("export: servers")
        clock.now += 1
    work.end("server a: done")
    assert lines == []


def test_a_long_wait_shows_new_states_and_something_every_half_minute(clock: Clock) -> None:
    lines: list[str] = []
    work = progress.Progress(lines.append, lambda text: text.replace("Canary", "********"))
    for second in range(80):
        work.state("server Canary", "BUILD" if second < 60 else "ACTIVE (no address yet)")
        clock.now += 1
    work.end("server Canary: done in 80 s")
    assert lines == [
        "[   5 s] server ********: BUILD for 5 s",
        "[  35 s] server ********: BUILD for 35 s",
        "[  60 s] server ********: ACTIVE (no address yet) for 0 s",
        "[  80 s] server ********: done in 80 s",
    ]


def test_data_show_percent_rate_and_the_time_that_is_left(clock: Clock) -> None:
    lines: list[str] = []
    meter = progress.Progress(lines.append).meter("image a: upload")
    assert meter is not None
    for done in range(101):
        meter(done * 21_000_000, 2_100_000_000)
        clock.now += 0.25
    assert lines == [
        "[  10 s] image a: upload: 40 % of 2.1 GB, 84 MB/s, 15 s left",
        "[  20 s] image a: upload: 80 % of 2.1 GB, 84 MB/s, 5 s left",
        "[  25 s] image a: upload: 100 % of 2.1 GB, 84 MB/s",
    ]


def test_data_whose_size_nobody_knows_show_what_is_through(clock: Clock) -> None:
    lines: list[str] = []
    meter = progress.Progress(lines.append).meter("image a: upload")
    assert meter is not None
    clock.now += 200
    meter(2_000, None)
    assert lines == ["[ 200 s] image a: upload: 2.0 kB, 10 B/s"]


def test_where_nobody_sees_it_nothing_is_measured() -> None:
    assert progress.Progress().meter("image a: upload") is None


def test_a_file_that_is_sent_shows_how_far_it_is_and_begins_anew(tmp_path: Path) -> None:
    path, seen = tmp_path / "image", []
    path.write_bytes(b"x" * (CHUNK + 10))
    with path.open("rb") as file:
        stream = FileStream(file)
        stream.meter = lambda done, total: seen.append((done, total))
        list(stream)
        stream.seek(0)
        next(iter(stream))
    assert seen == [(CHUNK, CHUNK + 10), (CHUNK + 10, CHUNK + 10), (CHUNK, CHUNK + 10)]
