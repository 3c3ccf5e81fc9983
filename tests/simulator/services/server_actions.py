# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.9 of the reference: what POST .../servers/{id}/action does, as nova's state machine has it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, new_id
from . import flavors
from .servers import boot_image, find_server, in_state, later


@dataclass(frozen=True)
class Action:
    """From which states an action leads to which one; `during` is the status meanwhile, if it differs."""

    name: str
    allowed: frozenset[str]
    task: str
    result: str
    during: str = ""


def _action(name: str, allowed: str, task: str, result: str, during: str = "") -> Action:
    return Action(name, frozenset(allowed.split()), task, result, during)


START = _action("start", "SHUTOFF", "powering-on", "ACTIVE")
STOP = _action("stop", "ACTIVE ERROR", "powering-off", "SHUTOFF")
SUSPEND = _action("suspend", "ACTIVE", "suspending", "SUSPENDED")
RESUME = _action("resume", "SUSPENDED", "resuming", "ACTIVE")
SOFT_REBOOT = _action("reboot", "ACTIVE", "rebooting", "ACTIVE", "REBOOT")
HARD_REBOOT = _action("reboot", "ACTIVE SHUTOFF SUSPENDED PAUSED ERROR", "rebooting_hard", "ACTIVE", "HARD_REBOOT")
SHELVE = _action("shelve", "ACTIVE SHUTOFF SUSPENDED PAUSED", "shelving", "SHELVED")
OFFLOAD = _action("shelve", "ACTIVE SHUTOFF SUSPENDED PAUSED", "shelving", "SHELVED_OFFLOADED")
UNSHELVE = _action("unshelve", "SHELVED SHELVED_OFFLOADED", "unshelving", "ACTIVE")


def perform(call: Call, server: Record, action: Action, finish: Callable[[], None] | None = None) -> Answer:
    """Begin an action; 409 in the wrong state or while another one runs. `finish` is done with the last step."""
    in_state(server, action.allowed, action.name)
    server["rested"] = server["status"]
    server.update(task=action.task, status=action.during or server["status"], updated=call.world.clock.now())

    def done() -> None:
        server.update(task=None, status=action.result, fault=None)
        if server["node_id"]:
            power = "power on" if action.result == "ACTIVE" else "power off"
            call.world.find("baremetal_nodes", server["node_id"])["power_state"] = power
        if finish:
            finish()

    later(call.world, server, call.world.settings.action_seconds, done)
    return Answer(202)


def _simple(action: Action) -> Callable[[Call], Answer]:
    return lambda call: perform(call, find_server(call), action)


def reboot(call: Call) -> Answer:
    action = HARD_REBOOT if call.body["reboot"]["type"] == "HARD" else SOFT_REBOOT
    return perform(call, find_server(call), action)


def shelve(call: Call) -> Answer:
    if "unshelve" in call.body:
        return perform(call, find_server(call), UNSHELVE)
    return perform(call, find_server(call), OFFLOAD if call.openstack else SHELVE)


def resize(call: Call) -> Answer:
    live = "liveresize" in call.body
    if live and call.openstack:
        raise ApiError(400, "There is no such action: liveresize")
    server = find_server(call)
    old, before = server["flavor_id"], server["status"]
    flavor = flavors.usable(call, call.body["liveresize" if live else "resize"]["flavorRef"], 400)
    if flavor["id"] == old:
        raise ApiError(400, "When resizing, instances must change flavor!")
    verify = call.world.settings.stops_at_verify and not live
    action = _action(
        "resize", "ACTIVE" if live else "ACTIVE SHUTOFF", "resize_prep", "VERIFY_RESIZE" if verify else before, "RESIZE"
    )

    def finish() -> None:
        server.update(flavor_id=flavor["id"], before_resize={"flavor_id": old, "status": before} if verify else None)

    return perform(call, server, action, finish)


def confirm_resize(call: Call) -> Answer:
    server = in_state(find_server(call), {"VERIFY_RESIZE"}, "confirmResize")
    server.update(status=server["before_resize"]["status"], before_resize=None, updated=call.world.clock.now())
    return Answer(204)


def revert_resize(call: Call) -> Answer:
    server = in_state(find_server(call), {"VERIFY_RESIZE"}, "revertResize")
    before = server["before_resize"]
    action = _action("revertResize", "VERIFY_RESIZE", "resize_reverting", before["status"], "REVERT_RESIZE")
    return perform(call, server, action, lambda: server.update(flavor_id=before["flavor_id"], before_resize=None))


def rebuild(call: Call) -> Answer:
    """Another image on the same server; one that was off is off again."""
    server, wanted = find_server(call), call.body["rebuild"]
    flavor = call.world.find("flavors", server["flavor_id"])
    image = boot_image(call, wanted, flavor)
    before = "SHUTOFF" if server["status"] == "SHUTOFF" else "ACTIVE"
    action = _action("rebuild", "ACTIVE SHUTOFF ERROR", "rebuilding", before, "REBUILD")
    password = wanted.get("adminPass", server["admin_pass"])
    return perform(call, server, action, lambda: server.update(image_id=image["id"], admin_pass=password))


def change_password(call: Call) -> Answer:
    server = in_state(find_server(call), {"ACTIVE"}, "changePassword")
    action = _action("changePassword", "ACTIVE", "updating_password", "ACTIVE", "PASSWORD")
    password = call.body["changePassword"]["adminPass"]
    return perform(call, server, action, lambda: server.update(admin_pass=password))


def add_security_group(call: Call) -> Answer:
    server, name = find_server(call), call.body["addSecurityGroup"]["name"]
    if name not in {group["name"] for group in call.world.table("security_groups").values()}:
        raise ApiError(404, f"Security group {name} not found.")
    if name not in server["security_groups"]:
        server["security_groups"].append(name)
    return Answer(202)


def remove_security_group(call: Call) -> Answer:
    server, name = find_server(call), call.body["removeSecurityGroup"]["name"]
    if name not in server["security_groups"]:
        raise ApiError(404, f"Security group with {name} not found for the instance {server['id']}")
    server["security_groups"].remove(name)
    return Answer(202)


def console(call: Call) -> Answer:
    in_state(find_server(call), {"ACTIVE"}, "get_vnc_console")
    kind = call.body["os-getVNCConsole"]["type"]
    url = f"http://172.25.18.116:6080/vnc_auto.html?token={new_id()}"
    return Answer(200, {"console": {"url" if call.openstack else "URI": url, "type": kind}})


HANDLERS = {
    "server-start": _simple(START),
    "server-stop": _simple(STOP),
    "server-suspend": _simple(SUSPEND),
    "server-resume": _simple(RESUME),
    "server-reboot": reboot,
    "server-shelve": shelve,
    "server-resize": resize,
    "server-resize-confirm": confirm_resize,
    "server-resize-revert": revert_resize,
    "server-rebuild": rebuild,
    "server-security-group-add": add_security_group,
    "server-security-group-remove": remove_security_group,
    "server-change-password": change_password,
    "server-console": console,
}
