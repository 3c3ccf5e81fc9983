# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords, tokens and keys never show: not in output at any verbosity, not in results, not in variables.

The secrets come from a file of variables, as secrets do. (Those that are written into a playbook are shown by Ansible
itself, which prints the lines around a failed task.)
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import COMPUTE_NODE, Ansible, Played, modes_of, uses

from simulator import Simulator, seeds
from simulator.services.metrics import ACCESS_KEY

SECRETS = {
    "admin_password": "CanaryAdmin-1f6d",
    "image_password": "CanaryImage-2a7e",
    "ftp_password": "CanaryFtp-3b8f",
    "user_data": "#cloud-config\npassword: CanaryUserData-4c90",
    "token": "CanaryToken-5da1",
    "body_password": "CanaryBody-6eb2",
    "ipmi_password": "CanaryIpmi-7fc3",
    "snmp_password": "CanarySnmp-80d4",
    "property_password": "CanaryProperty-91e5",
    "configdrive": "CanaryConfigDrive-a2f6",
    "drive": "CanaryDriveA2f6k",
    "metal_password": 'CanaryMetal-7fc3: "quoted"',
    "short": "Cnr7",
    "node_password": "CanaryNode-b307",
    "all_pass": "CanaryAllPass-c418",
    "queue_password": "CanaryQueue-d529",
    "told_password": "CanaryTold-e63a",
    "user_password": "CanaryUser-f74b",
    "web_password": "CanaryWeb-085c",
    "web_signature": "CanarySignature-196d",
}
# Wherever a part of one shows, or one in the clothes of base64, it has leaked.
PARTS = {"user_data": "CanaryUserData-4c90", "metal_password": "CanaryMetal-7fc3"}
CANARIES = (
    *{**SECRETS, **PARTS}.values(),
    ACCESS_KEY["accessId"],
    ACCESS_KEY["accessKey"],
    # the user data of the bare-metal instance, as far as they begin with nothing but the same
    "I2Nsb3VkLWNvbmZpZwpwYXNzd29yZDog",
    # the platform's key for the monitoring of graphics cards
    "c0h0eGZmS0RBNDVKNXNSZjJVd1ozN2NWTjNrbHR6SkZlcWw0ZmFod0E=",
)
FLAVOR = {"vcpus": 1, "ram": 1024, "disk": 20}
SERVER = {
    "image": "an-image",
    "flavor": "a-flavor",
    "networks": [{"id": seeds.NET_1}],
    "availability_zone": "nova11",
}
METAL = {
    **SERVER,
    "networks": [{"id": seeds.NET_1, "port": "74:ea:cb:75:1c:2b"}],
    "availability_zone": "ironic2",
    "node": "a-node",
    "admin_password": "{{ metal_password }}",
    "gpu_monitoring": True,
}
NODE = {
    **COMPUTE_NODE,
    "password": "{{ node_password }}",
    "all_pass": "{{ all_pass }}",
    "transport_url": "rabbit://me:{{ queue_password }}@queue",
}
IMAGE = {"disk_format": "raw", "virt_type": "CAS", "cas_ostype": "linux"}
LOUD = ["-vvv", "--diff"]


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud that has what a server is made of, and a server that tells its password."""
    image = cloud.seed("images", name="an-image")[0]
    flavor = cloud.seed("flavors", name="a-flavor", **FLAVOR)[0]
    cloud.seed("baremetal_nodes", name="metal-told", driver_info={"ipmi_password": SECRETS["short"]})
    node = cloud.seed("baremetal_nodes", name="a-node", provision_state="available")[0]
    cloud.seed("baremetal_ports", node_uuid=node["id"], address="74:ea:cb:75:1c:2b")
    queue = f"rabbit://me:{SECRETS['queue_password']}@queue"
    told = {"password": SECRETS["told_password"], "allPass": SECRETS["all_pass"], "transport": queue}
    cloud.seed("compute_nodes", hostName="told-node", **told)
    cloud.seed("images", name="a-snapshot", image_type="snapshot", vmware_password=SECRETS["image_password"])
    cloud.seed("servers", name="told", image_id=image["id"], flavor_id=flavor["id"], admin_pass=SECRETS["short"])
    return cloud


def _tasks(source: Path, mode: str) -> list[dict[str, Any]]:
    """Every option and every answer that holds a secret; what works and what fails; all of it registered and shown."""
    ftp = {"file_name": "i.raw", "local_ip": "10.0.0.9", "username": "me", "password": "{{ ftp_password }}"}
    imported = {"name": "imported", **IMAGE, "checksum": "0" * 32, "ftp": ftp}
    image = {"name": "secret-image", **IMAGE, "image_password": "{{ image_password }}"}
    with_token = {"api_token": "{{ token }}", "api_project": seeds.ADMIN_PROJECT}
    body = {"password": "{{ body_password }}", "adminPass": "{{ body_password }}"}
    web = "http://me:{{ web_password }}@127.0.0.1:1/image.raw?X-Signature={{ web_signature }}"
    ipmi = {"address": "10.0.0.9", "username": "me", "password": "{{ ipmi_password }}"}
    metal = {
        "name": "metal",
        "ipmi": ipmi,
        "properties": {"password": "{{ property_password }}"},
        "instance_info": {"configdrive": "{{ configdrive }}", "image_source": "i"},
        "update_password": "always",
    }
    used = [
        uses("cloudos_baremetal_node", **metal),
        uses("cloudos_baremetal_node", **metal, driver_info={"snmp_password": "{{ snmp_password }}"}),
        uses("cloudos_baremetal_node", **metal, provision_state="manageable"),
        uses("cloudos_baremetal_node", **{**metal, "name": "bad name"}),
        uses("cloudos_baremetal_node", **metal, provision_state="active", configdrive="{{ drive }}"),
        uses("cloudos_baremetal_node", name="metal", configdrive={"user_data": "{{ user_data }}", "more": "x"}),
        uses(
            "cloudos_baremetal_node",
            name="metal",
            instance_info={"image_source": "j"},
            rebuild=True,
            configdrive={"user_data": "{{ user_data }}"},
        ),
        uses("cloudos_baremetal_node", name="metal-told", update_password="always", ipmi=ipmi),
        uses("cloudos_baremetal_node_info", gather=["ports", "port_groups"]),
        uses("cloudos_baremetal_node", name="metal", state="absent"),
        uses("cloudos_image", name="from-web", **IMAGE, src=web),
        uses("cloudos_image", name="from-web", **IMAGE, src=web.replace("http:", "gopher:")),
        uses("cloudos_image", name="from-web", **IMAGE, properties={"admin_password": "{{ web_password }}"}),
        uses("cloudos_compute_node", name="node", **NODE),
        uses("cloudos_compute_node", name="node", **NODE, update_password="always"),
        uses("cloudos_compute_node", name="node-2", **NODE, validate=True),
        uses("cloudos_compute_node", name="told-node", host_pool="other"),
        uses("cloudos_compute_node", name="told-node", host_pool="other", password="{{ node_password }}"),
        uses("cloudos_compute_node", name="bad", **{**NODE, "storage_zone": "none"}),
        uses("cloudos_compute_node_info"),
        uses("cloudos_compute_node_info", name="node", password="{{ node_password }}", gather=["available_config"]),
        uses("cloudos_api", path="/os/compute/v1/h3cloudos/computenode"),
        uses("cloudos_server", name="with-password", **SERVER, admin_password="{{ admin_password }}", wait=False),
        uses("cloudos_server", name="with-data", **SERVER, user_data="{{ user_data }}"),
        uses("cloudos_server", name="bad name", **SERVER, admin_password="{{ admin_password }}"),
        uses("cloudos_server", name="no-image", **{**SERVER, "image": "none"}, admin_password="{{ admin_password }}"),
        uses("cloudos_server", name="with-data", **SERVER, admin_password="{{ admin_password }}", replace=True),
        uses("cloudos_server_info"),
        uses("cloudos_server_info", name="told", gather=["console", "volumes"]),
        uses("cloudos_baremetal_instance", name="metal", **METAL),
        uses("cloudos_baremetal_instance", name="metal", **METAL, alias="other"),
        uses("cloudos_baremetal_instance", name="second", **METAL),
        uses("cloudos_baremetal_instance", name="metal", **{**METAL, "image": "none"}, replace=True),
        uses("cloudos_baremetal_instance_info"),
        uses("cloudos_server_snapshot", name="a-snapshot"),
        uses("cloudos_server_snapshot", name="a-snapshot", description="other"),
        uses("cloudos_server_snapshot_info"),
        uses("cloudos_image", **image),
        uses("cloudos_image", **image, update_password="always"),
        uses("cloudos_image", **image, src=str(source / "none")),
        uses("cloudos_image", **imported),
        uses("cloudos_image", **{**imported, "name": "refused", "checksum": "no sum"}),
        uses("cloudos_image_info"),
        uses("cloudos_user", name="ann", password="{{ user_password }}"),
        uses("cloudos_user", name="ann", password="{{ user_password }}", update_password="always", email="a@b.c"),
        uses("cloudos_user", name="bob", password="{{ user_password }}", domain="none"),
        uses("cloudos_user_info", gather=["assignments", "roles"]),
        uses("cloudos_access_key_info"),
        uses("cloudos_access_key_info", dest=str(source / "key.json")),
        uses("cloudos_access_key_info", dest=str(source / "none" / "key.json")),
        uses("cloudos_api", path="/os/compute/v1/cloudos/access/id"),
        uses("cloudos_flavor_info", **with_token),
        uses("cloudos_flavor_info", api_password="{{ image_password }}"),
        uses("cloudos_flavor_info", api_auth_url="http://127.0.0.1:9/{{ token }}", api_token="{{ token }}"),
        uses("cloudos_api", path="/os/compute/v1/v2/{tenant_id}/servers/detail"),
        uses("cloudos_api", path="/os/compute/v1/v2/{tenant_id}/servers", method="POST", body=body),
        uses("cloudos_api", path="/os/compute/v1/v2/{tenant_id}/none", headers={"X-Auth-Token": "{{ token }}"}),
    ]
    played = [task for task in used for name in task if mode in modes_of(name.removeprefix("h3c.cloudos."))]
    tasks = []
    for number, task in enumerate(played, 1):
        tasks += [
            {"name": f"use {number}", **task, "register": "told"},
            {"name": f"show {number}", "ansible.builtin.debug": {"var": "told"}},
        ]
    return tasks


def _leaks(played: Played, ansible: Ansible) -> Iterator[str]:
    """Where a canary, the login's password or a live token shows."""
    tokens = [json.loads(path.read_text(encoding="utf-8"))["value"] for path in ansible.cache.glob("*.json")]
    assert tokens
    for secret in (*CANARIES, seeds.ADMIN_PASSWORD, *tokens):
        for line in played.output.splitlines():
            if secret in line:
                yield f"output: {secret} in: {line.strip()[:300]}"
        for task in played.tasks:
            if secret in json.dumps(task.result):
                yield f"result of {task.name}: {secret}"
        if any(secret in path.name for path in ansible.cache.iterdir()):
            yield f"name of a cache file: {secret}"


