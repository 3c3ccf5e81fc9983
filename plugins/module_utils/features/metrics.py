# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Metrics of servers, their parts, bare-metal instances and VMware (sections 1.9, 1.12 and 1.13 of the reference).

Each scope is a row of a table: what can be measured, and which operations tell it. They answer in different forms;
all are brought to one.
"""

from __future__ import annotations

import dataclasses
import datetime
import math
import re
import typing as t

from ..cloud import times
from ..cloud.errors import CloudError, OptionError
from ..cloud.operation import Operation
from ..cloud.tokens import looks_like_id
from ..model.coercion import coerce
from ..model.context import Context
from ..model.field import check_filled
from ..module.argument_spec import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources._instances import KIND, addresses_of
from ..resources.baremetal._ironic import checked_mac
from ..resources.compute._attachments import GPUS, ports_of
from ..resources.virtualization import _pool

_RESOURCE = "/os/compute/v1/v1/resource"

MEASURES = Operation(
    "server-metric-measures", "GET", f"{_RESOURCE}/generic/{{resource_id}}/metric/{{meter_parameter}}/measures"
)
SAMPLES = Operation("server-meter-samples", "GET", "/os/compute/v1/v2/meters/{countName}")
GPU_MEASURES = Operation(
    "server-gpu-metric-measures",
    "GET",
    f"{_RESOURCE}/instance_vgpu/{{resource_id}}/metric/{{meter_parameter}}/measures",
)
SEARCH = Operation("resource-search", "POST", "/os/compute/v1/v1/search/resource/generic", reads=True)
SENSORS = Operation("baremetal-metric-resources", "GET", f"{_RESOURCE}/{{type}}")
SENSOR_MEASURES = Operation("baremetal-metric-measures", "GET", "/os/compute/v1/v1/metric/{metric_id}/measures")
PERFORMANCE = Operation(
    "vmware-perf-get", "GET", "/os/compute/v1/cloudos/vrm/{tenant_id}/{compute_node_name}/perf/{type}/{morId}"
)

_NETWORK_METRICS = ("network.incoming.bytes.rate", "network.outgoing.bytes.rate")
_SENSOR_TYPES = (
    *("ipmi_fan_sensor", "ipmi_power_sensor", "ipmi_temperature_sensor"),
    *("host", "host_disk_total_used", "host_disk_bytes", "host_network_interface", "hardware_gpu"),
)

# The list of the reference spells one metric in its own way; its example of a search has the right spelling.
_SPELLINGS = {"disk.device.capacity": "disk.device.capcacity"}
_RIGHT = {wrong: right for right, wrong in _SPELLINGS.items()}
# Since 1973, as in times.parse().
_MILLISECONDS = re.compile(r"[0-9]{12,14}")
# Only samples have a unit. The reference shows that of one metric.
_UNITS = {"cpu_util": "%"}


@dataclasses.dataclass(frozen=True)
class Target:
    """What is measured: a server, or a part of it.

    Attributes:
        id: what the platform's monitoring calls it.
        server_id: the server that it is, or is a part of.
        part: what people call the part; None for the server itself.
        sensor: type of the sensors of a bare-metal instance.
        metrics: ids of its metrics by name, None where the platform does not tell what it has.
        rows: the values of its metrics by name, where they were told along with what there is.
    """

    id: str
    server_id: t.Optional[str] = None
    part: t.Optional[str] = None
    sensor: t.Optional[str] = None
    metrics: t.Optional[t.Mapping[str, str]] = None
    rows: t.Optional[t.Mapping[str, list[Row]]] = None

    def spelled(self, metric: str) -> t.Optional[str]:
        """The platform's name of a metric, None if it is known not to be there."""
        other = _SPELLINGS.get(metric)
        if self.metrics is None:
            return other or metric
        return next((name for name in (metric, other) if name in self.metrics), None)


class Row(t.NamedTuple):
    """One value in the normal form, and of which resource it is where an answer is about several."""

    timestamp: t.Any
    period: t.Any
    value: t.Any
    unit: t.Optional[str] = None
    resource_id: t.Optional[str] = None


class Window(t.NamedTuple):
    """From when to when."""

    start: t.Optional[datetime.datetime]
    stop: t.Optional[datetime.datetime]


