# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A platform whose answers are written down before the test: one scripted answer for each request."""

from __future__ import annotations

import dataclasses
import http.server
import json
import threading
import time

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import session
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import lost_answers
from ansible_collections.h3c.cloudos.plugins.module_utils.model import plan


@dataclasses.dataclass
class Answer:
    status: int = 200
    body: object = None
    headers: dict = dataclasses.field(default_factory=dict)
    #: close the connection instead of answering
    lost: bool = False
    #: send only half of the body that was announced, and be silent for so many seconds before the connection ends
    broken: bool = False
    silence: float = 0.0


@dataclasses.dataclass
class Request:
    method: str
    path: str
    headers: dict
    body: bytes


class ScriptedPlatform:
    """Answers requests in the order of its script, the last answer for ever, and remembers what came."""

    def __init__(self) -> None:
        self.script: list[Answer] = []
        self.seen: list[Request] = []
        platform = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                platform.seen.append(Request(self.command, self.path, dict(self.headers), body))
                answer = platform.script.pop(0) if len(platform.script) > 1 else platform.script[0]
                if answer.lost:
                    self.close_connection = True
                    self.connection.close()
                    return
                content = answer.body if isinstance(answer.body, bytes) else b""
                if answer.body is not None and not isinstance(answer.body, bytes):
                    content = json.dumps(answer.body).encode()
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content[: len(content) // 2] if answer.broken else content)
                if answer.broken:
                    self.wfile.flush()
                    threading.Event().wait(answer.silence)
                    self.close_connection = True

            do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

            def log_message(self, *args):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})
        self._thread.start()

    def answers(self, *answers: Answer) -> None:
        self.script = list(answers)

    def client(self, **options) -> Client:
        """A client that asks as the gateway does: each answer is for one request."""
        usual = {"token": "given-token", "project": "a" * 32, "timeout": 60.0, "layout": "gateway"}
        return Client(Connection(self.url, **{**usual, **options}))

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def platform():
    scripted = ScriptedPlatform()
    yield scripted
    scripted.close()


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch, tmp_path):
    """Tests of retries and waiting do not wait, and keep their tokens to themselves."""
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    monkeypatch.setattr(session.random, "uniform", lambda low, high: 0.0)
    monkeypatch.setattr(lost_answers, "patience", lambda run: 0.2)
    monkeypatch.setattr(plan, "FIRST_PAUSE", 0.0)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
