# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""One exchange: a request, sent again for as long as that is safe, and its response or the error that came of it."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import json
import threading
import time
import typing as t
from urllib.parse import urlsplit

with contextlib.suppress(ImportError):  # reported at the edge, see session.REQUESTS_IMPORT_ERROR
    import requests
    import urllib3
from . import ancestors
from . import session as http
from .connection import Connection
from .errors import CloudError, NoAnswer, NotSent, OptionError
from .json_types import Query
from .operation import Operation
from .pacing import Pace
from .paths import check_text
from .response_reader import ResponseReader, lost
from .secrets import Redactor


@dataclasses.dataclass(frozen=True)
class Request:
    """What is sent.

    Attributes:
        url: the address, without the query.
        headers: None leaves one out.
        body: JSON data; None sends none.
        stream: data to send as the body instead; it is not sent twice after a lost answer.
        receive: makes something of a successful response that is streamed; else the response is decoded.
    """

    operation: Operation
    url: str
    headers: t.Mapping[str, t.Optional[str]] = dataclasses.field(default_factory=dict, repr=False)
    query: Query = None
    body: t.Any = dataclasses.field(default=None, repr=False)
    stream: t.Optional[http.Stream] = None
    receive: t.Optional[t.Callable[[requests.Response], t.Any]] = None

    @property
    def is_safe(self) -> bool:
        """Whether it may be sent again after a lost answer."""
        return self.operation.repeatable and self.stream is None

    @property
    def what(self) -> str:
        """Method and path, for messages."""
        return f"{self.operation.method} {urlsplit(self.url).path}"


