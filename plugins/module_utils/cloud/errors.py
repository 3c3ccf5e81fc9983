# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What can go wrong, as data. Only the outermost edge (module, action, inventory) turns it into text for people."""

from __future__ import annotations

import typing as t

from .json_types import Json

_SENTENCE_ENDS = ("!", "?", "\u3002", "\u2026")


class CloudError(Exception):
    """A failure that a person can act on.

    Attributes:
        message: what was attempted, on what, and what came of it.
        status: HTTP status, None where no answer arrived.
        code: the platform's own error code, if it gave one.
        operation: id of the operation in the published reference.
        hint: what the user can do about it.
        recreate: options that make again what was deleted before the failure, without secrets.
    """

    def __init__(
        self,
        message: str,
        status: t.Optional[int] = None,
        code: t.Optional[str] = None,
        operation: t.Optional[str] = None,
        hint: t.Optional[str] = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.operation = operation
        self.hint = hint
        self.recreate: t.Optional[Json] = None

    def __str__(self) -> str:
        if not self.hint:
            return self.message
        message = self.message.rstrip(" .")  # texts of the platform end as they like
        return f"{message}{'' if message.endswith(_SENTENCE_ENDS) else '.'} {self.hint}".lstrip(" .")

    def as_result(self) -> Json:
        """The failure as keys of a task result, plain types only."""
        details = {"status": self.status, "code": self.code, "operation": self.operation}
        known = {key: value for key, value in details.items() if value is not None}
        return {"msg": str(self), **({"error": known} if known else {})}


class OptionError(CloudError):
    """An option of the task is wrong; nothing has been sent that changes anything."""


class ValueForPath(OptionError):
    """A value that is not valid in the path of a request. Who knows the options can say which one it comes from."""

    def __init__(self, parameter: str, value: t.Any, why: str) -> None:
        super().__init__(f"{parameter}: {value!r} {why}.")
        self.parameter, self.value, self.why = parameter, value, why

    def named(self, option: str) -> ValueForPath:
        """The same, of an option."""
        return type(self)(option, self.value, self.why)


class NoAnswer(CloudError):
    """No readable answer arrived. Where this is all that is known, the request only reads."""


class NotSent(NoAnswer):
    """The request did not reach the platform, and so it changed nothing."""


class AnswerLost(NoAnswer):
    """The request may or may not have been carried out."""


class WaitError(CloudError):
    """The platform took the request, and the object ended in a failed state or did not get there in time."""
