# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A template is sent as a whole, and gives a new server what its options do not say."""

from __future__ import annotations

import pytest

from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.client import Client
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.connection import Connection
from ansible_collections.h3c.cloudos.plugins.module_utils.cloud.errors import OptionError
from ansible_collections.h3c.cloudos.plugins.module_utils.engine.execution import converge
from ansible_collections.h3c.cloudos.plugins.module_utils.model.context import Context
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute import server_template
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server import SERVER
from ansible_collections.h3c.cloudos.plugins.module_utils.resources.compute.server_template import SERVER_TEMPLATE
from simulator import Simulator, seeds

NEW = {"name": "web", "image": "rocky", "flavor": "small", "availability_zone": "nova11"}
NETWORKS = [{"network": seeds.NET_1, "gateway": True}]


@pytest.fixture(scope="module")
def running():
    with Simulator(build_seconds=0) as simulator:
        yield simulator


@pytest.fixture
def cloud(running):
    running.reset()
    for kind, name in (("images", "rocky"), ("images", "other"), ("flavors", "small"), ("flavors", "large")):
        running.seed(kind, name=name)
    return running


def task(cloud, resource, check_mode=False, **options):
    cloud.clear_log()
    defaults = {field.name: None for field in resource.fields if field.option is not None}
    defaults.update({name: rules.get("default") for name, rules in resource.more_options.items()})
    defaults.update(state="present", wait=True, wait_timeout=60, replace=False)
    connection = Connection(cloud.url, username="admin", password=seeds.ADMIN_PASSWORD, project="admin", timeout=60.0)
    client = Client(connection)
    try:
        return converge(resource, Context(client, {**defaults, **options}, check_mode))
    finally:
        client.close()


def template(cloud, **options):
    return task(cloud, SERVER_TEMPLATE, **options)


def server(cloud, check_mode=False, **options):
    return task(cloud, SERVER, check_mode, **{"networks": NETWORKS, **options})


def sent(cloud):
    return [entry["operation"] for entry in cloud.log() if entry["operation"] != "token-create"]


def last_body(cloud):
    return [entry for entry in cloud.log() if entry["method"] in ("POST", "PUT")][-1]["body"]


def id_of(cloud, kind, name):
    return next(record["id"] for record in cloud.state(kind) if record["name"] == name)


# --- templates ---------------------------------------------------------------------------------------------------


def test_a_new_template_is_sent_without_an_id_and_found_by_its_name(cloud):
    made = template(cloud, **NEW)["server_template"]
    assert last_body(cloud) == {
        "name": "web",
        "description": "",
        "image_uuid": id_of(cloud, "images", "rocky"),
        "flavor_uuid": id_of(cloud, "flavors", "small"),
        "availability_zone": "nova11",
        "azone_uuid": seeds.ZONE_NOVA11,
        "user_uuid": seeds.ADMIN_USER,
        "metadata": {
            "normUuid": server_template.SERVER_TYPES["normal"],
            "storageType": "普通",
            "storagePool": "",
            "imageSrc": "normal",
            "projectId": seeds.ADMIN_PROJECT,
        },
    }
    assert made["id"] == cloud.state("server_templates")[0]["id"]
    assert template(cloud, **NEW)["changed"] is False


def test_a_change_sends_the_whole_template_with_its_id(cloud):
    made = template(cloud, **NEW, server_type="gpu", storage_pool="isopool")["server_template"]
    assert template(cloud, name="web", flavor="large")["actions"] == ["update"]
    body = last_body(cloud)
    assert (body["uuid"], body["flavor_uuid"]) == (made["id"], id_of(cloud, "flavors", "large"))
    assert body["metadata"]["normUuid"] == server_template.SERVER_TYPES["gpu"]
    assert (body["metadata"]["storagePool"], body["user_uuid"]) == ("isopool", seeds.ADMIN_USER)


def test_name_and_id_of_a_zone_change_together(cloud):
    template(cloud, **NEW)
    foreseen = template(cloud, check_mode=True, name="web", availability_zone="zone-two")["server_template"]
    changed = template(cloud, name="web", availability_zone="zone-two")["server_template"]
    assert foreseen["availability_zone_id"] == changed["availability_zone_id"] == seeds.ZONE_NOVA12
    assert (last_body(cloud)["availability_zone"], last_body(cloud)["azone_uuid"]) == ("nova12", seeds.ZONE_NOVA12)
    assert template(cloud, name="web", availability_zone=seeds.ZONE_NOVA12)["changed"] is False
    assert sent(cloud) == ["server-template-list"]


def test_another_norm_than_the_known_ones_is_told_and_kept(cloud):
    cloud.seed("server_templates", name="web", metadata={"normUuid": "987e587d"})
    assert template(cloud, name="web")["server_template"]["server_type"] == "987e587d"
    assert template(cloud, check_mode=True, name="web", description="x")["server_template"]["server_type"] == "987e587d"


