# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Metrics of what only a platform with special hardware has: graphics cards and bare-metal instances.

Each scope is asked for in as few requests as it takes.
"""

from __future__ import annotations

from typing import Any

import pytest
from integration.harness import Ansible, uses

from simulator import Simulator, seeds

SERVER = "4f0a2a3f-3b0f-4c8a-9d53-5a1f2f1f6a01"
METAL = "c44f0a17-a9b6-4a76-b2b2-3457798811e8"
MAC = "fa:16:3e:8c:01:39"
LIST, MEASURES = "GET server-list-detail", "GET server-metric-measures"
GPU_MEASURES, SENSOR_MEASURES = "GET server-gpu-metric-measures", "GET baremetal-metric-measures"
SENSORS = "GET baremetal-metric-resources"


@pytest.fixture
def ready(cloud: Simulator) -> Simulator:
    """A server with a disk and two graphics cards, and two instances with addresses that begin alike."""
    nic = cloud.seed("ports", mac=MAC)[0]
    cloud.seed("servers", name="web", id=SERVER, nics=[nic["id"]])
    for number in (1, 2):
        cloud.seed("gpus", id=f"0000000{number}-afe9-5a2a-88b9-8844f3f6469e", server_id=SERVER)
    for name, instance, address in (("metal", METAL, "192.168.0.21"), ("other", None, "192.168.0.212")):
        port = cloud.seed("ports", network_id=seeds.NET_1, ip=address)[0]
        more = {"id": instance} if instance else {}
        cloud.seed("servers", name=name, zone_id=seeds.ZONE_IRONIC2, node_id=name, nics=[port["id"]], **more)
    return cloud


def read(name: str, **options: Any) -> dict[str, Any]:
    return {"name": name, **uses("cloudos_metric_info", **options)}


def test_each_scope_takes_as_few_requests_as_it_can(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """One for each metric of each thing, one to find out what there is, one for names."""
    fans = {"scope": "baremetal", "sensors": ["ipmi_fan_sensor"]}
    tasks = [
        {"name": "log in", **uses("cloudos_flavor_info")},
        read("server by id", scope="server", server=SERVER, metrics=["cpu_util"]),
        read("server by name", scope="server", server="web", metrics=["cpu_util", "memory.usage"]),
        read("nic", scope="nic", server=SERVER, nic=MAC, metrics=["network.incoming.bytes.rate"]),
        read("nics", scope="nic", server=SERVER),
        read("samples of nics", scope="nic", server=SERVER, source="samples"),
        read("disk", scope="disk", server=SERVER, disk="vda"),
        read("gpu", scope="gpu", gpu="00000001-afe9-5a2a-88b9-8844f3f6469e", metrics=["vgpu.rate"]),
        read("gpus", scope="gpu", server=SERVER, metrics=["vgpu.rate"]),
        read("instance by id", server=METAL, **fans),
        read("instance by name", server="metal", **fans),
        read("refused", scope="server", server="web", start="2026-02-01", stop="2026-01-01") | {"ignore_errors": True},
    ]
    played = ansible.play(tasks, mode=mode)
    assert {task.name: task.sent() for task in played.tasks[1:]} == {
        "server by id": [MEASURES],
        "server by name": [LIST, MEASURES, MEASURES],
        "nic": [MEASURES],
        "nics": ["GET server-interface-list", MEASURES, MEASURES],
        "samples of nics": ["GET server-interface-list", "GET server-meter-samples", "GET server-meter-samples"],
        "disk": ["POST resource-search", MEASURES, MEASURES],
        "gpu": [GPU_MEASURES],
        "gpus": ["GET server-gpu-list", GPU_MEASURES, GPU_MEASURES],
        "instance by id": [SENSORS, SENSOR_MEASURES],
        "instance by name": [LIST, SENSORS, SENSOR_MEASURES],
        "refused": [],
    }
    assert not any(task.result["changed"] for task in played.tasks)
    assert all(entry["status"] == 200 for entry in played.log if "metric" in entry["operation"])


def test_the_items_of_a_loop_share_the_names(ready: Simulator, ansible: Ansible) -> None:
    loop = {**read("both", scope="server", server="{{ item }}", metrics=["cpu_util"]), "loop": ["web", "web"]}
    assert ansible.play([loop])["both"].sent() == [LIST, MEASURES, MEASURES]


def test_sensors_are_those_of_the_instance(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """And not those of the one whose address begins alike."""
    kinds = ["ipmi_fan_sensor", "host", "host_network_interface", "hardware_gpu"]
    tasks = [
        read("all", scope="baremetal", server="metal", sensors=kinds),
        read("one", scope="baremetal", server=METAL, sensors=kinds, metrics=["hardware.cpu.util"], start="2020-01-01"),
    ]
    played = ansible.play(tasks, mode=mode)
    told = [(entry["sensor"], entry["metric"], entry["part"]) for entry in played.result("all")["metrics"]]
    assert told == [
        ("ipmi_fan_sensor", "hardware.ipmi.fan", "fan1_speed_(0x70)"),
        ("host", "hardware.cpu.util", None),
        ("host_network_interface", "hardware.network.incoming.bytes", "enp6s0f0"),
        ("hardware_gpu", "hardware.gpu.util", "gpu0"),
    ]
    assert {entry["server_id"] for entry in played.result("all")["metrics"]} == {METAL}
    measure = played.result("all")["metrics"][0]["measures"][0]
    assert measure["period"] == 300 and isinstance(measure["value"], float) and measure["unit"] is None
    assert [entry["sensor"] for entry in played.result("one")["metrics"]] == ["host"]


def test_a_metric_that_the_reference_does_not_list_is_let_through(
    ready: Simulator, ansible: Ansible, mode: str
) -> None:
    played = ansible.play([read("iops", scope="disk", server="web", metrics=["disk.device.iops"])], mode=mode)
    assert played.result("iops")["metrics"][0]["measures"]


def test_what_is_needed_is_told(ready: Simulator, ansible: Ansible, mode: str) -> None:
    tasks = [
        read("server", scope="server"),
        read("gpu", scope="gpu"),
        read("baremetal", scope="baremetal", server="metal"),
        read("nobody", scope="gpu", gpu="1", metrics=["vgpu.rate"]),
    ]
    played = ansible.play(tasks, mode=mode, ignore_errors=True)
    assert "scope is server but all of the following are missing: server" in played.result("server")["msg"]
    assert "scope is gpu but any of the following are missing: server, gpu" in played.result("gpu")["msg"]
    assert "scope is baremetal but all of the following are missing: sensors" in played.result("baremetal")["msg"]
    assert played.result("nobody")["error"] == {"status": 404, "code": "404", "operation": "server-gpu-metric-measures"}


def test_a_server_that_is_yet_to_come_is_a_warning_in_check_mode(ready: Simulator, ansible: Ansible, mode: str) -> None:
    """So that a whole play can be checked."""
    task = {**read("later", scope="disk", server="later"), "check_mode": True}
    played = ansible.play([task], mode=mode, warns=["server: there is no server 'later' yet"])
    assert played.result("later")["metrics"] == []
