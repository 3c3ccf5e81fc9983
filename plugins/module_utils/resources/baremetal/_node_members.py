# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The dictionaries of a node: management controller, driver, properties, instance."""

from __future__ import annotations

import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...model import canonical
from ._patch import as_text

IPMI_MEMBERS = {"address": "ipmi_address", "username": "ipmi_username", "password": "ipmi_password"}
IPMI_OPTIONS = {
    "address": {"type": "str"},
    "username": {"type": "str"},
    "password": {"type": "str", "no_log": True},
}
DICTIONARIES = ("ipmi", "driver_info", "properties", "instance_info")
_NAME = re.compile(r"[A-Za-z0-9._~-]{1,255}")


def controller_address(options: t.Mapping[str, t.Any]) -> t.Optional[str]:
    """The address of the management controller; one of nothing but blanks is none."""
    return ((options.get("ipmi") or {}).get("address") or "").strip() or None


def as_already_written(ipmi: Json, current: t.Optional[Json]) -> Json:
    """The wanted controller, with its address as the platform writes it already where it is the same."""
    address = controller_address({"ipmi": ipmi})
    if address is None:
        return {name: value for name, value in ipmi.items() if name != "address"}
    present = ((current or {}).get("ipmi") or {}).get("address")
    return {**ipmi, "address": present if canonical.same_host(present, address) else address}


def _check_members(options: t.Mapping[str, t.Any]) -> None:
    """Refuse what no member can be. Asterisks are how the platform shows passwords; written back, they would be one."""
    for name in DICTIONARIES:
        for key, value in (options.get(name) or {}).items():
            if not str(key).strip():
                raise OptionError(f"{name}: the name of a member is blank.")
            if isinstance(value, list):
                raise OptionError(f"{name}: {key} is a list. The platform takes texts, numbers and dictionaries.")
            if isinstance(value, str) and value and not value.strip("*"):
                raise OptionError(f"{name}: {key} consists of asterisks; that is how the platform hides what it has.")


def as_texts(members: Json) -> Json:
    """A dictionary as the platform keeps it."""
    return {str(key): as_text(value) for key, value in members.items() if value is not None}


def driver_info_of(desired: Json) -> Json:
    """The members of driver_info that the options ipmi and driver_info stand for."""
    ipmi = {member: (desired["ipmi"] or {}).get(name) for name, member in IPMI_MEMBERS.items()}
    given = {**(desired["driver_info"] or {}), **ipmi}
    return {member: value for member, value in given.items() if value is not None}


def filled(members: Json, others: t.Iterable[str] = ()) -> Json:
    """The members that have a value, without some others; the platform reports what is not there as an empty text."""
    return {key: value for key, value in members.items() if key not in others and value not in (None, "")}


def check_options(options: t.Mapping[str, t.Any]) -> None:
    """Refuse what a node cannot be, and options that contradict each other."""
    name = options.get("name")
    if name is not None and not _NAME.fullmatch(name):
        raise OptionError(f"name: {name!r} may have up to 255 letters, digits and characters of '._~-'.")
    doubled = sorted(set(IPMI_MEMBERS.values()) & set(options.get("driver_info") or {}))
    if doubled:
        raise OptionError(f"driver_info: {', '.join(doubled)} are set by the option ipmi.")
    if options.get("maintenance_reason") and options.get("maintenance") is False:
        raise OptionError("maintenance_reason: there is no reason for maintenance: false.")
    if options["adopt"] and options.get("provision_state") != "active":
        raise OptionError("adopt: a node is adopted to be active; set provision_state: active.")
    leaving = [name for name in ("inspect", "clean_steps") if options[name]]
    if leaving and options.get("provision_state") == "enroll":
        raise OptionError(f"{leaving[0]}: the node is manageable after it, and no verb leads back to enroll.")
    _check_members(options)
