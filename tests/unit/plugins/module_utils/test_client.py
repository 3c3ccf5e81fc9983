# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What is sent, what is sent again, and what becomes of every kind of answer."""

from __future__ import annotations

import errno
import hashlib
import http.server
import json
import re
import socket
import threading
import time
import tracemalloc

import pytest
import requests

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import session
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import (
    AnswerLost,
    CloudError,
    NotSent,
    OptionError,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.session import CHUNK, FileStream

from .conftest import Answer

GET = Operation("thing-get", "GET", "/things/{thing_id}")
LIST = Operation("thing-list", "GET", "/os/{tenant_id}/things")
CREATE = Operation("thing-create", "POST", "/things")
UPDATE = Operation("thing-update", "PUT", "/things/{thing_id}")
DELETE = Operation("thing-delete", "DELETE", "/things/{thing_id}", answers=False)
ACTION = Operation("thing-act", "POST", "/things/{thing_id}/action", answers=False)
READ_BY_POST = Operation("thing-search", "POST", "/things/search", reads=True)
UPLOAD = Operation("thing-upload", "PUT", "/file", answers=False, headers={"Content-Type": "application/octet-stream"})
DOWNLOAD = Operation("thing-download", "GET", "/file", answers=False)

# Neither JSON nor a page tells it as it is.
SPECIAL = 'pa"ss  wo<b>\u4ee4\\rd'
UNAVAILABLE = Answer(503, {"code": "503", "msg": "busy"})


def token_answer(value="fresh", project="b" * 32):
    body = {"token": {"expires_at": "2099-01-01T00:00:00Z", "project": {"id": project}, "user": {"name": "admin"}}}
    return Answer(201, body, {"X-Subject-Token": value})


# --- what is sent


def test_headers_of_a_request_with_an_answer(platform):
    platform.answers(Answer(body={}))
    platform.client().call(GET, {"thing_id": "1"})
    headers = platform.seen[0].headers
    assert headers["X-Auth-Token"] == "given-token"
    assert headers["Content-Type"] == "application/json"
    assert headers["Accept"] == "application/json"


def test_no_accept_where_no_body_comes_back(platform):
    platform.answers(Answer(204))
    platform.client().call(DELETE, {"thing_id": "1"})
    assert "Accept" not in platform.seen[0].headers
    assert platform.seen[0].headers["Content-Type"] == "application/json"


def test_nulls_and_empty_strings_of_a_body_are_sent(platform):
    platform.answers(Answer(202))
    platform.client().call(ACTION, {"thing_id": "1"}, body={"os-start": None, "text": ""})
    assert json.loads(platform.seen[0].body) == {"os-start": None, "text": ""}


def test_path_values_are_encoded_and_the_project_fills_in(platform):
    platform.answers(Answer(body=[]))
    client = platform.client()
    client.call(GET, {"thing_id": "a/b#c?d(é)"})
    client.call(LIST)
    assert [request.path for request in platform.seen] == [
        "/things/a%2Fb%23c%3Fd%28%C3%A9%29",
        f"/os/{'a' * 32}/things",
    ]


@pytest.mark.parametrize(
    "bad", ["", None, ".", "..", "detail", "strategy", " ", "\u3000", " a", "a ", "a\n", "a\x00b", "\x7fa", "a\ud800"]
)
def test_an_id_that_would_reach_another_operation_is_refused(platform, bad):
    with pytest.raises(OptionError, match="thing_id"):
        platform.client().call(GET, {"thing_id": bad})
    assert not platform.seen


def test_one_connection_serves_many_requests(platform, monkeypatch):
    platform.answers(Answer(body={}))
    client = platform.client()
    for _number in range(3):
        client.call(GET, {"thing_id": "1"})
    (session,) = client.exchange._idle[platform.url]
    (pool,) = session.get_adapter(platform.url).poolmanager.pools._container.values()
    assert pool.num_connections == 1


# --- options of the connection


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"token": "secret-token\n"}, "api_token: a token has no"),
        ({"token": "secret token"}, "api_token: a token has no"),
        ({"token": "\u4ee4\u724c"}, "api_token: a token has no"),
        ({"timeout": 0.0}, "api_timeout: 0.0 is not between"),
        ({"timeout": -1.0}, "api_timeout: -1.0 is not between"),
        ({"timeout": float("inf")}, "api_timeout: inf is not between"),
        ({"timeout": float("nan")}, "api_timeout: nan is not between"),
        ({"retries": -1}, "api_retries: -1 is not a number"),
        ({"auth_url": "http://[::1:5000"}, "api_auth_url: 'http://\\[::1:5000' is not a valid URL"),
    ],
)
def test_a_connection_that_cannot_be_is_refused_before_anything_is_sent(platform, options, problem):
    with pytest.raises(OptionError, match=problem) as raised:
        platform.client(**options)
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("more", ["\n", " ", "/?query=1", "/#there"])
def test_what_stands_behind_an_address_is_refused(platform, more):
    with pytest.raises(OptionError, match=r"api_url: .* is not a valid URL"):
        Client(Connection(platform.url + more, token="given-token"))


