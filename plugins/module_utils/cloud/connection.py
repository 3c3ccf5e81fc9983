# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The connection options after validation."""

from __future__ import annotations

import dataclasses
import re
import typing as t
from urllib.parse import urlsplit

from . import addresses, tokens
from .errors import OptionError
from .paths import check_text

# A language, or several with weights: what Accept-Language holds
_LANGUAGES = re.compile(r"[A-Za-z0-9*][A-Za-z0-9*,;=. -]*")
# What a header can hold. A message about anything else would show it.
_HEADER_VALUE = re.compile(r"[!-~]+")


# A day; longer ones are more than some systems can count.
_LONGEST_TIMEOUT = 86400


@dataclasses.dataclass(frozen=True)
class Connection:
    """The connection options after validation."""

    url: str
    token: t.Optional[str] = dataclasses.field(default=None, repr=False)
    auth_url: t.Optional[str] = None
    username: t.Optional[str] = None
    password: t.Optional[str] = dataclasses.field(default=None, repr=False)
    application_credential_id: t.Optional[str] = None
    application_credential_secret: t.Optional[str] = dataclasses.field(default=None, repr=False)
    domain: str = "default"
    project: t.Optional[str] = None
    validate_certs: bool = True
    ca_path: t.Optional[str] = None
    timeout: float = 30.0
    retries: int = 4
    layout: str = addresses.AUTO
    service_prefixes: addresses.Prefixes = ()
    language: t.Optional[str] = None

    @property
    def secret(self) -> t.Optional[str]:
        """What a login proves itself with."""
        return self.application_credential_secret or self.password

    @property
    def place(self) -> tuple[str, t.Optional[str]]:
        """Where names mean the same objects: platform and project."""
        return self.url.rstrip("/"), self.project

    def identity_url(self, layout: str = addresses.GATEWAY) -> str:
        """The identity endpoint: the given one, else the one of a layout."""
        if self.auth_url:
            return self.auth_url.rstrip("/")
        return self.url.rstrip("/") + addresses.address("/os/kinton/v1/v3", layout, self.service_prefixes)


def check_connection(connection: Connection) -> None:
    for option, address in (("api_url", connection.url), ("api_auth_url", connection.identity_url())):
        if not _is_address(address):
            raise OptionError(
                f"{option}: {address!r} is not a valid URL.", hint="Use the form http://cloud.example.com:11000."
            )
    texts = ("username", "password", "domain", "project", "application_credential_id", "application_credential_secret")
    for name in texts:
        check_text(f"api_{name}", getattr(connection, name))
    if connection.project and not connection.project.strip():
        raise OptionError(f"api_project: {connection.project!r} is neither a name nor an ID.")
    if connection.token and not tokens.is_header_value(connection.token):  # the message of requests would show it
        raise OptionError("api_token: a token has no blanks, line ends or letters beyond ASCII in it.")
    if connection.password and connection.application_credential_secret:
        raise OptionError("parameters are mutually exclusive: api_password|api_application_credential_secret.")
    if connection.layout not in addresses.LAYOUTS:
        raise OptionError(f"api_layout: {connection.layout!r} is not one of {', '.join(addresses.LAYOUTS)}.")
    if connection.language and not _LANGUAGES.fullmatch(connection.language):
        raise OptionError(f"api_language: {connection.language!r} is not a language.", hint="Use zh or en.")
    if not 0 < connection.timeout <= _LONGEST_TIMEOUT:
        raise OptionError(f"api_timeout: {connection.timeout} is not between 0 and {_LONGEST_TIMEOUT} seconds.")
    if connection.retries < 0:
        raise OptionError(f"api_retries: {connection.retries} is not a number of retries; it is 0 or more.")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return False
    whole = not (parts.query or parts.fragment) and text.isprintable() and " " not in text
    return parts.scheme in ("http", "https") and bool(parts.hostname) and port != 0 and whole
