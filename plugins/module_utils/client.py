# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How to talk to the platform: one HTTP session, the headers of each operation, retries, pages and errors."""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import json
import os
import re
import tempfile
import typing as t
from urllib.parse import quote, urlsplit

with contextlib.suppress(ImportError):  # told at the edge, see transport.REQUESTS_IMPORT_ERROR
    import requests

from . import ancestors, auth, transport
from .answers import as_list, error_text, is_failure_envelope, news, next_page, plain_text
from .errors import AnswerLost, CloudError, OptionError
from .secrets import Redactor

_JSON = "application/json"
_ERROR_EXCERPT = 500
# Fixed path parts that stand where an id is expected; as an id they would reach another operation.
_RESERVED_IDS = frozenset({"detail", "strategy", "count-limit", "checkName", "resume"})
_PLACEHOLDER = re.compile(r"{(\w+)}")
# What a header can hold. A message about anything else would show it.
_HEADER_VALUE = re.compile(r"[!-~]+")
# A day; longer ones are more than some systems can count.
_LONGEST_TIMEOUT = 86400


@dataclasses.dataclass(frozen=True)
class Operation:
    """One operation of the published reference, its path taken literally, misspellings included.

    Attributes:
        id: its id in the reference.
        method: HTTP method.
        path: path with {parameters}; {tenant_id} is the project of the session unless it is given.
        answers: whether a JSON answer is documented; Accept is sent only then.
        headers: headers that this operation wants beside (or instead of) the usual ones; None leaves one out.
        reads: for a POST that changes nothing.
        fallback: path to try when the platform does not know the first one (404 or 405).
        once: whether taking it twice does it twice, so that it is not sent again after a lost answer, whatever its
            method.
    """

    id: str
    method: str
    path: str
    answers: bool = True
    headers: t.Mapping[str, t.Optional[str]] = dataclasses.field(default_factory=dict, hash=False)
    reads: bool = False
    fallback: t.Optional[str] = None
    once: bool = False

    @property
    def writes(self) -> bool:
        return self.method != "GET" and not self.reads

    @property
    def repeatable(self) -> bool:
        """Whether the transport may send it again by itself."""
        return self.method in transport.IDEMPOTENT and not self.once


@dataclasses.dataclass(frozen=True)
class Connection:
    """The connection options after validation."""

    url: str
    token: t.Optional[str] = dataclasses.field(default=None, repr=False)
    auth_url: t.Optional[str] = None
    username: t.Optional[str] = None
    password: t.Optional[str] = dataclasses.field(default=None, repr=False)
    domain: str = "default"
    project: t.Optional[str] = None
    validate_certs: bool = True
    ca_path: t.Optional[str] = None
    timeout: float = 30.0
    retries: int = 4

    @property
    def place(self) -> tuple[str, t.Optional[str]]:
        """Where names mean the same objects: platform and project."""
        return self.url.rstrip("/"), self.project

    @property
    def identity_url(self) -> str:
        return (self.auth_url or f"{self.url.rstrip('/')}/os/kinton/v1/v3").rstrip("/")


TOKEN_CREATE = Operation("token-create", "POST", "/auth/tokens", reads=True)
TOKEN_GET = Operation("token-get", "GET", "/auth/tokens")
PROJECT_LIST = Operation("project-list", "GET", "/os/kinton/v1/v3/projects")


