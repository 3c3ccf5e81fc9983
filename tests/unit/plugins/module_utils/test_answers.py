# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One reader for every wrapper, page link and error form that the reference, its examples and real services have."""

from __future__ import annotations

import json

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.responses import (
    as_list,
    decoded,
    error_text,
    is_failure_envelope,
    next_page,
    unwrap,
)

OBJECT = {"id": "1", "name": "tiny"}
FINE = {"code": "200", "msg": "success", "total": 1}


@pytest.mark.parametrize(
    "answer",
    [
        *(
            OBJECT,
            {"image": OBJECT},
            {"images": OBJECT},
            {"images": [OBJECT]},
            {"images": [{"image": OBJECT}]},
            [OBJECT],
        ),
        *({**FINE, "data": OBJECT}, {**FINE, "data": [OBJECT]}, {**FINE, "data": {"image": OBJECT}}),
    ],
)
def test_one_object_in_any_wrapper(answer):
    assert unwrap(answer, "image", "images") == OBJECT


@pytest.mark.parametrize("answer", [None, {}, [], {"images": []}, "text", 7])
def test_no_object(answer):
    assert unwrap(answer, "image", "images") == {}


def test_a_string_member_of_the_singular_name_is_no_wrapper():
    key = {"keypair": "ssh", "name": "x"}
    assert unwrap(key, "keypair", "keypairs") == key


@pytest.mark.parametrize(
    ("answer", "entries"),
    [
        ({"ports": [1, 2]}, [1, 2]),
        ({"ports": {"id": 1}}, [{"id": 1}]),
        ({"ports": None}, []),
        ({"ports": {}}, []),
        ({"ports": ""}, []),
        ("", []),
        ({}, []),
        ({"others": [1]}, []),
        ([1, 2], [1, 2]),
        (None, []),
        ({**FINE, "data": [1, 2]}, [1, 2]),
        ({**FINE, "data": {"ports": [1, 2]}}, [1, 2]),
        ({**FINE, "data": None}, []),
        ({**FINE, "data": "text", "ports": [1]}, [1]),
    ],
)
def test_lists_in_any_form(answer, entries):
    assert as_list(answer, "ports") == entries


def test_a_bare_array():
    assert as_list([1], None) == [1]


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ({"code": "1001", "msg": "no such image", "data": None, "total": 0}, "1001", "no such image"),
        ({"code": " ", "msg": "no such image"}, None, "no such image"),
        ({"badRequest": {"code": 400, "message": "bad"}}, "400", "bad"),
        ({"itemNotFound": {"code": 404, "message": "gone"}}, "404", "gone"),
        ({"error": {"code": 401, "message": "who?", "title": "Unauthorized"}}, "401", "who?"),
        ({"error_message": "locked by host"}, None, "locked by host"),
        ({"error_message": {"faultcode": "Client", "faultstring": "bad verb"}}, "Client", "bad verb"),
        ({"error_message": json.dumps({"faultstring": "bad verb", "faultcode": "Client"})}, None, "bad verb"),
        ("plain", None, "plain"),
        ({}, None, ""),
        ([], None, ""),
        (None, None, ""),
    ],
)
def test_every_error_form_gives_its_message(body, code, message):
    assert error_text(body) == (code, message)


@pytest.mark.parametrize(("code", "failed"), [("500", True), (500, True), ("200", False), ("0", False), (" ", False)])
def test_a_failure_inside_of_a_success(code, failed):
    assert is_failure_envelope({"code": code, "msg": "text", "data": None, "total": 0}) is failed


def test_an_object_with_a_code_is_no_envelope():
    assert not is_failure_envelope({"code": "500"})


@pytest.mark.parametrize(
    "answer",
    [
        {
            "servers": [],
            "servers_links": [{"rel": "next", "href": "http://10.0.0.1:9000/v2/x/servers?limit=2&marker=m"}],
        },
        {"servers": [], "next": "/v2/servers?marker=m&limit=2"},
        {"servers": [], "links": {"next": "http://10.0.0.1/v3?limit=2&marker=m", "previous": ""}},
    ],
)
def test_only_the_query_of_a_next_link_is_taken(answer):
    assert next_page(answer, "servers") == {"limit": "2", "marker": "m"}


@pytest.mark.parametrize("answer", [[], {}, {"links": {"next": ""}}, {"links": [{"rel": "self"}]}, {"next": None}])
def test_the_last_page(answer):
    assert next_page(answer, "servers") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'{"\ud800": ["a\udfffb", {"c": "\ud83d"}]}', {"\ufffd": ["a\ufffdb", {"c": "\ufffd"}]}),
        (r'["\ud83d\ude00", "\uDE00\uD83D", 1, null]', ["\U0001f600", "\ufffd\ufffd", 1, None]),
        (r'["\\ud800", "\u6587"]', [r"\ud800", "\u6587"]),
    ],
)
def test_halves_of_characters_are_shown_as_missing(text, expected):
    """JSON can have them; YAML, files, terminals and results of modules cannot."""
    assert decoded(text.encode(), lambda: json.loads(text)) == expected
