# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""The way of a node from any provision state to any other: each verb is legal where it is sent."""

from __future__ import annotations

import itertools
import types

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.observation import Observation
from ansible_collections.h3c.cloudos.plugins.module_utils.model.plan import PENDING, READY, Failed
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal import _provision as states
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE

# Ironic's state machine: which verb is taken in which state, and where it ends when all goes well.
LEGAL = {
    ("enroll", "manage"): "manageable",
    ("manageable", "provide"): "available",
    ("manageable", "clean"): "manageable",
    ("manageable", "inspect"): "manageable",
    ("manageable", "adopt"): "active",
    ("available", "active"): "active",
    ("available", "manage"): "manageable",
    ("active", "rebuild"): "active",
    ("active", "deleted"): "available",
    ("wait call-back", "deleted"): "available",
    ("clean wait", "abort"): "clean failed",
    ("clean failed", "manage"): "manageable",
    ("inspect failed", "manage"): "manageable",
    ("inspect failed", "inspect"): "manageable",
    ("deploy failed", "active"): "active",
    ("deploy failed", "rebuild"): "active",
    ("deploy failed", "deleted"): "available",
    ("adopt failed", "adopt"): "active",
    ("adopt failed", "manage"): "manageable",
    ("error", "rebuild"): "active",
    ("error", "deleted"): "available",
}
# Where a busy node ends, and which of Ironic's states those are.
BUSY = {
    "verifying": "manageable",
    "cleaning": "available",
    "clean wait": "available",
    "inspecting": "manageable",
    "deploying": "active",
    "wait call-back": "active",
    "deleting": "available",
    "adopting": "active",
}
RESTING = sorted({state for state, _verb in LEGAL} - set(BUSY))
WANTED = ("enroll", "manageable", "available", "active")
IMAGE = {"image_source": "http://images.example.com/linux.raw"}
STEPS = [{"interface": "deploy", "step": "erase_devices"}]


def node(state="available", **members):
    failed = state.endswith(" failed")
    raw = {
        "uuid": "n",
        "name": "metal",
        "provision_state": state,
        "target_provision_state": BUSY.get(state) or ("available" if failed else ""),
        "instance_info": IMAGE,
        "maintenance": state == "clean failed",
        "maintenance_reason": "cleaning failed" if state == "clean failed" else "",
        **members,
    }
    return Observation(BAREMETAL_NODE.read(raw), raw)


def plan(found, check_mode=False, **options):
    """The steps for a node, as words."""
    defaults = {"state": "present", "adopt": False, "abort": False, "inspect": False, "clean_steps": None}
    defaults |= {"configdrive": None, "rebuild": False, "reboot": None, "give_back": True}
    defaults |= {"instance_info": IMAGE if options.get("provision_state") == "active" else None}
    defaults |= {"update_password": "on_create", "purge_ports": False, "purge_properties": False}
    run = Context(
        types.SimpleNamespace(lookups={}, shared_lists={"baremetal_nodes": []}), {**defaults, **options}, check_mode
    )
    if run.options["state"] == "absent":
        BAREMETAL_NODE.check_against(run, found, None, frozenset())
        return [step.action for step in BAREMETAL_NODE.delete_steps(run, found)]
    desired = BAREMETAL_NODE.desired(run, found)
    changes = BAREMETAL_NODE.changes(run, found, desired)
    BAREMETAL_NODE.check_against(run, found, desired, changes)
    return [step.action for step in BAREMETAL_NODE.update_steps(run, found, desired, changes)]


def walk(state, actions, maintenance):
    """Where the actions lead; each has to be legal where it is taken."""
    for action in actions:
        if action in ("maintenance_on", "maintenance_off"):
            maintenance = action == "maintenance_on"
            continue
        if action in ("update", "power_on", "power_off", "delete"):
            continue
        assert (state, action) in LEGAL, f"{action} while {state}"
        assert not (maintenance and action in ("provide", "clean", "active", "deleted")), f"{action} in maintenance"
        state = LEGAL[state, action]
    return state


def reachable(state):
    found, grown = {state}, True
    while grown:
        news = {end for (start, verb), end in LEGAL.items() if start in found and verb != "adopt"} - found
        found, grown = found | news, bool(news)
    return found


