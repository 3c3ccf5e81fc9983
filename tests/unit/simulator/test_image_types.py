# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Image types."""

from __future__ import annotations

import pytest

TYPE = {
    "imageTypeName": "Rocky 9",
    "virtType": "CAS",
    "osType": "Linux",
    "operatingSystem": "linux|Rocky 9(64-bit)",
    "addType": 1,
}


def test_a_type_is_created_changed_as_a_whole_and_deleted(api):
    assert api("image-type-create", {**TYPE, "description": "first"}).text == ""
    (made,) = api("image-type-list").json()
    assert made == {**TYPE, "uuid": made["uuid"], "description": "first", "updateTime": None}
    assert api("image-type-update", {**TYPE, "uuid": made["uuid"], "virtType": "VMware"}).text == ""
    changed = api("image-type-get", image_type_id=made["uuid"]).json()
    assert (changed["virtType"], changed["description"]) == ("VMware", "")
    assert changed["updateTime"]
    assert api("image-type-delete", image_type_id=made["uuid"]).status_code == 200
    assert api("image-type-get", image_type_id=made["uuid"]).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"imageTypeName": "a:b"},
        {"imageTypeName": "系统"},
        {"operatingSystem": "系统"},
        {"description": 1111},
        {"description": "x" * 86},
        {"addType": "1"},
        {"addType": 0},
        {"uuid": "cannot be sent"},
    ],
)
def test_types_that_are_refused(api, change):
    assert api("image-type-create", {**TYPE, **change}).status_code == 400


@pytest.mark.parametrize("member", [*TYPE, "uuid"])
def test_an_update_needs_every_member(api, sim, member):
    whole = {**TYPE, "uuid": sim.seed("image_types", addType=1)[0]["id"]}
    assert api("image-type-update", whole).status_code == 200
    assert api("image-type-update", {name: whole[name] for name in whole if name != member}).status_code == 400


def test_the_origin_stays(api, sim):
    built_in = sim.seed("image_types")[0]
    assert api("image-type-update", {**TYPE, "uuid": built_in["id"]}).status_code == 400


def test_lists_are_bare_arrays(api, sim):
    sim.seed("image_types", name="a")
    sim.seed("image_types", name="b", virtType="VMware", operatingSystem="ubuntu64Guest")

    def names(operation, **path):
        return [entry["imageTypeName"] for entry in api(operation, **path).json()]

    assert names("image-type-list") == ["a", "b"]
    assert names("image-type-list-by-virt-type", virtual_type="CAS") == ["a"]
    assert names("image-type-list-by-os", os_type="ubuntu64Guest") == ["b"]
    assert "CAS" in api("image-type-virt-types").json()
    assert "Linux" in api("image-type-os-types").json()


def test_image_types_are_for_administrators(demo, sim):
    built_in = sim.seed("image_types")[0]
    assert demo("image-type-list").status_code == 200
    assert demo("image-type-create", TYPE).status_code == 403
    assert demo("image-type-update", {**TYPE, "uuid": built_in["id"]}).status_code == 403
    assert demo("image-type-delete", image_type_id=built_in["id"]).status_code == 403