@dataclasses.dataclass(frozen=True)
class Source:
    """An operation that tells values.

    Attributes:
        operation: what is called.
        params: the parameters of its path, from what is measured and the platform's name of the metric.
        query: its query as pairs in order, from what is measured and the window.
        row: an entry of the answer in the normal form.
        shared: whether one answer is about all parts of a server.
        form: the type of an entry of the answer.
    """

    operation: Operation
    params: t.Callable[[Target, str], dict]
    query: t.Callable[[Target, Window], list[tuple[str, str]]]
    row: t.Callable[[t.Any], Row]
    shared: bool = False
    form: type = dict


@dataclasses.dataclass(frozen=True)
class Scope:
    """A kind of thing that is measured.

    Attributes:
        needs: the options that tell which; all of them, or one of them with `one_is_enough`.
        takes: the options that narrow it down.
        metrics: the metrics that the reference lists; empty where only the platform knows them.
        find: what the options mean.
        sources: operations that tell the values, by the name in the option `source`; None where `find` brings them.
    """

    needs: tuple[str, ...]
    find: t.Callable[[Context], list[Target]]
    sources: t.Mapping[str, t.Optional[Source]]
    metrics: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    one_is_enough: bool = False


# --- what is measured --------------------------------------------------------------------------------------------


def _server_id(run: Context) -> t.Optional[str]:
    """The id of the server of the options; None for one that check mode does not find yet."""
    wanted = run.options["server"]
    if looks_like_id(wanted):
        return wanted
    entry = run.lookup(KIND, wanted, "server")
    return str(entry["id"]) if entry else None


def _server(run: Context) -> list[Target]:
    server_id = _server_id(run)
    return [Target(server_id, server_id)] if server_id else []


def _nics(run: Context) -> list[Target]:
    server_id = _server_id(run)
    if not server_id:
        return []
    if run.options["nic"]:
        addresses = [checked_mac("nic", run.options["nic"])]
    else:
        addresses = [str(port["mac_addr"]) for port in ports_of(run, {"id": server_id}) if port.get("mac_addr")]
    return [Target(f"{server_id}-{address}", server_id, address) for address in addresses]


def _disks(run: Context) -> list[Target]:
    server_id = _server_id(run)
    if not server_id:
        return []
    condition = {"and": [{"like": {"original_resource_id": f"{server_id}%"}}, {"=": {"type": "instance_disk"}}]}
    disks = {}
    for entry in _entries(SEARCH, run.client.call(SEARCH, body=condition)):
        original = str(entry.get("original_resource_id"))
        if original.startswith(f"{server_id}-") and entry.get("type") in (None, "instance_disk"):
            name = entry.get("name") or original[len(server_id) + 1 :]
            metrics = entry.get("metrics") or None
            disks[name] = Target(str(entry.get("id") or original), server_id, name, metrics=metrics)
    wanted = run.options["disk"]
    if not wanted:
        return [disks[name] for name in sorted(disks)]
    found = disks.get(wanted.rpartition("/")[2])
    return [found] if found else _missing(run, f"disk: the server has no disk {wanted!r} that is measured", disks)


def _gpus(run: Context) -> list[Target]:
    server_id = _server_id(run) if run.options["server"] else None
    if run.options["gpu"]:
        return [Target(run.options["gpu"], server_id, run.options["gpu"])]
    if not server_id:
        return []
    cards = _entries(GPUS, run.client.call(GPUS, {"server_id": server_id}), str)
    return [Target(card, server_id, card) for card in cards]


def _sensors(run: Context) -> list[Target]:
    """The platform lists the sensors of all instances. Those of IPMI tell the instance, the others its address."""
    sensors = dict.fromkeys(run.options["sensors"])
    server_id = run.options["server"]
    addresses: list[str] = []
    if not looks_like_id(server_id) or not all(map(_is_ipmi, sensors)):
        entry = run.lookup(KIND, server_id, "server")
        if not entry:
            return []
        server_id = str(entry["id"])
        addresses = [ip["addr"] for ips in addresses_of(entry).values() for ip in ips if ip["addr"]]
    found = []
    for sensor in sensors:
        owners = [server_id] if _is_ipmi(sensor) else addresses
        for entry in _entries(SENSORS, run.client.call(SENSORS, {"type": sensor})):
            name = str(entry.get("original_resource_id"))
            owner = next((owner for owner in owners if name.startswith(owner) and not _goes_on(owner, name)), "")
            if owner if entry.get("node") is None else entry["node"] == server_id:
                part = name[len(owner) + 1 :] if owner else name
                metrics = entry.get("metrics") or {}
                found.append(Target(str(entry.get("id") or name), server_id, part or None, sensor, metrics))
    return found


