# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""ansible-lint accepts all that is documented, and finds options that there are not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import yaml
from unit.programs import environment

from ansible_collections.h3c.cloudos.plugins import modules

WRONG = """
- name: Misspell an option
  h3c.cloudos.cloudos_flavor: {name: small, vcpu: 1}
- name: Give a value to the wrong option
  h3c.cloudos.cloudos_server: {name: web, state: stopped}
- name: Misspell an option of an entry
  h3c.cloudos.cloudos_server: {name: web, networks: [{netwrok: "{{ network }}"}]}
- name: Misspell an option of a member
  h3c.cloudos.cloudos_servers: {servers: [{name: web, flavour: small}]}
- name: Misspell an option of the connection
  h3c.cloudos.cloudos_server_info: {api_pasword: "{{ password }}"}
- name: Forget a name
  h3c.cloudos.cloudos_keypair: {type: ssh}
"""
MEANT = ("vcpus", "power_state: stopped", "network", "flavor", "api_password", "missing required arguments: name")
# Where the values are known only when the play runs
OPEN = """
- name: Use variables
  h3c.cloudos.cloudos_server:
    name: "{{ item.name }}"
    state: "{{ item.state | default(omit) }}"
    wait_timeout: "{{ item.seconds }}"
    networks:
      - network: "{{ item.network }}"
        gateway: "{{ item.is_first }}"
    metadata: "{{ item.metadata }}"
  loop: "{{ servers }}"
- name: Use variables for all
  h3c.cloudos.cloudos_servers:
    servers: "{{ servers }}"
    defaults: "{{ defaults }}"
"""


def findings(folder: Path, tasks: list[dict[str, object]]) -> list[str]:
    """What the rule `args` finds in tasks whose login is in the environment or in module_defaults."""
    playbooks = folder / "playbooks"
    playbooks.mkdir()
    play = {"name": "Check options", "hosts": "localhost", "gather_facts": False, "tasks": tasks}
    (playbooks / "tasks.yml").write_text("---\n" + yaml.safe_dump([play], sort_keys=False, allow_unicode=True))
    own = {
        "ANSIBLE_HOME": str(folder / "ansible"),
        "HOME": str(folder),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    command = ["ansiblelint", "--offline", "--nocolor", "--format", "pep8", "-t", "args[module]", "playbooks/tasks.yml"]
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment(**own),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 files processed" in done.stderr, done.stderr
    return [line for line in done.stdout.splitlines() if line.startswith("playbooks/")]


def test_documented_examples_are_accepted(tmp_path: Path) -> None:
    examples = [
        task
        for path in sorted(Path(modules.__path__[0]).glob("cloudos_*.py"))
        for task in yaml.safe_load(_examples(path))
    ]
    assert len(examples) > 100
    assert findings(tmp_path, [*examples, *yaml.safe_load(OPEN)]) == []


def _examples(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition('\nEXAMPLES = r"""')[2].partition('"""')[0]


def test_misspelt_options_are_found(tmp_path: Path) -> None:
    found = findings(tmp_path, yaml.safe_load(WRONG))
    assert len(found) == len(MEANT), found
    for line, word in zip(found, MEANT, strict=True):
        assert word in line
