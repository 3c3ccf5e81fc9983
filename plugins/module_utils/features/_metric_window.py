# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""From when to when values are wanted."""

from __future__ import annotations

import datetime
import typing as t

from ..cloud import times
from ..cloud.errors import OptionError
from ..model.context import Context
from ._metric_model import Row, Window
from ._metric_rows import timestamp_of


def is_within(row: Row, window: Window) -> bool:
    """Whether a value is of the wanted time, where the platform cannot be asked for less than all of it."""
    try:
        moment = times.parse(timestamp_of(row.timestamp) or "")
    except ValueError:
        return True
    return (window.start is None or moment >= window.start) and (window.stop is None or moment <= window.stop)


def wanted_window(run: Context) -> Window:
    window = Window(_moment(run, "start"), _moment(run, "stop"))
    if window.start and window.stop and window.start > window.stop:
        start, stop = times.for_result(window.start), times.for_result(window.stop)
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
            f"{option}: {text!r} is not a valid time.",
            hint="Write it like 2026-01-31T12:00:00Z or 2026-01-31T20:00:00+08:00, or as seconds since 1970.",
        ) from None
