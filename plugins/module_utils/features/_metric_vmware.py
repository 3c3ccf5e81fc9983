# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What VMware measures below the cloud: all counters in one response, with their values."""

from __future__ import annotations

import typing as t

from ..cloud.errors import CloudError, OptionError
from ..model.context import Context
from ..resources.virtualization import _pool
from ._metric_model import Row, Target
from ._metric_operations import PERFORMANCE
from ._metric_rows import entries_of
from ._metric_window import is_within, wanted_window


def vmware_targets(run: Context) -> list[Target]:
    """What VMware returns of a cluster, a host or a datastore: all counters in one answer, with their values."""
    kind = next((name for name in ("datastore", "host", "cluster") if run.options[name]), None)
    if kind is None:
        raise OptionError("scope: vmware needs cluster, host or datastore.")
    pool, window = _pool.Pool(run, "vmware"), wanted_window(run)
    clusters = _pool.chosen(run, pool.clusters())
    hosts = [host for cluster in clusters for host in cluster["hosts"]]
    if kind == "datastore":
        stores = {entry["id"]: entry for host in hosts for entry in pool.storage(host["id"])}
        own_id = _pool.one_of([*stores.values()], run.options["datastore"], "datastore", "datastore")["id"]
    else:
        own_id = (hosts if kind == "host" else clusters)[0]["id"]
    answer = pool.read(PERFORMANCE, type=kind, morId=own_id)
    parts: dict[t.Optional[str], dict[str, list[Row]]] = {}
    for instance, counter, row in _counted(answer):
        parts.setdefault(instance, {}).setdefault(counter, [])
        if is_within(row, window):
            parts[instance][counter].append(row)
    return [
        Target(own_id, part=instance, metrics={counter: counter for counter in rows}, rows=rows)
        for instance, rows in parts.items()
    ]


def _counted(answer: t.Any) -> t.Iterator[tuple[t.Optional[str], str, Row]]:
    """The values of an answer with parallel arrays, each with its instance and counter."""
    report = answer if isinstance(answer, dict) else {}
    moments = report.get("timestamps") or []
    for entry in entries_of(PERFORMANCE, report.get("data")):
        values = entry.get("value") or []
        if not isinstance(moments, list) or not isinstance(values, list) or len(moments) != len(values):
            raise CloudError(f"{PERFORMANCE.id}: the answer has not as many values as times.", operation=PERFORMANCE.id)
        for moment, value in zip(moments, values):
            yield entry.get("instance") or None, str(entry.get("counterId")), Row(moment, report.get("interval"), value)
