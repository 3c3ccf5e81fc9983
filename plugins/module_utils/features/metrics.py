# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Metrics of servers, their parts, bare-metal instances and VMware (sections 1.9, 1.12 and 1.13 of the reference).

Each scope is a row of a table: what can be measured, and which operations return it. They answer in different forms;
all are brought to one.
"""

from __future__ import annotations

import typing as t

from ..cloud.errors import CloudError, OptionError
from ..cloud.json_types import Json
from ..engine.outcomes import with_warnings
from ..model.context import Context
from ..model.field import check_filled
from ..module.connection_options import CONNECTION
from ..module.definition import ModuleDefinition
from ..resources.baremetal._ironic import checked_mac
from ._metric_model import LISTED_NAMES, Row, Scope, Source, Target, Window
from ._metric_rows import entries_of, normal, order_of
from ._metric_scopes import SCOPES
from ._metric_window import wanted_window

_SENSOR_TYPES = (
    *("ipmi_fan_sensor", "ipmi_power_sensor", "ipmi_temperature_sensor"),
    *("host", "host_disk_total_used", "host_disk_bytes", "host_network_interface", "hardware_gpu"),
)


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


def read_metrics(run: Context) -> Json:
    """The values of the metrics that the options name, as a task result.

    Raises:
        CloudError: the platform refused, failed or could not be reached.
        OptionError: an option is wrong, or names what does not exist.
    """
    check_filled(run.options, (name for name in _SPEC if name not in CONNECTION))
    scope = SCOPES[run.options["scope"]]
    _check(run, scope)
    window = wanted_window(run)
    targets = scope.find(run)
    chosen = _chosen(run, scope, targets)
    result = {"changed": False, "metrics": list(_series(run, scope.sources[run.options["source"]], chosen, window))}
    return with_warnings(run, result)


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
            raise OptionError(f"metrics: {metric!r} is not a metric of scope: {run.options['scope']}.", hint=hint)


def _asked(run: Context) -> list[str]:
    """The metrics of the options, each once, in their right spelling."""
    return list(dict.fromkeys(LISTED_NAMES.get(name, name) for name in run.options["metrics"] or []))


def _chosen(run: Context, scope: Scope, targets: list[Target]) -> list[tuple[Target, list[str]]]:
    """The metrics to read of each target, in their right spelling."""
    asked = _asked(run)
    there = {LISTED_NAMES.get(name, name) for target in targets for name in target.metrics or {}}
    known = [target for target in targets if target.metrics is not None]
    for metric in asked if known and len(known) == len(targets) else []:
        if metric not in there:
            hint = f"There are: {', '.join(sorted(there)) or 'none'}."
            raise OptionError(f"metrics: nothing measures {metric!r} there.", hint=hint)
    chosen = []
    for target in targets:
        names = asked or scope.metrics or sorted(LISTED_NAMES.get(name, name) for name in target.metrics or {})
        chosen.append((target, [name for name in names if target.spelled(name)]))
    return chosen


def _series(
    run: Context, source: t.Optional[Source], chosen: list[tuple[Target, list[str]]], window: Window
) -> t.Iterator[dict[str, t.Any]]:
    """The values of each metric of each target, the oldest first."""
    answers: dict[tuple[t.Any, ...], list[Row]] = {}
    rows: list[Row] = []
    for target, metrics in chosen:
        for metric in metrics:
            if target.rows is not None:
                rows = target.rows[metric]
            elif source is not None:
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
                "measures": sorted(measures, key=order_of),
            }


def _rows(run: Context, source: Source, target: Target, metric: str, window: Window) -> list[Row]:
    params = source.params(target, str(target.spelled(metric)))
    try:
        answer = run.client.call(source.operation, params, source.query(target, window))
    except CloudError as error:
        if error.status == 404:
            error.hint = "It does not exist, it has no such metric, or nothing has been measured yet."
        raise
    return [source.row(entry) for entry in entries_of(source.operation, answer, source.form)]


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