@pytest.mark.parametrize("url", ["http://[fe80::1%25eth0]:11000", "http://[fe80::1%eth0]:11000"])
def test_an_address_of_ip_version_6_can_have_a_zone(url, monkeypatch):
    sent = []

    def send(adapter, request, **more):
        sent.append((adapter.get_connection_with_tls_context(request, True).host, request.path_url))
        raise requests.exceptions.ConnectTimeout

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    with pytest.raises(CloudError, match=re.escape(url)):
        Client(Connection(url, token="given-token", layout="gateway", retries=0)).call(UPDATE, {"thing_id": "50 %"})
    assert sent == [("fe80::1%eth0", "/things/50%20%25")]


def test_an_address_of_ip_version_6_is_told_in_brackets():
    with pytest.raises(CloudError, match=r"cannot reach http://\[::1\]:1: "):
        Client(Connection("http://[::1]:1", token="given-token", retries=0)).call(UPDATE, {"thing_id": "1"})


@pytest.mark.parametrize("variable", [None, "REQUESTS_CA_BUNDLE"])
def test_authorities_that_are_not_there_are_told(monkeypatch, variable):
    if variable:
        monkeypatch.setenv(variable, "/nowhere/ca.pem")
    connection = Connection("https://127.0.0.1:1", token="given-token", ca_path=None if variable else "/nowhere/ca.pem")
    with pytest.raises(OptionError, match=r"/nowhere/ca.pem.*Set ca_path") as raised:
        Client(connection).call(GET, {"thing_id": "1"})
    assert raised.value.operation == "thing-get"


def test_each_address_has_the_proxy_that_the_environment_has_for_it(platform, monkeypatch):
    for variable in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(variable, "localhost")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    platform.answers(token_answer())
    identity = f"{platform.url.replace('127.0.0.1', 'localhost')}/v3"
    client = platform.client(token=None, username="admin", password="pw", project=None, auth_url=identity, retries=0)
    assert client.project_id == "b" * 32
    with pytest.raises(CloudError, match="refused"):
        client.call(GET, {"thing_id": "1"})


@pytest.fixture
def proxied(monkeypatch):
    """Sets the proxy of the environment, for http and https alike."""

    def use(proxy):
        for variable in ("no_proxy", "NO_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.delenv(variable, raising=False)
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("https_proxy", proxy)

    return use


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("operation", [GET, CREATE, DELETE])
def test_a_dead_proxy_is_told_as_such_and_nothing_was_sent(platform, proxied, scheme, operation):
    proxied("http://somebody:pa55word@127.0.0.1:1")
    client = Client(Connection(f"{scheme}://cloud.example.com:11000", token="given-token", retries=2))
    with pytest.raises(
        NotSent, match=r"through the proxy http://127\.0\.0\.1:1: .*refused.*Nothing was sent"
    ) as raised:
        client.call(operation, {"thing_id": "1"}, body=None)
    assert "pa55word" not in str(raised.value) and "no_proxy" in str(raised.value)
    assert client.requests == {operation.method: 3}


class Tunnel(http.server.BaseHTTPRequestHandler):
    """A proxy that refuses every tunnel."""

    status = 407

    def do_CONNECT(self):
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *given):
        pass


@pytest.mark.parametrize(("status", "kind", "times"), [(407, OptionError, 1), (403, OptionError, 1), (502, NotSent, 3)])
def test_a_proxy_that_opens_no_tunnel_is_told_as_such(proxied, status, kind, times):
    handler = type("Handler", (Tunnel,), {"status": status})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as proxy:
        threading.Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        proxied(f"http://127.0.0.1:{proxy.server_port}")
        client = Client(Connection("https://cloud.example.com:11000", token="given-token", retries=2))
        with pytest.raises(kind, match=rf"through the proxy .*Tunnel connection failed: {status}.*Nothing was sent"):
            client.call(CREATE, body={})
        proxy.shutdown()
    assert client.requests == {"POST": times}


def test_a_proxy_that_wants_a_login_is_told_as_such(platform, proxied):
    platform.answers(Answer(407, b"login"))
    proxied(platform.url)
    client = Client(Connection("http://cloud.example.com:11000", token="given-token"))
    with pytest.raises(OptionError, match=rf"the proxy {platform.url} wants a login .*Nothing was sent.*no_proxy"):
        client.call(CREATE, body={})
    assert len(platform.seen) == 1


@pytest.mark.parametrize("proxy", ["foo://127.0.0.1:1", "http://", "http://127.0.0.1:port"])
def test_a_proxy_that_is_none_is_told_as_such(proxied, proxy):
    proxied(proxy)
    client = Client(Connection("http://cloud.example.com:11000", token="given-token"))
    with pytest.raises(OptionError, match=r"through the proxy .*Nothing was sent.*no_proxy"):
        client.call(CREATE, body={})
    assert client.requests == {"POST": 1}


