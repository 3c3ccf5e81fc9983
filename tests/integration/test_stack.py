# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""All that an application needs, in one file and one task: made in order, kept as it is, and taken down backwards."""

from __future__ import annotations

import json
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import BIN, MODES, REPOSITORY, Ansible, Played, is_login, performed, uses
from integration.test_whole_plays import unlike

from ansible_collections.h3c.cloudos.plugins.modules.cloudos_stack import DEFINITION
from simulator import Simulator, seeds

PLAYBOOKS = REPOSITORY / "playbooks"
STACK = PLAYBOOKS / "stack.yml"
SHOP = PLAYBOOKS / "vars" / "stack.yml"
TASK = "Manage the stack"
# The kinds of the example, by the names that the simulator has for them.
TABLES = (
    *("keypairs", "server_groups", "security_groups", "networks", "subnets", "ports", "routers"),
    *("volumes", "servers", "floating_ips"),
)


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud that has what every project finds in it."""
    cloud.settings(build_seconds=0.3, transition_seconds=0, action_seconds=0)
    cloud.seed("images", name="rocky-9")
    cloud.seed("flavors", name="small", vcpus=1, ram=1024, disk=20)
    cloud.seed("flavors", name="medium", vcpus=2, ram=4096, disk=40)
    outside = {"router:external": True, "provider:network_type": "flat", "subnet_cidr": "198.51.100.0/24"}
    cloud.seed("networks", name="internet", **outside, project_id=seeds.DEMO_PROJECT)
    return cloud


def converges(ansible: Ansible, file: Path = SHOP, *, check: bool = False, state: str = "", **more: Any) -> Played:
    variables = {"stack_file": str(file), **({"stack_state": state} if state else {})}
    arguments = ["--diff", "-vv", *(["--check"] if check else [])]
    return ansible.play([], playbook=STACK, variables_file=yaml.safe_dump(variables), arguments=arguments, **more)


def outcome(played: Played) -> dict[str, Any]:
    (result,) = played[TASK].items
    return result


def counts(played: Played) -> dict[str, int]:
    return {name: number for name, number in outcome(played)["counts"].items() if number}


def steps(played: Played) -> list[tuple[str, str, list[str]]]:
    return [(entry["kind"], entry["name"], entry["actions"]) for entry in outcome(played)["results"]]


def ids(cloud: Simulator) -> dict[str, set[str]]:
    return {table: {str(record.get("id") or record["name"]) for record in cloud.state(table)} for table in TABLES}


def test_a_stack_of_three_tiers_is_made_in_one_run_and_goes_in_one(ready: Simulator, ansible: Ansible) -> None:
    before = ids(ready)
    foretold = converges(ansible, check=True)
    assert counts(foretold) == {"created": 30} and ids(ready) == before

    made = converges(ansible)
    assert counts(made) == {"created": 30}
    assert steps(foretold) == steps(made)

    again = converges(ansible)
    assert not outcome(again)["changed"] and counts(again) == {"unchanged": 30}
    requests = Counter(again[TASK].sent())
    assert max(requests.values()) == 1 and len(requests) == len(TABLES) + 2, requests  # and images, flavors

    goes = converges(ansible, check=True, state="absent")
    gone = converges(ansible, state="absent")
    assert counts(goes) == counts(gone) == {"deleted": 30}
    assert ids(ready) == before
    nothing = converges(ansible, state="absent")
    assert not outcome(nothing)["changed"]


# --- the playbook ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("network: [{name: a}]", "There is no key network. Did you mean 'networks'?"),
        ("cloudos_netwroks: [{name: a}]", "There is no key cloudos_netwroks. Did you mean 'cloudos_networks'?"),
        ("zzz: 1", "There is no key zzz. There are: keypairs,"),
        ("networks: [{name: a, shard: true}]", "there is no option shard. Did you mean 'shared'?"),
        ("networks: {name: a}", "cloudos_network: this is no list."),
        ("networks: [a]", "cloudos_network: entry 1 is no dictionary."),
        ("networks: []\ncloudos_networks: []", "networks and cloudos_networks are one list; use one of them."),
        (
            "networks: [{name: a}]\ndefaults: {network: {}}",
            "defaults: there is no option 'network'. Did you mean 'networks'?",
        ),
        ("networks: [{name: a}, {name: a}]", "name: 'a' is given for more than one of networks."),
        (
            "security_groups: [{name: a, rules: [{protcol: tcp}]}]",
            "security_groups[0] (a): rules[0]: there is no option 'protcol'. Did you mean 'protocol'?",
        ),
        ("networks: [", "YAML"),
        ("- networks", ""),
    ],
)
def test_a_bad_file_is_refused_before_anything_is_sent(
    cloud: Simulator, ansible: Ansible, text: str, problem: str
) -> None:
    file = ansible.folder / "bad.yml"
    file.write_text(text)
    played = converges(ansible, file, rc=2, warns=None)
    assert problem in " ".join(played.output.split())
    assert cloud.log() == []


@pytest.mark.parametrize("variables", [{}, {"stack_file": "none.yml"}])
def test_a_missing_file_is_an_error_that_shows_the_call(
    cloud: Simulator, ansible: Ansible, variables: dict[str, str]
) -> None:
    played = ansible.play([], playbook=STACK, variables_file=yaml.safe_dump(variables), rc=2)
    message = " ".join(played.output.split())
    assert ("there is no file /" if variables else "it is missing.") in message
    assert "ansible-playbook h3c.cloudos.stack -e stack_file=stack.yml" in message
    assert cloud.log() == []


def test_an_exported_file_is_a_stack_of_each_project(ready: Simulator, ansible: Ansible) -> None:
    """What is no part of a stack is left to the playbook that applies all of an export."""
    exported = {
        "cloudos_flavors": [{"name": "small", "vcpus": 1, "ram": 1024, "disk": 20}],
        "cloudos_networks": [{"name": "own"}, {"name": "of-demo", "api_project": "demo"}],
        "state": "present",
    }
    file = ansible.folder / "cloud.yml"
    file.write_text(yaml.safe_dump(exported))
    made = converges(ansible, file)
    assert [item["networks"][0]["name"] for item in made[TASK].items] == ["own", "of-demo"]
    assert "h3c.cloudos.apply manages cloudos_flavors." in made.output
    owners = {network["name"]: network["project_id"] for network in ready.state("networks")}
    assert (owners["own"], owners["of-demo"]) == (seeds.ADMIN_PROJECT, seeds.DEMO_PROJECT)

    file.write_text(yaml.safe_dump({**exported, "state": "absent"}))
    converges(ansible, file)
    assert {"own", "of-demo"}.isdisjoint(network["name"] for network in ready.state("networks"))


def test_the_audit_compares_a_stack(ready: Simulator, ansible: Ansible) -> None:
    file, rows = ansible.folder / "shop.yml", ansible.folder / "audit.json"
    file.write_text(yaml.safe_dump({"networks": [{"name": "a", "mtu": 1400}, {"name": "b"}]}))
    performed(ready, DEFINITION, networks=[{"name": "a", "mtu": 1450}])
    variables = {"stack_file": str(file), "audit_file": str(rows)}
    played = ansible.play([], playbook=PLAYBOOKS / "audit.yml", variables_file=yaml.safe_dump(variables))
    columns = ("object", "kind", "project", "name", "key", "wanted", "is")
    assert [[row[name] for name in columns] for row in json.loads(rows.read_text())["differences"]] == [
        ["network a", "network", "admin", "a", "mtu", 1400, 1450],
        ["network b", "network", "admin", "b", "state", "present", "absent"],
    ]
    assert "+++" not in played.output and "changed=0" in played.output
    assert {entry["method"] for entry in played.log if not is_login(entry)} == {"GET"}


GUIDE = REPOSITORY / "docs" / "application.md"
# The name of a file, or a block; a block of a file stands below the name.
_PART = re.compile(r"^`([\w.]+)`:$|^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_guide_is_typed_as_it_is_printed(ready: Simulator, ansible: Ansible) -> None:
    folder = ansible.folder / "guide"
    folder.mkdir()
    environment = ansible.environment()
    before, recaps = ids(ready), []
    name = ""
    for found in _PART.finditer(GUIDE.read_text(encoding="utf-8")):
        name, language, block = found[1] or name, found[2], found[3]
        if language == "yaml":
            (folder / name).write_text(block)
        elif language == "diff":
            (folder / name).write_text(patched((folder / name).read_text(), block))
        elif language == "console":
            recaps += [typed(line.removeprefix("$ "), folder, environment) for line in block.splitlines()]
    assert [int(recap["changed"]) for recap in recaps] == [0, 1, 1, 0, 1, 1, 0, 1, 1]
    assert ids(ready) == before


def patched(text: str, diff: str) -> str:
    """The text with the lines of a diff without line numbers."""
    old = "".join(line[1:] for line in diff.splitlines(keepends=True) if line[0] != "+")
    new = "".join(line[1:] for line in diff.splitlines(keepends=True) if line[0] != "-")
    assert text.count(old) == 1, old
    return text.replace(old, new)


def typed(command: str, folder: Path, environment: dict[str, str]) -> dict[str, str]:
    """The counts that a command reports at its end."""
    words = command.split()
    done = subprocess.run(
        [str(BIN / words[0]), *words[1:]], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return dict(re.findall(r"(\w+)=(\d+)", done.stdout.splitlines()[-2]))


# --- the module --------------------------------------------------------------------------------------------------

SMALL: dict[str, Any] = {
    "security_groups": [
        {"name": "one", "rules": [{"remote_group": "two"}]},
        {"name": "two", "rules": [{"remote_group": "one"}]},
    ],
    "networks": [{"name": "net", "mtu": 1400}],
    "subnets": [{"name": "net", "network": "net", "cidr": "10.1.0.0/24"}],
    "volumes": [
        {"name": "copy", "source_volume": "first"},
        {"name": "late", "snapshot": "shot"},
        {"name": "first", "size": 2},
    ],
    "volume_snapshots": [{"name": "shot", "volume": "first"}],
    "servers": [
        {
            "name": "web",
            "image": "rocky-9",
            "flavor": "small",
            "networks": [{"network": "net"}],
            "security_groups": ["one"],
            "volumes": ["first", "late"],
            "availability_zone": "nova11",
        }
    ],
}
GONE = {kind: [{"name": entry["name"]} for entry in entries] for kind, entries in SMALL.items()}


@pytest.mark.parametrize("mode", MODES)
def test_both_ways_to_run_the_module_do_the_same(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """Objects of one kind may be made from each other, and groups may name one another."""
    before = ids(ready)
    task = {"name": "stack", **uses("cloudos_stack", **SMALL)}
    foretold = ansible.play([task], mode=mode, arguments=["--check", "--diff"]).result("stack")
    assert ids(ready) == before
    made = ansible.play([task], mode=mode, arguments=["--diff"]).result("stack")
    assert [entry["actions"] for entry in foretold["results"]] == [entry["actions"] for entry in made["results"]]
    assert {entry["outcome"] for entry in made["results"]} == {"created"} and len(made["results"]) == 9
    assert [
        rule["remote_group"] for group in made["security_groups"] for rule in group["rules"] if rule["remote_group"]
    ]
    assert unlike(foretold["diff"], made["diff"], "diff") == []
    assert not ansible.play([task], mode=mode).result("stack")["changed"]

    task = {"name": "stack", **uses("cloudos_stack", state="absent", **GONE)}
    foretold = ansible.play([task], mode=mode, arguments=["--check"]).result("stack")
    gone = ansible.play([task], mode=mode).result("stack")
    assert foretold["counts"] == gone["counts"] and gone["counts"]["deleted"] == 9
    assert ids(ready) == before


def test_what_is_made_from_each_other_cannot_be(cloud: Simulator) -> None:
    volumes = [{"name": "a", "source_volume": "b"}, {"name": "b", "source_volume": "a"}]
    result = performed(cloud, DEFINITION, volumes=volumes)
    assert result["msg"] == "volumes: these are to be made from each other: volume a, volume b."
    assert cloud.log() == []


@pytest.mark.parametrize(
    ("on_failure", "counts", "left"),
    [
        ("continue", {"created": 2, "failed": 2}, ["a", "b"]),
        ("stop", {"created": 1, "failed": 1, "not_begun": 2}, ["a"]),
        ("rollback", {"rolled_back": 1, "failed": 1, "not_begun": 2}, []),
    ],
)
def test_what_a_failure_means_for_the_others(
    ready: Simulator, on_failure: str, counts: dict[str, int], left: list[str]
) -> None:
    ready.fault("status", match={"operation": "subnet-create"}, status=400, count=1)
    wanted = {
        "networks": [{"name": "a"}],
        "subnets": [{"name": "a", "network": "a", "cidr": "10.1.0.0/24"}],
        "routers": [{"name": "r", "interfaces": ["a"]}],
        "volumes": [{"name": "b", "size": 1}],
    }
    result = performed(ready, DEFINITION, on_failure=on_failure, **wanted)
    assert result["failed"] and "subnet a: " in result["msg"]
    assert {name: number for name, number in result["counts"].items() if number} == counts
    made = [record["name"] for table in ("networks", "volumes") for record in ready.state(table)]
    assert [name for name in made if name in ("a", "b")] == left


def test_what_a_stage_refuses_as_a_whole_is_the_failure_of_its_objects(ready: Simulator, ansible: Ansible) -> None:
    """What was made before it is in the result, and so is each object that there is no room for."""
    quota = {"name": "quota", **uses("cloudos_quota", project="admin", compute={"cores": 1, "instances": 100})}
    web = {**SMALL["servers"][0], "volumes": None, "security_groups": None}
    wanted = {
        **{kind: SMALL[kind] for kind in ("networks", "subnets")},
        "servers": [{**web, "name": name} for name in ("web-1", "web-2")],
        "floating_ips": [{"network": "internet", "server": "web-1"}],
    }
    ansible.play([quota])
    result = performed(ready, DEFINITION, **wanted)
    assert result["failed"] and result["changed"] and result["counts"]["created"] == 2
    assert result["msg"].startswith(
        "3 of 5 objects failed. server web-1, server web-2: The quota of the project has no"
    )
    assert "floating IP web-1: server: there is no server 'web-1'" in result["msg"]


def test_with_its_external_network_a_stack_goes_twice(ready: Simulator) -> None:
    """A floating IP in a network that there is no longer is gone, too. One that may be any is kept."""
    wanted = {
        "networks": [{"name": "world", "external": True}],
        "subnets": [{"name": "world", "network": "world", "cidr": "203.0.113.0/24"}],
        "floating_ips": [{"network": "world", "port": "port-1"}, {"network": "internet", "state": "unbound"}],
        "routers": [{"name": "r", "external_gateway": {"network": "world"}, "interfaces": ["subnet-1"]}],
    }
    assert performed(ready, DEFINITION, **wanted)["counts"]["created"] == 5
    unclear = ["it does not say which floating IP is meant"]
    gone = performed(ready, DEFINITION, state="absent", warns=unclear, **wanted)
    assert gone["counts"]["deleted"] == 4 and "it does not say which floating IP is meant" in gone["warnings"][0]
    assert len(ready.state("floating_ips")) == 1
    again = performed(ready, DEFINITION, state="absent", warns=unclear, **wanted)
    assert again["counts"]["unchanged"] == 4 and "failed" not in again, again.get("msg")


def test_what_goes_is_given_up_before(ready: Simulator) -> None:
    """What stays no longer uses it by then; the list that was read before does not count."""
    assert performed(ready, DEFINITION, **SMALL)["counts"]["created"] == 9
    result = performed(
        ready,
        DEFINITION,
        volumes=[{"name": "copy"}, {"name": "first", "state": "absent"}],
        volume_snapshots=[{"name": "shot", "state": "absent"}],
        servers=[{"name": "web", "volumes": ["late"], "purge_volumes": True}],
    )
    assert "failed" not in result, result.get("msg")
    outcomes = [(entry["kind"], entry["outcome"]) for entry in result["results"] if entry["changed"]]
    assert outcomes == [
        ("servers", "changed"),
        ("volume_snapshots", "deleted"),
        ("volumes", "deleted"),
    ]


def test_servers_with_a_floating_ip_each_cost_three_requests_each(ready: Simulator) -> None:
    number = 40
    web = {"image": "rocky-9", "flavor": "small", "networks": [{"network": "net"}], "availability_zone": "nova11"}
    wanted = {
        **{kind: SMALL[kind] for kind in ("networks", "subnets")},
        "routers": [{"name": "net", "external_gateway": {"network": "internet"}, "interfaces": ["net"]}],
        "defaults": {"servers": web, "floating_ips": {"network": "internet"}},
        "servers": [{"name": f"web-{count}"} for count in range(number)],
        "floating_ips": [{"server": f"web-{count}"} for count in range(number)],
    }
    made = performed(ready, DEFINITION, **wanted)
    assert made["counts"]["created"] == 2 * number + 3
    assert sum(made["requests"].values()) <= 3.2 * number + 20
    again = performed(ready, DEFINITION, **wanted)
    assert not again["changed"] and again["requests"]["GET"] <= 10
