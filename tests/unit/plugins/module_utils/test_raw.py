# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A raw call sends what it is told to, and takes what comes."""

from __future__ import annotations

import json

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import AnswerLost, CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.features.raw_call import RAW_CALL, raw_call
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute

from .conftest import Answer


def call(platform, *answers, **options):
    platform.answers(*answers)
    defaults = {"method": "GET", "query": {}, "headers": {}, "body": None, "list_key": None}
    return raw_call(Context(platform.client(), {**defaults, "path": "/os/x", **options}))


@pytest.mark.parametrize(
    ("name", "value"),
    [("X-Auth-Token", "hidden\n"), ("X-Auth-Token", " hidden"), ("X-Name", "\u540d\u5b57"), ("X Name", "x"), ("", "x")],
)
def test_a_header_that_cannot_be_sent_is_refused_and_not_shown(platform, name, value):
    """Such a value, as a file with a line end gives it, would stand in the error in a spelling that nothing hides."""
    with pytest.raises(OptionError) as caught:
        call(platform, headers={name: value})
    assert caught.value.message.startswith(f"headers: {name!r}: a header") and "hidden" not in caught.value.message
    assert platform.seen == []


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_text_is_no_failure_of_what_was_done(platform, method):
    """OpenStack tells some of what it has accepted as a page or a line of text."""
    result = call(platform, Answer(202, b"202 Accepted\n\nThe request is accepted for processing."), method=method)
    assert (result["changed"], result["status"], result["json"]) == (True, 202, None)
    assert platform.seen[0].headers["Accept"] == "application/json"


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "text/xml"])
def test_any_text_is_no_failure_of_what_was_done(platform, kind):
    result = call(platform, Answer(200, b"i-123 started", {"Content-Type": kind}), method="POST")
    assert (result["changed"], result["json"]) == (True, None)


def test_a_page_of_openstack_that_says_accepted_is_no_failure(platform):
    page = b"<html>\n <head>\n  <title>202 Accepted</title>\n </head>\n <body>\n  <h1>202 Accepted</h1></body></html>"
    assert call(platform, Answer(202, page, {"Content-Type": "text/html"}), method="POST")["changed"] is True


PAGE = Answer(200, b"<html><head><title>200 OK</title></head>Welcome</html>", {"Content-Type": "text/html"})
TORN = Answer(200, b'{"server": ', {"Content-Type": "application/json"})


@pytest.mark.parametrize(
    "answer", [PAGE, TORN, Answer(200, b" <!DOCTYPE html>..."), Answer(200, {"id": 1}, broken=True)]
)
@pytest.mark.parametrize(("method", "times"), [("POST", 1), ("PATCH", 1), ("PUT", 5), ("DELETE", 5)])
def test_a_page_or_a_torn_answer_is_no_success(platform, answer, method, times):
    with pytest.raises(AnswerLost):
        call(platform, answer, method=method)
    assert len(platform.seen) == times


def test_nothing_is_an_answer_of_what_nobody_has_documented_but_no_list(platform):
    assert call(platform, Answer(204))["json"] is None
    assert call(platform, Answer(200))["json"] is None
    with pytest.raises(CloudError, match=r"raw .*: the answer is empty"):
        call(platform, Answer(200), list_key="things")


def things(*ids):
    return Answer(body={"things": [{"id": str(number)} for number in ids]})


@pytest.mark.parametrize(
    "given", [{"query": {"limit": 2}}, {"query": {"limit": "2"}}, {"path": "/os/x?limit=2"}], ids=["int", "str", "path"]
)
def test_pages_are_followed_where_the_answer_has_no_link(platform, given):
    result = call(platform, things(1, 2), things(3, 4), things(5), list_key="things", **given)
    assert [entry["id"] for entry in result["json"]] == ["1", "2", "3", "4", "5"]
    assert [request.path for request in platform.seen] == [
        "/os/x?limit=2",
        "/os/x?limit=2&marker=2",
        "/os/x?limit=2&marker=4",
    ]


