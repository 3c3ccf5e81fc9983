# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Print the seconds that a GET takes with nothing but http.client: ``answer_time.py URL PATH COUNT``."""

from __future__ import annotations

import http.client
import json
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from simulator import seeds


def main(url: str, path: str, count: int) -> None:
    connection = http.client.HTTPConnection(urlsplit(url).netloc)
    headers = {"Content-Type": "application/json", "Accept": "application/json", "X-Auth-Token": log_in(connection)}
    started = time.perf_counter()
    for _number in range(count):
        connection.request("GET", path, headers=headers)
        assert connection.getresponse().read()
    print((time.perf_counter() - started) / count)


def log_in(connection: http.client.HTTPConnection) -> str:
    user = {"name": "admin", "password": seeds.ADMIN_PASSWORD, "domain": {"id": seeds.DOMAIN}}
    identity = {"methods": ["password"], "password": {"user": user}}
    body = {"auth": {"identity": identity, "scope": {"project": {"id": seeds.ADMIN_PROJECT}}}}
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    connection.request("POST", "/os/kinton/v1/v3/auth/tokens", json.dumps(body), headers)
    answer = connection.getresponse()
    answer.read()
    return answer.headers["X-Subject-Token"]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
