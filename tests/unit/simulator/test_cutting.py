# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lists that end without a word."""

from __future__ import annotations

import pytest

from simulator.cutting import cut


def test_any_list_can_be_cut_without_a_link(api, sim):
    sim.seed("servers", count=5, name="web-{n}")
    sim.settings(silent_limit=2, max_limit=2)
    first = api("server-list-detail", query={"limit": 4}).json()
    assert list(first) == ["servers"]
    rest = api("server-list-detail", query={"marker": first["servers"][-1]["id"]}).json()
    assert [server["name"] for server in first["servers"] + rest["servers"]] == [f"web-{n}" for n in (5, 4, 3, 2)]


def test_a_flavor_is_a_marker(api, sim):
    sim.seed("flavors", count=3, name="size-{n}")
    whole = api("flavor-list-detail").json()["flavors"]
    sim.settings(silent_limit=2)
    first = api("flavor-list-detail").json()["flavors"]
    assert first == whole[:2]
    assert api("flavor-list-detail", query={"marker": first[-1]["id"]}).json()["flavors"] == whole[2:4]


def test_a_list_of_key_pairs_has_no_way_to_go_on(api, sim):
    sim.seed("keypairs", count=3, name="key-{n}")
    sim.settings(silent_limit=2)
    assert len(api("keypair-list").json()["keypairs"]) == 2
    assert api("keypair-list", query={"marker": "key-2"}).status_code == 400


@pytest.mark.parametrize(("query", "kept"), [({}, ["a", "b"]), ({"marker": "b"}, ["c"]), ({"offset": "1"}, ["b", "c"])])
@pytest.mark.parametrize("wrap", [lambda entry: entry, lambda entry: {"keypair": entry}])
def test_what_is_kept(query, kept, wrap):
    entries = [wrap({"name": name}) for name in "abc"]
    kept = [wrap({"name": name}) for name in kept]
    assert cut(entries, query, 2) == kept
    assert cut({"things": entries, "things_links": [{"rel": "next"}], "next": "x"}, query, 2) == {"things": kept}


@pytest.mark.parametrize("body", [None, {"thing": {"tags": 3}}, {"one": [1, 2, 3], "two": [4]}])
def test_what_is_no_list_stays_as_it_is(body):
    assert cut(body, {}, 2) == body
