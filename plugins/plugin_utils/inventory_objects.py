# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Many hosts and memberships of groups, each as the calls of Ansible's inventory make it, but faster.

Those calls find out for each host what is the same for all of them. Whether an inventory is of the kind for which this
comes to the same is tried on a small one first.
"""

from __future__ import annotations

import typing as t

from ansible import constants as C

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json


class NewHosts:
    """Makes hosts that an inventory does not have yet."""

    def __init__(self, inventory: t.Any) -> None:
        self._inventory = inventory
        self._kind: t.Any = None
        #: the variables that each host of a source has from the beginning
        self._common: Json = {}

    def add(self, name: str, variables: Json) -> t.Any:
        """A new host, whose variables these become. The first one shows what all others are to be like."""
        if self._kind is None or not name or name in C.LOCALHOST:
            self._inventory.add_host(name)
            host = self._inventory.hosts[name]
            self._kind, self._common = type(host), host.vars
        else:
            host = self._kind(name)
            self._inventory.hosts[host.name] = host
        variables.update(self._common)
        host.vars = variables
        return host


class Memberships:
    """Puts hosts into groups. Until settle() is called, get_hosts() of a group may lack some of them."""

    def __init__(self) -> None:
        self._open: dict[t.Any, tuple[list[t.Any], set[str], list[t.Any]]] = {}

    def add(self, group: t.Any, host: t.Any) -> None:
        """Make a host a member of a group and of those above."""
        opened = self._open.get(group)
        if opened is None:
            opened = self._open[group] = (group.hosts, group.host_names, [*group.get_ancestors(), group])
        hosts, names, lineage = opened
        if host.name in names:
            return
        names.add(host.name)
        hosts.append(host)
        for one in lineage:
            if one not in host.groups:
                host.groups.append(one)

    def settle(self) -> None:
        """Have groups find their hosts anew. This must come before any other call that concerns groups."""
        for group in self._open:
            group.clear_hosts_cache()
        self._open.clear()


def takes_hosts_directly(inventory: t.Any) -> bool:
    """Whether hosts and groups of this inventory are the same when they are made past the inventory's own calls."""
    try:
        by_calls, directly = type(inventory)(), type(inventory)()
        for probe in (by_calls, directly):
            probe.add_group("parent")
            probe.add_group("group")
            probe.add_child("parent", "group")
        hosts, memberships = NewHosts(directly), Memberships()
        for name in ("one", "two"):
            by_calls.add_host(name)
            by_calls.set_variable(name, "given", name)
            by_calls.add_child("group", name)
            memberships.add(directly.groups["group"], hosts.add(name, {"given": name}))
        memberships.settle()
        return by_calls.hosts["two"].vars["given"] == "two" and _inside(by_calls) == _inside(directly)
    except Exception:  # whatever an unknown version does
        return False


def _inside(inventory: t.Any) -> list[t.Any]:
    """All that an inventory, its groups and its hosts consist of, and the members that groups know of."""
    objects = [inventory, *inventory.groups.values(), *inventory.hosts.values()]
    members = [(group.get_hosts(), group.host_names) for group in inventory.groups.values()]
    return [_comparable(vars(entry)) for entry in objects] + [_comparable(entry) for pair in members for entry in pair]


def _comparable(value: t.Any) -> t.Any:
    """A value with names in the place of objects; two hosts of one name differ in nothing but the id of the object."""
    if isinstance(value, dict):
        return {key: _comparable(entry) for key, entry in value.items() if key != "_uuid"}
    if isinstance(value, (set, frozenset)):
        return sorted(map(repr, value))
    return repr(value)
