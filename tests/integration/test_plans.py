# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What was previewed is what is done: a run that would do anything else stops before it sends anything."""

from __future__ import annotations

from typing import Any

import pytest
from integration.harness import IN_PROCESS, MODES, Ansible, uses

from simulator import Simulator, seeds

NEW = {"image": "rocky-9", "flavor": "office", "networks": [{"id": seeds.NET_1}], "availability_zone": "nova11"}


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    cloud.settings(build_seconds=0, transition_seconds=0, action_seconds=0)
    cloud.seed("flavors", name="office", vcpus=2, ram=4096, disk=40)
    cloud.seed("flavors", name="large", vcpus=8, ram=16384, disk=40)
    cloud.seed("images", name="rocky-9", min_disk=10)
    return cloud


def previewed(task: dict[str, Any], name: str = "preview") -> dict[str, Any]:
    return {"name": name, **task, "check_mode": True, "diff": True, "register": "previewed"}


def approved(task: dict[str, Any], name: str = "run", plan: str = "{{ previewed.plan_id }}") -> dict[str, Any]:
    ((module, options),) = task.items()
    return {"name": name, module: {**options, "only_plan": plan}, "register": "done", "ignore_errors": True}


@pytest.mark.parametrize("mode", MODES)
def test_a_run_does_what_was_previewed_and_nothing_else(ready: Simulator, ansible: Ansible, mode: str) -> None:
    server = uses("cloudos_server", name="web-1", **NEW)
    resized = uses("cloudos_server", name="web-1", flavor="large")
    played = ansible.play(
        [
            previewed(server, "preview creation"),
            approved(server, "create"),
            approved(server, "nothing to do"),
            previewed(resized, "preview resize"),
            {"name": "behind the back", **uses("cloudos_server", name="web-1", power_state="stopped")},
            approved(resized, "refused"),
            {**approved(resized, "refused in check mode"), "check_mode": True},
            previewed(resized, "preview again"),
            approved(resized, "resize"),
        ],
        mode=mode,
    )
    creation, refused = played.result("create"), played.result("refused")

    assert creation["plan_id"] == played.result("preview creation")["plan_id"]
    assert creation["actions"] == ["create"]
    assert not played.result("nothing to do")["changed"]
    assert played["refused"].failed and not played["refused"].writes
    assert "Now it is resize of server web-1" in refused["msg"] and "Nothing was sent." in refused["msg"]
    assert refused["plan_id"] == played.result("preview again")["plan_id"]
    assert played.result("refused in check mode")["msg"] == refused["msg"]
    assert played.result("resize")["actions"] == ["resize"]
    assert played.result("resize")["plan_id"] == refused["plan_id"]


@pytest.mark.parametrize("mode", MODES)
def test_each_item_of_a_loop_has_its_own_plan(ready: Simulator, ansible: Ansible, mode: str) -> None:
    flavor = uses("cloudos_flavor", name="{{ item }}", vcpus=1, ram=1024, disk=10)
    played = ansible.play(
        [
            {**previewed(flavor), "loop": ["a", "b"]},
            {**approved(flavor, plan="{{ previewed.results[at].plan_id }}"), **looped(["a", "b"])},
            {**approved(uses("cloudos_flavor", name="c", vcpus=1, ram=1024, disk=10), "another one", "{{ plan }}")},
        ],
        mode=mode,
        variables={"plan": "{{ previewed.results[0].plan_id }}"},
    )
    plans = [item["plan_id"] for item in played["preview"].items]

    assert len(set(plans)) == 2
    assert [item["plan_id"] for item in played["run"].items] == plans
    assert [item["actions"] for item in played["run"].items] == [["create"], ["create"]]
    assert played["another one"].failed


def looped(items: list[str]) -> dict[str, Any]:
    return {"loop": items, "loop_control": {"index_var": "at"}}


