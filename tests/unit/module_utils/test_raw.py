# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What a raw call refuses before anything is sent."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.client import Client, Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.entry import execute
from ansible_collections.h3c.cloudos.plugins.module_utils.raw import RAW_CALL


def call(**given):
    client = Client(Connection("http://cloud.example.com:11000", token="t" * 32))
    params = {name: rules.get("default") for name, rules in RAW_CALL.spec.items()}
    result = execute(RAW_CALL, client, {**params, "path": "/os/x", **given}, False, False, 2)
    client.close()
    return result


@pytest.mark.parametrize(
    ("name", "value"),
    [("X-Auth-Token", "hidden\n"), ("X-Auth-Token", " hidden"), ("X-Name", "\u540d\u5b57"), ("X Name", "x"), ("", "x")],
)
def test_a_header_that_cannot_be_sent_is_refused_and_not_shown(name, value):
    """Such a value, as a file with a line end gives it, would stand in the error in a spelling that nothing hides."""
    result = call(headers={name: value})
    assert result["failed"] and result["requests"] == {}
    assert result["msg"].startswith(f"headers: {name!r}: a header") and "hidden" not in result["msg"]
