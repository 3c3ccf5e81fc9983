# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of servers: names, variables, groups."""

from __future__ import annotations

import pytest
from ansible.errors import AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.inventory.manager import InventoryManager
from ansible.parsing.dataloader import DataLoader
from unit.plugins.inventory.harness import OptionsOnly, parse, server


def address(addr, version=4, type="fixed"):
    return {"addr": addr, "version": version, "type": type, "mac_address": None}


# --- variables --------------------------------------------------------------------------------------------------


def test_properties_become_variables_with_a_prefix_and_nothing_else():
    inventory = parse(OptionsOnly(), [server("web", metadata={"role": "db"}, power_state="running")])
    variables = inventory.hosts["web"].vars
    assert variables["cloudos_id"] == "id-of-web"
    assert variables["cloudos_metadata"] == {"role": "db"}
    assert variables["cloudos_kind"] == "server"
    assert variables["cloudos_project"] == "admin"
    assert {name for name in variables if not name.startswith("cloudos_")} <= {"inventory_file", "inventory_dir"}


def test_what_a_list_does_not_tell_is_no_variable():
    variables = parse(OptionsOnly(), [server()]).hosts["web"].vars
    assert not {"cloudos_volumes", "cloudos_ports", "cloudos_admin_password", "cloudos_user_data"} & set(variables)


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        ({}, None),
        ({"net": [address("10.0.0.1"), address("10.0.0.2")]}, "10.0.0.1"),
        ({"b": [address("10.0.0.9")], "a": [address("10.0.0.1")]}, "10.0.0.9"),
        ({"net": [address("203.0.113.5", type="floating"), address("10.0.0.1")]}, "10.0.0.1"),
        ({"net": [address("2001:db8::1", 6), address("10.0.0.1")]}, "10.0.0.1"),
        ({"net": [address("2001:db8::1", 6)]}, "2001:db8::1"),
        ({"net": [address("203.0.113.5", type="floating")]}, None),
        ({"net": [address("10.0.0.1", type=None)]}, "10.0.0.1"),
    ],
)
def test_ansible_host_is_the_first_fixed_ipv4_address(addresses, expected):
    variables = parse(OptionsOnly(), [server(addresses=addresses)]).hosts["web"].vars
    assert variables.get("ansible_host") == expected


def test_the_floating_address_is_a_variable_that_compose_can_make_the_address():
    found = [server(addresses={"net": [address("10.0.0.1"), address("203.0.113.5", type="floating")]})]
    variables = parse(OptionsOnly(compose={"ansible_host": "floating_ip"}), found).hosts["web"].vars
    assert (variables["cloudos_ip_address"], variables["cloudos_floating_ip"]) == ("10.0.0.1", "203.0.113.5")
    assert variables["ansible_host"] == "203.0.113.5"


def test_compose_can_set_another_address():
    plugin = OptionsOnly(compose={"ansible_host": "(addresses.values() | first | last).addr"})
    inventory = parse(plugin, [server(addresses={"net": [address("10.0.0.1"), address("10.0.0.2")]})])
    assert inventory.hosts["web"].vars["ansible_host"] == "10.0.0.2"


# --- groups -----------------------------------------------------------------------------------------------------


def test_expressions_know_properties_with_and_without_the_prefix():
    plugin = OptionsOnly(
        compose={"a": "status", "b": "cloudos_status", "c": "metadata.role ~ cloudos_metadata.role"},
        groups={"running": "power_state == 'running'", "prefixed": "cloudos_power_state == 'running'"},
        keyed_groups=[
            {"key": "status", "prefix": "status"},
            {"key": "cloudos_metadata.role", "prefix": "role"},
            {"key": "availability_zone", "prefix": "zone", "parent_group": "zones_of_{{ project }}"},
            {"key": "kind"},
        ],
    )
    inventory = parse(
        plugin, [server(metadata={"role": "db"}, availability_zone="nova11"), server("other", power_state="stopped")]
    )
    variables = inventory.hosts["web"].vars
    assert (variables["a"], variables["b"], variables["c"]) == ("ACTIVE", "ACTIVE", "dbdb")
    groups = {group.name for group in inventory.hosts["web"].get_groups()}
    assert groups == {"running", "prefixed", "status_ACTIVE", "role_db", "zone_nova11", "zones_of_admin", "_server"}
    assert {group.name for group in inventory.hosts["other"].get_groups()} == {"status_ACTIVE", "_server"}


