# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Quotas: how much a project may use (sections 1.18 and 1.10, items 13 and 14, of the reference).

Every project has one; there is nothing to create or to delete. The reference describes the one operation that writes
three times. It wants the whole document, so what is to be is merged into what is. What is read has other names, and
some keys of the document are told by no operation.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ...cloud import tokens
from ...cloud.errors import CloudError, OptionError
from ...cloud.operation import Operation
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...cloud.responses import as_list
from ...model.coercion import coerce
from ...model.context import Context
from ...model.field import Field, computed, option
from ...model.plan import Room, Step
from ...model.resource import Resource
from . import _address_pools, project, quota_template

LIST = Operation("limits-list-all", "GET", "/os/kinton/v1/keystone/all-limits")
GET = Operation("limits-get", "GET", "/os/kinton/v1/keystone/{projectId}/limits")
# The first id is the project of the user who changes, the second one the project that is changed.
UPDATE = Operation("quota-update", "PUT", "/os/kinton/v1/keystone/{tenant_id}/os-quota-sets/{project_id}")

UNLIMITED = -1
ADDRESSES = "network_addresses"


@dataclasses.dataclass(frozen=True)
class Key:
    """A key of the quota document.

    Attributes:
        section: the option.
        name: the key in it.
        limit: what the limits call the amount that is allowed; None where nothing tells it.
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

# What the document calls the sections, where it is something else.
_API_SECTIONS = {"object_storage": "obj_stor", "backup": "eisoo_backup"}
SECTIONS = tuple(dict.fromkeys(key.section for key in KEYS))
TOLD_SECTIONS = tuple(dict.fromkeys(key.section for key in KEYS if key.limit))

_POOLS_SPEC = {
    "type": "list",
    "elements": "dict",
    "options": {"start_ip": {"type": "str", "required": True}, "end_ip": {"type": "str", "required": True}},
}
_ADDRESSES_SPEC = {
    "type": "list",
    "elements": "dict",
    "options": {
        "cidr": {"type": "str", "required": True},
        "ip_version": {"type": "int"},
        "ip_pools": _POOLS_SPEC,
    },
}


def _keys(section: str) -> list[Key]:
    return [key for key in KEYS if key.section == section]


def _section(section: str) -> Field:
    spec = {key.name: _ADDRESSES_SPEC if key.name == ADDRESSES else {"type": "int"} for key in _keys(section)}
    return option(section, "dict", spec={"options": spec}, returned=section in TOLD_SECTIONS)


class Quota(Resource):
    name = "quota"
    plural = "quotas"
    list_key = "all_limits"
    id_param = "project_id"
    id_field = "project"
    identified_by = ("project",)
    list_operation = LIST
    get_operation = GET
    shares_list = True
    of_project = True
    described_as = "projects"
    states = ("present",)
    more_options: t.Mapping[str, t.Any] = {
        "template": {"type": "str"},
        "purge_network_addresses": {"type": "bool", "default": False},
        "allow_below_usage": {"type": "bool", "default": False},
        "force": {"type": "bool", "default": False},
    }
    more_info_options: t.Mapping[str, t.Any] = {"project": {"type": "str"}}

    fields = (
        option("project", api="projectId", reference=project.KIND, spec={"required": True}),
        *(_section(section) for section in SECTIONS),
        computed("used", "dict"),
    )

    # --- reading

    def unwrap(self, answer: t.Any) -> dict:
        """The limits of one project, with what may stand beside them."""
        entry = super().unwrap(answer)
        return {**entry, **(entry.get("absolute") or {})}

    def read(self, raw: dict) -> dict:
        """The limits under the names of the document; keys that nothing tells are not among them."""
        found: dict[str, t.Any] = {"project": coerce(raw.get("projectId"), "str")}
        used = {}
        for section in TOLD_SECTIONS:
            keys = [key for key in _keys(section) if key.used]
            found[section] = {key.name: coerce(raw.get(key.limit), "int") for key in keys}
            used[section] = {key.name: coerce(raw.get(key.used), "int") for key in keys}
        found["network"][ADDRESSES] = _address_pools.read(raw.get(ADDRESSES)) if _tells_limits(raw) else None
        return {**found, "used": used}

    def search(self, run: Context, query: t.Optional[dict] = None) -> list[dict]:
        """The limits of all projects, or of the one that a read-only module is asked for."""
        wanted = run.options.get("project")
        if wanted is None:
            return super().search(run, query)
        raw = self.limits_of(run, wanted) if tokens.looks_like_id(wanted) else None
        raw = raw or self.limits_of(run, _project_id(run, wanted))
        return [raw] if raw else []

    def find(self, run: Context) -> t.Optional[dict]:
        """The quota of the project, from the list that the items of a loop share; members have to ask for their own."""
        wanted = run.options["project"]
        limits = self._all_limits(run)
        project_id = wanted
        if wanted not in limits and (limits or not tokens.looks_like_id(wanted)):
            project_id = _project_id(run, wanted)
        if is_to_be_created(project_id):
            return {**self.read({}), "project": TO_BE_CREATED}
        raw = limits.get(project_id)
        if raw is None or not _tells_limits(raw):
            raw = self._asked_for(run, project_id)
        if raw is None:
            raise OptionError(f"project: the platform returns no quota of {wanted!r}.")
        return self.read(raw)

    def _all_limits(self, run: Context) -> dict[str, dict]:
        """The limits by project, none where the user may not see those of others."""
        try:
            return {self.id_of(raw): raw for raw in super().search(run)}
        except CloudError as error:
            if error.status not in (403, 404):
                raise
            return {}

    def limits_of(self, run: Context, project_id: str) -> t.Optional[dict]:
        """The limits of one project, which the platform tells as a list of one."""
        if is_to_be_created(project_id):
            return None
        try:
            return self._asked_for(run, project_id)
        except CloudError as error:
            if error.status == 404:
                return None
            raise

    def _asked_for(self, run: Context, project_id: str) -> t.Optional[dict]:
        """The same; a project that the platform does not know is an error in its own words."""
        try:
            answer = run.client.call(GET, {"projectId": project_id})
        except CloudError as error:
            if error.status == 404:
                error.hint = f"Check that there is a project {project_id!r}, and that this user may see its quota."
            raise
        entries = [{"projectId": project_id, **self.unwrap(entry)} for entry in as_list(answer, "all_limits")]
        return next((entry for entry in entries if self.id_of(entry) == project_id), None)

    # --- describing

    def export_candidates(self, run: Context) -> list[dict]:
        """The quota of the project of the login."""
        raw = self._all_limits(run).get(run.client.project_id)
        if raw is None or not _tells_limits(raw):
            raw = self.limits_of(run, run.client.project_id)
        return [raw] if raw else []

    def export_entry(self, options: dict) -> dict:
        """A project and its quota, as the role project_onboarding takes them."""
        limits = {section: options[section] for section in SECTIONS if section in options}
        return {"name": options["project"], "quota": limits}

    # --- planning

    def check(self, run: Context) -> None:
        for section in SECTIONS:
            for name, value in _given(run, section).items():
                if name == ADDRESSES:
                    _address_pools.check(f"{section}.{name}", value)
                elif isinstance(value, bool) or not isinstance(value, int) or value < UNLIMITED:
                    raise OptionError(f"{section}.{name}: {value!r} is no amount; 0 or more, or -1 for unlimited.")

    def desired(self, run: Context, current: t.Optional[dict]) -> dict:
        """What is given, and where nothing is, what the template has."""
        sections = {section: {**_of_template(run, section), **_given(run, section)} or None for section in SECTIONS}
        return {"project": (current or {}).get("project"), **sections}

    def changes(self, run: Context, current: dict, desired: dict) -> set[str]:
        """The sections that differ; what the platform does not tell differs only by force."""
        asked = list(_asked(desired))
        if asked and not run.options["force"] and not any(_is_told(key, current) for key in asked):
            names = ", ".join(sorted(f"{key.section}.{key.name}" for key in asked))
            run.warnings.append(f"{names}: the platform tells no value, so nothing is sent. force: true sends it.")
        differing = {
            key.section
            for key in asked
            if (_differs(run, key, current, desired) if _is_told(key, current) else run.options["force"])
        }
        return differing if _template(run) or not run.options.get("template") else {*differing, "template"}

    def predict(self, run: Context, current: t.Optional[dict], desired: dict) -> dict:
        current = current or self.read({})
        after = {**current, **{section: dict(current[section]) for section in TOLD_SECTIONS}}
        for key in _asked(desired):
            if _is_told(key, current):
                after[key.section][key.name] = _merged(run, key, current, desired)
        addresses = after["network"][ADDRESSES]
        if addresses:
            after["network"][ADDRESSES] = _address_pools.as_told(addresses, current["network"][ADDRESSES] or [])
        return after

    def update_steps(self, run: Context, current: dict, desired: dict, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        if not run.options["allow_below_usage"]:
            _refuse_below_usage(current, desired)
        texts, numbers = (_document(run, current, desired, kind) for kind in (str, int))
        return [Step("update", UPDATE, body=texts, fallback_body=numbers)]


def compute_room(run: Context) -> dict[str, Room]:
    """What the quota of the session's project has room for, as far as it is bounded and its members may see it."""
    try:
        raw = QUOTA.limits_of(run, run.client.project_id)
    except CloudError as error:
        if error.status not in (400, 403, 405, 501):
            raise
        raw = None
    found = QUOTA.read(raw or {})
    amounts = {name: (limit, found["used"]["compute"][name]) for name, limit in found["compute"].items()}
    return {
        name: Room(limit, used or 0, " MB" if name == "ram" else "")
        for name, (limit, used) in amounts.items()
        if limit is not None and limit != UNLIMITED
    }


