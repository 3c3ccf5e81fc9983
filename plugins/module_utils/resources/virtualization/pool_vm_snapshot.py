# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Snapshots of virtual machines below the cloud (section 1.13 of the reference, items 21 to 24).

They have no id: machine and name say which one is meant. Only CAS lists them. What is done on VMware cannot be seen
there, so that nothing is done unless the user says so, and then in each run.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model import check_memory
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Outcome, Plan, Step, Wait, gone
from ...model.resource import Resource
from .._snapshots import becomes_current, flattened, has_value, is_there, is_to_restore
from ._pool import MACHINE, Pool, machine_of, work_on

_NODE = "{tenant_id}/{compute_node_name}"
_SNAPSHOTS = f"/os/compute/v1/cloudos/vrm/{_NODE}/vm/snapshots"

LIST = Operation("pool-vm-snapshot-list", "GET", f"/os/compute/v1/cloudos/crm/{_NODE}/vmSnapshot/{{vm_id}}")
CREATE = Operation("pool-vm-snapshot-create", "POST", _SNAPSHOTS, answers=False, non_repeatable=True)
RESTORE = Operation("pool-vm-snapshot-restore", "PUT", _SNAPSHOTS, answers=False, non_repeatable=True)
DELETE = Operation("pool-vm-snapshot-delete", "DELETE", f"{_SNAPSHOTS}/{{vm_id}}/{{snapshot_name}}", answers=False)

_TIMEOUT_DIGITS = 11


