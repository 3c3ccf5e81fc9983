# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What users see when things go wrong: on the network, on the platform, in their own options."""

from __future__ import annotations

import datetime
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from integration.harness import COMPUTE_NODE, IN_PROCESS, MODULE, Ansible, Played, uses

from simulator import Simulator, seeds

FLAVOR = {"vcpus": 1, "ram": 1024, "disk": 20}
KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE" + "F" * 42
IMAGE = {"name": "an-image", "disk_format": "raw", "virt_type": "CAS", "cas_ostype": "linux"}
SERVER = {
    "name": "web",
    "image": "ready-image",
    "flavor": "ready-flavor",
    "networks": [{"id": seeds.NET_1}],
    "availability_zone": "nova11",
}


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A cloud that has what a server is made of."""
    cloud.seed("images", name="ready-image")
    cloud.seed("flavors", name="ready-flavor", **FLAVOR)
    return cloud


@pytest.fixture
def server(ready: Simulator) -> dict[str, Any]:
    """A server that runs."""
    image, flavor = ready.state("images")[0], ready.state("flavors")[0]
    return ready.seed("servers", name="web", image_id=image["id"], flavor_id=flavor["id"])[0]


@pytest.fixture
def image_file(tmp_path: Path) -> str:
    path = tmp_path / "image.raw"
    path.write_bytes(b"data" * 1000)
    return str(path)


def message(played: Played, name: str) -> str:
    """The error of a task that has to have failed without changing anything."""
    task = played[name]
    assert task.failed, f"{name} did not fail\n{played.output}"
    assert task.result["changed"] is False
    return task.result["msg"]


def names(cloud: Simulator, kind: str) -> list[str]:
    return sorted(record["name"] for record in cloud.state(kind))


# --- the network ------------------------------------------------------------------------------------------------


def test_nobody_listens(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    played = ansible.play(
        [{"name": "read", **uses("cloudos_flavor_info")}],
        mode=mode,
        rc=2,
        environment={"CLOUDOS_URL": url, "CLOUDOS_RETRIES": "1"},
    )
    text = message(played, "read")
    assert f"cannot reach {url}" in text and "refused" in text and "api_url" in text


def test_what_was_not_taken_is_sent_again(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """503 and 429 with Retry-After, in seconds or as a date, for reads and writes; and a gateway's page for a read."""
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=1)
    cloud.fault("status", match={"operation": "flavor-list-detail"}, status=503, retry_after=1)
    cloud.fault("status", match={"operation": "flavor-create"}, status=503, retry_after=1)
    cloud.fault("status", match={"operation": "flavor-delete"}, status=503)
    date = soon.strftime("%a, %d %b %Y %H:%M:%S GMT")
    cloud.fault("status", match={"operation": "keypair-create"}, status=429, retry_after=date)
    cloud.fault("html", match={"operation": "keypair-list"}, status=502)
    cloud.fault("html", match={"operation": "keypair-get"}, status=502)
    played = ansible.play(
        [
            {"name": "flavor", **uses("cloudos_flavor", name="f", **FLAVOR)},
            {"name": "keypair", **uses("cloudos_keypair", name="k", public_key=KEY)},
            {"name": "delete", **uses("cloudos_flavor", name="f", state="absent")},
        ],
        mode=mode,
        arguments=["-v"],
    )
    assert played["flavor"].sent() == [*["GET flavor-list-detail"] * 2, *["POST flavor-create"] * 2]
    assert len(played.result("flavor")["retries"]) == 2
    assert played["keypair"].sent().count("POST keypair-create") == 2
    assert names(cloud, "keypairs") == ["k"]
    assert played["delete"].sent()[-2:] == ["DELETE flavor-delete"] * 2
    assert names(cloud, "flavors") == []


