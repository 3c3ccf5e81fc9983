# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""Image types: which one a name means, whole-object updates, and names that are refused."""

from __future__ import annotations

import types

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine import execution
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images import image_type
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.images.image_type import IMAGE_TYPE

TYPE = {
    "uuid": "uuid-0",
    "imageTypeName": "Rocky",
    "description": "",
    "virtType": "Vmware",
    "osType": "Linux",
    "operatingSystem": "rocky64Guest",
    "addType": "0",
    "updateTime": None,
}
OPTIONS = dict.fromkeys(("id", "name", "description", "virt_type", "os_type", "operating_system"))


class Cloud:
    """A client whose platform keeps what it is sent."""

    def __init__(self, *entries):
        self.entries = [dict(entry) for entry in entries]
        self.sent = []
        self.lookups, self.shared_lists = {}, {}
        self.connection = types.SimpleNamespace(
            retries=0, timeout=1.0, place=("http://cloud", "project"), url="http://cloud", project="p"
        )

    def list_all(self, operation, key, params=None, query=None, page_size=None):
        return [dict(entry) for entry in self.entries]

    def call(self, operation, params=None, query=None, body=None):
        if operation is image_type.GET:
            return next(dict(entry) for entry in self.entries if entry["uuid"] == params["image_type_id"])
        self.sent.append((operation, body))
        if operation is image_type.CREATE:
            self.entries.append({**body, "uuid": f"uuid-{len(self.entries)}"})
        return None


def converge(cloud, **options):
    return execution.converge(IMAGE_TYPE, Context(cloud, {"state": "present", **OPTIONS, **options}))


def test_an_update_is_the_whole_type_in_the_platforms_own_spelling():
    cloud = Cloud(TYPE)

    done = converge(cloud, name="Rocky", virt_type="VMware", os_type="linux", description="until 2032")

    assert done["actions"] == ["update"]
    body = {name: value for name, value in TYPE.items() if name != "updateTime"}
    assert cloud.sent == [(image_type.UPDATE, {**body, "description": "until 2032", "addType": 0})]


def test_a_description_can_be_taken_away():
    cloud = Cloud({**TYPE, "description": "old"})

    converge(cloud, name="Rocky", description="")

    assert cloud.sent[0][1]["description"] == ""


def test_a_name_means_the_type_of_the_virtualization_type_that_is_given():
    cloud = Cloud(TYPE)

    done = converge(cloud, name="Rocky", virt_type="CAS", os_type="Linux", operating_system="linux|Rocky")

    assert done["actions"] == ["create"]
    assert done["image_type"]["id"] == "uuid-1"
    assert cloud.sent[0][1]["addType"] == 1


def test_a_virtualization_type_is_changed_by_id():
    cloud = Cloud(TYPE)

    assert converge(cloud, id="uuid-0", virt_type="CAS")["actions"] == ["update"]
    assert cloud.sent[0][1]["virtType"] == "CAS"


def test_a_name_that_several_bear_is_an_error():
    cloud = Cloud(TYPE, {**TYPE, "uuid": "uuid-1", "virtType": "CAS"})

    with pytest.raises(OptionError, match="uuid-0, uuid-1"):
        converge(cloud, name="Rocky", description="x")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("name", ""),
        ("name", "x" * 129),
        ("name", ".a"),
        ("name", "a."),
        ("name", "a|b"),
        ("name", "a\\b"),
        ("name", "系统"),
        ("name", "a\uff1ab"),
        ("operating_system", "x" * 65),
        ("operating_system", "系统"),
        ("description", "x" * 86),
        ("virt_type", ""),
        ("os_type", "x" * 256),
    ],
)
def test_what_the_platform_does_not_take_is_refused_before_anything_is_sent(option, value):
    cloud = Cloud(TYPE)

    with pytest.raises(OptionError, match=f"^{option}: "):
        converge(cloud, **{"name": "Rocky", option: value})

    assert cloud.sent == []