def test_socks_without_its_library_is_told_as_such(proxied, monkeypatch):
    def missing(*given, **options):
        raise session.requests.exceptions.InvalidSchema("Missing dependencies for SOCKS support.")

    monkeypatch.setattr(session.requests.adapters, "SOCKSProxyManager", missing)
    proxied("socks5h://127.0.0.1:1")
    client = Client(Connection("http://cloud.example.com:11000", token="given-token"))
    with pytest.raises(OptionError, match=r"socks5h://127\.0\.0\.1:1: .*SOCKS support.*Install requests\[socks\]"):
        client.call(CREATE, body={})
    assert client.requests == {"POST": 1}


def test_http_where_https_is_expected_is_not_told_as_a_wrong_certificate(platform):
    platform.answers(Answer(body={}))
    client = Client(Connection(platform.url.replace("http", "https"), token="given-token", retries=0))
    with pytest.raises(OptionError, match=r"No TLS connection to https://127.*it may be http there"):
        client.call(GET, {"thing_id": "1"})


# --- what is sent again


@pytest.mark.parametrize("operation", [GET, UPDATE, DELETE])
def test_idempotent_requests_are_sent_again(platform, operation):
    platform.answers(UNAVAILABLE, Answer(lost=True), Answer(body={"id": 1}))
    client = platform.client()
    client.call(operation, {"thing_id": "1"})
    assert len(platform.seen) == 3
    assert client.requests == {operation.method: 3}
    assert len(client.retries) == 2


@pytest.mark.parametrize("answer", [Answer(429), Answer(429, headers={"Retry-After": "0"})])
def test_a_request_that_was_not_taken_is_sent_again_whatever_it_is(platform, answer):
    platform.answers(answer, Answer(body={"id": 1}))
    assert platform.client().call(CREATE, body={}) == {"id": 1}


def test_503_with_retry_after_was_not_taken(platform):
    when = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime())
    platform.answers(Answer(503, headers={"Retry-After": when}), Answer(body={"id": 1}))
    assert platform.client().call(CREATE, body={}) == {"id": 1}


@pytest.mark.parametrize("answer", [Answer(lost=True), Answer(502), Answer(503), Answer(504), Answer(200, b"<html>")])
def test_a_post_without_a_clear_answer_is_not_sent_again(platform, answer):
    platform.answers(answer)
    with pytest.raises(AnswerLost):
        platform.client().call(CREATE, body={})
    assert len(platform.seen) == 1


@pytest.mark.parametrize("answer", [Answer(lost=True), Answer(502), Answer(503), Answer(504)])
def test_what_would_be_done_twice_is_not_sent_again_whatever_its_method(platform, answer):
    reboot = Operation("thing-reboot", "PUT", "/things/{thing_id}/reboot", answers=False, non_repeatable=True)
    platform.answers(answer, Answer(body={}))
    with pytest.raises(AnswerLost):
        platform.client().call(reboot, {"thing_id": "1"}, body={})
    assert len(platform.seen) == 1


def test_a_post_that_only_reads_is_sent_again(platform):
    platform.answers(Answer(lost=True), Answer(body={"id": 1}))
    assert platform.client().call(READ_BY_POST, body={}) == {"id": 1}


def test_a_time_that_nobody_understands_does_not_end_the_retries(platform):
    platform.answers(Answer(429, headers={"Retry-After": "soon"}), Answer(body={"id": 1}))
    assert platform.client().call(CREATE, body={}) == {"id": 1}


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("7", 7.0),
        ("100000", 60.0),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 60.0),
        *(
            (text, 1.0)
            for text in ("soon", "-3", "0", "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 99 Oct 9999999 07:28:00 GMT", None)
        ),
    ],
)
def test_a_pause_is_as_long_as_the_platform_asks_for_within_bounds(monkeypatch, asked, seconds):
    monkeypatch.setattr(session.random, "uniform", lambda low, high: high)
    response = session.requests.Response()
    response.headers.update({"Retry-After": asked} if asked else {})
    assert session.pause_before_try(2, response) == seconds


def test_pauses_grow_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(session.random, "uniform", lambda low, high: high)
    assert [session.pause_before_try(number, None) for number in range(1, 8)] == [0.5, 1, 2, 4, 8, 8, 8]


BROKEN = {
    "truncated": Answer(body={"id": "x" * 100}, broken=True),
    "half of it": Answer(200, b'{"id": ', {"Content-Type": "application/json"}),
    "garbage": Answer(200, b"\x1f\x8b\x00\xff", {"Content-Type": "application/json"}),
    "torn compression": Answer(200, b"\x1f\x8b\x08\x00none", {"Content-Encoding": "gzip"}),
    "too deep": Answer(200, b"[" * 200_000, {"Content-Type": "application/json"}),
    "a page": Answer(200, b"<html>Welcome</html>", {"Content-Type": "text/html"}),
    "a text": Answer(200, b"It works!", {"Content-Type": "text/plain"}),
}


