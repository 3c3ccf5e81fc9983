# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What can be asked of the platform: one operation of the published reference."""

from __future__ import annotations

import dataclasses
import typing as t

from . import session


@dataclasses.dataclass(frozen=True)
class Operation:
    """One operation of the published reference, its path taken literally, misspellings included.

    Attributes:
        id: its id in the reference.
        method: HTTP method.
        path: path with {parameters}; {tenant_id} is the project of the session unless it is given.
        answers: whether a JSON answer is documented; Accept is sent only then.
        headers: headers that this operation wants beside (or instead of) the usual ones; None leaves one out.
        optional_headers: the same for headers that it is sent without where the platform refuses them (406).
        query: parameters of the query that it always has.
        reads: for a POST that changes nothing.
        fallback: path to try when the platform does not know the first one (404 or 405).
        non_repeatable: whether sending it twice does it twice, so that it is not sent again after a lost answer,
            whatever its method.
        optional: for one that reads, whether an answer without a body says that there is nothing.
        any_text: whether nothing and any text but a page is an answer, too, for what the reference does not document.
    """

    id: str
    method: str
    path: str
    answers: bool = True
    headers: t.Mapping[str, t.Optional[str]] = dataclasses.field(default_factory=dict, hash=False)
    optional_headers: t.Mapping[str, t.Optional[str]] = dataclasses.field(default_factory=dict, hash=False)
    query: t.Mapping[str, str] = dataclasses.field(default_factory=dict, hash=False)
    reads: bool = False
    fallback: t.Optional[str] = None
    non_repeatable: bool = False
    optional: bool = False
    any_text: bool = False

    @property
    def writes(self) -> bool:
        return self.method != "GET" and not self.reads

    @property
    def repeatable(self) -> bool:
        """Whether it may be sent again after a lost answer without anybody looking."""
        return self.reads or (self.method in session.IDEMPOTENT and not self.non_repeatable)
