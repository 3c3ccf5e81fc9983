# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Build the archive and put it through the importer of Galaxy and Automation Hub, which may find nothing to say.

It loads all plugins, roles and playbooks, renders the pages, and runs ansible-lint on what is in the archive. Runs in a
virtual environment that has galaxy-importer.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
BIN = Path(sys.prefix) / "bin"

# As on Galaxy. ansible-test needs a container there, and runs as `make sanity` here.
SETTINGS = """\
[galaxy-importer]
check_required_tags = true
log_level_main = INFO
offline_ansible_lint = true
require_v1_or_greater = true
run_ansible_doc = true
run_ansible_lint = true
run_ansible_test = false
"""

COMPLAINT = re.compile(r"^(WARNING|ERROR|CRITICAL)\b.*", re.MULTILINE)
SHOWN = re.compile(r"^(?!Loading |Found |\s*$).*\n?", re.MULTILINE)


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="cloudos-importer-") as name:
        folder = Path(name)
        (folder / "galaxy-importer.cfg").write_text(SETTINGS, encoding="utf-8")
        run(REPOSITORY, folder, str(BIN / "ansible-galaxy"), "collection", "build", "--output-path", str(folder))
        (archive,) = folder.glob("*.tar.gz")
        done = run(folder, folder, sys.executable, "-m", "galaxy_importer.main", str(archive))
    complaints = COMPLAINT.findall(done.stdout)
    passed = done.returncode == 0 and not complaints
    print("".join(SHOWN.findall(done.stdout)), end="")
    print(f"galaxy-importer: {'took' if passed else 'did not take'} {archive.name}")
    return 0 if passed else 1


def run(directory: Path, home: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command without anything of the caller's Ansible; its errors are part of its output."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("ANSIBLE_", "GALAXY_"))}
    environment = {
        **inherited,
        "ANSIBLE_CONFIG": str(REPOSITORY / "tests" / "tools" / "ansible.cfg"),
        "ANSIBLE_HOME": str(home / "ansible"),
        "GALAXY_IMPORTER_ANSIBLE_LOCAL_TMP": str(home / "tmp"),
        "GALAXY_IMPORTER_CONFIG": str(home / "galaxy-importer.cfg"),
        "PATH": os.pathsep.join((str(BIN), os.environ["PATH"])),
    }
    return subprocess.run(
        command,
        cwd=directory,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main())
