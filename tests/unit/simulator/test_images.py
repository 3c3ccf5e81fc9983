# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Images: record, data, patches, import, snapshots."""

from __future__ import annotations

import hashlib

import pytest

from simulator import seeds

RECORD = {
    "name": "ubuntu",
    "visibility": "public",
    "cas_ostype": "linux|Ubuntu Linux(64-bit)",
    "disk_format": "qcow2",
    "virt_type": "CAS",
    "min_cpu": "1",
    "min_ram": 1,
    "min_disk": 1,
    "vmware_password": "cloudos",
}


def shown(api, image_id):
    return api("image-get", image_id=image_id).json()["images"][0]


def test_an_image_is_queued_until_its_data_arrive(api):
    created = api("image-create", RECORD)
    image = created.json()
    assert (created.status_code, image["status"], image["size"], image["checksum"]) == (201, "queued", None, None)
    assert (image["owner"], image["vmware_password"], image["tags"]) == (seeds.ADMIN_PROJECT, "cloudos", None)
    assert api("image-download", image_id=image["id"]).status_code == 204

    data = b"disk" * 100_000
    uploaded = api("image-upload", data=data, image_id=image["id"])
    assert (uploaded.status_code, uploaded.content) == (200, b"")
    image = shown(api, image["id"])
    assert (image["status"], image["size"], image["checksum"]) == ("active", len(data), hashlib.md5(data).hexdigest())
    assert api("image-download", image_id=image["id"]).content == data
    assert api("image-upload", data=data, image_id=image["id"]).status_code == 409


def test_data_may_come_in_chunks_of_unknown_length(api):
    image = api("image-create", RECORD).json()
    assert api("image-upload", data=iter([b"a" * 70_000, b"b"]), image_id=image["id"]).status_code == 200
    assert shown(api, image["id"])["size"] == 70_001


def test_an_image_goes_unless_it_is_protected(api, sim):
    free, protected = sim.seed("images")[0], sim.seed("images", protected=True)[0]
    assert api("image-delete", image_id=protected["id"]).status_code == 403
    assert api("image-delete", image_id=free["id"]).status_code == 204
    assert api("image-delete", image_id=free["id"]).status_code == 404
    assert api("image-get", image_id=free["id"]).status_code == 404


def test_private_images_are_for_their_project(api, demo, sim):
    mine = sim.seed("images", name="mine", visibility="private")[0]
    public = sim.seed("images", name="all")[0]
    assert [image["name"] for image in demo("image-list").json()["images"]] == ["all"]
    assert demo("image-get", image_id=mine["id"]).status_code == 404
    assert demo("image-delete", image_id=public["id"]).status_code == 403
    assert len(api("image-list").json()["images"]) == 2


def test_the_list_is_cut_and_filtered(api, sim):
    sim.seed("images", name="i-{n}", count=5)
    sim.seed("images", name="other", owner=seeds.DEMO_PROJECT)
    assert len(api("image-list", query={"owner": seeds.DEMO_PROJECT}).json()["images"]) == 1
    first = api("image-list", query={"limit": "4"}).json()["images"]
    rest = api("image-list", query={"limit": "4", "marker": first[-1]["id"]}).json()["images"]
    assert len({image["name"] for image in first + rest}) == 6
    assert api("image-list", query={"marker": "nothing"}).status_code == 400


@pytest.mark.parametrize(
    ("step", "status", "change"),
    [
        ({"op": "replace", "path": "/name", "value": "new"}, 200, {"name": "new"}),
        ({"op": "replace", "path": "/min_disk", "value": 5}, 200, {"min_disk": 5}),
        ({"op": "replace", "path": "/min_disk", "value": "5"}, 400, {}),
        ({"op": "replace", "path": "/description", "value": "text"}, 200, {"description": "text"}),
        ({"op": "replace", "path": "/own", "value": "x"}, 409, {}),
        ({"op": "add", "path": "/own", "value": "x"}, 200, {"own": "x"}),
        ({"op": "remove", "path": "/name"}, 403, {}),
        ({"op": "replace", "path": "/status", "value": "active"}, 403, {}),
        ({"op": "replace", "path": "/visibility", "value": "shared"}, 400, {}),
    ],
)
def test_patches(api, image, step, status, change):
    before = shown(api, image["id"])
    assert api("image-patch", [step], image_id=image["id"]).status_code == status
    after = shown(api, image["id"])
    assert {**before, **change, "updated_at": None} == {**after, "updated_at": None}


def test_a_patch_is_taken_whole_or_not_at_all(api, image):
    steps = [{"op": "replace", "path": "/name", "value": "new"}, {"op": "replace", "path": "/own", "value": "x"}]
    assert api("image-patch", steps, image_id=image["id"]).status_code == 409
    assert shown(api, image["id"])["name"] == "ubuntu"


def test_a_snapshot_becomes_an_image_in_place(api, sim):
    snapshot = sim.seed("images", name="snap", image_type="snapshot")[0]
    patch = [{"op": "replace", "path": "/image_type", "value": "image"}]
    assert api("image-patch", patch, image_id=snapshot["id"]).json()["image_type"] == "image"


def ftp(**changes):
    return {
        "glance": {
            **RECORD,
            "localIp": "10.125.30.150",
            "md5_hash": "e770edb9087058ee54ec56c189a2f7e5",
            "file_name": "ubtu-cas",
            "os_username": "admin",
            "os_password": "ftp-secret",
            **changes,
        }
    }


def test_an_import_echoes_the_request_and_appears_under_its_name(api, sim):
    body = ftp(os_auth_url="http://keystone-service:5000/")
    echo = api("image-create-ftp", body).json()["glance"]
    assert "id" not in echo
    assert (echo["os_password"], echo["os_auth_URI"]) == ("ftp-secret", "http://keystone-service:5000/")
    image = api("image-list").json()["images"][0]
    assert (image["name"], image["status"]) == ("ubuntu", "saving")
    assert "os_password" not in image
    sim.advance(60)
    image = shown(api, image["id"])
    assert (image["status"], image["checksum"]) == ("active", "e770edb9087058ee54ec56c189a2f7e5")


def test_an_import_can_fail(api, sim):
    sim.settings(fail_build="^ubu")
    api("image-create-ftp", ftp())
    sim.advance(60)
    assert api("image-list").json()["images"][0]["status"] == "killed"


def test_tags_and_properties_are_patched(api, sim):
    image = sim.seed("images")[0]

    def patch(*steps):
        keys = ("op", "path", "value")
        return api("image-patch", [dict(zip(keys, step, strict=False)) for step in steps], image_id=image["id"])

    assert patch(("add", "/tags", ["b", "a"]), ("add", "/x~1y", "1")).json()["tags"] == ["a", "b"]
    assert api("image-get", image_id=image["id"]).json()["images"][0]["x/y"] == "1"
    assert patch(("replace", "/tags", "a")).status_code == 400
    assert patch(("add", "/tags", ["a", "a"])).status_code == 400
    assert patch(("replace", "/none", "1")).status_code == 409
    assert patch(("remove", "/x~1y")).status_code == 200
    assert patch(("replace", "/tags", [])).json()["tags"] is None
    sim.settings(beyond="refused")
    assert patch(("add", "/tags", ["a"])).status_code == patch(("add", "/z", "1")).status_code == 403
    assert patch(("add", "/description", "1"), ("replace", "/protected", True)).status_code == 200