@pytest.mark.parametrize("mode", MODES)
def test_a_fleet_is_refused_as_a_whole(ready: Simulator, ansible: Ansible, mode: str) -> None:
    fleet = uses("cloudos_servers", defaults=NEW, servers=[{"name": "web-1"}, {"name": "web-2"}])
    played = ansible.play(
        [
            previewed(fleet),
            {"name": "behind the back", **uses("cloudos_server", name="web-2", **{**NEW, "flavor": "large"})},
            approved(fleet, "refused"),
            previewed(fleet, "preview again"),
            approved(fleet),
            approved(fleet, "nothing to do", "anything"),
        ],
        mode=mode,
    )
    preview, refused, run = (played.result(name) for name in ("preview", "refused", "run"))

    assert all(len(one["plan_id"]) == 40 for one in preview["results"])
    assert played["refused"].failed and not played["refused"].writes
    assert "create of server web-1" in refused["msg"] and "resize of server web-2" in refused["msg"]
    assert refused["plan_id"] == played.result("preview again")["plan_id"] == run["plan_id"]
    assert [one["outcome"] for one in run["results"]] == ["created", "changed"]
    assert not played.result("nothing to do")["changed"]


def test_a_member_that_was_not_previewed_is_refused_alone(ready: Simulator, ansible: Ansible) -> None:
    servers = [{"name": "web-1", "only_plan": "another"}, {"name": "web-2"}]
    played = ansible.play(
        [
            {
                "name": "run",
                **uses("cloudos_servers", defaults=NEW, servers=servers, result_detail="all"),
                "ignore_errors": True,
            }
        ]
    )

    assert [one["outcome"] for one in played.result("run")["results"]] == ["failed", "created"]


STACK = uses(
    "cloudos_stack",
    security_groups=[
        {"name": "a", "rules": [{"direction": "ingress", "protocol": "tcp", "remote_group": "b"}]},
        {"name": "b", "rules": [{"direction": "ingress", "protocol": "tcp", "remote_group": "a"}]},
    ],
    networks=[{"name": "shop"}],
    subnets=[{"name": "shop", "network": "shop", "cidr": "10.9.0.0/24"}],
    routers=[{"name": "shop", "interfaces": ["shop"]}],
    volumes=[{"name": "data", "size": 1}],
    servers=[{"name": "web-1", **NEW, "networks": [{"network": "shop"}], "volumes": ["data"]}],
)


@pytest.mark.parametrize("mode", MODES)
def test_a_stack_that_does_not_exist_yet_has_one_plan(ready: Simulator, ansible: Ansible, mode: str) -> None:
    played = ansible.play(
        [
            previewed(STACK),
            {"name": "behind the back", **uses("cloudos_volume", name="data", size=2)},
            approved(STACK, "refused"),
            {"name": "undo", **uses("cloudos_volume", name="data", state="absent")},
            approved(STACK),
            approved(STACK, "nothing to do"),
        ],
        mode=mode,
    )
    preview, run = played.result("preview"), played.result("run")

    assert played["refused"].failed and not played["refused"].writes
    assert not played["run"].failed, run
    assert run["counts"]["created"] == 7
    assert [one["plan_id"] for one in run["results"]] == [one["plan_id"] for one in preview["results"]]
    assert run["plan_id"] == preview["plan_id"]
    assert not played.result("nothing to do")["changed"]


def test_a_stack_that_is_run_without_a_plan_returns_the_same_one(ready: Simulator, ansible: Ansible) -> None:
    played = ansible.play([previewed(STACK), {"name": "run", **STACK}])

    assert played.result("run")["plan_id"] == played.result("preview")["plan_id"]


def test_both_ways_to_run_a_task_have_the_same_plans(ready: Simulator, ansible: Ansible) -> None:
    ready.seed("servers", name="old", count=1)
    tasks = [
        uses("cloudos_server", name="web-1", **NEW, metadata={"b": "1", "a": "2"}),
        uses("cloudos_server", name="old", flavor="large"),
        uses("cloudos_servers", defaults=NEW, servers=[{"name": "web-1"}, {"name": "old", "state": "absent"}]),
        STACK,
    ]
    plays = [
        ansible.play([previewed(task, str(number)) for number, task in enumerate(tasks)], mode=mode) for mode in MODES
    ]
    plans = [[task.result["plan_id"] for task in played.tasks] for played in plays]

    assert plans[0] == plans[1]
    assert len(set(plans[0])) == len(tasks)


def test_a_blank_plan_is_no_plan(ready: Simulator, ansible: Ansible) -> None:
    task = approved(uses("cloudos_flavor", name="a", vcpus=1, ram=1, disk=1), plan=" ")
    played = ansible.play([task], mode=IN_PROCESS)

    assert played.result("run")["msg"] == "only_plan: must not be blank."
