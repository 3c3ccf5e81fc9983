# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Images from the web, and what images have beyond the creation of the reference."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from integration.web import serving

from simulator import Simulator

from .player import Call, Player, Story

KIND = {"disk_format": "raw", "virt_type": "KVM", "cas_ostype": "linux"}
DATA = "the data of an image"
MD5 = hashlib.md5(DATA.encode(), usedforsecurity=False).hexdigest()
LABELS = {"protected": True, "tags": ["linux"], "properties": {"os_distro": "rocky"}}


@pytest.fixture(scope="module")
def cloud():
    with Simulator() as running:
        yield running


@pytest.fixture
def web() -> Iterator[tuple[str, list[dict[str, str]]]]:
    with serving({"image.raw": DATA, "empty": ""}) as served:
        yield served


@pytest.fixture
def play(cloud, tmp_path):
    def played(*calls: dict[str, Any], images=(), **settings: Any):
        story = [
            Call(
                "",
                "cloudos_image",
                {key: value for key, value in given.items() if key != "check_mode"},
                "check_mode" in given,
            )
            for given in calls
        ]
        seeds = [{"kind": "images", "name": "system", **image} for image in images]
        return Player(cloud, tmp_path).play(Story("images", story, seeds=seeds, settings=settings))

    return played


def requests(done):
    """What was sent, without the logins that a reset cloud makes necessary."""
    answered = [entry["operation"] for entry in done.log if entry["status"] != 401]
    return [operation for operation in answered if operation != "token-create"]


def test_what_a_url_has_is_passed_on_and_compared_by_its_sum_only(play, web):
    url, seen = web
    made, again, other, absent = play(
        {"name": "web", **KIND, "src": f"{url}/image.raw", "checksum": MD5},
        {"name": "web", **KIND, "src": f"{url}/image.raw"},
        {"name": "web", "src": f"{url}/image.raw", "checksum": "0" * 32, "check_mode": True},
        {"name": "web", "state": "absent"},
    )

    assert made.result["actions"] == ["create", "upload"]
    assert (made.result["image"]["checksum"], made.result["image"]["size"]) == (MD5, len(DATA))
    assert again.result["changed"] is False
    assert "cannot change checksum" in other.result["msg"]
    assert absent.result["actions"] == ["delete"]
    assert len(seen) == 2
    assert not [name for headers in seen for name in headers if "token" in name]


def test_a_queued_image_gets_what_a_url_has(play, web):
    (fed,) = play(
        {"name": "system", "src": f"{web[0]}/image.raw"}, images=[{"status": "queued", "checksum": None, "size": None}]
    )

    assert fed.result["actions"] == ["upload"]
    assert fed.result["image"]["checksum"] == MD5


@pytest.mark.parametrize("path", ["none", "empty"])
def test_nothing_is_made_of_what_is_not_there(play, web, path):
    foreseen, refused = play(
        {"name": "web", **KIND, "src": f"{web[0]}/{path}", "check_mode": True},
        {"name": "web", **KIND, "src": f"{web[0]}/{path}"},
    )

    assert foreseen.result["msg"] == refused.result["msg"]
    assert refused.result["msg"].startswith(f"src: {web[0]}/{path} ")
    assert [requests(one) for one in (foreseen, refused)] == [["image-list"], ["image-list"]]


def test_data_with_another_sum_than_wanted_makes_no_active_image(play, web):
    broken, mended = play(
        {"name": "web", **KIND, "src": f"{web[0]}/image.raw", "checksum": "0" * 32},
        {"name": "web", **KIND, "src": f"{web[0]}/image.raw", "checksum": MD5},
    )

    assert f"has the MD5 sum {MD5}" in broken.result["msg"]
    assert broken.result["actions"] == ["create"]
    assert mended.result["actions"] == ["upload"]
    assert mended.result["image"]["status"] == "active"


@pytest.mark.parametrize("url", ["ftp://host/image.raw", "s3://bucket/image.raw", "http://", "//host/image.raw"])
def test_any_other_source_is_refused_before_anything_is_sent(play, url):
    (refused,) = play({"name": "web", **KIND, "src": url})

    assert refused.result["msg"].startswith("src: ")
    assert requests(refused) == []


@pytest.mark.parametrize(
    "source",
    [
        {},
        {"ftp": {"file_name": "i", "local_ip": "192.0.2.1", "username": "me", "password": "secret"}, "checksum": MD5},
        {"from_snapshot": "web-1"},
    ],
)
def test_what_a_creation_does_not_take_is_set_by_a_patch(play, source):
    options = {"name": "new", **({} if "from_snapshot" in source else KIND), **source, **LABELS}
    foreseen, made, again = play(
        {**options, "check_mode": True}, options, options, images=[{"name": "web-1", "image_type": "snapshot"}]
    )

    assert foreseen.result["actions"] == made.result["actions"]
    assert {name: made.result["image"][name] for name in LABELS} == LABELS
    assert again.result["changed"] is False
    assert {name: again.result["image"][name] for name in LABELS} == LABELS


def test_what_nobody_asks_for_costs_no_request(play):
    (made,) = play({"name": "new", **KIND, "protected": False, "tags": [], "properties": {}})

    assert requests(made) == ["image-list", "image-create"]


def test_a_protected_image_is_neither_deleted_nor_replaced(play, web):
    absent, replaced = play(
        {"name": "system", "state": "absent"},
        {"name": "system", "disk_format": "iso", "src": f"{web[0]}/image.raw", "replace": True},
        images=[{"protected": True, "cas_ostype": "linux"}],
    )

    for refused in (absent, replaced):
        assert "is protected against deletion" in refused.result["msg"]
        assert "protected: false" in refused.result["msg"]
        assert requests(refused) == ["image-list"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"tags": ["linux"]}, "tags: only OpenStack has this"),
        ({"properties": {"os_distro": "rocky"}, "tags": ["linux"]}, "tags, properties: only OpenStack has this"),
    ],
)
def test_a_refusal_says_whose_members_these_are(play, given, words):
    (refused,) = play({"name": "system", **given}, images=[{}], beyond="refused")

    assert words in refused.result["msg"]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"properties": {"image_type": "snapshot"}}, "properties: image_type is an option of its own"),
        ({"properties": {"os-region-name": "x", "min_ram": 1}}, "properties: min_ram, os-region-name is an option"),
        ({"properties": {"key": "x" * 256}}, "properties: the platform takes"),
        ({"tags": [""]}, "tags: the platform takes"),
    ],
)
def test_bad_members_are_refused_before_anything_is_sent(play, given, words):
    (refused,) = play({"name": "system", **given}, images=[{}])

    assert words in refused.result["msg"]
    assert requests(refused) == []


def test_keys_of_properties_may_have_slashes(play):
    set_, purged = play(
        {"name": "system", "properties": {"a/b~c": "1", "d": "2"}},
        {"name": "system", "properties": {"d": "2"}, "purge_properties": True},
        images=[{}],
    )

    assert set_.result["image"]["properties"] == {"a/b~c": "1", "d": "2"}
    assert purged.result["image"]["properties"] == {"d": "2"}


def test_secrets_among_properties_are_set_and_not_told(play):
    set_, again = play(
        {"name": "system", "properties": {"os_password": "Canary-1", "a": "b"}}, {"name": "system"}, images=[{}]
    )

    assert set_.result["image"]["properties"] == again.result["image"]["properties"] == {"a": "b"}
    assert "Canary-1" not in str(set_.result)
