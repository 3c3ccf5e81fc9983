# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What machines of the platform are doing, from one look to the next: differences, events, and a marker in between.

A state is a dictionary with the same keys for servers, bare-metal instances and bare-metal nodes.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import tempfile
import typing as t
from pathlib import Path

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.json_types import Json

SERVER, INSTANCE, NODE = "server", "baremetal_instance", "baremetal_node"
KINDS = (SERVER, INSTANCE, NODE)

# What is compared.
WATCHED = ("name", "status", "power_state", "provision_state", "maintenance")

_FORMAT = 1

State = t.Mapping[str, t.Any]
#: states by kind and id
States = t.Mapping[str, State]


class MarkerError(Exception):
    """The file of a marker cannot serve."""


class Change(t.NamedTuple):
    """A difference between two looks, and the state that is known after it; None for a machine that is gone."""

    key: str
    event: Json
    state: t.Optional[State]


def of_machine(machine: t.Mapping[str, t.Any], kind: str, project: t.Optional[str]) -> Json:
    """The state of a server or of a bare-metal instance."""
    return {
        "kind": kind,
        "id": machine["id"],
        "name": machine["name"],
        "project": project or machine["project_id"],
        "status": machine["status"],
        "power_state": machine["power_state"],
        "provision_state": None,
        "maintenance": None,
        "failed": machine["status"] == "ERROR",
        "fault": machine["fault"],
    }


def of_node(node: t.Mapping[str, t.Any]) -> Json:
    """The state of a bare-metal node."""
    provision_state = node["provision_state"] or ""
    return {
        "kind": NODE,
        "id": node["id"],
        "name": node["name"],
        "project": None,
        "status": None,
        "power_state": node["power_state"],
        "provision_state": node["provision_state"],
        "maintenance": node["maintenance"],
        "failed": provision_state == "error" or provision_state.endswith(" failed"),
        "fault": node["last_error"],
    }


def by_key(states: t.Iterable[Json]) -> dict[str, Json]:
    """States by kind and id. What several projects list counts for the first of them."""
    found: dict[str, Json] = {}
    for state in states:
        found.setdefault(f"{state['kind']} {state['id']}", state)
    return found


def changes(seen: States, found: States, new: str = "created") -> t.Iterator[Change]:
    """What has become of each machine since it was seen: in the order of the platform, those that are gone at the end.

    Args:
        new: what an event says of a machine that was not seen before.
    """
    for key, now in found.items():
        before = seen.get(key)
        if before is None:
            yield Change(key, _event(new, now), now)
            continue
        # While a machine is on its way, the platform does not return its power state.
        state = {**now, "power_state": now["power_state"] or before["power_state"]}
        changed = [name for name in WATCHED if state[name] != before[name]]
        if changed:
            fails = state["failed"] and not before["failed"]
            old = {name: before[name] for name in changed}
            yield Change(key, _event("failed" if fails else "changed", state, changed, old), state)
    for key in [key for key in seen if key not in found]:
        yield Change(key, _event("deleted", seen[key]), None)


def _event(change: str, state: State, changed: t.Sequence[str] = (), before: t.Optional[Json] = None) -> Json:
    return {"cloudos": {"change": change, **state, "changed": list(changed), "before": before or {}}}


def pause_after(
    failures: int, interval: float, longest: float, part: t.Callable[[float, float], float] = random.uniform
) -> float:
    """Seconds until the next look: twice as long after each failure, up to the longest, and never all at once."""
    if not failures:
        return interval
    # The exponent is bounded so that a night of failures makes no number that is too large.
    pause: float = min(interval * 2 ** min(failures, 16), max(longest, interval)) * part(0.5, 1.0)
    return pause


class Marker:
    """A file that keeps the states last seen, so that a restart reports what changed in between and nothing twice."""

    def __init__(self, path: t.Union[str, Path], subject: t.Sequence[t.Any]) -> None:
        """Nothing is read yet. The subject distinguishes one set of machines from another; only its hash is kept."""
        self._path = Path(path)
        self._of = hashlib.sha256(json.dumps(list(subject)).encode()).hexdigest()

    def read(self) -> t.Optional[dict[str, Json]]:
        """The states that were seen, None if there is no file yet.

        Raises:
            MarkerError: it is no marker, or one of other machines, or there cannot be one. To take it for empty would
                report all of them anew.
        """
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            version, of, states = kept["version"], kept["of"], dict(kept["states"])
        except FileNotFoundError:
            if not self._path.parent.is_dir():
                raise MarkerError(f"marker: the directory of {self._path} does not exist.") from None
            return None
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise MarkerError(f"marker: {self._path} cannot be read: {error!r}. Remove it to begin anew.") from None
        if version != _FORMAT or of != self._of:
            raise MarkerError(
                f"marker: {self._path} is of another platform, user, choice of projects or kinds. "
                "Name another file, or remove it to begin anew."
            )
        return states

    def write(self, states: States) -> None:
        """Keep the states, in a file for the owner alone, by renaming a finished one over the old one."""
        text = json.dumps({"version": _FORMAT, "of": self._of, "states": states})
        try:
            handle, draft = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")  # mode 0600
        except OSError as error:
            raise MarkerError(f"marker: {self._path} cannot be written: {error}") from None
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(draft, self._path)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(draft)
            raise MarkerError(f"marker: {self._path} cannot be written: {error}") from None
