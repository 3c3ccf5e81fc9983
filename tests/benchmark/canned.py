# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A platform with canned answers: it takes no time to think, so what is measured is the other side.

The same pages of servers stand at the path of the published API and at that of OpenStack.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import http.server
import json
import multiprocessing
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import openstack
from .parse import PAGE, PATH, PROJECT, TOKEN

STANDARD_PATH = f"{openstack.PREFIX}/compute/v2.1/servers/detail"
BEGINNING = datetime.datetime(2026, 1, 1)


@contextlib.contextmanager
def canned(servers: int) -> Iterator[str]:
    """The address of a server that answers at once with pages of so many servers."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=serve, args=(servers, theirs), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def serve(servers: int, pipe: Any) -> None:
    class Canned(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        answered = 0

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/count":
                self.answer(str(Canned.answered).encode())
                return
            Canned.answered += 1
            marker = parse_qs(address.query).get("marker", [None])[0]
            self.answer(answers[address.path][marker])

        def do_POST(self) -> None:
            Canned.answered += 1
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(json.dumps(token(url)).encode(), 201, {"X-Subject-Token": TOKEN})

        def answer(self, body: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
            self.send_response(status)
            fixed = {"Content-Type": "application/json", "Content-Length": str(len(body))}
            for name, value in {**fixed, **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: Any) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Canned) as listening:
        url = f"http://127.0.0.1:{listening.server_port}"
        answers = bodies(url, servers)
        pipe.send(url)
        listening.serve_forever()


def bodies(url: str, servers: int) -> dict[str, dict[str | None, bytes]]:
    """The answers by path and marker."""
    answers: dict[str, dict[str | None, bytes]] = {
        f"{openstack.PREFIX}/{service}{version}": {None: json.dumps(openstack.versions(url, service)).encode()}
        for service, version in (("identity", "/v3"), ("compute", "/v2.1"))
    }
    answers |= {PATH: {}, STANDARD_PATH: {}}
    all_servers, marker = [server(number) for number in range(servers)], None
    for start in range(0, servers + 1, PAGE):
        page = all_servers[start : start + PAGE]
        answers[PATH][marker] = json.dumps({"servers": page}).encode()
        last = page[-1]["id"] if len(page) == PAGE else None
        following = {"servers_links": [{"rel": "next", "href": f"{url}{STANDARD_PATH}?marker={last}"}]}
        answers[STANDARD_PATH][marker] = json.dumps({"servers": page, **(following if last else {})}).encode()
        marker = last
    return answers


def token(url: str) -> dict[str, Any]:
    user = {"id": "1", "name": "admin", "domain": {"id": "default", "name": "Default"}}
    project = {"id": PROJECT, "name": "admin", "domain": {"id": "default", "name": "Default"}}
    times = {"issued_at": "2026-01-01T00:00:00.000000Z", "expires_at": "2099-01-01T00:00:00.000000Z"}
    scope = {"project": project, "roles": [{"id": "1", "name": "admin"}], "catalog": openstack.catalog(url)}
    return {"token": {"methods": ["password"], "user": user, **times, **scope}}


def server(number: int) -> dict[str, Any]:
    """A server as Nova tells it, about two kilobytes."""
    high, middle, low = number >> 16 & 255, number >> 8 & 255, number & 255
    ids = {kind: f"{number:08x}-{kind:04x}-4a48-4002-921e4b026b41" for kind in range(4)}
    link = "http://172.25.80.30:9000/v2/9052ae85792143ff955c35c52e8e41bd/servers/"
    return {
        "id": ids[0],
        "name": f"web-{number:05d}",
        "status": "ACTIVE" if number % 5 else "SHUTOFF",
        "created": (BEGINNING + datetime.timedelta(minutes=number)).isoformat() + "Z",
        "updated": f"2026-02-{number % 28 + 1:02d}T02:05:26Z",
        "addresses": {
            "net": [
                {
                    "addr": f"10.{high}.{middle}.{low}",
                    "version": 4,
                    "OS-EXT-IPS:type": "fixed",
                    "OS-EXT-IPS-MAC:mac_addr": f"fa:16:3e:{high:02x}:{middle:02x}:{low:02x}",
                }
            ]
        },
        "hostId": hashlib.sha224(str(number % 200).encode()).hexdigest(),
        "flavor": {"id": f"flavor-{number % 10}", "links": [{"href": f"{link}flavors/{ids[1]}", "rel": "bookmark"}]},
        "image": {"id": f"image-{number % 20}", "links": [{"href": f"{link}images/{ids[2]}", "rel": "bookmark"}]},
        "links": [{"href": link + ids[0], "rel": "self"}, {"href": link + ids[0], "rel": "bookmark"}],
        "user_id": "dd95b2489ccf412595e0eb08e7050b6d",
        "tenant_id": PROJECT,
        "metadata": {
            "zone_uuid": "9a67c7b3-4ab6-47af-8654-c656fa520c77",
            "description": f"server {number}",
            "alias": f"web {number}",
            "enableAdminPass": "1",
            "user_name": "admin",
            "role": f"role{number % 50}",
        },
        "security_groups": [{"name": "default"}],
        "OS-EXT-AZ:availability_zone": f"zone{number % 4}",
        "OS-EXT-SRV-ATTR:host": f"compute{number % 200}",
        "OS-EXT-SRV-ATTR:hypervisor_hostname": f"compute{number % 200}.example.com",
        "OS-EXT-SRV-ATTR:instance_name": f"instance-{number:08x}",
        "OS-EXT-STS:power_state": 1,
        "OS-EXT-STS:vm_state": "active",
        "OS-EXT-STS:task_state": None,
        "OS-SRV-USG:launched_at": f"2026-01-{number % 28 + 1:02d}T02:06:26Z",
        "OS-SRV-USG:terminated_at": None,
        "OS-DCF:diskConfig": "MANUAL",
        "accessIPv4": "",
        "accessIPv6": "",
        "config_drive": True,
        "key_name": f"key{number % 30}",
        "os-extended-volumes:volumes_attached": [{"id": ids[3]}],
        "progress": 0,
    }
