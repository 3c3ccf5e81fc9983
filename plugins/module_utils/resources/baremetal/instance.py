# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Bare-metal instances: servers that have a node for themselves (section 1.12 of the reference, items 17 and 18).

They are read, renamed, switched and deleted like servers (section 1.9). In networks of tenants each network is wired
to a port of the node; in flat networks the instance configures its network cards itself.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import CloudError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.check_memory import Effect
from ...model.context import Context
from ...model.declaration import Filter
from ...model.description import Description
from ...model.field import option
from ...model.observation import Observation
from ...model.plan import Failed, Outcome, Plan, Step, Wait, gone
from ...model.resource import Resource
from .. import _aliases, _instances, _labels, _networks, _power, _user_data, _zones
from ..compute import flavor, keypair
from ..images import references as images
from . import _ironic
from ._instance_body import create_body, creation_metadata
from ._instance_networks import NETWORK_OPTIONS, by_id, check_networking, is_tenant, wired
from ._instance_place import compute_node_of, demand_free, is_free, runs_on_node, scheduler_patience, zone_of
from ._taken_node import TAKEN_NODE

CREATE_FLAT = Operation("baremetal-instance-create-flat", "POST", _instances.SERVERS)
CREATE_TENANT = Operation("baremetal-instance-create-tenant", "POST", _instances.SERVERS)

_OWN_METADATA = _instances.PLATFORM_METADATA | _instances.BARE_METAL_METADATA | {"h3c_extend_api"}
# Of the members of metadata, those that other options set, and those that make a server.
_NOT_FOR_USERS = _OWN_METADATA | {"accessKey", "cvk", "storageTypeId", "location"}
# What the options node and compute_node say already.
_COMPUTED = tuple(field for field in _instances.COMPUTED if field.name not in ("compute_node", "hypervisor_hostname"))


def _same_node(current: t.Optional[str], wanted: t.Optional[str]) -> bool:
    return current is None or current == wanted


def _not_compared(current: t.Optional[str], wanted: t.Optional[str]) -> bool:
    return True


