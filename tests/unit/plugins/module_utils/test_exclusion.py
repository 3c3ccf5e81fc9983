# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Of the processes of one machine, one at a time creates the object of a name."""

from __future__ import annotations

import multiprocessing
import queue

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import exclusion
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.exclusion import _lock_file, exclusive

CLOUD = ("http://cloud", "project")


@pytest.fixture(autouse=True)
def _own_file():
    """Each test has a cache directory of its own."""
    _lock_file.cache_clear()
    yield
    _lock_file.cache_clear()


def _hold(place, names, events, go_on):
    with exclusive(place, names):
        events.put("held")
        go_on.wait(30)


def others_get(place, names):
    """Whether another process gets the names while this one does what it does; it is ended afterwards."""
    context = multiprocessing.get_context("fork")
    events, go_on = context.Queue(), context.Event()
    process = context.Process(target=_hold, args=(place, names, events, go_on))
    process.start()
    try:
        return events.get(timeout=1) == "held"
    except queue.Empty:
        return False
    finally:
        process.kill()
        process.join()


@pytest.mark.parametrize(
    ("place", "names", "free"),
    [
        (CLOUD, ["servers/web"], False),
        (CLOUD, ["servers/a", "servers/web", "servers/z"], False),
        (CLOUD, ["servers/db"], True),
        (("http://cloud", "another"), ["servers/web"], True),
        (CLOUD, [], True),
    ],
)
def test_a_name_is_held_against_other_processes_only_there(place, names, free):
    with exclusive(CLOUD, ["servers/web"]):
        assert others_get(place, names) is free


def test_a_name_is_free_again_afterwards_also_after_an_error():
    with pytest.raises(ValueError), exclusive(CLOUD, ["servers/web"]):
        raise ValueError
    assert others_get(CLOUD, ["servers/web"])


def test_nobody_waits_for_ever(monkeypatch):
    monkeypatch.setattr(exclusion, "_PATIENCE", 0.0)
    context = multiprocessing.get_context("fork")
    events, go_on = context.Queue(), context.Event()
    process = context.Process(target=_hold, args=(CLOUD, ["servers/web"], events, go_on))
    process.start()
    try:
        assert events.get(timeout=30) == "held"
        held = pytest.raises(OptionError, match="another process on this machine has been working on servers/web")
        with held, exclusive(CLOUD, ["servers/web"]):
            pass
    finally:
        process.kill()
        process.join()


def test_without_a_directory_of_its_own_nobody_waits(monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    with exclusive(CLOUD, ["servers/web"]):
        assert others_get(CLOUD, ["servers/web"])
