# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""What a measurement is made of: the target, the window, one value, where values come from, a scope."""

from __future__ import annotations

import dataclasses
import datetime
import typing as t

from ..cloud.json_types import Json
from ..cloud.operation import Operation
from ..model.context import Context

# The list of the reference spells one metric in its own way; its example of a search has the right spelling.
OTHER_SPELLINGS = {"disk.device.capacity": "disk.device.capcacity"}
LISTED_NAMES = {wrong: right for right, wrong in OTHER_SPELLINGS.items()}


@dataclasses.dataclass(frozen=True)
class Target:
    """What is measured: a server, or a part of it.

    Attributes:
        id: what the platform's monitoring calls it.
        server_id: the server that it is, or is a part of.
        part: what people call the part; None for the server itself.
        sensor: type of the sensors of a bare-metal instance.
        metrics: ids of its metrics by name, None where the platform does not report what it has.
        rows: the values of its metrics by name, where they were returned along with what there is.
    """

    id: str
    server_id: t.Optional[str] = None
    part: t.Optional[str] = None
    sensor: t.Optional[str] = None
    metrics: t.Optional[t.Mapping[str, str]] = None
    rows: t.Optional[t.Mapping[str, list[Row]]] = None

    def spelled(self, metric: str) -> t.Optional[str]:
        """The platform's name of a metric, None if it is known not to be there."""
        other = OTHER_SPELLINGS.get(metric)
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
    """An operation that returns values.

    Attributes:
        operation: what is called.
        params: the parameters of its path, from what is measured and the platform's name of the metric.
        query: its query as pairs in order, from what is measured and the window.
        row: an entry of the answer in the normal form.
        shared: whether one answer is about all parts of a server.
        form: the type of an entry of the answer.
    """

    operation: Operation
    params: t.Callable[[Target, str], Json]
    query: t.Callable[[Target, Window], list[tuple[str, str]]]
    row: t.Callable[[t.Any], Row]
    shared: bool = False
    form: type[t.Any] = dict


@dataclasses.dataclass(frozen=True)
class Scope:
    """A kind of thing that is measured.

    Attributes:
        needs: the options that say which; all of them, or one of them with `one_is_enough`.
        takes: the options that narrow it down.
        metrics: the metrics that the reference lists; empty where only the platform knows them.
        find: what the options mean.
        sources: operations that return the values, by the name in the option `source`; None where `find` brings them.
    """

    needs: tuple[str, ...]
    find: t.Callable[[Context], list[Target]]
    sources: t.Mapping[str, t.Optional[Source]]
    metrics: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    one_is_enough: bool = False
