# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""When the items of a loop ask for a list, and how long it may be."""

from __future__ import annotations

import time

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.model import loop_lists
from ansible_collections.h3c.cloudos.plugins.module_utils.model.loop_lists import LoopList


class Cloud:
    """A list of so many objects, and what was asked of it."""

    def __init__(self, count):
        self.count, self.asked = count, []

    def page(self, limit):
        self.asked.append(limit)
        shown = min(limit, self.count)
        return [{"name": f"n-{number}"} for number in range(shown)], self.count > limit


def look(items, cloud, count, name="n-0"):
    return [items.named(name, cloud.page) for _item in range(count)]


def test_the_first_items_look_for_themselves():
    items, cloud = LoopList(b""), Cloud(12)
    found = look(items, cloud, 6)
    assert found == [None] * 3 + [[{"name": "n-0"}]] * 3
    assert cloud.asked == [120]
    assert items.named("another", cloud.page) is None


@pytest.mark.parametrize(
    ("objects", "asked"),
    [
        (120, [120]),
        (121, [120, 240]),
        (480, [120, 240, 480]),
        (1000, [120, 240, 480, 960, 1000]),
        (5000, [120, 240, 480, 960, 1000]),
    ],
)
def test_a_longer_list_is_for_longer_loops(objects, asked):
    cloud = Cloud(objects)
    found = look(LoopList(b""), cloud, 500)
    assert cloud.asked == asked
    # Of what is read in vain, each item pays for some entries only.
    assert found.count(None) == (500 if objects == 5000 else 4 * 2 ** (len(asked) - 1) - 1)


def test_it_is_read_again_when_it_is_old(monkeypatch):
    items, cloud = LoopList(b""), Cloud(12)
    look(items, cloud, 5)
    now = time.monotonic() + 11
    monkeypatch.setattr(loop_lists.time, "monotonic", lambda: now)
    assert look(items, cloud, 2) == [[{"name": "n-0"}]] * 2
    assert cloud.asked == [120, 120]


def test_a_platform_that_refuses_it_is_asked_once():
    asked = []

    def refused(limit):
        asked.append(limit)
        raise CloudError("no such parameter", status=400)

    items = LoopList(b"")
    assert [items.named("n-0", refused) for _item in range(50)] == [None] * 50
    assert asked == [120]
