# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Plain paths are followed without Jinja2, and nothing comes out different from what Ansible itself makes of them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import jinja2
import pytest
from ansible.errors import AnsibleError, AnsibleParserError
from ansible.inventory.data import InventoryData
from ansible.plugins.inventory import Constructable
from ansible.template import Templar
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from unit.plugins.inventory.harness import OptionsOnly, parse, server

from ansible_collections.h3c.cloudos.plugins.inventory import cloudos
from ansible_collections.h3c.cloudos.plugins.plugin_utils import constructed, paths, trust
from ansible_collections.h3c.cloudos.plugins.plugin_utils.constructed import Constructor
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_naming import HostNames
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_variables import PREFIX, variables_of
from ansible_collections.h3c.cloudos.plugins.plugin_utils.trust import DataTexts, trusted


class Asked:
    """An expression of which nothing is known, so that Ansible is asked each time."""

    def __init__(self, text: Any, *hidden: Any) -> None:
        self.text = text

    def result(self, variables: dict) -> Any:
        return paths.ASK


class AnsiblesOwn(OptionsOnly):
    """The same plugin by public calls alone: each variable is set by itself, each expression left to Constructable."""

    def _compose(self, template: Any, variables: dict, *others: Any) -> Any:
        return Constructable._compose(self, template, variables, *others)

    def _fill(self, servers: Iterator[dict]) -> None:
        self.templar = Templar(loader=self.loader)
        hosts = [variables_of(server, DataTexts()) for server in servers]
        constructor = Constructor(self, self._expressions, PREFIX, ())
        constructor.expression = Asked
        names = HostNames(self, constructor, self._expressions["groups"], self._extra_vars).of(hosts)
        for name, variables in zip(names, hosts, strict=True):
            self.inventory.add_host(name)
            for variable, value in variables.items():
                self.inventory.set_variable(name, variable, value)
        strict = self.get_option("strict")
        for option, construct in (
            ("compose", self._set_composite_vars),
            ("groups", self._add_host_to_composed_groups),
            ("keyed_groups", self._add_host_to_keyed_groups),
        ):
            for name, variables in zip(names, hosts, strict=True):
                try:
                    construct(self._expressions[option], constructor.known(variables), name, strict=strict)
                except AnsibleError as error:
                    raise AnsibleParserError(f"{option}: {error}") from None


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
    st.sampled_from(
        [
            *("status == 'web'", "flavor is none", "metadata.role is defined", "x is defined", "'one' in group_names"),
            *("status", "cloudos_status", "status.x", "flavor", "config_drive", "metadata", "metadata.role", "missing"),
        ]
    ),
)
# What another source has put into the inventory before: nothing, a host of the same name, a group of the same name
BEFORE = st.sampled_from([None, "host", "group"])
EXTRA_VARS = st.sampled_from([{}, {"status": "extra"}, {"cloudos_flavor": "extra", "missing": "extra"}])
# The header changes the delimiters of this template alone
HEADED = "#jinja2: variable_start_string: '<<', variable_end_string: '>>'\nof_<< status >>_{{ status }}"
KEYED = st.lists(
    st.fixed_dictionaries(
        {"key": PATHS},
        optional={
            "prefix": st.sampled_from(["", "p"]),
            "separator": st.sampled_from(["", "-"]),
            "default_value": st.sampled_from(["none", ""]),
            "trailing_separator": st.booleans(),
            "parent_group": st.sampled_from(["parents", "of_{{ status }}", "of_{{ missing }}", HEADED]),
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


def outcome(
    kind: type, servers: list[dict], options: dict, extra: dict[str, str] | None = None, before: str | None = None
) -> str:
    """Hosts, variables and groups as text, or the error; without the addresses of objects that have no text.

    The order of hosts and groups counts, that of the variables of a host does not.
    """
    inventory = InventoryData()
    if before == "host":
        inventory.add_host("web0")
        for name, value in {"cloudos_metadata": {"role": "kept"}, "status": "kept", "x": "kept"}.items():
            inventory.set_variable("web0", name, value)
    if before == "group":
        inventory.add_group("web0")
    extra_vars = {name: trusted(value) for name, value in (extra or {}).items()}
    with mock.patch("ansible.plugins.inventory.load_extra_vars", return_value=extra_vars):
        try:
            parse(kind(use_extra_vars=extra is not None, **options), servers, inventory)
        except AnsibleError as error:
            # What is composed of the platform's texts is plain where it can be no template; a message may name its type
            return f"{type(error).__name__}: {error}".replace("ansible.utils.unsafe_proxy.AnsibleUnsafeText", "str")
    hosts = {
        name: [sorted(host.vars.items()), sorted(group.name for group in host.get_groups())]
        for name, host in inventory.hosts.items()
    }
    groups = {
        name: [
            [[host.name for host in found] for found in (group.hosts, group.get_hosts())],
            sorted(group.host_names),
            sorted(child.name for child in group.child_groups),
            group.vars,
        ]
        for name, group in inventory.groups.items()
    }
    return re.sub("0x[0-9a-f]+", "0x", json.dumps([hosts, groups], default=str))


@settings(THOROUGH, max_examples=200)
@given(SERVERS, COMPOSE, GROUPS, KEYED, st.booleans(), st.booleans(), st.one_of(st.none(), EXTRA_VARS), BEFORE)
def test_the_result_is_that_of_ansibles_own_evaluation(
    servers, compose, groups, keyed, strict, separator, extra, before
):
    options = {
        "compose": compose,
        "groups": groups,
        "keyed_groups": keyed,
        "strict": strict,
        "leading_separator": separator,
    }
    found = [server(f"web{number}", **properties) for number, properties in enumerate(servers)]
    given = found, options, extra, before
    assert outcome(OptionsOnly, *given) == outcome(AnsiblesOwn, *given)


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


@pytest.mark.parametrize("strict", [True, False])
@pytest.mark.parametrize("second", ["'one' in group_names", "group_names", "metadata.missing", "missing"])
def test_no_condition_sees_the_groups_of_those_before_it(second, strict):
    options = {"groups": {"one": "config_drive", "two": second}, "strict": strict}
    found = [server("web", config_drive=True)]
    assert outcome(OptionsOnly, found, options) == outcome(AnsiblesOwn, found, options)


@pytest.mark.parametrize("name", ["one", "s_ACTIVE", "states", "all"])
def test_a_host_that_is_named_like_a_group_is_what_ansible_makes_of_it(name):
    options = {"groups": {"one": "config_drive"}, **PLAIN}
    found = [server("web", config_drive=True), server(name, config_drive=True), server("db", config_drive=True)]
    assert outcome(OptionsOnly, found, options) == outcome(AnsiblesOwn, found, options)


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
    assert trust.is_active(text) or not could_be


# --- what is compiled once ---------------------------------------------------------------------------------------


@pytest.fixture
def compiled(monkeypatch) -> list[Any]:
    """What Jinja2 has made code of."""
    sources, generate = [], jinja2.Environment._generate

    def noted(self, source, *arguments, **more):
        sources.append(source)
        return generate(self, source, *arguments, **more)

    monkeypatch.setattr(jinja2.Environment, "_generate", noted)
    return sources


EXPRESSIONS = {
    "compose": {"x": "status | upper"},
    "groups": {"web": "name.startswith('web')"},
    "keyed_groups": [{"key": "metadata.role | default('none')"}],
    "hostnames": ["name ~ '-' ~ id"],
}


def test_an_expression_is_compiled_once_for_all_hosts(compiled):
    parse(OptionsOnly(**EXPRESSIONS), [server("web")])
    once = len(compiled)
    parse(OptionsOnly(**EXPRESSIONS), [server(f"web{number}") for number in range(20)])
    assert once == 4
    assert len(compiled) == 2 * once


def test_an_expression_that_is_none_is_told_like_ansible_does():
    options = {"compose": {"x": "status |"}, "strict": True}
    found = [server("web"), server("db")]
    assert outcome(OptionsOnly, found, options) == outcome(AnsiblesOwn, found, options)
    assert "x" not in parse(OptionsOnly(compose={"x": "status |"}), found).hosts["db"].vars


def test_where_templates_are_made_otherwise_each_is_compiled_as_it_comes(monkeypatch):
    found = [server("web"), server("db")]
    expected = outcome(OptionsOnly, found, EXPRESSIONS)
    monkeypatch.setattr(cloudos, "compile_once", lambda templar: None)
    assert outcome(OptionsOnly, found, EXPRESSIONS) == expected


@pytest.mark.parametrize("templar", [object(), type("Other", (), {"_engine": object(), "environment": object()})()])
def test_an_unknown_templar_is_left_alone(templar):
    inside = getattr(templar, "_engine", templar)
    before = marks(inside)
    paths.compile_once(templar)
    assert marks(inside) is before


# --- what is done past the public calls --------------------------------------------------------------------------

PLAIN = {
    "keyed_groups": [{"key": "status", "prefix": "s", "parent_group": "states"}],
    "compose": {"x": "metadata.role"},
}


def test_variables_and_groups_are_the_same_by_the_public_calls(monkeypatch):
    found = [server("web", metadata={"role": "db"}), server("db", status="SHUTOFF"), server("app")]
    expected = outcome(OptionsOnly, found, PLAIN)
    with mock.patch.object(InventoryData, "set_variable", autospec=True, side_effect=InventoryData.set_variable) as way:
        assert outcome(OptionsOnly, found, PLAIN) == expected
        direct = way.call_count
        monkeypatch.setattr(constructed, "takes_hosts_directly", lambda inventory: False)
        assert outcome(OptionsOnly, found, PLAIN) == expected
        assert way.call_count > 10 * direct > 0


@pytest.mark.skipif(not trust.TYPED, reason="texts bear no marks")
def test_texts_are_marked_by_the_public_call_where_marks_are_kept_otherwise(monkeypatch):
    from ansible.template import is_trusted_as_template, trust_as_template

    kind, _marks = trust.shared_marks()
    assert kind is marks(trust_as_template("web"))
    assert is_trusted_as_template(DataTexts()["web"])
    monkeypatch.setattr(trust, "is_trusted_as_template", lambda text: False)
    assert trust.shared_marks() == (None, None)
    assert is_trusted_as_template(DataTexts()["web"])


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), TEXTS),
        lambda inner: st.lists(inner) | st.dictionaries(KEYS, inner),
    )
)
def test_remembered_texts_are_the_same_as_those_made_anew(value):
    remembered, anew = DataTexts().of(value), trust.each_text(trust.data, value)
    assert repr(remembered) == repr(anew)
    assert marks(remembered) == marks(anew)


def marks(value: Any) -> Any:
    """The types of all texts in a value; on newer versions whether each is trusted."""
    if isinstance(value, dict):
        return [(marks(key), marks(entry)) for key, entry in value.items()]
    if isinstance(value, list):
        return [marks(entry) for entry in value]
    return type(value)


def test_rare_texts_do_not_fill_the_memory():
    remembered = DataTexts()
    for number in range(3 * DataTexts._MOST):
        assert remembered[str(number)] == str(number)
    assert len(remembered) <= DataTexts._MOST
