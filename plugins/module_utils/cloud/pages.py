# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Lists, page after page: what a page holds, and how to ask for the next one."""

from __future__ import annotations

import dataclasses
import typing as t

from .errors import CloudError, OptionError
from .json_types import Json
from .operation import Operation
from .responses import as_list, deduplicate, has_list, identity_for_pages, next_page

#: sends a list operation with a query, and returns the decoded answer
Send = t.Callable[[Json], t.Any]


@dataclasses.dataclass(frozen=True)
class Listing:
    """A list and how to read it.

    Attributes:
        send: sends the operation with a query.
        key: the member that holds the entries; None for a bare array.
        page_size: sent as `limit`, where the reference has that parameter.
        strict: whether an answer without that member is an error and not an empty list.
    """

    operation: Operation
    send: Send
    key: t.Optional[str] = None
    page_size: t.Optional[int] = None
    strict: bool = False

    def pages(self, query: t.Optional[t.Mapping[str, t.Any]] = None) -> t.Iterator[list[Json]]:
        """All entries, each once, a page at a time."""
        known: set[str] = set()
        query = dict(query or {})
        linked = False
        while True:
            page, following = self._read(query)
            linked = linked or following is not None
            if not linked:
                following = self._behind(page)
            fresh = deduplicate(page, known)
            yield fresh
            if following is None or not fresh:
                return
            query.update(following)

    def page(self, query: t.Optional[t.Mapping[str, t.Any]] = None) -> tuple[list[Json], t.Optional[Json]]:
        """One page, and what to add to the query for the next one; None if it was the last."""
        page, following = self._read(query or {})
        return page, following or self._behind(page)

    def _read(self, query: t.Mapping[str, t.Any]) -> tuple[list[Json], t.Optional[Json]]:
        """One page, and what its link to the next one says, if it has one."""
        answer = self.send({"limit": str(self.page_size), **query} if self.page_size else dict(query))
        name = self.operation.id
        if not (answer is None or answer == "" or isinstance(answer, (dict, list))):
            raise CloudError(f"{name}: the answer is no list: {str(answer)[:80]}.", operation=name)
        if self.key and self.strict and not has_list(answer, self.key):
            members = ", ".join(map(str, answer)) or "nothing"
            raise OptionError(f"list_key: the answer has no {self.key!r}; it has {members}.", operation=name)
        return [entry for entry in as_list(answer, self.key) if isinstance(entry, dict)], next_page(answer, self.key)

    def _behind(self, page: list[Json]) -> t.Optional[Json]:
        """What to ask for after a page without a link: what stands behind its last entry, if the page is full."""
        if not self.page_size or len(page) < self.page_size:
            return None
        marker = identity_for_pages(page[-1])
        if self.strict and not marker:
            raise OptionError(
                "list_key: the entries have no id, so that those behind the limit cannot be asked for.",
                hint="Leave limit out of the query.",
            )
        return {"marker": marker} if marker else None
