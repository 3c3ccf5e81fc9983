# Copyright (c) 2026, H3C CloudOS collection contributors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Run the tests with ``ansible-test`` alone, which reads nothing of pyproject.toml, on a copy of the work tree.

Usage: ``ansible_test.py``: one folder of unit tests and one integration target.
``ansible_test.py COMMAND [options]``: any command, for example ``ansible_test.py units tests/unit/``.
"""

from __future__ import annotations

import subprocess
import sys

from sanity import VENV, copy_work_tree, environment

WORK = VENV / "ansible-test"
COPY = WORK / "ansible_collections" / "h3c" / "cloudos"
EXAMPLES = (["units", "tests/unit/plugins/filter/"], ["integration", "cloudos_keypair"])
# Without a version, unit tests would run on each Python of this machine, whatever is installed for it.
PYTHON = "{}.{}".format(*sys.version_info)


def main() -> int:
    copy_work_tree(COPY)
    commands = [sys.argv[1:]] if sys.argv[1:] else EXAMPLES
    return max(run(command, *arguments) for command, *arguments in commands)


def run(command: str, *arguments: str) -> int:
    program = [sys.executable, str(VENV / "bin" / "ansible-test"), command, "--local", "--python", PYTHON]
    own = {**environment(), "HOME": str(WORK)}
    return subprocess.run([*program, *arguments], cwd=COPY, env=own, stdin=subprocess.DEVNULL, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
