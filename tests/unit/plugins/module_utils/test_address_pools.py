# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses are compared as networks and ranges, and what need not change stays as it was told."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity import _address_pools


def network(cidr, *pools):
    ranges = [{"start_ip": start, "end_ip": end} for start, end in pools]
    return {"cidr": cidr, "ip_version": None, "ip_pools": ranges}


TEN = network("10.0.0.0/24", ("10.0.0.1", "10.0.0.100"))


@pytest.mark.parametrize(
    "same",
    [
        network("10.0.0.7/24", ("10.0.0.1", "10.0.0.100")),
        network("10.0.0.0/24", ("10.0.0.1", "10.0.0.50"), ("10.0.0.51", "10.0.0.100")),
        network("10.0.0.0/24", ("10.0.0.20", "10.0.0.100"), ("10.0.0.1", "10.0.0.30")),
        network("10.0.0.0/255.255.255.0", ("10.0.0.1", "10.0.0.100")),
        {"cidr": "10.0.0.0/24", "ip_version": 4, "ip_pools": None},
    ],
)
@pytest.mark.parametrize("purge", [False, True])
def test_other_words_for_the_same(same, purge):
    assert not _address_pools.differ([TEN], [same], purge)
    assert _address_pools.joined([TEN], [same], purge) == [TEN]


@pytest.mark.parametrize(
    ("current", "wanted"),
    [
        ("2001:db8::/64", "2001:0db8:0:0::5/64"),
        ("fe80::/10", "FE80::/10"),
    ],
)
def test_networks_of_the_newer_version(current, wanted):
    assert not _address_pools.differ([network(current)], [network(wanted)], purge=True)


def test_networks_and_pools_add_to_what_is_there():
    other = network("10.1.0.0/24", ("10.1.0.1", "10.1.0.9"))
    more = network("10.0.0.0/24", ("10.0.0.200", "10.0.0.210"))

    assert _address_pools.differ([TEN, other], [more], purge=False)
    assert _address_pools.joined([TEN, other], [more], purge=False) == [
        network("10.0.0.0/24", ("10.0.0.1", "10.0.0.100"), ("10.0.0.200", "10.0.0.210")),
        other,
    ]


def test_pools_that_overlap_are_cut_anew():
    wanted = network("10.0.0.0/24", ("10.0.0.90", "10.0.0.120"))

    assert _address_pools.joined([TEN], [wanted], purge=False) == [
        network("10.0.0.0/24", ("10.0.0.1", "10.0.0.120")),
    ]


def test_a_purge_leaves_what_is_wanted():
    other = network("10.1.0.0/24")
    less = network("10.0.0.0/24", ("10.0.0.1", "10.0.0.9"))

    assert not _address_pools.differ([TEN, other], [less], purge=False)
    assert _address_pools.differ([TEN, other], [less], purge=True)
    assert _address_pools.joined([TEN, other], [less], purge=True) == [less]
    assert _address_pools.differ([TEN, other], [], purge=True)
    assert _address_pools.joined([TEN, other], [], purge=True) == []


def test_a_network_that_the_platform_tells_twice_is_one():
    parts = [network("10.0.0.0/24", ("10.0.0.1", "10.0.0.9")), network("10.0.0.0/24", ("10.0.0.10", "10.0.0.20"))]
    whole = network("10.0.0.0/24", ("10.0.0.1", "10.0.0.20"))

    assert not _address_pools.differ(parts, [whole], purge=True)
    assert _address_pools.joined(parts, [whole], purge=True) == parts


def test_what_the_platform_tells_may_be_nonsense():
    told = _address_pools.read([{"cidr": None}, {"cidr": "all", "ip_pools": {"start_ip": "", "end_ip": None}}, "x"])

    assert [entry["cidr"] for entry in told] == [None, "all"]
    assert _address_pools.differ(told, [TEN], purge=False)
    assert _address_pools.joined(told, [TEN], purge=False) == [*told, TEN]


@pytest.mark.parametrize(
    ("entry", "sent"),
    [
        (TEN, {"cidr": "10.0.0.0/24", "ip_pools": TEN["ip_pools"]}),
        ({"cidr": "10.0.0.0/24", "ip_version": 0, "ip_pools": None}, {"cidr": "10.0.0.0/24", "ip_version": 0}),
    ],
)
def test_nothing_is_sent_that_nobody_said(entry, sent):
    assert _address_pools.to_wire(entry) == sent


@pytest.mark.parametrize(
    ("pool", "words"),
    [
        (("10.0.0.9", "10.0.0.1"), "10.0.0.9 stands behind 10.0.0.1"),
        (("10.0.1.1", "10.0.1.9"), "10.0.1.1 to 10.0.1.9 is not in 10.0.0.0/24"),
        (("::1", "::9"), "is not in 10.0.0.0/24"),
        (("10.0.0", "10.0.0.9"), "'10.0.0' is not a valid IP address"),
    ],
)
def test_pools_that_are_none(pool, words):
    with pytest.raises(OptionError, match=f"network.network_addresses: .*{words}"):
        _address_pools.check("network.network_addresses", [network("10.0.0.0/24", pool)])