def test_giving_up_says_what_the_platform_said(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.fault("status", match={"operation": "flavor-list-detail"}, status=503, count=None)
    played = ansible.play(
        [{"name": "read", **uses("cloudos_flavor_info")}], mode=mode, rc=2, environment={"CLOUDOS_RETRIES": "1"}
    )
    text = message(played, "read")
    assert "flavor-list-detail" in text and "503" in text and "Service Unavailable" in text
    assert played.result("read")["error"]["status"] == 503


def test_a_lost_answer_never_makes_a_second_object(
    ready: Simulator, ansible: Ansible, mode: str, image_file: str
) -> None:
    for operation in ("flavor-create", "keypair-create", "image-create", "server-create"):
        ready.fault("lost", match={"operation": operation})
    played = ansible.play(
        [
            {"name": "flavor", **uses("cloudos_flavor", name="f", **FLAVOR)},
            {"name": "keypair", **uses("cloudos_keypair", name="k", public_key=KEY)},
            {"name": "image", **uses("cloudos_image", **IMAGE, src=image_file)},
            {"name": "server", **uses("cloudos_server", **SERVER)},
        ],
        mode=mode,
    )
    assert names(ready, "flavors") == ["f", "ready-flavor"]
    assert names(ready, "keypairs") == ["k"]
    assert names(ready, "images") == ["an-image", "ready-image"]
    assert names(ready, "servers") == ["web"]
    for resource, created in (("flavor", ["create"]), ("image", ["create", "upload"]), ("server", ["create"])):
        assert played.result(resource)["actions"] == created
        assert played.result(resource)[resource]["id"]
        assert played[resource].sent().count(f"POST {resource}-create") == 1


def test_what_may_be_carried_out_still_is_not_sent_again(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """Nothing shows for longer than a platform takes to answer: only people can tell, and the next run sees."""
    ready.fault("lost", match={"operation": "server-create"}, before=True)
    server = uses("cloudos_server", **SERVER)
    played = ansible.play(
        [{"name": "create", **server, "ignore_errors": True}, {"name": "again", **server}],
        mode=mode,
    )
    assert "not sent again" in message(played, "create")
    assert "looking for 60 s showed no sign of it" in message(played, "create")
    assert played["create"].sent().count("POST server-create") == 1
    assert played.result("again")["actions"] == ["create"]
    assert names(ready, "servers") == ["web"]


def test_a_lost_answer_makes_no_second_snapshot_group_or_aggregate(
    server: dict[str, Any], cloud: Simulator, ansible: Ansible, mode: str
) -> None:
    """The answers of the first two tell no id anyway."""
    cloud.seed("images", name="s", image_type="snapshot", instance_uuid="another-server")
    old = cloud.seed("images", name="s", image_type="snapshot", instance_uuid=server["id"], description="old")[0]
    for operation in ("server-snapshot-create", "server-group-create", "aggregate-create"):
        cloud.fault("lost", match={"operation": operation})
    zone = {"availability_zone": "nova11"}
    played = ansible.play(
        [
            {
                "name": "snapshot",
                **uses("cloudos_server_snapshot", id=old["id"], name="s", description="new", replace=True),
            },
            {"name": "group", **uses("cloudos_server_group", name="g", policy="affinity")},
            {"name": "aggregate", **uses("cloudos_host_aggregate", name="a", hosts=["cpn-host11rc"], **zone)},
        ],
        mode=mode,
    )
    assert names(cloud, "images") == ["ready-image", "s", "s"]
    assert names(cloud, "server_groups") == ["g", "spread"]
    assert [(entry["name"], entry["hosts"]) for entry in cloud.state("aggregates")] == [("a", ["cpn-host11rc"])]
    taken_anew = played.result("snapshot")["server_snapshot"]
    assert (taken_anew["server"], taken_anew["description"]) == (server["id"], "new")
    for task, operation in (("snapshot", "server-snapshot"), ("group", "server-group"), ("aggregate", "aggregate")):
        assert played[task].sent().count(f"POST {operation}-create") == 1


def test_a_lost_answer_makes_and_deletes_no_second_compute_node(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """It is deleted by a POST, which is never sent again."""
    for operation in ("compute-node-create", "compute-node-delete"):
        cloud.fault("lost", match={"operation": operation})
    delete = uses("cloudos_compute_node", name="n", state="absent")
    played = ansible.play(
        [
            {"name": "create", **uses("cloudos_compute_node", name="n", **COMPUTE_NODE)},
            {"name": "delete", **delete},
            {"name": "delete again", **delete},
        ],
        mode=mode,
    )
    assert played.result("create")["actions"] == ["create"] and played.result("delete")["actions"] == ["delete"]
    assert played.result("delete again")["changed"] is False
    for task in ("create", "delete"):
        assert played[task].sent().count(f"POST compute-node-{task}") == 1


def test_a_lost_answer_on_the_way(
    ready: Simulator, server: dict[str, Any], ansible: Ansible, mode: str, image_file: str
) -> None:
    """Actions, attachments, uploads and deletions come to their end all the same."""
    for operation in ("server-stop", "server-volume-attach", "server-interface-attach", "server-rename"):
        ready.fault("lost", match={"operation": operation})
    ready.fault("lost", match={"operation": "image-upload"})
    ready.fault("lost", match={"operation": "server-delete"})
    played = ansible.play(
        [
            {"name": "stop", **uses("cloudos_server", id=server["id"], power_state="stopped")},
            {"name": "attach", **uses("cloudos_server", id=server["id"], volumes=[seeds.DATA_VOLUME_1])},
            {"name": "plug", **uses("cloudos_server", id=server["id"], ports=[seeds.PORT_1])},
            {"name": "rename", **uses("cloudos_server", id=server["id"], name="renamed")},
            {"name": "upload", **uses("cloudos_image", **IMAGE, src=image_file)},
            {"name": "delete", **uses("cloudos_server", id=server["id"], state="absent")},
        ],
        mode=mode,
    )
    assert all(task.result["changed"] for task in played.tasks)
    assert played.result("stop")["server"]["status"] == "SHUTOFF"
    assert played.result("attach")["server"]["volumes"] == [seeds.DATA_VOLUME_1]
    assert seeds.PORT_1 in played.result("plug")["server"]["ports"]
    assert played.result("rename")["server"]["name"] == "renamed"
    assert played.result("upload")["image"]["status"] == "active"
    assert ready.state("servers") == []


def test_a_lost_answer_does_nothing_twice_that_can_be_looked_at(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """What a node or an aggregate gets beside itself is looked for; a removal is not sent again when it is done."""
    node = cloud.seed("baremetal_nodes", name="n1", properties={"cpus": "4", "rack": "r1"})[0]
    cloud.seed("aggregates", name="a", hosts=["cpn-host11rc"])
    for operation in ("baremetal-port-create", "baremetal-node-patch", "aggregate-remove-host"):
        cloud.fault("lost", match={"operation": operation})
    played = ansible.play(
        [
            {"name": "port", **uses("cloudos_baremetal_node", id=node["id"], ports=["74:ea:cb:75:1c:2b"])},
            {"name": "patch", **uses("cloudos_baremetal_node", id=node["id"], properties={"rack": ""})},
            {"name": "hosts", **uses("cloudos_host_aggregate", name="a", hosts=[], hosts_exact=True)},
        ],
        mode=mode,
    )
    assert [port["address"] for port in cloud.state("baremetal_ports")] == ["74:ea:cb:75:1c:2b"]
    assert cloud.state("baremetal_nodes")[0]["properties"] == {"cpus": "4"}
    assert cloud.state("aggregates")[0]["hosts"] == []
    sent = [line for task in played.tasks for line in task.sent() if not line.startswith("GET")]
    assert len(sent) == 3


def test_a_lost_answer_takes_no_node_through_a_verb_twice(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """An inspection and a cleaning end in the state in which they began, here before anybody looks."""
    cloud.settings(transition_seconds=0.2)
    node = cloud.seed("baremetal_nodes", name="n1", provision_state="available")[0]
    cloud.fault("lost", match={"operation": "baremetal-node-provision"}, skip=1, count=2)
    steps = [{"interface": "deploy", "step": "erase_devices"}]
    wanted = uses("cloudos_baremetal_node", id=node["id"], inspect=True, clean_steps=steps)
    played = ansible.play([{"name": "verbs", **wanted}], mode=mode)
    verbs = [entry["body"]["target"] for entry in played["verbs"].requests if "target" in (entry["body"] or {})]
    assert verbs == played.result("verbs")["actions"] == ["manage", "inspect", "clean", "provide"]


def test_a_lost_answer_to_a_resize_that_waits_for_its_confirmation(
    ready: Simulator, server: dict[str, Any], ansible: Ansible, mode: str
) -> None:
    ready.settings(verify_resize=True)
    ready.seed("flavors", name="other", vcpus=2, ram=2048, disk=20)
    ready.fault("lost", match={"operation": "server-resize"})
    played = ansible.play([{"name": "resize", **uses("cloudos_server", id=server["id"], flavor="other")}], mode=mode)
    assert played.result("resize")["actions"] == ["resize"]
    assert played["resize"].sent().count("POST server-resize") == 1
    assert ready.state("servers")[0]["status"] == "ACTIVE"


def test_a_lost_answer_to_what_takes_longer_than_the_tries(
    ready: Simulator, server: dict[str, Any], ansible: Ansible, mode: str
) -> None:
    """The platform refuses the action a second time, for as long as it is at it."""
    ready.settings(action_seconds=4)
    ready.fault("lost", match={"operation": "server-stop"})
    played = ansible.play(
        [{"name": "stop", **uses("cloudos_server", id=server["id"], power_state="stopped")}],
        mode=mode,
        environment={"CLOUDOS_RETRIES": "1"},
    )
    assert played.result("stop")["server"]["power_state"] == "stopped"


def test_answers_that_are_no_json(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.fault("malformed", match={"operation": "flavor-list-detail"}, count=2)
    cloud.fault("html", match={"operation": "keypair-list"}, status=200, count=2)
    cloud.fault("malformed", match={"operation": "flavor-create"})
    played = ansible.play(
        [
            {"name": "half", **uses("cloudos_flavor_info"), "ignore_errors": True},
            {"name": "page", **uses("cloudos_keypair_info"), "ignore_errors": True},
            {"name": "half of a creation", **uses("cloudos_flavor", name="f", **FLAVOR)},
        ],
        mode=mode,
        environment={"CLOUDOS_RETRIES": "1"},
    )
    for name in ("half", "page"):
        assert "not JSON" in message(played, name) and "api_url" in message(played, name)
    assert "<html>" not in message(played, "page")
    assert names(cloud, "flavors") == ["f"]
    assert played.result("half of a creation")["flavor"]["id"]


BREAKS = ("truncated", "stalled", "malformed", "garbage", "empty", "html_ok")


def test_a_read_whose_answer_breaks_is_sent_again(ready: Simulator, ansible: Ansible, mode: str) -> None:
    tasks = [{"name": kind, **uses("cloudos_flavor", name="ready-flavor", **FLAVOR)} for kind in BREAKS]
    for number, kind in enumerate(BREAKS):  # each hits another task
        ready.fault(kind, match={"operation": "flavor-list-detail"}, seconds=5, skip=number)
    played = ansible.play(tasks, mode=mode, arguments=["-v"], environment={"CLOUDOS_TIMEOUT": "1"})
    for kind in BREAKS:
        result = played.result(kind)
        assert result["changed"] is False and len(result["retries"]) == 1, kind
        assert played[kind].sent() == ["GET flavor-list-detail"] * 2
    assert names(ready, "flavors") == ["ready-flavor"]


def test_a_page_in_answer_to_a_write_is_no_success(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """What can be repeated is done in the end; what cannot be is looked for; what stays unclear is an error."""
    ready.seed("flavors", name="other", **FLAVOR)
    ready.fault("html_ok", match={"operation": "flavor-delete"}, before=True)
    ready.fault("html_ok", match={"operation": "keypair-create"})
    played = ansible.play(
        [
            {"name": "delete", **uses("cloudos_flavor", name="other", state="absent")},
            {"name": "create", **uses("cloudos_keypair", name="k", public_key=KEY)},
        ],
        mode=mode,
    )
    assert played["delete"].sent()[-2:] == ["DELETE flavor-delete"] * 2
    assert played["create"].sent().count("POST keypair-create") == 1
    assert names(ready, "flavors") == ["ready-flavor"] and names(ready, "keypairs") == ["k"]

    ready.fault("html_ok", match={"operation": "keypair-delete"}, before=True, count=None)
    played = ansible.play(
        [{"name": "delete", **uses("cloudos_keypair", name="k", state="absent")}],
        mode=mode,
        rc=2,
        environment={"CLOUDOS_RETRIES": "1"},
    )
    assert "keypair-delete" in message(played, "delete") and "not JSON" in message(played, "delete")
    assert names(ready, "keypairs") == ["k"]
    ready.clear_faults()
    played = ansible.play([{"name": "delete", **uses("cloudos_keypair", name="k", state="absent")}], mode=mode)
    assert played.result("delete")["changed"] is True and names(ready, "keypairs") == []


def test_a_proxy_that_is_dead_is_told_as_such(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    proxy = {"http_proxy": "http://somebody:pa55word@127.0.0.1:1", "no_proxy": None, "NO_PROXY": None}
    played = ansible.play(
        [{"name": "write", **uses("cloudos_flavor", name="f", **FLAVOR)}],
        mode=mode,
        rc=2,
        environment={**proxy, "CLOUDOS_RETRIES": "1"},
    )
    text = message(played, "write")
    assert "through the proxy http://127.0.0.1:1" in text and "Nothing was sent" in text and "no_proxy" in text
    assert "pa55word" not in played.output
    assert played.log == []


def test_a_damaged_token_cache_is_passed_over(cloud: Simulator, ansible: Ansible, tmp_path: Path, mode: str) -> None:
    read = [{"name": "read", **uses("cloudos_flavor_info")}]
    environment = {"XDG_CACHE_HOME": str(tmp_path / "cache")}
    ansible.play(read, mode=mode, environment=environment)
    (file,) = (tmp_path / "cache" / "h3c.cloudos").glob("*.json")
    torn = file.read_text().replace('"project_id": "', '"project_id": ["x"], "y": "')
    for damage in ('{"value": null}', "[" * 100_000, torn):
        file.write_text(damage)
        played = ansible.play(read, mode=mode, environment=environment)
        assert not played["read"].failed


def test_a_token_that_ends_during_a_run(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """One new login, and nobody notices; also where a cached token is no longer good."""
    ansible.play([{"name": "log in", **uses("cloudos_flavor_info")}], mode=mode)
    cloud.fault("expire_token", match={"operation": "flavor-create"})
    played = ansible.play(
        [
            {"name": "create", **uses("cloudos_flavor", name="f", **FLAVOR)},
            {"name": "read", **uses("cloudos_flavor_info")},
        ],
        mode=mode,
    )
    assert [entry["operation"] for entry in played.log if entry["operation"] == "token-create"] == ["token-create"]
    assert played["create"].sent() == ["GET flavor-list-detail", *["POST flavor-create"] * 2]
    assert names(cloud, "flavors") == ["f"]


def test_a_redirect_is_not_followed(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.fault("redirect", match={"operation": "flavor-list-detail"}, location=f"{cloud.url}/elsewhere")
    cloud.fault("redirect", match={"operation": "keypair-create"}, location="http://127.0.0.1:9/elsewhere")
    played = ansible.play(
        [
            {"name": "read", **uses("cloudos_flavor_info"), "ignore_errors": True},
            {"name": "write", **uses("cloudos_keypair", name="k", public_key=KEY), "ignore_errors": True},
        ],
        mode=mode,
    )
    assert f"redirected to {cloud.url}" in message(played, "read")
    assert "redirected to http://127.0.0.1:9" in message(played, "write")
    assert not [entry for entry in played.log if "elsewhere" in entry["path"]]


# --- the platform -----------------------------------------------------------------------------------------------


def test_a_server_that_fails_to_build(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """The platform's own words, and the id of what is left; then an error again until it is replaced."""
    ready.settings(fail_build="^web$")
    played = ansible.play(
        [
            {"name": "create", **uses("cloudos_server", **SERVER), "ignore_errors": True},
            {"name": "again", **uses("cloudos_server", **SERVER), "ignore_errors": True},
        ],
        mode=mode,
    )
    broken = ready.state("servers")[0]
    created = played.result("create")
    assert played["create"].failed
    assert created["changed"] is True and created["actions"] == ["create"] and created["id"] == broken["id"]
    assert broken["id"] in created["msg"] and "No valid host was found" in created["msg"]
    assert "No valid host was found" in message(played, "again") and "replace: true" in message(played, "again")
    assert len(ready.state("servers")) == 1

    ready.settings(fail_build="")
    ansible.play([{"name": "replace", **uses("cloudos_server", **SERVER, replace=True)}], mode=mode)
    replaced = ready.state("servers")
    assert len(replaced) == 1 and replaced[0]["id"] != broken["id"] and replaced[0]["status"] == "ACTIVE"


def test_a_bare_metal_instance_that_cannot_be_deployed(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """The same, and it gets its own node back when that is clean again. A lost answer takes no second node."""
    ready.seed("baremetal_nodes", name="a-node", provision_state="available")
    ready.settings(fail_provision={"a-node": "active"})
    ready.fault("lost", match={"operation": "baremetal-instance-create-flat"})
    metal = uses("cloudos_baremetal_instance", **{**SERVER, "availability_zone": "ironic2", "node": "a-node"})
    played = ansible.play(
        [{"name": "create", **metal, "ignore_errors": True}, {"name": "again", **metal, "ignore_errors": True}],
        mode=mode,
    )
    (broken,) = ready.state("servers")
    assert played["create"].failed and played.result("create")["id"] == broken["id"]
    assert "The bare-metal instance web" in played.result("create")["msg"]
    assert "Failed to deploy" in played.result("create")["msg"]
    assert "Failed to deploy" in message(played, "again") and "replace: true" in message(played, "again")

    ready.settings(fail_provision={}, transition_seconds=1.5)
    metal["h3c.cloudos.cloudos_baremetal_instance"]["replace"] = True
    played = ansible.play([{"name": "replace", **metal}], mode=mode)
    assert played.result("replace")["actions"] == ["delete", "create"]
    (replaced,) = ready.state("servers")
    assert replaced["id"] != broken["id"] and replaced["status"] == "ACTIVE"
    assert [node["instance_uuid"] for node in ready.state("baremetal_nodes")] == [replaced["id"]]
    assert "GET baremetal-node-get" in played["replace"].sent()


def test_an_image_that_the_platform_drops(ready: Simulator, ansible: Ansible, mode: str, image_file: str) -> None:
    ready.settings(fail_build="an-image")
    played = ansible.play([{"name": "upload", **uses("cloudos_image", **IMAGE, src=image_file)}], mode=mode, rc=2)
    result = played.result("upload")
    assert played["upload"].failed and result["changed"] is True and "killed" in result["msg"]
    assert result["id"] in [image["id"] for image in ready.state("images")]


def test_a_time_out_names_the_last_state_and_the_next_run_finishes(
    ready: Simulator, ansible: Ansible, mode: str
) -> None:
    ready.settings(build_seconds=8)
    played = ansible.play([{"name": "create", **uses("cloudos_server", **SERVER, wait_timeout=1)}], mode=mode, rc=2)
    result = played.result("create")
    assert "not ready" in result["msg"] and "last status: BUILD" in result["msg"] and "wait_timeout" in result["msg"]
    assert result["id"] == ready.state("servers")[0]["id"]

    played = ansible.play([{"name": "again", **uses("cloudos_server", **SERVER)}], mode=mode)
    assert played.result("again")["changed"] is False
    assert played.result("again")["server"]["id"] == result["id"]
    assert len(ready.state("servers")) == 1


def test_an_interrupted_creation_is_finished_by_the_next_run(
    ready: Simulator, ansible: Ansible, mode: str, image_file: str
) -> None:
    """A server that still builds is waited for; an image without its data gets it."""
    ready.settings(build_seconds=2)
    ready.fault("status", match={"operation": "image-upload"}, status=403)
    image = uses("cloudos_image", **IMAGE, src=image_file)
    played = ansible.play(
        [
            {"name": "begin", **uses("cloudos_server", **SERVER, wait=False)},
            {"name": "finish", **uses("cloudos_server", **SERVER, power_state="running")},
            {"name": "record", **image, "ignore_errors": True},
            {"name": "data", **image},
            {"name": "image again", **image},
        ],
        mode=mode,
    )
    assert played.result("begin")["actions"] == ["create"]
    assert played.result("finish")["changed"] is False
    assert played.result("finish")["server"]["status"] == "ACTIVE"
    assert played.result("finish")["server"]["id"] == played.result("begin")["server"]["id"]
    assert played["record"].failed and played.result("record")["actions"] == ["create"]
    assert played.result("data")["actions"] == ["upload"]
    assert played.result("image again")["changed"] is False
    assert names(ready, "images") == ["an-image", "ready-image"]


def test_a_resize_that_wants_to_be_confirmed(
    ready: Simulator, server: dict[str, Any], ansible: Ansible, mode: str
) -> None:
    ready.settings(verify_resize=True)
    ready.seed("flavors", name="large", vcpus=4, ram=4096, disk=20)
    ready.seed("flavors", name="larger", vcpus=8, ram=4096, disk=20)
    resize = {"id": server["id"], "flavor": "larger", "confirm_resize": False}
    played = ansible.play(
        [
            {"name": "confirmed", **uses("cloudos_server", id=server["id"], flavor="large")},
            {"name": "left open", **uses("cloudos_server", **resize)},
            {"name": "left open again", **uses("cloudos_server", **resize)},
            {
                "name": "confirmed later: check",
                **uses("cloudos_server", id=server["id"], flavor="larger"),
                "check_mode": True,
            },
            {"name": "confirmed later", **uses("cloudos_server", id=server["id"], flavor="larger")},
            {"name": "again", **uses("cloudos_server", id=server["id"], flavor="larger")},
        ],
        mode=mode,
    )
    assert played.result("confirmed")["server"]["status"] == "ACTIVE"
    assert played.result("left open")["server"]["status"] == "VERIFY_RESIZE"
    assert played.result("left open again")["changed"] is False
    assert played.result("confirmed later: check")["actions"] == ["confirm_resize"]
    assert played.result("confirmed later")["actions"] == ["confirm_resize"]
    assert played.result("confirmed later")["server"]["status"] == "ACTIVE"
    assert played.result("again")["changed"] is False


def test_a_platform_that_deletes_no_flavors(ready: Simulator, ansible: Ansible, mode: str) -> None:
    ready.settings(flavor_delete="refused")
    played = ansible.play(
        [{"name": "delete", **uses("cloudos_flavor", name="ready-flavor", state="absent")}], mode=mode, rc=2
    )
    text = message(played, "delete")
    assert "flavor-delete" in text and "405" in text and "documents no way to delete a flavor" in text


def test_a_platform_that_takes_no_hosts_out_of_aggregates(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    cloud.settings(host_removal="refused")
    cloud.seed("aggregates", name="rack", hosts=["cpn-host11rc"])
    empty = uses("cloudos_host_aggregate", name="rack", hosts=[], hosts_exact=True)
    played = ansible.play([{"name": "empty", **empty}], mode=mode, rc=2)
    text = message(played, "empty")
    assert "aggregate-remove-host" in text and "400" in text and "documents no way to take a host out" in text


@pytest.mark.parametrize(("shape", "word"), [("reference", "its status is ERROR"), ("openstack", "removed it again")])
def test_a_snapshot_that_fails(
    server: dict[str, Any], cloud: Simulator, ansible: Ansible, mode: str, shape: str, word: str
) -> None:
    """It is an error at once, and again, until it is replaced; what is not there any more is taken anew."""
    cloud.settings(shape=shape, fail_build="^s$")
    take = uses("cloudos_server_snapshot", name="s", server="web")
    played = ansible.play([{"name": "take", **take}], mode=mode, rc=2)
    assert played.result("take")["changed"] is True and word in played.result("take")["msg"]

    cloud.settings(fail_build="")
    if shape == "reference":
        assert "replace: true" in message(ansible.play([{"name": "again", **take}], mode=mode, rc=2), "again")
    take["h3c.cloudos.cloudos_server_snapshot"]["replace"] = True
    played = ansible.play([{"name": "take", **take}], mode=mode)
    assert played.result("take")["server_snapshot"]["status"] == "ACTIVE"


def test_a_snapshot_of_a_busy_server(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    busy = cloud.seed("servers", name="busy", task="resize_prep")[0]
    take = uses("cloudos_server_snapshot", name="s", server=busy["id"], wait_timeout=2)
    text = message(ansible.play([{"name": "take", **take}], mode=mode, rc=2), "take")
    assert "409" in text and "The server is busy" in text


# --- who asks ---------------------------------------------------------------------------------------------------


def test_wrong_credentials(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """Each error names the options to look at, and a password is not tried often enough to lock an account."""
    with_token = {"api_token": "no-such-token", "api_project": seeds.ADMIN_PROJECT}
    nameless = "00000000-0000-4000-8000-000000000000"
    played = ansible.play(
        [
            {"name": "token", **uses("cloudos_flavor_info", **with_token)},
            {"name": "password", **uses("cloudos_flavor_info", api_password="wrong-password")},
            {"name": "domain", **uses("cloudos_flavor_info", api_domain="no-domain")},
            {"name": "project", **uses("cloudos_flavor_info", api_project="no-project")},
            {"name": "project by id", **uses("cloudos_flavor_info", api_project=nameless)},
        ],
        mode=mode,
        ignore_errors=True,
    )
    assert "api_token" in message(played, "token")
    assert "no-such-token" not in message(played, "token")
    assert "api_password" in message(played, "password")
    assert "wrong-password" not in message(played, "password")
    assert len(played["password"].logins) <= 2
    assert "api_domain" in message(played, "domain")
    assert "'no-project'" in message(played, "project") and "api_project" in message(played, "project")
    assert nameless in message(played, "project by id")
    for task in played.tasks:
        assert len(task.logins) <= 4


def test_a_wrong_password_is_not_tried_for_each_item_of_a_loop(cloud: Simulator, ansible: Ansible) -> None:
    """A loop goes on after an item that fails, and accounts get locked."""
    loop = {
        "name": "loop",
        **uses("cloudos_flavor_info", name="{{ item }}", api_password="wrong-password"),
        "loop": ["a", "b", "c"],
        "ignore_errors": True,
    }
    played = ansible.play([loop], mode=IN_PROCESS)
    assert len(played["loop"].logins) <= 2
    assert [item["msg"].count("api_password") for item in played.result("loop")["results"]] == [1, 1, 1]


def test_a_ready_token_and_a_project_by_name(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """The token of somebody's login does as well as a password."""
    ansible.play([{"name": "log in", **uses("cloudos_flavor_info")}], mode=mode)
    cached = next(path for path in ansible.cache.glob("*.json")).read_text(encoding="utf-8")
    cloud.seed("servers", name="of-demo", project_id=seeds.DEMO_PROJECT)
    played = ansible.play(
        [
            {"name": "own project", **uses("cloudos_keypair_info")},
            {"name": "by name", **uses("cloudos_server_info", api_project="demo")},
            {"name": "by id", **uses("cloudos_server_info", api_project=seeds.DEMO_PROJECT)},
        ],
        mode=mode,
        variables={"token": "{{ (cached | from_json).value }}", "cached": cached},
        module_defaults={"group/h3c.cloudos.cloudos": {"api_token": "{{ token }}"}},
        environment={"CLOUDOS_USERNAME": None, "CLOUDOS_PASSWORD": None, "CLOUDOS_PROJECT": None},
    )
    assert not [task for task in played.tasks if task.logins]
    assert [server["name"] for server in played.result("by name")["servers"]] == ["of-demo"]
    assert played.result("by id")["servers"] == played.result("by name")["servers"]


# --- TLS --------------------------------------------------------------------------------------------------------


@pytest.fixture
def encrypted(certificate: tuple[str, str]) -> Iterator[Simulator]:
    with Simulator(tls=certificate) as simulator:
        yield simulator


def test_a_certificate_that_does_not_verify(
    encrypted: Simulator, certificate: tuple[str, str], tmp_path: Path, mode: str
) -> None:
    played = Ansible(encrypted, tmp_path).play(
        [
            {"name": "unknown", **uses("cloudos_flavor_info")},
            {"name": "known", **uses("cloudos_flavor_info", ca_path=certificate[0])},
            {"name": "not verified", **uses("cloudos_flavor_info", validate_certs=False)},
        ],
        mode=mode,
        ignore_errors=True,
    )
    text = message(played, "unknown")
    assert "certificate" in text and "ca_path" in text and "validate_certs" in text
    assert played["unknown"].requests == []
    assert not played["known"].failed
    assert not played["not verified"].failed


# --- the user's options -----------------------------------------------------------------------------------------

WRONG: dict[str, tuple[str, dict[str, Any], list[str]]] = {
    "an option that does not exist": ("cloudos_flavor", {"name": "f", "cores": 4}, ["cores"]),
    "a state that does not exist": ("cloudos_flavor", {"name": "f", "state": "there"}, ["state", "there"]),
    "a text for a number": ("cloudos_flavor", {"name": "f", **FLAVOR, "ram": "much"}, ["ram"]),
    "neither name nor id": ("cloudos_flavor", FLAVOR, ["name", "id"]),
    "no name of a key": ("cloudos_keypair", {"public_key": KEY}, ["name"]),
    "a fraction of a core": ("cloudos_flavor", {"name": "f", **FLAVOR, "vcpus": 1.5}, ["vcpus"]),
    "a negative disk": ("cloudos_flavor", {"name": "f", **FLAVOR, "disk": -1}, ["disk"]),
    "no address": ("cloudos_flavor_info", {"api_url": "cloud.example.com"}, ["api_url"]),
    "an id of nothing": (
        "cloudos_image",
        {**IMAGE, "id": "00000000-0000-4000-8000-000000000000"},
        ["id", "00000000-0000-4000-8000-000000000000"],
    ),
    "an id that is a word of the API": ("cloudos_server", {**SERVER, "id": "detail"}, ["id", "detail"]),
    "a choice that does not exist": ("cloudos_image", {**IMAGE, "visibility": "secret"}, ["visibility"]),
    "an image name in Chinese": ("cloudos_image", {**IMAGE, "name": "\u955c\u50cf"}, ["name"]),
    "two sources of an image": (
        "cloudos_image",
        {**IMAGE, "src": "/dev/null", "from_snapshot": "s"},
        ["src", "from_snapshot"],
    ),
    "data of a device": ("cloudos_image", {**IMAGE, "src": "/dev/null"}, ["src: /dev/null is a device"]),
    "data into a device": ("cloudos_image", {**IMAGE, "dest": "/dev/null"}, ["dest: /dev/null is a device"]),
    "data of a file without a name": ("cloudos_image", {**IMAGE, "src": ""}, ["src: must not be empty"]),
    "a type of key that there is not": ("cloudos_keypair", {"name": "k", "public_key": KEY, "type": "rsa"}, ["type"]),
    "a body that is none": ("cloudos_api", {"path": "/os/x", "method": "POST", "body": "text"}, ["body"]),
    "a header that is none": ("cloudos_api", {"path": "/os/x", "headers": {"A": [1]}}, ["headers.A", "to_json"]),
    "a blank id": ("cloudos_flavor_info", {"id": " "}, ["id: must not be blank"]),
    "a filter of nothing": ("cloudos_image_type_info", {"virt_type": ""}, ["virt_type: must not be blank"]),
    "a sum that is none": ("cloudos_image", {**IMAGE, "checksum": "abc"}, ["checksum"]),
    "too little memory": ("cloudos_image", {**IMAGE, "min_ram": 0}, ["min_ram"]),
    "no type of guest": ("cloudos_image", {**IMAGE, "cas_ostype": None}, ["cas_ostype"]),
    "a name with dots": ("cloudos_server", {**SERVER, "name": "web.example.com"}, ["name", "web.example.com"]),
    "a name that begins with a digit": ("cloudos_server", {**SERVER, "name": "1web"}, ["name"]),
    "an alias with a slash": ("cloudos_server", {**SERVER, "alias": "a/b"}, ["alias"]),
    "no such image": ("cloudos_server", {**SERVER, "image": "no-image"}, ["image", "no-image", "ready-image"]),
    "no such flavor": ("cloudos_server", {**SERVER, "flavor": "no-flavor"}, ["flavor", "no-flavor"]),
    "no such key": ("cloudos_server", {**SERVER, "key_name": "no-key"}, ["key_name", "no-key"]),
    "no such zone": ("cloudos_server", {**SERVER, "availability_zone": "no-zone"}, ["availability_zone", "no-zone"]),
    "no such group": ("cloudos_server", {**SERVER, "server_group": "no-group"}, ["server_group", "no-group"]),
    "no zone of several": ("cloudos_server", {**SERVER, "availability_zone": None}, ["availability_zone", "nova12"]),
    "a name of two images": ("cloudos_server", {**SERVER, "image": "twin"}, ["image", "twin", "several"]),
    "a name of two flavors": ("cloudos_server", {**SERVER, "flavor": "twin"}, ["flavor", "twin", "several"]),
    "image and volume": (
        "cloudos_server",
        {**SERVER, "boot_volume": seeds.SYSTEM_VOLUME, "boot_volume_size": 20},
        ["image", "boot_volume"],
    ),
    "a host without a zone": ("cloudos_server", {**SERVER, "availability_zone": None, "host": "h"}, ["host"]),
    "a network without a name": (
        "cloudos_server",
        {**SERVER, "networks": [{"fixed_ip": "10.0.0.1"}]},
        ["networks[0]", "port"],
    ),
    "password and key": (
        "cloudos_server",
        {**SERVER, "admin_password": "some-password", "key_name": "k"},
        ["key_name"],
    ),
    "no such user": ("cloudos_server", {**SERVER, "user": "nobody"}, ["user", "nobody", "demo"]),
    "a snapshot without a server": ("cloudos_server_snapshot", {"name": "s"}, ["server"]),
    "a snapshot of no server": ("cloudos_server_snapshot", {"name": "s", "server": "none"}, ["server", "none"]),
    "a snapshot name with a dot": ("cloudos_server_snapshot", {"name": "s.1", "server": "none"}, ["name", "s.1"]),
    "a long description of a snapshot": (
        "cloudos_server_snapshot",
        {"name": "s", "server": "none", "description": "x" * 86},
        ["description", "85"],
    ),
    "a policy that does not exist": ("cloudos_server_group", {"name": "g", "policy": "apart"}, ["policy", "apart"]),
    "a group without a policy": ("cloudos_server_group", {"name": "g"}, ["policy"]),
    "an aggregate without a zone": ("cloudos_host_aggregate", {"name": "a"}, ["availability_zone"]),
    "an aggregate of no zone": (
        "cloudos_host_aggregate",
        {"name": "a", "availability_zone": "no-zone"},
        ["availability_zone", "no-zone", "nova11"],
    ),
    "a compute node of nothing": ("cloudos_compute_node", {"name": "n"}, ["vm_type", "password", "vswitches"]),
    "a compute node of Xen": ("cloudos_compute_node", {"name": "n", "vm_type": "xen"}, ["vm_type", "xen", "cas"]),
    "a switch of two networks": (
        "cloudos_compute_node",
        {"name": "n", "vswitches": [{"network": "a", "net_name": "b", "device": "c"}]},
        ["network", "net_name", "mutually exclusive"],
    ),
    "a switch of no network": (
        "cloudos_compute_node",
        {"name": "n", "vswitches": [{"device": "c"}]},
        ["network", "net_name"],
    ),
    "a compute node of HP is validated": (
        "cloudos_compute_node",
        {"name": "n", **COMPUTE_NODE, "vm_type": "hp", "validate": True},
        ["validate", "cas", "hp"],
    ),
    "a configuration of nothing": (
        "cloudos_compute_node_info",
        {"gather": ["available_config"]},
        ["available_config", "name", "password"],
    ),
    "a lease of nothing": ("cloudos_lease", {"id": "l", "end_time": "2030-12-31 18:00:00"}, ["server", "resource_id"]),
    "a lease without an end": ("cloudos_lease", {"id": "l", "server": "web"}, ["end_time"]),
    "a lease until a day": ("cloudos_lease", {"id": "l", "server": "web", "end_time": "2030-12-31"}, ["end_time"]),
    "half a resource of a lease": (
        "cloudos_lease",
        {"id": "l", "end_time": "2030-12-31 18:00:00", "resource_id": "r"},
        ["resource_name"],
    ),
    "a path without a slash": ("cloudos_api", {"path": "os/compute"}, ["path"]),
}


def test_bad_options_are_named_before_anything_is_sent_that_writes(ready: Simulator, ansible: Ansible) -> None:
    ready.seed("images", name="twin", count=2)
    ready.seed("flavors", name="twin", count=2, **FLAVOR)
    tasks = [
        {"name": name, **uses(module, **{key: value for key, value in options.items() if value is not None})}
        for name, (module, options, _words) in WRONG.items()
    ]
    played = ansible.play(tasks, ignore_errors=True)
    problems = []
    for name, (_module, _options, words) in WRONG.items():
        task = played[name]
        text = str(task.result.get("msg"))
        problems += [f"{name}: {word!r} is not in: {text}" for word in words if word not in text]
        if not task.failed:
            problems.append(f"{name}: not refused: {task.result}")
        if task.writes:
            problems.append(f"{name}: written: {task.sent()}")
    assert not problems, "\n".join(problems)


def test_bad_connections_are_named(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """Whatever the environment does not say."""
    played = ansible.play(
        [
            {"name": "user without password", **uses("cloudos_flavor_info", api_username="admin")},
            {"name": "password without user", **uses("cloudos_flavor_info", api_password="some-password")},
            {"name": "nobody", **uses("cloudos_flavor_info")},
            {"name": "no port", **uses("cloudos_flavor_info", api_token="some-token", api_url="http://127.0.0.1:x")},
        ],
        mode=mode,
        ignore_errors=True,
        environment={"CLOUDOS_USERNAME": None, "CLOUDOS_PASSWORD": None},
    )
    assert "api_password" in message(played, "user without password")
    assert "api_username" in message(played, "password without user")
    assert "api_token" in message(played, "nobody") and "api_username" in message(played, "nobody")
    assert "api_url" in message(played, "no port")
    assert played.log == []


def test_a_missing_address_is_named(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    played = ansible.play(
        [{"name": "read", **uses("cloudos_flavor_info")}], mode=mode, rc=2, environment={"CLOUDOS_URL": None}
    )
    assert "api_url" in played.result("read")["msg"]


def test_a_whole_play_can_be_checked_against_an_empty_cloud(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """What no task creates is a warning, and so is all that an ordinary module cannot know of earlier tasks."""
    unknown = ["image: there is no image 'ready-image' yet", "flavor: there is no flavor 'ready-flavor' yet"]
    played = ansible.play(
        [
            {"name": "flavor", **uses("cloudos_flavor", name="ready-flavor", **FLAVOR)},
            {"name": "server", **uses("cloudos_server", **SERVER)},
        ],
        mode=mode,
        arguments=["--check", "--diff"],
        warns=unknown if mode == MODULE else unknown[:1],
    )
    server = played.result("server")
    assert server["changed"] is True and server["actions"] == ["create"]
    assert server["server"]["image"] == server["server"]["flavor"] == "(to be created)"
    assert server["diff"]["after"]["image"] == "(to be created)"
    assert ansible.cloud.state("servers") == []


def test_an_error_in_a_loop_does_not_stop_the_rest(ready: Simulator, ansible: Ansible) -> None:
    """One session serves all items, and outlives the failure of one."""
    loop = {
        "name": "loop",
        **uses("cloudos_flavor", name="{{ item.name }}", vcpus="{{ item.vcpus }}", ram=1, disk=1),
        "loop": [{"name": "a", "vcpus": 1}, {"name": "b", "vcpus": 0}, {"name": "c", "vcpus": 1}],
        "ignore_errors": True,
        "register": "told",
    }
    that = ["told is failed", "told.results[0] is changed", "told.results[1] is failed", "told.results[2] is changed"]
    ansible.play([loop, {"name": "told", "ansible.builtin.assert": {"that": that}}], mode=IN_PROCESS)
    assert names(ready, "flavors") == ["a", "c", "ready-flavor"]
