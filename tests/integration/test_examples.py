# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every example of the documentation runs: the EXAMPLES of each module, and the tasks and plays of pages and of roles.

What those of a module or role need beforehand stands in examples.yml, by its name. Guides stand alone.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml
from integration.harness import HERE, MODULES, REPOSITORY, Ansible
from integration.web import serving

from simulator import Simulator, seeds

DATA = yaml.safe_load((HERE / "examples.yml").read_text(encoding="utf-8"))
# A translation has the blocks of its original.
PAGES = {path.stem: path for path in sorted((REPOSITORY / "docs").glob("*.md")) if "." not in path.stem}
ROLES = {path.parent.name: path for path in sorted((REPOSITORY / "roles").glob("*/README.md"))}
NAMESPACE = "ansible_collections.h3c.cloudos.plugins.modules"

_BLOCK = re.compile(r"^```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The other collections that users come from
_OTHERS = re.compile(r"^\s+(openstack\.cloud|hetzner\.hcloud)\.", re.MULTILINE)


@pytest.fixture(scope="module", autouse=True)
def _image_server() -> Iterator[None]:
    """A web server with the files of the examples."""
    with serving(DATA["files"]) as (url, _seen):
        DATA["variables"]["image_server"] = url
        yield


def blocks(text: str) -> list[list[dict[str, Any]]]:
    """The blocks of a page that are lists of tasks or plays; others show a part of a file, or of another collection."""
    parsed = [yaml.safe_load(block) for block in _BLOCK.findall(text) if not _OTHERS.search(block)]
    return [block for block in parsed if isinstance(block, list) and all(isinstance(entry, dict) for entry in block)]


def prepare(ansible: Ansible, cloud: Simulator, subject: str) -> None:
    """What has to be there before the examples of a module or role run."""
    cloud.settings(**DATA["settings"].get(subject, {}))
    for seed in DATA["seeds"].get(subject, []):
        record = dict(seed)
        cloud.seed(record.pop("kind"), **record)
    tasks = DATA["setup"].get(subject)
    if tasks:
        ansible.play(tasks, variables=DATA["variables"])


def run(ansible: Ansible, entries: list[dict[str, Any]], given: Mapping[str, Any]) -> None:
    """Run plays one after the other, or tasks as one play."""
    plays = entries if "hosts" in entries[0] else [{"tasks": entries}]
    for play in plays:
        variables = {**given, **play.get("vars", {})}
        keywords = {name: value for name, value in play.items() if name not in ("tasks", "vars")}
        ansible.play(play.get("tasks", []), variables=variables, files=DATA["files"], **keywords)


@pytest.mark.parametrize("module", sorted(path.stem for path in MODULES.glob("cloudos_*.py")))
def test_the_examples_of_a_module_run_from_top_to_bottom(module: str, ansible: Ansible, cloud: Simulator) -> None:
    prepare(ansible, cloud, module)
    examples = yaml.safe_load(importlib.import_module(f"{NAMESPACE}.{module}").EXAMPLES)
    assert any(f"h3c.cloudos.{module}" in task for task in examples)

    run(ansible, examples, DATA["variables"])


@pytest.mark.parametrize("page", PAGES)
def test_the_tasks_and_plays_of_a_guide_run_in_order_on_the_simulated_cloud(
    page: str, ansible: Ansible, cloud: Simulator
) -> None:
    """With nothing but what the simulator of a person starts with, and the passwords that the page speaks of."""
    cloud.settings(**seeds.EXAMPLE_SETTINGS)
    for seed in seeds.EXAMPLES:
        cloud.seed(**seed)
    passwords = {name: value for name, value in DATA["variables"].items() if name.startswith("vault_")}

    for block in blocks(PAGES[page].read_text(encoding="utf-8")):
        run(ansible, block, passwords)


@pytest.mark.parametrize("role", ROLES)
def test_the_tasks_and_plays_of_a_role_run_in_order(role: str, ansible: Ansible, cloud: Simulator) -> None:
    prepare(ansible, cloud, role)

    for block in blocks(ROLES[role].read_text(encoding="utf-8")):
        run(ansible, block, DATA["variables"])
