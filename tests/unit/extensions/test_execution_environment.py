# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-builder finds what the collection needs, and takes the example for users."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[3]
BUILDER = Path(sys.executable).with_name("ansible-builder")
EXAMPLE = REPOSITORY / "extensions" / "awx" / "execution-environment.yml"


def builder(*arguments: str | Path) -> str:
    command = [str(BUILDER), *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=600).stdout


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build context of the example, without a container."""
    folder = tmp_path_factory.mktemp("context")
    builder("create", "--file", EXAMPLE, "--context", folder, "--output-filename", "Containerfile")
    return folder


def test_what_the_collection_needs_of_python_is_found_from_its_metadata(tmp_path: Path) -> None:
    found, system = tmp_path / "requirements.txt", tmp_path / "bindep.txt"
    namespace = tmp_path / "ansible_collections" / "h3c"
    namespace.mkdir(parents=True)
    (namespace / "cloudos").symlink_to(REPOSITORY)
    builder("introspect", tmp_path, "--write-pip", found, "--write-bindep", system)

    assert [line.split("#")[0].strip() for line in found.read_text().splitlines()] == ["requests>=2.25.0"]
    assert not system.exists()


def test_the_example_installs_the_collection(context: Path) -> None:
    wanted = yaml.safe_load((context / "_build" / "requirements.yml").read_text())

    assert [entry["name"] for entry in wanted["collections"]] == ["h3c.cloudos"]


def test_the_example_installs_what_the_collections_in_it_tell(context: Path) -> None:
    steps = (context / "Containerfile").read_text()

    assert "ansible-galaxy collection install" in steps
    assert steps.index("ansible-galaxy collection install") < steps.index("introspect.py introspect")
    assert (context / "_build" / "scripts" / "introspect.py").exists()


def test_the_example_has_a_core_that_the_collection_runs_on(context: Path) -> None:
    needed = yaml.safe_load((REPOSITORY / "meta" / "runtime.yml").read_text(encoding="utf-8"))["requires_ansible"]

    assert f"ansible-core{needed.removesuffix('.0')}" in (context / "Containerfile").read_text()
