# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Several connections to one platform that are used at the same time, each by a thread of its own."""

from __future__ import annotations

import concurrent.futures
import threading
import typing as t

from .client import Client
from .connection import Connection
from .errors import OptionError
from .secrets import Redactor
from .tokens import Token

T = t.TypeVar("T")
R = t.TypeVar("R")


def side_by_side(work: t.Callable[[T], R], items: t.Sequence[T], most: int) -> list[R]:
    """What becomes of each item, in their order. The first error in that order is raised; what waits is not begun."""
    if len(items) < 2 or most < 2:
        return [work(item) for item in items]
    with concurrent.futures.ThreadPoolExecutor(min(most, len(items))) as pool:
        futures = [pool.submit(work, item) for item in items]
        try:
            return [future.result() for future in futures]
        finally:
            for future in futures:
                future.cancel()


class Logins:
    """One login at a time, and none after one that was refused: accounts get locked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refusal: t.Optional[OptionError] = None

    def make(self, login: t.Callable[[], Token]) -> Token:
        with self._lock:
            if self._refusal is not None:
                raise self._refusal
            try:
                return login()
            except OptionError as error:
                self._refusal = error
                raise


class ThreadClient(Client):
    """A client among others that are used at the same time, each by a thread of its own."""

    def __init__(self, connection: Connection, redactor: Redactor, logins: Logins) -> None:
        super().__init__(connection, redactor, logins.make)
        self._logins = logins

    @classmethod
    def clone(cls, client: Client, logins: t.Optional[Logins] = None) -> ThreadClient:
        """Another one for the same project, with the same token and the lists that are known."""
        twin = cls(client.connection, client.redactor, logins or Logins())
        twin.authenticator.adopt(client.authenticator.token)
        twin.scope.adopt(client.project_id)
        twin.lookups, twin.shared_lists = client.lookups, client.shared_lists
        return twin

    def twin(self) -> ThreadClient:
        """The same of this one."""
        return self.clone(self, self._logins)
