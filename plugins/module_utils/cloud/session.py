# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Below the client: HTTP sessions, what may be sent again and when, and bodies that do not fit into memory."""

from __future__ import annotations

import email.utils
import hashlib
import os
import random
import re
import ssl
import sys
import time
import typing as t
import warnings
from urllib.parse import urlsplit

try:
    import requests
    import requests.adapters
    import requests.utils
    import urllib3

    REQUESTS_IMPORT_ERROR = None
except ImportError as error:
    REQUESTS_IMPORT_ERROR = error

CHUNK = 1024 * 1024
IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
GATEWAY_TROUBLE = frozenset({502, 503, 504})

_LONGEST_PAUSE = 60.0
_FIRST_PAUSE = 0.5
_LONGEST_BACKOFF = 8.0

if REQUESTS_IMPORT_ERROR is None:
    _UNCONNECTED = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)

    class _Adapter(requests.adapters.HTTPAdapter):
        """Sends to an address of IPv6 with a zone, which requests itself would spoil together with path and query."""

        def __init__(self, host: str) -> None:
            super().__init__()
            self._host = host

        def build_connection_pool_key_attributes(
            self, request: requests.PreparedRequest, verify: t.Any, cert: t.Any = None
        ) -> t.Any:
            host, pool = super().build_connection_pool_key_attributes(request, verify, cert)
            return {**host, "host": self._host}, pool


