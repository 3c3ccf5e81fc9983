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

from ...cloud.errors import CloudError, OptionError
from ...cloud.operation import Operation
from ...cloud.placeholders import TO_BE_CREATED, is_to_be_created
from ...model import canonical
from ...model.coercion import as_text
from ...model.context import Context
from ...model.field import option
from ...model.plan import Failed, Outcome, Plan, Step, Wait, gone
from ...model.resource import Description, Filter, Resource
from .. import _instances, _power, _user_data
from ..compute import flavor, keypair
from ..images import image
from ..infrastructure import hypervisor
from . import _ironic, node

CREATE_FLAT = Operation("baremetal-instance-create-flat", "POST", _instances.SERVERS)
CREATE_TENANT = Operation("baremetal-instance-create-tenant", "POST", _instances.SERVERS)

_OWN_METADATA = _instances.PLATFORM_METADATA | _instances.BARE_METAL_METADATA | {"h3c_extend_api"}
# Of the members of metadata, those that other options set, and those that make a server.
_NOT_FOR_USERS = _OWN_METADATA | {"accessKey", "cvk", "storageTypeId", "location"}

_NETWORK_OPTIONS = {
    "id": {"type": "str", "required": True},
    "fixed_ip": {"type": "str"},
    "port": {"type": "str"},
    "gateway": {"type": "bool"},
}
# What the options node and compute_node tell already.
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
    wait_timeout = 3600
    may_have_namesakes = True
    doing_fields = ("task_state",)
    of_project = True
    page_size = 1000

    fields = (
        option("id"),
        option("name", required=True),
        option("image", api="image/id", reference=image.KIND, updatable=False, required=True),
        option("flavor", api="flavor/id", reference=flavor.KIND, updatable=False, required=True),
        option(
            "networks",
            "list",
            updatable=False,
            returned=False,
            required=True,
            spec={"elements": "dict", "options": _NETWORK_OPTIONS},
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
            equals=_instances.same_zone,
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
        option("gpu_monitoring", "bool", updatable=False, returned=False),
        option("alias", api="metadata/alias", updatable=False),
        option("description", api="metadata/description", updatable=False),
        option("metadata", "dict", updatable=False, protected_keys=_OWN_METADATA),
        option("power_state", platform_default="running", spec={"choices": ["running", "stopped"]}),
        *_COMPUTED,
    )
    filters = {
        "image": Filter("image", reference=image.KIND),
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
    constraints = {"mutually_exclusive": [("admin_password", "key_name", "use_image_password")]}

    # --- reading

    def read(self, raw: dict) -> dict:
        found = _instances.read_instance(super().read(raw))
        found["power_state"] = _power.state_of(raw, found["status"])
        if found["metadata"] is not None:  # the mark of a managed node is optional there
            found["managed_node"] = bool(found["managed_node"])
        return found

    def search(self, run: Context, query: t.Optional[dict] = None) -> list[dict]:
        found = super().search(run, {**(query or {}), **_instances.search_query(run)})
        return [flavor.with_id(run, raw) for raw in _instances.of_kind(self, run, found)]

    def find(self, run: Context) -> t.Optional[dict]:
        """One that is being deleted is as good as gone where it shall be, by its id as by its name."""
        found = super().find(run)
        is_going = found is not None and found["task_state"] == "deleting"
        return None if is_going and run.options.get("state") == "absent" else found

    def seen(self, run: Context, raw: dict) -> t.Optional[dict]:
        return None if _instances.is_gone(raw) else super().seen(run, flavor.with_id(run, raw))

    def belongs(self, found: dict) -> bool:
        return _instances.is_bare_metal(found)

    # --- describing

    def describe(self, run: Context, raw: dict, found: dict) -> Description:
        description = _instances.describe(run, raw, found, super().describe(run, raw, found))
        description.options.pop("compute_node", None)  # that of the node
        description.gaps["networks"] = "the platform does not tell how they are wired to ports of the node"
        return description

    # --- planning

    def check(self, run: Context) -> None:
        options = run.options
        if options.get("state") == "absent":
            return
        super().check(run)
        _instances.check_names(run, description=255)
        _instances.check_metadata(run, _NOT_FOR_USERS)
        _check_networking(options)
        if options.get("interfaces") is not None:
            _user_data.check_interfaces(options["interfaces"], options["interfaces_program"])

    def error_reason(self, current: dict) -> t.Optional[str]:
        return _instances.trouble(current)

    def desired(self, run: Context, current: t.Optional[dict]) -> dict:
        desired = super().desired(run, current)
        if desired["metadata"] is not None:
            desired["metadata"] = _instances.metadata_texts(desired["metadata"])
        zone_name = desired["availability_zone"]
        if zone_name and zone_name != (current or {}).get("availability_zone"):
            desired["availability_zone"] = _instances.zone_named(run, zone_name)["zone"]
        if desired["node"] and run.options["node"] != (current or {}).get("node"):
            self._check_node(run, current, desired)
        return desired

    def _check_node(self, run: Context, current: t.Optional[dict], desired: dict) -> None:
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
            _demand_free(run)

    def missing(self, run: Context, desired: dict) -> list[str]:
        missing = super().missing(run, desired)
        if not desired.get("node") and (_is_tenant(desired) or run.options.get("compute_node")):
            missing.append("node")
        return missing

    def initial_values(self, run: Context) -> dict:
        return {**super().initial_values(run), **_instances.default_alias(run)}

    def taken_over(self, run: Context, current: dict) -> dict:
        managed = {"managed_node": current["managed_node"] or None}  # off may be a mark that was never sent
        return {**super().taken_over(run, current), **_instances.reported_beside(run, current), **managed}

    def changes(self, run: Context, current: dict, desired: dict) -> set[str]:
        changes = super().changes(run, current, desired) - {"power_state"}
        if _power.differs(current, desired["power_state"]):
            changes.add("power_state")
        return changes

    def predict(self, run: Context, current: t.Optional[dict], desired: dict) -> dict:
        after = super().predict(run, current, desired)
        _power.foretell(run, after, new=current is None, changes="power_state" in desired)
        if current is None:
            after["addresses"] = {}  # which ones, the platform says
            after["managed_node"] = bool(after["managed_node"])
            chosen = _zone_of(run, desired)
            after["availability_zone"] = chosen["zone"]
            after["metadata"] = _metadata(run, desired, chosen["id"])
        return after

    def side_effects(self, run: Context, plan: Plan) -> t.Iterator[tuple[Resource, t.Optional[str], t.Optional[dict]]]:
        """A node is taken by its instance, and is free again without it."""
        left, taken = ((side or {}).get("node") for side in (plan.before, plan.after))
        if "delete" in plan.actions and left:
            yield node.BAREMETAL_NODE, left, {"instance_id": None, "provision_state": "available"}
        if "create" in plan.actions and taken:
            own_id = plan.after["id"]
            yield node.BAREMETAL_NODE, taken, {"instance_id": own_id, "provision_state": "active"}

    def pending_wait(self, run: Context, current: dict) -> t.Optional[Wait]:
        return Wait(functools.partial(_instances.settles, ())) if _instances.is_busy(current) else None

    # --- steps

    def create_steps(self, run: Context, desired: dict) -> list[Step]:
        """What has to be looked up for the body becomes part of the wanted state, so it is looked up once."""
        desired["compute_node"] = _compute_node_of(run, desired)
        if _is_tenant(desired):
            desired["networks"] = _wired(run, desired)
        operation = CREATE_TENANT if _is_tenant(desired) else CREATE_FLAT
        wait = Wait(functools.partial(_instances.rests_in, ("ACTIVE",)))
        create = Step("create", operation, body=_create_body(run, desired), wait=wait, creates=True)
        return [create, *_power.steps(self.noun, "running", desired.get("power_state") or "running")]

    def update_steps(self, run: Context, current: dict, desired: dict, changes: set[str]) -> list[Step]:
        steps = []
        if "name" in changes:
            steps.append(Step("rename", _instances.RENAME, body={"server": {"name": desired["name"]}}))
        if "power_state" in changes:
            steps += _power.steps(self.noun, _power.after_work(current), desired["power_state"])
        how = run.options["reboot"]
        if how and not _power.boots(steps) and not _power.is_rebooting(current, how):
            steps.append(_power.reboot(self.noun, how, desired["power_state"] or _power.after_work(current)))
        return steps

    def delete_steps(self, run: Context, current: dict) -> list[Step]:
        """An instance that is replaced needs its node again, which is cleaned first."""
        wait = Wait(gone)
        if run.options.get("state") == "present" and current["node"]:
            wait = Wait(_left, read=_instance_or_node)
        return [Step("delete", self.delete_operation, wait=wait)]


# --- how it is connected -----------------------------------------------------------------------------------------


def _is_tenant(options: t.Mapping[str, t.Any]) -> bool:
    """Whether its networks are those of tenants: they are wired to ports of the node."""
    return any(network.get("port") for network in options.get("networks") or [])


def _check_networking(options: t.Mapping[str, t.Any]) -> None:
    """Refuse what mixes the two kinds of networks."""
    networks = options.get("networks") or []
    if options.get("networks") == []:
        raise OptionError("networks: an instance needs at least one.")
    if not _is_tenant(options):
        if any(network.get("gateway") is not None for network in networks):
            raise OptionError(
                "networks: gateway is for networks of tenants, where each network has a port.",
                hint="In a flat network, the gateway is a matter of interfaces.",
            )
        return
    without = [network["id"] for network in networks if not network.get("port")]
    if without:
        raise OptionError(f"networks: where one network has a port, all need one; it is missing for {without[0]}.")
    if options.get("interfaces") is not None:
        raise OptionError(
            "interfaces: they are for flat networks; a network with a port is configured by the platform."
        )
    gateways = [network["id"] for network in networks if network.get("gateway")]
    if len(gateways) > 1:
        raise OptionError(f"networks: only one of them can be the gateway, not {', '.join(gateways)}.")


def _gateway(networks: t.Sequence[dict]) -> t.Optional[str]:
    """The id of the network that is the gateway: the first one, unless the options say anything else."""
    if all(network.get("gateway") is None for network in networks):
        return networks[0]["id"]
    return next((network["id"] for network in networks if network.get("gateway")), None)


def _wired(run: Context, desired: dict) -> list[dict]:
    """The networks of a tenant as they are sent: each says whether it is the gateway, ports are ids."""
    networks, node_id = desired["networks"], desired["node"]
    gateway = _gateway(networks)
    ports = _ironic.node_ports(run, node_id)
    ids = {network["port"]: _port_id(ports, network["port"]) for network in networks}
    if None in ids.values():
        groups = _ironic.node_port_groups(run, node_id)
        ids = {port: id or _group_id(groups, port) for port, id in ids.items()}
    for port, id in ids.items():
        if id is None:
            _missing_port(run, port, ports)
    return [
        {**network, "gateway": network["id"] == gateway, "port": ids[network["port"]] or TO_BE_CREATED}
        for network in networks
    ]


def _port_id(ports: list[dict], wanted: str) -> t.Optional[str]:
    """The id of a port that is given by its id or its MAC address."""
    by_address = [port for port in ports if canonical.mac(wanted) and canonical.same_mac(port["address"], wanted)]
    return next((port["uuid"] for port in [*(p for p in ports if p["uuid"] == wanted), *by_address]), None)


def _group_id(groups: list[dict], wanted: str) -> t.Optional[str]:
    """The id of a port group that is given by its id or its name."""
    return next((group["uuid"] for group in groups if wanted in (group["uuid"], group.get("name"))), None)


def _missing_port(run: Context, wanted: str, ports: list[dict]) -> None:
    problem = f"networks: the node has no port or port group {wanted!r}"
    if run.check_mode:
        run.warnings.append(f"{problem} yet; a real run needs it.")
        return
    addresses = ", ".join(sorted(str(port["address"]) for port in ports)) or "none"
    raise OptionError(f"{problem}.", hint=f"The MAC addresses of its ports: {addresses}.")


# --- where it goes -----------------------------------------------------------------------------------------------


def _is_free(entry: dict) -> bool:
    return (
        entry.get("provision_state") == "available" and not entry.get("instance_uuid") and not entry.get("maintenance")
    )


def _demand_free(run: Context) -> None:
    """Refuse a node that takes no instance now: the platform would take the request and fail."""
    for _look in range(2):
        entry = run.lookup(_ironic.NODE_KIND, run.options["node"], "node")
        if entry is None or _is_free(entry):
            return
        run.client.lookups.pop(_ironic.NODE_KIND.noun)  # an earlier item of a loop may have read it
    state = f"its provision state is {entry.get('provision_state')}"
    if entry.get("instance_uuid"):
        state = f"it has the instance {entry['instance_uuid']}"
    elif entry.get("maintenance"):
        state = "it is in maintenance"
    problem = f"node: {run.options['node']!r} takes no instance now; {state}."
    if not run.check_mode:
        raise OptionError(problem, hint="It has to be available, without an instance, and not in maintenance.")
    run.warnings.append(f"{problem} A real run needs it to be available.")


def _is_bare_metal_zone(entry: dict) -> bool:
    return str(entry.get("virtType") or "").casefold() == "baremetal"


def _zone_of(run: Context, desired: dict) -> dict:
    """The zone of a new instance: the one that is named, else the only one for bare metal."""
    if desired.get("availability_zone"):
        return _instances.zone_named(run, desired["availability_zone"])
    return _instances.only_zone(run, BAREMETAL_INSTANCE.noun, _is_bare_metal_zone)


def _compute_node_of(run: Context, desired: dict) -> t.Optional[str]:
    """The compute node that serves the node, None where any node will do."""
    node_id = desired.get("node")
    if run.options["compute_node"] or not node_id:
        return run.options["compute_node"]
    serving = hypervisor.compute_nodes(run, node_id) if not is_to_be_created(node_id) else []
    if len(serving) == 1:
        return serving[0]
    problem = "compute_node: the platform does not tell which compute node serves the node"
    if not run.check_mode:
        raise OptionError(
            f"{problem} {node_id}.", hint="Give it. A node that has just become available is told some time later."
        )
    run.warnings.append(f"{problem} yet; a real run needs it.")
    return TO_BE_CREATED


# --- the body of a new instance ----------------------------------------------------------------------------------


def _create_body(run: Context, desired: dict) -> dict:
    chosen = _zone_of(run, desired)
    server = {
        "name": desired["name"],
        "imageRef": desired["image"],
        "flavorRef": desired["flavor"],
        "networks": [_instances.network_member(network) for network in desired["networks"]],
        "security_groups": [{"name": name} for name in desired["security_groups"]],
        "availability_zone": _place(chosen, desired),
        "key_name": desired.get("key_name"),
        "adminPass": desired.get("admin_password"),
        "user_data": _instances.encoded(run, _first_boot_data(run, desired)),
        "metadata": {**_metadata(run, desired, chosen["id"]), **_monitoring(run, desired)},
        "config_drive": True,
    }
    return {"server": {name: value for name, value in server.items() if value is not None}}


def _place(chosen: dict, desired: dict) -> t.Optional[str]:
    """zone:compute node:node; without a certain node, the zone in the metadata is all that is told."""
    if not desired.get("node"):
        return None
    if not chosen["zone"]:
        raise OptionError("availability_zone: a new bare-metal instance on a certain node needs it.")
    return f"{chosen['zone']}:{desired['compute_node']}:{desired['node']}"


def _first_boot_data(run: Context, desired: dict) -> t.Optional[str]:
    if _is_tenant(desired):
        password = desired.get("admin_password")
        if not password:
            return None
        run.client.redactor.add(_user_data.yaml_text(password))
        return _user_data.for_tenant(password)
    interfaces = desired.get("interfaces")
    return _user_data.for_flat(interfaces, run.options["interfaces_program"]) if interfaces else None


def _metadata(run: Context, desired: dict, zone_id: t.Optional[str]) -> dict:
    managed = desired.get("managed_node")
    platform = {
        **_instances.platform_metadata(run, desired, zone_id),
        "extraType": "BareMetal",
        "do_manage": None if managed is None else as_text(managed),
    }
    if _is_tenant(desired):
        networks = desired["networks"]
        platform["h3c_extend_api"] = "true"
        platform["node_port_map"] = ",".join(f"{network['id']}:{network['port']}" for network in networks)
        platform["force_gw_network"] = next((network["id"] for network in networks if network["gateway"]), None)
    given = {name: value for name, value in platform.items() if value is not None}
    return {**(desired.get("metadata") or {}), **given}


def _monitoring(run: Context, desired: dict) -> dict:
    """The key with which an instance may report on its graphics cards. It is a secret of the platform."""
    if not desired.get("gpu_monitoring"):
        return {}
    key = (run.client.call(_ironic.ACCESS_KEY) or {}).get("accessKey")
    if not key:
        raise CloudError("gpu_monitoring: the platform has no key for it.", operation=_ironic.ACCESS_KEY.id)
    run.client.redactor.add(key)
    return {"accessKey": key}


# --- what to wait for --------------------------------------------------------------------------------------------


def _instance_or_node(run: Context, found: t.Optional[dict]) -> t.Optional[dict]:
    """A deleted instance as long as there is one, then its node as long as that takes no other.

    In which state a node that was taken over rests is not known, so for that one it is enough that it rests.
    """
    seen = BAREMETAL_INSTANCE.fetch(run, found)
    if seen or not found:
        return seen
    try:
        node = run.client.call(_ironic.NODE_GET, {"baremetalId": found["node"]})
    except CloudError as error:
        if error.status == 404:
            return None
        raise
    left = found["managed_node"] and not node.get("instance_uuid") and not node.get("target_provision_state")
    return None if left or _is_free(node) else {"status": f"gone, its node {node.get('provision_state')}", "node": node}


def _left(seen: t.Optional[dict]) -> Outcome:
    """Ready when a deleted instance has left its node, and the node can take another."""
    node = (seen or {}).get("node")
    if isinstance(node, dict) and str(node.get("provision_state")) in ("clean failed", "error"):
        return Failed(f"its node could not be cleaned: {node.get('last_error') or node['provision_state']}")
    return gone(seen)


BAREMETAL_INSTANCE = BaremetalInstance()
