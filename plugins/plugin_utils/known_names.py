# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Names and ids of objects, which the worker processes of ansible-playbook share for some seconds.

They stand in anonymous memory, which is made before Ansible starts a worker, so that all of them have it. There are no
locks that a worker could leave behind: each record has a checksum, and what two workers have written at once, or one
that was killed has begun, counts as not there. It is a cache, so that costs a request and nothing else.

A record counts for as long as it is young, and the mark of the memory is the one that it was made under. Each write to
a platform by this collection changes the mark.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import mmap
import os
import struct
import time
import typing as t

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.model.known_names import known_part
from ansible_collections.h3c.cloudos.plugins.module_utils.model.reference import Reference
from ansible_collections.h3c.cloudos.plugins.module_utils.model.shared_lists import SHARED_SECONDS

# Records, and bytes of each: some thousands of names. A longer list is not shared.
_RECORDS = 24
_SIZE = 128 * 1024
_MARK = 16
# Checksum of the rest, whose names they are, the mark they were read under, when, and how many bytes follow.
_HEAD = struct.Struct(f"<32s32s{_MARK}sdI")
_ROOM = _SIZE - _HEAD.size


class Board:
    """Memory of a process and of all processes that it starts later."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, _MARK + _RECORDS * _SIZE)
        #: so that nobody who reads the memory can try out what the names are of
        self.salt = os.urandom(32)

    @property
    def mark(self) -> bytes:
        """What is the same for as long as nothing is written to a platform."""
        return self._memory[:_MARK]

    def drop(self) -> None:
        """Have nothing count that was read before."""
        self._memory[:_MARK] = os.urandom(_MARK)

    def find(self, owner: bytes) -> t.Optional[tuple[int, bytes]]:
        """Place and head of the youngest record of an owner that counts."""
        found = [(head[3], place, raw) for place, raw, head in self._heads() if head[1] == owner and self.counts(raw)]
        return max(found)[1:] if found else None

    def counts(self, raw: bytes) -> bool:
        """Whether what a head belongs to is young, and nothing was written since."""
        mark, read, length = _HEAD.unpack(raw)[2:]
        return bool(mark == self.mark and 0 <= time.monotonic() - read < SHARED_SECONDS and length <= _ROOM)

    def has(self, place: int, raw: bytes) -> bool:
        """Whether a head still stands where it was found."""
        return self._memory[place : place + _HEAD.size] == raw

    def body(self, place: int, raw: bytes) -> t.Optional[bytes]:
        """What belongs to a head; None where another process was writing it."""
        length = _HEAD.unpack(raw)[-1]
        body = self._memory[place + _HEAD.size : place + _HEAD.size + length]
        return body if raw[:32] == _checksum(raw[32:], body) else None

    def put(self, owner: bytes, body: bytes, mark: bytes) -> None:
        """Keep what was read under a mark in the place of an older record, if there is room for it."""
        if len(body) > _ROOM or mark != self.mark:
            return
        _is_other, _read, place = min((head[1] != owner, head[3], place) for place, _raw, head in self._heads())
        rest = _HEAD.pack(b"", owner, mark, time.monotonic(), len(body))[32:]
        self._memory[place : place + _HEAD.size + len(body)] = _checksum(rest, body) + rest + body

    def _heads(self) -> t.Iterator[tuple[int, bytes, tuple[t.Any, ...]]]:
        for place in range(_MARK, _MARK + _RECORDS * _SIZE, _SIZE):
            raw = self._memory[place : place + _HEAD.size]
            yield place, raw, _HEAD.unpack(raw)


def _checksum(rest: bytes, body: bytes) -> bytes:
    return hashlib.sha256(rest + body).digest()


class BoardNames:
    """The names that tasks share which have the same platform, user, project and place in a play."""

    def __init__(self, board: Board, place: t.Any) -> None:
        self._board = board
        self._place = hashlib.sha256(board.salt + repr(place).encode("utf-8", "surrogatepass")).digest()
        #: by kind, what was found last: where, under which head, and what it said
        self._found: dict[str, tuple[int, bytes, list[Json]]] = {}

    def read(self, kind: Reference) -> t.Optional[list[Json]]:
        board, last = self._board, self._found.get(kind.noun)
        if last and board.has(last[0], last[1]) and board.counts(last[1]):
            return last[2]
        found = board.find(self._owner(kind))
        body = board.body(*found) if found else None
        if not found or body is None:
            return None
        entries: list[Json] = json.loads(body)
        self._found[kind.noun] = (*found, entries)
        return entries

    def mark(self) -> bytes:
        return self._board.mark

    def write(self, kind: Reference, entries: t.Sequence[Json], mark: bytes) -> None:
        if kind.known_members is None:
            return
        body = json.dumps([known_part(kind, entry) for entry in entries]).encode()
        self._board.put(self._owner(kind), body, mark)

    def _owner(self, kind: Reference) -> bytes:
        return hashlib.sha256(self._place + kind.noun.encode()).digest()


def new_board() -> t.Optional[Board]:
    """Memory to share; None where the system gives none."""
    with contextlib.suppress(OSError, ValueError):
        return Board()
    return None
