# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A door beside the gateway behind which somebody else acts at a chosen moment: between a look and a change."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests

from openstack.api import TIMEOUT
from openstack.cloud import Cloud

_OWN_HEADERS = {"connection", "content-length", "content-encoding", "transfer-encoding", "keep-alive", "date", "server"}


class Meddled:
    """The cloud by way of a door: what the harness of the playbooks asks for."""

    def __init__(self, cloud: Cloud, url: str) -> None:
        self._cloud, self.url = cloud, url

    def log(self) -> list[dict[str, Any]]:
        return self._cloud.log()


@contextmanager
def before(cloud: Cloud, method: str, path: str, act: Callable[[], object]) -> Iterator[Meddled]:
    """A door that acts once: right before the first request of a method to a path with this end is passed on."""
    lock, acted = threading.Lock(), []

    def meddle(asked: str, target: str) -> None:
        with lock:
            if not acted and asked == method and target.partition("?")[0].endswith(path):
                acted.append(target)
                act()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_arguments: Any) -> None:
            pass

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            meddle(self.command, self.path)
            headers = {name: value for name, value in self.headers.items() if name.lower() not in _OWN_HEADERS}
            with requests.Session() as http:
                http.trust_env = False
                url, method = cloud.url + self.path, self.command
                answer = http.request(method, url, headers=headers, data=body, timeout=TIMEOUT, allow_redirects=False)
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                if name.lower() not in _OWN_HEADERS:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = pass_on

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield Meddled(cloud, f"http://127.0.0.1:{server.server_address[1]}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert acted, f"no {method} request to a path that ends in {path} came"
