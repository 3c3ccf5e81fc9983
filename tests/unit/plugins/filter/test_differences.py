# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences of results as rows, rows as a table, and quotas with the limits of described templates."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.filter.differences import differences
from ansible_collections.h3c.cloudos.plugins.filter.differences_table import differences_table
from ansible_collections.h3c.cloudos.plugins.filter.quotas_from_templates import quotas_from_templates
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.fleet.summary import with_summary

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers(), max_size=2),
    lambda values: st.dictionaries(st.text(min_size=1), values, max_size=3),
    max_leaves=8,
)


def result(before: Any, after: Any, **more: Any) -> dict[str, Any]:
    return {"item": {"name": "demo"}, "diff": {"before": before, "after": after}, **more}


COLUMNS = ("object", "key", "wanted", "is", "status")


def rows(*results: dict[str, Any], **options: Any) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in COLUMNS) for row in differences(results, "quota", **options)]


def row(**more: Any) -> dict[str, Any]:
    return {"object": "quota demo", "key": "compute.cores", "wanted": 50, "is": 20, "status": "differs", **more}


def test_a_row_for_each_value_that_differs() -> None:
    before = {"project": "p", "compute": {"cores": 20, "ram": 1}, "list": [1], "old": 1}
    after = {"project": "p", "compute": {"cores": 50, "ram": 1}, "list": [1, 2], "new": None}
    assert rows(result(before, after)) == [
        ("quota demo", "compute.cores", 50, 20, "differs"),
        ("quota demo", "list", [1, 2], [1], "differs"),
        ("quota demo", "old", None, 1, "differs"),
        ("quota demo", "new", None, None, "differs"),
    ]


def test_an_object_as_a_whole_is_one_row() -> None:
    assert rows(result({}, {"a": 1, "b": 2})) == [("quota demo", "state", "present", "absent", "missing")]
    assert rows(result({"a": 1, "b": 2}, {})) == [("quota demo", "state", "absent", "present", "unwanted")]
    assert rows(result({}, {})) == []


def test_the_id_of_what_is_replaced_is_no_difference() -> None:
    assert rows(result({"id": "1", "ram": 1}, {"ram": 2})) == [("quota demo", "ram", 2, 1, "differs")]
    assert rows(result({"id": "1"}, {"id": "2"})) == [("quota demo", "id", "2", "1", "differs")]


def test_results_without_a_diff_and_diffs_of_other_modules() -> None:
    texts = [{"before": "a", "after": "b"}, {"prepared": "text"}]
    assert rows({"item": "x", "skipped": True}, {"item": "x", "diff": texts}) == [("quota x", "", "b", "a", "differs")]


def test_what_is_wanted_and_not_told_cannot_be_read() -> None:
    item = {"name": "demo", "quota": {"network": {"router": 2, "vnic": 3, "port": None}, "backup": {"back_up": 1}}}
    told = {"network": {"vnic": 3}, "compute": {}}
    assert rows({"item": item, "quota": told}, returned="quota") == [
        ("quota demo", "network.router", 2, None, "unreadable"),
        ("quota demo", "backup.back_up", 1, None, "unreadable"),
    ]
    assert rows({"item": item, "skipped": True}, returned="quota") == []
    assert rows({"item": {"name": "demo"}, "quota": told}, returned="quota") == []


def test_an_object_is_named_by_the_keys_that_it_has() -> None:
    item = {"service": "server", "sub_norms": {"cpu": 2, "memory": 4}}
    (found,) = differences([{**result({"a": 1}, {"a": 2}), "item": item}], "norm", ["service", "sub_norms", "id"])
    assert found["object"] == "norm server cpu=2, memory=4"


@given(VALUES)
def test_what_is_equal_has_no_row(value: Any) -> None:
    assert rows(result(value, value)) == []


@given(VALUES, VALUES)
def test_what_is_not_equal_has_rows_that_a_table_can_show(before: Any, after: Any) -> None:
    found = differences([result({"key": before}, {"key": after})], "quota")
    lines = differences_table(found)
    assert len(lines) == (len(found) + 1 if found else 0)


def test_a_table_is_aligned_where_characters_are_wide() -> None:
    table = differences_table(
        [row(), row(object="quota 研发部", wanted=[1, "研"], **{"is": None}), row(status="unreadable")]
    )
    assert table == [
        "OBJECT        KEY            WANTED   IS",
        "quota demo    compute.cores  50       20",
        "quota 研发部  compute.cores  [1, 研]  -",
        "quota demo    compute.cores  50       cannot be read",
    ]


