# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Below the client: HTTP sessions, what they send again by themselves, and bodies that do not fit into memory."""

from __future__ import annotations

import hashlib
import os
import random
import re
import typing as t
import warnings
from urllib.parse import urlsplit

try:
    import requests
    import requests.adapters
    import urllib3

    REQUESTS_IMPORT_ERROR = None
except ImportError as error:
    REQUESTS_IMPORT_ERROR = error

CHUNK = 1024 * 1024
IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
GATEWAY_TROUBLE = frozenset({502, 503, 504})

_LONGEST_PAUSE = 60.0

# Told of each request that is sent again: its method, a sentence, and the status that was answered, if any was.
Listener = t.Callable[[str, str, t.Optional[int]], None]


def new_session(
    url: str, verify: t.Union[bool, str], retries: int, resend: bool, listener: Listener
) -> requests.Session:
    """A session for one platform. Redirects are the caller's to refuse.

    Args:
        url: its address. Proxies and CA bundles of the environment are looked up once, .netrc never counts.
        verify: whether certificates are verified, or the path of the authorities to trust.
        retries: tries after a failed one.
        resend: whether a request whose answer was lost may be sent again where its method is idempotent.
    """
    session = requests.Session()
    session.headers.clear()
    session.headers["User-Agent"] = "ansible-collection-h3c.cloudos"
    settings = session.merge_environment_settings(url, {}, None, verify, None)
    session.trust_env = False
    session.proxies = settings["proxies"]
    session.verify = settings["verify"]
    if not verify:
        warnings.simplefilter("ignore", urllib3.exceptions.InsecureRequestWarning)
    adapter = requests.adapters.HTTPAdapter(max_retries=_retry(retries, resend, listener))
    session.mount("http://", adapter)
    session.mount("https://", adapter)
    return session


def _retry(total: int, resend: bool, listener: Listener) -> urllib3.Retry:
    """What is sent again by itself: whatever was never sent or not taken; the rest only if repeating is harmless."""
    more: dict[str, t.Any] = {"allowed_methods": IDEMPOTENT, "other": 0}
    if not hasattr(_Retry, "DEFAULT_ALLOWED_METHODS"):  # urllib3 before 1.26, which RHEL 8 has for Python 3.9
        more = {"method_whitelist": IDEMPOTENT}
    retry = _Retry(
        total=total,
        connect=total,
        read=total if resend else False,
        status=total,
        redirect=0,
        status_forcelist=GATEWAY_TROUBLE if resend else (),
        backoff_factor=0.5,
        raise_on_status=False,
        raise_on_redirect=False,
        **more,
    )
    retry.listener = listener
    return retry


if REQUESTS_IMPORT_ERROR is None:

    class _Retry(urllib3.Retry):
        """urllib3's retries, with jitter, a longest pause, and 429 for every method."""

        listener: Listener

        def new(self, **changes):
            retry = super().new(**changes)
            retry.listener = self.listener
            return retry

        def is_retry(self, method, status_code, has_retry_after=False):
            not_taken = status_code == 429 or (status_code == 503 and has_retry_after)
            return bool(self.total and not_taken) or super().is_retry(method, status_code, has_retry_after)

        def increment(self, method=None, url=None, response=None, error=None, **others):
            retry = super().increment(method, url, response, error, **others)
            status = response.status if response is not None else None
            why = f"status {status}" if status else type(error).__name__
            what = f"{method} {urlsplit(url or '').path}: {why}, trying again ({retry.total} tries left)"
            self.listener(method, what, status)
            return retry

        def get_backoff_time(self):
            return min(super().get_backoff_time() or self.backoff_factor, 8.0) * random.uniform(0.5, 1.0)

        def get_retry_after(self, response):
            try:
                pause = super().get_retry_after(response)
            except urllib3.exceptions.InvalidHeader:
                return None  # neither seconds nor a date
            return None if pause is None else min(pause, _LONGEST_PAUSE)


def never_sent(error: Exception) -> bool:
    """Whether a request failed before anything of it reached the platform."""
    if isinstance(error, (requests.exceptions.ConnectTimeout, requests.exceptions.InvalidURL)):
        return True
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, urllib3.exceptions.NewConnectionError)


def reason_of(error: Exception) -> str:
    """The innermost sentence of an error of requests, without object addresses."""
    inner = error.args[0] if error.args else error
    inner = getattr(inner, "reason", None) or inner
    text = re.sub(r"<[^>]*>:? ?", "", str(inner))
    return re.sub(r"^.*?: (?=\[Errno|Failed)", "", text).rstrip(".") or type(error).__name__


def origin(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}" if parts.netloc else url


def new_md5() -> t.Any:
    """The checksum that image services use; it guards against accidents, not against attacks."""
    return hashlib.md5(usedforsecurity=False)


def file_md5(path: str) -> str:
    """MD5 sum of a local file (hexadecimal), read in chunks."""
    digest = new_md5()
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            digest.update(chunk)
    return digest.hexdigest()


class HashingReader:
    """A file that computes the MD5 sum of what is read from it. requests sends it in chunks, with its length."""

    def __init__(self, file: t.BinaryIO) -> None:
        self._file = file
        self._digest = new_md5()
        self._length = os.fstat(file.fileno()).st_size

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> t.Iterator[bytes]:
        return iter(lambda: self.read(CHUNK), b"")

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._digest.update(chunk)
        return chunk

    def seek(self, position: int, whence: int = os.SEEK_SET) -> int:
        self._digest = new_md5()
        return self._file.seek(position, whence)

    def tell(self) -> int:
        return self._file.tell()

    def hexdigest(self) -> str:
        return self._digest.hexdigest()
