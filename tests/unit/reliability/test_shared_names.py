# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing that is done comes of names that others have read: objects change behind the back of a play, at random.

Tasks share names. Between any two of them, objects that they name are renamed, deleted, made anew with another id, or
get a namesake. Each task runs twice from the same state, alone and in the play that shares:

- what it sends, predicts or fails with is the same;
- it may say that nothing is to be done where a task alone would do something, but only of names that have changed in
  the last seconds. It does the same as a task alone as soon as they are no longer shared.

RELIABILITY_TRIALS is the number of plays, RELIABILITY_SEED gives other ones.
"""

from __future__ import annotations

import random
from typing import Any

from unit.reliability.stage import EVERYTHING, TRIALS, Done, Stage, dice

from ansible_collections.h3c.cloudos.plugins.module_utils.model.shared_lists import SHARED_SECONDS
from ansible_collections.h3c.cloudos.plugins.plugin_utils.known_names import Board
from simulator import seeds

PLAYS = 200 if EVERYTHING else int(TRIALS or 10)
TASKS = 8
NAMES = ("one", "two")
# What is named, and by how many members a new one of it differs.
NAMED: dict[str, dict[str, Any]] = {
    "images": {},
    "flavors": {"vcpus": 1, "ram": 1024, "disk": 20},
    "networks": {},
    "security_groups": {},
}
READERS = ("cloudos_server", "cloudos_server_template", "cloudos_subnet", "cloudos_port")


def task_of(chance: random.Random, module: str) -> dict[str, Any]:
    """The options of a task; mostly they are those of tasks before it, so that most have nothing to do."""

    def name() -> str:
        return chance.choice((*NAMES, NAMES[0], NAMES[0], NAMES[0]))

    if module == "cloudos_server":
        network = seeds.NET_1 if chance.random() < 0.5 else "net-1"
        server = {"flavor": name(), "networks": [{"id": network}], "availability_zone": "nova11"}
        return {"name": chance.choice("ab"), "image": name(), **server, "wait": False}
    if module == "cloudos_server_template":
        return {"name": "t", "image": name(), "flavor": name(), "availability_zone": "nova11"}
    if module == "cloudos_subnet":
        return {"name": "s", "network": name(), "cidr": "10.1.0.0/24"}
    return {"name": "p", "network": name(), "security_groups": [name()]}


def disturb(chance: random.Random, stage: Stage) -> None:
    """What somebody else does to an object that tasks name."""
    kind = chance.choice(tuple(NAMED))
    bearers = [entry for entry in stage.cloud.state(kind) if entry["name"] in (*NAMES, "away")]
    victim = chance.choice(bearers) if bearers else None
    how = chance.choice(("rename", "swap", "anew", "namesake", "delete"))
    if how == "swap":
        for entry in bearers:
            other = {NAMES[0]: NAMES[1], NAMES[1]: NAMES[0]}.get(entry["name"], NAMES[0])
            stage.cloud.change(kind, entry["id"], name=other)
    elif how == "rename" and victim:
        stage.cloud.change(kind, victim["id"], name=chance.choice((*NAMES, "away")))
    elif how in ("anew", "delete") and victim:
        stage.cloud.remove(kind, victim["id"])
    if how in ("anew", "namesake"):
        stage.cloud.seed(kind, name=victim["name"] if victim else NAMES[0], **NAMED[kind])


def outcome(done: Done) -> tuple[Any, ...]:
    sent = [(entry["method"], entry["path"], entry["body"]) for entry in done.writes]
    return done.failed, done.message, done.changed, done.actions, sent


def test_what_leads_to_a_step_or_an_error_is_read_anew(stage: Stage) -> None:
    spared = steps = failures = late = 0
    for number in range(PLAYS):
        chance = dice("shared names", number)
        stage.cloud.reset()
        stage.forget_tokens()
        for kind, members in NAMED.items():
            for name in NAMES:
                stage.cloud.seed(kind, name=name, **members)
        board, disturbed, given = Board(), False, []
        for _task in range(TASKS):
            if given and chance.random() < 0.6:
                disturb(chance, stage)
                disturbed = True
            module, options = given_before(chance, given)
            check_mode = chance.random() < 0.2
            stage.settle()
            before = stage.save()
            alone = stage.run(module, options, check_mode)
            stage.restore(before)
            shared = stage.run(module, options, check_mode, board=board)
            where = f"play {number}: {module} {options}: {outcome(alone)}"
            if outcome(shared) != outcome(alone):
                assert disturbed and not (shared.failed or shared.changed or shared.writes), where
                late += 1
                stage.restore(before)
                board.drop()
                shared = stage.run(module, options, check_mode, board=board)
                assert outcome(shared) == outcome(alone), where
            spared += len(alone.log) > len(shared.log)
            steps += bool(shared.writes)
            failures += shared.failed
    assert min(spared, steps, failures) > PLAYS, "the plays do not show anything"
    assert late, "no name that has changed was ever confirmed: what is shared is of no use"


def test_what_leads_an_item_of_a_loop_to_a_step_is_read_anew(stage: Stage) -> None:
    """The same for the list that confirms the items of a loop, of servers that change behind its back."""
    spared = steps = late = 0
    for number in range(PLAYS):
        chance = dice("loop", number)
        stage.cloud.reset()
        stage.forget_tokens()
        flavors = [stage.cloud.seed("flavors", name=name, **NAMED["flavors"])[0]["id"] for name in NAMES]
        names = [f"web-{index}" for index in range(12)]
        for name in names:
            stage.cloud.seed("servers", name=name, flavor_id=flavors[0])
        board, client, disturbed = Board(), stage.client(), False
        for index, name in enumerate(names):
            if index > 4 and chance.random() < 0.3:
                disturb_server(chance, stage, names, flavors)
                disturbed = True
            options = {"name": name, "flavor": NAMES[0], "state": chance.choice(("present",) * 4 + ("absent",))}
            if index < 6:
                options["state"] = "present"
            stage.settle()
            before = stage.save()
            alone = stage.run("cloudos_server", {**options, "wait": False})
            stage.restore(before)
            shared = stage.run("cloudos_server", {**options, "wait": False}, board=board, client=client)
            if outcome(shared) != outcome(alone):
                assert disturbed and options["state"] == "present", f"loop {number}: {options}: {outcome(alone)}"
                assert not (shared.failed or shared.changed or shared.writes), f"loop {number}: {options}"
                late += 1
            spared += not shared.log
            steps += bool(shared.writes)
    assert min(spared, steps) > PLAYS and late, "the loops do not show anything"


def test_an_item_of_a_loop_does_not_use_names_that_were_read_long_ago(stage: Stage) -> None:
    """The item before it has waited for its server, while the image was replaced by another one of its name."""
    stage.cloud.reset()
    stage.forget_tokens()
    flavor = stage.cloud.seed("flavors", name="one", **NAMED["flavors"])[0]["id"]
    old = stage.cloud.seed("images", name="one")[0]["id"]
    server = {"image": "one", "flavor": flavor, "networks": [{"id": seeds.NET_1}], "availability_zone": "nova11"}
    client = stage.client()
    assert stage.run("cloudos_server", {**server, "name": "a", "wait": False}, client=client).changed

    stage.cloud.remove("images", old)
    new = stage.cloud.seed("images", name="one")[0]["id"]
    stage.clock.sleep(SHARED_SECONDS + 1)

    done = stage.run("cloudos_server", {**server, "name": "b", "wait": False}, client=client)
    assert not done.failed, done.message
    assert {entry["name"]: entry["image_id"] for entry in stage.cloud.state("servers")} == {"a": old, "b": new}


def disturb_server(chance: random.Random, stage: Stage, names: list[str], flavors: list[str]) -> None:
    """What somebody else does to a server of a loop."""
    victim, how = chance.choice(stage.cloud.state("servers")), chance.choice(("rename", "flavor", "delete", "namesake"))
    if how == "rename":
        stage.cloud.change("servers", victim["id"], name=chance.choice(names))
    elif how == "flavor":
        stage.cloud.change("servers", victim["id"], flavor_id=flavors[1])
    elif how == "delete":
        stage.cloud.remove("servers", victim["id"])
    else:
        stage.cloud.seed("servers", name=chance.choice(names), flavor_id=flavors[0])


def given_before(chance: random.Random, given: list[tuple[str, dict[str, Any]]]) -> tuple[str, dict[str, Any]]:
    """A task of the play: often one that it has had before."""
    if given and chance.random() < 0.7:
        return chance.choice(given)
    module = chance.choice(READERS)
    given.append((module, task_of(chance, module)))
    return given[-1]
