# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Volumes of the simulator."""

from __future__ import annotations

import pytest

from simulator import seeds

NEW = {"name": "data", "description": "For the databases", "size": 5, "metadata": {"tier": "gold"}}


def volume_of(api, volume_id):
    return api("volume-get", volume_id=volume_id).json()["volume"]


@pytest.fixture
def created(api, sim):
    volume = api("volume-create", {"volume": NEW}).json()["volume"]
    assert volume["status"] == "creating"
    sim.advance(60)
    return volume["id"]


def test_a_volume_is_created_changed_and_deleted(api, sim, created):
    assert {**volume_of(api, created), **NEW, "status": "available"} == volume_of(api, created)

    assert api("volume-update", {"volume": {"description": "other"}}, volume_id=created).status_code == 200
    api("volume-metadata-add", {"metadata": {"owner": "ops"}}, volume_id=created)
    assert volume_of(api, created)["metadata"] == {"tier": "gold", "owner": "ops"}
    api("volume-metadata-set", {"metadata": {"owner": "ops"}}, volume_id=created)
    assert volume_of(api, created)["metadata"] == {"owner": "ops"}
    assert volume_of(api, created)["description"] == "other"

    assert api("volume-delete", volume_id=created).status_code == 202
    assert volume_of(api, created)["status"] == "deleting"
    sim.advance(60)
    assert api("volume-get", volume_id=created).status_code == 404


def test_a_volume_grows_and_does_not_shrink(api, sim, created):
    assert api("volume-extend", {"os-extend": {"new_size": 5}}, volume_id=created).status_code == 400
    assert api("volume-extend", {"os-extend": {"new_size": 6}}, volume_id=created).status_code == 202
    assert (volume_of(api, created)["status"], volume_of(api, created)["size"]) == ("extending", 5)
    sim.advance(60)
    assert (volume_of(api, created)["status"], volume_of(api, created)["size"]) == ("available", 6)


def test_an_attached_volume_neither_grows_nor_goes(api, sim, created, server):
    api("server-volume-attach", {"volumeAttachment": {"volumeId": created}}, server_id=server["id"])
    sim.advance(60)

    assert volume_of(api, created)["attachments"][0]["server_id"] == server["id"]
    assert api("volume-extend", {"os-extend": {"new_size": 6}}, volume_id=created).status_code == 400
    refused = api("volume-delete", volume_id=created)
    assert "must not be migrating, attached" in refused.json()["badRequest"]["message"]


def test_a_volume_of_another_project_is_not_found(demo, created):
    refused = demo("volume-get", volume_id=created, tenant_id=seeds.DEMO_PROJECT)
    assert (refused.status_code, list(refused.json())) == (404, ["itemNotFound"])
    assert [volume["id"] for volume in demo("volume-list", tenant_id=seeds.DEMO_PROJECT).json()["volumes"]] == [
        seeds.DEMO_VOLUME
    ]


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("imageRef", "00000000-0000-4000-8000-000000000000"),
        ("snapshot_id", "00000000-0000-4000-8000-000000000000"),
        ("source_volid", seeds.DEMO_VOLUME),
        ("volume_type", "unheard-of"),
        ("availability_zone", "nova11"),
    ],
)
def test_what_a_volume_is_made_of_has_to_be_there(api, member, value):
    assert api("volume-create", {"volume": {**NEW, member: value}}).status_code in (400, 404)


def test_a_copy_is_as_large_as_its_source_at_least(api, sim, created):
    copy = api("volume-create", {"volume": {"name": "copy", "source_volid": created}}).json()["volume"]
    assert (copy["size"], copy["source_volid"]) == (5, created)
    small = {"volume": {"name": "copy", "source_volid": created, "size": 4}}
    assert api("volume-create", small).status_code == 400


def test_one_that_is_to_fail_ends_in_error(api, sim):
    sim.settings(fail_build="^bad")
    volume = api("volume-create", {"volume": {"name": "bad", "size": 1}}).json()["volume"]
    sim.advance(60)
    assert volume_of(api, volume["id"])["status"] == "error"


def test_volumes_are_paged(api, sim):
    first = api("volume-list", query={"limit": "1"}).json()
    assert len(first["volumes"]) == 1
    assert f"marker={first['volumes'][0]['id']}" in first["volumes_links"][0]["href"]
