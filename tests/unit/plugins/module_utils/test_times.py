# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A moment is the same however it is written."""

from __future__ import annotations

import contextlib
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud import times

ZONES = st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-14 * 60, 14 * 60))
MOMENTS = st.datetimes(datetime(1000, 1, 2), datetime(9999, 12, 30), timezones=ZONES)
NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-31T12:00:00Z",
        "2026-01-31t12:00:00z",
        "2026-01-31T12:00:00",
        "2026-01-31 12:00:00",
        "2026-01-31 12:00",
        "2026-01-31T12:00:00.000000000+00:00",
        "2026-01-31T12:00:00,0Z",
        "2026-01-31T20:00:00+08:00",
        "2026-01-31T20:00:00+0800",
        "2026-01-31 20:00:00 +08",
        "2026-01-31T06:30:00-05:30",
        "2026-02-01T00:00:00+12:00",
        "1769860800",
        "1769860800.0",
        " 1769860800 ",
    ],
)
def test_every_spelling_of_noon_is_noon(text):
    assert times.parse(text) == NOON
    assert times.for_query(times.parse(text)) == "2026-01-31T12:00:00"
    assert times.for_result(times.parse(text)) == "2026-01-31T12:00:00Z"


def test_a_day_is_its_beginning():
    assert times.for_result(times.parse("2026-01-31")) == "2026-01-31T00:00:00Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "yesterday",
        "12:00",
        "2026-1-31",
        "2026-01-32",
        "2026-13-01T00:00:00Z",
        "2026-02-29T00:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T12:00:60Z",
        "2026-01-31T12:00:00+25:00",
        "2026-01-31T12:00:00 CET",
        "2026-01-31T12",
        "31.01.2026 12:00",
        "20260131",
        "1769860800000",
        "-1769860800",
        "1e9",
        "0001-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-01:00",
        "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0663\u0661",
    ],
)
def test_what_is_no_time_is_refused(text):
    with pytest.raises(ValueError):
        times.parse(text)


@given(MOMENTS)
def test_an_offset_changes_nothing(moment):
    assert times.parse(moment.isoformat()) == moment


@given(st.datetimes(datetime(1000, 1, 2)))
def test_without_an_offset_it_is_utc(moment):
    assert times.parse(moment.isoformat()) == moment.replace(tzinfo=timezone.utc)


@given(st.integers(100_000_000, 99_999_999_999))
def test_seconds_since_1970_are_those(seconds):
    assert times.parse(str(seconds)).timestamp() == seconds


@given(MOMENTS)
def test_a_result_can_be_read_again_and_a_query_has_no_offset_and_no_fraction(moment):
    assert times.parse(times.for_result(moment)) == moment
    asked = times.for_query(moment)
    assert datetime.strptime(asked, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc) == moment.astimezone(
        timezone.utc
    ).replace(microsecond=0)


@given(st.text() | st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}:[0-9]{2}\Z"))
def test_nothing_but_value_errors_come_of_any_text(text):
    with contextlib.suppress(ValueError):
        assert times.parse(text).tzinfo is timezone.utc
