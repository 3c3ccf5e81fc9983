# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Differences of results as rows, rows as a table, and quotas with the limits of described templates."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.filter.differences import differences
from ansible_collections.h3c.cloudos.plugins.filter.differences_table import differences_table
from ansible_collections.h3c.cloudos.plugins.filter.quotas_from_templates import quotas_from_templates

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.integers(), max_size=2),
    lambda values: st.dictionaries(st.text(min_size=1), values, max_size=3),
    max_leaves=8,
)


def result(before: Any, after: Any, **more: Any) -> dict[str, Any]:
    return {"item": {"name": "demo"}, "diff": {"before": before, "after": after}, **more}


def rows(*results: dict[str, Any], **options: Any) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in differences(results, "quota", **options)]


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
        "OBJECT        KEY            WANTED     IS",
        "quota demo    compute.cores  50         20",
        'quota 研发部  compute.cores  [1, "研"]  -',
        "quota demo    compute.cores  50         cannot be read",
    ]


def test_objects_that_converge_at_once_are_known_by_their_own_headers() -> None:
    headers = {"before_header": "network a", "after_header": "network a"}
    result = {"item": {"networks": []}, "diff": [{"before": {"mtu": 1}, "after": {"mtu": 2}, **headers}]}
    row = {"key": "mtu", "wanted": 2, "is": 1, "status": "differs"}
    assert differences([result], "") == [{"object": "network a", **row}]


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
