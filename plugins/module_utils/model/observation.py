# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What was seen of an object when it was looked for."""

from __future__ import annotations

import typing as t

from ..cloud.json_types import Json


class Observation(dict[str, t.Any]):
    """An object as it was seen: its declared, secret-free values; empty, and so false, where there is none.

    It is a value: whoever wants another one makes it.

    Attributes:
        raw: the same as the API returned it, for changes that have to be sent with the rest of the object.
        siblings: what it was found among, for plans that depend on the others.
    """

    def __init__(
        self,
        values: t.Optional[t.Mapping[str, t.Any]] = None,
        raw: t.Optional[Json] = None,
        siblings: t.Iterable[Json] = (),
    ) -> None:
        super().__init__(values or {})
        self.raw: Json = raw or {}
        self.siblings = tuple(siblings)

    @classmethod
    def of(cls, seen: t.Optional[Json]) -> Observation:
        """What a look has shown, None where it has shown nothing."""
        return seen if isinstance(seen, cls) else cls(seen)

    def changed(self, values: t.Mapping[str, t.Any]) -> Observation:
        """The same object with other values, or with further ones."""
        return Observation({**self, **values}, self.raw, self.siblings)

    def among(self, siblings: t.Iterable[Json]) -> Observation:
        """The same object, found among others."""
        return Observation(self, self.raw, siblings)

    def gone(self) -> Observation:
        """No object, among the same others."""
        return Observation(siblings=self.siblings)
