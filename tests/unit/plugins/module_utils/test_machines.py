# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Servers, instances and images on their way out, and what stands in their lists without being one of them."""

from __future__ import annotations

import json

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError, WaitError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.model.observation import Observation
from ansible_collections.h3c.cloudos.plugins.module_utils.module.argument_spec import state_spec
from ansible_collections.h3c.cloudos.plugins.module_utils.resources import _instances
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.instance import BAREMETAL_INSTANCE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.baremetal.node import BAREMETAL_NODE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image import IMAGE

from .conftest import Answer

METADATA = {SERVER: {}, BAREMETAL_INSTANCE: {"extraType": "BareMetal"}}
MACHINES = pytest.mark.parametrize("resource", [SERVER, BAREMETAL_INSTANCE], ids=lambda resource: resource.name)


def machine(resource, status="ACTIVE", task_state=None):
    raw = {"id": "s-1", "name": "web", "status": status, "OS-EXT-STS:task_state": task_state}
    return Answer(body={"server": {**raw, "metadata": METADATA[resource]}})


def absent(resource, client, **options):
    return execution.converge(resource, Context(client, {"id": "s-1", "state": "absent", "wait_timeout": 1, **options}))


@MACHINES
@pytest.mark.parametrize("status", ["DELETED", "SOFT_DELETED", "soft_deleted"])
def test_what_a_platform_keeps_of_a_deleted_machine_is_not_waited_for(platform, resource, status):
    platform.answers(
        machine(resource), Answer(204), machine(resource, task_state="deleting"), machine(resource, status)
    )
    assert absent(resource, platform.client())["changed"]
    assert [request.method for request in platform.seen] == ["GET", "DELETE", "GET", "GET"]


@MACHINES
def test_what_a_platform_keeps_of_a_deleted_machine_is_not_deleted_again(platform, resource):
    platform.answers(machine(resource, "SOFT_DELETED"))
    assert not absent(resource, platform.client())["changed"]


@MACHINES
@pytest.mark.parametrize("end", [machine(SERVER, "ERROR"), machine(SERVER, "BUILD")], ids=["fails", "hangs"])
def test_a_machine_that_is_to_go_need_not_be_built_first(platform, resource, end):
    platform.answers(machine(resource, "BUILD", "spawning"), Answer(204), Answer(404), end)
    assert absent(resource, platform.client())["actions"] == ["delete"]
    assert [request.method for request in platform.seen] == ["GET", "DELETE", "GET"]


@MACHINES
def test_a_machine_that_cannot_be_reached_is_neither_ready_nor_broken(platform, resource):
    """CloudOS reports the status Unknown meanwhile; it ends with the timeout, or with another status."""
    options = {name: spec.get("default") for name, spec in state_spec(resource).items()}
    options.update(id="s-1", power_state="stopped", wait_timeout=1)
    platform.answers(*[machine(resource, "Unknown")] * 20)
    with pytest.raises(WaitError, match=r"not ready 1 s after 'wait'; last status: UNKNOWN"):
        execution.converge(resource, Context(platform.client(), options))
    assert {request.method for request in platform.seen} == {"GET"}


@pytest.mark.parametrize(
    ("status", "message", "passes"),
    [
        (400, "Image i-1 is not active.", True),
        (409, "Image i-1 is not active.", True),
        (400, "Image i-1 is not found.", False),
        (500, "Image i-1 is not active.", False),
    ],
)
def test_an_image_that_is_still_coming_is_waited_for(status, message, passes):
    assert _instances.image_comes(CloudError(message, status=status)) is passes


@MACHINES
def test_metadata_without_a_value_is_not_given(platform, resource):
    options = {name: spec.get("default") for name, spec in state_spec(resource).items()}
    run = Context(platform.client(), {**options, "metadata": {"owner": None, "count": 7, "open": True}})
    desired = resource.desired(run, Observation({"metadata": {}, "volumes": None}))
    assert desired["metadata"] == {"count": "7", "open": "true"}


@MACHINES
def test_a_reboot_whose_answer_is_lost_is_not_told_as_done_without_a_word(platform, resource):
    """The machine runs before and after, so a look cannot tell, and a second request may be a second reboot."""
    options = {name: spec.get("default") for name, spec in state_spec(resource).items()}
    platform.answers(machine(resource), Answer(502), machine(resource))
    result = execution.converge(resource, Context(platform.client(), {**options, "id": "s-1", "reboot": "hard"}))
    assert result["warnings"][0].startswith("reboot: the answer was lost.")
    assert [request.method for request in platform.seen].count("POST") == 1


