# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows the contract's paths and headers, and nothing of the collection."""

from __future__ import annotations

import json
from typing import Any

import requests

from . import seeds
from .contract import Contract, Endpoint


class Api:
    """Sends what the contract demands for an operation, unless a test says otherwise."""

    def __init__(self, url: str, contract: Contract) -> None:
        self.url = url
        self.token: str | None = None
        self.session = requests.Session()
        self.session.headers.update({"Accept": None})
        self._endpoints: dict[str, tuple[Endpoint, tuple[str, ...]]] = {}
        for endpoint in contract.endpoints:
            self._endpoints[endpoint.operation] = endpoint, endpoint.accept
            for branch in endpoint.branches:
                self._endpoints[branch.operation] = endpoint, branch.accept

    def __call__(
        self,
        operation: str,
        body: Any = None,
        *,
        headers: dict[str, str | None] | None = None,
        query: Any = None,
        data: Any = None,
        timeout: float = 60,
        **path: str,
    ) -> requests.Response:
        endpoint, accept = self._endpoints[operation]
        sent: dict[str, str | None] = {"Content-Type": endpoint.content_type, "X-Auth-Token": self.token}
        sent |= {"Accept": accept[0] or None, **endpoint.headers}
        if body is not None:
            data = json.dumps(body)
        names = {"tenant_id": seeds.ADMIN_PROJECT, **path}
        return self.session.request(
            endpoint.method,
            self.url + endpoint.path.format(**names),
            data=data,
            params=query,
            headers={**sent, **(headers or {})},
            allow_redirects=False,
            timeout=timeout,
        )

    def login(self, name: str = "admin", password: str = seeds.ADMIN_PASSWORD, project: str | None = "admin") -> Any:
        domain = {"id": seeds.DOMAIN}
        auth: dict[str, Any] = {
            "identity": {
                "methods": ["password"],
                "password": {"user": {"name": name, "domain": domain, "password": password}},
            }
        }
        if project:
            auth["scope"] = {"project": {"name": project, "domain": domain}}
        response = self("token-create", {"auth": auth})
        self.token = response.headers.get("X-Subject-Token")
        return response
