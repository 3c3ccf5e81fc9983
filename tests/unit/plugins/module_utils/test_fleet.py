# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Which objects a fleet is, how many requests are under way, what waits, and what people see of it."""

from __future__ import annotations

import dataclasses
import functools
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.rounds import Rounds

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.exchange import Exchange
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor, is_secret_key
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.fleet import (
    members,
    progress,
    result,
    summary,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.plan import Plan, Step
from ansible_collections.h3c.cloudos.plugins.module_utils.model.progress import Progress
from ansible_collections.h3c.cloudos.plugins.module_utils.module import argument_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.module.fleet import (
    converge_fleet,
    fleet_module,
    fleet_spec,
    validated_member,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from simulator import Simulator, seeds

MEMBER = {"image": "rocky", "flavor": "small", "availability_zone": "nova11", "networks": [{"id": seeds.NET_1}]}


@pytest.fixture(scope="module")
def running():
    with Simulator(build_seconds=0.2) as simulator:
        yield simulator


@pytest.fixture
def cloud(running, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    running.reset()
    running.seed("images", name="rocky")
    running.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)
    return running


@pytest.fixture
def client(cloud):
    client = Client(
        Connection(url=cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin", retries=4)
    )
    yield client
    client.close()


def run_of(client, report=None, **given_options):
    defaults = {name: rules.get("default") for name, rules in fleet_spec(SERVER).items()}
    options = {**defaults, "defaults": MEMBER, "result_detail": "all", **given_options}
    return Context(client, options, progress=Progress(report))


def node_run(client, **given_options):
    spec = fleet_spec(BAREMETAL_NODE)
    return Context(client, {**{name: rules.get("default") for name, rules in spec.items()}, **given_options})


# --- names and numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("web-%d", ["web-1", "web-12", "web-123"]),
        ("web-%02d", ["web-01", "web-12", "web-123"]),
        ("w%03dx", ["w001x", "w012x", "w123x"]),
        ("web", ["web-1", "web-12", "web-123"]),
    ],
)
def test_a_pattern_gives_names_and_knows_its_own(pattern, names):
    numbers = members.NamePattern(pattern)
    assert [numbers.of(number) for number in (1, 12, 123)] == names
    assert [numbers.number_in(name) for name in names] == [1, 12, 123]


@pytest.mark.parametrize(
    "name", [None, "", "web-", "web-1", "web-001", "web-0\u0661", "xweb-01", "web-01x", "web-01\n"]
)
def test_other_names_have_no_number(name):
    assert members.NamePattern("web-%02d").number_in(name) is None


@pytest.mark.parametrize("pattern", ["web-%", "web-%s", "web-%d-%d", "web-%%d", "web-%2d", "web-%00d", "web-%-2d"])
def test_what_is_no_pattern_is_refused(pattern):
    with pytest.raises(OptionError, match="is no pattern"):
        members.NamePattern(pattern)


@given(present=st.sets(st.integers(0, 40)), wanted=st.integers(0, 30), exact=st.booleans())
def test_a_number_is_reached_with_as_little_as_possible(present, wanted, exact):
    names = members.NamePattern("n-%d")
    counted = members._counted({"exact_count" if exact else "count": wanted}, names, present)
    numbers = {
        state: [names.number_in(m["name"]) for m in counted if m["state"] == state] for state in ("present", "absent")
    }
    kept, gone = set(numbers["present"]), set(numbers["absent"])

    assert len(counted) == len(kept) + len(gone)
    assert len(kept) == (wanted if exact else max(wanted, len(present)))
    assert kept | gone == present | (kept - present)
    assert not (gone and kept - present)  # nothing is made while something is taken away
    if gone:
        assert exact and max(kept, default=-1) < min(gone)
    free = [number for number in range(1, 100) if number not in present]
    assert sorted(kept - present) == free[: len(kept - present)]


# --- members -----------------------------------------------------------------------------------------------------


def test_what_a_member_says_comes_before_the_defaults_and_those_before_the_fleet(client):
    run = run_of(client, wait_timeout=10, defaults={**MEMBER, "wait_timeout": 20, "flavor": "small"})
    member = members._member(
        SERVER,
        run,
        functools.partial(validated_member, SERVER, run),
        "servers[0]",
        {"name": "web", "flavor": "large", "image": None},
    )
    assert (member.run.options["flavor"], member.run.options["image"]) == ("large", "rocky")
    assert member.run.options["wait_timeout"] == 20
    assert (
        members._member(
            SERVER, run, functools.partial(validated_member, SERVER, run), "x", {"name": "web", "wait_timeout": 30}
        ).run.options["wait_timeout"]
        == 30
    )
    assert member.run.options["purge_volumes"] is False  # the defaults of the options come last


@pytest.mark.parametrize("resource", [SERVER, BAREMETAL_NODE], ids=lambda resource: resource.plural)
def test_the_secrets_of_members_are_known_by_their_keys(resource):
    """Members are dictionaries for Ansible, so nothing else can tell it what is secret in them."""

    def secret(spec):
        for name, rules in spec.items():
            if rules.get("no_log"):
                yield name
            yield from secret(rules.get("options", {}))

    names = list(secret(argument_spec.member_spec(resource)))
    assert names and all(map(is_secret_key, names))
    member = {"admin_password": "one-secret", "ipmi": {"password": "another"}}
    entry = fleet_module(resource)
    assert set(entry.secrets({resource.plural: [member], "defaults": {"user_data": "third"}})) >= {
        *("one-secret", "another", "third")
    }


# --- how many at a time ------------------------------------------------------------------------------------------


def test_no_more_requests_are_under_way_than_allowed(client, cloud, monkeypatch):
    now, most, lock, crowd = 0, 0, threading.Lock(), threading.Barrier(3)
    send_once = Exchange.send_once

    def counted(self, request):
        nonlocal now, most
        if not request.operation.writes:
            return send_once(self, request)
        with lock:
            now += 1
            most = max(most, now)
        try:
            crowd.wait(timeout=300)
            return send_once(self, request)
        finally:
            with lock:
                now -= 1

    monkeypatch.setattr(Exchange, "send_once", counted)
    result = converge_fleet(SERVER, run_of(client, name="web", count=12, concurrency=3, wait=False))
    assert result["counts"]["created"] == 12
    assert most == 3


@pytest.mark.parametrize("shape", ["reference", "openstack"])
def test_a_fleet_takes_few_round_trips(client, cloud, shape):
    """Requests that do not need each other's answers are sent at the same time."""
    cloud.settings(build_seconds=0, shape=shape)
    client.project_id  # noqa: B018  (logs in)
    with Rounds() as rounds:
        result = converge_fleet(SERVER, run_of(client, name="web", count=40, concurrency=10))
    assert result["counts"]["created"] == 40
    assert rounds.sent[0] == ["server-list-detail"]
    assert "limits-get" in rounds.sent[1] and "image-list" in rounds.sent[1]
    assert all("server-create" in sent for sent in rounds.sent[2:6]), "looks hold up no creation"
    assert sum(operation == "server-create" for sent in rounds.sent for operation in sent) == 40

    client.lookups.clear()
    with Rounds() as rounds:
        result = converge_fleet(SERVER, run_of(client, name="web", count=40, concurrency=10))
    assert result["counts"]["unchanged"] == 40
    assert len(rounds.sent) == 2


def test_nothing_is_read_ahead_that_no_plan_needs(client, cloud):
    ids = {"image": cloud.state("images")[0]["id"], "flavor": cloud.state("flavors")[0]["id"], "networks": None}
    given = {"name": "web", "count": 3, "wait": False}
    converge_fleet(SERVER, run_of(client, **given))
    cloud.advance(10)
    client.lookups.clear()
    with Rounds() as rounds:
        result = converge_fleet(SERVER, run_of(client, **given, defaults={**MEMBER, **ids}))
    assert result["counts"]["unchanged"] == 3
    assert rounds.sent == [["server-list-detail"]]


def test_what_all_clients_have_sent_is_counted_once(client, cloud):
    client.project_id  # noqa: B018  (logs in)
    before, seen = sum(client.requests.values()), len(cloud.log())
    converge_fleet(SERVER, run_of(client, name="web", count=7, concurrency=4))
    assert sum(client.requests.values()) - before == len(cloud.log()) - seen


# --- waiting -----------------------------------------------------------------------------------------------------


def test_one_that_is_missing_or_failed_in_a_list_is_asked_for_by_itself(client, cloud, monkeypatch):
    """Lists may be late, and may leave out why something failed."""
    listed = type(SERVER).list_all

    def late(self, run, query=None):
        found = listed(self, run, query)
        return [{**raw, "fault": None} for raw in found if raw["name"] != "web-1" or raw["status"] == "ACTIVE"]

    monkeypatch.setattr(type(SERVER), "list_all", late)
    cloud.settings(fail_build="web-2", build_seconds=1.2)
    try:
        result = converge_fleet(SERVER, run_of(client, name="web", count=3))
    finally:
        cloud.settings(fail_build="", build_seconds=0.2)
    assert [entry["outcome"] for entry in result["results"]] == ["created", "failed", "created"]
    assert "No valid host" in result["msg"]


def test_a_list_that_cannot_be_had_is_no_failure(client, cloud, monkeypatch):
    listed, calls = type(SERVER).list_all, []

    def broken(self, run, query=None):
        calls.append(1)
        if len(calls) > 1:
            raise CloudError("no list")
        return listed(self, run, query)

    monkeypatch.setattr(type(SERVER), "list_all", broken)
    assert converge_fleet(SERVER, run_of(client, name="web", count=3))["counts"]["created"] == 3
    assert len(calls) > 1


@pytest.mark.parametrize("wait", [True, False])
@pytest.mark.parametrize("named", [True, False])
def test_new_nodes_whose_ids_were_not_returned_are_found_in_a_few_lists(client, cloud, named, wait):
    """A node alone would read one list. Two hundred of them read no more lists than a few seconds have looks."""
    names = [{"name": f"metal-{number}"} if named else {} for number in range(200)]
    nodes = [
        {**name, "ipmi": {"address": f"10.0.1.{number}", "username": "u", "password": "p"}}
        for number, name in enumerate(names)
    ]
    result = converge_fleet(BAREMETAL_NODE, node_run(client, baremetal_nodes=nodes, wait=wait))

    assert result["counts"]["created"] == 200
    ids = {name: record["id"] for record in cloud.state("baremetal_nodes") for name in [record["name"]]}
    made = result["baremetal_nodes"]
    assert len({node["id"] for node in made}) == 200
    assert not named or {node["name"]: node["id"] for node in made} == ids
    sent = [entry["operation"] for entry in cloud.log()]
    began = {name: sent.count(name) for name in ("baremetal-node-create", "baremetal-node-get")}
    assert began == {"baremetal-node-create": 200, "baremetal-node-get": 0}
    assert 2 <= sent.count("baremetal-node-list") <= 20


def test_a_new_node_that_never_appears_fails_alone(client, cloud, monkeypatch):
    listed = type(BAREMETAL_NODE).list_all

    def without_one(self, run, query=None):
        return [raw for raw in listed(self, run, query) if raw["name"] != "metal-1"]

    monkeypatch.setattr(type(BAREMETAL_NODE), "list_all", without_one)
    ipmi = {"username": "u", "password": "p"}
    nodes = [{"name": f"metal-{n}", "ipmi": {"address": f"10.0.1.{n}", **ipmi}} for n in (1, 2)]
    run = node_run(client, baremetal_nodes=nodes, wait=False, result_detail="all")
    result = converge_fleet(BAREMETAL_NODE, run)
    assert [entry["outcome"] for entry in result["results"]] == ["failed", "created"]
    assert "no such bare-metal node appeared" in result["msg"]


def test_time_runs_out_for_one_and_not_for_the_others(client, cloud):
    cloud.settings(build_seconds=5)
    wanted = [{"name": "web-1", "wait_timeout": 1}, {"name": "web-2"}]
    try:
        result = converge_fleet(SERVER, run_of(client, servers=wanted))
    finally:
        cloud.settings(build_seconds=0.2)
    assert [entry["outcome"] for entry in result["results"]] == ["failed", "created"]
    assert "is not ready 1 s after 'create'; last status: BUILD" in result["msg"]


def test_an_empty_fleet_needs_no_request_and_no_word(client, cloud):
    before, lines = len(cloud.log()), []
    result = converge_fleet(SERVER, run_of(client, report=lines.append, servers=[], progress=True))
    assert result["changed"] is False and result["servers"] == [] and len(cloud.log()) == before
    assert lines == []


# --- check mode --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on_failure", "foretold"), [("continue", "created"), ("stop", "not_begun"), ("rollback", "not_begun")]
)
def test_check_mode_begins_no_more_than_a_run_would(client, cloud, on_failure, foretold):
    cloud.seed("servers", name="bad", status="ERROR", image_id="rocky", flavor_id="small")
    run = run_of(client, servers=[{"name": "web"}, {"name": "bad"}], on_failure=on_failure)
    for check_mode in (True, False):
        result = converge_fleet(SERVER, dataclasses.replace(run, check_mode=check_mode))
        assert [entry["outcome"] for entry in result["results"]] == [foretold, "failed"]
        assert result["changed"] == result["results"][0]["changed"] == (foretold == "created")
        assert result["failed"] and len(result["servers"]) == len(result["diff"]) == (foretold == "created")


