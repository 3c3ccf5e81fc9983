# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Expressions are computed or remembered, and nothing comes out different from what Ansible itself makes of them."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.plugins.inventory import Constructable
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.plugins.inventory.harness import OptionsOnly, parse, server
from unit.plugins.inventory.test_paths import THOROUGH, AnsiblesOwn, outcome

from ansible_collections.h3c.cloudos.plugins.plugin_utils import evaluation
from ansible_collections.h3c.cloudos.plugins.plugin_utils.evaluation import Expression
from ansible_collections.h3c.cloudos.plugins.plugin_utils.expressions import parse as parsed
from ansible_collections.h3c.cloudos.plugins.plugin_utils.expressions import paths_in
from ansible_collections.h3c.cloudos.plugins.plugin_utils.paths import ASK, MISSING

# Few values, so that several hosts have the same; each looks like something that it is not.
TEXTS = st.sampled_from(
    ["web", "WEB", "", "True", "[1]", "1", "None", "Ünï", "{{ 7*7 }}", "#jinja2: x:'y'\n", "a\n", "ß"]
)
VALUES = st.one_of(TEXTS, st.none(), st.booleans(), st.sampled_from([0, 1, 1.0]), st.lists(TEXTS, max_size=1))
METADATA = st.dictionaries(
    st.sampled_from(["role", "a-b", "items"]), st.one_of(VALUES, st.dictionaries(st.just("x"), TEXTS)), max_size=3
)
SERVERS = st.lists(
    st.fixed_dictionaries(
        {"status": TEXTS, "flavor": VALUES, "config_drive": VALUES, "metadata": st.one_of(st.none(), METADATA)},
        optional={"baremetal_node": st.dictionaries(st.just("power_state"), TEXTS)},
    ),
    min_size=2,
    max_size=5,
)
ATOMS = st.sampled_from(
    [
        *("status", "cloudos_status", "flavor", "config_drive", "metadata", "metadata.role", "metadata['a-b']"),
        *("metadata.role.x", "metadata['items']", "status.x", "missing", "missing.x", "baremetal_node.power_state"),
        *("baremetal_node", "inventory_hostname", "'web'", "''", "'True'", "none", "true", "1", "'a\\\\n'", "-1"),
    ]
)


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.sampled_from(
        [
            *(
                "{} | default('d')",
                "{} | default('', true)",
                "{} | d(none, true)",
                "{} | d(boolean=true)",
                "{} | lower",
            ),
            *("{} | ansible.builtin.lower", "{} | upper", "{} | length", "{} | default(status)", "({})", "not {}"),
            *("{} is defined", "{} is none", "{} ~ '-'", "{}.startswith('w')", "{} in ['web', none]", "[{}]"),
            *("{{'k': {}}}", "{} | split('e')", "{} | nosuchfilter", "{} == 'web'", "{} != none", "{}[0]", "{} ="),
        ]
    )
    two = st.sampled_from(["{} == {}", "{} != {}", "{} and {}", "{} if {} else 'other'", "{} ~ {}", "{} | default({})"])
    return st.one_of(
        st.builds(str.format, one, inner), st.builds(str.format, two, inner, inner), st.builds("({})".format, inner)
    )


EXPRESSIONS = st.recursive(ATOMS, grown, max_leaves=4)


def same(servers: list[dict[str, Any]], options: dict[str, Any]) -> None:
    found = [server(f"web{number}", **properties) for number, properties in enumerate(servers)]
    assert outcome(OptionsOnly, found, options) == outcome(AnsiblesOwn, found, options)


@settings(THOROUGH, max_examples=120)
@given(SERVERS, EXPRESSIONS, EXPRESSIONS, st.booleans())
def test_results_are_those_of_ansibles_own_evaluation(servers, first, second, strict):
    options = {
        "compose": {"x": first},
        "groups": {"one": second, "two": first},
        "keyed_groups": [{"key": second, "prefix": "p"}, {"key": first, "default_value": "none"}],
        "strict": strict,
    }
    same(servers, options)


