# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks that the simulator gets, on real services: in both modes, as administrator and as plain member, and on
the strict gateway, behind which Nova refuses members that only CloudOS has.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from integration.harness import IN_PROCESS, MODES, Ansible
from integration.test_targets import ON_OPENSTACK, OWN, TARGETS, WARNS, aliases

from openstack.cloud import Cloud
from openstack.settings import DEMO_PASSWORD, HERE

LIMITS: dict[str, dict[str, str]] = yaml.safe_load((HERE / "limits.yml").read_text(encoding="utf-8"))
COMMON = [target for target in TARGETS if OWN not in aliases(target)]
SUPPORTED = [target for target in COMMON if target not in LIMITS["unsupported"]]
FOR_MEMBERS = [target for target in SUPPORTED if target not in LIMITS["administrator"]]
STRICT = [target for target in SUPPORTED if target not in LIMITS["strict"]]
MEMBER = {"CLOUDOS_USERNAME": "demo", "CLOUDOS_PASSWORD": DEMO_PASSWORD, "CLOUDOS_PROJECT": "demo"}
# The flavors of the targets that a member may run, which he cannot make: name and number of processors
FLAVORS = {
    "target-small": 1,
    "target-large": 4,
    "target-fleet-small": 1,
    "target-fleet-large": 4,
    "target-snapped": 1,
    "target-floating": 1,
    "target-plane": 1,
    "target-application": 1,
    "target-rotation": 1,
    "target-with-volume": 1,
}
# The external networks, which only an administrator makes, too
EXTERNAL_NETWORKS = ("target-internet", "target-plane-outside", "target-application-outside")


def play(ansible: Ansible, cloud: Cloud, target: str, mode: str, owner: str = "admin", **keywords: Any) -> None:
    prefix, port = ("demo-", "demo-port") if owner == "demo" else ("", "port-1")
    variables = {
        "cloudos_network": cloud.seeded["networks"]["net-1"],
        "cloudos_other_network": cloud.seeded["networks"]["net-2"],
        "cloudos_volume": cloud.seeded["volumes"][f"{prefix}data-1"],
        "cloudos_system_volume": cloud.seeded["volumes"].get(f"{prefix}system-1"),
        "cloudos_port": cloud.seeded["ports"][port],
        "cloudos_port_name": port,
        **ON_OPENSTACK,
    }
    ansible.play([], mode=mode, roles=[target], variables=variables, warns=WARNS.get(target, ()), **keywords)


def test_every_limit_is_of_a_target() -> None:
    assert {target for targets in LIMITS.values() for target in targets} <= {*COMMON}


@pytest.mark.parametrize("target", SUPPORTED)
@pytest.mark.parametrize("mode", MODES)
def test_as_administrator(ansible: Ansible, cloud: Cloud, target: str, mode: str) -> None:
    play(ansible, cloud, target, mode)


@pytest.mark.parametrize("target", FOR_MEMBERS)
@pytest.mark.parametrize("mode", MODES)
def test_as_member(ansible: Ansible, cloud: Cloud, target: str, mode: str) -> None:
    for name, vcpus in FLAVORS.items():
        cloud.seed_flavor(name=name, vcpus=vcpus, ram=2048, disk=20)
    for name in EXTERNAL_NETWORKS:
        cloud.seed_external_network(name, "203.0.113.0/24")

    play(ansible, cloud, target, mode, "demo", environment=MEMBER, arguments=["--skip-tags", "administrator"])


@pytest.mark.parametrize("target", STRICT)
def test_on_the_strict_gateway(cloud: Cloud, tmp_path: Path, target: str) -> None:
    play(Ansible(cloud.through("gateway"), tmp_path), cloud, target, IN_PROCESS)