_ZONE = re.compile(r"^(\w+://(?:[^/]*@)?\[[^\]/%]+)%[^\]/]+\]")
_AUTHORITIES = frozenset({"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})
_PROXY_VARIABLES = "http_proxy, https_proxy, all_proxy and no_proxy"


def new_session(url: str, verify: t.Union[bool, str], language: t.Optional[str] = None) -> requests.Session:
    """A session for one platform, which sends each request once. Redirects are the caller's to refuse.

    Args:
        url: its address. Proxies and CA bundles of the environment are looked up once, .netrc never counts.
        verify: whether certificates are verified, or the path of the authorities to trust.
        language: in which the platform is to answer; None leaves it to the platform.
    """
    session = requests.Session()
    session.headers.clear()
    if _ZONE.match(url):
        session.mount(without_zone(url), _Adapter(f"[{urlsplit(url).hostname}]"))
    session.headers["User-Agent"] = "ansible-collection-h3c.cloudos"
    if language:
        session.headers["Accept-Language"] = language
    session.verify = verify
    if _environment_matters():
        settings = session.merge_environment_settings(url, {}, None, verify, None)
        session.proxies, session.verify = settings["proxies"], settings["verify"]
    session.trust_env = False
    if not verify:
        warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
    return session


def _environment_matters() -> bool:
    """Whether the environment may name a proxy or authorities. To merge it takes longer than to find nothing there."""
    if sys.platform == "darwin":  # whose settings are elsewhere, too
        return True
    return any(name.lower().endswith("_proxy") or name in _AUTHORITIES for name in os.environ)


# --- sending again -----------------------------------------------------------------------------------------------


def not_taken(response: requests.Response) -> bool:
    """Whether the platform says that it did not take a request, so that any may be sent again."""
    return response.status_code == 429 or (response.status_code == 503 and "Retry-After" in response.headers)


def pause_before_try(number: int, response: t.Optional[requests.Response]) -> float:
    """Seconds to wait before the n-th try again: as long as the platform asks for, else longer each time."""
    backoff = min(_FIRST_PAUSE * 2 ** (number - 1), _LONGEST_BACKOFF) * random.uniform(0.5, 1.0)
    asked = _seconds(response.headers.get("Retry-After", "")) if response is not None else None
    return min(asked, _LONGEST_PAUSE) if asked else backoff


def _seconds(retry_after: str) -> t.Optional[float]:
    """Seconds of a Retry-After header, which holds them or a date; None if it is neither."""
    if re.fullmatch(r"[0-9]+", retry_after.strip()):
        return float(retry_after)
    date = email.utils.parsedate_tz(retry_after)
    try:
        return max(0.0, email.utils.mktime_tz(date) - time.time()) if date else None
    except (ValueError, OverflowError):
        return None


# --- what went wrong ---------------------------------------------------------------------------------------------


def never_sent(error: Exception) -> bool:
    """Whether a request failed before anything of it reached the platform."""
    causes = _causes(error)
    if is_hopeless(error) or any(isinstance(cause, _UNCONNECTED) or _is_no_tunnel(cause) for cause in causes):
        return True
    kinds = (urllib3.exceptions.ProxyError, ssl.SSLError)  # no TLS with a proxy
    return all(any(isinstance(cause, kind) for cause in causes) for kind in kinds)


def is_hopeless(error: Exception) -> bool:
    """Whether a request cannot be sent however often it is tried: address or proxy are wrong, or it refuses."""
    if isinstance(error, ValueError):  # how requests and urllib3 mark what the caller has given
        return True
    return any(_is_no_tunnel(cause) and re.search(r"failed: 4\d\d\b", str(cause)) for cause in _causes(error))


def is_certificate_or_handshake(error: requests.exceptions.SSLError) -> bool:
    """Whether TLS failed to begin. A connection that ends without a word of TLS may also have ended later."""
    return "EOF" not in reason_of(error)


def reason_of(error: Exception) -> str:
    """The innermost sentence of an error of requests, without object addresses."""
    inner = _causes(error)[-1]
    text = re.sub(r"<[^>]*>:? ?", "", str(inner))
    text = re.sub(r"^\w+\(host='[^']*', port=\w+\): ", "", text)
    return re.sub(r"^.*?: (?=\[Errno|Failed)", "", text).rstrip(".") or type(inner).__name__


def proxy_of(session: requests.Session, url: str) -> t.Optional[str]:
    """The proxy through which a session reaches an address, without the credentials for it."""
    proxy = requests.utils.select_proxy(url, session.proxies)
    return origin(proxy if "://" in proxy else f"http://{proxy}") if proxy else None


def proxy_hint(why: str) -> str:
    """What a person can do about a proxy."""
    if "SOCKS" in why:
        return (
            "Install requests[socks] (PySocks) for the Python that runs the task, or correct the environment "
            f"variables {_PROXY_VARIABLES}."
        )
    return f"Correct the environment variables {_PROXY_VARIABLES}; no_proxy lists the hosts to reach directly."


def _causes(error: BaseException) -> list[BaseException]:
    """An error and what it was made of, the innermost last."""
    causes = [error]
    while True:
        last = causes[-1]
        parts = [getattr(last, "reason", None), getattr(last, "original_error", None), *reversed(last.args)]
        inner = next((part for part in parts if isinstance(part, Exception) and part not in causes), None)
        if inner is None:
            return causes
        causes.append(inner)


def _is_no_tunnel(error: BaseException) -> bool:
    return isinstance(error, OSError) and "Tunnel connection failed" in str(error)


# --- addresses and bodies ----------------------------------------------------------------------------------------


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else url


def without_zone(url: str) -> str:
    """An address without the zone of IPv6 in it, which is for the machine that sends."""
    return _ZONE.sub(r"\1]", url)


#: takes the bytes that are through, and how many there are, None where nobody knows
Meter = t.Callable[[int, t.Optional[int]], None]


class Digest(t.Protocol):
    """What sums up data."""

    def update(self, data: bytes, /) -> None: ...

    def hexdigest(self) -> str: ...


def new_md5() -> Digest:
    """The checksum that image services use; it guards against accidents, not against attacks."""
    return hashlib.md5(usedforsecurity=False)


class Stream(t.Protocol):
    """Data to send as a body, from its beginning each time, and what it summed up to."""

    #: is shown how much of it has been read
    meter: t.Optional[Meter]

    def __iter__(self) -> t.Iterator[bytes]: ...

    def seek(self, position: int, whence: int = ..., /) -> int: ...

    def hexdigest(self) -> str: ...


class FileStream:
    """A local file as a body: in large parts, with its length, and its MD5 sum where that is not known yet.

    It has no read(): of what has one, http.client sends small blocks.
    """

    def __init__(self, file: t.BinaryIO, md5: t.Optional[str] = None) -> None:
        self._file, self._md5 = file, md5
        self._digest = new_md5()
        self._length = os.fstat(file.fileno()).st_size
        self.meter: t.Optional[Meter] = None

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> t.Iterator[bytes]:
        for chunk in iter(lambda: self._file.read(CHUNK), b""):
            if self._md5 is None:
                self._digest.update(chunk)
            if self.meter:
                self.meter(self._file.tell(), self._length)
            yield chunk

    def seek(self, position: int, whence: int = os.SEEK_SET) -> int:
        self._digest = new_md5()
        return self._file.seek(position, whence)

    def hexdigest(self) -> str:
        return self._md5 or self._digest.hexdigest()
