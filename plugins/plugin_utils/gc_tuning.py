# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Python's collector of garbage, while much is made that is there to stay."""

from __future__ import annotations

import contextlib
import gc
import typing as t

# Objects between two collections. A collection looks through much of what is there; by default each 700 begin one.
_SELDOM = 500_000


@contextlib.contextmanager
def relaxed_gc() -> t.Iterator[None]:
    """Collect seldom meanwhile, not never: expressions that fail leave garbage behind.

    What is there afterwards counts as old, so that the next collection of what is new does not look through all of it.
    """
    before = gc.get_threshold()
    if before[0]:
        gc.set_threshold(max(_SELDOM, before[0]), *before[1:])
    try:
        yield
    finally:
        if gc.get_freeze_count() == 0:  # otherwise somebody else has objects that are to stay out of collections
            gc.freeze()
            gc.unfreeze()
        gc.set_threshold(*before)