@pytest.mark.parametrize(("state", "wanted"), list(itertools.product([*RESTING, *BUSY], WANTED)))
@pytest.mark.parametrize("check_mode", [False, True])
def test_every_way_is_legal_and_ends_where_it_should(state, wanted, check_mode):
    start = BUSY.get(state, state)
    found = node(state)
    if wanted not in reachable(start):
        with pytest.raises(OptionError, match=f"no verb leads a node from '{start}' to '{wanted}'"):
            plan(found, check_mode, provision_state=wanted)
        return
    actions = plan(found, check_mode, provision_state=wanted)
    assert walk(start, actions, found["maintenance"]) == wanted
    assert len(actions) <= 4
    assert (actions == []) == (start == wanted)


@pytest.mark.parametrize(("state", "wanted"), list(itertools.product(RESTING, WANTED)))
@pytest.mark.parametrize("stop", ["inspect", "clean"])
def test_a_stop_is_on_the_way(state, wanted, stop):
    options = {"inspect": True} if stop == "inspect" else {"clean_steps": STEPS}
    try:
        actions = plan(node(state), provision_state=wanted, **options)
    except OptionError:
        assert wanted == "enroll" or (state, stop) == ("active", "clean")
        return
    end = walk(state, actions, node(state)["maintenance"])
    assert end == wanted or (end, wanted) == ("manageable", "enroll")
    assert actions.count(stop) == (0 if (state, stop) == ("active", "inspect") else 1)


def test_a_node_that_is_being_inspected_is_not_inspected_once_more():
    found = node("inspecting")
    assert plan(found, inspect=True, provision_state="manageable") == []
    assert plan(found, inspect=True, provision_state="available") == ["provide"]


@pytest.mark.parametrize("state", RESTING)
def test_a_node_without_a_wanted_state_comes_back_from_a_stop(state):
    if state == "active":
        assert plan(node(state), inspect=True) == []
        return
    end = walk(state, plan(node(state), inspect=True), node(state)["maintenance"])
    assert end == ("available" if state == "available" else "manageable")


@pytest.mark.parametrize("state", RESTING)
def test_a_node_is_adopted_with_what_runs_on_it_or_not_at_all(state):
    try:
        actions = plan(node(state), provision_state="active", adopt=True)
    except OptionError:
        assert state in ("deploy failed", "error")
        return
    assert walk(state, actions, node(state)["maintenance"]) == "active"
    assert not {"active", "deleted", "provide"} & set(actions)


@pytest.mark.parametrize("state", ["enroll", "available", "error", "manageable"])
@pytest.mark.parametrize("adopt", [False, True])
def test_nothing_is_deployed_or_adopted_without_an_image(state, adopt):
    """An instance_info that the platform forgets on the way does not count."""
    if adopt and state == "error":
        return
    kept = None if state == "error" else {}
    found = node(state, **({} if kept is None else {"instance_info": kept}))
    with pytest.raises(OptionError, match="image_source"):
        plan(found, provision_state="active", adopt=adopt, instance_info={"root_gb": 10})


@pytest.mark.parametrize("state", [*RESTING, *BUSY])
def test_what_is_in_use_stays_in_use_where_it_is_not_to_be_given_back(state):
    actions = plan(node(state), give_back=False, provision_state="available", abort=True)
    if BUSY.get(state, state) == "active":
        assert actions == []
    else:
        assert walk(BUSY.get(state, state), actions, node(state)["maintenance"]) == "available"


@pytest.mark.parametrize(("state", "verb"), [("clean wait", "abort"), ("wait call-back", "deleted")])
def test_what_waits_is_broken_off_only_if_it_leads_elsewhere(state, verb):
    assert plan(node(state), provision_state=BUSY[state], abort=True) == []
    actions = plan(node(state), provision_state="manageable", abort=True)
    assert actions[0] == verb
    assert walk(state, actions, False) == "manageable"


@pytest.mark.parametrize("state", ["active", "deploy failed", "error"])
@pytest.mark.parametrize("options", [{"provision_state": "available"}, {"state": "absent"}])
def test_a_node_with_an_instance_is_never_given_back(state, options):
    with pytest.raises(OptionError, match="runs the instance i-1"):
        plan(node(state, instance_uuid="i-1"), **options)


@pytest.mark.parametrize("state", [*RESTING, *BUSY])
def test_a_node_is_deleted_where_ironic_lets_go_of_it(state):
    actions = plan(node(state, maintenance=False), state="absent")
    assert actions.pop() == "delete"
    end = walk(BUSY.get(state, state), actions, False)
    assert end in ("enroll", "manageable", "adopt failed")


