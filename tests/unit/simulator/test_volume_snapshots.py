# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Snapshots of volumes of the simulator."""

from __future__ import annotations

from simulator import seeds

NEW = {"name": "before", "description": "Before the upgrade", "volume_id": seeds.DATA_VOLUME_2}


def snapshot_of(api, snapshot_id):
    return api("volume-snapshot-get", snapshot_id=snapshot_id).json()["snapshot"]


def test_a_snapshot_is_created_changed_and_deleted(api, sim):
    created = api("volume-snapshot-create", {"snapshot": NEW}).json()["snapshot"]
    assert {**created, **NEW, "status": "creating", "size": 10} == created
    sim.advance(60)
    assert snapshot_of(api, created["id"])["status"] == "available"

    place = {"snapshot_id": created["id"]}
    assert api("volume-snapshot-update", {"snapshot": {"name": "other"}}, **place).json()["snapshot"]["name"] == "other"
    assert [one["id"] for one in api("volume-snapshot-list").json()["snapshots"]] == [created["id"]]
    assert api("volume-snapshot-list", query={"volume_id": seeds.DATA_VOLUME_1}).json() == {"snapshots": []}

    assert api("volume-snapshot-delete", **place).status_code == 202
    sim.advance(60)
    assert list(api("volume-snapshot-get", **place).json()) == ["itemNotFound"]


def test_a_volume_that_is_in_use_has_snapshots_by_force_only(api, sim, server):
    api("server-volume-attach", {"volumeAttachment": {"volumeId": seeds.DATA_VOLUME_2}}, server_id=server["id"])
    sim.advance(60)
    assert api("volume-snapshot-create", {"snapshot": NEW}).status_code == 400
    assert api("volume-snapshot-create", {"snapshot": {**NEW, "force": True}}).status_code == 202


def test_a_volume_stays_while_it_has_snapshots(api, sim):
    api("volume-snapshot-create", {"snapshot": NEW})
    assert api("volume-delete", volume_id=seeds.DATA_VOLUME_2).status_code == 400


def test_a_volume_is_made_from_a_snapshot(api, sim):
    snapshot = sim.seed("volume_snapshots", volume_id=seeds.DATA_VOLUME_2, size=10)[0]
    made = api("volume-create", {"volume": {"name": "copy", "snapshot_id": snapshot["id"]}}).json()["volume"]
    assert (made["snapshot_id"], made["size"]) == (snapshot["id"], 10)


def test_a_snapshot_of_another_project_is_not_found(sim, demo):
    snapshot = sim.seed("volume_snapshots")[0]
    found = demo("volume-snapshot-get", snapshot_id=snapshot["id"], tenant_id=seeds.DEMO_PROJECT)
    assert found.status_code == 404