# --- results -----------------------------------------------------------------------------------------------------


def test_each_reason_is_told_once():
    run = Context(None, {})
    some = [members.Member(run, f"web-{number}") for number in range(9)]
    for member in some[:7]:
        member.failure = {"failed": True, "msg": "No room."}
    some[7].failure = {"failed": True, "msg": "No way."}
    found = result._failure("servers", some)
    text = "8 of 9 servers failed. web-0, web-1, web-2, web-3, web-4 and 2 more: No room. web-7: No way."
    assert found == {"failed": True, "msg": text}
    assert result._failure("servers", some[8:]) == {}


# --- progress ----------------------------------------------------------------------------------------------------


class Teller:
    """Takes lines, and redacts as a client does."""

    def __init__(self):
        self.lines = []
        self.redactor = Redactor(["secret"])

    def progress(self):
        return Progress(self.lines.append, self.redactor.text)


def watched(run, label, began, status):
    member = members.Member(run, label, began=began)
    member.watch = type("Watch", (), {"status": status})()
    return member


def test_progress_counts_by_state_and_names_the_slowest(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: clock[0])
    teller = Teller()
    run = Context(teller, {}, progress=teller.progress())
    told = progress.FleetProgress(run, "servers")
    ended, waiting = members.Member(run, "a", ended=True), members.Member(run, "d")
    failed = members.Member(run, "e-secret", failure={"msg": "No secret host."})
    some = [ended, watched(run, "b", 103.0, "BUILD"), watched(run, "c", 101.0, "BUILD"), waiting, failed]
    step = Step("create", SERVER.create_operation)
    ended.plan, waiting.plan = Plan(after={"id": "0"}), Plan((step,), after={"id": "3"})
    some[1].plan = Plan((step,), before={"id": "1"}, after={"id": "1"})
    some[2].plan = Plan((step,), before={"id": "2"})

    told.planned(some)
    told.goes_on(some)
    clock[0] = 107.0
    told.failed(failed)
    told.goes_on(some)
    told.goes_on(some)
    assert teller.lines == [
        "[   0 s] 5 servers: 1 as wanted, 1 to change, 1 to delete, 1 to create, 1 failed",
        "[   7 s] e-******** failed: No ******** host.",
        "[   7 s] 1 of 5 servers done, 2 BUILD, 1 to begin, 1 failed; slowest: c, BUILD for 6 s",
    ]
    clock[0] = 113.0
    told.ended(some)
    assert teller.lines[-1] == "[  13 s] servers: 1 done in 13 s, 3 not begun, 1 failed"


