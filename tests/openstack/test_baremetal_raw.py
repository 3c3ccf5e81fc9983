# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The raw module on Ironic: login, headers, errors, and the paths between provision states."""

from __future__ import annotations

from typing import Any

from integration.harness import Ansible, uses

from openstack.cloud import Cloud

HEADERS = {"H3CloudOS-Core-Target": "bare_metal", "X-OpenStack-Ironic-API-Version": "1.34"}
NODES = "/os/kinton/v1/v1/nodes"
IPMI = {"ipmi_address": "172.25.16.1", "ipmi_username": "admin", "ipmi_password": "raw-secret"}


def call(name: str, method: str, path: str, body: Any = None, **keywords: Any) -> dict[str, Any]:
    headers = {**HEADERS, "Accept": "application/json" if method in ("GET", "POST") else None}
    options = {"method": method, "path": path, "headers": headers, **({} if body is None else {"body": body})}
    return {"name": name, **uses("cloudos_api", **options), **keywords}


def asked(target: str, wanted: str) -> list[dict[str, Any]]:
    """Ask for a change of the provision state, and wait for its end."""
    there = f"told.json.provision_state == '{wanted}' and not told.json.reservation"
    return [
        call(target, "PUT", f"{NODES}/{{{{ made.json.uuid }}}}/states/provision", {"target": target}),
        call(
            f"{target}: wait",
            "GET",
            f"{NODES}/{{{{ made.json.uuid }}}}",
            register="told",
            until=there,
            retries=60,
            delay=0.2,
        ),
    ]


def test_a_node_goes_all_the_way_and_back(ansible: Ansible, cloud: Cloud, mode: str) -> None:
    node = {"name": "raw", "driver": "pxe_ipmitool", "driver_info": IPMI}
    played = ansible.play(
        [
            call("create", "POST", NODES, node, register="made"),
            *asked("manage", "manageable"),
            *asked("provide", "available"),
            *asked("active", "active"),
            *asked("deleted", "available"),
            call("delete", "DELETE", f"{NODES}/{{{{ made.json.uuid }}}}"),
        ],
        mode=mode,
    )
    made = played.result("create")["json"]
    assert (made["provision_state"], made["power_state"]) == ("enroll", None)
    assert set(made["driver_info"]["ipmi_password"]) == {"*"}
    assert "raw-secret" not in played.output
    assert cloud.nodes() == []


def test_a_verb_in_the_wrong_state_is_refused_with_the_state(ansible: Ansible, cloud: Cloud) -> None:
    node = cloud.seed_node(name="raw")
    path = f"{NODES}/{node['uuid']}/states/provision"
    played = ansible.play([call("provide", "PUT", path, {"target": "provide"})], rc=2)
    assert 'while it is in state "enroll"' in played.result("provide")["msg"]
