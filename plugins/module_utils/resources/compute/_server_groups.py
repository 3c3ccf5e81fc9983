# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The security groups of a server, which OpenStack reports and changes in place; CloudOS may report none."""

from __future__ import annotations

import functools
import typing as t

from ...cloud.hints import OF_OPENSTACK
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.responses import as_list
from ...cloud.tokens import looks_like_id
from ...model.context import Context
from ...model.plan import PENDING, READY, Outcome, Step, Wait
from .. import _power
from ..network.references import SECURITY_GROUP

ADD = Operation("server-security-group-add", "POST", _power.ACTION, answers=False)
REMOVE = Operation("server-security-group-remove", "POST", _power.ACTION, answers=False)


def read(raw: Json) -> t.Optional[list[str]]:
    """The names of the groups, each once, though every network card has them; None where they are not reported."""
    if raw.get("security_groups") is None:
        return None
    return sorted({str(entry.get("name")) for entry in as_list(raw, "security_groups") if isinstance(entry, dict)})


def wanted(run: Context, groups: t.Optional[t.Sequence[str]]) -> t.Optional[list[str]]:
    """The groups by name, as servers have them; an ID that nothing lists stays what it is."""
    return None if groups is None else [_name_of(run, group) if looks_like_id(group) else group for group in groups]


def foretold(run: Context, current: Json, desired: Json, groups: t.Optional[list[str]]) -> t.Optional[list[str]]:
    """The groups in their order; those of ports, and any that nobody named, are not known beforehand."""
    is_known = current or (run.options.get("security_groups") is not None and not _is_on_ports_alone({}, desired))
    return sorted(groups) if groups and is_known else None


def uncompared(current: Json, desired: Json) -> set[str]:
    """The option, where the platform reports no groups, or all network cards are ports, which have their own groups."""
    is_compared = current["security_groups"] is not None and not _is_on_ports_alone(current, desired)
    return set() if is_compared else {"security_groups"}


def _is_on_ports_alone(current: Json, desired: Json) -> bool:
    """Whether the options name the ports of a server, and it has no other network card."""
    networks, ports = desired.get("networks") or [], desired.get("ports") or []
    others = [entry for entry in (*networks, *(current.get("networks") or [])) if "port" not in entry]
    strangers = [] if networks else [port for port in current.get("ports") or [] if port not in ports]
    return bool(networks or ports) and not others and not strangers


def _name_of(run: Context, group_id: str) -> str:
    entries = run.entries_if_listed(SECURITY_GROUP) or []
    return next((str(entry["name"]) for entry in entries if entry.get("id") == group_id), group_id)


def steps(run: Context, current: Json, desired: Json, changes: set[str]) -> list[Step]:
    """What brings the groups of a server to those that are wanted."""
    if "security_groups" not in changes:
        return []
    groups, present = desired["security_groups"], current["security_groups"]
    planned = [_step("add_security_group", ADD, "addSecurityGroup", name) for name in groups if name not in present]
    if run.options["purge_security_groups"]:
        surplus = [name for name in present if name not in groups]
        planned += [_step("remove_security_group", REMOVE, "removeSecurityGroup", name) for name in surplus]
    return planned


def _step(action: str, operation: Operation, member: str, name: str) -> Step:
    proof = Wait(functools.partial(_has, name, operation is ADD))
    return Step(action, operation, body={member: {"name": name}}, proof=proof, hint=OF_OPENSTACK)


def _has(name: str, there: bool, seen: t.Optional[Json]) -> Outcome:
    return READY if (name in ((seen or {}).get("security_groups") or [])) == there else PENDING
