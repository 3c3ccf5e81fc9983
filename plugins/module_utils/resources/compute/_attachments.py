# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a server has beside itself: volumes, ports, graphics cards and a console.

Section 1.9 of the reference, items 7 to 12, 24, 28 and 29. The lists of all volumes and ports are those of the services
behind the platform; the reference does not have them, so nothing depends on them but names and an early refusal.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...cloud.responses import as_list
from ...cloud.tokens import looks_like_id
from ...model import canonical
from ...model.context import Context
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait
from .. import _networks
from .._addresses import addresses_of
from .._instances import GET, INTERFACES, SERVER
from ..network.references import PORT as PORT_KIND
from ..storage.references import VOLUME_GET, VOLUME_KIND, is_moving, is_root

VOLUMES = Operation("server-volume-list", "GET", f"{SERVER}/os-volume_attachments")
ATTACH_VOLUME = Operation("server-volume-attach", "POST", f"{SERVER}/os-volume_attachments")
DETACH_VOLUME = Operation(
    "server-volume-detach", "DELETE", f"{SERVER}/os-volume_attachments/{{volume_id}}", answers=False
)
ATTACHABLE_VOLUMES = Operation("server-attachable-volume-list", "POST", f"{SERVER}/os-volume_toLoad", reads=True)
ATTACH_PORT = Operation(
    "server-interface-attach", "POST", f"{SERVER}/h3c-os-interface", fallback=f"{SERVER}/os-interface"
)
DETACH_PORT = Operation("server-interface-detach", "DELETE", f"{SERVER}/os-interface/{{port_id}}", answers=False)

#: what can be attached, by the option that names it
KINDS = {"volumes": VOLUME_KIND, "ports": PORT_KIND}


def steps(run: Context, current: Json, desired: Json, changes: set[str]) -> list[Step]:
    """What brings the volumes and ports of a server to those that are wanted."""
    planned = []
    if "volumes" in changes:
        wanted, present = desired["volumes"], current["volumes"]
        planned += [attach_volume(volume) for volume in wanted if volume not in present]
        if run.options["purge_volumes"]:
            planned += [detach_volume(volume) for volume in present if volume not in wanted]
    if "ports" in changes:
        wanted, present = desired["ports"], current["ports"]
        planned += [attach_port(run, port) for port in wanted if port not in present]
        if run.options["purge_ports"]:
            planned += [detach_port(port) for port in present if port not in wanted]
    return planned


def first_steps(run: Context, desired: Json) -> list[Step]:
    """The same for a new server: each of its networks has brought a port, unless it was made with its ports."""
    ports = [port for port in desired.get("ports") or [] if {"port": port} not in desired["cards"]]
    planned = [attach_volume(volume) for volume in desired.get("volumes") or []]
    planned += [attach_port(run, port) for port in ports]
    if ports and run.options["purge_ports"]:
        planned += [_detach_other(tuple(ports), left) for left in reversed(range(len(desired["cards"])))]
    return planned


def attach_volume(volume: str) -> Step:
    read = functools.partial(_read_arrived, volume)
    wait = Wait(functools.partial(_attached, volume, True), read=read, first=0.0)
    return Step("attach_volume", ATTACH_VOLUME, body={"volumeAttachment": {"volumeId": volume}}, wait=wait)


def detach_volume(volume: str) -> Step:
    wait = Wait(functools.partial(_attached, volume, False), read=_read_volumes, first=0.0)
    return Step("detach_volume", DETACH_VOLUME, {"volume_id": volume}, wait=wait)


def attach_port(run: Context, port: str) -> Step:
    body = {"port_id": port}
    if run.options.get("admin_password"):
        body["password"] = run.options["admin_password"]  # VMware sets the address inside of the guest
    wait = Wait(functools.partial(_attached, port, True), read=_read_ports, first=0.0)
    return Step("attach_port", ATTACH_PORT, body={"interfaceAttachment": body}, wait=wait)


def detach_port(port: str) -> Step:
    wait = Wait(functools.partial(_has_left, port), read=_read_cards, first=0.0)
    return Step("detach_port", DETACH_PORT, {"port_id": port}, wait=wait)


@dataclasses.dataclass(frozen=True)
class _OtherPort:
    """A port of a server that is none of those that stay. Which one is not known before there is the server."""

    kept: tuple[str, ...]

    def __call__(self, run: Context, found: t.Optional[Json]) -> str:
        others = [port for port in _read_ports(run, found)["attached"] if port not in self.kept]
        if not others:
            raise CloudError("purge_ports: the platform does not report the ports that the networks have brought.")
        server_id: str = others[0]
        return server_id


