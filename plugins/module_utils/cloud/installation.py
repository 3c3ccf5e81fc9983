# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What is learned about an installation by asking it, and kept for all processes of the user.

It stands beside the tokens, for each api_url: which layout its addresses have, and in which layout its identity service
was found. It has no end: what is no longer true is found out by the next request, which then takes the other way.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import threading
import typing as t

from .addresses import AUTO, CORE, GATEWAY
from .connection import Connection
from .private_files import PrivateFile

# How long to wait for another process that finds out the same (seconds).
_PATIENCE = 5.0


@dataclasses.dataclass(frozen=True)
class Learned:
    """The layouts in which something answered; None where that is not known."""

    addresses: t.Optional[str] = None
    identity: t.Optional[str] = None


class Installation:
    """Where one installation is asked first. Several threads may use it at once."""

    def __init__(self, connection: Connection) -> None:
        self._layout = connection.layout
        self._file = file_of(connection.url)
        self._lock = threading.Lock()
        self._learned = Learned()
        #: whether something has answered this process in the layout that is asked first
        self._confirmed = self._layout != AUTO
        self._answered: set[str] = set()

    @property
    def is_confirmed(self) -> bool:
        """Whether the layout to ask first is certain."""
        return self._confirmed

    @property
    def layouts(self) -> tuple[str, ...]:
        """The layouts that its addresses can have, the likeliest first."""
        if self._layout != AUTO:
            return (self._layout,)
        learned = self._known()
        return _both(learned.addresses or learned.identity)

    @property
    def identity_layouts(self) -> tuple[str, ...]:
        """The layouts in which its identity service can be found, the likeliest first."""
        learned = self._known()
        return _both(learned.identity or (learned.addresses if self._layout == AUTO else self._layout))

    def has_answered(self, path: str) -> bool:
        """Whether a path has answered this process in the layout that is asked first."""
        return path in self._answered

    def note_answer(self, layout: str, path: str) -> None:
        """Something answers at a path in a layout."""
        if self._layout != AUTO:
            return
        if not self._confirmed or layout != self._learned.addresses:
            self._answered.clear()
            self._learn(addresses=layout)
            self._confirmed = True
        self._answered.add(path)

    def confirm(self, layout: str) -> None:
        """A service has refused an object in a layout. That is enough where others have had answers there."""
        if layout == self._learned.addresses:
            self._confirmed = True

    def note_identity(self, layout: str) -> None:
        """The identity service answers in a layout."""
        self._learn(identity=layout)

    @contextlib.contextmanager
    def exploring(self) -> t.Iterator[None]:
        """Be the only one for a while that asks in a layout that may be wrong, if nothing is known."""
        if self._confirmed or self._known().addresses:
            yield
            return
        with contextlib.ExitStack() as held:
            held.enter_context(self._file.locked(_PATIENCE))
            if self._known().addresses:  # somebody else has found it out meanwhile
                held.close()
            yield

    def _known(self) -> Learned:
        """What is known, by other processes as well for as long as this one has not found it out."""
        with self._lock:
            if not self._confirmed or self._layout != AUTO:
                self._learned = _read(self._file.read()) or self._learned
            return self._learned

    def _learn(self, **layouts: str) -> None:
        with self._lock:
            known = _read(self._file.read()) or self._learned
            self._learned = dataclasses.replace(known, **layouts)
            if self._learned != known:
                self._file.write(json.dumps(dataclasses.asdict(self._learned)))


def file_of(url: str) -> PrivateFile:
    """What is known about the installation at an address."""
    return PrivateFile("installation", url.rstrip("/"), suffix=".installation")


def _both(likely: t.Optional[str]) -> tuple[str, str]:
    return (CORE, GATEWAY) if likely == CORE else (GATEWAY, CORE)


def _read(text: str) -> t.Optional[Learned]:
    """What Installation has written; None for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict) or set(data) != {field.name for field in dataclasses.fields(Learned)}:
        return None
    return Learned(**data) if all(value in (None, GATEWAY, CORE) for value in data.values()) else None