def _below_the_cloud(run: Context) -> list[Target]:
    """What VMware tells of a cluster, a host or a datastore: all counters in one answer, with their values."""
    kind = next((name for name in ("datastore", "host", "cluster") if run.options[name]), None)
    if kind is None:
        raise OptionError("scope: vmware needs cluster, host or datastore.")
    pool, window = _pool.Pool(run, "vmware"), _window(run)
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
        if _is_within(row, window):
            parts[instance][counter].append(row)
    return [
        Target(own_id, part=instance, metrics={counter: counter for counter in rows}, rows=rows)
        for instance, rows in parts.items()
    ]


def _counted(answer: t.Any) -> t.Iterator[tuple[t.Optional[str], str, Row]]:
    """The values of an answer with parallel arrays, each with its instance and counter."""
    told = answer if isinstance(answer, dict) else {}
    moments = told.get("timestamps") or []
    for entry in _entries(PERFORMANCE, told.get("data")):
        values = entry.get("value") or []
        if not isinstance(moments, list) or not isinstance(values, list) or len(moments) != len(values):
            raise CloudError(f"{PERFORMANCE.id}: the answer has not as many values as times.", operation=PERFORMANCE.id)
        for moment, value in zip(moments, values):
            yield entry.get("instance") or None, str(entry.get("counterId")), Row(moment, told.get("interval"), value)


def _is_within(row: Row, window: Window) -> bool:
    """Whether a value is of the wanted time, where the platform cannot be asked for less than all of it."""
    try:
        moment = times.parse(_timestamp(row.timestamp) or "")
    except ValueError:
        return True
    return (window.start is None or moment >= window.start) and (window.stop is None or moment <= window.stop)


def _is_ipmi(sensor: str) -> bool:
    return sensor.startswith("ipmi_")


def _goes_on(owner: str, name: str) -> bool:
    """Whether what follows an address in a name makes it another one: 10.0.0.1 is not 10.0.0.12."""
    following = name[len(owner) : len(owner) + 1]
    return following.isalnum() or (following == ":" and ":" in owner)


def _missing(run: Context, message: str, known: t.Iterable[str]) -> list[Target]:
    """What is not there is an error; in check mode a warning, because an earlier task may be about to make it."""
    if not run.check_mode:
        raise OptionError(f"{message}.", hint=f"There are: {', '.join(sorted(known)) or 'none'}.")
    run.warnings.append(f"{message} yet; a real run needs it.")
    return []


# --- forms of answers --------------------------------------------------------------------------------------------


def _entries(operation: Operation, answer: t.Any, form: type = dict) -> list[t.Any]:
    """The entries of a bare array.

    Raises:
        CloudError: the answer is something else, or holds something else.
    """
    entries = [] if answer is None else answer
    if not isinstance(entries, list) or not all(isinstance(entry, form) for entry in entries):
        raise CloudError(f"{operation.id}: the answer has not the form that it should have.", operation=operation.id)
    return entries


def _row_of_object(entry: dict) -> Row:
    return Row(entry.get("timestamp"), entry.get("period"), entry.get("value"))


def _row_of_array(entry: list) -> Row:
    return Row(*[*entry, None, None, None][:3])


def _row_of_sample(entry: dict) -> Row:
    unit, resource_id = entry.get("counter_unit") or None, entry.get("resource_id")
    return Row(entry.get("timestamp"), None, entry.get("counter_volume"), unit, resource_id)


def normal(row: Row, metric: str) -> dict:
    """A value as a result tells it: a time in UTC, numbers, and a unit where it is known."""
    period = _number(row.period)
    return {
        "timestamp": _timestamp(row.timestamp),
        "period": None if period is None else int(period),
        "value": _number(row.value),
        "unit": row.unit or _UNITS.get(metric),
    }


def _timestamp(told: t.Any) -> t.Optional[str]:
    """A time of an answer; one that cannot be read stays as it is. Milliseconds may be told as a text, too."""
    if isinstance(told, str) and _MILLISECONDS.fullmatch(told):
        told = int(told)
    if not isinstance(told, str):
        return coerce(told, "time")
    try:
        return times.for_result(times.parse(told))
    except ValueError:
        return told


def _number(told: t.Any) -> t.Optional[float]:
    """A number of an answer; None for what is none, as NaN, which JSON does not know."""
    try:
        number = coerce(told, "float")
    except OverflowError:
        return None
    return number if isinstance(number, float) and math.isfinite(number) else None