def _detach_other(kept: tuple[str, ...], left: int) -> Step:
    """Detach one of the ports that do not stay, until so many of them are left."""
    wait = Wait(functools.partial(_few_others, kept, left), read=_read_cards, first=0.0)
    return Step("detach_port", DETACH_PORT, {"port_id": _OtherPort(kept)}, wait=wait)


def _few_others(kept: tuple[str, ...], left: int, seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("the server no longer exists")
    return READY if len(set(seen["attached"]).difference(kept)) <= left and not seen["lingering"] else PENDING


def _has_left(port: str, seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("the server no longer exists")
    return PENDING if port in seen["attached"] or seen["lingering"] else READY


def _attached(wanted: str, present: bool, seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("the server no longer exists")
    return READY if (wanted in seen["attached"]) == present else PENDING


def present(run: Context, found: Json, interfaces: t.Callable[[], list[Json]]) -> Json:
    """The volumes and ports that a server has, as far as the options speak of them; its root volume is none of them."""
    having: dict[str, list[str]] = {}
    if run.options.get("volumes") is not None:
        having["volumes"] = _data_volumes(run, found)
    if run.options.get("ports") is not None:
        having["ports"] = [entry["port_id"] for entry in interfaces()]
    return having


def with_arriving(run: Context, current: Json, desired: Json) -> Json:
    """The same with those that the platform is attaching already, where something that is wanted is missing."""
    lacking = [name for name in KINDS if not set(desired[name] or ()) <= set(current[name] or ())]
    return {name: [*current[name], *under_way(run, name, current["id"], current[name])] for name in lacking}


def wanted(run: Context, found: Json, desired: Json) -> Json:
    """The wanted volumes and ports by id, as far as the options speak of them."""
    resolve: t.Mapping[str, t.Callable[[Context, Json, list[str]], list[str]]]
    resolve = {"volumes": volume_ids, "ports": port_ids}
    return {name: resolve[name](run, found, desired[name]) for name in KINDS if desired[name] is not None}


def _data_volumes(run: Context, found: Json) -> list[str]:
    """The volumes that a server has beside its root volume. Those of many servers are read at once."""
    listed = _all_volumes(run) if run.full_listing else None
    if listed is None:
        return [entry["volumeId"] for entry in volumes_of(run, found) if not is_root(entry)]
    return _of_server(listed, found["id"])


def described(run: Context, found: Json) -> Json:
    """The same by name, as far as the list of all volumes shows them."""
    own = _of_server(_all_volumes(run) or [], found["id"])
    return {"volumes": sorted(run.named(VOLUME_KIND, volume) for volume in own)} if own else {}


def _all_volumes(run: Context) -> t.Optional[list[Json]]:
    """All volumes as they are now; None where the platform does not list them."""
    try:
        return run.present_entries(VOLUME_KIND)
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        return None


def _of_server(entries: list[Json], server_id: str) -> list[str]:
    return [
        entry["id"] for entry in entries if any(_is_data_of(server_id, at) for at in entry.get("attachments") or [])
    ]


def _is_data_of(server_id: str, attachment: Json) -> bool:
    return attachment.get("server_id") == server_id and not is_root(attachment)


def volumes_of(run: Context, found: Json) -> list[Json]:
    answer = run.client.call(VOLUMES, {"server_id": found["id"]})
    return as_list(answer, "volumeAttachments")


def ports_of(run: Context, found: Json) -> list[Json]:
    answer = run.client.call(INTERFACES, {"server_id": found["id"]})
    return as_list(answer, "interfaceAttachments")


def _read_volumes(run: Context, found: t.Optional[Json]) -> Json:
    return {"attached": [entry.get("volumeId") for entry in volumes_of(run, found or {})]}


def _read_arrived(volume: str, run: Context, found: t.Optional[Json]) -> Json:
    """The same, without one that is listed already while it is still on its way, as OpenStack does."""
    seen = _read_volumes(run, found)
    if volume in seen["attached"] and _is_on_its_way(run, volume):
        seen["attached"].remove(volume)
    return seen


def _is_on_its_way(run: Context, volume: str) -> bool:
    """Whether a volume is being attached; False where the platform does not show it."""
    try:
        answer = run.client.call(VOLUME_GET, {"volume_id": volume})
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        return False
    return is_moving(answer.get("volume") or {})


def _read_ports(run: Context, found: t.Optional[Json]) -> Json:
    return {"attached": [entry.get("port_id") for entry in ports_of(run, found or {})]}


def _read_cards(run: Context, found: t.Optional[Json]) -> Json:
    """The same, and the cards that are gone, but whose addresses the server still shows."""
    entries = ports_of(run, found or {})
    server = run.client.call(GET, {"server_id": (found or {})["id"]}).get("server") or {}
    shown = [entry["mac_address"] for entries in addresses_of(server).values() for entry in entries]
    there = [entry.get("mac_addr") for entry in entries]
    is_known = all(there) and all(shown)
    lingering = [mac for mac in shown if not any(canonical.same_mac(mac, known) for known in there)] if is_known else []
    return {"attached": [entry.get("port_id") for entry in entries], "lingering": lingering}


def attachable_volumes(run: Context, found: Json) -> list[Json]:
    # The first six members are mandatory by the reference, and not used yet.
    body = {
        "draw": 0,
        "startIndex": 0,
        "length": 10,
        "order": "diskName",
        "ascendingOrder": "asc",
        "paging": False,
        "filterMap": {},
    }
    try:
        return as_list(run.client.call(ATTACHABLE_VOLUMES, {"server_id": found["id"]}, body=body), "data")
    except CloudError as error:
        if error.status in (404, 405):
            error.hint = "This platform has no list of the volumes that can be attached; give ids in volumes."
        raise


def volume_ids(run: Context, found: Json, wanted: list[str], option: str = "volumes") -> list[str]:
    """Volumes by id. For a server that exists, names are looked up among those that can be attached to it.

    Those of many servers are looked up in the list of all volumes, where the platform has one.
    """
    new = [volume for volume in wanted if volume not in found["volumes"]]
    is_new = found["id"] is None or is_to_be_created(found["id"])
    names = [] if is_new else [volume for volume in new if not looks_like_id(volume)]
    if names and run.full_listing and _all_volumes(run) is not None:
        names = []
    ids = _of_attachable(run, found, wanted, names) if names else {}
    ids.update({volume: _networks.named(run, VOLUME_KIND, volume, option) for volume in new if volume not in ids})
    return [ids.get(volume) or volume for volume in wanted]


def _of_attachable(run: Context, found: Json, wanted: list[str], names: list[str]) -> dict[str, t.Optional[str]]:
    """Names of volumes with their ids; none where the platform has no list of what can be attached."""
    try:
        attachable = attachable_volumes(run, found)
    except CloudError as error:
        if error.status not in (404, 405):
            raise
        return {}
    ids = {name: _volume_id(attachable, name) for name in names}
    unknown = [name for name in names if ids[name] is None]
    unnamed = [volume for volume in found["volumes"] if volume not in wanted]
    if len(unknown) > len(unnamed):
        unnamed += under_way(run, "volumes", found["id"], [*found["volumes"], *wanted])
    return {**ids, **dict(zip(unknown, _presumed(run, unknown, unnamed)))}


def under_way(run: Context, name: str, server_id: str, present: list[str]) -> list[str]:
    """The volumes or ports that the platform is attaching: the list of all has them before that of the server does."""
    try:
        entries = run.entries(KINDS[name])
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        return []
    return [entry["id"] for entry in entries if entry["id"] not in present and server_id in _holders(entry)]


def _holders(entry: Json) -> list[t.Any]:
    """The servers that a volume or a port belongs to, as the list of all volumes or ports has them."""
    return [entry.get("device_id"), *(attachment.get("server_id") for attachment in entry.get("attachments") or [])]


def port_ids(run: Context, found: Json, wanted: list[str]) -> list[str]:
    """Ports by id, those that are not attached yet looked up."""
    return [port if port in found["ports"] else _networks.named(run, PORT_KIND, port, "ports") for port in wanted]


def _volume_id(attachable: list[Json], wanted: str) -> t.Optional[str]:
    ids = [entry["uuid"] for entry in attachable if wanted in (entry.get("uuid"), entry.get("diskName"))]
    if len(ids) > 1:
        raise OptionError(
            f"volumes: there are several volumes named {wanted!r}: {', '.join(sorted(ids))}. Specify the ID."
        )
    return ids[0] if ids else None


def _demand_known(run: Context, names: list[str]) -> None:
    """Refuse a name that no volume bears, where the platform lists them."""
    if run.entries_if_listed(VOLUME_KIND) is None:
        return
    for name in names:
        run.lookup(VOLUME_KIND, name, "volumes")


def _presumed(run: Context, names: list[str], unnamed: list[str]) -> list[str]:
    """The volumes behind names that cannot be attached: the platform returns names only of volumes that can be.

    A name that is missing there is taken for one of the volumes that the server has and that no option names by id.
    """
    if len(names) > len(unnamed):
        problem = f"volumes: {', '.join(map(repr, names))} cannot be attached: not there, or another server has it."
        if not run.check_mode:
            _demand_known(run, names)
            raise OptionError(problem)
        run.warnings.append(problem)
        return [TO_BE_CREATED] * len(names)
    if names and run.options["purge_volumes"] and len(names) < len(unnamed):
        raise OptionError(
            f"purge_volumes: the platform does not report which attached volumes are {', '.join(map(repr, names))}.",
            hint="Specify their IDs in volumes.",
        )
    return unnamed[: len(names)]