@pytest.mark.parametrize(
    "option",
    [
        {"compose": {"a": "missing.key"}},
        {"groups": {"a": "missing.key == 1"}},
        {"keyed_groups": [{"key": "missing.key"}]},
        {"hostnames": ["missing.key", "name"]},
    ],
)
def test_what_cannot_be_evaluated_is_left_out_unless_strict(option):
    assert list(parse(OptionsOnly(**option), [server()]).hosts) == ["web"]
    with pytest.raises(AnsibleParserError, match=f"^{next(iter(option))}: "):
        parse(OptionsOnly(strict=True, **option), [server()])


# --- names ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hostnames", "expected"),
    [
        (["name"], "web"),
        (["id", "name"], "id-of-web"),
        (["metadata.fqdn", "name"], "web.example.com"),
        (["metadata.missing", "alias", "name"], "web"),
        (["metadata.empty", "name ~ '.' ~ project"], "web.admin"),
        (["metadata.empty"], "web"),
        (["name | length"], "3"),
    ],
)
def test_the_first_preference_that_gives_a_text_names_the_host(hostnames, expected):
    servers = [server(metadata={"fqdn": "web.example.com", "empty": ""})]
    assert list(parse(OptionsOnly(hostnames=hostnames), servers).hosts) == [expected]


def test_a_server_without_a_name_is_named_by_its_id():
    assert list(parse(OptionsOnly(), [server(name="x", id="4711") | {"name": None}]).hosts) == ["4711"]


def equal_servers():
    """Three of one name in two projects, the older ones first, and one that bears a name that could be made up."""
    return [
        server("web", id="1"),
        server("web", id="2"),
        server("web", id="3", project="demo"),
        server("web_demo", id="4"),
        server("db", id="5"),
    ]


@pytest.mark.parametrize(
    ("policy", "expected"),
    [
        ("name", ["web", "web_2", "web_3", "web_demo", "db"]),
        ("name_project", ["web_admin", "web_admin_2", "web_demo", "web_demo_4", "db"]),
    ],
)
def test_equal_names_are_told_apart(policy, expected, monkeypatch):
    plugin, warnings = OptionsOnly(equal_names=policy), []
    monkeypatch.setattr(plugin.display, "warning", warnings.append)
    inventory = parse(plugin, equal_servers())
    assert list(inventory.hosts) == expected
    assert [host.vars["cloudos_id"] for host in inventory.hosts.values()] == ["1", "2", "3", "4", "5"]
    assert "web (3 in demo)" in warnings[0]


def test_a_new_server_never_takes_the_name_of_another_in_whatever_project(monkeypatch):
    old = [
        server("web", id="3", created="2026-01-02T00:00:00Z", project="demo"),
        server("web", id="9", created="2026-01-03T00:00:00Z", project="demo"),
        server("web_5", id="4", created="2026-01-04T00:00:00Z"),
    ]
    new = [
        server("web", id="1", created="2026-01-05T00:00:00Z"),
        server("web", id="5", created="2026-01-06T00:00:00Z", project="demo"),
    ]

    def named(*servers):
        plugin = OptionsOnly()
        monkeypatch.setattr(plugin.display, "warning", lambda text: None)
        return {host.vars["cloudos_id"]: name for name, host in parse(plugin, list(servers)).hosts.items()}

    before = named(*old)
    assert before == {"3": "web", "9": "web_9", "4": "web_5"}
    assert named(*new, *old) == {**before, "1": "web_1", "5": "web_5_5"}
    assert named(*reversed(old)) == before


