# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The names of hosts: which property or expression, no two alike, and none that means something else."""

from __future__ import annotations

import collections
import re
import typing as t

from ansible import constants as C
from ansible.errors import AnsibleParserError
from ansible.inventory.manager import split_host_pattern

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json

from .constructed import Constructor
from .evaluation import Expression
from .inventory_variables import PREFIX
from .paths import ASK, MISSING
from .trust import TYPED, data

_PLAIN_NAME = re.compile(r"[\w.-]+")
_MOST_SHOWN = 10


class HostNames:
    """Names hosts by the options hostnames and equal_names."""

    def __init__(
        self, plugin: t.Any, constructor: Constructor, groups: t.Iterable[str], extra_vars: t.Container[str]
    ) -> None:
        """Groups are those that the inventory is about to get."""
        self._plugin = plugin
        self._constructor = constructor
        self._groups = groups
        self._extra_vars = extra_vars

    def of(self, hosts: list[Json]) -> list[str]:
        """A name for each server, no two alike."""
        entries = self._plugin.get_option("hostnames")
        preferences = [self._constructor.expression(entry, self._extra_vars) for entry in entries]
        names = [self._host_name(preferences, variables) for variables in hosts]
        self._keep_off_others(names, hosts)
        count = collections.Counter(names)
        if len(count) == len(names):
            return names
        policy = self._plugin.get_option("equal_names")
        ids = [(variables[f"{PREFIX}id"], variables[f"{PREFIX}project"]) for variables in hosts]
        equal = ", ".join(f"{name} ({id} in {project})" for name, (id, project) in zip(names, ids) if count[name] > 1)
        if policy == "error":
            raise AnsibleParserError(f"equal_names: several servers come to the same host name: {equal}.")
        self._plugin.display.warning(f"equal_names: hosts were renamed because their names are equal: {equal}.")
        taken: set[str] = set()
        for number in _oldest_first(hosts):
            name, (id, project) = names[number], ids[number]
            if policy == "name_project" and count[name] > 1:
                name = f"{name}_{project}"
            while name in taken:
                name = f"{name}_{id}"
            taken.add(name)
            names[number] = data(name)
        return names

    def _keep_off_others(self, names: list[str], hosts: list[Json]) -> None:
        """Name no host like a group, whose hosts would all get its variables, the controller, or another server."""
        others = self._plugin.inventory.hosts
        whose = dict.fromkeys(set(self._plugin.inventory.groups) - set(others), "a group")
        whose.update(dict.fromkeys(map(self._plugin._sanitize_group_name, self._groups), "a group"))
        whose.update(dict.fromkeys(C.LOCALHOST, "the controller"))
        for number, name in enumerate(names):
            if name not in whose and name not in others:
                continue
            id = hosts[number][f"{PREFIX}id"]
            if name not in whose and others[name].vars.get(f"{PREFIX}id", id) != id:
                if self._plugin.get_option("equal_names") == "error":
                    raise AnsibleParserError(f"equal_names: {name} ({id}) is the name of a server of another source.")
                whose[name] = "a server of another source"
            if name in whose:
                names[number] = data(f"{name}_{id}")
                self._plugin.display.warning(
                    f"hostnames: {name} is the name of {whose[name]}; the host is called {names[number]}."
                )

    def warn_of_unaddressable(self, names: list[str]) -> None:
        """Name the hosts that no pattern means as they are called, with what does."""
        found = [name for name in names if not _is_pattern(name)]
        if found:
            more = f" and {len(found) - _MOST_SHOWN} more" if len(found) > _MOST_SHOWN else ""
            self._plugin.display.warning(
                f"hostnames: a pattern cannot address {', '.join(map(repr, found[:_MOST_SHOWN]))}{more}: blanks, "
                "commas, colons, brackets and a leading !, & or ~ mean something else there. Write ? in the place of "
                "each such character (--limit 'web?1'), or name hosts after something else with hostnames."
            )

    def _host_name(self, preferences: list[Expression], variables: Json) -> str:
        for expression in preferences:
            name = expression.result(variables)
            if isinstance(name, str) and name:
                return str.__str__(name) if TYPED else data(name)  # names need no marks where none means no template
            try:
                if name is ASK or (name is MISSING and self._plugin.get_option("strict")):
                    name = self._plugin._compose(expression.text, self._constructor.known(variables))
            except Exception as error:
                if self._plugin.get_option("strict"):
                    id = variables[f"{PREFIX}id"]
                    raise AnsibleParserError(f"hostnames: {expression.text} of server {id}: {error}") from None
                continue
            if name is not None and name is not MISSING and name != "":
                return name if isinstance(name, str) else data(str(name))
        fallback: str = variables[f"{PREFIX}name"] or variables[f"{PREFIX}id"]
        return fallback


def _oldest_first(hosts: list[Json]) -> list[int]:
    """The order in which hosts choose their names: a new server, in whatever project, never takes that of another."""
    return sorted(range(len(hosts)), key=lambda number: hosts[number][f"{PREFIX}created"] or "")


def _is_pattern(name: str) -> bool:
    """Whether the name of a host means it where hosts are chosen (hosts, --limit)."""
    if _PLAIN_NAME.fullmatch(name):
        return True
    return split_host_pattern(name) == [name] and "[" not in name and name[0] not in "!&~"
