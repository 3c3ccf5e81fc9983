# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Options and values that there are not: where they stand, and what was probably meant.

Core refuses them, too, but without the place, and with a list of all names instead of the one that was meant.
"""

from __future__ import annotations

import typing as t

from ..cloud.errors import OptionError
from ..model.spelling import did_you_mean
from ..model.texts import shown
from .templates import is_template

Rules = t.Mapping[str, t.Any]
Spec = t.Mapping[str, Rules]

# A list of more names than that helps nobody.
_MOST_LISTED = 24
# Of Ansible itself, which a module finds among its options.
_INTERNAL = "_ansible_"


def rules_of(spec: Spec, name: t.Any) -> t.Optional[Rules]:
    """The rules of an option, which can bear another of its names; None where there is none of this name."""
    if name in spec:
        return spec[name]
    return next((rules for rules in spec.values() if name in rules.get("aliases", ())), None)


def refuse_unknown(spec: Spec, params: t.Iterable[t.Any], place: str = "") -> None:
    """Refuse options that a spec does not have.

    Raises:
        OptionError: it names all of them, what each was probably meant to be, and where they stand.
    """
    unknown = [name for name in params if rules_of(spec, name) is None and not str(name).startswith(_INTERNAL)]
    if not unknown:
        return
    known = [*spec, *(alias for rules in spec.values() for alias in rules.get("aliases", ()))]
    found = [f"There is no option '{shown(name)}'. {did_you_mean(name, known) or _listed(known)}" for name in unknown]
    raise OptionError(at(place, " ".join(found)))


def at(place: str, message: str) -> str:
    """A message with the place in front of it, where it has one."""
    return f"{place}: {message[:1].lower()}{message[1:]}" if place else message


def _listed(known: t.Sequence[str]) -> str:
    if len(known) > _MOST_LISTED:
        return "The command ansible-doc lists the options of each module."
    return f"There are: {', '.join(known)}."


def refuse_value(place: str, name: str, rules: Rules, value: t.Any, others: Spec) -> None:
    """Refuse a text that is none of the choices of an option.

    Args:
        others: options that have choices, too, by what they are called here; the value may be one of theirs.
    """
    choices = [str(choice) for choice in rules.get("choices") or ()]
    if not choices or not isinstance(value, str) or rules.get("type") == "list":
        return
    if value in (*choices, "True", "False") or is_template(value):
        return
    owners = [other for other, its in others.items() if other != name and value in (its.get("choices") or ())]
    hint = f"Use {owners[0]}: {value}." if len(owners) == 1 else did_you_mean(value, choices)
    raise OptionError(f"{place}: '{shown(value)}' is not one of {', '.join(choices)}.", hint=hint)


def refuse_text(place: str, rules: Rules, value: t.Any, what: str = "must be a dictionary") -> None:
    """Refuse a text where a dictionary is wanted; JSON and key=value are dictionaries."""
    if not isinstance(value, str) or value.lstrip().startswith("{") or "=" in value or is_template(value):
        return
    members = rules.get("options") or ({"name": {}} if "elements" in rules else {})  # lists of objects
    if not members or any(its.get("no_log") for its in members.values()):
        raise OptionError(f"{place}: {what}, not a text.")
    first = next((name for name, its in members.items() if its.get("required")), next(iter(members)))
    text = shown(value)
    raise OptionError(f"{place}: {what}, such as {{{first}: {text}}}. You gave the text '{text}'.")
