# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Lists that an option gives as a whole: what it does not name is removed, and the order of entries means nothing."""

from __future__ import annotations

import typing as t

from ...cloud.json_types import Json
from ...model.coercion import as_set
from ...model.field import Field, option


def whole_list(name: str, elements: str = "str", spec: t.Optional[Json] = None, **more: t.Any) -> Field:
    """A list that is compared and sent as a whole."""
    return option(name, "list", equals=_same_entries, spec={"elements": elements, **(spec or {})}, **more)


def with_whole_lists(fields: t.Iterable[Field], after: Json, desired: Json) -> Json:
    """A prediction in which those lists are what is wanted; others add to what is there."""
    whole = [field.name for field in fields if field.equals is _same_entries]
    return {**after, **{name: desired[name] for name in whole if desired.get(name) is not None}}


def _same_entries(current: t.Any, wanted: t.Any) -> bool:
    return as_set(current) == as_set(wanted)
