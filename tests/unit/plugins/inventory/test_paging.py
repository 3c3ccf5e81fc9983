# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Projects and pages that are read side by side: nothing twice, nothing missing, no more at once than allowed."""

from __future__ import annotations

import collections
import concurrent.futures
import itertools
import threading
from typing import Any

import pytest
from ansible.errors import AnsibleParserError
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.plugins.inventory.harness import parse
from unit.plugins.inventory.test_requests import operations, plugin

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.parallel import side_by_side
from ansible_collections.h3c.cloudos.plugins.plugin_utils.inventory_fetching import Fetcher
from ansible_collections.h3c.cloudos.plugins.plugin_utils.paging import Page, PagedList, merge_pages
from simulator import seeds

SHORT, LONG = Operation("short", "GET", "/short"), Operation("long", "GET", "/long")


class Lives:
    """A list whose entries come and go, each with the first and the last request at which it is there."""

    def __init__(self, lives: list[tuple[int, int]], page_size: int, knows_gone: bool, short: str = "whole") -> None:
        self.lives, self.page_size, self.knows_gone, self.short = lives, page_size, knows_gone, short
        self.lock = threading.Lock()
        self.sent = 0
        self.requests: collections.Counter[str] = collections.Counter()
        self.retries: list[str] = []

    def twin(self) -> Lives:
        return self

    def give_back(self, client: Lives) -> None:
        pass

    def ids(self) -> list[str]:
        with self.lock:
            self.sent += 1
            return [str(number) for number, (born, gone) in enumerate(self.lives) if born <= self.sent < gone]

    def page(self, operation: Operation, key: str, query: Any = None, page_size: int | None = None) -> Any:
        ids, marker = self.ids(), (query or {}).get("marker")
        if marker is not None and marker not in ids and not self.knows_gone:
            raise CloudError("unknown marker", status=400)
        behind = [{"id": name} for name in ids if marker is None or int(name) > int(marker)]
        page = behind[: self.page_size]
        return page, {"marker": page[-1]["id"]} if len(page) == self.page_size else None

    def pages(self, operation: Operation, key: str, query: Any = None, page_size: int | None = None) -> Any:
        if operation is SHORT:
            if self.short == "refused":
                raise CloudError("not offered", status=404)
            ids = self.ids()
            yield [{"id": name} for name in (ids if self.short == "whole" else ids[:3])]
            return
        query = {}
        while query is not None:
            page, query = self.page(operation, key, query)
            yield page


def listed(lives: Lives, most: int) -> list[str]:
    pages = PagedList(lives, LONG, "entries", lives.page_size).pages(SHORT, most)
    return [entry["id"] for page in pages for entry in page]


ALWAYS = st.just((0, 10**9))
LIVES = st.lists(st.one_of(ALWAYS, st.tuples(st.integers(0, 8), st.integers(2, 12))), max_size=30)


@settings(deadline=None)
@given(LIVES, st.integers(1, 5), st.booleans(), st.sampled_from(["whole", "cut off", "refused"]), st.integers(2, 4))
def test_what_is_there_all_the_time_is_listed_once_whatever_comes_and_goes(lives, page_size, knows_gone, short, most):
    platform = Lives(lives, page_size, knows_gone, short)
    try:
        ids = listed(platform, most)
    except CloudError:
        assert not knows_gone, "only a marker that has gone may end it"
        return
    assert len(set(ids)) == len(ids)
    assert {str(number) for number, life in enumerate(lives) if life == (0, 10**9)} <= set(ids)


def done(page: Page | None) -> concurrent.futures.Future:
    future = concurrent.futures.Future()
    future.set_result(page)
    return future


TIMES = st.integers(0, 20)


@settings(deadline=None, max_examples=500)
@given(
    st.lists(st.one_of(ALWAYS, st.tuples(TIMES, TIMES)), max_size=20),
    st.integers(1, 4),
    st.booleans(),
    st.tuples(TIMES, TIMES),
    st.lists(TIMES, min_size=20, max_size=20),
)
def test_pages_are_sewn_without_gaps_whenever_each_was_read(lives, page_size, knows_gone, first, times):
    def page_after(marker: str | None, time: int) -> Page | None:
        ids = [number for number, (born, gone) in enumerate(lives) if born <= time < gone]
        if marker is not None and int(marker) not in ids and not knows_gone:
            return None
        page = [{"id": str(number)} for number in ids if marker is None or number > int(marker)][:page_size]
        return Page(page, len(page) == page_size)

    hinted = [number for number, (born, gone) in enumerate(lives) if born <= first[0] < gone]
    markers = [str(number) for number in hinted[page_size - 1 :: page_size]]
    ahead = {marker: done(page_after(marker, time)) for marker, time in zip(markers, times, strict=False)}
    clock = itertools.count(first[1])

    def read(marker: str | None) -> Page:
        page = page_after(marker, next(clock))
        if page is None:
            raise CloudError("unknown marker", status=400)
        return page

    try:
        ids = [entry["id"] for page in merge_pages(page_after(None, first[1]), ahead, read) for entry in page]
    except CloudError:
        return
    assert {str(number) for number, life in enumerate(lives) if life == (0, 10**9)} <= set(ids)


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(1, 5), st.sampled_from(["whole", "cut off", "refused"]))
def test_a_list_at_rest_comes_in_its_order(count, page_size, short):
    platform = Lives([(0, 10**9)] * count, page_size, knows_gone=True, short=short)
    assert listed(platform, 3) == [str(number) for number in range(count)]


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(1, 5))
def test_a_list_at_rest_costs_one_request_for_each_page_and_one_for_the_short_list(count, page_size):
    platform = Lives([(0, 10**9)] * count, page_size, knows_gone=True)
    listed(platform, 3)
    assert platform.sent == 1 + (count + page_size) // page_size


