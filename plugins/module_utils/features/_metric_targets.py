# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What is measured: what the options of each scope mean."""

from __future__ import annotations

import typing as t

from ..cloud.errors import OptionError
from ..cloud.tokens import looks_like_id
from ..model.context import Context
from ..resources._addresses import addresses_of
from ..resources._instances import KIND
from ..resources.baremetal._ironic import checked_mac
from ..resources.compute._attachments import ports_of
from ..resources.compute._server_gather import GPUS
from ._metric_model import Target
from ._metric_operations import SEARCH, SENSORS
from ._metric_rows import entries_of


def _server_id(run: Context) -> t.Optional[str]:
    """The id of the server of the options; None for one that check mode does not find yet."""
    wanted = run.options["server"]
    if looks_like_id(wanted):
        return str(wanted)
    entry = run.lookup(KIND, wanted, "server")
    return str(entry["id"]) if entry else None


def server_target(run: Context) -> list[Target]:
    server_id = _server_id(run)
    return [Target(server_id, server_id)] if server_id else []


def nic_targets(run: Context) -> list[Target]:
    server_id = _server_id(run)
    if not server_id:
        return []
    if run.options["nic"]:
        addresses = [checked_mac("nic", run.options["nic"])]
    else:
        addresses = [str(port["mac_addr"]) for port in ports_of(run, {"id": server_id}) if port.get("mac_addr")]
    return [Target(f"{server_id}-{address}", server_id, address) for address in addresses]


def disk_targets(run: Context) -> list[Target]:
    server_id = _server_id(run)
    if not server_id:
        return []
    condition = {"and": [{"like": {"original_resource_id": f"{server_id}%"}}, {"=": {"type": "instance_disk"}}]}
    disks = {}
    for entry in entries_of(SEARCH, run.client.call(SEARCH, body=condition)):
        original = str(entry.get("original_resource_id"))
        if original.startswith(f"{server_id}-") and entry.get("type") in (None, "instance_disk"):
            name = entry.get("name") or original[len(server_id) + 1 :]
            metrics = entry.get("metrics") or None
            disks[name] = Target(str(entry.get("id") or original), server_id, name, metrics=metrics)
    wanted = run.options["disk"]
    if not wanted:
        return [disks[name] for name in sorted(disks)]
    found = disks.get(wanted.rpartition("/")[2])
    return [found] if found else _missing(run, f"disk: the server has no disk {wanted!r} that is measured", disks)


def gpu_targets(run: Context) -> list[Target]:
    server_id = _server_id(run) if run.options["server"] else None
    if run.options["gpu"]:
        return [Target(run.options["gpu"], server_id, run.options["gpu"])]
    if not server_id:
        return []
    cards = entries_of(GPUS, run.client.call(GPUS, {"server_id": server_id}), str)
    return [Target(card, server_id, card) for card in cards]


def sensor_targets(run: Context) -> list[Target]:
    """The platform lists the sensors of all instances. Those of IPMI name the instance, the others its address."""
    sensors = dict.fromkeys(run.options["sensors"])
    server_id = run.options["server"]
    addresses: list[str] = []
    if not looks_like_id(server_id) or not all(map(_is_ipmi, sensors)):
        entry = run.lookup(KIND, server_id, "server")
        if not entry:
            return []
        server_id = str(entry["id"])
        addresses = [ip["addr"] for ips in addresses_of(entry).values() for ip in ips if ip["addr"]]
    found = []
    for sensor in sensors:
        owners = [server_id] if _is_ipmi(sensor) else addresses
        for entry in entries_of(SENSORS, run.client.call(SENSORS, {"type": sensor})):
            name = str(entry.get("original_resource_id"))
            owner = next((owner for owner in owners if name.startswith(owner) and not _goes_on(owner, name)), "")
            if owner if entry.get("node") is None else entry["node"] == server_id:
                part = name[len(owner) + 1 :] if owner else name
                metrics = entry.get("metrics") or {}
                found.append(Target(str(entry.get("id") or name), server_id, part or None, sensor, metrics))
    return found


def _is_ipmi(sensor: str) -> bool:
    return sensor.startswith("ipmi_")


def _goes_on(owner: str, name: str) -> bool:
    """Whether what follows an address in a name makes it another one: 10.0.0.1 is not 10.0.0.12."""
    following = name[len(owner) : len(owner) + 1]
    return following.isalnum() or (following == ":" and ":" in owner)


def _missing(run: Context, message: str, known: t.Iterable[str]) -> list[Target]:
    """What is not there is an error; in check mode a warning, because an earlier task may be about to make it."""
    if not run.check_mode:
        raise OptionError(f"{message}.", hint=f"There are: {', '.join(sorted(known)) or 'none'}.")
    run.warnings.append(f"{message} yet; a real run needs it.")
    return []
