# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""A message with places for values, in English and in another language.

The time to find the values in a text grows with its length only: literal texts are looked for from left to right.
"""

from __future__ import annotations

import string
import typing as t

#: a literal text, and the value behind it: its number and how it is rendered; without one at the end
Part = tuple[str, t.Optional[int], str]

_NOUN, _NUMBER, _QUOTED = "noun", "number", "quoted"
# What joins a part of a message to the part before it, which is not always there.
_JOINTS = " ;\uff1b"
_LETTER, _MARK = 1000, 10
# Quotes, brackets and other punctuation of Chinese
_WIDE = frozenset("\u201c\u201d\uff08\uff09\uff0c\u3002\uff1a\uff1b\uff1f\uff01\u3001")


class Template:
    """An entry of a catalogue.

    A place `{noun…}` is for what people call an object, `{number…}` for digits, `{…!r}` for a value in quotes. A place
    of the translation can have a form:

    - text: a value that can be a message itself
    - entry: one that has to be
    - list: options and other words of the collection, with commas between them
    - name: what is to be put in quotes
    - names: names of objects
    - label: an object and its name
    - kinds: names of objects, behind what people call them

    Attributes:
        weight: how much of a text is this message, if it looks like it: letters, then other characters. Without
            letters, it is only a way to put others together.
        parts: the translation.
    """

    def __init__(self, original: str, translation: str, nouns: t.Sequence[str]) -> None:
        self._literals, places = _parsed(original.strip(_JOINTS).removesuffix("."))
        literals, filled = _parsed(translation.strip(_JOINTS).removesuffix("\u3002"))
        names = [name for name, _form in places]
        self._kinds = [_kind(name, form) for name, form in places]
        self._nouns = nouns
        # What is behind the place of an option begins with a small letter.
        self._needles = [self._literals[0][1:], *self._literals[1:]]
        text = "".join(self._literals).replace(" ", "")
        letters = sum(character.isalpha() for character in text)
        self.weight = letters * _LETTER + (len(text) - letters) * _MARK if letters else 0
        self.parts: list[Part] = [
            (literal, names.index(name), form or self._kinds[names.index(name)])
            for literal, (name, form) in zip(literals, filled)
        ]
        self.parts.append((literals[-1], None, ""))

    def may_be_in(self, text: str) -> bool:
        """Whether the literal texts are there at all, which is found out fast."""
        return all(needle in text for needle in self._needles)

    def match(self, text: str) -> t.Optional[list[str]]:
        """The values of a text that is this message; None if it is another one."""
        first, last = self._literals[0], self._literals[-1]
        if len(self._literals) == 1:
            return [] if text == first else None
        end = len(text) - len(last)
        if not text.startswith(first) or not text.endswith(last) or end < len(first):
            return None
        values: list[str] = []
        position = len(first)
        for kind, literal, following in zip(self._kinds, self._literals[1:-1], self._kinds[1:]):
            found = self._end(kind, literal, text, position, end)
            if following == _NUMBER and len(values) == len(self._kinds) - 2:
                found = text.rfind(literal, position, end)  # the number is the last thing that is said
            if found < 0:
                return None
            values.append(text[position:found])
            position = found + len(literal)
        if position > end:
            return None
        values.append(text[position:end])
        return values if all(map(self._fits, values, self._kinds)) else None

    def _fits(self, value: str, kind: str) -> bool:
        if kind == _NOUN:
            return value in self._nouns
        return kind != _NUMBER or value.isdigit()

    def _end(self, kind: str, literal: str, text: str, position: int, end: int) -> int:
        """Where the value at a position ends, with the literal text behind it; negative if it does not."""
        if kind == _NOUN:
            lengths = (len(noun) for noun in self._nouns if text.startswith(noun + literal, position))
            return position + next(lengths, -1 - position)
        if kind == _QUOTED:
            found = _end_of_quotes(text, position)
            if found and text.startswith(literal, found):
                return found
        return text.find(literal, position, end)


def _parsed(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The literal texts, and the places between them by name and form."""
    literals, places = [""], []
    for literal, name, form, conversion in string.Formatter().parse(text):
        literals[-1] += literal
        if name is not None:
            places.append((name, form or conversion or ""))
            literals.append("")
    return literals, places


def _kind(name: str, form: str) -> str:
    for kind in (_NOUN, _NUMBER):
        if name.startswith(kind):
            return kind
    return _QUOTED if form == "r" else ""


def _end_of_quotes(text: str, position: int) -> int:
    """Where a text in quotes that begins at a position ends; zero if none begins there."""
    quote = text[position : position + 1]
    if not quote or quote not in "'\"":
        return 0
    end = position + 1
    while end < len(text) and text[end] != quote:
        end += 2 if text[end] == "\\" else 1
    return end + 1 if end < len(text) else 0


def quoted(text: str) -> str:
    """A text in quotes with the quotes of Chinese; any other as it is."""
    return f"\u201c{text[1:-1]}\u201d" if len(text) > 1 and _end_of_quotes(text, 0) == len(text) else text


def spaced(left: str, right: str) -> str:
    """Two texts beside each other, with a space between Chinese and Latin letters, and none in Chinese."""
    if left[-1:] == " " and _is_chinese(left[-2:-1]) and _is_chinese(right[:1]):
        left = left[:-1]
    if right[:1] == " " and _is_chinese(left[-1:]) and _is_chinese(right[1:2]):
        right = right[1:]
    into = _is_ideograph(left[-1:]) and _is_latin(right[:1], "([")
    out_of = _is_latin(left[-1:], ")]") and _is_ideograph(right[:1])
    return f"{left} {right}" if into or out_of else f"{left}{right}"


def _is_chinese(character: str) -> bool:
    return _is_ideograph(character) or character in _WIDE


def _is_ideograph(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"


def _is_latin(character: str, brackets: str) -> bool:
    return character.isascii() and (character.isalnum() or (character != "" and character in brackets))
