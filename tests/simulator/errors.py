# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Refusals, and the bodies in which the platform and the OpenStack services wrap them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html import escape
from http import HTTPStatus

JSON = "application/json"
HTML = "text/html; charset=UTF-8"
_BAREMETAL = tuple(f"/os/kinton/v1/v1/{kind}" for kind in ("nodes", "ports", "portgroups"))
_NOVA_KEYS = {
    400: "badRequest",
    401: "unauthorized",
    403: "forbidden",
    404: "itemNotFound",
    405: "badMethod",
    409: "conflictingRequest",
    413: "overLimit",
    415: "badMediaType",
    429: "overLimit",
    501: "notImplemented",
    503: "serviceUnavailable",
}

_NEUTRON_KINDS = {400: "InvalidInput", 403: "PolicyNotAuthorized", 404: "NotFound", 409: "Conflict"}


@dataclass
class ApiError(Exception):
    """A request that is refused with an HTTP status and a message."""

    status: int
    message: str
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.status}: {self.message}"


def phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def service_of(path: str) -> str:
    """The service behind a path: identity, baremetal, network, image or compute."""
    if path.startswith(_BAREMETAL):
        return "baremetal"
    if path.startswith("/os/kinton/"):
        return "identity"
    if path.startswith("/os/network/"):
        return "network"
    return "image" if path.startswith("/os/image/") else "compute"


def error_body(status: int, message: str, service: str, openstack: bool) -> tuple[str, str]:
    """Content type and text of a refusal. Keystone, neutron and ironic keep their own forms in both shapes.

    Ironic wraps JSON in JSON: text within the text; what the gateway passes on has it as an object."""
    if service == "identity" or (openstack and status == 401):
        return JSON, json.dumps({"error": {"code": status, "message": message, "title": phrase(status)}})
    if service == "baremetal" and status != 401:
        fault = {"faultcode": "Client" if status < 500 else "Server", "faultstring": message, "debuginfo": None}
        return JSON, json.dumps({"error_message": json.dumps(fault) if openstack else fault}, ensure_ascii=False)
    if service == "network" and status != 401:
        kind = _NEUTRON_KINDS.get(status, "NeutronException")
        return JSON, json.dumps({"NeutronError": {"type": kind, "message": message, "detail": ""}}, ensure_ascii=False)
    if not openstack:
        return JSON, json.dumps({"code": str(status), "msg": message, "data": None, "total": 0}, ensure_ascii=False)
    if service == "image":
        return HTML, html_page(status, message)
    return JSON, json.dumps({_NOVA_KEYS.get(status, "computeFault"): {"code": status, "message": message}})


def html_page(status: int, message: str) -> str:
    title = f"{status} {phrase(status)}"
    return (
        f"<html>\n <head>\n  <title>{title}</title>\n </head>\n <body>\n  <h1>{title}</h1>\n"
        f"  {escape(message)}<br /><br />\n </body>\n</html>"
    )