# --- keys --------------------------------------------------------------------------------------------------------


def _given(run: Context, section: str) -> dict:
    """The keys of a section that the user gives."""
    return {name: value for name, value in (run.options.get(section) or {}).items() if value is not None}


def _template(run: Context) -> t.Optional[dict]:
    """The template as the API has it; None without one, and for one that an earlier task has yet to create."""
    wanted = run.options.get("template")
    return run.lookup(quota_template.KIND, wanted, "template") if wanted else None


def _of_template(run: Context, section: str) -> dict:
    """The keys of a section that the template has and that mean the same there; a template has other names for them.

    Nothing is known of a template that has yet to be created, but that it is a change."""
    values = quota_template.QUOTA_TEMPLATE.read(_template(run) or {})
    places = {member.quota: values[member.name] for member in quota_template.MEMBERS if member.quota}
    return {name: value for (place, name), value in places.items() if place == section and value is not None}


def _asked(desired: dict) -> list[Key]:
    return [key for key in KEYS if key.name in (desired.get(key.section) or {})]


def _is_told(key: Key, current: dict) -> bool:
    """Whether the platform tells a key, so that it can be compared. What is yet to be created will tell all it can."""
    if is_to_be_created(current["project"]):
        return key.limit is not None
    return _present(key, current) is not None


