# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The canned pages that inventories are measured with."""

from __future__ import annotations

import json

import pytest

from benchmark.canned import PATH, STANDARD_PATH, bodies

URL = "http://127.0.0.1:1"


@pytest.mark.parametrize(("servers", "pages"), [(3, [3]), (1000, [1000, 0]), (1500, [1000, 500])])
def test_both_apis_have_the_same_pages(servers: int, pages: list[int]) -> None:
    answers = bodies(URL, servers)

    for path in (PATH, STANDARD_PATH):
        assert [len(json.loads(body)["servers"]) for body in answers[path].values()] == pages


def test_a_full_page_tells_where_the_next_one_is() -> None:
    first, last = map(json.loads, bodies(URL, 1500)[STANDARD_PATH].values())

    assert first["servers_links"][0]["href"] == f"{URL}{STANDARD_PATH}?marker={first['servers'][-1]['id']}"
    assert "servers_links" not in last