@pytest.mark.parametrize(
    ("told", "addresses"),
    [
        (None, {}),
        ({"net": None}, {"net": []}),
        ({"net": ["10.0.0.1"]}, {"net": ["10.0.0.1"]}),
        ({"net": "10.0.0.1"}, {"net": ["10.0.0.1"]}),
        ({"net": [{"addr": "10.0.0.1", "version": 4}], "other": []}, {"net": ["10.0.0.1"], "other": []}),
    ],
)
def test_addresses_are_read_in_whatever_form(told, addresses):
    found = SERVER.read({"id": "s-1", "name": "web", "addresses": told})["addresses"]
    assert {net: [entry["addr"] for entry in entries] for net, entries in found.items()} == addresses


@pytest.mark.parametrize(("before", "after"), [("ACTIVE", "shelved"), ("SHELVED_OFFLOADED", "running")])
def test_a_platform_may_want_an_empty_text_for_shelving(platform, before, after):
    """The text of the reference says null, its example has an empty text."""
    end = {"shelved": "SHELVED_OFFLOADED", "running": "ACTIVE"}[after]
    options = {name: spec.get("default") for name, spec in state_spec(SERVER).items()}
    platform.answers(
        machine(SERVER, before), Answer(400, {"badRequest": {"message": "no"}}), Answer(202), machine(SERVER, end)
    )
    execution.converge(SERVER, Context(platform.client(), {**options, "id": "s-1", "power_state": after}))
    bodies = [json.loads(request.body) for request in platform.seen if request.method == "POST"]
    (action,) = bodies[0]
    assert bodies == [{action: None}, {action: ""}]


def test_an_image_that_is_to_go_need_not_get_its_data_first(platform):
    """One whose upload was broken off is for ever `saving`."""
    image = {"id": "s-1", "name": "image", "status": "saving", "protected": False}
    platform.answers(Answer(body=image), Answer(204), Answer(404), Answer(body=image))
    assert absent(IMAGE, platform.client())["actions"] == ["delete"]


@pytest.mark.parametrize("way", [{"name": "metal"}, {"ipmi": {"address": "10.0.0.1"}}])
def test_a_node_of_another_id_is_not_meant_by_its_name_or_address(platform, way):
    platform.answers(
        Answer(body={"nodes": [{"uuid": "n-1", "name": "metal", "driver_info": {"ipmi_address": "10.0.0.1"}}]})
    )
    assert BAREMETAL_NODE.find(Context(platform.client(), way))["id"] == "n-1"
    assert BAREMETAL_NODE.find(Context(platform.client(), {**way, "id": "n-2", "state": "absent"})) == {}


@pytest.mark.parametrize("nothing", [{"name": ""}, {"id": ""}, {"name": "", "id": ""}])
def test_an_empty_name_means_no_node_without_a_name(platform, nothing):
    """The platform tells a missing name as an empty text, and so do templates."""
    nameless = {"uuid": "n-1", "name": "", "driver_info": {"ipmi_address": "10.0.0.1"}}
    meant = {"uuid": "n-2", "name": "", "driver_info": {"ipmi_address": "10.0.0.2"}}
    for nodes in ([nameless, meant], [nameless, {**meant, "name": "metal"}]):
        platform.answers(Answer(body={"nodes": nodes}))
        run = Context(platform.client(), {**nothing, "ipmi": {"address": "10.0.0.2"}, "state": "absent"})
        assert BAREMETAL_NODE.find(run)["id"] == "n-2"


def test_nodes_without_names_are_not_one_node_in_a_fleet():
    assert BAREMETAL_NODE.identity_keys({"name": "", "ipmi": {"address": "10.0.0.1"}}) == {"ipmi": "10.0.0.1"}


def test_an_empty_id_does_not_hide_the_name(platform):
    platform.answers(Answer(body={"nodes": [{"uuid": "n-1", "name": "metal"}]}))
    assert BAREMETAL_NODE.find(Context(platform.client(), {"id": "", "name": "metal"}))["id"] == "n-1"


@pytest.mark.parametrize("mark", [{"image_type": "snapshot"}, {"is_snapshot": "True"}])
@pytest.mark.parametrize("state", ["present", "absent"])
def test_a_snapshot_is_not_taken_for_an_image_by_its_id(platform, mark, state):
    platform.answers(Answer(body={"id": "s-1", "name": "snapshot", "status": "active", **mark}))
    with pytest.raises(OptionError, match=r"id: 's-1' is the snapshot.*cloudos_server_snapshot"):
        absent(IMAGE, platform.client(), state=state)
    assert len(platform.seen) == 1
