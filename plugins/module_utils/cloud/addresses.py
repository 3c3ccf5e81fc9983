# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Where an operation stands on an installation, and how a response says that nothing stands there.

Operations are declared with the addresses of the published reference, those of the gateway: /os/<service>/v1/<rest>.
The core API has the same operations at /<rest>, and an installation can have another prefix for a service.
"""

from __future__ import annotations

import contextlib
import json
import re
import typing as t
from urllib.parse import unquote, urlsplit

with contextlib.suppress(ImportError):  # reported at the edge, see session.REQUESTS_IMPORT_ERROR
    import requests
from .errors import OptionError
from .json_types import Json

AUTO, GATEWAY, CORE = "auto", "gateway", "core"
LAYOUTS = (AUTO, GATEWAY, CORE)

#: the services of the reference, and how else people call them
SERVICES = ("compute", "image", "kinton", "network", "storage")
ALIASES = {"identity": "kinton", "volume": "storage"}

#: prefixes by service, such that a connection can be compared and hashed
Prefixes = tuple[tuple[str, str], ...]

_DECLARED = re.compile(r"/os/([^/?{}]+)/v1(?=[/?]|$)")
_PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*")

_UNKNOWN = frozenset({404, 405})
# All that a web server or gateway says of an address that it does not know; a service names the object.
_BARE = re.compile(
    "a|address|again|allowed|and|apache|at|backend|be|been|by|can|check|code|could|current|default|delete|"
    "description|did|disclose|does|entered|error|exist|exists|file|find|for|found|from|gateway|get|has|http|if|in|"
    "is|kong|manually|matched|message|method|nginx|no|not|of|on|one|openresty|or|origin|page|patch|path|please|"
    "post|put|report|representation|request|requested|resource|route|server|spelling|status|such|target|tengine|"
    "that|the|these|this|those|title|to|tomcat|traefik|try|type|unknown|url|values|was|web|willing|with|you|your"
)
_INVISIBLE = re.compile(r"<(style|script)\b.*?</\1>|<[^<>]*>", re.S | re.I)
# Members in which services say what is wrong, as the first of a document or within its only one.
_FAULT = frozenset({"message", "msg", "faultstring", "error_message"})


def prefixes(given: t.Optional[t.Mapping[t.Any, t.Any]]) -> Prefixes:
    """What api_service_prefixes says, by the services' names in addresses.

    Raises:
        OptionError: there is no such service, or no such prefix.
    """
    found: dict[str, str] = {}
    for name, value in (given or {}).items():
        service = ALIASES.get(name, name)
        if service not in SERVICES:
            known = ", ".join(sorted([*SERVICES, *ALIASES]))
            raise OptionError(f"api_service_prefixes: there is no service {name!r}; the services are {known}.")
        prefix = value.rstrip("/") if isinstance(value, str) else "?"
        if not _PREFIX.fullmatch(prefix) or {".", ".."} & set(prefix.split("/")):
            raise OptionError(
                f"api_service_prefixes: {name}: {value!r} is not a prefix of paths.",
                hint="Use the form /os/network/v1, or an empty text for none.",
            )
        if found.setdefault(service, prefix) != prefix:
            raise OptionError(f"api_service_prefixes: {name}: its service has two prefixes.")
    return tuple(sorted(found.items()))


def address(path: str, layout: str, own: Prefixes = ()) -> str:
    """Where a path of the reference stands in a layout. A path without the prefix of a service stays as it is."""
    match = _DECLARED.match(path)
    if match is None:
        return path
    usual = match.group() if layout == GATEWAY else ""
    return dict(own).get(match.group(1), usual) + path[match.end() :]


def is_success(response: requests.Response) -> bool:
    """Whether something answers at the address, which a redirect does not show."""
    return 200 <= response.status_code < 300


def is_refused(response: requests.Response) -> bool:
    """Whether address or object are unknown."""
    return response.status_code in _UNKNOWN


def is_unknown(response: requests.Response, certainly: bool) -> bool:
    """Whether a response says that there is no such address.

    A 404 or 405 has one of three meanings:
    - The address is unknown: it is empty, or it says nothing but that in the words of web servers and gateways (a page,
      a text, or JSON that is not of a service), or it quotes the path, which a service does not do for an object.
    - The object is unknown, or refuses the method: it is a fault of a service, which says what is unknown:
      {"itemNotFound": {"message": …}}, {"error": {"message": …}}, {"code": …, "msg": …, "data": …}.
    - It can be either: a page or a text with other words, or a fault that does not say what is unknown.

    Args:
        certainly: whether the last kind counts as an unknown object. It does for what changes something: where it was
            carried out after all, it would be carried out twice.
    """
    if not is_refused(response):
        return False
    body = _decoded(response)
    text = _text_of(response.text if body is None else body)
    path = urlsplit(response.url).path
    if len(path) > 1 and (path in text or unquote(path) in text):
        return True
    is_bare = _is_bare(text)
    if _is_of_openstack(body) or (_is_fault(body) and not is_bare):
        return False
    return not certainly or (is_bare and not _is_fault(body))


def _decoded(response: requests.Response) -> t.Any:
    try:
        return json.loads(response.content)
    except (ValueError, RecursionError):
        return None


def _text_of(body: t.Any) -> str:
    """The words of a body, without tags; of JSON, its values."""
    if isinstance(body, dict):
        return " ".join(_text_of(value) for value in body.values())
    if isinstance(body, list):
        return " ".join(_text_of(value) for value in body)
    if not isinstance(body, str):
        return ""
    import html  # it is large, and seldom needed

    return html.unescape(_INVISIBLE.sub(" ", body))


def _is_bare(text: str) -> bool:
    return all(map(_BARE.fullmatch, re.findall(r"[^\W\d_]+", text.lower())))


def _is_fault(body: t.Any) -> bool:
    """Whether it is a fault of a service, in any of the forms that the platform has: see responses.error_text()."""
    if not isinstance(body, dict):
        return False
    inner = next(iter(body.values())) if len(body) == 1 else None
    return _is_envelope(body) or _is_message(inner) or "error_message" in body or "faultstring" in body


def _is_envelope(body: Json) -> bool:
    return {"code", "msg"} <= set(body)


def _is_message(inner: t.Any) -> bool:
    return isinstance(inner, dict) and bool(_FAULT & set(inner))


def _is_of_openstack(body: t.Any) -> bool:
    """Whether only a service that knows the address says so: {"itemNotFound": {…}}, {"badMethod": {…}}, …"""
    if not isinstance(body, dict) or len(body) != 1:
        return False
    ((name, inner),) = body.items()
    return name != "error" and _is_message(inner)
