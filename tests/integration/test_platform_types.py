# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Image types and DRX: what they cost."""

from __future__ import annotations

from integration.harness import Ansible, uses

from simulator import Simulator

IMAGE_TYPE = {"name": "Rocky 9", "virt_type": "CAS", "os_type": "Linux", "operating_system": "linux|Rocky 9(64-bit)"}


def test_requests_of_image_types(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """One read to find that all is well; a creation has no answer and costs one more."""
    played = ansible.play(
        [
            {"name": "log in", **uses("cloudos_flavor_info")},
            {"name": "create", **uses("cloudos_image_type", **IMAGE_TYPE)},
            {"name": "again", **uses("cloudos_image_type", **IMAGE_TYPE)},
            {"name": "change", **uses("cloudos_image_type", **IMAGE_TYPE, description="x")},
            {"name": "read", **uses("cloudos_image_type_info", name="Rocky 9")},
            {"name": "filter", **uses("cloudos_image_type_info", virt_type="CAS", gather=["os_types"])},
            {"name": "delete", **uses("cloudos_image_type", name="Rocky 9", state="absent")},
        ],
        mode=mode,
    )
    types = "GET image-type-list"
    assert {task.name: task.sent() for task in played.tasks[1:]} == {
        "create": [types, "POST image-type-create", types],
        "again": [types],
        "change": [types, "PUT image-type-update"],
        "read": [types],
        "filter": ["GET image-type-list-by-virt-type", "GET image-type-os-types"],
        "delete": [types, "DELETE image-type-delete"],
    }


def test_a_loop_of_image_types_is_one_read(cloud: Simulator, ansible: Ansible) -> None:
    cloud.seed("image_types", name="loop-{n}", count=20)
    loop = {"loop": list(range(1, 21))}
    played = ansible.play(
        [
            {"name": "log in", **uses("cloudos_flavor_info")},
            {"name": "converge", **uses("cloudos_image_type", name="loop-{{ item }}", virt_type="CAS"), **loop},
        ]
    )
    assert len(played["converge"].items) == 20
    assert played["converge"].result["changed"] is False
    assert set(played["converge"].sent()) == {"GET image-type-list"}
    assert len(played["converge"].sent()) <= 2


def test_requests_of_drx(cloud: Simulator, ansible: Ansible, mode: str) -> None:
    """One read to find that all is well; only a new one needs to know the server."""
    cloud.seed("servers", name="seed")
    drx = {"id": "listener-1", "pool": "pool-1", "server": "seed", "member": "member-1", "interval": 30}
    played = ansible.play(
        [
            {"name": "log in", **uses("cloudos_flavor_info")},
            {"name": "create", **uses("cloudos_drx", **drx)},
            {"name": "again", **uses("cloudos_drx", **drx)},
            {"name": "change", **uses("cloudos_drx", id="listener-1", enabled=False)},
            {"name": "read", **uses("cloudos_drx_info", id="listener-1")},
            {"name": "delete", **uses("cloudos_drx", id="listener-1", state="absent")},
        ],
        mode=mode,
    )
    listed = "GET drx-list"
    assert {task.name: task.sent() for task in played.tasks[1:]} == {
        "create": [listed, "GET server-list-detail", "POST drx-create"],
        "again": [listed],
        "change": [listed, "PUT drx-update"],
        "read": ["GET drx-get"],
        "delete": [listed, "DELETE drx-delete"],
    }
