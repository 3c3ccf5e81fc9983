# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Garbage is collected seldom while hosts are made, and as before afterwards."""

from __future__ import annotations

import gc

import pytest

from ansible_collections.h3c.cloudos.plugins.plugin_utils.gc_tuning import relaxed_gc


@pytest.fixture
def collected():
    """The generations that were collected."""
    found = []

    def note(phase, details):
        if phase == "start":
            found.append(details["generation"])

    gc.callbacks.append(note)
    yield found
    gc.callbacks.remove(note)


def test_what_was_made_is_not_looked_through_at_the_end(collected):
    before = gc.get_threshold()
    with relaxed_gc():
        made = [[number] for number in range(50_000)]
        assert gc.get_threshold()[0] > before[0]
    kept = [[number] for number in range(5 * before[0])]
    assert len(made) == 50_000 and len(kept) == 5 * before[0]
    assert collected and 2 not in collected
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_a_failure_leaves_nothing_changed():
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="x"), relaxed_gc():
        raise ValueError("x")
    assert (gc.get_threshold(), gc.get_freeze_count()) == (before, 0)


def test_what_others_have_frozen_stays_frozen():
    gc.freeze()
    try:
        with relaxed_gc():
            pass
        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def test_a_collector_that_is_off_stays_off():
    before = gc.get_threshold()
    gc.set_threshold(0)
    try:
        with relaxed_gc():
            assert gc.get_threshold()[0] == 0
        assert gc.get_threshold()[0] == 0
    finally:
        gc.set_threshold(*before)
