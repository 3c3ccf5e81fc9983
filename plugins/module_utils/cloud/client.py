# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How to talk to the platform as one user in one project: operations, lists and files."""

from __future__ import annotations

import contextlib
import re
import typing as t

with contextlib.suppress(ImportError):  # reported at the edge, see session.REQUESTS_IMPORT_ERROR
    import requests
from . import downloads, web_source
from .authenticator import Authenticator, Logins
from .connection import Connection, check_connection
from .dispatcher import Dispatcher
from .errors import CloudError
from .exchange import Exchange
from .file_sums import FileSums
from .installation import Installation
from .json_types import Json, Params, Query
from .operation import Operation
from .pages import Listing
from .paths import path_part
from .placeholders import mentions_new
from .scope import Scope
from .secrets import Redactor
from .session import FileStream, Meter, Stream

_PLACEHOLDER = re.compile(r"{(\w+)}")


class Client:
    """A session with one platform as one user in one project. Several threads may use it at once.

    Not to be shared between processes: connections do not survive a fork.
    """

    def __init__(
        self,
        connection: Connection,
        redactor: t.Optional[Redactor] = None,
        logins: t.Optional[Logins] = None,
    ) -> None:
        check_connection(connection)
        self.connection = connection
        self.redactor = redactor or Redactor()
        self.redactor.add([connection.password, connection.token, connection.application_credential_secret])
        self.exchange = Exchange(connection, self.redactor)
        installation = Installation(connection)
        self.authenticator = Authenticator(connection, self.redactor, self.exchange, installation, logins or Logins())
        self._dispatcher = Dispatcher(connection, self.authenticator, installation)
        self.scope = Scope(connection, self.exchange, self.authenticator, self._dispatcher)
        #: called before and after each request that changes something
        self.on_write: t.Callable[[], None] = lambda: None
        #: lists that were read to turn names into ids, by kind
        self.lookups: dict[str, list[Json]] = {}
        #: operations that this platform was found not to know, with its refusal
        self.refusals: dict[str, CloudError] = {}
        #: lists that the items of a loop share, by the plural of the resource, each with the time when it was read
        self.shared_lists: dict[str, tuple[float, t.Any]] = {}
        #: what the items of a loop know of objects that they name, by the plural of the resource
        self.loop_lists: dict[str, t.Any] = {}
        self.file_sums = FileSums()
        #: what people should know about lists that were read
        self.notices: list[str] = []

    # --- who and where

    @property
    def project_id(self) -> str:
        """Id of the project to act in: the {tenant_id} of the paths."""
        return self.scope.project_id

    @property
    def project_name(self) -> str:
        """Name of the project to act in; its id where the token has no name of it."""
        return self.scope.project_name

    @property
    def user_name(self) -> t.Optional[str]:
        """Name of the user that acts, None where neither the options nor the token have it."""
        return self.scope.user_name

    @property
    def user_id(self) -> t.Optional[str]:
        """Id of the user that acts, None where the token does not have it."""
        return self.scope.user_id

    # --- operations

    def call(self, operation: Operation, params: Params = None, query: Query = None, body: t.Any = None) -> t.Any:
        """Carry out an operation and return its decoded JSON answer, None where there is none.

        Raises:
            AnswerLost: a request that must not be repeated blindly may or may not have been carried out.
            CloudError: the platform refused, failed or could not be reached.
        """
        if mentions_new(params, query):
            return {}  # of what does not exist yet, there is nothing to read
        return self.answer(operation, params, query, body)[1]

    def answer(
        self, operation: Operation, params: Params = None, query: Query = None, body: t.Any = None
    ) -> tuple[int, t.Any]:
        """Like call(), with the HTTP status before the decoded answer."""
        return self._send(operation, params, query=query, body=body)

    def upload(
        self,
        operation: Operation,
        params: t.Mapping[str, t.Any],
        source: str,
        md5: t.Optional[str] = None,
        meter: t.Optional[Meter] = None,
    ) -> str:
        """Stream a local file, or what a URL has, as the body and return its MD5 sum (hexadecimal).

        One part of it is in memory at a time. The sum of a file counts as it is given. What a URL has is never sent to
        its end if it has not the given sum.
        """
        with self._opened(source, md5) as stream:
            stream.meter = meter
            self._send(operation, params, stream=stream)
            return stream.hexdigest()

    @contextlib.contextmanager
    def _opened(self, source: str, md5: t.Optional[str]) -> t.Iterator[Stream]:
        if web_source.is_url(source):
            with web_source.WebSource("src", source, self.connection, md5) as data:
                yield data
        else:
            with open(source, "rb") as file:
                yield FileStream(file, md5)

    def download(
        self,
        operation: Operation,
        params: t.Mapping[str, t.Any],
        path: str,
        md5: t.Optional[str] = None,
        meter: t.Optional[Meter] = None,
    ) -> None:
        """Stream the binary answer into a local file, which appears only when it is complete and has the MD5 sum."""

        def save(response: requests.Response) -> None:
            downloads.save(self.exchange.reader, operation, response, path, md5, meter)

        self._send(operation, params, receive=save)

    def _send(self, operation: Operation, params: Params, **parts: t.Any) -> tuple[int, t.Any]:
        """Send with a token, to where the operation stands.

        Raises:
            NotSent: the process that wants the answer has ended.
        """
        self.exchange.demand_asker(operation)
        if operation.query:
            parts["query"] = {**operation.query, **dict(parts.get("query") or {})}
        with self._noted(operation):
            response, answer = self._dispatcher.send(operation, lambda path: self._filled(path, params), **parts)
        self.authenticator.raise_for_status(operation, response)
        return response.status_code, answer

    @contextlib.contextmanager
    def _noted(self, operation: Operation) -> t.Iterator[None]:
        """Have those who share what was read know of what changes it: while it is under way, they may read either."""
        if not operation.writes:
            yield
            return
        self.on_write()
        try:
            yield
        finally:
            self.on_write()

    def _filled(self, path: str, params: Params) -> str:
        """A path with its parameters; each is percent-encoded, none may be empty or mean another operation."""
        given = dict(params or {})

        def fill(match: t.Match[str]) -> str:
            name = match.group(1)
            if name == "tenant_id" and name not in given:
                return path_part(name, self.project_id)
            return path_part(name, given.get(name))

        return _PLACEHOLDER.sub(fill, path)

    # --- lists

    def list_all(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: Params = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
        strict: bool = False,
    ) -> list[Json]:
        """All entries of a list operation, page after page.

        Args:
            key: the member that holds the entries; None for a bare array.
            page_size: sent as `limit`, where the reference has that parameter.
            strict: whether an answer without that member is an error and not an empty list.
        """
        return [entry for page in self.pages(operation, key, params, query, page_size, strict) for entry in page]

    def pages(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: Params = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
        strict: bool = False,
    ) -> t.Iterator[list[Json]]:
        """The same, a page at a time, for lists too long to be held as they are returned."""
        if mentions_new(params, query):
            return
        yield from self._listing(operation, key, params, page_size, strict).pages(query)

    def page(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: Params = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
    ) -> tuple[list[Json], t.Optional[Json]]:
        """One page of a list operation, and what to add to the query for the next one; None if it was the last."""
        return self._listing(operation, key, params, page_size).page(query)

    def _listing(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: Params,
        page_size: t.Optional[int],
        strict: bool = False,
    ) -> Listing:
        return Listing(
            operation, lambda query: self.call(operation, params, query), key, page_size, strict, self.notices.append
        )

    # --- what was sent

    @property
    def requests(self) -> t.Counter[str]:
        """How many requests were sent, by method."""
        return self.exchange.requests

    @property
    def retries(self) -> list[str]:
        """What was sent again, for people."""
        return self.exchange.retries

    def close(self) -> None:
        """Close the connections."""
        self.exchange.close()

    def give_back(self, client: Client) -> None:
        """Close the connections, and have another client count what was sent by them."""
        self.close()
        client.requests.update(self.requests)
        client.retries.extend(self.retries)
        client.notices.extend(self.notices)