def test_one_whose_wait_ends_meanwhile_has_a_stage():
    class Member(members.Member):
        looks = 0

        @property
        def watch(self):
            self.looks += 1
            return None if self.looks > 1 else type("Watch", (), {"status": "BUILD"})()

        @watch.setter
        def watch(self, watch):
            pass

    assert Member(Context(None, {}), "a", began=1.0).stage == "BUILD"


def test_progress_says_nothing_of_a_fleet_that_is_as_wanted():
    teller = Teller()
    run = Context(teller, {}, progress=teller.progress())
    member = members.Member(run, "a", plan=Plan(after={}), ended=True)
    told = progress.FleetProgress(run, "servers")
    told.planned([member])
    told.ended([member])
    assert teller.lines == []


def test_only_the_first_errors_are_told():
    teller = Teller()
    told = progress.FleetProgress(Context(teller, {}, progress=teller.progress()), "servers")
    for number in range(20):
        told.failed(members.Member(None, f"web-{number}", failure={"msg": "no"}))
    assert len(teller.lines) == 5


# --- diffs -------------------------------------------------------------------------------------------------------


def test_many_diffs_end_with_a_summary_of_equal_changes():
    def diff(number, before, after):
        return {"before": before, "after": after, **dict.fromkeys(("before_header", "after_header"), f"w-{number}")}

    resized = [diff(number, {"flavor": "small"}, {"flavor": "large", "volumes": []}) for number in range(8)]
    others = [diff(8, {}, {"name": "w-8"}), diff(9, {"name": "w-9"}, {})]
    assert summary.with_summary(resized) == resized
    *diffs, last = summary.with_summary([*resized, *others])
    assert diffs == [*resized, *others]
    assert last["prepared"].splitlines() == [
        "Summary of 10 objects:",
        "8 x flavor small -> large; volumes: w-0, w-1, w-2 and 5 more",
        "1 x create: w-8",
        "1 x delete: w-9",
    ]


