# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Bare-metal nodes: machines with a management controller (section 1.12 of the reference, items 1 to 10).

The platform passes these requests to OpenStack's Ironic: each wants two headers, and the states are Ironic's.
"""

from __future__ import annotations

import re
import typing as t

from ...cloud.errors import OptionError
from ...cloud.secrets import without_secrets
from ...model import canonical
from ...model.context import Context
from ...model.field import computed, option
from ...model.plan import Plan, Step, Wait, gone
from ...model.resource import Description, Resource
from . import _provision as states
from . import port
from ._ironic import NODE, NODE_GET, NODE_LIST, NODES, controller_of, node_port_groups, operation
from ._patch import as_text, change, differences, member_path, proof, same_texts

CREATE = operation("baremetal-node-create", "POST", NODES, answers=True)
PATCH = operation("baremetal-node-patch", "PATCH", NODE)
DELETE = operation("baremetal-node-delete", "DELETE", NODE)

_IPMI_MEMBERS = {"address": "ipmi_address", "username": "ipmi_username", "password": "ipmi_password"}
_IPMI_OPTIONS = {
    "address": {"type": "str"},
    "username": {"type": "str"},
    "password": {"type": "str", "no_log": True},
}
_CLEAN_STEP_OPTIONS = {
    "interface": {"type": "str", "required": True, "choices": ["bios", "deploy", "management", "power", "raid"]},
    "step": {"type": "str", "required": True},
    "args": {"type": "dict"},
}
# Properties that the platform and its inspection write.
_PLATFORM_PROPERTIES = frozenset(
    {
        *("all_interfaces", "availabilityZone", "availabilityZoneId", "capabilities", "cpu_core_count", "cpu_count"),
        *("cpu_thread_count", "cpu_version", "display_status", "hostName", "imageId", "imageName", "network_card"),
        *("password", "pxe_flag", "secondName", "system_vendor_asset_tag", "system_vendor_manufacturer"),
        *("system_vendor_product_name", "system_vendor_serial_number", "tenancy", "tenancyId", "userId", "userName"),
    }
)
_DICTIONARIES = ("ipmi", "driver_info", "properties", "instance_info")
# States that a description of a node can have.
_DESCRIBED = ("enroll", "manageable", "available")
# Verbs that make Ironic forget or overwrite what was set.
_REWRITTEN = {"inspect": "properties", "deleted": "instance_info"}
# Properties that an inspection finds and users may set, too.
_FOUND = frozenset({"cpus", "cpu_arch", "local_gb", "memory_mb"})
# Ironic deletes nodes in these states; from `available` only if it is set up for that, from others in maintenance.
_DELETABLE = frozenset({"enroll", "manageable", "adopt failed"})

# What decides on the way of a node that does not exist yet.
_NEW: dict[str, t.Any] = {
    "provision_state": "enroll",
    "target_provision_state": None,
    "inspection_finished_at": None,
    "instance_info": {},
}

_NAME = re.compile(r"[A-Za-z0-9._~-]{1,255}")


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
        option("ipmi", "dict", equals=same_texts, secret_keys=True, spec={"options": _IPMI_OPTIONS}),
        option("driver_info", "dict", equals=same_texts, secret_keys=True),
        option("properties", "dict", equals=same_texts, secret_keys=True, protected_keys=_PLATFORM_PROPERTIES),
        option("instance_info", "dict", equals=same_texts, secret_keys=True),
        option("resource_class", max_length=80),
        option("provision_state", spec={"choices": ["enroll", "manageable", "available", "active"]}),
        option("power_state", spec={"choices": list(states.POWER_TARGETS)}),
        option("maintenance", "bool", platform_default=False),
        option("maintenance_reason"),
        option("ports", "list", spec={"elements": "raw"}),
        computed("target_provision_state"),
        computed("target_power_state"),
        computed("last_error"),
        computed("instance_id", api="instance_uuid"),
        computed("reservation"),
        computed("network_interface"),
        computed("inspection_finished_at", "time"),
        computed("provision_updated_at", "time"),
        computed("created_at", "time"),
        computed("updated_at", "time"),
    )
    more_options = {
        "purge_properties": {"type": "bool", "default": False},
        "purge_ports": {"type": "bool", "default": False},
        "inspect": {"type": "bool", "default": False},
        "adopt": {"type": "bool", "default": False},
        "give_back": {"type": "bool", "default": True},
        "abort": {"type": "bool", "default": False},
        "clean_steps": {"type": "list", "elements": "dict", "options": _CLEAN_STEP_OPTIONS},
    }
    more_info_options = {
        "gather": {"type": "list", "elements": "str", "choices": ["ports", "port_groups"], "default": []},
    }

    def describe_identity(self, options: t.Mapping[str, t.Any]) -> str:
        address = _address_in(options)
        named = options.get("name") or options.get("id")
        return super().describe_identity(options) if named or not address else f"has the IPMI address {address}"

    # --- reading

    def read(self, raw: dict) -> dict:
        found = super().read(raw)
        driver_info = found["driver_info"] or {}
        found["ipmi"] = {name: driver_info.get(member) for name, member in _IPMI_MEMBERS.items() if name != "password"}
        found["driver_info"] = _filled(driver_info, _IPMI_MEMBERS.values())
        found["properties"] = _filled(found["properties"] or {}, ["display_status"])  # the provision state once more
        found["instance_info"] = _filled(found["instance_info"] or {})
        found["power_state"] = states.power_word(found["power_state"])
        found["maintenance"] = found["maintenance"] is True
        found["ports"] = None
        return found

    def as_returned(self, found: dict) -> dict:
        raw = super().as_returned(found)
        ipmi = {member: (found.get("ipmi") or {}).get(name) for name, member in _IPMI_MEMBERS.items()}
        if "ipmi" in found or "driver_info" in found:
            raw["driver_info"] = _filled({**(raw.get("driver_info") or {}), **ipmi})
        return raw

    def find(self, run: Context) -> t.Optional[dict]:
        """By id, or else by name or IPMI address, from the one list that has all of them."""
        found = self.select_one(run, self.search(run))
        if not found and not run.options.get("id"):
            found = self._by_address(run)
        if found and run.options.get("ports") is not None and run.options.get("state") != "absent":
            found["ports"] = port.ports_of(run, found["id"])
        return found

    def _by_address(self, run: Context) -> t.Optional[dict]:
        matches = self._with_address(run)
        if len(matches) > 1:
            ids = ", ".join(sorted(self.id_of(raw) for raw in matches))
            raise OptionError(f"ipmi: there are several nodes with the address {_address_in(run.options)}: {ids}.")
        return self.read(matches[0]) if matches else None

    def _with_address(self, run: Context) -> list[dict]:
        address = _address_in(run.options)
        return [raw for raw in self.search(run) if address and controller_of(raw) == canonical.host(address)]

    def enrich(self, run: Context, found: dict) -> dict:
        for name in run.options.get("gather") or []:
            found = {**found, **_GATHER[name](run, found)}
        return found

    # --- describing

    def describe(self, run: Context, raw: dict, found: dict) -> Description:
        """A node without what is deployed on it; one that carries an instance as available until it carries it."""
        description = super().describe(run, raw, {**found, "instance_info": None, "power_state": None})
        options, gaps = description.options, description.gaps
        state = states.rest_of(found)
        if found["instance_id"]:
            options.update(provision_state="available", give_back=False)
        elif state in _DESCRIBED:
            options["provision_state"] = state
        else:
            options.pop("provision_state", None)
            gaps["provision_state"] = f"it is {state!r}, to which no options lead"
        if found["power_state"] == "on" and not found["instance_id"] and state in _DESCRIBED:
            gaps["power_state"] = "it is on; a new node is left as its cleaning leaves it"
        capabilities = found["properties"].get("capabilities")
        if capabilities:
            options["properties"] = {**options.get("properties", {}), "capabilities": capabilities}
        ports = [port.as_option(entry, node_port_groups(run, found["id"])) for entry in port.ports_of(run, found["id"])]
        if ports:
            options["ports"] = ports
        if options.get("ipmi"):
            gaps["ipmi.password"] = "it is a secret; a new node needs it"
        return description

    # --- planning

    def identity_keys(self, options: t.Mapping[str, t.Any]) -> dict[str, str]:
        address = _address_in(options)
        return {**super().identity_keys(options), **({"ipmi": canonical.host(address)} if address else {})}

    def check(self, run: Context) -> None:
        options = run.options
        if not any(options.get(name) for name in ("name", "id")) and not _address_in(options):
            raise OptionError("ipmi: its address is needed to find a node by, where neither name nor id is given.")
        if options.get("state") == "absent":
            return
        super().check(run)
        name = options.get("name")
        if name is not None and not _NAME.fullmatch(name):
            raise OptionError(f"name: {name!r} may have up to 255 letters, digits and characters of '._~-'.")
        doubled = sorted(set(_IPMI_MEMBERS.values()) & set(options.get("driver_info") or {}))
        if doubled:
            raise OptionError(f"driver_info: {', '.join(doubled)} are told by the option ipmi.")
        if options.get("maintenance_reason") and options.get("maintenance") is False:
            raise OptionError("maintenance_reason: there is no reason for maintenance: false.")
        if options["adopt"] and options.get("provision_state") != "active":
            raise OptionError("adopt: a node is adopted to be active; set provision_state: active.")
        leaving = [name for name in ("inspect", "clean_steps") if options[name]]
        if leaving and options.get("provision_state") == "enroll":
            raise OptionError(f"{leaving[0]}: the node is manageable after it, and no verb leads back to enroll.")
        _check_members(options)
        port.given_ports(options.get("ports") or [])

    def desired(self, run: Context, current: t.Optional[dict]) -> dict:
        desired = super().desired(run, current)
        for name in _DICTIONARIES:
            if desired[name] is not None:
                desired[name] = _as_texts(desired[name])
        if desired["ipmi"] is not None:
            desired["ipmi"] = _in_its_words(desired["ipmi"], current)
        if self._stays_in_use(run, current):
            desired["provision_state"] = None
        if desired["ports"] is not None:
            desired["ports"] = port.wanted_ports(run, current, desired["ports"])
        if desired["maintenance_reason"] and desired["maintenance"] is None:
            desired["maintenance"] = True
        if desired["maintenance"] is None and current and self._is_over(run, current, desired):
            desired["maintenance"] = False
        return desired

    def _stays_in_use(self, run: Context, current: t.Optional[dict]) -> bool:
        """Whether a node carries something, or is about to, that its user wants to leave there."""
        return bool(current) and not run.options["give_back"] and states.rest_of(current) == "active"

    def _is_over(self, run: Context, current: dict, desired: dict) -> bool:
        """Whether a maintenance that the user did not ask for has to end: Ironic began one, or an edit of ports."""
        if states.is_left_over(current):
            return True
        failed = current["maintenance"] and current["provision_state"] == "clean failed"
        return failed and bool(desired["provision_state"] or self._stops(run, current))

    def missing(self, run: Context, desired: dict) -> list[str]:
        given = desired["ipmi"] or {}
        return [f"ipmi.{member}" for member in _IPMI_MEMBERS if not given.get(member)]

    def changes(self, run: Context, current: dict, desired: dict) -> set[str]:
        changes = super().changes(run, current, desired)
        if desired["provision_state"] == states.rest_of(current):
            changes.discard("provision_state")
        if desired["power_state"]:
            expected = states.power_word(current["target_power_state"]) or current["power_state"]
            changes = (changes - {"power_state"}) | ({"power_state"} if expected != desired["power_state"] else set())
        if "ipmi" in changes:
            self._demand_free_address(run, current)
        return changes

    def _demand_free_address(self, run: Context, current: dict) -> None:
        """Two nodes of one management controller would be one machine that is cleaned twice."""
        if canonical.same_host(current["ipmi"]["address"], _address_in(run.options)):
            return
        others = [self.id_of(raw) for raw in self._with_address(run) if self.id_of(raw) != current["id"]]
        if others:
            raise OptionError(
                f"ipmi: the node {current['name'] or current['id']} cannot get the address {_address_in(run.options)}; "
                f"another node has it: {', '.join(others)}."
            )

    def predict(self, run: Context, current: t.Optional[dict], desired: dict) -> dict:
        after = super().predict(run, current, desired)
        if desired.get("ports") is not None and not run.options["purge_ports"]:
            after["ports"] = port.merged_ports((current or {}).get("ports"), desired["ports"])
        seen = current or _NEW
        way = self._way(run, seen, self._start(run, seen), desired.get("provision_state"))
        if any(verb == "deleted" for verb, _following in way):  # Ironic forgets what was deployed
            after["instance_info"] = without_secrets(_as_texts(run.options.get("instance_info") or {}))
        for name in _DICTIONARIES:
            after[name] = after[name] and _filled(after[name])
        after["provision_state"] = way[-1][1] if way else states.rest_of(seen)
        if way:
            after["last_error"] = None
        after["target_provision_state"] = after["target_power_state"] = None
        after["maintenance"] = bool(after["maintenance"])
        if not after["maintenance"]:
            after["maintenance_reason"] = None
        return after

    def side_effects(self, run: Context, plan: Plan) -> t.Iterator[tuple[Resource, t.Optional[str], t.Optional[dict]]]:
        """The ports, which are objects of their own; those of a node that goes are gone with it."""
        before = {entry["id"]: entry for entry in (plan.before or {}).get("ports") or []}
        after = plan.after or {}
        for entry in after.get("ports") or []:
            old = before.pop(entry["id"], None)
            if entry != old:
                yield port.BAREMETAL_PORT, entry["id"], {**entry, "node": after["id"]}
        if after and run.options["purge_ports"]:
            for own_id in before:
                yield port.BAREMETAL_PORT, own_id, None

    def pending_wait(self, run: Context, current: dict) -> t.Optional[Wait]:
        if not states.is_busy(current) or self._aborts(run, current):
            return None
        ends_maintenance = run.options.get("maintenance") is False or run.options["state"] == "absent"
        return None if states.is_paused(current) and ends_maintenance else states.coming_to_rest(current)

    # --- steps

    def create_steps(self, run: Context, desired: dict) -> list[Step]:
        body: dict[str, t.Any] = {
            name: desired[name] for name in ("driver", "name", "resource_class") if desired[name] is not None
        }
        body["driver_info"] = _filled(_driver_info(desired))
        if desired["properties"]:
            body["properties"] = _filled(desired["properties"])
        steps = [Step("create", CREATE, body=body, creates=True)]
        instance_info = differences("/instance_info", {}, desired["instance_info"] or {})
        steps += [Step("update", PATCH, body=instance_info)] if instance_info else []
        steps += port.port_steps(None, desired["ports"] or [], purges=False)[0]
        steps += self._provisioning(run, _NEW, "enroll", desired)
        steps += [states.power_step(desired["power_state"])] if desired["power_state"] else []
        return steps + ([states.maintenance_on(desired["maintenance_reason"])] if desired["maintenance"] else [])

    def update_steps(self, run: Context, current: dict, desired: dict, changes: set[str]) -> list[Step]:
        way = self._provisioning(run, current, self._start(run, current), desired)
        patch = _patch(run, current, desired, changes)
        added, edits = port.port_steps(
            current, desired["ports"] or [], run.options["purge_ports"] and "ports" in changes
        )
        power = "power_state" in changes or (way and desired["power_state"])  # cleaning and deploying switch it

        interrupted = self._interrupts_maintenance(current, desired, way)
        enters = bool(changes & {"maintenance", "maintenance_reason"}) and bool(desired["maintenance"])
        on = [states.maintenance_on(desired["maintenance_reason"] or current["maintenance_reason"])]
        steps = on if enters and not way else []
        steps += added + (edits if steps else states.in_maintenance(current, edits))
        if interrupted or ("maintenance" in changes and not desired["maintenance"]):
            paused = states.coming_to_rest(current) if states.is_paused(current) else None
            steps.append(states.maintenance_off(wait=paused))
        steps += [Step("update", PATCH, body=patch, proof=proof(patch))] if patch else []
        steps += way
        steps += [states.power_step(desired["power_state"])] if power else []
        return steps + (on if way and (enters or interrupted) else [])

    def delete_steps(self, run: Context, current: dict) -> list[Step]:
        """Give a node back first: Ironic lets go of it where nothing runs on it, or in maintenance as it is."""
        _demand_no_instance(current)
        state = states.rest_of(current)
        steps: list[Step] = []
        if state not in _DELETABLE and not current["maintenance"]:
            known = state in states.VERBS
            way = states.shortest_way(state, "manageable") if known else []
            steps = [states.verb_step(*move) for move in way] if known else [states.maintenance_on("to be deleted")]
        return [*steps, Step("delete", DELETE, wait=Wait(gone))]

    def _aborts(self, run: Context, current: dict) -> bool:
        """Whether a node is to be taken out of what it is busy with, because that leads to another state."""
        if not run.options.get("abort") or self._stays_in_use(run, current):
            return False
        return states.can_abort(current) and run.options.get("provision_state") not in (None, states.rest_of(current))

    def _stops(self, run: Context, current: dict) -> list[str]:
        """The verbs that a node is to be taken through, beside those that lead to its wanted state."""
        inspects = run.options["inspect"] and not states.is_inspected(current)
        if inspects and states.rest_of(current) == "active":
            inspects = False
        return [*(["inspect"] if inspects else []), *(["clean"] if run.options["clean_steps"] else [])]

    def _start(self, run: Context, current: dict) -> str:
        """The state in which the first verb finds a node."""
        return current["provision_state"] if self._aborts(run, current) else states.rest_of(current)

    def _way(self, run: Context, current: dict, start: str, wanted: t.Optional[str]) -> list[tuple[str, str]]:
        """The verbs from a state to the wanted one, each with the state that it leads to."""
        stops = self._stops(run, current)
        if start == "active" and "clean" in stops:
            raise OptionError("clean_steps: the node is active; a cleaning would take what runs on it.")
        wanted = wanted or start
        if stops and wanted not in ("available", "active", "manageable"):
            wanted = "manageable"
        return states.way_through(start, wanted, stops, run.options["adopt"])

    def _provisioning(self, run: Context, current: dict, start: str, desired: dict) -> list[Step]:
        """The verbs from a state to the wanted one, by way of an inspection and a cleaning if they are wanted."""
        way = self._way(run, current, start, desired["provision_state"])
        if any(verb == "deleted" for verb, _following in way):
            _demand_no_instance(current)
        _demand_image(way, current, desired)
        more = {"clean": {"clean_steps": [_clean_step(step) for step in run.options["clean_steps"] or []]}}
        steps = []
        for verb, following in way:
            steps.append(states.verb_step(verb, following, **more.get(verb, {})))
            again = _REWRITTEN.get(verb)
            if again and desired[again] is not None:
                members = _settable(desired[again], run.options["update_password"] == "always")
                patch = differences(f"/{again}", {}, _filled(members))
                patch += _without(f"/{again}", _unwanted(run, members)) if verb == "inspect" else []
                steps += [Step("update", PATCH, body=patch)] if patch else []
        return steps

    def _interrupts_maintenance(self, current: dict, desired: dict, way: list[Step]) -> bool:
        """Whether a maintenance that is to stay has to be left for a while.

        Raises:
            OptionError: it has to be, and nobody said that it may.
        """
        if not current["maintenance"] or not states.needs_service([(step.action, "") for step in way]):
            return False
        if desired["maintenance"] is None:
            reason = current["maintenance_reason"]
            raise OptionError(
                f"provision_state: the node is in maintenance ({reason or 'without a reason'}); "
                f"it cannot take the verbs {', '.join(step.action for step in way)} then.",
                hint="Set maintenance: false.",
            )
        return bool(desired["maintenance"])


# --- options -----------------------------------------------------------------------------------------------------


def _address_in(options: t.Mapping[str, t.Any]) -> t.Optional[str]:
    """The address of the management controller; one of nothing but blanks is none."""
    return ((options.get("ipmi") or {}).get("address") or "").strip() or None


def _in_its_words(ipmi: dict, current: t.Optional[dict]) -> dict:
    """The wanted controller, with its address as the platform writes it already where it is the same."""
    address = _address_in({"ipmi": ipmi})
    if address is None:
        return {name: value for name, value in ipmi.items() if name != "address"}
    present = ((current or {}).get("ipmi") or {}).get("address")
    return {**ipmi, "address": present if canonical.same_host(present, address) else address}


def _check_members(options: t.Mapping[str, t.Any]) -> None:
    """Refuse what no member can be. Asterisks are how the platform shows passwords; written back, they would be one."""
    for name in _DICTIONARIES:
        for key, value in (options.get(name) or {}).items():
            if not str(key).strip():
                raise OptionError(f"{name}: the name of a member is blank.")
            if isinstance(value, list):
                raise OptionError(f"{name}: {key} is a list. The platform takes texts, numbers and dictionaries.")
            if isinstance(value, str) and value and not value.strip("*"):
                raise OptionError(f"{name}: {key} consists of asterisks; that is how the platform hides what it has.")


def _as_texts(members: dict) -> dict:
    """A dictionary as the platform keeps it."""
    return {str(key): as_text(value) for key, value in members.items() if value is not None}


def _clean_step(given: dict) -> dict:
    return {name: value for name, value in given.items() if value is not None}


# --- bodies ------------------------------------------------------------------------------------------------------


def _driver_info(desired: dict) -> dict:
    """The members of driver_info that the options ipmi and driver_info stand for."""
    ipmi = {member: (desired["ipmi"] or {}).get(name) for name, member in _IPMI_MEMBERS.items()}
    given = {**(desired["driver_info"] or {}), **ipmi}
    return {member: value for member, value in given.items() if value is not None}


def _patch(run: Context, current: dict, desired: dict, changes: set[str]) -> list[dict]:
    """The difference as a JSON patch; secrets, which cannot be compared, only where they are set always."""
    always = run.options["update_password"] == "always"
    patch = [
        change(f"/{name}", current[name], desired[name])
        for name in ("name", "driver", "resource_class")
        if name in changes
    ]
    if changes & {"ipmi", "driver_info"}:
        wanted = _driver_info({name: desired[name] if name in changes else None for name in ("ipmi", "driver_info")})
        patch += differences("/driver_info", _driver_info(current), _settable(wanted, always))
    for name in ("properties", "instance_info"):
        if name in changes:
            purged: set[str] = set()
            if run.options.get(f"purge_{name}"):
                purged = set(current[name]) - set(desired[name]) - _PLATFORM_PROPERTIES
            patch += differences(f"/{name}", current[name], _settable(desired[name], always), purged)
    return patch


def _unwanted(run: Context, wanted: dict) -> set[str]:
    """The properties that an inspection may find, and that shall not be there."""
    purged = _FOUND - set(wanted) if run.options["purge_properties"] else set()
    return {*purged, *(key for key, value in wanted.items() if value == "")}


def _without(place: str, keys: t.Iterable[str]) -> list[dict]:
    """Operations after which members are not there, whether they were or not: only what is there can be removed."""
    return [
        operation
        for key in sorted(keys)
        for operation in (
            {"op": "add", "path": member_path(place, key), "value": ""},
            {"op": "remove", "path": member_path(place, key)},
        )
    ]


def _settable(members: dict, always: bool) -> dict:
    return members if always else without_secrets(members)


# --- what a node has ---------------------------------------------------------------------------------------------


def _filled(members: dict, others: t.Iterable[str] = ()) -> dict:
    """The members that have a value, without some others; the platform tells what is not there as an empty text."""
    return {key: value for key, value in members.items() if key not in others and value not in (None, "")}


def _demand_no_instance(node: dict) -> None:
    if node.get("instance_id"):
        raise OptionError(
            f"The bare-metal node {node['name'] or node['id']} runs the instance {node['instance_id']}.",
            hint="Delete the instance first; the platform takes the node back then.",
        )


def _demand_image(way: states.Way, node: dict, desired: dict) -> None:
    """Ironic refuses to deploy or adopt a node of which nobody said what runs on it."""
    verbs = [verb for verb, _following in way]
    kept = {} if "deleted" in verbs else node["instance_info"]
    image = {**kept, **(desired["instance_info"] or {})}.get("image_source")
    if not image and not states.PUTTING_INTO_USE.isdisjoint(verbs):
        raise OptionError("provision_state: image_source is missing in instance_info.", hint=states.NEEDS_IMAGE)


def _gather_ports(run: Context, found: dict) -> dict:
    return {"ports": port.ports_of(run, found["id"], port.WIRES)}


def _gather_port_groups(run: Context, found: dict) -> dict:
    groups = [
        {"id": group.get("uuid"), "name": group.get("name") or None, "address": group.get("address") or None}
        for group in node_port_groups(run, found["id"])
    ]
    return {"port_groups": groups}


_GATHER: dict[str, t.Callable[[Context, dict], dict]] = {"ports": _gather_ports, "port_groups": _gather_port_groups}

BAREMETAL_NODE = BaremetalNode()