@settings(THOROUGH, max_examples=40)
@given(SERVERS, EXPRESSIONS, st.booleans())
def test_names_are_those_of_ansibles_own_evaluation(servers, expression, strict):
    same(servers, {"hostnames": [expression, "name"], "equal_names": "name_project", "strict": strict})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("metadata.role | default('none')", {("metadata", "role")}),
        ("cloudos_status | lower == 'x' and name.startswith(id)", {("cloudos_status",), ("name",), ("id",)}),
        ("metadata['a b'].c is defined", {("metadata", "a b", "c")}),
        ("'text'", set()),
        ("lookup('env', name)", None),
        ("now().year ~ name", None),
        ("name | random", None),
        ("['a'] | random(seed=name)", None),
        ("range(3)", None),
        ("metadata.items() | length", None),
        ("name.format(*id)", None),
        ("name is some.test", None),
    ],
)
def test_what_an_expression_depends_on(text, expected):
    assert paths_in(parsed(text)) == expected


@pytest.mark.parametrize("text", ["", "name |", "name }} {{ id", "a b", "{% if x %}"])
def test_what_is_no_expression_depends_on_nothing_that_is_known(text):
    assert parsed(text) is None


# --- how often Ansible is asked ----------------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch) -> list[Any]:
    """The templates that Ansible was asked to evaluate."""
    found, compose, truth = [], Constructable._compose, evaluation.truth_of

    def noted(self, template, *others):
        found.append(template)
        return compose(self, template, *others)

    def noted_truth(templar, condition, variables):
        found.append(condition)
        return truth(templar, condition, variables)

    monkeypatch.setattr(Constructable, "_compose", noted)
    monkeypatch.setattr("ansible_collections.h3c.cloudos.plugins.plugin_utils.constructed.truth_of", noted_truth)
    return found


SPREAD = [server(f"web{number}", metadata={"role": f"role{number % 3}"}) for number in range(30)]


@pytest.mark.parametrize(
    ("options", "most"),
    [
        ({"keyed_groups": [{"key": "metadata.role | default('none')"}, {"key": "name | lower"}]}, 0),
        ({"groups": {"one": "metadata.role == 'role1'", "two": "metadata.role | default('x') | lower != 'x'"}}, 0),
        ({"keyed_groups": [{"key": "metadata.role | upper"}]}, 3),
        ({"groups": {"one": "metadata.role in ['role1', 'role2']"}}, 3),
        ({"compose": {"x": "metadata.missing | upper"}}, 1),
        ({"keyed_groups": [{"key": "baremetal_node.power_state | default('none', true)"}]}, 1),
        ({"include": "metadata.role is defined", "hostnames": ["metadata.fqdn | default(id)"]}, 33),
    ],
)
def test_ansible_is_asked_once_for_the_same_values(asked, options, most):
    parse(OptionsOnly(**options), SPREAD)
    assert len(asked) <= most


def test_what_depends_on_more_than_properties_is_asked_each_time(asked):
    parse(
        OptionsOnly(compose={"x": "status"}, keyed_groups=[{"key": "x ~ status"}, {"key": "now().year ~ name"}]), SPREAD
    )
    assert asked.count("x ~ status") == asked.count("now().year ~ name") == len(SPREAD)


def test_hosts_do_not_share_a_result_that_somebody_may_change():
    inventory = parse(OptionsOnly(compose={"x": "metadata.role.split('e')"}), SPREAD)
    inventory.hosts["web0"].vars["x"].append("changed")
    assert inventory.hosts["web3"].vars["x"] == ["rol", "0"]


def test_equal_values_of_two_types_are_two():
    found = [
        server("one", flavor=1),
        server("true", flavor=True),
        server("float", flavor=1.0),
        server("text", flavor="1"),
    ]
    same_kind = parse(OptionsOnly(compose={"x": "flavor ~ ''"}), found)
    assert [str(host.vars["x"]) for host in same_kind.hosts.values()] == ["1", "True", "1.0", "1"]


def test_no_more_than_so_many_results_are_remembered(monkeypatch):
    monkeypatch.setattr(evaluation, "_MOST", 10)
    asked = []
    expression = Expression("name | upper", lambda path: path, (), lambda text, variables: asked.append(text) or "X")
    for number in range(95):
        assert expression.result({"name": str(number)}) == "X"
    assert len(expression._results) <= 10 and len(asked) == 95


def test_a_mistake_is_left_to_ansible_and_an_undefined_value_is_not():
    from ansible.errors import AnsibleUndefinedVariable

    def failing(text, variables):
        raise AnsibleUndefinedVariable("x") if variables["name"] == "a" else ValueError("y")

    expression = Expression("name | upper", lambda path: path, (), failing)
    assert expression.result({"name": "a"}) is MISSING
    assert expression.result({"name": "b"}) is ASK
