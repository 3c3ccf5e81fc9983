# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""How lines and diffs are shown that are no results of tasks."""

from __future__ import annotations

import io

from ansible_collections.h3c.cloudos.plugins.plugin_utils import shown


def test_a_line_fits_the_terminal_whose_characters_may_be_wide() -> None:
    assert shown.fitting("abc", 3) == "abc"
    assert shown.fitting("abcdef", 4) == "abc…"
    assert len(shown.fitting("云" * 30, 20)) <= 20


def test_diffs_are_shown_as_those_of_other_tasks() -> None:
    found = [
        {"before": {"a": 1}, "after": {"a": 2}, "before_header": "server w", "after_header": "server w"},
        {"prepared": "Summary\n"},
    ]
    text = shown.rendered(found)
    assert "--- before: server w\n+++ after: server w\n" in text
    assert '-    "a": 1\n' in text and '+    "a": 2\n' in text
    assert text.endswith("\nSummary")
    assert io.StringIO(text).readline() == "--- before: server w\n"
