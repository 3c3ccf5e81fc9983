# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hosts and memberships past the calls of Ansible's inventory are those that the calls make."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleError
from ansible.inventory.data import InventoryData

from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_objects import (
    Memberships,
    NewHosts,
    takes_hosts_directly,
)


class KeepsVariablesElsewhere(InventoryData):
    def set_variable(self, entity, varname, value):
        self.elsewhere = {entity: {varname: value}}


class CountsHosts(InventoryData):
    count = 0

    def add_host(self, host, group=None, port=None):
        self.count += 1
        return super().add_host(host, group, port)


class TellsOfMembers(InventoryData):
    def add_child(self, group, child):
        added = super().add_child(group, child)
        self.groups[group].set_variable("last", child)
        return added


@pytest.mark.parametrize(
    ("kind", "direct"),
    [
        (InventoryData, True),
        (KeepsVariablesElsewhere, False),
        (CountsHosts, False),
        (TellsOfMembers, False),
        (object, False),
    ],
)
def test_only_an_inventory_of_the_known_kind_is_filled_directly(kind, direct):
    assert takes_hosts_directly(kind()) is direct


def test_each_host_is_told_where_it_comes_from(tmp_path):
    inventory = InventoryData()
    inventory.current_source = str(tmp_path / "demo.cloudos.yml")
    hosts = NewHosts(inventory)
    made = [hosts.add(name, {"given": name}) for name in ("one", "two", "three")]
    assert [inventory.hosts[name] for name in ("one", "two", "three")] == made
    inventory.add_host("four")
    for host in made:
        assert host.vars == {"given": host.name, **inventory.hosts["four"].vars}
    assert inventory.hosts["four"].vars["inventory_file"] == inventory.current_source


def test_the_controller_stays_what_the_inventory_takes_it_for():
    inventory = InventoryData()
    hosts = NewHosts(inventory)
    hosts.add("one", {})
    assert inventory.localhost is None
    found = hosts.add("localhost", {})
    assert found is inventory.localhost is not None


def test_a_host_without_a_name_is_refused_as_ever():
    hosts = NewHosts(InventoryData())
    hosts.add("one", {})
    with pytest.raises(AnsibleError, match="empty host name"):
        hosts.add("", {})


def family() -> InventoryData:
    """A group below another one, with hosts beside them."""
    inventory = InventoryData()
    for group in ("parent", "group"):
        inventory.add_group(group)
    inventory.add_child("parent", "group")
    for host in ("one", "two"):
        inventory.add_host(host)
    return inventory


def test_members_are_known_to_the_group_to_those_above_and_to_themselves():
    inventory, memberships = family(), Memberships()
    group, parent, one, two = inventory.groups["group"], inventory.groups["parent"], *inventory.hosts.values()
    assert parent.get_hosts() == []
    for host in (one, two, one):
        memberships.add(group, host)
    memberships.settle()
    assert group.hosts == group.get_hosts() == parent.get_hosts() == [one, two]
    assert parent.hosts == []
    assert {each.name for each in one.get_groups()} == {"group", "parent"}
    assert not group.add_host(one)


def test_members_come_into_groups_that_are_put_above_later():
    inventory, memberships = family(), Memberships()
    group, one, two = inventory.groups["group"], *inventory.hosts.values()
    memberships.add(group, one)
    memberships.settle()
    inventory.add_group("late")
    inventory.add_child("late", "group")
    memberships.add(group, two)
    memberships.settle()
    for host in (one, two):
        assert {each.name for each in host.get_groups()} == {"group", "parent", "late"}
    assert inventory.groups["late"].get_hosts() == [one, two]