def _present(key: Key, current: dict) -> t.Any:
    return (current.get(key.section) or {}).get(key.name)


def _tells_limits(raw: dict) -> bool:
    """Whether an entry tells what is allowed, not only what is used."""
    return any(raw.get(key.limit) is not None for key in KEYS if key.limit and key.name != ADDRESSES)


def _differs(run: Context, key: Key, current: dict, desired: dict) -> bool:
    present, wanted = _present(key, current), desired[key.section][key.name]
    if key.name == ADDRESSES:
        return _address_pools.differ(present or [], wanted, run.options["purge_network_addresses"])
    return present != wanted


def _merged(run: Context, key: Key, current: dict, desired: dict) -> t.Any:
    """The value that a key is to have: the wanted one, or the present one where nothing is wanted."""
    present, wanted = _present(key, current), (desired.get(key.section) or {}).get(key.name)
    if wanted is None:
        return present
    if key.name == ADDRESSES:
        return _address_pools.joined(present or [], wanted, run.options["purge_network_addresses"])
    return wanted


def _document(run: Context, current: dict, desired: dict, amount: t.Callable[[int], t.Any]) -> dict:
    """The whole document: all that is told and all that is wanted, and nothing that is neither.

    Amounts are numbers in network. Elsewhere they are texts, or on older platforms numbers."""
    document: dict[str, dict] = {}
    for key in KEYS:
        value = _merged(run, key, current, desired)
        if value is None:
            continue
        section = document.setdefault(_API_SECTIONS.get(key.section, key.section), {})
        if key.name == ADDRESSES:
            section[key.name] = [_address_pools.to_wire(entry) for entry in value]
        elif key.section == "network":
            section[key.name] = value
        else:
            section.setdefault("quota_set", {})[key.name] = amount(value)
    return document


def _refuse_below_usage(current: dict, desired: dict) -> None:
    """A limit that is lowered below what is in use makes a project that can do nothing more."""
    below = []
    for key in _asked(desired):
        used = current["used"].get(key.section, {}).get(key.name)
        limit, wanted = _present(key, current), desired[key.section][key.name]
        lowers = limit in (None, UNLIMITED) or (key.name != ADDRESSES and wanted < limit)
        if used is not None and lowers and UNLIMITED < wanted < used:
            below.append(f"{key.section}.{key.name}: {used} used, wanted {wanted}")
    if below:
        raise OptionError(
            f"The quota would be lower than what the project uses ({'; '.join(below)}).",
            hint="Use allow_below_usage: true to lower it all the same; what is used stays.",
        )


def _project_id(run: Context, wanted: str) -> str:
    """The id of a project; where the user may not list projects, the text may well be one."""
    try:
        return run.resolve(project.KIND, wanted, "project")
    except CloudError as error:
        if error.status not in (403, 404):
            raise
        return wanted


QUOTA = Quota()
