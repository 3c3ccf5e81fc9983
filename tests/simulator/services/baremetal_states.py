# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.12 of the reference: provision and power states of bare-metal nodes, as ironic's state machine has them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..errors import ApiError
from ..world import Record, World

CONDUCTOR = "ironic-conductor-0"
DELETABLE = ("enroll", "manageable", "available", "adopt failed")
UPDATABLE_ON_THE_WAY = {
    "deploy failed",
    "inspecting",
    "inspect failed",
    "clean failed",
    "error",
    "verifying",
    "adopt failed",
}
_WAITING = {"clean wait", "wait call-back"}
_HEARTBEAT = 0.1
_LOCKING = {"verifying", "cleaning", "inspecting", "deploying", "deleting", "adopting"}


@dataclass(frozen=True)
class Course:
    """The states on the way, the one at the end, and the one in which a failure ends."""

    phases: tuple[str, ...]
    end: str
    failed: str = ""


_VERIFY = Course(("verifying",), "manageable", "enroll")
_PROVIDE = Course(("cleaning", "clean wait"), "available", "clean failed")
_CLEAN = Course(("cleaning", "clean wait"), "manageable", "clean failed")
_INSPECT = Course(("inspecting",), "manageable", "inspect failed")
_DEPLOY = Course(("deploying", "wait call-back", "deploying"), "active", "deploy failed")
_DELETE = Course(("deleting", "cleaning", "clean wait"), "available", "error")
_ADOPT = Course(("adopting",), "active", "adopt failed")
_TAKE_BACK = Course((), "manageable")
_ABORT = Course((), "clean failed")

# What can be asked for in which state.
COURSES: dict[str, dict[str, Course]] = {
    "enroll": {"manage": _VERIFY},
    "manageable": {"provide": _PROVIDE, "clean": _CLEAN, "inspect": _INSPECT, "adopt": _ADOPT},
    "available": {"active": _DEPLOY, "manage": _TAKE_BACK},
    "active": {"rebuild": _DEPLOY, "deleted": _DELETE},
    "wait call-back": {"deleted": _DELETE},
    "clean wait": {"abort": _ABORT},
    "clean failed": {"manage": _TAKE_BACK},
    "inspect failed": {"inspect": _INSPECT, "manage": _TAKE_BACK},
    "deploy failed": {"active": _DEPLOY, "rebuild": _DEPLOY, "deleted": _DELETE},
    "adopt failed": {"adopt": _ADOPT, "manage": _TAKE_BACK},
    "error": {"rebuild": _DEPLOY, "deleted": _DELETE},
}
_REFUSED_IN_MAINTENANCE = {"active": "provisioning", "rebuild": "provisioning", "clean": "cleaning"}
_REASONS = {
    "manage": "Failed to get power state for node {id}. Error: IPMI call failed: power status.",
    "inspect": "Inspection failed: unable to establish an IPMI session.",
    "provide": "Failed to prepare node {id} for cleaning: the agent did not answer.",
    "clean": "Failed to prepare node {id} for cleaning: the agent did not answer.",
    "active": "Failed to deploy: the image could not be written.",
    "rebuild": "Failed to deploy: the image could not be written.",
    "adopt": "Failed to validate deploy information for node {id}: image_source is missing.",
    "deleted": "Failed to tear down: the ports could not be unplugged.",
}

# What an inspection finds.
_FOUND = {
    "cpus": "16",
    "cpu_arch": "x86_64",
    "memory_mb": "262144",
    "local_gb": "4462",
    "cpu_count": "2",
    "cpu_core_count": "4",
    "cpu_thread_count": "8",
    "cpu_version": "Intel(R) Xeon(R) CPU E5-2623 v4 @ 2.60GHz",
    "capabilities": "cpu_hugepages:true,cpu_txt:true,boot_option:local,cpu_vt:true,cpu_aes:true,cpu_hugepages_1g:true",
    "all_interfaces": r"\u007b'enp6s0f0': \u007b'ip': None, 'mac': '74:ea:cb:75:1c:2b', 'pxe': True\u007d\u007d",
    "system_vendor_asset_tag": "Invalid entry length (16). Fixed up to 11.",
    "system_vendor_manufacturer": "F5 Technologies Co., Ltd.",
    "system_vendor_product_name": "UIS R390X G2",
    "system_vendor_serial_number": "210200A00DN181000455",
}


def reservation(world: World, node: Record) -> str | None:
    """The host that works on a node and keeps everybody else from changing it."""
    busy = node["provision_state"] in _LOCKING or node["target_power_state"]
    return CONDUCTOR if busy or world.clock.now() < node["locked_until"] else None


def demand_unlocked(world: World, node: Record) -> None:
    host = reservation(world, node)
    if host:
        raise ApiError(
            409,
            f"Node {node['id']} is locked by host {host}, please retry after the current operation is completed.",
        )