class Client:
    """A session with one platform as one user in one project.

    Not to be shared between processes: connections do not survive a fork.
    """

    def __init__(self, connection: Connection, redactor: t.Optional[Redactor] = None) -> None:
        _check_connection(connection)
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
        self._sessions: dict[tuple[bool, str], requests.Session] = {}
        self._token: t.Optional[auth.Token] = None
        self._project_id: t.Optional[str] = None
        c = connection
        self._cache = None if c.token else auth.TokenCache(c.url, c.identity_url, c.username, c.domain, c.project)

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
        return wanted if auth.looks_like_id(wanted) else self._project_by_name(wanted)

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

    def _current_token(self) -> auth.Token:
        if self._token is None:
            self._token = self._given_token() or self._login(spent=None)
            self.redactor.add(self._token.value)
        return self._token

    def _given_token(self) -> t.Optional[auth.Token]:
        return auth.Token(self.connection.token) if self.connection.token else None

    def _renew_token(self) -> bool:
        """After a 401: get another token. False if there is no way to."""
        if self.connection.token:
            return False
        self._token = self._login(spent=self._token)
        self.redactor.add(self._token.value)
        return True

    def _login(self, spent: t.Optional[auth.Token]) -> auth.Token:
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
            token = dataclasses.replace(token, mark=auth.mark_of(token.value, self.connection.password))
            self._cache.write(token)
            return token

    def _cached_token(self, spent: t.Optional[auth.Token]) -> t.Optional[auth.Token]:
        """The token in the cache, if it was fetched with this password and is not the spent one."""
        cached = self._cache.read()
        if cached is None or (spent and cached.value == spent.value):
            return None
        return cached if cached.mark == auth.mark_of(cached.value, self.connection.password) else None

    def _authenticate(self) -> auth.Token:
        c = self.connection
        likely, *others = auth.project_scopes(c.project, c.domain)
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

    def _request_token(self, scope: t.Optional[dict]) -> t.Optional[auth.Token]:
        """One login; None if the platform says 401."""
        c = self.connection
        body = auth.password_request(c.username, c.password, c.domain, scope)
        response = self._send(
            TOKEN_CREATE, c.identity_url + TOKEN_CREATE.path, {"Content-Type": _JSON, "Accept": _JSON}, body=body
        )
        if response.status_code == 401:
            return None
        self._raise_for_status(TOKEN_CREATE, response)
        token = auth.token_from_answer(response.headers.get("X-Subject-Token"), self._decode(TOKEN_CREATE, response))
        if token is None:
            raise CloudError(f"The answer of {c.identity_url} holds no token.", hint="Check api_auth_url.")
        return token

    def _described_token(self) -> auth.Token:
        """The token with what Keystone knows of it: project and user."""
        token = self._current_token()
        if token.project_id or not self.connection.token:
            return token
        headers = {"Content-Type": _JSON, "Accept": _JSON, "X-Auth-Token": token.value, "X-Subject-Token": token.value}
        response = self._send(TOKEN_GET, self.connection.identity_url + TOKEN_GET.path, headers)
        if not response.ok:
            return token
        described = auth.token_from_answer(token.value, self._decode(TOKEN_GET, response))
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
        return self.answer(operation, params, query, body)[1]

    def answer(
        self,
        operation: Operation,
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Union[t.Mapping[str, t.Any], t.Sequence[tuple], None] = None,
        body: t.Any = None,
    ) -> tuple[int, t.Any]:
        """Like call(), with the HTTP status before the decoded answer."""
        response = self._exchange(operation, params, query, body=body)
        return response.status_code, self._decode(operation, response)

    def upload(self, operation: Operation, params: t.Mapping[str, t.Any], path: str) -> str:
        """Stream a local file as the body and return its MD5 sum (hexadecimal); one chunk is in memory at a time."""
        with open(path, "rb") as file:
            reader = transport.HashingReader(file)
            self._exchange(operation, params, stream=reader)
            return reader.hexdigest()

    def download(
        self, operation: Operation, params: t.Mapping[str, t.Any], path: str, md5: t.Optional[str] = None
    ) -> None:
        """Stream the binary answer into a local file, which appears only when it is complete and has the MD5 sum."""
        response = self._exchange(operation, params, streamed_answer=True)
        with response:
            if response.status_code == 204:
                raise CloudError(f"{operation.id}: there is no data to download.", status=204, operation=operation.id)
            self._save(operation, response, path, md5)

    def list(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
    ) -> list[dict]:
        """All entries of a list operation, page after page.

        Args:
            key: the member that holds the entries; None for a bare array.
            page_size: sent as `limit`, where the reference has that parameter.
        """
        return [entry for page in self.pages(operation, key, params, query, page_size) for entry in page]

    def pages(
        self,
        operation: Operation,
        key: t.Optional[str],
        params: t.Optional[t.Mapping[str, t.Any]] = None,
        query: t.Optional[t.Mapping[str, t.Any]] = None,
        page_size: t.Optional[int] = None,
    ) -> t.Iterator[list[dict]]:
        """The same, a page at a time, for lists too long to be held as they are told."""
        known: set[str] = set()
        query = dict(query or {})
        linked = False
        while True:
            page, following = self._page(operation, key, params, query, page_size)
            linked = linked or following is not None
            if not linked:
                following = _after(page, page_size)
            fresh = news(page, known)
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
    ) -> tuple[list[dict], t.Optional[dict]]:
        """One page, and what its link to the next one says, if it has one."""
        if page_size:
            query = {"limit": str(page_size), **(query or {})}
        answer = self.call(operation, params, query)
        return [entry for entry in as_list(answer, key) if isinstance(entry, dict)], next_page(answer, key)

    # --- one exchange ----------------------------------------------------------------------------------------

    def _exchange(self, operation, params=None, query=None, body=None, stream=None, streamed_answer=False):
        """Send with a token, again with a new one after a 401, on the fallback path where the first is unknown.

        Raises:
            CloudError: also where the process that wants the answer has ended; then nothing is sent.
        """
        if self._ancestry.is_broken:
            raise CloudError(f"{operation.id}: not sent, because the process that asked for it has ended.")
        response = self._send_with_token(operation, operation.path, params, query, body, stream, streamed_answer)
        if response.status_code in (404, 405) and operation.fallback:
            response = self._send_with_token(
                operation, operation.fallback, params, query, body, stream, streamed_answer
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
        return response

    def _send_with_token(self, operation, path, params, query, body, stream, streamed_answer):
        url = self.url(path, params)
        for last in (False, True):
            token = self._current_token()
            headers = {
                "Content-Type": _JSON,
                "Accept": _JSON if operation.answers else None,
                "X-Auth-Token": token.value,
            }
            headers.update(operation.headers)
            response = self._send(operation, url, headers, query, body, stream, streamed_answer)
            if response.status_code != 401 or last or not self._renew_token():
                return response
            if stream:
                stream.seek(0)
        raise AssertionError("unreachable")

    def url(self, path: str, params: t.Optional[t.Mapping[str, t.Any]] = None) -> str:
        """The address of a path; every parameter is percent-encoded, none may be empty or mean another operation."""
        given = dict(params or {})

        def fill(match: t.Match[str]) -> str:
            name = match.group(1)
            if name == "tenant_id" and name not in given:
                return _path_part(name, self.project_id)
            return _path_part(name, given.get(name))

        return self.connection.url.rstrip("/") + _PLACEHOLDER.sub(fill, path)

    def _send(self, operation, url, headers, query=None, body=None, stream=None, streamed_answer=False):
        """One request with the retries that are safe for it; a POST that only reads is one of those."""
        for tries_left in range(self.connection.retries if operation.reads else 0, -1, -1):
            try:
                return self._send_once(operation, url, headers, query, body, stream, streamed_answer)
            except AnswerLost as error:
                if not tries_left:
                    raise
                self.retries.append(f"{error.message} Trying again ({tries_left} tries left)")
        raise AssertionError("unreachable")

    def _send_once(self, operation, url, headers, query, body, stream, streamed_answer):
        self.requests[operation.method] += 1
        data = stream if stream is not None else None if body is None else json.dumps(body)
        try:
            return self._session(stream is None and not operation.once, transport.origin(url)).request(
                operation.method,
                url,
                params=_plain_query(query),
                data=data,
                headers=headers,
                timeout=self.connection.timeout,
                allow_redirects=False,
                stream=streamed_answer,
            )
        except requests.exceptions.SSLError as error:
            raise self._no_tls(operation, url, transport.reason_of(error)) from None
        except requests.exceptions.RequestException as error:
            raise self._unanswered(operation, url, error) from None
        except OSError as error:  # how requests says that there is no such file of authorities
            raise OptionError(
                f"TLS to {transport.origin(url)}: {error}.",
                operation=operation.id,
                hint="Set ca_path, or the variable REQUESTS_CA_BUNDLE, to a file or directory that is there.",
            ) from None

    def _no_tls(self, operation: Operation, url: str, why: str) -> OptionError:
        where = transport.origin(url)
        if "CERTIFICATE" not in why.upper() and "hostname" not in why:
            hint = "Check scheme and port of api_url and api_auth_url; it may be http there."
            return OptionError(f"No TLS connection to {where}: {why}.", operation=operation.id, hint=hint)
        return OptionError(
            f"The TLS certificate of {where} does not verify: {why}.",
            operation=operation.id,
            hint="Set ca_path to the authority that signed it, or validate_certs: false if you know what you do.",
        )

    def _unanswered(self, operation: Operation, url: str, error: Exception) -> CloudError:
        what, where, why = f"{operation.method} {urlsplit(url).path}", transport.origin(url), transport.reason_of(error)
        if transport.never_sent(error):
            return CloudError(
                f"{what}: cannot reach {where}: {why}.",
                operation=operation.id,
                hint="Check api_url and api_auth_url, and that the platform is up.",
            )
        return AnswerLost(
            f"{what}: no answer from {where}: {why}.",
            operation=operation.id,
            hint="The platform may have carried it out all the same; run the task again, or raise api_timeout.",
        )

    def _session(self, resend: bool, origin: str) -> requests.Session:
        """The session for one address: each may have another proxy."""
        if (resend, origin) not in self._sessions:
            c = self.connection
            verify = (c.ca_path or True) if c.validate_certs else False
            session = transport.new_session(origin, verify, c.retries, resend, self._note_retry)
            self._sessions[resend, origin] = session
        return self._sessions[resend, origin]

    def _note_retry(self, method: str, what: str, status: t.Optional[int]) -> None:
        self.requests[method] += 1
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

    def _decode(self, operation: Operation, response: requests.Response) -> t.Any:
        if not response.content:
            return None
        try:
            answer = response.json()
        except ValueError:
            if not operation.answers:
                return None
            raise self._unreadable(operation, response) from None
        if is_failure_envelope(answer):
            raise self._failure(operation, response, answer)
        return answer

    def _unreadable(self, operation: Operation, response: requests.Response) -> CloudError:
        kind = AnswerLost if operation.writes else CloudError
        return kind(
            f"{self._what(operation, response)}: the answer is not JSON: {self._excerpt(response)}",
            status=response.status_code,
            operation=operation.id,
            hint=f"Check that api_url ({self.connection.url}) is the gateway of CloudOS.",
        )

    def _raise_for_status(self, operation: Operation, response: requests.Response) -> None:
        status = response.status_code
        if 200 <= status < 300:
            return
        if 300 <= status < 400:
            target = transport.origin(response.headers.get("Location", "")) or "another address"
            raise CloudError(
                f"{self._what(operation, response)}: redirected to {target}.",
                status=status,
                operation=operation.id,
                hint="The token is only sent to api_url and api_auth_url; set them to the final address.",
            )
        try:
            body = response.json()
        except ValueError:
            body = None
        raise self._failure(operation, response, body)

    def _failure(self, operation: Operation, response: requests.Response, body: t.Any) -> CloudError:
        code, message = error_text(body, self.redactor.text)
        status = _status_of(response.status_code, code)
        uncertain = operation.writes and not operation.repeatable and status in transport.GATEWAY_TROUBLE
        return (AnswerLost if uncertain else CloudError)(
            f"{self._what(operation, response)} answered {status}: {message or self._excerpt(response, body)}",
            status=status,
            code=code,
            operation=operation.id,
            hint=_hint(status, message),
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
        draft = None
        try:
            descriptor, draft = tempfile.mkstemp(prefix=".download-", dir=os.path.dirname(os.path.abspath(path)))
            digest = transport.new_md5()
            with os.fdopen(descriptor, "wb") as file:
                for chunk in response.iter_content(transport.CHUNK):
                    digest.update(chunk)
                    file.write(chunk)
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
            raise CloudError(
                f"{operation.id}: the download broke off: {transport.reason_of(error)}.", operation=operation.id
            ) from None
        except OSError as error:
            raise OptionError(
                f"{operation.id}: {path} cannot be written: {error.strerror}.", operation=operation.id
            ) from None
        finally:
            if draft is not None and os.path.exists(draft):
                os.unlink(draft)


# --- small things ------------------------------------------------------------------------------------------------

_HINTS = {
    403: "The user lacks the role for this in api_project, or the project is another one than the token's.",
    404: "Check the id, and that api_url and api_project are right.",
    409: "The object is busy or in a state that forbids this; wait and run the task again.",
    413: "The quota of the project is used up.",
    429: "The platform asks for fewer requests; raise api_retries.",
}

_USED_UP = re.compile(
    r"quota.*(exceed|insufficient|not enough|used up)|(exceed|insufficient|not enough).*quota", re.I | re.S
)


def _hint(status: int, message: str) -> t.Optional[str]:
    """What a person can do about a refusal. OpenStack says 403 for more than missing roles."""
    if _USED_UP.search(message):
        return _HINTS[413]
    if "same cvm" in message.lower():
        return "All of these zones have to belong to one CVM (the manager of a CAS cloud)."
    if status == 403 and "protected" in message.lower():
        return None
    return _HINTS.get(status)


def _status_of(status: int, code: t.Optional[str]) -> int:
    """The HTTP status of a failure. Inside of a success, the platform's own code may be one."""
    if status < 300 and code and re.fullmatch("[45][0-9][0-9]", code):
        return int(code)
    return status


def _check_connection(connection: Connection) -> None:
    for option, address in (("api_url", connection.url), ("api_auth_url", connection.identity_url)):
        if not _is_address(address):
            raise OptionError(
                f"{option}: {address!r} is no address.", hint="Give it like http://cloud.example.com:11000."
            )
    if connection.token and not _HEADER_VALUE.fullmatch(connection.token):
        raise OptionError("api_token: a token has no blanks, line ends or letters beyond ASCII in it.")
    if not 0 < connection.timeout <= _LONGEST_TIMEOUT:
        raise OptionError(f"api_timeout: {connection.timeout} is not between 0 and {_LONGEST_TIMEOUT} seconds.")
    if connection.retries < 0:
        raise OptionError(f"api_retries: {connection.retries} is no number of tries; 0 or more.")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    whole = not (parts.query or parts.fragment) and text.isprintable() and " " not in text
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and whole


def _path_part(name: str, value: t.Any) -> str:
    text = "" if value is None else str(value)
    if text in ("", ".", ".."):
        raise OptionError(f"{name}: {text!r} cannot stand in an address.")
    if name.endswith("_id") and text in _RESERVED_IDS:
        raise OptionError(f"{name}: {text!r} is a word of the API, not an id.")
    return quote(text, safe="")


def _plain_query(query: t.Any) -> t.Any:
    if not query:
        return None
    pairs = query.items() if isinstance(query, t.Mapping) else query
    return [(name, value) for name, value in pairs if value is not None]


def _after(page: list[dict], page_size: t.Optional[int]) -> t.Optional[dict]:
    """What to ask for after a page without a link: what stands behind its last entry, if the page is full."""
    return {"marker": str(page[-1].get("id"))} if page_size and len(page) >= page_size else None
