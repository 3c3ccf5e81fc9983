# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Data of a web server, for an upload that it is passed on to while it arrives.

The server is none of the platform's: it never gets a token. Of its address, nothing beside the path is shown.
"""

from __future__ import annotations

import contextlib
import typing as t
from urllib.parse import unquote, urlsplit

with contextlib.suppress(ImportError):  # reported at the edge, see session.REQUESTS_IMPORT_ERROR
    import requests
from . import session as http
from .connection import Connection
from .errors import OptionError
from .paths import secrets_of_query

_SCHEMES = ("http", "https")
_MOST_REDIRECTS = 5


def is_url(source: str) -> bool:
    """Whether a text is an address and not the name of a file."""
    return "://" in source


def shown(url: str) -> str:
    """An address for people: without login, query and fragment, which may be secrets."""
    return f"{http.origin(url)}{urlsplit(url).path}"


def secrets_of(url: t.Any) -> t.Iterator[str]:
    """The secrets in an address, as they stand there and decoded."""
    login = urlsplit(url).netloc.rpartition("@")[0] if isinstance(url, str) and _is_readable(url) else ""
    password = login.partition(":")[2] or login
    if password:
        yield from (password, unquote(password))
    yield from secrets_of_query(url)


def check_url(option: str, url: str) -> None:
    """Refuse an address that no data can be fetched from; it is not repeated.

    Raises:
        OptionError: `option` is what named it.
    """
    scheme = url.partition("://")[0].lower()
    if scheme not in _SCHEMES:
        raise OptionError(
            f"{option}: a URL has to begin with http:// or https://.",
            hint="Anything else has to be a file on the host where the module runs.",
        )
    if (
        not _is_readable(url)
        or not urlsplit(url).hostname
        or any(not sign.isprintable() or sign == " " for sign in url)
    ):
        raise OptionError(f"{option}: is not a valid URL.")


def _is_readable(url: str) -> bool:
    try:
        urlsplit(url).port  # noqa: B018 - raises for what is none
    except ValueError:
        return False
    return True


def _why_not(response: requests.Response) -> str:
    """Why a response has no data that can be used; empty if it may have."""
    if response.status_code != 200:
        return f"cannot be fetched: status {response.status_code}"
    way = [answer.url for answer in (*response.history, response)]
    if way[0].startswith("https:") and any(url.startswith("http:") for url in way):
        return "leads to an address without TLS"
    return "is empty" if response.headers.get("Content-Length") == "0" else ""


class WebSource:
    """What a web server has at an address: a stream that is opened anew for each time that it is read.

    It ends before its last part where it is not complete, or has another MD5 sum, so that nobody takes it for whole.
    """

    def __init__(self, option: str, url: str, connection: Connection, md5: t.Optional[str] = None) -> None:
        self._option, self._url, self._md5 = option, url, md5
        self._timeout = connection.timeout
        self._session = http.new_session(
            http.origin(url), (connection.ca_path or True) if connection.validate_certs else False
        )
        self._session.max_redirects = _MOST_REDIRECTS
        self._digest = http.new_md5()
        self.meter: t.Optional[http.Meter] = None

    def __enter__(self) -> WebSource:
        return self

    def __exit__(self, *_error: object) -> None:
        self._session.close()

    def __iter__(self) -> t.Iterator[bytes]:
        with self._open() as response:
            held = b""  # the last part stays here until all of it is known to be right
            for chunk in self._chunks(response):
                if held:
                    yield held
                held = chunk
            self._demand_right()
            yield held

    def check(self) -> None:
        """Ask for the data, and read none of it.

        Raises:
            OptionError: there is none, or the server cannot be reached.
        """
        self._open().close()

    def seek(self, position: int, _whence: int = 0) -> int:
        """Begin anew."""
        self._digest = http.new_md5()
        return position

    def hexdigest(self) -> str:
        """MD5 sum (hexadecimal) of what was read."""
        return self._digest.hexdigest()

    def _open(self) -> requests.Response:
        try:
            response = self._session.get(self._url, timeout=self._timeout, stream=True)
        except (requests.exceptions.RequestException, ValueError) as error:
            raise self._error(f"cannot be fetched: {http.reason_of(error)}") from None
        why = _why_not(response)
        if why:
            response.close()
            raise self._error(why)
        return response

    def _chunks(self, response: requests.Response) -> t.Iterator[bytes]:
        size, length = 0, response.headers.get("Content-Length", "")
        whole = int(length) if length.isdecimal() and "Content-Encoding" not in response.headers else None
        try:
            for chunk in response.iter_content(http.CHUNK):
                self._digest.update(chunk)
                size += len(chunk)
                if self.meter:
                    self.meter(size, whole)
                yield chunk
        except requests.exceptions.RequestException as error:
            raise self._error(f"broke off: {http.reason_of(error)}") from None
        if whole is not None and size != whole:
            raise self._error(f"broke off after {size} of {length} bytes")
        if not size:
            raise self._error("is empty")

    def _demand_right(self) -> None:
        if self._md5 and self.hexdigest() != self._md5.lower():
            raise OptionError(
                f"checksum: {shown(self._url)} has the MD5 sum {self.hexdigest()}, not {self._md5}.",
                hint="The upload was broken off.",
            )

    def _error(self, why: str) -> OptionError:
        return OptionError(f"{self._option}: {shown(self._url)} {why}.")
