# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The playbooks in targets/: in both modes, and against a platform that answers as OpenStack does.

As ordinary modules run those whose module the matrix does not run as such, and that is one of the harness's selection;
on plain OpenStack, those of this selection and whole applications. With WAYS=all, all run each way that they can.
"""

from __future__ import annotations

from typing import Any

import pytest
from integration.harness import HERE, IN_PROCESS, MODULE, STORY_MODES, Ansible, Played, modes_of
from integration.test_matrix import STATE

from simulator import Simulator

TARGETS = sorted(path.name for path in (HERE / "targets").glob("cloudos_*"))
# The alias of a target that OpenStack has nothing like
OWN = "shape/reference"
# What plain OpenStack has in the place of what is CloudOS's own
ON_OPENSTACK = {"cloudos_gather": ["volumes", "interfaces", "console"], "cloudos_role": "member"}
# What a target is warned of on purpose
WARNS = {"cloudos_quota": ["file_share.shares: the platform returns no value"]}
# Plays that check what earlier tasks have only checked, too; with --check, their plans are remembered.
WHOLE = {"cloudos_control_plane": "plane", "cloudos_first_application": "application"}
WARNS.update({target: ["yet; a real run needs it"] for target in WHOLE})
QUICK = ("cloudos_flavor", "cloudos_keypair")
IN_MATRIX = {*STATE} - ({"cloudos_image"} if MODULE in STORY_MODES else set())
AS_MODULES = [target for target in TARGETS if target not in IN_MATRIX and MODULE in modes_of(target)]


def aliases(target: str) -> list[str]:
    return (HERE / "targets" / target / "aliases").read_text(encoding="utf-8").splitlines()


ON_PLAIN_OPENSTACK = [
    target for target in TARGETS if OWN not in aliases(target) and (MODULE in modes_of(target) or target in WHOLE)
]


@pytest.mark.parametrize("target", TARGETS)
def test_ansible_test_finds_it(target: str) -> None:
    folder = HERE / "targets" / target

    assert (folder / "runme.sh").resolve() == HERE / "targets" / "setup_simulator" / "run.sh"
    assert "needs/target/setup_simulator" in aliases(target)


def _play(ansible: Ansible, target: str, mode: str, **variables: Any) -> None:
    ansible.play([], mode=mode, roles=[target], variables=variables, warns=WARNS.get(target, ()))


@pytest.mark.parametrize("target", AS_MODULES)
def test_as_a_module(ansible: Ansible, target: str) -> None:
    _play(ansible, target, MODULE)


@pytest.mark.parametrize(
    "target", [pytest.param(name, marks=[pytest.mark.smoke] if name in QUICK else []) for name in TARGETS]
)
def test_in_process(ansible: Ansible, target: str) -> None:
    _play(ansible, target, IN_PROCESS)


@pytest.mark.parametrize("target", ON_PLAIN_OPENSTACK)
def test_on_plain_openstack(cloud: Simulator, ansible: Ansible, target: str) -> None:
    cloud.settings(shape="openstack")
    _play(ansible, target, IN_PROCESS, **ON_OPENSTACK)


@pytest.mark.parametrize("target", WHOLE)
def test_a_whole_play_is_foretold_before_anything_of_it_is_there(
    cloud: Simulator, ansible: Ansible, target: str
) -> None:
    """With --check, in process: no warnings, and the actions of the run."""
    name = {"cloudos_control_plane": "target-plane", "cloudos_first_application": "target-application"}[target]
    cloud.seed("flavors", name=name, vcpus=1, ram=2048, disk=20)
    cloud.seed("images", name=name)
    cloud.seed("networks", name=f"{name}-outside", subnet_cidr="203.0.113.0/24", **{"router:external": True})
    tasks = [{"name": "all", "ansible.builtin.include_role": {"name": target, "tasks_from": WHOLE[target]}}]
    checked = ansible.play(tasks, arguments=["--check"])
    played = ansible.play(tasks)

    assert _actions(checked) == _actions(played)


def _actions(played: Played) -> list[Any]:
    results = [result for task in played.tasks for result in (task.items or [task.result])]
    return [result.get("actions") or _of_members(result) for result in results]


def _of_members(result: dict[str, Any]) -> list[Any]:
    return [member["actions"] for member in result.get("results", ()) if "actions" in member]
