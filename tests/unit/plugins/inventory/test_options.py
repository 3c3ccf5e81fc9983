# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which files it takes, and which options it has."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from ansible import constants as C
from ansible.errors import AnsibleParserError
from unit.plugins.inventory.harness import OptionsOnly, documented_options, parse

from ansible_collections.h3c.cloudos.plugins.inventory import cloudos
from ansible_collections.h3c.cloudos.plugins.module_utils.module.connection_options import CONNECTION
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_options import VERSION

REPOSITORY = Path(__file__).resolve().parents[4]


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
        # Ansible reads no dictionary from a variable.
        assert option["type"] == {"dict": "raw"}.get(spec["type"], spec["type"])
        assert option.get("choices") == spec.get("choices")
        assert option.get("default") == spec.get("default")
        # The address can come from api_cloud, of which Ansible knows nothing.
        assert option.get("required", False) == (spec.get("required", False) and name != "api_url")


def test_the_version_is_that_of_the_collection():
    assert yaml.safe_load((REPOSITORY / "galaxy.yml").read_text())["version"] == VERSION


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch) -> cloudos.InventoryModule:
    """The plugin with the options that Ansible would read, and no variable that says anything."""
    for option in documented_options().values():
        for variable in option.get("env", []):
            monkeypatch.delenv(variable["name"], raising=False)
    C.config.initialize_plugin_configuration_definitions(
        "inventory", cloudos.InventoryModule.NAME, documented_options()
    )
    made = cloudos.InventoryModule()
    made._load_name = made.NAME
    return made


def test_an_empty_variable_counts_as_not_set_and_the_environment_stays_as_it_is(plugin, monkeypatch):
    """Other plugins, lookups and modules of the process have the same environment."""
    given = {"plugin": plugin.NAME, "api_url": "http://cloud:11000"}
    plugin.set_options(direct=given)
    as_if_not_set = dict(plugin.get_options())
    for name, option in documented_options().items():
        for variable in option.get("env", []):
            if variable["name"].startswith("CLOUDOS_") and name != "api_url":
                monkeypatch.setenv(variable["name"], "")
    before = dict(os.environ)
    plugin.set_options(direct=given)
    assert plugin.get_options() == as_if_not_set
    assert dict(os.environ) == before


def test_a_variable_that_is_not_empty_and_the_file_come_first(plugin, monkeypatch):
    monkeypatch.setenv("CLOUDOS_PROJECT", "web")
    monkeypatch.setenv("CLOUDOS_TIMEOUT", "")
    plugin.set_options(direct={"plugin": plugin.NAME, "api_url": "http://cloud:11000", "api_timeout": 5})
    assert plugin.get_option("api_project") == "web"
    assert plugin.get_option("api_timeout") == 5.0


@pytest.mark.parametrize(
    "options",
    [{"api_timeout": float("nan")}, {"ca_path": ""}, {"ca_path": "/nowhere/ca.pem"}, {"api_password": "x\ud800"}],
)
def test_options_of_the_connection_are_held_to_what_modules_demand_of_them(options):
    with pytest.raises(AnsibleParserError, match=f"^{next(iter(options))}: "):
        parse(OptionsOnly(api_username="admin", **{"api_password": "some-password", **options}))
