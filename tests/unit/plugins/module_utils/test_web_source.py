# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Data of a web server: read as it arrives, checked before its last part, and without secrets in any error."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import session as http
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import web_source
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError

DATA = b"some data of an image" * 1000
MD5 = hashlib.md5(DATA, usedforsecurity=False).hexdigest()
CONNECTION = Connection(url="http://cloud:11000", token="CanaryToken", project="p")


class _Files(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.seen.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
        path = self.path.partition("?")[0]
        if path.startswith("/moved/"):
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/moved").replace("ELSEWHERE", "http://127.0.0.2/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        data = {"/image.raw": DATA, "/empty": b"", "/broken": DATA[:-5]}.get(path)
        self.send_response(404 if data is None else 200)
        self.send_header("Content-Length", str(len(DATA if path == "/broken" else data or b"")))
        self.end_headers()
        self.wfile.write(data or b"")

    def log_message(self, *_parts: object) -> None:
        """Keep quiet."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Files) as running:
        running.seen = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def source(server: ThreadingHTTPServer, path: str, md5: str | None = None) -> web_source.WebSource:
    url = f"http://me:CanaryLogin@127.0.0.1:{server.server_port}{path}?signature=CanarySignature"
    return web_source.WebSource("src", url, CONNECTION, md5)


def test_data_is_read_in_parts_and_again_from_its_beginning(server, monkeypatch):
    monkeypatch.setattr(http, "CHUNK", 4096)
    with source(server, "/image.raw", MD5.upper()) as data:
        parts = list(data)
        data.seek(0)
        again = b"".join(data)

        assert len(parts) > 3
        assert b"".join(parts) == again == DATA
        assert data.hexdigest() == MD5


def test_a_redirect_is_followed_and_nobody_gets_a_token(server):
    with source(server, "/moved/image.raw") as data:
        assert b"".join(data) == DATA

    assert [path.partition("?")[0] for path, _headers in server.seen] == ["/moved/image.raw", "/image.raw"]
    assert not [name for _path, headers in server.seen for name in headers if "token" in name.lower()]
    assert "CanaryToken" not in str(server.seen)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/none", "cannot be fetched: status 404"),
        ("/empty", "is empty"),
        ("/broken", "broke off"),
        ("/moved/moved/moved/moved/moved/moved/moved/image.raw", "cannot be fetched: Exceeded 5 redirects"),
    ],
)
def test_what_is_not_there_or_not_whole_is_an_error_without_secrets(server, path, words):
    with source(server, path) as data, pytest.raises(OptionError, match=words) as failed:
        list(data)

    assert f"src: http://127.0.0.1:{server.server_port}{path} " in str(failed.value)
    assert "Canary" not in str(failed.value)


def test_data_with_another_sum_ends_before_its_last_part(server, monkeypatch):
    monkeypatch.setattr(http, "CHUNK", 4096)
    parts = []
    with source(server, "/image.raw", "0" * 32) as data, pytest.raises(OptionError, match=f"has the MD5 sum {MD5}"):
        parts.extend(data)

    assert 0 < len(b"".join(parts)) < len(DATA)


def test_nothing_is_read_to_see_whether_it_is_there(server):
    with source(server, "/image.raw") as data:
        data.check()
        assert data.hexdigest() == hashlib.md5(usedforsecurity=False).hexdigest()
    with source(server, "/none") as data, pytest.raises(OptionError, match="status 404"):
        data.check()


def test_a_server_that_does_not_answer_is_named(server):
    server.shutdown()
    server.server_close()
    with source(server, "/image.raw") as data, pytest.raises(OptionError, match=r"cannot be fetched:.*refused"):
        data.check()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://me:CanaryLogin@host/image", "begin with http:// or https://"),
        ("file:///image.raw", "begin with http:// or https://"),
        ("http://", "not a valid URL"),
        ("http://me:CanaryLogin@host:x/image", "not a valid URL"),
        ("https://ho st/image", "not a valid URL"),
    ],
)
def test_other_addresses_are_refused_and_not_repeated(url, words):
    assert web_source.is_url(url)
    with pytest.raises(OptionError, match=words) as failed:
        web_source.check_url("src", url)

    assert "Canary" not in str(failed.value)


def test_the_secrets_of_an_address_are_known():
    found = set(web_source.secrets_of("https://me:p%40ss@host/a?X-Amz-Signature=abcdef&part=1"))

    assert found == {"p%40ss", "p@ss", "abcdef"}
    assert set(web_source.secrets_of("https://token123@host/")) == {"token123"}
    assert [*web_source.secrets_of("/a/file"), *web_source.secrets_of(None)] == []
    assert web_source.shown("https://me:secret@host:8080/a?b=c#d") == "https://host:8080/a"


def test_nothing_is_fetched_without_tls_where_it_was_wanted():
    first, last = requests.Response(), requests.Response()
    first.url, last.url, last.status_code = "https://host/a", "http://host/a", 200
    last.history = [first]

    assert web_source._why_not(last) == "leads to an address without TLS"
    last.url = "https://other/a"
    assert web_source._why_not(last) == ""
