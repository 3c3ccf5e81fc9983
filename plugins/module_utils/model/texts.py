# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What can be sent as a text."""

from __future__ import annotations

import typing as t

from ..cloud.errors import OptionError

_MOST_SHOWN = 40


def check_texts(name: str, members: t.Mapping[str, t.Any]) -> None:
    """Refuse members of a dictionary of texts that are no texts and not numbers or booleans either."""
    for key, value in members.items():
        refuse_structure(f"{name}.{shown(key)}", value)


def refuse_structure(where: str, value: t.Any) -> None:
    if isinstance(value, (dict, list)):
        noun = "dictionary" if isinstance(value, dict) else "list"
        raise OptionError(f"{where}: must be a text, not a {noun}.", hint="The filter to_json makes a text of it.")


def shown(value: t.Any) -> str:
    """A value in a message, whatever it is."""
    try:
        text = str(value)
    except ValueError:  # a number of thousands of digits
        return "a number of thousands of digits"
    text = text if text.isprintable() else repr(text)[1:-1]
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"


def refuse_outer_spaces(options: t.Mapping[str, t.Any], name: str, why: str = "") -> None:
    """Refuse an option whose text begins or ends with spaces."""
    value = options.get(name)
    if value is not None and value != value.strip():
        raise OptionError(f"{name}: {value!r} has leading or trailing spaces{why}.")
