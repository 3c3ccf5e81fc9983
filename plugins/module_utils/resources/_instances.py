# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What servers and bare-metal instances share: where they are, how they are found, and what waiting for them means.

Both stand in the same lists and are created at the same path of the reference (section 1.9); only the body of the
request distinguishes them.
"""

from __future__ import annotations

import base64
import re
import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..cloud.responses import as_list
from ..model import texts
from ..model.context import Context
from ..model.description import ONLY_HERE, Description
from ..model.field import Field, computed
from ..model.indexed import of_id, of_name
from ..model.observation import Observation
from ..model.plan import PENDING, READY, Failed, Outcome, Step, Wait
from ..model.reference import Reference
from ..model.resource import Resource
from . import _strict
from ._addresses import addresses_of, first_addresses

SERVERS = "/os/compute/v1/v2/{tenant_id}/servers"
SERVER = f"{SERVERS}/{{server_id}}"

SHORT_LIST = Operation("server-list", "GET", SERVERS)
LIST = Operation("server-list-detail", "GET", f"{SERVERS}/detail")
GET = Operation("server-get", "GET", SERVER)
CREATE = Operation("server-create", "POST", SERVERS)
DELETE = Operation("server-delete", "DELETE", SERVER, answers=False)
INTERFACES = Operation("server-interface-list", "GET", f"{SERVER}/os-interface")
RENAME = Operation("server-rename", "PUT", SERVER)

_NAME = re.compile(r"[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?")
_MEANINGFUL = re.compile("[^A-Za-z0-9_-]")
_ALIAS = re.compile(r"(?!\.)[^/:*?\"<>|\uff00-\uffef]{0,32}(?<!\.)")

# Members of the metadata of both that belong to the platform.
PLATFORM_METADATA = frozenset({"user_name", "alias", "description", "zone_uuid", "enableAdminPass"})
# Those that only bare-metal instances have. extraType makes them; that it is returned again is not promised.
BARE_METAL_METADATA = frozenset({"extraType", "do_manage", "force_gw_network", "node_port_map"})

# Secrets that the platform itself puts into metadata: of the image, and of the monitoring of graphics cards.
_SECRET_METADATA = frozenset({"vmware_password", "accessKey"})

_KINDS = {True: ("bare-metal instance", "cloudos_baremetal_instance"), False: ("server", "cloudos_server")}

#: the status of one that the platform has only begun to make
NEW = "BUILD"
# States in which the platform works on a server.
_WORKING = frozenset([NEW, "REBUILD", "REBOOT", "HARD_REBOOT", "RESIZE", "MIGRATING", "PASSWORD", "REVERT_RESIZE"])
# What CloudOS reports while it cannot reach what runs the server: neither an end nor a failure.
_UNREACHABLE = "UNKNOWN"
BUSY = _WORKING | {_UNREACHABLE}

COMPUTED: tuple[Field, ...] = (
    computed("status"),
    computed("vm_state", api="OS-EXT-STS:vm_state"),
    computed("task_state", api="OS-EXT-STS:task_state"),
    computed("fault", api="fault/message"),
    computed("addresses", "dict"),
    computed("ip_address"),
    computed("floating_ip"),
    computed("compute_node", api="OS-EXT-SRV-ATTR:host"),
    computed("hypervisor_hostname", api="OS-EXT-SRV-ATTR:hypervisor_hostname"),
    computed("instance_name", api="OS-EXT-SRV-ATTR:instance_name"),
    computed("host_id", api="hostId"),
    computed("access_ipv4", api="accessIPv4"),
    computed("access_ipv6", api="accessIPv6"),
    computed("project_id", api="tenant_id"),
    computed("user_id"),
    computed("created", "time"),
    computed("updated", "time"),
    computed("launched_at", "time", api="OS-SRV-USG:launched_at"),
    computed("terminated_at", "time", api="OS-SRV-USG:terminated_at"),
)


def read_instance(found: Json) -> Json:
    """What every read of a server or instance has to be rid of or to get in order."""
    found["status"] = (found["status"] or "").upper() or None
    metadata = found["metadata"]
    # The answer of a creation has none, which does not mean that there is none.
    if metadata is not None and not _SECRET_METADATA.isdisjoint(metadata):
        found["metadata"] = {key: value for key, value in metadata.items() if key not in _SECRET_METADATA}
    found["addresses"] = addresses_of(found)
    found["ip_address"], found["floating_ip"] = first_addresses(found["addresses"])
    return found


def describe(
    run: Context, raw: Json, found: Json, description: Description, network_of: t.Callable[[Context, Json], Json]
) -> Description:
    """What lists do not return of a server or instance: its networks, which its interfaces do.

    Args:
        network_of: returns the entry of `networks` for an interface.
    """
    options, gaps = description.options, description.gaps
    if options.get("alias") == found["name"]:
        del options["alias"]  # the platform's own
    if _kept_password(found) and not found["key_name"]:
        options["use_image_password"] = True
    interfaces = as_list(run.client.call(INTERFACES, {"server_id": found["id"]}), "interfaceAttachments")
    options["networks"] = [network_of(run, entry) for entry in interfaces]
    if {entry.get("net_id") for entry in interfaces} & {entry.get("network") for entry in options["networks"]}:
        gaps["networks"] = ONLY_HERE
    if not interfaces:
        del options["networks"]
        gaps["networks"] = "it has none"
    groups = as_list(raw, "security_groups")
    if groups:
        names = sorted({str(group.get("name")) for group in groups})
        options.pop("security_groups", None)
        options.update({"security_groups": names} if names != ["default"] else {})
    else:
        gaps["security_groups"] = "the platform does not return them"
    return description


def search_query(run: Context) -> Json:
    """The filter for the name that the options give; a regular expression, so anchored and escaped."""
    name = run.options.get("name")
    return {"name": f"^{escaped(name)}$"} if name and not run.options.get("id") and not run.full_listing else {}


def _meant(resource: Resource, run: Context, found: list[Json]) -> list[Json]:
    """Those that bear the name or the id that the options give; all of them where they give neither."""
    wanted = {str(run.options[name]) for name in ("name", "id") if run.options.get(name) is not None}
    if not wanted:
        return found
    of_ids = [raw for text in wanted for raw in of_id(resource, found, text)]
    named = [raw for text in wanted for raw in of_name(resource, found, text)]
    return [*of_ids, *(raw for raw in named if raw not in of_ids)]


def is_bare_metal(machine: Json) -> bool:
    """Whether an entry of the lists, as returned or as read, is a bare-metal instance and not a server."""
    metadata = machine.get("metadata") or {}
    if "extraType" in metadata:
        return str(metadata["extraType"]).casefold() == "baremetal"
    return not BARE_METAL_METADATA.isdisjoint(metadata)


def of_kind(resource: Resource, run: Context, found: list[Json]) -> list[Json]:
    """Those of a list that exist and are of the kind of a resource.

    Raises:
        OptionError: the wanted name is only borne by one of the other kind. Both are machines, and the name is their
            host name, so this is rather a mistake than the wish for a second machine.
    """
    name = run.options.get("name")
    living = [raw for raw in _meant(resource, run, found) if not is_going(raw)]
    own = [raw for raw in living if resource.belongs(raw)]
    if run.options.get("state") == "present":
        bearers = [raw for raw in living if raw.get("name") == name]
        if bearers and not any(raw in own for raw in bearers):
            ids = ", ".join(sorted(str(raw.get("id")) for raw in bearers))
            kind, module = _KINDS[is_bare_metal(bearers[0])]
            raise OptionError(
                f"name: {name!r} is the name of a {kind} ({ids}), not of a {resource.noun}.",
                hint=f"{module} manages it. Another machine needs another name.",
            )
    return own


def check_names(run: Context, description: int) -> None:
    """Refuse names and texts that the reference forbids for new servers and instances."""
    texts.check_texts("metadata", run.options.get("metadata") or {})
    name, alias = run.options.get("name"), run.options.get("alias")
    if name is not None and not (_NAME.fullmatch(name) and len(name) <= 255):
        raise OptionError(
            f"name: {name!r} may have letters, digits and hyphens, the first a letter, the last no hyphen."
        )
    if alias is not None and not _ALIAS.fullmatch(alias):
        raise OptionError(f'alias: {alias!r} may have 32 characters, none of / : * ? " < > |, no dot at its ends.')
    if len(run.options.get("description") or "") > description:
        raise OptionError(f"description: the platform takes {description} characters at most.")


def check_metadata(run: Context, taken: t.AbstractSet[str]) -> None:
    """Refuse metadata that would take the place of what the platform itself wants to know there."""
    given = sorted(taken & set(run.options.get("metadata") or {}))
    if given:
        raise OptionError(
            f"metadata: {', '.join(given)} cannot be set there; the platform keeps its own there.",
            hint="Most of them follow from options of their own, such as alias and description.",
        )


def default_alias(run: Context) -> Json:
    """The alias that CloudOS displays where nobody gives one. It is sent, so that every platform keeps it."""
    name = run.options.get("name")
    return {"alias": name} if name and _ALIAS.fullmatch(name) else {}


def is_gone(raw: Json) -> bool:
    """Whether what the platform returns of a server is what it keeps of a deleted one."""
    return str(raw.get("status")).upper() in ("DELETED", "SOFT_DELETED")


def is_going(raw: Json) -> bool:
    """Whether a server that is still listed has been deleted already."""
    return is_gone(raw) or raw.get("OS-EXT-STS:task_state") == "deleting"


#: servers and instances, for options that name one
KIND = Reference(
    "server", LIST, "servers", predicate=lambda entry: not is_going(entry), page_size=1000, known_members=()
)


def same_flag(current: t.Optional[bool], wanted: t.Optional[bool]) -> bool:
    """A flag that is not returned is not set."""
    return bool(current) == bool(wanted)


def platform_metadata(run: Context, desired: Json, zone_id: t.Optional[str]) -> Json:
    """What the platform wants to know of a new machine in its metadata; None where there is nothing to say."""
    return {
        "user_name": run.client.user_name or "admin",
        "zone_uuid": zone_id,
        "enableAdminPass": "0" if keeps_password(run, desired) else "1",
        "alias": desired.get("alias"),
        "description": desired.get("description"),
    }


def keeps_password(run: Context, desired: Json) -> bool:
    """Whether a new machine keeps the password of its image: as the options say, or else as the one before it did."""
    wanted = run.options["use_image_password"]
    return bool(desired.get("use_image_password") if wanted is None else wanted)


def reported_beside(run: Context, current: Observation) -> Json:
    """What the platform reports of a machine apart from its fields, for its successor: security groups and login."""
    found: dict[str, t.Any] = {}
    security_groups = sorted({str(entry.get("name")) for entry in as_list(current.raw, "security_groups")})
    if security_groups:
        found["security_groups"] = security_groups
    if all(run.options[name] is None for name in ("use_image_password", "admin_password", "key_name")):
        found["use_image_password"] = _kept_password(current)
    return found


def _kept_password(machine: Json) -> bool:
    """Whether a machine was made with the password of its image."""
    return str((machine["metadata"] or {}).get("enableAdminPass")) == "0"


def is_busy(seen: Json) -> bool:
    return seen["status"] in BUSY or bool(seen["task_state"])


def trouble(seen: Json) -> t.Optional[str]:
    """The platform's own word on why a server failed."""
    if seen["status"] == "ERROR":
        return _text(seen["fault"]) or "its status is ERROR"
    if seen["status"] in BUSY and (seen["vm_state"] or "").lower() == "error":
        return _text(seen["fault"]) or "its vm_state is error"
    return None


