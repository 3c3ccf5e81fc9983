# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files it takes, and which options it has."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from unit.inventory.harness import documented_options

from ansible_collections.h3c.cloudos.plugins.inventory import cloudos
from ansible_collections.h3c.cloudos.plugins.module_utils.options import CONNECTION

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("web.cloudos.yml", True),
        ("web.cloudos.yaml", True),
        ("cloudos.yml", False),
        ("web.yml", False),
        ("web.cloudos.json", False),
        ("web.cloudos.yml.bak", False),
    ],
)
def test_only_files_of_its_own_name_are_taken(tmp_path, name, taken):
    (tmp_path / name).write_text("plugin: h3c.cloudos.cloudos\n")
    assert cloudos.InventoryModule().verify_file(str(tmp_path / name)) is taken


def test_a_file_that_is_not_there_is_not_taken(tmp_path):
    assert not cloudos.InventoryModule().verify_file(str(tmp_path / "web.cloudos.yml"))


def test_every_option_has_an_environment_variable():
    without = {name for name, option in documented_options().items() if not option.get("env")}
    assert without == {"plugin"}


def test_no_environment_variable_means_two_options():
    names = [entry["name"] for option in documented_options().values() for entry in option.get("env", [])]
    assert len(names) == len(set(names))


def test_the_connection_has_the_options_variables_and_defaults_of_the_modules():
    documented = documented_options()
    for name, spec in CONNECTION.items():
        option = documented[name]
        assert [entry["name"] for entry in option["env"]] == spec["fallback"][1]
        assert option["type"] == spec["type"]
        assert option.get("default") == spec.get("default")
        assert option.get("required", False) == spec.get("required", False)


def test_the_version_is_that_of_the_collection():
    assert yaml.safe_load((REPOSITORY / "galaxy.yml").read_text())["version"] == cloudos.VERSION
