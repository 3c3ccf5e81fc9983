# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many objects in one task: one list, one plan each, side by side, and one failure is one failure."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from integration.harness import IN_PROCESS, REPOSITORY, Ansible, Played, uses

from simulator import Simulator, seeds

SERVER_LIST, IMAGE_LIST, FLAVOR_LIST = "GET server-list-detail", "GET image-list", "GET flavor-list-detail"
NETWORK_LIST = "GET network-list"
DEFAULTS = {
    "image": "rocky",
    "flavor": "small",
    "availability_zone": "nova11",
    "networks": [{"id": seeds.NET_1}],
}
PASSWORD = "CanaryFleet-77c1"


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud that has what servers are made of."""
    cloud.seed("images", name="rocky")
    cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)
    cloud.seed("flavors", name="large", vcpus=4, ram=4096, disk=20)
    return cloud


def fleet(task_name: str, /, check: bool = False, **options: Any) -> dict[str, Any]:
    """A task that makes servers, and returns all of them even if it fails."""
    given = {"defaults": DEFAULTS, "result_detail": "all", **options}
    task = {"name": task_name, **uses("cloudos_servers", **given), "diff": True}
    return {**task, "check_mode": True} if check else task


def named(*names: str, **more: Any) -> list[dict[str, Any]]:
    return [{"name": name, **more} for name in names]


def outcomes(played: Played, task: str) -> dict[str, str]:
    return {entry["name"]: entry["outcome"] for entry in played.result(task)["results"]}


def servers(cloud: Simulator) -> list[str]:
    return sorted(server["name"] for server in cloud.state("servers"))


def test_a_hundred_servers_cost_one_request_each_and_a_few_for_all(ready: Simulator, ansible: Ansible) -> None:
    ready.settings(build_seconds=1.0)
    task = {"name": "web-%03d", "exact_count": 100}
    played = ansible.play([fleet("made", **task), fleet("again", **task)])

    sent = Counter(played["made"].sent())
    assert sent.pop("POST server-create") == 100
    times = [entry["time"] for entry in played["made"].requests]
    assert sent.pop(SERVER_LIST) <= max(
        6, 2 + times[-1] - times[0]
    )  # a busy machine takes longer, and looks each second
    assert sent == Counter([IMAGE_LIST, FLAVOR_LIST, "GET azone-list", "GET limits-get"])
    assert Counter(played["again"].sent()) == Counter([SERVER_LIST, IMAGE_LIST, FLAVOR_LIST, NETWORK_LIST])


def test_what_a_platform_does_not_know_is_asked_for_once(ready: Simulator, ansible: Ansible) -> None:
    """Plain OpenStack has no list of zones."""
    ready.fault("status", match={"operation": "azone-list"}, status=404, count=None)
    ready.settings(shape="openstack")
    played = ansible.play([fleet("made", name="web", count=5)])
    ready.settings(shape="reference")
    assert played["made"].sent().count("GET azone-list") == 1
    assert played.result("made")["counts"]["created"] == 5


def test_a_number_of_servers(ready: Simulator, ansible: Ansible) -> None:
    """What is there counts, gaps are filled, and what is too many goes from the highest number down."""
    tasks = [
        fleet("three", servers=named("worker-2", "worker-4", "worker-7")),
        fleet("at least two", name="worker-%d", count=2),
        fleet("two", name="worker-%d", exact_count=2),
        fleet("four", name="worker-%d", count=4),
        fleet("other names", name="worker-%02d", count=1),
        fleet("a plain name", name="batch", count=2),
        fleet("none", name="worker-%d", exact_count=0),
    ]
    played = ansible.play(tasks)

    assert outcomes(played, "at least two") == dict.fromkeys(("worker-2", "worker-4", "worker-7"), "unchanged")
    assert outcomes(played, "two") == {"worker-2": "unchanged", "worker-4": "unchanged", "worker-7": "deleted"}
    assert outcomes(played, "four") == {
        "worker-1": "created",
        "worker-2": "unchanged",
        "worker-3": "created",
        "worker-4": "unchanged",
    }
    assert outcomes(played, "other names") == {"worker-01": "created"}
    assert outcomes(played, "a plain name") == {"batch-1": "created", "batch-2": "created"}
    assert outcomes(played, "none") == {f"worker-{number}": "deleted" for number in range(1, 5)}
    assert servers(ready) == ["batch-1", "batch-2", "worker-01"]


@pytest.mark.parametrize(
    ("on_failure", "left", "counts"),
    [
        ("continue", ["web-1", "web-2"], {"created": 2, "failed": 1}),
        ("stop", ["web-1"], {"created": 1, "failed": 1, "not_begun": 1}),
        ("rollback", [], {"rolled_back": 1, "failed": 1, "not_begun": 1}),
    ],
)
def test_what_a_failure_means_for_the_others(
    ready: Simulator, ansible: Ansible, on_failure: str, left: list[str], counts: dict[str, int]
) -> None:
    ready.settings(build_seconds=0)
    bad = {"name": "bad", "networks": [{"network": "00000000-0000-4000-8000-000000000000"}]}
    options = {"servers": [*named("web-1"), bad, *named("web-2")], "on_failure": on_failure, "concurrency": 1}
    played = ansible.play([fleet("made", **options)], rc=2)
    assert played.result("made")["results"][1]["outcome"] == "failed"
    assert {name: number for name, number in played.result("made")["counts"].items() if number} == counts
    assert servers(ready) == left


@pytest.mark.parametrize("on_failure", ["stop", "rollback"])
def test_nothing_is_begun_where_a_plan_cannot_be_made(ready: Simulator, ansible: Ansible, on_failure: str) -> None:
    members = [*named("web-1"), {"name": "bad", "flavor": "huge"}]
    played = ansible.play([fleet("made", servers=members, on_failure=on_failure)], rc=2)
    assert outcomes(played, "made") == {"web-1": "not_begun", "bad": "failed"}
    assert "bad: flavor: there is no flavor 'huge'" in played.result("made")["msg"]
    assert played["made"].writes == []


def test_a_rollback_removes_what_this_run_has_made_and_nothing_else(ready: Simulator, ansible: Ansible) -> None:
    ready.settings(fail_build="bad")
    before = ansible.play([fleet("there", servers=named("old"))])
    assert servers(ready) == ["old"]
    made = [*named("web-1", "bad", "web-2"), {"name": "old", "power_state": "stopped"}]
    played = ansible.play([fleet("made", servers=made, on_failure="rollback")], rc=2)

    assert outcomes(played, "made") == {
        "web-1": "rolled_back",
        "bad": "failed",
        "web-2": "rolled_back",
        "old": "changed",
    }
    assert played.result("made")["results"][0]["actions"] == ["create", "delete"]
    assert servers(ready) == ["old"]
    assert ready.state("servers")[0]["id"] == before.result("there")["servers"][0]["id"]


def test_one_failure_says_why_and_the_next_run_goes_on(ready: Simulator, ansible: Ansible, mode: str) -> None:
    ready.settings(fail_build="web-2")
    task = fleet("made", servers=named("web-1", "web-2", "web-3"))
    played = ansible.play([task], rc=2, mode=mode)
    result = played.result("made")
    assert result["changed"] and result["counts"]["created"] == 2
    assert result["msg"].startswith("1 of 3 servers failed. web-2: The server web-2 (")
    assert [entry["outcome"] for entry in result["results"]] == ["created", "failed", "created"]
    assert result["results"][1]["id"] and result["results"][1]["actions"] == ["create"]

    ready.settings(fail_build="")
    again = ansible.play(
        [fleet("made", servers=named("web-1", "web-2", "web-3"), defaults={**DEFAULTS, "replace": True})]
    )
    assert outcomes(again, "made") == {"web-1": "unchanged", "web-2": "changed", "web-3": "unchanged"}


def test_a_quota_that_is_too_small_is_told_before_anything_is_made(ready: Simulator, ansible: Ansible) -> None:
    tasks = [
        {"name": "quota", **uses("cloudos_quota", project="admin", compute={"cores": 6, "instances": 100})},
        fleet("one is there", servers=named("web-1")),
        {**fleet("too many", servers=named(*[f"web-{n}" for n in range(1, 9)])), "ignore_errors": True},
        {**fleet("foretold", check=True, servers=named(*[f"web-{n}" for n in range(1, 9)])), "ignore_errors": True},
        fleet("what there is room for", servers=named(*[f"web-{n}" for n in range(1, 6)])),
    ]
    played = ansible.play(tasks)
    for task in ("too many", "foretold"):
        assert played.result(task)["msg"].startswith(
            "The quota of the project has no room for 7 new servers: cores 7 needed, 5 left of 6."
        )
        assert played[task].writes == []
    assert played.result("what there is room for")["counts"]["created"] == 4


def test_who_may_not_see_the_quota_is_told_by_the_platform(ready: Simulator, ansible: Ansible) -> None:
    ready.seed("quotas", id=seeds.ADMIN_PROJECT, compute={"instances": 2})
    ready.fault("status", match={"operation": "limits-get"}, status=403)
    result = ansible.play([fleet("made", name="web", count=3)], rc=2).result("made")
    assert (result["counts"]["created"], result["counts"]["failed"]) == (2, 1)
    assert "answered 403: Quota exceeded for instances" in result["msg"]
    assert "The quota of the project is used up." in result["msg"]


def test_a_platform_that_asks_for_fewer_requests_gets_them(ready: Simulator, ansible: Ansible) -> None:
    ready.fault("status", match={"operation": "server-create"}, status=429, retry_after=1, count=6)
    played = ansible.play([fleet("made", name="web", count=20)], arguments=["-v"])
    assert played.result("made")["counts"]["created"] == 20 and len(servers(ready)) == 20
    assert len(played.result("made")["retries"]) == 6


def test_a_lost_answer_makes_no_second_server(ready: Simulator, ansible: Ansible) -> None:
    for _answer in range(3):
        ready.fault("lost", match={"operation": "server-create"})
    played = ansible.play([fleet("made", name="web", count=8)])
    assert played.result("made")["counts"]["created"] == 8
    assert servers(ready) == [f"web-{number}" for number in range(1, 9)]


WRONG = [
    ({"servers": named("web-1", "web-1")}, "name: 'web-1' is given for more than one of servers."),
    ({"servers": [{"name": "web-1", "flavour": "small"}]}, "servers[0] (web-1): there is no option 'flavour'."),
    ({"servers": [{"name": "web-1"}, {"flavor": "small"}]}, "servers[1]: one of the following is required: name, id."),
    ({"servers": [{"name": "web_1"}]}, "servers[0] (web_1): name: 'web_1' may have letters"),
    (
        {"servers": [{"name": "web", "power_state": "on"}]},
        "servers[0] (web): power_state: 'on' is not one of running, stopped",
    ),
    ({"servers": [], "concurrency": 0}, "concurrency: 0 is not between 1 and 100."),
    ({"name": "web-%d"}, "name: a pattern needs count or exact_count."),
    ({"name": "web-%d-%d", "count": 1}, "name: 'web-%d-%d' is no pattern"),
    ({"name": "web-%s", "count": 1}, "name: 'web-%s' is no pattern"),
    ({"name": "web", "count": -1}, "count: -1 is not a number of servers from 0 to 100000."),
    ({"name": "web", "exact_count": 1, "state": "absent"}, "state: the number of servers says which ones there are."),
    ({"name": "web", "count": 1, "defaults": {"id": "x"}}, "id: the number of servers says which ones there are."),
    ({"name": "web", "servers": []}, "parameters are mutually exclusive: servers|name"),
    ({}, "one of the following is required: servers, name"),
]


def test_wrong_options_are_told_before_anything_is_sent(ready: Simulator, ansible: Ansible) -> None:
    tasks = [{**fleet(f"wrong {n}", **options), "ignore_errors": True} for n, (options, _text) in enumerate(WRONG)]
    played = ansible.play(tasks, warns=None)
    for number, (_options, text) in enumerate(WRONG):
        assert text in played.result(f"wrong {number}")["msg"]
    assert played.log == []


def test_two_members_that_mean_one_server_are_refused(ready: Simulator, ansible: Ansible) -> None:
    made = ansible.play([fleet("made", servers=named("web-1"))]).result("made")["servers"][0]
    wanted = [{"name": "web-1"}, {"id": made["id"], "power_state": "stopped"}]
    played = ansible.play([fleet("twice", servers=wanted)], rc=2)
    assert played.result("twice")["msg"] == f"servers: web-1 and {made['id']} are one server: {made['id']}."
    assert played["twice"].writes == []


def test_what_goes_on_is_shown_in_plain_lines(ready: Simulator, ansible: Ansible) -> None:
    ready.settings(fail_build="web-2", build_seconds=0.5)
    options = {"servers": named("web-1", "web-2"), "defaults": {**DEFAULTS, "admin_password": PASSWORD}}
    shown = ansible.play([fleet("made", **options)], rc=2).output
    assert re.search(r"\[ +\d s\] 2 servers: 2 to create\n", shown)
    assert "s] web-2 failed: The server web-2 (" in shown
    quiet = ansible.play([fleet("quiet", **options, progress=False)], rc=2).output
    secret = ansible.play([{**fleet("no log", **options), "no_log": True}], rc=2, warns=None).output
    for output in (quiet, secret):
        assert " s] " not in output
    assert PASSWORD not in shown + quiet + secret


@pytest.mark.parametrize("check", [False, True], ids=["run", "check"])
def test_a_failed_fleet_shows_what_failed_and_the_diffs_of_the_others(
    ready: Simulator, ansible: Ansible, mode: str, check: bool
) -> None:
    """Ansible prints the whole result in a line, and no diff."""
    ready.seed("servers", name="bad", status="ERROR", image_id="rocky", flavor_id="small")
    members = named(*(f"web-{number:02d}" for number in range(39)), "bad")
    played = ansible.play([fleet("made", check, servers=members, result_detail="failed")], mode=mode, rc=2)
    result = played.result("made")
    assert [(entry["name"], entry["outcome"]) for entry in result["results"]] == [("bad", "failed")]
    assert (result["counts"]["created"], result["counts"]["failed"]) == (39, 1)
    assert "servers" not in result
    is_shown = mode == IN_PROCESS
    assert ("+++ after: 39 equal changes" in played.output) == is_shown
    assert (" web-07, " in played.output) == is_shown
    assert ("39 x create: web-00, web-01, web-02 and 36 more" in played.output) == is_shown
    assert ("] servers: 39 done in " in played.output) == (is_shown and not check)
    assert max(len(line) for line in played.output.splitlines() if "]: FAILED!" in line or "fatal:" in line) < 3000


def test_progress_is_off_for_all_tasks_where_users_say_so(ready: Simulator, ansible: Ansible) -> None:
    task = fleet("made", servers=named("web-1"))
    assert "1 servers: 1 to create" not in ansible.play([task], environment={"CLOUDOS_PROGRESS": "false"}).output
    gone = fleet("gone", servers=named("web-1"), state="absent")
    assert "to delete" not in ansible.play([gone], variables={"cloudos_progress": False}).output


def test_a_single_server_shows_what_it_is_waited_for(ready: Simulator, ansible: Ansible) -> None:
    ready.settings(build_seconds=12)
    made = uses("cloudos_server", name="web", **DEFAULTS)
    shown = ansible.play([{"name": "made", **made}]).output
    assert "s] server web: BUILD" in shown
    assert "s] server web: done in 1" in shown


def test_a_stack_shows_its_stages_and_how_it_ended(ready: Simulator, ansible: Ansible) -> None:
    stack = uses("cloudos_stack", server_groups=[{"name": "g", "policy": "affinity"}], networks=[{"name": "n"}])
    shown = ansible.play([{"name": "made", **stack}]).output
    lines = [line.partition("] ")[2] for line in shown.splitlines() if line.startswith("[ ")]
    assert lines[0] == "1 server groups: 1 to create"
    assert "1 networks: 1 to create" in lines
    assert lines[-1].startswith("objects: 2 done in ")
    assert "objects:" not in ansible.play([{"name": "again", **stack}]).output


def test_secrets_of_members_are_not_shown(ready: Simulator, ansible: Ansible, mode: str) -> None:
    members = [{"name": "web-1", "admin_password": "{{ canary }}"}, {"name": "web-2", "user_data": "{{ canary }}"}]
    wrong = fleet("wrong", servers=members, on_failure="never")
    invalid = fleet("invalid", servers=[{**members[0], "flavour": "{{ canary }}"}])
    tasks = [fleet("made", servers=members), *({**task, "ignore_errors": True} for task in (wrong, invalid))]
    canary = f"canary: {PASSWORD}"
    played = ansible.play(tasks, mode=mode, arguments=["-vvv"], variables_file=canary, warns=None)
    assert played.result("made")["counts"]["created"] == 2
    assert PASSWORD not in str([task.result for task in played.tasks])
    assert PASSWORD not in played.output


# --- bare-metal nodes --------------------------------------------------------------------------------------------


def node(number: int, **more: Any) -> dict[str, Any]:
    ipmi = {"address": f"172.25.19.{number}", "username": "admin", "password": PASSWORD}
    return {"name": f"rack-{number}", "ipmi": ipmi, **more}


def nodes(name: str, members: list[dict[str, Any]], check: bool = False, **options: Any) -> dict[str, Any]:
    task = {"name": name, **uses("cloudos_baremetal_nodes", baremetal_nodes=members, **options)}
    return {**task, "check_mode": True} if check else task


def test_a_rack_that_is_as_wanted_takes_one_list(cloud: Simulator, ansible: Ansible) -> None:
    members, available = [node(number) for number in range(1, 6)], {"provision_state": "available"}
    tasks = [nodes("made", members, defaults=available), nodes("again", members, defaults=available)]
    played = ansible.play(tasks)
    assert played.result("made")["counts"]["created"] == 5
    assert played["again"].sent() == ["GET baremetal-node-list"] and not played.result("again")["changed"]


def test_two_nodes_of_one_controller_are_refused(cloud: Simulator, ansible: Ansible) -> None:
    twin = {**node(1), "name": "twin"}
    played = ansible.play([nodes("twins", [node(1), twin])], rc=2)
    assert played.result("twins")["msg"] == "ipmi: '172.25.19.1' is given for more than one of baremetal_nodes."
    assert played.log == []


# --- a fleet as an inventory -------------------------------------------------------------------------------------

FLEET = ["--inventory", str(REPOSITORY / "playbooks" / "inventory" / "fleet.yml")]
PLAYBOOK = REPOSITORY / "playbooks" / "fleet.yml"
SHOP = [*(f"shop-db-{number}" for number in (1, 2)), *(f"shop-web-{number}" for number in (1, 2, 3, 4))]


@pytest.fixture
def shop(cloud: Simulator) -> Simulator:
    cloud.seed("images", name="demo-linux")
    cloud.seed("flavors", name="demo-small", vcpus=1, ram=1024, disk=20)
    cloud.seed("flavors", name="demo-medium", vcpus=2, ram=2048, disk=20)
    return cloud


CONVERGE, REPORT = "Converge all servers at once", "Report the result of the server"
RECAP = re.compile(r"^(\S+) +: ok=\d+ +changed=(\d+) +unreachable=0 +failed=(\d+)", re.M)


def recap(played: Played) -> dict[str, str]:
    """What the recap says of each host."""
    return {
        host: "failed" if failed != "0" else "changed" if changed != "0" else "ok"
        for host, changed, failed in RECAP.findall(played.output)
    }


def test_the_playbook_converges_what_the_inventory_describes(shop: Simulator, ansible: Ansible) -> None:
    made = ansible.play([], playbook=PLAYBOOK, arguments=FLEET)
    assert made.result(CONVERGE)["counts"]["created"] == 6 and servers(shop) == SHOP
    assert recap(made) == dict.fromkeys(SHOP, "changed")
    again = ansible.play([], playbook=PLAYBOOK, arguments=FLEET)
    assert again.result(CONVERGE)["counts"]["unchanged"] == 6
    assert recap(again) == dict.fromkeys(SHOP, "ok")


def test_each_server_of_the_playbook_is_a_host_of_its_own(shop: Simulator, ansible: Ansible) -> None:
    ansible.play([], playbook=PLAYBOOK, arguments=[*FLEET, "--limit", "shop-web-1,shop-web-2"])
    shop.settings(fail_build="^shop-web-4$")
    failed = ansible.play([], playbook=PLAYBOOK, arguments=FLEET, rc=2)
    expected = {**dict.fromkeys(SHOP, "changed"), "shop-web-1": "ok", "shop-web-2": "ok", "shop-web-4": "failed"}
    assert recap(failed) == expected
    told = {task.host: task.result["msg"] for task in failed.tasks if task.name == REPORT}
    assert told["shop-web-1"] == "unchanged" and told["shop-db-1"] == "created: create"
    assert told["shop-web-4"].startswith("The server shop-web-4") and "No valid host was found" in told["shop-web-4"]


def test_relaunching_on_failed_hosts_is_about_their_servers_only(shop: Simulator, ansible: Ansible) -> None:
    """AWX limits the new job to the hosts that failed."""
    shop.fault("status", status=400, match={"operation": "server-create"})
    first = recap(ansible.play([], playbook=PLAYBOOK, arguments=FLEET, rc=2))
    (failed,) = [host for host, outcome in first.items() if outcome == "failed"]
    again = ansible.play([], playbook=PLAYBOOK, arguments=[*FLEET, "--limit", failed])
    assert recap(again) == {failed: "changed"} and servers(shop) == SHOP


@pytest.mark.parametrize("rule", ["stop", "rollback"])
def test_servers_that_another_one_held_up_are_failed_hosts(shop: Simulator, ansible: Ansible, rule: str) -> None:
    held_up = ["--extra-vars", f"cloudos_fleet_on_failure={rule} cloudos_fleet_concurrency=1"]
    shop.fault("status", status=400, match={"operation": "server-create"}, count=1)
    failed = ansible.play([], playbook=PLAYBOOK, arguments=[*FLEET, *held_up], rc=2)
    assert recap(failed) == dict.fromkeys(SHOP, "failed")
    assert "not_begun, because another server failed" in failed.output


def test_a_fleet_that_cannot_begin_fails_on_each_host(cloud: Simulator, ansible: Ansible) -> None:
    wanted = '{"name": "web", "flavour": "small"}'
    inventory = "[cloudos_fleet]\n" + "".join(f"{host} cloudos_server='{wanted}'\n" for host in ("web-1", "web-2"))
    failed = ansible.play([], playbook=PLAYBOOK, inventory=inventory, rc=2)
    assert recap(failed) == {"web-1": "failed", "web-2": "failed"}
    assert "flavour" in failed.tasks[-1].result["msg"] and cloud.log() == []


def test_the_preview_of_the_playbook_shows_all_diffs(shop: Simulator, ansible: Ansible) -> None:
    preview = ansible.play([], playbook=PLAYBOOK, arguments=[*FLEET, "--check", "--diff"])
    assert recap(preview) == dict.fromkeys(SHOP, "changed")
    assert all(f"name: {name}" in preview.output for name in SHOP)


def test_the_playbook_needs_no_way_to_the_servers(shop: Simulator, ansible: Ansible) -> None:
    """The same inventory may tell how to reach them, once they are there."""
    way = "ansible_connection=ssh ansible_host=127.0.0.1 ansible_port=1 ansible_python_interpreter=/no/python"
    wanted = '{"name": "web-1", "state": "absent"}'
    inventory = f"[cloudos_fleet]\nweb-1 {way} cloudos_server='{wanted}'\n"
    played = ansible.play([], playbook=PLAYBOOK, inventory=inventory)
    assert played.result(CONVERGE)["counts"]["unchanged"] == 1


def test_many_equal_changes_are_shown_once(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("servers", name="web-{n}", count=13)
    servers = [{"name": f"web-{number}", "power_state": "stopped"} for number in range(1, 13)]
    servers.append({"name": "web-13", "power_state": "suspended"})
    task = {"name": "change", **uses("cloudos_servers", servers=servers), "check_mode": True, "diff": True}
    played = ansible.play([task])

    assert "12 equal changes: web-1, web-2, web-3" in played.output
    assert played.output.count('+    "power_state": "stopped"') == 1
    assert "before: web-13" in played.output
    assert "before: web-12" not in played.output
    assert "Summary of 13 objects:" in played.output
    assert len(played.output.splitlines()) < 60
    assert len(played.result("change")["diff"][0]["objects"]) == 12
