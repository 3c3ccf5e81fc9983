# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Both sides of a comparison are brought to one type, whatever the platform answers and the playbook says."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.model.coercion import coerce, is_open
from ansible_collections.h3c.cloudos.plugins.module_utils.model.field import computed, option, read_object

numbers = st.integers(-(2**53), 2**53)
texts = st.text(max_size=20)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
types = st.sampled_from(["str", "int", "float", "bool", "list", "dict", "time", "raw"])


@given(numbers)
def test_a_number_is_the_same_in_every_spelling(number):
    field = option("ram", "int")
    api_names = [number, str(number), float(number), f"{number}.0", f" {number} "]
    assert not any(field.differs(left, right) for left in api_names for right in api_names)


@given(numbers, numbers)
def test_different_numbers_differ_in_every_spelling(left, right):
    assert option("ram", "int").differs(str(left), right) == (left != right)


@pytest.mark.parametrize("yes", [True, "true", "True", 1, "1", "yes", "on"])
@pytest.mark.parametrize("no", [False, "false", "FALSE", 0, "0", "no", "off"])
def test_words_and_numbers_are_booleans(yes, no):
    field = option("flag", "bool")
    assert not field.differs(yes, True)
    assert not field.differs(no, False)
    assert field.differs(yes, no)


@pytest.mark.parametrize("nothing", [None, "", {}])
@pytest.mark.parametrize("type", ["str", "int", "float", "bool", "time"])
def test_the_platform_says_nothing_in_many_ways(nothing, type):
    assert coerce(nothing, type) is None


@pytest.mark.parametrize("left_open", [[None], {"a": None}, [{"a": 1}, {"a": None}], {"a": [{"b": None}]}])
def test_what_is_left_to_the_platform_is_seen_at_any_depth(left_open):
    assert is_open(left_open)


@pytest.mark.parametrize("closed", [None, "", 0, [], {}, [{"a": ""}], {"a": [{"b": 0}]}])
def test_what_is_given_as_a_whole_leaves_nothing_to_the_platform(closed):
    assert not is_open(closed)


def test_an_empty_text_that_is_asked_for_differs_from_a_text():
    assert option("description").differs("old", "")
    assert not option("description").differs(None, "")


def test_what_is_not_given_is_not_managed():
    assert not option("description").differs("anything", None)


@given(json_values, types)
def test_coercion_never_fails_and_is_stable(value, type):
    once = coerce(value, type)
    assert coerce(once, type) == once
    json.dumps(once)


@given(st.lists(st.integers(0, 9), max_size=5), st.lists(st.integers(0, 9), max_size=5))
def test_lists_add_and_know_no_order(current, wanted):
    field = option("volumes", "list")
    current, wanted = [str(entry) for entry in current], [str(entry) for entry in wanted]
    assert field.differs(current, wanted) == (not set(wanted) <= set(current))
    assert field.extra(current, wanted) == bool(set(current) - set(wanted))


def test_dictionaries_compare_only_the_keys_that_are_given():
    field = option("metadata", "dict", protected_keys=frozenset({"zone_uuid"}))
    current = {"role": "web", "port": "80", "zone_uuid": "z"}
    assert not field.differs(current, {"port": 80})
    assert field.differs(current, {"port": 81})
    assert field.differs(current, {"new": "x"})
    assert field.extra(current, {"role": "web"})
    assert not field.extra({"role": "web", "zone_uuid": "z"}, {"role": "web"})


def test_all_spellings_of_a_member_are_read_and_the_first_is_sent():
    field = option("vcpus", "int", api=("vcpus", "vcups"))
    assert field.read({"vcups": "4"}) == 4
    body = {}
    field.write(body, "4")
    assert body == {"vcpus": 4}


def test_nested_members_are_read_and_sent():
    field = option("alias", api="metadata/alias")
    body = {"metadata": {"user_name": "admin"}}
    field.write(body, "Web")
    assert body == {"metadata": {"user_name": "admin", "alias": "Web"}}
    assert field.read(body) == "Web"
    assert field.read({"metadata": "oops"}) is None


def test_the_wire_type_may_be_another_one():
    body = {}
    option("min_cpu", "int", sent_as="str").write(body, 2)
    assert body == {"min_cpu": "2"}


def test_results_have_every_declared_key_and_no_secret():
    fields = (option("name"), option("admin_password", api="adminPass", secret=True), computed("size", "int"))
    assert read_object(fields, {"name": "web", "adminPass": "canary"}) == {"name": "web", "size": None}


def test_epoch_milliseconds_become_iso_and_texts_stay():
    assert coerce(1504948592000, "time") == "2017-09-09T09:16:32Z"
    assert coerce("2018-05-03T02:05:26Z", "time") == "2018-05-03T02:05:26Z"


WORDS = option("every", api="frequency", enum={"month": "0", "week": "1"})
FLAG = option("enabled", "bool", api="state", enum={True: "1", False: "0"})


@pytest.mark.parametrize(("field", "word", "number"), [(WORDS, "month", "0"), (WORDS, "week", "1"), (FLAG, False, "0")])
def test_enumerations_are_words_here_and_numbers_there(field, word, number):
    body = {}
    field.write(body, word)
    assert body == {field.api_names[0]: number}
    assert field.read(body) == word
    assert field.read({field.api_names[0]: int(number)}) == word
    assert not field.differs(field.read(body), word)


def test_a_number_without_a_word_is_kept():
    assert WORDS.read({"frequency": 7}) == "7"
    body = {}
    WORDS.write(body, "7")
    assert body == {"frequency": "7"}


@pytest.mark.parametrize(("word", "sent"), [("cas", 2), ("7", 7)])
def test_a_word_is_sent_in_the_json_type_that_the_platform_wants(word, sent):
    field = option("vm_type", api="vmType", enum={"vmware": "1", "cas": "2"}, sent_as="int")
    body: dict = {}
    field.write(body, word)
    assert body == {"vmType": sent} and isinstance(body["vmType"], int)
    assert field.read(body) == field.read({"vmType": str(sent)}) == word


MEMBERS = st.sampled_from(["a", "b", "a/b", "b/a", "a/b/c"])
FIELDS = st.builds(
    lambda number, type, api, words, secret_keys: option(
        f"field{number}", type, api=api, enum=words, secret_keys=secret_keys
    ),
    st.integers(0, 5),
    types,
    st.one_of(MEMBERS, st.tuples(MEMBERS, MEMBERS)),
    st.sampled_from([{}, {"on": "1", "off": ""}]),
    st.booleans(),
)
RAW = st.dictionaries(
    st.sampled_from("abc"), st.one_of(json_values, st.dictionaries(st.sampled_from("abc"), json_values, max_size=3))
)


@given(st.lists(FIELDS, unique_by=lambda field: field.name), st.lists(RAW, max_size=3))
def test_an_object_is_read_as_its_fields_are(fields, raws):
    fields = tuple(fields)
    for raw in raws:
        assert repr(read_object(fields, raw)) == repr({field.name: field.read(raw) for field in fields})


# --- descriptions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, {}, [], 1, "few", ["default"]])
def test_what_a_new_object_gets_anyway_goes_without_saying(value):
    field = option(
        "field", "raw", create_default=("default",) if isinstance(value, list) else 1, platform_default="few"
    )
    assert field.goes_without_saying(value)


@pytest.mark.parametrize("value", [2, "many", ["default", "web"], {"a": None}])
def test_what_differs_from_that_has_to_be_said(value):
    assert not option("field", "raw", create_default=("default",), platform_default=1).goes_without_saying(value)
    assert not option("field", "raw").goes_without_saying(value)