@pytest.mark.parametrize("answer", [*BROKEN.values(), Answer(200), Answer(204)], ids=[*BROKEN, "empty", "none"])
@pytest.mark.parametrize("operation", [GET, READ_BY_POST])
def test_reads_are_sent_again_when_their_answer_breaks(platform, operation, answer):
    platform.answers(answer, Answer(lost=True), answer, Answer(body={"id": 1}))
    client = platform.client()
    assert client.call(operation, {"thing_id": "1"}) == {"id": 1}
    assert client.requests == {operation.method: 4}
    assert len(client.retries) == 3 and all("trying again" in text for text in client.retries)


@pytest.mark.parametrize("answer", [*BROKEN.values(), Answer(200), Answer(204)], ids=[*BROKEN, "empty", "none"])
def test_a_list_whose_answer_stays_broken_is_an_error_and_not_empty(platform, answer):
    platform.answers(answer)
    with pytest.raises(CloudError, match=r"thing-list|no answer from") as raised:
        platform.client(retries=2).list_all(LIST, "things")
    assert len(platform.seen) == 3
    assert not isinstance(raised.value, AnswerLost) and "carried it out" not in str(raised.value)


@pytest.mark.parametrize("answer", [Answer(body="things"), Answer(body=7), Answer(body=True)])
def test_a_list_that_is_none_is_an_error(platform, answer):
    platform.answers(answer)
    with pytest.raises(CloudError, match="thing-list: the answer is no list"):
        platform.client().list_all(LIST, "things")


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("operation", [UPDATE, DELETE])
def test_what_is_no_answer_to_a_write_is_no_success(platform, operation, answer):
    """What can be repeated is; what stays unclear is an error that says so."""
    platform.answers(answer, Answer(204))
    platform.client().call(operation, {"thing_id": "1"}, body={})
    assert len(platform.seen) == 2
    platform.answers(answer)
    with pytest.raises(AnswerLost):
        platform.client(retries=1).call(operation, {"thing_id": "1"}, body={})
    assert len(platform.seen) == 4


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("operation", [CREATE, ACTION, Operation("thing-patch", "PATCH", "/things/{thing_id}")])
def test_a_write_that_must_not_be_repeated_is_sent_once_whatever_becomes_of_its_answer(platform, operation, answer):
    platform.answers(answer)
    with pytest.raises(AnswerLost):
        platform.client().call(operation, {"thing_id": "1"}, body={})
    assert len(platform.seen) == 1


@pytest.mark.parametrize("text", [b"", b"null", b"OK", b"success", b"202 Accepted\n\nThe request is accepted.\n\n"])
@pytest.mark.parametrize("operation", [ACTION, DELETE])
def test_nothing_and_words_that_say_so_are_success_where_no_answer_is_due(platform, operation, text):
    platform.answers(Answer(202, text, {"Content-Type": "text/plain; charset=UTF-8"}))
    assert platform.client().call(operation, {"thing_id": "1"}) is None


@pytest.mark.parametrize("operation", [GET, READ_BY_POST, UPDATE])
def test_a_body_that_stalls_ends_with_the_timeout_and_is_sent_again(platform, operation):
    platform.answers(Answer(body={"id": "x" * 100}, broken=True, silence=2.0), Answer(body={"id": 1}))
    started = time.monotonic()
    assert platform.client(timeout=0.3).call(operation, {"thing_id": "1"}) == {"id": 1}
    assert time.monotonic() - started < 1.5


def test_an_old_urllib3_that_keeps_what_is_missing_to_itself_makes_no_difference(platform, monkeypatch):
    """RHEL 8 has urllib3 1.25, which takes the end of the connection for that of the body."""
    init = session.urllib3.HTTPResponse.__init__

    def lenient(self, *given, **options):
        init(self, *given, **{**options, "enforce_content_length": False})

    monkeypatch.setattr(session.urllib3.HTTPResponse, "__init__", lenient)
    platform.answers(Answer(body={"id": "x" * 100}, broken=True), Answer(body={"id": 1}))
    assert platform.client().call(GET, {"thing_id": "1"}) == {"id": 1}
    platform.answers(Answer(broken=True, body=[{"id": 1}]))
    with pytest.raises(AnswerLost, match="bytes early"):
        platform.client().call(CREATE, body={})


def test_retries_end(platform):
    platform.answers(UNAVAILABLE)
    with pytest.raises(CloudError, match="answered 503: busy"):
        platform.client(retries=2).call(GET, {"thing_id": "1"})
    assert len(platform.seen) == 3


def test_a_server_error_is_not_retried(platform):
    platform.answers(Answer(500, {"code": "500", "msg": "boom"}))
    with pytest.raises(CloudError, match="answered 500: boom"):
        platform.client().call(UPDATE, {"thing_id": "1"})
    assert len(platform.seen) == 1


def test_nobody_listens(platform):
    client = platform.client(retries=1)
    platform.close()
    with pytest.raises(CloudError, match=r"cannot reach http://127\.0\.0\.1:\d+") as caught:
        client.call(CREATE, body={})
    assert not isinstance(caught.value, AnswerLost)
    assert "api_url" in str(caught.value)