def converged(header: str) -> dict[str, Any]:
    """A result of many objects at once, of which one differs."""
    diff = {"before": {"mtu": 1}, "after": {"mtu": 2}, "before_header": header, "after_header": header}
    return {"item": {"networks": [], "api_project": "demo"}, "diff": [diff, {"prepared": "1 to change"}]}


@pytest.mark.parametrize(
    ("kind", "header", "told"),
    [
        ("", "network a", ("network a", "network", "a")),
        ("", "security group a b", ("security group a b", "security group", "a b")),
        ("server", "network", ("server network", "server", "network")),
        ("", "something else", ("something else", "", "something else")),
    ],
)
def test_objects_that_converge_at_once_are_known_by_their_own_headers(
    kind: str, header: str, told: tuple[str, ...]
) -> None:
    (found,) = differences([converged(header)], kind, project="api_project")
    assert (found["object"], found["kind"], found["name"]) == told
    assert (found["project"], found["key"], found["wanted"], found["is"]) == ("demo", "mtu", 2, 1)


def test_the_header_of_a_single_object_does_not_name_it_twice() -> None:
    diff = {"before": {"a": 1}, "after": {"a": 2}, "before_header": "quota demo", "after_header": "quota demo"}
    assert rows({"item": {"name": "demo"}, "diff": diff}) == [("quota demo", "a", 2, 1, "differs")]


@pytest.mark.parametrize(
    ("item", "project", "told"),
    [
        ({"name": "demo"}, "name", ("quota demo", "demo", "demo")),
        ({"name": "demo"}, None, ("quota demo", None, "demo")),
        ([{"name": "shop"}, {"name": "lan", "label": "shop lan"}], "name", ("quota shop lan", "shop", "lan")),
        ("shop", "name", ("quota shop", "shop", "shop")),
        ("shop", None, ("quota shop", None, "shop")),
        ({"id": "7"}, "api_project", ("quota 7", None, "7")),
    ],
)
def test_a_row_has_the_name_and_the_project_of_its_object(
    item: Any, project: str | None, told: tuple[str | None, ...]
) -> None:
    results = [{"item": item, "diff": {"before": {"a": 1}, "after": {"a": 2}}}]
    names = "label" if isinstance(item, list) else ["name", "id"]
    (found,) = differences(results, "quota", names, project=project)
    assert (found["object"], found["project"], found["name"]) == told


def test_each_of_many_equal_changes_is_a_row() -> None:
    headers = [dict.fromkeys(("before_header", "after_header"), f"server web-{number}") for number in range(11)]
    equal = [{"before": {"flavor": "s"}, "after": {"flavor": "m"}, **header} for header in headers]
    diffs = with_summary(equal)
    assert [set(diff) & {"before", "objects"} for diff in diffs] == [{"objects"}, set()]
    rows = differences([{"item": {}, "diff": diffs}], "")
    assert [row["object"] for row in rows] == [f"server web-{number}" for number in range(11)]


def test_quotas_start_from_described_templates() -> None:
    templates = [{"name": "team", "id": "t1", "servers": 10, "cpus": 20, "ram": 4, "routers": 1, "extra": "x"}]
    projects = [
        {"name": "a", "template": "team", "quota": {"compute": {"cores": 50}, "backup": {"back_up": 1}}},
        {"name": "b", "template": "t1", "zones": ["z"]},
        {"name": "c", "template": "other"},
        {"name": "d", "quota": {"compute": None}},
    ]
    assert quotas_from_templates(projects, templates) == [
        {
            "name": "a",
            "template": "team",
            "quota": {
                "compute": {"instances": 10, "cores": 50},
                "network": {"router": 1},
                "backup": {"back_up": 1},
            },
        },
        {
            "name": "b",
            "template": "t1",
            "zones": ["z"],
            "quota": {"compute": {"instances": 10, "cores": 20}, "network": {"router": 1}},
        },
        {"name": "c", "template": "other", "quota": {}},
        {"name": "d", "quota": {"compute": {}}},
    ]
    assert projects[1] == {"name": "b", "template": "t1", "zones": ["z"]}
