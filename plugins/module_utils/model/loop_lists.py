# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""One list for the items of a loop over objects that are as they should be, where each would be read by itself.

Nobody knows how long a loop is, or how long the list. So the first items are read one by one, and then a list is asked
for that may have thirty entries for each of them, which take about the time of a request. If there are more, the next
try comes when the loop has turned out to be twice as long. What the list shows may only confirm that nothing has to be
done; see engine.planning.
"""

from __future__ import annotations

import dataclasses
import math
import time
import typing as t

from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from .context import Context

# Seconds for which a list counts, as long as nothing is written; and when it is read first, and how long it may be.
_SECONDS = 10.0
_FIRST_TRY = 4
_ENTRIES_PER_ITEM = 30
_MOST_ENTRIES = 1000

#: reads a page of at most so many entries, and says whether there are more
ReadPage = t.Callable[[int], tuple[list[Json], bool]]


@dataclasses.dataclass
class LoopList:
    """What the items of a loop know of a kind of object.

    Attributes:
        mark: under which it was read; see known_names.
        items: how many were looked for by themselves.
        next_try: the number of items at which a list is asked for.
    """

    mark: bytes
    items: int = 0
    next_try: float = _FIRST_TRY
    _limit: int = 0
    _read: float = -math.inf
    _by_name: dict[t.Any, list[Json]] = dataclasses.field(default_factory=dict)

    def named(self, name: str, read_page: ReadPage) -> t.Optional[list[Json]]:
        """The objects of a name; None where the item has to look for it itself, as for all that is not listed."""
        if time.monotonic() - self._read >= _SECONDS and not self._reads(read_page):
            return None
        return self._by_name.get(name)

    def _reads(self, read_page: ReadPage) -> bool:
        """Whether there is a list now."""
        self.items += 1
        if self.items < self.next_try:
            return False
        limit = self._limit or min(_ENTRIES_PER_ITEM * self.items, _MOST_ENTRIES)
        now = time.monotonic()
        try:
            entries, has_more = read_page(limit)
        except CloudError:
            self.next_try = math.inf
            return False
        if has_more:
            self.next_try, self._limit = (math.inf if limit == _MOST_ENTRIES else 2 * self.items), 0
            return False
        self.next_try, self._limit, self._read, self._by_name = 0, limit, now, {}
        for entry in entries:
            self._by_name.setdefault(entry.get("name"), []).append(entry)
        return True


def listed(run: Context, plural: str, read_page: ReadPage) -> t.Optional[list[Json]]:
    """The objects of the name that the options give, as the items of a loop know them; None where none counts."""
    name = run.options.get("name")
    if run.known is None or not (run.recalls and run.is_one_of_many and name):
        return None
    lists, mark = run.client.loop_lists, run.known.mark()
    if plural not in lists or lists[plural].mark != mark:
        lists[plural] = LoopList(mark)
    found: t.Optional[list[Json]] = lists[plural].named(name, read_page)
    if found:
        run.lookups.recalled[plural] = []  # by what is shown of itself, no name of another object can be shown
    return found
