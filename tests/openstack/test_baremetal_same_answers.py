# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator answers as Ironic does: one story told to both, the statuses and the states of nodes compared."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from openstack.cloud import Cloud
from simulator import Simulator
from simulator.client import Api
from simulator.contract import load_contract

IPMI = {"ipmi_address": "172.25.16.1", "ipmi_username": "admin", "ipmi_password": "ipmi-secret"}
SILENT = "192.0.2.1"
IMAGE = "http://images.example.com/linux.raw"
INSTANCE = "11111111-2222-4333-8444-555555555555"
NOWHERE = "00000000-0000-4000-8000-000000000000"
RESTING = {"enroll", "manageable", "available", "active", "clean failed", "deploy failed", "adopt failed", "error"}
TIMEOUT = 300  # seconds

# What a node is asked for. "rebuild" is missing: without Keystone, Ironic 39 fails at it.
VERBS = ("manage", "provide", "inspect", "active", "deleted", "abort", "adopt")
STATES = ("enroll", "manageable", "available", "active")


class Told:
    """Sends requests, and keeps what came of them: a line for each, with the reason of a refusal beside it."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self.story: list[str] = []
        self.reasons: list[str] = []

    def __call__(self, operation: str, body: Any = None, **path: str) -> dict[str, Any]:
        answer = self._api(operation, body, **path)
        shown = [body[0]["op"], body[0]["path"]] if isinstance(body, list) else body or {}
        shown = shown.get("target") or shown.get("name") or "" if isinstance(shown, dict) else " ".join(shown)
        self._tell(f"{operation} {shown}: {answer.status_code}", "" if answer.ok else answer.text)
        return answer.json() if answer.text else {}

    def refused(self, operation: str, **path: str) -> None:
        """A request that has to be refused, by whatever status."""
        answer = self._api(operation, **path)
        self._tell(f"{operation}: {'accepted' if answer.ok else 'refused'}", answer.text)

    def _tell(self, line: str, reason: str | None) -> None:
        self.story.append(line)
        self.reasons.append(reason or "")

    def node(self, **fields: Any) -> str:
        made = self("baremetal-node-create", _creation(**fields))
        self.patch(made["uuid"], "add", "/instance_info/image_source", IMAGE)
        return made["uuid"]

    def patch(self, node_id: str, op: str, path: str, *value: Any) -> None:
        self("baremetal-node-patch", [_patch(op, path, *value)], baremetalId=node_id)

    def ask(self, node_id: str, verb: str) -> str:
        """Ask for a change of the provision state, and return where it ended."""
        self("baremetal-node-provision", {"target": verb}, baremetalId=node_id)
        return self.rest(node_id)["provision_state"]

    def lead(self, node_id: str, state: str) -> None:
        """Lead a new node to a state."""
        for verb in ("manage", "provide", "active")[: STATES.index(state)]:
            self.ask(node_id, verb)

    def rest(self, node_id: str, *more: str) -> dict[str, Any]:
        """Wait until nothing works on a node, and tell how it is."""
        deadline = time.monotonic() + TIMEOUT
        while True:
            node = self._api("baremetal-node-get", baremetalId=node_id).json()
            if node["provision_state"] in RESTING and not node["reservation"] and not node["target_power_state"]:
                break
            assert time.monotonic() < deadline, node
            time.sleep(0.02)
        node["maintenance_reason"] = bool(node["maintenance_reason"])
        names = ("provision_state", "target_provision_state", "maintenance", "maintenance_reason", *more)
        shown = ", ".join(f"{name} {node[name]}" for name in names)
        self._tell(f"{shown}, {'an error' if node['last_error'] else 'no error'}", node["last_error"])
        return node


def _patch(op: str, path: str, *value: Any) -> dict[str, Any]:
    return {"op": op, "path": path, **({"value": value[0]} if value else {})}


def _creation(**fields: Any) -> dict[str, Any]:
    return {"driver": "fake-hardware", **fields, "driver_info": {**IPMI, **fields.get("driver_info", {})}}


@pytest.fixture(scope="module")
def simulated() -> Iterator[Simulator]:
    fails = {r"^192\.0\.2\.": "manage", "^broken$": "provide", "^undeployable$": "active"}
    with Simulator(shape="openstack", transition_seconds=0.05, lock_seconds=0.02, fail_provision=fails) as simulator:
        yield simulator


@pytest.fixture
def compare(cloud: Cloud, simulated: Simulator) -> Callable[[Callable[[Told], None]], None]:
    """Tell a story to both."""
    simulated.reset()

    def comparison(story: Callable[[Told], None]) -> None:
        told = []
        for platform in (cloud, simulated):
            api = Api(platform.url, load_contract("openstack"))
            api.login()
            told.append(Told(api))
            story(told[-1])
            api.session.close()
        real, simulation = told
        unlike = [
            f"{number}: Ironic: {line} {real.reasons[number]}\n   simulator: {other} {simulation.reasons[number]}"
            for number, (line, other) in enumerate(zip(real.story, simulation.story, strict=False))
            if line != other
        ]
        assert not unlike, "\n".join(unlike)
        assert len(real.story) == len(simulation.story)

    return comparison


@pytest.mark.parametrize("state", STATES)
def test_verbs(compare, state: str) -> None:
    def story(told: Told) -> None:
        node = told.node(name="one")
        told.lead(node, state)
        for number, verb in enumerate(VERBS):
            if told.ask(node, verb) != state:
                node = told.node(name=f"another-{number}")
                told.lead(node, state)

    compare(story)


@pytest.mark.parametrize("state", STATES)
def test_verbs_in_maintenance(compare, state: str) -> None:
    def story(told: Told) -> None:
        node = told.node(name="one")
        told.lead(node, state)
        told("baremetal-node-maintenance-on", {"reason": "a new fan"}, baremetalId=node)
        for verb in ("active", "inspect", "manage", "adopt"):  # a cleaning waits for an agent, which is not here
            told.ask(node, verb)
        told("baremetal-node-maintenance-off", baremetalId=node)
        told.rest(node)

    compare(story)


def test_a_controller_that_does_not_answer(compare) -> None:
    def story(told: Told) -> None:
        node = told.node(name="silent", driver="pxe_ipmitool", driver_info={"ipmi_address": SILENT})
        told.ask(node, "manage")
        told.ask(node, "manage")
        told("baremetal-node-get", baremetalId=node)
        told.patch(node, "replace", "/driver_info/ipmi_address", IPMI["ipmi_address"])
        told.rest(node)
        told.ask(node, "manage")

    compare(story)


def test_disks_that_are_broken(compare) -> None:
    def story(told: Told) -> None:
        node = told.node(name="broken", driver="pxe_ipmitool", properties={"disks": "broken"})
        told.ask(node, "manage")
        for verb in ("provide", "active", "provide", "abort", "inspect", "manage"):
            told.ask(node, verb)
        told("baremetal-node-maintenance-off", baremetalId=node)
        told.rest(node)
        told.patch(node, "replace", "/properties/disks", "fine")
        told.patch(node, "replace", "/name", "mended")
        told.ask(node, "provide")
        told.patch(node, "replace", "/properties/disks", "broken")
        told.patch(node, "replace", "/name", "undeployable")
        told.ask(node, "active")
        told.patch(node, "replace", "/name", "mended")
        told.patch(node, "replace", "/properties/disks", "fine")
        told("baremetal-node-delete", baremetalId=node)
        told.ask(node, "manage")
        told.ask(node, "deleted")

    compare(story)


def test_making_and_deleting_nodes(compare) -> None:
    def story(told: Told) -> None:
        node = told.node(name="one")
        for name in ("one", "two words", "under_score", "-dash", "a.b.c", "UPPER", "ä"):
            told("baremetal-node-create", _creation(name=name))
        told("baremetal-node-get", baremetalId=NOWHERE)
        told("baremetal-node-get", baremetalId="one")
        told("baremetal-node-delete", baremetalId=node)
        told("baremetal-node-delete", baremetalId=node)
        for state in ("manageable", "available", "active"):
            node = told.node(name=f"is-{state}")
            told.lead(node, state)
            told("baremetal-node-delete", baremetalId=node)
        told.patch(node, "add", "/instance_uuid", INSTANCE)
        told("baremetal-node-delete", baremetalId=node)
        told("baremetal-node-maintenance-on", {}, baremetalId=node)
        told("baremetal-node-delete", baremetalId=node)

    compare(story)


PATCHES = [
    ("add", "/properties/cpus", "32"),
    ("replace", "/properties/cpus", "16"),
    ("replace", "/properties/none", "1"),
    ("remove", "/properties/none"),
    ("remove", "/properties/cpus"),
    ("add", "/properties/a/b", "1"),
    ("add", "/resource_class", "bm"),
    ("replace", "/resource_class", "gold"),
    ("remove", "/resource_class"),
    ("remove", "/resource_class"),
    ("replace", "/name", "two"),
    ("replace", "/name", "taken"),
    ("replace", "/name", "bad name"),
    ("remove", "/name"),
    ("remove", "/driver"),
    ("replace", "/driver", "fake-hardware"),
    ("replace", "/power_state", "power on"),
    ("replace", "/provision_state", "active"),
    ("replace", "/uuid", NOWHERE),
    ("replace", "/last_error", "x"),
    ("replace", "/maintenance_reason", "x"),
    ("add", "/nothing", "x"),
    ("replace", "/maintenance", True),
    ("replace", "/maintenance", "true"),
    ("replace", "/maintenance", "perhaps"),
    ("replace", "/maintenance", False),
    ("replace", "/driver_info/ipmi_username", "root"),
    ("remove", "/driver_info/ipmi_username"),
    ("remove", "/driver_info"),
    ("replace", "/extra", {"rack": "7"}),
    ("replace", "/properties", "text"),
    ("add", "/instance_uuid", INSTANCE),
    ("remove", "/instance_uuid"),
]


@pytest.mark.parametrize("state", ["enroll", "available", "active"])
def test_patches_of_nodes(compare, state: str) -> None:
    def story(told: Told) -> None:
        told.node(name="taken")
        node = told.node(name="one")
        told.lead(node, state)
        for patch in PATCHES:
            told.patch(node, *patch)

    compare(story)


def test_power(compare) -> None:
    def story(told: Told) -> None:
        node = told.node(name="one", driver="pxe_ipmitool")
        told.rest(node, "power_state")
        for target in ("power on", "power on", "power off"):
            told("baremetal-node-power", {"target": target}, baremetalId=node)
            told.rest(node, "power_state")

    compare(story)


MAC = "74:ea:cb:00:00:%02x"
WIRE = {"switch_id": "0a:1b:2c:3d:4e:5f", "port_id": "Gi1/0/1", "switch_info": "rack-7"}


@pytest.mark.parametrize("maintenance", [False, True])
@pytest.mark.parametrize("state", ["manageable", "available", "active"])
def test_ports(compare, state: str, maintenance: bool) -> None:
    def story(told: Told) -> None:
        node = told.node(name="one")
        group = told("baremetal-portgroup-create", {"node_uuid": node, "name": "bond"})["uuid"]
        port = told("baremetal-port-create", {"node_uuid": node, "address": MAC % 1})["uuid"]
        told.lead(node, state)
        if maintenance:
            told("baremetal-node-maintenance-on", {}, baremetalId=node)
        told("baremetal-port-create", {"node_uuid": node, "address": MAC % 1})
        told("baremetal-port-create", {"node_uuid": NOWHERE, "address": MAC % 2})
        told("baremetal-port-create", {"node_uuid": node, "address": MAC % 3})
        for patch in (
            ("replace", "/address", MAC % 4),
            ("replace", "/address", MAC % 3),
            ("replace", "/pxe_enabled", False),
            ("replace", "/pxe_enabled", False),
            ("add", "/portgroup_uuid", group),
            ("remove", "/portgroup_uuid"),
            ("add", "/portgroup_uuid", NOWHERE),
            ("add", "/local_link_connection", WIRE),
            ("add", "/local_link_connection", {"port_id": "Gi1/0/1"}),
            ("replace", "/extra", {"rack": "7"}),
            ("remove", "/address"),
            ("replace", "/uuid", NOWHERE),
        ):
            op, path, *value = patch
            told(
                "baremetal-port-patch",
                [{"op": op, "path": path, **({"value": value[0]} if value else {})}],
                portId=port,
            )
        told("baremetal-port-delete", portId=port)
        told("baremetal-port-delete", portId=port)

    compare(story)


@pytest.mark.parametrize("state", ["enroll", "available", "active"])
def test_port_groups(compare, state: str) -> None:
    def story(told: Told) -> None:
        node = told.node(name="one")
        told.lead(node, state)
        group = told("baremetal-portgroup-create", {"node_uuid": node, "name": "bond", "address": MAC % 9})["uuid"]
        told("baremetal-portgroup-create", {"node_uuid": node, "name": "bond"})
        told("baremetal-portgroup-create", {"node_uuid": node, "name": "bad name"})
        told("baremetal-portgroup-create", {"node_uuid": node, "address": MAC % 9})
        told("baremetal-portgroup-create", {"node_uuid": NOWHERE, "name": "other"})
        told("baremetal-port-create", {"node_uuid": node, "address": MAC % 1, "portgroup_uuid": group})
        for patch in (
            ("replace", "/name", "bond-1"),
            ("replace", "/mode", "802.3ad"),
            ("add", "/properties/miimon", "100"),
            ("replace", "/address", MAC % 8),
            ("replace", "/extra", {"rack": "7"}),
            ("replace", "/standalone_ports_supported", False),
        ):
            told("baremetal-portgroup-patch", [_patch(*patch)], portgroupId=group)
        # It has a port. Zed leaves that to the database, which makes it a 500; later releases look before.
        told.refused("baremetal-portgroup-delete", portgroupId=group)
        told("baremetal-node-maintenance-on", {}, baremetalId=node)
        told("baremetal-node-delete", baremetalId=node)
        told("baremetal-portgroup-delete", portgroupId=group)

    compare(story)