def change_provision(world: World, node: Record, target: str) -> None:
    """Begin what a client asks for: 400 in the wrong state or in maintenance, 409 while the node is locked."""
    state = node["provision_state"]
    if target in ("active", "rebuild"):
        _demand_no_maintenance(node, target)
    demand_unlocked(world, node)
    if target not in COURSES.get(state, {}):
        raise ApiError(
            400,
            f'The requested action "{target}" can not be performed on node "{node["id"]}" '
            f'while it is in state "{state}".',
        )
    _demand_no_maintenance(node, target)
    if target in ("active", "rebuild") and not node["instance_info"].get("image_source"):
        raise ApiError(
            400,
            f"Failed to validate deploy or power info for node {node['id']}. Error: Cannot validate image information "
            f"for node {node['id']} because one or more parameters are missing from its instance_info. "
            "Missing are: ['image_source']",
        )
    begin(world, node, target)


def begin(world: World, node: Record, target: str, done: Callable[[], None] | None = None) -> None:
    """Set out for a target that is legal in the present state; `done` is called at the end, also of a failure."""
    course = COURSES[node["provision_state"]][target]
    node["work"] += 1
    number = node["work"]
    unfit = target == "adopt" and not node["instance_info"].get("image_source")
    fails = unfit or world.settings.fails_provision(target, *names(node))
    pause = world.settings.transition_seconds / max(len(course.phases), 1)
    if course is not _TAKE_BACK:
        node["last_error"] = None  # taking a node back forgives nothing
    if target == "abort":
        node["last_error"] = f"By request, the clean operation was aborted for node {node['id']}."
    else:
        node["target_provision_state"] = course.end
    if target == "inspect":
        node["inspection_started"] = world.clock.now()

    def enter(position: int) -> None:
        if node["work"] != number:
            return
        if node["maintenance"] and node["provision_state"] in _WAITING and position:
            # The agent reports, and is not listened to.
            world.clock.after(max(pause, _HEARTBEAT), lambda: enter(position))
            return
        node["provision_updated"] = world.clock.now()
        if position == 1 and target == "deleted" and not fails:
            _torn_down(node)
        if position == len(course.phases) or (fails and position == 1):
            _arrive(world, node, target, course, fails)
            if done:
                done()
            return
        node["provision_state"] = course.phases[position]

    enter(0)
    for position in range(1, len(course.phases) + 1):
        world.clock.after(pause * position, lambda position=position: enter(position))


def change_power(world: World, node: Record, target: str) -> None:
    """Begin to switch a node: 400 while it is cleaned, 409 while it is locked."""
    demand_unlocked(world, node)
    if node["provision_state"] in ("cleaning", "clean wait"):
        raise ApiError(
            400,
            f'The requested action "{target}" can not be performed on node "{node["id"]}" '
            f'while it is in state "{node["provision_state"]}".',
        )
    wanted = "power off" if target == "power off" else "power on"
    if node["power_state"] == wanted and target not in ("rebooting", "soft rebooting"):
        return
    fails = world.settings.fails_provision(target, *names(node))
    node.update(target_power_state=wanted, last_error=None)

    def switched() -> None:
        if node["target_power_state"] is None:
            return
        node["target_power_state"] = None
        if fails:
            node["last_error"] = f"Failed to change power state to '{target}': IPMI call failed: power."
        else:
            node["power_state"] = wanted

    world.clock.after(world.settings.transition_seconds, switched)


def release(world: World, node_id: str, instance_id: str) -> None:
    """Take a node back from an instance that is deleted, as soon as its state allows it."""
    node = world.table("baremetal_nodes").get(node_id)
    if node is None or node["instance_uuid"] != instance_id:
        return
    if "deleted" in COURSES.get(node["provision_state"], {}):
        begin(world, node, "deleted")
    else:
        world.clock.after(world.settings.transition_seconds, lambda: release(world, node_id, instance_id))


def names(node: Record) -> list[str]:
    """What `fail_provision` is matched with."""
    return [name for name in (node["name"], node["id"], node["driver_info"].get("ipmi_address")) if name]


def _demand_no_maintenance(node: Record, target: str) -> None:
    operation = _REFUSED_IN_MAINTENANCE.get(target)
    if node["maintenance"] and operation:
        raise ApiError(
            400,
            f"The {operation} operation can't be performed on node {node['id']} because it's in maintenance mode.",
        )


def _arrive(world: World, node: Record, target: str, course: Course, failed: bool) -> None:
    """The end of the way. States of failure keep their target, and a failed cleaning ends in maintenance."""
    now = world.clock.now()
    node["locked_until"] = now + world.settings.lock_seconds
    if failed:
        reason = _REASONS[target].format(id=node["id"])
        resting = course.failed in ("enroll", "error")
        node.update(
            provision_state=course.failed, target_provision_state=None if resting else course.end, last_error=reason
        )
        if course.failed == "clean failed":
            node.update(maintenance=True, maintenance_reason=reason)
        return
    node["provision_state"] = course.end
    if target != "abort":
        node["target_provision_state"] = None
    if target == "manage" and node["power_state"] is None:
        node["power_state"] = "power off"
    if target == "inspect":
        node.update(inspection_started=None, inspection_finished=now)
        node["properties"] = {**node["properties"], **_FOUND}
    if target in ("active", "rebuild"):
        node.update(power_state="power on", instance_info={**node["instance_info"], "image_type": "whole-disk"})
    if target in ("provide", "clean", "inspect", "deleted"):
        node["power_state"] = "power off"


def _torn_down(node: Record) -> None:
    node.update(instance_uuid=None, instance_info={}, driver_internal_info={}, instance_properties={})
