# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""How to talk to the platform: one HTTP session, the headers of each operation, retries, pages and errors."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import json
import os
import re
import tempfile
import time
import typing as t
from urllib.parse import urlsplit

with contextlib.suppress(ImportError):  # told at the edge, see transport.REQUESTS_IMPORT_ERROR
    import requests
    import urllib3
from . import ancestors, tokens
from . import session as http
from .connection import Connection, check_connection
from .errors import AnswerLost, CloudError, NoAnswer, NotSent, OptionError
from .hints import hint_for
from .operation import Operation
from .paths import check_text, path_part
from .placeholders import mentions_new
from .responses import (
    as_list,
    decoded,
    deduplicate,
    error_text,
    has_list,
    identity_for_pages,
    is_failure_envelope,
    next_page,
    plain_text,
)
from .secrets import Redactor

_JSON = "application/json"


_ERROR_EXCERPT = 500


_PLACEHOLDER = re.compile(r"{(\w+)}")


# How a service says in words that it did what answers nothing by the reference.
_DONE_IN_WORDS = re.compile(
    r"\W*(\d{3}\W+)?(ok|success\w*|succe\w+|done|accepted|created|updated|deleted)\b[^<]{0,200}", re.I
)


_PAGE = re.compile(r"\s*<(!doctype|html|head|body)\b", re.I)


TOKEN_CREATE = Operation("token-create", "POST", "/auth/tokens", reads=True)


TOKEN_GET = Operation("token-get", "GET", "/auth/tokens")


PROJECT_LIST = Operation("project-list", "GET", "/os/kinton/v1/v3/projects")


