# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tasks of a play share the names that they look up: those between which the play can have changed nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from integration.harness import REPOSITORY, Ansible, uses

from simulator import Simulator, seeds

FLAVOR = {"vcpus": 1, "ram": 1024, "disk": 20}
FLAVOR_LIST, SERVER_LIST = "GET flavor-list-detail", "GET server-list-detail"
CONVERGED = uses("cloudos_server", name="web", flavor="small")
FIRST, LAST = {"name": "first", **CONVERGED}, {"name": "last", **CONVERGED}


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud with a server that is as the tasks want it."""
    flavor = cloud.seed("flavors", name="small", **FLAVOR)[0]
    cloud.seed("servers", name="web", flavor_id=flavor["id"])
    return cloud


def seeds_by_hand(cloud: Simulator, **more: Any) -> dict[str, Any]:
    """A task that makes another flavor of the name, by other means than this collection."""
    body = {"name": "small", **FLAVOR}
    url = f"{cloud.url}/_admin/state/flavors"
    return {"ansible.builtin.uri": {"url": url, "method": "POST", "body_format": "json", "body": body}, **more}


def test_tasks_that_follow_each_other(ready: Simulator, ansible: Ansible) -> None:
    """What only sets or shows variables, or is skipped, does not come between them."""
    between = [
        {"ansible.builtin.debug": {"msg": "{{ inventory_hostname }}"}},
        {"ansible.builtin.set_fact": {"a_fact": 1}},
        {"ansible.builtin.assert": {"that": ["a_fact == 1"]}},
        uses("cloudos_keypair_info"),
    ]
    played = ansible.play([FIRST, *between, {**LAST, "name": "skipped", "when": False}, LAST])
    assert played["first"].sent() == [SERVER_LIST, FLAVOR_LIST]
    assert played["last"].sent() == [SERVER_LIST]
    assert played.result("last")["changed"] is False


def test_what_another_task_changes_is_seen(ready: Simulator, ansible: Ansible) -> None:
    """By other means, by an ordinary module, by this collection itself; in a block, a handler, or for a later batch."""
    fails = {"name": "last", **CONVERGED, "ignore_errors": True}
    another = uses("cloudos_flavor", name="large", **FLAVOR)
    plays: dict[str, list[dict[str, Any]]] = {
        "other means": [FIRST, seeds_by_hand(ready), fails],
        "in a block": [FIRST, {"block": [seeds_by_hand(ready)]}, fails],
        "in another list": [{"block": [FIRST, {"ansible.builtin.fail": {}}], "rescue": [seeds_by_hand(ready), fails]}],
    }
    for name, tasks in plays.items():
        played = ansible.play(tasks)
        assert "several flavors named 'small'" in played.result("last")["msg"], name
        doubles = ready.state("flavors")[1:]
        for flavor in doubles:
            ready.remove("flavors", flavor["id"])
    by_module = {**another, "name": "by module", "vars": {"cloudos_in_process": False}}
    assert ansible.play([FIRST, by_module, LAST])["last"].sent() == [SERVER_LIST, FLAVOR_LIST]
    absent = {"name": "in process", **uses("cloudos_flavor", name="large", state="absent")}
    assert ansible.play([FIRST, absent, LAST])["last"].sent() == [SERVER_LIST, FLAVOR_LIST]


def test_handlers_and_batches_begin_anew(ready: Simulator, ansible: Ansible) -> None:
    flush = {"ansible.builtin.meta": "flush_handlers"}
    notes = {"ansible.builtin.debug": {"msg": "{{ inventory_hostname }}"}, "changed_when": True, "notify": "handler"}
    played = ansible.play(
        [notes, flush, seeds_by_hand(ready), notes],
        handlers=[{"name": "handler", **CONVERGED, "ignore_errors": True}],
    )
    first, second = [task for task in played.tasks if task.name == "handler"]
    assert first.event == "ok" and "several flavors named 'small'" in second.result["msg"]

    ready.remove("flavors", ready.state("flavors")[-1]["id"])
    here = {"delegate_to": "localhost"}
    played = ansible.play(
        [
            {"name": "server", **CONVERGED, **here, "ignore_errors": True},
            seeds_by_hand(ready, when="inventory_hostname == 'a'", **here),
        ],
        inventory="a ansible_connection=local\nb ansible_connection=local\n",
        serial=1,
    )
    first, second = [task for task in played.tasks if task.name == "server"]
    assert first.event == "ok" and "several flavors named 'small'" in second.result["msg"]


def test_hosts_share_where_they_go_in_step(ready: Simulator, ansible: Ansible) -> None:
    """With one worker, a host comes after the other; those that run ahead share with nobody else."""
    inventory = "a ansible_connection=local\nb ansible_connection=local\n"
    for strategy, lists in (("linear", 1), ("ansible.builtin.free", 2)):
        played = ansible.play([FIRST, LAST], inventory=inventory, strategy=strategy, arguments=["--forks", "1"])
        assert sum(entry["operation"] == "flavor-list-detail" for entry in played.log) == lists, strategy


def test_the_switch(ready: Simulator, ansible: Ansible, tmp_path: Path) -> None:
    own = (REPOSITORY / "tests" / "tools" / "ansible.cfg").read_text(encoding="utf-8")
    config = tmp_path / "ansible.cfg"
    config.write_text(f"{own}\n[h3c.cloudos]\nshare_names = false\n")
    alone = [SERVER_LIST, FLAVOR_LIST]
    for environment in ({"CLOUDOS_SHARE_NAMES": "false"}, {"ANSIBLE_CONFIG": str(config)}):
        played = ansible.play([FIRST, LAST], environment=environment)
        assert played["last"].sent() == alone
    off = {"vars": {"cloudos_share_names": False}}
    assert ansible.play([FIRST, {**LAST, **off}])["last"].sent() == alone
    assert ansible.play([{**FIRST, **off}, LAST])["last"].sent() == alone


def test_another_user_or_project_shares_nothing(ready: Simulator, ansible: Ansible) -> None:
    login = {"api_username": "demo", "api_password": seeds.DEMO_PASSWORD, "api_project": "demo"}
    other = uses("cloudos_server", name="web", flavor="small", **login)
    played = ansible.play([FIRST, {"name": "other", **other, "ignore_errors": True}, LAST])
    assert FLAVOR_LIST in played["other"].sent()
