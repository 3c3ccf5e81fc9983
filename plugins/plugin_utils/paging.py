# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Long lists of a platform over several connections at once: those of several projects, and the pages of one."""

from __future__ import annotations

import concurrent.futures
import contextlib
import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.responses import deduplicate, identity

# How a list refuses a marker that it does not know any more.
_UNKNOWN = frozenset({400, 404})


class Page(t.NamedTuple):
    """What stands in a list after a marker, as far as one request returns it."""

    entries: list[Json]
    #: whether something may follow
    more: bool


# Pages that were asked for ahead, by the marker that each begins behind; one that could not be read is None.
Ahead = dict[str, "concurrent.futures.Future[t.Optional[Page]]"]


class PagedList:
    """A list that is paged by markers, some of its pages read at the same time.

    A page can only be asked for by the entry before it. A short list of the same objects, which costs the platform
    little, returns these entries ahead. It is no more than a hint: merge_pages() deals with what comes and goes
    meanwhile, and where hints are missing or wrong, it reads page after page.
    """

    def __init__(self, client: Client, operation: Operation, key: str, page_size: int) -> None:
        self._client, self._operation, self._key, self._page_size = client, operation, key, page_size

    def pages(self, short: Operation, most: int) -> t.Iterator[list[Json]]:
        """All entries, each once, with at most so many pages asked for at the same time."""
        known: set[str] = set()
        try:
            for page in self._side_by_side(short, most):
                yield deduplicate(page, known)
        except CloudError as error:
            if error.status not in _UNKNOWN:
                raise
            for page in self._client.pages(self._operation, self._key, page_size=self._page_size):
                yield deduplicate(page, known)

    def _side_by_side(self, short: Operation, most: int) -> t.Iterator[list[Json]]:
        pool = concurrent.futures.ThreadPoolExecutor(most)

        def read_ahead(marker: t.Optional[str]) -> t.Optional[Page]:
            try:
                return self._read(marker)
            except CloudError:
                return None  # the entry may be gone; if it is anything else, it comes up again

        with contextlib.ExitStack() as stack:
            stack.callback(pool.shutdown, cancel_futures=True)
            first = pool.submit(read_ahead, None)
            ahead = {marker: pool.submit(read_ahead, marker) for marker in self._markers(short)}
            yield from merge_pages(first.result(), ahead, self._read)

    def _read(self, marker: t.Optional[str]) -> Page:
        query = {"marker": marker} if marker else {}
        entries, following = self._client.page(self._operation, self._key, query=query, page_size=self._page_size)
        return Page(entries, following is not None)

    def _markers(self, short: Operation) -> t.Iterator[str]:
        """The last entry of each page but the last one, as soon as the short list returns it; none if it does not."""
        count, marker = 0, None
        with contextlib.suppress(CloudError):
            for page in self._client.pages(short, self._key):
                for entry in page:
                    if marker is not None:
                        yield marker
                    count += 1
                    marker = identity(entry) if count % self._page_size == 0 else None


def merge_pages(
    first: t.Optional[Page], ahead: Ahead, read: t.Callable[[t.Optional[str]], Page]
) -> t.Iterator[list[Json]]:
    """A list from its first page to its end, of pages that were asked for ahead; it uses them up.

    The order of a list does not change, so a page that holds the last entry so far goes on from there, whatever has
    come or gone since it was read; where none does, the next page is read now. So nothing is missing that was there all
    the time. A page may repeat what others have returned.
    """
    seen: set[str] = set()
    page, read_now = first or read(None), first is None
    while True:
        yield page.entries
        before = len(seen)
        seen.update(map(identity, page.entries))
        if not page.more or not page.entries or (read_now and len(seen) == before):
            return
        last = identity(page.entries[-1])
        following = _taken(last, ahead)
        page, read_now = following or read(last), following is None


def _taken(last: str, ahead: Ahead) -> t.Optional[Page]:
    """The page that was asked for behind this entry, else one that holds it."""
    if last in ahead:
        return ahead.pop(last).result()
    for marker, future in ahead.items():
        page = future.result()
        if page is not None and any(identity(entry) == last for entry in page.entries):
            del ahead[marker]
            return page
    return None
