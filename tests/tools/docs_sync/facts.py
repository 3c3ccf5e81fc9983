# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the field of an option implies, as sentences of its description."""

from __future__ import annotations

from typing import Any

from ansible_collections.h3c.cloudos.plugins.module_utils.model.field import Field
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource

from . import prose
from .prose import Fact

_VALUE = r"V\((?:[^()\\]|\\.)*\)"
_LIST_OF_OPTIONS = r"O\(\w+\)(?:, O\(\w+\))*(?: and O\(\w+\))?"
_ABOUT_NEW_ONES = ("Required when creating ", "Defaults to ")


def told(description: Any, resource: Resource, field: Field, noun: str) -> Any:
    """The description of an option of a state module, with what its field implies."""

    def corrected(sentence: str) -> str:
        return prose.creating(sentence, noun) if sentence.startswith(_ABOUT_NEW_ONES) else sentence

    facts = [_required(field, noun), _default(field, noun), _replaced(field), _not_compared(field)]
    if field.name == resource.identified_by[0]:
        facts.append(_identifies(resource))
    return prose.with_facts(prose.each_sentence(description, corrected), facts)


def _required(field: Field, noun: str) -> Fact:
    return Fact(
        holds=field.required and not (field.option or {}).get("required"),
        says="Required when creating ",
        sentence=f"Required when creating {prose.with_article(noun)}.",
        beginning=None,
        obsolete=r"Required when creating an? [\w -]+\.",
    )


def _default(field: Field, noun: str) -> Fact:
    value = field.create_default
    values = ", ".join(f"V({_shown(item)})" for item in (value if isinstance(value, (list, tuple)) else [value]))
    return Fact(
        holds=value is not None,
        says=rf"Defaults to {_VALUE}(?:, {_VALUE})*",
        sentence=f"Defaults to {values} when creating {prose.with_article(noun)}.",
        beginning=f"Defaults to {values}",
        obsolete=rf"Defaults to {_VALUE}(?:, {_VALUE})* when creating an? [\w -]+\.",
    )


def _replaced(field: Field) -> Fact:
    them = "them" if field.type in ("list", "dict") else "it"
    return Fact(
        holds=not field.updatable and field.shown,
        says=r".*\bO\(replace=true\)",
        sentence=f"Changing {them} requires O(replace=true).",
        beginning=None,
        obsolete=r"Changing (it|them) requires O\(replace=true\)\.",
    )


def _not_compared(field: Field) -> Fact:
    it_is, it = ("They are", "them") if field.type in ("list", "dict") else ("It is", "it")
    return Fact(
        holds=not field.returned and not field.secret,
        says=".*not compared",
        sentence=f"{it_is} not compared, because the platform does not return {it}.",
        beginning=None,
        obsolete=r"(It is|They are) not compared, because the platform does not return (it|them)\.",
    )


def _identifies(resource: Resource) -> Fact:
    *first, last = (f"O({name})" for name in resource.identified_by)
    beginning = f"One of {', '.join(first)} and {last} is required"
    return Fact(
        holds=bool(first),
        says=f"One of {_LIST_OF_OPTIONS} is required",
        sentence=f"{beginning}.",
        beginning=beginning,
        obsolete=rf"One of {_LIST_OF_OPTIONS} is required\.",
    )


def _shown(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