# --- tokens


def test_an_expired_token_is_renewed_once(platform):
    client = platform.client(token=None, username="admin", password="secret-1", project="p")
    platform.answers(token_answer("old"), Answer(401), token_answer("new"), Answer(body={"id": 1}))
    assert client.call(GET, {"thing_id": "1"}) == {"id": 1}
    assert [request.headers.get("X-Auth-Token") for request in platform.seen] == [None, "old", None, "new"]


def test_a_cached_token_needs_no_login(platform):
    options = {"token": None, "username": "admin", "password": "secret-1", "project": "p"}
    platform.answers(token_answer(), Answer(body={}))
    platform.client(**options).call(LIST)
    platform.client(**options).call(LIST)
    assert [request.method for request in platform.seen] == ["POST", "GET", "GET"]
    assert platform.seen[-1].path == f"/os/{'b' * 32}/things"


@pytest.mark.parametrize("option", ["username", "password", "project", "domain"])
def test_what_cannot_be_written_is_refused_by_the_name_of_its_option(platform, option):
    options = {"token": None, "username": "admin", "password": "secret-1", "project": "p", "domain": "default"}
    with pytest.raises(OptionError, match=f"^api_{option}: .*not valid Unicode") as raised:
        platform.client(**{**options, option: "secret\ud800"})
    assert "secret" not in str(raised.value)


def test_a_query_that_cannot_be_written_is_refused(platform):
    with pytest.raises(OptionError, match=r"^name: .*not valid Unicode"):
        platform.client().call(LIST, query={"name": "web\ud800"})
    assert not platform.seen


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"bytes"])
def test_a_body_that_cannot_be_written_is_refused(platform, value):
    with pytest.raises(OptionError, match="cannot be written as JSON"):
        platform.client().call(CREATE, body={"thing": value})
    assert not platform.seen


def test_a_refused_token_is_an_error_that_names_the_option(platform):
    platform.answers(Answer(401))
    with pytest.raises(OptionError, match="api_token"):
        platform.client().call(GET, {"thing_id": "1"})
    assert len(platform.seen) == 1


def test_a_wrong_password_is_tried_twice_at_most(platform):
    platform.answers(Answer(401))
    with pytest.raises(OptionError, match="api_password") as caught:
        platform.client(token=None, username="admin", password="secret-1", project="p").call(LIST)
    assert len(platform.seen) == 2
    assert "secret-1" not in str(caught.value)


def test_an_unknown_project_is_told_from_a_wrong_password(platform):
    platform.answers(Answer(401), token_answer(project=None), Answer(401))
    with pytest.raises(OptionError, match="api_project 'p'"):
        platform.client(token=None, username="admin", password="secret-1", project="p").call(LIST)


def test_the_project_of_a_given_token_is_looked_up_by_name(platform):
    platform.answers(Answer(body={"projects": [{"id": "x1", "name": "demo"}, {"id": "x2", "name": "other"}]}))
    assert platform.client(project="demo").project_id == "x1"


@pytest.mark.parametrize(
    ("projects", "problem"),
    [([], "no project"), ([{"id": "1", "name": "demo"}, {"id": "2", "name": "demo"}], "several")],
)
def test_a_project_that_is_not_one(platform, projects, problem):
    platform.answers(Answer(body={"projects": projects}))
    with pytest.raises(OptionError, match=f"api_project.*{problem}"):
        platform.client(project="demo").call(LIST)


# --- answers


def test_a_redirect_is_not_followed(platform):
    platform.answers(Answer(302, headers={"Location": "http://127.0.0.1:9/elsewhere"}))
    with pytest.raises(CloudError, match=r"redirected to http://127\.0\.0\.1:9"):
        platform.client().call(GET, {"thing_id": "1"})
    assert len(platform.seen) == 1


def test_several_choices_without_an_address_are_no_answer(platform):
    platform.answers(Answer(300, {"choices": []}))
    with pytest.raises(CloudError, match="redirected to another address"):
        platform.client().call(GET, {"thing_id": "1"})


@pytest.mark.parametrize("retries", [0, 2])
def test_html_is_told_as_a_wrong_address(platform, retries):
    platform.answers(Answer(200, b"<html><body>Welcome to <b>nginx</b></body></html>"))
    with pytest.raises(CloudError, match=r"not JSON: Welcome to nginx\..*api_url") as raised:
        platform.client(retries=retries).call(GET, {"thing_id": "1"})
    assert not isinstance(raised.value, AnswerLost)
    assert len(platform.seen) == retries + 1


def test_a_failure_inside_of_a_success_is_a_failure(platform):
    platform.answers(Answer(200, {"code": "1001", "msg": "no such thing", "data": None, "total": 0}))
    with pytest.raises(CloudError, match="no such thing") as caught:
        platform.client().call(GET, {"thing_id": "1"})
    assert (caught.value.code, caught.value.status) == ("1001", 200)


