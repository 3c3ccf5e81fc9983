# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.12 of the reference: what a node's driver works with, and which version of ironic's API knows it.

The names are those of ironic's own drivers; the reference has none of them.
"""

from __future__ import annotations

from typing import Any

from ..call import Call
from ..errors import ApiError
from ..world import Record

DEFAULTS = {
    "bios_interface": "no-bios",
    "boot_interface": "ipxe",
    "console_interface": "no-console",
    "deploy_interface": "direct",
    "inspect_interface": "agent",
    "management_interface": "ipmitool",
    "network_interface": "neutron",
    "power_interface": "ipmitool",
    "raid_interface": "no-raid",
    "rescue_interface": "no-rescue",
    "storage_interface": "noop",
    "vendor_interface": "ipmitool",
}
#: the minor version from which on a request may name an interface, and an answer has it
YOUNGER = {"rescue_interface": 38, "bios_interface": 40}
_KNOWN = {
    "bios_interface": {"fake", "no-bios"},
    "boot_interface": {"fake", "ipxe", "pxe"},
    "console_interface": {"fake", "ipmitool-shellinabox", "ipmitool-socat", "no-console"},
    "deploy_interface": {"ansible", "direct", "fake", "iscsi", "ramdisk"},
    "inspect_interface": {"agent", "fake", "inspector", "no-inspect"},
    "management_interface": {"fake", "ipmitool", "noop"},
    "network_interface": {"flat", "neutron", "noop"},
    "power_interface": {"fake", "ipmitool"},
    "raid_interface": {"agent", "fake", "no-raid"},
    "rescue_interface": {"agent", "fake", "no-rescue"},
    "storage_interface": {"cinder", "external", "fake", "noop"},
    "vendor_interface": {"fake", "ipmitool", "no-vendor"},
}
_SYMBOLS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\n\r\t ")


def version(call: Call) -> int:
    """The minor version of ironic's API that a request asks for; the contract has looked at its form."""
    return int(call.request.headers["X-OpenStack-Ironic-API-Version"].partition(".")[2])


def check(call: Call, wanted: Record) -> None:
    """406 for what is younger than the request's version, 400 for names that no driver has."""
    for name in DEFAULTS.keys() & wanted.keys():
        if YOUNGER.get(name, 0) > version(call):
            raise ApiError(406, "Request not acceptable.")
        if wanted[name] is not None and wanted[name] not in _KNOWN[name]:
            kind = name.removesuffix("_interface")
            raise ApiError(
                400,
                f"Could not find the following interface in the 'ironic.hardware.interfaces.{kind}' entrypoint: "
                f"{wanted[name]}. Valid interfaces are {sorted(_KNOWN[name])}.",
            )


def shown(call: Call, node: Record) -> Record:
    """Those that the request's version knows; the reference has an empty text where nobody has chosen one."""
    known = {name: default for name, default in DEFAULTS.items() if YOUNGER.get(name, 0) <= version(call)}
    if call.openstack:
        return {name: node[name] or default for name, default in known.items()}
    told = {"network_interface": "neutron", "storage_interface": "noop"}
    return {name: node[name] or told.get(name, "") for name in known}


def check_config_drive(call: Call) -> None:
    """400 for one with a verb that takes none, in a form that the request's version does not know, or in none."""
    drive, target, minor = call.body.get("configdrive"), call.body["target"], version(call)
    if drive is None:
        return
    takers = ["active", *(["rebuild"] if minor >= 35 else [])]
    if target not in takers:
        raise ApiError(
            400, f"Adding a config drive is only supported when setting provision state to {', '.join(takers)}"
        )
    if isinstance(drive, dict) and minor < 56:
        raise ApiError(400, "Providing a JSON object for configdrive is only supported starting with API version 1.56")
    if isinstance(drive, str) and "://" not in drive and not _SYMBOLS.issuperset(drive):
        raise ApiError(400, "Invalid configdrive format: it is neither a JSON, nor a URL, nor a base64 string")


def set_raid(node: Record, wanted: dict[str, Any]) -> None:
    """404 where the driver has no RAID, as ironic says it."""
    interface = node["raid_interface"] or DEFAULTS["raid_interface"]
    if wanted and interface == "no-raid":
        raise ApiError(404, f"Driver {node['driver']} does not support raid (disabled or not implemented).")
    node["target_raid_config"] = wanted
