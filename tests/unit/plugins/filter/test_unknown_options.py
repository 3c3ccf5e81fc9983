# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a module would not take is told before it is left out."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.h3c.cloudos.plugins.filter.unknown_options import unknown_options


def test_entries_of_known_options_are_fine():
    entries = [{"name": "web", "vcpus": 1, "api_project": "demo", "state": "absent"}, {}]
    assert unknown_options({"cloudos_flavor": entries, "cloudos_server": []}) == []


def test_each_wrong_entry_is_told_with_its_place_and_name():
    wrong = [{"name": "web", "cpus": 1, "memory": 2}, "web", {"id": "1", "xyz": 1}]
    assert unknown_options({"cloudos_flavor": wrong}) == [
        "cloudos_flavor: entry 1 (web): there is no option cpus, memory. Did you mean 'vcpus'?",
        "cloudos_flavor: entry 2 is no dictionary.",
        "cloudos_flavor: entry 3 (1): there is no option xyz.",
    ]


@pytest.mark.parametrize("option", ["only_plan", "plan_file"])
def test_what_holds_a_run_to_its_plan_is_no_part_of_a_description(option):
    why = f"{option} is of a run, not of a description. Use the variable plan_file of the playbook."
    assert unknown_options({"cloudos_flavor": [{"name": "web", option: "x"}]}) == [
        f"cloudos_flavor: entry 1 (web): {why}"
    ]
    assert unknown_options({"cloudos_server": [{"nme": "web", option: "x"}]}) == [
        f"cloudos_server: entry 1 (None): {why}",
        "cloudos_server: entry 1 (None): there is no option nme. Did you mean 'name'?",
    ]


@pytest.mark.parametrize("value", [{"name": "web"}, "web", None, 1])
def test_what_is_no_list_is_told(value):
    assert unknown_options({"cloudos_flavor": value}) == ["cloudos_flavor: this is no list."]


@pytest.mark.parametrize("name", ["cloudos_flavors", "cloudos.flavors"])
def test_a_module_that_does_not_exist_is_an_error(name):
    with pytest.raises(AnsibleFilterError, match=f"no module '{name}'"):
        unknown_options({name: []})
