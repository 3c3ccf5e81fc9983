# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Section 1.6 of the reference: quota templates.

They spell three members as the examples do, or as the tables do. What the update goes by is not told by the
reference, so it can be switched.
"""

from __future__ import annotations

from ..call import Answer, Call
from ..errors import ApiError
from ..world import Record, World

_COUNTERS = (
    "cpu",
    "ram",
    "storage",
    "novaNum",
    "snapshotNum",
    "volumeNum",
    "manilaGigabytes",
    "shareNum",
    "routeNum",
    "fireNum",
    "netNum",
    "balanceNum",
    "listenerNum",
    "virtualNetNum",
    "publicIpNum",
    "vpnNum",
    "securityGroupNum",
    "subnetNum",
    "vpcNum",
    "privateZoneNum",
    "recordSetNum",
    "bucketNum",
    "ossGigabytes",
    "virtualSnapNum",
    "autoVirtualSnapNum",
    "eissoBackupNum",
)
# The spellings of the examples by those of the tables; the last one is text there.
_EXAMPLE = {
    "virtualSnapNum": "virtualSnpaNum",
    "autoVirtualSnapNum": "autoVirtualSnpaNum",
    "eissoBackupNum": "eisooBackupNum",
}
_TABLE = {spelling: name for name, spelling in _EXAMPLE.items()}


def list_all(call: Call) -> Answer:
    return Answer(200, {"quotas": [_view(call, template) for template in call.world.table("quota_templates").values()]})


def show(call: Call) -> Answer:
    """The bare object, which the list wraps."""
    return Answer(200, _view(call, call.world.find("quota_templates", call.path["quotaUuid"])))


def create(call: Call) -> Answer:
    """No answer body, so no id."""
    call.demand_admin()
    _demand_own_spelling(call)
    call.world.seed("quota_templates", _members(call.body))
    return Answer(200)


def update(call: Call) -> Answer:
    """The whole object: what is not sent is 0 afterwards."""
    call.demand_admin()
    _demand_own_spelling(call)
    templates = call.world.table("quota_templates")
    by = call.world.settings.template_update
    found = [template for template in templates.values() if by != "nothing" and template[by] == _key(call, by)]
    if by == "id" and not found:
        raise ApiError(400, f"quota template {call.body['uuid']} does not exist")
    if not found:
        call.world.seed("quota_templates", _members(call.body))
    for template in found:
        kept = template["id"]
        template.clear()
        template.update(complete(call.world, {"id": kept, **_members(call.body)}))
    return Answer(200)


def delete(call: Call) -> Answer:
    call.demand_admin()
    template = call.world.find("quota_templates", call.path["quotaUuid"])
    del call.world.table("quota_templates")[template["id"]]
    return Answer(200)


def complete(world: World, fields: Record) -> Record:
    """A record of kind quota_templates, in the spelling of the tables; all counters are numbers."""
    return {"name": "template", "extra": "", **dict.fromkeys(_COUNTERS, 0), **fields}


def _key(call: Call, by: str) -> str:
    return call.body["uuid" if by == "id" else "name"]


def _members(body: Record) -> Record:
    named = {_TABLE.get(name, name): value for name, value in body.items() if name != "uuid"}
    return {name: value if name in ("name", "extra") else int(value) for name, value in named.items()}


def _demand_own_spelling(call: Call) -> None:
    """What a platform does not know it would drop in silence; that is worse to find than a refusal."""
    foreign = _EXAMPLE if call.world.settings.template_spelling == "example" else _TABLE
    wrong = sorted(foreign.keys() & call.body.keys())
    if wrong:
        raise ApiError(400, f"unknown members: {', '.join(wrong)}")


def _view(call: Call, template: Record) -> Record:
    view = {"uuid": template["id"], "name": template["name"]}
    view |= {name: template[name] for name in _COUNTERS}
    if call.world.settings.template_spelling == "example":
        view = {_EXAMPLE.get(name, name): value for name, value in view.items()}
        view["eisooBackupNum"] = str(view["eisooBackupNum"])
    return {**view, "extra": template["extra"]}


HANDLERS = {
    "quota-template-list": list_all,
    "quota-template-get": show,
    "quota-template-create": create,
    "quota-template-update": update,
    "quota-template-delete": delete,
}
ONLY = dict.fromkeys(HANDLERS, "reference")
FACTORIES = {"quota_templates": complete}
