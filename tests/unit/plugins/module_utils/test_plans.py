# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What makes a plan the one that was previewed, and what is refused because it is another one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from unit.plugins.module_utils.test_engine import THING, Cloud, Thing, converge, existing

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import approval, outcomes
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.plan import READY, Wait

TESTS = Path(__file__).resolve().parents[3]


def plan_of(*things, zones=(), resource=THING, **options):
    return converge(Cloud(*things, zones=zones), True, resource=resource, **options)["plan_id"]


def zone(own_id, name="nova"):
    return {"id": own_id, "name": name}


def test_a_plan_has_an_identity_even_if_there_is_nothing_to_do():
    assert re.fullmatch("[0-9a-f]{40}", plan_of(existing(), name="one", size=3))
    assert re.fullmatch("[0-9a-f]{40}", plan_of(name="one", state="absent"))


@pytest.mark.parametrize(
    ("options", "others"),
    [
        ({"name": "one", "size": 5}, {"name": "one", "size": 6}),
        ({"name": "one", "size": 5}, {"name": "one", "size": 5, "tags": ["x"]}),
        ({"name": "one", "size": 5}, {"name": "one", "state": "absent"}),
        ({"name": "one", "color": "red", "replace": True}, {"name": "one", "color": "blue", "replace": True}),
        ({"name": "new"}, {"name": "other"}),
    ],
)
def test_plans_differ_by_what_they_do(options, others):
    assert plan_of(existing(), **options) != plan_of(existing(), **others)


@pytest.mark.parametrize(
    ("options", "behind_the_back"),
    [
        ({"size": 5}, {"size": 4}),
        ({"labels": {"a": "2"}}, {"labels": {"a": "1"}}),
        ({"tags": ["b"], "purge_tags": True}, {"tags": ["c"]}),
        ({"size": 5}, {"id": "id-9"}),
        ({"state": "absent"}, {"size": 4}),
        ({"state": "absent"}, {"id": "id-9"}),
    ],
)
def test_a_plan_is_another_one_when_its_object_has_changed(options, behind_the_back):
    assert plan_of(existing(), name="one", **options) != plan_of(existing(**behind_the_back), name="one", **options)


@pytest.mark.parametrize(
    "beside",
    [
        {"status": "ACTIVE ", "created_at": "2030-01-01"},
        {"tags": ["somebody's"]},
        {"labels": {"of": "somebody"}},
        {"color": "red"},
    ],
)
def test_what_others_change_beside_it_leaves_the_plan_what_it_is(beside):
    options = {"name": "one", "size": 5, "labels": {"mine": "1"}}
    assert plan_of(existing(), **options) == plan_of(existing(**beside), **options)


def test_the_order_and_the_types_of_a_platform_do_not_count():
    options = {"name": "one", "tags": ["x", "y"], "purge_tags": True}
    assert plan_of(existing(tags=["a", "b"]), **options) == plan_of(existing(tags=["b", "a"]), **options)
    assert plan_of(existing(size="3"), name="one", size=5) == plan_of(existing(size=3), name="one", size=5)


def test_a_secret_is_no_part_of_a_plan_and_its_being_set_is():
    always = {"name": "one", "update_password": "always"}
    assert plan_of(existing(), password="a", **always) == plan_of(existing(), password="b", **always)
    assert plan_of(existing(), password="a", **always) != plan_of(existing(), **always)
    assert plan_of(name="one", password="a") != plan_of(name="one")


def test_the_names_that_people_see_do_not_count_and_the_objects_that_they_mean_do():
    wish = {"name": "two", "zone": "nova"}
    assert plan_of(zones=[zone("z-1")], **wish) == plan_of(zones=[zone("z-1")], **{**wish, "zone": "z-1"})
    assert plan_of(zones=[zone("z-1")], **wish) != plan_of(zones=[zone("z-2")], **wish)


def test_what_a_preview_could_not_know_an_id_of_is_done_when_it_is_there():
    wish = {"name": "two", "zone": "nova"}
    previewed = plan_of(**wish)
    cloud = Cloud(zones=[zone("z-1")])
    assert converge(cloud, only_plan=previewed, **wish)["plan_id"] == previewed
    with pytest.raises(approval.PlanRefused):
        converge(Cloud(zones=[zone("z-1", "other")]), only_plan=previewed, name="two", zone="other")


