# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

# This file is private to the collection h3c.cloudos: do not import it from anywhere else.
# It can change at any time, without notice and without regard to compatibility.

"""Moments: as people and services write them, as queries want them, and as results have them."""

from __future__ import annotations

import datetime
import re
import typing as t

_UTC = datetime.timezone.utc
_ISO = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ](?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
    r" ?(?P<offset>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
# Seconds since 1970, from 1973 on. Fewer digits are a date without hyphens, more are milliseconds.
_EPOCH = re.compile(r"[0-9]{9,11}(?:\.[0-9]+)?")


def parse(text: str) -> datetime.datetime:
    """The moment that a text means, in UTC: ISO 8601 with an offset, without one (then it is UTC), or epoch seconds.

    Raises:
        ValueError: it is no such text, or there is no such moment.
    """
    text = text.strip()
    if _EPOCH.fullmatch(text):
        return datetime.datetime.fromtimestamp(float(text), _UTC)
    match = _ISO.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no time")
    year, month, day = (int(part) for part in match["date"].split("-"))
    hour, minute, second = (int(match[name] or 0) for name in ("hour", "minute", "second"))
    micros = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    moment = datetime.datetime(year, month, day, hour, minute, second, micros, _zone(match["offset"]))
    try:
        return moment.astimezone(_UTC)
    except OverflowError:
        raise ValueError(f"{text!r} is out of range") from None


def _zone(offset: t.Optional[str]) -> datetime.timezone:
    if offset in (None, "Z", "z"):
        return _UTC
    digits = offset[1:].replace(":", "")
    distance = datetime.timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return datetime.timezone(-distance if offset[0] == "-" else distance)


def for_query(moment: datetime.datetime) -> str:
    """A moment as queries of the platform want it: UTC without a word about it, whole seconds."""
    return moment.astimezone(_UTC).replace(tzinfo=None, microsecond=0).isoformat()


def for_result(moment: datetime.datetime) -> str:
    """A moment as results have it: ISO 8601 in UTC."""
    return f"{moment.astimezone(_UTC).replace(tzinfo=None).isoformat()}Z"
