# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The values of a norm: compared as what they mean, and checked against the types of a service."""

from __future__ import annotations

import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json

_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)([.][0-9]+)?")


def same_values(current: t.Optional[Json], wanted: t.Optional[Json]) -> bool:
    """Whether two norms are one: text and numbers are compared as what they mean."""
    return comparable(current) == comparable(wanted)


def comparable(values: t.Optional[Json]) -> Json:
    return {name: as_number(value) for name, value in (values or {}).items()}


def as_number(value: t.Any) -> t.Any:
    """A value as a number, where it is one in plain digits."""
    text = str(value).strip()
    if not _PLAIN_NUMBER.fullmatch(text):
        return text
    whole, _point, rest = text.partition(".")
    return int(whole) if not rest.strip("0") else float(text)


def check_values(values: Json) -> None:
    for name, value in values.items():
        if isinstance(value, (dict, list, bool)) or value is None or not 1 <= len(str(value).strip()) <= 255:
            raise OptionError(f"sub_norms: {name} is {value!r}; a number or a text of 1 to 255 characters is wanted.")


def check_names(types: t.Mapping[str, str], values: Json, single: bool, partial: bool = False) -> None:
    """A combined norm needs a value of every type, a single one exactly one."""
    allowed = ", ".join(types)
    unknown = sorted(str(name) for name in values if name not in types)
    if unknown:
        raise OptionError(f"sub_norms: this service has no {', '.join(unknown)}.", hint=f"It has: {allowed}.")
    if single and len(values) != 1:
        raise OptionError(f"sub_norms: a single norm has exactly one of {allowed}.")
    missing = [name for name in types if name not in values]
    if missing and not single and not partial:
        raise OptionError(f"sub_norms: {', '.join(missing)} is missing.", hint="A combined norm has every sub-norm.")
