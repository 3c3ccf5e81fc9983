# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DOCUMENTATION: the keys of options, the sentences that follow from their fields, and the modules to see also."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from . import facts, prose
from .subjects import COLLECTION, FLEET, INFO, STATE, Subject
from .yaml_text import Entries, body, cut, in_order, inner, joined, ordered, outer, put, value_in

_KEYS = ("description", "type", "aliases", "elements", "choices", "required", "default", "suboptions")
_LAST = ("options", "notes", "seealso")
_COLUMN = 2


def synced(text: str, subject: Subject, noun: str, inherited: Mapping[str, Any]) -> str:
    """The documentation of a module as its declarations have it.

    Args:
        noun: what people call an object of its resource.
        inherited: the options of its documentation fragments.
    """
    entries = cut(text)
    options = _options(subject, inner(entries.get("options")), noun, inherited)
    if options:
        entries["options"] = outer("options", options)
    else:
        entries.pop("options", None)
    if subject.siblings:
        entries["seealso"] = _see_also(entries.get("seealso", "seealso:"), subject.siblings)
    before = [key for key in entries if key not in _LAST]
    return joined(ordered(entries, [*before, *_LAST])) + "\n"


def _options(subject: Subject, own: Entries, noun: str, inherited: Mapping[str, Any]) -> Entries:
    of_fields = subject.resource.fields if subject.resource and subject.kind == STATE else ()
    fields = {field.name: field for field in of_fields}
    surplus = set(inherited) - set(subject.spec)
    if surplus:
        raise ValueError(f"a documentation fragment has options that the module has not: {sorted(surplus)}")
    found: Entries = {}
    for name, rules in subject.spec.items():
        entry = inner(own.get(name))
        if name in inherited:
            entry = _beyond(entry, rules, inherited[name])
        else:
            entry = _option(entry, _default_text(subject, name, noun), rules, _COLUMN + 2)
            said = value_in(entry, "description")
            if subject.resource and name in fields:
                put(entry, "description", facts.told(said, subject.resource, fields[name], noun), _COLUMN + 2)
        if entry:
            found[name] = outer(name, ordered(entry, _KEYS))
    return in_order(found, own)


def _keys(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The keys of an option that follow from its argument spec; None for those that it does not have."""
    return {
        "type": rules.get("type", "str"),
        "aliases": rules.get("aliases"),
        "elements": rules.get("elements"),
        "choices": rules.get("choices"),
        "required": rules.get("required") or None,
        "default": rules.get("default"),
    }


def _beyond(entry: Entries, rules: Mapping[str, Any], inherited: Mapping[str, Any]) -> Entries:
    """What an option says beyond its documentation fragment."""
    for key, value in _keys(rules).items():
        put(entry, key, None if value == inherited.get(key) else value, _COLUMN + 2)
    return entry


def _option(entry: Entries, text: str, rules: Mapping[str, Any], column: int) -> Entries:
    if not value_in(entry, "description"):
        put(entry, "description", text, column)
    for key, value in _keys(rules).items():
        put(entry, key, value, column)
    members = inner(entry.pop("suboptions", None))
    if rules.get("options"):
        found = {
            name: _member(name, inner(members.get(name)), member, column + 4)
            for name, member in rules["options"].items()
        }
        entry["suboptions"] = outer("suboptions", in_order(found, members))
    return entry


def _member(name: str, entry: Entries, rules: Mapping[str, Any], column: int) -> str:
    return outer(name, ordered(_option(entry, prose.first_text(name, ""), rules, column), _KEYS))


def _default_text(subject: Subject, name: str, noun: str) -> str:
    """What is said of an option until somebody says more."""
    resource = subject.resource
    if resource and subject.kind == INFO and name == "name":
        return f"Return only {prose.words(resource.plural)} with exactly this name."
    if resource and subject.kind == INFO and name == "id":
        return f"Return only the {noun} with this ID."
    if resource and subject.kind == FLEET and name == resource.plural:
        module = f"{COLLECTION}cloudos_{resource.name}"
        return f"The members. Each has the options of M({module}) without those of the connection."
    return prose.first_text(name, noun)


def _see_also(entry: str, siblings: tuple[str, ...]) -> str:
    """The modules to see also: those of the same resource, and then what the author has chosen."""
    texts = [item.rstrip("\n") for item in re.split(r"^(?=- )", body(entry), flags=re.MULTILINE)[1:]]
    items = [(yaml.safe_load(text)[0].get("module"), text) for text in texts]
    wanted = [f"{COLLECTION}{sibling}" for sibling in siblings]
    first = [dict(items).get(name, f"- module: {name}") for name in wanted]
    others = [text for name, text in items if name not in wanted]
    return "\n".join(["seealso:", *(textwrap.indent(text, "  ") for text in [*first, *others])])
