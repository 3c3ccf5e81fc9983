# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A raw call sends what it is told to, and takes what comes."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.raw import raw_call
from ansible_collections.h3c.cloudos.plugins.module_utils.run import Run

from .conftest import Answer


def call(platform, *answers, **options):
    platform.answers(*answers)
    defaults = {"method": "GET", "query": {}, "headers": {}, "body": None, "list_key": None}
    return raw_call(Run(platform.client(), {**defaults, "path": "/os/x", **options}))


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


def test_a_page_in_the_place_of_what_is_read_is_a_failure(platform):
    with pytest.raises(CloudError, match="the answer is not JSON"):
        call(platform, Answer(200, b"<html>Welcome</html>"))


def test_flags_are_sent_as_the_platform_spells_them(platform):
    call(platform, Answer(200, {}), query={"all": True, "limit": 5, "left_out": None}, headers={"X-Deep": False})
    assert platform.seen[0].path == "/os/x?all=true&limit=5"
    assert platform.seen[0].headers["X-Deep"] == "false"