class Client:
    """A session with one platform as one user in one project.

    Not to be shared between processes: connections do not survive a fork.
    """

    def __init__(self, connection: Connection, redactor: t.Optional[Redactor] = None) -> None:
        check_connection(connection)
        self.connection = connection
        self._ancestry = ancestors.of_this_process()
        self.redactor = redactor or Redactor()
        self.redactor.add([connection.password, connection.token])
        self.requests: t.Counter[str] = collections.Counter()
        self.retries: list[str] = []
        #: lists that were read to turn names into ids, by kind
        self.lookups: dict[str, list[dict]] = {}
        #: lists that the items of a loop share, by the plural of the resource, each with the time when it was read
        self.shared_lists: dict[str, tuple[float, list[dict]]] = {}
        self._sessions: dict[str, requests.Session] = {}
        self._token: t.Optional[tokens.Token] = None
        self._project_id: t.Optional[str] = None
        c = connection
        self._cache = None if c.token else tokens.TokenCache(c.url, c.identity_url, c.username, c.domain, c.project)

    # --- who and where ---------------------------------------------------------------------------------------

    @property
    def project_id(self) -> str:
        """Id of the project to act in: the {tenant_id} of the paths."""
        if self._project_id is None:
            self._project_id = self._find_project_id()
        return self._project_id

    @property
    def user_name(self) -> t.Optional[str]:
        """Name of the user that acts, None where neither the options nor the token tell it."""
        return self.connection.username or self._described_token().user_name

    @property
    def user_id(self) -> t.Optional[str]:
        """Id of the user that acts, None where the token does not tell it."""
        return self._described_token().user_id

    @property
    def project_name(self) -> str:
        """Name of the project to act in; its id where the token tells no name."""
        token = self._described_token()
        return token.project_name if token.project_name and token.project_id == self.project_id else self.project_id

    def _find_project_id(self) -> str:
        wanted = self.connection.project
        if not self.connection.token:
            project_id = self._current_token().project_id
            if project_id:
                return project_id
            raise OptionError("The user has no default project.", hint="Set api_project (or CLOUDOS_PROJECT).")
        if not wanted:
            described = self._described_token()
            project_id = described.project_id or (None if described.user_id else self._only_project())
            if project_id:
                return project_id
            why = "belongs to no project" if described.user_id else "is of a project that the platform does not tell"
            raise OptionError(f"api_token {why}.", hint="Set api_project (or CLOUDOS_PROJECT).")
        return wanted if tokens.looks_like_id(wanted) else self._project_by_name(wanted)

    def _only_project(self) -> t.Optional[str]:
        """The project of a token that the platform does not describe, where it lets see one project only."""
        try:
            projects = self.list(PROJECT_LIST, "projects")
        except CloudError as error:
            if error.status not in (403, 404):
                raise
            projects = []
        return projects[0].get("id") if len(projects) == 1 else None

    def _project_by_name(self, wanted: str) -> str:
        try:
            projects = self.list(PROJECT_LIST, "projects")
        except CloudError as error:
            if error.status in (403, 404):
                return wanted  # listing is not for everybody; the text may well be an id
            raise
        ids = [p["id"] for p in projects if p.get("id") == wanted] or [
            p["id"] for p in projects if p.get("name") == wanted
        ]
        if len(ids) == 1:
            return ids[0]
        problem = (
            f"names several projects: {', '.join(sorted(ids))}. Give the id" if ids else "names no project. Check it"
        )
        raise OptionError(f"api_project: {wanted!r} {problem}.")

    # --- token -----------------------------------------------------------------------------------------------

    def _current_token(self) -> tokens.Token:
        if self._token is None:
            self._token = self._given_token() or self._login(spent=None)
            self.redactor.add(self._token.value)
        return self._token

    def _given_token(self) -> t.Optional[tokens.Token]:
        return tokens.Token(self.connection.token) if self.connection.token else None

    def _renew_token(self) -> bool:
        """After a 401: get another token. False if there is no way to."""
        if self.connection.token:
            return False
        self._token = self._login(spent=self._token)
        self.redactor.add(self._token.value)
        return True

    def _login(self, spent: t.Optional[tokens.Token]) -> tokens.Token:
        """Take the token from the cache, unless it is the spent one, else authenticate; one process at a time."""
        if not self.connection.username or not self.connection.password:
            raise OptionError(
                "Nothing to authenticate with.",
                hint="Set api_token, or api_username and api_password, or the environment variables in their place.",
            )
        cached = self._cached_token(spent)
        if cached:
            return cached
        with self._cache.locked():
            cached = self._cached_token(spent)
            if cached:
                return cached
            token = self._authenticate()
            token = dataclasses.replace(token, mark=tokens.mark_of(token.value, self.connection.password))
            self._cache.write(token)
            return token

    def _cached_token(self, spent: t.Optional[tokens.Token]) -> t.Optional[tokens.Token]:
        """The token in the cache, if it was fetched with this password and is not the spent one."""
        cached = self._cache.read()
        if cached is None or (spent and cached.value == spent.value):
            return None
        return cached if cached.mark == tokens.mark_of(cached.value, self.connection.password) else None

    def _authenticate(self) -> tokens.Token:
        c = self.connection
        likely, *others = tokens.project_scopes(c.project, c.domain)
        token = self._request_token(likely)
        if token:
            return token
        where = f"at {c.identity_url} as api_username {c.username!r} (api_domain {c.domain!r})"
        # A wrong password and an unknown project are both 401. One login without a project tells them apart, and
        # wrong passwords are not tried more often than that: accounts get locked.
        if not c.project or not self._request_token(None):
            raise OptionError(
                f"Could not log in {where}.", status=401, hint="Check api_username, api_password and api_domain."
            )
        for scope in others:
            token = self._request_token(scope)
            if token:
                return token
        raise OptionError(
            f"Logged in {where}, but not in api_project {c.project!r}.",
            status=401,
            hint="Check that the project exists and that the user has a role in it.",
        )

    def _request_token(self, scope: t.Optional[dict]) -> t.Optional[tokens.Token]:
        """One login; None if the platform says 401."""
        c = self.connection
        body = tokens.password_request(c.username, c.password, c.domain, scope)
        response, answer = self._send(
            TOKEN_CREATE, c.identity_url + TOKEN_CREATE.path, {"Content-Type": _JSON, "Accept": _JSON}, body=body
        )
        if response.status_code == 401:
            return None
        self._raise_for_status(TOKEN_CREATE, response)
        token = tokens.token_from_answer(response.headers.get("X-Subject-Token"), answer)
        if token is None or not tokens.is_header_value(token.value):
            raise CloudError(f"The answer of {c.identity_url} holds no token.", hint="Check api_auth_url.")
        return token

    def _described_token(self) -> tokens.Token:
        """The token with what Keystone knows of it: project and user."""
        token = self._current_token()
        if token.project_id or not self.connection.token:
            return token
        headers = {"Content-Type": _JSON, "Accept": _JSON, "X-Auth-Token": token.value, "X-Subject-Token": token.value}
        response, answer = self._send(TOKEN_GET, self.connection.identity_url + TOKEN_GET.path, headers)
        if not response.ok:
            return token
        described = tokens.token_from_answer(token.value, answer)
        self._token = described or token
        return self._token

    # --- operations ------------------------------------------------------------------------------------------

    def call(
        self,
        operation: Operation,
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Union[t.Mapping[str, t.Any], t.Sequence[tuple], None] = None,
        body: t.Any = None,
    ) -> t.Any:
        """Carry out an operation and return its decoded JSON answer, None where there is none.

        Raises:
            AnswerLost: a request that must not be repeated blindly may or may not have been carried out.
            CloudError: the platform refused, failed or could not be reached.
        """
        if mentions_new(params, query):
            return {}  # of what does not exist yet, there is nothing to read
        return self.answer(operation, params, query, body)[1]

    def answer(
        self,
        operation: Operation,
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Union[t.Mapping[str, t.Any], t.Sequence[tuple], None] = None,
        body: t.Any = None,
    ) -> tuple[int, t.Any]:
        """Like call(), with the HTTP status before the decoded answer."""
        response, answer = self._exchange(operation, params, query, body)
        return response.status_code, answer

    def upload(self, operation: Operation, params: t.Mapping[str, t.Any], path: str) -> str:
        """Stream a local file as the body and return its MD5 sum (hexadecimal); one chunk is in memory at a time."""
        with open(path, "rb") as file:
            reader = http.HashingReader(file)
            self._exchange(operation, params, stream=reader)
            return reader.hexdigest()

    def download(
        self, operation: Operation, params: t.Mapping[str, t.Any], path: str, md5: t.Optional[str] = None
    ) -> None:
        """Stream the binary answer into a local file, which appears only when it is complete and has the MD5 sum."""
        self._exchange(operation, params, receive=lambda op, response: self._save(op, response, path, md5))

    def list(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
        strict: bool = False,
    ) -> list[dict]:
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
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
        strict: bool = False,
    ) -> t.Iterator[list[dict]]:
        """The same, a page at a time, for lists too long to be held as they are told."""
        if mentions_new(params, query):
            return
        known: set[str] = set()
        query = dict(query or {})
        linked = False
        while True:
            page, following = self._page(operation, key, params, query, page_size, strict)
            linked = linked or following is not None
            if not linked:
                following = _after(page, page_size, strict)
            fresh = deduplicate(page, known)
            yield fresh
            if following is None or not fresh:
                return
            query.update(following)

    def page(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
    ) -> tuple[list[dict], t.Optional[dict]]:
        """One page of a list operation, and what to add to the query for the next one; None if it was the last."""
        page, following = self._page(operation, key, params, query, page_size)
        return page, following or _after(page, page_size)

    def _page(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: t.Optional[t.Mapping[str, t.Any]],
        query: t.Optional[t.Mapping[str, t.Any]],
        page_size: t.Optional[int],
        strict: bool = False,
    ) -> tuple[list[dict], t.Optional[dict]]:
        """One page, and what its link to the next one says, if it has one."""
        if page_size:
            query = {"limit": str(page_size), **(query or {})}
        answer = self.call(operation, params, query)
        if not (answer is None or answer == "" or isinstance(answer, (dict, list))):
            raise CloudError(f"{operation.id}: the answer is no list: {str(answer)[:80]}.", operation=operation.id)
        if key and strict and not has_list(answer, key):
            members = ", ".join(map(str, answer)) or "nothing"
            raise OptionError(f"list_key: the answer has no {key!r}; it has {members}.", operation=operation.id)
        return [entry for entry in as_list(answer, key) if isinstance(entry, dict)], next_page(answer, key)

    # --- one exchange ----------------------------------------------------------------------------------------

    def _exchange(self, operation, params=None, query=None, body=None, stream=None, receive=None):
        """Send with a token, again with a new one after a 401, on the fallback path where the first is unknown.

        Raises:
            NotSent: the process that wants the answer has ended.
        """
        if self._ancestry.is_broken:
            raise NotSent(f"{operation.id}: not sent, because the process that asked for it has ended.")
        response, answer = self._send_with_token(operation, operation.path, params, query, body, stream, receive)
        if response.status_code in (404, 405) and operation.fallback:
            response, answer = self._send_with_token(
                operation, operation.fallback, params, query, body, stream, receive
            )
        if response.status_code == 401:
            raise OptionError(
                f"{self._what(operation, response)}: the platform does not accept the token.",
                status=401,
                operation=operation.id,
                hint="Check api_token."
                if self.connection.token
                else "Check api_username, api_password and api_project.",
            )
        self._raise_for_status(operation, response)
        return response, answer

    def _send_with_token(self, operation, path, params, query, body, stream, receive):
        url = self.url(path, params)
        for last in (False, True):
            token = self._current_token()
            headers = {
                "Content-Type": _JSON,
                "Accept": _JSON if operation.answers else None,
                "X-Auth-Token": token.value,
            }
            headers.update(operation.headers)
            response, answer = self._send(operation, url, headers, query, body, stream, receive)
            if response.status_code != 401 or last or not self._renew_token():
                return response, answer
        raise AssertionError("unreachable")

    def url(self, path: str, params: t.Optional[t.Mapping[str, t.Any]] = None) -> str:
        """The address of a path; every parameter is percent-encoded, none may be empty or mean another operation."""
        given = dict(params or {})

        def fill(match: t.Match[str]) -> str:
            name = match.group(1)
            if name == "tenant_id" and name not in given:
                return path_part(name, self.project_id)
            return path_part(name, given.get(name))

        return self.connection.url.rstrip("/") + _PLACEHOLDER.sub(fill, path)

    def _send(self, operation, url, headers, query=None, body=None, stream=None, receive=None):
        """Send a request, again for as long as that is safe and tries are left; return its answer and what it holds.

        This is the only place where anything is sent again by itself. What never left or was not taken is, whatever it
        is; what was sent only if repeating it is harmless, and then for an answer that breaks on its way as well.

        Args:
            stream: the body, a file; it is not sent twice after a lost answer.
            receive: makes something of a successful answer that is streamed; else it is decoded.
        """
        safe = operation.repeatable and stream is None
        for number in range(self.connection.retries + 1):
            more = number < self.connection.retries
            response = None
            if stream is not None:
                stream.seek(0)
            try:
                response = self._send_once(operation, url, headers, query, body, stream, bool(receive))
                passing = http.not_taken(response) or (safe and response.status_code in http.GATEWAY_TROUBLE)
                if not (more and passing):
                    return response, self._received(operation, response, receive)
                what = f"{operation.method} {urlsplit(url).path}: status {response.status_code}"
                response.close()
            except NoAnswer as error:
                if not more or not (safe or isinstance(error, NotSent)):
                    raise
                what = error.message.rstrip(" .")
            left = self.connection.retries - number
            status = None if response is None else response.status_code
            self._note_retry(operation.method, f"{what}, trying again ({left} tries left)", status)
            time.sleep(http.pause_before_try(number + 1, response))
        raise AssertionError("unreachable")

    def _received(self, operation: Operation, response: requests.Response, receive: t.Any) -> t.Any:
        """What a successful answer holds."""
        if not 200 <= response.status_code < 300:
            return None
        if not receive:
            return self._decode(operation, response)
        with response:
            return receive(operation, response)

    def _send_once(self, operation, url, headers, query, body, stream, streamed_answer):
        data = stream if stream is not None else None if body is None else _json_text(body)
        query = _plain_query(query)
        self.requests[operation.method] += 1
        session = self._session(http.origin(url))
        try:
            response = session.request(
                operation.method,
                url,
                params=query,
                data=data,
                headers=headers,
                timeout=self.connection.timeout,
                allow_redirects=False,
                stream=streamed_answer,
            )
        except requests.exceptions.SSLError as error:
            if http.is_certificate_or_handshake(error):
                raise self._no_tls(operation, url, http.reason_of(error)) from None
            raise self._no_answer(operation, url, error) from None
        except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError) as error:
            raise self._no_answer(operation, url, error) from None
        except OSError as error:  # how requests says that there is no such file of authorities
            raise OptionError(
                f"TLS to {http.origin(url)}: {error}.",
                operation=operation.id,
                hint="Set ca_path, or the variable REQUESTS_CA_BUNDLE, to a file or directory that is there.",
            ) from None
        if not streamed_answer:
            self._check_whole(operation, response)
        return response

    def _no_tls(self, operation: Operation, url: str, why: str) -> OptionError:
        where = http.origin(url)
        if "CERTIFICATE" not in why.upper() and "hostname" not in why:
            hint = "Check scheme and port of api_url and api_auth_url; it may be http there."
            return OptionError(f"No TLS connection to {where}: {why}.", operation=operation.id, hint=hint)
        return OptionError(
            f"The TLS certificate of {where} does not verify: {why}.",
            operation=operation.id,
            hint="Set ca_path to the authority that signed it, or validate_certs: false if you know what you do.",
        )

    def _no_answer(self, operation: Operation, url: str, error: Exception) -> CloudError:
        """What an error of the network means for a request."""
        what, where, why = f"{operation.method} {urlsplit(url).path}", http.origin(url), http.reason_of(error)
        proxy = http.proxy_of(self._session(where), url)
        kind = OptionError if http.is_hopeless(error) else NotSent
        if http.never_sent(error) and proxy:
            return kind(
                f"{what}: cannot reach {where} through the proxy {proxy}: {why}. Nothing was sent.",
                operation=operation.id,
                hint=http.proxy_hint(why),
            )
        if http.never_sent(error):
            return kind(
                f"{what}: cannot reach {where}: {why}.",
                operation=operation.id,
                hint="Check api_url and api_auth_url, and that the platform is up.",
            )
        return self._lost(operation, f"{what}: no answer from {where}: {why}.")

    def _lost(self, operation: Operation, message: str, status: t.Optional[int] = None) -> NoAnswer:
        """No answer, or none that can be read."""
        if not operation.writes:
            hint = "Run the task again, or raise api_timeout or api_retries."
            return NoAnswer(message, status=status, operation=operation.id, hint=hint)
        hint = "The platform may have carried it out all the same; run the task again, or raise api_timeout."
        return AnswerLost(message, status=status, operation=operation.id, hint=hint)

    def _session(self, origin: str) -> requests.Session:
        """The session for one address: each may have another proxy."""
        if origin not in self._sessions:
            c = self.connection
            self._sessions[origin] = http.new_session(origin, (c.ca_path or True) if c.validate_certs else False)
        return self._sessions[origin]

    def _note_retry(self, method: str, what: str, status: t.Optional[int]) -> None:
        self.retries.append(self.redactor.text(what))

    def close(self) -> None:
        """Close the connections."""
        for session in self._sessions.values():
            session.close()
        self._sessions.clear()

    def give_back(self, client: Client) -> None:
        """Close the connections, and have another client count what was sent by them."""
        self.close()
        client.requests.update(self.requests)
        client.retries.extend(self.retries)

    # --- answers ---------------------------------------------------------------------------------------------

    def _check_whole(self, operation: Operation, response: requests.Response) -> None:
        """Refuse an answer that ended before the length it had announced; an old urllib3 does not."""
        missing = getattr(response.raw, "length_remaining", None)
        if missing and operation.method != "HEAD":
            raise self._lost(operation, f"{self._what(operation, response)}: the answer ended {missing} bytes early.")

    def _decode(self, operation: Operation, response: requests.Response) -> t.Any:
        """The data of a successful answer, None where it has none."""
        if not response.content:
            due = operation.answers and not (operation.writes or operation.optional or operation.any_text)
            if due or response.headers.get("Content-Length", "0") != "0":  # what came could not be unpacked
                raise self._unreadable(operation, response, "the answer is empty")
            return None
        try:
            answer = decoded(response.content, response.json)
        except (ValueError, RecursionError):
            if self._is_done_in_words(operation, response):
                return None
            why = f"the answer is not JSON: {self._excerpt(response)}"
            raise self._unreadable(operation, response, why) from None
        if is_failure_envelope(answer):
            raise self._failure(operation, response, answer)
        return answer

    def _is_done_in_words(self, operation: Operation, response: requests.Response) -> bool:
        """Whether a text is the answer of an operation that answers no JSON. A page or torn JSON never is."""
        kind = response.headers.get("Content-Type", "text/plain")
        if operation.answers or "json" in kind:
            return False
        text = response.text
        if response.status_code == 202 and plain_text(text).startswith("202 Accepted"):
            return True  # so says some of OpenStack, also as a page
        if operation.any_text:
            return "html" not in kind and not _PAGE.match(text)
        return kind.startswith("text/") and bool(_DONE_IN_WORDS.fullmatch(text.strip()))

    def _unreadable(self, operation: Operation, response: requests.Response, why: str) -> NoAnswer:
        error = self._lost(operation, f"{self._what(operation, response)}: {why}.", response.status_code)
        error.hint = f"Check that api_url ({self.connection.url}) is the gateway of CloudOS."
        return error

    def _raise_for_status(self, operation: Operation, response: requests.Response) -> None:
        status = response.status_code
        if 200 <= status < 300:
            return
        if 300 <= status < 400:
            target = http.origin(response.headers.get("Location", "")) or "another address"
            raise CloudError(
                f"{self._what(operation, response)}: redirected to {target}.",
                status=status,
                operation=operation.id,
                hint="The token is only sent to api_url and api_auth_url; set them to the final address.",
            )
        if status == 407:  # no service says so
            proxy = http.proxy_of(self._session(http.origin(response.url)), response.url)
            raise OptionError(
                f"{self._what(operation, response)}: the proxy {proxy} wants a login (407). Nothing was sent.",
                status=status,
                operation=operation.id,
                hint=http.proxy_hint("407"),
            )
        try:
            body = decoded(response.content, response.json)
        except (ValueError, RecursionError):
            body = None
        raise self._failure(operation, response, body)

    def _failure(self, operation: Operation, response: requests.Response, body: t.Any) -> CloudError:
        code, message = error_text(body, self.redactor.text)
        status = _status_of(response.status_code, code)
        uncertain = operation.writes and not operation.repeatable and status in http.GATEWAY_TROUBLE
        return (AnswerLost if uncertain else CloudError)(
            f"{self._what(operation, response)} answered {status}: {message or self._excerpt(response, body)}",
            status=status,
            code=code,
            operation=operation.id,
            hint=hint_for(status, message),
        )

    def _what(self, operation: Operation, response: requests.Response) -> str:
        return f"{operation.id} ({operation.method} {self.redactor.text(urlsplit(response.url).path)})"

    def _excerpt(self, response: requests.Response, body: t.Any = None) -> str:
        """The beginning of an answer, without secrets: JSON spells them in its own way, a page has tags in them."""
        if body is not None:
            return json.dumps(self.redactor.data(body), ensure_ascii=False)[:_ERROR_EXCERPT]
        if "charset" not in response.headers.get("Content-Type", ""):
            response.encoding = "utf-8"
        text = self.redactor.text(response.text)
        return plain_text(text[: 4 * _ERROR_EXCERPT])[:_ERROR_EXCERPT] or "(no text)"

    def _save(self, operation: Operation, response: requests.Response, path: str, md5: t.Optional[str]) -> None:
        """Write the data of an answer into a file that is there when they are complete."""
        if response.status_code == 204:
            raise CloudError(f"{operation.id}: there is no data to download.", status=204, operation=operation.id)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            raise self._unreadable(operation, response, "the answer is a page")
        draft = None
        try:
            descriptor, draft = tempfile.mkstemp(prefix=".download-", dir=os.path.dirname(os.path.abspath(path)))
            digest = http.new_md5()
            with os.fdopen(descriptor, "wb") as file:
                for chunk in response.iter_content(http.CHUNK):
                    digest.update(chunk)
                    file.write(chunk)
                size = file.tell()
            self._check_whole(operation, response)
            if not size:
                raise self._unreadable(operation, response, "the answer is empty")
            if md5 and digest.hexdigest() != md5.lower():
                raise CloudError(
                    f"{operation.id}: the data has the MD5 sum {digest.hexdigest()}, the platform says {md5}.",
                    operation=operation.id,
                    hint="It was damaged on the way; nothing was kept. Run the task again.",
                )
            umask = os.umask(0)
            os.umask(umask)
            os.chmod(draft, 0o666 & ~umask)
            os.replace(draft, path)
        except requests.exceptions.RequestException as error:
            raise self._lost(operation, f"{operation.id}: the download broke off: {http.reason_of(error)}.") from None
        except OSError as error:
            raise OptionError(
                f"{operation.id}: {path} cannot be written: {error.strerror}.", operation=operation.id
            ) from None
        finally:
            if draft is not None and os.path.exists(draft):
                os.unlink(draft)


def _status_of(status: int, code: t.Optional[str]) -> int:
    """The HTTP status of a failure. Inside of a success, the platform's own code may be one."""
    if status < 300 and code and re.fullmatch("[45][0-9][0-9]", code):
        return int(code)
    return status


def _plain_query(query: t.Any) -> t.Any:
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


def _after(page: list[dict], page_size: t.Optional[int], strict: bool = False) -> t.Optional[dict]:
    """What to ask for after a page without a link: what stands behind its last entry, if the page is full."""
    if not page_size or len(page) < page_size:
        return None
    marker = identity_for_pages(page[-1])
    if strict and not marker:
        raise OptionError(
            "list_key: the entries have no id, so that those behind the limit cannot be asked for.",
            hint="Leave limit out of the query.",
        )
    return {"marker": marker} if marker else None
