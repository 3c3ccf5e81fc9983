# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The keys of the quota document: the option, the limit and the use that each stands for."""

from __future__ import annotations

import dataclasses
import typing as t

from ...cloud.json_types import Json
from ...cloud.placeholders import is_to_be_created

ADDRESSES = "network_addresses"
#: what stands for no bound
UNLIMITED = -1


@dataclasses.dataclass(frozen=True)
class Key:
    """A key of the quota document.

    Attributes:
        section: the option.
        name: the key in it.
        limit: what the limits call the amount that is allowed; None where only the document has it, if anything.
        used: what they call the amount that is used.
    """

    section: str
    name: str
    limit: t.Optional[str] = None
    used: t.Optional[str] = None


KEYS = (
    Key("network", "network", "maxNetworks", "totalNetworksUsed"),
    Key("network", "subnet", "maxSubnets", "totalSubnetsUsed"),
    Key("network", "router"),
    Key("network", "port"),
    Key("network", "vnic", "maxVnic", "totalVnicUsed"),
    Key("network", "vpcs", "maxVpc", "totalVpcUsed"),
    Key("network", "floatingip", "maxTotalFloatingIps", "totalFloatingIpsUsed"),
    Key("network", "security_group", "maxSecurityGroups", "totalSecurityGroupsUsed"),
    Key("network", "security_group_rule"),
    Key("network", "rbac_policy"),
    Key("network", "firewall", "maxFirewalls", "totalFirewallsUsed"),
    Key("network", "loadbalancer", "maxLoadbalancers", "totalLoadbalancersUsed"),
    Key("network", "listener", "maxListeners", "totalListenersUsed"),
    Key("network", "pool"),
    Key("network", "vpnservice", "maxVpnServices", "totalVpnServicesUsed"),
    Key("network", "ipsecpolicy"),
    Key("network", "private_zone", "maxPrivateZone", "totalPrivateZoneUsed"),
    Key("network", "record_set", "maxRecordSet", "totalRecordSetUsed"),
    Key("network", ADDRESSES, ADDRESSES),
    Key("compute", "instances", "maxTotalInstances", "totalInstancesUsed"),
    Key("compute", "cores", "maxTotalCores", "totalCoresUsed"),
    Key("compute", "ram", "maxTotalRAMSize", "totalRAMUsed"),
    Key("block_storage", "volumes", "maxTotalVolumes", "totalVolumesUsed"),
    Key("block_storage", "gigabytes", "maxTotalVolumeGigabytes", "totalGigabytesUsed"),
    Key("block_storage", "snapshots", "maxTotalSnapshots", "totalSnapshotsUsed"),
    Key("block_storage", "backups", "maxTotalBackups", "totalBackupsUsed"),
    Key("file_share", "shares"),
    Key("file_share", "manila_gigabytes"),
    Key("object_storage", "obj_stor_buckets"),
    Key("object_storage", "obj_stor_gigabytes"),
    Key("compute_extend", "virtual_snaps", "maxComputeExtendVirtualSnaps", "totalComputeExtendVirtualSnaps"),
    Key(
        "compute_extend",
        "auto_virtual_snaps",
        "maxComputeExtendAutoVirtualSnaps",
        "totalComputeExtendAutoVirtualSnaps",
    ),
    Key("backup", "back_up"),
)
SECTIONS = tuple(dict.fromkeys(key.section for key in KEYS))
LIMITED_SECTIONS = tuple(dict.fromkeys(key.section for key in KEYS if key.limit))


def keys_of(section: str) -> list[Key]:
    return [key for key in KEYS if key.section == section]


def asked_keys(desired: Json) -> list[Key]:
    return [key for key in KEYS if key.name in (desired.get(key.section) or {})]


def is_returned(key: Key, current: Json) -> bool:
    """Whether the platform returns a key, so that it can be compared. A project to be created will return them."""
    if is_to_be_created(current["project"]):
        return key.limit is not None
    return present_value(key, current) is not None


def present_value(key: Key, current: Json) -> t.Any:
    return (current.get(key.section) or {}).get(key.name)


def has_limits(raw: Json) -> bool:
    """Whether an entry reports what is allowed, not only what is used."""
    return any(raw.get(key.limit) is not None for key in KEYS if key.limit and key.name != ADDRESSES)
