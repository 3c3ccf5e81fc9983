# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What can go wrong, as data. Only the outermost edge (module, action, inventory) turns it into text for people."""

from __future__ import annotations


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

    def __init__(self, message, status=None, code=None, operation=None, hint=None):
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.operation = operation
        self.hint = hint
        self.recreate = None

    def __str__(self):
        return f"{self.message.rstrip('.')}. {self.hint}" if self.hint else self.message

    def as_result(self):
        """The failure as keys of a task result, plain types only."""
        details = {"status": self.status, "code": self.code, "operation": self.operation}
        known = {key: value for key, value in details.items() if value is not None}
        return {"msg": str(self), **({"error": known} if known else {})}


class OptionError(CloudError):
    """An option of the task is wrong; nothing has been sent that changes anything."""


class AnswerLost(CloudError):
    """The request may or may not have been carried out: no (readable) answer arrived."""


class WaitError(CloudError):
    """The platform took the request, and the object ended in a failed state or did not get there in time."""
