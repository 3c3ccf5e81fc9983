# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of flavors and images beside their ids: one list of each for all servers."""

from __future__ import annotations

import pytest
from unit.plugins.inventory.harness import operations, parse, plugin

from simulator import seeds

METAL = {"extraType": "BareMetal", "do_manage": "true"}


@pytest.fixture
def kinds(cloud):
    """A flavor and an image, a server and a bare-metal instance that have them, and a server that has neither."""
    image = cloud.seed("images", name="rocky")[0]["id"]
    flavor = cloud.seed("flavors", name="small", ram=1024, vcpus=1, disk=20)[0]["id"]
    cloud.seed("servers", name="web", image_id=image, flavor_id=flavor)
    cloud.seed("servers", name="metal", image_id=image, flavor_id=flavor, metadata=METAL)
    cloud.seed("servers", name="old", image_id="gone", flavor_id="gone")
    cloud.clear_log()
    return cloud


def names(inventory, *kinds):
    return {name: tuple(host.vars[f"cloudos_{kind}_name"] for kind in kinds) for name, host in inventory.hosts.items()}


def test_names_stand_beside_ids(kinds):
    inventory = parse(plugin(kinds, join=["flavor", "image"]))
    assert names(inventory, "flavor", "image") == {
        "web": ("small", "rocky"),
        "metal": ("small", "rocky"),
        "old": (None, None),
    }
    assert inventory.hosts["old"].vars["cloudos_flavor"] == "gone"


@pytest.mark.parametrize(
    ("join", "lists"),
    [
        ([], []),
        (["flavor"], ["flavor-list-detail"]),
        (["image"], ["image-list"]),
        (["image", "flavor", "image"], ["flavor-list-detail", "image-list"]),
    ],
)
def test_each_costs_one_list_and_nothing_else_is_added(kinds, join, lists):
    inventory = parse(plugin(kinds, join=join))
    extra = [name for name in operations(kinds) if name not in ("token-create", "baremetal-node-list")]
    assert sorted(extra) == sorted(["server-list-detail", *lists])
    added = {name for name in inventory.hosts["web"].vars if name.endswith(("flavor_name", "image_name"))}
    assert added == {f"cloudos_{kind}_name" for kind in join}


def test_filters_and_joins_share_a_list(kinds):
    inventory = parse(plugin(kinds, join=["flavor"], filters={"flavor": "small"}))
    assert names(inventory, "flavor") == {"web": ("small",), "metal": ("small",)}
    assert operations(kinds).count("flavor-list-detail") == 1


def test_nothing_is_looked_up_where_nothing_is_found(cloud):
    assert not parse(plugin(cloud, join=["flavor", "image"])).hosts
    assert operations(cloud) == ["token-create", "server-list-detail"]


@pytest.mark.parametrize("private", [False, True])
def test_a_further_project_reads_a_list_only_for_what_is_missing(kinds, private):
    kinds.seed("servers", name="other", project_id=seeds.DEMO_PROJECT, image_id="gone" if private else None)
    inventory = parse(plugin(kinds, projects=["demo", "admin"], join=["flavor"], filters={"name_pattern": "web|other"}))
    assert names(inventory, "flavor")["web"] == ("small",)
    assert operations(kinds).count("flavor-list-detail") == 1


def test_what_the_first_project_does_not_see_is_read_in_the_next(kinds):
    own = kinds.seed("images", name="own", visibility="private", owner=seeds.DEMO_PROJECT)[0]["id"]
    kinds.seed("servers", name="other", project_id=seeds.DEMO_PROJECT, image_id=own)
    inventory = parse(plugin(kinds, projects=["admin", "demo"], join=["image"], filters={"name_pattern": "web|other"}))
    assert names(inventory, "image") == {"web": ("rocky",), "other": ("own",)}
    assert operations(kinds).count("image-list") <= 2


@pytest.mark.parametrize("listed", [True, False])
def test_what_a_server_reports_itself_is_its_flavor(kinds, listed):
    """nova from microversion 2.47 on has no id of it."""
    kinds.settings(server_flavor="embedded")
    if not listed:
        kinds.fault("status", match={"operation": "flavor-list-detail"}, status=403)
    inventory = parse(plugin(kinds, join=["flavor"], filters={"name": "web"}))
    assert names(inventory, "flavor") == {"web": ("small",)}
    assert operations(kinds).count("flavor-list-detail") == 1


@pytest.mark.parametrize("status", [403, 404])
def test_users_who_may_not_list_get_no_names(kinds, status):
    kinds.fault("status", match={"operation": "image-list"}, status=status)
    inventory = parse(plugin(kinds, join=["flavor", "image"]))
    assert names(inventory, "flavor", "image")["web"] == ("small", None)


def test_names_make_groups_hosts_and_conditions(kinds):
    inventory = parse(
        plugin(
            kinds,
            join=["flavor", "image"],
            hostnames=["name ~ '.' ~ image_name", "name"],
            include="flavor_name == 'small'",
            keyed_groups=[{"key": "flavor_name", "prefix": "flavor"}],
        )
    )
    assert {host.name for host in inventory.groups["flavor_small"].hosts} == {"web.rocky", "metal.rocky"}


# --- what servers and instances themselves report ---------------------------------------------------------------


@pytest.mark.parametrize("metadata", [{}, METAL])
def test_addresses_and_security_groups_are_variables(cloud, metadata):
    cloud.settings(shape="openstack")
    cloud.seed("servers", name="web", metadata=metadata)
    variables = parse(plugin(cloud)).hosts["web"].vars
    assert variables["cloudos_ip_address"] == variables["ansible_host"]
    assert variables["cloudos_floating_ip"] is None
    assert variables["cloudos_security_groups"] == ["default"]
