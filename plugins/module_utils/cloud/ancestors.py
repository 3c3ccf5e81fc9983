# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Whether the process that wants the result of this one is still there.

Ansible's workers have sessions of their own and outlive an ansible-playbook that is killed. What they send then nobody
has asked for any more: the next run has begun, and finds things half made.
"""

from __future__ import annotations

import functools
import os
import typing as t
from pathlib import Path

_PROC = Path("/proc")
# Processes from a module up to the worker that runs it: shells, and what becomes another user.
_MOST_BETWEEN = 8


class Ancestry:
    """The processes above this one up to the controller, as they were when it was asked first."""

    def __init__(self) -> None:
        self._parent = os.getppid()
        self._worker = _worker_of(os.getpid())

    @property
    def is_broken(self) -> bool:
        """Whether one of them has ended."""
        if os.getppid() != self._parent:
            return True
        return self._worker is not None and _parent_of(self._worker[0]) != self._worker[1]


def of_this_process() -> Ancestry:
    """The ancestry of this process; forked ones have another."""
    return _ancestry(os.getpid())


@functools.lru_cache(maxsize=1)
def _ancestry(pid: int) -> Ancestry:
    return Ancestry()


def _worker_of(pid: int) -> t.Optional[tuple[int, int]]:
    """The worker process of Ansible that a process is or belongs to, and its parent, the controller; None if unknown.

    A worker is forked from the controller and runs the same command. Shells stand between it and a module.
    """
    for _process in range(_MOST_BETWEEN):
        parent = _parent_of(pid)
        if not parent:
            return None
        command = _command_of(pid)
        if b"ansible" in command and command == _command_of(parent):
            return pid, parent
        pid = parent
    return None


def _parent_of(pid: int) -> t.Optional[int]:
    try:
        status = (_PROC / str(pid) / "stat").read_bytes()
    except OSError:
        return None
    return int(status.rpartition(b")")[2].split()[1])


def _command_of(pid: int) -> bytes:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""
