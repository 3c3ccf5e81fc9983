# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Files that what processes of one user share is kept in: of mode 0600 under a directory of mode 0700."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import stat
import threading
import time
import typing as t
from pathlib import Path

# How often a lock that somebody else holds is tried again (seconds).
_POLL = 0.05


class PrivateFile:
    """A file that is named by a hash of what it is for. Where there is no private directory, it keeps nothing."""

    def __init__(self, *subject: t.Optional[str], directory: t.Optional[Path] = None, suffix: str = ".json") -> None:
        digest = hashlib.sha256(json.dumps(subject).encode()).hexdigest()
        self._path = (directory or _default_directory()) / f"{digest}{suffix}"
        self._usable = _is_private(self._path.parent)

    def read(self) -> str:
        """The text of the file, empty if there is none."""
        if not self._usable:
            return ""
        try:
            return self._path.read_text(encoding="utf-8") if self._path.is_file() else ""
        except (OSError, ValueError):
            return ""

    def write(self, text: str) -> None:
        """Keep a text, by renaming a finished file over the old one."""
        if not self._usable:
            return
        draft = self._path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        try:
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(text)
            os.replace(draft, self._path)
        except OSError:
            draft.unlink(missing_ok=True)

    @contextlib.contextmanager
    def locked(self, patience: t.Optional[float] = None) -> t.Iterator[None]:
        """Hold the exclusive lock of this file.

        Where there are no locks, as in some homes on NFS, nothing is held.

        Args:
            patience: how many seconds to wait for it, and then to go on without it; None waits until it is free.
        """
        if not self._usable:
            yield
            return
        with contextlib.ExitStack() as stack:
            with contextlib.suppress(OSError):
                lock = os.open(self._path.with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
                stack.callback(os.close, lock)
                _take(lock, patience)
            yield


def _take(lock: int, patience: t.Optional[float]) -> None:
    """Take a lock, or go on without it when patience ends."""
    if patience is None:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return
    end = time.monotonic() + patience
    while time.monotonic() < end:
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        time.sleep(_POLL)


def private_directory() -> t.Optional[Path]:
    """The directory for what processes of this user share; None if there is none that only they can use."""
    directory = _default_directory()
    return directory if _is_private(directory) else None


def _default_directory() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(base) / "h3c.cloudos"


def _is_private(path: Path) -> bool:
    """Make the directory if need be; False for one that cannot be used or that somebody else owns."""
    if not path.is_absolute():  # whose home is not known, as in a container that knows no such user
        return False
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        info = path.stat()
        if info.st_uid != os.getuid():
            return False
        if stat.S_IMODE(info.st_mode) != 0o700:
            path.chmod(0o700)
    except OSError:
        return False
    return os.access(path, os.W_OK)
