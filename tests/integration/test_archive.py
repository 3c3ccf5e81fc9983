# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The archive that Galaxy and Automation Hub offer: what is in it, and that the first page works with nothing else."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import yaml
from integration.harness import BIN, IN_PROCESS, MODES, REPOSITORY, Ansible, Played

from simulator import Simulator

# All that users need, and what Galaxy and Automation Hub read
ALLOWED = re.compile(
    r"""
    README(\.[\w-]+)?\.md | (CODE_OF_CONDUCT|CONTRIBUTING|SECURITY|TESTING)\.md
    | CHANGELOG\.rst | changelogs/changelog\.yaml | LICENSE
    | LICENSES/[\w.-]+\.txt
    | MANIFEST\.json | FILES\.json | requirements\.txt
    | docs/[\w.-]+\.md | docs/images/[\w-]+\.svg | docs/schemas/\w+\.json | docs/docsite/[\w-]+\.yml
    | meta/[\w-]+\.yml
    | plugins/(action|doc_fragments|filter|inventory|lookup|module_utils|modules|plugin_utils)/([a-z_]+/){0,2}\w+\.py
    | extensions/(audit|awx|eda)/([a-z_]+/)*[\w.-]+\.(py|yml) | extensions/awx/project/inventory/fleet
    | roles/\w+/(README\.md|(defaults|meta|tasks|templates)/[\w.-]+)
    | playbooks/([a-z]+/)?[\w.-]+
    | \.ansible-lint | tests/config\.yml
    | tests/simulator/(services/)?(?!client\.)\w+\.py | tests/simulator/requirements\.txt | tests/contract/openapi\.yaml
    """,
    re.VERBOSE,
)
NEEDED = {
    "README.md",
    "CHANGELOG.rst",
    "LICENSE",
    "meta/runtime.yml",
    "requirements.txt",
    ".ansible-lint",
    "tests/config.yml",
}


def galaxy(*arguments: str, home: Path) -> None:
    """Run ansible-galaxy without anything of the caller's settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")}
    own = {"ANSIBLE_HOME": str(home), "ANSIBLE_CONFIG": str(REPOSITORY / "tests" / "tools" / "ansible.cfg")}
    command = [str(BIN / "ansible-galaxy"), "collection", *arguments]
    environment = {**inherited, **own, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    galaxy("build", "--output-path", str(folder), home=folder / "ansible")
    (built,) = folder.glob("*.tar.gz")
    return built


@pytest.fixture(scope="module")
def installed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A path of collections that was empty before the archive was installed into it."""
    folder = tmp_path_factory.mktemp("installed")
    galaxy("install", str(archive), "--collections-path", str(folder), home=archive.parent / "ansible")
    return folder


def files(archive: Path) -> set[str]:
    with tarfile.open(archive) as opened:
        return {member.name for member in opened if member.isfile()}


def test_the_archive_holds_what_users_need_and_nothing_else(archive: Path) -> None:
    names = files(archive)

    assert [name for name in sorted(names) if not ALLOWED.fullmatch(name)] == []
    assert sorted(NEEDED - names) == []


def test_no_file_of_the_archive_refers_to_one_that_is_not_in_it(archive: Path) -> None:
    names = files(archive)
    folders = {parent for name in names for parent in map(str, Path(name).parents)}
    missing = []
    for page in sorted(name for name in names if name.endswith(".md")):
        links = re.findall(r"\]\((?![a-z]+:)([^)#]+)[^)]*\)", (REPOSITORY / page).read_text(encoding="utf-8"))
        targets = [os.path.normpath(Path(page).parent / link) for link in links]
        missing += [(page, target) for target in targets if target not in names | folders]

    assert missing == []


@pytest.mark.parametrize("mode", MODES)
def test_the_first_page_works_with_nothing_but_the_archive(
    mode: str, installed: Path, ansible: Ansible, cloud: Simulator
) -> None:
    cloud.seed("images", name="rocky-9")
    (block,) = re.findall(
        r"^```yaml\n(.*?)^```$", (REPOSITORY / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    (play,) = yaml.safe_load(block)
    alone: dict[str, str | None] = {"ANSIBLE_COLLECTIONS_PATH": str(installed)}
    # In the controller's process, a preview remembers what its earlier tasks would have created.
    warns = () if mode == IN_PROCESS else ("no flavor 'web' yet",)

    ansible.play(play["tasks"], mode=mode, environment=alone, arguments=["--check", "--diff"], warns=warns)
    first = ansible.play(play["tasks"], mode=mode, environment=alone)
    second = ansible.play(play["tasks"], mode=mode, environment=alone)

    assert [task.result["changed"] for task in first.tasks] == [True, True]
    assert [task.result["changed"] for task in second.tasks] == [False, False]


def test_a_playbook_of_the_archive_finds_its_files_and_roles(installed: Path, ansible: Ansible) -> None:
    alone: dict[str, str | None] = {"ANSIBLE_COLLECTIONS_PATH": str(installed)}
    examples = installed / "ansible_collections" / "h3c" / "cloudos" / "playbooks" / "vars"

    for playbook, option, example in (
        ("apply", "cloud_file", "cloud.yml"),
        ("onboard", "projects_file", "projects.yml"),
    ):
        variables = yaml.safe_dump({option: str(examples / example)})
        ansible.play([], playbook=Path(f"h3c.cloudos.{playbook}"), environment=alone, variables_file=variables)


def test_the_archive_brings_a_simulated_cloud(installed: Path, ansible: Ansible) -> None:
    alone: dict[str, str | None] = {"ANSIBLE_COLLECTIONS_PATH": str(installed), "CLOUDOS_URL": None}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    variables = yaml.safe_dump({"simulator_port": port, "simulator_python": sys.executable})

    def simulator(**more: str) -> Played:
        extra = [part for name, value in more.items() for part in ("-e", f"{name}={value}")]
        playbook = Path("h3c.cloudos.simulator")
        return ansible.play([], playbook=playbook, environment=alone, variables_file=variables, arguments=extra)

    started = simulator()
    try:
        exports = (ansible.cache / "simulator" / f"{port}.env").read_text(encoding="utf-8")
        told = dict(re.findall(r"(CLOUDOS_\w+)=(\S+)", exports))
        server = {"h3c.cloudos.cloudos_image_info": {"name": "rocky-9"}, "name": "Look", "register": "found"}
        seen = ansible.play([server], environment={**alone, **told})
        again = simulator()
    finally:
        stopped = simulator(simulator_state="stopped")

    assert started["Start the simulator"].result["changed"] and not again["Start the simulator"].result["changed"]
    assert told["CLOUDOS_URL"] == f"http://127.0.0.1:{port}" and told["CLOUDOS_URL"] in started.output
    assert [image["name"] for image in seen.result("Look")["images"]] == ["rocky-9"]
    assert stopped["Stop the simulator"].result["changed"]
    assert not simulator(simulator_state="stopped")["Stop the simulator"].result["changed"]
