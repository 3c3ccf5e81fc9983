# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What one HTTP response means: its data, or the error that it reports, without secrets."""

from __future__ import annotations

import contextlib
import json
import re
import typing as t
from urllib.parse import urlsplit

with contextlib.suppress(ImportError):  # reported at the edge, see session.REQUESTS_IMPORT_ERROR
    import requests
from . import session as http
from .errors import AnswerLost, CloudError, NoAnswer
from .hints import hint_for
from .operation import Operation
from .responses import decoded, error_text, is_failure_envelope, plain_text
from .secrets import Redactor

_ERROR_EXCERPT = 500

# How a service says in words that it did what answers nothing by the reference.
_DONE_IN_WORDS = re.compile(
    r"\W*(\d{3}\W+)?(ok|success\w*|succe\w+|done|accepted|created|updated|deleted)\b[^<]{0,200}", re.I
)

_PAGE = re.compile(r"\s*<(!doctype|html|head|body)\b", re.I)


class ResponseReader:
    """Reads the responses of one gateway."""

    def __init__(self, gateway: str, redactor: Redactor) -> None:
        self._gateway, self._redactor = gateway, redactor

    def data(self, operation: Operation, response: requests.Response) -> t.Any:
        """The data of a successful response, None where it has none.

        Raises:
            CloudError: it reports a failure all the same, or cannot be read.
        """
        if not response.content:
            due = operation.answers and not (operation.writes or operation.optional or operation.any_text)
            if due or response.headers.get("Content-Length", "0") != "0":  # what came could not be unpacked
                raise self.unreadable(operation, response, "the answer is empty")
            return None
        try:
            answer = decoded(response.content, response.json)
        except (ValueError, RecursionError):
            if _is_done_in_words(operation, response):
                return None
            why = f"the answer is not JSON: {self._excerpt(response)}"
            raise self.unreadable(operation, response, why) from None
        if is_failure_envelope(answer):
            raise self._failure(operation, response, answer)
        return answer

    def check_complete(self, operation: Operation, response: requests.Response) -> None:
        """Refuse a response that ended before the length it had announced; an old urllib3 does not."""
        missing = getattr(response.raw, "length_remaining", None)
        if missing and operation.method != "HEAD":
            raise lost(operation, f"{self.what(operation, response)}: the answer ended {missing} bytes early.")

    def raise_for_status(self, operation: Operation, response: requests.Response) -> None:
        """Raise what a response other than 2xx reports."""
        status = response.status_code
        if 200 <= status < 300:
            return
        if 300 <= status < 400:
            target = http.origin(response.headers.get("Location", "")) or "another address"
            raise CloudError(
                f"{self.what(operation, response)}: redirected to {target}.",
                status=status,
                operation=operation.id,
                hint="The token is only sent to api_url and api_auth_url; set them to the final address.",
            )
        try:
            body = decoded(response.content, response.json)
        except (ValueError, RecursionError):
            body = None
        raise self._failure(operation, response, body)

    def unreadable(self, operation: Operation, response: requests.Response, why: str) -> NoAnswer:
        """The error for a response that cannot be read."""
        error = lost(operation, f"{self.what(operation, response)}: {why}.", response.status_code)
        error.hint = f"Check that api_url ({self._gateway}) is that of CloudOS."
        return error

    def what(self, operation: Operation, response: requests.Response) -> str:
        """The request of a response, for messages."""
        return f"{operation.id} ({operation.method} {self._redactor.text(urlsplit(response.url).path)})"

    def _failure(self, operation: Operation, response: requests.Response, body: t.Any) -> CloudError:
        code, message = error_text(body, self._redactor.text)
        status = _status_of(response.status_code, code)
        uncertain = operation.writes and not operation.repeatable and status in http.GATEWAY_TROUBLE
        return (AnswerLost if uncertain else CloudError)(
            f"{self.what(operation, response)} answered {status}: {message or self._excerpt(response, body)}",
            status=status,
            code=code,
            operation=operation.id,
            hint=hint_for(status, message),
        )

    def _excerpt(self, response: requests.Response, body: t.Any = None) -> str:
        """The beginning of a response, without secrets: JSON spells them in its own way, a page has tags in them."""
        if body is not None:
            return json.dumps(self._redactor.data(body), ensure_ascii=False)[:_ERROR_EXCERPT]
        if "charset" not in response.headers.get("Content-Type", ""):
            response.encoding = "utf-8"
        text = self._redactor.text(response.text)
        return plain_text(text[: 4 * _ERROR_EXCERPT])[:_ERROR_EXCERPT] or "(no text)"


def lost(operation: Operation, message: str, status: t.Optional[int] = None) -> NoAnswer:
    """The error for no response, or none that can be read."""
    if not operation.writes:
        hint = "Run the task again, or raise api_timeout or api_retries."
        return NoAnswer(message, status=status, operation=operation.id, hint=hint)
    hint = "The platform may have carried it out all the same; run the task again, or raise api_timeout."
    return AnswerLost(message, status=status, operation=operation.id, hint=hint)


def _is_done_in_words(operation: Operation, response: requests.Response) -> bool:
    """Whether a text is the response of an operation that returns no JSON. A page or torn JSON never is."""
    kind = response.headers.get("Content-Type", "text/plain")
    if operation.answers or "json" in kind:
        return False
    text = response.text
    if response.status_code == 202 and plain_text(text).startswith("202 Accepted"):
        return True  # so says some of OpenStack, also as a page
    if operation.any_text:
        return "html" not in kind and not _PAGE.match(text)
    return kind.startswith("text/") and bool(_DONE_IN_WORDS.fullmatch(text.strip()))


def _status_of(status: int, code: t.Optional[str]) -> int:
    """The HTTP status of a failure. Inside of a success, the platform's own code may be one."""
    if status < 300 and code and re.fullmatch("[45][0-9][0-9]", code):
        return int(code)
    return status
