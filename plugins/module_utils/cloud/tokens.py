# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Where the token comes from: given, taken from the cache file, or fetched with a password (Keystone v3).

The published reference demands X-Auth-Token and has no operation that issues one; Keystone's POST /auth/tokens does.
"""

from __future__ import annotations

import dataclasses
import hmac
import json
import math
import re
import time
import typing as t
from pathlib import Path

from . import times
from .json_types import Json
from .private_files import PrivateFile

# A token that ends within a minute may end on the way.
_MARGIN = 60
# A token whose end the platform does not return is kept this long (seconds).
_UNKNOWN_LIFETIME = 600

# What a header can hold.
_HEADER_VALUE = re.compile(r"[!-~]+")
_ID = re.compile(r"[0-9a-fA-F]{32}|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclasses.dataclass(frozen=True)
class Token:
    """A token and what it stands for. `expires` is in seconds since the epoch."""

    value: str = dataclasses.field(repr=False)
    expires: float = 0.0
    project_id: t.Optional[str] = None
    user_name: t.Optional[str] = None
    user_id: t.Optional[str] = None
    project_name: t.Optional[str] = None
    #: shows whether a password is the one that the token was fetched with; see mark_of()
    mark: str = ""

    def fresh(self) -> bool:
        return self.expires - _MARGIN > time.time()


def mark_of(token: str, password: str) -> str:
    """Sixteen bits of a keyed hash of the password: enough to notice another one, too few to find the right one."""
    return hmac.new(token.encode(), password.encode(), "sha256").hexdigest()[:4]


def is_header_value(text: str) -> bool:
    """Whether a header can hold a token."""
    return bool(_HEADER_VALUE.fullmatch(text))


def looks_like_id(text: str) -> bool:
    """Whether Keystone could have made this id. Only a first guess: names may look the same."""
    return bool(_ID.fullmatch(text))


def password_request(username: str, password: str, domain: str, scope: t.Optional[Json]) -> Json:
    """The body of POST /auth/tokens."""
    user = {"name": username, "password": password, "domain": domain_reference(domain)}
    auth: Json = {"identity": {"methods": ["password"], "password": {"user": user}}}
    if scope:
        auth["scope"] = {"project": scope}
    return {"auth": auth}


def application_credential_request(credential_id: str, secret: str) -> Json:
    """The same for an application credential, which has a project of its own."""
    credential = {"id": credential_id, "secret": secret}
    return {"auth": {"identity": {"methods": ["application_credential"], "application_credential": credential}}}


def domain_reference(domain: str) -> Json:
    return {"id": domain} if domain == "default" or looks_like_id(domain) else {"name": domain}


def project_scopes(project: t.Optional[str], domain: str) -> list[t.Optional[Json]]:
    """The scopes to ask for, the likeliest first: the same text may be the name or the id of a project."""
    if not project:
        return [None]
    by_id = {"id": project}
    by_name = {"name": project, "domain": domain_reference(domain)}
    return [by_id, by_name] if looks_like_id(project) else [by_name, by_id]


def token_from_answer(header: t.Optional[str], body: t.Any) -> t.Optional[Token]:
    """Read Keystone's answer. The token stands in X-Subject-Token; some gateways put it into the body."""
    details = _member(body, "token", dict) or {}
    project, user = _member(details, "project", dict), _member(details, "user", dict)
    value = header or _member(details, "id", str)
    if not value:
        return None
    return Token(
        value=value,
        expires=_epoch(details.get("expires_at")),
        project_id=_member(project, "id", str),
        user_name=_member(user, "name", str),
        user_id=_member(user, "id", str),
        project_name=_member(project, "name", str),
    )


def _member(data: t.Any, name: str, kind: type) -> t.Any:
    """A member of an answer, None where it is not of its kind."""
    value = data.get(name) if isinstance(data, dict) else None
    return value if isinstance(value, kind) else None


def token_from_file(text: str) -> t.Optional[Token]:
    """Read what TokenCache has written; None for anything else."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return None
    fields = {field.name for field in dataclasses.fields(Token)}
    if not isinstance(data, dict) or set(data) != fields or not is_header_value(str(data["value"] or "")):
        return None
    texts = [data[name] for name in fields - {"value", "expires", "mark"} if data[name] is not None]
    good = all(isinstance(text, str) for text in [data["value"], data["mark"], *texts])
    expires = data["expires"]
    good = good and isinstance(expires, (int, float)) and not isinstance(expires, bool) and math.isfinite(expires)
    return Token(**data) if good else None


def _epoch(text: t.Any) -> float:
    """Keystone's expires_at (2026-01-31T12:00:00.000000Z) as seconds since the epoch."""
    try:
        return times.parse(str(text)).timestamp()
    except ValueError:
        return time.time() + _UNKNOWN_LIFETIME


class TokenCache:
    """Tokens in private files, named by a hash of what they are for."""

    def __init__(self, *identity: t.Optional[str], directory: t.Optional[Path] = None) -> None:
        self._file = PrivateFile(*identity, directory=directory)

    def read(self) -> t.Optional[Token]:
        """The cached token if there is a fresh one."""
        token = token_from_file(self._file.read())
        return token if token and token.fresh() else None

    def write(self, token: Token) -> None:
        """Keep the token."""
        self._file.write(json.dumps(dataclasses.asdict(token)))

    def locked(self) -> t.ContextManager[None]:
        """Hold the exclusive lock of this token, so that many processes log in once."""
        return self._file.locked()