@pytest.mark.parametrize("code", [404, "500"])
def test_a_code_in_a_success_that_is_a_status_counts_as_one(platform, code):
    platform.answers(Answer(200, {"code": code, "msg": "not find server"}))
    with pytest.raises(CloudError, match=f"answered {code}: not find server") as caught:
        platform.client().call(GET, {"thing_id": "1"})
    assert caught.value.status == int(code)


def test_who_acts_where_is_read_from_the_token(platform):
    described = {"project": {"id": "a" * 32, "name": "web"}, "user": {"id": "u", "name": "alice"}}
    platform.answers(Answer(200, {"token": {"expires_at": "2099-01-01T00:00:00Z", **described}}))
    client = platform.client()
    assert (client.user_id, client.user_name, client.project_name) == ("u", "alice", "web")
    assert len(platform.seen) == 1


def test_a_project_whose_name_is_not_told_is_named_by_its_id(platform):
    platform.answers(Answer(404))
    client = platform.client()
    assert (client.user_id, client.project_name) == (None, "a" * 32)


@pytest.mark.parametrize(
    ("kind", "charset"),
    [("text/html", "utf-8"), ("text/plain", "utf-8"), ("text/html; charset=GBK", "gbk"), ("", "utf-8")],
)
def test_a_chinese_page_is_told_as_it_is(platform, kind, charset):
    page = "<html>\u64cd\u4f5c\u5931\u8d25</html>".encode(charset)
    platform.answers(Answer(500, page, {"Content-Type": kind} if kind else {}))
    with pytest.raises(CloudError, match="answered 500: \u64cd\u4f5c\u5931\u8d25"):
        platform.client().call(GET, {"thing_id": "1"})


def test_a_token_that_is_not_described_is_of_the_only_project_there_is(platform):
    platform.answers(Answer(404), Answer(body={"projects": [{"id": "b" * 32, "name": "web"}]}))
    assert platform.client(project=None).project_id == "b" * 32


@pytest.mark.parametrize("listed", [Answer(body={"projects": [{"id": "b"}, {"id": "c"}]}), Answer(403)])
def test_a_token_that_is_not_described_needs_a_project_where_there_are_more(platform, listed):
    platform.answers(Answer(404), listed)
    with pytest.raises(OptionError, match=r"the platform does not return.*api_project"):
        str(platform.client(project=None).project_id)


def test_errors_do_not_repeat_secrets(platform):
    platform.answers(Answer(400, {"code": "400", "msg": "token given-token is odd"}))
    with pytest.raises(CloudError) as caught:
        platform.client().call(GET, {"thing_id": "1"})
    assert "given-token" not in str(caught.value)


@pytest.mark.parametrize(
    "body",
    [
        {"error": SPECIAL},
        {"detail": [f"{SPECIAL} is too short"]},
        {"badRequest": {"message": f"adminPass: {SPECIAL} is too short"}},
        {"error_message": json.dumps({"faultstring": f"{SPECIAL} is too short"})},
        {"detail": {"adminPass": "another one", "why": "too short"}},
    ],
)
def test_errors_do_not_repeat_secrets_of_any_spelling(platform, body):
    platform.answers(Answer(400, body))
    with pytest.raises(CloudError, match=r"answered 400: .*\*\*\*\*\*") as raised:
        platform.client(password=SPECIAL).call(CREATE, body={})
    for part in ("wo", "rd", "another"):
        assert part not in str(raised.value).replace("token", "")


def test_the_fallback_path_is_tried_where_the_first_is_unknown(platform):
    operation = Operation("x", "GET", "/first", fallback="/second")
    platform.answers(Answer(404), Answer(body={"id": 1}))
    assert platform.client().call(operation) == {"id": 1}
    assert [request.path for request in platform.seen] == ["/first", "/second"]


# --- pages


def things(*ids):
    return [{"id": str(number)} for number in ids]


def test_pages_follow_the_marker_until_a_short_one(platform):
    platform.answers(Answer(body={"things": things(1, 2)}), Answer(body={"things": things(3)}))
    assert platform.client().list_all(LIST, "things", page_size=2) == things(1, 2, 3)
    assert [request.path.partition("?")[2] for request in platform.seen] == ["limit=2", "limit=2&marker=2"]


def test_a_capped_page_is_followed_by_its_link(platform):
    link = [{"rel": "next", "href": "http://10.0.0.1/things?limit=1&marker=1"}]
    platform.answers(Answer(body={"things": things(1), "things_links": link}), Answer(body={"things": things(2)}))
    assert platform.client().list_all(LIST, "things", page_size=100) == things(1, 2)
    assert platform.seen[1].path == f"/os/{'a' * 32}/things?limit=1&marker=1"


def test_a_full_page_without_a_link_is_the_last_where_the_pages_before_it_had_links(platform):
    link = [{"rel": "next", "href": "http://10.0.0.1/things?limit=2&marker=2"}]
    platform.answers(Answer(body={"things": things(1, 2), "things_links": link}), Answer(body={"things": things(3, 4)}))
    assert platform.client().list_all(LIST, "things", page_size=2) == things(1, 2, 3, 4)
    assert len(platform.seen) == 2


