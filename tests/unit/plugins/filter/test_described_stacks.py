# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The options of cloudos_stack that a file describes, for each project; what is wrong in it; what others manage."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.filter.described_stacks import described_stacks


def test_a_stack_has_its_lists_under_both_kinds_of_names():
    described = {"networks": [{"name": "a"}], "cloudos_servers": [{"name": "b"}], "volumes": None}
    assert described_stacks(described) == {
        "problems": [],
        "others": [],
        "stacks": [{"networks": [{"name": "a"}], "servers": [{"name": "b"}]}],
    }


def test_each_project_has_a_stack_of_its_own_with_the_same_defaults():
    defaults = {"networks": {"mtu": 1400}}
    networks = [{"name": "a", "api_project": "demo"}, {"name": "b"}, {"name": "c", "api_project": "demo"}]
    assert described_stacks({"networks": networks, "defaults": defaults, "state": "absent"})["stacks"] == [
        {"networks": [{"name": "b"}], "defaults": defaults},
        {"networks": [{"name": "a"}, {"name": "c"}], "defaults": defaults, "api_project": "demo"},
    ]


def test_what_an_export_has_beside_is_left_to_others():
    found = described_stacks({"cloudos_flavors": [{"name": "a", "anything": 1}], "cloudos_networks": []})
    assert found == {"problems": [], "others": ["cloudos_flavors"], "stacks": []}


@pytest.mark.parametrize(
    ("described", "problem"),
    [
        ({"flavors": []}, "There is no key flavors. Did you mean 'cloudos_flavors'?"),
        ({"server": []}, "There is no key server. Did you mean 'servers'?"),
        ({1: []}, "There is no key 1. There are: keypairs,"),
        ({"ports": [], "cloudos_ports": []}, "ports and cloudos_ports are one list; use one of them."),
        ({"ports": [{"name": "p", "netwrk": "a"}]}, "cloudos_port: entry 1 (p): there is no option netwrk."),
        ({"ports": "p"}, "cloudos_port: this is no list."),
        (["ports"], "The description is no dictionary of lists."),
        (None, "The description is no dictionary of lists."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_to_be_done(described, problem):
    found = described_stacks(described)
    assert [text[: len(problem)] for text in found["problems"]] == [problem]
    assert found["stacks"] == []
