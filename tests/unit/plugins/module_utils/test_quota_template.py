# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Quota templates: two api_names, an update that does not say what it means, and the quota that they stand for."""

from __future__ import annotations

import time
import types

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import CloudError, OptionError, WaitError
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.secrets import Redactor
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity import quota_template
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.identity.quota_template import (
    MEMBERS,
    QUOTA_TEMPLATE,
)

OF_TABLE = "virtualSnapNum"


class Cloud:
    """A client whose platform goes by what it is told to on an update, and keeps members as they are sent."""

    def __init__(self, *templates, goes_by="uuid"):
        self.templates = [dict(template) for template in templates]
        self.goes_by = goes_by
        self.sent = []
        self.lookups, self.shared_lists = {}, {}
        self.redactor = Redactor()
        self.connection = types.SimpleNamespace(
            retries=0, timeout=1.0, place=("http://cloud", "project"), url="http://cloud", project="demo"
        )

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        assert operation is quota_template.LIST
        return [dict(template) for template in self.templates]

    def call(self, operation, params=None, query=None, body=None):
        if operation is quota_template.GET:
            found = [dict(template) for template in self.templates if template["uuid"] == params["quotaUuid"]]
            if not found:
                raise CloudError("no such template", status=404)
            return found[0]
        self.sent.append((operation, body))
        if operation is quota_template.DELETE:
            self.templates = [entry for entry in self.templates if entry["uuid"] != params["quotaUuid"]]
            return None
        meant = [entry for entry in self.templates if entry.get(self.goes_by) == body.get(self.goes_by, "")]
        if operation is quota_template.UPDATE and meant:
            meant[0].update({**body, "uuid": meant[0]["uuid"]})
        else:
            self.templates.append({**body, "uuid": f"uuid-{len(self.templates)}"})
        return None


def converge(cloud, check_mode=False, **options):
    return execution.converge(QUOTA_TEMPLATE, Context(cloud, {"state": "present", **options}, check_mode))


counts = st.integers(-1, 2**31 - 1)
limits = st.dictionaries(st.sampled_from([member.name for member in MEMBERS]), counts)
told_as = st.sampled_from([int, str])


@given(limits, limits, st.booleans(), told_as)
def test_what_is_applied_twice_changes_nothing_the_second_time(there, wanted, by_table, form):
    """Whatever the platform's spelling, and whether it tells numbers or texts."""
    told = {member.api[-1 if by_table else 0]: form(there[member.name]) for member in MEMBERS if member.name in there}
    cloud = Cloud({"uuid": "uuid-0", "name": "team", **told})

    foretold = converge(cloud, check_mode=True, name="team", **wanted)
    done = converge(cloud, name="team", **wanted)
    again = converge(cloud, name="team", **wanted)

    assert foretold["changed"] == done["changed"]
    assert foretold["diff"] == done["diff"]
    assert {name: done["quota_template"][name] for name in wanted} == wanted
    assert {name: done["quota_template"][name] for name in there.keys() - wanted.keys()} == {
        name: there[name] for name in there.keys() - wanted.keys()
    }
    assert (again["changed"], again["actions"]) == (False, [])
    assert len(cloud.templates) == 1
    assert set(told) <= set(cloud.templates[0])
    assert all(isinstance(cloud.templates[0][name], form) for name in told)


def test_a_new_template_is_spelt_as_in_the_examples():
    cloud = Cloud()
    converge(cloud, name="team", vm_snapshots=1, vm_snapshot_strategies=2, backups=3, servers=4)
    assert cloud.sent[0][1] == {
        "name": "team",
        "virtualSnpaNum": 1,
        "autoVirtualSnpaNum": 2,
        "eisooBackupNum": "3",
        "novaNum": 4,
    }


def test_an_update_sends_the_whole_template_as_the_platform_spells_it():
    cloud = Cloud(
        {"uuid": "uuid-0", "name": "team", OF_TABLE: 1, "eissoBackupNum": 2, "cpu": 3, "x": "y", "extra": None}
    )
    converge(cloud, name="team", vm_snapshots=5, backups=6, servers=7)
    assert cloud.sent == [
        (
            quota_template.UPDATE,
            {"uuid": "uuid-0", "name": "team", OF_TABLE: 5, "eissoBackupNum": 6, "cpu": 3, "x": "y", "novaNum": 7},
        )
    ]


@pytest.mark.parametrize("goes_by", ["name", "nothing"])
def test_a_platform_that_makes_another_template_instead_is_found_out(goes_by, monkeypatch):
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    cloud = Cloud({"uuid": "uuid-0", "name": "team", "cpu": 1}, goes_by=goes_by)
    with pytest.raises(WaitError, match=r"team \(uuid-0\).*another one named 'squad': uuid-1"):
        converge(cloud, id="uuid-0", name="squad", cpus=2)


def test_a_change_that_never_shows_is_an_error(monkeypatch):
    clock = iter(range(1000))
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    monkeypatch.setattr(time, "sleep", lambda seconds: None)
    cloud = Cloud({"uuid": "uuid-0", "name": "team", "cpu": 1})
    cloud.call = lambda operation, params=None, query=None, body=None: (
        dict(cloud.templates[0]) if operation is quota_template.GET else None
    )
    with pytest.raises(WaitError, match=r"not ready 5.0 s after 'update'\.") as raised:
        converge(cloud, name="team", cpus=2)
    assert "wait_timeout" not in str(raised.value.as_result())


def test_names_of_the_platform_are_matched_as_they_are():
    small = {"uuid": "uuid-0", "name": "common.name.small", "cpu": 100}
    assert converge(Cloud(small), name="common.name.small", cpus=100)["changed"] is False


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "team", "cpus": -2}, "cpus: -2"),
        ({"name": "team", "backups": 2**31}, "backups: 2147483648"),
        ({"name": "x" * 129}, "name: .*128"),
        ({"name": ""}, "name: .*1 to 128"),
        ({"name": "team", "extra": "x" * 2049}, "extra: .*2048"),
    ],
)
def test_what_no_template_can_have_is_refused_before_anything_is_sent(options, words):
    cloud = Cloud()
    with pytest.raises(OptionError, match=words):
        converge(cloud, **options)
    assert cloud.sent == []


def test_no_two_limits_are_one_member_or_one_place_of_a_quota():
    api_names = [spelling for member in MEMBERS for spelling in member.api]
    places = [member.quota for member in MEMBERS if member.quota]
    assert len(api_names) == len(set(api_names))
    assert len(places) == len(set(places))


def test_limits_without_a_unit_stand_for_no_quota():
    """The quota counts memory in MB and storage in GB; the template may count in anything."""
    assert {member.name for member in MEMBERS if member.quota is None} == {"ram", "storage", "virtual_networks"}