@pytest.mark.parametrize("wrap", [lambda entry: entry, lambda entry: {"keypair": entry}])
def test_pages_of_what_has_no_id_go_on_behind_its_name(platform, wrap):
    pages = [[wrap({"name": name}) for name in names] for names in ("ab", "c")]
    platform.answers(*[Answer(body={"keypairs": page}) for page in pages])
    assert platform.client().list_all(LIST, "keypairs", page_size=2) == [*pages[0], *pages[1]]
    assert platform.seen[1].path.endswith("limit=2&marker=b")


def test_a_platform_that_ignores_the_marker_does_not_loop_for_ever(platform):
    platform.answers(Answer(body={"things": things(1, 2)}))
    client = platform.client()
    assert client.list_all(LIST, "things", page_size=2) == things(1, 2)
    assert len(platform.seen) == 3
    assert "thing-list: the platform returned 2 entries, and none behind them" in client.notices[0]


def queries(platform):
    return [request.path.partition("?")[2] for request in platform.seen]


@pytest.mark.parametrize("count", [1, 50, 99, 101, 1001])
def test_a_list_that_no_bound_explains_is_read_once(platform, count):
    platform.answers(Answer(body={"things": things(*range(count))}))
    assert len(platform.client().list_all(LIST, "things")) == count
    assert queries(platform) == [""]


@pytest.mark.parametrize("count", [100, 400, 999])
def test_a_page_that_is_not_full_is_the_last_unless_it_may_be_bounded(platform, count):
    platform.answers(Answer(body={"things": things(*range(count))}))
    assert len(platform.client().list_all(LIST, "things", page_size=1000)) == count
    assert queries(platform) == ["limit=1000"]


@pytest.mark.parametrize(("page_size", "limit"), [(None, ""), (1000, "limit=1000&")])
def test_what_is_behind_a_list_without_a_link_is_read(platform, page_size, limit):
    pages = [things(*range(500)), things(*range(500, 1000)), things(1000)]
    platform.answers(*[Answer(body={"things": page}) for page in pages])
    client = platform.client()
    assert client.list_all(LIST, "things", page_size=page_size) == [entry for page in pages for entry in page]
    assert queries(platform)[1:] == [f"{limit}marker=499", f"{limit}marker=999"]
    assert not client.notices


def test_a_list_that_ends_with_a_full_page_is_followed_by_an_empty_one(platform):
    platform.answers(Answer(body={"things": things(*range(100))}), Answer(body={"things": []}))
    client = platform.client()
    assert len(client.list_all(LIST, "things")) == 100
    assert queries(platform) == ["", "marker=99"]
    assert not client.notices


@pytest.mark.parametrize("refusal", [Answer(400, {"msg": "marker?"}), Answer(body={"things": things(*range(100))})])
def test_a_list_that_knows_no_marker_goes_on_behind_a_number(platform, refusal):
    first, rest = things(*range(100)), things(*range(100, 130))
    platform.answers(Answer(body={"things": first}), refusal, Answer(body={"things": rest}))
    client = platform.client()
    assert client.list_all(LIST, "things") == first + rest
    assert queries(platform) == ["", "marker=99", "offset=100"]
    assert not client.notices


def test_a_list_that_cannot_be_read_on_is_reported(platform):
    platform.answers(Answer(body={"things": things(*range(100))}), Answer(400, {"msg": "no"}))
    client = platform.client()
    assert len(client.list_all(LIST, "things")) == 100
    assert "returned 100 entries" in client.notices[0] and "others are missing" in client.notices[0]


def test_a_list_that_says_that_it_is_cut_is_reported_whatever_its_size(platform):
    platform.answers(Answer(body={"things": things(1, 2), "truncated": True}))
    client = platform.client()
    assert client.list_all(LIST, "things") == things(1, 2)
    assert len(client.notices) == 1


def test_a_page_that_was_asked_for_is_no_end_if_the_next_one_is_refused(platform):
    platform.answers(Answer(body={"things": things(1, 2)}), Answer(400, {"msg": "marker?"}))
    with pytest.raises(CloudError, match="marker"):
        platform.client().list_all(LIST, "things", page_size=2)


# --- files


def test_an_upload_streams_and_tells_the_sum(platform, tmp_path):
    file = tmp_path / "image.raw"
    file.write_bytes(b"x" * 3_000_000)
    platform.answers(Answer(200))
    assert platform.client().upload(UPLOAD, {}, str(file)) == hashlib.md5(file.read_bytes()).hexdigest()
    assert platform.seen[0].body == file.read_bytes()
    assert platform.seen[0].headers["Content-Type"] == "application/octet-stream"


def test_a_file_whose_sum_is_known_is_not_summed_up_again(platform, tmp_path, monkeypatch):
    file = tmp_path / "image.raw"
    file.write_bytes(b"x" * 3_000_000)
    monkeypatch.setattr(session, "new_md5", lambda: None)
    platform.answers(Answer(200))
    assert platform.client().upload(UPLOAD, {}, str(file), "d" * 32) == "d" * 32
    assert platform.seen[0].body == file.read_bytes()


