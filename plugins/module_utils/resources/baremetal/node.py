# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Bare-metal nodes: machines with a management controller (section 1.12 of the reference, items 1 to 10).

The platform passes these requests to OpenStack's Ironic: each wants two headers, and the states are Ironic's.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.secrets import without_secrets
from ...model import canonical
from ...model.check_memory import Effect
from ...model.context import Context
from ...model.description import Description
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import Plan, Step, Wait, gone
from ...model.resource import Resource
from . import _node_interfaces as interfaces
from . import _node_raid as raid
from . import _provision as states
from . import port
from ._ironic import NODE, NODE_GET, NODE_LIST, NODES, controller_of, node_of_name, operation
from ._node_demands import demand_changeable, demand_free_address, demand_no_instance
from ._node_members import (
    DICTIONARIES,
    IPMI_MEMBERS,
    IPMI_OPTIONS,
    as_already_written,
    as_texts,
    check_options,
    controller_address,
    driver_info_of,
    filled,
)
from ._node_parts import GATHER, complete_description
from ._node_patch import PLAIN_MEMBERS, PLATFORM_PROPERTIES, patch_of, patch_steps
from ._node_provisioning import (
    OPTIONS,
    aborts,
    ends_maintenance,
    interrupts_maintenance,
    provisioning,
    start_of,
    stays_in_use,
    way_of,
)
from ._node_rebuild import REBUILD_MARK, check_config_drive, mark
from ._patch import differences, same_texts

CREATE = operation("baremetal-node-create", "POST", NODES, answers=True)
DELETE = operation("baremetal-node-delete", "DELETE", NODE)
# Ironic deletes nodes in these states; from `available` only if it is set up for that, from others in maintenance.
_DELETABLE = frozenset({"enroll", "manageable", "adopt failed"})

# What decides on the way of a node that does not exist yet.
_NEW: dict[str, t.Any] = {
    "provision_state": "enroll",
    "target_provision_state": None,
    "inspection_finished_at": None,
    "instance_info": {},
}


