# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Workflows run what there is, on all versions, and nobody can slip something else in.

`make lint` holds them to GitHub's own schemas.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

REPOSITORY = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(REPOSITORY / "tests" / "tools"))

import matrix  # noqa: E402 - a tool, not a package

WORKFLOWS = {path.stem: path for path in sorted((REPOSITORY / ".github" / "workflows").glob("*.yml"))}
COMMANDS = re.findall(r"^([a-z-]+):.*## ", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

_PINNED = re.compile(r"uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$")


def load(name: str) -> dict[str, Any]:
    return yaml.safe_load(WORKFLOWS[name].read_text(encoding="utf-8"))


def steps(name: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for job in load(name)["jobs"].values():
        for step in job.get("steps", []):
            yield job, step


def made(name: str) -> set[str]:
    """The commands of make that a workflow runs."""
    commands = set()
    for job, step in steps(name):
        for command in re.findall(r"^make (\S+)", step.get("run", ""), re.MULTILINE):
            commands |= set(job["strategy"]["matrix"]["command"]) if command == "${{" else {command}
    return commands


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_to_commits_and_tell_their_version(name: str) -> None:
    lines = [line.strip(" -") for line in WORKFLOWS[name].read_text(encoding="utf-8").splitlines() if "uses: " in line]

    assert [line for line in lines if not _PINNED.match(line) and not line.startswith("uses: ./.github/")] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_may_only_read_unless_it_says_why(name: str) -> None:
    workflow = load(name)

    assert workflow["permissions"] == {"contents": "read"}
    writing = [job for job, rules in workflow["jobs"].items() if "write" in str(rules.get("permissions"))]
    assert writing == (["publish"] if name == "release" else [])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_job_ends_some_time(name: str) -> None:
    assert [
        job for job, rules in load(name)["jobs"].items() if "timeout-minutes" not in rules and "steps" in rules
    ] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_of_a_pull_request_is_put_into_a_shell(name: str) -> None:
    runs = [step["run"] for _job, step in steps(name) if "run" in step]

    assert [run for run in runs if re.search(r"\$\{\{ (?!matrix\.)", run)] == []


def test_the_workflow_runs_every_check_of_make_test() -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    (listed,) = re.findall(r"^CHECKS := \$\(filter-out \$\(DONE\),(.*)\)$", makefile, re.MULTILINE)
    checks = {*listed.split(), "integration"}
    assert {"lint", "importer", "docs"} <= checks
    lines = (REPOSITORY / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    words = [word for line in lines if line.startswith("make ") for word in line.split()[1:]]
    own = {word for word in words if re.fullmatch("[a-z][a-z-]*", word)}
    assert {"test", "test-busy", "test-openstack", "ansible-test", "demo", "importer", "matrix"} == own
    assert {word.partition("=")[2] for word in words if word.startswith("DONE=")} <= own & checks

    # The matrix runs the integration tests on each version, and those of the unit tests that depend on it.
    assert checks | own <= made("ci") | {"test", "integration"}
    assert made("ci") | made("release") <= set(COMMANDS)


def test_a_subset_of_the_matrix_is_collected_from_the_files_that_have_it() -> None:
    found = {Path(file).name for file in matrix.files_with("smoke")}
    assert {"test_inventory.py", "test_targets.py", "test_in_process.py"} <= found


def test_what_the_matrix_leaves_out_is_run_once() -> None:
    assert [name for name in matrix.INDEPENDENT if not (REPOSITORY / "tests" / "unit" / name).is_dir()] == []
    assert "unit" in made("ci")


def test_tests_run_on_every_supported_pair_of_versions() -> None:
    pairs = [(entry["core"], entry["python"]) for entry in load("ci")["jobs"]["tests"]["strategy"]["matrix"]["include"]]

    assert sorted(pairs) == sorted((core, python) for core, pythons in matrix.CORES.items() for python in pythons)


def test_a_release_is_published_after_all_checks_with_a_secret_that_stands_in_no_command() -> None:
    publish = load("release")["jobs"]["publish"]
    (upload,) = [step for step in publish["steps"] if "collection publish" in step.get("run", "")]

    assert load("release")["jobs"][publish["needs"]]["uses"] == "./.github/workflows/ci.yml"
    assert "secrets" not in upload["run"]
    assert upload["env"]["ANSIBLE_GALAXY_SERVER_GALAXY_TOKEN"] == "${{ secrets.GALAXY_API_KEY }}"
    assert [name for name in WORKFLOWS if "secrets." in WORKFLOWS[name].read_text(encoding="utf-8")] == ["release"]


def test_the_check_of_a_release_takes_this_version_under_its_tag() -> None:
    version = yaml.safe_load((REPOSITORY / "galaxy.yml").read_text(encoding="utf-8"))["version"]
    changelog = (REPOSITORY / "CHANGELOG.rst").read_text(encoding="utf-8")

    assert f"version: {version}\n" in (REPOSITORY / "galaxy.yml").read_text(encoding="utf-8")
    assert f"\nv{version}\n" in changelog


@pytest.mark.parametrize("kind", ["unit", "integration"])
def test_ansible_test_installs_what_make_installs(kind: str) -> None:
    def wanted(*names: str) -> set[str]:
        lines = [line for name in names for line in (REPOSITORY / name).read_text(encoding="utf-8").splitlines()]
        return {re.split("[<>=]", line)[0] for line in lines if line and not line.startswith(("#", "-r"))}

    sources = ("requirements.txt", "tests/requirements-pytest.txt", "tests/simulator/requirements.txt")
    assert wanted(f"tests/{kind}/requirements.txt") == wanted(*sources)
