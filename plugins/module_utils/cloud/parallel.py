# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Work on several items at the same time, each by a thread of its own."""

from __future__ import annotations

import concurrent.futures
import typing as t

#: how many requests are sent at the same time where nothing else is said
AT_ONCE = 10

T = t.TypeVar("T")
R = t.TypeVar("R")


def side_by_side(work: t.Callable[[T], R], items: t.Sequence[T], most: int = AT_ONCE) -> list[R]:
    """What becomes of each item, in their order. The first error in that order is raised; what waits is not begun."""
    if len(items) < 2 or most < 2:
        return [work(item) for item in items]
    with concurrent.futures.ThreadPoolExecutor(min(most, len(items))) as pool:
        futures = [pool.submit(work, item) for item in items]
        try:
            return [future.result() for future in futures]
        finally:
            for future in futures:
                future.cancel()
