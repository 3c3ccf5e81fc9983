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

    def play(results, seconds, known=True):
        progress = loop_progress.LoopProgress("Manage flavors", lambda: len(results) if known else None, lines.append)
        for result in results:
            clock.now += seconds
            progress.note(result)
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
    of, end = (" of 5", ["[  75 s] Manage flavors: 5 done in 75 s, 1 changed, 0 failed"]) if known else ("", [])
    assert played([SAME, CHANGED, SAME, SAME, SAME], 15, known) == [
        f"[  30 s] Manage flavors: 2{of} items done, 1 changed, 0 failed",
        f"[  60 s] Manage flavors: 4{of} items done, 1 changed, 0 failed",
        *end,
    ]


def test_the_items_of_a_loop_share_its_progress_and_other_tasks_have_none():
    def fails(_value):
        raise AnsibleError("no such variable")

    task = Task.load({"name": "Manage", "debug": {"msg": ""}, "loop": "{{ numbers }}"})
    progress = loop_progress.of_task(task, lambda value: {"{{ numbers }}": [1, 2]}[value], print)
    assert progress is loop_progress.of_task(task.copy(), fails, print)
    assert progress._count() == 2
    assert loop_progress.of_task(Task.load({"debug": {"msg": ""}, "loop": "{{ none }}"}), fails, print)._count() is None
    assert loop_progress.of_task(Task.load({"debug": {"msg": ""}}), fails, print) is None
