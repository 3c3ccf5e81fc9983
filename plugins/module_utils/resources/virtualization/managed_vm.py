# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Virtual machines of CAS and VMware that the cloud takes over as servers (section 1.13 of the reference, 15 to 17).

A machine that the cloud has is a server of the machine's uuid, which the lists of the platforms return. So the machine
is looked up below the cloud, and the server in it. A server of another project cannot be seen.
"""

from __future__ import annotations

import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.coercion import equal_if_returned
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait
from ...model.resource import Resource
from .. import _instances, _networks, _zones
from ..compute import flavor
from ..images import references as images
from ..infrastructure import hypervisor
from ._pool import MACHINE, Pool, machine_of, one_of

_EXTENSION = "/os/compute/v1/server-ext/{tenant_id}/register"

MANAGE_CAS = Operation("vm-manage-cas", "POST", f"{_EXTENSION}/cas", answers=False, non_repeatable=True)
MANAGE_VMWARE = Operation("vm-manage-vmware", "POST", _EXTENSION, answers=False, non_repeatable=True)
UNMANAGE = Operation(
    "vm-unmanage", "DELETE", "/os/compute/v1/v2/{tenant_id}/cancel-managedVM/{server_id}", answers=False
)

_CAS_ONLY, _VMWARE_ONLY = ("cvk", "srm_group", "config_drive"), ("root_disk",)


class ManagedVm(Resource):
    name = "managed_vm"
    plural = "managed_vms"
    id_param = "server_id"
    identified_by = ("vm",)
    get_operation = _instances.GET
    delete_operation = UNMANAGE
    wrapper = "server"
    list_key = "servers"
    wait_timeout = 600
    conflict_hint = "Another project may have it already, which this one cannot see."

    fields = (
        option("name", updatable=False, min_length=1, max_length=255),
        option("image", api="image/id", reference=images.KIND, updatable=False, required=True),
        option("flavor", api="flavor/id", reference=flavor.KIND, updatable=False, required=True),
        option(
            "ports", "list", updatable=False, returned=False, required=True, max_length=255, spec={"elements": "str"}
        ),
        option(
            "availability_zone",
            api="OS-EXT-AZ:availability_zone",
            updatable=False,
            required=True,
            max_length=255,
            equals=_zones.same_zone,
        ),
        option("alias", api="metadata/alias", updatable=False, equals=equal_if_returned, max_length=255),
        option("config_drive", "bool", updatable=False, returned=False),
        option("cvk", updatable=False, returned=False),
        option("srm_group", updatable=False, returned=False, max_length=36),
        option("root_disk", updatable=False, returned=False),
        computed("id"),
        computed("vm_id"),
        computed("vm_name"),
        computed("cluster_id"),
        computed("host_id"),
        computed("status"),
        computed("vm_state", api="OS-EXT-STS:vm_state"),
        computed("task_state", api="OS-EXT-STS:task_state"),
        computed("fault", api="fault/message"),
        computed("compute_node", api="OS-EXT-SRV-ATTR:host"),
    )
    more_options = MACHINE

    # --- reading

    def describe_identity(self, options: t.Mapping[str, t.Any]) -> str:
        return f"is the virtual machine {options['vm']!r}"

    def find(self, run: Context) -> Observation:
        """The server that the machine is, None if the cloud does not have it."""
        vm = machine_of(run)
        return Observation() if vm is None else self._server_of(run, vm)

    def find_again(self, run: Context, before: Observation) -> Observation:
        (vm,) = before.siblings
        return self._server_of(run, vm)

    def _server_of(self, run: Context, vm: Json) -> Observation:
        if not vm["uuid"]:
            if run.options["state"] == "absent":
                return Observation()
            raise OptionError(f"vm: the platform returns no uuid of {vm['name']}, so the cloud cannot have it.")
        sought = Observation({"id": vm["uuid"]}, siblings=[vm])
        return self.fetch(run, sought) or sought.gone()

    def fetch(self, run: Context, found: Observation) -> t.Optional[Observation]:
        """The server with the place of its machine, which it was found with."""
        seen, (vm,) = super().fetch(run, found), found.siblings
        return seen and seen.changed(_place(vm)).among([vm])

    def seen(self, run: Context, raw: Json) -> t.Optional[Observation]:
        """The server; None for one that is on its way out."""
        return None if _instances.is_going(raw) else super().seen(run, flavor.with_id(run, raw))

    # --- planning

    def bearers_of(self, run: Context, name: str) -> list[Json]:
        return []  # the platform that runs the machines distinguishes them by their ids

    def check(self, run: Context) -> None:
        super().check(run)
        is_cas = run.options["platform"] == "cas"
        for name in _VMWARE_ONLY if is_cas else _CAS_ONLY:
            if run.options[name] is not None:
                raise OptionError(f"{name}: goes with platform: {'vmware' if is_cas else 'cas'} only.")
        ports = run.options["ports"]
        if ports is not None and (not ports or (is_cas and len(ports) > 1)):
            raise OptionError(f"ports: {'CAS takes exactly one' if is_cas else 'at least one is needed'}.")

    def error_reason(self, current: Json) -> t.Optional[str]:
        return _instances.trouble(current)

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        return Wait(_is_there) if _instances.is_busy(current) else None

    def desired(self, run: Context, current: Observation) -> Json:
        desired = super().desired(run, current)
        zone = desired["availability_zone"]
        if zone and not (current and _zones.same_zone(current["availability_zone"], zone)):
            desired["availability_zone"] = _zones.zone_named(run, zone)["zone"]
        return desired

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        if current:
            return after
        (vm,) = current.siblings
        return {**after, "id": vm["uuid"], **_place(vm)}

    def complete_creation(self, run: Context, current: Observation, desired: Json) -> Json:
        (vm,) = current.siblings
        return {**desired, "name": desired["name"] or vm["name"]}

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        (vm,), zone = current.siblings, _zones.zone_named(run, desired["availability_zone"])
        ports = [_networks.port_id(run, port, "ports") for port in desired["ports"]]
        server = {
            "id": vm["uuid"],
            "name": desired["name"],
            "image": desired["image"],
            "flavor": desired["flavor"],
            "alias": desired["alias"],
            "user_name": run.client.user_name,
            "zone_uuid": zone["id"],
        }
        if Pool(run).is_cas:
            node = run.options["compute_node"]
            server |= {
                "vmId": vm["id"],
                "port_id": ports[0],
                "availability_zone": f"{zone['zone']}:{node}:{desired['cvk'] or _cvk(run, node, vm)}",
                "srmGroupName": desired["srm_group"],
                "config_drive": desired["config_drive"],
            }
        else:
            server |= {
                "networks": [{"port": port} for port in ports],
                "availability_zone": zone["zone"],
                "root_disk_uuid": _root_disk(desired["root_disk"], vm),
            }
        body = {"server": {name: value for name, value in server.items() if value is not None}}
        operation = MANAGE_CAS if Pool(run).is_cas else MANAGE_VMWARE
        return [Step("manage", operation, body=body, wait=Wait(_is_there), creates=True)]

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        (step,) = super().delete_steps(run, current)
        return [Step("unmanage", step.operation, wait=step.wait)]


def _place(vm: Json) -> Json:
    """Where the machine is, as members of the server that it is."""
    return {"vm_id": vm["id"], "vm_name": vm["name"], "cluster_id": vm["cluster_id"], "host_id": vm["host_id"]}


def _cvk(run: Context, node: str, vm: Json) -> str:
    """The host of a machine as the compute service calls it: with the address of its CVM behind the name."""
    names = hypervisor.hostnames(run, node)
    found = [name for name in names if name.partition("(")[0] == vm["host_name"]]
    if len(found) == 1:
        return found[0]
    raise OptionError(
        f"cvk: the compute service does not report what it calls the host {vm['host_name']}. Specify it.",
        hint=f"The hosts of {node} are: {', '.join(sorted(names)) or 'none'}.",
    )


def _root_disk(wanted: t.Optional[str], vm: Json) -> t.Optional[str]:
    """The id of the disk that the option names; that of the only disk if it names none."""
    disks = [{"id": disk["uuid"], "name": disk["label"]} for disk in vm["disks"] or []]
    if wanted is not None:
        disk_id: t.Optional[str] = one_of(disks, wanted, "root_disk", "disk")["id"]
        return disk_id
    return disks[0]["id"] if len(disks) == 1 else None


def _is_there(seen: t.Optional[Json]) -> Outcome:
    why = seen and _instances.trouble(seen)
    if why:
        return Failed(why)
    return PENDING if seen is None or _instances.is_busy(seen) else READY


MANAGED_VM = ManagedVm()