@pytest.mark.parametrize("state", [*RESTING, *BUSY])
def test_a_node_in_maintenance_is_deleted_as_it_is(state):
    assert plan(node(state, maintenance=True), state="absent") == ["delete"]


def test_a_node_in_a_state_that_no_verb_is_known_for_is_deleted_in_maintenance():
    assert plan(node("rescue"), state="absent") == ["maintenance_on", "delete"]


# --- maintenance -------------------------------------------------------------------------------------------------


def test_a_failed_cleaning_is_recovered_with_the_maintenance_that_it_began():
    assert plan(node("clean failed"), provision_state="available") == ["maintenance_off", "manage", "provide"]


def test_a_failed_cleaning_is_left_alone_if_no_state_is_wanted():
    assert plan(node("clean failed"), resource_class=None) == []


def test_a_maintenance_of_somebody_else_is_an_error_that_names_the_reason():
    found = node("manageable", maintenance=True, maintenance_reason="new disks")
    with pytest.raises(OptionError, match=r"new disks.*Set maintenance: false"):
        plan(found, provision_state="available")
    assert plan(found, provision_state="available", maintenance=False) == ["maintenance_off", "provide"]


def test_a_maintenance_that_shall_stay_is_left_for_as_long_as_it_takes():
    found = node("manageable", maintenance=True, maintenance_reason="new disks")
    actions = plan(found, provision_state="available", maintenance=True)
    assert actions == ["maintenance_off", "provide", "maintenance_on"]


def test_verbs_that_need_no_service_are_sent_in_maintenance():
    found = node("available", maintenance=True, maintenance_reason="new disks")
    assert plan(found, provision_state="manageable") == ["manage"]


def test_the_power_state_is_set_again_after_verbs():
    found = node("manageable", power_state="power on")
    assert plan(found, power_state="on") == []
    assert plan(found, power_state="on", provision_state="available") == ["provide", "power_on"]


def test_an_unknown_power_state_is_set():
    assert plan(node("manageable", power_state=""), power_state="off") == ["power_off"]


# --- waiting -----------------------------------------------------------------------------------------------------


def judged(step, **members):
    return step.wait.evaluate(node(**members))


@pytest.mark.parametrize("state", ["clean failed", "inspect failed", "deploy failed", "adopt failed", "error"])
def test_a_failed_state_ends_the_wait_with_the_error_of_the_node(state):
    outcome = judged(states.verb_step("provide", "available"), state=state, last_error="the agent did not answer")
    assert outcome == Failed(f"its provision state is '{state}': the agent did not answer")


def test_a_verification_that_failed_is_told():
    step = states.verb_step("manage", "manageable")
    assert judged(step, state="verifying") == PENDING
    assert judged(step, state="enroll", last_error="no route") == Failed("its provision state is 'enroll': no route")
    assert judged(step, state="manageable") == READY


def test_an_abort_arrives_in_a_failed_state():
    assert judged(states.verb_step("abort", "clean failed"), state="clean failed", last_error="aborted") == READY


def test_a_node_that_pauses_in_maintenance_is_told():
    outcome = judged(states.verb_step("provide", "available"), state="clean wait", maintenance=True)
    assert "in maintenance, and pauses in 'clean wait'" in outcome.why


def test_a_node_that_is_gone_is_told():
    assert states.verb_step("provide", "available").wait.evaluate(None) == Failed("it is gone")


def test_a_busy_node_is_waited_for_until_it_rests_where_it_should():
    judge = states.coming_to_rest(node("cleaning")).evaluate
    assert judge(node("clean wait")) == PENDING
    assert judge(node("available")) == READY
    assert judge(node("clean failed", maintenance=True, last_error="no agent")).why.endswith("no agent")
    assert judge(node("manageable")) == Failed("it did not come to rest in 'available'")


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ({"power_state": "power on"}, READY),
        ({"power_state": "power off", "target_power_state": "power on"}, PENDING),
        ({"power_state": "power off"}, PENDING),
        ({"power_state": "power off", "last_error": "no session"}, Failed("no session")),
    ],
)
def test_power_is_there_when_the_platform_says_so(members, outcome):
    assert judged(states.power_step("on"), **members) == outcome