def test_pages_that_cannot_be_followed_are_no_short_list(platform):
    with pytest.raises(OptionError, match=r"list_key: the entries have no id.*limit"):
        call(platform, Answer(body={"things": [{"size": 1}, {"size": 2}]}), list_key="things", query={"limit": 2})


def test_a_member_that_the_answer_does_not_have_is_an_error_that_names_those_it_has(platform):
    with pytest.raises(OptionError, match="list_key: the answer has no 'thing'; it has things, things_links"):
        call(platform, Answer(body={"things": [], "things_links": []}), list_key="thing")


@pytest.mark.parametrize(
    "body", [{"things": None}, {"things": []}, [], {"code": "0", "msg": "", "data": {"things": []}}]
)
def test_a_list_without_entries_is_one(platform, body):
    assert call(platform, Answer(body=body), list_key="things")["json"] == []


@pytest.mark.parametrize(
    "path", ["/os//x", "/os/ /x", "/os/%20/x", "/os/x/%20", "/os/../x", "/os/x/.", "/os/x\n", "/a\ud800"]
)
def test_a_path_that_a_template_has_filled_with_nothing_is_refused(platform, path):
    with pytest.raises(OptionError, match=r"^path: "):
        call(platform, path=path, method="DELETE")
    assert platform.seen == []


@pytest.mark.parametrize("path", ["/", "/v3/", "/os/x?name=a%20b", "/os/{tenant_id}/x", "/os/a b"])
def test_other_paths_are_sent(platform, path):
    call(platform, Answer(body={}), path=path)
    assert len(platform.seen) == 1


@pytest.mark.parametrize("body", ["text", '{"a": 1}', 7, True, 1.5, ["text"], [[]]])
def test_a_body_is_an_object_or_a_list_of_objects(platform, body):
    with pytest.raises(OptionError, match=r"^body: .*from_json"):
        call(platform, method="POST", body=body)
    assert platform.seen == []


@pytest.mark.parametrize("body", [{}, {"a": None}, [{"op": "add"}], []])
def test_objects_are_sent(platform, body):
    call(platform, Answer(body={}), method="PATCH", body=body)
    assert json.loads(platform.seen[0].body) == body


def test_a_body_of_a_read_is_refused(platform):
    with pytest.raises(OptionError, match=r"^body: a GET has none"):
        call(platform, body={"a": 1})


SECRETS = ["X-Auth-Token", "token", "password", "key", "signature", "X-Amz-Signature", "api_key", "sig", "secret_id"]


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("check_mode", [True, False])
def test_a_secret_in_the_query_of_a_path_is_not_shown(platform, name, check_mode):
    """Neither in what is predicted nor in what the platform says about it."""
    platform.answers(Answer(400, {"code": "400", "msg": "bad value hunter2+hunter2 (hunter2 hunter2)"}))
    params = dict.fromkeys(RAW_CALL.spec)
    params.update(path=f"/os/x?a=b&{name}=hunter2+hunter2", method="POST", query={}, headers={})
    result = execute(RAW_CALL, platform.client(), params, check_mode, show_diff=True, verbosity=3)
    assert "hunter2" not in str(result)
    assert bool(result.get("failed")) is not check_mode
    if check_mode:
        assert result["actions"] == [f"POST /os/x?a=b&{name}=********"]
    else:
        assert platform.seen[0].path.endswith("hunter2+hunter2")


def test_a_secret_in_a_path_that_is_refused_is_not_shown(platform):
    with pytest.raises(OptionError) as caught:
        call(platform, path="os/x?token=hunter2")
    assert "hunter2" not in str(caught.value)


def test_a_page_in_the_place_of_what_is_read_is_a_failure(platform):
    with pytest.raises(CloudError, match="the answer is not JSON"):
        call(platform, Answer(200, b"<html>Welcome</html>"))


def test_flags_are_sent_as_the_platform_spells_them(platform):
    call(platform, Answer(200, {}), query={"all": True, "limit": 5, "left_out": None}, headers={"X-Deep": False})
    assert platform.seen[0].path == "/os/x?all=true&limit=5"
    assert platform.seen[0].headers["X-Deep"] == "false"
