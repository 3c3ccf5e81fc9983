# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""In which order the objects of a stack come and go, and how pools of subnets and rules of groups are described."""

from __future__ import annotations

import functools

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.fleet import stages
from ansible_collections.h3c.cloudos.plugins.module_utils.features import stack
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.spelling import did_you_mean
from ansible_collections.h3c.cloudos.plugins.module_utils.module.fleet import validated_member
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network import _addresses, _rules


def order(**lists):
    """The stages of a stack: kind, names, and whether they are made without what names others."""
    options = {"defaults": None, "wait": True, "wait_timeout": None, "concurrency": 1, "state": "present"}
    run = Context(Client(Connection("http://cloud", token="t")), {**options, "on_failure": "stop", **lists})
    kinds = [resource for resource in stack.RESOURCES if lists.get(resource.plural)]
    found = [
        stages._stage_of(resource, run, lambda kind: functools.partial(validated_member, kind, run))
        for resource in kinds
    ]
    ordered = stages._ordered(found)
    return [
        (stage.resource.plural, "+".join(member.name for member in stage.members), stage.is_first, stage.is_removal)
        for stage in ordered
    ]


def test_what_goes_goes_last_and_backwards():
    lists = {
        kind: [{"name": "new"}, {"name": "old", "state": "absent"}] for kind in ("servers", "networks", "keypairs")
    }
    assert order(**lists) == [
        ("keypairs", "new", False, False),
        ("networks", "new", False, False),
        ("servers", "new", False, False),
        ("servers", "old", False, True),
        ("networks", "old", False, True),
        ("keypairs", "old", False, True),
    ]


def test_an_object_comes_after_those_that_it_is_made_from():
    volumes = [
        {"name": "copy", "source_volume": "late"},
        {"name": "late", "snapshot": "shot"},
        {"name": "elsewhere", "source_volume": "of another file"},
        {"name": "first"},
    ]
    lists = {"volumes": volumes, "volume_snapshots": [{"name": "shot", "volume": "first"}], "servers": [{"name": "s"}]}
    assert [found[:2] for found in order(**lists)] == [
        ("volumes", "elsewhere+first"),
        ("volume_snapshots", "shot"),
        ("volumes", "late"),
        ("volumes", "copy"),
        ("servers", "s"),
    ]


def test_groups_that_others_name_are_made_without_rules_before():
    groups = [
        {"name": "a", "rules": [{"remote_group": "b"}, {"remote_group": "a"}]},
        {"name": "b", "rules": [{"remote_group": "of another file"}]},
        {"name": "c"},
    ]
    assert order(security_groups=groups) == [
        ("security_groups", "b", True, False),
        ("security_groups", "a+b+c", False, False),
    ]


@pytest.mark.parametrize(
    ("cidr", "gateway", "pools"),
    [
        ("10.0.0.0/24", "10.0.0.1", [("10.0.0.2", "10.0.0.254")]),
        ("10.0.0.0/24", "10.0.0.254", [("10.0.0.1", "10.0.0.253")]),
        ("10.0.0.0/24", "10.0.0.9", [("10.0.0.1", "10.0.0.8"), ("10.0.0.10", "10.0.0.254")]),
        ("10.0.0.0/24", None, [("10.0.0.1", "10.0.0.254")]),
        ("10.0.0.0/31", None, [("10.0.0.0", "10.0.0.1")]),
        ("2001:db8::/64", "2001:db8::1", [("2001:db8::2", "2001:db8::ffff:ffff:ffff:ffff")]),
    ],
)
def test_the_pools_that_the_platform_gives_a_subnet(cidr, gateway, pools):
    expected = [{"start": start, "end": end} for start, end in pools]
    assert _addresses.default_pools(cidr, gateway) == expected
    assert _addresses.same_pools(reversed(expected), _addresses.default_pools(cidr, gateway))
    assert not _addresses.same_pools(expected, [])


def test_a_rule_is_described_without_what_goes_without_saying():
    rule = _rules.canonical({"direction": "egress", "protocol": "6", "remote_group": "g-1"})
    assert _rules.described(rule, {"g-1": "web"}.__getitem__) == {
        "direction": "egress",
        "protocol": "tcp",
        "remote_group": "web",
    }
    assert _rules.described(_rules.canonical({}), str) == {}


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("netwrks", ["networks", "ports"], "networks"),
        ("web-l", ["web-1", "web-2"], "web-1"),
        ("WEB_1", ["web-1", "web-2"], "web-1"),
        ("data", ["data-1", "data-2"], None),
        ("xyz", ["networks", "ports"], None),
        ("south", ["north"], None),
    ],
)
def test_a_word_that_is_like_no_other_or_like_several_is_no_question(word, known, meant):
    assert did_you_mean(word, known) == (f"Did you mean '{meant}'?" if meant else None)