def changed(number, before, after):
    """A diff of one of many, which has what is its own beside its change."""
    own = {"id": f"id-{number}", "addresses": {"net": [f"10.0.0.{number}"]}}
    headers = dict.fromkeys(("before_header", "after_header"), f"w-{number}")
    return {"before": {**own, **before}, "after": {**own, **after}, **headers}


def test_many_equal_changes_are_shown_once_with_all_their_names():
    equal = [changed(number, {"flavor": "small"}, {"flavor": "large"}) for number in range(11)]
    others = [changed(11, {"flavor": "tiny"}, {"flavor": "large"}), changed(12, {"ram": 1}, {"ram": 2})]
    group, *rest, last = summary.with_summary([others[0], *equal, others[1]])[1:]
    assert rest == [others[1]] and last["after_header"] == "summary"
    names, shown = group["prepared"].split("\n---", 1)
    assert names.replace("\n", " ") == f"11 equal changes: {', '.join(f'w-{number}' for number in range(11))}"
    assert [line for line in shown.splitlines()[2:] if line.startswith(("+", "-"))] == [
        *('-    "flavor": "small"', '+    "flavor": "large"')
    ]
    assert "10.0.0" not in group["prepared"]
    assert group["objects"] == equal and "before" not in group


@pytest.mark.parametrize(
    "diffs",
    [
        [changed(number, {"flavor": "small"}, {"flavor": "large"}) for number in range(10)],
        [changed(number, {"flavor": "small"}, {"flavor": "large", "ip": number}) for number in range(20)],
        [changed(number, {"flavor": number}, {"flavor": "large"}) for number in range(20)],
        [{**changed(number, {}, {}), "after": {}} for number in range(20)],
    ],
    ids=["few", "to different values", "from different values", "deletions"],
)
def test_what_differs_is_shown_one_by_one(diffs):
    assert summary.with_summary(diffs)[:-1] == diffs