def test_a_digest_is_the_same_in_every_process():
    code = (
        "from unit.plugins.module_utils.test_plans import *;"
        "print(plan_of(existing(), name='one', size=5, tags=['x', 'y'], labels={'b': '1', 'a': '2'}))"
    )
    folders = os.pathsep.join([str(TESTS), *sys.path])
    found = {
        subprocess.check_output([sys.executable, "-c", code], env={"PYTHONPATH": folders, "PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    }
    assert len(found) == 1


# --- refusals ----------------------------------------------------------------------------------------------------


def refusal(cloud, check_mode=False, resource=THING, **options):
    with pytest.raises(approval.PlanRefused) as caught:
        converge(cloud, check_mode, resource=resource, **options)
    return caught.value


@pytest.mark.parametrize("check_mode", [True, False])
def test_another_plan_is_refused_before_anything_is_sent(check_mode):
    previewed = plan_of(existing(), name="one", size=5)
    cloud = Cloud(existing(size=4))
    error = refusal(cloud, check_mode, name="one", size=5, only_plan=previewed)
    assert not cloud.sent
    assert str(error) == (
        f"only_plan: this is not the plan that was previewed ({previewed}). Now it is update of thing one (id-0) "
        "(size: 4 -> 5). Nothing was sent. Preview it again in check mode, and approve the plan of that preview."
    )
    assert error.plan_id == plan_of(existing(size=4), name="one", size=5)
    assert error.diff["after"]["size"] == 5


def test_a_refused_plan_is_part_of_the_result():
    run = Context(Cloud(), {"name": "one", "state": "present"})
    result = outcomes.failure(run, refusal(Cloud(), name="one", only_plan="x"))
    assert result["failed"]
    assert not result["changed"]
    assert result["plan_id"] == plan_of(name="one")
    assert (result["diff"]["before"], result["diff"]["after"]) == ({}, {"name": "one", "size": 1})


def test_the_plan_that_was_previewed_is_carried_out():
    cloud = Cloud(existing())
    previewed = converge(cloud, True, name="one", size=5)["plan_id"]
    assert converge(cloud, name="one", size=5, only_plan=previewed)["plan_id"] == previewed
    assert cloud.sent == ["thing-update"]


def test_a_task_that_has_nothing_to_do_is_always_allowed():
    assert not converge(Cloud(existing()), name="one", size=3, only_plan="x")["changed"]
    assert not converge(Cloud(), name="one", state="absent", only_plan="x")["changed"]


def test_a_secret_is_not_part_of_a_refusal():
    error = refusal(Cloud(), name="one", password="hidden-word", only_plan="x")
    assert "hidden-word" not in f"{error} {error.as_result()}"


class Overtaken(Cloud):
    """Another process makes the object just before this one."""

    def _write(self, operation, params, body):
        if operation.id == "thing-create":
            self.things["id-0"] = existing(size="1")
            raise CloudError("exists", status=409)
        return super()._write(operation, params, body)


def test_a_plan_that_is_made_anew_because_another_process_was_first_is_refused_too():
    cloud = Overtaken()
    previewed = converge(cloud, True, name="one", size=5)["plan_id"]
    refusal(cloud, name="one", size=5, only_plan=previewed)
    assert cloud.sent == ["thing-create"]
    assert cloud.things["id-0"]["size"] == "1"


class Busy(Thing):
    """It changes on its own while the platform is at other work."""

    def work_in_the_way(self, run, plan):
        def evaluate(seen):
            run.client.things["id-0"]["size"] = "4"
            return READY

        return plan.before, Wait(evaluate, read=lambda run, found: None, first=0)


def test_a_plan_that_is_made_anew_after_other_work_is_refused_too():
    cloud = Cloud(existing())
    previewed = converge(cloud, True, name="one", size=5)["plan_id"]
    refusal(cloud, resource=Busy(), name="one", size=5, only_plan=previewed)
    assert cloud.sent == []


def test_operations_are_no_part_of_a_plan():
    class Elsewhere(Thing):
        create_operation = Operation("thing-create-2", "POST", "/other/things")

    assert plan_of(name="one") == plan_of(resource=Elsewhere(), name="one")
