# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What people read when something goes wrong."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.hints import hint_for
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import ModuleDefinition, execute

GET = Operation("thing-get", "GET", "/things/{thing_id}")


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("It failed", "It failed. Try again."),
        ("It failed.", "It failed. Try again."),
        ("It was found. ", "It was found. Try again."),
        ("It was found. .", "It was found. Try again."),
        ("Why?", "Why? Try again."),
        ("\u64cd\u4f5c\u5931\u8d25\u3002", "\u64cd\u4f5c\u5931\u8d25\u3002 Try again."),
        ("", "Try again."),
    ],
)
def test_a_message_and_its_hint_are_sentences(message, text):
    assert str(CloudError(message, hint="Try again.")) == text


@pytest.mark.parametrize(
    "message",
    [
        "A node with name n1 already exists.",
        "Flavor with name small already exists.",
        "Conflict occurred attempting to store project - Duplicate entry found with name web.",
        "A port with MAC address 52:54:00:00:00:01 already exists.",
        "The name is already in use",
        "\u540d\u79f0\u5df2\u5b58\u5728",
    ],
)
def test_what_is_taken_is_not_told_as_busy(message):
    hint = hint_for(409, message)
    assert "Another object has this already" in hint and "again" not in hint


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Cannot 'stop' instance s while it is in vm_state stopped", "run the task again"),
        ("Node n is locked by host h, please retry after the current operation is completed.", "run the task again"),
        ("Security Group g in use.", "remove that first"),
        ("Node n is associated with instance i.", "remove that first"),
        ("Quota exceeded for cores", "quota"),
    ],
)
def test_other_conflicts_have_hints_of_their_own(message, words):
    assert words in hint_for(409, message)


@pytest.mark.parametrize(
    ("value", "why"), [(" ", "not valid"), ("a ", "leading or trailing spaces"), ("\ud800", "Unicode")]
)
def test_a_value_that_no_path_can_hold_is_told_by_the_option_it_comes_from(platform, value, why):
    entry = ModuleDefinition({}, lambda run: run.client.call(GET, {"thing_id": run.options["id"]}))
    result = execute(entry, platform.client(), {"name": None, "id": value}, False, False, 0)
    assert result["failed"] is True and result["msg"].startswith("id: ") and why in result["msg"]
    assert platform.seen == []


def test_a_value_that_comes_from_no_option_is_told_by_its_parameter(platform):
    entry = ModuleDefinition({}, lambda run: run.client.call(GET, {"thing_id": " "}))
    assert execute(entry, platform.client(), {"id": "x"}, False, False, 0)["msg"].startswith("thing_id: ")