class Exchange:
    """Sends requests at the pace of the platform, and counts them.

    Several threads may use it at once: each request has a session of its own.

    Not to be shared between processes: connections do not survive a fork.
    """

    def __init__(self, connection: Connection, redactor: Redactor) -> None:
        self._connection, self._redactor = connection, redactor
        self._ancestry = ancestors.of_this_process()
        #: sessions that no request has at present, by the address that they are for
        self._idle: dict[str, list[requests.Session]] = collections.defaultdict(list)
        self._lock = threading.Lock()
        self.reader = ResponseReader(connection.url, redactor)
        self.requests: t.Counter[str] = collections.Counter()
        self.retries: list[str] = []
        self._pace = Pace()

    def demand_asker(self, operation: Operation) -> None:
        """Refuse to send for nobody.

        Raises:
            NotSent: the process that wants the answer has ended.
        """
        if self._ancestry.is_broken:
            raise NotSent(f"{operation.id}: not sent, because the process that asked for it has ended.")

    def send(self, request: Request) -> tuple[requests.Response, t.Any]:
        """Send a request, again for as long as that is safe and tries are left; return its response and what it holds.

        This is the only place where anything is sent again automatically. What never left or was not taken is, whatever
        it is; what was sent only if repeating it is harmless, and then for a response that breaks on its way as well.
        """
        for left in range(self._connection.retries, -1, -1):
            response = None
            if request.stream is not None:
                request.stream.seek(0)
            moment = self._pace.admit()
            try:
                response = self.send_once(request)
                passing = http.not_taken(response) or (request.is_safe and response.status_code in http.GATEWAY_TROUBLE)
                if not (left and passing):
                    return response, self._received(request, response)
                what = f"{request.what}: status {response.status_code}"
                response.close()
            except NoAnswer as error:
                if not left or not (request.is_safe or isinstance(error, NotSent)):
                    raise
                what = error.message.rstrip(" .")
            self.retries.append(self._redactor.text(f"{what}, trying again ({left} tries left)"))
            pause = http.pause_before_try(self._connection.retries - left + 1, response)
            if response is not None and http.not_taken(response):
                self._pace.refused(moment, pause)
            time.sleep(pause)
        raise AssertionError("unreachable")

    def send_once(self, request: Request) -> requests.Response:
        """Send a request, and return its response, whatever it reports.

        Raises:
            NoAnswer: no complete response arrived.
            OptionError: it cannot be sent, however often it is tried.
        """
        operation, url = request.operation, request.url
        data = request.stream if request.body is None else _json_text(request.body)
        query = _plain_query(request.query)
        with self._lock:
            self.requests[operation.method] += 1
        streamed = request.receive is not None
        try:
            with self._session(url) as session:
                response = session.request(
                    operation.method,
                    http.without_zone(url),
                    params=query,
                    data=data,
                    headers=request.headers,
                    timeout=self._connection.timeout,
                    allow_redirects=False,
                    stream=streamed,
                )
        except requests.exceptions.SSLError as error:
            if http.is_certificate_or_handshake(error):
                raise _no_tls(request, http.reason_of(error)) from None
            raise self._no_answer(request, error) from None
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise self._no_answer(request, error) from None
        except OSError as error:  # how requests says that there is no such file of authorities
            raise OptionError(
                f"TLS to {http.origin(url)}: {error}.",
                operation=operation.id,
                hint="Set ca_path, or the variable REQUESTS_CA_BUNDLE, to a file or directory that is there.",
            ) from None
        if not streamed:
            self.reader.check_complete(operation, response)
        return response

    def raise_for_status(self, operation: Operation, response: requests.Response) -> None:
        """Raise what a response other than 2xx reports."""
        if response.status_code == 407:  # no service says so
            raise OptionError(
                f"{self.reader.what(operation, response)}: the proxy {self._proxy_of(response.url)} wants a login "
                "(407). Nothing was sent.",
                status=407,
                operation=operation.id,
                hint=http.proxy_hint("407"),
            )
        self.reader.raise_for_status(operation, response)

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            sessions = [session for idle in self._idle.values() for session in idle]
            self._idle.clear()
        for session in sessions:
            session.close()

    def _received(self, request: Request, response: requests.Response) -> t.Any:
        """What a successful response holds."""
        if not 200 <= response.status_code < 300:
            return None
        if request.receive is None:
            return self.reader.data(request.operation, response)
        with response:
            return request.receive(response)

    @contextlib.contextmanager
    def _session(self, url: str) -> t.Iterator[requests.Session]:
        """A session for the address of a URL, for one thread at a time: each address may have another proxy."""
        origin = http.origin(url)
        with self._lock:
            idle = self._idle[origin]
            session = idle.pop() if idle else None
        if session is None:
            c = self._connection
            session = http.new_session(origin, (c.ca_path or True) if c.validate_certs else False, c.language)
        try:
            yield session
        finally:
            with self._lock:
                self._idle[origin].append(session)

    def _proxy_of(self, url: str) -> t.Optional[str]:
        with self._session(url) as session:
            return http.proxy_of(session, url)

    def _no_answer(self, request: Request, error: Exception) -> CloudError:
        """What an error of the network means for a request."""
        what, where, why = request.what, http.origin(request.url), http.reason_of(error)
        if not http.never_sent(error):
            return lost(request.operation, f"{what}: no answer from {where}: {why}.")
        kind = OptionError if http.is_hopeless(error) else NotSent
        proxy = self._proxy_of(request.url)
        if proxy:
            return kind(
                f"{what}: cannot reach {where} through the proxy {proxy}: {why}. Nothing was sent.",
                operation=request.operation.id,
                hint=http.proxy_hint(why),
            )
        return kind(
            f"{what}: cannot reach {where}: {why}.",
            operation=request.operation.id,
            hint="Check api_url and api_auth_url, and that the platform is up.",
        )


def _no_tls(request: Request, why: str) -> OptionError:
    where, name = http.origin(request.url), request.operation.id
    if "CERTIFICATE" not in why.upper() and "hostname" not in why:
        hint = "Check scheme and port of api_url and api_auth_url; it may be http there."
        return OptionError(f"No TLS connection to {where}: {why}.", operation=name, hint=hint)
    return OptionError(
        f"The TLS certificate of {where} does not verify: {why}.",
        operation=name,
        hint="Set ca_path to the authority that signed it, or validate_certs: false if you know what you do.",
    )


def _plain_query(query: Query) -> t.Optional[list[tuple[str, t.Any]]]:
    if not query:
        return None
    pairs = query.items() if isinstance(query, t.Mapping) else query
    plain = [(name, value) for name, value in pairs if value is not None]
    for name, value in plain:
        check_text(str(name), str(value))
    return plain


def _json_text(body: t.Any) -> str:
    try:
        return json.dumps(body, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise OptionError(f"The body cannot be written as JSON: {error}.") from None
