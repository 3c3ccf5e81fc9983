# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""What servers and images promise, held against the simulator in both of its answer styles."""

from __future__ import annotations

import time

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils import engine, options
from ansible_collections.h3c.cloudos.plugins.module_utils.client import Client, Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.errors import CloudError, OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.image import IMAGE
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.server import SERVER
from ansible_collections.h3c.cloudos.plugins.module_utils.run import Run
from simulator import Simulator, seeds

SHAPES = ("reference", "openstack")
WEB = {
    "name": "web",
    "image": "rocky",
    "flavor": "small",
    "availability_zone": "nova11",
    "networks": [{"id": seeds.NET_1}],
}
_sleep = time.sleep


@pytest.fixture(scope="module")
def running():
    with Simulator(build_seconds=0.1, action_seconds=0.05) as simulator:
        yield simulator


@pytest.fixture(params=SHAPES)
def cloud(request, running, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(engine.time, "sleep", lambda seconds: _sleep(min(seconds, 0.02)))
    running.reset()
    running.settings(shape=request.param)
    running.seed("images", id="image-rocky", name="rocky")
    running.seed("flavors", id="f-small", name="small", vcpus=1, ram=1024, disk=20)
    running.seed("flavors", id="f-large", name="large", vcpus=4, ram=4096, disk=20)
    return running


@pytest.fixture
def converge(cloud):
    """Converge one object, as a module with these options would, with a client of its own."""

    def converge(resource=SERVER, check=False, **given):
        client = Client(Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin"))
        validated = options.member_validator(resource).validate(given)
        assert not validated.errors.errors, validated.errors.msg
        try:
            return engine.converge(resource, Run(client, validated.validated_parameters, check))
        finally:
            client.close()

    return converge


@pytest.fixture
def agreed(converge):
    """The same in check mode first and once more afterwards: all three have to agree."""

    def agreed(resource=SERVER, **given):
        preview = converge(resource, check=True, **given)
        result = converge(resource, **given)
        again = converge(resource, **given)
        assert (result["changed"], result["actions"]) == (preview["changed"], preview["actions"])
        assert again["changed"] is False and again["actions"] == []
        return result

    return agreed


def writes(cloud):
    return [
        entry["operation"]
        for entry in cloud.log()
        if entry["method"] != "GET" and entry["operation"] not in ("token-create", "server-attachable-volume-list")
    ]


# --- images and snapshots ----------------------------------------------------------------------------------------


def test_the_name_of_an_image_means_no_snapshot(cloud, agreed, converge):
    server = agreed(**WEB)["server"]
    (snapshot,) = cloud.seed("images", name="rocky", image_type="snapshot", instance_uuid=server["id"])
    assert converge(**WEB)["changed"] is False
    assert agreed(**{**WEB, "name": "copy", "image": snapshot["id"]})["server"]["image"] == snapshot["id"]


def test_a_name_that_only_a_snapshot_bears_is_no_image(cloud, converge):
    cloud.seed("images", name="weekly", image_type="snapshot")
    with pytest.raises(OptionError, match="there is no image 'weekly'"):
        converge(**{**WEB, "image": "weekly"})
    assert writes(cloud) == []
