# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which projects descriptions mean, which are to be created, and that no password comes along."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.filter.described_projects import FilterModule

described_projects = FilterModule().filters()["described_projects"]

DEMO = {"id": "1", "name": "demo", "domain": "default"}
SALES = {"id": "2", "name": "sales", "domain": "corp-id"}
PROJECTS = [
    DEMO,
    SALES,
    {"id": "3", "name": "twin", "domain": "default"},
    {"id": "4", "name": "twin", "domain": "corp-id"},
]


@pytest.mark.parametrize(
    ("entry", "existing", "name", "domain"),
    [
        ({"name": "demo"}, ["1"], "demo", "default"),
        ({"name": "2"}, ["2"], "sales", "corp-id"),
        ({"name": "sales"}, ["2"], "sales", "corp-id"),
        ({"name": "sales", "domain": "default"}, [], "sales", "default"),
        ({"name": "sales", "domain": "Corp"}, ["2"], "sales", "Corp"),
        ({"name": "twin"}, ["3", "4"], "twin", None),
        ({"name": "twin", "domain": "corp-id"}, ["4"], "twin", "corp-id"),
        ({"name": "new"}, [], "new", None),
    ],
)
def test_a_project_is_found_by_id_or_by_its_name_in_its_domain(entry, existing, name, domain):
    (described,) = described_projects([entry], PROJECTS)

    assert (described["existing"], described["project"]) == (existing, {"name": name, "domain": domain})


@pytest.mark.parametrize(
    ("entry", "create"),
    [
        ({"quota": {"compute": {"cores": 1}}, "template": "t", "zones": ["nova11"], "purge_zones": True}, False),
        ({"description": None, "users": None}, False),
        ({"description": ""}, True),
        ({"users": []}, True),
        ({"parent": "demo"}, True),
        ({"enabled": False}, True),
        ({"create": True}, True),
        ({"users": [], "create": False}, False),
    ],
)
def test_only_an_entry_that_describes_the_project_itself_creates_it(entry, create):
    assert described_projects([{"name": "new", **entry}], PROJECTS)[0]["create"] is create


def test_a_second_description_of_a_project_is_marked():
    entries = [
        {"name": "demo"},
        {"name": "1"},
        {"name": "new"},
        {"name": "new", "domain": "default"},
        {"name": "sales"},
    ]

    assert [entry["repeated"] for entry in described_projects(entries, PROJECTS)] == [False, True, False, True, False]


def test_users_come_without_their_passwords():
    users = [{"name": "alice", "password": "secret", "email": None}, {"name": "bob", "state": "absent"}]

    assert described_projects([{"name": "demo", "users": users}], PROJECTS)[0]["users"] == [
        {"name": "alice", "state": "present", "index": 0},
        {"name": "bob", "state": "absent", "index": 1},
    ]