@pytest.mark.parametrize("name", ["my-web", "x" * 16, "", "网"])
def test_bad_names_are_refused_before_anything_is_sent(cloud, name):
    with pytest.raises(OptionError, match="1 to 15 letters, digits and underscores"):
        template(cloud, **{**NEW, "name": name})
    assert cloud.log() == []


def test_templates_of_other_projects_are_not_touched(cloud):
    cloud.seed("server_templates", name="web", metadata={"projectId": seeds.DEMO_PROJECT})
    assert template(cloud, name="web", state="absent")["changed"] is False
    assert template(cloud, **NEW)["actions"] == ["create"]


# --- servers from templates --------------------------------------------------------------------------------------


def test_a_template_gives_what_the_options_do_not_say(cloud):
    template(cloud, **NEW, storage_pool="isopool")
    made = server(cloud, name="web-1", template="web", flavor="large")["server"]
    assert made["image"] == id_of(cloud, "images", "rocky")
    assert made["flavor"] == id_of(cloud, "flavors", "large")
    assert (made["availability_zone"], made["storage_pool"]) == ("nova11", "isopool")
    create = next(entry for entry in cloud.log() if entry["operation"] == "server-create")
    assert create["body"]["server"]["metadata"]["zone_uuid"] == seeds.ZONE_NOVA11


def test_the_template_is_looked_at_once_and_only_for_a_new_server(cloud):
    template(cloud, **NEW)
    server(cloud, name="web-1", template="web", wait=False)
    assert sent(cloud) == ["server-list-detail", "server-template-list", "azone-list", "server-create"]
    assert server(cloud, name="web-1", template="web", networks=None)["changed"] is False
    assert sent(cloud) == ["server-list-detail"]


def test_another_template_changes_no_server(cloud):
    template(cloud, **NEW)
    server(cloud, name="web-1", template="web")
    template(cloud, name="web", image="other", flavor="large")
    assert server(cloud, name="web-1", template="web")["changed"] is False


def test_a_template_can_be_named_by_its_id(cloud):
    made = template(cloud, **NEW)["server_template"]
    assert server(cloud, name="web-1", template=made["id"])["actions"] == ["create"]


def test_the_template_of_the_own_project_is_taken(cloud):
    cloud.seed("server_templates", name="web", metadata={"projectId": seeds.DEMO_PROJECT})
    template(cloud, **NEW)
    assert server(cloud, name="web-1", template="web")["actions"] == ["create"]


def test_a_system_volume_takes_the_place_of_the_image(cloud):
    template(cloud, **NEW)
    options = {"boot_volume": seeds.SYSTEM_VOLUME, "boot_volume_size": 20, "delete_boot_volume": False}
    server(cloud, name="web-1", template="web", **options)
    create = next(entry for entry in cloud.log() if entry["operation"] == "server-create-from-volume")
    assert "imageRef" not in create["body"]["server"]


@pytest.mark.parametrize(("given", "told"), [({}, "40"), ({"boot_volume_size": 50}, "50")])
def test_a_system_volume_is_as_large_as_the_disk_of_the_flavor_unless_said_otherwise(cloud, given, told):
    cloud.seed("flavors", name="sized", disk=40)
    options = {"boot_volume": seeds.SYSTEM_VOLUME, "delete_boot_volume": False, "flavor": "sized", **given}
    server(cloud, name="web-1", availability_zone="nova11", **options)
    create = next(entry for entry in cloud.log() if entry["operation"] == "server-create-from-volume")
    assert [device["volume_size"] for device in create["body"]["server"]["block_device_mapping_v2"]] == [told]


@pytest.mark.parametrize("check_mode", [False, True])
def test_a_flavor_without_a_disk_does_not_tell_the_size_of_a_system_volume(cloud, check_mode):
    cloud.seed("flavors", name="diskless", disk=0)
    options = {"boot_volume": seeds.SYSTEM_VOLUME, "flavor": "diskless", "availability_zone": "nova11"}
    with pytest.raises(OptionError, match="boot_volume_size"):
        server(cloud, check_mode, name="web-1", **options)
    assert "server-create-from-volume" not in sent(cloud)


def test_in_check_mode_the_flavor_of_a_server_with_a_system_volume_may_be_yet_to_come(cloud):
    options = {"boot_volume": seeds.SYSTEM_VOLUME, "flavor": "not-yet", "availability_zone": "nova11"}
    assert server(cloud, True, name="web-1", **options)["changed"]


def test_a_template_that_does_not_exist(cloud):
    with pytest.raises(OptionError, match="template: there is no server template 'none'"):
        server(cloud, name="web-1", template="none")
    result = server(cloud, check_mode=True, name="web-1", template="none")
    assert (result["actions"], result["server"]["image"]) == (["create"], "(to be created)")
    assert len(result["warnings"]) == 1
