# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""The forms of responses, brought to one: a time in UTC, numbers, a unit where it is known."""

from __future__ import annotations

import datetime
import math
import re
import typing as t

from ..cloud import times
from ..cloud.errors import CloudError
from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..model.coercion import coerce
from ._metric_model import Row

# Since 1973, as in times.parse().
_MILLISECONDS = re.compile(r"[0-9]{12,14}")
# Only samples have a unit. The reference shows that of one metric.
_UNITS = {"cpu_util": "%"}


def entries_of(operation: Operation, answer: t.Any, form: type[t.Any] = dict) -> list[t.Any]:
    """The entries of a bare array.

    Raises:
        CloudError: the answer is something else, or holds something else.
    """
    entries = [] if answer is None else answer
    if not isinstance(entries, list) or not all(isinstance(entry, form) for entry in entries):
        raise CloudError(f"{operation.id}: the answer has not the form that it should have.", operation=operation.id)
    return entries


def row_of_object(entry: Json) -> Row:
    return Row(entry.get("timestamp"), entry.get("period"), entry.get("value"))


def row_of_array(entry: list[t.Any]) -> Row:
    return Row(*[*entry, None, None, None][:3])


def row_of_sample(entry: Json) -> Row:
    unit, resource_id = entry.get("counter_unit") or None, entry.get("resource_id")
    return Row(entry.get("timestamp"), None, entry.get("counter_volume"), unit, resource_id)


def normal(row: Row, metric: str) -> Json:
    """A value as a result returns it: a time in UTC, numbers, and a unit where it is known."""
    period = _number(row.period)
    return {
        "timestamp": timestamp_of(row.timestamp),
        "period": None if period is None else int(period),
        "value": _number(row.value),
        "unit": row.unit or _UNITS.get(metric),
    }


def timestamp_of(value: t.Any) -> t.Optional[str]:
    """A time of an answer; one that cannot be read stays as it is. Milliseconds may be returned as a text, too."""
    if isinstance(value, str) and _MILLISECONDS.fullmatch(value):
        value = int(value)
    if not isinstance(value, str):
        moment: t.Optional[str] = coerce(value, "time")
        return moment
    try:
        return times.for_result(times.parse(value))
    except ValueError:
        return value


def _number(value: t.Any) -> t.Optional[float]:
    """A number of an answer; None for what is none, as NaN, which JSON does not know."""
    try:
        number = coerce(value, "float")
    except OverflowError:
        return None
    return number if isinstance(number, float) and math.isfinite(number) else None


def order_of(measure: Json) -> tuple[t.Any, ...]:
    try:
        moment = times.parse(measure["timestamp"] or "")
    except ValueError:
        moment = datetime.datetime.min.replace(tzinfo=datetime.timezone.utc)
    return moment, measure["period"] or 0
