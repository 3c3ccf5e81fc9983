# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names of a resource in all the forms that its files need."""

from __future__ import annotations

import dataclasses
import keyword
import re

_SNAKE_CASE = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST = 24  # lines of 120 characters have a few of them


class RefusedError(Exception):
    """There cannot be such a resource."""


@dataclasses.dataclass(frozen=True)
class Names:
    """A resource by its name in snake case, and the section that it belongs to."""

    name: str
    section: str

    def check(self) -> None:
        """Refuse names that no file can have.

        Raises:
            RefusedError: with the reason.
        """
        for what, text in (("RESOURCE", self.name), ("SECTION", self.section)):
            if not _SNAKE_CASE.fullmatch(text) or keyword.iskeyword(text):
                raise RefusedError(f"{what}: {text!r} is not a name in snake_case, such as security_label.")
        if len(self.name) > _LONGEST:
            raise RefusedError(f"RESOURCE: {self.name!r} has more than {_LONGEST} characters.")
        if self.name.endswith("_info"):
            raise RefusedError(f"RESOURCE: {self.name!r} would be the read-only module of another resource.")

    @property
    def plural(self) -> str:
        if re.search(r"[^aeiou]y$", self.name):
            return f"{self.name[:-1]}ies"
        return f"{self.name}es" if re.search(r"(s|x|z|ch|sh)$", self.name) else f"{self.name}s"

    @property
    def operations(self) -> list[str]:
        """The ids of its operations in the contract."""
        return [f"{_dashed(self.name)}-{verb}" for verb in ("list", "get", "create", "update", "delete")]

    def values(self, kind: str, version: str) -> dict[str, str]:
        """What the templates may use as $names.

        Args:
            kind: what the simulator calls its records.
            version: the version of the collection that brings it.
        """
        noun, nouns = _spaced(self.name), _spaced(self.plural)
        a_noun = f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
        return {
            "name": self.name,
            "plural": self.plural,
            "section": self.section,
            "kind": kind,
            "version": version,
            "dashed": _dashed(self.name),
            "dashed_plural": _dashed(self.plural),
            "noun": noun,
            "nouns": nouns,
            "a_noun": a_noun,
            "Noun": _capitalized(noun),
            "Nouns": _capitalized(nouns),
            "A_noun": _capitalized(a_noun),
            "Class": "".join(part.capitalize() for part in self.name.split("_")),
            "CONST": self.name.upper(),
            "shebang": "#!/usr/bin/python",  # which a template must not begin with, says ansible-test
        }


def _dashed(name: str) -> str:
    return name.replace("_", "-")


def _spaced(name: str) -> str:
    return name.replace("_", " ")


def _capitalized(text: str) -> str:
    return text[0].upper() + text[1:]
