# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sections 1.9 and 1.12 of the reference: what is measured of servers, graphics cards and bare-metal nodes.

A sample every five minutes of the last day. The value depends on resource, metric and time alone, so it is the same
whenever and however it is asked for.
"""

from __future__ import annotations

import fnmatch
import hashlib
import operator
import uuid
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from ..call import Answer, Call
from ..clock import iso
from ..errors import ApiError
from ..world import Record, World
from . import devices
from .servers import find_server, find_server_by_id, of_project

PERIOD = 300
_DAY = 24 * 3600
_USER, _PROJECT = "e6916b3c0448452987379fe7d3087065", "077549391d0547dd90adcfee63c21ed8"
_UNITS = {"cpu_util": "%", "memory.usage": "MB"}

# Metrics by type of resource: what a server, its NICs and its disks have.
_METRICS = {
    "instance": ("cpu_util", "memory.usage", "disk.read.bytes.rate", "disk.write.bytes.rate"),
    "instance_network_interface": ("network.incoming.bytes.rate", "network.outgoing.bytes.rate"),
    "instance_disk": ("disk.device.usage", "disk.device.capacity", "disk.device.read.bytes.rate"),
    "instance_vgpu": ("vgpu.rate", "vgpu.memory.rate", "vgpu.encoder.rate", "vgpu.decoder.rate"),
}
# The reference's list of metrics spells one of them in its own way.
_SPELLINGS = {"disk.device.capcacity": "disk.device.capacity"}

# What monitoring finds in a bare-metal node: type -> (rest of original_resource_id, metric).
_SENSORS = {
    "ipmi_fan_sensor": ("-fan1_speed_(0x70)", "hardware.ipmi.fan"),
    "ipmi_power_sensor": ("-total_power_(0x30)", "hardware.ipmi.power"),
    "ipmi_temperature_sensor": ("-inlet_temp_(0x01)", "hardware.ipmi.temperature"),
    "host": ("", "hardware.cpu.util"),
    "host_disk_total_used": ("-total", "hardware.disk.size.used"),
    "host_disk_bytes": ("-sda", "hardware.disk.read.bytes"),
    "host_network_interface": ("-enp6s0f0", "hardware.network.incoming.bytes"),
    "hardware_gpu": ("-gpu0", "hardware.gpu.util"),
}
_COMPARE = {
    "=": operator.eq,
    "==": operator.eq,
    "eq": operator.eq,
    "<": operator.lt,
    "lt": operator.lt,
    ">": operator.gt,
    "gt": operator.gt,
}


# --- servers ----------------------------------------------------------------------------------------------------


def search_resources(call: Call) -> Answer:
    return Answer(200, [resource for resource in _resources(call) if _fits(resource, call.body)])


def server_measures(call: Call) -> Answer:
    """Of a server by its id, of a NIC by `{server id}-{MAC}`, of a disk by the id that the search tells."""
    wanted = call.path["resource_id"]
    resource = next(
        (found for found in _resources(call) if wanted in (found["id"], found["original_resource_id"])), None
    )
    if resource is None:
        raise ApiError(404, f"Resource {wanted} does not exist")
    metric = call.path["meter_parameter"]
    metric = _SPELLINGS.get(metric, metric)
    if metric not in resource["metrics"]:
        raise ApiError(404, f"Metric {metric} does not exist")
    return _measures(call, resource["id"], metric)


def gpu_measures(call: Call) -> Answer:
    gpu = call.world.find("gpus", call.path["resource_id"], label="Resource")
    find_server_by_id(call, gpu["server_id"])
    return _measures(call, gpu["id"], call.path["meter_parameter"])


def list_gpus(call: Call) -> Answer:
    """A bare array of ids."""
    server = find_server(call)
    return Answer(200, [gpu["id"] for gpu in call.world.table("gpus").values() if gpu["server_id"] == server["id"]])


def meter_samples(call: Call) -> Answer:
    """Conditions are triples of q.field, q.op and q.value, in this order."""
    kind, wanted, start, stop = _conditions(call)
    metric = call.path["countName"]
    measured = (resource for resource in _resources(call) if metric in resource["metrics"])
    if kind == "resource_id":
        resources = [resource for resource in measured if wanted == resource["original_resource_id"]]
    else:
        resources = [resource for resource in measured if wanted == resource["instance_id"]]
    return Answer(
        200,
        [
            _sample(call, resource, metric, moment)
            for resource in resources
            for moment in _moments(call.world, start, stop)
        ],
    )


def complete_gpu(world: World, fields: Record) -> Record:
    """A record of kind gpus: a graphics card of a server."""
    return {"name": "gpu", "server_id": "", **fields}


def _resources(call: Call) -> Iterator[Record]:
    """What is measured of the servers of the project."""
    for server in of_project(call):
        yield _resource(server, "instance", server["id"], server["name"])
        for port_id in server["nics"]:
            mac = call.world.table("ports")[port_id]["mac"]
            yield _resource(server, "instance_network_interface", f"{server['id']}-{mac}", mac)
        attached = devices.attached_volumes(call.world, server)
        names = {"vda", *(volume["attachments"][server["id"]]["device"].rpartition("/")[2] for volume in attached)}
        for name in sorted(names):
            yield _resource(server, "instance_disk", f"{server['id']}-{name}", name)


def _resource(server: Record, kind: str, original: str, name: str) -> Record:
    """The id is that of the server for the server itself, and one of its own for its parts."""
    return {
        "id": original if kind == "instance" else _made_id(original),
        "original_resource_id": original,
        "instance_id": server["id"],
        "name": name,
        "type": kind,
        "metrics": {metric: _made_id(f"{original} {metric}") for metric in _METRICS[kind]},
        "started_at": _stamp(server["created"]),
        "revision_start": _stamp(server["created"]),
        "revision_end": None,
        "ended_at": None,
        "user_id": server["user_id"],
        "project_id": server["project_id"],
        **_maker(),
    }


def _fits(resource: Record, condition: Record) -> bool:
    """Whether a tree of conditions holds for a resource."""
    name, wanted = next(iter(condition.items()))
    if name == "and":
        return all(_fits(resource, inner) for inner in wanted)
    member, value = next(iter(wanted.items()))
    if member not in resource or isinstance(resource[member], dict):
        raise ApiError(400, f"Unknown attribute: {member}")
    present = "" if resource[member] is None else str(resource[member])
    if name == "like":
        return fnmatch.fnmatchcase(present, value.replace("%", "*").replace("_", "?"))
    return _COMPARE[name](present, str(value))


def _conditions(call: Call) -> tuple[str, str, float | None, float | None]:
    """What is asked of, its id, start and stop; 400 unless the triples are whole and name one resource."""
    pairs = list(call.request.query.items())
    triples = [pairs[position : position + 3] for position in range(0, len(pairs), 3)]
    of: list[tuple[str, str]] = []
    limits: dict[str, float] = {}
    for triple in triples:
        if [name for name, _value in triple] != ["q.field", "q.op", "q.value"]:
            raise ApiError(400, "the query has to repeat q.field, q.op and q.value, in this order")
        field, comparison, value = (given for _name, given in triple)
        if (field == "timestamp") == (comparison == "eq"):
            raise ApiError(400, f"q.op {comparison} does not go with q.field {field}")
        if field == "timestamp":
            limits[comparison] = _seconds(value)
        else:
            of.append((field, value))
    if len(of) != 1:
        raise ApiError(400, "the query has to name one resource, by resource_id or resource_metadata.instance_id")
    return (*of[0], limits.get("ge"), limits.get("le"))


def _sample(call: Call, resource: Record, metric: str, moment: int) -> Record:
    server = call.world.find("servers", resource["instance_id"])
    flavor = call.world.table("flavors").get(server["flavor_id"], {"ram": 0})
    return {
        "user_id": server["user_id"],
        "counter_name": metric,
        "resource_id": resource["original_resource_id"],
        "counter_unit": _UNITS.get(metric, "B/s"),
        "timestamp": _moment(moment),
        "counter_volume": f"{_value(resource['id'], metric, moment):.10f}",
        "resource_metadata": [{"flavor.ram": str(flavor["ram"]), "display_name": server["name"]}],
    }


# --- bare metal -------------------------------------------------------------------------------------------------


def baremetal_resources(call: Call) -> Answer:
    """Of all instances that the caller may see."""
    kind = call.path["type"]
    return Answer(200, [resource for resource in _sensors(call) if resource["type"] == kind])


def baremetal_measures(call: Call) -> Answer:
    """Arrays of time, period and value, the last two as numbers."""
    wanted = call.path["metric_id"]
    for resource in _sensors(call):
        for metric, metric_id in resource["metrics"].items():
            if metric_id == wanted:
                moments = _asked_moments(call)
                return Answer(
                    200,
                    [
                        [_moment(moment), PERIOD, int(_value(resource["id"], metric, moment) * 1000)]
                        for moment in moments
                    ],
                )
    raise ApiError(404, f"Metric {wanted} does not exist")


def access_key(call: Call) -> Answer:
    """The key of the nova user; it is the same for everybody."""
    return Answer(
        200,
        {
            "id": "12289f95-8d2a-4eb5-8959-4c94ab8c0b53",
            "userId": "ed45231c94844cc2b33a761a736b54ce",
            "accessId": "ftuwa9a2mrayif0zw8z4lekv-k9pd6gzflp339--xscyif0z",
            "accessKey": "c0h0eGZmS0RBNDVKNXNSZjJVd1ozN2NWTjNrbHR6SkZlcWw0ZmFod0E=",
        },
    )


def _sensors(call: Call) -> Iterator[Record]:
    """The parts of IPMI are named after the instance, those of the system after its address."""
    for server in of_project(call):
        if not server["node_id"] or not server["nics"]:
            continue
        address = call.world.table("ports")[server["nics"][0]]["ip"]
        for kind, (rest, metric) in _SENSORS.items():
            by_ipmi = kind.startswith("ipmi_")
            original = (server["id"] if by_ipmi else address) + rest
            yield {
                **({"node": server["id"]} if by_ipmi else {}),
                "id": _made_id(f"{server['id']} {original}"),
                "original_resource_id": original,
                "type": kind,
                "metrics": {metric: _made_id(f"{server['id']} {original} {metric}")},
                "started_at": _stamp(server["created"]),
                "revision_start": _stamp(server["created"]),
                "revision_end": None,
                "ended_at": None,
                "user_id": None,
                "project_id": None,
                **_maker(),
            }


# --- samples ----------------------------------------------------------------------------------------------------


def _measures(call: Call, resource_id: str, metric: str) -> Answer:
    return Answer(
        200,
        [
            {
                "period": str(PERIOD),
                "value": f"{_value(resource_id, metric, moment):.10f}",
                "timestamp": _moment(moment),
            }
            for moment in _asked_moments(call)
        ],
    )


def _asked_moments(call: Call) -> list[int]:
    start, stop = (call.query.get(name) for name in ("start", "stop"))
    return _moments(call.world, _seconds(start) if start else None, _seconds(stop) if stop else None)


def _moments(world: World, start: float | None, stop: float | None) -> list[int]:
    """When samples were taken: in the last day, between start and stop."""
    now = int(world.clock.now())
    first = (now - _DAY) // PERIOD * PERIOD + PERIOD
    return [
        moment
        for moment in range(first, now + 1, PERIOD)
        if (start is None or moment >= start) and (stop is None or moment <= stop)
    ]


def _value(resource_id: str, metric: str, moment: int) -> float:
    """Between 0 and 100."""
    digest = hashlib.sha256(f"{resource_id} {metric} {moment}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32 * 100


def _seconds(text: str) -> float:
    """A time in UTC as seconds since the epoch; 400 if it is none."""
    try:
        return (
            datetime.fromisoformat(text.removesuffix("Z").removesuffix("+00:00"))
            .replace(tzinfo=timezone.utc)
            .timestamp()
        )
    except ValueError:
        raise ApiError(400, f"{text!r} is not a time in UTC") from None


def _moment(seconds: int) -> str:
    return iso(seconds, "%Y-%m-%dT%H:%M:%S+00:00")


def _stamp(seconds: float) -> str:
    return iso(seconds, "%Y-%m-%dT%H:%M:%S.%f+00:00")


def _maker() -> dict[str, Any]:
    return {"created_by_user_id": _USER, "created_by_project_id": _PROJECT, "creator": f"{_USER}:{_PROJECT}"}


def _made_id(text: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, text))


HANDLERS = {
    "resource-search": search_resources,
    "server-metric-measures": server_measures,
    "server-meter-samples": meter_samples,
    "server-gpu-list": list_gpus,
    "server-gpu-metric-measures": gpu_measures,
    "baremetal-metric-resources": baremetal_resources,
    "baremetal-metric-measures": baremetal_measures,
    "access-key-get": access_key,
}
ONLY = {"server-gpu-list": "reference"}
FACTORIES = {"gpus": complete_gpu}