class BaremetalNode(Resource):
    name = "baremetal_node"
    plural = "baremetal_nodes"
    noun = "bare-metal node"
    wrapper = "node"
    list_key = "nodes"
    wraps_body = False
    id_param = "baremetalId"
    identified_by = ("name", "id", "ipmi")
    status_field = "provision_state"
    shares_list = True
    listed_apart = True
    list_operation = NODE_LIST
    get_operation = NODE_GET
    create_operation = CREATE
    delete_operation = DELETE
    wait_timeout = 3600
    noted_apart = frozenset({"ports"})

    fields = (
        option("id", api="uuid"),
        option("name"),
        option("driver", create_default="pxe_ipmitool", min_length=1),
        option("ipmi", "dict", equals=same_texts, secret_keys=True, spec={"options": IPMI_OPTIONS}),
        option("driver_info", "dict", equals=same_texts, secret_keys=True),
        option("properties", "dict", equals=same_texts, secret_keys=True, protected_keys=PLATFORM_PROPERTIES),
        option("instance_info", "dict", equals=same_texts, secret_keys=True),
        option("resource_class", max_length=80),
        option("provision_state", spec={"choices": ["enroll", "manageable", "available", "active"]}),
        option("power_state", spec={"choices": list(states.POWER_TARGETS)}),
        option("maintenance", "bool", platform_default=False),
        option("maintenance_reason"),
        option("ports", "list", spec={"elements": "raw"}),
        *interfaces.FIELDS,
        *raid.FIELDS,
        computed("target_provision_state"),
        computed("target_power_state"),
        computed("last_error"),
        computed("instance_id", api="instance_uuid"),
        computed("reservation"),
        computed("inspection_finished_at", "time"),
        computed("provision_updated_at", "time"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )
    more_options = {
        "purge_properties": {"type": "bool", "default": False},
        "purge_ports": {"type": "bool", "default": False},
        **OPTIONS,
        "reboot": {"type": "str", "choices": ["soft", "hard"]},
    }
    secret_options = ("configdrive",)
    more_info_options = {
        "gather": {"type": "list", "elements": "str", "choices": list(GATHER), "default": []},
    }

    def describe_identity(self, options: t.Mapping[str, t.Any]) -> str:
        address = controller_address(options)
        named = options.get("name") or options.get("id")
        return super().describe_identity(options) if named or not address else f"has the IPMI address {address}"

    # --- reading

    def read(self, raw: Json) -> Json:
        found = super().read(raw)
        driver_info = found["driver_info"] or {}
        found["ipmi"] = {name: driver_info.get(member) for name, member in IPMI_MEMBERS.items() if name != "password"}
        found["driver_info"] = filled(driver_info, IPMI_MEMBERS.values())
        found["properties"] = filled(found["properties"] or {}, ["display_status"])  # the provision state once more
        found["instance_info"] = filled(found["instance_info"] or {}, [REBUILD_MARK])
        found["power_state"] = states.power_word(found["power_state"])
        found["maintenance"] = found["maintenance"] is True
        found["ports"] = None
        return interfaces.without_younger(found)

    def as_returned(self, found: Json) -> Json:
        raw = super().as_returned(found)
        ipmi = {member: (found.get("ipmi") or {}).get(name) for name, member in IPMI_MEMBERS.items()}
        if "ipmi" in found or "driver_info" in found:
            raw["driver_info"] = filled({**(raw.get("driver_info") or {}), **ipmi})
        return raw

    def find(self, run: Context) -> Observation:
        """By id, or else by name or IPMI address, from the one list that has all of them."""
        found = self.find_again(run, Observation())
        if found and run.options.get("ports") is not None and run.options.get("state") != "absent":
            return found.changed({"ports": port.ports_of(run, found["id"])})
        return found

    def find_again(self, run: Context, before: Observation) -> Observation:
        """The same without its ports: those of a new node are not there yet."""
        found = self.select_one(run, self.search(run))
        return found if found or run.options.get("id") else self._by_address(run)

    def find_made(self, run: Context) -> t.Optional[Observation]:
        raw = node_of_name(run, controller_address(run.options))
        return Observation(self.read(raw), raw) if raw else None

    def _by_address(self, run: Context) -> Observation:
        matches = self._with_address(run)
        if len(matches) > 1:
            ids = ", ".join(sorted(self.id_of(raw) for raw in matches))
            raise OptionError(
                f"ipmi: there are several nodes with the address {controller_address(run.options)}: {ids}."
            )
        return Observation(self.read(matches[0]), matches[0]) if matches else Observation()

    def _with_address(self, run: Context) -> list[Json]:
        address = controller_address(run.options)
        return [raw for raw in self.search(run) if address and controller_of(raw) == canonical.host(address)]

    def enrich(self, run: Context, found: Json) -> Json:
        for name in run.options.get("gather") or []:
            found = {**found, **GATHER[name](run, found)}
        return found

    # --- describing

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        """A node without what is deployed on it; one that carries an instance as available until it carries it."""
        description = super().describe(run, raw, {**found, "instance_info": None, "power_state": None})
        complete_description(run, found, description)
        return description

    # --- planning

    def identity_keys(self, options: t.Mapping[str, t.Any]) -> dict[str, str]:
        address = canonical.host(controller_address(options) or "")
        return {**super().identity_keys(options), **({"ipmi": address} if address else {})}

    def check(self, run: Context) -> None:
        options = run.options
        if not any(options.get(name) for name in ("name", "id")) and not controller_address(options):
            raise OptionError("ipmi: its address is needed to find a node by, where neither name nor id is given.")
        if options.get("state") == "absent":
            return
        super().check(run)
        check_options(options)
        check_config_drive(run)
        port.given_ports(options.get("ports") or [])

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        for name in DICTIONARIES:
            if desired[name] is not None:
                desired[name] = as_texts(desired[name])
        if desired["ipmi"] is not None:
            desired["ipmi"] = as_already_written(desired["ipmi"], current)
        desired["target_raid_config"] = raid.normalized(desired["target_raid_config"])
        if stays_in_use(run, current):
            desired["provision_state"] = None
        if desired["ports"] is not None:
            desired["ports"] = port.wanted_ports(run, current, desired["ports"])
        if desired["maintenance_reason"] and desired["maintenance"] is None:
            desired["maintenance"] = True
        if desired["maintenance"] is None and current and ends_maintenance(run, current, desired):
            desired["maintenance"] = False
        return desired

    def look_closer(self, run: Context, current: Observation, desired: Json) -> Observation:
        return interfaces.with_younger(run, current, desired)

    def missing(self, run: Context, desired: Json) -> list[str]:
        given = desired["ipmi"] or {}
        return [f"ipmi.{member}" for member in IPMI_MEMBERS if not given.get(member)]

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        changes = super().changes(run, current, desired)
        if desired["provision_state"] == states.rest_of(current):
            changes.discard("provision_state")
        if desired["power_state"]:
            expected = states.power_word(current["target_power_state"]) or current["power_state"]
            changes = (changes - {"power_state"}) | ({"power_state"} if expected != desired["power_state"] else set())
        return changes

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if desired is None:
            demand_no_instance(current)
        elif "ipmi" in changes:
            demand_free_address(run, current, [self.id_of(raw) for raw in self._with_address(run)])

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        if desired.get("ports") is not None and not run.options["purge_ports"]:
            after["ports"] = port.merged_ports(current.get("ports"), desired["ports"])
        seen = current or _NEW
        way = way_of(run, seen, start_of(run, seen), desired.get("provision_state"))
        if any(verb == "deleted" for verb, _following in way):  # Ironic forgets what was deployed
            after["instance_info"] = without_secrets(as_texts(run.options.get("instance_info") or {}))
        for name in DICTIONARIES:
            after[name] = after[name] and filled(after[name])
        after["provision_state"] = way[-1][1] if way else states.rest_of(seen)
        if way:
            after["last_error"] = None
        after["target_provision_state"] = after["target_power_state"] = None
        after["maintenance"] = bool(after["maintenance"])
        if not after["maintenance"]:
            after["maintenance_reason"] = None
        return after

    def side_effects(self, run: Context, plan: Plan) -> t.Iterator[Effect]:
        """The ports, which are objects of their own; those of a node that goes are gone with it."""
        before = {entry["id"]: entry for entry in plan.before.get("ports") or []}
        after = plan.after or {}
        for entry in after.get("ports") or []:
            old = before.pop(entry["id"], None)
            if entry != old:
                yield port.BAREMETAL_PORT, entry["id"], {**entry, "node": after["id"]}
        if after and run.options["purge_ports"]:
            for own_id in before:
                yield port.BAREMETAL_PORT, own_id, None

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        if not states.is_busy(current) or aborts(run, current):
            return None
        ends_maintenance = run.options.get("maintenance") is False or run.options["state"] == "absent"
        return None if states.is_paused(current) and ends_maintenance else states.coming_to_rest(current)

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        body: Json = {name: desired[name] for name in PLAIN_MEMBERS if desired[name] is not None}
        body["driver_info"] = filled(driver_info_of(desired))
        if desired["properties"]:
            body["properties"] = filled(desired["properties"])
        hint = interfaces.hint_for(body)
        steps = [Step("create", interfaces.knowing(CREATE, body), body=body, creates=True, hint=hint)]
        steps += patch_steps(differences("/instance_info", {}, desired["instance_info"] or {}))
        steps += raid.raid_steps(desired["target_raid_config"] or None)
        steps += port.port_steps(None, desired["ports"] or [], purges=False)[0]
        steps += provisioning(run, _NEW, "enroll", desired)
        steps += [states.power_step(desired["power_state"])] if desired["power_state"] else []
        return steps + ([states.maintenance_on(desired["maintenance_reason"])] if desired["maintenance"] else [])

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        way = provisioning(run, current, start_of(run, current), desired)
        patch = patch_of(run, current, desired, changes)
        if "instance_info" in changes and any(step.action == "rebuild" for step in way):
            patch.append(mark(current))
        added, edits = port.port_steps(
            current, desired["ports"] or [], run.options["purge_ports"] and "ports" in changes
        )
        power = "power_state" in changes or (way and desired["power_state"])  # cleaning and deploying switch it

        interrupted = interrupts_maintenance(current, desired, way)
        enters = bool(changes & {"maintenance", "maintenance_reason"}) and bool(desired["maintenance"])
        on = [states.maintenance_on(desired["maintenance_reason"] or current["maintenance_reason"])]
        steps = on if enters and not way else []
        steps += added + (edits if steps else states.in_maintenance(current, edits))
        if interrupted or ("maintenance" in changes and not desired["maintenance"]):
            paused = states.coming_to_rest(current) if states.is_paused(current) else None
            steps.append(states.maintenance_off(wait=paused))
        demand_changeable(current, changes, start_of(run, current), steps)
        steps += patch_steps(patch)
        steps += raid.raid_steps(desired["target_raid_config"] if "target_raid_config" in changes else None)
        steps += way
        steps += [states.power_step(desired["power_state"])] if power else []
        steps += states.reboot_steps(run.options["reboot"], current, desired["power_state"], steps)
        return steps + (on if way and (enters or interrupted) else [])

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        """Give a node back first: Ironic lets go of it where nothing runs on it, or in maintenance as it is."""
        state = states.rest_of(current)
        steps: list[Step] = []
        if state not in _DELETABLE and not current["maintenance"]:
            known = state in states.VERBS
            way = states.shortest_way(state, "manageable") if known else []
            steps = [states.verb_step(*move) for move in way] if known else [states.maintenance_on("to be deleted")]
        return [*steps, Step("delete", DELETE, wait=Wait(gone))]


BAREMETAL_NODE = BaremetalNode()
