# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What stands in check mode for the id of an object that does not exist yet."""

from __future__ import annotations

import re
import typing as t

TO_BE_CREATED = "(to be created)"

_PLACEHOLDER = re.compile(r"\(to be created(?: [0-9]+)?\)")


def placeholder(number: int) -> str:
    """The id of the first, second, … new object of a kind: comparing them has to keep them apart."""
    return TO_BE_CREATED if number == 1 else f"{TO_BE_CREATED[:-1]} {number})"


def is_to_be_created(value: t.Any) -> bool:
    """Whether a value is the id of an object that does not exist yet."""
    return isinstance(value, str) and _PLACEHOLDER.fullmatch(value) is not None


def mentions_new(*parts: t.Union[t.Mapping[str, t.Any], t.Sequence[tuple[t.Any, ...]], None]) -> bool:
    """Whether parameters of a request name an object that does not exist yet."""
    pairs = (pair for part in parts if part for pair in (part.items() if isinstance(part, t.Mapping) else part))
    return any(is_to_be_created(value) for _name, value in pairs)


def unnumbered(value: t.Any) -> t.Any:
    """A result whose references to new objects are all alike; only under `id` they stay apart, for later tasks."""
    if isinstance(value, dict):
        return {key: item if key == "id" else unnumbered(item) for key, item in value.items()}
    if isinstance(value, list):
        return [unnumbered(item) for item in value]
    return _PLACEHOLDER.sub(TO_BE_CREATED, value) if isinstance(value, str) else value
