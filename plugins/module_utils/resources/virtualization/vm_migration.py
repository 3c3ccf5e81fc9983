# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Virtual machines of CAS and VMware go to another host or storage (section 1.13 of the reference, item 18).

The path has the prefix of VMware, the example the values of CAS. It is sent as documented, whatever the platform.
Both return the host of a machine, only VMware its datastore.
"""

from __future__ import annotations

import functools
import typing as t

from ...cloud.errors import OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...model.coercion import as_text
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Failed, Outcome, Step, Wait
from ...model.resource import Resource
from ._pool import Pool, chosen, machines_of, one_of, work_on

RELOCATE = Operation(
    "vm-relocate",
    "POST",
    "/os/compute/v1/cloudos/vrm/{tenant_id}/{compute_node_name}/vm/{vm_id}/relocate_vm",
    answers=False,
    non_repeatable=True,
)


_HOST_ONLY, _STORAGE_ONLY, _BOTH = "0", "1", "2"


_RUNNING = ("running", "POWERED_ON")
_STOPPED = ("shutOff", "POWERED_OFF")


class VmMigration(Resource):
    name = "vm"
    plural = "vms"
    id_param = "vm_id"
    status_field = "host_id"
    wait_timeout = 1800

    fields = (
        option("target_host", api="host_id"),
        option("target_storage", api="datastore_id"),
        computed("id"),
        computed("name"),
        computed("title"),
        computed("uuid"),
        computed("cluster_id"),
        computed("host_id"),
        computed("datastore_id"),
        computed("status"),
        computed("power_state"),
    )

    # --- reading

    def find(self, run: Context) -> Observation:
        """The machine. The hosts of its cluster are kept, because it can go to one of them."""
        clusters = chosen(run, Pool(run).clusters())
        vm = one_of(machines_of(run, clusters), run.options["vm"], "vm", "virtual machine")
        return Observation(self.read(vm), vm, [cluster for cluster in clusters if cluster["id"] == vm["cluster_id"]])

    def fetch(self, run: Context, found: Observation) -> t.Optional[Observation]:
        """The machine as the host returns it where it goes; None while it is not there."""
        (cluster,) = found.siblings
        host_id = self._host_id(run, found) or found["host_id"]
        vms = Pool(run).vms({**cluster, "hosts": [{"id": host_id}]}, whole=False)
        return next((Observation(self.read(vm), vm, found.siblings) for vm in vms if vm["id"] == found["id"]), None)

    def _host_id(self, run: Context, found: Observation) -> t.Optional[str]:
        wanted = run.options["target_host"]
        hosts = [host for cluster in found.siblings for host in cluster["hosts"]]
        return one_of(hosts, wanted, "target_host", "host of its cluster")["id"] if wanted is not None else None

    # --- planning

    def check(self, run: Context) -> None:
        options = run.options
        if options["platform"] == "cas" and options["target_host"] is None and options["move_storage"] == "if_known":
            raise OptionError(
                "target_storage: CAS does not report where the storage of a machine is.",
                hint="Specify target_host too, which moves both, or move_storage: always, which moves it in each run.",
            )

    def desired(self, run: Context, current: Observation) -> Json:
        storage = self._storage(run, current)
        ids = {"target_host": self._host_id(run, current), "target_storage": storage["id"] if storage else None}
        return {**ids, "storage": storage}

    def _storage(self, run: Context, current: Observation) -> t.Optional[Json]:
        """The wanted storage, as the host returns it that the machine goes to."""
        wanted = run.options["target_storage"]
        if wanted is None:
            return None
        if wanted == current["datastore_id"] and self._host_id(run, current) in (None, current["host_id"]):
            return {"id": wanted}
        there = Pool(run).storage(self._host_id(run, current) or current["host_id"])
        return one_of(there, wanted, "target_storage", "storage")

    def changes(self, run: Context, current: Json, desired: Json) -> set[str]:
        """Storage that is not returned is moved with the host only, unless it shall always be."""
        changes = super().changes(run, current, desired)
        is_told = current["target_storage"] is not None
        if not is_told and run.options["move_storage"] == "if_known" and "target_host" not in changes:
            changes.discard("target_storage")
        return changes

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        if not changes:
            return []
        if work_on(current):
            run.warnings.append(
                f"{current['name']} is {current['status']}, so nothing was sent. Run the task again for what is left."
            )
            return []
        online = _is_online(run.options["online"], current)
        storage = desired["storage"] if "target_storage" in changes else None
        kind = _BOTH if len(changes) == 2 else _STORAGE_ONLY if storage else _HOST_ONLY
        body = {
            "id": current["id"],
            "domainName": current["name"],
            "title": current["title"] or current["name"],
            "targetHostId": desired["target_host"] or current["host_id"],
            "onlineMigrate": "1" if online else "0",
            "migrateType": kind,
            **_target(run, storage),
            "dstPersist": run.options["persist"],
            "dstSuspend": run.options["suspend"],
        }
        params = {"compute_node_name": run.options["compute_node"]}
        wanted = {name: desired[name] for name in changes}
        return [Step("migrate", RELOCATE, params, body=body, wait=Wait(functools.partial(_has_arrived, wanted)))]

    def pending_wait(self, run: Context, current: Observation) -> t.Optional[Wait]:
        """A machine that an earlier run has set off: where it goes, nobody knows but the platform."""
        if not work_on(current):
            return None
        desired = self.desired(run, current)
        wanted = {name: desired[name] for name in ("target_host", "target_storage") if desired[name] is not None}
        return Wait(functools.partial(_has_settled, wanted), read=functools.partial(self._where, current.siblings))

    def _where(self, clusters: t.Sequence[Json], run: Context, found: t.Optional[Json]) -> t.Optional[Json]:
        vms = machines_of(run, clusters)
        return next((self.read(vm) for vm in vms if found and vm["id"] == found["id"]), None)

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        """What CAS does not return of its storage stays null."""
        after = super().predict(run, current, desired)
        if not Pool(run).is_cas:
            after["datastore_id"] = after["target_storage"]
        if run.options["suspend"] and current and self.changes(run, current, desired):
            after.update(status=None, power_state=None)
        return {**after, "host_id": after["target_host"]}


def _is_online(wanted: t.Optional[bool], current: Json) -> bool:
    """Whether the machine migrates while it runs.

    Raises:
        OptionError: it is wanted otherwise than the platform can do it.
    """
    state = current["power_state"] or current["status"]
    is_running = state in _RUNNING
    if wanted is None:
        return is_running
    if wanted != is_running and state in (*_RUNNING, *_STOPPED):
        raise OptionError(
            f"online: {str(wanted).lower()} does not go with {current['name']}, which is {state}.",
            hint="Leave online out, or start or stop the machine first.",
        )
    return wanted


def _target(run: Context, storage: t.Optional[Json]) -> Json:
    """The platform wants the target storage also of a machine whose storage stays: it is empty then.

    The path of a pool of CAS is its folder, that of a datastore of VMware its name.
    """
    storage = storage or {"id": "", "name": "", "title": None, "path": None}
    return {
        "targetPath": as_text(storage["path"] if Pool(run).is_cas and storage["path"] else storage["name"]),
        "targetPool": storage["name"] if Pool(run).is_cas else storage["id"],
        "targetPoolTitle": storage["title"] or storage["name"],
    }


def _has_arrived(wanted: Json, seen: t.Optional[Json]) -> Outcome:
    """Ready when the machine is where it shall be, as far as the platform reports that."""
    there = seen is not None and all(seen[name] in (None, value) for name, value in wanted.items())
    return READY if there else PENDING


def _has_settled(wanted: Json, seen: t.Optional[Json]) -> Outcome:
    """Ready when a machine that was on its way is where it shall be; failed when it has come to rest elsewhere."""
    if seen is None or work_on(seen):
        return PENDING
    if _has_arrived(wanted, seen) == READY:
        return READY
    return Failed("an earlier migration has ended elsewhere; run the task again")


VM_MIGRATION = VmMigration()