def test_hosts_that_are_named_by_id_keep_their_names_when_servers_are_renamed():
    before = parse(OptionsOnly(hostnames=["id"]), [server("web", id="1"), server("db", id="2")])
    after = parse(OptionsOnly(hostnames=["id"]), [server("db", id="1"), server("db", id="2")])
    assert list(before.hosts) == list(after.hosts) == ["1", "2"]
    assert [host.vars["cloudos_name"] for host in after.hosts.values()] == ["db", "db"]


def test_equal_names_can_be_an_error():
    with pytest.raises(
        AnsibleParserError, match=r"equal_names: .*web \(1 in admin\), web \(2 in admin\), web \(3 in d"
    ):
        parse(OptionsOnly(equal_names="error"), equal_servers())


@pytest.mark.parametrize("name", ["all", "ungrouped", "static"])
def test_a_server_that_is_named_like_a_group_gives_its_variables_to_no_others(name, monkeypatch):
    """Else whoever may name a server sends the plays for all other hosts to it."""
    plugin, warnings = OptionsOnly(), []
    monkeypatch.setattr(plugin.display, "warning", warnings.append)
    inventory = InventoryData()
    inventory.add_host("mine", inventory.add_group("static"))
    parse(plugin, [server(name, addresses={"net": [address("10.6.6.6")]}), server("web")], inventory)
    assert set(inventory.hosts) == {"mine", "web", f"{name}_id-of-{name}"}
    assert inventory.hosts[f"{name}_id-of-{name}"].vars["ansible_host"] == "10.6.6.6"
    assert not any(group.vars for group in inventory.groups.values())
    assert f"{name} is the name of a group" in warnings[0]


@pytest.mark.parametrize("condition", ["name.startswith('web')", "cloudos_metadata.web"])
def test_a_server_that_is_named_like_a_group_of_conditions_is_no_member_of_itself(condition, monkeypatch):
    """Ansible would put the group into itself, which ends all."""
    plugin, warnings = OptionsOnly(groups={"web": condition}), []
    monkeypatch.setattr(plugin.display, "warning", warnings.append)
    inventory = parse(plugin, [server(name, metadata={"web": True}) for name in ("web-1", "web", "web-2")])
    assert {host.name for host in inventory.groups["web"].hosts} == {"web-1", "web_id-of-web", "web-2"}
    assert inventory.groups["web"].vars == {} and "web is the name of a group" in warnings[0]


def test_a_server_that_is_named_like_a_group_of_values_gives_its_variables_to_no_others():
    keyed = [{"key": "metadata.role", "prefix": "", "separator": ""}]
    plugin = OptionsOnly(keyed_groups=keyed, groups={"on": "status == 'ACTIVE'"}, compose={"ansible_user": "'r' + id"})
    servers = [server(name, metadata={"role": "web"}) for name in ("web-1", "web", "web-2")]
    inventory = parse(plugin, [*servers, server("db", metadata={"role": "db"}, status="SHUTOFF")])
    assert inventory.hosts["web"].vars["cloudos_id"] == "id-of-web"
    assert inventory.hosts["web"].vars["ansible_user"] == "rid-of-web"
    assert not any(group.vars for group in inventory.groups.values())
    members = {name: [host.name for host in group.hosts] for name, group in inventory.groups.items()}
    assert members["web"] == members["on"] == ["web-1", "web", "web-2"]
    assert inventory.groups["on"].child_groups == []


@pytest.mark.parametrize("known", [False, True])
def test_a_server_that_is_named_localhost_is_not_the_controller(known, monkeypatch):
    """Else the plays for the controller would go to that server."""
    plugin, warnings = OptionsOnly(), []
    monkeypatch.setattr(plugin.display, "warning", warnings.append)
    inventory = InventoryData()
    if known:
        inventory.add_host("localhost")
    parse(plugin, [server("localhost", addresses={"net": [address("10.6.6.6")]})], inventory)
    assert inventory.hosts["localhost_id-of-localhost"].vars["ansible_host"] == "10.6.6.6"
    assert "ansible_host" not in inventory.get_host("localhost").vars
    assert "localhost is the name of the controller" in warnings[0]


