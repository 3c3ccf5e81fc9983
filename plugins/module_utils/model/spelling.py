# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a misspelt word was probably meant to be."""

from __future__ import annotations

import difflib
import typing as t

# Below it, words such as north and south would be alike.
_LEAST_LIKENESS = 0.62
# What looks alike, and what people write in its place.
_ALIKE = str.maketrans({"l": "1", "i": "1", "o": "0", "_": "-", " ": "-"})


def did_you_mean(word: object, known: t.Iterable[str]) -> t.Optional[str]:
    """A question for somebody who has misspelt one of the known words; None where none, or several, are like it."""
    words = list(known)
    near = [one for one in words if _look(one) == _look(str(word))]
    if not near:
        near = difflib.get_close_matches(str(word), words, n=2, cutoff=_LEAST_LIKENESS)
        if len(near) == 2 and _likeness(word, near[0]) == _likeness(word, near[1]):
            return None
    return f"Did you mean '{near[0]}'?" if near else None


def _look(word: str) -> str:
    return word.lower().translate(_ALIKE)


def _likeness(word: object, other: str) -> float:
    return difflib.SequenceMatcher(a=other, b=str(word)).ratio()


def with_question(message: str, word: object, known: t.Iterable[str]) -> str:
    """A message, and the question after it where there is one."""
    return " ".join(filter(None, [message, did_you_mean(word, known)]))
