# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Addresses, hosts and MAC addresses are one however they are written, and two where they are two."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.model import canonical
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.infrastructure.compute_node import COMPUTE_NODE

SPELLINGS = [
    ["2001:db8::77", "2001:DB8:0:0::77", " 2001:0db8:0000:0000:0000:0000:0000:0077 ", "[2001:db8::77]"],
    ["192.0.2.9", "192.0.2.9 ", "::ffff:192.0.2.9"],
    ["192.0.2.90"],
    ["bmc7.example.com", "BMC7.Example.COM", "bmc7.example.com.", "\tbmc7.example.com\n"],
    ["bmc7.example.org"],
    [None, "", "  "],
]


@pytest.mark.parametrize("one", SPELLINGS, ids=lambda spellings: str(spellings[0]))
@pytest.mark.parametrize("other", SPELLINGS, ids=lambda spellings: str(spellings[0]))
def test_hosts_are_one_exactly_if_they_are_spellings_of_one(one, other):
    for first in one:
        for second in other:
            assert canonical.same_host(first, second) == (one is other)


@given(st.ip_addresses(), st.booleans())
def test_the_canonical_form_of_an_address_is_its_own(address, long):
    written = address.exploded.upper() if long else str(address)
    assert canonical.host(written) == canonical.host(canonical.host(written))
    assert ipaddress.ip_address(canonical.host(written)) in (address, getattr(address, "ipv4_mapped", None))


@given(st.text(max_size=20))
def test_any_text_has_one_canonical_form(text):
    assert canonical.host(canonical.host(text)) == canonical.host(text)
    assert canonical.mac_or_text(canonical.mac_or_text(text)) == canonical.mac_or_text(text)


@pytest.mark.parametrize("text", ["74:EA:cb:75:1c:2b", "74-ea-cb-75-1c-2b", "74ea.cb75.1c2b", " 74EACB751C2B "])
def test_macs_are_written_with_any_separators(text):
    assert canonical.mac(text) == "74:ea:cb:75:1c:2b"
    assert canonical.same_mac(text, "74:ea:cb:75:1c:2b")


@pytest.mark.parametrize("text", [None, "", "eth0", "74:ea:cb:75:1c", "zz:74:ea:cb:75:1c:2b", 7])
def test_what_is_no_mac_is_compared_as_text(text):
    assert canonical.mac(text) is None
    assert not canonical.same_mac(text, "74:ea:cb:75:1c:2b")
    assert canonical.same_mac(text, text)


def test_the_management_of_a_compute_node_is_compared_as_a_host():
    (field,) = [field for field in COMPUTE_NODE.fields if field.name == "host_ip"]
    assert not field.differs("2001:db8::77", "2001:DB8:0::77")
    assert field.differs("2001:db8::77", "2001:db8::78")
