# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests to the services themselves, past the gateway and its log: for what surrounds a test."""

from __future__ import annotations

import time
from typing import Any

import requests

from openstack.settings import Settings

TIMEOUT = 300  # seconds
IRONIC_VERSION = {"X-OpenStack-Ironic-API-Version": "1.34"}


class Api:
    """A session with a token for one project."""

    def __init__(self, settings: Settings, password: str, user: str = "admin", project: str = "admin") -> None:
        self.keystone = f"{settings.url('keystone_internal')}/v3"
        self.glance = f"{settings.url('glance_internal')}/v2"
        self.nova = f"{settings.url('nova_internal')}/v2.1"
        self.neutron = f"{settings.url('neutron_internal')}/v2.0"
        self.ironic = f"{settings.url('ironic_internal')}/v1"
        self.http = requests.Session()
        self.http.trust_env = False
        token = self._login(user, password, project)
        self.project_id: str = token["project"]["id"]
        self.user_id: str = token["user"]["id"]
        self.cinder = f"{settings.url('cinder_internal')}/v3/{self.project_id}"

    def __call__(self, method: str, url: str, **request: Any) -> Any:
        """One request; a node of Ironic that is locked is asked again."""
        deadline = time.monotonic() + TIMEOUT
        if url.startswith(self.ironic):
            request.setdefault("headers", IRONIC_VERSION)
        while True:
            answer = self.http.request(method, url, timeout=TIMEOUT, allow_redirects=False, **request)
            if answer.status_code != 409 or "is locked" not in answer.text or time.monotonic() > deadline:
                break
            time.sleep(0.1)
        if not answer.ok:
            raise RuntimeError(f"{method} {url}: {answer.status_code} {answer.text[:500]}")
        return answer.json() if "json" in answer.headers.get("Content-Type", "") and answer.content else None

    def list(self, url: str, key: str | None = None, **query: Any) -> list[dict[str, Any]]:
        """All objects of a kind; the key is the last part of the address, unless it is given."""
        return self("GET", url, params=query)[key or url.rpartition("/")[2].replace("-", "_")]

    def ensure(self, url: str, singular: str | None, body: dict[str, Any], **query: Any) -> dict[str, Any]:
        """The object of this name: the one that is there, or a new one."""
        plural = url.rpartition("/")[2].replace("-", "_").removeprefix("os_")
        for found in self.list(url, plural if plural != "types" else "volume_types", **query):
            found = found.get("security_group", found)
            if found["name"] == body["name"]:
                return found
        made = self("POST", url, json={singular: body} if singular else body)
        return made[singular] if singular else made

    def until(self, url: str, key: str, field: str, wanted: str) -> dict[str, Any]:
        """Read an object until a field of it is as it should be."""
        deadline = time.monotonic() + TIMEOUT
        while True:
            found = self("GET", url)[key]
            if found[field] == wanted:
                return found
            if found[field] == "error" or time.monotonic() > deadline:
                raise TimeoutError(f"{url}: {field} is {found[field]}, not {wanted}")
            time.sleep(0.2)

    def _login(self, user: str, password: str, project: str) -> dict[str, Any]:
        domain = {"id": "default"}
        identity = {
            "methods": ["password"],
            "password": {"user": {"name": user, "domain": domain, "password": password}},
        }
        auth = {"auth": {"identity": identity, "scope": {"project": {"name": project, "domain": domain}}}}
        answer = self.http.post(f"{self.keystone}/auth/tokens", json=auth, timeout=TIMEOUT)
        answer.raise_for_status()
        self.http.headers["X-Auth-Token"] = answer.headers["X-Subject-Token"]
        return answer.json()["token"]
