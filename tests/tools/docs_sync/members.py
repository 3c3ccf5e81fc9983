# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The members of returned objects: which there are, and of which type, follows from the fields of their resource.

Their descriptions and samples are written once, in the state module; the info module has them from there.
"""

from __future__ import annotations

from typing import Any

from ansible_collections.h3c.cloudos.plugins.module_utils.model.field import Field
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource

from . import prose
from .yaml_text import RETURN_KEYS, Entries, cut, in_order, inner, ordered, outer, put, value_in, value_of

#: where members stand in a file
COLUMN = 4

_TEXTS = ("str", "time")
_SAMPLES: dict[str, Any] = {
    "str": "example",
    "time": "2026-01-31T12:00:00Z",
    "int": 1,
    "float": 1.0,
    "bool": True,
    "list": [],
    "dict": {},
}


def of_state(resource: Resource, written: Entries, noun: str) -> Entries:
    """The members of the object that a state module returns."""
    found = {field.name: _member(field, written.get(field.name), noun) for field in _shown(resource)}
    return in_order(found, written)


def of_info(resource: Resource, written: Entries, noun: str, source: Entries) -> Entries:
    """The members of each object that an info module returns, and what it gathers beside them.

    Args:
        source: the members as the state module describes them; none if the resource has only an info module.
    """
    found = {}
    for field in _shown(resource):
        own, other = written.get(field.name), source.get(field.name)
        found[field.name] = _member(field, _chosen(resource, own, other), noun)
    gathered = {name: entry for name, entry in written.items() if is_gathered(entry)}
    return in_order({**gathered, **found}, written)


def is_gathered(entry: str) -> bool:
    """Whether it is only returned if an option asks for it, so that no field stands for it."""
    return "O(" in str(value_of(entry).get("returned"))


def _shown(resource: Resource) -> list[Field]:
    """The fields that results have, in their order."""
    fields = {field.name: field for field in resource.fields}
    return [fields[name] for name in resource.read({})]


def _member(field: Field, written: str | None, noun: str) -> str:
    entry = inner(written)
    column = COLUMN + 2
    if not value_in(entry, "description"):
        put(entry, "description", prose.first_text(field.name, noun), column)
    put(entry, "type", "str" if field.type in _TEXTS else field.type, column)
    put(entry, "elements", _elements(field, entry), column)
    if "sample" not in entry and "contains" not in entry:
        put(entry, "sample", _sample(field), column)
    return outer(field.name, ordered(entry, RETURN_KEYS))


def _elements(field: Field, entry: Entries) -> Any:
    if field.type != "list":
        return None
    declared = (field.option or {}).get("elements", "raw")
    if declared != "raw":
        return declared
    return value_in(entry, "elements") or "str"


def _sample(field: Field) -> Any:
    choices = (field.option or {}).get("choices")
    return choices[0] if choices else _SAMPLES[field.type]


def _chosen(resource: Resource, own: str | None, source: str | None) -> str | None:
    """The entry of an info module: that of the state module, unless it is about options, which are not the same."""
    if source is None:
        return own
    derived = _adapted({"": source}, resource, COLUMN, fresh=own is None)[""]
    if own is None:
        return derived
    return own if "O(" in own or "O(" in derived else derived


def _adapted(entries: Entries, resource: Resource, column: int, fresh: bool) -> Entries:
    """Entries without what is only so in a state module, and with references to the list of the info module.

    Args:
        fresh: whether the info module has no text of its own for them, so that its options cannot be referred to.
    """

    def change(sentence: str) -> str | None:
        if "check mode" in sentence or (fresh and "O(" in sentence):
            return None
        return sentence.replace(f"RV({resource.name}.", f"RV({resource.plural}[].")

    found = {}
    for name, text in entries.items():
        (key,) = cut(text)
        entry = inner(text)
        put(entry, "description", prose.each_sentence(value_in(entry, "description"), change), column + 2)
        if "contains" in entry:
            entry["contains"] = outer("contains", _adapted(inner(entry["contains"]), resource, column + 4, fresh))
        found[name] = outer(key, entry)
    return found