def test_a_platform_that_always_gives_the_same_page_is_left_in_the_end():
    class Deaf(Lives):
        def page(self, operation, key, query=None, page_size=None):
            return super().page(operation, key)

    assert listed(Deaf([(0, 10**9)] * 10, 3, knows_gone=True), 3) == ["0", "1", "2"]


def test_an_error_of_the_platform_is_raised():
    class Broken(Lives):
        def page(self, operation, key, query=None, page_size=None):
            raise CloudError("broken", status=500)

    with pytest.raises(CloudError, match="broken"):
        listed(Broken([(0, 10**9)], 3, knows_gone=True), 3)


class Crowd:
    """Work of which so many pieces are under way at once; each waits until it is not alone."""

    def __init__(self, together: int) -> None:
        self.barrier, self.lock, self.now, self.most = threading.Barrier(together), threading.Lock(), 0, 0

    def work(self, item: Any) -> Any:
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
        self.barrier.wait(timeout=300)
        with self.lock:
            self.now -= 1
        return item


def test_no_more_is_done_at_once_than_allowed_and_the_order_stays():
    crowd = Crowd(3)
    assert side_by_side(crowd.work, list(range(12)), 3) == list(range(12))
    assert crowd.most == 3


def test_the_first_error_in_their_order_is_raised():
    def fail(item):
        raise CloudError(f"item {item}")

    with pytest.raises(CloudError, match="item 0"):
        side_by_side(fail, [0, 1, 2], 2)


# --- the plugin -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("shape", "max_limit"), [("reference", 1000), ("openstack", 1000), ("openstack", 10)])
@pytest.mark.parametrize("servers", [0, 9, 10, 25, 60])
def test_pages_side_by_side_give_the_same_inventory(cloud, shape, max_limit, servers):
    cloud.settings(shape=shape, max_limit=max_limit)
    cloud.seed("servers", count=servers, name="web-{n}")
    one_by_one, at_once = (parse(plugin(cloud, page_size=10, page_concurrency=most)) for most in (1, 4))
    assert list(at_once.hosts) == list(one_by_one.hosts)
    assert len(at_once.hosts) == servers
    assert [host.vars for host in at_once.hosts.values()] == [host.vars for host in one_by_one.hosts.values()]


def test_pages_side_by_side_cost_one_request_more(cloud):
    cloud.seed("servers", count=60, name="web-{n}")
    parse(plugin(cloud, page_size=10))
    pages = operations(cloud).count("server-list-detail")
    cloud.clear_log()
    parse(plugin(cloud, page_size=10, page_concurrency=4))
    assert collections.Counter(operations(cloud)) == {"server-list": 1, "server-list-detail": pages}


def test_the_short_list_is_not_asked_for_where_it_does_not_help(cloud):
    parse(plugin(cloud, page_concurrency=4, filters={"name": "^web"}))
    assert "server-list" not in operations(cloud)


def test_a_platform_without_the_short_list_is_read_page_after_page(cloud):
    cloud.seed("servers", count=25, name="web-{n}")
    cloud.fault("status", match={"operation": "server-list"}, status=403)
    assert len(parse(plugin(cloud, page_size=10, page_concurrency=4)).hosts) == 25


def test_a_page_concurrency_below_one_is_an_error(cloud):
    with pytest.raises(AnsibleParserError, match=r"^page_concurrency: "):
        parse(plugin(cloud, page_concurrency=0))


def test_projects_are_read_at_the_same_time_and_stay_in_their_order(cloud, monkeypatch):
    projects = {"admin": seeds.ADMIN_PROJECT, "demo": seeds.DEMO_PROJECT}
    for name, project_id in projects.items():
        cloud.seed("servers", name=f"of-{name}", project_id=project_id)
    crowd, fetch = Crowd(2), Fetcher._fetch_project

    def fetch_together(self, question, client):
        crowd.work(client)
        return fetch(self, question, client)

    monkeypatch.setattr(Fetcher, "_fetch_project", fetch_together)
    assert list(parse(plugin(cloud, projects=["demo", "admin"])).hosts) == ["of-demo", "of-admin"]
    assert crowd.most == 2


def test_a_wrong_password_is_not_tried_for_each_project(cloud):
    projects = [f"project-{number}" for number in range(20)]
    with pytest.raises(AnsibleParserError, match="Could not log in"):
        parse(plugin(cloud, projects=projects, api_password="wrong"))
    assert operations(cloud) == ["token-create"] * 2, "one for the project, one without a project"


def test_pages_side_by_side_share_one_login(cloud):
    cloud.seed("servers", count=60, name="web-{n}")
    parse(plugin(cloud, page_size=10, page_concurrency=4))
    assert operations(cloud).count("token-create") == 1


def test_the_garbage_collector_is_as_before_after_an_error(cloud):
    import gc

    before = gc.get_threshold()
    with pytest.raises(AnsibleParserError):
        parse(plugin(cloud, api_password="wrong"))
    assert gc.get_threshold() == before
