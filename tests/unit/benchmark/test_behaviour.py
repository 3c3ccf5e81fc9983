# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told of the results that are compared."""

from __future__ import annotations

from typing import Any

import pytest

from benchmark.scenarios.behaviour import PASSWORD, tell


@pytest.mark.parametrize(
    ("result", "told"),
    [
        ({"changed": True}, "changed"),
        ({"changed": False}, "not changed"),
        ({"changed": False, "msg": "no\n such"}, "failed: no such"),
        ({"msg": "x" * 300}, f"failed: {'x' * 192}…"),
        ({"changed": True, "node": {"secret": PASSWORD}}, "changed (the password is in the result)"),
        ({"msg": "no", "data": [f"<{PASSWORD}>"]}, "failed: no (the password is in the result)"),
    ],
)
def test_a_result_is_told_in_short(result: dict[str, Any], told: str) -> None:
    assert tell(result) == told