def test_servers_of_two_sources_are_two_hosts_unless_they_are_one_server(monkeypatch):
    """Else one of them is lost."""
    plugin, warnings = OptionsOnly(), []
    monkeypatch.setattr(plugin.display, "warning", warnings.append)
    inventory = InventoryData()
    inventory.add_host("db")
    inventory.set_variable("db", "mine", 1)
    parse(OptionsOnly(), [server("web", id="1"), server("app", id="2")], inventory)
    parse(plugin, [server("web", id="3"), server("app", id="2"), server("db", id="4")], inventory)
    ids = {name: host.vars["cloudos_id"] for name, host in inventory.hosts.items()}
    assert ids == {"db": "4", "web": "1", "app": "2", "web_3": "3"}
    assert inventory.hosts["db"].vars["mine"] == 1
    assert [text[:60] for text in warnings] == ["hostnames: web is the name of a server of another source; th"]
    with pytest.raises(AnsibleParserError, match=r"equal_names: web \(3\) is the name of a server of another source"):
        parse(OptionsOnly(equal_names="error"), [server("web", id="3")], inventory)


def test_an_appended_id_never_makes_a_new_pair_of_equal_names(monkeypatch):
    servers = [server("web_2", id="1"), server("web", id="3"), server("web", id="2")]
    plugin = OptionsOnly()
    monkeypatch.setattr(plugin.display, "warning", lambda text: None)
    assert list(parse(plugin, servers).hosts) == ["web_2", "web", "web_2_2"]


# --- options that come as text ----------------------------------------------------------------------------------


def test_dictionaries_may_be_written_as_json_or_yaml():
    plugin = OptionsOnly(
        compose='{"a": "name ~ 1"}', groups="{active: status == 'ACTIVE'}", keyed_groups="[{key: kind, prefix: k}]"
    )
    inventory = parse(plugin, [server()])
    assert inventory.hosts["web"].vars["a"] == "web1"
    assert {"active", "k_server"} <= set(inventory.groups)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"compose": "[1]"}, "^compose: must be a dictionary"),
        ({"groups": "{"}, "^groups: neither JSON nor YAML"),
        ({"keyed_groups": {"key": "status"}}, "^keyed_groups: must be a list"),
        ({"filters": "web"}, "^filters: must be a dictionary"),
        ({"filters": {"status": ["ACTIVE", "ERROR"]}}, "^filters: status: the platform takes one value of each"),
        ({"filters": {"colour": "red"}}, r"^filters: There is no 'colour' here\. Known are: name, name_pattern, "),
    ],
)
def test_what_is_no_dictionary_or_list_is_an_error_that_names_the_option(option, message):
    with pytest.raises(AnsibleParserError, match=message):
        parse(OptionsOnly(**option), [server()])


def test_hosts_that_no_pattern_addresses_are_named_with_what_to_do(monkeypatch):
    warnings = []
    fine = ["web-1", "db_2.example.com", "\u6587\u5b57", "2001:db8::1", "10.0.0.1"]
    odd = ["my server", "a,b", "a:b", "web[1]", "!x", "&x", "~x", "tail "]
    for names, expected in ((fine, 0), ([*fine, *odd], 1), (odd * 2, 1)):
        plugin = OptionsOnly()
        monkeypatch.setattr(plugin.display, "warning", warnings.append)
        parse(plugin, [server(f"{name}", id=f"{number}") for number, name in enumerate(names)])
        found = [text for text in warnings if "pattern" in text]
        warnings.clear()
        assert len(found) == expected
        assert all(repr(name) in text for text in found for name in odd)
        assert not any(repr(name) in text for text in found for name in fine)
        assert all("?" in text and "hostnames" in text for text in found)


@pytest.mark.parametrize(("name", "pattern"), [("my server", "my?server"), ("a,b", "a?b"), ("web[1]", "web?1?")])
def test_what_the_warning_says_addresses_the_host(name, pattern):
    manager = InventoryManager(DataLoader(), sources=[])
    manager._inventory = parse(OptionsOnly(), [server(name), server("other")])
    manager._inventory.reconcile_inventory()
    assert [host.name for host in manager.get_hosts(pattern)] == [name]
