# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What an argument spec lets pass and no module can use: found for all options of all modules, before a request.

There are two looks. `given` sees the options as they were written, because an argument spec makes a text of anything.
`check` sees the validated ones, those of the environment included.
"""

from __future__ import annotations

import math
import typing as t

from ..cloud import web_source
from ..cloud.errors import OptionError
from ..cloud.json_types import Json
from ..model import files
from ..model.texts import refuse_structure, shown
from .misspelling import Spec, at, refuse_text, refuse_unknown, refuse_value

# What the numbers of JSON services are made for; beyond it, numbers are words that nobody has checked.
_NUMBERS = 2**63


# Digits that Python turns into text whatever its limits are.
_MOST_BITS = 4096


# As long as a system can sleep.
_LONGEST_WAIT = 2**31 - 1


def _check_source(option: str, source: str) -> None:
    """Refuse what is neither a file that can be sent nor an address that data can be fetched from."""
    if web_source.is_url(source):
        web_source.check_url(option, source)
    else:
        files.check_source(option, source)


_FILES: t.Mapping[str, t.Callable[[str, str], t.Any]] = {
    "src": _check_source,
    "dest": files.check_target,
    "path": files.check_target,
    "html_path": files.check_target,
    "plan_file": files.check_target,
    "ca_path": files.check_authorities,
}


def given(spec: Spec, params: t.Mapping[str, t.Any], within: str = "", elsewhere: t.Optional[Spec] = None) -> Json:
    """The options that are given, by their own names: without those that are null, which a template has for nothing.

    Args:
        within: the option that these are members of.
        elsewhere: options in other places, by what they are called from here, that a value may be meant for.

    Raises:
        OptionError: an option or a value does not exist, or the type of the option would make something else of it.
    """
    refuse_unknown(spec, params, within)
    found: Json = {}
    names = {} if spec.keys() >= params.keys() else _other_names(spec)
    for written, value in params.items():
        name = names.get(written, written)
        if name not in spec:
            found[name] = value  # of Ansible itself
        elif value is not None:
            if name in found and found[name] != value:
                raise OptionError(f"{_place(within, name)}: it is given twice, also as one of {_listed(spec[name])}.")
            place = _place(within, written)
            found[name] = _given(place, spec[name], value)
            refuse_value(place, name, spec[name], value, {**spec, **(elsewhere or {})})
    return found


def _place(within: str, name: t.Any) -> str:
    return f"{within}.{name}" if within else str(name)


def merged(spec: Spec, layers: t.Iterable[t.Mapping[str, t.Any]]) -> Json:
    """The options that are given in any of the layers, of which a later one counts before an earlier one."""
    return {name: value for layer in layers for name, value in given(spec, layer).items()}


def _other_names(spec: Spec) -> t.Mapping[str, str]:
    """The options by the other names that they may be given under."""
    return {alias: name for name, rules in spec.items() for alias in rules.get("aliases", ())}


def _listed(rules: t.Mapping[str, t.Any]) -> str:
    return ", ".join(rules["aliases"])


def check_members(option: str, spec: Spec, members: t.Any) -> None:
    """Refuse entries of a list that are no objects, or have options that there are not; each is named.

    Raises:
        OptionError: an option or a value of one does not exist.
    """
    for index, member in enumerate(members if isinstance(members, list) else []):
        place = f"{option}[{index}]"
        if not isinstance(member, dict):
            continue
        label = member.get("name") or member.get("id")
        try:
            given(spec, member)
        except OptionError as error:
            error.message = at(f"{place} ({shown(label)})" if label else place, error.message)
            raise


def check(
    spec: Spec,
    params: t.Mapping[str, t.Any],
    exclusive: t.Iterable[t.Sequence[str]] = (),
    filters: t.Container[str] = (),
) -> None:
    """Refuse validated options that cannot be used.

    Args:
        exclusive: groups of options of which one at most may be set to something.
        filters: options that choose among objects, which an empty text does not.

    Raises:
        OptionError: it names the option and what is wrong with it.
    """
    for group in exclusive:
        together = [name for name in group if _is_set(spec[name], params.get(name))]
        if len(together) > 1:
            raise OptionError(f"parameters are mutually exclusive: {'|'.join(together)}.")
    for name, value in params.items():
        if value is None or isinstance(value, bool) or name not in spec:
            continue
        rules = spec[name]
        _check_data(name, value)
        if isinstance(value, str) and _is_blank(name, value, name in filters):
            raise OptionError(f"{name}: must not be blank.")
        if rules.get("type") == "path":
            files.check_name(name, value)
            _FILES[name](name, value)
    timeout = params.get("wait_timeout")
    if timeout is not None and not 0 <= timeout <= _LONGEST_WAIT:
        raise OptionError(f"wait_timeout: {shown(timeout)} is not between 0 and {_LONGEST_WAIT} seconds.")


def _given(where: str, rules: t.Mapping[str, t.Any], value: t.Any) -> t.Any:
    """The value of one option, with what is true of its members."""
    _check_data(where, value)
    kind = rules.get("type", "str")
    if kind in ("str", "path"):
        refuse_structure(where, value)
    elif kind in ("int", "float"):
        _check_number(where, value)
    elif kind == "list":
        return _entries(where, rules, value)
    elif kind == "dict":
        refuse_text(where, rules, value)
        if isinstance(value, dict) and rules.get("options"):
            return given(rules["options"], value, where)
        if not isinstance(value, (dict, str)) and rules.get("options"):  # a text may be JSON
            raise OptionError(f"{where}: must be a dictionary.")
    return value


def _entries(where: str, rules: t.Mapping[str, t.Any], value: t.Any) -> t.Any:
    """The entries of a list; a text is a list, too, of what stands between its commas."""
    element = {**rules, "type": rules.get("elements", "raw")}
    if element["type"] == "dict" and rules.get("options"):
        refuse_text(where, rules, value, "each entry is a dictionary")
    if not isinstance(value, list):
        return value
    found = []
    for index, item in enumerate(value):
        place = f"{where}[{index}]"
        found.append(None if item is None else _given(place, element, item))
        refuse_value(place, "", element, item, {})
    return found


def _check_number(where: str, value: t.Any) -> None:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    except (TypeError, ValueError):
        return  # the argument spec says so
    if not -_NUMBERS < number < _NUMBERS:
        raise OptionError(f"{where}: {shown(value)} is not a number that can be sent.")


def _check_data(where: str, value: t.Any) -> None:
    """Refuse what JSON has no words for, wherever it stands."""
    if isinstance(value, str):
        _check_text(where, value)
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_data(where, key)
            _check_data(f"{where}.{shown(key)}", item)
    elif isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            _check_data(f"{where}[{index}]", item)
    elif isinstance(value, (bytes, bytearray)):
        raise OptionError(f"{where}: must be a text, not bytes.", hint="What !!binary stands before is bytes.")
    elif isinstance(value, float) and not math.isfinite(value):
        raise OptionError(f"{where}: {value} is not a number that can be sent.")
    elif isinstance(value, int) and value.bit_length() > _MOST_BITS:
        raise OptionError(f"{where}: the number is too large to be sent.")


def _check_text(where: str, text: str) -> None:
    if text.isascii():
        return
    try:
        text.encode()
    except UnicodeEncodeError:
        raise OptionError(
            f"{where}: the text is not Unicode: it has a lone surrogate in it.",
            hint="It comes of bytes that are not UTF-8, or of \\ud800 to \\udfff in JSON.",
        ) from None


def _is_blank(name: str, value: str, chooses: bool) -> bool:
    """Whether an option that selects something is given without a value."""
    return (name == "id" and value.isspace()) or ((chooses or name == "only_plan") and not value.strip())


def _is_set(rules: t.Mapping[str, t.Any], value: t.Any) -> bool:
    """Whether an option asks for something: what is off, or as it would be without the option, does not."""
    return value is not None and value is not False and value != rules.get("default")