def test_files_are_sent_and_received_in_large_blocks(platform, tmp_path, monkeypatch):
    """http.client sends 16 KiB at a time of what it reads itself."""
    sent, asked = [], []
    sendall, readinto = socket.socket.sendall, socket.SocketIO.readinto
    monkeypatch.setattr(
        socket.socket, "sendall", lambda self, data, *more: sent.append(len(data)) or sendall(self, data, *more)
    )
    monkeypatch.setattr(
        socket.SocketIO, "readinto", lambda self, buffer: asked.append(len(buffer)) or readinto(self, buffer)
    )
    file = tmp_path / "image.raw"
    file.write_bytes(b"x" * (3 * CHUNK))
    platform.answers(Answer(200))
    platform.client().upload(UPLOAD, {}, str(file))
    assert sent.count(CHUNK) == 3
    asked.clear()
    platform.answers(Answer(200, file.read_bytes()))
    platform.client().download(DOWNLOAD, {}, str(tmp_path / "copy.raw"))
    assert max(asked) >= CHUNK // 2


def test_a_download_is_kept_only_when_its_sum_is_right(platform, tmp_path):
    file = tmp_path / "image.raw"
    platform.answers(Answer(200, b"data"))
    platform.client().download(DOWNLOAD, {}, str(file), hashlib.md5(b"data").hexdigest())
    assert file.read_bytes() == b"data"
    with pytest.raises(CloudError, match="MD5"):
        platform.client().download(DOWNLOAD, {}, str(tmp_path / "other"), "0" * 32)
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["image.raw"]


@pytest.mark.parametrize(
    "broken",
    [
        Answer(200, b"data" * 1000, broken=True),
        Answer(200, b"data" * 1000, broken=True, silence=1.0),
        Answer(200, b"<html>Welcome</html>", {"Content-Type": "text/html"}),
        Answer(200),
        Answer(lost=True),
        Answer(503),
    ],
    ids=["truncated", "stalled", "a page", "empty", "lost", "503"],
)
def test_a_download_that_breaks_begins_anew_and_is_kept_when_it_is_complete(platform, tmp_path, broken):
    file = tmp_path / "image.raw"
    platform.answers(broken, Answer(200, b"data" * 1000))
    client = platform.client(timeout=0.4)
    client.download(DOWNLOAD, {}, str(file))
    assert file.read_bytes() == b"data" * 1000
    assert client.requests == {"GET": 2} and len(client.retries) == 1
    platform.answers(broken)
    with pytest.raises(CloudError, match=r"thing-download|no answer from"):
        platform.client(timeout=0.4, retries=1).download(DOWNLOAD, {}, str(tmp_path / "other"))
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == ["image.raw"]


@pytest.mark.parametrize("way", ["no folder", "no space"])
def test_a_download_that_cannot_be_written_is_told(platform, tmp_path, monkeypatch, way):
    def full(*given):
        raise OSError(errno.ENOSPC, "No space left on device")

    folder = tmp_path / "there"
    if way == "no space":
        folder.mkdir()
        monkeypatch.setattr(session.os, "replace", full)
    platform.answers(Answer(body=b"data"))
    with pytest.raises(OptionError, match=r"thing-download: .*there/image cannot be written: No s"):
        platform.client().download(DOWNLOAD, {}, str(folder / "image"))
    assert not list(tmp_path.glob("there/*"))


def test_an_image_without_data_cannot_be_downloaded(platform, tmp_path):
    platform.answers(Answer(204))
    with pytest.raises(CloudError, match="no data"):
        platform.client().download(DOWNLOAD, {}, str(tmp_path / "image.raw"))


def test_an_upload_whose_answer_is_lost_is_not_sent_again(platform, tmp_path):
    file = tmp_path / "image.raw"
    file.write_bytes(b"data")
    platform.answers(Answer(lost=True))
    with pytest.raises(AnswerLost):
        platform.client().upload(UPLOAD, {}, str(file))
    assert len(platform.seen) == 1


def test_an_upload_begins_anew_with_a_new_token(platform, tmp_path):
    file = tmp_path / "image.raw"
    file.write_bytes(b"data")
    client = platform.client(token=None, username="admin", password="secret-1", project="p")
    platform.answers(token_answer("old"), Answer(401), token_answer("new"), Answer(200))
    assert client.upload(UPLOAD, {}, str(file)) == hashlib.md5(b"data").hexdigest()
    assert platform.seen[-1].body == b"data"


def test_reading_a_file_keeps_one_chunk_in_memory(tmp_path):
    file = tmp_path / "image.raw"
    with file.open("wb") as writer:
        writer.truncate(64 * CHUNK)
    tracemalloc.start()
    with file.open("rb") as opened:
        length = sum(len(chunk) for chunk in FileStream(opened))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert length == 64 * CHUNK
    assert peak < 4 * CHUNK
