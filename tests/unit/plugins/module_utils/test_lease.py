# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Leases: extended, shortened, and left alone."""

from __future__ import annotations

import datetime
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.features import lease
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from simulator import Simulator, seeds

NONE = {"id": None, "end_time": None, "extend": None, "utc_offset": "+00:00", "server": None}
RESOURCE = {"resource_id": "r", "resource_name": "n"}
END = "2031-01-31 12:00:00"


def milliseconds(text):
    moment = datetime.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp() * 1000)


class Platform:
    """A client whose platform lists leases, unless it has none to list."""

    def __init__(self, *leases, refusal=404):
        self.leases, self.refusal, self.sent = list(leases), refusal, []
        self.connection = types.SimpleNamespace(url="http://cloud", project="p")

    def call(self, operation, params=None, query=None, body=None):
        if operation is lease.LIST:
            if not self.leases:
                raise CloudError("nothing is there", status=self.refusal)
            return {"resourceTenancies": [dict(entry) for entry in self.leases]}
        wanted = body["resourceTenancy"]
        self.sent.append((operation.id, wanted))
        (entry,) = (known for known in self.leases or [{}] if known.get("uuid") in (None, wanted["uuid"]))
        entry.update(wanted)
        if operation is lease.SHORTEN:
            entry["endTime"] = milliseconds(wanted["endTime"])
        return {"resourceTenancy": dict(entry)}


def listed(end=END, **members):
    return {"uuid": "l", "resUuid": "r", "resName": "n", "startTime": 0, "endTime": milliseconds(end), **members}


def change(platform, check_mode=False, **options):
    return lease.change(Context(platform, {**NONE, **RESOURCE, **options}, check_mode))


@pytest.mark.parametrize(
    "text", ["2026-12-31", "2026-12-31T18:00:00", "2026-13-01 00:00:00", "2026-12-31 24:00:00", ""]
)
def test_a_time_in_another_form_is_refused_before_anything_is_sent(text):
    with pytest.raises(OptionError, match=r"^end_time: "):
        change(types.SimpleNamespace(), id="l", end_time=text)


@pytest.mark.parametrize("text", ["8", "+8:00", "+15:00", "+08:60", "UTC", ""])
def test_an_offset_in_another_form_is_refused_before_anything_is_sent(text):
    with pytest.raises(OptionError, match=r"^utc_offset: "):
        change(types.SimpleNamespace(), id="l", end_time=END, utc_offset=text)


@given(st.datetimes(min_value=datetime.datetime(1970, 1, 1)))
def test_where_leases_are_not_listed_a_time_is_sent_as_it_is_given(moment):
    platform, text = Platform(), moment.strftime("%Y-%m-%d %H:%M:%S")
    result = change(platform, id="l", end_time=text)
    assert (result["actions"], result["lease"]["end_time"]) == (["shorten"], text)
    assert [wanted["endTime"] for _operation, wanted in platform.sent] == [text]


@pytest.mark.parametrize(("end", "action"), [("2032-01-01 00:00:00", "extend"), ("2030-01-01 00:00:00", "shorten")])
@pytest.mark.parametrize("offset", ["+00:00", "-03:30"])
def test_an_end_is_reached_once_whichever_way_it_lies(end, action, offset):
    platform = Platform(listed())
    options = {"end_time": end, "utc_offset": offset if action == "extend" else "+00:00"}
    foretold = change(platform, check_mode=True, **options)
    assert not platform.sent
    first, again = change(platform, **options), change(platform, **options)
    assert foretold["actions"] == first["actions"] == [action] and again["actions"] == []
    assert foretold["lease"]["end_time"] == first["lease"]["end_time"] == again["lease"]["end_time"] == end
    assert len(platform.sent) == 1


@pytest.mark.parametrize(
    ("term", "end"),
    [
        ("day", "2031-02-01 12:00:00"),
        ("week", "2031-02-07 12:00:00"),
        ("month", "2031-02-28 12:00:00"),
        ("quarter", "2031-04-30 12:00:00"),
        ("year", "2032-01-31 12:00:00"),
    ],
)
def test_a_lease_is_extended_by_a_term_from_its_present_end(term, end):
    platform = Platform(listed(userName="admin", due=True))
    result = change(platform, extend=term)
    ((operation, sent),) = platform.sent
    assert operation == "lease-extend" and result["actions"] == ["extend"]
    assert (sent["endTime"], sent["userName"], sent["due"]) == (milliseconds(end), "admin", False)
    assert sent["tenancyUuid"] == lease._TERMS[term][0]
    assert result["diff"]["before"]["end_time"] == "2031-01-31T12:00:00Z"


@pytest.mark.parametrize("shown", [{}, {"tenancyUuid": None}, {"endTime": None}, {"endTime": milliseconds(END)}])
def test_a_lease_that_never_ends_is_not_extended_again(shown):
    """By its term, by its end, or by having none: what the platform shows of it."""
    platform = Platform(listed())
    first = change(platform, extend="forever")
    assert first["actions"] == ["extend"]
    assert platform.sent[0][1]["endTime"] == milliseconds("9999-12-31 23:59:59")
    platform.leases[0].update(shown)
    for term in ("forever", "day"):
        assert not change(platform, extend=term)["changed"]
    assert len(platform.sent) == 1


@pytest.mark.parametrize("shown", [{}, {"endTime": None}, {"endTime": milliseconds(END)}])
def test_a_lease_that_never_ends_is_given_an_end_by_shortening_it(shown):
    platform = Platform(listed())
    change(platform, extend="forever")
    platform.leases[0].update(shown)
    for actions in (["shorten"], []):
        assert change(platform, end_time="2040-01-01 00:00:00")["actions"] == actions


@pytest.mark.parametrize("form", ["named", "bare", "wrapped", "paged", "enveloped"])
def test_leases_are_read_in_whatever_they_stand(form):
    with Simulator(leases="listed", lease_list=form) as cloud:
        client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
        leased = {"resource_id": seeds.DATA_VOLUME_1, "resource_name": "data-1"}
        run = Context(client, {**NONE, **leased, "extend": "forever"})
        assert [lease.change(run)["changed"] for _time in range(2)] == [True, False]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"extend": "day"}, "extend: this platform does not list"),
        ({"end_time": END}, "id: this platform does not list"),
    ],
)
def test_what_takes_the_list_says_so_where_there_is_none(options, problem):
    with pytest.raises(OptionError, match=problem):
        change(Platform(), **options)
    with pytest.raises(CloudError, match="nothing is there"):
        change(Platform(refusal=500), **options)


@pytest.mark.parametrize(
    ("leases", "options", "problem"),
    [
        ([listed(), listed(uuid="other")], {}, "several leases: l, other"),
        ([listed()], {"id": "none"}, "no lease none of the resource r"),
        ([listed(resUuid="another")], {}, "no lease of the resource r"),
        ([listed(resUuid="another")], {"id": "l"}, "no lease l of the resource r"),
    ],
)
def test_another_lease_is_never_taken(leases, options, problem):
    platform = Platform(*leases)
    with pytest.raises(OptionError, match=problem):
        change(platform, extend="day", **options)
    assert not platform.sent
