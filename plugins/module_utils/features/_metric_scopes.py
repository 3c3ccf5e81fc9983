# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The table of scopes: what can be measured, and which operations return it."""

from __future__ import annotations

import typing as t

from ..cloud import times
from ..cloud.json_types import Json
from ._metric_model import Scope, Source, Target, Window
from ._metric_operations import GPU_MEASURES, MEASURES, SAMPLES, SENSOR_MEASURES
from ._metric_rows import row_of_array, row_of_object, row_of_sample
from ._metric_targets import disk_targets, gpu_targets, nic_targets, sensor_targets, server_target
from ._metric_vmware import vmware_targets

_NETWORK_METRICS = ("network.incoming.bytes.rate", "network.outgoing.bytes.rate")


def _limits(target: Target, window: Window) -> list[tuple[str, str]]:
    return [(name, times.for_query(moment)) for name, moment in window._asdict().items() if moment]


def _by_metric(target: Target, metric: str) -> Json:
    return {"resource_id": target.id, "meter_parameter": metric}


def _conditions(field: str) -> t.Callable[[Target, Window], list[tuple[str, str]]]:
    """Triples of field, operator and value. Their keys repeat, and their order counts."""

    def query(target: Target, window: Window) -> list[tuple[str, str]]:
        of = target.id if field == "resource_id" else str(target.server_id)
        triples = [(field, "eq", of)]
        for comparison, moment in (("ge", window.start), ("le", window.stop)):
            if moment:
                triples.append(("timestamp", comparison, times.for_query(moment)))
        return [pair for triple in triples for pair in zip(("q.field", "q.op", "q.value"), triple)]

    return query


def _samples(field: str, shared: bool = False) -> Source:
    return Source(SAMPLES, lambda target, metric: {"countName": metric}, _conditions(field), row_of_sample, shared)


_MEASURES = Source(MEASURES, _by_metric, _limits, row_of_object)
_GPU_MEASURES = Source(GPU_MEASURES, _by_metric, _limits, row_of_object)
_SENSOR_MEASURES = Source(
    SENSOR_MEASURES,
    lambda target, metric: {"metric_id": (target.metrics or {})[metric]},
    _limits,
    row_of_array,
    form=list,
)

SCOPES: dict[str, Scope] = {
    "server": Scope(
        needs=("server",),
        find=server_target,
        sources={"measures": _MEASURES, "samples": _samples("resource_id")},
        metrics=("cpu_util", "memory.usage", "disk.read.bytes.rate", "disk.write.bytes.rate"),
    ),
    "nic": Scope(
        needs=("server",),
        takes=("nic",),
        find=nic_targets,
        sources={"measures": _MEASURES, "samples": _samples("resource_metadata.instance_id", shared=True)},
        metrics=_NETWORK_METRICS,
    ),
    "disk": Scope(
        needs=("server",),
        takes=("disk",),
        find=disk_targets,
        sources={"measures": _MEASURES},
        metrics=("disk.device.usage", "disk.device.capacity"),
    ),
    "gpu": Scope(
        needs=("server", "gpu"),
        one_is_enough=True,
        find=gpu_targets,
        sources={"measures": _GPU_MEASURES},
        metrics=("vgpu.rate", "vgpu.memory.rate", "vgpu.encoder.rate", "vgpu.decoder.rate"),
    ),
    "baremetal": Scope(
        needs=("server", "sensors"),
        find=sensor_targets,
        sources={"measures": _SENSOR_MEASURES},
    ),
    "vmware": Scope(
        needs=("compute_node",),
        takes=("cluster", "host", "datastore"),
        find=vmware_targets,
        sources={"measures": None},
    ),
}
