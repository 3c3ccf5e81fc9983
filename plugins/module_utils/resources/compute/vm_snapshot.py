# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Whole-VM snapshots of a server (section 1.10 of the reference, items 6 to 12).

They have no id: server and name say which one is meant. The list is a tree, and only the list shows what exists,
because the platform answers 400 and 500 where others say 404.
"""

from __future__ import annotations

import functools
import re
import typing as t

from ...cloud.errors import CloudError, OptionError
from ...cloud.json_types import Json
from ...cloud.operation import Operation
from ...cloud.placeholders import is_to_be_created
from ...cloud.responses import unwrap
from ...cloud.tokens import looks_like_id
from ...model import check_memory
from ...model.coercion import coerce, equal_if_returned
from ...model.context import Context
from ...model.field import computed, option
from ...model.observation import Observation
from ...model.plan import PENDING, READY, Outcome, Plan, Step, Wait
from ...model.resource import Resource
from .. import _instances
from .._snapshots import becomes_current, flattened, has_value, is_there, is_to_restore

# The reference leaves out the gateway's prefix; only the example of the list shows it.
_SNAPSHOTS = "/os/compute/v1/cloudos/virtual/snapshot"
_SNAPSHOT = f"{_SNAPSHOTS}/{{server_uuid}}"

LIST = Operation("vm-snapshot-list", "GET", _SNAPSHOT)
CREATE = Operation("vm-snapshot-create", "POST", _SNAPSHOT)
UPDATE = Operation("vm-snapshot-update", "PUT", _SNAPSHOT, answers=False)
DELETE = Operation("vm-snapshot-delete", "DELETE", _SNAPSHOT, answers=False)
# It is spelled like the harmless resuming of a server, and throws away what the server has become since.
RESTORE = Operation(
    "vm-snapshot-restore", "PUT", f"{_SNAPSHOTS}/resume/{{server_uuid}}", answers=False, non_repeatable=True
)
COUNT_LIMIT = Operation("vm-snapshot-count-limit", "GET", f"{_SNAPSHOTS}/count-limit/{{server_uuid}}")
CHECK_NAME = Operation("vm-snapshot-check-name", "GET", f"{_SNAPSHOTS}/checkName/{{server_uuid}}", answers=False)

# What a server says that it is busy with while a whole-VM snapshot is made or restored; those of images are others.
_OWN_WORK = re.compile(r"(?!image)(?=.*(snapshot|restor|resum|revert))", re.IGNORECASE)

_MODES = {"internal": "1", "external": "2"}


class VmSnapshot(Resource):
    name = "vm_snapshot"
    plural = "vm_snapshots"
    id_param = "server_uuid"
    id_field = "server_id"
    identified_by = ("name",)
    status_field = "is_current"
    list_operation = LIST
    create_operation = CREATE
    delete_operation = DELETE
    wraps_body = False
    wait_timeout = 600
    not_found_statuses = frozenset({400, 404, 500})
    keyed_by: tuple[str, ...] = ("server_id", "name")

    fields = (
        option("name", spec={"required": True}),
        option("description", api="desc"),
        # Both are returned of the snapshots at the root of the tree only.
        option(
            "memory",
            "bool",
            api="snapMem",
            sent_as="str",
            updatable=False,
            create_default=False,
            equals=equal_if_returned,
        ),
        option(
            "mode",
            api="snapshotMode",
            updatable=False,
            enum=_MODES,
            equals=equal_if_returned,
            spec={"choices": list(_MODES)},
        ),
        computed("server_id", api=("server_id", "uuid")),
        computed("parent"),
        computed("is_current", "bool", api="isCurr"),
        computed("without_stop", "bool", api="noStopVirtSnapMem"),
        computed("created", "time", api="creationTime"),
    )
    more_options = {
        "state": {"type": "str", "choices": ["present", "absent", "restored"], "default": "present"},
        "server": {"type": "str", "required": True},
        "new_name": {"type": "str"},
        "restore_current": {"type": "bool"},
    }
    more_info_options = {"server": {"type": "str", "required": True}}

    # --- reading

    def search(self, run: Context, query: t.Optional[Json] = None) -> list[Json]:
        server_id = _server_id(run)
        tree = _ask_for_list(run, server_id)
        listed = [{**raw, "server_id": server_id} for raw in flattened(tree)]
        return check_memory.entries(run, self, listed, server_id=server_id)

    def find(self, run: Context) -> Observation:
        """The snapshot that already has its new name, else the one that has the old one."""
        if run.options["state"] == "absent" and not _server_exists(run):
            return Observation()
        found = self._found(run)
        if _waits_first(run) or not self._acts(run, found):
            return found
        work = self._work(run, found)
        return self._under_way(run, found, work) if work and _OWN_WORK.match(work) else found

    def _work(self, run: Context, found: Observation) -> t.Optional[str]:
        """What the platform is doing, so that an earlier run may have begun what this one wants; None for nothing."""
        task = coerce((_server(run) or {}).get("OS-EXT-STS:task_state"), "str")
        if task or found or _is_free(run, _server_id(run), _final_name(run)):
            return str(task) if task else None
        return f"a snapshot of the name {_final_name(run)!r} is not listed yet"

    def work_in_the_way(self, run: Context, plan: Plan) -> t.Optional[tuple[Json, Wait]]:
        """What the server is busy with, where a snapshot has to be made or restored."""
        if not self._acts(run, plan.before) or not self._work(run, plan.before):
            return None
        server = {"name": run.options["name"], "server_id": _server_id(run)}
        return server, Wait(_is_over, read=self._look_at_work)

    def _look_at_work(self, run: Context, _server: t.Optional[Json]) -> Json:
        return {"work": self._work(run, self._found(run))}

    def _acts(self, run: Context, found: Observation) -> bool:
        """Whether a snapshot has to be made or restored, so that it matters what the server is busy with."""
        if run.options["state"] == "absent" or is_to_be_created(_server_id(run)):
            return False
        return not found or (run.options["state"] == "restored" and not found["is_current"])

    def _under_way(self, run: Context, found: Observation, task: str) -> Observation:
        """What an earlier run has begun is taken for done by one that does not wait."""
        run.warnings.append(
            f"The platform is at work ({task}), so nothing was sent. Run the task again for what is left."
        )
        found = found.among({**raw, "task": task} for raw in found.siblings)
        given = {field.name: run.options.get(field.name) for field in self.fields}
        wanted = {**given, "name": _final_name(run), "server_id": _server_id(run)}
        return found or found.changed(self.predict(run, found, wanted))

    def _found(self, run: Context) -> Observation:
        listed = self.search(run)
        old, new = run.options["name"], _final_name(run)
        renamed, found = self._named(listed, new), self._named(listed, old)
        if renamed and found and old != new:
            raise OptionError(f"new_name: the server has the snapshots {old!r} and {new!r}; delete one of them.")
        found = renamed or found
        if found is None and (old != new or run.options["state"] == "restored"):
            found = self._expected(run, old, listed)
        return Observation(found, siblings=listed)

    def _named(self, entries: list[Json], name: str) -> t.Optional[Json]:
        return next((self.read(raw) for raw in entries if raw.get("name") == name), None)

    def _expected(self, run: Context, name: str, listed: list[Json]) -> Json:
        """What is to be renamed or restored has to be there; in check mode an earlier task may be about to make it."""
        if not run.check_mode:
            names = ", ".join(str(raw.get("name")) for raw in listed) or "none"
            raise OptionError(f"name: the server has no snapshot {name!r}.", hint=f"It has: {names}.")
        run.warnings.append(f"name: the server has no snapshot {name!r} yet; a real run needs it.")
        return {**self.read({"name": name, "server_id": _server_id(run)}), "is_current": False}

    def fetch(self, run: Context, found: Observation) -> t.Optional[Observation]:
        seen = self._named(self.search(run), _final_name(run))
        return None if seen is None else Observation(seen)

    # --- planning

    def check(self, run: Context) -> None:
        super().check(run)
        state, new_name = run.options["state"], run.options["new_name"]
        if new_name is not None and state == "absent":
            raise OptionError("new_name: a snapshot that is to be absent gets no other name.")
        for option_name in ("name", "new_name"):
            text = run.options[option_name]
            if text is not None and (not text or text != text.strip()):
                raise OptionError(f"{option_name}: {text!r} is empty, or has leading or trailing spaces.")
        if "," in _final_name(run) and state != "restored":
            raise OptionError(
                f"{'name' if new_name is None else 'new_name'}: {_final_name(run)!r} has a comma. The platform joins "
                "names with commas where it deletes, so a snapshot of that name cannot be deleted."
            )

    def desired(self, run: Context, current: Observation) -> Json:
        server_id = current["server_id"] if current else _server_id(run)
        return {**super().desired(run, current), "name": _final_name(run), "server_id": server_id}

    def predict(self, run: Context, current: Observation, desired: Json) -> Json:
        after = super().predict(run, current, desired)
        return {**after, "is_current": True} if run.options["state"] == "restored" else after

    def side_effects(self, run: Context, plan: Plan) -> t.Iterable[check_memory.Effect]:
        """What was taken or restored last is the current one."""
        return becomes_current(self, plan.before.siblings, plan)

    def check_against(
        self, run: Context, current: Observation, desired: t.Optional[Json], changes: t.AbstractSet[str]
    ) -> None:
        if not current and desired and not is_to_be_created(desired["server_id"]):
            self._check_limit(run, current, desired)

    def create_steps(self, run: Context, current: Observation, desired: Json) -> list[Step]:
        params, wait = {"server_uuid": desired["server_id"]}, Wait(is_there)
        return [Step("create", CREATE, params, body=self.body(desired), wait=wait, creates=True)]

    def _check_limit(self, run: Context, current: Observation, desired: Json) -> None:
        """Refuse one snapshot too many, unless what is waited for first may make room for it."""
        try:
            _check_limit(run, current.siblings, desired)
        except OptionError:
            if not _waits_first(run) or not self._work(run, current.gone()):
                raise

    def update_steps(self, run: Context, current: Observation, desired: Json, changes: set[str]) -> list[Step]:
        params = {"server_uuid": current["server_id"]}
        steps = []
        if changes:
            description = current["description"] if desired["description"] is None else desired["description"]
            body = {"name": current["name"], "snapName": desired["name"], "desc": description or ""}
            wait = Wait(functools.partial(has_value, "description", desired["description"]))
            steps.append(Step("rename" if "name" in changes else "update", UPDATE, params, body=body, wait=wait))
        is_busy = any("task" in raw for raw in current.siblings)
        if run.options["state"] == "restored" and not is_busy and is_to_restore(run, current):
            wait = Wait(functools.partial(has_value, "is_current", True))
            steps.append(Step("restore", RESTORE, params, body={"virtualSnapName": desired["name"]}, wait=wait))
        return steps

    def delete_steps(self, run: Context, current: Observation) -> list[Step]:
        (step,) = super().delete_steps(run, current)
        query = {"snapshotNames": current["name"]}
        return [Step(step.action, step.operation, {"server_uuid": current["server_id"]}, query=query, wait=step.wait)]


# --- the server --------------------------------------------------------------------------------------------------


def _server_id(run: Context) -> str:
    """The id of the server that the options name. What looks like an id is taken for one: that saves a request."""
    wanted = run.options["server"]
    return wanted if looks_like_id(wanted) else run.resolve(_instances.KIND, wanted, "server")


def _server_exists(run: Context) -> bool:
    """Whether there is a server of that name, or something that may be its id."""
    wanted = run.options["server"]
    if looks_like_id(wanted):
        return True
    return any(wanted in (entry.get("id"), entry.get("name")) for entry in run.entries(_instances.KIND))


def _ask_for_list(run: Context, server_id: str) -> t.Any:
    """The tree of a server's snapshots; a server that does not exist has none left.

    The platform may answer 500 for a server that does not exist, and for one whose host it cannot reach.
    """
    try:
        return run.client.call(LIST, {"server_uuid": server_id})
    except CloudError as error:
        if error.status not in (404, 500) or _is_known(run, server_id):
            raise
    if run.options.get("state") == "absent":
        return {}
    raise OptionError(f"server: there is no server {run.options['server']!r}.")


def _server(run: Context) -> t.Optional[Json]:
    """The server as the compute service has it; None for one that it does not know."""
    try:
        return unwrap(run.client.call(_instances.GET, {"server_id": _server_id(run)}), "server", "servers")
    except CloudError as error:
        if error.status == 404:
            return None
        raise


def _waits_first(run: Context) -> bool:
    """Whether other work of the platform is waited for before anything is done."""
    return run.waits and not run.check_mode


def _is_over(seen: t.Optional[Json]) -> Outcome:
    return PENDING if seen and seen["work"] else READY


def _is_known(run: Context, server_id: str) -> bool:
    try:
        return bool(run.client.call(_instances.GET, {"server_id": server_id}))
    except CloudError as error:
        if error.status == 404:
            return False
        raise


# --- before something is made or thrown away ---------------------------------------------------------------------


def _final_name(run: Context) -> str:
    name: str = run.options.get("new_name") or run.options["name"]
    return name


def _check_limit(run: Context, listed: t.Iterable[Json], desired: Json) -> None:
    """The limit counts external snapshots; one whose mode is not returned is one, because that is the default."""
    if desired.get("mode") == "internal":
        return
    answer = run.client.call(COUNT_LIMIT, {"server_uuid": desired["server_id"]})
    limit = coerce((answer if isinstance(answer, dict) else {}).get("limitCount"), "int")
    others = [raw for raw in listed if raw.get("name") not in (run.options["name"], desired["name"])]
    there = sum(str(raw.get("snapshotMode")) != _MODES["internal"] for raw in others)
    if isinstance(limit, int) and there >= limit:
        raise OptionError(
            f"The server {run.options['server']} has {there} external snapshots, and the platform allows {limit}.",
            hint="Delete one of them, or raise the limit on CAS.",
        )


def _is_free(run: Context, server_id: str, name: str) -> bool:
    """Whether a new snapshot may bear a name. One that is taken and not listed is being made, or deleted."""
    answer = run.client.call(CHECK_NAME, {"server_uuid": server_id}, {"snapshotName": name})
    if isinstance(answer, dict):  # the form of the answer is not shown
        answer = next((answer[key] for key in ("data", "result") if key in answer), None)
    return coerce(answer, "bool") is not False


VM_SNAPSHOT = VmSnapshot()
