# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Lists of many pages: what is held of them, and that they are read to their ends."""

from __future__ import annotations

import tracemalloc
import weakref

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import info
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.module.definition import execute
from ansible_collections.h3c.cloudos.plugins.module_utils.module.info import info_module
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.flavor import FLAVOR
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.keypair import KEYPAIR
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server_group import SERVER_GROUP
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.project import PROJECT
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image import IMAGE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.network.network import NETWORK
from simulator import Simulator, seeds

PAGE = SERVER.page_size
OPTIONS = {"detail": True, "gather": []}


class Entry(dict):
    """An entry of a list as it arrives, of which it can be seen how long it is held."""


class LongList(Client):
    """A platform that returns pages of servers."""

    def __init__(self, pages):
        super().__init__(Connection(url="http://cloud", token="t", project="a" * 32))
        self._pages, self._sent = pages, 0
        self._refs, self.most_held = [], 0

    def call(self, operation, params=None, query=None, body=None):
        self.most_held = max(self.most_held, sum(ref() is not None for ref in self._refs))
        if self._sent == self._pages:
            return {"servers": []}
        self._sent += 1
        entries = [self._server(f"{self._sent:04}-{number:04}") for number in range(PAGE)]
        self._refs += map(weakref.ref, entries)
        return {"servers": entries}

    @staticmethod
    def _server(own_id):
        addresses = {"net": [{"addr": f"10.0.{own_id}", "version": 4, "OS-EXT-IPS:type": "fixed"}]}
        details = {f"unknown-{number}": f"{own_id}-{number}" for number in range(20)}
        return Entry(id=own_id, name=f"web-{own_id}", status="ACTIVE", addresses=addresses, metadata={}, **details)


def test_a_page_is_let_go_when_its_servers_have_been_converted():
    client = LongList(pages=8)
    result = info.gather(SERVER, Context(client, OPTIONS))
    assert len({server["id"] for server in result["servers"]}) == 8 * PAGE
    assert client.most_held <= 2 * PAGE


def test_reading_servers_takes_little_more_memory_than_the_result():
    """The most that is held beside the result are two pages, and what is known of all: less than a half."""
    tracemalloc.start()
    try:
        result = info.gather(SERVER, Context(LongList(pages=12), OPTIONS))
        size, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(result["servers"]) == 12 * PAGE
    assert peak < 1.5 * size


# --- lists that end without a link -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def running():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def client(running, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    running.reset()
    client = Client(Connection(url=running.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
    yield client
    client.close()


def read(resource, client):
    options = {name: rules.get("default") for name, rules in info_module(resource).spec.items()}
    return execute(info_module(resource), client, options, False, False, 0)


@pytest.mark.parametrize("resource", [FLAVOR, IMAGE, NETWORK, PROJECT, SERVER, SERVER_GROUP], ids=lambda r: r.plural)
def test_a_list_is_read_to_its_end_where_no_link_says_that_there_is_more(resource, running, client):
    """A platform that returns 500 objects at most has 1,203 and those that it always has."""
    running.seed(resource.plural, name="thing-{n}", count=1203)
    running.settings(silent_limit=500)
    result = read(resource, client)
    assert {f"thing-{n}" for n in range(1, 1204)} <= {found["name"] for found in result[resource.plural]}
    assert "warnings" not in result


def test_a_list_that_cannot_be_read_to_its_end_is_a_warning(running, client):
    """Key pairs have no pages in the version of the API that the platform has."""
    running.seed("keypairs", name="key-{n}", count=130)
    running.settings(silent_limit=100)
    result = read(KEYPAIR, client)
    assert len(result["keypairs"]) == 100
    assert "the platform returned 100 entries" in result["warnings"][0]


def test_a_short_list_costs_one_request(running, client):
    running.seed("flavors", name="thing-{n}", count=50)
    read(FLAVOR, client)
    running.clear_log()
    read(FLAVOR, client)
    assert [entry["operation"] for entry in running.log()] == ["flavor-list-detail"]
