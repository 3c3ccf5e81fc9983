# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What an index finds is what a search through the whole list finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.model.indexed import indexed, of_id, of_name
from ansible_collections.h3c.cloudos.plugins.module_utils.model.reference import Reference

TEXTS = ["a", "b", "c", "None", ""]
VALUES = st.sampled_from([*TEXTS, None, 7])
ENTRIES = st.lists(st.fixed_dictionaries({}, optional={"id": VALUES, "name": VALUES, "alias": VALUES}), max_size=8)
KIND = Reference(
    "thing",
    Operation("thing-list", "GET", "/things"),
    "things",
    names=("name", "alias"),
    nameable=lambda entry: entry.get("id") != "c",
)


@given(entries=ENTRIES, more=ENTRIES)
def test_an_index_finds_what_a_search_finds(entries, more):
    known = indexed(KIND, entries)
    for raw in [None, *more]:
        if raw is not None:
            known.put(raw)
        for text in TEXTS:
            assert of_id(KIND, known, text) == of_id(KIND, list(known), text)
            assert of_name(KIND, known, text) == of_name(KIND, list(known), text)
            assert KIND.meant(known, text) == KIND.meant(list(known), text)


@given(entries=ENTRIES, raw=ENTRIES.filter(bool).map(lambda found: found[0]))
def test_an_entry_takes_the_place_of_that_of_its_id(entries, raw):
    known = indexed(KIND, entries)
    known.put(raw)
    assert raw in known
    is_there = any(KIND.id_of(entry) == KIND.id_of(raw) for entry in entries)
    assert len(known) == len(entries) + (not is_there)


def test_an_index_is_made_once_for_a_kind():
    known = indexed(KIND, [{"id": "a"}])
    assert indexed(KIND, known) is known
    other = Reference("other", KIND.operation, "things", id="name")
    assert indexed(other, known) is not known
    assert of_id(other, known, "a") == []
