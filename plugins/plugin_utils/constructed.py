# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Hosts, variables and groups of a large inventory: what Ansible's Constructable makes, at less cost.

Variables go to a host in one step, hosts straight to their groups, and expressions are evaluated as seldom as possible.
All else is left to Constructable, entry by entry: expressions that depend on more than properties, groups whose names
are no texts, errors.
"""

from __future__ import annotations

import typing as t

from ansible.errors import AnsibleError, AnsibleParserError
from ansible.utils.vars import combine_vars

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json
from ansible_collections.h3c.cloudos.plugins.module_utils.features._yaml_text import is_active

from .evaluation import Condition, Expression, truth_of
from .inventory_objects import Memberships, NewHosts, takes_hosts_directly
from .inventory_variables import OPTIONAL
from .paths import ASK, MISSING, Path, locate
from .trust import TYPED

Variables = dict[str, t.Any]


class Host(t.NamedTuple):
    """A host on its way into the inventory."""

    name: str
    #: its variables, which are all that paths lead to
    variables: Variables
    #: the object of the inventory; None if only the public calls are right for it
    object: t.Any


class Constructor:
    """Fills the inventory of a plugin by its options compose, groups and keyed_groups."""

    def __init__(
        self,
        plugin: t.Any,
        options: t.Mapping[str, t.Any],
        prefix: str,
        hidden: t.Container[str],
        shown: t.Optional[t.Container[str]] = None,
    ) -> None:
        """The properties of hosts are known with and without the prefix, except those that something hides.

        Args:
            shown: the properties that become variables; None for all of them.
        """
        self._shown = shown
        self._plugin = plugin
        self._inventory = plugin.inventory
        self._strict = plugin.get_option("strict")
        self._prefix = prefix
        self._direct = takes_hosts_directly(self._inventory)
        self._new_hosts, self._memberships = NewHosts(self._inventory), Memberships()
        compose, groups, keyed = options["compose"], options["groups"], options["keyed_groups"]
        self._compose = [(name, self.expression(entry, hidden)) for name, entry in compose.items()]
        self._groups = [(name, self._condition(entry, compose)) for name, entry in groups.items()]
        #: the groups of the option groups that have a host
        self._composed: dict[str, t.Any] = {}
        self._keyed = [_KeyedGroup(entry, lambda key: self.expression(key, hidden, compose)) for entry in keyed]
        steps = (
            ("compose", self._set_composed),
            ("groups", self._add_to_groups),
            ("keyed_groups", self._add_to_keyed_groups),
        )
        self._steps = [(option, construct) for option, construct in steps if options[option]]

    def expression(self, text: t.Any, *hidden: t.Container[str]) -> Expression:
        """An expression on the properties of hosts, except those that something hides."""
        return Expression(text, self._resolver(hidden), OPTIONAL, self._evaluate)

    def _condition(self, text: t.Any, *hidden: t.Container[str]) -> Condition:
        return Condition(text, self._resolver(hidden), OPTIONAL, self._is_true)

    def _evaluate(self, text: str, variables: Variables) -> t.Any:
        return self._plugin._compose(text, self.known(variables))

    def _is_true(self, text: str, variables: Variables) -> bool:
        return truth_of(self._plugin.templar, text, self.known(variables))

    def _resolver(self, hidden: t.Iterable[t.Container[str]]) -> t.Callable[[Path], t.Optional[Path]]:
        def resolve(path: Path) -> t.Optional[Path]:
            if any(path[0] in names for names in hidden):
                return None
            return path if path[0].startswith((self._prefix, "ansible_")) else (self._prefix + path[0], *path[1:])

        return resolve

    def known(self, variables: Variables) -> Variables:
        """All that expressions can use: the variables, and those with the prefix without it too."""
        length = len(self._prefix)
        bare = {name[length:]: value for name, value in variables.items() if name.startswith(self._prefix)}
        return {**bare, **variables}

    def add(self, names: t.Iterable[str], hosts: t.Iterable[Variables]) -> None:
        """Hosts with their variables and groups. The variables become their own.

        All of them have their variables before the first group is made: Ansible would give the variables of a host to
        a group of its name.
        """
        added = [self._add_host(name, variables) for name, variables in zip(names, hosts)]
        for option, construct in self._steps:
            try:
                for host in added:
                    construct(host)
            except AnsibleError as error:
                raise AnsibleParserError(f"{option}: {error}") from None
            finally:
                self._memberships.settle()

    def _add_host(self, name: str, variables: Variables) -> Host:
        """A host that is new gets all variables in one step; those of one that was there are merged by Ansible."""
        shown = variables
        if self._shown is not None:
            shown = {variable: value for variable, value in variables.items() if variable in self._shown}
        if self._direct and name not in self._inventory.hosts and name not in self._inventory.groups:
            # What is composed is no variable that other expressions see, so they need those of before.
            own = {**shown} if shown is variables and self._compose else shown
            return Host(name, variables, self._new_hosts.add(name, own))
        self._inventory.add_host(name)
        for variable, value in shown.items():
            self._inventory.set_variable(name, variable, value)
        return Host(name, variables, None)

    def _set_composed(self, host: Host) -> None:
        for name, expression in self._compose:
            value = expression.result(host.variables) if host.object else ASK
            if value is ASK or (value is MISSING and self._strict):
                entry = {name: expression.text}
                self._plugin._set_composite_vars(entry, self.known(host.variables), host.name, strict=self._strict)
            elif value is not MISSING:
                self._inventory.set_variable(host.name, name, value)

    def _add_to_groups(self, host: Host) -> None:
        """All conditions see the host as it was before it came into the first of these groups."""
        truths = [self._truth(host, condition) for _name, condition in self._groups]
        known: Variables = {}
        if ASK in truths:
            known = combine_vars(self.known(host.variables), self._inventory.get_host(host.name).get_vars())
        for (name, condition), truth in zip(self._groups, truths):
            if truth is ASK:
                self._memberships.settle()
                entry = {name: condition.text}
                self._plugin._add_host_to_composed_groups(entry, known, host.name, self._strict, fetch_hostvars=False)
            elif truth and name in self._composed:
                self._memberships.add(self._composed[name], host.object)
            elif truth:
                self._composed[name] = self._group_of(host, name)

    def _group_of(self, host: Host, name: str) -> t.Any:
        """A group with its first host, which goes the public way."""
        self._memberships.settle()
        group = self._inventory.add_group(self._plugin._sanitize_group_name(name))
        self._inventory.add_host(host.name, group)
        return self._inventory.groups[group]

    def _truth(self, host: Host, condition: Condition) -> t.Any:
        truth = condition.result(host.variables) if host.object else ASK
        if truth is MISSING:
            return ASK if self._strict else False
        return truth

    def _add_to_keyed_groups(self, host: Host) -> None:
        for keyed in self._keyed:
            made = keyed.group_made(host)
            if made is not None:
                self._memberships.add(made, host.object)
                continue
            bare = keyed.bare_name(host)
            if bare is ASK or (bare is None and self._strict):
                self._memberships.settle()
                entries, known = [keyed.entry], self.known(host.variables)
                self._plugin._add_host_to_keyed_groups(entries, known, host.name, strict=self._strict)
            elif bare in keyed.made:
                self._memberships.add(keyed.made[bare], host.object)
            elif bare is not None:
                keyed.made[bare] = self._add_to_new_group(host, keyed.entry, bare)

    def _add_to_new_group(self, host: Host, entry: Json, bare: str) -> t.Any:
        """A group with its first host, and the group above it."""
        prefix, separator = entry.get("prefix", ""), entry.get("separator", "_")
        if prefix == "" and self._plugin.get_option("leading_separator") is False:
            separator = ""
        group = self._group_of(host, f"{prefix}{separator}{bare}")
        if entry.get("parent_group"):
            parent = self._plugin._sanitize_group_name(entry["parent_group"])
            self._inventory.add_group(parent)
            self._inventory.add_child(parent, group.name)
        return group


class _KeyedGroup:
    """An entry of keyed_groups. One that is not plain is all left to Ansible."""

    def __init__(self, entry: t.Any, expression: t.Callable[[t.Any], Expression]) -> None:
        self.entry = entry
        self.key = expression(entry.get("key")) if _is_plain(entry) else None
        #: the groups that it has made so far, by what comes after prefix and separator
        self.made: dict[str, t.Any] = {}

    def group_made(self, host: Host) -> t.Any:
        """The group of this host, if another host has been put into it before."""
        if not self.made or host.object is None:
            return None
        value = locate(self.key.path, host.variables) if self.key and self.key.path else None
        return self.made.get(value) if isinstance(value, str) else None

    def bare_name(self, host: Host) -> t.Any:
        """What the group is called without its prefix; None if there is none, ASK if Ansible has to decide."""
        value = self.key.result(host.variables) if self.key and host.object else ASK
        default = self.entry.get("default_value")
        if value is MISSING or (value is None and default is None):
            return None
        if value is None:
            return default if TYPED else ASK  # what a default is for has grown
        return (value or default) if isinstance(value, str) else ASK


def _is_plain(entry: t.Any) -> bool:
    """Whether an entry of keyed_groups has nothing in it but texts that are no templates, and no contradiction."""
    if not isinstance(entry, dict):
        return False
    texts = [entry.get(name) for name in ("prefix", "separator", "default_value", "parent_group")]
    contradiction = entry.get("trailing_separator") is not None and entry.get("default_value") is not None
    return not contradiction and all(text is None or (isinstance(text, str) and not is_active(text)) for text in texts)
