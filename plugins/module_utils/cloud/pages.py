# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Lists, page after page: what a page holds, and how to ask for the next one.

Not every platform says that a page is not the last one. Where the size of a page suggests it, what is behind its last
entry is asked for, in the ways that OpenStack's services know. A list that cannot be read on is reported.
"""

from __future__ import annotations

import dataclasses
import typing as t

from .errors import CloudError, OptionError
from .json_types import Json
from .operation import Operation
from .responses import as_list, deduplicate, has_list, identity_for_pages, next_page

#: sends a list operation with a query, and returns the decoded answer
Send = t.Callable[[Json], t.Any]

# A platform returns a round number of entries at most: a multiple of the first, and hardly less than the second. Where
# a page size was asked for, a shorter page mostly is the last one, so that less than the third is no reason to ask.
_ROUND = 100
_SMALLEST_BOUND = 100
_SMALLEST_BOUND_OF_PAGES = 500


class Page(t.NamedTuple):
    """What one request returns of a list.

    Attributes:
        entries: as they were returned.
        following: what a link to the next page says to add to the query, None if there is no link.
        is_cut: whether the platform says that there is more.
    """

    entries: list[Json]
    following: t.Optional[Json]
    is_cut: bool


@dataclasses.dataclass(frozen=True)
class Listing:
    """A list and how to read it.

    Attributes:
        send: sends the operation with a query.
        key: the member that holds the entries; None for a bare array.
        page_size: sent as `limit`, where the reference has that parameter.
        strict: whether an answer without that member is an error and not an empty list.
        warn: takes what people should know about the list.
    """

    operation: Operation
    send: Send
    key: t.Optional[str] = None
    page_size: t.Optional[int] = None
    strict: bool = False
    warn: t.Callable[[str], None] = lambda text: None

    def pages(self, query: t.Optional[t.Mapping[str, t.Any]] = None) -> t.Iterator[list[Json]]:
        """All entries, each once, a page at a time."""
        known: set[str] = set()
        query = dict(query or {})
        page = self._read(query)
        fresh = deduplicate(page.entries, known)
        yield fresh
        if page.following is None and self._may_be_cut(page):
            size, last = len(page.entries), page.entries[-1:]
            del page, fresh  # or it would be held up to the end of the list
            yield from self._unlinked(query, size, last, known)
            return
        while page.following is not None and fresh:
            query.update(page.following)
            page = self._read(query)
            fresh = deduplicate(page.entries, known)
            yield fresh

    def page(self, query: t.Optional[t.Mapping[str, t.Any]] = None) -> tuple[list[Json], t.Optional[Json]]:
        """One page, and what to add to the query for the next one; None if it was the last."""
        page = self._read(query or {})
        is_full = self._is_full(len(page.entries))
        return page.entries, page.following or (self._marker(page.entries[-1:], 0) if is_full else None)

    def _read(self, query: t.Mapping[str, t.Any]) -> Page:
        answer = self.send({"limit": str(self.page_size), **query} if self.page_size else dict(query))
        name = self.operation.id
        if not (answer is None or answer == "" or isinstance(answer, (dict, list))):
            raise CloudError(f"{name}: the answer is no list: {str(answer)[:80]}.", operation=name)
        if self.key and self.strict and not has_list(answer, self.key):
            members = ", ".join(map(str, answer)) or "nothing"
            raise OptionError(f"list_key: the answer has no {self.key!r}; it has {members}.", operation=name)
        entries = [entry for entry in as_list(answer, self.key) if isinstance(entry, dict)]
        is_cut = isinstance(answer, dict) and answer.get("truncated") is True  # Keystone's word for it
        return Page(entries, next_page(answer, self.key), is_cut)

    def _is_full(self, size: int) -> bool:
        """Whether a page of so many entries has as many as were asked for."""
        return bool(self.page_size) and size >= (self.page_size or 0)

    def _may_be_cut(self, page: Page) -> bool:
        """Whether there may be more behind a page without a link."""
        size = len(page.entries)
        least = _SMALLEST_BOUND_OF_PAGES if self.page_size else _SMALLEST_BOUND
        return page.is_cut or self._is_full(size) or (size >= least and size % _ROUND == 0)

    def _unlinked(self, query: Json, size: int, last: list[Json], known: set[str]) -> t.Iterator[list[Json]]:
        """What is behind the first page of a list without links, up to an empty page or a shorter one.

        Args:
            size: number of entries of the first page.
            last: the last of them.
        """
        for behind in (self._marker, _offset):
            while True:
                following = behind(last, len(known))
                page = self._behind(query, following, is_certain=self._is_full(size) and behind == self._marker)
                if page is None:
                    break
                fresh = deduplicate(page, known)
                yield fresh
                if not page or (fresh and len(page) < size):
                    return
                if not fresh:
                    break
                last = page[-1:]
        self.warn(
            f"{self.operation.id}: the platform returned {len(known)} entries, and none behind them when it was asked. "
            "If it returns no more than that at once, others are missing."
        )

    def _behind(self, query: Json, following: t.Optional[Json], is_certain: bool) -> t.Optional[list[Json]]:
        """The entries behind a page; None where the platform does not take what asks for them.

        Args:
            is_certain: whether the page was asked for, so that a refusal is an error.
        """
        if following is None:
            return None
        try:
            return self._read({**query, **following}).entries
        except CloudError as error:
            if is_certain or error.status is None:
                raise
            return None

    def _marker(self, last: list[Json], _count: int) -> t.Optional[Json]:
        """What asks for the entries behind the last one of a page."""
        marker = identity_for_pages(last[0]) if last else None
        if self.strict and self.page_size and not marker:
            raise OptionError(
                "list_key: the entries have no id, so that those behind the limit cannot be asked for.",
                hint="Leave limit out of the query.",
            )
        return {"marker": marker} if marker else None


def _offset(_last: list[Json], count: int) -> t.Optional[Json]:
    """The same by the number of entries before them."""
    return {"offset": str(count)}
