# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Rules of security groups: which are one, in which form they are shown and sent, and what is none."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.placeholders import TO_BE_CREATED, placeholder
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network import _rules
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network._rules import (
    canonical,
    key,
    lacking,
    merged,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"protocol": "tcp"}, {"protocol": "6"}),
        ({"protocol": "TCP"}, {"protocol": 6}),
        ({"protocol": None}, {"protocol": "any"}),
        ({}, {"protocol": "-1"}),
        ({"protocol": "icmpv6", "ether_type": "IPv6"}, {"protocol": "58", "ethertype": "IPv6"}),
        ({"protocol": "icmp", "ether_type": "IPv6"}, {"protocol": "ipv6-icmp", "ether_type": "IPv6"}),
        ({"remote_ip_prefix": "10.0.0.7"}, {"remote_ip_prefix": "10.0.0.7/32"}),
        ({"remote_ip_prefix": "10.0.0.7/24"}, {"remote_ip_prefix": "10.0.0.0/24"}),
        (
            {"remote_ip_prefix": "2001:DB8:0::1", "ether_type": "IPv6"},
            {"remote_ip_prefix": "2001:db8::1/128", "ethertype": "IPv6"},
        ),
        ({"remote_ip_prefix": "0.0.0.0/0"}, {}),
        ({"remote_ip_prefix": "::/0", "ether_type": "IPv6"}, {"ether_type": "IPv6"}),
        ({"protocol": "udp", "port_range_min": 1, "port_range_max": 65535}, {"protocol": "udp"}),
        ({"protocol": "udp", "port_range_min": 53}, {"protocol": "udp", "port_range_min": 53, "port_range_max": 53}),
        ({"protocol": "udp", "port_range_max": 53}, {"protocol": "udp", "port_range_min": 53, "port_range_max": 53}),
        ({"description": "one"}, {"description": "other"}),
        ({"remote_group": "g"}, {"remote_group_id": "g"}),
        ({"direction": None, "ether_type": None}, {"direction": "ingress", "ethertype": "IPv4"}),
        ({"remote_group": TO_BE_CREATED}, {"remote_group": placeholder(2)}),
    ],
)
def test_one_rule_in_two_forms(one, other):
    assert key(canonical(one)) == key(canonical(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"protocol": "tcp"}, {"protocol": "udp"}),
        ({"direction": "egress"}, {"direction": "ingress"}),
        ({"ether_type": "IPv6"}, {"ether_type": "IPv4"}),
        ({"protocol": "icmp"}, {"protocol": "icmp", "port_range_min": 8}),
        ({"protocol": "icmp", "port_range_min": 8}, {"protocol": "icmp", "port_range_min": 8, "port_range_max": 0}),
        ({"protocol": "tcp", "port_range_min": 0, "port_range_max": 65535}, {"protocol": "tcp"}),
        ({"remote_group": "g"}, {}),
    ],
)
def test_two_rules(one, other):
    assert key(canonical(one)) != key(canonical(other))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"protocol": "unheard-of"}, "'unheard-of' is not a protocol"),
        ({"protocol": "256"}, "not a protocol"),
        ({"port_range_min": 80}, "need a protocol"),
        ({"protocol": "tcp", "port_range_min": 90, "port_range_max": 80}, "not a range of ports"),
        ({"protocol": "tcp", "port_range_min": 80, "port_range_max": 65536}, "not a range of ports"),
        ({"protocol": "icmp", "port_range_min": 256}, "type and a code"),
        ({"protocol": "icmp", "port_range_max": 0}, "type and a code"),
        ({"remote_ip_prefix": "somewhere"}, "not an IP address or network"),
        ({"remote_ip_prefix": "2001:db8::/32"}, "is IPv6, not IPv4"),
    ],
)
def test_what_is_no_rule_is_refused(rule, words):
    with pytest.raises(OptionError, match=words):
        canonical(rule)


def test_a_rule_is_sent_without_what_it_leaves_open():
    rule = canonical({"protocol": "tcp", "port_range_min": 80, "remote_group": "g", "description": "HTTP"})

    assert _rules.to_send(rule) == {
        "direction": "ingress",
        "ethertype": "IPv4",
        "protocol": "tcp",
        "port_range_min": 80,
        "port_range_max": 80,
        "remote_group_id": "g",
        "description": "HTTP",
    }


def test_a_rule_that_is_wanted_twice_is_one():
    rules = [canonical({"protocol": "tcp"}), canonical({"protocol": "6", "description": "again"})]

    assert _rules.distinct(rules) == rules[:1]


def test_what_is_there_is_not_lacking():
    tcp, udp = canonical({"protocol": "tcp"}), canonical({"protocol": "udp"})

    assert lacking([tcp], [udp, tcp]) == [udp]
    assert lacking([tcp, udp], [udp, tcp]) == []


def test_rules_that_name_two_new_groups_are_two():
    rules = [canonical({"remote_group": placeholder(number)}) for number in (1, 2)]

    assert _rules.distinct(rules) == rules
    assert lacking(rules[:1], rules) == rules[1:]


def test_rules_are_added_and_the_rest_is_purged_on_request():
    present, wanted = _rules.default_rules(), [canonical({"protocol": "tcp"})]

    assert len(merged(present, wanted, purge=False)) == 3
    assert merged(present, wanted, purge=True) == wanted
    assert merged(present, [], purge=True) == []


def test_a_rule_of_the_platform_that_cannot_be_understood_is_still_there():
    (rule,) = _rules.returned([{"protocol": "vendor-specific", "direction": "ingress"}])

    assert rule["protocol"] == "vendor-specific"
    assert lacking([rule], [canonical({})])