class BaremetalInstance(Resource):
    name = "baremetal_instance"
    plural = "baremetal_instances"
    noun = "bare-metal instance"
    wrapper = "server"
    list_key = "servers"
    id_param = "server_id"
    list_operation = _instances.LIST
    get_operation = _instances.GET
    create_operation = CREATE_FLAT
    delete_operation = _instances.DELETE
    deleted_at_any_time = True
    lost_with_it = "its disks included"
    renewed = ("addresses",)
    wait_timeout = 3600
    may_have_namesakes = True
    doing_fields = ("task_state",)
    of_project = True
    page_size = 1000
    loops_share_list = True

    fields = (
        option("id"),
        option("name", required=True),
        option("image", api="image/id", reference=images.KIND, updatable=False, required=True),
        option("flavor", api="flavor/id", reference=flavor.KIND, updatable=False, required=True, spec=_aliases.FLAVOR),
        option(
            "networks",
            "list",
            updatable=False,
            returned=False,
            required=True,
            spec={"elements": "dict", "options": NETWORK_OPTIONS},
        ),
        option(
            "interfaces",
            "list",
            updatable=False,
            returned=False,
            spec={"elements": "dict", "options": _user_data.INTERFACE_OPTIONS},
        ),
        option(
            "security_groups",
            "list",
            updatable=False,
            returned=False,
            create_default=("default",),
            max_length=255,
            spec={"elements": "str"},
        ),
        option(
            "availability_zone",
            api="OS-EXT-AZ:availability_zone",
            updatable=False,
            equals=_zones.same_zone,
            max_length=255,
        ),
        option("compute_node", api="OS-EXT-SRV-ATTR:host", updatable=False, equals=_not_compared),
        option(
            "node",
            api="OS-EXT-SRV-ATTR:hypervisor_hostname",
            reference=_ironic.NODE_KIND,
            updatable=False,
            equals=_same_node,
        ),
        option(
            "managed_node",
            "bool",
            api="metadata/do_manage",
            updatable=False,
            platform_default=False,
            equals=_instances.same_flag,
        ),
        option("key_name", reference=keypair.KIND, updatable=False),
        option("admin_password", api="adminPass", secret=True, updatable=False, max_length=255),
        option("user_data", secret=True, updatable=False, returned=False, spec=_aliases.USER_DATA),
        option("user_data_base64", secret=True, updatable=False, returned=False),
        option("gpu_monitoring", "bool", updatable=False, returned=False),
        option("alias", api="metadata/alias", updatable=False),
        option("description", api="metadata/description", updatable=False),
        option("metadata", "dict", updatable=False, protected_keys=_OWN_METADATA, spec=_aliases.METADATA),
        option("power_state", platform_default="running", spec={"choices": ["running", "stopped"]}),
        *_COMPUTED,
    )
    filters = {
        "image": Filter("image", reference=images.KIND),
        "flavor": Filter("flavor", reference=flavor.KIND),
        "status": Filter("status"),
        "host": Filter("host"),
        "changes_since": Filter("changes-since"),
    }
    more_options = {
        "interfaces_program": {"type": "str", "default": "C:/test.ps1"},
        "use_image_password": {"type": "bool", "no_log": False},
        "purge_metadata": {"type": "bool", "default": False},
        "reboot": {"type": "str", "choices": ["soft", "hard"]},
    }
    constraints = {
        "mutually_exclusive": [
            ("admin_password", "key_name", "use_image_password"),
            ("interfaces", "user_data", "user_data_base64"),
        ]
    }

    # --- reading

    def read(self, raw: Json) -> Json:
        found = _instances.read_instance(super().read(raw))
        found["power_state"] = _power.state_of(raw, found["status"])
        if found["metadata"] is not None:  # the mark of a managed node is optional there
            found["managed_node"] = bool(found["managed_node"])
        return found

    def query_for(self, run: Context, query: t.Optional[Json]) -> Json:
        return {**(query or {}), **_instances.search_query(run)}

    def chosen(self, run: Context, query: t.Optional[Json], entries: list[Json]) -> list[Json]:
        return [flavor.with_id(run, raw) for raw in _instances.of_kind(self, run, entries)]

    def find(self, run: Context) -> Observation:
        """One that is being deleted is as good as gone where it shall be, by its id as by its name."""
        found = super().find(run)
        is_going = bool(found) and found["task_state"] == "deleting"
        return found.gone() if is_going and run.options.get("state") == "absent" else found

    def seen(self, run: Context, raw: Json) -> t.Optional[Observation]:
        return None if _instances.is_gone(raw) else super().seen(run, flavor.with_id(run, raw))

    def belongs(self, found: Json) -> bool:
        return _instances.is_bare_metal(found)

    # --- describing

    def describe(self, run: Context, raw: Json, found: Json) -> Description:
        description = _instances.describe(run, raw, found, super().describe(run, raw, found), _networks.described)
        description.options.pop("compute_node", None)  # that of the node
        description.gaps["networks"] = "the platform does not report how they are wired to ports of the node"
        return description

    # --- planning

    def check(self, run: Context) -> None:
        options = run.options
        if options.get("state") == "absent":
            return
        super().check(run)
        _instances.check_names(run, description=255)
        _instances.check_metadata(run, _NOT_FOR_USERS)
        check_networking(options)
        _instances.check_base64("user_data_base64", options.get("user_data_base64"))
        if options.get("interfaces") is not None:
            _user_data.check_interfaces(options["interfaces"], options["interfaces_program"])

    def error_reason(self, current: Json) -> t.Optional[str]:
        return _instances.trouble(current)

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        if desired["metadata"] is not None:
            desired["metadata"] = _labels.texts(desired["metadata"])
        zone_name = desired["availability_zone"]
        if zone_name and zone_name != current.get("availability_zone"):
            desired["availability_zone"] = _zones.zone_named(run, zone_name)["zone"]
        if desired["node"] and run.options["node"] != current.get("node"):
            self._check_node(run, current, desired)
        return desired

    def _check_node(self, run: Context, current: t.Optional[Json], desired: Json) -> None:
        """The node itself knows its instance best; one for a new instance has to be free."""
        if current:
            entry = run.lookup(_ironic.NODE_KIND, run.options["node"], "node") or {}
            if entry.get("instance_uuid") == current["id"]:
                desired["node"] = current["node"]
            if desired["node"] == current["node"] or not run.options["replace"]:
                return
        elif self.missing(run, desired):
            return  # which is refused first, in check mode as in the run
        if not run.options["managed_node"]:
            demand_free(run)

    def missing(self, run: Context, desired: Json) -> list[str]:
        missing = super().missing(run, desired)
        if not desired.get("node") and (is_tenant(desired) or run.options.get("compute_node")):
            missing.append("node")
        return missing

    def complete_creation(self, run: Context, current: Observation, desired: Json) -> Json:
        networks = by_id(run, desired["networks"])
        if is_tenant(desired):
            networks = wired(run, {**desired, "networks": networks})
        place = {"compute_node": compute_node_of(run, desired), "zone": zone_of(run, desired)}
        return {**desired, **place, "networks": networks}

    def initial_values(self, run: Context) -> Json:
        return {**super().initial_values(run), **_instances.default_alias(run)}

    def taken_over(self, run: Context, current: Observation) -> Json:
        managed = {"managed_node": current["managed_node"] or None}  # off may be a mark that was never sent
        return {**super().taken_over(run, current), **_instances.reported_beside(run, current), **managed}

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        changes = super().changes(run, current, desired) - {"power_state"}
        if _power.differs(current, desired["power_state"]):
            changes.add("power_state")
        return changes

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        _power.foretell(run, after, new=not current, changes="power_state" in desired)
        if not current:
            after["addresses"] = {}  # which ones, the platform says
            after["managed_node"] = bool(after["managed_node"])
            after["availability_zone"] = desired["zone"]["zone"]
            after["metadata"] = creation_metadata(run, desired)
        return after

    def side_effects(self, run: Context, plan: Plan) -> t.Iterator[Effect]:
        """A node is taken by its instance, and is free again without it."""
        left, taken = ((side or {}).get("node") for side in (plan.before, plan.after))
        if "delete" in plan.actions and left:
            yield TAKEN_NODE, left, {"instance_id": None, "provision_state": "available"}
        if "create" in plan.actions and taken:
            own_id = (plan.after or {})["id"]
            yield TAKEN_NODE, taken, {"instance_id": own_id, "provision_state": "active"}

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        return Wait(functools.partial(_instances.settles, ())) if _instances.is_busy(current) else None

    # --- steps

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        operation = CREATE_TENANT if is_tenant(desired) else CREATE_FLAT
        runs = functools.partial(runs_on_node, scheduler_patience(run, current, desired))
        create = _instances.creation(operation, create_body(run, desired), runs)
        return [create, *_power.steps(self.noun, "running", desired.get("power_state") or "running")]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        steps = []
        if "name" in changes:
            steps.append(Step("rename", _instances.RENAME, body={"server": {"name": desired["name"]}}))
        if "power_state" in changes:
            steps += _power.steps(self.noun, _power.after_work(current), desired["power_state"])
        how = run.options["reboot"]
        if how and not _power.boots(steps) and not _power.is_rebooting(current, how):
            steps.append(_power.reboot(self.noun, how, desired["power_state"] or _power.after_work(current)))
        return steps

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        """An instance that is replaced needs its node again, which is cleaned first."""
        wait = Wait(gone)
        if run.options.get("state") == "present" and current["node"]:
            wait = Wait(_left, read=_instance_or_node)
        return [Step("delete", self.delete_operation, wait=wait)]


# --- what to wait for --------------------------------------------------------------------------------------------


def _instance_or_node(run: Context, found: t.Optional[Json]) -> t.Optional[Json]:
    """A deleted instance as long as there is one, then its node as long as that takes no other.

    In which state a node that was taken over rests is not known, so for that one it is enough that it rests.
    """
    seen = BAREMETAL_INSTANCE.fetch(run, Observation.of(found))
    if seen or not found:
        return seen
    try:
        node = run.client.call(_ironic.NODE_GET, {"baremetalId": found["node"]})
    except CloudError as error:
        if error.status == 404:
            return None
        raise
    left = found["managed_node"] and not node.get("instance_uuid") and not node.get("target_provision_state")
    return None if left or is_free(node) else {"status": f"gone, its node {node.get('provision_state')}", "node": node}


def _left(seen: t.Optional[Json]) -> Outcome:
    """Ready when a deleted instance has left its node, and the node can take another."""
    node = (seen or {}).get("node")
    if isinstance(node, dict) and str(node.get("provision_state")) in ("clean failed", "error"):
        return Failed(f"its node could not be cleaned: {node.get('last_error') or node['provision_state']}")
    return gone(seen)


BAREMETAL_INSTANCE = BaremetalInstance()
