# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Maintenance and power of the hosts of CAS and VMware (section 1.13 of the reference, items 10 to 14).

The paths of all actions have the prefix of VMware, their examples the values of CAS. They are sent as documented,
whatever the platform. Only VMware reports whether a host is in maintenance; CAS has a status that nobody explains.
"""

from __future__ import annotations

import functools
import ipaddress
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Outcome, Step, Then, Wait
from ...model.resource import Resource
from ._pool import Pool, chosen

_HOST = "/os/compute/v1/cloudos/vrm/{tenant_id}/{compute_node_name}/host/{host_id}"


ENTER = Operation("host-maintenance-enter", "PUT", f"{_HOST}/into", answers=False)


EXIT = Operation("host-maintenance-exit", "PUT", f"{_HOST}/exit", answers=False)


POWER = {
    "wake": Operation("host-wake", "PUT", f"{_HOST}/wake", answers=False),
    "shutdown": Operation("host-shutdown", "PUT", f"{_HOST}/shutoff", answers=False),
    "reboot": Operation("host-reboot", "PUT", f"{_HOST}/reboot", answers=False, non_repeatable=True),
}


_ON, _OFF = "POWERED_ON", ("POWERED_OFF", "STAND_BY")


class VirtualizationHost(Resource):
    name = "host"
    plural = "hosts"
    id_param = "host_id"
    status_field = "power_state"
    wait_timeout = 1800

    fields = (
        option("maintenance", "bool", api="in_maintenance"),
        computed("id"),
        computed("name"),
        computed("cluster_id"),
        computed("ip"),
        computed("status"),
        computed("power_state"),
        computed("connection_state"),
        computed("uptime", "int"),
    )

    # --- reading

    def find(self, run: Context) -> Observation:
        (cluster,) = chosen(run, Pool(run).clusters())
        (host,) = cluster["hosts"]
        return self.fetch(run, Observation({"id": host["id"], "cluster_id": cluster["id"]}))

    def fetch(self, run: Context, found: Observation) -> Observation:
        host = Pool(run).host(str(found["cluster_id"]), str(found["id"]))
        known = run.options["maintenance_status"]
        if host["in_maintenance"] is None and known is not None and host["status"] is not None:
            host["in_maintenance"] = host["status"] == known
        return Observation(self.read(host), host)

    # --- planning

    def check(self, run: Context) -> None:
        if run.options["power"] and run.options["maintenance"] is False:
            raise OptionError(
                f"power: {run.options['power']} needs a host in maintenance, and maintenance: false takes it out.",
                hint="Use two tasks.",
            )
        if run.options["ip"] is not None and not _is_address(run.options["ip"]):
            raise OptionError(f"ip: {run.options['ip']!r} is no IP address.")
        if run.options["platform"] == "cas" and run.options["maintenance_status"] is None:
            raise OptionError(
                "maintenance_status: with platform: cas it has to be given, because only you know it.",
                hint="Read the status of a host in maintenance with cloudos_virtualization_info.",
            )

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        power, wanted = run.options["power"], (desired or {}).get("maintenance")
        if current["maintenance"] is None:
            raise OptionError(f"host: the platform does not report whether {current['name']} is in maintenance.")
        if "maintenance" in changes and not wanted and _is_done("shutdown", current):
            raise OptionError(
                f"maintenance: {current['name']} is {current['power_state']}, and has to be on to leave maintenance.",
                hint="Use power: wake first, in a task of its own.",
            )
        if power and not (current["maintenance"] or wanted):
            raise OptionError(
                f"power: {power} needs a host in maintenance, and {current['name']} is not.",
                hint="Add maintenance: true, which moves its machines to other hosts or stops them.",
            )

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = []
        if "maintenance" in changes:
            wanted = desired["maintenance"]
            action, operation = ("enter_maintenance", ENTER) if wanted else ("exit_maintenance", EXIT)
            steps.append(self._step(run, action, operation, current, functools.partial(_is_in_maintenance, wanted)))
        power = run.options["power"]
        if power and not _is_done(power, current):
            judge = functools.partial(_JUDGES[power], current["uptime"])
            is_visible = current["power_state"] is not None and (power != "reboot" or current["uptime"] is not None)
            steps.append(self._step(run, power, POWER[power], current, judge if is_visible else None))
        return steps

    def _step(
        self,
        run: Context,
        action: str,
        operation: Operation,
        current: Json,
        judge: t.Optional[t.Callable[[t.Optional[Json]], Outcome]],
    ) -> Step:
        """The id stands in the path and in the body, and the platform wants to read name and address too."""
        params = {"compute_node_name": run.options["compute_node"]}
        body = {"id": current["id"], "name": current["name"], "ip": _address(run, current)}
        return Step(action, operation, params, body=body, wait=Wait(judge) if judge else None)

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        """What the platform reports of a host that is in maintenance, or comes and goes, is not known beforehand."""
        after = super().predict(run, current, desired)
        power = run.options["power"]
        if current and after["maintenance"] != current["maintenance"]:
            after["status"] = run.options["maintenance_status"] if after["maintenance"] else None
        if power and current and not _is_done(power, current):
            after.update(connection_state=None, uptime=None)
        if after["power_state"] is not None and power:
            after["power_state"] = _OFF[0] if power == "shutdown" else _ON
        return after


def _address(run: Context, host: Json) -> str:
    """The address of a host. VMware returns none, and often calls hosts by it."""
    address = run.options["ip"] or host["ip"] or (host["name"] if _is_address(host["name"]) else None)
    if not address:
        raise OptionError(f"ip: the platform does not return the address of {host['name']}, and requires it.")
    return str(address)


def _is_address(text: str) -> bool:
    try:
        return bool(ipaddress.ip_address(text))
    except ValueError:
        return False


def _is_in_maintenance(wanted: bool, seen: t.Optional[Json]) -> Outcome:
    return READY if seen and seen["maintenance"] is wanted else PENDING


def _is_done(power: str, host: Json) -> bool:
    """Whether a host is as an action would make it. After a reboot it looks as before."""
    if power == "reboot":
        return False
    return host["power_state"] == _ON if power == "wake" else host["power_state"] in _OFF


def _is_on(_uptime: t.Optional[int], seen: t.Optional[Json]) -> Outcome:
    return READY if seen and _is_done("wake", seen) and seen["connection_state"] in (None, "CONNECTED") else PENDING


def _is_off(_uptime: t.Optional[int], seen: t.Optional[Json]) -> Outcome:
    return READY if seen and _is_done("shutdown", seen) else PENDING


def _is_back(uptime: t.Optional[int], seen: t.Optional[Json]) -> Outcome:
    """It is on, and has been seen away meanwhile or has been up for less time than before."""
    if seen is None or _is_on(uptime, seen) == PENDING:
        return Then(functools.partial(_is_on, uptime))
    return READY if (seen["uptime"] or 0) < (uptime or 0) else PENDING


_JUDGES = {"wake": _is_on, "shutdown": _is_off, "reboot": _is_back}


VIRTUALIZATION_HOST = VirtualizationHost()
