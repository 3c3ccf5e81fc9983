# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `make new` refuses, and where it puts lines; tests/integration/test_new_resource.py types what it is for."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.new_resource.edits import Edit
from tools.new_resource.names import Names, RefusedError
from tools.new_resource.plan import changed_files, check, new_files, values_of

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize(
    "name", ["SecurityLabel", "security-label", "_label", "label_", "a__b", "1st", "", "class", "é"]
)
def test_a_name_that_is_not_in_snake_case_is_refused(name: str) -> None:
    with pytest.raises(RefusedError, match="is not a name in snake_case"):
        Names(name, "compute").check()


def test_a_section_that_is_not_in_snake_case_is_refused() -> None:
    with pytest.raises(RefusedError, match="SECTION: "):
        Names("security_label", "../compute").check()


@pytest.mark.parametrize(("name", "reason"), [("label_info", "read-only module"), ("l" * 25, "24 characters")])
def test_a_name_that_modules_cannot_have_is_refused(name: str, reason: str) -> None:
    with pytest.raises(RefusedError, match=reason):
        Names(name, "compute").check()


@pytest.mark.parametrize("name", ["flavor", "server_group", "hypervisor"])
def test_a_resource_that_exists_is_refused(name: str) -> None:
    names = Names(name, "compute")
    with pytest.raises(RefusedError, match=f"{name!r} exists: "):
        check(REPOSITORY, names, values_of(REPOSITORY, names, ()), ())


def test_a_name_whose_operations_the_contract_has_is_refused() -> None:
    names = Names("security_label", "compute")
    with pytest.raises(RefusedError, match="the contract has security-label-get already"):
        check(REPOSITORY, names, values_of(REPOSITORY, names, ()), ["security-label-get", "label-get"])


@pytest.mark.parametrize(
    ("name", "plural"),
    [("security_label", "security_labels"), ("policy", "policies"), ("key", "keys"), ("address", "addresses")],
)
def test_the_plural_is_that_of_english(name: str, plural: str) -> None:
    assert Names(name, "compute").plural == plural


@pytest.mark.parametrize("name", ["a", "x" * 24, "image_alias", "zone_policy"])
def test_nothing_is_left_to_fill_in(name: str) -> None:
    values = values_of(REPOSITORY, Names(name, "network"), [Names(name, "network").plural])
    texts = {**new_files(values), **changed_files(REPOSITORY, values)}

    assert [path for path, text in texts.items() if "${" in text or "$name" in text] == []


def test_the_longest_name_makes_no_line_too_long() -> None:
    """Code apart, which `make new` wraps."""
    values = values_of(REPOSITORY, Names("x" * 24, "infrastructure"), ())
    texts = [
        text for path, text in new_files(values).items() if path.startswith("plugins/modules") or path[-3:] != ".py"
    ]
    lines = [line for text in texts for line in text.splitlines() if " import " not in line]

    assert [line for line in lines if len(line) > 120] == []


def test_a_line_goes_to_its_place_among_sorted_ones_or_behind_the_last() -> None:
    edit = Edit("file", "- $name\n", among="- ")

    assert edit.applied("- a\n- c\nend\n", {"name": "b"}) == "- a\n- b\n- c\nend\n"
    assert edit.applied("- a\n- c\nend\n", {"name": "d"}) == "- a\n- c\n- d\nend\n"


@pytest.mark.parametrize("edit", [Edit("file", "x", before="other"), Edit("file", "x", among="other")])
def test_a_file_that_has_no_place_for_a_line_is_refused(edit: Edit) -> None:
    with pytest.raises(RefusedError, match="file: no line begins with 'other'"):
        edit.applied("text\n", {})
