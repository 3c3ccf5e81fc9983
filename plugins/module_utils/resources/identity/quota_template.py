# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Quota templates: sets of limits under a name, for the quotas of projects (section 1.6 of the reference).

Three members have one spelling in the tables of the reference and another one in its examples. Both are read; a new
template is sent in that of the examples, an update in that of the platform's own answer. Writing has no answer.
"""

from __future__ import annotations

import dataclasses
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.coercion import to_wire
from ...model.context import Context
from ...model.field import Field, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait
from ...model.reference import Reference
from ...model.resource import Resource

# [sic], in the path of the deletion twice
_TEMPLATES = "/os/kinton/v1/quotaMange"

LIST = Operation("quota-template-list", "GET", f"{_TEMPLATES}/queryAllQuotaManage")
GET = Operation("quota-template-get", "GET", f"{_TEMPLATES}/queryQuotaManageByUUID/{{quotaUuid}}")
CREATE = Operation("quota-template-create", "POST", f"{_TEMPLATES}/saveQuotaManage", answers=False)
UPDATE = Operation("quota-template-update", "PUT", f"{_TEMPLATES}/modifyQuotaManage", answers=False)
DELETE = Operation("quota-template-delete", "DELETE", f"{_TEMPLATES}/deleteQuotaMange/{{quotaUuid}}", answers=False)

KIND = Reference("quota template", LIST, "quotas", id="uuid")

# Seconds to wait for a change to show
_SETTLING = 5.0
_LARGEST = 2**31 - 1


@dataclasses.dataclass(frozen=True)
class Member:
    """A limit of a template.

    Attributes:
        name: the option.
        api: api_names of the member, that of the reference's example first.
        quota: the place of the same limit in the document of a project's quota, as far as the reference leaves no
            doubt: None where the quota has no such limit, or where only the quota returns its unit.
        sent_as: the JSON type of the reference's example.
    """

    name: str
    api: tuple[str, ...]
    quota: t.Optional[tuple[str, str]] = None
    sent_as: str = "int"


MEMBERS = (
    Member("servers", ("novaNum",), ("compute", "instances")),
    Member("cpus", ("cpu",), ("compute", "cores")),
    Member("ram", ("ram",)),
    Member("storage", ("storage",)),
    Member("volumes", ("volumeNum",), ("block_storage", "volumes")),
    Member("snapshots", ("snapshotNum",), ("block_storage", "snapshots")),
    Member("vm_snapshots", ("virtualSnpaNum", "virtualSnapNum"), ("compute_extend", "virtual_snaps")),
    Member(
        "vm_snapshot_strategies",
        ("autoVirtualSnpaNum", "autoVirtualSnapNum"),
        ("compute_extend", "auto_virtual_snaps"),
    ),
    Member("backups", ("eisooBackupNum", "eissoBackupNum"), ("backup", "back_up"), sent_as="str"),
    Member("shares", ("shareNum",), ("file_share", "shares")),
    Member("share_gigabytes", ("manilaGigabytes",), ("file_share", "manila_gigabytes")),
    Member("buckets", ("bucketNum",), ("object_storage", "obj_stor_buckets")),
    Member("bucket_gigabytes", ("ossGigabytes",), ("object_storage", "obj_stor_gigabytes")),
    Member("networks", ("netNum",), ("network", "network")),
    Member("virtual_networks", ("virtualNetNum",)),
    Member("subnets", ("subnetNum",), ("network", "subnet")),
    Member("routers", ("routeNum",), ("network", "router")),
    Member("vpcs", ("vpcNum",), ("network", "vpcs")),
    Member("public_ips", ("publicIpNum",), ("network", "floatingip")),
    Member("security_groups", ("securityGroupNum",), ("network", "security_group")),
    Member("firewalls", ("fireNum",), ("network", "firewall")),
    Member("load_balancers", ("balanceNum",), ("network", "loadbalancer")),
    Member("listeners", ("listenerNum",), ("network", "listener")),
    Member("vpns", ("vpnNum",), ("network", "vpnservice")),
    Member("private_zones", ("privateZoneNum",), ("network", "private_zone")),
    Member("record_sets", ("recordSetNum",), ("network", "record_set")),
)


class QuotaTemplate(Resource):
    name = "quota_template"
    plural = "quota_templates"
    list_key = "quotas"
    id_param = "quotaUuid"
    wraps_body = False
    list_operation = LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE

    fields = (
        option("id", api="uuid"),
        option("name", required=True, min_length=1, max_length=128),
        *(option(member.name, "int", member.api, sent_as=member.sent_as) for member in MEMBERS),
        option("extra", max_length=2048),
    )

    def check(self, run: Context) -> None:
        super().check(run)
        for member in MEMBERS:
            value = run.options.get(member.name)
            if value is not None and not -1 <= value <= _LARGEST:
                raise OptionError(f"{member.name}: {value} is not between -1 and {_LARGEST}.")

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        """The whole template, spelt as the platform returned it.

        Nothing in the path says which one is meant, so it is looked at whether it was this one."""
        if not changes:
            return []
        returned = current.raw
        body = {"uuid": current["id"], **{name: value for name, value in returned.items() if value is not None}}
        for field in self.fields:
            if field.name in changes:
                body.update(_spelt(field, desired[field.name], returned))
        wanted = {name: desired[name] for name in changes}

        def judge(seen: t.Optional[Json]) -> Outcome:
            if seen and not self.changes(run, seen, wanted):
                return READY
            entries = run.client.list_all(LIST, "quotas")
            others = [e for e in entries if e.get("name") == body["name"] and self.id_of(e) != current["id"]]
            if not others:
                return PENDING
            ids = ", ".join(sorted(self.id_of(entry) for entry in others))
            return Failed(f"it is not changed, and there is another one named {body['name']!r}: {ids}")

        return [Step("update", UPDATE, body=body, wait=Wait(judge, first=0.0, timeout=_SETTLING))]


def _spelt(field: Field, value: t.Any, returned: Json) -> Json:
    """A member as the platform returned it: its spelling, and whether it is a number or text."""
    spelling = next((name for name in field.api_names if name in returned), field.api_names[0])
    sent_as = field.sent_as or field.type
    if returned.get(spelling) is not None:
        sent_as = "str" if isinstance(returned[spelling], str) else field.type
    return {spelling: to_wire(value, sent_as)}


QUOTA_TEMPLATE = QuotaTemplate()
