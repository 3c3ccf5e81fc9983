# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""DRX."""

from __future__ import annotations

import pytest

VALUE = {"monitorUuid": "listener", "serverName": "web", "cpuUtilThreshold": "70", "status": "active"}


@pytest.fixture
def wanted(server):
    return {"uuid": "listener", "info_value": {**VALUE, "instanceUuid": server["id"]}}


def test_a_drx_is_known_by_its_listener(api, wanted):
    made = api("drx-create", {"extraInfos": wanted}).json()["extraInfos"]
    assert made["uuid"] == "listener" and made["id"] != "listener"
    assert made["info_value"]["cpuUtilThreshold"] == "70"
    assert api("drx-list").json() == {"extraInfos": [made]}
    assert api("drx-create", {"extraInfos": wanted}).status_code == 409
    assert api("drx-delete", uuid="listener").text == ""
    assert api("drx-get", uuid="listener").status_code == 404


def test_an_update_is_the_whole_drx(api, wanted):
    made = api("drx-create", {"extraInfos": {**wanted, "info_desc": "first"}}).json()["extraInfos"]
    changed = {**wanted, "id": made["id"]}
    changed["info_value"] = {name: value for name, value in wanted["info_value"].items() if name != "cpuUtilThreshold"}
    assert api("drx-update", {"extraInfos": changed}, uuid="listener").status_code == 200
    now = api("drx-get", uuid="listener").json()["extraInfos"]
    assert (now["info_desc"], now["info_value"]["cpuUtilThreshold"]) == ("", None)
    assert api("drx-update", {"extraInfos": {**changed, "id": "another"}}, uuid="listener").status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"cpuUtilThreshold": 70},
        {"cpuUtilThreshold": "101"},
        {"interval": "soon"},
        {"status": "on"},
        {"monitorUuid": "another"},
        {"serverName": "another"},
        {"instanceUuid": "nothing"},
    ],
)
def test_values_that_are_refused(api, wanted, change):
    wanted["info_value"].update(change)
    assert api("drx-create", {"extraInfos": wanted}).status_code == 400


def test_the_wrapper_is_needed_and_the_id_is_not_to_be_given(api, wanted):
    assert api("drx-create", wanted).status_code == 400
    assert api("drx-create", {"extraInfos": {**wanted, "id": "1"}}).status_code == 400
