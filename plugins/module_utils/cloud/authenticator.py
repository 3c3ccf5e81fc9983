# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Login: where the token of requests comes from, and when another one is fetched."""

from __future__ import annotations

import contextlib
import dataclasses
import re
import threading
import typing as t
from urllib.parse import urlsplit

with contextlib.suppress(ImportError):  # reported at the edge, see session.REQUESTS_IMPORT_ERROR
    import requests
from . import tokens
from .addresses import is_refused, is_success, is_unknown
from .connection import Connection
from .errors import CloudError, OptionError
from .exchange import Exchange, Request
from .installation import Installation
from .json_types import Json
from .operation import Operation
from .secrets import Redactor

JSON_TYPE = "application/json"

TOKEN_CREATE = Operation("token-create", "POST", "/auth/tokens", reads=True)
TOKEN_GET = Operation("token-get", "GET", "/auth/tokens")


class Logins:
    """One login of an account at a time, and none after one that was refused: accounts get locked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._refusal: t.Optional[OptionError] = None

    def make(self, login: t.Callable[[], tokens.Token]) -> tokens.Token:
        """The token of a login.

        Raises:
            OptionError: the login is refused, or one before it was.
        """
        with self._lock:
            if self._refusal is not None:
                raise self._refusal
            try:
                return login()
            except OptionError as error:
                self._refusal = error
                raise


class Authenticator:
    """The token of one user in one project, and requests that bear it. Several threads may use it at once."""

    def __init__(
        self,
        connection: Connection,
        redactor: Redactor,
        exchange: Exchange,
        installation: Installation,
        logins: Logins,
    ) -> None:
        c = connection
        self._connection, self._redactor, self._exchange = c, redactor, exchange
        self._installation, self._logins = installation, logins
        self._identity_url: t.Optional[str] = None
        self._lock = threading.Lock()
        self._token: t.Optional[tokens.Token] = None
        self._cache = None if c.token else tokens.TokenCache(*_identity(c))

    @property
    def token(self) -> tokens.Token:
        """The token to send: the given one, else the one from the cache or a login."""
        token = self._token
        if token is None:
            given = self._connection.token
            token = self._adopt(tokens.Token(given)) if given else self._renewed(spent=None)
        return token

    def log_in(self) -> tokens.Token:
        """Have a token, and return it."""
        return self.token

    def _adopt(self, token: tokens.Token) -> tokens.Token:
        """Use a token from now on."""
        self._redactor.add(token.value)
        self._token = token
        return token

    @property
    def described_token(self) -> tokens.Token:
        """The token with what Keystone knows of it: project and user."""
        token = self.token
        if token.project_id or not self._connection.token:
            return token
        headers = {"X-Auth-Token": token.value, "X-Subject-Token": token.value}
        response, answer = self._ask_identity(TOKEN_GET, headers)
        if not response.ok:
            return token
        return self._adopt(tokens.token_from_answer(token.value, answer) or token)

    def send(self, request: Request) -> tuple[requests.Response, t.Any]:
        """Send a request with the token, again with a new one after a 401; return its response and what it holds."""
        token = self.token
        response, answer = self._exchange.send(_with_token(request, token))
        if response.status_code != 401 or self._connection.token:
            return response, answer
        return self._exchange.send(_with_token(request, self._renewed(spent=token)))

    def raise_for_status(self, operation: Operation, response: requests.Response) -> None:
        """Raise what a response other than 2xx reports."""
        if response.status_code == 401:
            given = self._connection.token
            raise OptionError(
                f"{self._exchange.reader.what(operation, response)}: the platform does not accept the token.",
                status=401,
                operation=operation.id,
                hint="Check api_token." if given else "Check api_username, api_password and api_project.",
            )
        self._exchange.raise_for_status(operation, response)

    # --- login

    def _renewed(self, spent: t.Optional[tokens.Token]) -> tokens.Token:
        """Another token than the spent one. Of several threads that want one, the first gets it for all."""
        with self._lock:
            token = self._token
            if token is None or token is spent:
                token = self._adopt(self._logins.make(lambda: self._of_project(self._cached_or_new(spent))))
            return token

    def _cached_or_new(self, spent: t.Optional[tokens.Token]) -> tokens.Token:
        """Take the token from the cache, unless it is the spent one, else authenticate; one process at a time."""
        secret, cache = self._connection.secret, self._cache
        if cache is None or not secret or not (self._connection.username or self._connection.application_credential_id):
            raise OptionError(
                "Nothing to authenticate with.",
                hint="Set api_token, or api_username and api_password, or api_application_credential_id and "
                "api_application_credential_secret, or the environment variables in their place.",
            )
        cached = _usable(cache, secret, spent)
        if cached:
            return cached
        with cache.locked():
            cached = _usable(cache, secret, spent)
            if cached:
                return cached
            token = self._authenticate()
            token = dataclasses.replace(token, mark=tokens.mark_of(token.value, secret))
            cache.write(token)
            return token

    def _of_project(self, token: tokens.Token) -> tokens.Token:
        """The token, if it is of the project to act in, which an application credential cannot choose."""
        wanted, known = self._connection.project, (token.project_id, token.project_name)
        if not self._connection.application_credential_id or not wanted or wanted in known:
            return token
        raise OptionError(
            f"api_project: {wanted!r} is not the project of the application credential, {known[1] or known[0]!r}.",
            hint="Leave api_project out, or use a credential of that project.",
        )

    def _authenticate(self) -> tokens.Token:
        c = self._connection
        if c.application_credential_id:
            return self._with_application_credential(c.application_credential_id, c.secret or "")
        return self._with_password(c.username or "", c.secret or "")

    def _with_application_credential(self, credential_id: str, secret: str) -> tokens.Token:
        token = self._request_token(tokens.application_credential_request(credential_id, secret))
        if token is None:
            raise OptionError(
                f"Could not log in at {self._identity_url} with api_application_credential_id {credential_id!r}.",
                status=401,
                hint="Check api_application_credential_id and _secret, and that the credential has not expired.",
            )
        return token

    def _with_password(self, username: str, password: str) -> tokens.Token:
        c = self._connection

        def login(scope: t.Optional[Json]) -> t.Optional[tokens.Token]:
            return self._request_token(tokens.password_request(username, password, c.domain, scope))

        likely, *others = tokens.project_scopes(c.project, c.domain)
        token = login(likely)
        if token:
            return token
        where = f"at {self._identity_url} as api_username {username!r} (api_domain {c.domain!r})"
        # A wrong password and an unknown project are both 401. One login without a project shows which, and
        # wrong passwords are not tried more often than that: accounts get locked.
        if not c.project or not login(None):
            raise OptionError(
                f"Could not log in {where}.", status=401, hint="Check api_username, api_password and api_domain."
            )
        for scope in others:
            token = login(scope)
            if token:
                return token
        raise OptionError(
            f"Logged in {where}, but not in api_project {c.project!r}.",
            status=401,
            hint="Check that the project exists and that the user has a role in it.",
        )

    def _request_token(self, body: Json) -> t.Optional[tokens.Token]:
        """One login; None if the platform says 401."""
        response, answer = self._ask_identity(TOKEN_CREATE, body=body)
        if response.status_code == 401:
            return None
        if is_refused(response):
            raise self._no_identity(response.status_code)
        self._exchange.raise_for_status(TOKEN_CREATE, response)
        token = tokens.token_from_answer(response.headers.get("X-Subject-Token"), answer)
        if token is None or not tokens.is_header_value(token.value):
            raise CloudError(f"The answer of {self._identity_url} holds no token.", hint="Check api_auth_url.")
        return token

    # --- the identity service

    def _ask_identity(
        self, operation: Operation, headers: t.Optional[t.Mapping[str, str]] = None, body: t.Optional[Json] = None
    ) -> tuple[requests.Response, t.Any]:
        """Send a request to the identity service, where it is found; else return the last refusal.

        One that refuses with anything but an unknown address is found: no password is then sent elsewhere.
        """
        sent = {"Content-Type": JSON_TYPE, "Accept": JSON_TYPE, **(headers or {})}
        urls = self._identity_urls()
        for url, layout in urls.items():
            response, answer = self._exchange.send(Request(operation, url + operation.path, sent, body=body))
            # A login is of no object that could be unknown.
            if not (is_refused(response) if operation is TOKEN_CREATE else is_unknown(response, certainly=False)):
                self._identity_url = url
                if is_success(response) and len(urls) > 1:
                    self._installation.note_identity(layout)
                break
        return response, answer

    def _identity_urls(self) -> dict[str, str]:
        """The addresses at which the identity service can be, the likeliest first, with their layouts."""
        urls: dict[str, str] = {}
        for layout in self._installation.identity_layouts:
            urls.setdefault(self._connection.identity_url(layout), layout)
        found = self._identity_url
        return {found: urls[found], **urls} if found in urls else urls

    def _no_identity(self, status: int) -> CloudError:
        where = " or ".join(self._identity_urls())
        scheme, host, path = urlsplit(self._connection.url)[:3]
        port_9000 = f"{scheme}://{re.sub(':[0-9]*$', '', host.rpartition('@')[2])}:9000/v3"
        with_path = (
            f"api_url {self._connection.url!r} has a path. Specify scheme, host and port only, such as "
            "http://cloud.example.com:11000."
        )
        without_path = (
            "Check api_url. Many installations serve logins on port 9000 only, to which nothing is sent unless you say "
            f"so: set api_auth_url, such as {port_9000}."
        )
        return CloudError(
            f"No identity service (Keystone v3) answers at {where}: status {status}.",
            operation=TOKEN_CREATE.id,
            hint=with_path if path.strip("/") else without_path,
        )


def _identity(c: Connection) -> tuple[t.Optional[str], ...]:
    """What a token in the cache is for."""
    if c.application_credential_id:
        return c.url, c.auth_url, "application credential", c.application_credential_id
    return c.url, c.auth_url, c.username, c.domain, c.project


def _with_token(request: Request, token: tokens.Token) -> Request:
    headers = {
        "Content-Type": JSON_TYPE,
        "Accept": JSON_TYPE if request.operation.answers else None,
        "X-Auth-Token": token.value,
        **request.operation.headers,
        **request.operation.optional_headers,
    }
    return dataclasses.replace(request, headers=headers)


def _usable(cache: tokens.TokenCache, password: str, spent: t.Optional[tokens.Token]) -> t.Optional[tokens.Token]:
    """The token in the cache, if it was fetched with this password and is not the spent one."""
    cached = cache.read()
    if cached is None or (spent and cached.value == spent.value):
        return None
    return cached if cached.mark == tokens.mark_of(cached.value, password) else None
