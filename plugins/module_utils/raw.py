# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A raw call, for what no module covers yet: the client's token, retries, pages and errors around any request."""

from __future__ import annotations

import re

from . import option_checks
from .client import Operation
from .entry import Entry
from .errors import OptionError
from .fields import as_text
from .options import CONNECTION
from .run import Run

_READING = frozenset({"GET", "HEAD"})
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


def raw_call(run: Run) -> dict:
    """Send the request of the options, and return the answer without secrets.

    Raises:
        CloudError: the platform refused, failed or could not be reached.
        OptionError: the path is no path of the gateway.
    """
    options = run.options
    method, path = options["method"], options["path"]
    if not path.startswith("/") or _ABSOLUTE.match(path):
        raise OptionError(f"path: {path!r} is no path of the gateway; it begins with a single slash.")
    if options["list_key"] and method != "GET":
        raise OptionError("list_key: pages are followed with method GET only.")
    if options["body"] is not None and not isinstance(options["body"], (dict, list)):
        raise OptionError("body: must be a dictionary or a list; the platform takes no other JSON.")
    option_checks.check_texts("headers", options["headers"])
    for name, value in options["query"].items():
        option_checks.check_texts(f"query.{name}", dict(enumerate(value if isinstance(value, list) else [value])))
    headers = {name: None if value is None else as_text(value) for name, value in options["headers"].items()}
    for name, value in headers.items():
        if not _HEADER[0].fullmatch(name) or not _HEADER[1].fullmatch(value or ""):
            raise OptionError(f"headers: {name!r}: a header is of ASCII, without line ends or blanks at its ends.")
    changes = method not in _READING
    result = {"changed": changes, "actions": [f"{method} {path}"] if changes else [], "status": None, "json": None}
    if changes and run.check_mode:
        return result
    query = {name: as_text(value) if isinstance(value, bool) else value for name, value in options["query"].items()}
    # What was done is done, even if the platform tells it in words; a page in the place of what is read is an error.
    operation = Operation("raw", method, path, answers=not changes, headers={"Accept": "application/json", **headers})
    if options["list_key"]:
        answer = run.client.list(operation, options["list_key"], query=query)
        return {**result, "status": 200, "json": run.client.redactor.data(answer)}
    status, answer = run.client.answer(operation, query=query, body=options["body"])
    run.done.extend(result["actions"])
    return {**result, "status": status, "json": run.client.redactor.data(answer)}


RAW_CALL = Entry(_SPEC, raw_call, free_form=("body", "headers", "query"))
