# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is shown of a loop: how it has ended, and something every half minute."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleError
from ansible.playbook.task import Task

from ansible_collections.h3c.cloudos.plugins.plugin_utils import loop_progress

CHANGED, FAILED, SAME = {"changed": True}, {"failed": True}, {"changed": False}


class Connection:
    """What Ansible closes at the end of a task."""

    closed = 0

    def close(self) -> None:
        self.closed += 1


class Clock:
    """Time that passes when a test says so."""

    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def played(monkeypatch):
    """Plays a loop of results, each of which takes so many seconds; returns the lines."""
    clock, lines = Clock(), []
    monkeypatch.setattr(loop_progress, "time", clock)

    def play(results, seconds, known=True, skipped=0):
        count = len(results) + skipped if known else None
        progress = loop_progress.LoopProgress("Manage flavors", lambda: count, lines.append)
        for result in results:
            clock.now += seconds
            progress.note(result)
        progress.end()
        return lines

    return play


def test_a_loop_ends_with_its_counts_and_seconds(played):
    assert played([CHANGED, SAME, CHANGED, FAILED], 1.5) == [
        "[   6 s] Manage flavors: 3 done in 6 s, 2 changed, 1 failed"
    ]


def test_a_loop_that_ends_soon_says_nothing(played):
    assert played([CHANGED, FAILED], 2) == []


@pytest.mark.parametrize("known", [True, False])
def test_a_long_loop_says_something_every_half_minute(played, known):
    of = " of 5" if known else ""
    assert played([SAME, CHANGED, SAME, SAME, SAME], 15, known) == [
        f"[  30 s] Manage flavors: 2{of} items done, 1 changed, 0 failed",
        f"[  60 s] Manage flavors: 4{of} items done, 1 changed, 0 failed",
        "[  75 s] Manage flavors: 5 done in 75 s, 1 changed, 0 failed",
    ]


def test_the_last_of_many_items_is_told_once(played):
    assert played([SAME, SAME], 30) == [
        "[  30 s] Manage flavors: 1 of 2 items done, 0 changed, 0 failed",
        "[  60 s] Manage flavors: 2 done in 60 s, 0 changed, 0 failed",
    ]


def test_items_that_never_ran_are_counted_as_such(played):
    assert played([SAME, FAILED], 5, skipped=3) == [
        "[  10 s] Manage flavors: 1 done in 10 s, 0 changed, 1 failed, 3 not run"
    ]


def test_a_loop_ends_when_ansible_closes_the_connection_of_its_last_item(monkeypatch):
    clock, lines = Clock(), []
    monkeypatch.setattr(loop_progress, "time", clock)
    task = Task.load({"name": "Manage", "debug": {"msg": ""}, "loop": [1, 2, 3]})
    connections = [Connection(), Connection()]
    for connection in (connections[0], *connections):
        progress = loop_progress.of_task(task, lambda value: value, lines.append, connection)
    clock.now += 9
    progress.note(SAME)
    connections[0].close()
    assert lines == []
    connections[1].close()
    connections[1].close()
    assert lines == ["[   9 s] Manage: 1 done in 9 s, 0 changed, 0 failed, 2 not run"]
    assert [connection.closed for connection in connections] == [1, 2]


def test_the_items_of_a_loop_share_its_progress_and_other_tasks_have_none():
    def fails(_value):
        raise AnsibleError("no such variable")

    task = Task.load({"name": "Manage", "debug": {"msg": ""}, "loop": "{{ numbers }}"})
    progress = loop_progress.of_task(task, lambda value: {"{{ numbers }}": [1, 2]}[value], print, Connection())
    assert progress is loop_progress.of_task(task.copy(), fails, print, Connection())
    assert progress._count() == 2
    unknown = Task.load({"debug": {"msg": ""}, "loop": "{{ none }}"})
    assert loop_progress.of_task(unknown, fails, print, Connection())._count() is None
    assert loop_progress.of_task(Task.load({"debug": {"msg": ""}}), fails, print, Connection()) is None