class PoolVmSnapshot(Resource):
    name = "pool_vm_snapshot"
    plural = "pool_vm_snapshots"
    id_param = "snapshot_name"
    id_field = "name"
    identified_by = ("name",)
    keyed_by: tuple[str, ...] = ("vm_id", "name")
    status_field = "is_current"
    list_operation = LIST
    create_operation = CREATE
    delete_operation = DELETE
    wait_timeout = 600

    fields = (
        option("name", min_length=1, max_length=255, spec={"required": True}),
        option("description", api="desc", updatable=False, max_length=255),
        option("memory", "bool", api="snapMem", updatable=False, create_default=False),
        option("snapshot_timeout", "int", api="snapshotTimeOut", sent_as="str", updatable=False, returned=False),
        computed("vm_id"),
        computed("parent"),
        computed("is_current", "bool", api="isCurr"),
        computed("created", "time", api="creationTime"),
    )
    more_options = {
        **MACHINE,
        "state": {"type": "str", "choices": ["present", "absent", "restored"], "default": "present"},
        "act_unseen": {"type": "bool", "default": False},
        "restore_current": {"type": "bool"},
    }
    more_info_options = MACHINE

    # --- reading

    def describe_identity(self, options: t.Mapping[str, t.Any]) -> str:
        return f"is named {options['name']!r} and of {options['vm']!r}"

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        if not Pool(run).is_cas:
            raise OptionError("platform: VMware does not list the snapshots of its machines. Only CAS does.")
        vm = machine_of(run)
        return self._listed_of(run, vm["id"]) if vm else []

    def _listed_of(self, run: Context, vm_id: str) -> list[Json]:
        listed = [{**raw, "vm_id": vm_id} for raw in flattened(Pool(run).read(LIST, vm_id=vm_id))]
        return check_memory.entries(run, self, listed, vm_id=vm_id)

    def find(self, run: Context) -> Observation:
        """The snapshot of this name. On VMware, where nobody can look, it is what the wanted state makes of it."""
        vm = machine_of(run)
        if vm is None:
            return Observation()
        state, nothing = run.options["state"], Observation(siblings=[vm])
        if not Pool(run).is_cas:
            unseen = self.read({"name": run.options["name"], "vm_id": vm["id"]})
            return nothing.changed(unseen) if state != "present" else nothing
        snapshots = self._listed_of(run, vm["id"])
        found = self._named(run, snapshots)
        if _is_left_alone(run, vm) and state != "absent" and (found is None or state == "restored"):
            return nothing.changed(self._under_way(run, nothing, found))
        if found is None and state == "restored":
            return nothing.changed(self._to_be_seen(run, vm) if work_on(vm) else self._expected(run, vm, snapshots))
        return nothing.changed(found or {})

    def find_again(self, run: Context, before: Observation) -> Observation:
        """On VMware, it is taken for deleted when a deletion was sent."""
        return self.find(run) if Pool(run).is_cas else Observation()

    def work_in_the_way(self, run: Context, plan: Plan) -> t.Optional[tuple[Json, Wait]]:
        """What the machine is busy with."""
        vm = next(iter(plan.before.siblings), None)
        return ({"name": vm["name"]}, Wait(_is_at_rest, read=_machine)) if vm and work_on(vm) else None

    def _under_way(self, run: Context, nothing: Observation, found: t.Optional[Json]) -> Json:
        """What an earlier run may have begun is left alone by one that does not wait."""
        (vm,) = nothing.siblings
        run.warnings.append(
            f"{vm['name']} is {vm['status']}, so nothing was sent. Run the task again for what is left."
        )
        given = {field.name: run.options.get(field.name) for field in self.fields}
        return found or self.predict(run, nothing, {**given, "vm_id": vm["id"]})

    def _to_be_seen(self, run: Context, vm: Json) -> Json:
        """A snapshot that may be listed once the machine is at rest; it is looked for again then."""
        return {**self.read({"name": run.options["name"], "vm_id": vm["id"]}), "is_current": False}

    def _expected(self, run: Context, vm: Json, snapshots: list[Json]) -> Json:
        """What is to be restored has to be there; in check mode an earlier task may be about to make it."""
        name = run.options["name"]
        if not run.check_mode:
            names = ", ".join(str(raw.get("name")) for raw in snapshots) or "none"
            raise OptionError(f"name: {vm['name']} has no snapshot {name!r}.", hint=f"It has: {names}.")
        run.warnings.append(f"name: {vm['name']} has no snapshot {name!r} yet; a real run needs it.")
        return self._to_be_seen(run, vm)

    def fetch(self, run: Context, found: Observation) -> t.Optional[Observation]:
        (vm,) = found.siblings
        seen = self._named(run, self._listed_of(run, vm["id"]))
        return None if seen is None else Observation(seen, siblings=[vm])

    def _named(self, run: Context, snapshots: list[Json]) -> t.Optional[Json]:
        return next((self.read(raw) for raw in snapshots if raw.get("name") == run.options["name"]), None)

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        timeout = run.options["snapshot_timeout"]
        if timeout is not None and not 0 <= timeout < 10**_TIMEOUT_DIGITS:
            raise OptionError(f"snapshot_timeout: {timeout} has to be 0 or more, of {_TIMEOUT_DIGITS} digits at most.")
        if run.options["platform"] != "cas" and not run.options["act_unseen"]:
            raise OptionError(
                "platform: VMware does not list snapshots, so it cannot be checked whether there is anything to do.",
                hint="With act_unseen: true it is done in each run of the task.",
            )

    def desired(self, run: Context, current: Observation) -> Json:
        return {**super().desired(run, current), "vm_id": current.siblings[0]["id"]}

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        return super().changes(run, current, desired) if Pool(run).is_cas else set()

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        return {**after, "is_current": True} if run.options["state"] == "restored" and Pool(run).is_cas else after

    def side_effects(self, run: Context, plan: Plan) -> t.Iterable[check_memory.Effect]:
        """What was taken or restored last is the current one, where the platform lists them."""
        if not Pool(run).is_cas or plan.after is None:
            return ()
        return becomes_current(self, self._listed_of(run, plan.after["vm_id"]), plan)

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        body = {"vmId": desired["vm_id"], **self.body(desired)}
        is_cas = Pool(run).is_cas
        return [Step("create", CREATE, self._params(run), body=body, wait=Wait(is_there) if is_cas else None)]

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        is_cas = Pool(run).is_cas
        (vm,) = current.siblings
        if run.options["state"] != "restored" or _is_left_alone(run, vm):
            return []
        if is_cas and not work_on(vm) and not is_to_restore(run, current):
            return []
        memory = current["memory"] if is_cas else run.options["memory"]
        body = {"vmId": current["vm_id"], "name": current["name"], "snapMem": memory}
        wait = Wait(functools.partial(has_value, "is_current", True)) if is_cas else None
        given = {name: value for name, value in body.items() if value is not None}
        return [Step("restore", RESTORE, self._params(run), body=given, wait=wait)]

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        params = {**self._params(run), "vm_id": current["vm_id"]}
        return [Step("delete", DELETE, params, wait=Wait(gone) if Pool(run).is_cas else None)]

    def _params(self, run: Context) -> Json:
        return {"compute_node_name": run.options["compute_node"]}


def _is_left_alone(run: Context, vm: Json) -> bool:
    """Whether the machine is at work that this run does not wait for."""
    return bool(work_on(vm)) and (run.check_mode or not run.waits)


def _machine(run: Context, _found: t.Optional[Json]) -> t.Optional[Json]:
    """The machine as it is now; what `find` has seen of it is out of date."""
    return machine_of(run)


def _is_at_rest(vm: t.Optional[Json]) -> Outcome:
    return PENDING if vm and work_on(vm) else READY


POOL_VM_SNAPSHOT = PoolVmSnapshot()
