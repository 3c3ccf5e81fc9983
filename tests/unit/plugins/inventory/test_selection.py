# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which machines become hosts, and with which variables."""

from __future__ import annotations

from unittest import mock

import pytest
from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from unit.plugins.inventory.harness import OptionsOnly, parse, server

from ansible_collections.h3c.cloudos.plugins.plugin_utils import constructed
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_selection import is_yes
from ansible_collections.h3c.cloudos.plugins.plugin_utils.trust import trusted

SERVERS = [
    server("web", status="ACTIVE", metadata={"managed": "true", "role": "web"}),
    server("db", status="SHUTOFF", metadata={"managed": "no", "role": "db"}),
    server("metal", status="ACTIVE", metadata={}, kind="baremetal_instance"),
]


def hosts(**options):
    return list(parse(OptionsOnly(**options), SERVERS).hosts)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["web", "db", "metal"]),
        ({"include": "metadata.managed"}, ["web"]),
        ({"exclude": "metadata.managed"}, ["db", "metal"]),
        ({"include": ["metadata.managed", "kind == 'baremetal_instance'"]}, ["web", "metal"]),
        ({"include": ["status == 'ACTIVE'"], "exclude": ["metadata.role == 'web'"]}, ["metal"]),
        ({"include": "cloudos_metadata.role in ['web', 'db']"}, ["web", "db"]),
        ({"include": "metadata.role | default('none') == 'none'"}, ["metal"]),
        ({"include": "[metadata.role, 'status']"}, ["web", "db", "metal"]),
        ({"include": '["status == \'SHUTOFF\'", "metadata.managed"]'}, ["web", "db"]),
        ({"include": "- status == 'SHUTOFF'\n- metadata.managed"}, ["web", "db"]),
        ({"include": []}, ["web", "db", "metal"]),
        ({"exclude": "id"}, []),
    ],
)
def test_hosts_are_those_of_include_without_those_of_exclude(options, expected):
    assert hosts(**options) == expected


@pytest.mark.parametrize("option", ["include", "exclude"])
@pytest.mark.parametrize("text", ["metadata.role", "metadata.role == 'web'"])
def test_what_is_missing_is_not_true_unless_strict(option, text):
    chosen = [text, "name == 'metal'"] if option == "include" else [text]
    assert "metal" in hosts(**{option: chosen})
    with pytest.raises(AnsibleParserError, match=rf"^{option}: {text} of metal \(id-of-metal\): "):
        hosts(strict=True, **{option: chosen})


@pytest.mark.parametrize("text", ["name | nosuchfilter", "name == ", "(1, 2) + name"])
def test_a_mistake_in_a_condition_is_an_error_even_if_not_strict(text):
    for option in ("include", "exclude"):
        with pytest.raises(AnsibleParserError, match=f"^{option}: "):
            hosts(**{option: text})


def test_conditions_know_extra_variables_when_asked_for():
    extra = {"wanted": trusted("web"), "status": trusted("no")}
    with mock.patch("ansible.plugins.inventory.load_extra_vars", return_value=extra):
        assert hosts(use_extra_vars=True, include="metadata.role == wanted") == ["web"]
        assert hosts(use_extra_vars=True, include="status") == []
        assert hosts(use_extra_vars=True, include="wanted") == ["web", "db", "metal"]


def test_a_condition_never_evaluates_a_text_of_the_platform():
    servers = [server("{{ 1 == 1 }}", id="1", metadata={"on": "{{ false }}"})]
    assert len(parse(OptionsOnly(include="metadata.on"), servers).hosts) == 1
    assert len(parse(OptionsOnly(include="metadata.on | string"), servers).hosts) == 1


def test_those_that_are_excluded_take_no_names():
    servers = [server("web", id="1", metadata={"old": "yes"}), server("web", id="2", metadata={})]
    inventory = parse(OptionsOnly(exclude="metadata.old"), servers)
    assert {name: host.vars["cloudos_id"] for name, host in inventory.hosts.items()} == {"web": "2"}


@pytest.mark.parametrize("value", [None, False, 0, "", " No ", "false", "OFF", "n", "0", "None", [], {}])
def test_what_means_no(value):
    assert not is_yes(value)


@pytest.mark.parametrize("value", [True, 1, "yes", "web", "{{ false }}", "00", [0]])
def test_what_means_yes(value):
    assert is_yes(value)


# --- host_variables ---------------------------------------------------------------------------------------------


def shown(inventory):
    return {name for name in inventory.hosts["web"].vars if not name.startswith("inventory_")}


@pytest.mark.parametrize("direct", [True, False])
def test_hosts_have_the_variables_that_are_asked_for(direct, monkeypatch):
    if not direct:
        monkeypatch.setattr(constructed, "takes_hosts_directly", lambda inventory: False)
    found = [server(addresses={"net": [{"addr": "10.0.0.1", "version": 4, "type": "fixed"}]}, metadata={"role": "db"})]
    wanted = ["status", "cloudos_metadata"]
    options = {
        "compose": {"x": "metadata.role ~ name"},
        "groups": {"on": "power_state == 'running'"},
        "keyed_groups": [{"key": "metadata.role", "prefix": "role"}, {"key": "name | upper", "prefix": "n"}],
        "hostnames": ["name"],
    }
    inventory = parse(OptionsOnly(host_variables=wanted, **options), found)
    assert shown(inventory) == {"cloudos_id", "ansible_host", "cloudos_status", "cloudos_metadata", "x"}
    assert inventory.hosts["web"].vars["x"] == "dbweb"
    assert {"on", "role_db", "n_WEB"} <= set(inventory.groups)


def test_all_properties_are_variables_by_default():
    default, given = (
        shown(parse(OptionsOnly(), [server()])),
        shown(parse(OptionsOnly(host_variables=["all"]), [server()])),
    )
    assert default == given > {"cloudos_id", "cloudos_host_id", "cloudos_security_groups", "cloudos_ip_address"}
    assert shown(parse(OptionsOnly(host_variables=[]), [server()])) == {"cloudos_id"}


def test_servers_of_two_sources_stay_apart_with_few_variables(monkeypatch):
    inventory, plugin = InventoryData(), OptionsOnly(host_variables=["name"])
    monkeypatch.setattr(plugin.display, "warning", lambda text: None)
    parse(OptionsOnly(host_variables=["name"]), [server("web", id="1")], inventory)
    parse(plugin, [server("web", id="2")], inventory)
    assert set(inventory.hosts) == {"web", "web_2"}
