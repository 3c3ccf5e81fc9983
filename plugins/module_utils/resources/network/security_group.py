# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Security groups, as OpenStack's Neutron has them: what may reach the ports of servers, and what may leave them.

A rule cannot be changed: rules are added and removed one by one.
"""

from __future__ import annotations

import dataclasses
import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import TO_BE_CREATED
from ...cloud.responses import as_list
from ...model.context import Context
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import OWN_ID, PENDING, READY, Outcome, Step, Wait
from . import _ownership, _rules
from .references import API, DEFAULT_GROUP, SECURITY_GROUP_LIST
from .references import SECURITY_GROUP as KIND

_MEMBER = f"{SECURITY_GROUP_LIST.path}/{{security_group_id}}"
_RULES = f"{API}/security-group-rules"

GET = Operation("security-group-get", "GET", _MEMBER)
CREATE = Operation("security-group-create", "POST", SECURITY_GROUP_LIST.path)
UPDATE = Operation("security-group-update", "PUT", _MEMBER)
DELETE = Operation("security-group-delete", "DELETE", _MEMBER, answers=False)
ADD_RULE = Operation("security-group-rule-create", "POST", _RULES)
REMOVE_RULE = Operation("security-group-rule-delete", "DELETE", f"{_RULES}/{{rule_id}}", answers=False)

# Rules are there at once; what is lost on the way has been looked for before.
_SECONDS_TO_BE_SEEN = 60.0
# An id that no rule has: to delete it is done already.
_NO_RULE = "00000000-0000-0000-0000-000000000000"
_RULE_OPTIONS: t.Mapping[str, t.Any] = {
    "direction": {"type": "str", "choices": ["ingress", "egress"], "default": "ingress"},
    "protocol": {"type": "str"},
    "port_range_min": {"type": "int"},
    "port_range_max": {"type": "int"},
    "remote_ip_prefix": {"type": "str"},
    "remote_group": {"type": "str"},
    "ether_type": {"type": "str", "aliases": ["ethertype"], "choices": ["IPv4", "IPv6"], "default": "IPv4"},
    "description": {"type": "str"},
}


class SecurityGroup(_ownership.OwnedResource):
    name = "security_group"
    plural = "security_groups"
    id_param = "security_group_id"
    may_have_namesakes = True
    made_without = ("rules",)
    list_operation = SECURITY_GROUP_LIST
    get_operation = GET
    create_operation = CREATE
    delete_operation = DELETE
    more_options: t.Mapping[str, t.Any] = {"purge_rules": {"type": "bool", "default": False}}

    fields = (
        option("id"),
        option("name", required=True, min_length=1, max_length=255),
        option("description", max_length=255),
        option(
            "rules",
            "list",
            api="security_group_rules",
            equals=lambda current, wanted: not _rules.lacking(current, wanted),
            spec={"elements": "dict", "options": _RULE_OPTIONS},
        ),
        _ownership.PROJECT,
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )

    # --- reading

    def read(self, raw: Json) -> Json:
        rules = [rule for rule in as_list(raw, "security_group_rules") if isinstance(rule, dict)]
        return {**super().read(raw), "rules": _rules.returned(rules)}

    # --- describing

    def export_candidates(self, run: Context) -> list[Json]:
        """All groups but that of the project itself as the platform has made it."""
        return [raw for raw in self.search(run) if not self._is_untouched(raw)]

    def _is_untouched(self, raw: Json) -> bool:
        if raw.get("name") != DEFAULT_GROUP:
            return False
        present, own = self.read(raw)["rules"], _rules.rules_of_default(self.id_of(raw))
        return not _rules.lacking(own, present) and not _rules.lacking(present, own)

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """The rules without those that a new group gets; where it no longer has them, the rest is purged."""
        description = super().describe(run, raw, {**found, "rules": None})
        present, own = found["rules"], _rules.default_rules()
        is_reduced = bool(_rules.lacking(present, own))
        more = present if is_reduced else _rules.lacking(own, present)
        rules = [_rules.described(rule, lambda group: run.named(KIND, group)) for rule in more]
        if rules or is_reduced:
            description.options["rules"] = rules
        if is_reduced:
            description.options["purge_rules"] = True
        return description

    # --- planning

    def fellows(self, options: t.Mapping[str, t.Any]) -> set[str]:
        """The groups that rules name; a group may name itself."""
        named = {rule["remote_group"] for rule in options.get("rules") or []}
        return named - {None, options.get("name")}

    def check(self, run: Context) -> None:
        super().check(run)
        if run.options.get("state") == "absent":
            return
        for rule in run.options.get("rules") or []:
            _rules.canonical(rule)
            if rule.get("remote_ip_prefix") and rule.get("remote_group"):
                raise OptionError("rules: remote_ip_prefix and remote_group exclude each other; use two rules.")

    def desired(self, run: Context, current: Observation) -> Json:
        """Rules in their canonical form, with the ids of the groups that they name."""
        desired = super().desired(run, current)
        if desired["rules"] is not None:
            rules = [_with_group_id(run, current, _rules.canonical(rule)) for rule in desired["rules"]]
            desired["rules"] = _rules.distinct(rules)
        return desired

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None:
            if current["name"] == DEFAULT_GROUP:
                raise OptionError(f"The security group {DEFAULT_GROUP} of a project cannot be deleted.")
            return
        if "name" in changes and current["name"] == DEFAULT_GROUP:
            raise OptionError(f"name: the security group {DEFAULT_GROUP} of a project cannot be renamed.")
        if desired["name"] == DEFAULT_GROUP and (not current or "name" in changes):
            raise OptionError(
                f"name: {DEFAULT_GROUP} is the security group that each project has; it cannot be created."
            )

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, {**desired, "rules": None})
        present = current["rules"] if current else _rules.default_rules()
        wanted = desired.get("rules")
        if wanted is not None:
            wanted = wanted if current else _with_own(desired["name"], TO_BE_CREATED, wanted)
            present = _rules.merged(present, wanted, run.options["purge_rules"])
        return {**after, "rules": present}

    def complete_creation(self, run: Context, current: Observation, desired: Json) -> Json:
        """What takes the place of a group names itself where the old one did."""
        if not current or desired.get("rules") is None:
            return desired
        return {**desired, "rules": _with_own(current["id"], desired["name"], desired["rules"])}

    # --- steps

    def body(self, desired: Json) -> Json:
        return super().body({**desired, "id": None, "rules": None})

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        steps, wanted = super().create_steps(run, current, desired), desired.get("rules")
        if wanted is None:
            return steps
        own = _with_own(desired["name"], OWN_ID, wanted)
        return [*steps, *self._rule_steps(run, _rules.default_rules(), own)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = []
        texts = {name: desired[name] for name in ("name", "description") if name in changes}
        if texts:
            steps.append(Step("update", UPDATE, body={self.name: texts}))
        if "rules" in changes:
            steps += self._rule_steps(run, current["rules"], desired["rules"])
        return steps

    def _rule_steps(self, run: Context, present: list[Json], wanted: list[Json]) -> list[Step]:
        """What is missing is added before the rest is removed, so that nothing is cut off meanwhile."""
        surplus = _rules.lacking(wanted, present) if run.options["purge_rules"] else []
        steps = [*map(_addition, _rules.lacking(present, wanted)), *map(self._removal, surplus)]
        if steps:  # no answer shows all the rules that there are in the end
            steps[-1] = dataclasses.replace(steps[-1], wait=Wait(_is_seen, first=0.0, timeout=_SECONDS_TO_BE_SEEN))
        return steps

    def _removal(self, rule: Json) -> Step:
        proof = Wait(functools.partial(_has_rule, rule, False), first=0.0)
        return Step("remove_rule", REMOVE_RULE, {"rule_id": functools.partial(self._rule_id, rule)}, proof=proof)

    def _rule_id(self, rule: Json, run: Context, found: Observation) -> str:
        """The id of a rule; that of one that the platform adds to a new group is only known when there is the group."""
        raw = found.raw or self.unwrap(run.client.call(GET, {self.id_param: found["id"]}))
        for entry in as_list(raw, "security_group_rules"):
            if [_rules.key(known) for known in _rules.returned([entry])] == [_rules.key(rule)]:
                return str(entry["id"])
        return _NO_RULE


def _with_group_id(run: Context, current: Observation, rule: Json) -> Json:
    """The rule with the id of the group that it names; a new group that names itself has none yet, and stays a name."""
    wanted = rule["remote_group"]
    known = [present["remote_group"] for present in current.get("rules") or []]
    if wanted is None or wanted in known or (not current and wanted == run.options.get("name")):
        return rule
    if current and wanted in (current["id"], current["name"], run.options.get("name")):
        return {**rule, "remote_group": current["id"]}
    return {**rule, "remote_group": _ownership.for_owner(run).resolve(KIND, wanted, "rules.remote_group")}


def _with_own(old: str, new: str, rules: list[Json]) -> list[Json]:
    """Rules in which the group names itself in another way."""
    return [{**rule, "remote_group": new} if rule["remote_group"] == old else rule for rule in rules]


def _addition(rule: Json) -> Step:
    body = {"security_group_rule": {**_rules.to_send(rule), "security_group_id": OWN_ID}}
    return Step("add_rule", ADD_RULE, body=body, proof=Wait(functools.partial(_has_rule, rule, True), first=0.0))


def _is_seen(seen: t.Optional[Json]) -> Outcome:
    return PENDING if seen is None else READY


def _has_rule(rule: Json, there: bool, seen: t.Optional[Json]) -> Outcome:
    """Whether a look shows a rule; one that names the group itself has its id by then."""
    found: Json = seen or {"id": None, "rules": []}
    own = _with_own(OWN_ID, found["id"], [rule])
    return READY if (not _rules.lacking(found["rules"], own)) == there else PENDING


SECURITY_GROUP = SecurityGroup()
