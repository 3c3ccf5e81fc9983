# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""One plan for check mode and for the real run; waiting ends in three ways; a lost answer makes nothing twice."""

from __future__ import annotations

import contextlib
import dataclasses
import time
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import (
    AnswerLost,
    CloudError,
    OptionError,
    WaitError,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.operation import Operation
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.placeholders import TO_BE_CREATED
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import (
    diff,
    execution,
    info,
    looks,
    lost_answers,
    outcomes,
    steps,
    waiting,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.field import computed, option
from ansible_collections.h3c.cloudos.plugins.module_utils.model.observation import Observation
from ansible_collections.h3c.cloudos.plugins.module_utils.model.plan import (
    OWN_ID,
    PENDING,
    READY,
    Failed,
    Room,
    Step,
    Wait,
)
from ansible_collections.h3c.cloudos.plugins.module_utils.model.reference import Reference
from ansible_collections.h3c.cloudos.plugins.module_utils.model.resource import Resource
from ansible_collections.h3c.cloudos.plugins.module_utils.model.shared_lists import SHARED_SECONDS
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import state_spec

LIST = Operation("thing-list", "GET", "/things")
GET = Operation("thing-get", "GET", "/things/{thing_id}")
CREATE = Operation("thing-create", "POST", "/things")
UPDATE = Operation("thing-update", "PUT", "/things/{thing_id}")
DELETE = Operation("thing-delete", "DELETE", "/things/{thing_id}", answers=False)
ZONES = Operation("zone-list", "GET", "/zones")
ZONE = Reference("zone", ZONES, "zones", owner_path="extra/project")


def ready_when_active(seen):
    if seen is None:
        return Failed("gone")
    return {"ACTIVE": READY, "ERROR": Failed("no valid host")}.get(seen["status"], PENDING)


class Thing(Resource):
    name = "thing"
    plural = "things"
    id_param = "thing_id"
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    wait_timeout = 5
    fields = (
        option("id"),
        option("name", required=True),
        option("size", "int", sent_as="str", create_default=1),
        option("color", updatable=False),
        option("tags", "list"),
        option("labels", "dict", protected_keys=frozenset({"system"})),
        option("zone", reference=ZONE, updatable=False),
        option("others", "list", reference=ZONE),
        option("password", secret=True),
        option("access", "dict", secret_keys=True),
        computed("status"),
    )

    def create_steps(self, run, current, desired):
        (step,) = super().create_steps(run, current, desired)
        return [Step(step.action, step.operation, body=step.body, creates=True, wait=Wait(ready_when_active))]

    def update_steps(self, run, current, desired, changes):
        after = self.predict(run, current, {name: desired[name] for name in changes})
        secrets = {name: desired[name] for name in changes if name in ("password", "access")}
        body = {**{name: after.get(name) for name in changes}, **secrets}
        return [Step("update", UPDATE, body=body, hint="things are hard to change")] if changes else []


THING = Thing()


class Shared(Thing):
    """The same, by a list that the items of a loop share."""

    shares_list = True


SHARED = Shared()


class Red(Thing):
    """Those things that are red, which stand in the list of all things and under their ids."""

    noun = "red thing"

    def belongs(self, found):
        return found.get("color") == "red"

    def search(self, run, query=None):
        return [raw for raw in super().search(run, query) if self.belongs(raw)]


RED = Red()


class Cloud:
    """A client whose platform is a dictionary."""

    def __init__(self, *things, zones=()):
        self.things = {thing["id"]: dict(thing) for thing in things}
        self.zones = list(zones)
        self.sent = []
        self.lookups = {}
        self.shared_lists = {}
        self.redactor = Redactor()
        self.connection = types.SimpleNamespace(
            retries=3, timeout=30.0, place=("http://cloud", "mine"), url="http://cloud", project="mine"
        )
        self.project_id = "mine"
        #: faults for the next writes: "before" loses the request, "after" only its answer
        self.faults = []
        self.statuses = {}
        #: how often the list was read, and how often a new thing is missing in it
        self.lists = 0
        self.hidden = 0

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        if operation is ZONES:
            return [dict(entry) for entry in self.zones]
        self.lists += 1
        things = list(self.things.values())
        if self.hidden and "thing-create" in self.sent:
            self.hidden -= 1
            things.pop()
        return [dict(entry) for entry in things]

    def call(self, operation, params=None, query=None, body=None):
        if operation is GET:
            return self._get(params["thing_id"])
        self.sent.append(operation.id)
        fault = self.faults.pop(0) if self.faults else None
        if fault == "before":
            raise AnswerLost("lost")
        answer = self._write(operation, params, body)
        if fault == "after":
            raise AnswerLost("lost")
        return answer

    def _get(self, thing_id):
        if thing_id not in self.things:
            raise CloudError("no such thing", status=404)
        statuses = self.statuses.get(thing_id)
        if statuses:
            self.things[thing_id]["status"] = statuses.pop(0)
        return {"thing": dict(self.things[thing_id])}

    def _write(self, operation, params, body):
        if operation is CREATE:
            made = {**body["thing"], "id": f"id-{len(self.things)}", "status": "ACTIVE"}
            self.things[made["id"]] = made
            return {"things": [] if self.hidden else [made]}
        if operation.id == UPDATE.id:
            self.things[params["thing_id"]].update(body)
            return None
        if params["thing_id"] not in self.things:
            raise CloudError("no such thing", status=404)
        del self.things[params["thing_id"]]
        return None


def converge(cloud, check_mode=False, resource=THING, **options):
    return execution.converge(resource, Context(cloud, {"state": "present", **options}, check_mode))


def existing(**members):
    return {"id": "id-0", "name": "one", "size": "3", "status": "ACTIVE", **members}


texts = st.sampled_from(["a", "b", "", "7"])
things = st.fixed_dictionaries(
    {"id": st.just("id-0"), "name": st.just("one"), "status": st.just("ACTIVE")},
    optional={
        "size": st.integers(1, 3) | st.integers(1, 3).map(str),
        "color": texts | st.none(),
        "tags": st.lists(texts, max_size=2) | st.none(),
        "labels": st.dictionaries(texts, texts, max_size=2) | st.none(),
    },
)
wishes = st.fixed_dictionaries(
    {"name": st.just("one"), "state": st.sampled_from(["present", "absent"])},
    optional={
        "size": st.integers(1, 3),
        "color": texts,
        "tags": st.lists(texts, max_size=2),
        "labels": st.dictionaries(texts, texts, max_size=2),
        "replace": st.booleans(),
        "purge_tags": st.booleans(),
        "purge_labels": st.booleans(),
        "wait": st.booleans(),
    },
)


def outcome(cloud, check_mode, wish):
    try:
        result = converge(cloud, check_mode, **wish)
    except CloudError as error:
        return str(error)
    return {name: result[name] for name in ("changed", "actions", "diff")}


@given(st.none() | things, wishes)
def test_check_mode_tells_what_a_real_run_does_and_a_second_run_does_nothing(thing, wish):
    cloud = Cloud(*([thing] if thing else []))
    foretold = outcome(cloud, True, wish)
    assert not cloud.sent
    done = outcome(cloud, False, wish)
    assert foretold == done
    if isinstance(done, dict):
        again = outcome(cloud, False, wish)
        assert again["changed"] is False
        assert again["actions"] == []
        assert again["diff"]["before"] == again["diff"]["after"]


def test_a_new_object_gets_what_is_given_and_the_initial_values():
    cloud = Cloud()
    result = converge(cloud, name="one", color="red")
    assert cloud.things["id-0"] == {"id": "id-0", "name": "one", "size": "1", "color": "red", "status": "ACTIVE"}
    assert result["thing"] == {**dict.fromkeys(result["thing"]), **cloud.things["id-0"], "size": 1}
    assert "password" not in result["thing"]


def test_a_new_object_without_what_it_needs():
    with pytest.raises(OptionError, match="needs name"):
        converge(Cloud(), color="red")


def test_an_id_that_nothing_has():
    with pytest.raises(OptionError, match="id: there is no thing 'id-9'"):
        converge(Cloud(), id="id-9", name="one")


@pytest.mark.parametrize("state", ["present", "absent"])
@pytest.mark.parametrize("full_listing", [False, True], ids=["alone", "in a fleet"])
def test_an_id_that_nothing_has_is_not_made_up_for_by_a_name(state, full_listing):
    options = {"id": "no-such-id", "name": "one", "state": state}
    assert not THING.find(Context(Cloud(existing()), options, full_listing=full_listing))


def test_two_of_one_name_are_an_error_that_lists_them():
    with pytest.raises(OptionError, match=r"name: .*id-0, id-1"):
        converge(Cloud(existing(), {**existing(), "id": "id-1"}), name="one")


class OwnId(Shared):
    """What gets the id that users give it, or another one, so that its name counts as well."""

    accepts_client_id = True

    def find(self, run):
        return self.select_one(run, self.search(run))


@pytest.mark.parametrize("state", ["present", "absent"])
def test_the_id_of_one_and_the_name_of_another_mean_neither(state):
    """Else the first run would delete one of them, and the second run the other."""
    cloud = Cloud(existing(), existing(id="id-1", name="two"))
    with pytest.raises(OptionError, match="the id is that of 'one', and 'two' has the id id-1"):
        converge(cloud, resource=OwnId(), id="id-0", name="two", state=state)
    assert not cloud.sent


def test_what_cannot_change_is_an_error_that_names_it():
    with pytest.raises(OptionError, match=r"color.*'red', wanted 'blue'.*replace: true"):
        converge(Cloud(existing(color="red")), name="one", color="blue")


def test_replace_takes_over_what_is_not_given():
    cloud = Cloud(existing(color="red", labels={"system": "s", "own": "o"}))
    result = converge(cloud, name="one", color="blue", replace=True)
    assert result["actions"] == ["delete", "create"]
    assert result["thing"]["size"] == 3
    assert result["thing"]["labels"] == {"own": "o"}


def test_a_secret_is_set_when_asked_to_and_never_shown():
    cloud = Cloud(existing())
    assert not converge(cloud, name="one", password="canary", update_password="on_create")["changed"]
    result = converge(cloud, name="one", password="canary", update_password="always")
    assert result["actions"] == ["update"]
    assert cloud.things["id-0"]["password"] == "canary"
    assert "canary" not in str(result)
    assert result["diff"]["after"]["password"] == diff.HIDDEN


def test_the_secrets_in_a_dictionary_are_set_when_asked_to_and_never_shown():
    cloud = Cloud(existing(access={"user": "me", "password": "******"}))
    access = {"user": "me", "password": "hush"}
    assert converge(cloud, name="one", access=access)["changed"] is False
    result = converge(cloud, name="one", access=access, update_password="always")
    assert cloud.things["id-0"]["access"] == access
    assert result["diff"]["before"]["access"] == {"user": "me"}
    assert result["diff"]["after"]["access"] == {"user": "me", "password": diff.HIDDEN}
    assert result["thing"]["access"] == {"user": "me"}
    assert "hush" not in str(converge(cloud, name="one", access={**access, "user": "you"}))


def test_purging_a_dictionary_leaves_what_is_the_platforms():
    cloud = Cloud(existing(labels={"system": "s", "own": "o"}))
    result = converge(cloud, check_mode=True, name="one", labels={"new": "n"}, purge_labels=True)
    assert result["thing"]["labels"] == {"system": "s", "new": "n"}


class Exact(Thing):
    """One whose tags are purged by an option of another name."""

    fields = tuple(
        dataclasses.replace(field, purged_by="tags_exact") if field.name == "tags" else field for field in Thing.fields
    )


@pytest.mark.parametrize(("options", "tags"), [({"tags_exact": True}, ["new"]), ({"purge_tags": True}, ["old", "new"])])
def test_a_field_may_name_the_option_that_purges_it(options, tags):
    cloud = Cloud(existing(tags=["old"]))
    result = converge(cloud, resource=Exact(), check_mode=True, name="one", tags=["new"], **options)
    assert result["thing"]["tags"] == tags


def test_a_step_that_is_refused_tells_what_to_do(monkeypatch):
    cloud = Cloud(existing())

    def refuse(*args):
        raise CloudError("no", status=400)

    monkeypatch.setattr(cloud, "_write", refuse)
    with pytest.raises(CloudError, match=r"no\. things are hard to change"):
        converge(cloud, name="one", size=9)


def test_names_become_ids():
    cloud = Cloud(zones=[{"id": "z-1", "name": "north"}])
    assert converge(cloud, name="one", zone="north")["thing"]["zone"] == "z-1"
    assert not converge(cloud, name="one", zone="north")["changed"]
    assert not converge(cloud, name="one", zone="z-1")["changed"]


def test_an_unknown_name_is_an_error_before_anything_is_sent_and_a_warning_in_check_mode():
    cloud = Cloud(zones=[{"id": "z-1", "name": "north"}])
    with pytest.raises(OptionError, match=r"zone: there is no zone 'south'\. There are: north"):
        converge(cloud, name="one", zone="south")
    assert not cloud.sent
    result = converge(cloud, check_mode=True, name="one", zone="south")
    assert result["thing"]["zone"] == TO_BE_CREATED
    assert "south" in result["warnings"][0]


def test_an_ambiguous_name_is_an_error():
    cloud = Cloud(zones=[{"id": "z-1", "name": "north"}, {"id": "z-2", "name": "north"}])
    with pytest.raises(OptionError, match=r"zone: .*z-1, z-2"):
        converge(cloud, name="one", zone="north")


@pytest.mark.parametrize("resource", [THING, SHARED])
def test_a_new_object_without_an_answer_is_looked_for_until_it_appears(resource):
    cloud = Cloud()
    cloud.hidden = 2
    result = converge(cloud, resource=resource, name="one")
    assert result["thing"]["id"] == "id-0"
    assert cloud.sent == ["thing-create"]


def test_what_takes_the_place_of_an_object_known_by_its_id_is_found_by_its_name():
    cloud = Cloud(existing(id="old", color="red"), existing(id="other", name="another"))
    cloud.hidden = 2
    wish = {"id": "old", "name": "one", "color": "blue", "replace": True}
    result = converge(cloud, **wish)
    assert result["actions"] == ["delete", "create"]
    assert (result["thing"]["name"], result["thing"]["color"]) == ("one", "blue")
    assert converge(cloud, **wish)["changed"] is False


def test_what_is_known_by_its_id_alone_is_not_replaced():
    """The next run would not find the successor."""
    cloud = Cloud(existing(id="old", color="red"))
    with pytest.raises(OptionError, match="Specify name beside id"):
        converge(cloud, id="old", color="blue", replace=True)
    assert not cloud.sent


class Stubborn(Thing):
    """One whose platform refuses what is asked of it."""

    conflict_hint = "Come back later."

    def update_steps(self, run, current, desired, changes):
        return [Step("update", UPDATE, body={}, hint="There is no such thing in the reference.")]


@pytest.mark.parametrize(
    ("things", "status", "hint"),
    [
        ([existing()], 404, "There is no such thing in the reference."),
        ([existing()], 500, None),
        ([], 409, "Come back later."),
    ],
)
def test_a_refusal_says_what_the_step_or_the_resource_knows_of_it(things, status, hint, monkeypatch):
    cloud = Cloud(*things)

    def refuse(operation, params, body):
        raise CloudError("refused", status=status)

    monkeypatch.setattr(cloud, "_write", refuse)
    with pytest.raises(CloudError) as caught:
        converge(cloud, resource=Stubborn(), name="one", size=9)
    assert caught.value.hint == hint


def test_items_of_a_loop_share_a_list_until_one_of_them_writes():
    cloud = Cloud(existing(), existing(id="id-1", name="two"))
    for name in ("one", "two", "one"):
        assert not converge(cloud, resource=SHARED, name=name)["changed"]
    assert cloud.lists == 1
    assert converge(cloud, resource=SHARED, name="one", size=4)["changed"]
    assert not converge(cloud, resource=SHARED, name="one", size=4)["changed"]
    assert cloud.lists == 2


def test_whoever_asks_again_is_told_what_is_new():
    """The tries of an `until` share a session, as the items of a loop do."""
    cloud = Cloud(existing(status="BUILD"))
    run = Context(cloud, {"name": "one"})
    assert info.gather(SHARED, run)["things"][0]["status"] == "BUILD"
    cloud.things["id-0"]["status"] = "ACTIVE"
    assert info.gather(SHARED, run)["things"][0]["status"] == "ACTIVE"


def test_a_shared_list_grows_old_in_seconds(monkeypatch):
    now = [100.0]
    monkeypatch.setattr("time.monotonic", lambda: now[0])
    cloud = Cloud(existing())
    converge(cloud, resource=SHARED, name="one")
    now[0] += SHARED_SECONDS + 0.1
    converge(cloud, resource=SHARED, name="one")
    assert cloud.lists == 2


def test_a_creation_whose_answer_was_lost_is_looked_for():
    cloud = Cloud()
    cloud.faults = ["after"]
    assert converge(cloud, name="one")["changed"]
    assert len(cloud.things) == 1
    assert cloud.sent == ["thing-create"]


def test_a_creation_that_never_shows_up_is_not_sent_again():
    """The platform may still be at it, however long nothing shows."""
    cloud = Cloud()
    cloud.faults = ["before"]
    run = Context(cloud, {"state": "present", "name": "one"})
    with pytest.raises(AnswerLost) as caught:
        execution.converge(THING, run)
    assert "not sent again" in str(caught.value)
    assert outcomes.failure(run, caught.value)["changed"] is False
    assert cloud.sent == ["thing-create"]


@pytest.mark.parametrize(("timeout", "patience"), [(3.0, 60.0), (90.0, 90.0)])
def test_what_was_lost_is_looked_for_longer_than_an_answer_takes(timeout, patience, monkeypatch):
    monkeypatch.undo()
    cloud = Cloud()
    cloud.connection.timeout = timeout
    assert lost_answers.patience(Context(cloud, {})) == patience


def test_a_lost_answer_makes_one_object_even_if_that_takes_a_moment_to_show_up():
    """A gateway that gives up on a slow platform is the likeliest reason for a lost answer."""
    cloud = Cloud()
    cloud.faults, cloud.hidden = ["after"], 2
    assert converge(cloud, name="one")["thing"]["id"] == "id-0"
    assert cloud.sent == ["thing-create"]


PATCH = Operation("thing-update", "PATCH", "/things/{thing_id}")


def test_a_step_that_leaves_no_mark_is_sent_until_it_is_taken(monkeypatch):
    cloud = Cloud(existing())
    refusals = [CloudError("locked by a host", status=409), CloudError("locked by a host", status=409)]
    write = cloud._write

    def refuse(*args):
        if refusals:
            raise refusals.pop()
        return write(*args)

    monkeypatch.setattr(cloud, "_write", refuse)
    run = Context(cloud, {"state": "present", "name": "one"})
    step = Step("scan", PATCH, body={"size": "4"}, wait=Wait(ready_when_active), unobservable=True)
    steps.execute_step(THING, run, step, THING.find(run))
    assert cloud.sent == ["thing-update"] * 3
    assert cloud.things["id-0"]["size"] == "4"


def test_a_step_that_leaves_no_mark_is_not_sent_again_when_its_answer_is_lost():
    cloud = Cloud(existing())
    cloud.faults = ["after"]
    run = Context(cloud, {"state": "present", "name": "one"})
    step = Step("scan", PATCH, body={"size": "4"}, wait=Wait(ready_when_active), unobservable=True)
    with pytest.raises(AnswerLost):
        steps.execute_step(THING, run, step, THING.find(run))
    assert cloud.sent == ["thing-update"]


class Working(Thing):
    """One that shows that the platform is at it."""

    def pending_wait(self, run, current):
        return Wait(ready_when_active) if current["status"] == "WORKING" else None


def test_a_lost_step_counts_as_taken_where_the_platform_has_begun_it():
    cloud = Cloud(existing())
    cloud.faults = ["after"]
    run = Context(cloud, {"state": "present", "name": "one"})
    step = Step("scan", PATCH, body={"status": "WORKING"}, wait=Wait(ready_when_active), unobservable=True)
    found = Working().find(run)
    assert steps.execute_step(Working(), run, step, found) == steps.Taken(found)
    assert cloud.sent == ["thing-update"]


class Slow(Thing):
    """One that nothing can be done to while the platform is at something else, which changes it in the meantime."""

    def work_in_the_way(self, run, plan):
        self.plans = [*getattr(self, "plans", []), plan.actions]
        return {"id": "machine"}, Wait(lambda seen: READY, read=self._end_of_work, first=0)

    def _end_of_work(self, run, found):
        run.client.things["id-0"]["size"] = "4"
        return found


@pytest.mark.parametrize(("size", "sent"), [(4, []), (5, ["thing-update"])])
def test_work_in_the_way_is_waited_for_and_then_a_new_plan_is_made(size, sent):
    cloud, slow = Cloud(existing()), Slow()
    result = converge(cloud, resource=slow, name="one", size=size)
    assert (result["changed"], result["thing"]["size"], cloud.sent) == (bool(sent), size, sent)
    assert slow.plans == [["update"]]


@pytest.mark.parametrize("options", [{"size": 3}, {"size": 4, "wait": False}])
def test_nobody_asks_for_work_in_the_way_where_nothing_is_to_be_done_or_waited_for(options):
    slow = Slow()
    converge(Cloud(existing()), resource=slow, name="one", **options)
    assert not hasattr(slow, "plans")


REBOOT = Operation("thing-update", "PUT", "/things/{thing_id}", non_repeatable=True)


def test_what_would_be_done_twice_is_waited_for_after_a_lost_answer():
    """Though its effect cannot be seen yet."""
    cloud = Cloud(existing())
    cloud.faults = ["after"]
    run = Context(cloud, {"state": "present", "name": "one"})
    step = Step("reboot", REBOOT, body={"size": "4"}, wait=Wait(lambda seen: PENDING))
    found = THING.find(run)
    assert steps.execute_step(THING, run, step, found) == steps.Taken(found, is_certain=False)
    assert cloud.sent == ["thing-update"]
    assert "reboot: the answer was lost" in run.warnings[0]
    assert outcomes.failure(run, CloudError("It is not ready."))["warnings"] == run.warnings


@pytest.mark.parametrize(("wait", "options"), [(None, {}), (Wait(lambda seen: PENDING), {"wait": False})])
def test_what_would_be_done_twice_fails_where_nothing_is_waited_for(wait, options):
    cloud = Cloud(existing())
    cloud.faults = ["before"]
    run = Context(cloud, {"state": "present", "name": "one", **options})
    with pytest.raises(AnswerLost) as caught:
        steps.execute_step(THING, run, Step("reboot", REBOOT, wait=wait), THING.find(run))
    assert cloud.sent == ["thing-update"]
    assert "not sent again" in caught.value.hint


@pytest.mark.parametrize(("fault", "taken"), [("after", True), ("before", False)])
def test_what_would_be_refused_twice_is_looked_for_where_a_look_shows_it(fault, taken):
    cloud = Cloud(existing())
    cloud.faults = [fault]
    run = Context(cloud, {"state": "present", "name": "one"})
    proof = Wait(lambda seen: READY if seen["size"] == 4 else PENDING)
    step, found = Step("grow", REBOOT, body={"size": "4"}, proof=proof), THING.find(run)
    if taken:
        assert steps.execute_step(THING, run, step, found) == steps.Taken(found)
    else:
        with pytest.raises(AnswerLost):
            steps.execute_step(THING, run, step, found)
    assert cloud.sent == ["thing-update"]
    assert not run.warnings


def test_a_lost_delete_is_done():
    cloud = Cloud(existing())
    cloud.faults = ["after"]
    assert converge(cloud, name="one", state="absent")["changed"]
    assert not cloud.things


def test_what_the_client_has_sent_again_by_itself_is_only_looked_at():
    """Else api_retries would be tries of tries."""
    cloud = Cloud(existing())
    cloud.faults = ["before", "before"]
    with pytest.raises(AnswerLost):
        converge(cloud, name="one", state="absent")
    assert cloud.sent == ["thing-delete"]


class Posted(Thing):
    """The same, deleted by a POST that tells in its body what is meant."""

    delete_operation = Operation("thing-deletion", "POST", "/things/deletion", answers=False)

    def delete_steps(self, run, current):
        return [Step("delete", self.delete_operation, body={"thing": OWN_ID, "project": run.client.project_id})]


@pytest.mark.parametrize("faults", [[], ["after"]])
def test_a_delete_by_post_tells_in_its_body_what_is_meant_and_is_not_sent_again(faults):
    cloud, bodies = Cloud(existing()), []
    write = cloud._write

    def seen(operation, params, body):
        bodies.append(body)
        return write(operation, params, body)

    cloud._write, cloud.faults = seen, faults
    assert converge(cloud, resource=Posted(), name="one", state="absent")["actions"] == ["delete"]
    assert not cloud.things
    assert bodies == [{"thing": "id-0", "project": "mine"}]
    assert cloud.sent == ["thing-deletion"]


def test_an_object_that_always_exists_needs_no_operation_to_delete_it():
    class Lasting(Thing):
        states = ("present",)
        delete_operation = None

    cloud = Cloud(existing())
    assert converge(cloud, resource=Lasting(), name="one", size=4)["actions"] == ["update"]


@pytest.mark.parametrize("status", [404, 500])
def test_a_delete_of_what_is_gone_is_done_whatever_the_platform_calls_that(status):
    class Odd(Thing):
        not_found_statuses = frozenset({404, 500})

    cloud = Cloud(existing())

    def gone(operation, params, body):
        cloud.things.clear()
        raise CloudError("odd", status=status)

    cloud._write = gone
    assert converge(cloud, resource=Odd(), name="one", state="absent")["actions"] == ["delete"]


def test_a_delete_that_fails_while_the_object_is_there_is_a_failure():
    class Odd(Thing):
        not_found_statuses = frozenset({404, 500})

    cloud = Cloud(existing())

    def refuse(operation, params, body):
        raise CloudError("boom", status=500)

    cloud._write = refuse
    with pytest.raises(CloudError, match="boom"):
        converge(cloud, resource=Odd(), name="one", state="absent")


def test_the_query_of_a_step_is_sent():
    class Odd(Thing):
        def delete_steps(self, run, current):
            return [Step("delete", DELETE, query={"names": "one"})]

    cloud, queries = Cloud(existing()), []
    call = cloud.call

    def listen(operation, params=None, query=None, body=None):
        queries.append(query)
        return call(operation, params, query, body)

    cloud.call = listen
    converge(cloud, resource=Odd(), name="one", state="absent")
    assert {"names": "one"} in queries


def test_objects_of_other_projects_are_not_seen():
    class Owned(Thing):
        owner_path = "extra/project"

    cloud = Cloud(existing(extra={"project": "other"}), existing(id="id-1", extra={"project": "mine"}))
    assert converge(cloud, resource=Owned(), name="one", size=3)["thing"]["id"] == "id-1"


def test_the_names_in_a_list_become_ids():
    cloud = Cloud(existing(others=["z0"]), zones=[{"id": "z0", "name": "a"}, {"id": "z1", "name": "b"}])
    assert converge(cloud, name="one", others=["z0"])["changed"] is False
    assert converge(cloud, name="one", others=["a"])["changed"] is False
    assert converge(cloud, name="one", others=["b"])["thing"]["others"] == ["z0", "z1"]


def test_of_two_objects_of_one_name_the_one_of_the_own_project_is_meant():
    zones = [{"id": f"z-{project}", "name": "a", "extra": {"project": project}} for project in ("mine", "other")]
    cloud = Cloud(zones=zones)
    assert converge(cloud, name="one", zone="a")["thing"]["zone"] == "z-mine"


def test_a_failed_state_ends_the_wait_with_the_text_of_the_platform():
    cloud = Cloud()
    cloud.statuses["id-0"] = ["BUILD", "ERROR"]
    with pytest.raises(WaitError, match="no valid host"):
        converge(cloud, name="one")


def test_the_wait_ends_in_time_and_names_the_last_state(monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    cloud = Cloud()
    cloud.statuses["id-0"] = ["BUILD"] * 100
    with pytest.raises(WaitError, match=r"not ready 5 s after 'create'; last status: BUILD.*wait_timeout"):
        converge(cloud, name="one")


class Patient(Thing):
    """The same, whose creation is refused for a while."""

    def create_steps(self, run, current, desired):
        (step,) = super().create_steps(run, current, desired)
        return [dataclasses.replace(step, passes=lambda error: "not yet" in error.message)]


def refused(cloud, *messages):
    """The next writes are refused, each with a message."""
    write, left = cloud.call, list(messages)

    def call(operation, params=None, query=None, body=None):
        if operation is not GET and left:
            cloud.sent.append(operation.id)
            raise CloudError(left.pop(0), status=400)
        return write(operation, params, query, body)

    cloud.call = call
    return cloud


def test_a_refusal_that_passes_is_waited_out():
    cloud = refused(Cloud(), *["not yet"] * 3)
    assert converge(cloud, resource=Patient(), name="one", wait_timeout=60)["changed"]
    assert cloud.sent == ["thing-create"] * 4


@pytest.mark.parametrize(
    ("options", "messages"),
    [({}, ["never"]), ({"wait": False}, ["not yet"]), ({"wait_timeout": 2}, ["not yet"] * 100)],
)
def test_a_refusal_stays_one_that_does_not_pass_or_not_in_time(monkeypatch, options, messages):
    clock = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    cloud = refused(Cloud(), *messages)
    with pytest.raises(CloudError, match=messages[0]):
        converge(cloud, resource=Patient(), name="one", **options)
    assert len(cloud.sent) < 3 and not cloud.things


def test_a_wait_may_have_a_time_of_its_own_that_users_cannot_change(monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    wait = Wait(ready_when_active, timeout=3)
    cloud = Cloud(existing())
    cloud.statuses["id-0"] = ["BUILD"] * 100
    with pytest.raises(WaitError, match="not ready 3 s after 'change'; last status: BUILD") as raised:
        waiting.wait_for(waiting.Watch(THING, Context(cloud, {}), existing(), wait, "change"))
    assert "wait_timeout" not in raised.value.hint


def test_an_object_without_a_status_or_a_name_is_told_without(monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(THING, "fetch", lambda run, found: {"id": "id-0"}, raising=False)
    with pytest.raises(WaitError, match=r"The thing id-0 is not ready 3 s after 'change'\."):
        waiting.wait_for(
            waiting.Watch(THING, Context(Cloud(), {}), {"id": "id-0"}, Wait(lambda seen: PENDING, timeout=3), "change")
        )


@pytest.mark.parametrize(("status", "sent"), [(400, [{"size": "1"}, {"size": 1}]), (500, [{"size": "1"}])])
def test_another_spelling_is_sent_after_a_refusal_of_the_first_and_no_other_failure(status, sent):
    cloud, seen = Cloud(existing()), []

    def call(operation, params=None, query=None, body=None):
        seen.append(body)
        if body == sent[0]:
            raise CloudError("refused", status=status)

    cloud.call = call
    step = Step("update", UPDATE, body={"size": "1"}, fallback_body={"size": 1})
    with contextlib.suppress(CloudError):
        steps.execute_step(THING, Context(cloud, {}), step, Observation(existing()))
    assert seen == sent


def test_an_observation_has_the_object_as_the_platform_returned_it():
    cloud = Cloud(existing(unknown="kept"))
    for options in ({"name": "one"}, {"id": "id-0"}):
        assert THING.find(Context(cloud, options)).raw["unknown"] == "kept"


def test_what_is_gathered_for_all_objects_and_beside_them_stands_in_the_result():
    class Gathering(Thing):
        def enrich_all(self, run, objects):
            return [{**found, "number": number} for number, found in enumerate(objects)]

        def extra_results(self, run, objects):
            return {"colors": ["red"]}

    told = info.gather(Gathering(), Context(Cloud(existing(), existing(id="id-1")), {}))
    assert [found["number"] for found in told["things"]] == [0, 1]
    assert told["colors"] == ["red"]


def test_a_failure_tells_what_was_done_before():
    cloud = Cloud()
    cloud.statuses["id-0"] = ["ERROR"]
    run = Context(cloud, {"state": "present", "name": "one"})
    with pytest.raises(WaitError):
        execution.converge(THING, run)
    assert run.journal.completed_actions == ["create"]
    assert run.journal.created["id"] == "id-0"


def test_pauses_grow_and_stay_bounded(monkeypatch):
    pauses = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    cloud = Cloud()
    cloud.statuses["id-0"] = ["BUILD"] * 12 + ["ACTIVE"]
    converge(cloud, name="one", wait_timeout=3600)
    assert pauses[0] == 1.0
    assert pauses == sorted(pauses)
    assert pauses[-1] == looks.LONGEST_PAUSE


@pytest.mark.parametrize("state", ["present", "absent"])
def test_an_id_of_another_kind_is_an_error_and_no_object(state):
    cloud = Cloud(existing(color="red"), existing(id="id-1", color="blue"))
    with pytest.raises(OptionError, match="id: 'id-1' is something else than a red thing"):
        converge(cloud, resource=RED, id="id-1", state=state)
    assert converge(cloud, resource=RED, id="id-0", name="one")["changed"] is False
    assert [thing["id"] for thing in info.gather(RED, Context(cloud, {"id": "id-0"}))["things"]] == ["id-0"]
    assert info.gather(RED, Context(cloud, {"id": "id-1"}))["things"] == []
    assert cloud.sent == []


# --- another spelling --------------------------------------------------------------------------------------------


class Spelt(Thing):
    """A thing whose size is text on new platforms and a number on old ones."""

    def update_steps(self, run, current, desired, changes):
        size = desired["size"]
        return [Step("update", UPDATE, body={"size": str(size)}, fallback_body={"size": size})] if changes else []


class Particular(Cloud):
    """A platform that takes sizes of some types only."""

    def __init__(self, *types_):
        super().__init__(existing())
        self.types = types_

    def call(self, operation, params=None, query=None, body=None):
        if operation is UPDATE and not isinstance(body["size"], self.types):
            self.sent.append(operation.id)
            raise CloudError(f"{body['size']!r} is no size", status=400)
        return super().call(operation, params, query, body)


@pytest.mark.parametrize(("taken", "requests"), [((str,), 1), ((int,), 2), ((str, int), 1)])
def test_a_refused_body_is_sent_in_its_other_spelling(taken, requests):
    cloud = Particular(*taken)

    assert converge(cloud, resource=Spelt(), name="one", size=5)["actions"] == ["update"]
    assert len(cloud.sent) == requests
    assert isinstance(cloud.things["id-0"]["size"], taken)


def test_a_body_that_is_refused_in_both_spellings_tells_both_reasons():
    with pytest.raises(CloudError, match="'5' is no size") as refused:
        converge(Particular(bool), resource=Spelt(), name="one", size=5)
    assert "5 is no size" in refused.value.hint


def test_the_words_of_state_are_those_of_the_resource():
    class Lasting(Thing):
        states = ("present",)

    assert state_spec(THING)["state"]["choices"] == ["present", "absent"]
    assert state_spec(Lasting())["state"]["choices"] == ["present"]


# --- what others do meanwhile ------------------------------------------------------------------------------------


def refusing(cloud, operation, error, times=1):
    """The cloud with a write that it refuses; what happens before each refusal is up to the test."""
    write, left = cloud._write, [times]

    def refuse(sent, params, body):
        if sent.id == operation.id and left[0]:
            left[0] -= 1
            raise error()
        return write(sent, params, body)

    cloud._write = refuse
    return cloud


def test_an_object_that_another_process_made_just_before_is_brought_to_the_wanted_state():
    cloud = Cloud()

    def taken():
        cloud.things["theirs"] = existing(id="theirs", size="2")
        return CloudError("a thing of that name exists", status=409)

    refusing(cloud, CREATE, taken)
    result = converge(cloud, name="one", size=5)
    assert (result["thing"]["id"], result["thing"]["size"]) == ("theirs", 5)
    assert result["actions"] == ["update"]
    assert list(cloud.things) == ["theirs"]


def test_a_refusal_stays_one_where_nothing_of_that_name_is_seen():
    cloud = refusing(Cloud(), CREATE, lambda: CloudError("a thing of that name exists", status=409))
    with pytest.raises(CloudError, match="exists"):
        converge(cloud, name="one")


class Twofold(Thing):
    may_have_namesakes = True
    wait_timeout = 60

    def create_steps(self, run, current, desired):
        return [
            dataclasses.replace(step, wait=Wait(ready_when_active))
            for step in super().create_steps(run, current, desired)
        ]


@pytest.mark.parametrize(
    ("theirs", "ours", "fails"),
    [("2026-01-01T10:00:00Z", "2026-01-01T10:00:01Z", True), ("2026-01-01T10:00:02Z", "2026-01-01T10:00:01Z", False)],
    ids=["younger", "older"],
)
def test_the_younger_of_two_of_one_name_is_an_error(theirs, ours, fails):
    cloud = Cloud()
    write = cloud._write

    def both(operation, params, body):
        answer = write(operation, params, body)
        cloud.things["id-0"]["created"] = ours
        cloud.things["theirs"] = existing(id="theirs", created=theirs)
        return answer

    cloud._write = both
    run = Context(cloud, {"state": "present", "name": "one"})
    if not fails:
        assert execution.converge(Twofold(), run)["thing"]["id"] == "id-0"
        return
    with pytest.raises(CloudError) as caught:
        execution.converge(Twofold(), run)
    assert "theirs" in str(caught.value) and "id-0" in str(caught.value)
    result = outcomes.failure(run, caught.value)
    assert (result["changed"], result["id"]) == (True, "id-0")


@pytest.mark.parametrize("check_mode", [True, False])
def test_an_object_is_not_renamed_to_the_name_of_another(check_mode):
    cloud = Cloud(existing(), existing(id="id-1", name="two"))
    with pytest.raises(OptionError, match=r"name: 'two' is the name of another thing already \(id-1\)"):
        converge(cloud, check_mode, id="id-0", name="two")
    assert not cloud.sent


# --- replacing ---------------------------------------------------------------------------------------------------


def test_what_cannot_be_made_again_is_told_with_the_failure():
    cloud = refusing(Cloud(existing(color="red", labels={"a": "b"})), CREATE, lambda: CloudError("broken", status=500))
    wish = {"name": "one", "color": "blue", "replace": True}
    run = Context(cloud, {"state": "present", **wish})
    with pytest.raises(CloudError) as caught:
        execution.converge(THING, run)
    result = outcomes.failure(run, caught.value)
    assert result["actions"] == ["delete"] and not cloud.things
    assert result["recreate"] == {"name": "one", "size": 3, "color": "blue", "labels": {"a": "b"}}
    again = converge(cloud, **{**result["recreate"], **wish})
    assert again["actions"] == ["create"]
    assert {name: again["thing"][name] for name in result["recreate"]} == result["recreate"]


class Bounded(Thing):
    def demand(self, run, plan):
        return {"size": plan.after["size"]}

    def quota_headroom(self, run):
        return {"size": Room(allowed=10, used=8, unit=" GB")}


def test_an_object_is_not_deleted_where_its_successor_has_no_room():
    cloud = Cloud(existing(color="red"))
    with pytest.raises(OptionError, match="size 3 GB needed, 2 left of 10"):
        converge(cloud, resource=Bounded(), name="one", size=6, color="blue", replace=True)
    assert not cloud.sent
    assert converge(cloud, resource=Bounded(), name="one", size=5, color="blue", replace=True)["changed"]


def test_what_replaces_an_object_is_not_the_one_that_goes():
    """The old one may be listed for a while yet."""
    run = Context(Cloud(existing()), {"state": "present", "name": "one"})
    assert not looks.find_new(THING, run, Observation(existing()))
    assert looks.find_new(THING, run, Observation(existing(id="another")))["id"] == "id-0"
    assert looks.find_new(THING, run, Observation())["id"] == "id-0"


def test_a_creation_that_was_taken_is_told_though_its_object_is_not_seen():
    cloud = Cloud()
    cloud._write = lambda operation, params, body: {}
    run = Context(cloud, {"state": "present", "name": "one"})
    with pytest.raises(CloudError, match="no such thing appeared") as caught:
        execution.converge(THING, run)
    result = outcomes.failure(run, caught.value)
    assert (result["changed"], result["actions"]) == (True, ["create"])


def test_what_may_not_have_been_done_is_not_told_as_done_before_its_end_is_seen():
    cloud = Cloud(existing())
    cloud.faults = ["before"]

    class Rebooted(Thing):
        def update_steps(self, run, current, desired, changes):
            return [Step("reboot", REBOOT, wait=Wait(lambda seen: Failed("it broke")))]

    run = Context(cloud, {"state": "present", "name": "one", "size": 9})
    with pytest.raises(WaitError) as caught:
        execution.converge(Rebooted(), run)
    assert outcomes.failure(run, caught.value)["changed"] is False


def test_the_id_of_what_replaces_an_object_is_not_foretold():
    cloud = Cloud(existing(color="red"))
    result = converge(cloud, check_mode=True, id="id-0", name="one", color="blue", replace=True)
    assert result["actions"] == ["delete", "create"]
    assert result["thing"]["id"] is None