def test_new_objects_that_differ_in_their_names_only_are_shown_once():
    new = [{**changed(n, {}, {}), "before": {}, "after": {"name": f"w-{n}", "flavor": "f"}} for n in range(11)]
    group, _last = summary.with_summary(new)
    assert '+    "flavor": "f"' in group["prepared"] and '"name"' not in group["prepared"]
    addressed = [{**diff, "after": {**diff["after"], "networks": [n]}} for n, diff in enumerate(new)]
    assert summary.with_summary(addressed)[:-1] == addressed


def test_a_failed_result_has_what_failed_and_counts_unless_all_is_wanted():
    entries = [{"outcome": "created"}, {"outcome": "failed", "recreate": {"name": "a"}}]
    whole = {"failed": True, "msg": "no", "results": entries, "servers": [{}], "counts": {"failed": 1}, "diff": []}
    short = {name: value for name, value in whole.items() if name != "servers"}
    assert result.shortened(Context(None, {"result_detail": "failed"}), whole) == {**short, "results": entries[1:]}
    assert result.shortened(Context(None, {"result_detail": "all"}), whole) == whole
    succeeded = {"results": entries[:1], "servers": [{}]}
    assert result.shortened(Context(None, {"result_detail": "failed"}), succeeded) == succeeded


# --- work that rests ---------------------------------------------------------------------------------------------


def test_a_plan_that_has_nothing_to_wait_for_ends_at_once():
    run = Context(None, {"wait": True})
    work = execution.execute_plan(SERVER, run, Plan())
    with pytest.raises(StopIteration) as end:
        next(work)
    assert end.value.value == execution.Outcome(Plan(), None)