def test_secrets_never_show(ready: Simulator, ansible: Ansible, mode: str, tmp_path: Path) -> None:
    played = ansible.play(
        _tasks(tmp_path, mode),
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
        arguments=LOUD,
        ignore_errors=True,
        environment={"CLOUDOS_RETRIES": "0"},
    )
    outcomes = [task.failed for task in played.tasks if task.name.startswith("use ")]
    assert True in outcomes and False in outcomes
    leaks = list(_leaks(played, ansible))
    assert not leaks, "\n".join(leaks)


def test_the_access_key_reaches_its_file(ready: Simulator, ansible: Ansible, mode: str, tmp_path: Path) -> None:
    file = tmp_path / "key.json"
    ansible.play([{"name": "write", **uses("cloudos_access_key_info", dest=str(file))}], mode=mode)
    halves = {"access_id": ACCESS_KEY["accessId"], "access_key": ACCESS_KEY["accessKey"]}
    assert json.loads(file.read_text(encoding="utf-8")) == halves


def test_secrets_reach_the_platform(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """And they are what was given, not their mask."""
    ansible.play(
        [
            {
                "name": "create",
                **uses("cloudos_server", name="s", **SERVER, admin_password="{{ admin_password }}", wait=False),
            },
            {
                "name": "set",
                **uses("cloudos_image", name="i", **IMAGE, image_password="{{ image_password }}"),
            },
        ],
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
    )
    server = next(server for server in ready.state("servers") if server["name"] == "s")
    image = next(image for image in ready.state("images") if image["name"] == "i")
    assert server["admin_pass"] == SECRETS["admin_password"]
    assert image["vmware_password"] == SECRETS["image_password"]


def test_a_platform_that_repeats_secrets_in_its_errors(ready: Simulator, ansible: Ansible, mode: str) -> None:
    said = f"Bad password {SECRETS['admin_password']} in {{'adminPass': '{SECRETS['admin_password']}'}}"
    ready.fault(
        "status", match={"operation": "server-create"}, status=400, body={"code": "400", "msg": said, "data": None}
    )
    played = ansible.play(
        [
            {
                "name": "create",
                **uses("cloudos_server", name="s", **SERVER, admin_password="{{ admin_password }}"),
                "ignore_errors": True,
            }
        ],
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
        arguments=LOUD,
    )
    assert "Bad password" in played.result("create")["msg"]
    assert not list(_leaks(played, ansible))


def test_a_platform_that_repeats_the_secrets_that_it_told_itself(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """A change of a compute node sends them back; the user has never seen them."""
    said = f"Bad allPass {SECRETS['all_pass']}, no login at the queue with {SECRETS['queue_password']}"
    ready.fault(
        "status",
        match={"operation": "compute-node-update"},
        status=400,
        body={"code": "400", "msg": said, "data": None},
    )
    change = uses("cloudos_compute_node", name="told-node", host_pool="other", password="{{ node_password }}")
    played = ansible.play(
        [{"name": "change", **change, "ignore_errors": True}],
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
        arguments=LOUD,
    )
    assert "Bad allPass ********" in played.result("change")["msg"]
    assert not list(_leaks(played, ansible))


def test_user_data_with_a_password_are_as_secret_as_the_password(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """Also where the platform repeats them in an error, encoded or not."""
    text = '#cloud-config\npassword: "CanaryMetal-7fc3: \\"quoted\\""\nchpasswd:\n  expire: false'
    data = base64.b64encode(text.encode()).decode()
    said = f"Bad user_data {data}, which is {text}"
    ready.fault(
        "status",
        match={"operation": "baremetal-instance-create-tenant"},
        status=400,
        body={"code": "400", "msg": said, "data": None},
    )
    create = uses("cloudos_baremetal_instance", name="metal", **METAL)
    played = ansible.play(
        [{"name": "refused", **create, "ignore_errors": True}, {"name": "create", **create}],
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
        arguments=LOUD,
    )
    assert "Bad user_data ********, which is" in played.result("refused")["msg"]
    assert not list(_leaks(played, ansible))
    (sent,) = (entry for entry in ready.state("servers") if entry["name"] == "metal")
    assert sent["admin_pass"] == SECRETS["metal_password"]


def test_a_diff_tells_only_that_a_secret_is_set(ready: Simulator, ansible: Ansible, mode: str) -> None:
    ready.seed("images", name="i", disk_format="raw", cas_ostype="linux")
    set_password = uses("cloudos_image", name="i", image_password="{{ image_password }}", update_password="always")
    played = ansible.play(
        [{"name": "check", **set_password, "check_mode": True}, {"name": "set", **set_password}],
        mode=mode,
        variables_file=yaml.safe_dump(SECRETS),
        arguments=["--diff"],
    )
    for name in ("check", "set"):
        assert played.result(name)["changed"] is True
        assert played.result(name)["diff"]["after"]["image_password"] == "********"
        assert "image_password" not in played.result(name)["diff"]["before"]