def _text(fault: t.Optional[str]) -> str:
    """The text of a fault as part of a sentence."""
    return (fault or "").strip().rstrip(".").rstrip()


def image_comes(error: CloudError) -> bool:
    """Whether a new machine is refused only because its image has not all of its data yet."""
    return error.status in (400, 409) and "is not active" in error.message


def rests_in(statuses: tuple[str, ...], seen: t.Optional[Json]) -> Outcome:
    if seen is None:
        return Failed("it no longer exists")
    why = trouble(seen)
    if why:
        return Failed(why)
    return READY if seen["status"] in statuses and not seen["task_state"] else PENDING


def runs(seen: t.Optional[Json]) -> Outcome:
    return rests_in(("ACTIVE",), seen)


def creation(operation: Operation, body: Json, evaluate: t.Callable[[t.Optional[Json]], Outcome] = runs) -> Step:
    """The step that makes a server or instance and waits until it runs, or for what `evaluate` says."""
    return Step(
        "create",
        operation,
        body=body,
        fallback_body=_strict.without_gateways(body),
        fallback_on=_strict.refuses_members,
        wait=Wait(evaluate),
        creates=True,
        passes=image_comes,
    )


def settles(more: tuple[str, ...], seen: t.Optional[Json]) -> Outcome:
    """Ready when the platform is done with what it does, whatever it is; `more` are further states to leave."""
    if seen is None:
        return Failed("it no longer exists")
    why = trouble(seen)
    if why:
        return Failed(why)
    return PENDING if is_busy(seen) or seen["status"] in more else READY


def escaped(name: str) -> str:
    """A name inside of a regular expression of the platform's database: only what has a meaning there is escaped."""
    return _MEANINGFUL.sub(lambda found: f"\\{found[0]}", name)


def check_base64(option: str, text: t.Optional[str]) -> None:
    """Refuse what the platform could not decode; the text itself may be secret, and is not shown."""
    try:
        base64.b64decode(text or "", validate=True)
    except ValueError:
        raise OptionError(f"{option}: the text is not base64.") from None


def encoded(run: Context, text: t.Optional[str]) -> t.Optional[str]:
    """A text as the platform takes it (base64). What it holds may be secret, so it is, too."""
    if text is None:
        return None
    data = base64.b64encode(text.encode()).decode()
    run.client.redactor.add(data)
    return data
