# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What an inventory file says and the plugin does not know: an error, so that no option is lost to a misspelling."""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleParserError

from ansible_collections.h3c.cloudos.plugins.module_utils.model.spelling import with_question

from .inventory_variables import ALWAYS, PREFIX, PROPERTIES

_KEYED_GROUP = ("key", "prefix", "separator", "parent_group", "default_value", "trailing_separator")


def check_options(file: t.Mapping[t.Any, t.Any], known: t.Collection[str]) -> None:
    """Refuse options that the plugin does not have."""
    unknown = [with_question(f"There is no option '{name}'.", name, known) for name in file if name not in known]
    if unknown:
        raise AnsibleParserError(
            f"{' '.join(unknown)} `ansible-doc -t inventory h3c.cloudos.cloudos` lists the options of the plugin."
        )


def check_members(option: str, given: t.Iterable[t.Any], known: t.Collection[str]) -> None:
    """Refuse members of a structure that mean nothing there."""
    unknown = [name for name in given if str(name) not in known]
    if unknown:
        found = " ".join(with_question(f"There is no '{name}' here.", name, known) for name in unknown)
        raise AnsibleParserError(f"{option}: {found} Known are: {', '.join(known)}.")


def check_hostnames(entries: t.Sequence[t.Any]) -> None:
    """Refuse what is no expression, such as the dictionaries that other inventories take."""
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, str):
            raise AnsibleParserError(
                f"hostnames: entry {number} is {entry!r}. Each entry is a property, a path or an expression, such as "
                "name, metadata.fqdn or name ~ '-' ~ project."
            )


def check_keyed_groups(entries: t.Sequence[t.Any]) -> None:
    """Refuse unknown members of entries. What is no dictionary is refused by Ansible."""
    for number, entry in enumerate(entries, 1):
        if isinstance(entry, dict):
            check_members(f"keyed_groups: entry {number}", entry, _KEYED_GROUP)


def shown_variables(wanted: t.Sequence[t.Any]) -> t.Optional[frozenset[str]]:
    """The variables that hosts get, by the option host_variables; None for all of them."""
    names = [str(name)[len(PREFIX) :] if str(name).startswith(PREFIX) else str(name) for name in wanted]
    if names == ["all"]:
        return None
    check_members("host_variables", [name for name in names if name not in ALWAYS], sorted(PROPERTIES))
    return frozenset(f"{PREFIX}{name}" for name in names) | ALWAYS
