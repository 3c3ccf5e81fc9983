# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""A name that becomes an ID: how options refer to objects of another kind."""

from __future__ import annotations

import dataclasses
import typing as t

from ..cloud.json_types import Json
from ..cloud.operation import Operation
from . import canonical
from .indexed import of_id, of_name


@dataclasses.dataclass(frozen=True)
class Reference:
    """A kind of object that options name: how its names become the ids that the API wants.

    Attributes:
        noun: what people call it, for messages.
        operation: the list operation that knows names and ids.
        key: member of the answer that holds the list, None for a bare array.
        id: member that is sent to the platform.
        names: members that a user may write instead.
        normalize: gives an entry its usual form, where installations or lists differ.
        predicate: False for entries of another kind in the same list.
        nameable: False for entries that only their id can mean, because names are those of another kind.
        owner_path: member that holds the owning project ("a/b" is b inside of a), where a list shows those of others.
        shared: says of an entry of another project whether its name means it; None where every name does.
        page_size: sent as `limit` where the list takes it.
        address: returns the canonical address of a host by which an entry is known, too, None where it has none.
        known_members: members by which `nameable` and `shared` judge an entry; None where tasks do not share what they
            have read of the kind. See model.known_names.
    """

    noun: str
    operation: Operation
    key: t.Optional[str]
    id: str = "id"
    names: tuple[str, ...] = ("name",)
    normalize: t.Callable[[Json], Json] = lambda entry: entry
    predicate: t.Callable[[Json], bool] = lambda entry: True
    nameable: t.Callable[[Json], bool] = lambda entry: True
    owner_path: str = ""
    shared: t.Optional[t.Callable[[Json], bool]] = None
    page_size: t.Optional[int] = None
    address: t.Optional[t.Callable[[Json], t.Optional[str]]] = None
    known_members: t.Optional[tuple[str, ...]] = None

    def meant(self, entries: t.Sequence[Json], wanted: str) -> list[Json]:
        """The entries that a text may mean: the one of that id, else those of that name, else of that address."""
        found = of_id(self, entries, wanted) or of_name(self, entries, wanted)
        if found or self.address is None or not wanted:
            return found
        address = canonical.host(wanted)
        return [entry for entry in entries if address and self.address(entry) == address]

    def id_of(self, entry: Json) -> str:
        return str(entry.get(self.id))

    def names_of(self, entry: Json) -> list[t.Any]:
        """What may be written for an entry instead of its id."""
        return [entry.get(name) for name in self.names] if self.nameable(entry) else []

    def portable_name(self, entry: Json) -> t.Optional[str]:
        """What an entry is called in a cloud where it has another id; None for what has neither name nor address."""
        return entry.get(self.names[0]) or (self.address(entry) if self.address else None)