def _order(measure: dict) -> tuple:
    try:
        moment = times.parse(measure["timestamp"] or "")
    except ValueError:
        moment = datetime.datetime.min.replace(tzinfo=datetime.timezone.utc)
    return moment, measure["period"] or 0


# --- how they are asked for --------------------------------------------------------------------------------------


def _limits(target: Target, window: Window) -> list[tuple[str, str]]:
    return [(name, times.for_query(moment)) for name, moment in window._asdict().items() if moment]


def _by_metric(target: Target, metric: str) -> dict:
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
    return Source(SAMPLES, lambda target, metric: {"countName": metric}, _conditions(field), _row_of_sample, shared)


_MEASURES = Source(MEASURES, _by_metric, _limits, _row_of_object)
_GPU_MEASURES = Source(GPU_MEASURES, _by_metric, _limits, _row_of_object)
_SENSOR_MEASURES = Source(
    SENSOR_MEASURES,
    lambda target, metric: {"metric_id": (target.metrics or {})[metric]},
    _limits,
    _row_of_array,
    form=list,
)

SCOPES: dict[str, Scope] = {
    "server": Scope(
        needs=("server",),
        find=_server,
        sources={"measures": _MEASURES, "samples": _samples("resource_id")},
        metrics=("cpu_util", "memory.usage", "disk.read.bytes.rate", "disk.write.bytes.rate"),
    ),
    "nic": Scope(
        needs=("server",),
        takes=("nic",),
        find=_nics,
        sources={"measures": _MEASURES, "samples": _samples("resource_metadata.instance_id", shared=True)},
        metrics=_NETWORK_METRICS,
    ),
    "disk": Scope(
        needs=("server",),
        takes=("disk",),
        find=_disks,
        sources={"measures": _MEASURES},
        metrics=("disk.device.usage", "disk.device.capacity"),
    ),
    "gpu": Scope(
        needs=("server", "gpu"),
        one_is_enough=True,
        find=_gpus,
        sources={"measures": _GPU_MEASURES},
        metrics=("vgpu.rate", "vgpu.memory.rate", "vgpu.encoder.rate", "vgpu.decoder.rate"),
    ),
    "baremetal": Scope(
        needs=("server", "sensors"),
        find=_sensors,
        sources={"measures": _SENSOR_MEASURES},
    ),
    "vmware": Scope(
        needs=("compute_node",),
        takes=("cluster", "host", "datastore"),
        find=_below_the_cloud,
        sources={"measures": None},
    ),
}


# --- the module --------------------------------------------------------------------------------------------------

_SPEC = {
    **CONNECTION,
    "scope": {"type": "str", "choices": list(SCOPES), "required": True},
    "server": {"type": "str"},
    "nic": {"type": "str"},
    "disk": {"type": "str"},
    "gpu": {"type": "str"},
    "sensors": {"type": "list", "elements": "str", "choices": list(_SENSOR_TYPES)},
    "compute_node": {"type": "str"},
    "cluster": {"type": "str"},
    "host": {"type": "str"},
    "datastore": {"type": "str"},
    "metrics": {"type": "list", "elements": "str"},
    "start": {"type": "str"},
    "stop": {"type": "str"},
    "source": {"type": "str", "choices": ["measures", "samples"], "default": "measures"},
}


def read_metrics(run: Context) -> dict:
    """The values of the metrics that the options name, as a task result.

    Raises:
        CloudError: the platform refused, failed or could not be reached.
        OptionError: an option is wrong, or names what does not exist.
    """
    check_filled(run.options, (name for name in _SPEC if name not in CONNECTION))
    scope = SCOPES[run.options["scope"]]
    _check(run, scope)
    window = _window(run)
    targets = scope.find(run)
    chosen = _chosen(run, scope, targets)
    result = {"changed": False, "metrics": list(_series(run, scope.sources[run.options["source"]], chosen, window))}
    if run.warnings:
        result["warnings"] = list(dict.fromkeys(run.warnings))
    return result


