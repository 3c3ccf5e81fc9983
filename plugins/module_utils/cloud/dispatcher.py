# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Operations sent to where they stand on the installation, which is found out where nobody has said it."""

from __future__ import annotations

import contextlib
import dataclasses
import typing as t

with contextlib.suppress(ImportError):  # reported at the edge, see session.REQUESTS_IMPORT_ERROR
    import requests
from .addresses import address, is_refused, is_success, is_unknown
from .authenticator import Authenticator
from .connection import Connection
from .exchange import Request
from .installation import Installation
from .operation import Operation

_NOT_ACCEPTABLE = 406

#: a response, and what it holds
Received = tuple["requests.Response", t.Any]


class Dispatcher:
    """Sends operations with the token. Several threads may use it at once."""

    def __init__(self, connection: Connection, authenticator: Authenticator, installation: Installation) -> None:
        self._connection, self._authenticator, self._installation = connection, authenticator, installation
        # Operations, by id, whose optional headers the platform has refused.
        self._plain: set[str] = set()

    def send(self, operation: Operation, fill: t.Callable[[str], str] = str, **parts: t.Any) -> Received:
        """Send an operation, on its fallback path where the first is unknown; return its response and what it holds.

        Headers that it can do without are left out where the platform refuses them.

        Args:
            fill: puts the values of parameters into a path.
            parts: of the request; see exchange.Request.
        """
        if operation.id in self._plain:
            operation = dataclasses.replace(operation, optional_headers={})
        received = self._send(operation, fill(operation.path), parts)
        if received[0].status_code == _NOT_ACCEPTABLE and operation.optional_headers:
            self._plain.add(operation.id)
            operation = dataclasses.replace(operation, optional_headers={})
            received = self._send(operation, fill(operation.path), parts)
        if is_refused(received[0]) and operation.fallback:
            received = self._send(operation, fill(operation.fallback), parts)
        return received

    def _send(self, operation: Operation, path: str, parts: t.Mapping[str, t.Any]) -> Received:
        """Send to the likely address, and to the other one if that is unknown. If both are, the first one says why."""
        places = self._places(path)
        if len(places) == 1:
            return self._ask(operation, places[0][1], parts)
        self._authenticator.log_in()  # which finds out something of the installation
        with self._installation.exploring():
            likely, other = self._places(path)
            first = self._ask(operation, likely[1], parts)
            if not self._may_stand_elsewhere(operation, path, first[0]):
                return self._noted(likely[0], path, first)
            second = self._ask(operation, other[1], parts)
            return self._noted(other[0], path, second) if _is_better(second[0], first[0]) else first

    def _places(self, path: str) -> list[tuple[str, str]]:
        """The layouts that the installation can have with the address of a path in each; one if all are the same."""
        own = self._connection.service_prefixes
        places = [(layout, address(path, layout, own)) for layout in self._installation.layouts]
        return places[:1] if len({place for _layout, place in places}) == 1 else places

    def _ask(self, operation: Operation, place: str, parts: t.Mapping[str, t.Any]) -> Received:
        url = self._connection.url.rstrip("/") + place
        return self._authenticator.send(Request(operation, url, **parts))

    def _may_stand_elsewhere(self, operation: Operation, path: str, response: requests.Response) -> bool:
        """Whether to ask in the other layout as well.

        What refuses an address has not carried anything out. In doubt, what changes something is not sent again. Once
        something has answered this process, only an address that did so itself is looked for elsewhere: others are
        unknown to the installation, and it may have changed since.
        """
        if self._installation.is_confirmed:
            return self._installation.has_answered(path) and is_unknown(response, certainly=True)
        return is_unknown(response, certainly=operation.writes)

    def _noted(self, layout: str, path: str, received: Received) -> Received:
        if is_success(received[0]):
            self._installation.note_answer(layout, path)
        elif is_refused(received[0]) and not is_unknown(received[0], certainly=False):
            self._installation.confirm(layout)
        return received


def _is_better(second: requests.Response, first: requests.Response) -> bool:
    """Whether the response of the other address is the one that counts: it is of the service."""
    if is_success(second):
        return True
    is_of_service = second.status_code >= 400 and not is_unknown(second, certainly=False)
    return is_of_service and is_unknown(first, certainly=True)
