# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What servers and bare-metal instances share: where they are, how they are found, and what waiting for them means.

Both stand in the same lists and are created at the same path of the reference (section 1.9); only the body of the
request tells them apart.
"""

from __future__ import annotations

import base64
import re
import typing as t

from ..client import Operation
from ..errors import CloudError, OptionError
from ..fields import TO_BE_CREATED, Field, Kind, computed
from ..plan import PENDING, READY, Failed, Outcome
from ..run import Run
from . import zone

SERVERS = "/os/compute/v1/v2/{tenant_id}/servers"
SERVER = f"{SERVERS}/{{server_id}}"

LIST = Operation("server-list-detail", "GET", f"{SERVERS}/detail")
GET = Operation("server-get", "GET", SERVER)
CREATE = Operation("server-create", "POST", SERVERS)
DELETE = Operation("server-delete", "DELETE", SERVER, answers=False)
RENAME = Operation("server-rename", "PUT", SERVER)

_NAME = re.compile(r"[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?")
_ALIAS = re.compile(r"(?!\.)[^/:*?\"<>|\uff00-\uffef]{0,32}(?<!\.)")

# Secrets that the platform itself puts into metadata: of the image, and of the monitoring of graphics cards.
_SECRET_METADATA = frozenset({"vmware_password", "accessKey"})

# States in which the platform works on a server.
BUSY = frozenset(["BUILD", "REBUILD", "REBOOT", "HARD_REBOOT", "RESIZE", "MIGRATING", "PASSWORD", "REVERT_RESIZE"])

COMPUTED: tuple[Field, ...] = (
    computed("status"),
    computed("vm_state", api="OS-EXT-STS:vm_state"),
    computed("task_state", api="OS-EXT-STS:task_state"),
    computed("fault", api="fault/message"),
    computed("addresses", "dict"),
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


def read_instance(found: dict) -> dict:
    """What every read of a server or instance has to be rid of or to get in order."""
    found["status"] = (found["status"] or "").upper() or None
    found["metadata"] = {key: value for key, value in (found["metadata"] or {}).items() if key not in _SECRET_METADATA}
    found["addresses"] = {net: [_address(ip) for ip in ips] for net, ips in (found["addresses"] or {}).items()}
    return found


def search_query(run: Run) -> dict:
    """The filter for the name that the options give; a regular expression, so anchored and escaped."""
    name = run.options.get("name")
    return {"name": f"^{escaped(name)}$"} if name and not run.options.get("id") else {}


def check_names(run: Run) -> None:
    """Refuse names and texts that the reference forbids for new servers and instances."""
    name, alias = run.options.get("name"), run.options.get("alias")
    if name is not None and not (_NAME.fullmatch(name) and len(name) <= 255):
        raise OptionError(
            f"name: {name!r} may have letters, digits and hyphens, the first a letter, the last no hyphen."
        )
    if alias is not None and not _ALIAS.fullmatch(alias):
        raise OptionError(f'alias: {alias!r} may have 32 characters, none of / : * ? " < > |, no dot at its ends.')
    if len(run.options.get("description") or "") > 128:
        raise OptionError("description: the platform takes 128 characters at most.")


def is_going(raw: dict) -> bool:
    """Whether a server that is still listed has been deleted already."""
    return raw.get("status") in ("DELETED", "SOFT_DELETED") or raw.get("OS-EXT-STS:task_state") == "deleting"


#: servers and instances, for options that name one
KIND = Kind("server", LIST, "servers", keep=lambda entry: not is_going(entry), page_size=1000)


def same_zone(current: t.Optional[str], wanted: t.Optional[str]) -> bool:
    """A server tells its zone only; the compute node and host that it was placed on by name may have changed since."""
    return current is None or current == (wanted or "").partition(":")[0]


def zone_named(run: Run, name: str) -> dict:
    """The zone of a name; a platform without the list of zones (plain OpenStack) takes the name as it is."""
    try:
        return run.lookup(zone.KIND, name, "availability_zone") or {"zone": name, "id": TO_BE_CREATED}
    except CloudError as error:
        if error.status != 404:
            raise
        return {"zone": name, "id": None}


def only_zone(run: Run) -> dict:
    try:
        zones = run.entries(zone.KIND)
    except CloudError as error:
        if error.status != 404:
            raise
        return {"zone": None, "id": None}
    if len(zones) == 1:
        return zones[0]
    names = ", ".join(sorted(str(entry.get("zone")) for entry in zones)) or "none"
    raise OptionError(f"availability_zone: a new server needs one; there are: {names}.")


def network_member(network: dict) -> dict:
    member = {"uuid": network["id"], "enable_gateway": as_text(network["gateway"])}
    if network.get("fixed_ip"):
        member["fixed_ip"] = network["fixed_ip"]
    return member


def trouble(seen: dict) -> t.Optional[str]:
    """The platform's own word on why a server failed."""
    if seen["status"] == "ERROR":
        return seen["fault"] or "its status is ERROR"
    if seen["status"] in BUSY and (seen["vm_state"] or "").lower() == "error":
        return seen["fault"] or "its vm_state is error"
    return None


def rests_in(statuses: tuple[str, ...], seen: t.Optional[dict]) -> Outcome:
    if seen is None:
        return Failed("it no longer exists")
    why = trouble(seen)
    if why:
        return Failed(why)
    return READY if seen["status"] in statuses and not seen["task_state"] else PENDING


def _address(ip: dict) -> dict:
    return {
        "addr": ip.get("addr"),
        "version": ip.get("version"),
        "type": ip.get("OS-EXT-IPS:type"),
        "mac_address": ip.get("OS-EXT-IPS-MAC:mac_addr"),
    }


def escaped(name: str) -> str:
    """A name inside of a regular expression of the platform's database: only what has a meaning there is escaped."""
    return re.sub(r"([^A-Za-z0-9_-])", r"\\\1", name)


def as_text(value: t.Any) -> str:
    return "true" if value is True else "false" if value is False else str(value)


def as_base64(text: t.Optional[str]) -> t.Optional[str]:
    return None if text is None else base64.b64encode(text.encode()).decode()
