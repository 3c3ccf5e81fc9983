# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Keys with values that users label objects with: how they are written, and what the platform takes of them."""

from __future__ import annotations

import functools
import re
import typing as t

from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..model.coercion import as_text
from ..model.plan import PENDING, READY, Outcome

_LONGEST = 255
# What Nova takes as a key.
NOVA_KEY = re.compile(r"[A-Za-z0-9_:. -]+")


def texts(given: Json) -> Json:
    """Labels as the platform keeps them: texts. A key without a value, as templates make them, is not given."""
    return {str(key): as_text(value) for key, value in given.items() if value is not None}


def check(option: str, given: t.Optional[Json], keys: t.Optional[re.Pattern[str]] = None) -> None:
    """Refuse labels that the platform would refuse; the values are not repeated.

    Args:
        keys: what each key has to be, where its length is not all that counts.

    Raises:
        OptionError: it names the option.
    """
    for key, text in texts(given or {}).items():
        if not 1 <= len(key) <= _LONGEST or len(text) > _LONGEST:
            raise OptionError(
                f"{option}: the platform takes keys of 1 to {_LONGEST} characters and values of at most {_LONGEST}."
            )
        if keys is not None and not keys.fullmatch(key):
            raise OptionError(f"{option}: {key!r} may have letters, digits, spaces, and _ : . - only.")


def surplus(current: t.Optional[Json], wanted: Json, own: t.Container[str] = ()) -> list[str]:
    """The keys to remove where none but the wanted ones are to stay, and the platform's own."""
    return sorted(key for key in current or {} if key not in wanted and key not in own)


def evaluate(option: str, wanted: Json, removed: t.Collection[str] = ()) -> t.Callable[[t.Optional[Json]], Outcome]:
    """What says of an object whether it has the wanted labels, and those that were removed no more."""
    return functools.partial(_are_set, option, dict(wanted), frozenset(removed))


def _are_set(option: str, wanted: Json, removed: frozenset[str], seen: t.Optional[Json]) -> Outcome:
    present = (seen or {}).get(option) or {}
    is_done = wanted.items() <= texts(present).items() and removed.isdisjoint(present)
    return READY if is_done else PENDING
