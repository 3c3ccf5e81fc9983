# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The quota document: what differs, how wanted and present are merged, and what must not be below its use."""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model.coercion import coerce
from ...model.context import Context
from . import _address_pools
from ._quota_keys import ADDRESSES, KEYS, UNLIMITED, Key, asked_keys, present_value

# What the document calls the sections, where it is something else.
API_SECTIONS = {"object_storage": "obj_stor", "backup": "eisoo_backup"}


#: what some platforms call a key of the document, which the limits call otherwise
_ALIASES = {"vnic": "ips"}


def document_values(document: Json) -> dict[str, Json]:
    """The amounts of a document as the platform returns it, by section and key; what it does not have is left out."""
    values: dict[str, Json] = {}
    for key in KEYS:
        section: Json = document.get(API_SECTIONS.get(key.section, key.section)) or {}
        section = section.get("quota_set") or section
        value = section.get(key.name, section.get(_ALIASES.get(key.name, key.name)))
        if value is not None:
            known = _address_pools.read(value) if key.name == ADDRESSES else coerce(value, "int")
            values.setdefault(key.section, {})[key.name] = known
    return values


def differs(run: Context, key: Key, current: Json, desired: Json) -> bool:
    present, wanted = present_value(key, current), desired[key.section][key.name]
    if key.name == ADDRESSES:
        return _address_pools.differ(present or [], wanted, run.options["purge_network_addresses"])
    is_other: bool = present != wanted
    return is_other


def merged_value(run: Context, key: Key, current: Json, desired: Json) -> t.Any:
    """The value that a key is to have: the wanted one, or the present one where nothing is wanted."""
    present, wanted = present_value(key, current), (desired.get(key.section) or {}).get(key.name)
    if wanted is None:
        return present
    if key.name == ADDRESSES:
        return _address_pools.joined(present or [], wanted, run.options["purge_network_addresses"])
    return wanted


def document_of(run: Context, current: Json, desired: Json, amount: t.Callable[[int], t.Any]) -> Json:
    """The whole document: all that is returned and all that is wanted, and nothing that is neither.

    Amounts are numbers in network. Elsewhere they are texts, or on older platforms numbers."""
    document: dict[str, Json] = {}
    for key in KEYS:
        value = merged_value(run, key, current, desired)
        if value is None:
            continue
        section = document.setdefault(API_SECTIONS.get(key.section, key.section), {})
        if key.name == ADDRESSES:
            section[key.name] = [_address_pools.to_wire(entry) for entry in value]
        elif key.section == "network":
            section[key.name] = value
        else:
            section.setdefault("quota_set", {})[key.name] = amount(value)
    return document


def refuse_below_usage(current: Json, desired: Json) -> None:
    """A limit that is lowered below what is in use makes a project that can do nothing more."""
    below = []
    for key in asked_keys(desired):
        used = current["used"].get(key.section, {}).get(key.name)
        limit, wanted = present_value(key, current), desired[key.section][key.name]
        lowers = limit in (None, UNLIMITED) or (key.name != ADDRESSES and wanted < limit)
        if used is not None and lowers and UNLIMITED < wanted < used:
            below.append(f"{key.section}.{key.name}: {used} used, wanted {wanted}")
    if below:
        raise OptionError(
            f"The quota would be lower than what the project uses ({'; '.join(below)}).",
            hint="Use allow_below_usage: true to lower it all the same; what is used stays.",
        )
