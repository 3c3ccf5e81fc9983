# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of the gateway in front of real services, as tests read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from openstack.request_log import RequestLog, count

SERVER = "2f4e4b54-8a2c-4a77-9f3d-6f1f8f0a9c11"
PROJECT = "9052ae85792143ff955c35c52e8e41bd"
SERVERS = f"/os/compute/v1/v2/{PROJECT}/servers"


def written(file: Path, *lines: dict[str, Any]) -> RequestLog:
    usual = {"seconds": 0.25, "port": 11100, "method": "GET", "key": "", "status": 200, "received": 1, "sent": 1}
    file.write_text("".join(json.dumps({**usual, **line}) + "\n" for line in lines))
    return RequestLog(file)


def test_requests_come_in_the_order_of_their_beginning(tmp_path: Path) -> None:
    log = written(
        tmp_path / "log",
        {"end": 11.0, "path": f"{SERVERS}?name=web"},
        {"end": 12.0, "seconds": 5, "path": "/v3/projects"},
    )

    first, second = log()

    assert (first["path"], first["time"]) == ("/v3/projects", 7.0)
    assert (second["path"], second["query"], second["time"]) == (SERVERS, "name=web", 10.75)


def test_requests_of_some_ports_are_picked(tmp_path: Path) -> None:
    log = written(tmp_path / "log", {"end": 1, "path": "/a"}, {"end": 2, "path": "/b", "port": 11101})

    assert [entry["path"] for entry in log([11101])] == ["/b"]


def test_a_line_that_is_being_written_is_not_read_yet(tmp_path: Path) -> None:
    log = written(tmp_path / "log", {"end": 1, "path": "/a"})
    with (tmp_path / "log").open("a") as file:
        file.write('{"end": 2, "pa')

    assert [entry["path"] for entry in log()] == ["/a"]


def test_operations_are_counted_without_ids_and_actions_by_name(tmp_path: Path) -> None:
    action = {"method": "POST", "path": f"{SERVERS}/{SERVER}/action"}
    log = written(
        tmp_path / "log",
        {"end": 1, **action, "key": "os-stop"},
        {"end": 2, **action, "key": "os-start"},
        {"end": 3, **action, "key": "os-start"},
        {"end": 4, "path": f"{SERVERS}/{SERVER}"},
    )

    servers = "/os/compute/v1/v2/{id}/servers/{id}"
    assert count(log()) == {
        f"POST {servers}/action os-start": 2,
        f"POST {servers}/action os-stop": 1,
        f"GET {servers}": 1,
    }
