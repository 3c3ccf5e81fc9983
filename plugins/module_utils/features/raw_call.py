# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""A raw call, for what no module covers yet: the client's token, retries, pages and errors around any request."""

from __future__ import annotations

import dataclasses
import re
import typing as t
from urllib.parse import parse_qsl

from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..cloud.paths import check_whole_path, without_secret_parameters
from ..model import texts
from ..model.coercion import as_text
from ..model.context import Context
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition

# What HTTP takes for a name and for a value.
_HEADER = (re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"), re.compile(r"(?! )[ -~]*(?<! )"))
_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)

_SPEC = {
    **CONNECTION,
    "path": {"type": "str", "required": True},
    "method": {"type": "str", "choices": ["GET", "POST", "PUT", "PATCH", "DELETE"], "default": "GET"},
    "query": {"type": "dict", "default": {}},
    "headers": {"type": "dict", "default": {}},
    "body": {"type": "raw"},
    "list_key": {"type": "str", "no_log": False},
}


def raw_call(run: Context) -> Json:
    """Send the request of the options, and return the answer without secrets.

    Raises:
        CloudError: the platform refused, failed or could not be reached.
        OptionError: the path is no path of the platform.
    """
    options = run.options
    method, path = options["method"], options["path"]
    _check(options)
    texts.check_texts("headers", options["headers"])
    for name, value in options["query"].items():
        texts.check_texts(f"query.{name}", _numbered(value))
    headers = {name: None if value is None else as_text(value) for name, value in options["headers"].items()}
    for name, value in headers.items():
        if not _HEADER[0].fullmatch(name) or not _HEADER[1].fullmatch(value or ""):
            raise OptionError(f"headers: {name!r}: a header is of ASCII, without line ends or spaces around it.")
    client, list_key = run.client, options["list_key"]
    changes = method != "GET"
    actions = [f"{method} {without_secret_parameters(path)}"] if changes else []
    result = {"changed": changes, "actions": actions, "status": None, "json": None}
    if changes and run.check_mode:
        return result
    query = {name: as_text(value) if isinstance(value, bool) else value for name, value in options["query"].items()}
    # What was done is done, even if the platform says it in words; a page is no answer to anything.
    operation = Operation(
        "raw",
        method,
        path,
        answers=not changes,
        headers={"Accept": "application/json", **headers},
        any_text=not list_key,
    )
    if list_key:
        way, _mark, rest = path.partition("?")
        operation, query = dataclasses.replace(operation, path=way), {**dict(parse_qsl(rest)), **query}
        entries = client.list_all(operation, list_key, query=query, page_size=_limit(query), strict=True)
        return {**result, "status": 200, "json": client.redactor.data(entries)}
    status, answer = client.answer(operation, query=query, body=options["body"])
    run.journal.completed_actions.extend(result["actions"])
    return {**result, "status": status, "json": client.redactor.data(answer)}


def _check(options: t.Mapping[str, t.Any]) -> None:
    """Refuse what cannot be sent, or would be another request than it reads like."""
    method, path, body = options["method"], options["path"], options["body"]
    if not path.startswith("/") or _ABSOLUTE.match(path):
        shown = without_secret_parameters(path)
        raise OptionError(f"path: {shown!r} is no path of the platform; it begins with a single slash.")
    check_whole_path(path)
    if options["list_key"] and method != "GET":
        raise OptionError("list_key: pages are followed with method GET only.")
    if body is None:
        return
    if method == "GET":
        raise OptionError("body: a GET has none.")
    entries = body if isinstance(body, list) else [body]
    if not all(isinstance(entry, dict) for entry in entries):
        raise OptionError(
            "body: the bodies of the platform are objects, or lists of objects.",
            hint="Write it as a dictionary; a text that holds JSON becomes one with the filter from_json.",
        )


def _limit(query: t.Mapping[str, t.Any]) -> t.Optional[int]:
    """How many entries are asked for at once."""
    asked = str(query.get("limit"))
    return int(asked) if re.fullmatch("[1-9][0-9]*", asked) else None


def _numbered(value: t.Any) -> dict[str, t.Any]:
    """The values of one parameter by their place."""
    return {str(place): entry for place, entry in enumerate(value if isinstance(value, list) else [value])}


RAW_CALL = ModuleDefinition(_SPEC, raw_call, secret_containers=("body", "headers", "query"), paths=("path", "query"))
