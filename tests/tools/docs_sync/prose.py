# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sentences of descriptions: those that a declaration implies are found, corrected, added and removed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Paragraphs = list[list[str]]

_END = re.compile(r"(?<=\.)\s+(?=[A-Z])")
# The noun of what is created, up to what limits the sentence.
_CREATED = re.compile(r"(?<=when creating )an? [\w -]+?(?=[.,]| with | unless | and )")


@dataclass(frozen=True)
class Fact:
    """A sentence that follows from a declaration.

    Attributes:
        holds: whether it is so.
        says: finds a sentence that says it; what an author adds to it stays.
        sentence: what is put in where no sentence says it.
        beginning: in the place of what `says` has found; None leaves it as it is.
        obsolete: finds the sentence that is removed where it is not so.
    """

    holds: bool
    says: str
    sentence: str
    beginning: str | None
    obsolete: str

    def found_in(self, sentence: str) -> bool:
        return re.match(self.says, sentence) is not None

    def corrected(self, sentence: str) -> str:
        if self.beginning is None:
            return sentence
        return self.beginning + sentence[re.match(self.says, sentence).end() :]  # type: ignore[union-attr]


def always(says: str, sentence: str) -> Fact:
    """A fact that holds whatever is declared; a sentence that says it is written as it is here."""
    return Fact(True, says, sentence, sentence or None, "")


def paragraphs(description: Any) -> Paragraphs:
    texts = [description] if isinstance(description, str) else description or []
    return [_END.split(" ".join(text.split())) for text in texts]


def description_of(found: Paragraphs, before: Any) -> Any:
    """Paragraphs as the value of a description, a list if there are several, or if it was a list of one."""
    texts = [" ".join(sentences) for sentences in found if sentences]
    was_list_of_one = isinstance(before, list) and len(before) == 1
    return texts[0] if len(texts) == 1 and not was_list_of_one else texts


def with_facts(description: Any, facts: Sequence[Fact]) -> Any:
    """A description in which each fact that holds is said, in this order, and none that does not."""
    obsolete = [fact.obsolete for fact in facts if not fact.holds]
    holding = [fact for fact in facts if fact.holds]
    found = [
        [_corrected(holding, text) for text in group if not any(re.fullmatch(none, text) for none in obsolete)]
        for group in paragraphs(description)
    ]
    for rank, fact in enumerate(holding):
        if not any(fact.found_in(text) for group in found for text in group):
            _insert(found, holding, rank)
    return description_of(found, description)


def each_sentence(description: Any, change: Callable[[str], str | None]) -> Any:
    """A description with all sentences changed; those that become None are left out."""
    found = [[new for new in (change(text) for text in group) if new is not None] for group in paragraphs(description)]
    return description_of(found, description)


def first_match(pattern: str, description: Any) -> str | None:
    """What the group of a pattern matches in the first sentence."""
    found = paragraphs(description)
    match = re.match(pattern, found[0][0]) if found else None
    return match.group(1) if match else None


def creating(sentence: str, noun: str) -> str:
    """A sentence about the creation of an object, by the noun that is used for it."""
    return _CREATED.sub(lambda _match: with_article(noun), sentence)


def with_article(noun: str) -> str:
    return f"{'an' if re.match(r'[aeio]|u(?!s|n)', noun) else 'a'} {noun}"


def first_text(name: str, noun: str) -> str:
    """What is said of an option or a member until somebody says more."""
    of_noun = f" of the {noun}" if name in ("id", "name") and noun else ""
    return f"{capitalized(words(name))}{of_noun}."


def words(name: str) -> str:
    """A name of code as words."""
    return re.sub(r"\bid\b", "ID", name.replace("_", " "))


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def _corrected(facts: Sequence[Fact], sentence: str) -> str:
    for fact in facts:
        if fact.found_in(sentence):
            return fact.corrected(sentence)
    return sentence


def _insert(found: Paragraphs, facts: Sequence[Fact], rank: int) -> None:
    """Put the sentence of a fact behind those of the facts before it, or else before those of the facts after it."""
    for others, offset in ((reversed(facts[:rank]), 1), (facts[rank + 1 :], 0)):
        for other in others:
            for group in found:
                for at, text in enumerate(group):
                    if other.found_in(text):
                        group.insert(at + offset, facts[rank].sentence)
                        return
    found.insert(1, [facts[rank].sentence])
