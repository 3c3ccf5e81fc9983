# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""One process of this machine at a time creates the object of a name.

The platform takes two objects of one name. Two plays that create the same one at once, or a play that is run again
while the workers of a killed one still get their answers, go one after the other: the second finds what the first made.
Other machines know nothing of it.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import hashlib
import os
import time
import typing as t

from ..cloud.errors import OptionError
from ..cloud.private_files import private_directory

# Offsets of bytes in the lock file, each of which stands for a name.
_OFFSETS = 1 << 60
# Seconds between two tries to get a name, and for which another process may hold it.
_PAUSE = 0.2
_PATIENCE = 1800.0


@contextlib.contextmanager
def exclusive(place: t.Sequence[t.Any], names: t.Iterable[str]) -> t.Iterator[None]:
    """Hold the names of a place (platform, project) for this process; others wait. Without locks nobody does.

    All processes take them in the same order, so that none waits for one that waits for it.

    Raises:
        OptionError: another process has held a name for half an hour.
    """
    file = _lock_file(os.getpid())
    if file is None:
        yield
        return
    taken: list[int] = []
    try:
        offsets = {_offset(place, name): name for name in names}
        for offset in sorted(offsets):
            if _take(file, offset, offsets[offset]):
                taken.append(offset)
        yield
    finally:
        for offset in taken:
            with contextlib.suppress(OSError):
                fcntl.lockf(file, fcntl.LOCK_UN, 1, offset)


def _take(file: int, offset: int, name: str) -> bool:
    """Wait for a name; False where files cannot be locked, as in some homes on NFS."""
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, offset)
            return True
        except (BlockingIOError, PermissionError):
            pass
        except OSError:
            return False
        if time.monotonic() >= deadline:
            raise OptionError(
                f"name: another process on this machine has been working on {name} for {_PATIENCE:g} s.",
                hint="Nothing was sent. Run the task again when it has ended.",
            )
        time.sleep(_PAUSE)


def _offset(place: t.Sequence[t.Any], name: str) -> int:
    digest = hashlib.sha256(repr((*place, name)).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % _OFFSETS


@functools.lru_cache(maxsize=1)
def _lock_file(pid: int) -> t.Optional[int]:
    """The file of this process; it stays open, because locks of its kind end when it is closed anywhere in it."""
    directory = private_directory()
    if directory is None:
        return None
    try:
        return os.open(directory / "names.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
