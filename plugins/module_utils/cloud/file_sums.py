# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""MD5 sums of local files, which are remembered for as long as a file looks the same.

An image of many gigabytes takes longer to be read than all else that a converged task does. What a file looks like is
its path, its size, the time of its last change and its inode. The sums are in a private file beside that of the tokens.
"""

from __future__ import annotations

import json
import os
import time
import typing as t

from .json_types import Json
from .private_files import PrivateFile
from .session import CHUNK, new_md5

# So many sums are remembered, those that were computed last.
_MOST = 500
# A file that was changed so shortly before a look (nanoseconds) may be changed again without looking different.
_UNSETTLED = 2_000_000_000

#: what a file looks like; see look()
Look = tuple[int, int, int]


class FileSums:
    """The sums of the files of a run. Each is computed once, unless the file has changed meanwhile."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Look, str]] = {}

    def of(self, path: str, remembers: bool) -> str:
        """MD5 sum of a local file (hexadecimal).

        Args:
            remembers: whether what earlier runs have computed counts, and what this one does is kept for later ones.
        """
        path = os.path.realpath(path)
        seen = look(path)
        known = self._known.get(path) or (_entry(_stored(_store()).get(path)) if remembers else None)
        if known and known[0] == seen:
            return known[1]
        md5 = _computed(path)
        self.note(path, seen, md5, remembers)
        return md5

    def known(self, path: str) -> t.Optional[str]:
        """The sum of a file that this run has computed, None if it has not."""
        seen, md5 = self._known.get(os.path.realpath(path), (None, None))
        return md5 if seen == look(path) else None

    def note(self, path: str, seen: Look, md5: str, remembers: bool) -> None:
        """Keep the sum of a file that looked like this before it was read, if it still does."""
        path = os.path.realpath(path)
        if look(path) != seen:
            return
        self._known[path] = seen, md5
        if remembers and time.time_ns() - seen[1] >= _UNSETTLED:
            _keep(path, [*seen, md5])


def look(path: str) -> Look:
    """What a file looks like now: its size, the time of its last change, and its inode."""
    info = os.stat(path)
    return info.st_size, info.st_mtime_ns, info.st_ino


def _store() -> PrivateFile:
    return PrivateFile("md5 sums of files")


def _stored(store: PrivateFile) -> Json:
    """What earlier runs have computed, by path, the latest last."""
    try:
        stored = json.loads(store.read() or "{}")
    except ValueError:
        return {}
    return stored if isinstance(stored, dict) else {}


def _keep(path: str, entry: list[t.Any]) -> None:
    store = _store()
    with store.locked(patience=1.0):
        stored = _stored(store)
        stored.pop(path, None)
        latest = [*stored.items(), (path, entry)][-_MOST:]
        store.write(json.dumps(dict(latest)))


def _entry(stored: t.Any) -> t.Optional[tuple[Look, str]]:
    """A remembered look and its sum; None for what is neither."""
    if not isinstance(stored, list) or len(stored) != 4 or not isinstance(stored[3], str):
        return None
    size, changed, inode, md5 = stored
    return (size, changed, inode), md5


def _computed(path: str) -> str:
    digest = new_md5()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()