def _check(run: Context, scope: Scope) -> None:
    """Refuse, before anything is sent, what does not go together."""
    own = {*scope.needs, *scope.takes}
    for option in sorted({name for other in SCOPES.values() for name in (*other.needs, *other.takes)} - own):
        if run.options[option]:
            fitting = [name for name, other in SCOPES.items() if option in (*other.needs, *other.takes)]
            raise OptionError(f"{option}: goes with scope: {' or '.join(fitting)} only.")
    if run.options["source"] not in scope.sources:
        fitting = [name for name, other in SCOPES.items() if run.options["source"] in other.sources]
        raise OptionError(f"source: {run.options['source']} goes with scope: {' or '.join(fitting)} only.")
    if run.options["nic"]:
        checked_mac("nic", run.options["nic"])
    for metric in _asked(run):
        fitting = [name for name, other in SCOPES.items() if metric in other.metrics]
        if not metric.strip() or (fitting and run.options["scope"] not in fitting):
            hint = f"It goes with scope: {' or '.join(fitting)}." if fitting else None
            raise OptionError(f"metrics: {metric!r} is no metric of scope: {run.options['scope']}.", hint=hint)


def _asked(run: Context) -> list[str]:
    """The metrics of the options, each once, in their right spelling."""
    return list(dict.fromkeys(_RIGHT.get(name, name) for name in run.options["metrics"] or []))


def _window(run: Context) -> Window:
    window = Window(_moment(run, "start"), _moment(run, "stop"))
    if window.start and window.stop and window.start > window.stop:
        start, stop = (times.for_result(moment) for moment in window)
        raise OptionError(f"start: {start} is later than stop, which is {stop}.")
    return window


def _moment(run: Context, option: str) -> t.Optional[datetime.datetime]:
    text = run.options[option]
    if text is None:
        return None
    try:
        return times.parse(text)
    except ValueError:
        raise OptionError(
            f"{option}: {text!r} is no time.",
            hint="Give it like 2026-01-31T12:00:00Z or 2026-01-31T20:00:00+08:00, or as seconds since 1970.",
        ) from None


def _chosen(run: Context, scope: Scope, targets: list[Target]) -> list[tuple[Target, list[str]]]:
    """The metrics to read of each target, in their right spelling."""
    asked = _asked(run)
    there = {_RIGHT.get(name, name) for target in targets for name in target.metrics or {}}
    told = [target for target in targets if target.metrics is not None]
    for metric in asked if told and len(told) == len(targets) else []:
        if metric not in there:
            hint = f"There are: {', '.join(sorted(there)) or 'none'}."
            raise OptionError(f"metrics: nothing measures {metric!r} there.", hint=hint)
    chosen = []
    for target in targets:
        names = asked or scope.metrics or sorted(_RIGHT.get(name, name) for name in target.metrics or {})
        chosen.append((target, [name for name in names if target.spelled(name)]))
    return chosen


def _series(
    run: Context, source: t.Optional[Source], chosen: list[tuple[Target, list[str]]], window: Window
) -> t.Iterator[dict[str, t.Any]]:
    """The values of each metric of each target, the oldest first."""
    answers: dict[tuple, list[Row]] = {}
    for target, metrics in chosen:
        for metric in metrics:
            if target.rows is not None:
                rows = target.rows[metric]
            else:
                key = (target.server_id if source.shared else target.id, metric)
                if key not in answers:
                    answers[key] = _rows(run, source, target, metric, window)
                rows = answers[key]
            measures = [normal(row, metric) for row in rows if _is_of(row, target)]
            yield {
                "metric": metric,
                "server_id": target.server_id,
                "part": target.part,
                "sensor": target.sensor,
                "resource_id": target.id,
                "measures": sorted(measures, key=_order),
            }


def _rows(run: Context, source: Source, target: Target, metric: str, window: Window) -> list[Row]:
    params = source.params(target, str(target.spelled(metric)))
    try:
        answer = run.client.call(source.operation, params, source.query(target, window))
    except CloudError as error:
        if error.status == 404:
            error.hint = "It does not exist, it has no such metric, or nothing has been measured yet."
        raise
    return [source.row(entry) for entry in _entries(source.operation, answer, source.form)]


def _is_of(row: Row, target: Target) -> bool:
    """Whether a value is of this target. MAC addresses are spelled in several ways."""
    return row.resource_id is None or _digits(row.resource_id) == _digits(target.id)


def _digits(card: str) -> str:
    """The id of a network card, which ends with its MAC address, without regard to case and separators."""
    return "".join(character for character in card.casefold() if character.isalnum())


METRICS = ModuleDefinition(
    _SPEC,
    read_metrics,
    {"required_if": [("scope", name, scope.needs, scope.one_is_enough) for name, scope in SCOPES.items()]},
)
