# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain paths are followed without Jinja2, and nothing comes out different from what Ansible itself makes of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from ansible.errors import AnsibleError
from ansible.plugins.inventory import Constructable
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from unit.inventory.harness import OptionsOnly, parse, server

from ansible_collections.h3c.cloudos.plugins.plugin_utils import texts


class AnsiblesOwn(OptionsOnly):
    """The same plugin, all expressions left to Ansible."""

    def _compose(self, template: Any, variables: dict, *others: Any) -> Any:
        return Constructable._compose(self, template, variables, *others)


TEXTS = st.sampled_from(
    [
        *(
            "",
            "web",
            "a b",
            "Ünï",
            "True",
            "False",
            "None",
            "true",
            "12",
            "[1]",
            "['a']",
            "1.0",
            "\\n",
            "a\n",
            "'",
            "#x",
        ),
        *("{{ 7*7 }}", "{", "}", "{% if %}", "{# x #}", "{'a': 1}", "#jinja2: variable_start_string: '[['\n[[ 7*7 ]]"),
    ]
)
KEYS = st.sampled_from(["role", "zone", "a-b", "not", "{{ 5*5 }}", "_x"])
VALUES = st.one_of(TEXTS, st.none(), st.booleans(), st.integers(0, 3), st.lists(TEXTS, max_size=2))
METADATA = st.dictionaries(KEYS, st.one_of(TEXTS, VALUES, st.dictionaries(KEYS, TEXTS, max_size=2)), max_size=4)
SERVERS = st.lists(
    st.builds(
        lambda properties, metadata: {**properties, "metadata": metadata},
        st.fixed_dictionaries(
            {"status": TEXTS, "flavor": VALUES, "key_name": st.one_of(st.none(), TEXTS), "config_drive": VALUES}
        ),
        METADATA,
    ),
    min_size=1,
    max_size=3,
)
PATHS = st.one_of(
    st.sampled_from(
        ["status", "flavor", "key_name", "config_drive", "metadata", "cloudos_status", "missing", "host_id"]
    ),
    st.sampled_from(["status.x", "metadata.role.x", "status ", "none", "true", "x", "omit", "range", "metadata.0"]),
    st.builds("metadata.{}".format, KEYS),
    st.builds("metadata.{}.{}".format, KEYS, KEYS),
    st.sampled_from(["metadata.role | default('none')", "status | lower", "'a' ~ status", "metadata | length", "1"]),
)
GROUPS = st.dictionaries(
    st.sampled_from(["one", "two"]),
    st.sampled_from(["status == 'web'", "flavor is none", "metadata.role is defined", "x is defined", "status.x"]),
)
KEYED = st.lists(
    st.fixed_dictionaries(
        {"key": PATHS},
        optional={
            "prefix": st.sampled_from(["", "p"]),
            "separator": st.sampled_from(["", "-"]),
            "default_value": st.just("none"),
            "parent_group": st.sampled_from(["parents", "of_{{ status }}", "of_{{ missing }}"]),
        },
    ),
    max_size=3,
)
# `status` is composed too: what is composed hides the property of that name from groups
COMPOSE = st.dictionaries(st.sampled_from(["x", "y", "status"]), PATHS, max_size=2)


# An example takes some ten milliseconds, so a failing one is shown as it was found
THOROUGH = settings(
    deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.explicit, Phase.reuse, Phase.generate]
)


def outcome(kind: type, servers: list[dict], options: dict) -> str:
    """Hosts, variables and groups as text, or the error; without the addresses of objects that have no text."""
    try:
        inventory = parse(kind(**options), servers)
    except AnsibleError as error:
        return str(error)
    hosts = {name: host.vars for name, host in inventory.hosts.items()}
    groups = {
        name: [[host.name for host in group.hosts], sorted(child.name for child in group.child_groups)]
        for name, group in inventory.groups.items()
    }
    return re.sub("0x[0-9a-f]+", "0x", json.dumps([hosts, groups], default=str))


@settings(THOROUGH, max_examples=150)
@given(SERVERS, COMPOSE, GROUPS, KEYED, st.booleans(), st.booleans())
def test_the_result_is_that_of_ansibles_own_evaluation(servers, compose, groups, keyed, strict, separator):
    options = {
        "compose": compose,
        "groups": groups,
        "keyed_groups": keyed,
        "strict": strict,
        "leading_separator": separator,
    }
    found = [server(f"web{number}", **properties) for number, properties in enumerate(servers)]
    assert outcome(OptionsOnly, found, options) == outcome(AnsiblesOwn, found, options)


@settings(THOROUGH, max_examples=50)
@given(SERVERS, st.lists(PATHS, min_size=1, max_size=3))
def test_host_names_are_those_of_ansibles_own_evaluation(servers, hostnames):
    found = [server(f"web{number}", **properties) for number, properties in enumerate(servers)]
    options = {"hostnames": hostnames, "equal_names": "name_project"}
    assert outcome(OptionsOnly, found, options) == outcome(AnsiblesOwn, found, options)


@pytest.mark.parametrize(
    ("path", "metadata"),
    [
        ("metadata.items", {"items": "web"}),
        ("metadata.role.copy", {"role": {"copy": "web"}}),
        ("metadata._x", {"_x": "web"}),
        ("metadata.role", {"role": "True"}),
        ("metadata.role", {"role": "[1]"}),
        ("metadata.role", {"role": "{'a': 1}"}),
        ("metadata.role", {"role": "{{ 7*7 }}"}),
        ("metadata.role", {"role": None}),
        ("metadata.role", {"role": 0}),
        ("metadata.role", {"role": True}),
        ("metadata.role", {}),
        ("none", {}),
        ("omit", {}),
        ("lookup", {}),
    ],
)
@pytest.mark.parametrize("strict", [True, False])
def test_special_cases_are_those_of_ansibles_own_evaluation(path, metadata, strict):
    options = {
        "compose": {"x": path, "y": f"{path} | default('none')"},
        "keyed_groups": [{"key": path, "prefix": "p", "parent_group": "of_{{ name }}"}],
        "hostnames": [path, "name"],
        "strict": strict,
    }
    found = [server("web", metadata=metadata)]
    assert outcome(OptionsOnly, found, options) == outcome(AnsiblesOwn, found, options)


def test_the_parent_group_of_each_host_is_made_of_its_own_properties():
    keyed = [{"key": "status", "prefix": "status", "parent_group": "of_{{ name }}"}]
    found = [server("web"), server("db", status="SHUTOFF")]
    inventory = parse(OptionsOnly(keyed_groups=keyed), found)
    assert [group.name for group in inventory.groups["of_db"].child_groups] == ["status_SHUTOFF"]
    assert outcome(OptionsOnly, found, {"keyed_groups": keyed}) == outcome(AnsiblesOwn, found, {"keyed_groups": keyed})


def test_a_plain_path_costs_no_template(monkeypatch):
    def refuse(*arguments):
        raise AssertionError("Jinja2 was asked")

    monkeypatch.setattr(Constructable, "_compose", refuse)
    plugin = OptionsOnly(hostnames=["metadata.fqdn"], keyed_groups=[{"key": "status", "prefix": "status"}])
    inventory = parse(plugin, [server(metadata={"fqdn": "web.example.com"})])
    assert [host.name for host in inventory.groups["status_ACTIVE"].hosts] == ["web.example.com"]


@given(st.text(alphabet="{}[]# ajin2:\n%", max_size=12))
def test_only_texts_that_cannot_be_templates_are_trusted(text):
    could_be = any(start in text for start in ("{{", "{%", "{#")) or text.startswith("#jinja2:")
    assert texts.is_active(text) or not could_be
