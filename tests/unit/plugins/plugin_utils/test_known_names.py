# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names that processes share: seen by all of them, for a while, whole or not at all, whoever is killed."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.model.known_names import known_part
from ansible_collections.h3c.cloudos.plugins.module_utils.model.reference import Reference
from ansible_collections.h3c.cloudos.plugins.module_utils.model.shared_lists import SHARED_SECONDS
from ansible_collections.h3c.cloudos.plugins.plugin_utils import known_names
from ansible_collections.h3c.cloudos.plugins.plugin_utils.known_names import Board, BoardNames

LIST = Operation("thing-list", "GET", "/things")
THING = Reference("thing", LIST, "things", known_members=("colour",))
OTHER = Reference("other thing", LIST, "things", known_members=())
UNSHARED = Reference("unshared thing", LIST, "things")
ENTRIES = [{"id": "1", "name": "one"}, {"id": "2", "name": "two"}]
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def board():
    return Board()


def in_another_process(work):
    process = FORK.Process(target=work)
    process.start()
    process.join(60)
    assert process.exitcode == 0


def test_processes_share_what_one_has_read(board):
    in_another_process(lambda: BoardNames(board, "here").write(THING, ENTRIES, board.mark))
    names = BoardNames(board, "here")
    assert names.read(THING) == ENTRIES
    assert names.read(OTHER) is None
    assert BoardNames(board, "elsewhere").read(THING) is None
    in_another_process(lambda: BoardNames(board, "here").write(THING, ENTRIES[:1], board.mark))
    assert names.read(THING) == ENTRIES[:1]


def test_any_write_of_any_process_ends_it(board):
    names = BoardNames(board, "here")
    names.write(THING, ENTRIES, board.mark)
    assert names.read(THING) == ENTRIES
    in_another_process(board.drop)
    assert names.read(THING) is None


def test_what_was_read_while_another_wrote_does_not_count(board):
    names = BoardNames(board, "here")
    mark = names.mark()
    in_another_process(board.drop)
    names.write(THING, ENTRIES, mark)
    assert names.read(THING) is None


def test_it_lasts_for_some_seconds(board, monkeypatch):
    names = BoardNames(board, "here")
    names.write(THING, ENTRIES, board.mark)
    now = time.monotonic()
    monkeypatch.setattr(known_names.time, "monotonic", lambda: now + SHARED_SECONDS - 1)
    assert names.read(THING) == ENTRIES
    monkeypatch.setattr(known_names.time, "monotonic", lambda: now + SHARED_SECONDS + 1)
    assert names.read(THING) is None


def test_what_was_written_in_part_is_not_there(board):
    """Each byte of a record counts."""
    for place in (1, 40, 70, 85, 100, 110):
        names = BoardNames(board, f"place {place}")
        names.write(THING, ENTRIES, board.mark)
        start, _head = board.find(names._owner(THING))
        assert names.read(THING) == ENTRIES
        spoiled = bytes([board._memory[start + place] ^ 1])
        board._memory[start + place : start + place + 1] = spoiled
        assert BoardNames(board, f"place {place}").read(THING) is None


def test_its_size_is_bounded(board, monkeypatch):
    """A list that is too long is not shared; of too many lists, the oldest is not any more."""
    names = BoardNames(board, "here")
    long = [{"id": str(number), "name": "n" * 200} for number in range(1000)]
    names.write(THING, long, board.mark)
    assert names.read(THING) is None
    names.write(THING, ENTRIES, board.mark)
    for number in range(known_names._RECORDS):
        assert names.read(THING) == ENTRIES
        BoardNames(board, number).write(THING, ENTRIES[:1], board.mark)
    assert names.read(THING) is None
    assert BoardNames(board, number).read(THING) == ENTRIES[:1]


def test_only_names_are_shared(board):
    entry = {"id": "1", "name": "one", "colour": "red", "password": "p4ssword", "links": [{"href": "x"}], "ram": 1}
    names = BoardNames(board, "here")
    names.write(THING, [entry], board.mark)
    assert names.read(THING) == [{"id": "1", "name": "one", "colour": "red"}]
    assert b"p4ssword" not in board._memory[:]
    telling = Reference("thing", LIST, "things", names=("name", "admin_password"), known_members=("links",))
    assert known_part(telling, {**entry, "admin_password": "p4ssword"}) == {"id": "1", "name": "one"}
    names.write(UNSHARED, [entry], board.mark)
    assert names.read(UNSHARED) is None


def _write_and_read(board, number):
    mine = BoardNames(board, "everybody")
    for turn in range(2000):
        size = (number * 7 + turn) % 50
        mine.write(THING, [{"id": f"{number}", "name": f"{size}"}] * size, board.mark)
        seen = mine.read(THING)
        if seen and seen != [seen[0]] * int(seen[0]["name"]):
            os._exit(3)
        if turn % 100 == 99:
            board.drop()


def test_many_at_once_some_of_which_are_killed(board):
    """Nobody waits for anybody, and nobody sees half of what another writes."""
    workers = [FORK.Process(target=_write_and_read, args=(board, number)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers[:4]:
        time.sleep(0.05)
        os.kill(worker.pid, signal.SIGKILL)
    names, last = BoardNames(board, "everybody"), [{"id": "last", "name": "1"}]
    for worker in workers:
        worker.join(120)
    assert [worker.exitcode for worker in workers[4:]] == [0] * 4
    names.write(THING, last, board.mark)
    assert names.read(THING) == last


def test_without_memory_nothing_is_shared(monkeypatch):
    def refused(*_args):
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr(known_names.mmap, "mmap", refused)
    assert known_names.new_board() is None
